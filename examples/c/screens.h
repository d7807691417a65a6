/*
 * What the examples of the five products share: how they open a store with their script, how time
 * goes by, and how a screen is printed. [F12] beside a line names the capability that it shows;
 * docs/PRODUCTS.md has the table.
 */
#ifndef SCREENS_H
#define SCREENS_H

#include "admit.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define HOUR 3600000LL
#define DAY (24 * HOUR)
#define ORIGIN "https://portal.example.org"
#define TOKEN_LENGTH 52
#define MOST 100 /* how many rows of a list a screen shows */

/* Room for an id or a token and its end. */
typedef char text_id[64];

/* The example's clock. A product leaves `options.clock` alone and lives by the system's. */
static int64_t now = 1767258000000LL; /* 2026-01-01T09:00:00Z */

static inline int64_t tell_time(void *user_data) {
  (void)user_data;
  return now;
}

/* --- What goes wrong ---------------------------------------------------------------------- */

/* Ends the program with what went wrong. An error holds nothing personal and no secret. It takes
 * the address of the error, for C may read an argument before it makes the call beside it. */
static inline void must(admit_status status, admit_error **err, const char *what) {
  if (status == ADMIT_OK) return;
  fprintf(stderr, "%s: %s (%s)\n", what, admit_error_message(*err), admit_error_name(*err));
  exit(1);
}

/* Prints what a screen says where something is refused: the library's sentence, and the reasons of
 * the product's own policy. */
static inline void refused(admit_status status, admit_status refusal, admit_error **err,
                           const char *what) {
  if (status != refusal) {
    fprintf(stderr, "%s: answered %d instead of %d\n", what, (int)status, (int)refusal);
    exit(1);
  }
  printf("  %s: %s\n", what, admit_error_name(*err));
  printf("    \"%s\"\n", admit_error_message(*err));
  for (size_t at = 0; at < admit_error_reason_count(*err); at++)
    printf("    - %s (%s)\n", admit_error_reason_text(*err, at), admit_error_reason_code(*err, at));
  admit_error_free(*err);
  *err = NULL;
}

/* --- Printing ----------------------------------------------------------------------------- */

/* Begins a screen, or a part of one; `rows` are the capabilities that it shows. */
static inline void screen(const char *title, const char *rows) {
  printf("\n== %s [%s]\n", title, rows);
}

static inline void say(const char *format, ...) {
  va_list rest;
  va_start(rest, format);
  printf("  ");
  vprintf(format, rest);
  printf("\n");
  va_end(rest);
}

/* What the library leaves out is NULL. */
static inline const char *or_dash(const char *text) { return text == NULL ? "-" : text; }

/* Prints a text and fills its column: printf counts bytes, a screen counts characters. */
static inline void column(const char *text, int width) {
  printf("%s", text);
  for (const char *at = text; *at != 0; at++) width -= (*at & 0xc0) != 0x80;
  printf("%*s ", width > 0 ? width : 0, "");
}

/* Writes a time of the library's, milliseconds since 1970, as a screen shows it. */
static inline const char *moment(int64_t milliseconds, char text[32]) {
  time_t seconds = (time_t)(milliseconds / 1000);
  struct tm parts;
  if (milliseconds == 0) return "never";
  parts = *gmtime(&seconds);
  strftime(text, 32, "%Y-%m-%d %H:%M", &parts);
  return text;
}

static inline const char *kind_word(const admit_person *person) {
  static const char *const roles[] = {"-", "admin", "practitioner", "assistant", "member"};
  static const char *const stages[] = {"-", "guest", "prospective", "client"};
  switch (admit_person_kind(person)) {
    case ADMIT_PERSON_KIND_STAFF: return roles[admit_person_role(person)];
    case ADMIT_PERSON_KIND_CLIENT: return stages[admit_person_stage(person)];
    default: return "invited";
  }
}

static inline const char *status_word(admit_person_status_value status) {
  static const char *const words[] = {"-",         "active",         "deactivated",
                                      "suspended", "pending delete", "ended"};
  return words[status];
}

