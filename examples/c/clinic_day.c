/*
 * A day in a practice: from the first start of the product to the audit in the evening.
 *
 *   clinic_day FOLDER DATA
 *
 * keeps its key and its store in FOLDER and reads patients from DATA. Run it again: it goes on
 * from the file with another day. Copy from it what you need; it uses all that most products do.
 */
#include "admit.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HOUR 3600000LL
#define DAY (24 * HOUR)
#define TOKEN_LENGTH 52

/* This day's clock. A product leaves `options.clock` alone and lives by the system's. */
static int64_t now = 1767258000000LL; /* 2026-01-01T09:00:00Z */

static int64_t tell_time(void *user_data) {
  (void)user_data;
  return now;
}

/* Ends the program with what went wrong. An error holds nothing personal and no secret. It takes
 * the address of the error, for C may read an argument before it makes the call beside it. */
static void check(admit_status status, admit_error **err, const char *what) {
  if (status == ADMIT_OK) return;
  fprintf(stderr, "%s: %s (%s)\n", what, admit_error_message(*err), admit_error_name(*err));
  exit(1);
}

/* Says that something was refused, and by which name. */
static void expect(admit_status status, admit_status refusal, admit_error **err,
                   const char *what) {
  if (status != refusal) {
    fprintf(stderr, "%s: answered %d instead of %d\n", what, (int)status, (int)refusal);
    exit(1);
  }
  printf("  %s: %s\n", what, admit_error_name(*err));
  admit_error_free(*err);
}

static void title(const char *text) { printf("\n%s\n", text); }

/* --- The start of the product ------------------------------------------------------------- */

/* Reads the store's key, or makes it on the first run, for its owner's eyes only. */
static void read_key(const char *path, unsigned char key[32]) {
  admit_error *err = NULL;
  int file = open(path, O_RDONLY);
  if (file >= 0) {
    if (read(file, key, 32) != 32) {
      fprintf(stderr, "%s is no key\n", path);
      exit(1);
    }
  } else if (errno == ENOENT) {
    check(admit_key_generate(key, 32, &err), &err, "drawing a key");
    file = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
    if (file < 0 || write(file, key, 32) != 32 || fsync(file) != 0) {
      perror(path);
      exit(1);
    }
    printf("made a key, readable by its owner alone\n");
  } else {
    perror(path);
    exit(1);
  }
  close(file);
}

static admit_store *open_store(const char *folder) {
  static const char *origins[] = {"https://portal.example.org"};
  admit_open_options options = ADMIT_OPEN_OPTIONS_INIT;
  admit_store *store;
  admit_error *err = NULL;
  unsigned char key[32];
  char path[4096];

  snprintf(path, sizeof path, "%s/clinic.key", folder);
  read_key(path, key);
  options.flags = ADMIT_OPEN_CREATE | ADMIT_OPEN_TEST; /* a product: ADMIT_OPEN_CREATE alone */
  options.clock = tell_time;
  options.product = "Cedar";
  options.link_origins = origins;
  options.link_origin_count = 1;
#ifdef CLINIC_DAY_PINNED
  options.test_seed = 7; /* the same ids each time, for the test that compares this output */
#endif
  snprintf(path, sizeof path, "%s/clinic.admit", folder);
  check(admit_store_open(path, key, sizeof key, &options, &store, &err), &err, "opening");
  memset(key, 0, sizeof key);
  return store;
}

/* The host's actor in the practice, which is made on the first run. */
static admit_actor *open_practice(admit_store *store) {
  admit_practice_input input = ADMIT_PRACTICE_INPUT_INIT;
  admit_source source = ADMIT_SOURCE_INIT;
  admit_practice *practice;
  admit_actor *plain, *host;
  admit_error *err = NULL;

  if (admit_practice_get_by_external_id(store, "cedar", &practice, NULL) != ADMIT_OK) {
    input.external_id = "cedar";
    input.name = "Cedar Clinic";
    input.support_email = "help@cedar.example.org";
    input.locale = "en-US";
    input.zone = "America/New_York";
    input.invitation_link = "https://portal.example.org/invitation/{token}";
    input.reset_link = "https://portal.example.org/reset/{token}";
    check(admit_practice_create(store, &input, &practice, &err), &err, "making the practice");
  }
  check(admit_actor_host(store, admit_practice_id(practice), &plain, &err), &err, "the host");
  source.request_id = "clinic-day";
  source.reason = "the practice's day, run by its product";
  check(admit_actor_source(plain, &source, &host, &err), &err, "the host's source");
  printf("practice: %s\n", admit_practice_name(practice));
  admit_actor_free(plain);
  admit_practice_free(practice);
  return host;
}

