/*
 * Healium Enterprise: managing users.
 *
 *   healium FOLDER SCRIPT
 *
 * plays the article from top to bottom with scripts/healium.lua, and prints what each screen
 * shows. A user of the article is a seat of role member here.
 */
#include "screens.h"

static admit_store *store;
static admit_actor *host, *ann; /* the product, and the Enterprise's first admin */
static text_id enterprise, ann_id;

static void open_enterprise(void) {
  admit_practice_input practice = ADMIT_PRACTICE_INPUT_INIT;
  practice.name = "Riverside Health";
  practice.support_email = "it@riverside.example.org";
  practice.locale = "en-US";
  practice.zone = "America/Denver";
  host = open_practice(store, &practice, enterprise);
  ann = open_seat(store, host, enterprise, "Ann", "Lee", ADMIT_ROLE_ADMIN,
                  "ann@riverside.example.org", ann_id);
}

/* Everybody who is in, and whose invitation is open, in one list. */
static void admin_tab(const char *rows) {
  admit_person_query query = ADMIT_PERSON_QUERY_INIT;
  screen("Admin tab", rows);
  query.status = ADMIT_PERSON_STATUS_ACTIVE;
  list_people(ann, &query);
}

/* An actor for the seat that a session holds here; the caller frees it. */
static admit_actor *seat_of(const admit_session *session) {
  admit_actor *actor;
  admit_error *err = NULL;
  must(admit_actor_staff(store, enterprise, admit_session_seat_staff_id(session, 0),
                         admit_session_epoch(session), &actor, &err), &err, "the seat's actor");
  return actor;
}

/* --- Method 1: one by one ----------------------------------------------------------------- */

/* What the popup sends: an address and a role, and nothing else. */
static admit_status invite(admit_actor *actor, const char *email, admit_role role, text_id id,
                           admit_error **err) {
  admit_invitation_input input = ADMIT_INVITATION_INPUT_INIT;
  admit_invitation *invitation = NULL;
  admit_status status;
  input.email = email;
  input.role = role;
  input.channel = ADMIT_CHANNEL_EMAIL;
  status = admit_invitation_send(actor, &input, &invitation, err);
  if (status == ADMIT_OK && id != NULL)
    snprintf(id, sizeof(text_id), "%s", admit_invitation_id(invitation));
  admit_invitation_free(invitation);
  return status;
}

static void invite_user(text_id sam) {
  admit_error *err = NULL;
  screen("Invite User", "F64 F65 F66");
  refused(invite(ann, "sam.reed", ADMIT_ROLE_MEMBER, sam, &err), ADMIT_INVALID, &err,
          "an address without a domain");
  refused(invite(ann, "sam.reed@riverside.example.org", ADMIT_ROLE_PRACTITIONER, sam, &err),
          ADMIT_POLICY_DENIED, &err, "another role than User or Admin");
  must(invite(ann, "sam.reed@riverside.example.org", ADMIT_ROLE_MEMBER, sam, &err), &err,
       "inviting");
  say("sam.reed@riverside.example.org, role User: Send Invite");
}

static void confirmation(const char *invitation_id) {
  admit_link *link;
  admit_qr *qr;
  admit_error *err = NULL;
  screen("Send Invite > confirmation popup", "F67 F68 F69");
  must(admit_invitation_link(ann, invitation_id, ADMIT_CHANNEL_COPIED, &link, &err), &err,
       "the link");
  say("Your invitation is on its way. To text or message it, copy this link:");
  say("%s", admit_link_url(link));
  say("Or let them scan this code:");
  must(admit_invitation_qr(ann, invitation_id, &qr, &err), &err, "the QR code");
  printf("%s\n", admit_qr_terminal(qr));
  admit_qr_free(qr);
  admit_link_free(link);
}

