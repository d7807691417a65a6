/*
 * admit.h - the whole life of a client account and its invitation.
 *
 * Generated from src/ffi; edit the Rust, then run `make header`.
 * SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * In ten lines:
 *
 *   admit_store *store; admit_actor *host; admit_practice *practice; admit_error *err;
 *   admit_open_options options = ADMIT_OPEN_OPTIONS_INIT;
 *   options.flags = ADMIT_OPEN_CREATE;
 *   if (admit_store_open("clinic.admit", key, 32, &options, &store, &err)) fail(err);
 *   admit_practice_input input = ADMIT_PRACTICE_INPUT_INIT;
 *   input.name = "Cedar Clinic";
 *   if (admit_practice_create(store, &input, &practice, &err)) fail(err);
 *   if (admit_actor_host(store, admit_practice_id(practice), &host, &err)) fail(err);
 *   ...
 *   admit_store_close(store);
 *
 * Conventions, the same everywhere:
 *
 * - A call that can fail returns an admit_status: 0 is success. Its last parameter, `err`, may be
 *   NULL; otherwise it is cleared on entry and gets an error object to be freed on failure.
 * - Outputs are cleared on entry and filled only on success. An output that the text calls
 *   optional may be NULL.
 * - Text is NUL-terminated UTF-8. A text that is returned lives as long as its object. One line
 *   of text holds 1 to 200 characters without control characters, line breaks, or characters
 *   that override the direction of text; it is kept exactly as given, or refused with its field.
 * - Times are milliseconds since 1970 UTC; 0 is none. Ids are text. Flags are 0 or 1.
 * - Input structs start with their size: begin with the _INIT macro, and a program built against
 *   an older header goes on working. A list is an array of pointers to structs, and its count.
 * - Stores and actors are tokens: every misuse of one is answered with ADMIT_MISUSE. All other
 *   objects are snapshots that never change: read them from any thread, free them once with the
 *   function named after them. Freeing NULL is fine.
 * - Everything may be called from any thread. The library starts no thread, prints nothing, and
 *   calls back only inside a call, on its thread; a callback must not call its own store.
 * - Unknown ids, another practice's and another noun's ids are ADMIT_NOT_FOUND.
 * - A call that a host repeats with the same idempotency key within 7 days is answered with the
 *   same status and ids, without acting again and without repeating secrets.
 */

#ifndef ADMIT_H
#define ADMIT_H

#include <stddef.h>
#include <stdint.h>

#define ADMIT_VERSION_MAJOR 0
#define ADMIT_VERSION_MINOR 1
#define ADMIT_VERSION_PATCH 0
#define ADMIT_VERSION "0.1.0"
/* What admit_abi_version answers for this header. */
#define ADMIT_ABI_VERSION 1

/* Define ADMIT_STATIC when linking the static library on Windows. */
#if defined(_WIN32) && !defined(ADMIT_STATIC)
#define ADMIT_API __declspec(dllimport)
#else
#define ADMIT_API
#endif

/* Warns where the status of a call is ignored. */
#if defined(__GNUC__) || defined(__clang__)
#define ADMIT_NODISCARD __attribute__((warn_unused_result))
#else
#define ADMIT_NODISCARD
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Objects
 * ======= */

/**
 * Who calls: the host, a member of staff, a login in its session, or a visitor; bound to one
 * practice. A claim, not a right: every call reads status, role and session again. A token like
 * a store; it never keeps its store open. Free it with `admit_actor_free`.
 */
typedef struct admit_actor admit_actor;

/** A client as it stood when it was read. Free it with `admit_client_free`. */
typedef struct admit_client admit_client;

/** A page of clients. Free it with `admit_client_page_free`. */
typedef struct admit_client_page admit_client_page;

/**
 * What went wrong. Owned by the caller, independent of any thread or handle, and free of
 * anything personal or secret, so it may be logged whole. Free it with `admit_error_free`.
 */
typedef struct admit_error admit_error;

/** A practice as it stood when it was read. Free it with `admit_practice_free`. */
typedef struct admit_practice admit_practice;

/** A page of practices. Free it with `admit_practice_page_free`. */
typedef struct admit_practice_page admit_practice_page;

/**
 * An open store. A token: safe to use from any number of threads at once, and every misuse of a
 * closed or foreign one is answered with ADMIT_MISUSE. Close it with `admit_store_close`.
 */
typedef struct admit_store admit_store;

/* What a call answers
 * =================== */

/**
 * What a call answers. 0 is success; 1xxx is a wrong input or call, 2xxx a rule that said no,
 * 3xxx the store, 9xxx a defect. Numbers never change, and new ones may be added.
 */
