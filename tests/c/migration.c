/* A migration day: staff, rooms, clients, logins, proxies and grants of another product, brought in twice; then
 * people sign in as they did there. clients.ndjson and logins.ndjson are written by the test, and passwords.txt has
 * "name<TAB>password" for each login. Then ways in by role, and a portal of two practices. */
#include "holds.h"

#define CHOSEN "a horse and a battery of staples"
#define LINK "https://portal.example.org/i/"
#define DAY (24 * 60 * 60 * (int64_t)1000)
#define TOKEN_SIZE 53

static int64_t now_ms = 1767323045000;
static admit_store *store;

static int64_t now(void *user_data) {
  (void)user_data;
  return now_ms;
}

struct place { admit_practice *practice; admit_actor *host, *visitor; };

static struct place place_of(const char *name, const char *portal) {
  struct place it;
  admit_practice_input input = ADMIT_PRACTICE_INPUT_INIT;
  input.name = name;
  input.portal = portal;
  input.invitation_link = LINK "{token}";
  input.reset_link = "https://portal.example.org/r/{token}";
  OK(admit_practice_create(store, &input, &it.practice, &err));
  OK(admit_actor_host(store, admit_practice_id(it.practice), &it.host, &err));
  OK(admit_actor_visitor(store, admit_practice_id(it.practice), &it.visitor, &err));
  return it;
}

static void leave(struct place it) {
  CHECK(admit_actor_free(it.host) == ADMIT_OK && admit_actor_free(it.visitor) == ADMIT_OK);
  admit_practice_free(it.practice);
}

static void open_all(void) {
  static const char *const origins[] = {"https://portal.example.org"};
  static const uint8_t key[32] = {7};
  admit_open_options options = ADMIT_OPEN_OPTIONS_INIT;
  options.flags = ADMIT_OPEN_CREATE | ADMIT_OPEN_TEST;
  options.clock = now;
  options.test_seed = 7;
  options.product = "Lotus EHR";
  options.link_origins = origins;
  options.link_origin_count = 1;
  OK(admit_store_open("migration.admit", key, sizeof key, &options, &store, &err));
}

static char *contents(const char *path) {
  FILE *file = fopen(path, "rb");
  char *text = calloc(1, 1 << 20);
  CHECK(file != NULL && text != NULL);
  CHECK(fread(text, 1, (1 << 20) - 1, file) > 0);
  fclose(file);
  return text;
}

/* The counts of a report, as "created updated unchanged skipped"; frees it. */
static void counts(int line, admit_import *it, uint64_t created, uint64_t updated, uint64_t unchanged, uint64_t skipped) {
  if (admit_import_created(it) != created || admit_import_updated(it) != updated ||
      admit_import_unchanged(it) != unchanged || admit_import_skipped(it) != skipped) {
    fprintf(stderr, "%s\n", admit_import_json(it));
    failed(line, "the report counts otherwise");
  }
  admit_import_free(it);
}
#define COUNTS(it, created, updated, unchanged, skipped) counts(__LINE__, it, created, updated, unchanged, skipped)

static int32_t heard(void *user_data, uint64_t rows) {
  *(uint64_t *)user_data = rows;
  return 1;
}

static const char staff_rows[] =
    "{\"external_id\":\"s1\",\"name\":\"Dr. Ruth Lee\",\"role\":\"practitioner\",\"approved\":true}\n"
    "{\"external_id\":\"s2\",\"name\":\"Omar Diaz\",\"role\":\"admin\"}\n";
static const char room_rows[] = "{\"external_id\":\"r1\",\"name\":\"Team North\"}\n";
static const char seat_logins[] =
    "{\"staff\":\"s1\",\"username\":\"ruth\",\"email\":\"ruth@clinic.example.org\",\"email_verified\":true,"
    "\"hash\":\"$2b$04$D.TRhaPn8ybijTc8vF.d9.83DR7bA3/2Idb6FGBaCtMIf783Y5KPW\"}\n"
    "{\"staff\":\"s2\",\"username\":\"omar\",\"identities\":[{\"issuer\":\"https://id.example.org\",\"subject\":\"omar\"}]}\n"
    "{\"staff\":\"s9\",\"username\":\"nobody\"}\n";
