/* Hostile scripts on a host's thread of 256 KiB: each is installed, made to speak, and followed by
 * words that are right. Prints what became of each: the file, the status of installing it, the
 * version and the subject of its message. */
#include "admit.h"
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char before[] = "local function module() ";
static const char after[] =
    "\nend\n"
    "local hooks = module()\n"
    "return { notification = function(notice)\n"
    "  if notice.kind == 'x_hostile' then return hooks.notification(notice) end\n"
    "  local link = notice.link and (' ' .. notice.link) or ''\n"
    "  return { subject = 'calm', text = 'calm' .. link }\n"
    "end }\n";

static char **files;
static admit_store *store;
static admit_actor *host;
static admit_client *client;

static void must(const char *what, admit_status status, admit_error *err) {
  if (status == ADMIT_OK) return;
  fprintf(stderr, "%s: %s\n", what, admit_error_message(err));
  exit(1);
}
#define MUST(call) do { admit_error *err = NULL; admit_status status = call; must(#call, status, err); } while (0)

static int64_t now(void *user_data) {
  (void)user_data;
  return 1767323045000;
}

/* The script of a file as a module within a calm one. */
static char *wrapped(const char *path) {
  FILE *file = fopen(path, "rb");
  if (file == NULL) exit(1);
  fseek(file, 0, SEEK_END);
  size_t size = (size_t)ftell(file), start = sizeof before - 1;
  rewind(file);
  char *text = malloc(start + size + sizeof after);
  memcpy(text, before, start);
  if (fread(text + start, 1, size, file) != size) exit(1);
  memcpy(text + start + size, after, sizeof after);
  fclose(file);
  return text;
}

static void post(const char *kind) {
  admit_notice_input input = ADMIT_NOTICE_INPUT_INIT;
  input.kind = kind;
  input.client_id = admit_client_id(client);
  MUST(admit_notice_post(host, &input, NULL, &err));
}

/* Prints what one message says, and takes it out of the outbox. */
static void spoken(void) {
  admit_claim claim = ADMIT_CLAIM_INIT;
  admit_claimed_page *page = NULL;
  MUST(admit_outbox_claim(store, &claim, &page, &err));
  for (size_t at = 0; at < admit_claimed_page_len(page); at++) {
    const admit_claimed *it = admit_claimed_page_at(page, at);
    printf(" [%s] %s", admit_claimed_version(it), admit_claimed_subject(it));
    MUST(admit_outbox_handed_over(store, admit_claimed_message_id(it), admit_claimed_attempt(it), &err));
  }
  admit_claimed_page_free(page);
}

static void try_out(const char *path) {
  admit_script script = ADMIT_SCRIPT_INIT;
  admit_script_set_input input = ADMIT_SCRIPT_SET_INPUT_INIT;
  const admit_script *const scripts[] = {&script};
  char *text = wrapped(path);
  const char *name = strrchr(path, '/');
  script.name = name == NULL ? path : name + 1;
  script.lua = text;
  input.scripts = scripts;
  input.script_count = 1;
  admit_error *err = NULL;
  admit_status status = admit_script_install(store, &input, NULL, &err);
  printf("%s %d", script.name, status);
  if (status == ADMIT_OK) {
    post("x_hostile");
    spoken();
    post("x_calm");
    spoken();
  }
  printf("\n");
  admit_error_free(err);
  free(text);
}

static void *run(void *unused) {
  for (char **file = files; *file != NULL; file++) try_out(*file);
  return unused;
}

/* What is kept of all that was installed: the last 20, of which the last speaks. */
static void kept(void) {
  admit_script_set_page *page = NULL;
  admit_script_set *set = NULL;
  MUST(admit_script_list(store, &page, &err));
  const admit_script_set *last = admit_script_set_page_at(page, 0);
  const admit_script_set *first = admit_script_set_page_at(page, admit_script_set_page_len(page) - 1);
  int is_so = admit_script_set_page_len(page) == 20 && admit_script_set_is_active(last) &&
              !admit_script_set_is_active(first) && admit_script_set_script_text(last, 0) == NULL;
  MUST(admit_script_get(store, admit_script_set_id(first), &set, &err));
  is_so = is_so && strcmp(admit_script_set_hook(set, 0), "notification") == 0 &&
          strncmp(admit_script_set_script_text(set, 0), before, sizeof before - 1) == 0 &&
          admit_script_set_script_text(set, 1) == NULL;
  admit_script_set_free(set);
  MUST(admit_script_activate(store, admit_script_set_id(first), &err));
  MUST(admit_script_get(store, admit_script_set_id(first), &set, &err));
  is_so = is_so && admit_script_set_is_active(set);
  admit_script_set_free(set);
  admit_script_set_page_free(page);
  if (!is_so) exit(1);
}

/* A limit out of range opens nothing. */
static void refused_limits(admit_open_options options, const uint8_t *key) {
  admit_error *err = NULL;
  options.script_time_ms = 60001;
  admit_status status = admit_store_open("no.admit", key, 32, &options, &store, &err);
  if (status != ADMIT_INVALID || strcmp(admit_error_field(err), "script_time_ms") != 0) exit(1);
  admit_error_free(err);
}

int main(int count, char **words) {
  admit_open_options options = ADMIT_OPEN_OPTIONS_INIT;
  admit_practice_input practice = ADMIT_PRACTICE_INPUT_INIT;
  admit_client_input person = ADMIT_CLIENT_INPUT_INIT;
  admit_practice *made = NULL;
  const uint8_t key[32] = {1};
  pthread_attr_t small;
  pthread_t thread;
  files = words + 1;
  (void)count;
  options.flags = ADMIT_OPEN_CREATE | ADMIT_OPEN_TEST;
  options.clock = now;
  /* The count decides; a busy machine must not. */
  options.script_steps = 200000;
  options.script_time_ms = 5000;
  refused_limits(options, key);
  MUST(admit_store_open("scripts.admit", key, sizeof key, &options, &store, &err));
  practice.name = "Cedar Clinic";
  MUST(admit_practice_create(store, &practice, &made, &err));
  MUST(admit_actor_host(store, admit_practice_id(made), &host, &err));
  person.name = "Ada Garcia";
  person.email = "ada@example.org";
  MUST(admit_client_create(host, &person, &client, &err));
  if (pthread_attr_init(&small) != 0 || pthread_attr_setstacksize(&small, 256 * 1024) != 0) return 1;
  if (pthread_create(&thread, &small, run, NULL) != 0 || pthread_join(thread, NULL) != 0) return 1;
  kept();
  admit_client_free(client);
  admit_practice_free(made);
  if (admit_actor_free(host) != ADMIT_OK || admit_store_close(store) != ADMIT_OK) return 1;
  return 0;
}
