/* One link for many: made and shown by an admin, used by more people than it has places. */
#define _POSIX_C_SOURCE 200809L
#include "holds.h"
#include <pthread.h>
#include <sched.h>

#define PLACES 6
#define PEOPLE (4 * PLACES)
#define LINK "https://portal.example.org/"
#define PASSWORD "plum-harbour-quartz-2719"
#define TOKEN_SIZE 53
#define DAY 86400000LL

static int64_t now_ms = 1767323045000;
static admit_store *store;
static admit_practice *practice;
static admit_actor *host, *reasoned, *visitor;

static int64_t now(void *user_data) {
  (void)user_data;
  return __atomic_load_n(&now_ms, __ATOMIC_SEQ_CST);
}

static void open_all(void) {
  static const uint8_t key[32] = {7};
  static const char *const origins[] = {"https://portal.example.org"};
  admit_open_options options = ADMIT_OPEN_OPTIONS_INIT;
  admit_practice_input input = ADMIT_PRACTICE_INPUT_INIT;
  admit_source source = ADMIT_SOURCE_INIT;
  options.flags = ADMIT_OPEN_CREATE | ADMIT_OPEN_TEST;
  options.clock = now;
  options.test_seed = 7;
  options.link_origins = origins;
  options.link_origin_count = 1;
  OK(admit_store_open("open_links.admit", key, sizeof key, &options, &store, &err));
  input.name = "Cedar Clinic";
  input.invitation_link = input.address_link = LINK "{token}";
  OK(admit_practice_create(store, &input, &practice, &err));
  OK(admit_actor_host(store, admit_practice_id(practice), &host, &err));
  OK(admit_actor_visitor(store, admit_practice_id(practice), &visitor, &err));
  source.reason = "asked for at the desk";
  OK(admit_actor_source(host, &source, &reasoned, &err));
}

static void close_all(void) {
  CHECK(admit_actor_free(reasoned) == ADMIT_OK);
  CHECK(admit_actor_free(visitor) == ADMIT_OK);
  CHECK(admit_actor_free(host) == ADMIT_OK);
  admit_practice_free(practice);
  CHECK(admit_store_close(store) == ADMIT_OK);
}

/* A seat that works, without a login, as an actor. */
static admit_actor *seated(const char *name, const char *email, int role, char *id) {
  admit_staff_input input = ADMIT_STAFF_INPUT_INIT;
  admit_staff *staff = NULL;
  admit_actor *actor = NULL;
  input.name = name;
  input.email = email;
  input.role = role;
  OK(admit_staff_add(host, &input, &staff, &err));
  if (admit_staff_approval(staff) == ADMIT_APPROVAL_PENDING) {
    OK(admit_staff_approve(host, admit_staff_id(staff), 0, &err));
  }
  OK(admit_actor_staff(store, admit_practice_id(practice), admit_staff_id(staff), 0, &actor, &err));
  snprintf(id, 37, "%s", admit_staff_id(staff));
  admit_staff_free(staff);
  return actor;
}

static void token_in(const char *text, char *token) {
  const char *link = strstr(text, LINK);
  CHECK(link != NULL && strlen(link) >= strlen(LINK) + TOKEN_SIZE - 1);
  memcpy(token, link + strlen(LINK), TOKEN_SIZE - 1);
  token[TOKEN_SIZE - 1] = '\0';
}

static admit_open_link *made(admit_actor *actor, int role, uint32_t uses, char *token) {
  admit_open_link_input input = ADMIT_OPEN_LINK_INPUT_INIT;
  admit_open_link *open_link = NULL;
  admit_link *link = NULL;
  input.role = role;
  input.uses = uses;
  input.label = "Open day";
  OK(admit_open_link_create(actor, &input, &open_link, &err));
  OK(admit_open_link_link(reasoned, admit_open_link_id(open_link), 0, &link, &err));
  token_in(admit_link_url(link), token);
  admit_link_free(link);
  return open_link;
}

static int stands(const admit_open_link *link, uint32_t uses, uint32_t held, int state) {
  admit_open_link *found = NULL;
  OK(admit_open_link_get(host, admit_open_link_id(link), &found, &err));
  uint32_t max = admit_open_link_uses_max(found);
  int is_so = admit_open_link_uses(found) == uses && admit_open_link_held(found) == held &&
              (int)admit_open_link_state(found) == state &&
              admit_open_link_left(found) ==
                  (state == ADMIT_OPEN_LINK_STATE_REVOKED ? 0 : max - uses - held);
  admit_open_link_free(found);
  return is_so;
}