typedef enum {
  /** The call succeeded. */
  ADMIT_OK = 0,
  /** An input breaks a rule; `admit_error_field` names it. */
  ADMIT_INVALID = 1000,
  /** The interface was used wrongly: NULL, or a closed or foreign handle. Fix the program. */
  ADMIT_MISUSE = 1001,
  /** This version or build does not know what was asked for. */
  ADMIT_UNSUPPORTED = 1002,
  /** No such thing in this practice. */
  ADMIT_NOT_FOUND = 2000,
  /** The actor's role does not allow this. */
  ADMIT_NOT_PERMITTED = 2001,
  /** The session has ended; sign in again. */
  ADMIT_SESSION_ENDED = 2002,
  /** The actor is suspended or has left the practice. */
  ADMIT_ACTOR_SUSPENDED = 2003,
  /** The practitioner is not approved yet. */
  ADMIT_NOT_APPROVED = 2004,
  /** The practice is suspended. */
  ADMIT_PRACTICE_SUSPENDED = 2005,
  /** No delegation allows acting for this practitioner. */
  ADMIT_DELEGATION_MISSING = 2006,
  /** The host must give a reason for this; set it in the actor's source. */
  ADMIT_REASON_REQUIRED = 2007,
  /** It changed since it was read, or the idempotency key served another request; read again. */
  ADMIT_CONFLICT = 2008,
  /** The practice's settings do not allow this. */
  ADMIT_SWITCHED_OFF = 2009,
  /** The external id is taken in this practice. */
  ADMIT_EXTERNAL_ID_TAKEN = 2010,
  /** This status cannot follow the present one. */
  ADMIT_STATUS_NOT_ALLOWED = 2011,
  /** The limit for this list is reached. */
  ADMIT_LIMIT_REACHED = 2012,
  /** The client is deactivated. */
  ADMIT_CLIENT_DEACTIVATED = 2100,
  /** The client is suspended. */
  ADMIT_CLIENT_SUSPENDED = 2101,
  /** The client is waiting for deletion. */
  ADMIT_CLIENT_PENDING_DELETION = 2102,
  /** The client is no person and cannot have a login. */
  ADMIT_CLIENT_IS_NO_PERSON = 2103,
  /** The client already has an active login. */
  ADMIT_CLIENT_ALREADY_ACTIVATED = 2104,
  /** There is no address for this channel; add one or use the link. */
  ADMIT_NOT_REACHABLE = 2105,
  /** The login already holds this client. */
  ADMIT_PROXY_EXISTS = 2106,
  /** It has already ended. */
  ADMIT_ALREADY_ENDED = 2107,
  /** The link is not valid. */
  ADMIT_LINK_INVALID = 2200,
  /** The link has been used. */
  ADMIT_LINK_USED = 2201,
  /** The link was revoked. */
  ADMIT_LINK_REVOKED = 2202,
  /** The link was superseded by a newer one. */
  ADMIT_LINK_SUPERSEDED = 2203,
  /** The link has expired; ask for a new one. */
  ADMIT_LINK_EXPIRED = 2204,
  /** The invitation is closed. */
  ADMIT_INVITATION_CLOSED = 2205,
  /** Another login is signed in; sign out and open the link again. */
  ADMIT_WRONG_LOGIN = 2206,
  /** A login with this name exists; sign in and accept with it. */
  ADMIT_LOGIN_PROOF_REQUIRED = 2207,
  /** Too many messages; try again later. */
  ADMIT_TOO_MANY_MESSAGES = 2208,
  /** The sign-in name or the password is wrong, or signing in is not possible. */
  ADMIT_SIGN_IN_FAILED = 2400,
  /** Too many attempts; try again later. */
  ADMIT_TRY_LATER = 2401,
  /** The temporary password must be changed first. */
  ADMIT_MUST_CHANGE_PASSWORD = 2402,
  /** The password is too short. */
  ADMIT_PASSWORD_TOO_SHORT = 2403,
  /** The password is too long, or holds a NUL character. */
  ADMIT_PASSWORD_TOO_LONG = 2404,
  /** The password is too easy to guess. */
  ADMIT_PASSWORD_TOO_COMMON = 2405,
  /** The password is made of names that belong to this account or product. */
  ADMIT_PASSWORD_CONTAINS_CONTEXT = 2406,
  /** The password is on a list of breached passwords. */
  ADMIT_PASSWORD_BREACHED = 2407,
  /** This role does not sign in this way in this practice. */
  ADMIT_SIGN_IN_METHOD_NOT_ALLOWED = 2408,
  /** The sign-in name is taken. */
  ADMIT_NAME_TAKEN = 2409,
  /** The external identity is taken. */
  ADMIT_IDENTITY_TAKEN = 2410,
  /** The message is not leased by this attempt any more. */
  ADMIT_LEASE_LOST = 2500,
  /** The message is closed. */
  ADMIT_MESSAGE_CLOSED = 2501,
  /** None of the given keys opens this store. */
  ADMIT_WRONG_KEY = 3000,
  /** Another process or handle has the store open. */
  ADMIT_BUSY = 3001,
  /** The file is not an admit store. */
  ADMIT_NOT_A_STORE = 3002,
  /** The file is cut short; restore it from a backup. */
  ADMIT_TRUNCATED = 3003,
  /** The file is damaged; restore it from a backup. Nothing is written any more. */
  ADMIT_DAMAGED = 3004,
  /** A newer version of the library wrote the file. */
  ADMIT_NEWER_FORMAT = 3005,
  /** Test mode of the file and of the open call differ. */
  ADMIT_TEST_MODE = 3006,
  /** The commit failed and its outcome is unknown; reopen, then ask `admit_store_outcome`. */
  ADMIT_OUTCOME_UNKNOWN = 3007,
  /** Writes are refused after an earlier failure; reopen the store. */
  ADMIT_WRITES_STOPPED = 3008,
  /** No room is left on the medium; nothing was written. */
  ADMIT_STORE_FULL = 3009,
  /** The operation writes more than one transaction may hold; split it. */
  ADMIT_TOO_LARGE = 3010,
  /** Reading or writing the file failed. */
  ADMIT_IO = 3011,
  /** The clock is more than 7 days ahead of the last upkeep; see `admit_store_accept_time`. */
  ADMIT_CLOCK_JUMP = 3100,
  /** A defect of the library was contained; this call did nothing. Please report it. */
  ADMIT_INTERNAL = 9000,
} admit_status;

