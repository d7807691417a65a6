/*
 * Biomesight: setting up clients.
 *
 *   biomesight FOLDER SCRIPT
 *
 * plays the article from top to bottom with scripts/biomesight.lua, and prints what each screen
 * shows. The practitioner's approval stands first, since a client needs somebody to share with.
 */
#include "screens.h"

static admit_store *store;
static admit_actor *host, *ruth, *tom; /* the product, a practitioner and a colleague */
static text_id practice_id, ruth_id;

/* --- The practitioner --------------------------------------------------------------------- */

static void open_biomesight(void) {
  admit_practice_input practice = ADMIT_PRACTICE_INPUT_INIT;
  practice.name = "Biomesight";
  practice.support_email = "support@biomesight.example.org";
  practice.locale = "en-GB";
  practice.zone = "Europe/London";
  practice.fields = ADMIT_PRACTICE_REGISTRATION | ADMIT_PRACTICE_APPROVAL |
                    ADMIT_PRACTICE_STAFF_MAY_CHOOSE_PASSWORD;
  practice.registration = 1;
  practice.approval = 1;
  practice.staff_may_choose_password = 1;
  host = open_practice(store, &practice, practice_id);
}

static void show_dashboard(void) {
  button(ruth, "Create Client", "client.create", ADMIT_NOUN_NONE, NULL);
  button(ruth, "Invite Client", "invitation.send", ADMIT_NOUN_NONE, NULL);
  button(ruth, "My Clients", "person.list", ADMIT_NOUN_NONE, NULL);
}

static void approve_practitioner(void) {
  text_id tom_id;
  admit_staff_input input = ADMIT_STAFF_INPUT_INIT;
  admit_person_query query = ADMIT_PERSON_QUERY_INIT;
  admit_client_input form = ADMIT_CLIENT_INPUT_INIT;
  admit_invitation_input invite = ADMIT_INVITATION_INPUT_INIT;
  admit_person_page *page;
  admit_client *client;
  admit_staff *staff;
  admit_error *err = NULL;
  screen("A practitioner signs up, and waits for approval", "F6");
  input.given_name = "Ruth";
  input.family_name = "Amari";
  input.email = "ruth@amari.example.org";
  input.role = ADMIT_ROLE_PRACTITIONER;
  must(admit_staff_add(host, &input, &staff, &err), &err, "a practitioner");
  snprintf(ruth_id, sizeof ruth_id, "%s", admit_staff_id(staff));
  admit_staff_free(staff);
  must(admit_actor_staff(store, practice_id, ruth_id, 0, &ruth, &err), &err, "Ruth");
  refused(admit_person_list(ruth, &query, &page, &err), ADMIT_NOT_APPROVED, &err,
          "the dashboard before approval");
  form.given_name = "Ada";
  refused(admit_client_create(ruth, &form, &client, &err), ADMIT_NOT_APPROVED, &err,
          "Create Client before approval");
  invite.given_name = "Ada";
  invite.email = "ada@example.org";
  invite.channel = ADMIT_CHANNEL_EMAIL;
  refused(admit_invitation_send(ruth, &invite, NULL, &err), ADMIT_NOT_APPROVED, &err,
          "Invite Client before approval");
  refused(admit_staff_approve(ruth, ruth_id, 0, &err), ADMIT_NOT_APPROVED, &err,
          "approving herself");
  show_dashboard();
  screen("Biomesight approves her", "F6");
  must(admit_staff_approve(host, ruth_id, 0, &err), &err, "approving");
  send_mails(store, "", 1, NULL);
  tom = open_seat(store, host, practice_id, "Tom", "Weir", ADMIT_ROLE_PRACTITIONER,
                  "tom@weir.example.org", tom_id);
  screen("Her dashboard", "F7");
  show_dashboard();
  list_people(ruth, &query);
}

/* --- Option 1: the client's own account --------------------------------------------------- */