static inline const char *invitation_word(admit_invitation_state_value state) {
  static const char *const words[] = {"not invited", "invited", "expired",
                                      "declined",    "revoked", "accepted"};
  return words[state];
}

static inline const char *login_word(admit_login_state_value state) {
  static const char *const words[] = {"-", "no password", "temporary", "activated", "locked"};
  return words[state];
}

/* Prints a list of people with the columns that the products have. */
static inline void list_people(admit_actor *actor, const admit_person_query *query) {
  admit_person_page *page;
  admit_error *err = NULL;
  char last[32], since[32];
  must(admit_person_list(actor, query, &page, &err), &err, "listing");
  printf("  %-24s %-13s %-14s %-12s %-12s %-17s %-17s %s\n", "name", "type", "status",
         "invitation", "login", "last login", "since", "e-mail");
  for (size_t at = 0; at < admit_person_page_len(page) && at < MOST; at++) {
    const admit_person *person = admit_person_page_at(page, at);
    printf("  ");
    column(admit_person_name(person), 24);
    printf("%-13s %-14s %-12s %-12s %-17s %-17s %s\n", kind_word(person),
           status_word(admit_person_status(person)),
           invitation_word(admit_person_invitation_state(person)),
           login_word(admit_person_login_state(person)),
           moment(admit_person_last_sign_in(person), last),
           moment(admit_person_created_at(person), since), or_dash(admit_person_email(person)));
  }
  printf("  %d in all\n", (int)admit_person_page_total(page));
  admit_person_page_free(page);
}

/* --- The store ---------------------------------------------------------------------------- */

/* Reads a whole text file; the caller frees it. */
static inline char *read_text(const char *path) {
  FILE *file = fopen(path, "rb");
  size_t length = 0, space = 4096;
  char *text = malloc(space);
  if (file == NULL || text == NULL) {
    perror(path);
    exit(1);
  }
  for (size_t got; (got = fread(text + length, 1, space - length - 1, file)) > 0;) {
    length += got;
    if (length + 1 < space) continue;
    space *= 2;
    text = realloc(text, space);
    if (text == NULL) abort();
  }
  fclose(file);
  text[length] = 0;
  return text;
}

/* Opens a store in memory of its own and installs the product's script. A real product keeps the
 * key and the file, as clinic_day.c shows. */
static inline admit_store *open_product(const char *folder, const char *product,
                                        const char *script_path) {
  static const char *origins[] = {ORIGIN};
  admit_open_options options = ADMIT_OPEN_OPTIONS_INIT;
  admit_script script = ADMIT_SCRIPT_INIT;
  admit_script_set_input input = ADMIT_SCRIPT_SET_INPUT_INIT;
  const admit_script *const scripts[] = {&script};
  admit_script_set *set;
  admit_store *store;
  admit_error *err = NULL;
  unsigned char key[32];
  char path[4096];
  char *lua = read_text(script_path);
  const char *name = strrchr(script_path, '/');

  must(admit_key_generate(key, sizeof key, &err), &err, "drawing a key");
  options.flags = ADMIT_OPEN_CREATE | ADMIT_OPEN_TEST; /* a product: ADMIT_OPEN_CREATE alone */
  options.clock = tell_time;
  options.product = product;
  options.link_origins = origins;
  options.link_origin_count = 1;
#ifdef PINNED
  options.test_seed = 7; /* the same ids each time, for the test that compares this output */
  memset(key, 7, sizeof key);
#endif
  snprintf(path, sizeof path, "%s/product.admit", folder);
  remove(path); /* the article begins anew each time */
  must(admit_store_open(path, key, sizeof key, &options, &store, &err), &err, "opening");
  script.name = name == NULL ? script_path : name + 1;
  script.lua = lua;
  input.scripts = scripts;
  input.script_count = 1;
  must(admit_script_install(store, &input, &set, &err), &err, "installing the script");
  say("%s speaks by %s, %s", product, script.name, admit_script_set_version(set));
  admit_script_set_free(set);
  free(lua);
  return store;
}

