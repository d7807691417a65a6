/*
 * WellPrept: managing assistants' accounts.
 *
 *   wellprept FOLDER SCRIPT
 *
 * plays the article from top to bottom with scripts/wellprept.lua, and prints what each screen
 * shows. What assistants are for, which the article says first, is played once one is there.
 */
#include "screens.h"

#define PIAS_PASSWORD "five green umbrellas"
#define LEOS_PASSWORD "a drawer full of maps"

static admit_store *store;
static admit_actor *host, *nora; /* the product, and a practitioner */
static text_id practice_id, nora_id, ada;

/* --- The practitioner and her pages ------------------------------------------------------- */

static void open_wellprept(void) {
  admit_practice_input practice = ADMIT_PRACTICE_INPUT_INIT;
  admit_client_input form = ADMIT_CLIENT_INPUT_INIT;
  admit_client *client;
  admit_error *err = NULL;
  practice.name = "Weiss Family Medicine";
  practice.support_email = "help@wellprept.example.org";
  practice.locale = "en-US";
  practice.zone = "America/Chicago";
  host = open_practice(store, &practice, practice_id);
  nora = open_seat(store, host, practice_id, "Nora", "Weiss", ADMIT_ROLE_PRACTITIONER,
                   "nora@weiss.example.org", nora_id);
  form.given_name = "Ada";
  form.family_name = "Morales";
  form.email = "ada@example.org";
  form.locale = "es";
  must(admit_client_create(nora, &form, &client, &err), &err, "a patient");
  snprintf(ada, sizeof ada, "%s", admit_client_id(client));
  admit_client_free(client);
  put_item(nora, ada, "page", "migraine-basics", "made");
}

/* --- My Assistants ------------------------------------------------------------------------ */

static const char *request_word(const admit_delegation *row) {
  static const char *const words[] = {"-",       "Requested", "Onboarding", "Accepted",
                                      "Stopped", "Lapsed",    "Revoked"};
  return words[admit_delegation_state(row)];
}

/* The labels under Actions, as the state of a row lets them be. */
static const char *actions_of(const admit_delegation *row) {
  switch (admit_delegation_state(row)) {
    case ADMIT_DELEGATION_STATE_WAITING: return "Resend, Disable, trash";
    case ADMIT_DELEGATION_STATE_ENDED:
    case ADMIT_DELEGATION_STATE_LAPSED: return "trash";
    default: return "Disable, trash";
  }
}

static void my_assistants(void) {
  admit_delegation_page *page;
  admit_error *err = NULL;
  char last[32];
  must(admit_delegation_list(nora, NULL, &page, &err), &err, "My Assistants");
  printf("  %-14s %-20s %-12s %-12s %-17s %s\n", "Full Name", "Email", "Status", "Mail",
         "Last login", "Actions");
  for (size_t at = 0; at < admit_delegation_page_len(page); at++) {
    static const char *const mails[] = {"-",         "queued", "being sent", "sent",
                                        "delivered", "bounced", "failed"};
    const admit_delegation *row = admit_delegation_page_at(page, at);
    printf("  %-14s %-20s %-12s %-12s %-17s %s\n", or_dash(admit_delegation_assistant_name(row)),
           or_dash(admit_delegation_assistant_email(row)), request_word(row),
           mails[admit_delegation_delivery_state(row)],
           moment(admit_delegation_last_sign_in(row), last), actions_of(row));
  }
  if (admit_delegation_page_len(page) == 0) say("no assistants yet");
  admit_delegation_page_free(page);
}

/* Add Assistant. Writes the ids of the row and of the assistant's seat. */
static void add_assistant(const char *name, const char *email, text_id row_id, text_id seat_id) {
  admit_assistant_input form = ADMIT_ASSISTANT_INPUT_INIT;
  admit_delegation *row;
  admit_error *err = NULL;
  form.name = name;
  form.email = email;
  must(admit_assistant_invite(nora, &form, &row, &err), &err, "Add Assistant");
  say("%s: a request is on its way to %s", name, email);
  snprintf(row_id, sizeof(text_id), "%s", admit_delegation_id(row));
  snprintf(seat_id, sizeof(text_id), "%s", admit_delegation_assistant_id(row));
  admit_delegation_free(row);
}