/** The status, an `admit_status`; ADMIT_OK for NULL. */
ADMIT_API int32_t admit_error_status(const admit_error *err);

/** The name of the status, such as "ADMIT_NOT_FOUND": the key for a host's own translations. */
ADMIT_API const char *admit_error_name(const admit_error *err);

/** The name of the refused input; NULL where the error is about no single input. */
ADMIT_API const char *admit_error_field(const admit_error *err);

/** One English sentence that says what to do, for a log or a developer. */
ADMIT_API const char *admit_error_message(const admit_error *err);

/** Milliseconds after which another try can succeed; 0 where waiting does not help. */
ADMIT_API int64_t admit_error_retry_after_ms(const admit_error *err);

/** The facts of the error as a JSON object, for a translated sentence: field, retry_after_ms. */
ADMIT_API const char *admit_error_args_json(const admit_error *err);

/** The whole error as JSON. */
ADMIT_API const char *admit_error_json(const admit_error *err);

/** Frees an error. NULL is fine. */
ADMIT_API void admit_error_free(admit_error *err);

/* Words
 * ===== */
/* Every list has 0 for "none" or "not said". Inputs take the numbers as int32_t. */

/** Where a practice stands. */
typedef enum {
  /** Not said. */
  ADMIT_PRACTICE_STATUS_NONE = 0,
  /** It works. */
  ADMIT_PRACTICE_STATUS_ACTIVE = 1,
  /** It answers reads alone. */
  ADMIT_PRACTICE_STATUS_SUSPENDED = 2,
} admit_practice_status_value;

/** What a client is. */
typedef enum {
  /** Not said; a person, where one is made. */
  ADMIT_CLIENT_NATURE_NONE = 0,
  /** A person. */
  ADMIT_CLIENT_NATURE_PERSON = 1,
  /** Something else, such as a ferment; it never has a login. */
  ADMIT_CLIENT_NATURE_OTHER = 2,
} admit_client_nature_value;

/** How far a client has come. */
typedef enum {
  /** Not said; registered, where staff make a client. */
  ADMIT_CLIENT_STAGE_NONE = 0,
  /** Entered without an account. */
  ADMIT_CLIENT_STAGE_GUEST = 1,
  /** Not taken on yet. */
  ADMIT_CLIENT_STAGE_PROSPECTIVE = 2,
  /** A client of the practice. */
  ADMIT_CLIENT_STAGE_REGISTERED = 3,
} admit_client_stage_value;

/** Whether a client has access and gets notices. */
typedef enum {
  /** Not said. */
  ADMIT_CLIENT_STATUS_NONE = 0,
  /** Both. */
  ADMIT_CLIENT_STATUS_ACTIVE = 1,
  /** No sign-in, still notices. */
  ADMIT_CLIENT_STATUS_DEACTIVATED = 2,
  /** Neither. */
  ADMIT_CLIENT_STATUS_SUSPENDED = 3,
  /** Neither, and erased at a set time unless called off. */
  ADMIT_CLIENT_STATUS_PENDING_DELETION = 4,
} admit_client_status_value;

/** The administrative gender of FHIR R4. */
typedef enum {
  /** Not said. */
  ADMIT_GENDER_NONE = 0,
  /** Male. */
  ADMIT_GENDER_MALE = 1,
  /** Female. */
  ADMIT_GENDER_FEMALE = 2,
  /** Other. */
  ADMIT_GENDER_OTHER = 3,
  /** Unknown. */
  ADMIT_GENDER_UNKNOWN = 4,
} admit_gender;

/** How a role signs in. */
typedef enum {
  /** Not said. */
  ADMIT_SIGN_IN_METHOD_NONE = 0,
  /** By password or by external identity. */
  ADMIT_SIGN_IN_METHOD_ANY = 1,
  /** By password alone. */
  ADMIT_SIGN_IN_METHOD_PASSWORD = 2,
  /** By an external identity alone. */
  ADMIT_SIGN_IN_METHOD_EXTERNAL_IDENTITY = 3,
} admit_sign_in_method;

