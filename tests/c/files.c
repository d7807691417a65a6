/* Files that cannot be opened: each has its own status, and not one byte changes. */
#include "kit.h"

static void *whole;
static size_t size;

static void refused(const char *what, const void *bytes, size_t length, const uint8_t *with, uint32_t flags, int expected) {
  admit_open_options options = options_of_test(0);
  admit_store *it = (admit_store *)1;
  admit_error *err = NULL;
  if (!(flags & ADMIT_OPEN_TEST)) options.clock = NULL;
  options.flags = flags;
  if (bytes != NULL) write_file("refused.admit", bytes, length);
  int status = admit_store_open("refused.admit", with, 32, &options, &it, &err);
  CHECK(status == expected, "%s answers %s", what, name_of(status));
  CHECK(it == NULL && err != NULL && admit_error_status(err) == status, "%s: outputs", what);
  admit_error_free(err);
  if (status == ADMIT_OK) admit_store_close(it);
  if (bytes == NULL) return;
  size_t after_length;
  void *after = read_file("refused.admit", &after_length);
  CHECK(after_length == length && memcmp(after, bytes, length) == 0, "%s changes the file", what);
  free(after);
}

static void busy(void) {
  admit_open_options options = options_of_test(0);
  admit_store *it = NULL;
  write_file("refused.admit", whole, size);
  CHECK(admit_store_open("refused.admit", key, 32, &options, &it, NULL) == ADMIT_OK, "it opens");
  size_t length;
  void *open_bytes = read_file("refused.admit", &length);
  refused("a file in use", NULL, 0, key, ADMIT_OPEN_TEST, ADMIT_BUSY);
  size_t after;
  void *now = read_file("refused.admit", &after);
  CHECK(length == after && memcmp(open_bytes, now, after) == 0, "a second opener changes the file");
  free(open_bytes);
  free(now);
  CHECK(admit_store_close(it) == ADMIT_OK, "it closes");
}

void files(void) {
  static const uint8_t wrong_key[32] = {9};
  admit_open_options options = options_of_test(ADMIT_OPEN_CREATE);
  admit_practice_input input = ADMIT_PRACTICE_INPUT_INIT;
  admit_store *it = NULL;
  input.name = "Fir Clinic";
  CHECK(admit_store_open("whole.admit", key, 32, &options, &it, NULL) == ADMIT_OK, "it opens");
  CHECK(admit_practice_create(it, &input, NULL, NULL) == ADMIT_OK, "a practice is made");
  CHECK(admit_store_close(it) == ADMIT_OK, "it closes");
  whole = read_file("whole.admit", &size);
  char *changed = memcpy(malloc(size), whole, size);

  refused("a wrong key", whole, size, wrong_key, ADMIT_OPEN_TEST, ADMIT_WRONG_KEY);
  refused("a test file without test mode", whole, size, key, 0, ADMIT_TEST_MODE);
  refused("a cut file", whole, size / 2, key, ADMIT_OPEN_TEST, ADMIT_TRUNCATED);
  memset(changed, 'x', size);
  refused("a file of another kind", changed, size, key, ADMIT_OPEN_TEST, ADMIT_NOT_A_STORE);
  refused("a file of another kind", changed, size, key, ADMIT_OPEN_TEST | ADMIT_OPEN_CREATE, ADMIT_NOT_A_STORE);
  size_t newer_size;
  void *newer = read_file("newer.admit", &newer_size); /* Made by tests/all/c. */
  refused("a newer format", newer, newer_size, key, ADMIT_OPEN_TEST, ADMIT_NEWER_FORMAT);
  free(newer);
  busy();
  write_file("refused.admit", whole, size);
  options = options_of_test(0);
  CHECK(admit_store_open("refused.admit", key, 32, &options, &it, NULL) == ADMIT_OK, "the file is as good as before");
  CHECK(admit_store_close(it) == ADMIT_OK, "it closes");
  free(changed);
  free(whole);
}
