/* NULL, bad handles, sizes and panics, for every function in the header. */
#include "kit.h"

static int is_pointer(enum kind kind) {
  return kind != COUNT && kind != NUMBER && kind != WORD && kind != BITS && kind != RESERVED && kind != FUNCTION;
}

static int is_handle(enum kind kind) {
  return kind == STORE || kind == ACTOR;
}

/* Whether NULL there is a mistake of the program, whatever else is given. */
static int is_needed(const struct function *function, int at) {
  const struct parameter *it = &function->parameters[at];
  int counts = at + 1 < function->count && function->parameters[at + 1].kind == COUNT;
  if (is_handle(it->kind)) return !is_close(function);
  if (it->kind == OUT || it->kind == OUT_NUMBER) return !it->is_optional;
  return counts && is_pointer(it->kind);
}

static void answered(const struct call *call, int status, const char *what) {
  CHECK(call->status == status, "%s with %s answers %s", call->function->name, what, name_of(call->status));
}

static void nulls_of(const struct function *function) {
  struct call call;
  char what[128];
  begin(&call, function);
  int needs = 0;
  for (int at = 0; at < function->count; at++) {
    if (is_pointer(function->parameters[at].kind)) call.v[at].pointer = NULL;
    needs |= is_needed(function, at);
  }
  make_call(&call, 0);
  if (needs) answered(&call, ADMIT_MISUSE, "NULL alone");
  end(&call);
  for (int at = 0; at < function->count && !is_close(function); at++) {
    if (!is_pointer(function->parameters[at].kind)) continue;
    begin(&call, function);
    call.v[at].pointer = NULL;
    make_call(&call, 0);
    snprintf(what, sizeof what, "NULL as %s", function->parameters[at].name);
    if (is_needed(function, at)) answered(&call, ADMIT_MISUSE, what);
    CHECK(call.status != ADMIT_INTERNAL, "%s with %s is a defect", function->name, what);
    end(&call);
  }
}

static void handles_of(const struct function *function) {
  int on_stack = 0;
  void *on_heap = malloc(64);
  for (int at = 0; at < function->count; at++) {
    enum kind kind = function->parameters[at].kind;
    if (!is_handle(kind)) continue;
    const struct { const char *what; void *handle; } bad[] = {
      {"a closed store", closed_store}, {"a store whose place another has", reused_store},
      {"a freed actor", freed_actor}, {"an actor of a closed store", orphan_actor},
      {"a pointer to the stack", &on_stack}, {"a pointer to the heap", on_heap},
      {"a text", (void *)"text"}, {"1", (void *)1}, {"5", (void *)5},
      {"9", (void *)9}, {"16", (void *)16}, {"all ones", (void *)UINTPTR_MAX},
      {"another kind of handle", kind == STORE ? (void *)host : (void *)store},
    };
    for (size_t it = 0; it < sizeof bad / sizeof *bad; it++) {
      struct call call;
      begin(&call, function);
      call.v[at].pointer = bad[it].handle;
      make_call(&call, 0);
      answered(&call, ADMIT_MISUSE, bad[it].what);
      end(&call);
    }
  }
  free(on_heap);
}

/* What a size may be answered with, beside a status: no fault of the struct; or, where a member
   that must be there is cut off, anything. */
#define FINE (-1)
#define ANY (-2)

static void one_size(struct call *call, void **place, const void *bytes, size_t readable, const char *what, int status) {
  void *before = *place;
  *place = at_edge(bytes, readable);
  make_call(call, 0);
  if (status >= 0) answered(call, status, what);
  int is_fine = call->status != ADMIT_MISUSE && call->status != ADMIT_UNSUPPORTED;
  CHECK(call->status != ADMIT_INTERNAL, "%s with %s is a defect", call->function->name, what);
  if (status == FINE) CHECK(is_fine, "%s with %s answers %s", call->function->name, what, name_of(call->status));
  *place = before;
  leave_edge();
}

/* `place` points to a struct of this shape: gives it each kind of size. */
static void sizes(struct call *call, void **place, int index) {
  const struct shape *shape = &shapes[index];
  char bytes[8192] = {0};
  char what[128];
  size_t size = shape->size + 64;
  memcpy(bytes, *place, shape->size);
  const size_t wrong[] = {0, 1, sizeof size - 1, 1 << 20, SIZE_MAX};
  for (size_t at = 0; at < sizeof wrong / sizeof *wrong; at++) {
    memcpy(bytes, &wrong[at], sizeof size);
    snprintf(what, sizeof what, "a %s of size %zu", shape->name, wrong[at]);
    one_size(call, place, bytes, shape->size, what, ADMIT_MISUSE);
  }
  int first = 0;
  for (int at = 0; at < shape->count; at++)
    if (shape->members[at].is_filled) first = at;
  for (int last = 0; last < shape->count; last++) {
    size_t known = shape->members[last].at + shape->members[last].size;
    int is_split = last + 1 < shape->count && shape->members[last + 1].kind == COUNT;
    if (is_split) continue;
    memcpy(bytes, &known, sizeof known);
    snprintf(what, sizeof what, "a %s that ends at %s", shape->name, shape->members[last].name);
    one_size(call, place, bytes, known, what, last < first ? ANY : FINE);
  }
  memcpy(bytes, &size, sizeof size);
  snprintf(what, sizeof what, "a longer %s", shape->name);
  one_size(call, place, bytes, size, what, FINE);
  bytes[size - 1] = 1;
  one_size(call, place, bytes, size, what, ADMIT_UNSUPPORTED);
}

