/* A practitioner's assistants, as WellPrept's "My Assistants" has them; then a seat with a successor. */
#include "life.h"

#define LINK "https://portal.example.org/i/"
#define PASSWORD "a horse and a battery of staples"
#define TOKEN_SIZE 53

static void open_all(void) {
  admit_practice_input input = ADMIT_PRACTICE_INPUT_INIT;
  input.invitation_link = LINK "{token}";
  begin_life("delegation.admit", &input);
}

static admit_staff *practitioner_named(const char *name) {
  admit_staff_input input = ADMIT_STAFF_INPUT_INIT;
  admit_staff *staff = NULL;
  input.name = name;
  input.role = ADMIT_ROLE_PRACTITIONER;
  input.approval = ADMIT_APPROVAL_APPROVED;
  OK(admit_staff_add(host, &input, &staff, &err));
  return staff;
}

static admit_actor *acting(const char *staff_id, const char *on_behalf_of) {
  admit_actor *own = NULL, *other = NULL;
  OK(admit_actor_staff(store, admit_practice_id(practice), staff_id, 0, &own, &err));
  if (on_behalf_of == NULL) return own;
  OK(admit_actor_on_behalf_of(own, on_behalf_of, &other, &err));
  CHECK(admit_actor_free(own) == ADMIT_OK);
  return other;
}

static admit_client *client_of(admit_actor *actor, const char *name, const char *email) {
  admit_client_input input = ADMIT_CLIENT_INPUT_INIT;
  admit_client *client = NULL;
  input.name = name;
  input.email = email;
  OK(admit_client_create(actor, &input, &client, &err));
  return client;
}

static int reads(admit_actor *actor, const admit_client *client) {
  admit_client *found = NULL;
  int status = admit_client_get(actor, admit_client_id(client), &found, NULL);
  admit_client_free(found);
  return status;
}

/* Hands over all that waits, and gives the token of the latest invitation to an address. */
static int token_to(const char *address, char *token) {
  admit_claim claim = ADMIT_CLAIM_INIT;
  admit_claimed_page *page = NULL;
  int is_found = 0;
  OK(admit_outbox_claim(store, &claim, &page, &err));
  for (size_t at = 0; at < admit_claimed_page_len(page); at++) {
    const admit_claimed *it = admit_claimed_page_at(page, at);
    const char *link = strstr(admit_claimed_text(it), LINK);
    OK(admit_outbox_handed_over(store, admit_claimed_message_id(it), admit_claimed_attempt(it), &err));
    if (link == NULL || !same(admit_claimed_to(it), address)) continue;
    memcpy(token, link + strlen(LINK), TOKEN_SIZE - 1);
    token[TOKEN_SIZE - 1] = '\0';
    is_found = 1;
  }
  admit_claimed_page_free(page);
  return is_found;
}

static admit_delegation *asked(admit_actor *own, const char *name, const char *email) {
  admit_assistant_input input = ADMIT_ASSISTANT_INPUT_INIT;
  admit_delegation *delegation = NULL;
  input.name = name;
  input.email = email;
  input.note = "Welcome to the team.";
  OK(admit_assistant_invite(own, &input, &delegation, &err));
  return delegation;
}

/* The popup: one call. */
static admit_delegation_page *my_assistants(admit_actor *own, size_t count) {
  admit_delegation_page *page = NULL;
  OK(admit_delegation_list(own, NULL, &page, &err));
  CHECK(admit_delegation_page_len(page) == count && admit_delegation_page_at(page, count) == NULL);
  CHECK(admit_delegation_page_next(page) == NULL);
  return page;
}