/* The newest event tells how far this store's time has come. */
static void set_clock(admit_actor *host) {
  admit_event_query query = ADMIT_EVENT_QUERY_INIT;
  admit_event_page *page;
  admit_error *err = NULL;
  query.limit = 1;
  check(admit_event_list(host, &query, &page, &err), &err, "the newest event");
  if (admit_event_page_len(page) > 0 && admit_event_at(admit_event_page_at(page, 0)) > now)
    now = admit_event_at(admit_event_page_at(page, 0));
  admit_event_page_free(page);
}

/* Lets time go by, with upkeep every day as a product does every few minutes. */
static void let_pass(admit_store *store, int64_t milliseconds) {
  while (milliseconds > 0) {
    int64_t step = milliseconds < DAY ? milliseconds : DAY;
    admit_upkeep *done;
    admit_error *err = NULL;
    now += step;
    milliseconds -= step;
    check(admit_store_upkeep(store, 0, &done, &err), &err, "upkeep");
    if (admit_upkeep_lapsed(done) > 0)
      printf("  upkeep: %d lapsed\n", (int)admit_upkeep_lapsed(done));
    admit_upkeep_free(done);
  }
}

/* The practitioner's seat, approved; made on the first run. */
static admit_actor *open_practitioner(admit_store *store, admit_actor *host, char staff_id[64]) {
  admit_staff_input input = ADMIT_STAFF_INPUT_INIT;
  admit_staff *staff;
  admit_practice *practice;
  admit_actor *actor;
  admit_error *err = NULL;

  if (admit_staff_get_by_external_id(host, "amari", &staff, NULL) != ADMIT_OK) {
    input.external_id = "amari";
    input.family_name = "Amari";
    input.given_name = "Ruth";
    input.title = "Dr.";
    input.email = "ruth.amari@cedar.example.org";
    input.role = ADMIT_ROLE_PRACTITIONER;
    check(admit_staff_add(host, &input, &staff, &err), &err, "adding a practitioner");
    if (admit_staff_approval(staff) == ADMIT_APPROVAL_PENDING)
      check(admit_staff_approve(host, admit_staff_id(staff), 0, &err), &err, "approving");
    printf("practitioner: %s, approved\n", admit_staff_name(staff));
  }
  snprintf(staff_id, 64, "%s", admit_staff_id(staff));
  check(admit_practice_get(host, &practice, &err), &err, "the practice");
  /* The demo vouches for Ruth; a product hands on the epoch of her session instead of 0. */
  check(admit_actor_staff(store, admit_practice_id(practice), staff_id, 0, &actor, &err), &err,
        "Ruth");
  admit_practice_free(practice);
  admit_staff_free(staff);
  return actor;
}

/* --- Clients ------------------------------------------------------------------------------ */

static void import_patients(admit_actor *host, const char *folder, const char *name) {
  admit_import *import;
  admit_error *err = NULL;
  struct stat about;
  unsigned char *data;
  char path[4096];
  FILE *file;

  snprintf(path, sizeof path, "%s/%s", folder, name);
  file = fopen(path, "rb");
  if (file == NULL || stat(path, &about) != 0) {
    perror(path);
    exit(1);
  }
  data = malloc((size_t)about.st_size + 1);
  if (data == NULL || fread(data, 1, (size_t)about.st_size, file) != (size_t)about.st_size) {
    perror(path);
    exit(1);
  }
  fclose(file);
  check(admit_client_import(host, data, (size_t)about.st_size, NULL, NULL, &import, &err), &err,
        "importing");
  printf("  %s: %d created, %d updated, %d unchanged, %d skipped\n", name,
         (int)admit_import_created(import), (int)admit_import_updated(import),
         (int)admit_import_unchanged(import), (int)admit_import_skipped(import));
  for (size_t at = 0; at < admit_import_row_count(import); at++)
    if (admit_import_row_outcome(import, at) == ADMIT_IMPORT_SKIPPED)
      printf("    line %d: %s\n", (int)admit_import_row_line(import, at),
             admit_import_row_reason(import, at));
  admit_import_free(import);
  free(data);
}

