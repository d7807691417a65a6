/*
 * The first invitation: a client of your own, from the file to the first sign-in.
 *
 *   first_invitation FOLDER invite "Jane Gomez" jane@example.org
 *   first_invitation FOLDER accept TOKEN PASSWORD
 *   first_invitation FOLDER sign-in jane@example.org PASSWORD
 *
 * keeps its key and its store in FOLDER. The token is the end of the link that `invite` prints.
 */
#include "admit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static admit_error *err;

/* Says what to do, and ends. An error holds nothing personal and no secret. */
static void must(admit_status status) {
  if (status == ADMIT_OK) return;
  fprintf(stderr, "%s (%s)\n", admit_error_message(err), admit_error_name(err));
  admit_error_free(err);
  exit(1);
}

/* Reads the key of the store, or makes it on the first run. A product keeps it apart from the file. */
static void read_key(const char *path, unsigned char key[32]) {
  FILE *file = fopen(path, "rb");
  if (file == NULL) {
    must(admit_key_generate(key, 32, &err));
    file = fopen(path, "wb");
    if (file == NULL || fwrite(key, 1, 32, file) != 32) {
      perror(path);
      exit(1);
    }
  } else if (fread(key, 1, 32, file) != 32) {
    fprintf(stderr, "%s holds no key\n", path);
    exit(1);
  }
  fclose(file);
}

static admit_store *open_store(const char *folder) {
  static const char *origins[] = {"https://portal.example.org"};
  admit_open_options options = ADMIT_OPEN_OPTIONS_INIT;
  admit_store *store;
  unsigned char key[32];
  char path[4096];
  snprintf(path, sizeof path, "%s/first.key", folder);
  read_key(path, key);
  options.flags = ADMIT_OPEN_CREATE;
  options.link_origins = origins; /* no link leads elsewhere */
  options.link_origin_count = 1;
  snprintf(path, sizeof path, "%s/first.admit", folder);
  must(admit_store_open(path, key, sizeof key, &options, &store, &err));
  memset(key, 0, sizeof key);
  return store;
}

/* The practice, made on the first run. */
static admit_practice *open_practice(admit_store *store) {
  admit_practice_input input = ADMIT_PRACTICE_INPUT_INIT;
  admit_practice *practice;
  if (admit_practice_get_by_external_id(store, "mine", &practice, NULL) == ADMIT_OK) return practice;
  input.external_id = "mine";
  input.name = "My Practice";
  input.invitation_link = "https://portal.example.org/invitation/{token}";
  must(admit_practice_create(store, &input, &practice, &err));
  return practice;
}

/* Makes a client with an invitation, and prints the mail that the product would send. */
static void invite(admit_store *store, const char *practice_id, char **words) {
  admit_client_input client = ADMIT_CLIENT_INPUT_INIT;
  admit_claim claim = ADMIT_CLAIM_INIT;
  admit_claimed_page *page;
  admit_actor *host;
  must(admit_actor_host(store, practice_id, &host, &err));
  client.name = words[0];
  client.email = words[1];
  client.invite = 1;
  client.invite_channel = ADMIT_CHANNEL_EMAIL;
  must(admit_client_create(host, &client, NULL, &err));
  must(admit_outbox_claim(store, &claim, &page, &err));
  for (size_t at = 0; at < admit_claimed_page_len(page); at++) {
    const admit_claimed *mail = admit_claimed_page_at(page, at);
    printf("To: %s\nSubject: %s\n\n%s\n", admit_claimed_to(mail), admit_claimed_subject(mail),
           admit_claimed_text(mail));
    must(admit_outbox_handed_over(store, admit_claimed_message_id(mail),
                                  admit_claimed_attempt(mail), &err));
  }
  admit_claimed_page_free(page);
  admit_actor_free(host);
}

static void accept(admit_store *store, char **words) {
  admit_accept_input input = ADMIT_ACCEPT_INPUT_INIT;
  input.token = words[0];
  input.password = words[1];
  must(admit_invitation_accept(store, NULL, &input, NULL, &err));
  printf("accepted; now sign in\n");
}

static void sign_in(admit_store *store, const char *practice_id, char **words) {
  admit_session *session;
  admit_actor *visitor;
  must(admit_actor_visitor(store, practice_id, &visitor, &err));
  must(admit_login_sign_in(visitor, words[0], words[1], NULL, &session, &err));
  printf("signed in; login %s, epoch %d, clients %d\n", admit_session_login_id(session),
         (int)admit_session_epoch(session), (int)admit_session_client_count(session));
  admit_session_free(session);
  admit_actor_free(visitor);
}

int main(int argc, char **argv) {
  admit_store *store;
  admit_practice *practice;
  const char *what = argc == 5 ? argv[2] : "";
  int is_invite = strcmp(what, "invite") == 0, is_accept = strcmp(what, "accept") == 0;
  if (!is_invite && !is_accept && strcmp(what, "sign-in") != 0) {
    fprintf(stderr, "usage: first_invitation FOLDER invite NAME ADDRESS\n"
                    "       first_invitation FOLDER accept TOKEN PASSWORD\n"
                    "       first_invitation FOLDER sign-in ADDRESS PASSWORD\n");
    return 2;
  }
  store = open_store(argv[1]);
  practice = open_practice(store);
  if (is_invite) invite(store, admit_practice_id(practice), argv + 3);
  else if (is_accept) accept(store, argv + 3);
  else sign_in(store, admit_practice_id(practice), argv + 3);
  admit_practice_free(practice);
  return admit_store_close(store) == ADMIT_OK ? 0 : 1;
}