static void shows(admit_actor *own, int state, int invitation_state, int64_t last_sign_in) {
  admit_delegation_page *page = my_assistants(own, 1);
  const admit_delegation *row = admit_delegation_page_at(page, 0);
  CHECK(same(admit_delegation_assistant_name(row), "Pia Holt"));
  CHECK(same(admit_delegation_assistant_email(row), "pia@example.org"));
  CHECK(same(admit_delegation_practitioner_name(row), "Nora Weiss"));
  CHECK((int)admit_delegation_state(row) == state);
  CHECK((int)admit_delegation_invitation_state(row) == invitation_state);
  CHECK(admit_delegation_last_sign_in(row) == last_sign_in);
  admit_delegation_page_free(page);
}

static void resend(admit_actor *actor, int status, const char *staff_id) {
  admit_invitation_input input = ADMIT_INVITATION_INPUT_INIT;
  input.staff_id = staff_id;
  input.channel = ADMIT_CHANNEL_EMAIL;
  ANSWERS(status, NULL, admit_invitation_send(actor, &input, NULL, &err));
}

static void accepted(const char *token) {
  admit_accept_input input = ADMIT_ACCEPT_INPUT_INIT;
  input.token = token;
  input.password = PASSWORD;
  OK(admit_invitation_accept(store, NULL, &input, NULL, &err));
}

static void signs_in(const char *name) {
  admit_actor *visitor = NULL;
  admit_session *session = NULL;
  OK(admit_actor_visitor(store, admit_practice_id(practice), &visitor, &err));
  OK(admit_login_sign_in(visitor, name, PASSWORD, NULL, &session, &err));
  admit_session_free(session);
  CHECK(admit_actor_free(visitor) == ADMIT_OK);
}

static void both_names_are_in_the_trail(const char *assistant, const char *practitioner) {
  admit_event_query query = ADMIT_EVENT_QUERY_INIT;
  admit_event_page *page = NULL;
  query.limit = 1;
  OK(admit_event_list(host, &query, &page, &err));
  const admit_event *event = admit_event_page_at(page, 0);
  CHECK(same(admit_event_actor_id(event), assistant));
  CHECK(same(admit_event_on_behalf_of(event), practitioner));
  admit_event_page_free(page);
}

static void may_do(admit_actor *actor, int status, const char *action, const admit_client *client) {
  ANSWERS(status, NULL, admit_actor_can(actor, action, ADMIT_NOUN_CLIENT, admit_client_id(client), &err));
}