/* The form behind the link: it is told what the link is, and asks for a name and a password. */
static void create_account(text_id sam_seat) {
  admit_accept_input form = ADMIT_ACCEPT_INPUT_INIT;
  admit_acceptance *acceptance;
  admit_inspection *inspection;
  admit_error *err = NULL;
  text_id token;
  screen("Sam's mailbox", "F70");
  send_mails(store, "sam.reed@riverside.example.org", 1, token);
  screen("Create Healium Account", "F71 F72");
  must(admit_invitation_inspect(store, NULL, token, &inspection, &err), &err, "opening the link");
  say("%s invites %s", admit_inspection_practice_name(inspection),
      or_dash(admit_inspection_masked_address(inspection)));
  admit_inspection_free(inspection);
  form.token = token;
  form.name = "Sam Reed";
  form.password = "samreed";
  refused(admit_invitation_accept(store, NULL, &form, &acceptance, &err), ADMIT_PASSWORD_TOO_SHORT,
          &err, "a short password");
  form.password = "sam.reed@riverside";
  refused(admit_invitation_accept(store, NULL, &form, &acceptance, &err),
          ADMIT_PASSWORD_CONTAINS_CONTEXT, &err, "a password of their own names");
  form.password = "seven paper lanterns";
  must(admit_invitation_accept(store, NULL, &form, &acceptance, &err), &err, "Create Account");
  snprintf(sam_seat, sizeof(text_id), "%s", admit_acceptance_staff_id(acceptance));
  admit_acceptance_free(acceptance);
  say("the account of Sam Reed is created");
  refused(admit_invitation_accept(store, NULL, &form, NULL, &err), ADMIT_LINK_USED, &err,
          "Create Account again");
  send_mails(store, "", 1, NULL);
}

/* One login opens the app and the dashboard; what the dashboard shows, the role says. */
static void sign_in_sam(void) {
  admit_session *session;
  admit_actor *sam;
  admit_person_page *page;
  admit_error *err = NULL;
  screen("Sam in the app and on the dashboard", "F72");
  now += HOUR;
  sign_in_refused(store, enterprise, "sam.reed@riverside.example.org", "seven paper lamps",
                  ADMIT_SIGN_IN_FAILED, "a wrong password");
  session = sign_in(store, enterprise, "sam.reed@riverside.example.org", "seven paper lanterns");
  sam = seat_of(session);
  refused(admit_person_list(sam, NULL, &page, &err), ADMIT_NOT_PERMITTED, &err,
          "a user opens the Admin tab");
  refused(invite(sam, "friend@riverside.example.org", ADMIT_ROLE_ADMIN, NULL, &err),
          ADMIT_NOT_PERMITTED, &err, "a user invites an admin");
  refused(invite(sam, "friend@riverside.example.org", ADMIT_ROLE_MEMBER, NULL, &err),
          ADMIT_NOT_PERMITTED, &err, "a user invites a user");
  admit_actor_free(sam);
  admit_session_free(session);
}

/* --- Method 2: one link for many ---------------------------------------------------------- */

static void list_links(void) {
  static const char *const states[] = {"-", "live", "full", "expired", "revoked"};
  admit_open_link_page *page;
  admit_error *err = NULL;
  char until[32];
  must(admit_open_link_list(ann, NULL, &page, &err), &err, "the links");
  printf("  %-18s %-9s %-5s %-5s %-5s %-5s %s\n", "link", "state", "most", "in", "held", "left",
         "open until");
  for (size_t at = 0; at < admit_open_link_page_len(page); at++) {
    const admit_open_link *link = admit_open_link_page_at(page, at);
    printf("  %-18s %-9s %-5u %-5u %-5u %-5u %s\n", or_dash(admit_open_link_label(link)),
           states[admit_open_link_state(link)], (unsigned)admit_open_link_uses_max(link),
           (unsigned)admit_open_link_uses(link), (unsigned)admit_open_link_held(link),
           (unsigned)admit_open_link_left(link),
           moment(admit_open_link_expires_at(link), until));
  }
  admit_open_link_page_free(page);
}

/* Makes a link and answers its id and token, as whoever copies it has it. */
static void generate(const char *label, uint32_t uses, text_id id, text_id token) {
  admit_open_link_input input = ADMIT_OPEN_LINK_INPUT_INIT;
  admit_open_link *made;
  admit_link *link;
  admit_error *err = NULL;
  input.role = ADMIT_ROLE_MEMBER;
  input.label = label;
  input.uses = uses;
  input.expires_in_ms = 30 * DAY;
  must(admit_open_link_create(ann, &input, &made, &err), &err, "generating a link");
  snprintf(id, sizeof(text_id), "%s", admit_open_link_id(made));
  must(admit_open_link_link(ann, id, ADMIT_CHANNEL_COPIED, &link, &err), &err, "the link");
  say("%s: %s", label, admit_link_url(link));
  snprintf(token, sizeof(text_id), "%s", strrchr(admit_link_url(link), '/') + 1);
  admit_link_free(link);
  admit_open_link_free(made);
}

