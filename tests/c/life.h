/* Where a program lives: a store of its own, one practice, and the host in it. */
#ifndef ADMIT_LIFE_H
#define ADMIT_LIFE_H

#include "holds.h"

static int64_t now_ms = 1767323045000;
static admit_store *store;
static admit_practice *practice;
/* The host as it is, and with a reason for acting in a person's place. */
static admit_actor *host, *reasoned;

static inline int64_t now(void *user_data) {
  (void)user_data;
  return now_ms;
}

/* Opens a store in `file`, and makes the practice in it. */
static inline void begin_life(const char *file, admit_practice_input *input) {
  static const char *const origins[] = {"https://portal.example.org"};
  static const uint8_t key[32] = {7};
  admit_open_options options = ADMIT_OPEN_OPTIONS_INIT;
  admit_source source = ADMIT_SOURCE_INIT;
  options.flags = ADMIT_OPEN_CREATE | ADMIT_OPEN_TEST;
  options.clock = now;
  options.test_seed = 7;
  options.link_origins = origins;
  options.link_origin_count = 1;
  remove(file);
  OK(admit_store_open(file, key, sizeof key, &options, &store, &err));
  if (input->name == NULL) input->name = "Cedar Clinic";
  OK(admit_practice_create(store, input, &practice, &err));
  OK(admit_actor_host(store, admit_practice_id(practice), &host, &err));
  source.reason = "asked for at the desk";
  OK(admit_actor_source(host, &source, &reasoned, &err));
}

static inline void end_life(void) {
  CHECK(admit_actor_free(reasoned) == ADMIT_OK);
  CHECK(admit_actor_free(host) == ADMIT_OK);
  admit_practice_free(practice);
  CHECK(admit_store_close(store) == ADMIT_OK);
}

#endif