static void add_pia(text_id row_id, text_id pia_id, text_id token) {
  admit_assistant_input form = ADMIT_ASSISTANT_INPUT_INIT;
  admit_error *err = NULL;
  screen("Menu > My Assistants", "F83");
  my_assistants();
  screen("My Assistants > Full Name, Email > Add Assistant", "F79 F84 F85");
  form.name = "Pia Holt";
  refused(admit_assistant_invite(nora, &form, NULL, &err), ADMIT_INVALID, &err, "without an email");
  form.name = NULL;
  form.email = "pia@example.org";
  refused(admit_assistant_invite(nora, &form, NULL, &err), ADMIT_INVALID, &err, "without a name");
  form.name = "Nora herself";
  form.email = "nora@weiss.example.org";
  refused(admit_assistant_invite(nora, &form, NULL, &err), ADMIT_INVALID, &err,
          "with a practitioner's email");
  add_assistant("Pia Holt", "pia@example.org", row_id, pia_id);
  my_assistants();
  send_mails(store, "pia@example.org", 1, token);
  screen("My Assistants, after the mail", "F85 F86");
  my_assistants();
}

/* Signs a seat's holder in: the seat in that session, as an actor; the caller frees it. */
static admit_actor *seat_session(const char *email, const char *password) {
  admit_session *session = sign_in(store, practice_id, email, password);
  admit_actor *actor;
  admit_error *err = NULL;
  must(admit_actor_staff(store, practice_id, admit_session_seat_staff_id(session, 0),
                         admit_session_epoch(session), &actor, &err), &err, "the session");
  admit_session_free(session);
  return actor;
}

/* The same assistant, as the practitioner's; the caller frees it. */
static admit_actor *for_nora(admit_actor *assistant) {
  admit_actor *acting;
  admit_error *err = NULL;
  must(admit_actor_on_behalf_of(assistant, nora_id, &acting, &err), &err, "on her behalf");
  return acting;
}

/* Answers with the assistant's session. */
static admit_actor *onboard_pia(const char *pia_id, const char *token) {
  admit_accept_input answer = ADMIT_ACCEPT_INPUT_INIT;
  admit_actor *pia, *acting;
  admit_error *err = NULL;
  screen("Pia accepts: not Accepted before she is onboarded", "F86 F87");
  now += HOUR;
  answer.token = token;
  answer.password = "pia";
  refused(admit_invitation_accept(store, NULL, &answer, NULL, &err), ADMIT_PASSWORD_TOO_SHORT,
          &err, "a short password");
  accept(store, token, PIAS_PASSWORD);
  pia = seat_session("pia@example.org", PIAS_PASSWORD);
  acting = for_nora(pia);
  my_assistants();
  items_refused(acting, ada, ADMIT_DELEGATION_MISSING, "she opens a patient's pages already");
  send_mails(store, "", 1, NULL);
  screen("She completes the onboarding", "F87");
  must(admit_staff_mark_onboarded(pia, pia_id, &err), &err, "onboarding");
  my_assistants();
  admit_actor_free(acting);
  return pia;
}

/* --- What an assistant does --------------------------------------------------------------- */

static void show_dashboard(admit_actor *own, admit_actor *acting) {
  admit_person_query query = ADMIT_PERSON_QUERY_INIT;
  screen("Pia's own dashboard", "F81");
  query.kinds = ADMIT_PERSON_KIND_CLIENT;
  say("for herself:");
  list_people(own, &query);
  say("for Nora Weiss:");
  list_people(acting, &query);
  button(acting, "Share a page", "item.put", ADMIT_NOUN_CLIENT, ada);
  button(acting, "Send a message", "notice.post", ADMIT_NOUN_CLIENT, ada);
  button(acting, "Add Assistant", "assistant.invite", ADMIT_NOUN_NONE, NULL);
  button(acting, "Delete the patient", "deletion.plan", ADMIT_NOUN_CLIENT, ada);
}

static admit_status send_message(admit_actor *actor, const char *text, admit_error **err) {
  admit_notice_fact fact = ADMIT_NOTICE_FACT_INIT;
  const admit_notice_fact *const facts[] = {&fact};
  admit_notice_input notice = ADMIT_NOTICE_INPUT_INIT;
  fact.name = "text";
  fact.text = text;
  notice.kind = "x_before_visit";
  notice.client_id = ada;
  notice.facts = facts;
  notice.fact_count = 1;
  return admit_notice_post(actor, &notice, NULL, err);
}

/* The name of a seat, as the practice's trail shows it; `text` holds it. */
static const char *seat_name(const char *id, char text[64]) {
  admit_staff *staff;
  admit_error *err = NULL;
  if (id == NULL) return "-";
  must(admit_staff_get(host, id, &staff, &err), &err, "a seat");
  snprintf(text, 64, "%s", admit_staff_name(staff));
  admit_staff_free(staff);
  return text;
}