static void generate_links(text_id big, text_id big_token, text_id small, text_id small_token) {
  admit_open_link_input input = ADMIT_OPEN_LINK_INPUT_INIT;
  admit_open_link *made;
  admit_qr *qr;
  admit_error *err = NULL;
  screen("Copy Invite Link > Generate Invite Link", "F65 F73 F74 F78");
  input.role = ADMIT_ROLE_ADMIN;
  refused(admit_open_link_create(ann, &input, &made, &err), ADMIT_OPEN_LINK_ROLE, &err,
          "a link that makes admins");
  input.role = ADMIT_ROLE_NONE;
  refused(admit_open_link_create(ann, &input, &made, &err), ADMIT_POLICY_DENIED, &err,
          "a link that makes clients");
  say("asked for: 80 people and 30 days, and 2 people; the product allows 50 people and 7 days");
  generate("All of Riverside", 80, big, big_token);
  generate("Night shift", 2, small, small_token);
  list_links();
  say("the second as a code for the wall:");
  must(admit_open_link_qr(ann, small, &qr, &err), &err, "the QR code");
  printf("%s\n", admit_qr_terminal(qr));
  admit_qr_free(qr);
}

/* Fills in the form that everybody with the link sees. */
static admit_status follow(const char *token, const char *name, const char *email,
                           const char *password, admit_error **err) {
  admit_open_link_accept_input form = ADMIT_OPEN_LINK_ACCEPT_INPUT_INIT;
  admit_acceptance *acceptance = NULL;
  admit_status status;
  form.token = token;
  form.name = name;
  form.email = email;
  form.password = password;
  status = admit_open_link_accept(store, NULL, &form, &acceptance, err);
  if (status == ADMIT_OK)
    say("%s: %s", name, admit_acceptance_waits_for_address(acceptance)
                            ? "\"Look into your mail, and confirm your address.\"" : "is in");
  admit_acceptance_free(acceptance);
  return status;
}

/* The link that was mailed to `email` proves the address, and lets its owner in. */
static void confirm(const char *name, const char *email, int prints) {
  admit_error *err = NULL;
  text_id token;
  send_mails(store, email, prints, token);
  must(admit_login_confirm_address(store, NULL, token, NULL, &err), &err, "confirming");
  say("%s confirms the address, and is in", name);
}

static void many_follow(const char *token) {
  admit_open_link_accept_input signed_in = ADMIT_OPEN_LINK_ACCEPT_INPUT_INIT;
  admit_session *session;
  admit_error *err = NULL;
  screen("The link, pasted into one message to many", "F75 F76");
  refused(follow(token, NULL, "ida@riverside.example.org", "grey heron at dawn", &err),
          ADMIT_INVALID, &err, "the form without a name");
  refused(follow(token, "Ida Brandt", "ida@riverside.example.org", "heron", &err),
          ADMIT_PASSWORD_TOO_SHORT, &err, "a short password");
  must(follow(token, "Ida Brandt", "ida@riverside.example.org", "grey heron at dawn", &err), &err,
       "following");
  sign_in_refused(store, enterprise, "ida@riverside.example.org", "grey heron at dawn",
                  ADMIT_SIGN_IN_FAILED, "Ida signs in before she confirms");
  confirm("Ida Brandt", "ida@riverside.example.org", 1);
  must(follow(token, "Noor Haddad", "noor@riverside.example.org", "four copper kettles", &err),
       &err, "following");
  confirm("Noor Haddad", "noor@riverside.example.org", 0);
  session = sign_in(store, enterprise, "ida@riverside.example.org", "grey heron at dawn");
  signed_in.token = token;
  signed_in.login_id = admit_session_login_id(session);
  signed_in.epoch = admit_session_epoch(session);
  must(admit_open_link_accept(store, NULL, &signed_in, NULL, &err), &err, "following again");
  say("Ida opens the link again while signed in, and takes no second place");
  admit_session_free(session);
  send_mails(store, "", 0, NULL);
  list_links();
}

