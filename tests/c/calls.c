/* Sane arguments for every function, and what must hold after every call. */
#define _GNU_SOURCE
#include "kit.h"
#include <sys/mman.h>

static char *edge = NULL;
#define EDGE_BYTES 16384

/* Copies bytes to where the next byte cannot be read. */
void *at_edge(const void *bytes, size_t size) {
  edge = mmap(NULL, 2 * EDGE_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (edge == MAP_FAILED || mprotect(edge + EDGE_BYTES, EDGE_BYTES, PROT_NONE) != 0) abort();
  return memcpy(edge + EDGE_BYTES - size, bytes, size);
}

void leave_edge(void) {
  munmap(edge, 2 * EDGE_BYTES);
}

static void *owned(struct call *call, size_t size) {
  if (call->list_count == 64) abort();
  return call->lists[call->list_count++] = calloc(1, size);
}

/* A list of one: of a struct, or of a text. */
static void *sane_list(struct call *call, enum kind kind, int shape, const char *name) {
  const void **list = owned(call, sizeof *list);
  *list = kind == TEXTS ? sane_text(name) : sane_struct(call, shape, 0);
  return list;
}

/* A struct with what it needs, in a place of at least `size` bytes. */
void *sane_struct(struct call *call, int index, size_t size) {
  const struct shape *shape = &shapes[index];
  /* A change takes no word that says what a thing is from the start. */
  int is_change = strstr(call->function->name, "_update") != NULL;
  char *it = owned(call, size > shape->size ? size : shape->size);
  memcpy(it, &shape->size, sizeof shape->size);
  for (int at = 0; at < shape->count; at++) {
    const struct member *member = &shape->members[at];
    if (!member->is_filled || (member->kind == WORD && is_change)) continue;
    union value value = {NULL};
    if (member->kind == TEXT) value.pointer = (void *)sane_text(member->name);
    if (member->kind == BITS) value.number = ADMIT_OPEN_CREATE | ADMIT_OPEN_TEST;
    if (member->kind == WORD) value.number = 1;
    if (member->kind == LIST) value.pointer = sane_list(call, LIST, member->index, member->name);
    memcpy(it + member->at, &value, member->size);
    if (member->kind == LIST) it[shape->members[at + 1].at] = 1;
  }
  return it;
}

void begin(struct call *call, const struct function *function) {
  memset(call, 0, sizeof *call);
  call->function = function;
  for (int at = 0; at < function->count; at++) {
    const struct parameter *it = &function->parameters[at];
    enum kind before = at > 0 ? function->parameters[at - 1].kind : NOTHING;
    union value *v = &call->v[at];
    switch (it->kind) {
      case STORE: v->pointer = store; break;
      case ACTOR: v->pointer = host; break;
      case OBJECT: v->pointer = made[it->index]; break;
      case STRUCT: v->pointer = sane_struct(call, it->index, 0); break;
      case LIST: case TEXTS: v->pointer = sane_list(call, it->kind, it->index, it->name); break;
      case TEXT: v->pointer = (void *)sane_text(it->name); break;
      case BYTES: v->pointer = (void *)key; break;
      case BUFFER: case OUT: case OUT_NUMBER: case ERR: v->pointer = &call->places[at]; break;
      case COUNT: v->number = before == BYTES || before == BUFFER ? sizeof key : 1; break;
      case WORD: v->number = 1; break;
      default: break;
    }
  }
}

void end(struct call *call) {
  for (int at = 0; at < call->list_count; at++) free(call->lists[at]);
}

const char *name_of(int status) {
  static const char *const start = "ADMIT_OK";
  const struct number *it = numbers;
  while (it->name != NULL && strcmp(it->name, start) != 0) it++;
  for (; it->name != NULL; it++) {
    if (it->value == status) return it->name;
    if (strcmp(it->name, "ADMIT_INTERNAL") == 0) break;
  }
  return NULL;
}

/* A function that takes nothing but a handle, to free it: it accepts NULL. */
int is_close(const struct function *function) {
  return function->answers == STATUS && function->count == 1;
}

static void free_object(int index, void *object) {
  union value v = {object};
  const char *type = objects[index];
  const struct function *it = function_named(type, "_free");
  if (it == NULL) it = function_named(type, "_close");
  CHECK(it != NULL, "%s cannot be freed", type);
  if (it != NULL) it->call(&v);
}

static void check_error(struct call *call, admit_error *err) {
  const char *name = call->function->name;
  if (call->status == ADMIT_OK) {
    CHECK(err == NULL, "%s succeeds and sets an error", name);
    return;
  }
  CHECK(err != NULL, "%s answers %s and sets no error", name, name_of(call->status));
  if (err == NULL) return;
  CHECK(admit_error_status(err) == call->status, "%s: the error has another status", name);
  CHECK(strcmp(admit_error_name(err), name_of(call->status)) == 0, "%s: the error has another name", name);
  CHECK(strlen(admit_error_message(err)) > 0, "%s: the error says nothing", name);
  const char *field = admit_error_field(err);
  CHECK((field != NULL) == (call->status == ADMIT_INVALID), "%s: %s and field %s", name,
        name_of(call->status), field == NULL ? "(none)" : field);
  snprintf(call->field, sizeof call->field, "%s", field == NULL ? "" : field);
  admit_error_free(err);
}

void make_call(struct call *call, int keep) {
  const struct function *function = call->function;
  call->field[0] = '\0';
  call->kept = NULL;
  if (function->answers == STATUS && function_named("admit_store", "_open") == function) remove("spare.admit");
  for (int at = 0; at < function->count; at++) memset(&call->places[at], 0x5a, sizeof call->places[at]);
  uint64_t answer = function->call(call->v);
  if (function->answers != STATUS) return;
  call->status = (int)answer;
  CHECK(name_of(call->status) != NULL, "%s answers %d", function->name, call->status);
  if (name_of(call->status) == NULL) abort();
  for (int at = 0; at < function->count; at++) {
    const struct parameter *it = &function->parameters[at];
    if (call->v[at].pointer != (void *)&call->places[at]) continue;
    void *out = call->places[at].pointer;
    if (it->kind == ERR) check_error(call, out);
    if (it->kind == OUT && call->status != ADMIT_OK)
      CHECK(out == NULL, "%s fails and does not clear %s", function->name, it->name);
    if (it->kind == OUT_NUMBER && call->status != ADMIT_OK)
      CHECK((int32_t)call->places[at].number == 0, "%s fails and does not clear %s", function->name, it->name);
    if (it->kind != OUT || call->status != ADMIT_OK || out == NULL) continue;
    if (keep && call->kept == NULL) call->kept = out;
    else if (it->index >= 0) free_object(it->index, out);
    else fail("%s gives a text that the kit cannot free", function->name);
  }
}