/* The latest entries by a seat, newest first, with whom it acted for. */
static void show_trail(const char *staff_id, uint32_t limit) {
  admit_event_query query = ADMIT_EVENT_QUERY_INIT;
  admit_event_page *page;
  admit_error *err = NULL;
  char at_text[32], who[64], whom[64];
  query.staff_id = staff_id;
  query.limit = limit;
  must(admit_event_list(host, &query, &page, &err), &err, "the audit trail");
  printf("  %-17s %-22s %-14s %-14s %s\n", "at", "what", "who", "on behalf of", "refusal");
  for (size_t at = 0; at < admit_event_page_len(page); at++) {
    const admit_event *event = admit_event_page_at(page, at);
    printf("  %-17s %-22s %-14s %-14s %s\n", moment(admit_event_at(event), at_text),
           admit_event_happening(event), seat_name(admit_event_actor_id(event), who),
           seat_name(admit_event_on_behalf_of(event), whom), or_dash(admit_event_refusal(event)));
  }
  admit_event_page_free(page);
}

static void assist(admit_actor *pia, admit_actor *acting, const char *pia_id) {
  admit_error *err = NULL;
  show_dashboard(pia, acting);
  screen("Pia shares a page before the visit", "F80");
  items_refused(pia, ada, ADMIT_NOT_PERMITTED, "as herself, without acting for Nora");
  put_item(acting, ada, "page", "migraine-diary", "shared");
  list_items(nora, ada);
  screen("Pia sends a message on Nora's behalf", "F82");
  refused(send_message(pia, "Please bring your diary.", &err), ADMIT_NOT_PERMITTED, &err,
          "as herself");
  must(send_message(acting, "Por favor, traiga su diario de migra\xc3\xb1" "as.", &err), &err,
       "a message");
  send_mails(store, "", 1, NULL);
  screen("The practice's trail names both", "F82");
  show_trail(pia_id, 3);
}

/* --- The request did not arrive ----------------------------------------------------------- */

static admit_status resend(const char *seat_id, admit_error **err) {
  admit_invitation_input input = ADMIT_INVITATION_INPUT_INIT;
  input.staff_id = seat_id;
  input.channel = ADMIT_CHANNEL_EMAIL;
  return admit_invitation_send(nora, &input, NULL, err);
}

static void resend_to_leo(const char *pia_id, text_id row_id, text_id leo_id, text_id token) {
  admit_error *err = NULL;
  text_id first;
  screen("My Assistants > Resend", "F88");
  add_assistant("Leo Brandt", "leo@example.org", row_id, leo_id);
  send_mails(store, "leo@example.org", 0, first);
  now += DAY;
  must(resend(leo_id, &err), &err, "Resend");
  send_mails(store, "leo@example.org", 1, token);
  my_assistants();
  {
    admit_accept_input answer = ADMIT_ACCEPT_INPUT_INIT;
    answer.token = first;
    answer.password = LEOS_PASSWORD;
    refused(admit_invitation_accept(store, NULL, &answer, NULL, &err), ADMIT_LINK_SUPERSEDED, &err,
            "Leo finds the first mail after all");
  }
  refused(resend(pia_id, &err), ADMIT_STATUS_NOT_ALLOWED, &err, "Resend to Pia, who accepted");
}

/* --- Revoking ----------------------------------------------------------------------------- */

static void disable_pia(admit_actor *acting, const char *row_id) {
  admit_error *err = NULL;
  screen("My Assistants > Disable", "F89");
  refused(admit_delegation_clear(nora, row_id, &err), ADMIT_STATUS_NOT_ALLOWED, &err,
          "cleaning the list of one who still assists");
  must(admit_delegation_end(nora, row_id, &err), &err, "Disable");
  items_refused(acting, ada, ADMIT_DELEGATION_MISSING, "Pia opens a patient's pages");
  refused(send_message(acting, "One more thing.", &err), ADMIT_DELEGATION_MISSING, &err,
          "Pia sends a message");
  refused(admit_delegation_end(nora, row_id, &err), ADMIT_ALREADY_ENDED, &err, "Disable again");
  send_mails(store, "", 1, NULL);
  screen("My Assistants: the row stays", "F90");
  my_assistants();
  screen("My Assistants > trash: the list is cleaned", "F91");
  must(admit_delegation_clear(nora, row_id, &err), &err, "the trash icon");
  my_assistants();
  refused(admit_delegation_clear(nora, row_id, &err), ADMIT_ALREADY_ENDED, &err, "once more");
}

/* --- Deleting ----------------------------------------------------------------------------- */

static admit_actor *leo_begins(const char *leo_id, const char *token) {
  admit_actor *leo;
  admit_error *err = NULL;
  screen("Leo accepts and assists", "F87 F95");
  accept(store, token, LEOS_PASSWORD);
  leo = seat_session("leo@example.org", LEOS_PASSWORD);
  must(admit_staff_mark_onboarded(leo, leo_id, &err), &err, "onboarding");
  my_assistants();
  send_mails(store, "", 0, NULL);
  return leo;
}