static void a_popup_of_assistants(const admit_staff *nora, admit_actor *own, const admit_client *ada) {
  char first[TOKEN_SIZE], token[TOKEN_SIZE];
  /* Add Assistant: the request is mailed, and the row is there at once. */
  admit_delegation *row = asked(own, "Pia Holt", "pia@example.org");
  const char *pia = admit_delegation_assistant_id(row);
  CHECK(same(admit_delegation_practitioner_id(row), admit_staff_id(nora)));
  CHECK(admit_delegation_is_for_all_clients(row) && admit_delegation_client_count(row) == 0);
  CHECK(admit_delegation_action_count(row) == 0 && admit_delegation_action(row, 0) == NULL);
  CHECK(admit_delegation_delivery_state(row) == ADMIT_DELIVERY_STATE_QUEUED);
  CHECK(admit_delegation_ended_at(row) == 0 && admit_delegation_created_at(row) == now_ms);
  CHECK(strstr(admit_delegation_json(row), "\"state\":\"waiting\"") != NULL);
  CHECK(token_to("pia@example.org", first));
  shows(own, ADMIT_DELEGATION_STATE_WAITING, ADMIT_INVITATION_STATE_PENDING, 0);
  /* Resend. */
  now_ms += 1000;
  resend(own, ADMIT_OK, pia);
  CHECK(token_to("pia@example.org", token) && strcmp(first, token) != 0);
  /* Accepted only after onboarding. */
  accepted(token);
  signs_in("pia@example.org");
  int64_t signed_in = now_ms;
  shows(own, ADMIT_DELEGATION_STATE_ONBOARDING, ADMIT_INVITATION_STATE_ACCEPTED, signed_in);
  admit_actor *assistant = acting(pia, admit_staff_id(nora));
  CHECK(reads(assistant, ada) == ADMIT_DELEGATION_MISSING);
  OK(admit_staff_mark_onboarded(host, pia, &err));
  shows(own, ADMIT_DELEGATION_STATE_LIVE, ADMIT_INVITATION_STATE_ACCEPTED, signed_in);
  resend(own, ADMIT_STATUS_NOT_ALLOWED, pia);
  /* The assistant acts, and both names are in the trail. */
  CHECK(reads(assistant, ada) == ADMIT_OK);
  admit_client *made = client_of(assistant, "Bo Birch", "bo@example.org");
  both_names_are_in_the_trail(pia, admit_staff_id(nora));
  CHECK(reads(own, made) == ADMIT_OK);
  may_do(assistant, ADMIT_OK, "invitation.send", ada);
  may_do(assistant, ADMIT_NOT_PERMITTED, "grant.give", ada);
  may_do(assistant, ADMIT_NOT_PERMITTED, "deletion.confirm", ada);
  /* Disable: the row stays, the pages are out of reach, and both names are in the refusal. */
  OK(admit_delegation_end(own, admit_delegation_id(row), &err));
  ANSWERS(ADMIT_ALREADY_ENDED, NULL, admit_delegation_end(own, admit_delegation_id(row), &err));
  shows(own, ADMIT_DELEGATION_STATE_ENDED, ADMIT_INVITATION_STATE_ACCEPTED, signed_in);
  CHECK(reads(assistant, ada) == ADMIT_DELEGATION_MISSING);
  both_names_are_in_the_trail(pia, admit_staff_id(nora));
  /* Trash. */
  OK(admit_delegation_clear(own, admit_delegation_id(row), &err));
  ANSWERS(ADMIT_ALREADY_ENDED, NULL, admit_delegation_clear(own, admit_delegation_id(row), &err));
  admit_delegation_page_free(my_assistants(own, 0));
  /* Only a new request brings access back: a new row for the same seat. */
  admit_delegation *anew = asked(own, "Pia Holt", "pia@example.org");
  CHECK(same(admit_delegation_assistant_id(anew), pia) && !same(admit_delegation_id(anew), admit_delegation_id(row)));
  CHECK(admit_delegation_state(anew) == ADMIT_DELEGATION_STATE_LIVE && reads(assistant, ada) == ADMIT_OK);
  CHECK(!token_to("pia@example.org", token));
  ANSWERS(ADMIT_STATUS_NOT_ALLOWED, NULL, admit_delegation_clear(own, admit_delegation_id(anew), &err));
  CHECK(admit_actor_free(assistant) == ADMIT_OK);
  admit_client_free(made);
  admit_delegation_free(anew);
  admit_delegation_free(row);
}

/* A script that lets a seat leave, for the trash icon of an account that is only the practitioner's. */
static void the_account_is_deleted(admit_actor *own) {
  admit_script script = ADMIT_SCRIPT_INIT;
  admit_script_set_input input = ADMIT_SCRIPT_SET_INPUT_INIT;
  const admit_script *const scripts[] = {&script};
  admit_deletion_input wanted = ADMIT_DELETION_INPUT_INIT;
  admit_deletion_confirm_input confirm = ADMIT_DELETION_CONFIRM_INPUT_INIT;
  admit_plan *plan = NULL;
  script.name = "policy.lua";
  script.lua = "return { deletion = function() return allow.leave() end }";
  input.scripts = scripts;
  input.script_count = 1;
  OK(admit_script_install(store, &input, NULL, &err));
  admit_delegation_page *page = my_assistants(own, 1);
  wanted.staff_id = admit_delegation_assistant_id(admit_delegation_page_at(page, 0));
  wanted.wanted = ADMIT_DELETION_WANTED_LEAVE;
  OK(admit_deletion_plan(own, &wanted, &plan, &err));
  CHECK(admit_plan_would_go(plan, ADMIT_NOUN_DELEGATION) == 1);
  confirm.token = admit_plan_token(plan);
  OK(admit_deletion_confirm(own, &confirm, NULL, &err));
  ANSWERS(ADMIT_ALREADY_ENDED, NULL, admit_deletion_confirm(own, &confirm, NULL, &err));
  admit_plan_free(plan);
  admit_delegation_page_free(page);
  shows(own, ADMIT_DELEGATION_STATE_ENDED, ADMIT_INVITATION_STATE_ACCEPTED, now_ms);
}