static void search(admit_actor *actor, const char *text) {
  admit_person_page *page;
  admit_error *err = NULL;
  check(admit_client_search(actor, text, 0, &page, &err), &err, "searching");
  printf("  \"%s\":", text);
  for (size_t at = 0; at < admit_person_page_len(page); at++)
    printf("%s %s", at > 0 ? "," : "", admit_person_name(admit_person_page_at(page, at)));
  printf("\n");
  admit_person_page_free(page);
}

/* Makes a client of the practitioner's; the caller frees nothing, the id is copied. */
static void make_client(admit_actor *actor, int day, const char *given, const char *birth_date,
                        char id[64]) {
  admit_client_input input = ADMIT_CLIENT_INPUT_INIT;
  admit_client *client;
  admit_error *err = NULL;
  char external_id[64];
  snprintf(external_id, sizeof external_id, "day-%d-%s", day, given);
  input.external_id = external_id;
  input.family_name = "Garc\xc3\xad" "a";
  input.given_name = given;
  input.birth_date = birth_date;
  check(admit_client_create(actor, &input, &client, &err), &err, "making a client");
  snprintf(id, 64, "%s", admit_client_id(client));
  printf("  made %s\n", admit_client_name(client));
  admit_client_free(client);
}

/* How many days this store has seen, and this one. */
static int count_days(admit_actor *host) {
  admit_client *client;
  char external_id[64];
  for (int day = 1;; day++) {
    snprintf(external_id, sizeof external_id, "day-%d-Luc\xc3\xad" "a", day);
    if (admit_client_get_by_external_id(host, external_id, &client, NULL) != ADMIT_OK) return day;
    admit_client_free(client);
  }
}

static void add_email(admit_actor *actor, const char *client_id, const char *email) {
  admit_client_input change = ADMIT_CLIENT_INPUT_INIT;
  admit_client *client;
  admit_error *err = NULL;
  change.email = email;
  check(admit_client_update(actor, client_id, &change, &client, &err), &err, "adding an address");
  printf("  %s now has an address\n", admit_client_name(client));
  admit_client_free(client);
}

/* --- Invitations -------------------------------------------------------------------------- */

static void invite(admit_actor *actor, const char *client_id, int channel, char id[64]) {
  admit_invitation_input input = ADMIT_INVITATION_INPUT_INIT;
  admit_invitation *invitation;
  admit_error *err = NULL;
  input.client_id = client_id;
  input.channel = channel;
  check(admit_invitation_send(actor, &input, &invitation, &err), &err, "inviting");
  snprintf(id, 64, "%s", admit_invitation_id(invitation));
  admit_invitation_free(invitation);
}

/* Hands all messages that are due to the mail server, which is this function: it keeps the token
 * of the message that went to `address`, and prints that message where it is asked to. */
static void send_mail(admit_store *store, const char *address, int prints, char token[64]) {
  admit_claim claim = ADMIT_CLAIM_INIT;
  admit_claimed_page *page;
  admit_error *err = NULL;
  int sent = 0;

  token[0] = 0;
  claim.limit = 100;
  check(admit_outbox_claim(store, &claim, &page, &err), &err, "claiming");
  for (size_t at = 0; at < admit_claimed_page_len(page); at++) {
    const admit_claimed *message = admit_claimed_page_at(page, at);
    const char *id = admit_claimed_message_id(message);
    uint32_t attempt = admit_claimed_attempt(message);
    if (strcmp(admit_claimed_to(message), address) == 0) {
      const char *link = strstr(admit_claimed_text(message), "https://portal.example.org/");
      const char *start = link == NULL ? NULL : strchr(link + 27, '/');
      if (start != NULL) snprintf(token, 64, "%.*s", TOKEN_LENGTH, start + 1);
      if (prints) {
        printf("  --- %s to %s: %s\n", admit_claimed_kind(message), admit_claimed_to(message),
               admit_claimed_subject(message));
        printf("%s  ---\n", admit_claimed_text(message));
      }
    }
    check(admit_outbox_handed_over(store, id, attempt, &err), &err, "handing over");
    check(admit_outbox_delivered(store, id, attempt, &err), &err, "delivering");
    sent++;
  }
  printf("  sent %d\n", sent);
  admit_claimed_page_free(page);
}

