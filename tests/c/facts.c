/* Facts of the chart that acceptance must bring beside the link: by digest, and confirmed by the
   host; wrong ones are counted, whichever they are, and the fifth revokes the link. */
#include "holds.h"

static const char password[] = "a horse and a battery of staples";
static const char address[] = "https://portal.example.org/";
static admit_store *store;
static admit_practice *practice;
static admit_actor *host;
static int asked, destroyed;

static int64_t now(void *user_data) {
  (void)user_data;
  return 1767323045000;
}

static int32_t confirms(void *user_data, const char *invitation_id, const char *birth_date, const char *postcode,
                        const char *record_number) {
  CHECK(user_data == &asked && strlen(invitation_id) == 36);
  CHECK(same(birth_date, "1980-02-03") && postcode == NULL);
  asked++;
  return same(record_number, "mrn-42");
}

static void goodbye(void *user_data) {
  CHECK(user_data == &asked);
  destroyed++;
}

static void open_all(void) {
  static const uint8_t key[32] = {7};
  static const char *const origins[] = {"https://portal.example.org"};
  admit_open_options options = ADMIT_OPEN_OPTIONS_INIT;
  admit_practice_input input = ADMIT_PRACTICE_INPUT_INIT;
  options.flags = ADMIT_OPEN_CREATE | ADMIT_OPEN_TEST;
  options.clock = now;
  options.test_seed = 7;
  options.link_origins = origins;
  options.link_origin_count = 1;
  options.fact_check = confirms;
  options.fact_check_data = &asked;
  options.fact_check_destroy = goodbye;
  OK(admit_store_open("facts.admit", key, sizeof key, &options, &store, &err));
  input.name = "Cedar Clinic";
  input.invitation_link = "https://portal.example.org/{token}";
  OK(admit_practice_create(store, &input, &practice, &err));
  OK(admit_actor_host(store, admit_practice_id(practice), &host, &err));
}

/* Sends what is asked, and reads the token off the message. */
static admit_invitation *sent(admit_invitation_input *input, char *token, size_t size) {
  admit_invitation *invitation = NULL;
  admit_claim claim = ADMIT_CLAIM_INIT;
  admit_claimed_page *page = NULL;
  input->channel = ADMIT_CHANNEL_EMAIL;
  OK(admit_invitation_send(host, input, &invitation, &err));
  OK(admit_outbox_claim(store, &claim, &page, &err));
  CHECK(admit_claimed_page_len(page) == 1);
  const char *link = strstr(admit_claimed_text(admit_claimed_page_at(page, 0)), address);
  CHECK(link != NULL);
  snprintf(token, size, "%.*s", (int)strcspn(link + strlen(address), " \r\n"), link + strlen(address));
  admit_claimed_page_free(page);
  return invitation;
}

static uint32_t wrong_answers(const admit_invitation *invitation) {
  admit_invitation *now_there = NULL;
  OK(admit_invitation_get(host, admit_invitation_id(invitation), &now_there, &err));
  uint32_t wrong = admit_invitation_wrong_answers(now_there);
  admit_invitation_free(now_there);
  return wrong;
}

static void five_wrong_answers_revoke_the_link(void) {
  char token[128];
  admit_invitation_input input = ADMIT_INVITATION_INPUT_INIT;
  admit_accept_input accept = ADMIT_ACCEPT_INPUT_INIT;
  admit_inspection *inspection = NULL;
  admit_acceptance *acceptance = NULL;
  input.name = "Uma Reyes";
  input.email = "uma@example.org";
  input.fact_birth_date = "1980-02";
  ANSWERS(ADMIT_INVALID, "fact_birth_date", admit_invitation_send(host, &input, NULL, &err));
  input.fact_birth_date = "1980-02-03";
  input.fact_postcode = "sw1a 1aa";
  input.facts_of_host = ADMIT_FACT_POSTCODE;
  ANSWERS(ADMIT_INVALID, "facts_of_host", admit_invitation_send(host, &input, NULL, &err));
  input.facts_of_host = 8;
  ANSWERS(ADMIT_UNSUPPORTED, NULL, admit_invitation_send(host, &input, NULL, &err));
  input.facts_of_host = 0;
  admit_invitation *invitation = sent(&input, token, sizeof token);
  CHECK(admit_invitation_facts(invitation) == (ADMIT_FACT_BIRTH_DATE | ADMIT_FACT_POSTCODE));
  OK(admit_invitation_inspect(store, NULL, token, &inspection, &err));
  CHECK(admit_inspection_facts(inspection) == (ADMIT_FACT_BIRTH_DATE | ADMIT_FACT_POSTCODE));
  CHECK(strstr(admit_inspection_json(inspection), "SW1A") == NULL);
  admit_inspection_free(inspection);
  accept.token = token;
  accept.password = password;
  ANSWERS(ADMIT_INVALID, "birth_date", admit_invitation_accept(store, NULL, &accept, NULL, &err));
  accept.birth_date = "1980-02-04";
  accept.postcode = "SW1A1AA";
  for (uint32_t at = 1; at <= 5; at++) {
    ANSWERS(ADMIT_FACTS_DO_NOT_MATCH, NULL, admit_invitation_accept(store, NULL, &accept, NULL, &err));
    CHECK(wrong_answers(invitation) == at);
  }
  accept.birth_date = "1980-02-03";
  ANSWERS(ADMIT_LINK_REVOKED, NULL, admit_invitation_accept(store, NULL, &accept, NULL, &err));
  admit_invitation_free(invitation);
  invitation = sent(&input, token, sizeof token);
  CHECK(wrong_answers(invitation) == 0);
  OK(admit_invitation_accept(store, NULL, &accept, &acceptance, &err));
  admit_acceptance_free(acceptance);
  admit_invitation_free(invitation);
}

static void the_host_confirms(void) {
  char token[128];
  admit_invitation_input input = ADMIT_INVITATION_INPUT_INIT;
  admit_accept_input accept = ADMIT_ACCEPT_INPUT_INIT;
  input.name = "Ivo Lang";
  input.email = "ivo@example.org";
  input.facts_of_host = ADMIT_FACT_BIRTH_DATE | ADMIT_FACT_RECORD_NUMBER;
  admit_invitation *invitation = sent(&input, token, sizeof token);
  accept.token = token;
  accept.password = password;
  accept.birth_date = "1980-02-03";
  accept.record_number = "MRN-7";
  CHECK(asked == 0);
  ANSWERS(ADMIT_FACTS_DO_NOT_MATCH, NULL, admit_invitation_accept(store, NULL, &accept, NULL, &err));
  accept.record_number = "MRN-42";
  OK(admit_invitation_accept(store, NULL, &accept, NULL, &err));
  CHECK(asked == 2 && wrong_answers(invitation) == 1);
  admit_invitation_free(invitation);
}

int main(void) {
  open_all();
  five_wrong_answers_revoke_the_link();
  the_host_confirms();
  CHECK(admit_actor_free(host) == ADMIT_OK && destroyed == 0);
  admit_practice_free(practice);
  CHECK(admit_store_close(store) == ADMIT_OK && destroyed == 1);
  puts("facts were checked");
  return 0;
}
