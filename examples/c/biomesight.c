/*
 * Biomesight: setting up clients.
 *
 *   biomesight FOLDER SCRIPT
 *
 * plays the article from top to bottom with scripts/biomesight.lua, and prints what each screen
 * shows.
 */
#include "screens.h"

static admit_store *store;
static admit_actor *host, *ruth; /* the product, and a practitioner */
static text_id practice_id, ruth_id;

/* --- The practitioner --------------------------------------------------------------------- */

static void open_biomesight(void) {
  admit_practice_input practice = ADMIT_PRACTICE_INPUT_INIT;
  practice.name = "Biomesight";
  practice.support_email = "support@biomesight.example.org";
  practice.locale = "en-GB";
  practice.zone = "Europe/London";
  practice.fields = ADMIT_PRACTICE_REGISTRATION | ADMIT_PRACTICE_APPROVAL;
  practice.registration = 1;
  practice.approval = 1;
  host = open_practice(store, &practice, practice_id);
}

static void approve_practitioner(void) {
  admit_staff_input input = ADMIT_STAFF_INPUT_INIT;
  admit_person_query query = ADMIT_PERSON_QUERY_INIT;
  admit_client_input form = ADMIT_CLIENT_INPUT_INIT;
  admit_person_page *page;
  admit_client *client;
  admit_staff *staff;
  admit_error *err = NULL;
  screen("A practitioner signs up", "F6");
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
  must(admit_staff_approve(host, ruth_id, 0, &err), &err, "approving");
  send_mails(store, "", 1, NULL);
  screen("Dashboard", "F7");
  for (size_t at = 0; at < 2; at++) {
    static const char *const buttons[] = {"Create Client", "My Clients"};
    static const char *const actions[] = {"client.create", "person.list"};
    admit_status status = admit_actor_can(ruth, actions[at], ADMIT_NOUN_NONE, NULL, &err);
    say("%s: %s", buttons[at], status == ADMIT_OK ? "there" : admit_error_message(err));
    admit_error_free(err);
    err = NULL;
  }
}

/* --- 1. Create Client --------------------------------------------------------------------- */

static void create(const char *given, const char *family, const char *email,
                   const char *password, int is_person, text_id id) {
  admit_client_input form = ADMIT_CLIENT_INPUT_INIT;
  admit_client *client;
  admit_error *err = NULL;
  form.given_name = given;
  form.family_name = family;
  form.email = email;
  form.temporary_password = password;
  form.nature = is_person ? ADMIT_CLIENT_NATURE_PERSON : ADMIT_CLIENT_NATURE_OTHER;
  must(admit_client_create(ruth, &form, &client, &err), &err, "creating a client");
  snprintf(id, sizeof(text_id), "%s", admit_client_id(client));
  say("created %s", admit_client_name(client));
  admit_client_free(client);
}

static void create_clients(text_id ada, text_id child, text_id ferment, text_id ben) {
  admit_practice_input setting = ADMIT_PRACTICE_INPUT_INIT;
  admit_invitation_input invite = ADMIT_INVITATION_INPUT_INIT;
  admit_grant_page *grants;
  admit_login_input login = ADMIT_LOGIN_INPUT_INIT;
  admit_error *err = NULL;
  text_id token;

  screen("Create Client, with an address and a password", "F1 F5 F9 F10 F11");
  setting.fields = ADMIT_PRACTICE_STAFF_MAY_CHOOSE_PASSWORD;
  setting.staff_may_choose_password = 1;
  must(admit_practice_update(host, &setting, NULL, &err), &err, "the setting");
  create("Ada", "Holm", "ada@example.org", "copper-kettle-7781", 1, ada);
  send_mails(store, "", 1, NULL);
  screen("Ruth reaches her at once", "F13");
  must(admit_grant_list(ruth, ada, &grants, &err), &err, "the grants");
  for (size_t at = 0; at < admit_grant_page_len(grants); at++)
    say("open to %s, because %s", strcmp(admit_grant_staff_id(admit_grant_page_at(grants, at)),
        ruth_id) == 0 ? "Ruth" : "somebody", "she created the client");
  admit_grant_page_free(grants);

  screen("Create Client, with an address and no password", "F10 F12");
  create("Ben", "Okoye", "ben@example.org", NULL, 1, ben);
  login.client_id = ben;
  login.email = "ben@example.org";
  must(admit_login_create(ruth, &login, NULL, NULL, &err), &err, "a login without a password");
  sign_in_refused(store, practice_id, "ben@example.org", "some password of his",
                  ADMIT_SIGN_IN_FAILED, "he signs in without a password");
  {
    admit_actor *visitor;
    must(admit_actor_visitor(store, practice_id, &visitor, &err), &err, "a visitor");
    must(admit_login_request_reset(visitor, "ben@example.org", &err), &err, "asking for a reset");
    admit_actor_free(visitor);
  }
  send_mails(store, "ben@example.org", 1, token);
  must(admit_login_reset(store, NULL, token, "walnut harbour lantern", NULL, &err), &err,
       "choosing a password");
  admit_session_free(sign_in(store, practice_id, "ben@example.org", "walnut harbour lantern"));
  send_mails(store, "", 0, NULL);

  screen("Create Client, without an address: a child, a ferment", "F9 F24 F25");
  create("Mia", "Holm", NULL, NULL, 1, child);
  create("Kombucha", NULL, NULL, NULL, 0, ferment);
  invite.client_id = ferment;
  invite.channel = ADMIT_CHANNEL_EMAIL;
  refused(admit_invitation_send(ruth, &invite, NULL, &err), ADMIT_CLIENT_IS_NO_PERSON, &err,
          "inviting the ferment");
}