static admit_open_link_accept_input newcomer(const char *token, const char *name, const char *email) {
  admit_open_link_accept_input input = ADMIT_OPEN_LINK_ACCEPT_INPUT_INIT;
  input.token = token;
  input.name = name;
  input.email = email;
  input.password = PASSWORD;
  return input;
}

/* Claims what waits, hands it over, and reads the tokens that ask for an address's proof. */
static size_t tokens_sent(char tokens[][TOKEN_SIZE], size_t max) {
  admit_claim claim = ADMIT_CLAIM_INIT;
  admit_claimed_page *page = NULL;
  size_t found = 0;
  OK(admit_outbox_claim(store, &claim, &page, &err));
  for (size_t at = 0; at < admit_claimed_page_len(page); at++) {
    const admit_claimed *message = admit_claimed_page_at(page, at);
    OK(admit_outbox_handed_over(store, admit_claimed_message_id(message), admit_claimed_attempt(message), &err));
    if (!same(admit_claimed_kind(message), "address_confirm")) continue;
    CHECK(found < max);
    token_in(admit_claimed_text(message), tokens[found++]);
  }
  admit_claimed_page_free(page);
  return found;
}

struct person {
  const char *token;
  int number, status;
};

static void *comes(void *argument) {
  struct person *person = argument;
  char name[32], email[48];
  snprintf(name, sizeof name, "Guest Number%d", person->number);
  snprintf(email, sizeof email, "guest%d@example.org", person->number);
  admit_open_link_accept_input input = newcomer(person->token, name, email);
  do {
    admit_acceptance *acceptance = NULL;
    admit_error *err = NULL;
    person->status = admit_open_link_accept(store, NULL, &input, &acceptance, &err);
    if (person->status == ADMIT_OK && !admit_acceptance_waits_for_address(acceptance)) person->status = -1;
    admit_acceptance_free(acceptance);
    admit_error_free(err);
    if (person->status == ADMIT_TRY_LATER) sched_yield();
  } while (person->status == ADMIT_TRY_LATER);
  return NULL;
}

static void as_many_come_in_as_there_are_places(admit_actor *admin) {
  char token[TOKEN_SIZE], sent[PEOPLE][TOKEN_SIZE];
  pthread_t threads[PEOPLE];
  struct person people[PEOPLE];
  admit_inspection *inspection = NULL;
  admit_open_link *link = made(admin, ADMIT_ROLE_MEMBER, PLACES, token);
  int came = 0, full = 0;
  OK(admit_invitation_inspect(store, NULL, token, &inspection, &err));
  CHECK(admit_inspection_purpose(inspection) == ADMIT_LINK_PURPOSE_OPEN_LINK);
  CHECK(admit_inspection_offer(inspection) == ADMIT_OFFER_SEAT && admit_inspection_has_places(inspection));
  admit_inspection_free(inspection);
  for (int at = 0; at < PEOPLE; at++) {
    people[at] = (struct person){token, at, 0};
    CHECK(pthread_create(&threads[at], NULL, comes, &people[at]) == 0);
  }
  for (int at = 0; at < PEOPLE; at++) {
    CHECK(pthread_join(threads[at], NULL) == 0);
    came += people[at].status == ADMIT_OK;
    full += people[at].status == ADMIT_OPEN_LINK_FULL;
  }
  CHECK(came == PLACES && full == PEOPLE - PLACES);
  CHECK(stands(link, 0, PLACES, ADMIT_OPEN_LINK_STATE_EXHAUSTED));
  CHECK(tokens_sent(sent, PEOPLE) == PLACES);
  for (int at = 0; at < PLACES; at++) OK(admit_login_confirm_address(store, NULL, sent[at], NULL, &err));
  CHECK(stands(link, PLACES, 0, ADMIT_OPEN_LINK_STATE_EXHAUSTED));
  ANSWERS(ADMIT_LINK_USED, NULL, admit_login_confirm_address(store, NULL, sent[0], NULL, &err));
  admit_open_link_free(link);
}

