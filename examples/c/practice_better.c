/*
 * Practice Better: sending, resending, sharing and revoking client invitations.
 *
 *   practice_better FOLDER SCRIPT
 *
 * plays the article from top to bottom with scripts/practice_better.lua, and prints what each
 * screen shows. Two practices share one Client Portal.
 */
#include "screens.h"

#define PORTAL "client.practicebetter.example.org"

static admit_store *store;
static admit_actor *host, *maya; /* the product, and the practitioner */
static text_id practice_id, maya_id;

static void open_practices(void) {
  admit_practice_input practice = ADMIT_PRACTICE_INPUT_INIT;
  practice.name = "Maple Nutrition";
  practice.portal = PORTAL;
  practice.support_email = "hello@maple.example.org";
  practice.locale = "en-CA";
  practice.zone = "America/Toronto";
  host = open_practice(store, &practice, practice_id);
  maya = open_seat(store, host, practice_id, "Maya", "Fontaine", ADMIT_ROLE_PRACTITIONER,
                   "maya@maple.example.org", maya_id);
}

static admit_client_input new_client(const char *given, const char *family, const char *email) {
  admit_client_input form = ADMIT_CLIENT_INPUT_INIT;
  form.given_name = given;
  form.family_name = family;
  form.email = email;
  return form;
}

static void add_client(const admit_client_input *form, text_id id) {
  admit_client *client;
  admit_error *err = NULL;
  must(admit_client_create(maya, form, &client, &err), &err, "adding a client");
  snprintf(id, sizeof(text_id), "%s", admit_client_id(client));
  say("added %s", admit_client_name(client));
  admit_client_free(client);
}

static admit_status send_invitation(const char *client_id, text_id id, admit_error **err) {
  admit_invitation_input input = ADMIT_INVITATION_INPUT_INIT;
  admit_invitation *invitation = NULL;
  admit_status status;
  input.client_id = client_id;
  input.channel = ADMIT_CHANNEL_EMAIL;
  status = admit_invitation_send(maya, &input, &invitation, err);
  if (status == ADMIT_OK) snprintf(id, sizeof(text_id), "%s", admit_invitation_id(invitation));
  admit_invitation_free(invitation);
  return status;
}

static void my_clients(const char *rows) {
  admit_person_query query = ADMIT_PERSON_QUERY_INIT;
  screen("My Clients", rows);
  query.kinds = ADMIT_PERSON_KIND_CLIENT;
  list_people(maya, &query);
}

/* What a landing page learns of a link before it asks for anything. */
static void open_link(const char *token, const char *what) {
  admit_inspection *inspection;
  admit_error *err = NULL;
  must(admit_invitation_inspect(store, NULL, token, &inspection, &err), &err, "opening a link");
  switch (admit_inspection_status(inspection)) {
    case ADMIT_OK:
      say("%s: %s invites %s", what, admit_inspection_practice_name(inspection),
          or_dash(admit_inspection_masked_address(inspection)));
      break;
    case ADMIT_LINK_SUPERSEDED: say("%s: a newer one was sent", what); break;
    case ADMIT_LINK_REVOKED: say("%s: it was revoked", what); break;
    case ADMIT_LINK_USED: say("%s: it was used", what); break;
    default: say("%s: not valid", what);
  }
  admit_inspection_free(inspection);
}

/* --- Sending or resending ----------------------------------------------------------------- */

static void create_and_invite(text_id noah) {
  admit_client_input form = new_client("Noah", "Tremblay", "noah@example.org");
  text_id token;
  screen("Create profile and invite client to join > Add", "F98 F99");
  form.locale = "fr-CA";
  form.invite = 1;
  form.invite_channel = ADMIT_CHANNEL_EMAIL;
  add_client(&form, noah);
  screen("Noah's mailbox", "F102 F104");
  send_mails(store, "noah@example.org", 1, token);
  screen("Activate My Account", "F103");
  open_link(token, "the link");
  accept(store, token, "quinze renards calmes");
  admit_session_free(sign_in(store, practice_id, "noah@example.org", "quinze renards calmes"));
  open_link(token, "the link, opened again");
  send_mails(store, "", 0, NULL);
}

