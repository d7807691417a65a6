/* Runs the parts of the suite, on the main thread or on one with a small stack. */
#define _POSIX_C_SOURCE 200809L
#include "kit.h"
#include <pthread.h>
#include <stdarg.h>

int failures = 0;

void fail(const char *format, ...) {
  va_list given;
  va_start(given, format);
  printf("FAILED: ");
  vprintf(format, given);
  printf("\n");
  va_end(given);
  failures++;
}

static void *suite(void *nothing) {
  CHECK(admit_abi_version() == ADMIT_ABI_VERSION, "the header and the library differ");
  CHECK(strcmp(admit_version(), ADMIT_VERSION) == 0, "the versions differ");
  make_world();
  every_function();
  end_world();
  callbacks();
  forks();
  threads();
  files();
  return nothing;
}

/* Takes the size of the stack, or nothing for the main thread; or "probes", for those alone. */
int main(int count, char **words) {
  setvbuf(stdout, NULL, _IOLBF, 0);
  if (count > 1 && strcmp(words[1], "probes") == 0) {
    probes();
  } else if (count > 1) {
    pthread_attr_t attributes;
    pthread_t thread;
    pthread_attr_init(&attributes);
    CHECK(pthread_attr_setstacksize(&attributes, strtoul(words[1], NULL, 10)) == 0, "no such stack");
    CHECK(pthread_create(&thread, &attributes, suite, NULL) == 0, "no thread");
    pthread_join(thread, NULL);
    pthread_attr_destroy(&attributes);
  } else {
    suite(NULL);
  }
  printf("%d failures\n", failures);
  return failures != 0;
}
