/* What an admin does with a member in a form: makes one with every field, edits each, finds it in
   the list, and ends its access in each way. */
#include "life.h"
#include <stddef.h>

#define TYPED "a horse and a battery of staples"
#define CHOSEN "seventeen quiet lighthouses"

static admit_actor *admin, *visitor;
static admit_room *room;

static void open_all(void) {
  admit_practice_input input = ADMIT_PRACTICE_INPUT_INIT;
  admit_staff_input seat = ADMIT_STAFF_INPUT_INIT;
  admit_room_input place = ADMIT_ROOM_INPUT_INIT;
  admit_staff *staff = NULL;
  input.invitation_link = "https://portal.example.org/i/{token}";
  input.reset_link = "https://portal.example.org/r/{token}";
  input.fields = ADMIT_PRACTICE_STAFF_MAY_CHOOSE_PASSWORD;
  input.staff_may_choose_password = 1;
  begin_life("member.admit", &input);
  OK(admit_actor_visitor(store, admit_practice_id(practice), &visitor, &err));
  seat.name = "Dr Laynes";
  seat.role = ADMIT_ROLE_ADMIN;
  OK(admit_staff_add(host, &seat, &staff, &err));
  OK(admit_actor_staff(store, admit_practice_id(practice), admit_staff_id(staff), 0, &admin, &err));
  admit_staff_free(staff);
  place.name = "Jessica Laynes' Clinic";
  OK(admit_room_create(admin, &place, &room, &err));
}

static void close_all(void) {
  admit_room_free(room);
  CHECK(admit_actor_free(visitor) == ADMIT_OK);
  CHECK(admit_actor_free(admin) == ADMIT_OK);
  end_life();
}