/* The session of a login, as an actor; the caller frees it. */
static admit_actor *signed_in(const char *name, const char *password) {
  admit_session *session = sign_in(store, practice_id, name, password);
  admit_actor *actor;
  admit_error *err = NULL;
  must(admit_actor_login(store, practice_id, admit_session_login_id(session),
                         admit_session_epoch(session), &actor, &err), &err, "the session");
  admit_session_free(session);
  return actor;
}

static admit_actor *register_dora(text_id dora) {
  admit_client_registration_input form = ADMIT_CLIENT_REGISTRATION_INPUT_INIT;
  admit_client_registration *registration;
  admit_login_done *done;
  admit_session *session;
  admit_actor *visitor;
  admit_error *err = NULL;
  text_id token;
  screen("Option 1: a client registers", "F2");
  must(admit_actor_visitor(store, practice_id, &visitor, &err), &err, "a visitor");
  form.given_name = "Dora";
  form.family_name = "Lund";
  form.email = "dora@example.org";
  form.password = "dora";
  refused(admit_client_register(visitor, &form, NULL, &err), ADMIT_PASSWORD_TOO_SHORT, &err,
          "a short password");
  form.password = "slow rivers run deep";
  must(admit_client_register(visitor, &form, &registration, &err), &err, "registering");
  say("\"Look into your mail.\" %s", admit_client_registration_is_held(registration)
                                        ? "Nothing is made before the address is confirmed."
                                        : "Client and login are there.");
  admit_client_registration_free(registration);
  sign_in_refused(store, practice_id, "dora@example.org", "slow rivers run deep",
                  ADMIT_SIGN_IN_FAILED, "she signs in before that");
  screen("She confirms her address and signs in", "F2");
  send_mails(store, "dora@example.org", 1, token);
  must(admit_login_confirm_address(store, NULL, token, &done, &err), &err, "confirming");
  admit_login_done_free(done);
  session = sign_in(store, practice_id, "dora@example.org", "slow rivers run deep");
  snprintf(dora, sizeof(text_id), "%s", admit_session_client_id(session, 0));
  admit_session_free(session);
  screen("Somebody registers with her address again", "F2");
  must(admit_client_register(visitor, &form, NULL, &err), &err, "registering again");
  say("the screen says the same; her mail tells her");
  send_mails(store, "dora@example.org", 1, NULL);
  admit_actor_free(visitor);
  return signed_in("dora@example.org", "slow rivers run deep");
}

/* Who reaches a client, as its settings show it. */
static void show_access(admit_actor *actor, const char *client_id) {
  static const char *const grounds[] = {"-", "created the client", "invited the client",
                                        "given by hand", "handed over"};
  admit_access_page *page;
  admit_error *err = NULL;
  must(admit_access_of(actor, client_id, NULL, 0, &page, &err), &err, "who has access");
  for (size_t at = 0; at < admit_access_page_len(page); at++) {
    const admit_access *row = admit_access_page_at(page, at);
    say("%s: %s%s", or_dash(admit_access_name(row)),
        admit_access_kind(row) == ADMIT_ACCESS_WAY_PROXY ? "the client's own login"
                                                         : grounds[admit_access_ground(row)],
        admit_access_may_withdraw(row) ? " [Withdraw]" : "");
  }
  admit_access_page_free(page);
}

