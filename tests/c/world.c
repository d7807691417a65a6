/* A store with one of everything that the header can make. */
#include "kit.h"

admit_store *store, *closed_store, *reused_store, *other_store;
admit_actor *host, *freed_actor, *orphan_actor;
void *made[OBJECTS_MAX];
const uint8_t key[32] = {1, 2, 3};
const char *const link_origins[] = {"https://portal.example.org"};

static uint64_t seed = 0;
static void *image;
static size_t image_size;

static int64_t now(void *user_data) {
  (void)user_data;
  return 1767323045000;
}

admit_open_options options_of_test(uint32_t flags) {
  admit_open_options options = ADMIT_OPEN_OPTIONS_INIT;
  options.flags = flags | ADMIT_OPEN_TEST;
  options.clock = now;
  /* A seed of its own for each opening, or the next one would make the ids of the last again. */
  options.test_seed = ++seed;
  options.link_origins = link_origins;
  options.link_origin_count = 1;
  return options;
}

void *read_file(const char *path, size_t *size) {
  FILE *file = fopen(path, "rb");
  if (file == NULL) abort();
  fseek(file, 0, SEEK_END);
  *size = (size_t)ftell(file);
  rewind(file);
  void *bytes = malloc(*size + 1);
  if (fread(bytes, 1, *size, file) != *size) abort();
  fclose(file);
  return bytes;
}

void write_file(const char *path, const void *bytes, size_t size) {
  remove(path);
  FILE *file = fopen(path, "wb");
  if (file == NULL || fwrite(bytes, 1, size, file) != size || fclose(file) != 0) abort();
}

static admit_store *opened(const char *path, uint32_t flags, uint32_t panic_at) {
  admit_open_options options = options_of_test(flags);
  admit_store *it = NULL;
  admit_error *err = NULL;
  options.test_panic_at = panic_at;
  int status = admit_store_open(path, key, sizeof key, &options, &it, &err);
  if (status != ADMIT_OK) {
    fail("%s does not open: %s %s", path, name_of(status), admit_error_message(err));
    abort();
  }
  return it;
}

/* The function whose name is `start` and `end` together. */
const struct function *function_named(const char *start, const char *end) {
  size_t length = strlen(start);
  for (const struct function *it = functions; it->name != NULL; it++)
    if (strncmp(it->name, start, length) == 0 && strcmp(it->name + length, end) == 0) return it;
  return NULL;
}

static int object_named(const char *name) {
  int at = 0;
  while (objects[at] != NULL && strcmp(objects[at], name) != 0) at++;
  return objects[at] == NULL ? -1 : at;
}

/* A text that a parameter or member of this name may have. */
const char *sane_text(const char *name) {
  static const struct { const char *part, *text; } known[] = {
    {"path", "spare.admit"}, {"locale", "en"}, {"zone", "America/New_York"},
    {"phone", "+15555550123"}, {"email", "ada@example.org"}, {"address", "ada@example.org"},
    {"sender", "clinic@example.org"}, {"link", "https://portal.example.org/{token}"},
    {"birth_date", "2000-01-02"}, {"password", "a horse and a battery of staples"},
    {"source", "192.0.2.1"}, {"kind", "x_word"}, {"status", "ready"},
    {"lua", "return { invitation = function() return allow{} end }"}, {"action", "invitation.send"},
    {"hash", "0000000000000000000000000000000000000000000000000000000000000000"},
  };
  size_t length = strlen(name);
  if (strcmp(name, "id") == 0) name = "no_id", length = 5;
  if (length > 3 && strcmp(name + length - 3, "_id") == 0 && strcmp(name, "external_id") != 0) {
    char type[64];
    snprintf(type, sizeof type, "admit_%.*s", (int)(length - 3), name);
    int object = object_named(type);
    const struct function *id = function_named(type, "_id");
    if (object >= 0 && made[object] != NULL && id != NULL && id->answers == TEXT) {
      union value v = {made[object]};
      return (const char *)(uintptr_t)id->call(&v);
    }
    return "01890000-0000-7000-8000-000000000000";
  }
  for (size_t at = 0; at < sizeof known / sizeof *known; at++)
    if (strstr(name, known[at].part) != NULL) return known[at].text;
  return "Word";
}

