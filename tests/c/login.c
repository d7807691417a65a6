/* A login's whole life: made with a temporary password, changed, locked, unlocked, reset, removed. */
#include "life.h"

#define REASON "asked for at the desk"
#define CHOSEN "a horse and a battery of staples"

static admit_actor *visitor;

static void open_all(void) {
  admit_practice_input input = ADMIT_PRACTICE_INPUT_INIT;
  input.invitation_link = "https://portal.example.org/i/{token}";
  input.reset_link = "https://portal.example.org/r/{token}";
  input.address_link = "https://portal.example.org/a/{token}";
  begin_life("login.admit", &input);
  OK(admit_actor_visitor(store, admit_practice_id(practice), &visitor, &err));
}

static void close_all(void) {
  CHECK(admit_actor_free(visitor) == ADMIT_OK);
  end_life();
}

static admit_client *client_named(const char *given_name, const char *email) {
  admit_client_input input = ADMIT_CLIENT_INPUT_INIT;
  admit_client *client = NULL;
  input.given_name = given_name;
  input.family_name = "Park";
  input.email = email;
  OK(admit_client_create(host, &input, &client, &err));
  return client;
}

static admit_actor *actor_of(const char *login_id, uint32_t epoch) {
  admit_actor *actor = NULL;
  OK(admit_actor_login(store, admit_practice_id(practice), login_id, epoch, &actor, &err));
  return actor;
}

static admit_session *signed_in(const char *name, const char *password, const char *token) {
  admit_session *session = NULL;
  OK(admit_login_sign_in(visitor, name, password, token, &session, &err));
  return session;
}

static admit_login *read_login(const char *login_id) {
  admit_login *login = NULL;
  OK(admit_login_get(host, login_id, &login, &err));
  return login;
}

/* Makes Ada's login; the caller frees it and the password. */
static admit_login *make_login(const admit_client *client, admit_secret **password) {
  admit_login_input input = ADMIT_LOGIN_INPUT_INIT;
  admit_login *login = NULL, *again = NULL;
  admit_secret *none = NULL;
  input.client_id = admit_client_id(client);
  input.email = "ada@example.org";
  input.holder = "Ada Park";
  input.phone = "+15555550123";
  input.locale = "en";
  input.zone = "America/New_York";
  input.generate_password = 1;
  input.idempotency_key = "make-1";
  ANSWERS(ADMIT_MISUSE, NULL, admit_login_create(reasoned, &input, &login, NULL, &err));
  CHECK(login == NULL);
  input.temporary_password = CHOSEN;
  ANSWERS(ADMIT_INVALID, "generate_password", admit_login_create(reasoned, &input, &login, password, &err));
  input.temporary_password = NULL;
  OK(admit_login_create(reasoned, &input, &login, password, &err));
  CHECK(strlen(admit_secret_text(*password)) == 24);
  OK(admit_login_create(reasoned, &input, &again, &none, &err));
  CHECK(none == NULL && same(admit_login_id(again), admit_login_id(login)));
  admit_login_free(again);
  input.idempotency_key = NULL;
  ANSWERS(ADMIT_REASON_REQUIRED, NULL, admit_login_create(host, &input, NULL, &none, &err));
  ANSWERS(ADMIT_CLIENT_ALREADY_ACTIVATED, NULL, admit_login_create(reasoned, &input, NULL, &none, &err));
  CHECK(none == NULL);
  return login;
}