static const char proxy_rows[] =
    "{\"client\":\"c1\",\"username\":\"holder0\",\"relationship\":\"mother\",\"ends_at\":1800000000000}\n"
    "{\"client\":\"c2\",\"login_client\":\"c0\"}\n"
    "{\"client\":\"c2\",\"username\":\"holder99\"}\n";
static const char grant_rows[] =
    "{\"client\":\"c0\",\"staff\":\"s1\",\"reason\":\"treats\"}\n"
    "{\"client\":\"c1\",\"room\":\"r1\",\"scopes\":[\"notes\"],\"ends_at\":1800000000000}\n"
    "{\"client\":\"c1\",\"room\":\"r1\",\"scope\":[\"notes\"]}\n";

#define BYTES(text) (const uint8_t *)(text), strlen(text)

/* Brings everything in. The second time every row says that it is here already. */
static void bring(struct place here, uint64_t logins, int is_again) {
  uint64_t fresh = is_again ? 0 : 1, known = is_again ? 1 : 0, told = 0;
  char *clients = contents("clients.ndjson"), *rows = contents("logins.ndjson");
  admit_import *it = NULL;
  OK(admit_staff_import(here.host, BYTES(staff_rows), &it, &err));
  COUNTS(it, 2 * fresh, 0, 2 * known, 0);
  OK(admit_room_import(here.host, BYTES(room_rows), &it, &err));
  COUNTS(it, fresh, 0, known, 0);
  OK(admit_client_import(here.host, BYTES(clients), NULL, NULL, &it, &err));
  COUNTS(it, logins * fresh, 0, logins * known, 0);
  OK(admit_login_import(here.host, BYTES(rows), heard, &told, &it, &err));
  COUNTS(it, logins * fresh, 0, logins * known, 0);
  CHECK(told == logins);
  OK(admit_login_import(here.host, BYTES(seat_logins), NULL, NULL, &it, &err));
  CHECK(admit_import_row_line(it, 2) == 3 && admit_import_row_id(it, 2) == NULL);
  CHECK(same(admit_import_row_path(it, 2), "staff") && admit_import_row_reason(it, 2) != NULL);
  CHECK(strstr(admit_import_json(it), "nobody") == NULL);
  COUNTS(it, 2 * fresh, 0, 2 * known, 1);
  now_ms += 1000;
  OK(admit_proxy_import(here.host, BYTES(proxy_rows), heard, &told, &it, &err));
  CHECK(same(admit_import_row_path(it, 2), "username") && told == 3);
  COUNTS(it, 2 * fresh, 0, 2 * known, 1);
  OK(admit_grant_import(here.host, BYTES(grant_rows), heard, &told, &it, &err));
  CHECK(admit_import_row_outcome(it, 2) == ADMIT_IMPORT_SKIPPED);
  COUNTS(it, 2 * fresh, 0, 2 * known, 1);
  free(clients);
  free(rows);
}

static admit_session *enter(struct place at, const char *name, const char *password) {
  admit_session *session = NULL;
  OK(admit_login_sign_in(at.visitor, name, password, NULL, &session, &err));
  return session;
}

static void fails(struct place at, const char *name, const char *password) {
  admit_session *session = NULL;
  ANSWERS(ADMIT_SIGN_IN_FAILED, NULL, admit_login_sign_in(at.visitor, name, password, NULL, &session, &err));
  CHECK(session == NULL);
}

/* Every old password opens its login, again after our own hash has replaced the old one. */
static uint64_t old_passwords(struct place here) {
  char *lines = contents("passwords.txt"), *rest = lines;
  uint64_t count = 0;
  for (char *line; (line = strtok(rest, "\n")) != NULL; rest = NULL, count++) {
    char *password = strchr(line, '\t');
    CHECK(password != NULL);
    *password++ = '\0';
    fails(here, line, "an imported Passw0rd of ald");
    for (int twice = 0; twice < 2; twice++) {
      admit_session *session = enter(here, line, password);
      CHECK(admit_session_must_change(session) == 0 && admit_session_client_count(session) >= 1);
      admit_session_free(session);
    }
  }
  free(lines);
  return count;
}