/* What a landing page does first: looking at a link changes nothing. */
static void inspect(admit_store *store, const char *token, const char *whose) {
  admit_inspection *inspection;
  admit_error *err = NULL;
  check(admit_invitation_inspect(store, NULL, token, &inspection, &err), &err, "inspecting");
  switch (admit_inspection_status(inspection)) {
    case ADMIT_OK:
      printf("  %s: good, for %s at %s\n", whose, admit_inspection_masked_address(inspection),
             admit_inspection_practice_name(inspection));
      break;
    case ADMIT_LINK_SUPERSEDED: printf("  %s: superseded by a newer one\n", whose); break;
    case ADMIT_LINK_REVOKED: printf("  %s: revoked\n", whose); break;
    case ADMIT_LINK_EXPIRED: printf("  %s: expired\n", whose); break;
    case ADMIT_LINK_USED: printf("  %s: used\n", whose); break;
    default: printf("  %s: not valid\n", whose);
  }
  admit_inspection_free(inspection);
}

static void show_link(admit_actor *host, const char *client_id) {
  char invitation_id[64];
  admit_link *link;
  admit_qr *qr;
  admit_error *err = NULL;
  invite(host, client_id, ADMIT_CHANNEL_NONE, invitation_id);
  check(admit_invitation_link(host, invitation_id, ADMIT_CHANNEL_COPIED, &link, &err), &err,
        "the link");
  check(admit_invitation_qr(host, invitation_id, &qr, &err), &err, "the QR code");
  printf("  to copy: %s\n%s\n", admit_link_url(link), admit_qr_terminal(qr));
  admit_qr_free(qr);
  admit_link_free(link);
}

/* --- Logins ------------------------------------------------------------------------------- */

static void accept(admit_store *store, const char *token, const char *password) {
  admit_accept_input input = ADMIT_ACCEPT_INPUT_INIT;
  admit_acceptance *acceptance;
  admit_error *err = NULL;
  input.token = token;
  input.password = password;
  check(admit_invitation_accept(store, NULL, &input, &acceptance, &err), &err, "accepting");
  printf("  accepted; now sign in\n");
  admit_acceptance_free(acceptance);
}

static admit_session *sign_in(admit_actor *visitor, const char *name, const char *password) {
  admit_session *session;
  admit_error *err = NULL;
  check(admit_login_sign_in(visitor, name, password, NULL, &session, &err), &err, "signing in");
  printf("  signed in: reaches %d client%s\n", (int)admit_session_client_count(session),
         admit_session_client_count(session) == 1 ? "" : "s");
  return session;
}

/* --- Lists -------------------------------------------------------------------------------- */

static const char *invitation_word(admit_invitation_state_value state) {
  static const char *const words[] = {"not invited", "invited",  "expired",
                                      "declined",    "revoked",  "accepted"};
  return words[state];
}

static const char *login_word(admit_login_state_value state) {
  static const char *const words[] = {"-", "no password", "temporary", "activated", "locked"};
  return words[state];
}

static const char *status_word(admit_person_status_value status) {
  static const char *const words[] = {"-",         "active", "deactivated", "suspended",
                                      "to be deleted", "ended"};
  return words[status];
}

/* Prints a text and fills its column: printf counts bytes, a screen counts characters. */
static void column(const char *text, int width) {
  for (const char *at = text; *at != 0; at++) width -= (*at & 0xc0) != 0x80;
  printf("%s%*s", text, width > 0 ? width : 0, "");
}

static void print_my_clients(admit_actor *practitioner) {
  admit_person_query query = ADMIT_PERSON_QUERY_INIT;
  admit_person_page *page;
  admit_error *err = NULL;
  query.kinds = ADMIT_PERSON_KIND_CLIENT;
  check(admit_person_list(practitioner, &query, &page, &err), &err, "listing");
  for (size_t at = 0; at < admit_person_page_len(page); at++) {
    const admit_person *person = admit_person_page_at(page, at);
    const char *email = admit_person_email(person);
    printf("  ");
    column(admit_person_name(person), 24);
    printf(" %-12s %-12s %-12s %s\n",
           status_word(admit_person_status(person)),
           invitation_word(admit_person_invitation_state(person)),
           login_word(admit_person_login_state(person)), email == NULL ? "-" : email);
  }
  printf("  %d in all\n", (int)admit_person_page_total(page));
  admit_person_page_free(page);
}