static void share_results(admit_actor *own, const char *dora) {
  admit_grant_input input = ADMIT_GRANT_INPUT_INIT;
  admit_grant *grant;
  admit_error *err = NULL;
  screen("She shares her results with her practitioner", "F3");
  put_item(own, dora, "kit", "KIT-100", NULL);
  items_refused(ruth, dora, ADMIT_NOT_PERMITTED, "Ruth opens her results before that");
  input.client_id = dora;
  input.staff_id = ruth_id;
  input.reason = "my practitioner";
  must(admit_grant_give(own, &input, &grant, &err), &err, "sharing");
  show_access(own, dora);
  send_mails(store, "", 1, NULL);
  screen("Her results are ready: both hear of it at the same time", "F4");
  now += HOUR;
  put_item(host, dora, "result", "R-100", "ready");
  send_mails(store, "", 1, NULL);
  say("Dora sees:");
  list_items(own, dora);
  say("Ruth sees:");
  list_items(ruth, dora);
  screen("She withdraws it again", "F3");
  must(admit_grant_withdraw(own, admit_grant_id(grant), &err), &err, "withdrawing");
  refused(admit_grant_withdraw(own, admit_grant_id(grant), &err), ADMIT_ALREADY_ENDED, &err,
          "withdrawing it twice");
  items_refused(ruth, dora, ADMIT_NOT_PERMITTED, "Ruth opens her results after that");
  put_item(host, dora, "result", "R-101", "ready");
  send_mails(store, "", 0, NULL);
  screen("And shares once more", "F3");
  must(admit_grant_give(own, &input, NULL, &err), &err, "sharing again");
  send_mails(store, "", 0, NULL);
  admit_grant_free(grant);
}

/* --- 1. Create Client --------------------------------------------------------------------- */

static void create(const char *given, const char *family, const char *email,
                   const char *password, admit_client_nature_value nature, text_id id) {
  admit_client_input form = ADMIT_CLIENT_INPUT_INIT;
  admit_client *client;
  admit_error *err = NULL;
  form.given_name = given;
  form.family_name = family;
  form.email = email;
  form.temporary_password = password;
  form.nature = nature;
  must(admit_client_create(ruth, &form, &client, &err), &err, "creating a client");
  snprintf(id, sizeof(text_id), "%s", admit_client_id(client));
  say("created %s", admit_client_name(client));
  admit_client_free(client);
}

static void create_ada(text_id ada) {
  admit_actor *own;
  admit_client_input form = ADMIT_CLIENT_INPUT_INIT;
  admit_client *client;
  admit_error *err = NULL;
  screen("Option 2: Create Client, with an e-mail address and a password", "F5 F9 F10");
  form.given_name = "Ada";
  form.email = "ada at example";
  refused(admit_client_create(ruth, &form, &client, &err), ADMIT_INVALID, &err,
          "an address that is none");
  form.email = "dora@example.org";
  form.temporary_password = "copper-kettle-7781";
  refused(admit_client_create(ruth, &form, &client, &err), ADMIT_NAME_TAKEN, &err,
          "an address that signs in already");
  create("Ada", "Holm", "ada@example.org", "copper-kettle-7781", ADMIT_CLIENT_NATURE_PERSON, ada);
  send_mails(store, "", 1, NULL);
  screen("Who sees Ada's profile and results", "F13");
  show_access(ruth, ada);
  list_items(ruth, ada);
  items_refused(tom, ada, ADMIT_NOT_PERMITTED, "a colleague of Ruth's opens them");
  screen("Ada signs in with that address", "F11");
  own = signed_in("ada@example.org", "copper-kettle-7781");
  must(admit_login_change_password(own, "copper-kettle-7781", "a kettle of one's own", NULL, &err),
       &err, "choosing a password");
  say("she has chosen a password of her own");
  admit_actor_free(own);
  send_mails(store, "", 0, NULL);
}

static void create_ben(text_id ben) {
  admit_login_input login = ADMIT_LOGIN_INPUT_INIT;
  admit_actor *visitor;
  admit_error *err = NULL;
  text_id token;
  screen("Create Client, with an e-mail address and no password", "F10");
  create("Ben", "Okoye", "ben@example.org", NULL, ADMIT_CLIENT_NATURE_PERSON, ben);
  login.client_id = ben;
  login.email = "ben@example.org";
  must(admit_login_create(ruth, &login, NULL, NULL, &err), &err, "a login without a password");
  sign_in_refused(store, practice_id, "ben@example.org", "some password of his",
                  ADMIT_SIGN_IN_FAILED, "he signs in without a password");
  screen("Forgot password? Ben sets one up", "F12");
  must(admit_actor_visitor(store, practice_id, &visitor, &err), &err, "a visitor");
  must(admit_login_request_reset(visitor, "ben@example.org", &err), &err, "asking for a reset");
  admit_actor_free(visitor);
  send_mails(store, "ben@example.org", 1, token);
  must(admit_login_reset(store, NULL, token, "walnut harbour lantern", NULL, &err), &err,
       "choosing a password");
  admit_session_free(sign_in(store, practice_id, "ben@example.org", "walnut harbour lantern"));
  send_mails(store, "", 0, NULL);
}