/* Makes one object of each type with whatever function makes it out of what is there already. */
static void make_objects(void) {
  for (int round = 0; round < 3; round++)
    for (const struct function *it = functions; it->name != NULL; it++)
      for (int at = 0; at < it->count; at++) {
        const struct parameter *out = &it->parameters[at];
        if (out->kind != OUT || out->index < 0 || made[out->index] != NULL) continue;
        if (strcmp(objects[out->index], "admit_store") == 0) continue;
        if (strcmp(objects[out->index], "admit_actor") == 0) continue;
        struct call call;
        begin(&call, it);
        make_call(&call, 1);
        made[out->index] = call.kept;
        end(&call);
      }
}

static void make_host(void) {
  admit_error *err = NULL;
  const char *practice = sane_text("practice_id");
  if (admit_actor_host(store, practice, &host, &err) != ADMIT_OK) {
    fail("no host: %s", admit_error_message(err));
    abort();
  }
}

static void done(int status, admit_error *err) {
  if (status == ADMIT_OK) return;
  fail("not made: %s %s", name_of(status), admit_error_message(err));
  abort();
}
#define DONE(call) do { admit_error *err = NULL; int status = call; done(status, err); } while (0)

static const char address[] = "https://portal.example.org/";

static admit_actor *with_reason(void) {
  admit_source source = ADMIT_SOURCE_INIT;
  admit_actor *reasoned = NULL;
  source.reason = "asked for at the desk";
  DONE(admit_actor_source(host, &source, &reasoned, &err));
  return reasoned;
}

/* What takes a reason, or a token that no table can know. */
static void make_invited(void) {
  admit_invitation_input input = ADMIT_INVITATION_INPUT_INIT;
  admit_accept_input accept = ADMIT_ACCEPT_INPUT_INIT;
  admit_actor *reasoned = with_reason();
  admit_invitation *invitation = NULL;
  admit_link *link = NULL;
  admit_qr *qr = NULL;
  admit_inspection *inspection = NULL;
  admit_acceptance *acceptance = NULL;
  admit_message *message = NULL;
  admit_preview *preview = NULL;
  input.name = "Uma Reyes";
  input.email = "uma@example.org";
  input.channel = ADMIT_CHANNEL_EMAIL;
  DONE(admit_invitation_send(host, &input, &invitation, &err));
  DONE(admit_outbox_get(host, admit_invitation_message_id(invitation), &message, &err));
  DONE(admit_outbox_preview(host, admit_invitation_message_id(invitation), &preview, &err));
  DONE(admit_invitation_link(reasoned, admit_invitation_id(invitation), 0, &link, &err));
  DONE(admit_invitation_qr(reasoned, admit_invitation_id(invitation), &qr, &err));
  accept.token = admit_link_url(link) + strlen(address);
  accept.password = sane_text("password");
  DONE(admit_invitation_inspect(store, NULL, accept.token, &inspection, &err));
  DONE(admit_invitation_accept(store, NULL, &accept, &acceptance, &err));
  made[object_named("admit_message")] = message;
  made[object_named("admit_preview")] = preview;
  made[object_named("admit_link")] = link;
  made[object_named("admit_qr")] = qr;
  made[object_named("admit_inspection")] = inspection;
  made[object_named("admit_acceptance")] = acceptance;
  admit_invitation_free(invitation);
  CHECK(admit_actor_free(reasoned) == ADMIT_OK, "an actor is freed");
}

/* One link for many. */
static void make_open(void) {
  admit_open_link_input input = ADMIT_OPEN_LINK_INPUT_INIT;
  admit_open_link *open_link = NULL;
  input.label = "Open day";
  DONE(admit_open_link_create(host, &input, &open_link, &err));
  made[object_named("admit_open_link")] = open_link;
}

