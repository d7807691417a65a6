/* Callbacks: destroyed exactly once whatever happens, and no way back into their own store. */
#include "kit.h"

struct seen {
  admit_store *store;
  int calls, destroyed, refused, level;
  int64_t ahead;
  char line[200];
};

/* Every call on the callback's own store is refused. */
static void try_back(struct seen *seen) {
  admit_practice *practice = NULL;
  admit_error *err = NULL;
  seen->calls++;
  CHECK(seen->destroyed == 0, "a callback is called after it was destroyed");
  if (seen->store != NULL) {
    int status = admit_practice_get_by_external_id(seen->store, "x", &practice, &err);
    seen->refused += status == ADMIT_MISUSE && err != NULL;
    admit_error_free(err);
    seen->refused += admit_store_close(seen->store) == ADMIT_MISUSE;
  }
}

static int64_t clock_that_calls(void *user_data) {
  struct seen *seen = user_data;
  try_back(seen);
  return 1767323045000 + seen->ahead;
}

static void take_line(void *user_data, int32_t level, const char *line) {
  struct seen *seen = user_data;
  try_back(seen);
  seen->level = level;
  snprintf(seen->line, sizeof seen->line, "%s", line);
}

static int32_t check_password(void *user_data, const char *password) {
  struct seen *seen = user_data;
  CHECK(password != NULL, "no password to check");
  seen->calls++;
  return 1;
}

static void destroyed(void *user_data) {
  ((struct seen *)user_data)->destroyed++;
}

static admit_open_options with_callbacks(struct seen *seen) {
  admit_open_options options = options_of_test(ADMIT_OPEN_CREATE);
  memset(seen, 0, 3 * sizeof *seen);
  options.clock = clock_that_calls;
  options.clock_data = &seen[0];
  options.clock_destroy = destroyed;
  options.password_check = check_password;
  options.password_check_data = &seen[1];
  options.password_check_destroy = destroyed;
  options.log = take_line;
  options.log_data = &seen[2];
  options.log_destroy = destroyed;
  return options;
}

static void all_destroyed(const struct seen *seen, const char *what) {
  for (int at = 0; at < 3; at++)
    CHECK(seen[at].destroyed == 1, "%s destroys callback %d %d times", what, at, seen[at].destroyed);
}

static void opens(const char *what, int expected, const char *path, size_t keys_len, const admit_open_options *options,
                  struct seen *seen) {
  admit_store *it = (admit_store *)1;
  int status = admit_store_open(path, key, keys_len, options, &it, NULL);
  CHECK(status == expected, "%s answers %s", what, name_of(status));
  CHECK((it == NULL) == (status != ADMIT_OK), "%s does not clear the store", what);
  if (status == ADMIT_OK) {
    for (int at = 0; at < 3; at++) CHECK(seen[at].destroyed == 0, "%s destroys a callback in use", what);
    CHECK(seen[2].level == ADMIT_LOG_LEVEL_INFO && strstr(seen[2].line, ADMIT_VERSION), "opening logs %s", seen[2].line);
    CHECK(admit_store_close(it) == ADMIT_OK, "%s: the store closes", what);
  }
  all_destroyed(seen, what);
}

static void every_end(void) {
  struct seen seen[3];
  admit_open_options options = with_callbacks(seen);
  remove("callbacks.admit");
  opens("an open and a close", ADMIT_OK, "callbacks.admit", 32, &options, seen);
  options = with_callbacks(seen);
  opens("a short key", ADMIT_MISUSE, "callbacks.admit", 31, &options, seen);
  options = with_callbacks(seen);
  opens("no path", ADMIT_MISUSE, NULL, 32, &options, seen);
  options = with_callbacks(seen);
  opens("no file", ADMIT_IO, "no such folder/x", 32, &options, seen);
  options = with_callbacks(seen);
  options.flags = 1u << 30;
  opens("an unknown flag", ADMIT_UNSUPPORTED, "callbacks.admit", 32, &options, seen);
  options = with_callbacks(seen);
  options.flags = 0;
  opens("a clock without test mode", ADMIT_MISUSE, "callbacks.admit", 32, &options, seen);
  options = with_callbacks(seen);
  options.product = "\xff";
  opens("a wrong text", ADMIT_INVALID, "callbacks.admit", 32, &options, seen);
  options = with_callbacks(seen);
  options.clock = NULL;
  options.password_check = NULL;
  options.log = NULL;
  admit_store *it = NULL;
  CHECK(admit_store_open("callbacks.admit", key, 32, &options, &it, NULL) == ADMIT_OK, "it opens");
  CHECK(admit_store_close(it) == ADMIT_OK, "it closes");
  all_destroyed(seen, "data without functions");
  struct { admit_open_options options; uint64_t newer; } longer = {with_callbacks(seen), 1};
  longer.options.size = sizeof longer;
  opens("a newer option", ADMIT_UNSUPPORTED, "callbacks.admit", 32, &longer.options, seen);
  options = with_callbacks(seen);
  CHECK(admit_store_open("callbacks.admit", key, 32, &options, NULL, NULL) == ADMIT_MISUSE, "no place for a store");
  all_destroyed(seen, "no place for a store");
}

static void no_way_back(void) {
  struct seen seen[3];
  admit_open_options options = with_callbacks(seen);
  admit_store *it = NULL;
  CHECK(admit_store_open("callbacks.admit", key, 32, &options, &it, NULL) == ADMIT_OK, "it opens");
  seen[0].store = it;
  seen[0].calls = 0;
  admit_practice_input input = ADMIT_PRACTICE_INPUT_INIT;
  input.name = "Elm Clinic";
  CHECK(admit_practice_create(it, &input, NULL, NULL) == ADMIT_OK, "a call whose clock misbehaves still works");
  CHECK(seen[0].calls > 0 && seen[0].refused == 2 * seen[0].calls, "the clock's %d calls had %d refusals",
        seen[0].calls, seen[0].refused);
  seen[0].store = NULL;
  seen[0].ahead = 8 * 86400000LL;
  seen[2].store = it;
  seen[2].calls = 0;
  CHECK(admit_store_upkeep(it, 0, NULL, NULL) == ADMIT_CLOCK_JUMP, "a clock that jumped is not seen");
  CHECK(seen[2].level == ADMIT_LOG_LEVEL_WARNING && strstr(seen[2].line, "7 days"), "the log says %s", seen[2].line);
  CHECK(seen[2].calls == 1 && seen[2].refused == 2, "the log's %d calls had %d refusals", seen[2].calls,
        seen[2].refused);
  CHECK(admit_store_close(it) == ADMIT_OK, "it closes");
  all_destroyed(seen, "no way back");
}

void callbacks(void) {
  every_end();
  no_way_back();
}