/* Version
 * ======= */

/**
 * The version of the interface: it rises only when a program built against an older header must
 * be changed. Equal to the header's ADMIT_ABI_VERSION, or the program runs with a wrong library.
 */
ADMIT_API uint32_t admit_abi_version(void);

/** The version of the library as text, such as "0.1.0". Lives for ever. */
ADMIT_API const char *admit_version(void);

/* Actors
 * ====== */
/* Who calls. Every call but the store's own takes an actor. */

/**
 * Whence a call comes, for the audit trail. Start from ADMIT_SOURCE_INIT; every member may be
 * NULL. The texts are at most 200 characters each and are copied.
 */
typedef struct {
  /** sizeof(admit_source). */
  size_t size;
  /** The network address of the person's device. */
  const char *address;
  /** The device or browser. */
  const char *device;
  /** The host's own id of the request. */
  const char *request_id;
  /** Why the host acts in a person's place; some actions ask for it (ADMIT_REASON_REQUIRED). */
  const char *reason;
} admit_source;
#define ADMIT_SOURCE_INIT {sizeof(admit_source), NULL, NULL, NULL, NULL}

/** The host itself, in one practice. */
ADMIT_API ADMIT_NODISCARD
admit_status admit_actor_host(admit_store *store,
                              const char *practice_id,
                              admit_actor **actor,
                              admit_error **err);

/** A staff seat of a practice. */
ADMIT_API ADMIT_NODISCARD
admit_status admit_actor_staff(admit_store *store,
                               const char *practice_id,
                               const char *staff_id,
                               admit_actor **actor,
                               admit_error **err);

/**
 * A login in its session, in one practice: `epoch` is what `admit_login_sign_in` answered with.
 * The session is over (ADMIT_SESSION_ENDED) once the login's epoch has moved.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_actor_login(admit_store *store,
                               const char *practice_id,
                               const char *login_id,
                               uint32_t epoch,
                               admit_actor **actor,
                               admit_error **err);

/** Nobody yet: signs in, asks for a reset. Bound to a practice and its portal. */
ADMIT_API ADMIT_NODISCARD
admit_status admit_actor_visitor(admit_store *store,
                                 const char *practice_id,
                                 admit_actor **actor,
                                 admit_error **err);

/** The same actor, acting for a practitioner. Takes a delegation, but for the host. */
ADMIT_API ADMIT_NODISCARD
admit_status admit_actor_on_behalf_of(admit_actor *actor,
                                      const char *staff_id,
                                      admit_actor **acting,
                                      admit_error **err);

/** The same actor with another source: where the request at hand comes from. */
ADMIT_API ADMIT_NODISCARD
admit_status admit_actor_source(admit_actor *actor,
                                const admit_source *source,
                                admit_actor **sourced,
                                admit_error **err);

/** Frees an actor. NULL is fine; one that is freed already is answered with ADMIT_MISUSE. */
ADMIT_API admit_status admit_actor_free(admit_actor *actor);

/* The store
 * ========= */

/** `flags`: makes the file where there is none. */
#define ADMIT_OPEN_CREATE 1

/**
 * `flags`: a test store, whose clock the host tells. The file says so and opens in no other way.
 * It also allows links to http://localhost.
 */
#define ADMIT_OPEN_TEST 2

/**
 * `flags`: commits write a little less, and opening after a crash takes seconds for each million
 * clients instead of milliseconds.
 */
#define ADMIT_OPEN_SLOW_REPAIR 4

/** What became of a request that carried an idempotency key. */
typedef enum {
  /** No request with this key ended within 7 days: it is safe to send it again. */
  ADMIT_KNOWN_OUTCOME_NONE = 0,
  /** It was done. */
  ADMIT_KNOWN_OUTCOME_DONE = 1,
  /** A rule said no. */
  ADMIT_KNOWN_OUTCOME_REFUSED = 2,
} admit_known_outcome;

/**
 * Tells the time of a test store: milliseconds since 1970 UTC. Runs on the thread of a caller,
 * inside its call; must not throw, longjmp or call the same store.
 */
typedef int64_t (*admit_clock_fn)(void *user_data);

/**
 * Frees a callback's `user_data`. Called exactly once: in `admit_store_close`, or when opening
 * fails; but never for options whose size is not set, for those are not read.
 */
typedef void (*admit_destroy_fn)(void *user_data);

/**
 * Says whether a new password may be used: 0 for one that is known to be breached. `password` is
 * UTF-8 and lives until the return. Runs on the thread of a caller, inside its call; must not
 * throw, longjmp or call the same store.
 */
typedef int32_t (*admit_password_check_fn)(void *user_data, const char *password);

