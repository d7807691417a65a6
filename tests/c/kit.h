/* The C test kit: what the parts of the suite share. table.c is made from admit.h. */
#ifndef KIT_H
#define KIT_H

#include "admit.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum kind {
  NOTHING, STATUS, STORE, ACTOR, OBJECT, STRUCT, LIST, TEXT, TEXTS, BYTES, BUFFER, OUT, OUT_NUMBER, ERR,
  COUNT, NUMBER, WORD, BITS, RESERVED, SIZE, FUNCTION, DATA
};

union value {
  void *pointer;
  uint64_t number;
  void (*function)(void);
};

struct number { const char *name; int64_t value; };
struct parameter { const char *name; enum kind kind; int index; int is_optional; };
struct member { const char *name; enum kind kind; int index; size_t at, size; int is_filled; uint32_t bit; };
struct shape { const char *name; size_t size; const struct member *members; int count; };
struct function {
  const char *name;
  enum kind answers;
  const struct parameter *parameters;
  int count;
  uint64_t (*call)(union value *);
};

extern const struct number numbers[];
extern const char *const objects[];
extern const struct shape shapes[];
extern const struct function functions[];

/* Says what went wrong, and that the run has failed. */
void fail(const char *format, ...) __attribute__((format(printf, 1, 2)));
#define CHECK(truth, ...) do { if (!(truth)) fail(__VA_ARGS__); } while (0)
extern int failures;

/* world.c: a store with one of everything, as a file image that is written out for each part. */
#define OBJECTS_MAX 128
extern admit_store *store;
extern admit_actor *host;
extern admit_store *closed_store, *reused_store, *other_store;
extern admit_actor *freed_actor, *orphan_actor;
extern void *made[OBJECTS_MAX];
extern const uint8_t key[32];
extern const char *const link_origins[];
admit_open_options options_of_test(uint32_t flags);
void make_world(void);
void open_world(uint32_t panic_at);
void close_world(void);
void keep_world(void);
void end_world(void);
const char *sane_text(const char *name);
const struct function *function_named(const char *start, const char *end);
void *read_file(const char *path, size_t *size);
void write_file(const char *path, const void *bytes, size_t size);

/* calls.c: sane arguments, and calls with every promise of the header checked. */
#define PARAMETERS_MAX 16
struct call {
  const struct function *function;
  union value v[PARAMETERS_MAX];
  union { void *pointer; int64_t number; uint8_t bytes[32]; } places[PARAMETERS_MAX];
  void *lists[64];
  int list_count;
  /* What came of it. */
  int status;
  char field[64];
  void *kept;
};
void begin(struct call *call, const struct function *function);
/* Calls, checks what holds for every call, and frees what came out, but for `keep`. */
void make_call(struct call *call, int keep);
void end(struct call *call);
void *sane_struct(struct call *call, int shape, size_t size);
void *at_edge(const void *bytes, size_t size);
void leave_edge(void);
int is_close(const struct function *function);
const char *name_of(int status);

/* each.c and texts.c: what is asked of every function. */
void every_function(void);
void texts_of(const struct function *function);
void numbers_of(const struct function *function);

/* probe.c: every function that takes an actor, by actors that must not get far. */
void probes(void);

/* Written by hand. */
void callbacks(void);
void forks(void);
void threads(void);
void files(void);

#endif
