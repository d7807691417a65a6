/* Many threads on one store while another closes it. */
#define _POSIX_C_SOURCE 200809L
#include "kit.h"
#include <pthread.h>
#include <sched.h>

#define THREADS 16

static admit_store *shared;
static admit_actor *actor;
static pthread_barrier_t started;
static int is_closed, clocked_late, is_held, is_inside;

/* The host's data lives until `close` returns and no longer: nothing may ask after that. */
static int64_t told(void *user_data) {
  if (__atomic_exchange_n(&is_held, 0, __ATOMIC_SEQ_CST)) {
    __atomic_store_n(&is_inside, 1, __ATOMIC_SEQ_CST);
    for (int turn = 0; turn < 20000 && !__atomic_load_n((int *)user_data, __ATOMIC_SEQ_CST); turn++) sched_yield();
  }
  if (__atomic_load_n((int *)user_data, __ATOMIC_SEQ_CST)) __atomic_store_n(&clocked_late, 1, __ATOMIC_SEQ_CST);
  return 1767323045000;
}

static void destroyed(void *user_data) {
  (*(int *)user_data)++;
}

/* Calls until the store is gone; then once more, which must be misuse. */
static void *calls(void *wrong) {
  admit_practice_input input = ADMIT_PRACTICE_INPUT_INIT;
  admit_practice *practice = NULL;
  int status = ADMIT_OK;
  input.name = "Yew Clinic";
  pthread_barrier_wait(&started);
  for (int round = 0; status == ADMIT_OK; round++) {
    admit_error *err = NULL;
    practice = NULL;
    switch (round % 3) {
      case 0: status = admit_practice_get(actor, &practice, &err); break;
      case 1: status = admit_practice_create(shared, &input, &practice, &err); break;
      default: status = admit_actor_visitor(shared, sane_text("none_id"), (admit_actor **)&practice, &err);
    }
    if (round % 3 == 2 && status == ADMIT_OK) status = admit_actor_free((admit_actor *)practice);
    else admit_practice_free(practice);
    admit_error_free(err);
  }
  if (status != ADMIT_MISUSE) *(int *)wrong = status;
  if (admit_practice_get(actor, &practice, NULL) != ADMIT_MISUSE) *(int *)wrong = -1;
  if (admit_practice_create(shared, &input, &practice, NULL) != ADMIT_MISUSE) *(int *)wrong = -2;
  return NULL;
}

static void closing(int round) {
  int gone = 0, wrong[THREADS] = {0};
  pthread_t running[THREADS];
  admit_open_options options = options_of_test(ADMIT_OPEN_CREATE);
  admit_practice_input input = ADMIT_PRACTICE_INPUT_INIT;
  admit_practice *practice = NULL;
  is_closed = is_inside = 0;
  options.clock = told;
  options.clock_data = &is_closed;
  options.password_check_data = &gone;
  options.password_check_destroy = destroyed;
  input.name = "Yew Clinic";
  CHECK(admit_store_open("threads.admit", key, sizeof key, &options, &shared, NULL) == ADMIT_OK, "it opens");
  CHECK(admit_practice_create(shared, &input, &practice, NULL) == ADMIT_OK, "a practice is made");
  CHECK(admit_actor_host(shared, admit_practice_id(practice), &actor, NULL) == ADMIT_OK, "a host is made");
  admit_practice_free(practice);
  pthread_barrier_init(&started, NULL, THREADS + 1);
  pthread_attr_t small;
  pthread_attr_init(&small);
  pthread_attr_setstacksize(&small, 256 * 1024);
  for (int at = 0; at < THREADS; at++)
    if (pthread_create(&running[at], &small, calls, &wrong[at]) != 0) abort();
  pthread_barrier_wait(&started);
  for (int at = 0; at < round; at++) CHECK(admit_practice_create(shared, &input, NULL, NULL) == ADMIT_OK, "a call works");
  /* From now on some thread is inside the clock, and stays there until well after the close. */
  __atomic_store_n(&is_held, 1, __ATOMIC_SEQ_CST);
  while (!__atomic_load_n(&is_inside, __ATOMIC_SEQ_CST)) sched_yield();
  CHECK(admit_store_close(shared) == ADMIT_OK, "it closes under load");
  __atomic_store_n(&is_closed, 1, __ATOMIC_SEQ_CST);
  CHECK(admit_store_close(shared) == ADMIT_MISUSE, "it closes once");
  CHECK(gone == 1, "data destroyed %d times", gone);
  for (int at = 0; at < THREADS; at++) {
    pthread_join(running[at], NULL);
    CHECK(wrong[at] == 0, "a thread was answered %d", wrong[at]);
  }
  CHECK(clocked_late == 0, "the clock was asked after close had returned");
  CHECK(admit_actor_free(actor) == ADMIT_MISUSE, "an actor outlives its store");
  pthread_attr_destroy(&small);
  pthread_barrier_destroy(&started);
  /* The file is free again, and whole. */
  CHECK(admit_store_open("threads.admit", key, sizeof key, &options, &shared, NULL) == ADMIT_OK, "it opens again");
  CHECK(admit_store_close(shared) == ADMIT_OK, "it closes again");
}

void threads(void) {
  for (int round = 0; round < 4; round++) closing(round);
}
