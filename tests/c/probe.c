/* Every function that takes an actor, called by each actor that must not get far with it.
   Prints one line a call: the function, the actor, what was answered. */
#include "kit.h"

static void done(int line, int status, admit_error *err) {
  if (status == ADMIT_OK) return;
  fail("line %d: %s %s", line, admit_error_name(err), admit_error_message(err));
  abort();
}
#define DONE(call) do { admit_error *err = NULL; int status = call; done(__LINE__, status, err); } while (0)

static char here[40], there[40];

/* Who asks, and as which seat or login. An epoch of 0 leaves the session to the host. */
enum who { HOST, STAFF, LOGIN, VISITOR };
static struct prober {
  const char *name;
  enum who who;
  const char *practice;
  char id[40];
  uint32_t epoch;
  int has_reason;
  /* What happens to the practice, or to the client at hand, before it asks. */
  int is_practice_suspended, is_client_suspended;
} probers[] = {
  {"host", HOST, here, "", 0, 1, 0, 0},
  {"host_without_reason", HOST, here, "", 0, 0, 0, 0},
  {"admin", STAFF, here, "", 0, 0, 0, 0},
  {"practitioner", STAFF, here, "", 0, 0, 0, 0},
  {"assistant", STAFF, here, "", 0, 0, 0, 0},
  {"member", STAFF, here, "", 0, 0, 0, 0},
  {"visitor", VISITOR, here, "", 0, 0, 0, 0},
  {"other_client", LOGIN, here, "", 0, 0, 0, 0},
  {"host_elsewhere", HOST, there, "", 0, 1, 0, 0},
  {"admin_elsewhere", STAFF, there, "", 0, 0, 0, 0},
  {"client_elsewhere", LOGIN, there, "", 0, 0, 0, 0},
  {"admin_session_ended", STAFF, here, "", 1, 0, 0, 0},
  {"client_session_ended", LOGIN, here, "", 1, 0, 0, 0},
  {"must_change", LOGIN, here, "", 0, 0, 0, 0},
  {"admin_suspended", STAFF, here, "", 0, 0, 0, 0},
  {"admin_ended", STAFF, here, "", 0, 0, 0, 0},
  {"not_approved", STAFF, here, "", 0, 0, 0, 0},
  {"client_suspended", LOGIN, here, "", 0, 0, 0, 1},
  {"practice_suspended", HOST, here, "", 0, 1, 1, 0},
};
#define PROBERS (sizeof probers / sizeof *probers)

static struct prober *prober_named(const char *name) {
  for (size_t at = 0; at < PROBERS; at++)
    if (strcmp(probers[at].name, name) == 0) return &probers[at];
  abort();
}

static admit_actor *reasoned_host(const char *practice) {
  admit_source source = ADMIT_SOURCE_INIT;
  admit_actor *plain = NULL, *reasoned = NULL;
  source.reason = "asked for at the desk";
  DONE(admit_actor_host(store, practice, &plain, &err));
  DONE(admit_actor_source(plain, &source, &reasoned, &err));
  DONE(admit_actor_free(plain));
  return reasoned;
}

static void free_actor(admit_actor *actor) {
  CHECK(admit_actor_free(actor) == ADMIT_OK, "an actor is freed");
}

static void seat(admit_actor *by, const char *name, int32_t role, int32_t approval) {
  admit_staff_input input = ADMIT_STAFF_INPUT_INIT;
  admit_staff *staff = NULL;
  struct prober *it = prober_named(name);
  input.name = name;
  input.role = role;
  input.approval = approval;
  DONE(admit_staff_add(by, &input, &staff, &err));
  snprintf(it->id, sizeof it->id, "%s", admit_staff_id(staff));
  admit_staff_free(staff);
}

