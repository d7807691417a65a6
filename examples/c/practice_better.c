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
  screen("My Clients > More Options > (Re)send Invitation", "F100 F102");
  add_client(&form, emma);
  refused(send_invitation(emma, invitation, &err), ADMIT_NOT_REACHABLE, &err,
          "sending without an address");
  change.email = "emma@example.org";
  must(admit_client_update(maya, emma, &change, NULL, &err), &err, "adding the address");
  must(send_invitation(emma, invitation, &err), &err, "sending");
  send_mails(store, "emma@example.org", 1, first);
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

/* What the product says of a row that is passed over; of the policy's no it shows the reasons. */
static const char *why(const admit_batch_row *row) {
  switch (admit_batch_row_status(row)) {
    case ADMIT_CLIENT_ALREADY_ACTIVATED: return "has activated already";
    case ADMIT_CLIENT_DEACTIVATED: return "is deactivated";
    case ADMIT_NOT_REACHABLE: return "has no e-mail address";
    case ADMIT_ROW_REPEATED: return "was selected twice";
    case ADMIT_INVITATION_CLOSED: return "has accepted since";
    case ADMIT_POLICY_DENIED: return admit_batch_row_reason_text(row, 0);
    case ADMIT_OK: return admit_batch_row_shares_address(row) ? "shares an address" : "";
    default: return admit_batch_row_name(row);
  }
}

static void list_rows(const char *batch_id) {
  static const char *const states[] = {"-",       "invite", "resend",  "pass over", "wait",
                                       "invited", "resent", "skipped", "revoked",   "kept"};
  admit_batch_row_page *page;
  admit_error *err = NULL;
  must(admit_batch_row_list(maya, batch_id, ADMIT_BATCH_ROWS_ALL, NULL, 0, &page, &err), &err,
       "the rows");
  for (size_t at = 0; at < admit_batch_row_page_len(page); at++) {
    const admit_batch_row *row = admit_batch_row_page_at(page, at);
    admit_client *client;
    must(admit_client_get(maya, admit_batch_row_client_id(row), &client, &err), &err, "a row");
    printf("  ");
    column(admit_client_name(client), 16);
    printf("%-10s %s\n", states[admit_batch_row_state(row)], why(row));
    admit_client_free(client);
  }
  admit_batch_row_page_free(page);
}

/* Clients in every state; the first two were there before. */
static void add_more_clients(text_id ids[7]) {
  admit_client_input form = new_client("Liam", "Chen", "chen.family@example.org");
  admit_error *err = NULL;
  add_client(&form, ids[2]);
  form.given_name = "Lucy";
  add_client(&form, ids[3]);
  form = new_client("Ava", "Novak", "ava@example.org");
  form.stage = ADMIT_CLIENT_STAGE_PROSPECTIVE;
  add_client(&form, ids[4]);
  form = new_client("Jack", "Singh", "jack@example.org");
  add_client(&form, ids[5]);
  must(admit_client_set_status(maya, ids[5], ADMIT_CLIENT_STATUS_DEACTIVATED, 0, NULL, &err), &err,
       "deactivating");
  form = new_client("Mia", "Bouchard", NULL);
  add_client(&form, ids[6]);
}

static void send_one_by_one(text_id ids[7]) {
  admit_error *err = NULL;
  text_id id;
  screen("(Re)send Invitation, to each who cannot be invited", "F107 F108 F109");
  refused(send_invitation(ids[4], id, &err), ADMIT_POLICY_DENIED, &err, "Ava, prospective");
  refused(send_invitation(ids[5], id, &err), ADMIT_CLIENT_DEACTIVATED, &err, "Jack, deactivated");
  refused(send_invitation(ids[0], id, &err), ADMIT_CLIENT_ALREADY_ACTIVATED, &err,
          "Noah, activated");
}