/* The proof makes login and client; before it, nobody signs in, and in a day the place is free. */
static void a_place_waits_for_the_address(void) {
  char token[TOKEN_SIZE], sent[2][TOKEN_SIZE];
  admit_session *session = NULL;
  admit_upkeep *upkeep = NULL;
  admit_login_done *done = NULL;
  admit_acceptance *acceptance = NULL;
  admit_open_link *link = made(host, 0, 1, token);
  admit_open_link_accept_input input = newcomer(token, "Lucia Garcia", "lucia@example.org");
  input.password = "short";
  ANSWERS(ADMIT_PASSWORD_TOO_SHORT, NULL, admit_open_link_accept(store, NULL, &input, NULL, &err));
  input.password = PASSWORD;
  OK(admit_open_link_accept(store, NULL, &input, NULL, &err));
  CHECK(stands(link, 0, 1, ADMIT_OPEN_LINK_STATE_EXHAUSTED) && tokens_sent(sent, 2) == 1);
  ANSWERS(ADMIT_SIGN_IN_FAILED, NULL,
          admit_login_sign_in(visitor, "lucia@example.org", PASSWORD, NULL, &session, &err));
  now_ms += DAY;
  OK(admit_store_upkeep(store, 0, &upkeep, &err));
  CHECK(admit_upkeep_given_back(upkeep) == 1);
  admit_upkeep_free(upkeep);
  ANSWERS(ADMIT_LINK_EXPIRED, NULL, admit_login_confirm_address(store, NULL, sent[0], NULL, &err));
  CHECK(stands(link, 0, 0, ADMIT_OPEN_LINK_STATE_LIVE));
  OK(admit_open_link_accept(store, NULL, &input, &acceptance, &err));
  CHECK(admit_acceptance_waits_for_address(acceptance) == 1 && admit_acceptance_login_id(acceptance) == NULL);
  CHECK(same(admit_acceptance_practice_id(acceptance), admit_practice_id(practice)));
  admit_acceptance_free(acceptance);
  CHECK(tokens_sent(sent, 2) == 1);
  OK(admit_login_confirm_address(store, NULL, sent[0], &done, &err));
  OK(admit_login_sign_in(visitor, "lucia@example.org", PASSWORD, NULL, &session, &err));
  CHECK(same(admit_session_login_id(session), admit_login_done_login_id(done)));
  CHECK(admit_session_client_count(session) == 1 && stands(link, 1, 0, ADMIT_OPEN_LINK_STATE_EXHAUSTED));
  admit_login_done_free(done);
  admit_open_link_free(link);
  /* Signed in, she comes in by another link at once. */
  link = made(host, ADMIT_ROLE_MEMBER, 2, token);
  input = (admit_open_link_accept_input)ADMIT_OPEN_LINK_ACCEPT_INPUT_INIT;
  input.token = token;
  input.login_id = admit_session_login_id(session);
  input.epoch = admit_session_epoch(session);
  for (int turn = 0; turn < 2; turn++) {
    OK(admit_open_link_accept(store, NULL, &input, &acceptance, &err));
    CHECK(admit_acceptance_waits_for_address(acceptance) == 0 && admit_acceptance_staff_id(acceptance) != NULL);
    CHECK(same(admit_acceptance_login_id(acceptance), admit_session_login_id(session)));
    admit_acceptance_free(acceptance);
    CHECK(stands(link, 1, 0, ADMIT_OPEN_LINK_STATE_LIVE));
  }
  OK(admit_open_link_revoke(host, admit_open_link_id(link), &err));
  ANSWERS(ADMIT_ALREADY_ENDED, NULL, admit_open_link_revoke(host, admit_open_link_id(link), &err));
  ANSWERS(ADMIT_LINK_REVOKED, NULL, admit_open_link_accept(store, NULL, &input, NULL, &err));
  CHECK(stands(link, 1, 0, ADMIT_OPEN_LINK_STATE_REVOKED));
  admit_open_link_free(link);
  admit_session_free(session);
}

static admit_invitation_input to_seat(int role) {
  admit_invitation_input input = ADMIT_INVITATION_INPUT_INIT;
  input.name = "Uma Reyes";
  input.email = "uma@example.org";
  input.role = role;
  input.channel = ADMIT_CHANNEL_EMAIL;
  return input;
}

static void nobody_hands_out_above_its_own(admit_actor *admin, char *invited) {
  static const int roles[] = {ADMIT_ROLE_PRACTITIONER, ADMIT_ROLE_ASSISTANT, ADMIT_ROLE_MEMBER};
  admit_open_link_input input = ADMIT_OPEN_LINK_INPUT_INIT;
  admit_invitation_input invite = to_seat(ADMIT_ROLE_ADMIN);
  admit_open_link *link = NULL;
  admit_invitation *invitation = NULL;
  for (int at = 0; at < 3; at++) {
    char id[37], email[40];
    snprintf(email, sizeof email, "seat%d@example.org", at);
    admit_actor *seat = seated("Nora Quinn", email, roles[at], id);
    ANSWERS(ADMIT_NOT_PERMITTED, NULL, admit_invitation_send(seat, &invite, NULL, &err));
    input.role = ADMIT_ROLE_MEMBER;
    ANSWERS(ADMIT_NOT_PERMITTED, NULL, admit_open_link_create(seat, &input, &link, &err));
    CHECK(admit_actor_free(seat) == ADMIT_OK);
    input.role = roles[at];
    if (roles[at] != ADMIT_ROLE_MEMBER)
      ANSWERS(ADMIT_OPEN_LINK_ROLE, NULL, admit_open_link_create(admin, &input, &link, &err));
  }
  input.role = ADMIT_ROLE_ADMIN;
  ANSWERS(ADMIT_OPEN_LINK_ROLE, NULL, admit_open_link_create(host, &input, &link, &err));
  OK(admit_invitation_send(admin, &invite, &invitation, &err));
  snprintf(invited, 37, "%s", admit_invitation_staff_id(invitation));
  CHECK(admit_invitation_inviter_id(invitation) != NULL);
  CHECK(!same(admit_invitation_inviter_id(invitation), invited));
  admit_invitation_free(invitation);
}