static void login_shows(const admit_login *login, const admit_client *client) {
  CHECK(same(admit_login_portal_id(login), admit_practice_portal_id(practice)));
  CHECK(same(admit_login_holder(login), "Ada Park") && same(admit_login_email(login), "ada@example.org"));
  CHECK(same(admit_login_locale(login), "en") && same(admit_login_zone(login), "America/New_York"));
  CHECK(admit_login_phone(login) != NULL && admit_login_username(login) == NULL);
  CHECK(admit_login_state(login) == ADMIT_LOGIN_STATE_TEMPORARY && admit_login_must_change(login) == 1);
  CHECK(admit_login_temporary_until(login) == now_ms + 72 * INT64_C(3600000));
  CHECK(admit_login_epoch(login) == 1 && admit_login_last_sign_in(login) == 0);
  CHECK(admit_login_is_email_verified(login) == 0 && admit_login_is_removed(login) == 0);
  CHECK(admit_login_identity_count(login) == 0 && admit_login_identity_issuer(login, 0) == NULL);
  CHECK(admit_login_seat_count(login) == 0 && admit_login_client_count(login) == 1);
  CHECK(same(admit_login_client_id(login, 0), admit_client_id(client)));
  CHECK(same(admit_login_client_practice_id(login, 0), admit_practice_id(practice)));
  CHECK(admit_login_client_is_guardian(login, 0) == 0 && admit_login_client_id(login, 1) == NULL);
  CHECK(admit_login_created_at(login) == now_ms && admit_login_updated_at(login) == now_ms);
  CHECK(admit_login_revision(login) > 0);
  CHECK(strstr(admit_login_json(login), "\"state\":\"temporary\"") != NULL);
  CHECK(strstr(admit_login_json(login), "argon2") == NULL && strstr(admit_login_json(login), "hash") == NULL);
}

/* The first sign-in, by the temporary password, which may do nothing but change it. */
static uint32_t change_password(const char *login_id, const char *temporary) {
  admit_session *session = signed_in(" ADA@example.org", temporary, NULL);
  admit_login *login = NULL;
  admit_actor *actor;
  uint32_t epoch = 99;
  CHECK(same(admit_session_login_id(session), login_id));
  CHECK(admit_session_must_change(session) == 1 && admit_session_last_sign_in(session) == 0);
  CHECK(admit_session_client_count(session) == 1 && admit_session_seat_count(session) == 0);
  CHECK(same(admit_session_client_practice_id(session, 0), admit_practice_id(practice)));
  CHECK(admit_session_client_id(session, 0) != NULL && admit_session_client_is_guardian(session, 0) == 0);
  CHECK(admit_session_seat_role(session, 0) == ADMIT_ROLE_NONE && admit_session_seat_staff_id(session, 0) == NULL);
  CHECK(strlen(admit_session_device_token(session)) > 20);
  CHECK(strstr(admit_session_json(session), admit_session_device_token(session)) == NULL);
  CHECK(strstr(admit_session_json(session), "token") == NULL);
  actor = actor_of(login_id, admit_session_epoch(session));
  ANSWERS(ADMIT_MUST_CHANGE_PASSWORD, NULL, admit_login_get(actor, login_id, &login, &err));
  ANSWERS(ADMIT_SIGN_IN_FAILED, NULL, admit_login_change_password(actor, "wrong", CHOSEN, &epoch, &err));
  CHECK(epoch == 0 && login == NULL);
  ANSWERS(ADMIT_PASSWORD_TOO_SHORT, NULL, admit_login_change_password(actor, temporary, "short", &epoch, &err));
  ANSWERS(ADMIT_MISUSE, NULL, admit_login_change_password(actor, NULL, CHOSEN, &epoch, &err));
  ANSWERS(ADMIT_INVALID, "new_password", admit_login_change_password(actor, temporary, "\xff", &epoch, &err));
  OK(admit_login_change_password(actor, temporary, CHOSEN, &epoch, &err));
  CHECK(epoch == admit_session_epoch(session) + 1);
  ANSWERS(ADMIT_SESSION_ENDED, NULL, admit_login_get(actor, login_id, &login, &err));
  admit_session_free(session);
  CHECK(admit_actor_free(actor) == ADMIT_OK);
  return epoch;
}

