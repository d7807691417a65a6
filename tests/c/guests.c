/* Those who come by themselves: a guest, somebody who registers, and the two made one. */
#include "life.h"

#define PASSWORD "a horse and a battery of staples"
#define LINK "https://portal.example.org/a/"

static admit_actor *visitor;

/* Says whether guests may enter and people register themselves. */
static void switch_to(int32_t is_open) {
  admit_practice_input input = ADMIT_PRACTICE_INPUT_INIT;
  input.fields = ADMIT_PRACTICE_GUESTS | ADMIT_PRACTICE_REGISTRATION;
  input.guests = input.registration = is_open;
  OK(admit_practice_update(host, &input, NULL, &err));
}

static void open_all(void) {
  admit_practice_input input = ADMIT_PRACTICE_INPUT_INIT;
  admit_source source = ADMIT_SOURCE_INIT;
  admit_actor *nobody = NULL;
  input.address_link = LINK "{token}";
  begin_life("guests.admit", &input);
  OK(admit_actor_visitor(store, admit_practice_id(practice), &nobody, &err));
  source.address = "192.0.2.7";
  OK(admit_actor_source(nobody, &source, &visitor, &err));
  CHECK(admit_actor_free(nobody) == ADMIT_OK);
}

static void close_all(void) {
  CHECK(admit_actor_free(visitor) == ADMIT_OK);
  end_life();
}

static admit_client *a_guest_enters(void) {
  admit_client_guest_input input = ADMIT_CLIENT_GUEST_INPUT_INIT;
  admit_room_input place = ADMIT_ROOM_INPUT_INIT;
  admit_client *guest = NULL, *again = NULL;
  admit_room *room = NULL;
  admit_error *err = NULL;
  place.name = "Waiting room";
  OK(admit_room_create(host, &place, &room, &err));
  ANSWERS(ADMIT_INVALID, "name", admit_client_enter_as_guest(visitor, &input, &guest, &err));
  input.given_name = "Gus";
  input.family_name = "Walker";
  input.birth_date = "1990-05";
  input.email = "gus@example.org";
  input.phone = "+15555550123";
  input.locale = "es-MX";
  input.zone = "America/Lima";
  input.room_id = admit_room_id(room);
  input.idempotency_key = "door-1";
  ANSWERS(ADMIT_SWITCHED_OFF, NULL, admit_client_enter_as_guest(visitor, &input, &guest, &err));
  CHECK(guest == NULL);
  switch_to(1);
  /* The same key would answer with the refusal again. */
  input.idempotency_key = "door-2";
  OK(admit_client_enter_as_guest(visitor, &input, &guest, &err));
  OK(admit_client_enter_as_guest(visitor, &input, &again, &err));
  CHECK(same(admit_client_id(again), admit_client_id(guest)));
  admit_client_free(again);
  CHECK(admit_client_stage(guest) == ADMIT_CLIENT_STAGE_GUEST);
  CHECK(admit_client_status(guest) == ADMIT_CLIENT_STATUS_ACTIVE);
  CHECK(same(admit_client_name(guest), "Gus Walker") && same(admit_client_birth_date(guest), "1990-05"));
  CHECK(same(admit_client_email(guest), "gus@example.org") && same(admit_client_locale(guest), "es-MX"));
  CHECK(same(admit_client_zone(guest), "America/Lima") && admit_client_phone(guest) != NULL);
  ANSWERS(ADMIT_NOT_PERMITTED, NULL, admit_client_get(visitor, admit_client_id(guest), &again, &err));
  ANSWERS(ADMIT_INVALID, "email", (input.email = "gus", admit_client_enter_as_guest(visitor, &input, NULL, &err)));
  input.email = NULL;
  ANSWERS(ADMIT_NOT_FOUND, NULL, (input.room_id = "no id", admit_client_enter_as_guest(visitor, &input, NULL, &err)));
  input.room_id = input.idempotency_key = NULL;
  for (int at = 0; at < 59; at++) OK(admit_client_enter_as_guest(visitor, &input, NULL, &err));
  CHECK(admit_client_enter_as_guest(visitor, &input, NULL, &err) == ADMIT_TRY_LATER);
  CHECK(admit_error_retry_after_ms(err) == 3600000);
  admit_error_free(err);
  OK(admit_client_enter_as_guest(host, &input, NULL, &err));
  now_ms += 3600000;
  admit_room_free(room);
  return guest;
}

/* Claims the one message that is due, and copies its token, or nothing where it has none. */
static void claim(const char *kind, char token[64]) {
  admit_claim asked = ADMIT_CLAIM_INIT;
  admit_claimed_page *page = NULL;
  OK(admit_outbox_claim(store, &asked, &page, &err));
  CHECK(admit_claimed_page_len(page) == 1);
  const admit_claimed *message = admit_claimed_page_at(page, 0);
  const char *link = strstr(admit_claimed_text(message), LINK);
  CHECK(same(admit_claimed_kind(message), kind));
  token[0] = '\0';
  if (link != NULL) snprintf(token, 64, "%.*s", 52, link + strlen(LINK));
  admit_claimed_page_free(page);
}