static void send_to_many(const char *noah, const char *emma) {
  text_id ids[7];
  const char *selected[8];
  admit_batch_input input = ADMIT_BATCH_INPUT_INIT;
  admit_batch *batch;
  admit_error *err = NULL;
  text_id batch_id, token;
  screen("My Clients > Add", "F100");
  snprintf(ids[0], sizeof(text_id), "%s", noah);
  snprintf(ids[1], sizeof(text_id), "%s", emma);
  add_more_clients(ids);
  my_clients("F113");

  screen("Select multiple > Send/resend invitations", "F106 F107 F108 F109");
  for (size_t at = 0; at < 7; at++) selected[at] = ids[at];
  selected[7] = ids[2];
  input.client_ids = selected;
  input.client_count = 8;
  input.channel = ADMIT_CHANNEL_EMAIL;
  input.idempotency_key = "my-clients-2026-01-01";
  must(admit_invitation_plan(maya, &input, NULL, NULL, NULL, &batch, &err), &err, "planning");
  snprintf(batch_id, sizeof batch_id, "%s", admit_batch_id(batch));
  list_rows(batch_id);
  say("\"Invite %d, resend %d, pass over %d? [Send] [Cancel]\"", (int)admit_batch_to_invite(batch),
      (int)admit_batch_to_renew(batch), (int)admit_batch_to_skip(batch));
  admit_batch_free(batch);
  say("before Send, nobody is told:");
  send_mails(store, "", 0, NULL);

  screen("Send", "F106");
  must(admit_invitation_apply(maya, batch_id, NULL, NULL, NULL, &err), &err, "sending");
  list_rows(batch_id);
  must(admit_invitation_apply(maya, batch_id, NULL, NULL, NULL, &err), &err, "sending again");
  say("Send, pressed twice, sends nobody a second mail:");
  send_mails(store, "chen.family@example.org", 0, token);
  send_one_by_one(ids);

  screen("Undo, after one of them has activated", "F106 F110");
  open_link(token, "the link in one of the mails");
  accept(store, token, "quiet rooms upstairs");
  must(admit_invitation_undo(maya, batch_id, 0, NULL, NULL, &batch, &err), &err, "undoing");
  list_rows(batch_id);
  say("revoked %d, kept %d", (int)admit_batch_revoked(batch), (int)admit_batch_kept(batch));
  admit_batch_free(batch);
  refused(admit_invitation_apply(maya, batch_id, NULL, NULL, NULL, &err), ADMIT_ALREADY_ENDED,
          &err, "Send, after that");
  send_mails(store, "", 0, NULL);
}

/* A practice that moves in with all its clients. */
#define MOVERS 1200

/* Tells the screen how far it is, and whether to go on: no, the first time that it is asked. */
static int32_t show_progress(void *user_data, uint64_t done, uint64_t total) {
  int *asked = user_data;
  say("%d of %d", (int)done, (int)total);
  return (*asked)++ > 0;
}

static void send_to_thousands(void) {
  admit_practice_input practice = ADMIT_PRACTICE_INPUT_INIT;
  admit_batch_input input = ADMIT_BATCH_INPUT_INIT;
  admit_person_query everybody = ADMIT_PERSON_QUERY_INIT;
  admit_actor *other_host;
  admit_import *import;
  admit_batch *batch;
  admit_error *err = NULL;
  text_id id, batch_id;
  size_t length = 0, space = MOVERS * 160;
  char *patients = malloc(space);
  int asked = 0;
  if (patients == NULL) abort();
  screen("A practice moves in with all its clients, and invites them", "F106");
  practice.name = "Cedar Dietetics";
  practice.portal = PORTAL;
  other_host = open_practice(store, &practice, id);
  for (int at = 0; at < MOVERS; at++)
    length += (size_t)snprintf(patients + length, space - length,
                               "{\"resourceType\":\"Patient\",\"id\":\"%d\",\"name\":[{\"family\":"
                               "\"Roy\",\"given\":[\"Ana\"]}],\"telecom\":[{\"system\":\"email\","
                               "\"value\":\"%d@example.org\"}]}\n", at, at);
  must(admit_client_import(other_host, (const uint8_t *)patients, length, NULL, NULL, &import,
                           &err), &err, "importing");
  admit_import_free(import);
  free(patients);
  input.channel = ADMIT_CHANNEL_EMAIL;
  input.idempotency_key = "cedar-moves-in";
  must(admit_invitation_plan(other_host, &input, &everybody, NULL, NULL, &batch, &err), &err,
       "planning");
  snprintf(batch_id, sizeof batch_id, "%s", admit_batch_id(batch));
  say("\"Invite %d? [Send] [Cancel]\"", (int)admit_batch_to_invite(batch));
  admit_batch_free(batch);
  must(admit_invitation_apply(other_host, batch_id, show_progress, &asked, &batch, &err), &err,
       "sending");
  say("the window was closed: invited %d, left %d", (int)admit_batch_invited(batch),
      (int)admit_batch_open(batch));
  admit_batch_free(batch);
  must(admit_invitation_apply(other_host, batch_id, show_progress, &asked, &batch, &err), &err,
       "going on");
  say("Send, again: invited %d, left %d", (int)admit_batch_invited(batch),
      (int)admit_batch_open(batch));
  admit_batch_free(batch);
  must(admit_invitation_undo(other_host, batch_id, 0, NULL, NULL, &batch, &err), &err, "undoing");
  say("it was the wrong day: revoked %d, before any mail went out",
      (int)admit_batch_revoked(batch));
  admit_batch_free(batch);
  send_mails(store, "", 0, NULL);
  admit_actor_free(other_host);
}

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
  screen("Deactivate, then delete", "F113");
  delete_client(noah);
  must(admit_client_set_status(maya, noah, ADMIT_CLIENT_STATUS_DEACTIVATED, 0, NULL, &err), &err,
       "deactivating");
  say("deactivated");
  show_menu(noah, "Noah, who is deactivated");
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
  send_to_many(noah, emma);
  send_to_thousands();
  revoke(invitation);
  reset_password(noah, emma);
  two_practices(noah);
  deactivate_and_delete(noah);

  admit_actor_free(maya);
  admit_actor_free(host);
  if (admit_store_close(store) != ADMIT_OK) return 1;
  return 0;
}
