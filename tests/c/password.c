/* Passwords that others have a say in: the host's own check, staff who type one, hashes brought along. */
#include "holds.h"

#define BREACHED "correct horse battery staple"
#define TYPED "a lamp beside the north window"
#define CHOSEN "seven quiet herons at the weir"
/* bcrypt and ASP.NET Identity of IMPORTED. */
#define IMPORTED "an imported Passw0rd of old"
#define BCRYPT "$2b$04$D.TRhaPn8ybijTc8vF.d9.83DR7bA3/2Idb6FGBaCtMIf783Y5KPW"
#define ASP_NET "AQAAAAEAAAPoAAAAEAABAgMEBQYHCAkKCwwNDg9SvGqHkQhS/4Tu2DOGOpTH7Wu7erDuu7TMtTshB5ZkVw=="

static admit_store *store;
static admit_actor *host, *visitor;
static struct { int asked, refused_back, destroyed; char last[100]; } check;

static int32_t may_be_used(void *user_data, const char *password) {
  admit_stats *stats = NULL;
  CHECK(user_data == &check && check.destroyed == 0);
  check.asked++;
  snprintf(check.last, sizeof check.last, "%s", password);
  check.refused_back += admit_store_stats(store, &stats, NULL) == ADMIT_MISUSE && stats == NULL;
  return strcmp(password, BREACHED) != 0;
}

static void destroyed(void *user_data) {
  CHECK(user_data == &check);
  check.destroyed++;
}

/* Holds that the check was asked once since the last time, about this password; NULL for never. */
static void asked_about(int line, const char *password) {
  if (check.asked != (password != NULL) || check.refused_back != check.asked ||
      (password != NULL && strcmp(check.last, password) != 0))
    failed(line, "the check was not asked as it should be");
  check.asked = check.refused_back = 0;
}
#define ASKED(password) asked_about(__LINE__, password)

static void open_all(void) {
  static const uint8_t key[32] = {7};
  admit_open_options options = ADMIT_OPEN_OPTIONS_INIT;
  admit_practice_input input = ADMIT_PRACTICE_INPUT_INIT;
  admit_source source = ADMIT_SOURCE_INIT;
  admit_practice *practice;
  admit_actor *plain;
  options.flags = ADMIT_OPEN_CREATE;
  options.test_seed = 7;
  options.password_check = may_be_used;
  options.password_check_data = &check;
  options.password_check_destroy = destroyed;
  OK(admit_store_open("password.admit", key, sizeof key, &options, &store, &err));
  input.name = "Cedar Clinic";
  input.fields = ADMIT_PRACTICE_STAFF_MAY_CHOOSE_PASSWORD;
  input.staff_may_choose_password = 1;
  OK(admit_practice_create(store, &input, &practice, &err));
  OK(admit_actor_host(store, admit_practice_id(practice), &plain, &err));
  OK(admit_actor_visitor(store, admit_practice_id(practice), &visitor, &err));
  source.reason = "asked for at the desk";
  OK(admit_actor_source(plain, &source, &host, &err));
  CHECK(admit_actor_free(plain) == ADMIT_OK);
  admit_practice_free(practice);
}

/* A client, its id kept in `id`. */
static void make_client(const char *given_name, char id[64]) {
  admit_client_input input = ADMIT_CLIENT_INPUT_INIT;
  admit_client *client;
  input.given_name = given_name;
  OK(admit_client_create(host, &input, &client, &err));
  snprintf(id, 64, "%s", admit_client_id(client));
  admit_client_free(client);
}

static void sign_in(const char *name, const char *password, int must_change) {
  admit_session *session = NULL;
  OK(admit_login_sign_in(visitor, name, password, NULL, &session, &err));
  CHECK(admit_session_must_change(session) == must_change);
  admit_session_free(session);
  ASKED(NULL);
}