static void what_they_reach(struct place here) {
  admit_session *session = enter(here, "holder0", "an imported Passw0rd of old");
  admit_identity identity = ADMIT_IDENTITY_INIT;
  admit_staff *ruth = NULL;
  admit_client *client = NULL;
  admit_actor *actor = NULL;
  admit_stats *stats = NULL;
  admit_verification *verification = NULL;
  CHECK(admit_session_client_count(session) == 3);
  CHECK(admit_session_client_is_guardian(session, 0) == 0 && admit_session_client_is_guardian(session, 1) == 1);
  admit_session_free(session);
  session = enter(here, "ruth@clinic.example.org", "an imported Passw0rd of old");
  CHECK(admit_session_seat_count(session) == 1 && admit_session_seat_role(session, 0) == ADMIT_ROLE_PRACTITIONER);
  OK(admit_staff_get_by_external_id(here.host, "s1", &ruth, &err));
  CHECK(same(admit_session_seat_staff_id(session, 0), admit_staff_id(ruth)));
  OK(admit_actor_staff(store, admit_practice_id(here.practice), admit_staff_id(ruth), admit_session_epoch(session), &actor, &err));
  OK(admit_client_get_by_external_id(actor, "c0", &client, &err));
  admit_client_free(client);
  ANSWERS(ADMIT_NOT_PERMITTED, NULL, admit_client_get_by_external_id(actor, "c3", &client, &err));
  /* A practitioner imports nothing. */
  ANSWERS(ADMIT_NOT_PERMITTED, NULL, admit_login_import(actor, BYTES("{}"), NULL, NULL, NULL, &err));
  ANSWERS(ADMIT_NOT_PERMITTED, NULL, admit_proxy_import(actor, BYTES("{}"), NULL, NULL, NULL, &err));
  ANSWERS(ADMIT_NOT_PERMITTED, NULL, admit_grant_import(actor, BYTES("{}"), NULL, NULL, NULL, &err));
  CHECK(admit_actor_free(actor) == ADMIT_OK);
  admit_session_free(session);
  admit_staff_free(ruth);
  identity.issuer = "https://id.example.org";
  identity.subject = "omar";
  OK(admit_login_sign_in_external(here.host, &identity, &session, &err));
  CHECK(admit_session_seat_role(session, 0) == ADMIT_ROLE_ADMIN);
  admit_session_free(session);
  /* Nobody was told anything. */
  OK(admit_store_stats(store, &stats, &err));
  CHECK(admit_stats_messages_due(stats) == 0);
  admit_stats_free(stats);
  OK(admit_event_verify(here.host, NULL, &verification, &err));
  CHECK(admit_verification_broken_at(verification) == 0);
  admit_verification_free(verification);
}

static void rules(struct place here) {
  admit_password_rules *rules = NULL;
  admit_practice_input input = ADMIT_PRACTICE_INPUT_INIT;
  OK(admit_practice_password_rules(here.visitor, &rules, &err));
  CHECK(admit_password_rules_characters_min(rules) == 15 && admit_password_rules_bytes_max(rules) == 1024);
  CHECK(admit_password_rules_has_composition_rules(rules) == 0 && admit_password_rules_refuses_common(rules) == 1);
  CHECK(admit_password_rules_has_breach_check(rules) == 0);
  CHECK(admit_password_rules_context_word_count(rules) == 3);
  CHECK(same(admit_password_rules_context_word(rules, 0), "clinic"));
  CHECK(admit_password_rules_context_word(rules, 3) == NULL);
  CHECK(strstr(admit_password_rules_json(rules), "\"characters_min\":15") != NULL);
  admit_password_rules_free(rules);
  input.fields = ADMIT_PRACTICE_SECOND_FACTOR;
  input.second_factor = 1;
  OK(admit_practice_update(here.host, &input, NULL, &err));
  OK(admit_practice_password_rules(here.visitor, &rules, &err));
  CHECK(admit_password_rules_characters_min(rules) == 8);
  admit_password_rules_free(rules);
  input.second_factor = 0;
  OK(admit_practice_update(here.host, &input, NULL, &err));
  ANSWERS(ADMIT_MISUSE, NULL, admit_practice_password_rules(here.visitor, NULL, &err));
}