/* Makes the practice, with all links under ORIGIN, and an actor for the product in it. */
static inline admit_actor *open_practice(admit_store *store, admit_practice_input *input,
                                         text_id id) {
  admit_source source = ADMIT_SOURCE_INIT;
  admit_practice *practice;
  admit_actor *plain, *host;
  admit_error *err = NULL;
  input->invitation_link = ORIGIN "/invitation/{token}";
  input->reset_link = ORIGIN "/reset/{token}";
  input->address_link = ORIGIN "/address/{token}";
  must(admit_practice_create(store, input, &practice, &err), &err, "making the practice");
  snprintf(id, sizeof(text_id), "%s", admit_practice_id(practice));
  must(admit_actor_host(store, id, &plain, &err), &err, "the product's actor");
  source.reason = "played from the article";
  must(admit_actor_source(plain, &source, &host, &err), &err, "the source");
  say("practice: %s", admit_practice_name(practice));
  admit_practice_free(practice);
  admit_actor_free(plain);
  return host;
}

/* Adds a seat that works at once, and answers its actor. The product vouches for its holder here;
 * one with sessions hands on the session's epoch instead of 0. */
static inline admit_actor *open_seat(admit_store *store, admit_actor *host, const char *practice_id,
                                     const char *given, const char *family, admit_role role,
                                     const char *email, text_id id) {
  admit_staff_input input = ADMIT_STAFF_INPUT_INIT;
  admit_staff *staff;
  admit_actor *actor;
  admit_error *err = NULL;
  input.given_name = given;
  input.family_name = family;
  input.role = role;
  input.email = email;
  input.approval = ADMIT_APPROVAL_APPROVED;
  must(admit_staff_add(host, &input, &staff, &err), &err, "adding a seat");
  snprintf(id, sizeof(text_id), "%s", admit_staff_id(staff));
  must(admit_actor_staff(store, practice_id, id, 0, &actor, &err), &err, "the seat's actor");
  admit_staff_free(staff);
  return actor;
}

/* Lets time go by, with upkeep every day as a product does every few minutes. */
static inline void let_pass(admit_store *store, int64_t milliseconds) {
  while (milliseconds > 0) {
    int64_t step = milliseconds < DAY ? milliseconds : DAY;
    admit_error *err = NULL;
    now += step;
    milliseconds -= step;
    must(admit_store_upkeep(store, 0, NULL, &err), &err, "upkeep");
  }
}

/* --- Mails -------------------------------------------------------------------------------- */

/* Hands every message that is due to the mail server, which is this function: prints it, and keeps
 * the token of the link in the last one that went to `address`. Where `prints` is 0, it prints the
 * subjects alone. */
static inline void send_mails(admit_store *store, const char *address, int prints, text_id token) {
  admit_claim claim = ADMIT_CLAIM_INIT;
  admit_claimed_page *page;
  admit_error *err = NULL;
  claim.limit = MOST;
  if (token != NULL) token[0] = 0;
  must(admit_outbox_claim(store, &claim, &page, &err), &err, "claiming");
  for (size_t at = 0; at < admit_claimed_page_len(page); at++) {
    const admit_claimed *message = admit_claimed_page_at(page, at);
    const char *link = strstr(admit_claimed_text(message), ORIGIN "/");
    const char *start = link == NULL ? NULL : strchr(link + strlen(ORIGIN) + 1, '/');
    printf("  mail to %s: %s\n", admit_claimed_to(message), or_dash(admit_claimed_subject(message)));
    for (const char *line = admit_claimed_text(message); prints && *line != 0;) {
      size_t length = strcspn(line, "\n");
      printf("  | %.*s\n", (int)length, line);
      line += length + (line[length] == '\n');
    }
    if (token != NULL && start != NULL && strcmp(admit_claimed_to(message), address) == 0)
      snprintf(token, sizeof(text_id), "%.*s", TOKEN_LENGTH, start + 1);
    must(admit_outbox_handed_over(store, admit_claimed_message_id(message),
                                  admit_claimed_attempt(message), &err), &err, "handing over");
  }
  if (admit_claimed_page_len(page) == 0) say("no mail");
  admit_claimed_page_free(page);
}