/* Given by name of actions and clients, until a time; what is wrong says which field. */
static void limited(const admit_staff *nora, admit_actor *own, const admit_client *ada) {
  static const char *const actions[] = {"invitation.send"}, *const wrong[] = {"deletion.confirm"};
  const char *clients[1];
  admit_delegation_input input = ADMIT_DELEGATION_INPUT_INIT;
  admit_delegation_query query = ADMIT_DELEGATION_QUERY_INIT;
  admit_person_query people = ADMIT_PERSON_QUERY_INIT;
  admit_delegation *asked_first = asked(own, "Uma Reyes", "uma@example.org"), *given = NULL;
  admit_delegation_page *page = NULL;
  admit_person_page *listed = NULL;
  admit_upkeep *upkeep = NULL;
  char token[TOKEN_SIZE];
  const char *uma = admit_delegation_assistant_id(asked_first);
  CHECK(token_to("uma@example.org", token));
  accepted(token);
  OK(admit_staff_mark_onboarded(host, uma, &err));
  clients[0] = admit_client_id(ada);
  input.assistant_id = uma;
  input.actions = actions;
  input.action_count = 1;
  input.client_ids = clients;
  input.client_count = 1;
  input.reason = "covers the desk";
  input.ends_at = now_ms + 60000;
  ANSWERS(ADMIT_DELEGATION_EXISTS, NULL, admit_delegation_give(own, &input, &given, &err));
  OK(admit_delegation_end(host, admit_delegation_id(asked_first), &err));
  input.actions = wrong;
  ANSWERS(ADMIT_INVALID, "actions", admit_delegation_give(own, &input, &given, &err));
  CHECK(given == NULL);
  input.actions = actions;
  OK(admit_delegation_give(own, &input, &given, &err));
  CHECK(admit_delegation_action_count(given) == 1 && same(admit_delegation_action(given, 0), "invitation.send"));
  CHECK(!admit_delegation_is_for_all_clients(given) && admit_delegation_client_count(given) == 1);
  CHECK(same(admit_delegation_client_id(given, 0), clients[0]) && admit_delegation_client_id(given, 1) == NULL);
  CHECK(same(admit_delegation_reason(given), "covers the desk") && admit_delegation_ends_at(given) == now_ms + 60000);
  admit_client *other = client_of(own, "Cleo Cedar", "cleo@example.org");
  admit_actor *assistant = acting(uma, admit_staff_id(nora));
  CHECK(reads(assistant, ada) == ADMIT_OK && reads(assistant, other) == ADMIT_NOT_PERMITTED);
  may_do(assistant, ADMIT_DELEGATION_MISSING, "client.update", ada);
  people.delegated_by = admit_staff_id(nora);
  people.kinds = ADMIT_PERSON_KIND_CLIENT;
  OK(admit_person_list(own, &people, &listed, &err));
  CHECK(admit_person_page_total(listed) == 1 && same(admit_person_id(admit_person_page_at(listed, 0)), clients[0]));
  now_ms += 60000;
  CHECK(reads(assistant, ada) == ADMIT_DELEGATION_MISSING);
  OK(admit_store_upkeep(store, 0, &upkeep, &err));
  CHECK(admit_upkeep_delegations(upkeep) == 1);
  query.state = ADMIT_DELEGATION_STATE_LAPSED;
  OK(admit_delegation_list(host, &query, &page, &err));
  CHECK(admit_delegation_page_len(page) == 1);
  CHECK(same(admit_delegation_id(admit_delegation_page_at(page, 0)), admit_delegation_id(given)));
  admit_upkeep_free(upkeep);
  admit_person_page_free(listed);
  admit_delegation_page_free(page);
  CHECK(admit_actor_free(assistant) == ADMIT_OK);
  admit_client_free(other);
  admit_delegation_free(given);
  admit_delegation_free(asked_first);
}