static void print_audit(admit_actor *host) {
  admit_event_query query = ADMIT_EVENT_QUERY_INIT;
  admit_verification *verification;
  admit_event_page *page;
  admit_error *err = NULL;

  check(admit_event_verify(host, NULL, &verification, &err), &err, "verifying");
  printf("  %s: %d entries\n", admit_verification_is_whole(verification) ? "whole" : "BROKEN",
         (int)admit_verification_entries(verification));
  admit_verification_free(verification);
  query.limit = 12;
  check(admit_event_list(host, &query, &page, &err), &err, "the audit trail");
  for (size_t at = 0; at < admit_event_page_len(page); at++) {
    const admit_event *event = admit_event_page_at(page, at);
    const char *refusal = admit_event_refusal(event);
    printf("  %5d  %-8s %s%s%s\n", (int)admit_event_seq(event), admit_event_actor(event),
           admit_event_happening(event), refusal == NULL ? "" : " refused: ",
           refusal == NULL ? "" : refusal);
  }
  admit_event_page_free(page);
}

/* --- The day ------------------------------------------------------------------------------ */

/* Opens the chart of an imported client to the practitioner, and copies the client's id. */
static void take_on(admit_actor *host, const char *external_id, const char *staff_id,
                    char id[64]) {
  admit_grant_input grant = ADMIT_GRANT_INPUT_INIT;
  admit_client *client;
  admit_error *err = NULL;
  check(admit_client_get_by_external_id(host, external_id, &client, &err), &err, "finding");
  snprintf(id, 64, "%s", admit_client_id(client));
  grant.client_id = id;
  grant.staff_id = staff_id;
  check(admit_grant_give(host, &grant, NULL, &err), &err, "opening a chart");
  admit_client_free(client);
}

static void morning(admit_store *store, admit_actor *host, admit_actor *ruth, int day,
                    const char *staff_id, char lucia[64], char mateo[64]) {
  char arianna[64], unreachable[64], token[64], earlier[64], invitation[64], email[64];
  admit_error *err = NULL;

  title("Clients");
  make_client(ruth, day, "Luc\xc3\xad" "a", "1989-05-17", lucia);
  make_client(ruth, day, "Mateo", "2019-11-02", mateo);
  snprintf(email, sizeof email, "lucia.%d@example.org", day);
  add_email(ruth, lucia, email);
  search(host, "gar");
  search(host, "\xe3\x83\x8a\xe3\x82\xab\xe3\x82\xac\xe3\x83\xaf"); /* Nakagawa, in kana */
  take_on(host, "http://hospital.smarthealthit.org|5484949", staff_id, arianna);
  take_on(host, "http://hospital.example.org/identifiers/mrn|POP-000712", staff_id, unreachable);

  title("Invitations");
  invite(ruth, lucia, ADMIT_CHANNEL_EMAIL, invitation);
  send_mail(store, email, 1, token);
  inspect(store, token, "the link");
  snprintf(earlier, sizeof earlier, "%s", token);
  now += HOUR;
  invite(ruth, lucia, ADMIT_CHANNEL_EMAIL, invitation);
  send_mail(store, email, 0, token);
  inspect(store, earlier, "the earlier link after a resend");
  show_link(host, unreachable);

  invite(ruth, arianna, ADMIT_CHANNEL_EMAIL, invitation);
  send_mail(store, "arianna.brekke325@example.com", 0, earlier);
  check(admit_invitation_revoke(ruth, invitation, &err), &err, "revoking");
  inspect(store, earlier, "a link after it was revoked");
  invite(ruth, arianna, ADMIT_CHANNEL_EMAIL, invitation);
  send_mail(store, "arianna.brekke325@example.com", 0, earlier);

  title("Acceptance");
  expect(admit_invitation_accept(store, NULL, &(admit_accept_input){.size = sizeof(admit_accept_input),
                                 .token = token, .password = "cedar-clinic-1"}, NULL, &err),
         ADMIT_PASSWORD_TOO_SHORT, &err, "a short password");
  accept(store, token, "seven green bicycles");
  inspect(store, token, "the link once used");

  title("A week goes by");
  let_pass(store, 7 * DAY);
  inspect(store, earlier, "a link that nobody used");
}