static void one_list_shows_everybody(admit_actor *admin) {
  admit_person_query query = ADMIT_PERSON_QUERY_INIT;
  admit_person_page *page = NULL;
  int members = 0, prospects = 0, pending = 0;
  query.limit = 100;
  OK(admit_person_list(admin, &query, &page, &err));
  for (size_t at = 0; at < admit_person_page_len(page); at++) {
    const admit_person *person = admit_person_page_at(page, at);
    int is_active = admit_person_login_state(person) == ADMIT_LOGIN_STATE_ACTIVE;
    members += is_active && admit_person_role(person) == ADMIT_ROLE_MEMBER;
    prospects += is_active && admit_person_stage(person) == ADMIT_CLIENT_STAGE_PROSPECTIVE;
    pending += admit_person_role(person) == ADMIT_ROLE_ADMIN &&
               admit_person_invitation_state(person) == ADMIT_INVITATION_STATE_PENDING;
  }
  CHECK(members == PLACES + 1 && prospects == 1 && pending == 1);
  admit_person_page_free(page);
}

/* "Remove user": a seat leaves by a plan that is confirmed; the last admin does not. */
static int removes(admit_actor *actor, const char *staff_id) {
  admit_deletion_input input = ADMIT_DELETION_INPUT_INIT;
  admit_deletion_confirm_input confirm = ADMIT_DELETION_CONFIRM_INPUT_INIT;
  admit_plan *plan = NULL;
  admit_error *err = NULL;
  input.staff_id = staff_id;
  input.wanted = ADMIT_DELETION_WANTED_LEAVE;
  OK(admit_deletion_plan(actor, &input, &plan, &err));
  confirm.token = admit_plan_token(plan);
  int status = admit_deletion_confirm(actor, &confirm, NULL, &err);
  admit_error_free(err);
  admit_plan_free(plan);
  return status;
}

static void who_is_removed_is_out(admit_actor *admin, const char *admin_id, const char *invited) {
  admit_script script = ADMIT_SCRIPT_INIT;
  admit_script_set_input set = ADMIT_SCRIPT_SET_INPUT_INIT;
  const admit_script *const scripts[] = {&script};
  admit_session *session = NULL;
  admit_staff *staff = NULL;
  script.name = "policy.lua";
  script.lua = "return { deletion = function() return allow.leave() end }";
  set.scripts = scripts;
  set.script_count = 1;
  OK(admit_script_install(store, &set, NULL, &err));
  OK(admit_login_sign_in(visitor, "lucia@example.org", PASSWORD, NULL, &session, &err));
  CHECK(admit_session_seat_count(session) == 1);
  CHECK(removes(admin, admit_session_seat_staff_id(session, 0)) == ADMIT_OK);
  OK(admit_staff_get(admin, admit_session_seat_staff_id(session, 0), &staff, &err));
  CHECK(admit_staff_status(staff) == ADMIT_STAFF_STATUS_ENDED);
  admit_staff_free(staff);
  admit_session_free(session);
  OK(admit_login_sign_in(visitor, "lucia@example.org", PASSWORD, NULL, &session, &err));
  CHECK(admit_session_seat_count(session) == 0 && admit_session_client_count(session) == 1);
  admit_session_free(session);
  CHECK(removes(admin, invited) == ADMIT_OK);
  CHECK(removes(admin, admin_id) == ADMIT_LAST_ADMIN);
}

int main(void) {
  char id[37], invited[37];
  open_all();
  admit_actor *admin = seated("Ada Park", "ada@example.org", ADMIT_ROLE_ADMIN, id);
  as_many_come_in_as_there_are_places(admin);
  a_place_waits_for_the_address();
  nobody_hands_out_above_its_own(admin, invited);
  one_list_shows_everybody(admin);
  who_is_removed_is_out(admin, id, invited);
  CHECK(admit_actor_free(admin) == ADMIT_OK);
  close_all();
  puts("an open link lived");
  return 0;
}