/** How to open a store. Start from ADMIT_OPEN_OPTIONS_INIT; zero means the default. */
typedef struct {
  /** sizeof(admit_open_options). */
  size_t size;
  /** ADMIT_OPEN_* bits. */
  uint32_t flags;
  /**
   * How many passwords are hashed at once; 0 is the number of cores, at most 4. Each takes 19
   * MiB while it runs.
   */
  uint32_t hashes_at_once;
  /** How much of the file is kept in memory, in bytes, at least 1 MiB; 0 is 64 MiB. */
  uint64_t cache_bytes;
  /** The origins that links may lead to, such as "https://portal.example.org". */
  const char *const *link_origins;
  /** How many origins there are, at most 100. */
  size_t link_origin_count;
  /** What the product is called: stands in messages, and in no password. */
  const char *product;
  /**
   * A secret that every password hash needs beside the file; NULL for none. Once chosen it is
   * needed for good: without it no password is right.
   */
  const uint8_t *pepper;
  /** How many bytes the pepper has. */
  size_t pepper_len;
  /** Tells the time, with ADMIT_OPEN_TEST alone; NULL is the system's clock. */
  admit_clock_fn clock;
  /** Handed to `clock`. */
  void *clock_data;
  /** Frees `clock_data`; may be NULL. */
  admit_destroy_fn clock_destroy;
  /** Asks about each new password; NULL for none. */
  admit_password_check_fn password_check;
  /** Handed to `password_check`. */
  void *password_check_data;
  /** Frees `password_check_data`; may be NULL. */
  admit_destroy_fn password_check_destroy;
  /** Pins ids and secrets; not 0 is ADMIT_UNSUPPORTED in every release build. */
  uint64_t test_seed;
  /**
   * The number of the call on the store that panics; not 0 is ADMIT_UNSUPPORTED in every
   * release build.
   */
  uint32_t test_panic_at;
  /** Must be 0. */
  uint32_t reserved;
} admit_open_options;
#define ADMIT_OPEN_OPTIONS_INIT {sizeof(admit_open_options), 0, 0, 0, NULL, 0, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, 0}

/**
 * Opens a store, and makes it where ADMIT_OPEN_CREATE is set and there is no file.
 *
 * `path` is the file, as UTF-8. `keys` holds one or more keys of 32 bytes, one after the other:
 * the first wraps a new store, and all are tried on one that exists. The keys are copied and
 * wiped on close; keep them where a stolen disk does not lead to them. `options` may be NULL.
 *
 * One process has a store open at a time. The file is byte-identical after each refused open.
 * After `fork`, the child must not use the store but may close it, which then writes nothing.
 *
 * Answers ADMIT_WRONG_KEY, ADMIT_BUSY, ADMIT_NOT_A_STORE, ADMIT_TRUNCATED, ADMIT_DAMAGED,
 * ADMIT_NEWER_FORMAT, ADMIT_TEST_MODE, ADMIT_STORE_FULL or ADMIT_IO for the file, ADMIT_INVALID
 * for an option, and ADMIT_MISUSE where `path`, `keys` or `store` is NULL or `keys_len` is not a
 * multiple of 32.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_store_open(const char *path,
                              const uint8_t *keys,
                              size_t keys_len,
                              const admit_open_options *options,
                              admit_store **store,
                              admit_error **err);

/**
 * Closes a store: waits for the calls that run, syncs, and frees the file for others.
 *
 * Its actors end with it. NULL is fine. A store that is closed already, and a call from inside
 * one of its callbacks, are answered with ADMIT_MISUSE.
 */
ADMIT_API admit_status admit_store_close(admit_store *store);

/** Draws a new key of 32 random bytes from the operating system into `key`; `key_len` is 32. */
ADMIT_API ADMIT_NODISCARD admit_status admit_key_generate(uint8_t *key, size_t key_len, admit_error **err);

/**
 * Wraps the store's keys under a new first key and starts a new token key. Links that are out
 * stay good until they lapse. From then on, open the store with the new key.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_store_rotate_key(admit_store *store,
                                    const uint8_t *keys,
                                    size_t keys_len,
                                    admit_error **err);

/**
 * Says what became of a request after its answer was lost, by its idempotency key.
 *
 * `outcome` gets an `admit_known_outcome`; `status` gets the status that a refused request was
 * answered with, else ADMIT_OK, and may be NULL.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_store_outcome(admit_store *store,
                                 const char *idempotency_key,
                                 int32_t *outcome,
                                 int32_t *status,
                                 admit_error **err);

/* Practices
 * ========= */

/** `fields` of admit_practice_input: `majority_years` is meant. */
#define ADMIT_PRACTICE_MAJORITY 1

/** `fields`: `second_factor` is meant. */
#define ADMIT_PRACTICE_SECOND_FACTOR 2

/** `fields`: `guests` is meant. */
#define ADMIT_PRACTICE_GUESTS 4

/** `fields`: `registration` is meant. */
#define ADMIT_PRACTICE_REGISTRATION 8

/** `fields`: `approval` is meant. */
#define ADMIT_PRACTICE_APPROVAL 16

/** `fields`: `staff_may_choose_password` is meant. */
#define ADMIT_PRACTICE_STAFF_MAY_CHOOSE_PASSWORD 32

