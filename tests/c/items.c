/* A laboratory's flow: a practitioner is approved, makes a client, registers its kit, and both hear
   of the sample at the same time; once there was a sample the client is never deleted. */
#include "life.h"

static admit_staff *seat;
static admit_client *client;
static admit_actor *practitioner;

static void open_all(void) {
  admit_practice_input input = ADMIT_PRACTICE_INPUT_INIT;
  admit_staff_input staff = ADMIT_STAFF_INPUT_INIT;
  input.name = "Microbiome Laboratory";
  begin_life("items.admit", &input);
  staff.name = "Nora Quist";
  staff.role = ADMIT_ROLE_PRACTITIONER;
  staff.email = "nora@lab.example.org";
  staff.approval = ADMIT_APPROVAL_PENDING;
  OK(admit_staff_add(host, &staff, &seat, &err));
  OK(admit_actor_staff(store, admit_practice_id(practice), admit_staff_id(seat), 0, &practitioner, &err));
}

static void close_all(void) {
  admit_client_free(client);
  admit_staff_free(seat);
  CHECK(admit_actor_free(practitioner) == ADMIT_OK);
  end_life();
}

/* A kit or sample by its number. */
static admit_item_input named(const char *kind, const char *number) {
  admit_item_input input = ADMIT_ITEM_INPUT_INIT;
  input.client_id = admit_client_id(client);
  input.kind = kind;
  input.external_id = number;
  return input;
}

static void nothing_is_done_before_approval(void) {
  admit_client_input person = ADMIT_CLIENT_INPUT_INIT;
  admit_grant_input open = ADMIT_GRANT_INPUT_INIT;
  admit_item_query query = ADMIT_ITEM_QUERY_INIT;
  admit_item *item = NULL;
  admit_item_page *page = NULL;
  person.name = "Jun Ito";
  person.email = "jun@example.org";
  ANSWERS(ADMIT_NOT_APPROVED, NULL, admit_client_create(practitioner, &person, &client, &err));
  OK(admit_client_create(host, &person, &client, &err));
  open.client_id = query.client_id = admit_client_id(client);
  open.staff_id = admit_staff_id(seat);
  OK(admit_grant_give(host, &open, NULL, &err));
  admit_item_input kit = named("kit", "KIT-1");
  ANSWERS(ADMIT_NOT_APPROVED, NULL, admit_item_put(practitioner, &kit, NULL, &err));
  ANSWERS(ADMIT_NOT_APPROVED, NULL, admit_item_list(practitioner, &query, &page, &err));
  ANSWERS(ADMIT_NOT_APPROVED, NULL, admit_item_get_by_external_id(practitioner, "KIT-1", &item, &err));
  OK(admit_staff_approve(host, admit_staff_id(seat), 0, &err));
}

/* How many messages of a kind are claimed, and whether both sides are among their addresses. */
static size_t claimed(const char *kind) {
  admit_claim claim = ADMIT_CLAIM_INIT;
  admit_claimed_page *page = NULL;
  size_t found = 0;
  OK(admit_outbox_claim(store, &claim, &page, &err));
  for (size_t at = 0; at < admit_claimed_page_len(page); at++) {
    const admit_claimed *message = admit_claimed_page_at(page, at);
    OK(admit_outbox_handed_over(store, admit_claimed_message_id(message), admit_claimed_attempt(message), &err));
    if (!same(admit_claimed_kind(message), kind)) continue;
    CHECK(same(admit_claimed_to(message), "jun@example.org") || same(admit_claimed_to(message), "nora@lab.example.org"));
    CHECK(strstr(admit_claimed_facts_json(message), "\"external_id\":\"SAMPLE-1\"") != NULL);
    found++;
  }
  admit_claimed_page_free(page);
  return found;
}