static void fill_up(const char *token) {
  admit_error *err = NULL;
  text_id mia;
  screen("A link for two", "F75 F78");
  must(follow(token, "Lev Stern", "lev@riverside.example.org", "nine wooden ladders", &err), &err,
       "following");
  confirm("Lev Stern", "lev@riverside.example.org", 0);
  must(follow(token, "Mia Wolf", "mia@riverside.example.org", "silver night trains", &err), &err,
       "following");
  send_mails(store, "mia@riverside.example.org", 0, mia);
  refused(follow(token, "Omar Diaz", "omar@riverside.example.org", "early morning ferry", &err),
          ADMIT_OPEN_LINK_FULL, &err, "a third");
  list_links();
  let_pass(store, DAY);
  say("24 hours later Mia has not confirmed, and her place is free again");
  refused(admit_login_confirm_address(store, NULL, mia, NULL, &err), ADMIT_LINK_EXPIRED, &err,
          "Mia confirms now");
  must(follow(token, "Omar Diaz", "omar@riverside.example.org", "early morning ferry", &err), &err,
       "following");
  confirm("Omar Diaz", "omar@riverside.example.org", 0);
  list_links();
}

static void revoke_link(const char *id, const char *token) {
  admit_error *err = NULL;
  screen("A link that went to the wrong chat is revoked", "F78");
  must(admit_open_link_revoke(ann, id, &err), &err, "revoking");
  say("revoked; who came in by it stays");
  refused(follow(token, "Zoe Stranger", "zoe@example.org", "any long password", &err),
          ADMIT_LINK_REVOKED, &err, "somebody follows it now");
  refused(admit_open_link_revoke(ann, id, &err), ADMIT_ALREADY_ENDED, &err, "revoking again");
  let_pass(store, 7 * DAY);
  say("a week after they were made");
  list_links();
}

/* --- Somebody who is with her: an admin by QR code ---------------------------------------- */

static void invite_admin(text_id bea) {
  admit_accept_input form = ADMIT_ACCEPT_INPUT_INIT;
  admit_acceptance *acceptance;
  admit_qr *qr;
  admit_error *err = NULL;
  text_id invitation;
  screen("Invite User, role Admin, who scans the code with a phone", "F66 F69");
  must(invite(ann, "bea.novak@riverside.example.org", ADMIT_ROLE_ADMIN, invitation, &err), &err,
       "inviting");
  must(admit_invitation_qr(ann, invitation, &qr, &err), &err, "the QR code");
  form.token = strrchr(admit_qr_url(qr), '/') + 1;
  form.name = "Bea Novak";
  form.password = "blue window frames";
  must(admit_invitation_accept(store, NULL, &form, &acceptance, &err), &err, "Create Account");
  snprintf(bea, sizeof(text_id), "%s", admit_acceptance_staff_id(acceptance));
  say("the account of Bea Novak is created");
  admit_acceptance_free(acceptance);
  admit_qr_free(qr);
  send_mails(store, "", 0, NULL);
  admit_session_free(sign_in(store, enterprise, "bea.novak@riverside.example.org",
                             "blue window frames"));
  must(invite(ann, "kim.typo@riverside.example.org", ADMIT_ROLE_MEMBER, NULL, &err), &err,
       "inviting");
  say("kim.typo@riverside.example.org, role User: Send Invite");
}

/* --- Removing ----------------------------------------------------------------------------- */

/* Asks what would happen, and shows it in a popup; the plan is to be freed. */
static admit_plan *ask_to_remove(const char *staff_id) {
  admit_deletion_input input = ADMIT_DELETION_INPUT_INIT;
  admit_plan *plan;
  admit_staff *staff;
  admit_error *err = NULL;
  must(admit_staff_get(ann, staff_id, &staff, &err), &err, "the seat");
  input.staff_id = staff_id;
  input.wanted = ADMIT_DELETION_WANTED_LEAVE;
  must(admit_deletion_plan(ann, &input, &plan, &err), &err, "planning");
  say("\"Remove %s from Riverside Health? %s\"", admit_staff_name(staff),
      admit_plan_verdict(plan) == ADMIT_DELETION_VERDICT_LEAVE ? "[Remove] [Cancel]"
                                                               : "This is not possible.");
  admit_staff_free(staff);
  return plan;
}