/* Claims the one message that waits, and reads the token out of it. */
static void token_sent(char *token) {
  admit_claim claim = ADMIT_CLAIM_INIT;
  admit_claimed_page *page = NULL;
  const admit_claimed *message;
  const char *link;
  OK(admit_outbox_claim(store, &claim, &page, &err));
  CHECK(admit_claimed_page_len(page) == 1);
  message = admit_claimed_page_at(page, 0);
  link = strstr(admit_claimed_text(message), LINK);
  CHECK(link != NULL);
  memcpy(token, link + strlen(LINK), TOKEN_SIZE - 1);
  token[TOKEN_SIZE - 1] = '\0';
  OK(admit_outbox_handed_over(store, admit_claimed_message_id(message), admit_claimed_attempt(message), &err));
  admit_claimed_page_free(page);
}

/* Invites a client, or a seat of a role where there is one, and gives the token that went out. */
static void invite(struct place at, const char *name, const char *email, int32_t role, char *token) {
  admit_invitation_input input = ADMIT_INVITATION_INPUT_INIT;
  input.name = name;
  input.email = email;
  input.role = role;
  input.channel = ADMIT_CHANNEL_EMAIL;
  OK(admit_invitation_send(at.host, &input, NULL, &err));
  token_sent(token);
}

static int accepts(admit_accept_input *accept, const char *token, const char *password, const char *subject) {
  admit_error *err = NULL;
  int status;
  accept->token = token;
  accept->password = password;
  accept->identity_issuer = subject ? "https://id.example.org" : NULL;
  accept->identity_subject = subject;
  status = admit_invitation_accept(store, NULL, accept, NULL, &err);
  admit_error_free(err);
  return status;
}

/* Clients come by a password, assistants by an identity, admins by both as they like. */
static void ways_in_by_role(struct place here) {
  admit_practice_input input = ADMIT_PRACTICE_INPUT_INIT;
  admit_accept_input accept = ADMIT_ACCEPT_INPUT_INIT;
  admit_identity identity = ADMIT_IDENTITY_INIT;
  admit_session *session = NULL;
  char token[TOKEN_SIZE];
  input.client_sign_in = ADMIT_SIGN_IN_METHOD_PASSWORD;
  input.assistant_sign_in = ADMIT_SIGN_IN_METHOD_EXTERNAL_IDENTITY;
  input.admin_sign_in = ADMIT_SIGN_IN_METHOD_ANY;
  OK(admit_practice_update(here.host, &input, NULL, &err));

  invite(here, "Uma Reyes", "uma@example.org", 0, token);
  CHECK(accepts(&accept, token, NULL, "uma") == ADMIT_SIGN_IN_METHOD_NOT_ALLOWED);
  CHECK(accepts(&accept, token, CHOSEN, NULL) == ADMIT_OK);
  admit_session_free(enter(here, "uma@example.org", CHOSEN));

  invite(here, "Ivo Lang", "ivo@example.org", ADMIT_ROLE_ASSISTANT, token);
  CHECK(accepts(&accept, token, CHOSEN, NULL) == ADMIT_SIGN_IN_METHOD_NOT_ALLOWED);
  CHECK(accepts(&accept, token, NULL, "ivo") == ADMIT_OK);
  identity.issuer = "https://id.example.org";
  identity.subject = "ivo";
  OK(admit_login_sign_in_external(here.host, &identity, &session, &err));
  CHECK(admit_session_seat_role(session, 0) == ADMIT_ROLE_ASSISTANT);
  /* The one way in that the practice lets it use stays. */
  ANSWERS(ADMIT_STATUS_NOT_ALLOWED, NULL,
          admit_login_unlink_identity(here.host, admit_session_login_id(session), &identity, NULL, NULL, &err));
  admit_session_free(session);

  invite(here, "Mia Lang", "mia@example.org", ADMIT_ROLE_ADMIN, token);
  CHECK(accepts(&accept, token, CHOSEN, NULL) == ADMIT_OK);
  invite(here, "Pia Lang", "pia@example.org", ADMIT_ROLE_ADMIN, token);
  CHECK(accepts(&accept, token, NULL, "pia") == ADMIT_OK);
}