static void lock_and_unlock(const char *login_id) {
  admit_session *session = signed_in("ada@example.org", CHOSEN, NULL);
  admit_session *none = NULL;
  admit_login *login;
  admit_error *err = NULL;
  CHECK(admit_session_must_change(session) == 0 && admit_session_last_sign_in(session) == now_ms);
  for (int at = 0; at < 10; at++) {
    now_ms += 60000;
    ANSWERS(ADMIT_SIGN_IN_FAILED, NULL, admit_login_sign_in(visitor, "ada@example.org", "wrong", NULL, &none, &err));
  }
  CHECK(none == NULL);
  CHECK(admit_login_sign_in(visitor, "ada@example.org", CHOSEN, NULL, &none, &err) == ADMIT_TRY_LATER);
  CHECK(admit_error_retry_after_ms(err) > 0 && admit_error_retry_after_ms(err) <= 3600000);
  admit_error_free(err);
  login = read_login(login_id);
  CHECK(admit_login_state(login) == ADMIT_LOGIN_STATE_LOCKED);
  admit_login_free(login);
  /* The device that is known does not wait for the failures of others. */
  admit_session_free(signed_in("ada@example.org", CHOSEN, admit_session_device_token(session)));
  OK(admit_login_unlock(host, login_id, &err));
  login = read_login(login_id);
  CHECK(admit_login_state(login) == ADMIT_LOGIN_STATE_ACTIVE && admit_login_last_sign_in(login) == now_ms);
  admit_login_free(login);
  admit_session_free(signed_in("ada@example.org", CHOSEN, NULL));
  admit_session_free(session);
}

static void resets(const char *login_id) {
  admit_login_done *done = NULL;
  OK(admit_login_request_reset(visitor, "nobody@example.org", &err));
  OK(admit_login_request_reset(visitor, "no address at all", &err));
  OK(admit_login_request_reset(visitor, "ada@example.org", &err));
  OK(admit_login_request_reset_for(host, login_id, &err));
  ANSWERS(ADMIT_NOT_FOUND, NULL, admit_login_request_reset_for(host, "no id", &err));
  ANSWERS(ADMIT_LINK_INVALID, NULL, admit_login_reset(store, NULL, "no token", CHOSEN, &done, &err));
  ANSWERS(ADMIT_LINK_INVALID, NULL, admit_login_confirm_address(store, NULL, "no token", &done, &err));
  ANSWERS(ADMIT_MISUSE, NULL, admit_login_reset(store, NULL, NULL, CHOSEN, &done, &err));
  CHECK(done == NULL && admit_login_done_epoch(NULL) == 0 && admit_login_done_login_id(NULL) == NULL);
}

static void update(const char *login_id, uint32_t epoch) {
  admit_login_change_input change = ADMIT_LOGIN_CHANGE_INPUT_INIT;
  admit_actor *actor = actor_of(login_id, epoch);
  admit_login *login = NULL;
  change.holder = "Ada B. Park";
  change.phone = "";
  OK(admit_login_update(host, login_id, &change, &login, &err));
  CHECK(same(admit_login_holder(login), "Ada B. Park") && admit_login_phone(login) == NULL);
  CHECK(same(admit_login_locale(login), "en") && admit_login_epoch(login) == epoch);
  change.revision = admit_login_revision(login) + 1;
  admit_login_free(login);
  ANSWERS(ADMIT_CONFLICT, NULL, admit_login_update(host, login_id, &change, &login, &err));
  change.revision = 0;
  change.username = "Ada.Park";
  ANSWERS(ADMIT_NOT_PERMITTED, NULL, admit_login_update(host, login_id, &change, &login, &err));
  OK(admit_login_update(actor, login_id, &change, &login, &err));
  CHECK(same(admit_login_username(login), "Ada.Park") && admit_login_epoch(login) == epoch + 1);
  admit_login_free(login);
  ANSWERS(ADMIT_SESSION_ENDED, NULL, admit_login_get(actor, login_id, &login, &err));
  CHECK(admit_actor_free(actor) == ADMIT_OK);
  admit_session_free(signed_in("ada.park", CHOSEN, NULL));
}

