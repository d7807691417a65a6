/* Many clients invited as a practice does it: a plan that is read first, applied in two calls, and
 * undone; then one link for a client whose message did not arrive; and at last the practice leaves. */
#include "life.h"

#define LINK "https://portal.example.org/i/"
#define PASSWORD "a horse and a battery of staples"
#define CLIENTS 1203

static admit_import *import;
static admit_client *prospective;
static const char *clients[CLIENTS];

static void open_all(void) {
  admit_practice_input input = ADMIT_PRACTICE_INPUT_INIT;
  admit_script_set_input set = ADMIT_SCRIPT_SET_INPUT_INIT;
  admit_script script = ADMIT_SCRIPT_INIT;
  const admit_script *const scripts[] = {&script};
  script.name = "default.lua";
  script.lua = admit_script_default();
  set.scripts = scripts;
  set.script_count = 1;
  input.invitation_link = input.reset_link = LINK "{token}";
  begin_life("bulk.admit", &input);
  OK(admit_script_install(store, &set, NULL, &err));
}

static void close_all(void) {
  admit_client_free(prospective);
  admit_import_free(import);
  end_life();
}

/* Most can be invited; the last three cannot, each for its own reason. */
static void make_clients(void) {
  static char patients[CLIENTS * 192];
  admit_client_input input = ADMIT_CLIENT_INPUT_INIT;
  size_t length = 0;
  for (int at = 0; at < CLIENTS - 1; at++)
    length += (size_t)snprintf(patients + length, sizeof patients - length,
                               "{\"resourceType\":\"Patient\",\"id\":\"%d\",\"active\":%s,\"name\":[{\"family\":\"Park\","
                               "\"given\":[\"Ana\"]}],\"telecom\":[{\"system\":\"%s\",\"value\":\"%d@example.org\"}]}\n",
                               at, at == CLIENTS - 2 ? "false" : "true", at == CLIENTS - 3 ? "url" : "email", at);
  OK(admit_client_import(host, (const uint8_t *)patients, length, NULL, NULL, &import, &err));
  for (size_t at = 0; at < CLIENTS - 1; at++) clients[at] = admit_import_row_id(import, at);
  input.given_name = "Ana";
  input.family_name = "Park";
  input.email = "last@example.org";
  input.stage = ADMIT_CLIENT_STAGE_PROSPECTIVE;
  OK(admit_client_create(host, &input, &prospective, &err));
  clients[CLIENTS - 1] = admit_client_id(prospective);
}

struct heard {
  uint64_t done, total;
  int calls, goes_on;
};

static int32_t hear(void *user_data, uint64_t done, uint64_t total) {
  struct heard *heard = user_data;
  heard->done = done;
  heard->total = total;
  heard->calls++;
  return heard->goes_on;
}

/* Prints the rows that need a look, as a screen would, and counts those in a state. */
static int rows_in(const char *batch_id, admit_batch_row_state_value state, int prints) {
  const char *after = NULL;
  admit_batch_row_page *page = NULL, *last = NULL;
  int count = 0;
  do {
    OK(admit_batch_row_list(host, batch_id, ADMIT_BATCH_ROWS_ALL, after, 500, &page, &err));
    for (size_t at = 0; at < admit_batch_row_page_len(page); at++) {
      const admit_batch_row *row = admit_batch_row_page_at(page, at);
      if (admit_batch_row_state(row) != state) continue;
      count++;
      if (!prints) continue;
      printf("row %u: %s", admit_batch_row_place(row), admit_batch_row_name(row));
      if (admit_batch_row_reason_count(row) > 0)
        printf(" (%s: %s)", admit_batch_row_reason_code(row, 0), admit_batch_row_reason_text(row, 0));
      printf("\n");
    }
    admit_batch_row_page_free(last);
    last = page;
    after = admit_batch_row_page_next(page);
  } while (after != NULL);
  admit_batch_row_page_free(last);
  return count;
}