/* The trash icon of one who still assists: the popup, and Remove. */
static void remove_leo(const char *leo_id, const char *row_id) {
  admit_deletion_input input = ADMIT_DELETION_INPUT_INIT;
  admit_deletion_confirm_input confirm = ADMIT_DELETION_CONFIRM_INPUT_INIT;
  admit_plan *plan;
  admit_error *err = NULL;
  screen("My Assistants > trash: the popup", "F92 F93");
  input.staff_id = leo_id;
  input.wanted = ADMIT_DELETION_WANTED_LEAVE;
  must(admit_deletion_plan(nora, &input, &plan, &err), &err, "the popup");
  say("\"Remove Leo Brandt for good? He will open none of your pages any more.\"");
  say("would end: seats %d, delegations %d", (int)admit_plan_would_go(plan, ADMIT_NOUN_STAFF),
      (int)admit_plan_would_go(plan, ADMIT_NOUN_DELEGATION));
  say("[Cancel] [Remove]");
  say("Cancel: nothing was sent to the library, so nothing changed");
  my_assistants();
  screen("The popup > Remove", "F92");
  confirm.token = admit_plan_token(plan);
  must(admit_deletion_confirm(nora, &confirm, NULL, &err), &err, "Remove");
  must(admit_delegation_clear(nora, row_id, &err), &err, "off the list");
  my_assistants();
  send_mails(store, "", 1, NULL);
  screen("It is final", "F94");
  refused(admit_deletion_confirm(nora, &confirm, NULL, &err), ADMIT_ALREADY_ENDED, &err,
          "Remove again");
  refused(admit_staff_reactivate(host, leo_id, 0, &err), ADMIT_STATUS_NOT_ALLOWED, &err,
          "the product reactivates the seat");
  refused(resend(leo_id, &err), ADMIT_NOT_PERMITTED, &err, "Resend to the deleted assistant");
  admit_plan_free(plan);
}

static void leo_is_out(admit_actor *leo, admit_actor *acting) {
  admit_person_query query = ADMIT_PERSON_QUERY_INIT;
  admit_person_page *page;
  admit_error *err = NULL;
  screen("Leo opens the condition pages", "F95");
  items_refused(acting, ada, ADMIT_ACTOR_SUSPENDED, "a patient's page, for Nora");
  items_refused(leo, ada, ADMIT_ACTOR_SUSPENDED, "a patient's page, as himself");
  refused(admit_person_list(leo, &query, &page, &err), ADMIT_ACTOR_SUSPENDED, &err, "his dashboard");
  sign_in_refused(store, practice_id, "leo@example.org", LEOS_PASSWORD, ADMIT_SIGN_IN_FAILED,
                  "he signs in again");
}

static void ask_leo_again(void) {
  admit_actor *leo, *acting;
  admit_error *err = NULL;
  text_id row_id, leo_id, token;
  screen("Only a new request brings him back", "F96");
  add_assistant("Leo Brandt", "leo@example.org", row_id, leo_id);
  my_assistants();
  send_mails(store, "leo@example.org", 1, token);
  accept(store, token, "another drawer of maps");
  leo = seat_session("leo@example.org", "another drawer of maps");
  must(admit_staff_mark_onboarded(leo, leo_id, &err), &err, "onboarding");
  acting = for_nora(leo);
  my_assistants();
  list_items(acting, ada);
  send_mails(store, "", 0, NULL);
  admit_actor_free(acting);
  admit_actor_free(leo);
}

int main(int argc, char **argv) {
  admit_actor *pia, *leo, *acting;
  text_id pias_row, pia_id, leos_row, leo_id, token;
  if (argc != 3) {
    fprintf(stderr, "usage: wellprept FOLDER SCRIPT\n");
    return 2;
  }
  store = open_product(argv[1], "WellPrept", argv[2]);
  open_wellprept();
  add_pia(pias_row, pia_id, token);
  pia = onboard_pia(pia_id, token);
  acting = for_nora(pia);
  assist(pia, acting, pia_id);
  resend_to_leo(pia_id, leos_row, leo_id, token);
  disable_pia(acting, pias_row);
  screen("The trail names both in what was refused", "F89");
  show_trail(pia_id, 2);
  admit_actor_free(acting);
  admit_actor_free(pia);
  now += HOUR;
  leo = leo_begins(leo_id, token);
  acting = for_nora(leo);
  list_items(acting, ada);
  remove_leo(leo_id, leos_row);
  leo_is_out(leo, acting);
  ask_leo_again();

  admit_actor_free(acting);
  admit_actor_free(leo);
  admit_actor_free(nora);
  admit_actor_free(host);
  if (admit_store_close(store) != ADMIT_OK) return 1;
  return 0;
}