/**
 * A practice to make or change. Start from ADMIT_PRACTICE_INPUT_INIT.
 *
 * Making one: NULL and empty texts are none, numbers without their bit in `fields` have their
 * defaults. Changing one: NULL keeps a text and empty clears it.
 *
 * A link is an https URL with `{token}` once in its path, query or fragment, whose origin is on
 * the list that the store was opened with. Staff links fall back to the clients'.
 */
typedef struct {
  /** sizeof(admit_practice_input). */
  size_t size;
  /** What it is called, 1 to 200 characters. Required where it is made. */
  const char *name;
  /** The host's own key, unique in the store, up to 255 characters. */
  const char *external_id;
  /**
   * The name of a portal that practices share: sign-in names are unique in it. NULL gives the
   * practice its own. Fixed for good: only where the practice is made.
   */
  const char *portal;
  /** The address that messages come from. */
  const char *sender;
  /** The address to which clients turn for help. */
  const char *support_email;
  /** The phone number that clients call for help. */
  const char *support_phone;
  /** Where a client opens an invitation. */
  const char *invitation_link;
  /** Where staff open an invitation. */
  const char *staff_invitation_link;
  /** Where a client chooses a new password. */
  const char *reset_link;
  /** Where staff choose a new password. */
  const char *staff_reset_link;
  /** Where an address is confirmed. */
  const char *address_link;
  /** The language of messages where the recipient has none, such as "en" or "es-MX". */
  const char *locale;
  /** The time zone of messages where the recipient has none, such as "America/New_York". */
  const char *zone;
  /**
   * How long an invitation is open, in milliseconds: 1 hour to 30 days; 0 is not said, and 7
   * days where the practice is made.
   */
  int64_t invitation_lifetime_ms;
  /** Bits that say which of the numbers below are meant. */
  uint32_t fields;
  /** The age at which guardians' ties end, 10 to 30; 18 where nothing is said. */
  uint32_t majority_years;
  /**
   * 1 where the host asks for a second factor: a password may then have 8 characters instead
   * of 15 (NIST SP 800-63B-4, section 3.1.1.2).
   */
  int32_t second_factor;
  /** 1 where guests may enter. */
  int32_t guests;
  /** 1 where people may register themselves. */
  int32_t registration;
  /** 1 where a new practitioner waits for approval; so too where nothing is said. */
  int32_t approval;
  /** 1 where staff may choose a client's temporary password. */
  int32_t staff_may_choose_password;
  /** How admins sign in, an admit_sign_in_method. */
  int32_t admin_sign_in;
  /** How practitioners sign in. */
  int32_t practitioner_sign_in;
  /** How assistants sign in. */
  int32_t assistant_sign_in;
  /** How members sign in. */
  int32_t member_sign_in;
  /** How clients and guardians sign in. */
  int32_t client_sign_in;
  /** The revision that the caller saw, else ADMIT_CONFLICT; 0 is any. For changes. */
  uint64_t revision;
  /** Makes the call repeatable for 7 days; NULL for none. */
  const char *idempotency_key;
} admit_practice_input;
#define ADMIT_PRACTICE_INPUT_INIT {sizeof(admit_practice_input), NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, NULL}

/** Which page of a list. Start from ADMIT_PRACTICE_QUERY_INIT. */
typedef struct {
  /** sizeof(admit_practice_query). */
  size_t size;
  /** The cursor of the page before; NULL for the first. */
  const char *after;
  /** How many practices, at most 500; 0 is 50. */
  uint32_t limit;
  /** Must be 0. */
  uint32_t reserved;
} admit_practice_query;
#define ADMIT_PRACTICE_QUERY_INIT {sizeof(admit_practice_query), NULL, 0, 0}

/**
 * Makes a practice. A store call, for the host alone.
 *
 * `practice` gets the new practice, to be freed with `admit_practice_free`; NULL if not wanted.
 * Answers ADMIT_INVALID for an input, and ADMIT_EXTERNAL_ID_TAKEN.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_practice_create(admit_store *store,
                                   const admit_practice_input *input,
                                   admit_practice **practice,
                                   admit_error **err);

/** Reads the actor's practice. */
ADMIT_API ADMIT_NODISCARD
admit_status admit_practice_get(admit_actor *actor,
                                admit_practice **practice,
                                admit_error **err);

/** Finds a practice by the host's own key. A store call. Answers ADMIT_NOT_FOUND. */
ADMIT_API ADMIT_NODISCARD
admit_status admit_practice_get_by_external_id(admit_store *store,
                                               const char *external_id,
                                               admit_practice **practice,
                                               admit_error **err);

/** Changes the actor's practice; what the input does not name stays. `practice` may be NULL. */
ADMIT_API ADMIT_NODISCARD
admit_status admit_practice_update(admit_actor *actor,
                                   const admit_practice_input *input,
                                   admit_practice **practice,
                                   admit_error **err);

/**
 * Stops all but reads in the actor's practice. Answers ADMIT_STATUS_NOT_ALLOWED where it is
 * suspended already.
 */
ADMIT_API ADMIT_NODISCARD admit_status admit_practice_suspend(admit_actor *actor, admit_error **err);