/* --- Kits, samples, results --------------------------------------------------------------- */

static void put_item(admit_actor *actor, const char *client_id, const char *kind,
                     const char *external_id, const char *status) {
  admit_item_input input = ADMIT_ITEM_INPUT_INIT;
  admit_error *err = NULL;
  input.client_id = client_id;
  input.kind = kind;
  input.external_id = external_id;
  input.status = status;
  must(admit_item_put(actor, &input, NULL, &err), &err, "an item");
  say("%s %s: %s", kind, external_id, status);
}

static void register_kits(const char *ada, const char *ferment) {
  admit_item_query query = ADMIT_ITEM_QUERY_INIT;
  admit_item_page *items;
  admit_error *err = NULL;
  screen("Register a kit on the client's behalf", "F14");
  put_item(ruth, ada, "kit", "KIT-1", "registered");
  put_item(ruth, ferment, "kit", "KIT-2", "registered");
  screen("Upload a sample on the client's behalf", "F15");
  put_item(ruth, ada, "sample", "S-1", "uploaded");
  screen("The laboratory receives the sample", "F16 F18");
  put_item(host, ada, "sample", "S-1", "received");
  send_mails(store, "", 1, NULL);
  screen("The results are ready", "F17 F18");
  put_item(host, ada, "result", "R-1", "ready");
  send_mails(store, "", 1, NULL);
  put_item(host, ada, "result", "R-1", "ready");
  say("said again, nobody is told again");
  send_mails(store, "", 0, NULL);
  screen("Ada's samples", "F7");
  query.client_id = ada;
  must(admit_item_list(ruth, &query, &items, &err), &err, "the items");
  for (size_t at = 0; at < admit_item_page_len(items); at++) {
    const admit_item *item = admit_item_page_at(items, at);
    say("%s %s: %s", admit_item_kind(item), or_dash(admit_item_external_id(item)),
        or_dash(admit_item_status(item)));
  }
  admit_item_page_free(items);
}

/* --- 2. Invite Client --------------------------------------------------------------------- */

