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

/* --- The list of users -------------------------------------------------------------------- */

/* What the actions of a row are, as far as this admin may. */
static void show_actions(const admit_person *person) {
  static const struct {
    const char *button, *action;
    admit_noun noun;
  } buttons[] = {{"Edit", "client.update", ADMIT_NOUN_CLIENT},
                 {"Delete", "deletion.plan", ADMIT_NOUN_CLIENT},
                 {"Set password", "login.set_temporary_password", ADMIT_NOUN_LOGIN}};
  for (size_t at = 0; at < sizeof buttons / sizeof *buttons; at++) {
    const char *id = buttons[at].noun == ADMIT_NOUN_LOGIN ? admit_person_login_id(person)
                                                          : admit_person_id(person);
    admit_error *err = NULL;
    if (admit_person_kind(person) == ADMIT_PERSON_CLIENT && id != NULL &&
        admit_actor_can(jessica, buttons[at].action, buttons[at].noun, id, &err) == ADMIT_OK)
      printf("[%s]", buttons[at].button);
    admit_error_free(err);
  }
}

/* Writes the rooms of a person, each with the link that leads there. */
static const char *rooms_of(const admit_person *person, char *text, size_t size) {
  size_t length = 0;
  text[0] = 0;
  for (size_t at = 0; at < admit_person_room_count(person) && length < size; at++) {
    admit_room *found;
    admit_error *err = NULL;
    must(admit_room_get(jessica, admit_person_room_id(person, at), &found, &err), &err, "a room");
    length += (size_t)snprintf(text + length, size - length, "%s%s, link %s", at == 0 ? "" : "; ",
                               admit_room_name(found), or_dash(admit_room_external_id(found)));
    admit_room_free(found);
  }
  return text;
}

/* The list of the article: last login, user, room, action, and all that a row shows below. */
static void list_users(void) {
  static const char *const types[] = {"Member", "Admin", "Provider", "Assistant", "Member"};
  admit_person_page *page;
  admit_error *err = NULL;
  char last[32], since[32], rooms[256];
  must(admit_person_list(jessica, NULL, &page, &err), &err, "listing");
  printf("  %-17s %-16s %-32s %s\n", "last login", "user", "room", "action");
  for (size_t at = 0; at < admit_person_page_len(page); at++) {
    const admit_person *person = admit_person_page_at(page, at);
    admit_login *login = NULL;
    if (admit_person_login_id(person) != NULL)
      must(admit_login_get(jessica, admit_person_login_id(person), &login, &err), &err, "a login");
    printf("  %-17s ", moment(admit_person_last_sign_in(person), last));
    column(admit_person_name(person), 16);
    column(rooms_of(person, rooms, sizeof rooms), 32);
    show_actions(person);
    printf("\n    type: %s%s, status: %s, user name: %s, e-mail: %s, VSee ID: %s, sign up: %s\n",
           types[admit_person_role(person)],
           admit_person_stage(person) == ADMIT_CLIENT_STAGE_GUEST ? " (guest)" : "",
           status_word(admit_person_status(person)),
           login == NULL ? "-" : or_dash(admit_login_username(login)),
           or_dash(admit_person_email(person)), or_dash(admit_person_external_id(person)),
           moment(admit_person_created_at(person), since));
    admit_login_free(login);
  }
  say("%d in all", (int)admit_person_page_total(page));
  admit_person_page_free(page);
}

/* --- Guests, and those who sign up -------------------------------------------------------- */

/* A patient's browser, which nobody knows yet. */
static admit_actor *open_browser(void) {
  admit_source source = ADMIT_SOURCE_INIT;
  admit_actor *nobody, *browser;
  admit_error *err = NULL;
  source.address = "192.0.2.7";
  must(admit_actor_visitor(store, clinic, &nobody, &err), &err, "a visitor");
  must(admit_actor_source(nobody, &source, &browser, &err), &err, "the source");
  admit_actor_free(nobody);
  return browser;
}

static void set_workflow(int32_t guests, int32_t registration) {
  admit_practice_input setting = ADMIT_PRACTICE_INPUT_INIT;
  admit_error *err = NULL;
  setting.fields = ADMIT_PRACTICE_GUESTS | ADMIT_PRACTICE_REGISTRATION;
  setting.guests = guests;
  setting.registration = registration;
  must(admit_practice_update(jessica, &setting, NULL, &err), &err, "the clinic's workflow");
}