static void address(const char *login_id) {
  admit_session *session = signed_in("ada.park", CHOSEN, NULL);
  admit_actor *actor = actor_of(login_id, admit_session_epoch(session));
  const char *to = "ada.park@example.org";
  ANSWERS(ADMIT_INVALID, "password", admit_login_request_address_change(actor, login_id, to, NULL, &err));
  ANSWERS(ADMIT_INVALID, "address", admit_login_request_address_change(actor, login_id, "ada", CHOSEN, &err));
  ANSWERS(ADMIT_SIGN_IN_FAILED, NULL, admit_login_request_address_change(actor, login_id, to, "wrong", &err));
  OK(admit_login_request_address_change(actor, login_id, to, CHOSEN, &err));
  OK(admit_login_request_address_change(host, login_id, to, NULL, &err));
  OK(admit_login_request_address_confirmation(actor, login_id, &err));
  CHECK(admit_actor_free(actor) == ADMIT_OK);
  admit_session_free(session);
}

static void temporary_and_end(const char *login_id) {
  admit_session *session = signed_in("ada.park", CHOSEN, NULL);
  admit_actor *actor = actor_of(login_id, admit_session_epoch(session));
  admit_secret *password = NULL;
  admit_login *login = NULL;
  uint32_t epoch = 99;
  ANSWERS(ADMIT_MISUSE, NULL, admit_login_set_temporary_password(reasoned, login_id, NULL, NULL, &err));
  ANSWERS(ADMIT_REASON_REQUIRED, NULL, admit_login_set_temporary_password(host, login_id, NULL, &password, &err));
  ANSWERS(ADMIT_SWITCHED_OFF, NULL, admit_login_set_temporary_password(reasoned, login_id, CHOSEN, NULL, &err));
  OK(admit_login_end_sessions(host, login_id, &epoch, &err));
  CHECK(epoch == admit_session_epoch(session) + 1);
  ANSWERS(ADMIT_SESSION_ENDED, NULL, admit_login_get(actor, login_id, &login, &err));
  admit_session_free(session);
  CHECK(admit_actor_free(actor) == ADMIT_OK);
  OK(admit_login_set_temporary_password(reasoned, login_id, NULL, &password, &err));
  session = signed_in("ada.park", admit_secret_text(password), NULL);
  CHECK(admit_session_must_change(session) == 1 && admit_session_epoch(session) == epoch + 1);
  admit_session_free(session);
  now_ms += 73 * INT64_C(3600000);
  ANSWERS(ADMIT_SIGN_IN_FAILED, NULL,
          admit_login_sign_in(visitor, "ada.park", admit_secret_text(password), NULL, &session, &err));
  CHECK(session == NULL);
  admit_secret_free(password);
}

static void identities(void) {
  admit_client *client = client_named("Bo", NULL);
  admit_identity identity = ADMIT_IDENTITY_INIT;
  const admit_identity *const list[] = {&identity};
  admit_login_input input = ADMIT_LOGIN_INPUT_INIT;
  admit_login *login = NULL;
  admit_session *session = NULL;
  ANSWERS(ADMIT_INVALID, "client", admit_login_create(host, &input, &login, NULL, &err));
  input.client_id = admit_client_id(client);
  input.identities = list;
  input.identity_count = 1;
  identity.issuer = "https://id.example.org";
  ANSWERS(ADMIT_INVALID, "identities.subject", admit_login_create(host, &input, &login, NULL, &err));
  identity.subject = "bo-7";
  OK(admit_login_create(host, &input, &login, NULL, &err));
  CHECK(admit_login_identity_count(login) == 1 && same(admit_login_identity_subject(login, 0), "bo-7"));
  CHECK(same(admit_login_identity_issuer(login, 0), "https://id.example.org"));
  CHECK(admit_login_state(login) == ADMIT_LOGIN_STATE_ACTIVE && admit_login_must_change(login) == 0);
  ANSWERS(ADMIT_NOT_PERMITTED, NULL, admit_login_sign_in_external(visitor, &identity, &session, &err));
  OK(admit_login_sign_in_external(host, &identity, &session, &err));
  CHECK(same(admit_session_client_id(session, 0), admit_client_id(client)));
  admit_session_free(session);
  ANSWERS(ADMIT_NOT_REACHABLE, NULL, admit_login_request_reset_for(host, admit_login_id(login), &err));
  ANSWERS(ADMIT_INVALID, "subject", (identity.subject = "", admit_login_sign_in_external(host, &identity, &session, &err)));
  identity.subject = "bo-8";
  ANSWERS(ADMIT_SIGN_IN_FAILED, NULL, admit_login_sign_in_external(host, &identity, &session, &err));
  CHECK(session == NULL);
  admit_login_free(login);
  admit_client_free(client);
}