static void invite_client(void) {
  admit_invitation_input input = ADMIT_INVITATION_INPUT_INIT;
  admit_person_query query = ADMIT_PERSON_QUERY_INIT;
  admit_accept_input answer = ADMIT_ACCEPT_INPUT_INIT;
  admit_acceptance *acceptance;
  admit_grant_page *grants;
  admit_error *err = NULL;
  text_id token;
  screen("Invite Client", "F19");
  input.given_name = "Clara";
  input.family_name = "Vogel";
  input.email = "clara@example.org";
  input.locale = "de-DE";
  input.channel = ADMIT_CHANNEL_EMAIL;
  must(admit_invitation_send(ruth, &input, NULL, &err), &err, "inviting");
  send_mails(store, "clara@example.org", 1, token);
  screen("My Clients, before she accepts", "F20");
  list_people(ruth, &query);
  screen("She accepts and chooses a password", "F20 F21 F22 F23");
  answer.token = token;
  answer.password = "clara";
  refused(admit_invitation_accept(store, NULL, &answer, &acceptance, &err),
          ADMIT_PASSWORD_TOO_SHORT, &err, "a short password");
  answer.password = "sieben stille seen";
  must(admit_invitation_accept(store, NULL, &answer, &acceptance, &err), &err, "accepting");
  must(admit_grant_list(ruth, admit_acceptance_client_id(acceptance), &grants, &err), &err,
       "the grants");
  say("her chart is open to whom: %d, the one who invited", (int)admit_grant_page_len(grants));
  admit_grant_page_free(grants);
  admit_acceptance_free(acceptance);
  admit_session_free(sign_in(store, practice_id, "clara@example.org", "sieben stille seen"));
  send_mails(store, "", 0, NULL);
}

/* --- 3. My Clients ------------------------------------------------------------------------ */

static void add_address(const char *child) {
  admit_client_input change = ADMIT_CLIENT_INPUT_INIT;
  admit_error *err = NULL;
  screen("My Clients > add an e-mail address", "F26 F27");
  change.email = "mia@example.org";
  must(admit_client_update(ruth, child, &change, NULL, &err), &err, "adding an address");
  say("Mia now has an address, and hears of her results");
}

/* Asks whether a client may go; the product says how many profile fields are filled in. */
static void try_to_delete(const char *id, const char *name, uint32_t profile_fields) {
  admit_deletion_input input = ADMIT_DELETION_INPUT_INIT;
  admit_deletion_confirm_input confirm = ADMIT_DELETION_CONFIRM_INPUT_INIT;
  admit_host_fact fact = ADMIT_HOST_FACT_INIT;
  const admit_host_fact *const facts[] = {&fact};
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
    must(admit_deletion_confirm(ruth, &confirm, NULL, &err), &err, "deleting");
    say("%s is deleted", name);
  } else {
    refused(admit_deletion_confirm(ruth, &confirm, NULL, &err), ADMIT_POLICY_DENIED, &err, name);
  }
  admit_plan_free(plan);
}

static void delete_clients(const char *ada, const char *ben, const char *child,
                           const char *ferment) {
  admit_error *err = NULL;
  admit_item *item;
  text_id nobody;
  screen("My Clients > delete", "F28 F29");
  create("Mistyped", "Name", NULL, NULL, 1, nobody);
  try_to_delete(nobody, "Mistyped Name", 0);
  screen("Blocked once the person has signed in", "F30");
  try_to_delete(ben, "Ben", 0);
  screen("Blocked once a sample is associated", "F31");
  try_to_delete(ferment, "Kombucha", 0);
  screen("Blocked once a profile field is filled in", "F32");
  try_to_delete(child, "Mia", 3);
  screen("And for ever", "F33");
  must(admit_item_get_by_external_id(ruth, "KIT-2", &item, &err), &err, "the kit");
  must(admit_item_remove(ruth, admit_item_id(item), &err), &err, "removing the kit");
  admit_item_free(item);
  try_to_delete(ferment, "Kombucha, whose kit was removed", 0);
  try_to_delete(child, "Mia, whose profile was emptied", 0);
  try_to_delete(ada, "Ada, for all reasons", 1);
}

int main(int argc, char **argv) {
  admit_person_query everybody = ADMIT_PERSON_QUERY_INIT;
  text_id ada, ben, child, ferment;
  if (argc != 3) {
    fprintf(stderr, "usage: biomesight FOLDER SCRIPT\n");
    return 2;
  }
  store = open_product(argv[1], "Biomesight", argv[2]);
  open_biomesight();
  approve_practitioner();
  create_clients(ada, child, ferment, ben);
  admit_session_free(sign_in(store, practice_id, "ada@example.org", "copper-kettle-7781"));
  register_kits(ada, ferment);
  invite_client();
  add_address(child);
  screen("My Clients", "F26");
  list_people(ruth, &everybody);
  delete_clients(ada, ben, child, ferment);

  admit_actor_free(ruth);
  admit_actor_free(host);
  if (admit_store_close(store) != ADMIT_OK) return 1;
  return 0;
}