static void typed_by_staff(void) {
  char client[64];
  admit_login_input input = ADMIT_LOGIN_INPUT_INIT;
  admit_login *login = NULL;
  make_client("Ada", client);
  input.client_id = client;
  input.username = "ada";
  input.temporary_password = BREACHED;
  ANSWERS(ADMIT_PASSWORD_BREACHED, NULL, admit_login_create(host, &input, &login, NULL, &err));
  CHECK(login == NULL);
  ASKED(BREACHED);
  input.temporary_password = "short";
  ANSWERS(ADMIT_PASSWORD_TOO_SHORT, NULL, admit_login_create(host, &input, &login, NULL, &err));
  ASKED(NULL);
  input.temporary_password = TYPED;
  OK(admit_login_create(host, &input, &login, NULL, &err));
  ASKED(TYPED);
  CHECK(admit_login_state(login) == ADMIT_LOGIN_STATE_TEMPORARY && admit_login_temporary_until(login) > 0);
  sign_in("ada", TYPED, 1);
  const char *id = admit_login_id(login);
  ANSWERS(ADMIT_PASSWORD_BREACHED, NULL, admit_login_set_temporary_password(host, id, BREACHED, NULL, &err));
  ASKED(BREACHED);
  OK(admit_login_set_temporary_password(host, id, CHOSEN, NULL, &err));
  ASKED(CHOSEN);
  sign_in("ada", CHOSEN, 1);
  admit_login_free(login);
}

static void typed_with_a_client(void) {
  admit_client_input input = ADMIT_CLIENT_INPUT_INIT;
  admit_client *client = NULL;
  input.given_name = "Bo";
  input.username = "bo.park";
  input.temporary_password = BREACHED;
  ANSWERS(ADMIT_PASSWORD_BREACHED, NULL, admit_client_create(host, &input, &client, &err));
  CHECK(client == NULL);
  ASKED(BREACHED);
  input.temporary_password = TYPED;
  OK(admit_client_create(host, &input, &client, &err));
  ASKED(TYPED);
  sign_in("bo.park", TYPED, 1);
  admit_client_free(client);
}

static void brought_along(const char *name, const char *hash) {
  char client[64];
  admit_login_input input = ADMIT_LOGIN_INPUT_INIT;
  admit_login *login = NULL;
  admit_session *session = NULL;
  make_client("Cy", client);
  input.client_id = client;
  input.username = name;
  input.imported_hash = "$2b$04$no hash at all";
  ANSWERS(ADMIT_INVALID, "imported_hash", admit_login_create(host, &input, &login, NULL, &err));
  input.imported_hash = hash;
  input.temporary_password = TYPED;
  ANSWERS(ADMIT_INVALID, "imported_hash", admit_login_create(host, &input, &login, NULL, &err));
  input.temporary_password = NULL;
  OK(admit_login_create(host, &input, &login, NULL, &err));
  ASKED(NULL);
  CHECK(admit_login_state(login) == ADMIT_LOGIN_STATE_ACTIVE && admit_login_temporary_until(login) == 0);
  CHECK(strstr(admit_login_json(login), hash) == NULL);
  ANSWERS(ADMIT_SIGN_IN_FAILED, NULL, admit_login_sign_in(visitor, name, TYPED, NULL, &session, &err));
  CHECK(session == NULL);
  /* The second time it is a hash of our own. */
  sign_in(name, IMPORTED, 0);
  sign_in(name, IMPORTED, 0);
  admit_login_free(login);
}

int main(void) {
  open_all();
  typed_by_staff();
  typed_with_a_client();
  brought_along("cyrus", BCRYPT);
  brought_along("deepa", ASP_NET);
  CHECK(admit_actor_free(visitor) == ADMIT_OK);
  CHECK(admit_actor_free(host) == ADMIT_OK);
  CHECK(check.destroyed == 0 && admit_store_close(store) == ADMIT_OK && check.destroyed == 1);
  puts("passwords were judged");
  return 0;
}