static void show_door(admit_actor *browser, const char *workflow) {
  static const char *const buttons[] = {"Enter as guest", "Sign up"};
  static const char *const actions[] = {"client.enter_as_guest", "client.register"};
  say("%s", workflow);
  for (size_t at = 0; at < 2; at++) {
    admit_error *err = NULL;
    admit_status status = admit_actor_can(browser, actions[at], ADMIT_NOUN_NONE, NULL, &err);
    say("  %s: %s", buttons[at], status == ADMIT_OK ? "there" : admit_error_message(err));
    admit_error_free(err);
  }
}

static admit_status enter(admit_actor *browser, const char *given, const char *family,
                          const char *email, const char *locale, text_id id, admit_error **err) {
  admit_client_guest_input form = ADMIT_CLIENT_GUEST_INPUT_INIT;
  admit_client *guest = NULL;
  admit_status status;
  form.given_name = given;
  form.family_name = family;
  form.email = email;
  form.locale = locale;
  form.room_id = room;
  status = admit_client_enter_as_guest(browser, &form, &guest, err);
  if (status == ADMIT_OK) {
    snprintf(id, sizeof(text_id), "%s", admit_client_id(guest));
    say("%s waits in the lobby", admit_client_name(guest));
  }
  admit_client_free(guest);
  return status;
}

static admit_status sign_up(admit_actor *browser, const char *email, const char *password,
                            admit_error **err) {
  admit_client_registration_input form = ADMIT_CLIENT_REGISTRATION_INPUT_INIT;
  admit_client_registration *registration = NULL;
  admit_status status;
  form.given_name = "Tom";
  form.family_name = "Rivera";
  form.email = email;
  form.password = password;
  status = admit_client_register(browser, &form, &registration, err);
  if (status == ADMIT_OK)
    say("%s", admit_client_registration_is_held(registration) ? "\"Look into your mail.\""
                                                              : "\"Welcome.\"");
  admit_client_registration_free(registration);
  return status;
}

static void patients_come(text_id guest, text_id other, text_id registered) {
  admit_actor *browser = open_browser();
  admit_item_input visit = ADMIT_ITEM_INPUT_INIT;
  admit_session *session;
  admit_error *err = NULL;
  text_id token;
  screen("The clinic's door, by its workflow", "F36");
  show_door(browser, "as the clinic begins");
  refused(enter(browser, "Tom", "Rivera", "tom@me.example.org", NULL, guest, &err),
          ADMIT_SWITCHED_OFF, &err, "entering as a guest all the same");
  refused(sign_up(browser, "tom@me.example.org", "quiet orange bicycle", &err), ADMIT_SWITCHED_OFF,
          &err, "signing up all the same");
  set_workflow(1, 0);
  show_door(browser, "guests alone");
  set_workflow(0, 1);
  show_door(browser, "accounts alone");
  set_workflow(1, 1);
  show_door(browser, "both");

  screen("Enter as guest", "F34");
  refused(enter(browser, NULL, NULL, NULL, NULL, guest, &err), ADMIT_INVALID, &err,
          "without a name");
  must(enter(browser, "Tom", "Rivera", "tom@me.example.org", NULL, guest, &err), &err, "a guest");
  must(enter(browser, "Ana", "Ruiz", "ana@me.example.org", "es-MX", other, &err), &err, "a guest");
  visit.client_id = guest;
  visit.kind = "visit";
  visit.external_id = "V-1001";
  visit.status = "held";
  must(admit_item_put(host, &visit, NULL, &err), &err, "a visit");
  say("Tom has seen a provider: visit V-1001");
  list_users();

  screen("Sign up", "F35");
  refused(sign_up(browser, "tom@me.example.org", "bicycle", &err), ADMIT_PASSWORD_TOO_SHORT, &err,
          "a short password");
  must(sign_up(browser, "tom@me.example.org", "quiet orange bicycle", &err), &err, "signing up");
  sign_in_refused(store, clinic, "tom@me.example.org", "quiet orange bicycle",
                  ADMIT_SIGN_IN_FAILED, "he signs in before he confirms");
  send_mails(store, "tom@me.example.org", 1, token);
  must(admit_login_confirm_address(store, NULL, token, NULL, &err), &err, "confirming");
  say("his address is confirmed");
  session = sign_in(store, clinic, "tom@me.example.org", "quiet orange bicycle");
  snprintf(registered, sizeof(text_id), "%s", admit_session_client_id(session, 0));
  admit_session_free(session);
  say("a stranger signs up with his address, and is told no more:");
  must(sign_up(browser, "tom@me.example.org", "another long password", &err), &err, "signing up");
  send_mails(store, "", 1, NULL);
  admit_actor_free(browser);
}