static void link_and_unlink(struct place here) {
  admit_session *session = enter(here, "uma@example.org", CHOSEN);
  const char *login = admit_session_login_id(session);
  admit_identity identity = ADMIT_IDENTITY_INIT;
  admit_practice_input input = ADMIT_PRACTICE_INPUT_INIT;
  admit_session *external = NULL;
  admit_login *shown = NULL;
  admit_actor *uma = NULL;
  uint32_t epoch = 99;
  identity.issuer = "https://id.example.org";
  identity.subject = "uma";
  OK(admit_actor_login(store, admit_practice_id(here.practice), login, admit_session_epoch(session), &uma, &err));
  ANSWERS(ADMIT_INVALID, "password", admit_login_link_identity(uma, login, &identity, NULL, &epoch, &err));
  CHECK(epoch == 0);
  ANSWERS(ADMIT_SIGN_IN_FAILED, NULL, admit_login_link_identity(uma, login, &identity, "wrong", NULL, &err));
  ANSWERS(ADMIT_NOT_FOUND, NULL, admit_login_link_identity(uma, "no id", &identity, CHOSEN, NULL, &err));
  ANSWERS(ADMIT_NOT_PERMITTED, NULL, admit_login_link_identity(here.visitor, login, &identity, CHOSEN, NULL, &err));
  OK(admit_login_link_identity(uma, login, &identity, CHOSEN, &epoch, &err));
  CHECK(epoch == admit_session_epoch(session));
  OK(admit_login_get(uma, login, &shown, &err));
  CHECK(admit_login_identity_count(shown) == 1 && same(admit_login_identity_subject(shown, 0), "uma"));
  admit_login_free(shown);
  /* Linked, but not a way in for clients of this practice until it says so. */
  ANSWERS(ADMIT_SIGN_IN_METHOD_NOT_ALLOWED, NULL, admit_login_sign_in_external(here.host, &identity, &external, &err));
  input.client_sign_in = ADMIT_SIGN_IN_METHOD_ANY;
  OK(admit_practice_update(here.host, &input, NULL, &err));
  OK(admit_login_sign_in_external(here.host, &identity, &external, &err));
  CHECK(same(admit_session_login_id(external), login));
  admit_session_free(external);
  identity.subject = "omar";
  ANSWERS(ADMIT_IDENTITY_TAKEN, NULL, admit_login_link_identity(here.host, login, &identity, NULL, NULL, &err));
  ANSWERS(ADMIT_NOT_FOUND, NULL, admit_login_unlink_identity(here.host, login, &identity, NULL, NULL, &err));
  identity.subject = "uma";
  OK(admit_login_unlink_identity(uma, login, &identity, CHOSEN, &epoch, &err));
  CHECK(epoch == admit_session_epoch(session) + 1);
  ANSWERS(ADMIT_SESSION_ENDED, NULL, admit_login_get(uma, login, &shown, &err));
  ANSWERS(ADMIT_SIGN_IN_FAILED, NULL, admit_login_sign_in_external(here.host, &identity, &external, &err));
  CHECK(external == NULL && admit_actor_free(uma) == ADMIT_OK);
  admit_session_free(session);
}