/* Lucia comes to hold her child's chart: she signs in, and proves it when she accepts. */
static void bring_child(admit_store *store, admit_actor *ruth, const char *child,
                        const char *email, const admit_session *session) {
  admit_invitation_input input = ADMIT_INVITATION_INPUT_INIT;
  admit_accept_input answer = ADMIT_ACCEPT_INPUT_INIT;
  admit_acceptance *acceptance;
  admit_error *err = NULL;
  char token[64];
  input.client_id = child;
  input.tie = ADMIT_TIE_GUARDIAN;
  input.relationship = "mother";
  input.email = email;
  input.channel = ADMIT_CHANNEL_EMAIL;
  check(admit_invitation_send(ruth, &input, NULL, &err), &err, "inviting the guardian");
  send_mail(store, email, 0, token);
  answer.token = token;
  answer.login_id = admit_session_login_id(session);
  answer.epoch = admit_session_epoch(session);
  check(admit_invitation_accept(store, NULL, &answer, &acceptance, &err), &err, "accepting");
  printf("  the child is under its guardian\n");
  admit_acceptance_free(acceptance);
}

static void evening(admit_store *store, admit_actor *host, admit_actor *ruth, int day,
                    const char *lucia, const char *mateo) {
  admit_practice *practice;
  admit_actor *visitor, *signed_in;
  admit_session *session;
  admit_client *client;
  admit_error *err = NULL;
  char token[64], email[64];

  snprintf(email, sizeof email, "lucia.%d@example.org", day);
  check(admit_practice_get(host, &practice, &err), &err, "the practice");
  check(admit_actor_visitor(store, admit_practice_id(practice), &visitor, &err), &err, "a visitor");

  title("Signing in");
  expect(admit_login_sign_in(visitor, email, "seven red bicycles", NULL, &session, &err),
         ADMIT_SIGN_IN_FAILED, &err, "a wrong password");
  session = sign_in(visitor, email, "seven green bicycles");
  bring_child(store, ruth, mateo, email, session);
  admit_session_free(session);

  title("A forgotten password");
  check(admit_login_request_reset(visitor, email, &err), &err, "asking for a reset");
  send_mail(store, email, 0, token);
  check(admit_login_reset(store, NULL, token, "nine quiet harbours", NULL, &err), &err, "resetting");
  session = sign_in(visitor, email, "nine quiet harbours");

  title("A suspended client");
  check(admit_actor_login(store, admit_practice_id(practice), admit_session_login_id(session),
                          admit_session_epoch(session), &signed_in, &err), &err, "the session");
  check(admit_client_get(signed_in, lucia, &client, &err), &err, "reading her own chart");
  printf("  %s reads her own chart\n", admit_client_name(client));
  admit_client_free(client);
  check(admit_client_set_status(ruth, lucia, ADMIT_CLIENT_STATUS_SUSPENDED, 0, NULL, &err), &err,
        "suspending");
  expect(admit_client_get(signed_in, lucia, &client, &err), ADMIT_SESSION_ENDED, &err,
         "her session after that");

  title("My clients");
  print_my_clients(ruth);
  title("The audit trail");
  print_audit(host);

  admit_actor_free(signed_in);
  admit_session_free(session);
  admit_actor_free(visitor);
  admit_practice_free(practice);
}

int main(int argc, char **argv) {
  char staff_id[64], lucia[64], mateo[64];
  admit_store *store;
  admit_actor *host, *ruth;
  int day;

  if (argc != 3) {
    fprintf(stderr, "usage: clinic_day FOLDER DATA\n");
    return 2;
  }
  store = open_store(argv[1]);
  host = open_practice(store);
  set_clock(host);
  ruth = open_practitioner(store, host, staff_id);
  day = count_days(host);
  printf("day %d\n", day);

  title("Patients on file");
  import_patients(host, argv[2], "patients-us.ndjson");
  import_patients(host, argv[2], "patients-jp.ndjson");
  import_patients(host, argv[2], "patients-synthea.ndjson");

  morning(store, host, ruth, day, staff_id, lucia, mateo);
  evening(store, host, ruth, day, lucia, mateo);

  admit_actor_free(ruth);
  admit_actor_free(host);
  if (admit_store_close(store) != ADMIT_OK) {
    fprintf(stderr, "closing failed\n");
    return 1;
  }
  return 0;
}
