/*
 * VSee Clinic: the clinic admin's capability to manage patients.
 *
 *   vsee FOLDER SCRIPT
 *
 * plays the article from top to bottom with scripts/vsee.lua, and prints what each screen shows.
 */
#include "screens.h"

static admit_store *store;
static admit_actor *host, *jessica; /* the product, and the clinic's admin */
static text_id clinic, room;

/* --- Creating a patient account ----------------------------------------------------------- */

static void open_clinic(void) {
  admit_practice_input practice = ADMIT_PRACTICE_INPUT_INIT;
  admit_room_input input = ADMIT_ROOM_INPUT_INIT;
  admit_room *made;
  admit_error *err = NULL;
  text_id seat;
  practice.name = "Jessica Laynes' Clinic";
  practice.support_email = "help@vsee.example.org";
  practice.locale = "en-US";
  practice.zone = "America/Los_Angeles";
  host = open_practice(store, &practice, clinic);
  jessica = open_seat(store, host, clinic, "Jessica", "Laynes", ADMIT_ROLE_ADMIN,
                      "jessica@clinic.example.org", seat);
  input.name = "Telehealth Lobby";
  input.external_id = "jessica";
  must(admit_room_create(jessica, &input, &made, &err), &err, "making a room");
  snprintf(room, sizeof room, "%s", admit_room_id(made));
  admit_room_free(made);
}

/* What the form sends: the required fields and all optional ones. */
static admit_client_input new_member(void) {
  admit_client_input form = ADMIT_CLIENT_INPUT_INIT;
  form.room_id = room;
  form.username = "jane.gomez";
  form.given_name = "Jane";
  form.family_name = "Gomez";
  form.email = "jane.gomez@me.example.org";
  form.birth_date = "1984-03-09";
  form.street = "1 Castro Street";
  form.city = "Mountain View";
  form.state = "CA";
  form.country = "US";
  form.phone = "+1 650 555 0142";
  form.physician_name = "Dr. Amy Chen";
  form.physician_phone = "+1 650 555 0100";
  form.zone = "America/Los_Angeles";
  return form;
}

static void create_member(text_id id) {
  admit_client_input form = new_member(), empty = ADMIT_CLIENT_INPUT_INIT;
  admit_practice_input setting = ADMIT_PRACTICE_INPUT_INIT;
  admit_client *client;
  admit_error *err = NULL;

  screen("Admin panel > Users > New Member", "F37 F38 F39 F40 F48");
  empty.room_id = room;
  refused(admit_client_create(jessica, &empty, &client, &err), ADMIT_INVALID, &err,
          "Create without a name");
  form.temporary_password = "lavender-otter-1984";
  refused(admit_client_create(jessica, &form, &client, &err), ADMIT_SWITCHED_OFF, &err,
          "a typed password where the clinic's setting is off");
  setting.fields = ADMIT_PRACTICE_STAFF_MAY_CHOOSE_PASSWORD;
  setting.staff_may_choose_password = 1;
  must(admit_practice_update(jessica, &setting, NULL, &err), &err, "the setting");
  form.temporary_password = "Jane";
  refused(admit_client_create(jessica, &form, &client, &err), ADMIT_PASSWORD_TOO_SHORT, &err,
          "a short password");
  form.temporary_password = "lavender-otter-1984";
  must(admit_client_create(jessica, &form, &client, &err), &err, "creating");
  snprintf(id, sizeof(text_id), "%s", admit_client_id(client));
  say("created %s", admit_client_name(client));
  admit_client_free(client);
  refused(admit_client_create(jessica, &form, &client, &err), ADMIT_NAME_TAKEN, &err,
          "the same user name again");
}

/* --- Editing and deactivating ------------------------------------------------------------- */

/* The pen icon: search, open, change. */
static void edit_member(const char *id) {
  admit_client_input change = ADMIT_CLIENT_INPUT_INIT;
  admit_person_page *found;
  admit_client *client;
  admit_error *err = NULL;

  screen("Users > search \"gom\" > Edit", "F49");
  must(admit_client_search(jessica, "gom", 0, &found, &err), &err, "searching");
  for (size_t at = 0; at < admit_person_page_len(found); at++)
    say("%s, %s", admit_person_name(admit_person_page_at(found, at)),
        or_dash(admit_person_email(admit_person_page_at(found, at))));
  admit_person_page_free(found);
  change.city = "Sunnyvale";
  must(admit_client_update(jessica, id, &change, &client, &err), &err, "editing");
  screen("Member detail > Profile", "F42 F43 F45 F46 F47 F50");
  say("name: %s %s", admit_client_given_name(client), admit_client_family_name(client));
  say("e-mail: %s, phone: %s", admit_client_email(client), admit_client_phone(client));
  say("date of birth: %s, time zone: %s", admit_client_birth_date(client),
      admit_client_zone(client));
  say("primary care physician: %s, %s", admit_client_physician_name(client),
      admit_client_physician_phone(client));
  admit_client_free(client);
}