static void plan_apply_undo(void) {
  static const char *ids[CLIENTS + 1];
  admit_batch_input input = ADMIT_BATCH_INPUT_INIT;
  admit_person_query query = ADMIT_PERSON_QUERY_INIT;
  admit_batch *batch = NULL, *part = NULL, *done = NULL, *undone = NULL;
  struct heard heard = {0, 0, 0, 1};
  for (int at = 0; at < CLIENTS; at++) ids[at] = clients[at];
  ids[CLIENTS] = ids[0];
  input.channel = ADMIT_CHANNEL_EMAIL;
  ANSWERS(ADMIT_INVALID, "client_ids", admit_invitation_plan(host, &input, NULL, NULL, NULL, &batch, &err));
  input.client_ids = ids;
  input.client_count = CLIENTS + 1;
  ANSWERS(ADMIT_INVALID, "client_ids", admit_invitation_plan(host, &input, &query, NULL, NULL, &batch, &err));
  input.idempotency_key = "recall-2026";
  OK(admit_invitation_plan(host, &input, NULL, hear, &heard, &batch, &err));
  CHECK(heard.calls == 2 && heard.done == CLIENTS + 1 && heard.total == CLIENTS + 1);
  const char *id = admit_batch_id(batch);
  CHECK(admit_batch_state(batch) == ADMIT_BATCH_PLANNED && admit_batch_channel(batch) == ADMIT_CHANNEL_EMAIL);
  CHECK(admit_batch_rows(batch) == CLIENTS + 1 && admit_batch_to_invite(batch) == CLIENTS - 3);
  CHECK(admit_batch_to_skip(batch) == 4 && admit_batch_lapses_at(batch) == now_ms + 24 * 60 * 60 * 1000);
  printf("passed over by the plan:\n");
  CHECK(rows_in(id, ADMIT_BATCH_ROW_SKIP, 1) == 4);

  /* Somebody closes the window in the middle, and presses the button again. */
  heard = (struct heard){0, 0, 0, 0};
  OK(admit_invitation_apply(host, id, hear, &heard, &part, &err));
  CHECK(heard.calls == 1 && heard.done == 1000 && heard.total == CLIENTS - 3);
  CHECK(admit_batch_state(part) == ADMIT_BATCH_APPLYING && admit_batch_open(part) == CLIENTS - 1003);
  OK(admit_invitation_apply(host, id, NULL, NULL, &done, &err));
  CHECK(admit_batch_state(done) == ADMIT_BATCH_APPLIED && admit_batch_invited(done) == CLIENTS - 3);
  CHECK(rows_in(id, ADMIT_BATCH_ROW_INVITED, 0) == CLIENTS - 3);
  OK(admit_invitation_apply(host, id, NULL, NULL, NULL, &err));

  /* One of them takes it up before the rest is undone. */
  admit_batch_row_page *page = NULL;
  admit_link *link = NULL;
  admit_accept_input accept = ADMIT_ACCEPT_INPUT_INIT;
  OK(admit_batch_row_list(host, id, ADMIT_BATCH_ROWS_SENT, NULL, 1, &page, &err));
  const char *invitation = admit_batch_row_invitation_id(admit_batch_row_page_at(page, 0));
  OK(admit_invitation_link(reasoned, invitation, 0, &link, &err));
  accept.token = admit_link_url(link) + strlen(LINK);
  accept.password = PASSWORD;
  accept.username = "ana.park";
  OK(admit_invitation_accept(store, NULL, &accept, NULL, &err));
  OK(admit_invitation_undo(host, id, 0, NULL, NULL, &undone, &err));
  CHECK(admit_batch_state(undone) == ADMIT_BATCH_UNDONE);
  CHECK(admit_batch_revoked(undone) == CLIENTS - 4 && admit_batch_kept(undone) == 1);
  printf("kept by undoing:\n");
  CHECK(rows_in(id, ADMIT_BATCH_ROW_KEPT, 1) == 1);
  ANSWERS(ADMIT_ALREADY_ENDED, NULL, admit_invitation_apply(host, id, NULL, NULL, NULL, &err));

  /* Nothing of it leaves the outbox. */
  admit_claim claim = ADMIT_CLAIM_INIT;
  admit_claimed_page *claimed = NULL;
  claim.lease_ms = 60000;
  OK(admit_outbox_claim(store, &claim, &claimed, &err));
  for (size_t at = 0; at < admit_claimed_page_len(claimed); at++)
    CHECK(!same(admit_claimed_kind(admit_claimed_page_at(claimed, at)), "invitation"));
  admit_claimed_page_free(claimed);

  /* The one who is activated is not offered another invitation. */
  ANSWERS(ADMIT_CLIENT_ALREADY_ACTIVATED, NULL,
          admit_actor_can(host, "invitation.send", ADMIT_NOUN_CLIENT, ids[0], &err));
  OK(admit_actor_can(host, "invitation.send", ADMIT_NOUN_CLIENT, ids[1], &err));
  admit_link_free(link);
  admit_batch_row_page_free(page);
  admit_batch_free(undone);
  admit_batch_free(done);
  admit_batch_free(part);
  admit_batch_free(batch);
}