/* A client and its login, which signs in with the password that was made, and chooses another. */
static void make_signed_in(void) {
  static const char email[] = "noor@example.org";
  admit_client_input person = ADMIT_CLIENT_INPUT_INIT;
  admit_login_input input = ADMIT_LOGIN_INPUT_INIT;
  admit_proxy_input tie = ADMIT_PROXY_INPUT_INIT;
  admit_claim claim = ADMIT_CLAIM_INIT;
  admit_actor *reasoned = with_reason(), *visitor = NULL;
  admit_client *client = NULL, *child = NULL;
  admit_login *login = NULL;
  admit_secret *password = NULL;
  admit_session *session = NULL;
  admit_proxy *proxy = NULL;
  admit_claimed_page *page = NULL;
  admit_login_done *login_done = NULL;
  admit_access_step_page *steps = NULL;
  admit_access_page *reached = NULL;
  person.name = "Noor Khan";
  DONE(admit_client_create(host, &person, &client, &err));
  person.name = "Sami Khan";
  DONE(admit_client_create(host, &person, &child, &err));
  input.client_id = admit_client_id(client);
  input.email = email;
  input.generate_password = 1;
  DONE(admit_login_create(reasoned, &input, &login, &password, &err));
  tie.client_id = admit_client_id(child);
  tie.login_id = admit_login_id(login);
  tie.tie = ADMIT_TIE_GUARDIAN;
  DONE(admit_proxy_add(reasoned, &tie, &proxy, &err));
  DONE(admit_actor_visitor(store, sane_text("practice_id"), &visitor, &err));
  DONE(admit_login_sign_in(visitor, email, admit_secret_text(password), NULL, &session, &err));
  DONE(admit_login_request_reset_for(host, admit_login_id(login), &err));
  DONE(admit_outbox_claim(store, &claim, &page, &err));
  for (size_t at = 0; at < admit_claimed_page_len(page); at++) {
    const admit_claimed *message = admit_claimed_page_at(page, at);
    const char *link = strstr(admit_claimed_text(message), address);
    if (link == NULL || strcmp(admit_claimed_to(message), email) != 0) continue;
    char token[128];
    snprintf(token, sizeof token, "%.*s", (int)strcspn(link + strlen(address), " \r\n"), link + strlen(address));
    DONE(admit_login_reset(store, NULL, token, sane_text("password"), &login_done, &err));
  }
  DONE(admit_access_why(host, NULL, admit_login_id(login), admit_client_id(child), &steps, &err));
  DONE(admit_access_of(host, admit_client_id(child), NULL, 0, &reached, &err));
  made[object_named("admit_access_step_page")] = steps;
  made[object_named("admit_access_page")] = reached;
  made[object_named("admit_secret")] = password;
  made[object_named("admit_session")] = session;
  made[object_named("admit_proxy")] = proxy;
  made[object_named("admit_claimed_page")] = page;
  made[object_named("admit_login_done")] = login_done;
  admit_login_free(login);
  admit_client_free(child);
  admit_client_free(client);
  CHECK(admit_actor_free(visitor) == ADMIT_OK && admit_actor_free(reasoned) == ADMIT_OK, "actors are freed");
}

/* What the table can't make: a text in the place of a cursor is none. */
static void make_exported(void) {
  admit_event_document *document = NULL;
  DONE(admit_event_export(host, 0, 0, NULL, &document, &err));
  made[object_named("admit_event_document")] = document;
}

/* The default script, for the product and for the practice. */
static void make_scripted(void) {
  admit_script script = ADMIT_SCRIPT_INIT;
  admit_script_set_input input = ADMIT_SCRIPT_SET_INPUT_INIT;
  const admit_script *const scripts[] = {&script};
  admit_script_set *set = NULL, *own = NULL;
  script.name = "default.lua";
  script.lua = admit_script_default();
  input.scripts = scripts;
  input.script_count = 1;
  DONE(admit_script_install(store, &input, &set, &err));
  DONE(admit_script_override(host, &input, &own, &err));
  DONE(admit_script_override_activate(host, NULL, &err));
  made[object_named("admit_script_set")] = set;
  admit_script_set_free(own);
}