static void both_hear_of_the_sample_at_once(void) {
  admit_item_query query = ADMIT_ITEM_QUERY_INIT;
  admit_item_page *page = NULL;
  admit_item *item = NULL;
  admit_item_input kit = named("kit", "KIT-1"), sample = named("sample", "SAMPLE-1"), wrong = named("Kit", "KIT-2");
  ANSWERS(ADMIT_INVALID, "kind", admit_item_put(practitioner, &wrong, &item, &err));
  OK(admit_item_put(practitioner, &kit, NULL, &err));
  CHECK(claimed("item_received") == 0);
  OK(admit_item_put(practitioner, &sample, &item, &err));
  CHECK(same(admit_item_kind(item), "sample") && admit_item_status(item) == NULL && admit_item_received_at(item) == 0);
  CHECK(same(admit_item_client_id(item), admit_client_id(client)) && admit_item_created_at(item) == now_ms);
  now_ms++;
  ANSWERS(ADMIT_INVALID, "status", admit_item_set_status(host, admit_item_id(item), "", NULL, &err));
  OK(admit_item_set_status(host, admit_item_id(item), "received", NULL, &err));
  CHECK(claimed("item_received") == 2);
  OK(admit_item_set_status(host, admit_item_id(item), "received", NULL, &err));
  CHECK(claimed("item_received") == 0);
  admit_item_free(item);
  now_ms++;
  sample.status = "ready";
  OK(admit_item_put(host, &sample, &item, &err));
  CHECK(claimed("item_ready") == 2);
  CHECK(admit_item_received_at(item) == now_ms - 1 && admit_item_ready_at(item) == now_ms);
  CHECK(admit_item_updated_at(item) == now_ms && same(admit_item_external_id(item), "SAMPLE-1"));
  admit_item_free(item);
  query.client_id = admit_client_id(client);
  query.limit = 1;
  OK(admit_item_list(practitioner, &query, &page, &err));
  CHECK(admit_item_page_len(page) == 1 && same(admit_item_kind(admit_item_page_at(page, 0)), "sample"));
  char after[256];
  snprintf(after, sizeof after, "%s", admit_item_page_next(page));
  admit_item_page_free(page);
  query.after = after;
  OK(admit_item_list(practitioner, &query, &page, &err));
  CHECK(same(admit_item_kind(admit_item_page_at(page, 0)), "kit") && admit_item_page_next(page) == NULL);
  admit_item_page_free(page);
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

static admit_plan *planned(void) {
  admit_deletion_input input = ADMIT_DELETION_INPUT_INIT;
  admit_plan *plan = NULL;
  input.client_id = admit_client_id(client);
  input.wanted = ADMIT_DELETION_WANTED_ERASE;
  OK(admit_deletion_plan(reasoned, &input, &plan, &err));
  return plan;
}

static void once_there_was_a_sample_nothing_is_deleted(void) {
  admit_item *item = NULL;
  install("return { deletion = function(request)\n"
          "  if request.ever.sample > 0 then return deny{ code = 'sample', text = 'There was a sample.' } end\n"
          "  return allow.erase()\n"
          "end }");
  admit_plan *plan = planned();
  CHECK(same(admit_plan_reason_code(plan, 0), "sample"));
  admit_plan_free(plan);
  OK(admit_item_get_by_external_id(practitioner, "SAMPLE-1", &item, &err));
  OK(admit_item_remove(practitioner, admit_item_id(item), &err));
  ANSWERS(ADMIT_NOT_FOUND, NULL, admit_item_remove(practitioner, admit_item_id(item), &err));
  admit_item_free(item);
  plan = planned();
  CHECK(same(admit_plan_reason_code(plan, 0), "sample") && admit_plan_reason_count(plan) == 1);
  admit_plan_free(plan);
}

static void what_is_left_goes_with_the_client(void) {
  admit_deletion_confirm_input confirm = ADMIT_DELETION_CONFIRM_INPUT_INIT;
  admit_confirmed *confirmed = NULL;
  admit_erase_order *order = NULL;
  install("return { deletion = function() return allow.erase() end }");
  admit_plan *plan = planned();
  confirm.token = admit_plan_token(plan);
  OK(admit_deletion_confirm(reasoned, &confirm, &confirmed, &err));
  OK(admit_erase_order_get(host, admit_confirmed_erase_order_id(confirmed), &order, &err));
  CHECK(admit_erase_order_item_count(order) == 1);
  CHECK(same(admit_erase_order_item_kind(order, 0), "kit") && same(admit_erase_order_item_external_id(order, 0), "KIT-1"));
  CHECK(admit_erase_order_item_kind(order, 1) == NULL && admit_erase_order_item_external_id(order, 1) == NULL);
  admit_erase_order_free(order);
  admit_confirmed_free(confirmed);
  admit_plan_free(plan);
}

int main(void) {
  open_all();
  nothing_is_done_before_approval();
  both_hear_of_the_sample_at_once();
  once_there_was_a_sample_nothing_is_deleted();
  what_is_left_goes_with_the_client();
  close_all();
  puts("items lived");
  return 0;
}
