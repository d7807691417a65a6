/* A deletion's whole life: planned, denied, put off, called off, held, done here and at the host. */
#include "life.h"

static void open_all(void) {
  admit_practice_input input = ADMIT_PRACTICE_INPUT_INIT;
  begin_life("deletion.admit", &input);
}

/* A policy that denies while the host still counts something, and else has this verdict. */
static void install(const char *verdict) {
  char lua[512];
  admit_script script = ADMIT_SCRIPT_INIT;
  admit_script_set_input input = ADMIT_SCRIPT_SET_INPUT_INIT;
  const admit_script *const scripts[] = {&script};
  snprintf(lua, sizeof lua,
           "return { deletion = function(request)\n"
           "  for kind, count in pairs(request.host) do\n"
           "    if count > 0 then return deny{ code = 'host_left', text = 'Still there: ' .. kind } end\n"
           "  end\n"
           "  return %s\n"
           "end }", verdict);
  script.name = "policy.lua";
  script.lua = lua;
  input.scripts = scripts;
  input.script_count = 1;
  OK(admit_script_install(store, &input, NULL, &err));
}

static admit_plan *planned(const admit_client *client, uint32_t open_orders) {
  admit_deletion_input input = ADMIT_DELETION_INPUT_INIT;
  admit_host_fact fact = ADMIT_HOST_FACT_INIT;
  const admit_host_fact *const facts[] = {&fact};
  admit_plan *plan = NULL;
  fact.kind = "open_orders";
  fact.count = open_orders;
  input.client_id = admit_client_id(client);
  input.wanted = ADMIT_DELETION_WANTED_ERASE;
  input.host_facts = facts;
  input.host_fact_count = 1;
  OK(admit_deletion_plan(reasoned, &input, &plan, &err));
  return plan;
}

/* Confirms a plan, for which the host counts anew. */
static admit_confirmed *confirm(int status, const admit_plan *plan, uint32_t open_orders) {
  admit_deletion_confirm_input input = ADMIT_DELETION_CONFIRM_INPUT_INIT;
  admit_host_fact fact = ADMIT_HOST_FACT_INIT;
  const admit_host_fact *const facts[] = {&fact};
  admit_confirmed *confirmed = NULL;
  fact.kind = "open_orders";
  fact.count = open_orders;
  input.token = admit_plan_token(plan);
  input.host_facts = facts;
  input.host_fact_count = 1;
  ANSWERS(status, NULL, admit_deletion_confirm(reasoned, &input, &confirmed, &err));
  return confirmed;
}

static void a_no_gives_its_reasons(const admit_client *client) {
  admit_plan *plan = planned(client, 0);
  CHECK(admit_plan_verdict(plan) == ADMIT_DELETION_VERDICT_DENY);
  CHECK(same(admit_plan_reason_code(plan, 0), "no_policy"));
  admit_plan_free(plan);
  install("allow.erase()");
  plan = planned(client, 2);
  CHECK(admit_plan_reason_count(plan) == 1 && admit_plan_reason_code(plan, 1) == NULL);
  CHECK(same(admit_plan_reason_code(plan, 0), "host_left"));
  CHECK(same(admit_plan_reason_text(plan, 0), "Still there: open_orders"));
  CHECK(same(admit_plan_version(plan), "product-1"));
  CHECK(strstr(admit_plan_json(plan), admit_plan_token(plan)) == NULL);
  CHECK(confirm(ADMIT_POLICY_DENIED, plan, 2) == NULL);
  CHECK(confirm(ADMIT_PLAN_CHANGED, plan, 1) == NULL);
  admit_plan_free(plan);
}

static void a_deletion_waits_and_is_called_off(const admit_client *client) {
  install("allow.schedule{ days = 2 }");
  admit_plan *plan = planned(client, 0);
  CHECK(admit_plan_days(plan) == 2 && admit_plan_would_go(plan, ADMIT_NOUN_CLIENT) == 1);
  admit_confirmed *confirmed = confirm(ADMIT_OK, plan, 0);
  CHECK(admit_confirmed_verdict(confirmed) == ADMIT_DELETION_VERDICT_SCHEDULE);
  CHECK(admit_confirmed_until(confirmed) == now_ms + 2 * 86400000LL);
  CHECK(admit_confirmed_erase_order_id(confirmed) == NULL);
  CHECK(confirm(ADMIT_ALREADY_ENDED, plan, 0) == NULL);
  OK(admit_deletion_call_off(host, admit_client_id(client), &err));
  ANSWERS(ADMIT_STATUS_NOT_ALLOWED, NULL, admit_deletion_call_off(host, admit_client_id(client), &err));
  admit_confirmed_free(confirmed);
  admit_plan_free(plan);
}

