/* Text that is no UTF-8, and numbers that mean nothing, in every place that takes one. */
#include "kit.h"

static const char broken[] = "ok \xff\xfe";

/* Says which places were not reached; tests/all/c holds them against its list, with the reasons. */
static void names(const struct call *call, const char *field) {
  int is_named = call->status == ADMIT_INVALID && strcmp(call->field, field) == 0;
  if (!is_named)
    printf("unreached text %s %s: %s %s\n", call->function->name, field, name_of(call->status), call->field);
}

static void texts_in(struct call *call, void *given, int index, const char *list) {
  const struct shape *shape = &shapes[index];
  for (int at = 0; at < shape->count; at++) {
    const struct member *it = &shape->members[at];
    char *place = (char *)given + it->at;
    char field[128];
    union value before = {NULL}, value = {(void *)broken};
    const void *one = broken;
    memcpy(&before, place, it->size);
    snprintf(field, sizeof field, "%s%s%s", list, *list == '\0' ? "" : ".", it->name);
    if (it->kind == TEXT) {
      memcpy(place, &value, it->size);
      make_call(call, 0);
      names(call, field);
    }
    if (it->kind == TEXTS || it->kind == LIST) {
      char *count = (char *)given + shape->members[at + 1].at;
      char count_before = *count;
      *count = 1;
      value.pointer = &one;
      if (it->kind == LIST) one = sane_struct(call, it->index, 0);
      memcpy(place, &value, it->size);
      if (it->kind == LIST) texts_in(call, (void *)one, it->index, field);
      else {
        make_call(call, 0);
        names(call, field);
      }
      *count = count_before;
    }
    memcpy(place, &before, it->size);
  }
}

void texts_of(const struct function *function) {
  for (int at = 0; at < function->count; at++) {
    const struct parameter *it = &function->parameters[at];
    const void *one = broken;
    struct call call;
    begin(&call, function);
    if (it->kind == STRUCT) texts_in(&call, call.v[at].pointer, it->index, "");
    if (it->kind == LIST) texts_in(&call, *(void **)call.v[at].pointer, it->index, it->name);
    if (it->kind == TEXT || it->kind == TEXTS) {
      call.v[at].pointer = it->kind == TEXT ? (void *)broken : (void *)&one;
      make_call(&call, 0);
      names(&call, it->name);
    }
    end(&call);
  }
}

static void refuses(struct call *call, const char *name) {
  int is_named = call->status == ADMIT_INVALID && strcmp(call->field, name) == 0;
  if (!is_named && call->status != ADMIT_UNSUPPORTED)
    printf("unreached number %s %s: %s %s\n", call->function->name, name, name_of(call->status), call->field);
}

static void numbers_in(struct call *call, void *given, int index) {
  const struct shape *shape = &shapes[index];
  for (int at = 0; at < shape->count; at++) {
    const struct member *it = &shape->members[at];
    if (it->kind != WORD && it->kind != BITS && it->kind != RESERVED) continue;
    char before[4096];
    memcpy(before, given, shape->size);
    uint32_t odd = it->kind == BITS ? 1u << 30 : 12345;
    for (int bits = 0; bits < shape->count && it->bit != 0; bits++)
      if (strcmp(shape->members[bits].name, "fields") == 0)
        memcpy((char *)given + shape->members[bits].at, &it->bit, sizeof it->bit);
    memcpy((char *)given + it->at, &odd, sizeof odd);
    make_call(call, 0);
    refuses(call, it->name);
    memcpy(given, before, shape->size);
  }
}

void numbers_of(const struct function *function) {
  for (int at = 0; at < function->count; at++) {
    const struct parameter *it = &function->parameters[at];
    struct call call;
    begin(&call, function);
    if (it->kind == STRUCT) numbers_in(&call, call.v[at].pointer, it->index);
    if (it->kind == LIST) numbers_in(&call, *(void **)call.v[at].pointer, it->index);
    if (it->kind == WORD || it->kind == BITS) {
      call.v[at].number = 1u << 30;
      make_call(&call, 0);
      refuses(&call, it->name);
    }
    end(&call);
  }
}