/* All that a list shows, and the link of one of them any time after it was sent. */
static void invite_the_list(void) {
  admit_batch_input input = ADMIT_BATCH_INPUT_INIT;
  admit_person_query query = ADMIT_PERSON_QUERY_INIT;
  admit_batch *batch = NULL;
  admit_batch_page *batches = NULL;
  admit_batch_row_page *rows = NULL;
  admit_link *first = NULL, *again = NULL, *dead = NULL;
  input.channel = ADMIT_CHANNEL_EMAIL;
  query.stage = ADMIT_CLIENT_STAGE_REGISTERED;
  query.status = ADMIT_PERSON_STATUS_ACTIVE;
  OK(admit_invitation_plan(host, &input, &query, NULL, NULL, &batch, &err));
  CHECK(admit_batch_rows(batch) == CLIENTS - 2 && admit_batch_to_invite(batch) == CLIENTS - 4);
  OK(admit_invitation_apply(host, admit_batch_id(batch), NULL, NULL, NULL, &err));
  OK(admit_batch_list(host, NULL, 0, &batches, &err));
  CHECK(admit_batch_page_len(batches) == 2);
  CHECK(admit_batch_state(admit_batch_page_at(batches, 0)) == ADMIT_BATCH_APPLIED);
  OK(admit_batch_row_list(host, admit_batch_id(batch), ADMIT_BATCH_ROWS_SENT, NULL, 1, &rows, &err));
  const char *invitation = admit_batch_row_invitation_id(admit_batch_row_page_at(rows, 0));
  OK(admit_invitation_link(reasoned, invitation, 0, &first, &err));
  now_ms += 24 * 60 * 60 * 1000;
  OK(admit_invitation_link(reasoned, invitation, 0, &again, &err));
  CHECK(same(admit_link_url(first), admit_link_url(again)));
  OK(admit_invitation_revoke(host, invitation, &err));
  ANSWERS(ADMIT_INVITATION_CLOSED, NULL, admit_invitation_link(reasoned, invitation, 0, &dead, &err));
  admit_link_free(again);
  admit_link_free(first);
  admit_batch_row_page_free(rows);
  admit_batch_page_free(batches);
  admit_batch_free(batch);
}

/* A reset is asked for at the portal's own page, which the practice shares. */
static void reset_at_the_shared_page(void) {
  admit_actor *visitor = NULL;
  OK(admit_actor_visitor(store, admit_practice_id(practice), &visitor, &err));
  OK(admit_login_request_reset(visitor, "ana.park", &err));
  CHECK(admit_actor_free(visitor) == ADMIT_OK);
}

static int32_t count_lines(void *user_data, const char *line, size_t length) {
  CHECK(length > 2 && line[0] == '{' && line[length - 1] == '\n');
  ++*(uint64_t *)user_data;
  return 1;
}

/* The practice leaves: all of it is written out, and then it is erased. */
static void end_the_practice(void) {
  admit_practice_exported *exported = NULL;
  admit_practice_plan *plan = NULL;
  admit_practice_certificate *certificate = NULL;
  admit_practice *gone = NULL;
  admit_upkeep *upkeep = NULL;
  const char *id = admit_practice_id(practice);
  uint64_t lines = 0;
  int more = 1;
  ANSWERS(ADMIT_REASON_REQUIRED, NULL, admit_practice_export(host, count_lines, &lines, NULL, &err));
  ANSWERS(ADMIT_MISUSE, NULL, admit_practice_export(reasoned, NULL, NULL, NULL, &err));
  OK(admit_practice_export(reasoned, count_lines, &lines, &exported, &err));
  CHECK(admit_practice_exported_is_complete(exported) == 1);
  CHECK(admit_practice_exported_lines(exported, ADMIT_NOUN_CLIENT) == CLIENTS);
  CHECK(lines > admit_practice_exported_events(exported) + CLIENTS);
  OK(admit_practice_erase_plan(reasoned, &plan, &err));
  CHECK(admit_practice_plan_would_go(plan, ADMIT_NOUN_CLIENT) == CLIENTS);
  CHECK(admit_practice_plan_hold_count(plan) == 0);
  ANSWERS(ADMIT_NOT_FOUND, NULL, admit_practice_certificate_get(store, id, &certificate, &err));
  OK(admit_practice_erase_confirm(reasoned, admit_practice_plan_token(plan), NULL, &err));
  ANSWERS(ADMIT_NOT_FOUND, NULL, admit_practice_get(host, &gone, &err));
  while (more) {
    OK(admit_store_upkeep(store, 1, &upkeep, &err));
    more = admit_upkeep_more(upkeep);
    admit_upkeep_free(upkeep);
  }
  now_ms += 2 * 60 * 1000;
  OK(admit_store_upkeep(store, 0, NULL, &err));
  OK(admit_practice_certificate_get(store, id, &certificate, &err));
  CHECK(admit_practice_certificate_erased_at(certificate) == now_ms);
  CHECK(admit_practice_certificate_gone(certificate, ADMIT_NOUN_CLIENT) == CLIENTS);
  CHECK(same(admit_practice_certificate_reason(certificate), "asked for at the desk"));
  admit_practice_certificate_free(certificate);
  admit_practice_plan_free(plan);
  admit_practice_exported_free(exported);
}

int main(void) {
  open_all();
  make_clients();
  plan_apply_undo();
  invite_the_list();
  reset_at_the_shared_page();
  end_the_practice();
  close_all();
  return 0;
}