/* One person in two practices behind one portal, which see nothing of each other. */
static void two_practices(void) {
  struct place here = place_of("North Clinic", "hub"), there = place_of("South Clinic", "hub");
  admit_accept_input accept = ADMIT_ACCEPT_INPUT_INIT;
  admit_session *session = NULL;
  admit_login *login = NULL;
  admit_import *it = NULL;
  char token[TOKEN_SIZE], client_here[64], client_there[64], id[64];
  invite(here, "Ada Ash", "ada@example.org", 0, token);
  CHECK(accepts(&accept, token, CHOSEN, NULL) == ADMIT_OK);
  session = enter(here, "ada@example.org", CHOSEN);
  snprintf(id, sizeof id, "%s", admit_session_login_id(session));
  snprintf(client_here, sizeof client_here, "%s", admit_session_client_id(session, 0));
  /* Ids of one millisecond have no order. */
  now_ms += 1000;
  invite(there, "Ada Ash", "ada@example.org", 0, token);
  CHECK(accepts(&accept, token, CHOSEN, NULL) == ADMIT_LOGIN_PROOF_REQUIRED);
  accept.login_id = id;
  accept.epoch = admit_session_epoch(session);
  CHECK(accepts(&accept, token, NULL, NULL) == ADMIT_OK);
  admit_session_free(session);

  session = enter(there, "ada@example.org", CHOSEN);
  CHECK(admit_session_client_count(session) == 2 && same(admit_session_login_id(session), id));
  CHECK(same(admit_session_client_practice_id(session, 0), admit_practice_id(here.practice)));
  CHECK(same(admit_session_client_practice_id(session, 1), admit_practice_id(there.practice)));
  snprintf(client_there, sizeof client_there, "%s", admit_session_client_id(session, 1));
  admit_session_free(session);
  OK(admit_login_get(here.host, id, &login, &err));
  CHECK(admit_login_client_count(login) == 1 && same(admit_login_client_id(login, 0), client_here));
  CHECK(strstr(admit_login_json(login), client_there) == NULL);
  CHECK(strstr(admit_login_json(login), admit_practice_id(there.practice)) == NULL);
  admit_login_free(login);

  /* What one stops goes on at the other. */
  OK(admit_practice_suspend(here.host, &err));
  ANSWERS(ADMIT_PRACTICE_SUSPENDED, NULL, admit_login_import(here.host, BYTES("{}"), NULL, NULL, NULL, &err));
  session = enter(there, "ada@example.org", CHOSEN);
  CHECK(admit_session_client_count(session) == 1 && same(admit_session_client_id(session, 0), client_there));
  admit_session_free(session);
  OK(admit_practice_reactivate(here.host, &err));

  /* Names are one for the portal, and another practice's keys lead nowhere. */
  OK(admit_client_import(here.host, BYTES("{\"resourceType\":\"Patient\",\"id\":\"p1\",\"name\":[{\"text\":\"Bo\"}]}"), NULL, NULL, &it, &err));
  COUNTS(it, 1, 0, 0, 0);
  OK(admit_login_import(here.host, BYTES("{\"client\":\"p1\",\"email\":\"ADA@example.org\"}"), NULL, NULL, &it, &err));
  CHECK(strstr(admit_import_row_reason(it, 0), "taken") != NULL);
  COUNTS(it, 0, 0, 0, 1);
  OK(admit_login_import(there.host, BYTES("{\"client\":\"p1\",\"username\":\"bob\"}"), NULL, NULL, &it, &err));
  CHECK(same(admit_import_row_path(it, 0), "client"));
  COUNTS(it, 0, 0, 0, 1);
  leave(here);
  leave(there);
}

int main(void) {
  struct place here;
  uint64_t logins;
  open_all();
  here = place_of("Cedar Clinic", NULL);
  {
    char *lines = contents("passwords.txt");
    logins = 0;
    for (const char *at = lines; *at != '\0'; at++) logins += *at == '\n';
    free(lines);
  }
  CHECK(logins >= 10);
  bring(here, logins, 0);
  bring(here, logins, 1);
  now_ms += DAY;
  CHECK(old_passwords(here) == logins);
  bring(here, logins, 1);
  what_they_reach(here);
  rules(here);
  ways_in_by_role(here);
  link_and_unlink(here);
  leave(here);
  two_practices();
  CHECK(admit_store_close(store) == ADMIT_OK);
  puts("a product moved in");
  return 0;
}