static void create_others(text_id child, text_id ferment, text_id own_sample) {
  admit_invitation_input invite = ADMIT_INVITATION_INPUT_INIT;
  admit_error *err = NULL;
  screen("Create Client, without an e-mail address: a child", "F5 F9 F24");
  create("Mia", "Holm", NULL, NULL, ADMIT_CLIENT_NATURE_PERSON, child);
  invite.client_id = child;
  invite.channel = ADMIT_CHANNEL_EMAIL;
  refused(admit_invitation_send(ruth, &invite, NULL, &err), ADMIT_NOT_REACHABLE, &err,
          "inviting her");
  screen("Create Client: a ferment, and a non-gut sample of one's own", "F25");
  create("Kombucha", NULL, NULL, NULL, ADMIT_CLIENT_NATURE_OTHER, ferment);
  create("Ruth's skin swab", NULL, NULL, NULL, ADMIT_CLIENT_NATURE_OTHER, own_sample);
  invite.client_id = ferment;
  refused(admit_invitation_send(ruth, &invite, NULL, &err), ADMIT_CLIENT_IS_NO_PERSON, &err,
          "inviting the ferment");
}

/* --- Kits, samples, results --------------------------------------------------------------- */

static void register_kits(const char *ada, const char *ferment) {
  admit_item_input taken = ADMIT_ITEM_INPUT_INIT;
  admit_error *err = NULL;
  screen("Register a kit on the client's behalf", "F14");
  put_item(ruth, ada, "kit", "KIT-1", "registered");
  put_item(ruth, ferment, "kit", "KIT-2", "registered");
  taken.client_id = ada;
  taken.kind = "kit";
  taken.external_id = "KIT-2";
  refused(admit_item_put(ruth, &taken, NULL, &err), ADMIT_EXTERNAL_ID_TAKEN, &err,
          "a kit that is another client's");
  screen("Upload a sample on the client's behalf", "F15");
  put_item(ruth, ada, "sample", "S-1", "uploaded");
  send_mails(store, "", 0, NULL);
  screen("The laboratory receives the sample", "F16 F18");
  now += DAY;
  put_item(host, ada, "sample", "S-1", "received");
  send_mails(store, "", 1, NULL);
  screen("The results are ready", "F17 F18");
  now += DAY;
  put_item(host, ada, "result", "R-1", "ready");
  send_mails(store, "", 1, NULL);
  put_item(host, ada, "result", "R-1", "ready");
  say("said again, nobody is told again");
  send_mails(store, "", 0, NULL);
  screen("The ferment's kit arrives: it has no address, so Ruth alone hears of it", "F16");
  put_item(host, ferment, "kit", "KIT-2", "received");
  send_mails(store, "", 0, NULL);
  screen("Ada's samples", "F7");
  list_items(ruth, ada);
}

/* --- 2. Invite Client --------------------------------------------------------------------- */

static void invite(const char *given, const char *family, const char *email, const char *locale,
                   int prints, text_id token) {
  admit_invitation_input input = ADMIT_INVITATION_INPUT_INIT;
  admit_error *err = NULL;
  input.given_name = given;
  input.family_name = family;
  input.email = email;
  input.locale = locale;
  input.channel = ADMIT_CHANNEL_EMAIL;
  must(admit_invitation_send(ruth, &input, NULL, &err), &err, "inviting");
  send_mails(store, email, prints, token);
}