/* The guest of before and whoever signed up are one: what the guest had, the account has. */
static void one_patient(const char *guest, const char *registered) {
  admit_client_merge_input input = ADMIT_CLIENT_MERGE_INPUT_INIT;
  admit_item_query query = ADMIT_ITEM_QUERY_INIT;
  admit_item_page *visits;
  admit_client *client;
  admit_error *err = NULL;
  screen("A guest becomes registered: made one with the account", "F34 F35");
  input.from_client_id = guest;
  input.into_client_id = registered;
  refused(admit_client_merge(jessica, &input, &client, &err), ADMIT_INVALID, &err,
          "without a reason");
  input.reason = "Entered as a guest before signing up";
  must(admit_client_merge(jessica, &input, &client, &err), &err, "making them one");
  query.client_id = registered;
  must(admit_item_list(jessica, &query, &visits, &err), &err, "the visits");
  for (size_t at = 0; at < admit_item_page_len(visits); at++)
    say("%s has %s %s", admit_client_name(client), admit_item_kind(admit_item_page_at(visits, at)),
        or_dash(admit_item_external_id(admit_item_page_at(visits, at))));
  admit_item_page_free(visits);
  admit_client_free(client);
  refused(admit_client_get(jessica, guest, &client, &err), ADMIT_CLIENT_MERGED, &err,
          "the guest's own page");
  must(admit_client_merged_into(jessica, guest, &client, &err), &err, "where the guest went");
  say("leads to %s", admit_client_name(client));
  admit_client_free(client);
  admit_session_free(sign_in(store, clinic, "tom@me.example.org", "quiet orange bicycle"));
}

static void invite_guest(const char *guest) {
  admit_invitation_input input = ADMIT_INVITATION_INPUT_INIT;
  admit_error *err = NULL;
  text_id token;
  screen("A guest becomes registered: by an invitation", "F34 F35");
  input.client_id = guest;
  input.channel = ADMIT_CHANNEL_EMAIL;
  must(admit_invitation_send(jessica, &input, NULL, &err), &err, "inviting");
  send_mails(store, "ana@me.example.org", 1, token);
  accept(store, token, "cuatro gatos azules");
  admit_session_free(sign_in(store, clinic, "ana@me.example.org", "cuatro gatos azules"));
  send_mails(store, "", 0, NULL);
  list_users();
}

/* --- Creating a patient account ----------------------------------------------------------- */

/* The hint beside the password. */
static void show_password_hint(void) {
  admit_password_rules *rules;
  admit_error *err = NULL;
  must(admit_practice_password_rules(jessica, &rules, &err), &err, "the password rules");
  say("Password requirements: at least %d characters%s%s",
      (int)admit_password_rules_characters_min(rules),
      admit_password_rules_has_composition_rules(rules) ? ", of several kinds" : ", of any kind",
      admit_password_rules_refuses_common(rules) ? ", nothing that is easy to guess" : "");
  printf("    and not made of the patient's names or of:");
  for (size_t at = 0; at < admit_password_rules_context_word_count(rules); at++)
    printf(" %s", admit_password_rules_context_word(rules, at));
  printf("\n");
  admit_password_rules_free(rules);
}