static void seat(void) {
  admit_staff_input input = ADMIT_STAFF_INPUT_INIT;
  admit_login_input made = ADMIT_LOGIN_INPUT_INIT;
  admit_staff *staff = NULL;
  admit_login *login = NULL;
  admit_secret *password = NULL, *none = NULL;
  admit_session *session;
  input.name = "Dr Ito";
  input.role = ADMIT_ROLE_ADMIN;
  OK(admit_staff_add(host, &input, &staff, &err));
  made.staff_id = admit_staff_id(staff);
  made.username = "ito";
  made.generate_password = 1;
  OK(admit_login_create(reasoned, &made, &login, &password, &err));
  made.username = "ito2";
  ANSWERS(ADMIT_STATUS_NOT_ALLOWED, NULL, admit_login_create(reasoned, &made, NULL, &none, &err));
  CHECK(none == NULL);
  CHECK(admit_login_seat_count(login) == 1 && admit_login_seat_role(login, 0) == ADMIT_ROLE_ADMIN);
  CHECK(same(admit_login_seat_staff_id(login, 0), admit_staff_id(staff)));
  CHECK(same(admit_login_seat_practice_id(login, 0), admit_practice_id(practice)));
  CHECK(admit_login_seat_approval(login, 0) == ADMIT_APPROVAL_APPROVED);
  session = signed_in("ito", admit_secret_text(password), NULL);
  CHECK(admit_session_seat_count(session) == 1 && admit_session_seat_role(session, 0) == ADMIT_ROLE_ADMIN);
  CHECK(same(admit_session_seat_practice_id(session, 0), admit_practice_id(practice)));
  CHECK(admit_session_seat_approval(session, 0) == ADMIT_APPROVAL_APPROVED);
  admit_session_free(session);
  admit_secret_free(password);
  admit_login_free(login);
  admit_staff_free(staff);
}

static void take_away(const char *login_id) {
  admit_session *session = NULL;
  admit_login *login;
  int32_t is_removed = 99;
  OK(admit_login_remove(host, login_id, &is_removed, &err));
  CHECK(is_removed == 1);
  ANSWERS(ADMIT_NOT_FOUND, NULL, admit_login_get(host, login_id, &login, &err));
  ANSWERS(ADMIT_NOT_FOUND, NULL, admit_login_remove(host, login_id, NULL, &err));
  ANSWERS(ADMIT_SIGN_IN_FAILED, NULL, admit_login_sign_in(visitor, "ada.park", CHOSEN, NULL, &session, &err));
}

int main(void) {
  admit_secret *password = NULL;
  open_all();
  admit_client *client = client_named("Ada", "ada@example.org");
  admit_login *login = make_login(client, &password);
  const char *id = admit_login_id(login);
  login_shows(login, client);
  uint32_t epoch = change_password(id, admit_secret_text(password));
  admit_secret_free(password);
  lock_and_unlock(id);
  resets(id);
  update(id, epoch);
  address(id);
  temporary_and_end(id);
  identities();
  seat();
  take_away(id);
  admit_login_free(login);
  admit_client_free(client);
  close_all();
  puts("a login lived");
  return 0;
}