static void invite_clients(text_id clara) {
  admit_person_query query = ADMIT_PERSON_QUERY_INIT;
  admit_accept_input answer = ADMIT_ACCEPT_INPUT_INIT;
  admit_client_input change = ADMIT_CLIENT_INPUT_INIT;
  admit_acceptance *acceptance;
  admit_actor *own;
  admit_error *err = NULL;
  text_id claras, ottos;
  screen("Option 2: Invite Client", "F19");
  invite("Clara", "Vogel", "clara@example.org", "de-DE", 1, claras);
  invite("Otto", "Brandt", "otto@example.org", NULL, 0, ottos);
  screen("My Clients: they are invited, and no clients yet", "F20");
  list_people(ruth, &query);
  sign_in_refused(store, practice_id, "clara@example.org", "sieben stille seen",
                  ADMIT_SIGN_IN_FAILED, "Clara signs in before she accepts");
  screen("Otto declines", "F20");
  must(admit_invitation_decline(store, NULL, ottos, &err), &err, "declining");
  answer.token = ottos;
  answer.password = "acht laute berge";
  refused(admit_invitation_accept(store, NULL, &answer, NULL, &err), ADMIT_LINK_REVOKED, &err,
          "he accepts after that");
  send_mails(store, "", 1, NULL);
  screen("Clara accepts, and is asked for a password", "F20 F22");
  answer.token = claras;
  answer.password = "clara";
  refused(admit_invitation_accept(store, NULL, &answer, NULL, &err), ADMIT_PASSWORD_TOO_SHORT,
          &err, "a short password");
  answer.password = "sieben stille seen";
  must(admit_invitation_accept(store, NULL, &answer, &acceptance, &err), &err, "accepting");
  snprintf(clara, sizeof(text_id), "%s", admit_acceptance_client_id(acceptance));
  admit_acceptance_free(acceptance);
  list_people(ruth, &query);
  send_mails(store, "", 1, NULL);
  screen("With whom her results and health profile are shared", "F21");
  show_access(ruth, clara);
  list_items(ruth, clara);
  items_refused(tom, clara, ADMIT_NOT_PERMITTED, "a colleague of Ruth's opens them");
  screen("She manages everything herself", "F23");
  own = signed_in("clara@example.org", "sieben stille seen");
  change.phone = "+49 30 5550142";
  must(admit_client_update(own, clara, &change, NULL, &err), &err, "her profile");
  say("her phone number is in her profile");
  put_item(own, clara, "kit", "KIT-3", NULL);
  show_access(own, clara);
  admit_actor_free(own);
  send_mails(store, "", 0, NULL);
}

static void show_three_ways(const char *dora, const char *ada, const char *clara) {
  screen("Three ways to a client's profile and results", "F1");
  say("Dora registered and shared:");
  show_access(ruth, dora);
  say("Ada was created:");
  show_access(ruth, ada);
  say("Clara was invited:");
  show_access(ruth, clara);
}

/* --- 3. My Clients ------------------------------------------------------------------------ */

static void add_address(const char *child) {
  admit_client_input change = ADMIT_CLIENT_INPUT_INIT;
  admit_person_query query = ADMIT_PERSON_QUERY_INIT;
  admit_error *err = NULL;
  screen("My Clients", "F26");
  query.kinds = ADMIT_PERSON_KIND_CLIENT;
  list_people(ruth, &query);
  screen("My Clients > add an e-mail address", "F27");
  change.email = "mia";
  refused(admit_client_update(ruth, child, &change, NULL, &err), ADMIT_INVALID, &err,
          "an address that is none");
  change.email = "mia@example.org";
  must(admit_client_update(ruth, child, &change, NULL, &err), &err, "adding an address");
  query.name_prefix = "Mia";
  list_people(ruth, &query);
  put_item(host, child, "result", "R-2", "ready");
  send_mails(store, "", 0, NULL);
}