/* A client that is deleted, and another that is held. */
static void make_deleted(void) {
  admit_client_input person = ADMIT_CLIENT_INPUT_INIT;
  admit_deletion_input input = ADMIT_DELETION_INPUT_INIT;
  admit_deletion_confirm_input confirm = ADMIT_DELETION_CONFIRM_INPUT_INIT;
  admit_hold_input holding = ADMIT_HOLD_INPUT_INIT;
  admit_actor *reasoned = with_reason();
  admit_client *client = NULL, *other = NULL;
  admit_plan *plan = NULL;
  admit_confirmed *confirmed = NULL;
  admit_erase_order *order = NULL;
  admit_hold *hold = NULL;
  person.name = "Ivo Lang";
  DONE(admit_client_create(host, &person, &client, &err));
  person.name = "Mia Lang";
  DONE(admit_client_create(host, &person, &other, &err));
  input.client_id = admit_client_id(client);
  input.wanted = ADMIT_DELETION_WANTED_ERASE;
  DONE(admit_deletion_plan(reasoned, &input, &plan, &err));
  confirm.token = admit_plan_token(plan);
  DONE(admit_deletion_confirm(reasoned, &confirm, &confirmed, &err));
  DONE(admit_erase_order_get(host, admit_confirmed_erase_order_id(confirmed), &order, &err));
  holding.client_id = admit_client_id(other);
  holding.ground = "legal_dispute";
  DONE(admit_hold_place(reasoned, &holding, &hold, &err));
  made[object_named("admit_plan")] = plan;
  made[object_named("admit_confirmed")] = confirmed;
  made[object_named("admit_erase_order")] = order;
  made[object_named("admit_hold")] = hold;
  admit_client_free(client);
  admit_client_free(other);
  CHECK(admit_actor_free(reasoned) == ADMIT_OK, "an actor is freed");
}

/* An assistant who is asked to act for a practitioner, and a seat that ends. */
static void make_delegated(void) {
  admit_staff_input input = ADMIT_STAFF_INPUT_INIT;
  admit_assistant_input assistant = ADMIT_ASSISTANT_INPUT_INIT;
  admit_actor *reasoned = with_reason();
  admit_staff *practitioner = NULL, *leaving = NULL;
  admit_delegation *delegation = NULL;
  admit_staff_ended *ended = NULL;
  input.name = "Nora Weiss";
  input.role = ADMIT_ROLE_PRACTITIONER;
  input.approval = ADMIT_APPROVAL_APPROVED;
  DONE(admit_staff_add(host, &input, &practitioner, &err));
  DONE(admit_staff_add(host, &input, &leaving, &err));
  assistant.practitioner_id = admit_staff_id(practitioner);
  assistant.name = "Pia Holt";
  assistant.email = "pia@example.org";
  DONE(admit_assistant_invite(host, &assistant, &delegation, &err));
  DONE(admit_staff_end(reasoned, admit_staff_id(leaving), admit_staff_id(practitioner), &ended, &err));
  made[object_named("admit_delegation")] = delegation;
  made[object_named("admit_staff_ended")] = ended;
  admit_staff_free(practitioner);
  admit_staff_free(leaving);
  CHECK(admit_actor_free(reasoned) == ADMIT_OK, "an actor is freed");
}

/* Somebody who registers with a user name, so that client and login are there at once. */
static void make_registered(void) {
  admit_client_registration_input input = ADMIT_CLIENT_REGISTRATION_INPUT_INIT;
  admit_client_registration *registration = NULL;
  input.name = "Rosa Diaz";
  input.username = "rosa";
  input.password = sane_text("password");
  DONE(admit_client_register(host, &input, &registration, &err));
  made[object_named("admit_client_registration")] = registration;
}

/* A batch of invitations, half of which is for nobody. */
static void make_batched(void) {
  admit_client_input person = ADMIT_CLIENT_INPUT_INIT;
  admit_batch_input input = ADMIT_BATCH_INPUT_INIT;
  admit_client *client = NULL;
  admit_batch *batch = NULL;
  admit_batch_row_page *rows = NULL;
  const char *ids[] = {NULL, "no id"};
  person.name = "Olga Weiss";
  person.email = "olga@example.org";
  DONE(admit_client_create(host, &person, &client, &err));
  ids[0] = admit_client_id(client);
  input.client_ids = ids;
  input.client_count = 2;
  input.channel = ADMIT_CHANNEL_EMAIL;
  DONE(admit_invitation_plan(host, &input, NULL, NULL, NULL, &batch, &err));
  DONE(admit_batch_row_list(host, admit_batch_id(batch), 0, NULL, 0, &rows, &err));
  made[object_named("admit_batch")] = batch;
  made[object_named("admit_batch_row_page")] = rows;
  admit_client_free(client);
}

static int32_t swallow(void *user_data, const char *line, size_t length) {
  (void)user_data;
  return line != NULL && length > 0;
}

