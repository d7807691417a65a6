/*
 * A day in a practice, from the first start of the product to the audit.
 *
 *   clinic_day FOLDER DATA
 *
 * keeps its key and its store in FOLDER and reads patients from DATA. Run it again: it goes on
 * from the file.
 */
#include "admit.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <fcntl.h>
#include <unistd.h>

/* Ends the program with what went wrong. Nothing in an error is personal or secret. */
static void check(admit_status status, admit_error *err, const char *what) {
  if (status == ADMIT_OK) return;
  fprintf(stderr, "%s: %s\n", what, admit_error_message(err));
  admit_error_free(err);
  exit(1);
}

/* Reads the store's key, or makes it on the first run, for its owner's eyes only. */
static void read_key(const char *path, unsigned char key[32]) {
  admit_error *err = NULL;
  int file = open(path, O_RDONLY);
  if (file < 0 && errno == ENOENT) {
    check(admit_key_generate(key, 32, &err), err, "drawing a key");
    file = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
    if (file < 0 || write(file, key, 32) != 32 || fsync(file) != 0) {
      perror(path);
      exit(1);
    }
    printf("made a key\n");
  } else if (file < 0 || read(file, key, 32) != 32) {
    perror(path);
    exit(1);
  }
  close(file);
}

int main(int argc, char **argv) {
  admit_store *store;
  admit_actor *host;
  admit_practice *practice;
  admit_client *client;
  admit_error *err = NULL;
  unsigned char key[32];
  char path[4096];
  const char *origins[] = {"https://portal.example.org"};

  if (argc != 3) {
    fprintf(stderr, "usage: clinic_day FOLDER DATA\n");
    return 2;
  }
  snprintf(path, sizeof path, "%s/clinic.key", argv[1]);
  read_key(path, key);

  admit_open_options options = ADMIT_OPEN_OPTIONS_INIT;
  options.flags = ADMIT_OPEN_CREATE;
  options.product = "Cedar";
  options.link_origins = origins;
  options.link_origin_count = 1;
  snprintf(path, sizeof path, "%s/clinic.admit", argv[1]);
  check(admit_store_open(path, key, sizeof key, &options, &store, &err), err, "opening");

  admit_practice_input input = ADMIT_PRACTICE_INPUT_INIT;
  input.name = "Cedar Clinic";
  input.external_id = "cedar";
  input.invitation_link = "https://portal.example.org/invitation/{token}";
  admit_status status = admit_practice_create(store, &input, &practice, &err);
  if (status == ADMIT_EXTERNAL_ID_TAKEN) {
    admit_error_free(err);
    check(admit_practice_get_by_external_id(store, "cedar", &practice, &err), err, "finding");
  } else {
    check(status, err, "making the practice");
  }
  printf("practice: %s\n", admit_practice_name(practice));
  check(admit_actor_host(store, admit_practice_id(practice), &host, &err), err, "the host");

  admit_client_input garcia = ADMIT_CLIENT_INPUT_INIT;
  garcia.family_name = "Garc\xc3\xad" "a";
  garcia.given_name = "Luc\xc3\xad" "a";
  check(admit_client_create(host, &garcia, &client, &err), err, "making a client");
  printf("client: %s\n", admit_client_name(client));

  admit_client_free(client);
  admit_practice_free(practice);
  admit_actor_free(host);
  admit_store_close(store);
  return 0;
}