/* Asks whether a client may go; the product says how many profile fields are filled in. */
static void try_to_delete(const char *id, const char *name, uint32_t profile_fields) {
  admit_deletion_input input = ADMIT_DELETION_INPUT_INIT;
  admit_deletion_confirm_input confirm = ADMIT_DELETION_CONFIRM_INPUT_INIT;
  admit_host_fact fact = ADMIT_HOST_FACT_INIT;
  const admit_host_fact *const facts[] = {&fact};
  admit_confirmed *confirmed;
  admit_plan *plan;
  admit_error *err = NULL;
  fact.kind = "profile_fields";
  fact.count = profile_fields;
  input.client_id = id;
  input.wanted = ADMIT_DELETION_WANTED_ERASE;
  input.host_facts = facts;
  input.host_fact_count = 1;
  must(admit_deletion_plan(ruth, &input, &plan, &err), &err, "planning");
  confirm.token = admit_plan_token(plan);
  confirm.host_facts = facts;
  confirm.host_fact_count = 1;
  if (admit_plan_verdict(plan) == ADMIT_DELETION_VERDICT_ERASE) {
    must(admit_deletion_confirm(ruth, &confirm, &confirmed, &err), &err, "deleting");
    must(admit_deletion_done(host, admit_confirmed_erase_order_id(confirmed), &err), &err,
         "the product's half");
    say("%s is deleted", name);
    admit_confirmed_free(confirmed);
  } else {
    refused(admit_deletion_confirm(ruth, &confirm, NULL, &err), ADMIT_POLICY_DENIED, &err, name);
  }
  admit_plan_free(plan);
}

static void delete_clients(const char *ada, const char *ben, const char *ferment) {
  admit_client *client;
  admit_item *item;
  admit_error *err = NULL;
  text_id nobody, finn;
  screen("My Clients > delete, where nothing hangs on the client", "F28 F29");
  create("Mistyped", "Name", NULL, NULL, ADMIT_CLIENT_NATURE_PERSON, nobody);
  try_to_delete(nobody, "Mistyped Name", 0);
  refused(admit_client_get(ruth, nobody, &client, &err), ADMIT_NOT_FOUND, &err,
          "the profile after that");
  send_mails(store, "", 1, NULL);
  screen("Blocked once the person has signed in", "F29 F30");
  try_to_delete(ben, "Ben Okoye", 0);
  screen("Blocked once a sample is associated", "F29 F31");
  try_to_delete(ferment, "Kombucha", 0);
  screen("Blocked once a field of the health profile is filled in", "F29 F32");
  create("Finn", "Roth", NULL, NULL, ADMIT_CLIENT_NATURE_PERSON, finn);
  try_to_delete(finn, "Finn Roth, with 3 fields", 3);
  screen("And for ever, though the data is gone again", "F33");
  must(admit_item_get_by_external_id(ruth, "KIT-2", &item, &err), &err, "the kit");
  must(admit_item_remove(ruth, admit_item_id(item), &err), &err, "removing the kit");
  admit_item_free(item);
  list_items(ruth, ferment);
  try_to_delete(ferment, "Kombucha, whose kit was removed", 0);
  try_to_delete(finn, "Finn Roth, whose profile was emptied", 0);
  now += 365 * DAY;
  try_to_delete(ben, "Ben Okoye, a year later", 0);
  try_to_delete(ada, "Ada Holm, for all three reasons", 1);
}

int main(int argc, char **argv) {
  text_id dora, ada, ben, child, ferment, own_sample, clara;
  admit_actor *doras;
  if (argc != 3) {
    fprintf(stderr, "usage: biomesight FOLDER SCRIPT\n");
    return 2;
  }
  store = open_product(argv[1], "Biomesight", argv[2]);
  open_biomesight();
  approve_practitioner();
  doras = register_dora(dora);
  share_results(doras, dora);
  now += HOUR;
  create_ada(ada);
  create_ben(ben);
  create_others(child, ferment, own_sample);
  now += HOUR;
  register_kits(ada, ferment);
  now += HOUR;
  invite_clients(clara);
  show_three_ways(dora, ada, clara);
  add_address(child);
  delete_clients(ada, ben, ferment);

  admit_actor_free(doras);
  admit_actor_free(tom);
  admit_actor_free(ruth);
  admit_actor_free(host);
  if (admit_store_close(store) != ADMIT_OK) return 1;
  return 0;
}