/* A login with a known password, of a client or a seat; it has signed in nowhere. */
static void hold(admit_actor *by, const char *name, const char *client, const char *staff, int is_temporary) {
  static const char hash[] =
    "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
  admit_login_input input = ADMIT_LOGIN_INPUT_INIT;
  admit_login *login = NULL;
  admit_secret *password = NULL;
  struct prober *it = prober_named(name);
  char username[64];
  snprintf(username, sizeof username, "%s.prober", name);
  input.client_id = client;
  input.staff_id = staff;
  input.username = username;
  input.generate_password = is_temporary;
  input.imported_hash = is_temporary ? NULL : hash;
  DONE(admit_login_create(by, &input, &login, &password, &err));
  if (staff == NULL) {
    snprintf(it->id, sizeof it->id, "%s", admit_login_id(login));
    it->epoch = admit_login_epoch(login);
  }
  if (strstr(name, "session_ended") != NULL) {
    it->epoch = admit_login_epoch(login);
    DONE(admit_login_end_sessions(by, admit_login_id(login), NULL, &err));
  }
  admit_secret_free(password);
  admit_login_free(login);
}

static void hold_new_client(admit_actor *by, const char *name, int is_temporary) {
  admit_client_input input = ADMIT_CLIENT_INPUT_INIT;
  admit_client *client = NULL;
  input.name = name;
  DONE(admit_client_create(by, &input, &client, &err));
  hold(by, name, admit_client_id(client), NULL, is_temporary);
  admit_client_free(client);
}

static void guard(admit_actor *by, const char *name, const char *client) {
  admit_proxy_input input = ADMIT_PROXY_INPUT_INIT;
  admit_proxy *proxy = NULL;
  input.client_id = client;
  input.login_id = prober_named(name)->id;
  input.tie = ADMIT_TIE_GUARDIAN;
  DONE(admit_proxy_add(by, &input, &proxy, &err));
  admit_proxy_free(proxy);
}

static void end_seat(admit_actor *by, const char *name) {
  admit_deletion_input input = ADMIT_DELETION_INPUT_INIT;
  admit_deletion_confirm_input confirm = ADMIT_DELETION_CONFIRM_INPUT_INIT;
  admit_plan *plan = NULL;
  admit_confirmed *confirmed = NULL;
  input.staff_id = prober_named(name)->id;
  input.wanted = ADMIT_DELETION_WANTED_LEAVE;
  DONE(admit_deletion_plan(by, &input, &plan, &err));
  confirm.token = admit_plan_token(plan);
  DONE(admit_deletion_confirm(by, &confirm, &confirmed, &err));
  admit_confirmed_free(confirmed);
  admit_plan_free(plan);
}

/* The host's own key of what is asked about, and what else a call needs to get through. */
static char override_id[40];
static void name_things(admit_actor *by) {
  admit_room_input room = ADMIT_ROOM_INPUT_INIT;
  admit_room *named = NULL;
  admit_script_set_page *sets = NULL;
  admit_client_input client = ADMIT_CLIENT_INPUT_INIT;
  admit_staff_input staff = ADMIT_STAFF_INPUT_INIT;
  admit_client *updated = NULL;
  admit_staff *seated = NULL;
  client.external_id = staff.external_id = room.external_id = sane_text("external_id");
  client.email = "ada@example.org";
  room.name = "Named";
  DONE(admit_room_create(by, &room, &named, &err));
  admit_room_free(named);
  DONE(admit_script_override_list(by, &sets, &err));
  snprintf(override_id, sizeof override_id, "%s", admit_script_set_id(admit_script_set_page_at(sets, 0)));
  admit_script_set_page_free(sets);
  DONE(admit_client_update(by, sane_text("client_id"), &client, &updated, &err));
  DONE(admit_staff_update(by, sane_text("staff_id"), &staff, &seated, &err));
  admit_client_free(updated);
  admit_staff_free(seated);
}

/* A plan that waits to be confirmed. */
static char plan_token[512];
static void make_plan(admit_actor *by) {
  admit_client_input client = ADMIT_CLIENT_INPUT_INIT;
  admit_deletion_input input = ADMIT_DELETION_INPUT_INIT;
  admit_client *made_client = NULL;
  admit_plan *plan = NULL;
  client.name = "Lea Voss";
  DONE(admit_client_create(by, &client, &made_client, &err));
  input.client_id = admit_client_id(made_client);
  input.wanted = ADMIT_DELETION_WANTED_ERASE;
  DONE(admit_deletion_plan(by, &input, &plan, &err));
  snprintf(plan_token, sizeof plan_token, "%s", admit_plan_token(plan));
  admit_plan_free(plan);
  admit_client_free(made_client);
}