/** Lets the actor's practice work again. Answers ADMIT_STATUS_NOT_ALLOWED where it does. */
ADMIT_API ADMIT_NODISCARD admit_status admit_practice_reactivate(admit_actor *actor, admit_error **err);

/** Lists all practices, oldest first. A store call. `query` may be NULL. */
ADMIT_API ADMIT_NODISCARD
admit_status admit_practice_list(admit_store *store,
                                 const admit_practice_query *query,
                                 admit_practice_page **list,
                                 admit_error **err);

/** Its id. */
ADMIT_API const char *admit_practice_id(const admit_practice *practice);

/** The host's own key; NULL where it has none. */
ADMIT_API const char *admit_practice_external_id(const admit_practice *practice);

/** The id of the portal where its people sign in. */
ADMIT_API const char *admit_practice_portal_id(const admit_practice *practice);

/** What it is called. */
ADMIT_API const char *admit_practice_name(const admit_practice *practice);

/** Where it stands. */
ADMIT_API admit_practice_status_value admit_practice_status(const admit_practice *practice);

/** How long its invitations are open, in milliseconds. */
ADMIT_API int64_t admit_practice_invitation_lifetime_ms(const admit_practice *practice);

/** When it was made, in milliseconds since 1970 UTC. */
ADMIT_API int64_t admit_practice_created_at(const admit_practice *practice);

/** Counts its changes, from 1 on: hand it to the next change to be told of a race. */
ADMIT_API uint64_t admit_practice_revision(const admit_practice *practice);

/** The whole practice with its settings as JSON. Lives as long as the practice. */
ADMIT_API const char *admit_practice_json(const admit_practice *practice);

/** Frees a practice. NULL is fine; one of a list is freed with the list. */
ADMIT_API void admit_practice_free(admit_practice *practice);

/** How many practices are on the page. */
ADMIT_API size_t admit_practice_page_len(const admit_practice_page *list);

/** One practice of the page, which lives as long as the page; NULL past its end. */
ADMIT_API const admit_practice *admit_practice_page_at(const admit_practice_page *list, size_t at);

/** The cursor of the next page; NULL at the end. Lives as long as the page. */
ADMIT_API const char *admit_practice_page_next(const admit_practice_page *list);

/** Frees a page and what is on it. NULL is fine. */
ADMIT_API void admit_practice_page_free(admit_practice_page *list);

/* Clients
 * ======= */

/** One of up to 16 fields that a product keeps with a client. Start from ADMIT_CLIENT_FIELD_INIT. */
typedef struct {
  /** sizeof(admit_client_field). */
  size_t size;
  /** Its name, one line. */
  const char *name;
  /** Its text, one line; empty takes the field away. */
  const char *text;
} admit_client_field;
#define ADMIT_CLIENT_FIELD_INIT {sizeof(admit_client_field), NULL, NULL}

/**
 * A client to make or change. Start from ADMIT_CLIENT_INPUT_INIT.
 *
 * Making one: NULL and empty texts are none; a name is required, whole or in parts. Changing
 * one: NULL keeps a text and empty clears it; the parts of a name are given together.
 */
typedef struct {
  /** sizeof(admit_client_input). */
  size_t size;
  /** The host's own key, unique in the practice, up to 255 characters. */
  const char *external_id;
  /** The whole name as it is shown, where the parts below do not say it. */
  const char *name;
  /** The family name. */
  const char *family_name;
  /** The given names. */
  const char *given_name;
  /** How the name is read, such as kana; found by search too. */
  const char *phonetic_name;
  /** YYYY, YYYY-MM or YYYY-MM-DD. */
  const char *birth_date;
  /** The contact address. Resets go to the login's own address. */
  const char *email;
  /** The contact phone. */
  const char *phone;
  /** Street and house, one line. */
  const char *street;
  /** The city. */
  const char *city;
  /** The state or province. */
  const char *state;
  /** The postal code. */
  const char *postal_code;
  /** The country. */
  const char *country;
  /** The client's language, such as "en" or "es-MX". */
  const char *locale;
  /** The client's time zone, such as "America/New_York". */
  const char *zone;
  /** The primary physician's name. */
  const char *physician_name;
  /** The primary physician's phone. */
  const char *physician_phone;
  /** Product fields. */
  const admit_client_field *const *fields;
  /** How many product fields are given. */
  size_t field_count;
  /** An admit_client_nature_value; only where the client is made. */
  int32_t nature;
  /** An admit_client_stage_value, registered or prospective; only where the client is made. */
  int32_t stage;
  /** An admit_gender; 0 is not said. */
  int32_t gender;
  /** Must be 0. */
  int32_t reserved;
  /** The revision that the caller saw, else ADMIT_CONFLICT; 0 is any. For changes. */
  uint64_t revision;
  /** Makes the call repeatable for 7 days; NULL for none. */
  const char *idempotency_key;
} admit_client_input;
#define ADMIT_CLIENT_INPUT_INIT {sizeof(admit_client_input), NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, 0, 0, 0, 0, NULL}

