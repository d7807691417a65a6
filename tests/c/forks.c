/* After a fork the child can close and do nothing else; the parent goes on. */
#define _POSIX_C_SOURCE 200809L
#include "kit.h"
#include <sys/wait.h>
#include <unistd.h>

static int in_child(admit_store *it, admit_actor *actor) {
  admit_practice *practice = NULL;
  admit_practice_input input = ADMIT_PRACTICE_INPUT_INIT;
  admit_error *err = NULL;
  input.name = "Oak Clinic";
  if (admit_practice_create(it, &input, &practice, &err) != ADMIT_MISUSE || err == NULL) return 1;
  admit_error_free(err);
  if (admit_practice_get(actor, &practice, NULL) != ADMIT_MISUSE) return 2;
  if (admit_practice_suspend(actor, NULL) != ADMIT_MISUSE) return 3;
  if (admit_store_rotate_key(it, key, sizeof key, NULL) != ADMIT_MISUSE) return 4;
  if (admit_actor_free(actor) != ADMIT_OK) return 5;
  if (admit_store_close(it) != ADMIT_OK) return 6;
  if (admit_store_close(it) != ADMIT_MISUSE) return 7;
  /* The parent has the file, so the child cannot open it. */
  admit_open_options options = options_of_test(0);
  if (admit_store_open("fork.admit", key, sizeof key, &options, &it, NULL) != ADMIT_BUSY) return 8;
  return 0;
}

void forks(void) {
  admit_open_options options = options_of_test(ADMIT_OPEN_CREATE);
  admit_practice_input input = ADMIT_PRACTICE_INPUT_INIT;
  admit_practice *practice = NULL;
  admit_actor *actor = NULL;
  admit_store *it = NULL;
  input.name = "Oak Clinic";
  CHECK(admit_store_open("fork.admit", key, sizeof key, &options, &it, NULL) == ADMIT_OK, "it opens");
  CHECK(admit_practice_create(it, &input, &practice, NULL) == ADMIT_OK, "a practice is made");
  CHECK(admit_actor_host(it, admit_practice_id(practice), &actor, NULL) == ADMIT_OK, "a host is made");
  admit_practice_free(practice);
  size_t before_size, after_size;
  void *before = read_file("fork.admit", &before_size);
  fflush(stdout);
  pid_t child = fork();
  if (child == 0) _exit(in_child(it, actor));
  int ended = -1;
  CHECK(child > 0 && waitpid(child, &ended, 0) == child, "no child");
  CHECK(ended == 0, "the child ends with %d", WIFEXITED(ended) ? WEXITSTATUS(ended) : -ended);
  void *after = read_file("fork.admit", &after_size);
  CHECK(before_size == after_size && memcmp(before, after, after_size) == 0, "the child wrote to the file");
  free(before);
  free(after);
  input.name = "Ash Clinic";
  CHECK(admit_practice_create(it, &input, NULL, NULL) == ADMIT_OK, "the parent goes on");
  CHECK(admit_practice_suspend(actor, NULL) == ADMIT_OK, "the parent's actor goes on");
  CHECK(admit_store_close(it) == ADMIT_OK, "the parent closes");
}