/* Answers with the invitation that is open. */
static void send_later(text_id emma, text_id invitation) {
  admit_client_input form = new_client("Emma", "Roy", NULL), change = ADMIT_CLIENT_INPUT_INIT;
  admit_error *err = NULL;
  text_id first, second;
  screen("My Clients > More Options > (Re)send Invitation", "F100");
  add_client(&form, emma);
  refused(send_invitation(emma, invitation, &err), ADMIT_NOT_REACHABLE, &err,
          "sending without an address");
  change.email = "emma@example.org";
  must(admit_client_update(maya, emma, &change, NULL, &err), &err, "adding the address");
  must(send_invitation(emma, invitation, &err), &err, "sending");
  send_mails(store, "emma@example.org", 0, first);
  screen("Client record > Recent Activity > airplane icon", "F101");
  now += HOUR;
  must(send_invitation(emma, invitation, &err), &err, "resending");
  send_mails(store, "emma@example.org", 0, second);
  open_link(first, "the first link");
  open_link(second, "the second link");
}

/* --- Copying ------------------------------------------------------------------------------ */

static void copy_link(const char *invitation_id) {
  admit_link *link;
  admit_error *err = NULL;
  screen("More Options > Get Invitation link", "F105");
  must(admit_invitation_link(maya, invitation_id, ADMIT_CHANNEL_COPIED, &link, &err), &err,
       "the link");
  say("to copy: %s", admit_link_url(link));
  open_link(strrchr(admit_link_url(link), '/') + 1, "as the client opens it");
  admit_link_free(link);
}

/* --- Many at once ------------------------------------------------------------------------- */

/* --- Revoking ----------------------------------------------------------------------------- */

static void revoke(const char *invitation_id) {
  admit_error *err = NULL;
  screen("My Clients > three dots > Revoke invitation", "F110");
  must(admit_invitation_revoke(maya, invitation_id, &err), &err, "revoking");
  say("revoked");
  refused(admit_invitation_revoke(maya, invitation_id, &err), ADMIT_INVITATION_CLOSED, &err,
          "revoking again");
}

/* --- Resetting a password ----------------------------------------------------------------- */

static void show_menu(const char *client_id, const char *name) {
  admit_error *err = NULL;
  admit_status status =
      admit_actor_can(maya, "invitation.send", ADMIT_NOUN_CLIENT, client_id, &err);
  say("%s: (Re)send Invitation is %s%s", name, status == ADMIT_OK ? "there" : "not there: ",
      status == ADMIT_OK ? "" : admit_error_message(err));
  admit_error_free(err);
}

/* Anybody may ask at the shared address; the answer is the same for every name. */
static void ask_for_reset(const char *name) {
  admit_actor *visitor;
  admit_error *err = NULL;
  must(admit_actor_visitor(store, practice_id, &visitor, &err), &err, "a visitor");
  must(admit_login_request_reset(visitor, name, &err), &err, "asking for a reset");
  say("%s: \"If we know this address, a mail is on its way.\"", name);
  admit_actor_free(visitor);
}

static void reset_password(const char *noah, const char *emma) {
  admit_error *err = NULL;
  text_id token;
  screen("My Clients > More Options", "F111");
  show_menu(noah, "Noah, who has activated");
  show_menu(emma, "Emma, whose invitation was revoked");
  screen("https://" PORTAL "/#/forgotpassword", "F112");
  ask_for_reset("noah@example.org");
  ask_for_reset("stranger@example.org");
  send_mails(store, "noah@example.org", 1, token);
  must(admit_login_reset(store, NULL, token, "seize loups tranquilles", NULL, &err), &err,
       "choosing a password");
  admit_session_free(sign_in(store, practice_id, "noah@example.org", "seize loups tranquilles"));
  send_mails(store, "", 0, NULL);
  screen("A reset for one who never activated", "F112");
  must(send_invitation(emma, token, &err), &err, "inviting Emma once more");
  send_mails(store, "", 0, NULL);
  now += HOUR;
  ask_for_reset("emma@example.org");
  send_mails(store, "emma@example.org", 1, token);
  open_link(token, "what she got is her invitation");
}

/* --- Beyond the article: one portal, deactivating, deleting --------------------------------- */