static void registers(const char *email) {
  admit_client_registration_input input = ADMIT_CLIENT_REGISTRATION_INPUT_INIT;
  admit_client_registration *registration = NULL;
  input.name = "Ada Park";
  input.email = email;
  input.password = PASSWORD;
  input.locale = "en";
  OK(admit_client_register(visitor, &input, &registration, &err));
  CHECK(admit_client_registration_is_held(registration) == 1);
  CHECK(admit_client_registration_client_id(registration) == NULL);
  CHECK(admit_client_registration_login_id(registration) == NULL);
  CHECK(strstr(admit_client_registration_json(registration), "\"is_held\":true") != NULL);
  admit_client_registration_free(registration);
}

static void what_a_registration_lacks_is_said(void) {
  admit_client_registration_input input = ADMIT_CLIENT_REGISTRATION_INPUT_INIT;
  ANSWERS(ADMIT_INVALID, "name", admit_client_register(visitor, &input, NULL, &err));
  input.name = "Ada Park";
  ANSWERS(ADMIT_INVALID, "password", admit_client_register(visitor, &input, NULL, &err));
  input.identity_issuer = "https://id.example.org";
  ANSWERS(ADMIT_INVALID, "identity_subject", admit_client_register(visitor, &input, NULL, &err));
  input.identity_subject = "7";
  ANSWERS(ADMIT_NOT_PERMITTED, NULL, admit_client_register(visitor, &input, NULL, &err));
  input.identity_issuer = input.identity_subject = NULL;
  input.password = "short";
  ANSWERS(ADMIT_INVALID, "email", admit_client_register(visitor, &input, NULL, &err));
  input.email = "ada@example.org";
  ANSWERS(ADMIT_PASSWORD_TOO_SHORT, NULL, admit_client_register(visitor, &input, NULL, &err));
  CHECK(admit_client_registration_is_held(NULL) == 0 && admit_client_registration_json(NULL) == NULL);
}

/* Registers, looks into the mail, signs in, opens the chart to a practitioner and closes it. */
static char *somebody_registers(void) {
  admit_session *session = NULL;
  admit_login_done *done = NULL, *again = NULL;
  admit_actor *own = NULL, *nora = NULL;
  admit_staff_input seat = ADMIT_STAFF_INPUT_INIT;
  admit_grant_input give = ADMIT_GRANT_INPUT_INIT;
  admit_grant *grant = NULL;
  admit_staff *staff = NULL;
  admit_client *client = NULL;
  char token[64];
  registers("ada@example.org");
  ANSWERS(ADMIT_SIGN_IN_FAILED, NULL, admit_login_sign_in(visitor, "ada@example.org", PASSWORD, NULL, &session, &err));
  claim("registration_confirm", token);
  OK(admit_login_confirm_address(store, NULL, token, &done, &err));
  ANSWERS(ADMIT_LINK_USED, NULL, admit_login_confirm_address(store, NULL, token, &again, &err));
  CHECK(again == NULL && admit_login_done_epoch(done) == 1);
  OK(admit_login_sign_in(visitor, "ada@example.org", PASSWORD, NULL, &session, &err));
  char *id = copy_of(admit_session_client_id(session, 0));
  OK(admit_actor_login(store, admit_practice_id(practice), admit_session_login_id(session),
                       admit_session_epoch(session), &own, &err));
  OK(admit_client_get(own, id, &client, &err));
  CHECK(admit_client_stage(client) == ADMIT_CLIENT_STAGE_PROSPECTIVE);
  CHECK(same(admit_client_name(client), "Ada Park") && same(admit_client_email(client), "ada@example.org"));
  admit_client_free(client);
  seat.name = "Dr Ito";
  seat.role = ADMIT_ROLE_PRACTITIONER;
  OK(admit_staff_add(host, &seat, &staff, &err));
  OK(admit_staff_approve(host, admit_staff_id(staff), 0, &err));
  OK(admit_actor_staff(store, admit_practice_id(practice), admit_staff_id(staff), 0, &nora, &err));
  ANSWERS(ADMIT_NOT_PERMITTED, NULL, admit_client_get(nora, id, &client, &err));
  give.client_id = id;
  give.staff_id = admit_staff_id(staff);
  OK(admit_grant_give(own, &give, &grant, &err));
  OK(admit_client_get(nora, id, &client, &err));
  admit_client_free(client);
  OK(admit_grant_withdraw(own, admit_grant_id(grant), &err));
  ANSWERS(ADMIT_NOT_PERMITTED, NULL, admit_client_get(nora, id, &client, &err));
  CHECK(admit_actor_free(nora) == ADMIT_OK && admit_actor_free(own) == ADMIT_OK);
  admit_grant_free(grant);
  admit_staff_free(staff);
  admit_login_done_free(done);
  admit_session_free(session);
  return id;
}

/* The answer is the same, and so is what the practice can read; only the mail tells. */
static void an_address_with_a_login_is_told_by_mail(void) {
  char token[64];
  admit_outbox_query query = ADMIT_OUTBOX_QUERY_INIT;
  admit_message_page *page = NULL;
  registers("ada@example.org");
  OK(admit_outbox_list(host, &query, &page, &err));
  CHECK(same(admit_message_kind(admit_message_page_at(page, 0)), "registration_confirm"));
  admit_message_page_free(page);
  claim("registration_known", token);
  CHECK(token[0] == '\0');
}