/* What the form sends: the required fields and all optional ones. */
static admit_client_input new_member(void) {
  admit_client_input form = ADMIT_CLIENT_INPUT_INIT;
  form.room_id = room;
  form.external_id = "vsee+user21408246";
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

  screen("Admin panel > Users > New Member", "F37 F38 F39 F40 F43 F44 F48");
  say("Clinic: Jessica Laynes' Clinic; room: Telehealth Lobby; user type: not chosen");
  show_password_hint();
  empty.room_id = room;
  refused(admit_client_create(jessica, &empty, &client, &err), ADMIT_INVALID, &err,
          "Create without first and last name");
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
  say("created %s, a %s", admit_client_name(client),
      admit_client_stage(client) == ADMIT_CLIENT_STAGE_REGISTERED ? "Member" : "guest");
  admit_client_free(client);
  form.external_id = NULL;
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
  char rooms[256];

  screen("Users > search \"gom\" > Edit", "F37 F49");
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
  say("address: %s, %s, %s, %s", admit_client_street(client), admit_client_city(client),
      admit_client_state(client), admit_client_country(client));
  say("date of birth: %s, time zone: %s", admit_client_birth_date(client),
      admit_client_zone(client));
  say("primary care physician: %s, %s", admit_client_physician_name(client),
      admit_client_physician_phone(client));
  admit_client_free(client);
  screen("Member detail > Rooms", "F39 F50");
  must(admit_client_search(jessica, "jane.gomez@me.example.org", 0, &found, &err), &err,
       "searching");
  say("%s", rooms_of(admit_person_page_at(found, 0), rooms, sizeof rooms));
  admit_person_page_free(found);
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

static void show_login_detail(const char *client_id, const char *login_id) {
  static const char *const statuses[] = {"-", "Active", "Deactivated", "Suspended",
                                         "Pending delete"};
  admit_client *client;
  admit_login *login;
  admit_error *err = NULL;
  must(admit_login_get(jessica, login_id, &login, &err), &err, "the login");
  say("user name: %s", or_dash(admit_login_username(login)));
  say("password: %s",
      admit_login_state(login) == ADMIT_LOGIN_STATE_NO_PASSWORD ? "none" : "********");
  say("e-mail: %s", or_dash(admit_login_email(login)));
  admit_login_free(login);
  must(admit_client_get(jessica, client_id, &client, &err), &err, "the client");
  say("status: %s of [Active] [Suspended] [Pending delete]",
      statuses[admit_client_status(client)]);
  say("user type: Member");
  admit_client_free(client);
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
  send_mails(store, "", 0, NULL);
  admit_actor_free(signed_in);
  admit_session_free(session);
}

static void reset_from_panel(const char *client_id, const char *login_id) {
  admit_error *err = NULL;
  text_id token;
  screen("Member detail > Other", "F50 F51 F53");
  show_login_detail(client_id, login_id);
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
  screen("Status > Suspended > Save User Status", "F37 F53 F54 F55");
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
  admit_error *err = NULL;
  screen("Status > Pending delete > Save User Status", "F53 F54");
  delete_member(id, ADMIT_DELETION_WANTED_ERASE, 0, NULL);
  list_users();
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
  char at[32], there[32];
  screen("Users > Delete", "F37 F57 F58");
  delete_member(id, ADMIT_DELETION_WANTED_ERASE, 1, order_id);
  say("the product now erases the visits that it holds, and says so");
  must(admit_deletion_done(host, order_id, &err), &err, "the product's half");
  must(admit_certificate_get(jessica, order_id, &certificate, &err), &err, "the certificate");
  say("certificate: deleted %s, and by the product %s",
      moment(admit_certificate_deleted_at(certificate), at),
      moment(admit_certificate_host_deleted_at(certificate), there));
  admit_certificate_free(certificate);
  refused(admit_client_get(jessica, id, &client, &err), ADMIT_NOT_FOUND, &err,
          "the member detail after that");
  send_mails(store, "", 1, NULL);
}

int main(int argc, char **argv) {
  text_id guest, other, registered, jane, login;
  if (argc != 3) {
    fprintf(stderr, "usage: vsee FOLDER SCRIPT\n");
    return 2;
  }
  store = open_product(argv[1], "VSee Clinic", argv[2]);
  open_clinic();
  patients_come(guest, other, registered);
  one_patient(guest, registered);
  invite_guest(other);
  create_member(jane);
  find_login(jane, login);
  edit_member(jane);
  sign_in_first(login);
  now += HOUR;
  reset_from_panel(jane, login);
  screen("Users", "F39 F59 F60 F62");
  list_users();
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