static void two_practices(const char *noah) {
  admit_practice_input practice = ADMIT_PRACTICE_INPUT_INIT;
  admit_accept_input proof = ADMIT_ACCEPT_INPUT_INIT;
  admit_actor *other_host, *omar;
  admit_invitation_input input = ADMIT_INVITATION_INPUT_INIT;
  admit_client_input form = new_client("Noah", "Tremblay", "noah@example.org");
  admit_session *session;
  admit_client *client;
  admit_error *err = NULL;
  text_id other_practice, omar_id, token;
  screen("One Client Portal, two practices", "F113");
  practice.name = "Birch Physio";
  practice.portal = PORTAL;
  other_host = open_practice(store, &practice, other_practice);
  omar = open_seat(store, other_host, other_practice, "Omar", "Said", ADMIT_ROLE_PRACTITIONER,
                   "omar@birch.example.org", omar_id);
  refused(admit_client_get(omar, noah, &client, &err), ADMIT_NOT_FOUND, &err,
          "Omar opens Maya's client");
  must(admit_client_create(omar, &form, &client, &err), &err, "Omar's own client");
  input.client_id = admit_client_id(client);
  input.channel = ADMIT_CHANNEL_EMAIL;
  must(admit_invitation_send(omar, &input, NULL, &err), &err, "Omar invites");
  send_mails(store, "noah@example.org", 0, token);
  proof.token = token;
  proof.password = "an entirely new one";
  refused(admit_invitation_accept(store, NULL, &proof, NULL, &err), ADMIT_LOGIN_PROOF_REQUIRED,
          &err, "a second password for the same address");
  session = sign_in(store, practice_id, "noah@example.org", "seize loups tranquilles");
  proof.password = NULL;
  proof.login_id = admit_session_login_id(session);
  proof.epoch = (uint32_t)admit_session_epoch(session);
  must(admit_invitation_accept(store, NULL, &proof, NULL, &err), &err, "accepting while signed in");
  admit_session_free(session);
  session = sign_in(store, practice_id, "noah@example.org", "seize loups tranquilles");
  say("he now reaches %d clients, one in each practice",
      (int)admit_session_client_count(session));
  admit_session_free(session);
  admit_client_free(client);
  admit_actor_free(omar);
  admit_actor_free(other_host);
  send_mails(store, "", 0, NULL);
}

/* Prints the verdict of a plan, and carries it out where it is no. */
static void delete_client(const char *client_id) {
  admit_deletion_input input = ADMIT_DELETION_INPUT_INIT;
  admit_deletion_confirm_input confirm = ADMIT_DELETION_CONFIRM_INPUT_INIT;
  admit_plan *plan;
  admit_error *err = NULL;
  input.client_id = client_id;
  input.wanted = ADMIT_DELETION_WANTED_ERASE;
  must(admit_deletion_plan(maya, &input, &plan, &err), &err, "planning");
  confirm.token = admit_plan_token(plan);
  if (admit_plan_verdict(plan) == ADMIT_DELETION_VERDICT_SCHEDULE) {
    say("goes in %d days", (int)admit_plan_days(plan));
    must(admit_deletion_confirm(maya, &confirm, NULL, &err), &err, "confirming");
  } else {
    refused(admit_deletion_confirm(maya, &confirm, NULL, &err), ADMIT_POLICY_DENIED, &err,
            "deleting");
  }
  admit_plan_free(plan);
}

static void deactivate_and_delete(const char *noah) {
  admit_client *client;
  admit_error *err = NULL;
  screen("Deactivate, then delete", "F108 F113");
  delete_client(noah);
  must(admit_client_set_status(maya, noah, ADMIT_CLIENT_STATUS_DEACTIVATED, 0, NULL, &err), &err,
       "deactivating");
  say("deactivated");
  delete_client(noah);
  send_mails(store, "", 1, NULL);
  my_clients("F113");
  let_pass(store, 60 * DAY);
  refused(admit_client_get(maya, noah, &client, &err), ADMIT_NOT_FOUND, &err, "60 days later");
}

int main(int argc, char **argv) {
  text_id noah, emma, invitation;
  if (argc != 3) {
    fprintf(stderr, "usage: practice_better FOLDER SCRIPT\n");
    return 2;
  }
  store = open_product(argv[1], "Practice Better", argv[2]);
  open_practices();
  create_and_invite(noah);
  send_later(emma, invitation);
  my_clients("F113");
  copy_link(invitation);
  revoke(invitation);
  reset_password(noah, emma);
  two_practices(noah);
  deactivate_and_delete(noah);

  admit_actor_free(maya);
  admit_actor_free(host);
  if (admit_store_close(store) != ADMIT_OK) return 1;
  return 0;
}