static void entries(struct call *call, void **place, uint64_t *count, int shape, const char *name) {
  void **list = *place;
  void *entry = *list;
  sizes(call, list, shape);
  *list = NULL;
  make_call(call, 0);
  answered(call, ADMIT_MISUSE, "a NULL in a list");
  *list = entry;
  *count = SIZE_MAX;
  make_call(call, 0);
  answered(call, ADMIT_INVALID, "a list without end");
  CHECK(strcmp(call->field, name) == 0, "%s names %s for %s", call->function->name, call->field, name);
  *count = 1;
  *place = NULL;
  make_call(call, 0);
  answered(call, ADMIT_MISUSE, "NULL as a list of one");
  *place = list;
}

static void sizes_of(const struct function *function) {
  for (int at = 0; at < function->count; at++) {
    const struct parameter *it = &function->parameters[at];
    struct call call;
    begin(&call, function);
    if (it->kind == LIST) entries(&call, &call.v[at].pointer, &call.v[at + 1].number, it->index, it->name);
    if (it->kind == STRUCT) {
      sizes(&call, &call.v[at].pointer, it->index);
      const struct shape *shape = &shapes[it->index];
      for (int in = 0; in < shape->count; in++) {
        const struct member *member = &shape->members[in];
        if (member->kind != LIST) continue;
        char *given = call.v[at].pointer;
        void **list = (void **)(void *)(given + member->at);
        uint64_t *count = (uint64_t *)(void *)(given + shape->members[in + 1].at);
        void *before = *list;
        void *entry = sane_struct(&call, member->index, 0);
        *list = &entry;
        *count = 1;
        entries(&call, list, count, member->index, member->name);
        *list = before;
        *count = before != NULL;
      }
    }
    end(&call);
  }
}

/* An object of this type, or the first on a page that was made. */
static void *one_of(int index) {
  const struct function *on_page = function_named(objects[index], "_page_at");
  if (made[index] != NULL || on_page == NULL) return made[index];
  union value v[2] = {{made[on_page->parameters[0].index]}, {NULL}};
  return (void *)(uintptr_t)on_page->call(v);
}

static void accessor(const struct function *function) {
  const char *name = function->name;
  if (function->count == 0 || function->parameters[0].kind != OBJECT) return;
  union value v[PARAMETERS_MAX] = {{NULL}};
  CHECK(function->call(v) == 0, "%s of NULL is not 0", name);
  if (function->answers == NOTHING) return;
  v[0].pointer = one_of(function->parameters[0].index);
  if (v[0].pointer == NULL) {
    printf("unasked %s\n", name);
    return;
  }
  const uint64_t places[] = {0, 1, UINT32_MAX, SIZE_MAX};
  for (int at = 0; at < 4; at++) {
    v[1].number = places[at];
    uint64_t answer = function->call(v);
    if (function->count > 1 && at > 1) CHECK(answer == 0, "%s past the end is not 0", name);
    if (function->answers != TEXT || answer == 0) continue;
    CHECK(strlen((const char *)(uintptr_t)answer) < 1 << 20, "%s is long", name);
    CHECK(function->call(v) == answer, "%s gives another text the second time", name);
  }
}

static void panic_of(const struct function *function) {
  int is_reached = 0;
  for (int at = 0; at < function->count; at++) is_reached |= is_handle(function->parameters[at].kind);
  if (!is_reached) return;
  open_world(2);
  struct call call;
  begin(&call, function);
  make_call(&call, 0);
  answered(&call, ADMIT_INTERNAL, "a forced panic");
  make_call(&call, 0);
  CHECK(call.status != ADMIT_INTERNAL, "%s does not get over a panic", function->name);
  end(&call);
  close_world();
}

void every_function(void) {
  for (const struct function *it = functions; it->name != NULL; it++) {
    accessor(it);
    if (it->answers != STATUS) continue;
    open_world(0);
    texts_of(it);
    numbers_of(it);
    sizes_of(it);
    handles_of(it);
    nulls_of(it);
    close_world();
    if (!is_close(it)) panic_of(it);
  }
}
