/* An invitation's whole life: sent, claimed, inspected, accepted; renewed, revoked, lapsed, shown. */
#include "life.h"

#define LINK "https://portal.example.org/i/"
#define PASSWORD "a horse and a battery of staples"
#define DAY (24 * 60 * 60 * (int64_t)1000)
#define TOKEN_SIZE 53

static void open_all(void) {
  admit_practice_input input = ADMIT_PRACTICE_INPUT_INIT;
  input.invitation_link = LINK "{token}";
  begin_life("invitation.admit", &input);
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

/* Invites a client by e-mail; the caller frees the invitation. */
static admit_invitation *invited(const admit_client *client) {
  admit_invitation_input input = ADMIT_INVITATION_INPUT_INIT;
  admit_invitation *invitation = NULL;
  input.client_id = admit_client_id(client);
  input.channel = ADMIT_CHANNEL_EMAIL;
  OK(admit_invitation_send(host, &input, &invitation, &err));
  return invitation;
}

static admit_invitation *read_again(const admit_invitation *invitation) {
  admit_invitation *found = NULL;
  OK(admit_invitation_get(host, admit_invitation_id(invitation), &found, &err));
  return found;
}

static admit_invitation_state_value state(const admit_invitation *invitation) {
  admit_invitation *found = read_again(invitation);
  admit_invitation_state_value state = admit_invitation_state(found);
  admit_invitation_free(found);
  return state;
}

static void token_in(const char *text, char *token) {
  const char *link = strstr(text, LINK);
  CHECK(link != NULL && strlen(link) >= strlen(LINK) + TOKEN_SIZE - 1);
  memcpy(token, link + strlen(LINK), TOKEN_SIZE - 1);
  token[TOKEN_SIZE - 1] = '\0';
}

static admit_claimed_page *claimed(uint32_t flags) {
  admit_claim claim = ADMIT_CLAIM_INIT;
  admit_claimed_page *page = NULL;
  claim.flags = flags;
  claim.lease_ms = 60000;
  OK(admit_outbox_claim(store, &claim, &page, &err));
  return page;
}

/* Claims the one message that waits, hands it over, and reads the token out of it. */
static void token_sent(char *token) {
  admit_claimed_page *page = claimed(0);
  const admit_claimed *message = admit_claimed_page_at(page, 0);
  CHECK(admit_claimed_page_len(page) == 1);
  token_in(admit_claimed_text(message), token);
  OK(admit_outbox_handed_over(store, admit_claimed_message_id(message), admit_claimed_attempt(message), &err));
  admit_claimed_page_free(page);
}

static admit_inspection *inspected(const char *token) {
  admit_inspection *inspection = NULL;
  OK(admit_invitation_inspect(store, NULL, token, &inspection, &err));
  return inspection;
}

static int is_dead(const char *token, int status) {
  admit_inspection *inspection = inspected(token);
  int is_so = admit_inspection_status(inspection) == status && admit_inspection_practice_id(inspection) == NULL &&
              admit_inspection_purpose(inspection) == ADMIT_LINK_PURPOSE_NONE;
  admit_inspection_free(inspection);
  return is_so;
}

static admit_accept_input by_password(const char *token) {
  admit_accept_input input = ADMIT_ACCEPT_INPUT_INIT;
  input.token = token;
  input.password = PASSWORD;
  return input;
}

static void claim_shows(const admit_client *client, const admit_invitation *invitation, char *token) {
  admit_claimed_page *page = claimed(0);
  const admit_claimed *message = admit_claimed_page_at(page, 0);
  CHECK(admit_claimed_page_len(page) == 1 && admit_claimed_page_at(page, 1) == NULL);
  CHECK(same(admit_claimed_message_id(message), admit_invitation_message_id(invitation)));
  CHECK(same(admit_claimed_kind(message), "invitation"));
  CHECK(admit_claimed_channel(message) == ADMIT_CHANNEL_EMAIL);
  CHECK(same(admit_claimed_to(message), "ada@example.org"));
  CHECK(same(admit_claimed_recipient_name(message), "Ada Park") && same(admit_claimed_locale(message), "en"));
  CHECK(same(admit_claimed_practice_id(message), admit_practice_id(practice)));
  CHECK(admit_claimed_subject_noun(message) == ADMIT_NOUN_CLIENT);
  CHECK(same(admit_claimed_subject_id(message), admit_client_id(client)));
  CHECK(admit_claimed_attempt(message) == 1 && admit_claimed_lease_until(message) == now_ms + 60000);
  CHECK(strlen(admit_claimed_subject(message)) > 0 && strlen(admit_claimed_delivery_key(message)) > 36);
  token_in(admit_claimed_text(message), token);
  CHECK(strstr(admit_claimed_html(message), token) != NULL);
  CHECK(strstr(admit_claimed_facts_json(message), token) != NULL);
  CHECK(strstr(admit_claimed_subject(message), token) == NULL);
  admit_claimed_page_free(page);
}

/* A worker that is late: its lease is over, another has the message. */
static void leases(const char *message_id) {
  admit_claimed_page *page;
  admit_message *message = NULL;
  now_ms += 60001;
  page = claimed(ADMIT_CLAIM_FACTS);
  CHECK(admit_claimed_page_len(page) == 1 && admit_claimed_attempt(admit_claimed_page_at(page, 0)) == 2);
  CHECK(same(admit_claimed_text(admit_claimed_page_at(page, 0)), ""));
  CHECK(strstr(admit_claimed_facts_json(admit_claimed_page_at(page, 0)), LINK) != NULL);
  admit_claimed_page_free(page);
  ANSWERS(ADMIT_LEASE_LOST, NULL, admit_outbox_handed_over(store, message_id, 1, &err));
  ANSWERS(ADMIT_INVALID, "detail", admit_outbox_failed(store, message_id, 2, 0, "a\nb", &err));
  OK(admit_outbox_failed(store, message_id, 2, now_ms + 5000, "451", &err));
  page = claimed(0);
  CHECK(admit_claimed_page_len(page) == 0);
  admit_claimed_page_free(page);
  now_ms += 5000;
  page = claimed(0);
  CHECK(admit_claimed_page_len(page) == 1);
  admit_claimed_page_free(page);
  OK(admit_outbox_handed_over(store, message_id, 3, &err));
  OK(admit_outbox_delivered(store, message_id, 3, &err));
  ANSWERS(ADMIT_MESSAGE_CLOSED, NULL, admit_outbox_bounced(store, message_id, 3, NULL, &err));
  OK(admit_outbox_get(host, message_id, &message, &err));
  CHECK(same(admit_message_id(message), message_id) && same(admit_message_kind(message), "invitation"));
  CHECK(same(admit_message_to(message), "ada@example.org") && admit_message_channel(message) == ADMIT_CHANNEL_EMAIL);
  CHECK(admit_message_state(message) == ADMIT_DELIVERY_STATE_DELIVERED && admit_message_due_at(message) == 0);
  CHECK(admit_message_attempt(message) == 3 && admit_message_step_count(message) == 7);
  CHECK(admit_message_step_state(message, 3) == ADMIT_DELIVERY_STATE_QUEUED);
  CHECK(admit_message_step_attempt(message, 3) == 2 && same(admit_message_step_detail(message, 3), "451"));
  CHECK(admit_message_step_at(message, 6) == now_ms && admit_message_step_at(message, 7) == 0);
  CHECK(admit_message_step_detail(message, 7) == NULL && strstr(admit_message_json(message), LINK) == NULL);
  admit_message_free(message);
}

static void previews(const char *message_id) {
  admit_outbox_query query = ADMIT_OUTBOX_QUERY_INIT;
  admit_preview *preview = NULL;
  admit_message_page *page = NULL;
  OK(admit_outbox_preview(host, message_id, &preview, &err));
  CHECK(strstr(admit_preview_text(preview), "Cedar Clinic") != NULL);
  CHECK(strstr(admit_preview_text(preview), LINK) == NULL && strlen(admit_preview_html(preview)) > 0);
  CHECK(strlen(admit_preview_subject(preview)) > 0 && strlen(admit_preview_version(preview)) > 0);
  admit_preview_free(preview);
  query.state = ADMIT_DELIVERY_STATE_DELIVERED;
  OK(admit_outbox_list(host, &query, &page, &err));
  CHECK(admit_message_page_len(page) == 1 && admit_message_page_next(page) == NULL);
  CHECK(same(admit_message_id(admit_message_page_at(page, 0)), message_id));
  admit_message_page_free(page);
  query.subject_noun = ADMIT_NOUN_CLIENT;
  ANSWERS(ADMIT_INVALID, "subject_id", admit_outbox_list(host, &query, &page, &err));
}

/* A live link, told to the page that it opens. */
static void inspection_shows(const char *token, const admit_invitation *invitation) {
  admit_inspection *inspection = inspected(token);
  CHECK(admit_inspection_status(inspection) == ADMIT_OK);
  CHECK(admit_inspection_purpose(inspection) == ADMIT_LINK_PURPOSE_INVITATION);
  CHECK(same(admit_inspection_practice_id(inspection), admit_practice_id(practice)));
  CHECK(same(admit_inspection_practice_name(inspection), "Cedar Clinic"));
  CHECK(same(admit_inspection_masked_address(inspection), "a***@e***.org"));
  CHECK(admit_inspection_expires_at(inspection) == admit_invitation_expires_at(invitation));
  CHECK(admit_inspection_offer(inspection) == ADMIT_OFFER_CLIENT);
  CHECK(admit_inspection_sign_in(inspection) == ADMIT_SIGN_IN_METHOD_ANY);
  CHECK(admit_inspection_has_login(inspection) == 0);
  CHECK(strstr(admit_inspection_json(inspection), "\"name\":\"ADMIT_OK\"") != NULL);
  CHECK(strstr(admit_inspection_json(inspection), token) == NULL);
  admit_inspection_free(inspection);
}

static void accept(const char *token, const admit_client *client, const admit_invitation *invitation) {
  admit_accept_input input = by_password(token);
  admit_acceptance *acceptance = NULL, *again = NULL;
  admit_invitation *after;
  input.password = "short";
  ANSWERS(ADMIT_PASSWORD_TOO_SHORT, NULL, admit_invitation_accept(store, NULL, &input, NULL, &err));
  input.password = NULL;
  ANSWERS(ADMIT_INVALID, "password", admit_invitation_accept(store, NULL, &input, NULL, &err));
  input.identity_subject = "248289761001";
  ANSWERS(ADMIT_INVALID, "identity_issuer", admit_invitation_accept(store, NULL, &input, NULL, &err));
  input = by_password(token);
  input.idempotency_key = "accept-1";
  OK(admit_invitation_accept(store, NULL, &input, &acceptance, &err));
  CHECK(admit_acceptance_login_id(acceptance) != NULL && admit_acceptance_staff_id(acceptance) == NULL);
  CHECK(same(admit_acceptance_practice_id(acceptance), admit_practice_id(practice)));
  CHECK(same(admit_acceptance_client_id(acceptance), admit_client_id(client)));
  OK(admit_invitation_accept(store, NULL, &input, &again, &err));
  CHECK(same(admit_acceptance_json(again), admit_acceptance_json(acceptance)));
  input.idempotency_key = NULL;
  ANSWERS(ADMIT_LINK_USED, NULL, admit_invitation_accept(store, NULL, &input, NULL, &err));
  CHECK(is_dead(token, ADMIT_LINK_USED));
  after = read_again(invitation);
  CHECK(admit_invitation_state(after) == ADMIT_INVITATION_STATE_ACCEPTED);
  CHECK(admit_invitation_accepted_at(after) == now_ms);
  CHECK(same(admit_invitation_login_id(after), admit_acceptance_login_id(acceptance)));
  CHECK(strstr(admit_invitation_json(after), "\"state\":\"accepted\"") != NULL);
  admit_invitation_free(after);
  admit_acceptance_free(again);
  admit_acceptance_free(acceptance);
}

static void by_mail(void) {
  char token[TOKEN_SIZE];
  admit_client *client = client_named("Ada", "ada@example.org");
  admit_invitation *invitation = invited(client);
  admit_inspection *inspection = NULL;
  CHECK(same(admit_invitation_practice_id(invitation), admit_practice_id(practice)));
  CHECK(same(admit_invitation_client_id(invitation), admit_client_id(client)));
  CHECK(admit_invitation_staff_id(invitation) == NULL && admit_invitation_room_count(invitation) == 0);
  CHECK(admit_invitation_inviter_id(invitation) == NULL);
  CHECK(admit_invitation_offer(invitation) == ADMIT_OFFER_CLIENT && admit_invitation_tie(invitation) == ADMIT_TIE_SELF);
  CHECK(same(admit_invitation_recipient_name(invitation), "Ada Park"));
  CHECK(same(admit_invitation_email(invitation), "ada@example.org") && admit_invitation_phone(invitation) == NULL);
  CHECK(admit_invitation_channel(invitation) == ADMIT_CHANNEL_EMAIL && admit_invitation_sends(invitation) == 1);
  CHECK(admit_invitation_state(invitation) == ADMIT_INVITATION_STATE_PENDING);
  CHECK(admit_invitation_created_at(invitation) == now_ms && admit_invitation_accepted_at(invitation) == 0);
  CHECK(admit_invitation_expires_at(invitation) == now_ms + 7 * DAY);
  claim_shows(client, invitation, token);
  leases(admit_invitation_message_id(invitation));
  previews(admit_invitation_message_id(invitation));
  inspection_shows(token, invitation);
  accept(token, client, invitation);
  ANSWERS(ADMIT_LINK_INVALID, NULL, admit_invitation_inspect(store, NULL, "no link of ours", &inspection, &err));
  CHECK(inspection == NULL);
  admit_invitation_free(invitation);
  admit_client_free(client);
}

static void renewed_and_revoked(void) {
  char first[TOKEN_SIZE], second[TOKEN_SIZE];
  admit_client *client = client_named("Ben", "ben@example.org");
  admit_invitation *invitation = invited(client), *again;
  admit_accept_input input;
  token_sent(first);
  again = invited(client);
  CHECK(same(admit_invitation_id(again), admit_invitation_id(invitation)) && admit_invitation_sends(again) == 2);
  token_sent(second);
  CHECK(strcmp(first, second) != 0 && is_dead(first, ADMIT_LINK_SUPERSEDED));
  input = by_password(first);
  ANSWERS(ADMIT_LINK_SUPERSEDED, NULL, admit_invitation_accept(store, NULL, &input, NULL, &err));
  OK(admit_invitation_ask_again(store, NULL, second, &err));
  OK(admit_invitation_revoke(host, admit_invitation_id(invitation), &err));
  CHECK(is_dead(second, ADMIT_LINK_REVOKED) && state(invitation) == ADMIT_INVITATION_STATE_REVOKED);
  admit_claimed_page *page = claimed(0);
  CHECK(admit_claimed_page_len(page) == 0);
  admit_claimed_page_free(page);
  ANSWERS(ADMIT_INVITATION_CLOSED, NULL, admit_invitation_revoke(host, admit_invitation_id(invitation), &err));
  admit_invitation_free(again);
  admit_invitation_free(invitation);
  admit_client_free(client);
}

static void lapsed_and_declined(void) {
  char token[TOKEN_SIZE];
  admit_invitation_query query = ADMIT_INVITATION_QUERY_INIT;
  admit_invitation_page *page = NULL;
  admit_client *client = client_named("Eva", "eva@example.org");
  admit_invitation *invitation = invited(client);
  token_sent(token);
  now_ms = admit_invitation_expires_at(invitation);
  CHECK(is_dead(token, ADMIT_LINK_EXPIRED) && state(invitation) == ADMIT_INVITATION_STATE_EXPIRED);
  CHECK(admit_invitation_state(invitation) == ADMIT_INVITATION_STATE_PENDING);
  query.client_id = admit_client_id(client);
  query.state = ADMIT_INVITATION_STATE_EXPIRED;
  OK(admit_invitation_list(host, &query, &page, &err));
  CHECK(admit_invitation_page_len(page) == 1 && admit_invitation_page_next(page) == NULL);
  CHECK(admit_invitation_state(admit_invitation_page_at(page, 0)) == ADMIT_INVITATION_STATE_EXPIRED);
  admit_invitation_page_free(page);
  ANSWERS(ADMIT_LINK_EXPIRED, NULL, admit_invitation_decline(store, NULL, token, &err));
  OK(admit_invitation_ask_again(store, NULL, token, &err));
  admit_invitation_free(invitation);
  invitation = invited(client);
  token_sent(token);
  OK(admit_invitation_decline(store, NULL, token, &err));
  CHECK(is_dead(token, ADMIT_LINK_REVOKED) && state(invitation) == ADMIT_INVITATION_STATE_DECLINED);
  admit_invitation_free(invitation);
  admit_client_free(client);
}

/* One without an address gets a link at the desk, and a user name. */
static void at_the_desk(void) {
  char token[TOKEN_SIZE];
  admit_invitation_input input = ADMIT_INVITATION_INPUT_INIT;
  admit_client *client = client_named("Teo", NULL);
  admit_invitation *invitation = NULL;
  admit_link *link = NULL;
  admit_qr *qr = NULL;
  admit_accept_input accept;
  input.client_id = admit_client_id(client);
  input.channel = ADMIT_CHANNEL_EMAIL;
  ANSWERS(ADMIT_NOT_REACHABLE, NULL, admit_invitation_send(host, &input, &invitation, &err));
  input.channel = 0;
  OK(admit_invitation_send(host, &input, &invitation, &err));
  CHECK(admit_invitation_channel(invitation) == ADMIT_CHANNEL_NONE && admit_invitation_message_id(invitation) == NULL);
  const char *id = admit_invitation_id(invitation);
  ANSWERS(ADMIT_REASON_REQUIRED, NULL, admit_invitation_link(host, id, 0, &link, &err));
  ANSWERS(ADMIT_INVALID, "channel", admit_invitation_link(reasoned, id, ADMIT_CHANNEL_EMAIL, &link, &err));
  OK(admit_invitation_link(reasoned, id, ADMIT_CHANNEL_COPIED, &link, &err));
  token_in(admit_link_url(link), token);
  OK(admit_invitation_qr(reasoned, id, &qr, &err));
  CHECK(strncmp(admit_qr_url(qr), LINK, strlen(LINK)) == 0 && !same(admit_qr_url(qr), admit_link_url(link)));
  CHECK(strncmp(admit_qr_svg(qr), "<svg", 4) == 0 && strchr(admit_qr_terminal(qr), '\n') != NULL);
  CHECK(strstr(admit_qr_svg(qr), token) == NULL);
  admit_qr_free(qr);
  admit_link_free(link);
  accept = by_password(token);
  ANSWERS(ADMIT_INVALID, "username", admit_invitation_accept(store, NULL, &accept, NULL, &err));
  accept.username = "teo.park";
  OK(admit_invitation_accept(store, NULL, &accept, NULL, &err));
  ANSWERS(ADMIT_INVITATION_CLOSED, NULL, admit_invitation_link(reasoned, id, 0, &link, &err));
  admit_invitation_free(invitation);
  admit_client_free(client);
}

/* A person who becomes a client, a seat that is made, and what excludes what. */
static void new_people(void) {
  admit_invitation_input input = ADMIT_INVITATION_INPUT_INIT;
  admit_room_input room_input = ADMIT_ROOM_INPUT_INIT;
  admit_room *room = NULL;
  admit_invitation *invitation = NULL;
  room_input.name = "Team East";
  OK(admit_room_create(host, &room_input, &room, &err));
  const char *room_id = admit_room_id(room);
  input.name = "Uma Reyes";
  input.email = "uma@example.org";
  input.room_ids = &room_id;
  input.room_count = 1;
  input.note = "Welcome.\nSee you on Monday.";
  OK(admit_invitation_send(host, &input, &invitation, &err));
  CHECK(admit_invitation_offer(invitation) == ADMIT_OFFER_NEW_CLIENT && admit_invitation_client_id(invitation) == NULL);
  CHECK(same(admit_invitation_room_id(invitation, 0), room_id) && admit_invitation_room_id(invitation, 1) == NULL);
  CHECK(same(admit_invitation_note(invitation), input.note));
  admit_invitation_free(invitation);
  input.role = ADMIT_ROLE_MEMBER;
  ANSWERS(ADMIT_INVALID, "room_ids", admit_invitation_send(host, &input, &invitation, &err));
  input.room_count = 0;
  OK(admit_invitation_send(host, &input, &invitation, &err));
  CHECK(admit_invitation_offer(invitation) == ADMIT_OFFER_SEAT && admit_invitation_tie(invitation) == ADMIT_TIE_NONE);
  const char *staff_id = admit_invitation_staff_id(invitation);
  CHECK(staff_id != NULL);
  input.staff_id = staff_id;
  ANSWERS(ADMIT_INVALID, "role", admit_invitation_send(host, &input, NULL, &err));
  input.role = 0;
  OK(admit_invitation_send(host, &input, NULL, &err));
  input.tie = ADMIT_TIE_GUARDIAN;
  ANSWERS(ADMIT_INVALID, "tie", admit_invitation_send(host, &input, NULL, &err));
  input.tie = 0;
  input.staff_id = NULL;
  input.email = NULL;
  input.role = ADMIT_ROLE_ADMIN;
  ANSWERS(ADMIT_INVALID, "email", admit_invitation_send(host, &input, NULL, &err));
  admit_invitation_free(invitation);
  admit_room_free(room);
}

static void many(void) {
  admit_invitation_input common = ADMIT_INVITATION_INPUT_INIT;
  admit_outcome_page *page = NULL;
  admit_client *reachable = client_named("Kai", "kai@example.org"), *other = client_named("Lou", NULL);
  const char *ids[] = {admit_client_id(reachable), "no id", admit_client_id(other), admit_client_id(reachable)};
  const admit_outcome *row;
  common.channel = ADMIT_CHANNEL_EMAIL;
  OK(admit_invitation_send_many(host, ids, 4, &common, &page, &err));
  CHECK(admit_outcome_page_len(page) == 4 && admit_outcome_page_at(page, 4) == NULL);
  row = admit_outcome_page_at(page, 0);
  CHECK(admit_outcome_status(row) == ADMIT_OK && admit_outcome_is_renewed(row) == 0);
  CHECK(same(admit_outcome_client_id(row), ids[0]) && admit_outcome_invitation_id(row) != NULL);
  CHECK(same(admit_outcome_invitation_id(admit_outcome_page_at(page, 3)), admit_outcome_invitation_id(row)));
  CHECK(admit_outcome_is_renewed(admit_outcome_page_at(page, 3)) == 1);
  row = admit_outcome_page_at(page, 1);
  CHECK(admit_outcome_status(row) == ADMIT_NOT_FOUND && same(admit_outcome_client_id(row), "no id"));
  row = admit_outcome_page_at(page, 2);
  CHECK(admit_outcome_status(row) == ADMIT_NOT_REACHABLE && same(admit_outcome_name(row), "ADMIT_NOT_REACHABLE"));
  CHECK(admit_outcome_invitation_id(row) == NULL && admit_outcome_field(row) == NULL);
  CHECK(strstr(admit_outcome_json(row), "ADMIT_NOT_REACHABLE") != NULL);
  admit_outcome_page_free(page);
  common.expires_in_ms = 1;
  OK(admit_invitation_send_many(host, ids, 1, &common, &page, &err));
  row = admit_outcome_page_at(page, 0);
  CHECK(admit_outcome_status(row) == ADMIT_INVALID && same(admit_outcome_field(row), "expires_in_ms"));
  admit_outcome_page_free(page);
  OK(admit_invitation_send_many(host, NULL, 0, NULL, &page, &err));
  CHECK(admit_outcome_page_len(page) == 0);
  admit_outcome_page_free(page);
  common.email = "kai@example.org";
  ANSWERS(ADMIT_INVALID, "email", admit_invitation_send_many(host, ids, 1, &common, &page, &err));
  CHECK(page == NULL);
  admit_client_free(other);
  admit_client_free(reachable);
}

int main(void) {
  open_all();
  by_mail();
  renewed_and_revoked();
  lapsed_and_declined();
  at_the_desk();
  new_people();
  many();
  end_life();
  puts("an invitation lived");
  return 0;
}