/* --- Menus and items ---------------------------------------------------------------------- */

/* Shows a button, or why it is not there. */
static inline void button(admit_actor *actor, const char *label, const char *action,
                          admit_noun noun, const char *id) {
  admit_error *err = NULL;
  admit_status status = admit_actor_can(actor, action, noun, id, &err);
  say("[%s]%s%s", label, status == ADMIT_OK ? "" : " not there: ",
      status == ADMIT_OK ? "" : admit_error_message(err));
  admit_error_free(err);
}

/* Tells the library of a thing that the product holds about a client. */
static inline void put_item(admit_actor *actor, const char *client_id, const char *kind,
                            const char *external_id, const char *status) {
  admit_item_input input = ADMIT_ITEM_INPUT_INIT;
  admit_error *err = NULL;
  input.client_id = client_id;
  input.kind = kind;
  input.external_id = external_id;
  input.status = status;
  must(admit_item_put(actor, &input, NULL, &err), &err, "an item");
  say("%s %s: %s", kind, external_id, or_dash(status));
}

/* Lists the things of a client that the product holds. */
static inline void list_items(admit_actor *actor, const char *client_id) {
  admit_item_query query = ADMIT_ITEM_QUERY_INIT;
  admit_item_page *items;
  admit_error *err = NULL;
  char since[32];
  query.client_id = client_id;
  query.limit = MOST;
  must(admit_item_list(actor, &query, &items, &err), &err, "the items");
  printf("  %-10s %-22s %-12s %s\n", "kind", "name", "status", "since");
  for (size_t at = 0; at < admit_item_page_len(items); at++) {
    const admit_item *item = admit_item_page_at(items, at);
    printf("  %-10s %-22s %-12s %s\n", admit_item_kind(item),
           or_dash(admit_item_external_id(item)), or_dash(admit_item_status(item)),
           moment(admit_item_created_at(item), since));
  }
  admit_item_page_free(items);
}

/* Opens a client's things where that is refused. */
static inline void items_refused(admit_actor *actor, const char *client_id, admit_status refusal,
                                 const char *what) {
  admit_item_query query = ADMIT_ITEM_QUERY_INIT;
  admit_item_page *items;
  admit_error *err = NULL;
  query.client_id = client_id;
  refused(admit_item_list(actor, &query, &items, &err), refusal, &err, what);
}

/* --- Logins ------------------------------------------------------------------------------- */

/* Signs in at a practice, and answers with the session; the caller frees it. */
static inline admit_session *sign_in(admit_store *store, const char *practice_id, const char *name,
                                     const char *password) {
  admit_actor *visitor;
  admit_session *session;
  admit_error *err = NULL;
  must(admit_actor_visitor(store, practice_id, &visitor, &err), &err, "a visitor");
  must(admit_login_sign_in(visitor, name, password, NULL, &session, &err), &err, "signing in");
  say("%s signs in%s", name,
      admit_session_must_change(session) ? ", and must choose a password first" : "");
  admit_actor_free(visitor);
  return session;
}

/* Tries to sign in where that is refused. */
static inline void sign_in_refused(admit_store *store, const char *practice_id, const char *name,
                                   const char *password, admit_status refusal, const char *what) {
  admit_actor *visitor;
  admit_session *session;
  admit_error *err = NULL;
  must(admit_actor_visitor(store, practice_id, &visitor, &err), &err, "a visitor");
  refused(admit_login_sign_in(visitor, name, password, NULL, &session, &err), refusal, &err, what);
  admit_actor_free(visitor);
}

/* Opens a link and accepts it with a password of the holder's own. */
static inline void accept(admit_store *store, const char *token, const char *password) {
  admit_accept_input input = ADMIT_ACCEPT_INPUT_INIT;
  admit_error *err = NULL;
  input.token = token;
  input.password = password;
  must(admit_invitation_accept(store, NULL, &input, NULL, &err), &err, "accepting");
  say("accepted");
}

#endif