static void a_hold_keeps_the_client(const admit_client *client) {
  admit_hold_input input = ADMIT_HOLD_INPUT_INIT;
  admit_hold *hold = NULL;
  admit_hold_page *page = NULL;
  install("retain{ ground = 'minor' }");
  admit_plan *plan = planned(client, 0);
  CHECK(admit_plan_verdict(plan) == ADMIT_DELETION_VERDICT_RETAIN);
  CHECK(same(admit_plan_ground(plan), "minor"));
  CHECK(confirm(ADMIT_HELD, plan, 0) == NULL);
  input.client_id = admit_client_id(client);
  input.ground = "legal dispute";
  ANSWERS(ADMIT_INVALID, "ground", admit_hold_place(reasoned, &input, &hold, &err));
  input.ground = "legal_dispute";
  ANSWERS(ADMIT_REASON_REQUIRED, NULL, admit_hold_place(host, &input, &hold, &err));
  now_ms++;
  OK(admit_hold_place(reasoned, &input, &hold, &err));
  CHECK(same(admit_hold_ground(hold), "legal_dispute") && admit_hold_note(hold) == NULL);
  admit_hold_free(hold);
  admit_plan_free(plan);
  install("allow.erase()");
  plan = planned(client, 0);
  CHECK(same(admit_plan_reason_code(plan, 0), "hold") && admit_plan_reason_count(plan) == 2);
  admit_plan_free(plan);
  OK(admit_hold_list(host, admit_client_id(client), &page, &err));
  CHECK(admit_hold_page_len(page) == 2 && same(admit_hold_ground(admit_hold_page_at(page, 0)), "minor"));
  for (size_t at = 0; at < admit_hold_page_len(page); at++)
    OK(admit_hold_lift(reasoned, admit_hold_id(admit_hold_page_at(page, at)), &err));
  admit_hold_page_free(page);
}

static void both_halves_go(const admit_client *client) {
  admit_erase_order *order = NULL;
  admit_erase_order_page *page = NULL;
  admit_certificate *certificate = NULL;
  admit_plan *plan = planned(client, 0);
  admit_confirmed *confirmed = confirm(ADMIT_OK, plan, 0);
  const char *id = admit_confirmed_erase_order_id(confirmed);
  admit_client *gone = NULL;
  ANSWERS(ADMIT_NOT_FOUND, NULL, admit_client_get(host, admit_client_id(client), &gone, &err));
  OK(admit_erase_order_get(host, id, &order, &err));
  CHECK(same(admit_erase_order_external_id(order), "EXT-1"));
  CHECK(admit_erase_order_state(order) == ADMIT_ERASE_ORDER_STATE_HOST_PENDING);
  CHECK(same(admit_erase_order_client_id(order), admit_client_id(client)));
  admit_erase_order_free(order);
  OK(admit_certificate_get(host, id, &certificate, &err));
  CHECK(admit_certificate_deleted_at(certificate) == now_ms);
  CHECK(admit_certificate_host_deleted_at(certificate) == 0);
  CHECK(admit_certificate_gone(certificate, ADMIT_NOUN_CLIENT) == 1);
  CHECK(admit_certificate_gone(certificate, ADMIT_NOUN_HOLD) == 2);
  CHECK(strstr(admit_certificate_json(certificate), "\"deleted\":{\"here\":true,\"host\":false}") != NULL);
  admit_certificate_free(certificate);
  now_ms++;
  OK(admit_deletion_done(host, id, &err));
  ANSWERS(ADMIT_ALREADY_ENDED, NULL, admit_deletion_done(host, id, &err));
  OK(admit_certificate_get(host, id, &certificate, &err));
  CHECK(admit_certificate_host_deleted_at(certificate) == now_ms);
  CHECK(admit_certificate_scrubbed_at(certificate) == 0);
  admit_certificate_free(certificate);
  OK(admit_erase_order_list(host, ADMIT_ERASE_ORDER_STATE_HOST_PENDING, NULL, 0, &page, &err));
  CHECK(admit_erase_order_page_len(page) == 0);
  admit_erase_order_page_free(page);
  OK(admit_erase_order_list(host, 0, NULL, 0, &page, &err));
  CHECK(admit_erase_order_page_len(page) == 1);
  CHECK(admit_erase_order_external_id(admit_erase_order_page_at(page, 0)) == NULL);
  admit_erase_order_page_free(page);
  admit_confirmed_free(confirmed);
  admit_plan_free(plan);
}

int main(void) {
  admit_client_input input = ADMIT_CLIENT_INPUT_INIT;
  admit_client *client = NULL;
  open_all();
  input.name = "Yuna Park";
  input.external_id = "EXT-1";
  OK(admit_client_create(host, &input, &client, &err));
  a_no_gives_its_reasons(client);
  a_deletion_waits_and_is_called_off(client);
  a_hold_keeps_the_client(client);
  both_halves_go(client);
  admit_client_free(client);
  end_life();
  puts("a deletion lived");
  return 0;
}