/* Two clients that are one, one that was merged already, and an item with a key of the host's. */
static char twin_id[40], merged_id[40];
static void make_twins(admit_actor *by) {
  admit_client_input client = ADMIT_CLIENT_INPUT_INIT;
  admit_client_merge_input merge = ADMIT_CLIENT_MERGE_INPUT_INIT;
  admit_item_input item = ADMIT_ITEM_INPUT_INIT;
  admit_client *made_client = NULL;
  admit_item *made_item = NULL;
  char *const ids[] = {twin_id, merged_id};
  client.name = "Ada Twin";
  for (int at = 0; at < 2; at++) {
    DONE(admit_client_create(by, &client, &made_client, &err));
    snprintf(ids[at], sizeof twin_id, "%s", admit_client_id(made_client));
    admit_client_free(made_client);
  }
  merge.from_client_id = merged_id;
  merge.into_client_id = twin_id;
  merge.reason = "entered twice";
  DONE(admit_client_merge(by, &merge, &made_client, &err));
  admit_client_free(made_client);
  item.client_id = sane_text("client_id");
  item.kind = "kit";
  item.external_id = sane_text("external_id");
  DONE(admit_item_put(by, &item, &made_item, &err));
  admit_item_free(made_item);
}

/* A plan to end the practice; whatever changes after it makes it a plan of the past. */
static char end_token[512];
static void make_end_plan(admit_actor *by) {
  admit_practice_plan *plan = NULL;
  DONE(admit_practice_erase_plan(by, &plan, &err));
  snprintf(end_token, sizeof end_token, "%s", admit_practice_plan_token(plan));
  admit_practice_plan_free(plan);
}

static int32_t swallow(void *user_data, const char *line, size_t length) {
  (void)user_data;
  return line != NULL && length > 0;
}

/* Arguments with which the host gets through, where the kit's own do not. */
static void make_right(struct call *call) {
  const struct function *function = call->function;
  for (int at = 0; at < function->count; at++) {
    const struct parameter *it = &function->parameters[at];
    union value *v = &call->v[at];
    if (it->kind == TEXT && it->is_optional) v->pointer = NULL;
    if (it->kind == TEXT && strcmp(it->name, "id") == 0) v->pointer = (void *)sane_text("client_id");
    if (it->kind == WORD && strcmp(it->name, "channel") == 0) v->number = 0;
    if (it->kind == WORD && strcmp(it->name, "noun") == 0) v->number = ADMIT_NOUN_CLIENT;
  }
  if (strstr(function->name, "room_assign") || strstr(function->name, "room_unassign")) call->v[3].pointer = NULL;
  if (strstr(function->name, "temporary_password")) call->v[2].pointer = NULL;
  if (strcmp(function->name, "admit_access_why") == 0) call->v[2].pointer = NULL;
  if (strstr(function->name, "override_get")) call->v[1].pointer = override_id;
  if (strstr(function->name, "override_activate")) call->v[1].pointer = NULL;
  if (strcmp(function->name, "admit_deletion_confirm") == 0)
    ((admit_deletion_confirm_input *)call->v[1].pointer)->token = plan_token;
  if (strcmp(function->name, "admit_practice_erase_confirm") == 0) call->v[1].pointer = end_token;
  if (strcmp(function->name, "admit_practice_export") == 0) call->v[1].function = (void (*)(void))swallow;
  if (strcmp(function->name, "admit_event_export") == 0) {
    call->v[2].number = 4102444800000;
    call->v[3].pointer = NULL;
  }
  if (strcmp(function->name, "admit_staff_end") == 0) call->v[2].pointer = NULL;
  if (strcmp(function->name, "admit_client_merged_into") == 0) call->v[1].pointer = merged_id;
  if (strcmp(function->name, "admit_client_merge") == 0) {
    admit_client_merge_input *input = call->v[1].pointer;
    input->from_client_id = twin_id;
    input->into_client_id = sane_text("client_id");
  }
  if (strcmp(function->name, "admit_assistant_invite") == 0)
    ((admit_assistant_input *)call->v[1].pointer)->practitioner_id = prober_named("practitioner")->id;
  if (strcmp(function->name, "admit_delegation_give") == 0) {
    admit_delegation_input *input = call->v[1].pointer;
    input->assistant_id = prober_named("assistant")->id;
    input->practitioner_id = prober_named("practitioner")->id;
  }
}