static void nobody_confirms(void) {
  char token[64];
  admit_login_done *done = NULL;
  registers("bea@example.org");
  claim("registration_confirm", token);
  now_ms += 86400000;
  ANSWERS(ADMIT_LINK_EXPIRED, NULL, admit_login_confirm_address(store, NULL, token, &done, &err));
  OK(admit_store_upkeep(store, 0, NULL, &err));
  ANSWERS(ADMIT_LINK_INVALID, NULL, admit_login_confirm_address(store, NULL, token, &done, &err));
  CHECK(done == NULL);
}

static void without_an_address(void) {
  admit_client_registration_input input = ADMIT_CLIENT_REGISTRATION_INPUT_INIT;
  admit_client_registration *registration = NULL;
  input.name = "Rosa Diaz";
  input.username = "rosa";
  input.password = PASSWORD;
  OK(admit_client_register(visitor, &input, &registration, &err));
  CHECK(admit_client_registration_is_held(registration) == 0);
  CHECK(admit_client_registration_client_id(registration) != NULL);
  CHECK(admit_client_registration_login_id(registration) != NULL);
  admit_client_registration_free(registration);
  ANSWERS(ADMIT_NAME_TAKEN, NULL, admit_client_register(visitor, &input, NULL, &err));
}

/* The guest of before and whoever registered are one. */
static void the_two_are_one(const char *guest, const char *registered) {
  admit_client_merge_input input = ADMIT_CLIENT_MERGE_INPUT_INIT;
  admit_client *client = NULL;
  admit_session *session = NULL;
  input.from_client_id = guest;
  input.into_client_id = guest;
  ANSWERS(ADMIT_INVALID, "reason", admit_client_merge(host, &input, &client, &err));
  input.reason = "The same person";
  ANSWERS(ADMIT_INVALID, "into_client_id", admit_client_merge(host, &input, &client, &err));
  input.into_client_id = "no id";
  ANSWERS(ADMIT_NOT_FOUND, NULL, admit_client_merge(host, &input, &client, &err));
  input.into_client_id = registered;
  ANSWERS(ADMIT_NOT_PERMITTED, NULL, admit_client_merge(visitor, &input, &client, &err));
  input.from_revision = 99;
  ANSWERS(ADMIT_CONFLICT, NULL, admit_client_merge(host, &input, &client, &err));
  input.from_revision = 0;
  ANSWERS(ADMIT_NOT_FOUND, NULL, admit_client_merged_into(host, guest, &client, &err));
  OK(admit_client_merge(host, &input, &client, &err));
  CHECK(same(admit_client_id(client), registered));
  CHECK(admit_client_stage(client) == ADMIT_CLIENT_STAGE_REGISTERED);
  CHECK(same(admit_client_name(client), "Ada Park") && same(admit_client_birth_date(client), "1990-05"));
  CHECK(same(admit_client_email(client), "ada@example.org") && same(admit_client_zone(client), "America/Lima"));
  CHECK(strstr(admit_client_json(client), "gus@example.org") != NULL);
  admit_client_free(client);
  client = NULL;
  ANSWERS(ADMIT_CLIENT_MERGED, NULL, admit_client_get(host, guest, &client, &err));
  CHECK(client == NULL);
  OK(admit_client_merged_into(host, guest, &client, &err));
  CHECK(same(admit_client_id(client), registered));
  admit_client_free(client);
  OK(admit_login_sign_in(visitor, "ada@example.org", PASSWORD, NULL, &session, &err));
  admit_session_free(session);
}

static void taken_on_by_hand(void) {
  admit_client_guest_input input = ADMIT_CLIENT_GUEST_INPUT_INIT;
  admit_client *guest = NULL, *client = NULL;
  input.name = "Hal";
  OK(admit_client_enter_as_guest(host, &input, &guest, &err));
  const char *id = admit_client_id(guest);
  ANSWERS(ADMIT_INVALID, "stage", admit_client_set_stage(host, id, 0, 0, &client, &err));
  OK(admit_client_set_stage(host, id, ADMIT_CLIENT_STAGE_REGISTERED, 0, &client, &err));
  CHECK(admit_client_stage(client) == ADMIT_CLIENT_STAGE_REGISTERED);
  admit_client_free(client);
  ANSWERS(ADMIT_STATUS_NOT_ALLOWED, NULL, admit_client_set_stage(host, id, ADMIT_CLIENT_STAGE_GUEST, 0, NULL, &err));
  admit_client_free(guest);
}

int main(void) {
  open_all();
  admit_client *guest = a_guest_enters();
  what_a_registration_lacks_is_said();
  char *registered = somebody_registers();
  an_address_with_a_login_is_told_by_mail();
  nobody_confirms();
  without_an_address();
  the_two_are_one(admit_client_id(guest), registered);
  taken_on_by_hand();
  free(registered);
  admit_client_free(guest);
  close_all();
  puts("guests came");
  return 0;
}