/* Somebody leaves, and a colleague takes over: the evidence lists it all. */
static void a_seat_ends(const admit_staff *nora, const admit_staff *max, const admit_client *ada) {
  const char *from = admit_staff_id(nora), *to = admit_staff_id(max);
  admit_staff_ended *ended = NULL;
  admit_actor *heir = acting(to, NULL);
  ANSWERS(ADMIT_REASON_REQUIRED, NULL, admit_staff_end(host, from, to, &ended, &err));
  ANSWERS(ADMIT_INVALID, "successor_id", admit_staff_end(reasoned, from, from, &ended, &err));
  CHECK(ended == NULL && reads(heir, ada) == ADMIT_NOT_PERMITTED);
  OK(admit_staff_end(reasoned, from, to, &ended, &err));
  CHECK(same(admit_staff_ended_staff_id(ended), from) && same(admit_staff_ended_successor_id(ended), to));
  CHECK(admit_staff_ended_at(ended) == now_ms && admit_staff_ended_more(ended) == 0);
  /* Ada, Bo and Cleo. */
  CHECK(admit_staff_ended_count(ended, ADMIT_NOUN_GRANT) == 3);
  CHECK(admit_staff_ended_handed_over_count(ended, ADMIT_NOUN_CLIENT) == 3);
  size_t at = 0;
  while (at < 3 && !same(admit_staff_ended_handed_over_id(ended, ADMIT_NOUN_CLIENT, at), admit_client_id(ada))) at++;
  CHECK(at < 3 && admit_staff_ended_handed_over_id(ended, ADMIT_NOUN_CLIENT, 3) == NULL);
  CHECK(admit_staff_ended_id(ended, ADMIT_NOUN_GRANT, 0) != NULL);
  CHECK(admit_staff_ended_id(ended, ADMIT_NOUN_GRANT, (size_t)-1) == NULL);
  CHECK(admit_staff_ended_count(ended, ADMIT_NOUN_LOGIN) == 0 && admit_staff_ended_count(ended, 99) == 0);
  CHECK(strstr(admit_staff_ended_json(ended), "\"handed_over\":{\"client\":[") != NULL);
  CHECK(reads(heir, ada) == ADMIT_OK);
  ANSWERS(ADMIT_STATUS_NOT_ALLOWED, NULL, admit_staff_end(reasoned, from, NULL, NULL, &err));
  ANSWERS(ADMIT_ALREADY_ENDED, NULL, admit_staff_end(reasoned, to, from, NULL, &err));
  admit_staff_ended_free(ended);
  CHECK(admit_actor_free(heir) == ADMIT_OK);
}

int main(void) {
  open_all();
  admit_staff *nora = practitioner_named("Nora Weiss"), *max = practitioner_named("Max Brandt");
  admit_actor *own = acting(admit_staff_id(nora), NULL);
  admit_client *ada = client_of(own, "Ada Park", "ada@example.org");
  a_popup_of_assistants(nora, own, ada);
  the_account_is_deleted(own);
  limited(nora, own, ada);
  a_seat_ends(nora, max, ada);
  admit_client_free(ada);
  CHECK(admit_actor_free(own) == ADMIT_OK);
  admit_staff_free(max);
  admit_staff_free(nora);
  end_life();
  puts("assistants acted");
  return 0;
}