/* Adds who asks to the world that is open. */
static void make_probers(void) {
  admit_practice_input input = ADMIT_PRACTICE_INPUT_INIT;
  admit_practice *practice = NULL;
  snprintf(here, sizeof here, "%s", sane_text("practice_id"));
  admit_actor *by = reasoned_host(here);
  input.name = "Birch Clinic";
  DONE(admit_practice_create(store, &input, &practice, &err));
  snprintf(there, sizeof there, "%s", admit_practice_id(practice));
  admit_practice_free(practice);
  admit_actor *elsewhere = reasoned_host(there);
  seat(by, "admin", ADMIT_ROLE_ADMIN, ADMIT_APPROVAL_APPROVED);
  seat(by, "practitioner", ADMIT_ROLE_PRACTITIONER, ADMIT_APPROVAL_APPROVED);
  seat(by, "assistant", ADMIT_ROLE_ASSISTANT, ADMIT_APPROVAL_APPROVED);
  seat(by, "member", ADMIT_ROLE_MEMBER, ADMIT_APPROVAL_APPROVED);
  seat(by, "admin_session_ended", ADMIT_ROLE_ADMIN, ADMIT_APPROVAL_APPROVED);
  seat(by, "admin_suspended", ADMIT_ROLE_ADMIN, ADMIT_APPROVAL_APPROVED);
  seat(by, "admin_ended", ADMIT_ROLE_ADMIN, ADMIT_APPROVAL_APPROVED);
  seat(by, "not_approved", ADMIT_ROLE_PRACTITIONER, ADMIT_APPROVAL_PENDING);
  seat(elsewhere, "admin_elsewhere", ADMIT_ROLE_ADMIN, ADMIT_APPROVAL_APPROVED);
  hold(by, "admin_session_ended", NULL, prober_named("admin_session_ended")->id, 0);
  hold_new_client(by, "other_client", 0);
  hold_new_client(by, "client_session_ended", 0);
  hold_new_client(by, "must_change", 1);
  hold_new_client(elsewhere, "client_elsewhere", 0);
  hold_new_client(by, "client_suspended", 0);
  guard(by, "client_suspended", sane_text("client_id"));
  name_things(by);
  make_plan(by);
  make_twins(by);
  DONE(admit_staff_suspend(by, prober_named("admin_suspended")->id, 0, &err));
  end_seat(by, "admin_ended");
  make_end_plan(by);
  free_actor(elsewhere);
  free_actor(by);
}

static admit_actor *actor_of(const struct prober *it) {
  admit_actor *actor = NULL;
  switch (it->who) {
    case HOST:
      if (it->has_reason) return reasoned_host(it->practice);
      DONE(admit_actor_host(store, it->practice, &actor, &err));
      break;
    case STAFF: DONE(admit_actor_staff(store, it->practice, it->id, it->epoch, &actor, &err)); break;
    case LOGIN: DONE(admit_actor_login(store, it->practice, it->id, it->epoch, &actor, &err)); break;
    case VISITOR: DONE(admit_actor_visitor(store, it->practice, &actor, &err)); break;
  }
  return actor;
}

static void suspend_what_is_asked_about(const struct prober *it) {
  admit_actor *by = reasoned_host(here);
  if (it->is_practice_suspended) DONE(admit_practice_suspend(by, &err));
  if (it->is_client_suspended) {
    admit_client *client = NULL;
    DONE(admit_client_set_status(by, sane_text("client_id"), ADMIT_CLIENT_STATUS_SUSPENDED, 0, &client, &err));
    admit_client_free(client);
  }
  free_actor(by);
}

