/* What the programs that live a whole life share: holding what is true, and what a call answers. */
#ifndef ADMIT_HOLDS_H
#define ADMIT_HOLDS_H

#include "admit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static inline void failed(int line, const char *what) {
  fprintf(stderr, "line %d: %s\n", line, what);
  exit(1);
}
#define CHECK(truth) ((truth) ? (void)0 : failed(__LINE__, #truth))

/* Holds that a call answers `status`, and about which field. Every failing call gives its error. */
static inline void answers(int line, int status, const char *field, int answered, admit_error *err) {
  const char *about = admit_error_field(err);
  int is_so = answered == status && admit_error_status(err) == status;
  if (field != NULL) is_so = is_so && about != NULL && strcmp(about, field) == 0;
  if (!is_so) {
    fprintf(stderr, "line %d: answers %s (%s), not %d: %s\n", line, err ? admit_error_name(err) : "ADMIT_OK",
            about ? about : "", status, err ? admit_error_message(err) : "");
    exit(1);
  }
  admit_error_free(err);
}
#define ANSWERS(status, field, call) \
  do { \
    admit_error *err = NULL; \
    int answered = call; \
    answers(__LINE__, status, field, answered, err); \
  } while (0)
#define OK(call) ANSWERS(ADMIT_OK, NULL, call)

static inline int same(const char *one, const char *other) {
  return one != NULL && other != NULL && strcmp(one, other) == 0;
}

/* A copy of a text that outlives the object it was read of; the caller frees it. */
static inline char *copy_of(const char *text) {
  char *copy = malloc(strlen(text) + 1);
  if (copy == NULL) abort();
  return strcpy(copy, text);
}

#endif