/**
 * Makes a client of the actor's practice. A member of staff who makes one has access to it.
 *
 * `client` gets the new client, to be freed with `admit_client_free`; NULL if not wanted.
 * Answers ADMIT_INVALID for an input, and ADMIT_EXTERNAL_ID_TAKEN.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_client_create(admit_actor *actor,
                                 const admit_client_input *input,
                                 admit_client **client,
                                 admit_error **err);

/** Reads a client. */
ADMIT_API ADMIT_NODISCARD
admit_status admit_client_get(admit_actor *actor,
                              const char *client_id,
                              admit_client **client,
                              admit_error **err);

/** Finds a client by the host's own key. */
ADMIT_API ADMIT_NODISCARD
admit_status admit_client_get_by_external_id(admit_actor *actor,
                                             const char *external_id,
                                             admit_client **client,
                                             admit_error **err);

/** Changes what is known of a client; what the input does not name stays. `client` may be NULL. */
ADMIT_API ADMIT_NODISCARD
admit_status admit_client_update(admit_actor *actor,
                                 const char *client_id,
                                 const admit_client_input *input,
                                 admit_client **client,
                                 admit_error **err);

/** Its id. */
ADMIT_API const char *admit_client_id(const admit_client *client);

/** The host's own key; NULL where it has none. */
ADMIT_API const char *admit_client_external_id(const admit_client *client);

/** The id of its practice. */
ADMIT_API const char *admit_client_practice_id(const admit_client *client);

/** The name that is shown. */
ADMIT_API const char *admit_client_name(const admit_client *client);

/** The family name; NULL where the name is known as a whole only. */
ADMIT_API const char *admit_client_family_name(const admit_client *client);

/** The first given name; NULL where the name is known as a whole only. */
ADMIT_API const char *admit_client_given_name(const admit_client *client);

/** How the name is read, such as kana; NULL where it is not known. */
ADMIT_API const char *admit_client_phonetic_name(const admit_client *client);

/** The date of birth, as exact as it is known; NULL where it is not. */
ADMIT_API const char *admit_client_birth_date(const admit_client *client);

/** The contact address; NULL where there is none. */
ADMIT_API const char *admit_client_email(const admit_client *client);

/** The contact phone; NULL where there is none. */
ADMIT_API const char *admit_client_phone(const admit_client *client);

/** The client's language; NULL where it is not known. */
ADMIT_API const char *admit_client_locale(const admit_client *client);

/** The client's time zone; NULL where it is not known. */
ADMIT_API const char *admit_client_zone(const admit_client *client);

/** The primary physician's name; NULL where it is not known. */
ADMIT_API const char *admit_client_physician_name(const admit_client *client);

/** The primary physician's phone; NULL where it is not known. */
ADMIT_API const char *admit_client_physician_phone(const admit_client *client);

/** Whether it is a person. */
ADMIT_API admit_client_nature_value admit_client_nature(const admit_client *client);

/** How far it has come. */
ADMIT_API admit_client_stage_value admit_client_stage(const admit_client *client);

/** Whether it has access and gets notices. */
ADMIT_API admit_client_status_value admit_client_status(const admit_client *client);

/** Its administrative gender. */
ADMIT_API admit_gender admit_client_gender(const admit_client *client);

/** 1 where the client has died. */
ADMIT_API int32_t admit_client_is_deceased(const admit_client *client);

/** When a client that waits for deletion is erased; 0 for every other. */
ADMIT_API int64_t admit_client_deletion_due_at(const admit_client *client);

/** How many product fields it has. */
ADMIT_API size_t admit_client_field_count(const admit_client *client);

/** When it was made. */
ADMIT_API int64_t admit_client_created_at(const admit_client *client);

/** When it last changed. */
ADMIT_API int64_t admit_client_updated_at(const admit_client *client);

/** Counts every change of the client and what hangs on it, from 1 on. */
ADMIT_API uint64_t admit_client_revision(const admit_client *client);

/** The name of one product field; NULL past the last. */
ADMIT_API const char *admit_client_field_name(const admit_client *client, size_t at);

/** The text of one product field; NULL past the last. */
ADMIT_API const char *admit_client_field_text(const admit_client *client, size_t at);

/** The whole client as JSON, with every name, address and identifier. Lives as long as the client. */
ADMIT_API const char *admit_client_json(const admit_client *client);

/** Frees a client. NULL is fine; one of a page is freed with the page. */
ADMIT_API void admit_client_free(admit_client *client);

/** How many clients are on the page. */
ADMIT_API size_t admit_client_page_len(const admit_client_page *page);

/** One client of the page, which lives as long as the page; NULL past its end. */
ADMIT_API const admit_client *admit_client_page_at(const admit_client_page *page, size_t at);

/** The cursor of the next page; NULL at the end. Lives as long as the page. */
ADMIT_API const char *admit_client_page_next(const admit_client_page *page);

/** Frees a page and what is on it. NULL is fine. */
ADMIT_API void admit_client_page_free(admit_client_page *page);

#ifdef __cplusplus
}
#endif

#endif