/* The text is an id of what the world has, so whoever gets it from elsewhere sees what is not its own. */
static int is_of_the_world(const char *text) {
  if (strlen(text) != 36) return 0;
  for (int at = 0; objects[at] != NULL; at++) {
    const struct function *id = function_named(objects[at], "_id");
    if (made[at] == NULL || id == NULL || id->answers != TEXT) continue;
    union value v = {made[at]};
    const char *known = (const char *)(uintptr_t)id->call(&v);
    if (known != NULL && strcmp(known, text) == 0) return 1;
  }
  return 0;
}

/* Reads every text of an object, and of what is on it if it is a page. */
static int shows_the_world(int index, void *object) {
  const struct function *page_at = function_named(objects[index], "_at");
  int shows = 0;
  for (const struct function *it = functions; it->name != NULL; it++) {
    if (it->count != 1 || it->answers != TEXT) continue;
    if (it->parameters[0].kind != OBJECT || it->parameters[0].index != index) continue;
    union value v = {object};
    const char *text = (const char *)(uintptr_t)it->call(&v);
    shows |= text != NULL && is_of_the_world(text);
  }
  if (page_at == NULL || page_at->count != 2 || page_at->answers != OBJECT) return shows;
  char type[64];
  snprintf(type, sizeof type, "%.*s", (int)(strlen(objects[index]) - strlen("_page")), objects[index]);
  for (int row = 0; objects[row] != NULL; row++) {
    if (strcmp(objects[row], type) != 0) continue;
    for (uint64_t at = 0;; at++) {
      union value v[2] = {{object}, {NULL}};
      v[1].number = at;
      void *on_page = (void *)(uintptr_t)page_at->call(v);
      if (on_page == NULL) return shows;
      shows |= shows_the_world(row, on_page);
    }
  }
  return shows;
}

static void free_kept(const struct call *call) {
  for (int at = 0; at < call->function->count; at++) {
    const struct parameter *it = &call->function->parameters[at];
    if (it->kind != OUT || call->places[at].pointer != call->kept) continue;
    union value v = {call->kept};
    if (strcmp(objects[it->index], "admit_actor") == 0) free_actor(call->kept);
    else function_named(objects[it->index], "_free")->call(&v);
  }
}

/* What the function answers the actor; and whether it shows things of another's practice. */
static void probe(const struct function *function, const struct prober *it) {
  struct call call;
  admit_actor *world_host = host;
  int is_elsewhere = it->practice == there;
  host = actor_of(it);
  begin(&call, function);
  make_right(&call);
  /* The host stands for the holder and knows no password. */
  if (it->who == HOST && strstr(function->name, "_identity") != NULL) call.v[3].pointer = NULL;
  make_call(&call, 1);
  printf("probe %s %s %s\n", function->name, it->name, name_of(call.status));
  for (int at = 0; at < function->count && call.kept != NULL; at++) {
    const struct parameter *out = &function->parameters[at];
    if (out->kind != OUT || out->index < 0 || call.places[at].pointer != call.kept) continue;
    if (is_elsewhere && shows_the_world(out->index, call.kept))
      fail("%s shows %s what is another's", function->name, it->name);
  }
  if (call.kept != NULL) free_kept(&call);
  end(&call);
  if (!is_close(function)) free_actor(host);
  host = world_host;
}

static int takes_actor(const struct function *function) {
  for (int at = 0; at < function->count; at++)
    if (function->parameters[at].kind == ACTOR) return 1;
  return 0;
}

void probes(void) {
  make_world();
  open_world(0);
  make_probers();
  close_world();
  keep_world();
  for (const struct function *it = functions; it->name != NULL; it++) {
    if (it->answers != STATUS || !takes_actor(it)) continue;
    for (size_t at = 0; at < PROBERS; at++) {
      open_world(0);
      suspend_what_is_asked_about(&probers[at]);
      probe(it, &probers[at]);
      close_world();
    }
  }
  end_world();
}