/* The id of a member's login, from its row in the list. */
static void find_login(const char *client_id, text_id login_id) {
  admit_person_query query = ADMIT_PERSON_QUERY_INIT;
  admit_person_page *page;
  admit_error *err = NULL;
  login_id[0] = 0;
  query.kinds = ADMIT_PERSON_KIND_CLIENT;
  must(admit_person_list(jessica, &query, &page, &err), &err, "listing");
  for (size_t at = 0; at < admit_person_page_len(page); at++) {
    const admit_person *person = admit_person_page_at(page, at);
    if (strcmp(admit_person_id(person), client_id) == 0 && admit_person_login_id(person) != NULL)
      snprintf(login_id, sizeof(text_id), "%s", admit_person_login_id(person));
  }
  admit_person_page_free(page);
}

static void show_login_detail(const char *login_id) {
  admit_login *login;
  admit_error *err = NULL;
  must(admit_login_get(jessica, login_id, &login, &err), &err, "the login");
  say("user name: %s", or_dash(admit_login_username(login)));
  say("password: %s",
      admit_login_state(login) == ADMIT_LOGIN_STATE_NO_PASSWORD ? "none" : "********");
  say("e-mail: %s", or_dash(admit_login_email(login)));
  say("login: %s", login_word(admit_login_state(login)));
  admit_login_free(login);
}

static void sign_in_first(const char *login_id) {
  admit_actor *signed_in;
  admit_session *session;
  admit_error *err = NULL;
  screen("The patient signs in with the password that was set", "F41 F44");
  session = sign_in(store, clinic, "jane.gomez", "lavender-otter-1984");
  must(admit_actor_login(store, clinic, login_id, (uint32_t)admit_session_epoch(session),
                         &signed_in, &err), &err, "her session");
  must(admit_login_change_password(signed_in, "lavender-otter-1984", "twelve patient herons", NULL,
                                   &err), &err, "choosing a password");
  say("she has chosen a password of her own");
  admit_actor_free(signed_in);
  admit_session_free(session);
}

static void reset_from_panel(const char *login_id) {
  admit_error *err = NULL;
  text_id token;
  screen("Member detail > Other", "F51");
  show_login_detail(login_id);
  screen("Send Reset Password Email", "F52");
  must(admit_login_request_reset_for(jessica, login_id, &err), &err, "sending the reset");
  send_mails(store, "jane.gomez@me.example.org", 1, token);
  must(admit_login_reset(store, NULL, token, "nine quiet harbours", NULL, &err), &err,
       "choosing a password");
  refused(admit_login_reset(store, NULL, token, "ten loud harbours", NULL, &err), ADMIT_LINK_USED,
          &err, "the same link again");
  admit_session_free(sign_in(store, clinic, "jane.gomez@me.example.org", "nine quiet harbours"));
}

static void suspend(const char *id) {
  admit_error *err = NULL;
  screen("Status > Suspended > Save User Status", "F53 F54 F55");
  say("Cancel: nothing was sent to the library, so nothing changed");
  must(admit_client_set_status(jessica, id, ADMIT_CLIENT_STATUS_SUSPENDED, 0, NULL, &err), &err,
       "suspending");
  sign_in_refused(store, clinic, "jane.gomez", "nine quiet harbours", ADMIT_SIGN_IN_FAILED,
                  "she signs in while suspended");
  must(admit_client_set_status(jessica, id, ADMIT_CLIENT_STATUS_ACTIVE, 0, NULL, &err), &err,
       "reactivating");
  admit_session_free(sign_in(store, clinic, "jane.gomez", "nine quiet harbours"));
  send_mails(store, "", 0, NULL);
}

/* --- Deleting ----------------------------------------------------------------------------- */

/* Asks what would happen, prints it, and confirms it. The product counts what only it knows. */
static void delete_member(const char *id, admit_deletion_wanted wanted, uint32_t at_once,
                          text_id order_id) {
  static const char *const verdicts[] = {"-",     "deny",         "erase",
                                         "remove login", "leave", "schedule", "retain"};
  admit_host_fact fact = ADMIT_HOST_FACT_INIT;
  const admit_host_fact *const facts[] = {&fact};
  admit_deletion_input input = ADMIT_DELETION_INPUT_INIT;
  admit_deletion_confirm_input confirm = ADMIT_DELETION_CONFIRM_INPUT_INIT;
  admit_confirmed *confirmed;
  admit_plan *plan;
  admit_error *err = NULL;
  fact.kind = "at_once";
  fact.count = at_once;
  input.client_id = id;
  input.wanted = wanted;
  input.host_facts = facts;
  input.host_fact_count = 1;
  must(admit_deletion_plan(jessica, &input, &plan, &err), &err, "planning");
  say("would: %s; logins %d, messages %d, clients %d", verdicts[admit_plan_verdict(plan)],
      (int)admit_plan_would_go(plan, ADMIT_NOUN_LOGIN),
      (int)admit_plan_would_go(plan, ADMIT_NOUN_MESSAGE),
      (int)admit_plan_would_go(plan, ADMIT_NOUN_CLIENT));
  confirm.token = admit_plan_token(plan);
  confirm.host_facts = facts;
  confirm.host_fact_count = 1;
  must(admit_deletion_confirm(jessica, &confirm, &confirmed, &err), &err, "confirming");
  say("confirmed");
  if (order_id != NULL)
    snprintf(order_id, sizeof(text_id), "%s", or_dash(admit_confirmed_erase_order_id(confirmed)));
  refused(admit_deletion_confirm(jessica, &confirm, NULL, &err), ADMIT_ALREADY_ENDED, &err,
          "the same plan again");
  admit_confirmed_free(confirmed);
  admit_plan_free(plan);
}

