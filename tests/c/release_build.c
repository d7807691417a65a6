/* A build without test-environment refuses what only tests may ask for. */
#include "admit.h"
#include <stdio.h>
#include <string.h>

#define CHECK(truth)                                                     \
  do {                                                                   \
    if (!(truth)) {                                                      \
      fprintf(stderr, "line %d: %s\n", __LINE__, #truth);                \
      return 1;                                                          \
    }                                                                    \
  } while (0)

int main(int argc, char **argv) {
  admit_open_options options = ADMIT_OPEN_OPTIONS_INIT;
  admit_store *store = NULL;
  admit_error *err = NULL;
  unsigned char key[32];
  char path[4096];

  CHECK(argc == 2);
  snprintf(path, sizeof path, "%s/release_build.admit", argv[1]);
  remove(path);
  CHECK(admit_key_generate(key, sizeof key, &err) == ADMIT_OK);
  options.flags = ADMIT_OPEN_CREATE;

  options.test_seed = 7;
  CHECK(admit_store_open(path, key, sizeof key, &options, &store, &err) == ADMIT_UNSUPPORTED);
  CHECK(store == NULL && strcmp(admit_error_name(err), "ADMIT_UNSUPPORTED") == 0);
  admit_error_free(err);

  options.test_seed = 0;
  options.test_panic_at = 1;
  CHECK(admit_store_open(path, key, sizeof key, &options, &store, &err) == ADMIT_UNSUPPORTED);
  admit_error_free(err);

  options.test_panic_at = 0;
  CHECK(admit_store_open(path, key, sizeof key, &options, &store, &err) == ADMIT_OK);
  CHECK(admit_store_close(store) == ADMIT_OK);
  remove(path);
  puts("release build: tests' options are refused");
  return 0;
}