/* A practice that is exported and ended. */
static void make_ended(void) {
  admit_practice_input input = ADMIT_PRACTICE_INPUT_INIT;
  admit_source source = ADMIT_SOURCE_INIT;
  admit_practice *practice = NULL;
  admit_actor *plain = NULL, *reasoned = NULL;
  admit_practice_exported *exported = NULL;
  admit_practice_plan *plan = NULL;
  admit_practice_certificate *certificate = NULL;
  input.name = "Maple Clinic";
  DONE(admit_practice_create(store, &input, &practice, &err));
  DONE(admit_actor_host(store, admit_practice_id(practice), &plain, &err));
  source.reason = "the contract ended";
  DONE(admit_actor_source(plain, &source, &reasoned, &err));
  DONE(admit_practice_export(reasoned, swallow, NULL, &exported, &err));
  DONE(admit_practice_erase_plan(reasoned, &plan, &err));
  DONE(admit_practice_erase_confirm(reasoned, admit_practice_plan_token(plan), NULL, &err));
  DONE(admit_practice_certificate_get(store, admit_practice_id(practice), &certificate, &err));
  made[object_named("admit_practice_exported")] = exported;
  made[object_named("admit_practice_plan")] = plan;
  made[object_named("admit_practice_certificate")] = certificate;
  admit_practice_free(practice);
  CHECK(admit_actor_free(reasoned) == ADMIT_OK && admit_actor_free(plain) == ADMIT_OK, "actors are freed");
}

void make_world(void) {
  store = opened("world.admit", ADMIT_OPEN_CREATE, 0);
  admit_practice_input input = ADMIT_PRACTICE_INPUT_INIT;
  input.name = "Cedar Clinic";
  input.invitation_link = input.reset_link = input.address_link = "https://portal.example.org/{token}";
  input.fields = ADMIT_PRACTICE_GUESTS | ADMIT_PRACTICE_REGISTRATION;
  input.guests = input.registration = 1;
  admit_practice *practice = NULL;
  if (admit_practice_create(store, &input, &practice, NULL) != ADMIT_OK) abort();
  made[object_named("admit_practice")] = practice;
  admit_error *err = NULL;
  CHECK(admit_store_outcome(NULL, "x", NULL, NULL, &err) == ADMIT_MISUSE, "an error is made");
  made[object_named("admit_error")] = err;
  make_host();
  make_exported();
  make_scripted();
  make_invited();
  make_open();
  make_signed_in();
  make_registered();
  make_deleted();
  make_delegated();
  make_batched();
  make_ended();
  make_objects();
  close_world();
  image = read_file("world.admit", &image_size);
  for (const struct function *it = functions; it->name != NULL; it++)
    for (int at = 0; at < it->count; at++) {
      const struct parameter *out = &it->parameters[at];
      if (out->kind != OUT || out->index < 0 || made[out->index] != NULL) continue;
      if (strstr("admit_store admit_actor", objects[out->index]) == NULL)
        printf("unmade %s by %s\n", objects[out->index], it->name);
    }
  /* Tokens gone bad in every way. The next two stores take the places of the first two. */
  closed_store = opened("1.admit", ADMIT_OPEN_CREATE, 0);
  reused_store = opened("2.admit", ADMIT_OPEN_CREATE, 0);
  store = closed_store;
  make_host();
  orphan_actor = host;
  store = reused_store;
  make_host();
  freed_actor = host;
  CHECK(admit_actor_free(freed_actor) == ADMIT_OK, "a host is freed");
  CHECK(admit_store_close(reused_store) == ADMIT_OK, "a store is closed");
  other_store = opened("3.admit", ADMIT_OPEN_CREATE, 0);
  CHECK(admit_store_close(closed_store) == ADMIT_OK, "a store is closed");
}

/* Writes the world out and opens it. The first call after this one is the first on the store. */
void open_world(uint32_t panic_at) {
  write_file("part.admit", image, image_size);
  store = opened("part.admit", 0, panic_at);
  make_host();
}

void close_world(void) {
  CHECK(admit_store_close(store) == ADMIT_OK, "the world is closed");
}

/* What was added to the opened world is there whenever it opens again. */
void keep_world(void) {
  free(image);
  image = read_file("part.admit", &image_size);
}

void end_world(void) {
  for (int at = 0; objects[at] != NULL; at++) {
    const struct function *free_it = function_named(objects[at], "_free");
    union value v = {made[at]};
    if (free_it != NULL && made[at] != NULL) free_it->call(&v);
    made[at] = NULL;
  }
  CHECK(admit_store_close(other_store) == ADMIT_OK, "the other store is closed");
  free(image);
}