/* The field of an input and the accessor that reads it back. */
typedef const char *reader(const admit_client *client);
struct field {
  const char *name;
  size_t at;
  reader *read;
  const char *made, *edited, *is_edited_to;
};
#define FIELD(name, made, edited, is) \
  {#name, offsetof(admit_client_input, name), admit_client_##name, made, edited, is}
static const struct field fields[] = {
  FIELD(external_id, "21408256", "21408257", "21408257"),
  FIELD(birth_date, "1990-02-28", "1990-03", "1990-03"),
  FIELD(email, "jane.gomez@example.org", "jane@example.org", "jane@example.org"),
  FIELD(phone, "+15555550123", "+15555550124", "+15555550124"),
  FIELD(street, "1 Main Street", "2 Oak Lane", "2 Oak Lane"),
  FIELD(city, "Springfield", "Shelbyville", "Shelbyville"),
  FIELD(state, "OR", "WA", "WA"),
  FIELD(postal_code, "97477", "98001", "98001"),
  FIELD(country, "United States", "Canada", "Canada"),
  FIELD(physician_name, "Dr. Nakamura", "Dr. Okafor", "Dr. Okafor"),
  FIELD(physician_phone, "+15555550188", "+15555550189", "+15555550189"),
  FIELD(locale, "en", "es-MX", "es-MX"),
  FIELD(zone, "America/Los_Angeles", "America/New_York", "America/New_York"),
};
#define FIELDS (sizeof fields / sizeof *fields)

static void set(admit_client_input *input, const struct field *field, const char *text) {
  memcpy((char *)input + field->at, &text, sizeof text);
}

static admit_client *read_client(const char *id) {
  admit_client *client = NULL;
  OK(admit_client_get(admin, id, &client, &err));
  return client;
}

static admit_client *made(void) {
  admit_client_input input = ADMIT_CLIENT_INPUT_INIT;
  admit_client *client = NULL;
  input.temporary_password = TYPED;
  input.username = "janeg";
  input.room_id = admit_room_id(room);
  ANSWERS(ADMIT_INVALID, "name", admit_client_create(admin, &input, &client, &err));
  input.given_name = "Jane";
  input.family_name = "Gomez";
  for (size_t at = 0; at < FIELDS; at++) set(&input, &fields[at], fields[at].made);
  input.temporary_password = "short";
  ANSWERS(ADMIT_PASSWORD_TOO_SHORT, NULL, admit_client_create(admin, &input, &client, &err));
  input.temporary_password = TYPED;
  OK(admit_client_create(admin, &input, &client, &err));
  CHECK(same(admit_client_given_name(client), "Jane") && same(admit_client_family_name(client), "Gomez"));
  for (size_t at = 0; at < FIELDS; at++) {
    if (!same(fields[at].read(client), fields[at].made)) failed(__LINE__, fields[at].name);
  }
  return client;
}

/* Each field by itself: it changes, and no other does; then it is emptied. */
static void each_is_edited(const char *id) {
  for (size_t at = 0; at < FIELDS; at++) {
    admit_client_input input = ADMIT_CLIENT_INPUT_INIT;
    admit_client *client = NULL;
    set(&input, &fields[at], fields[at].edited);
    OK(admit_client_update(admin, id, &input, &client, &err));
    for (size_t other = 0; other < FIELDS; other++) {
      const char *is = other <= at ? fields[other].is_edited_to : fields[other].made;
      if (!same(fields[other].read(client), is)) failed(__LINE__, fields[other].name);
    }
    admit_client_free(client);
  }
  admit_client_input name = ADMIT_CLIENT_INPUT_INIT;
  admit_client *client = NULL;
  name.given_name = "Janet";
  name.family_name = "Gomez";
  OK(admit_client_update(admin, id, &name, &client, &err));
  CHECK(same(admit_client_name(client), "Janet Gomez"));
  admit_client_free(client);
}

static void each_is_emptied(const char *id) {
  for (size_t at = 0; at < FIELDS; at++) {
    admit_client_input input = ADMIT_CLIENT_INPUT_INIT;
    admit_client *client = NULL;
    set(&input, &fields[at], "");
    OK(admit_client_update(admin, id, &input, &client, &err));
    if (fields[at].read(client) != NULL) failed(__LINE__, fields[at].name);
    if (at + 1 < FIELDS && fields[at + 1].read(client) == NULL) failed(__LINE__, fields[at].name);
    admit_client_free(client);
  }
}

static char *signs_in(const char *id) {
  admit_client *client = read_client(id);
  admit_session *session = NULL;
  admit_actor *own = NULL;
  OK(admit_login_sign_in(visitor, "janeg", TYPED, NULL, &session, &err));
  CHECK(admit_session_must_change(session) == 1);
  char *login_id = copy_of(admit_session_login_id(session));
  OK(admit_actor_login(store, admit_practice_id(practice), login_id, admit_session_epoch(session), &own, &err));
  OK(admit_login_change_password(own, TYPED, CHOSEN, NULL, &err));
  CHECK(admit_actor_free(own) == ADMIT_OK);
  admit_session_free(session);
  now_ms += 1000;
  OK(admit_login_sign_in(visitor, "jane.gomez@example.org", CHOSEN, NULL, &session, &err));
  admit_session_free(session);
  admit_client_free(client);
  return login_id;
}

static void the_list_shows_it(const char *id, const char *login_id, int64_t made_at) {
  admit_person_query query = ADMIT_PERSON_QUERY_INIT;
  admit_person_page *page = NULL;
  query.name_prefix = "jane";
  query.room_id = admit_room_id(room);
  OK(admit_person_list(admin, &query, &page, &err));
  CHECK(admit_person_page_len(page) == 1);
  const admit_person *row = admit_person_page_at(page, 0);
  CHECK(same(admit_person_id(row), id) && same(admit_person_login_id(row), login_id));
  CHECK(same(admit_person_name(row), "Janet Gomez") && same(admit_person_email(row), "jane@example.org"));
  CHECK(same(admit_person_external_id(row), "21408257"));
  CHECK(admit_person_kind(row) == ADMIT_PERSON_CLIENT);
  CHECK(admit_person_status(row) == ADMIT_PERSON_STATUS_ACTIVE);
  CHECK(admit_person_stage(row) == ADMIT_CLIENT_STAGE_REGISTERED);
  CHECK(admit_person_login_state(row) == ADMIT_LOGIN_STATE_ACTIVE);
  CHECK(admit_person_last_sign_in(row) == now_ms && admit_person_created_at(row) == made_at);
  CHECK(admit_person_room_count(row) == 1 && same(admit_person_room_id(row, 0), admit_room_id(room)));
  admit_person_page_free(page);
}

/* The detail of the login, and the buttons beside it. */
static void the_login_is_looked_after(const char *login_id) {
  admit_login *login = NULL;
  admit_session *session = NULL;
  admit_claim asked = ADMIT_CLAIM_INIT;
  admit_claimed_page *page = NULL;
  int is_reset = 0;
  OK(admit_login_get(admin, login_id, &login, &err));
  CHECK(same(admit_login_username(login), "janeg") && same(admit_login_email(login), "jane.gomez@example.org"));
  CHECK(strstr(admit_login_json(login), "argon2") == NULL);
  admit_login_free(login);
  OK(admit_login_request_reset_for(admin, login_id, &err));
  OK(admit_outbox_claim(store, &asked, &page, &err));
  for (size_t at = 0; at < admit_claimed_page_len(page); at++) {
    const admit_claimed *message = admit_claimed_page_at(page, at);
    if (!same(admit_claimed_kind(message), "reset")) continue;
    is_reset = same(admit_claimed_to(message), "jane.gomez@example.org");
  }
  CHECK(is_reset);
  admit_claimed_page_free(page);
  OK(admit_login_set_temporary_password(admin, login_id, TYPED, NULL, &err));
  OK(admit_login_sign_in(visitor, "janeg", TYPED, NULL, &session, &err));
  CHECK(admit_session_must_change(session) == 1);
  admit_session_free(session);
}

static void set_status(const char *id, int32_t status) {
  admit_client *client = NULL;
  OK(admit_client_set_status(admin, id, status, 0, &client, &err));
  CHECK((int32_t)admit_client_status(client) == status);
  admit_client_free(client);
}

static void suspended_and_back(const char *id) {
  admit_session *session = NULL;
  set_status(id, ADMIT_CLIENT_STATUS_SUSPENDED);
  ANSWERS(ADMIT_SIGN_IN_FAILED, NULL, admit_login_sign_in(visitor, "janeg", TYPED, NULL, &session, &err));
  set_status(id, ADMIT_CLIENT_STATUS_DEACTIVATED);
  ANSWERS(ADMIT_SIGN_IN_FAILED, NULL, admit_login_sign_in(visitor, "janeg", TYPED, NULL, &session, &err));
  set_status(id, ADMIT_CLIENT_STATUS_ACTIVE);
  OK(admit_login_sign_in(visitor, "janeg", TYPED, NULL, &session, &err));
  admit_session_free(session);
  /* To wait for deletion is more than a word: the policy is asked, and a day is set. */
  ANSWERS(ADMIT_INVALID, "status",
          admit_client_set_status(admin, id, ADMIT_CLIENT_STATUS_PENDING_DELETION, 0, NULL, &err));
}

static void install(const char *lua) {
  admit_script script = ADMIT_SCRIPT_INIT;
  admit_script_set_input input = ADMIT_SCRIPT_SET_INPUT_INIT;
  const admit_script *const scripts[] = {&script};
  script.name = "policy.lua";
  script.lua = lua;
  input.scripts = scripts;
  input.script_count = 1;
  OK(admit_script_install(store, &input, NULL, &err));
}

/* Plans and confirms what an admin wants of a member. */
static void deleted(const char *id, int32_t wanted, int32_t verdict) {
  admit_deletion_input input = ADMIT_DELETION_INPUT_INIT;
  admit_deletion_confirm_input confirm = ADMIT_DELETION_CONFIRM_INPUT_INIT;
  admit_plan *plan = NULL;
  admit_confirmed *confirmed = NULL;
  input.client_id = id;
  input.wanted = wanted;
  OK(admit_deletion_plan(admin, &input, &plan, &err));
  confirm.token = admit_plan_token(plan);
  OK(admit_deletion_confirm(admin, &confirm, &confirmed, &err));
  CHECK((int32_t)admit_confirmed_verdict(confirmed) == verdict);
  admit_confirmed_free(confirmed);
  admit_plan_free(plan);
}

static void the_login_is_removed(const char *id, const char *login_id) {
  admit_session *session = NULL;
  admit_client *client;
  int32_t is_removed = 0;
  OK(admit_login_remove(admin, login_id, &is_removed, &err));
  CHECK(is_removed == 1);
  ANSWERS(ADMIT_SIGN_IN_FAILED, NULL, admit_login_sign_in(visitor, "janeg", TYPED, NULL, &session, &err));
  client = read_client(id);
  CHECK(admit_client_status(client) == ADMIT_CLIENT_STATUS_ACTIVE);
  admit_client_free(client);
}

static void pending_deletion_and_deleted(const char *id) {
  admit_client *client = NULL;
  install("return { deletion = function() return allow.schedule{ days = 30 } end }");
  deleted(id, ADMIT_DELETION_WANTED_ERASE, ADMIT_DELETION_VERDICT_SCHEDULE);
  client = read_client(id);
  CHECK(admit_client_status(client) == ADMIT_CLIENT_STATUS_PENDING_DELETION);
  admit_client_free(client);
  OK(admit_deletion_call_off(admin, id, &err));
  install("return { deletion = function() return allow.erase() end }");
  deleted(id, ADMIT_DELETION_WANTED_ERASE, ADMIT_DELETION_VERDICT_ERASE);
  ANSWERS(ADMIT_NOT_FOUND, NULL, admit_client_get(admin, id, &client, &err));
}

int main(void) {
  open_all();
  admit_client *client = made();
  const char *id = admit_client_id(client);
  char *login_id = signs_in(id);
  each_is_edited(id);
  the_list_shows_it(id, login_id, admit_client_created_at(client));
  the_login_is_looked_after(login_id);
  suspended_and_back(id);
  the_login_is_removed(id, login_id);
  each_is_emptied(id);
  pending_deletion_and_deleted(id);
  free(login_id);
  admit_client_free(client);
  close_all();
  puts("a member came and went");
  return 0;
}
