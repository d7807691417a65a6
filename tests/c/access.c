/* Who reaches a client, and why, from C: the list that a client sees, a withdrawal, the steps. */
#include "holds.h"

static int64_t now(void *user_data) {
  (void)user_data;
  return 1767323045000;
}

static const char *const origins[] = {"https://portal.example.org"};

/* The sentence of the last step, and what the whole is answered with. */
static int says(const admit_access_step_page *steps, int status, const char *words) {
  const admit_access_step *last = admit_access_step_page_at(steps, admit_access_step_page_len(steps) - 1);
  return admit_access_step_page_status(steps) == (admit_status)status
    && admit_access_step_status(last) == (admit_status)status && same(admit_access_step_words(last), words);
}

int main(void) {
  static const uint8_t key[32] = {1, 2, 3};
  admit_open_options options = ADMIT_OPEN_OPTIONS_INIT;
  admit_practice_input asked = ADMIT_PRACTICE_INPUT_INIT;
  admit_staff_input seat = ADMIT_STAFF_INPUT_INIT;
  admit_client_input person = ADMIT_CLIENT_INPUT_INIT;
  admit_login_input signs_in = ADMIT_LOGIN_INPUT_INIT;
  admit_store *store = NULL;
  admit_practice *practice = NULL;
  admit_actor *host = NULL, *lee = NULL, *self = NULL;
  admit_staff *staff = NULL;
  admit_client *client = NULL;
  admit_login *login = NULL;
  admit_access_page *page = NULL;
  admit_access_step_page *steps = NULL;
  options.flags = ADMIT_OPEN_CREATE | ADMIT_OPEN_TEST;
  options.clock = now;
  options.link_origins = origins;
  options.link_origin_count = 1;
  OK(admit_store_open("access.admit", key, sizeof key, &options, &store, &err));
  asked.name = "Cedar Clinic";
  OK(admit_practice_create(store, &asked, &practice, &err));
  OK(admit_actor_host(store, admit_practice_id(practice), &host, &err));
  seat.name = "Dr. Lee";
  seat.role = ADMIT_ROLE_PRACTITIONER;
  seat.approval = ADMIT_APPROVAL_APPROVED;
  OK(admit_staff_add(host, &seat, &staff, &err));
  OK(admit_actor_staff(store, admit_practice_id(practice), admit_staff_id(staff), 0, &lee, &err));
  person.name = "Ada Park";
  OK(admit_client_create(lee, &person, &client, &err));
  signs_in.client_id = admit_client_id(client);
  signs_in.email = "ada@example.org";
  OK(admit_login_create(host, &signs_in, &login, NULL, &err));
  OK(admit_actor_login(store, admit_practice_id(practice), admit_login_id(login), admit_login_epoch(login), &self,
                       &err));

  /* The client sees its own login and Dr. Lee, a page each. */
  OK(admit_access_of(self, admit_client_id(client), NULL, 1, &page, &err));
  const admit_access *row = admit_access_page_at(page, 0);
  CHECK(admit_access_page_len(page) == 1 && admit_access_kind(row) == ADMIT_ACCESS_WAY_PROXY);
  CHECK(same(admit_access_who_id(row), admit_login_id(login)) && admit_access_grant_id(row) == NULL);
  CHECK(admit_access_proxy_id(row) != NULL && admit_access_may_withdraw(row) == 1);
  admit_access_page *rest = NULL;
  OK(admit_access_of(self, admit_client_id(client), admit_access_page_next(page), 0, &rest, &err));
  admit_access_page_free(page);
  row = admit_access_page_at(rest, 0);
  CHECK(admit_access_page_len(rest) == 1 && admit_access_page_next(rest) == NULL);
  CHECK(admit_access_who_noun(row) == ADMIT_NOUN_STAFF && admit_access_role(row) == ADMIT_ROLE_PRACTITIONER);
  CHECK(admit_access_kind(row) == ADMIT_ACCESS_WAY_GRANT && admit_access_ground(row) == ADMIT_GROUND_CREATED);
  CHECK(same(admit_access_name(row), "Dr. Lee") && admit_access_status(row) == ADMIT_OK);
  CHECK(same(admit_access_words(row),
             "The chart is open to Dr. Lee by a grant of 2026-01-02, because Dr. Lee created the client."));

  OK(admit_access_why(host, admit_staff_id(staff), NULL, admit_client_id(client), &steps, &err));
  CHECK(admit_access_step_page_len(steps) == 4);
  CHECK(says(steps, ADMIT_OK, "The role practitioner reads a client that is open to it."));
  const admit_access_step *step = admit_access_step_page_at(steps, 2);
  CHECK(admit_access_step_kind(step) == ADMIT_STEP_KIND_GRANT && admit_access_step_holds(step) == 1);
  CHECK(same(admit_access_step_thing_id(step), admit_access_grant_id(row)));
  admit_access_step_page_free(steps);

  /* What it sees it may withdraw, and then Dr. Lee is told what was and why not. */
  CHECK(admit_access_may_withdraw(row) == 1);
  OK(admit_grant_withdraw(self, admit_access_grant_id(row), &err));
  admit_access_page_free(rest);
  admit_client *closed = NULL;
  ANSWERS(ADMIT_NOT_PERMITTED, NULL, admit_client_get(lee, admit_client_id(client), &closed, &err));
  OK(admit_access_why(host, admit_staff_id(staff), NULL, admit_client_id(client), &steps, &err));
  CHECK(says(steps, ADMIT_NOT_PERMITTED, "The role practitioner reads no client that is not open to it."));
  step = admit_access_step_page_at(steps, 2);
  CHECK(strstr(admit_access_step_words(step), "it was withdrawn on 2026-01-02.") != NULL);
  CHECK(admit_access_step_holds(step) == 0 && admit_access_step_noun(step) == ADMIT_NOUN_GRANT);
  admit_access_step_page_free(steps);

  OK(admit_access_why(self, NULL, admit_login_id(login), admit_client_id(client), &steps, &err));
  CHECK(says(steps, ADMIT_OK, "A login reads the client that it is tied to."));
  admit_access_step_page_free(steps);
  ANSWERS(ADMIT_NOT_PERMITTED, NULL, admit_access_of(lee, admit_client_id(client), NULL, 0, &page, &err));
  ANSWERS(ADMIT_MISUSE, NULL, admit_access_why(host, NULL, NULL, admit_client_id(client), &steps, &err));

  admit_login_free(login);
  admit_client_free(client);
  admit_staff_free(staff);
  admit_practice_free(practice);
  CHECK(admit_actor_free(self) == ADMIT_OK && admit_actor_free(lee) == ADMIT_OK);
  CHECK(admit_actor_free(host) == ADMIT_OK && admit_store_close(store) == ADMIT_OK);
  printf("access was explained\n");
  return 0;
}