static void pending_delete(const char *id) {
  admit_person_query query = ADMIT_PERSON_QUERY_INIT;
  admit_error *err = NULL;
  screen("Status > Pending delete > Save User Status", "F53 F54");
  delete_member(id, ADMIT_DELETION_WANTED_ERASE, 0, NULL);
  list_people(jessica, &query);
  send_mails(store, "", 1, NULL);
  must(admit_deletion_call_off(jessica, id, &err), &err, "calling it off");
  say("called off");
  send_mails(store, "", 0, NULL);
}

static void remove_login(const char *id) {
  admit_client *client;
  admit_error *err = NULL;
  screen("Disable And Remove Log In Detail", "F56");
  delete_member(id, ADMIT_DELETION_WANTED_REMOVE_LOGIN, 0, NULL);
  sign_in_refused(store, clinic, "jane.gomez", "nine quiet harbours", ADMIT_SIGN_IN_FAILED,
                  "she signs in after that");
  must(admit_client_get(jessica, id, &client, &err), &err, "the client");
  say("%s is still a patient, with her visits", admit_client_name(client));
  admit_client_free(client);
  send_mails(store, "", 0, NULL);
}

/* A password for a patient without one: made by the library and shown once. */
static void set_password(const char *id, text_id login_id) {
  admit_login_input input = ADMIT_LOGIN_INPUT_INIT;
  admit_session *session;
  admit_secret *password;
  admit_login *login;
  admit_error *err = NULL;
  screen("Users > Set password", "F61");
  input.client_id = id;
  input.username = "jane.gomez";
  input.email = "jane.gomez@me.example.org";
  must(admit_login_create(jessica, &input, &login, NULL, &err), &err, "a new log-in");
  snprintf(login_id, sizeof(text_id), "%s", admit_login_id(login));
  admit_login_free(login);
  must(admit_login_set_temporary_password(jessica, login_id, NULL, &password, &err), &err,
       "setting a password");
  say("shown once, good for 72 hours: %s", admit_secret_text(password));
  session = sign_in(store, clinic, "jane.gomez", admit_secret_text(password));
  admit_session_free(session);
  admit_secret_free(password);
  send_mails(store, "", 0, NULL);
}

static void delete_for_good(const char *id) {
  admit_certificate *certificate;
  admit_client *client;
  admit_error *err = NULL;
  text_id order_id;
  char at[32];
  screen("Users > Delete", "F57 F58");
  delete_member(id, ADMIT_DELETION_WANTED_ERASE, 1, order_id);
  say("the product now erases the visits that it holds, and says so");
  must(admit_deletion_done(host, order_id, &err), &err, "the product's half");
  must(admit_certificate_get(jessica, order_id, &certificate, &err), &err, "the certificate");
  say("certificate: deleted %s, by the product %s",
      moment(admit_certificate_deleted_at(certificate), at), "too");
  admit_certificate_free(certificate);
  refused(admit_client_get(jessica, id, &client, &err), ADMIT_NOT_FOUND, &err,
          "the member detail after that");
  send_mails(store, "", 1, NULL);
}

int main(int argc, char **argv) {
  admit_person_query everybody = ADMIT_PERSON_QUERY_INIT;
  text_id jane, login;
  if (argc != 3) {
    fprintf(stderr, "usage: vsee FOLDER SCRIPT\n");
    return 2;
  }
  store = open_product(argv[1], "VSee Clinic", argv[2]);
  open_clinic();
  create_member(jane);
  find_login(jane, login);
  edit_member(jane);
  sign_in_first(login);
  now += HOUR;
  reset_from_panel(login);
  screen("Users", "F59 F60 F62");
  list_people(jessica, &everybody);
  suspend(jane);
  pending_delete(jane);
  remove_login(jane);
  set_password(jane, login);
  delete_for_good(jane);

  admit_actor_free(jessica);
  admit_actor_free(host);
  if (admit_store_close(store) != ADMIT_OK) return 1;
  return 0;
}
