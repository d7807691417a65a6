/* The shortest whole life: a store, a practice, a host, a client, and all of it freed. */
#include "admit.h"
#include <stdio.h>

static int failed(const char *what, admit_error *err) {
  fprintf(stderr, "%s: %s\n", what, admit_error_message(err));
  admit_error_free(err);
  return 1;
}

int main(void) {
  uint8_t key[32];
  admit_store *store = NULL;
  admit_actor *host = NULL;
  admit_practice *practice = NULL;
  admit_client *client = NULL;
  admit_error *err = NULL;

  if (admit_key_generate(key, sizeof key, &err)) return failed("key", err);
  admit_open_options options = ADMIT_OPEN_OPTIONS_INIT;
  options.flags = ADMIT_OPEN_CREATE;
  if (admit_store_open("smoke.admit", key, sizeof key, &options, &store, &err)) return failed("open", err);
  admit_practice_input input = ADMIT_PRACTICE_INPUT_INIT;
  input.name = "Cedar Clinic";
  if (admit_practice_create(store, &input, &practice, &err)) return failed("practice", err);
  if (admit_actor_host(store, admit_practice_id(practice), &host, &err)) return failed("host", err);
  admit_client_input person = ADMIT_CLIENT_INPUT_INIT;
  person.given_name = "Ada";
  person.family_name = "Park";
  if (admit_client_create(host, &person, &client, &err)) return failed("client", err);
  printf("%s of %s\n", admit_client_name(client), admit_practice_name(practice));
  if (admit_client_get(host, "no id", NULL, &err) != ADMIT_MISUSE) return 1;
  admit_error_free(err);
  admit_client_free(client);
  admit_practice_free(practice);
  if (admit_actor_free(host) || admit_store_close(store)) return 1;
  return 0;
}