static admit_status remove_user(const admit_plan *plan, admit_error **err) {
  admit_deletion_confirm_input confirm = ADMIT_DELETION_CONFIRM_INPUT_INIT;
  confirm.token = admit_plan_token(plan);
  return admit_deletion_confirm(ann, &confirm, NULL, err);
}

/* The seat of somebody, from the row in the list. */
static void find_seat(const char *email, text_id id) {
  admit_person_page *page;
  admit_error *err = NULL;
  id[0] = 0;
  must(admit_person_list(ann, NULL, &page, &err), &err, "listing");
  for (size_t at = 0; at < admit_person_page_len(page); at++) {
    const admit_person *person = admit_person_page_at(page, at);
    if (strcmp(or_dash(admit_person_email(person)), email) == 0)
      snprintf(id, sizeof(text_id), "%s", admit_person_id(person));
  }
  admit_person_page_free(page);
}

static void remove_users(const char *sam, const char *bea) {
  admit_session *session;
  admit_actor *was_sam;
  admit_staff *staff;
  admit_plan *plan;
  admit_error *err = NULL;
  text_id kim;
  screen("Three dots > Remove User", "F64 F77 F78");
  session = sign_in(store, enterprise, "sam.reed@riverside.example.org", "seven paper lanterns");
  was_sam = seat_of(session);
  plan = ask_to_remove(sam);
  say("Cancel: nothing was confirmed, so nothing changed");
  now += HOUR;
  refused(remove_user(plan, &err), ADMIT_PLAN_EXPIRED, &err, "Remove, in a popup left open");
  admit_plan_free(plan);
  plan = ask_to_remove(sam);
  must(remove_user(plan, &err), &err, "removing");
  say("removed");
  refused(remove_user(plan, &err), ADMIT_ALREADY_ENDED, &err, "Remove, pressed twice");
  admit_plan_free(plan);
  refused(admit_staff_get(was_sam, sam, &staff, &err), ADMIT_ACTOR_SUSPENDED, &err,
          "Sam's dashboard, which was open");
  admit_actor_free(was_sam);
  admit_session_free(session);
  sign_in_refused(store, enterprise, "sam.reed@riverside.example.org", "seven paper lanterns",
                  ADMIT_SIGN_IN_FAILED, "Sam signs in, who is nowhere else");
  send_mails(store, "", 1, NULL);

  screen("Remove User, for an invitation that nobody has taken up", "F77");
  find_seat("kim.typo@riverside.example.org", kim);
  plan = ask_to_remove(kim);
  must(remove_user(plan, &err), &err, "removing");
  say("removed");
  admit_plan_free(plan);
  send_mails(store, "", 0, NULL);

  screen("Remove User, for admins", "F77 F78");
  plan = ask_to_remove(bea);
  must(remove_user(plan, &err), &err, "removing");
  say("removed");
  admit_plan_free(plan);
  plan = ask_to_remove(ann_id);
  refused(remove_user(plan, &err), ADMIT_LAST_ADMIN, &err, "Remove, for the last admin");
  admit_plan_free(plan);
  send_mails(store, "", 0, NULL);
}

int main(int argc, char **argv) {
  text_id invitation, sam, bea, big, big_token, small, small_token;
  if (argc != 3) {
    fprintf(stderr, "usage: healium FOLDER SCRIPT\n");
    return 2;
  }
  store = open_product(argv[1], "Healium", argv[2]);
  open_enterprise();
  invite_user(invitation);
  admin_tab("F63");
  confirmation(invitation);
  create_account(sam);
  sign_in_sam();
  generate_links(big, big_token, small, small_token);
  many_follow(big_token);
  fill_up(small_token);
  revoke_link(big, big_token);
  invite_admin(bea);
  admin_tab("F63");
  remove_users(sam, bea);
  admin_tab("F63 F64");

  admit_actor_free(ann);
  admit_actor_free(host);
  if (admit_store_close(store) != ADMIT_OK) return 1;
  return 0;
}
