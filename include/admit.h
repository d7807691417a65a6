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
 * - Everything may be called from any thread. The library prints nothing, and calls back
 *   only inside a call, on its thread; a callback must not call its own store. The only threads
 *   it starts run scripts, from the first script on until the store is closed.
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

/** Who and what there is after an acceptance. Free it with `admit_acceptance_free`. */
typedef struct admit_acceptance admit_acceptance;

/** One way in which somebody reaches a client. Lives as long as its page. */
typedef struct admit_access admit_access;

/** Who reaches a client. Free it with `admit_access_page_free`. */
typedef struct admit_access_page admit_access_page;

/** One step of a decision on access. Lives as long as its page. */
typedef struct admit_access_step admit_access_step;

/** The steps of a decision, in their order. Free it with `admit_access_step_page_free`. */
typedef struct admit_access_step_page admit_access_step_page;

/**
 * Who calls: the host, a member of staff, a login in its session, or a visitor; bound to one
 * practice. A claim, not a right: every call reads status, role and session again. A token like
 * a store; it never keeps its store open. Free it with `admit_actor_free`.
 */
typedef struct admit_actor admit_actor;

/** Many invitations, planned and applied together. Free it with `admit_batch_free`. */
typedef struct admit_batch admit_batch;

/** Batches. Free them with `admit_batch_page_free`. */
typedef struct admit_batch_page admit_batch_page;

/** One row of a batch. Freed with its page. */
typedef struct admit_batch_row admit_batch_row;

/** Rows of a batch. Free them with `admit_batch_row_page_free`. */
typedef struct admit_batch_row_page admit_batch_row_page;

/** What became of a deletion, with nothing personal in it. Free it with `admit_certificate_free`. */
typedef struct admit_certificate admit_certificate;

/** A change, in the one order of all changes. */
typedef struct admit_change admit_change;

/** A page of changes. Free it with `admit_change_page_free`. */
typedef struct admit_change_page admit_change_page;

/**
 * A message to send, with its live link: a secret, kept out of logs. Wiped and freed with its
 * page.
 */
typedef struct admit_claimed admit_claimed;

/** What a worker has claimed. Wipe it with `admit_claimed_page_free`. */
typedef struct admit_claimed_page admit_claimed_page;

/** A client as it stood when it was read. Free it with `admit_client_free`. */
typedef struct admit_client admit_client;

/** A client written for exchange. Free it with `admit_client_document_free`. */
typedef struct admit_client_document admit_client_document;

/** What became of a registration. Free it with `admit_client_registration_free`. */
typedef struct admit_client_registration admit_client_registration;

/** What confirming a plan has done. Free it with `admit_confirmed_free`. */
typedef struct admit_confirmed admit_confirmed;

/** A delegation, and who is in it. Free it with `admit_delegation_free`. */
typedef struct admit_delegation admit_delegation;

/** A page of delegations. Free it with `admit_delegation_page_free`. */
typedef struct admit_delegation_page admit_delegation_page;

/**
 * What the host has to erase of a client that was erased here. Free it with
 * `admit_erase_order_free`.
 */
typedef struct admit_erase_order admit_erase_order;

/** A page of erase orders. Free it with `admit_erase_order_page_free`. */
typedef struct admit_erase_order_page admit_erase_order_page;

/**
 * What went wrong. Owned by the caller, independent of any thread or handle, and free of
 * anything personal or secret, so it may be logged whole. Free it with `admit_error_free`.
 */
typedef struct admit_error admit_error;

/** An entry of the audit trail; what is personal is unsealed while its key exists. Free it with `admit_event_free`. */
typedef struct admit_event admit_event;

/** A page of an exported audit trail. Free it with `admit_event_document_free`. */
typedef struct admit_event_document admit_event_document;

/** A page of the audit trail. Free it with `admit_event_page_free`. */
typedef struct admit_event_page admit_event_page;

/** A grant: a client's chart, open to a seat or a room. Free it with `admit_grant_free`. */
typedef struct admit_grant admit_grant;

/** The grants of a client, withdrawn ones too. Free it with `admit_grant_page_free`. */
typedef struct admit_grant_page admit_grant_page;

/** A ground on which nothing about a client is deleted. Free it with `admit_hold_free`. */
typedef struct admit_hold admit_hold;

/** The holds of a client, lifted ones too. Free it with `admit_hold_page_free`. */
typedef struct admit_hold_page admit_hold_page;

/** What became of an import, row by row. Free it with `admit_import_free`. */
typedef struct admit_import admit_import;

/** What a link is. Free it with `admit_inspection_free`. */
typedef struct admit_inspection admit_inspection;

/** An invitation as it stood when it was read. Free it with `admit_invitation_free`. */
typedef struct admit_invitation admit_invitation;

/** A page of invitations. Free it with `admit_invitation_page_free`. */
typedef struct admit_invitation_page admit_invitation_page;

/** Something that the product holds about a client. Free it with `admit_item_free`. */
typedef struct admit_item admit_item;

/** A page of items. Free it with `admit_item_page_free`. */
typedef struct admit_item_page admit_item_page;

/** A live link of an invitation: a secret, kept out of logs. Wipe it with `admit_link_free`. */
typedef struct admit_link admit_link;

/** A login as it stood when it was read, without its password. Free it with `admit_login_free`. */
typedef struct admit_login admit_login;

/**
 * What a link that was sent to a login has done: a password was chosen, or an address proved.
 * Free it with `admit_login_done_free`.
 */
typedef struct admit_login_done admit_login_done;

/** A message as it stood when it was read, without its words. Free it with `admit_message_free`. */
typedef struct admit_message admit_message;

/** A page of messages. Free it with `admit_message_page_free`. */
typedef struct admit_message_page admit_message_page;

/** An open link as it stood when it was read. Free it with `admit_open_link_free`. */
typedef struct admit_open_link admit_open_link;

/** A page of open links. Free it with `admit_open_link_page_free`. */
typedef struct admit_open_link_page admit_open_link_page;

/** What became of one row of many. Freed with its page. */
typedef struct admit_outcome admit_outcome;

/**
 * What became of each row, in the order in which they were given. Free it with
 * `admit_outcome_page_free`.
 */
typedef struct admit_outcome_page admit_outcome_page;

/**
 * What a new password must be, for the hint on a form. Free it with `admit_password_rules_free`.
 *
 * There are no rules of composition and none of expiry (NIST SP 800-63B-4, section 3.1.1.2).
 */
typedef struct admit_password_rules admit_password_rules;

/** A row of the list of people, with all that a screen shows. Free it with `admit_person_free`. */
typedef struct admit_person admit_person;

/** A page of people. Free it with `admit_person_page_free`. */
typedef struct admit_person_page admit_person_page;

/** What may be deleted, and the token that confirms it. Free it with `admit_plan_free`. */
typedef struct admit_plan admit_plan;

/** A practice as it stood when it was read. Free it with `admit_practice_free`. */
typedef struct admit_practice admit_practice;

/**
 * What became of a practice that was ended: counts, times and the host's reason. Free it with
 * `admit_practice_certificate_free`.
 */
typedef struct admit_practice_certificate admit_practice_certificate;

/** What an export wrote. Free it with `admit_practice_exported_free`. */
typedef struct admit_practice_exported admit_practice_exported;

/** A page of practices. Free it with `admit_practice_page_free`. */
typedef struct admit_practice_page admit_practice_page;

/**
 * What would go with a practice, and the token that confirms it. Free it with
 * `admit_practice_plan_free`.
 */
typedef struct admit_practice_plan admit_practice_plan;

/** What a message would say, with a placeholder for its link. Free it with `admit_preview_free`. */
typedef struct admit_preview admit_preview;

/** A proxy: the tie of a login to a client. Free it with `admit_proxy_free`. */
typedef struct admit_proxy admit_proxy;

/** Proxies, ended ones too. Free it with `admit_proxy_page_free`. */
typedef struct admit_proxy_page admit_proxy_page;

/** A live link as a QR code: a secret, kept out of logs. Wipe it with `admit_qr_free`. */
typedef struct admit_qr admit_qr;

/** A room as it stood when it was read. Free it with `admit_room_free`. */
typedef struct admit_room admit_room;

/** A page of rooms. Free it with `admit_room_page_free`. */
typedef struct admit_room_page admit_room_page;

/** A version of a set of scripts. Free it with `admit_script_set_free`. */
typedef struct admit_script_set admit_script_set;

/** The versions that are kept. Free it with `admit_script_set_page_free`. */
typedef struct admit_script_set_page admit_script_set_page;

/**
 * A secret that is shown once, such as a generated password. Free it with `admit_secret_free`,
 * which wipes it; it has no JSON.
 */
typedef struct admit_secret admit_secret;

/**
 * Somebody is signed in, and what they reach. The host keeps the session: the login's id and
 * epoch, of which `admit_actor_login` makes the actor of each request. Free it with
 * `admit_session_free`.
 */
typedef struct admit_session admit_session;

/** A staff seat as it stood when it was read. Free it with `admit_staff_free`. */
typedef struct admit_staff admit_staff;

/** What ended with a seat, and what went to its successor. Free it with `admit_staff_ended_free`. */
typedef struct admit_staff_ended admit_staff_ended;

/** A page of staff seats. Free it with `admit_staff_page_free`. */
typedef struct admit_staff_page admit_staff_page;

/** Counts of a store. Free them with `admit_stats_free`. */
typedef struct admit_stats admit_stats;

/**
 * An open store. A token: safe to use from any number of threads at once, and every misuse of a
 * closed or foreign one is answered with ADMIT_MISUSE. Close it with `admit_store_close`.
 */
typedef struct admit_store admit_store;

/** What a run of upkeep did. Free it with `admit_upkeep_free`. */
typedef struct admit_upkeep admit_upkeep;

/** What walking a chain of events found. Free it with `admit_verification_free`. */
typedef struct admit_verification admit_verification;

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
  /** The actor's role or access does not allow this. */
  ADMIT_NOT_PERMITTED = 2001,
  /** The session has ended; sign in again. */
  ADMIT_SESSION_ENDED = 2002,
  /** The actor is suspended or has left the practice. */
  ADMIT_ACTOR_SUSPENDED = 2003,
  /** The practitioner is not approved yet; an admin approves the seat. */
  ADMIT_NOT_APPROVED = 2004,
  /** The practice is suspended. */
  ADMIT_PRACTICE_SUSPENDED = 2005,
  /** No delegation allows acting for this practitioner. */
  ADMIT_DELEGATION_MISSING = 2006,
  /** The host must give a reason for this; set it in the actor's source. */
  ADMIT_REASON_REQUIRED = 2007,
  /** It changed since it was read, or the idempotency key served another request; read again. */
  ADMIT_CONFLICT = 2008,
  /** The practice's settings do not allow this; an admin can change them. */
  ADMIT_SWITCHED_OFF = 2009,
  /** The external id is taken in this practice. */
  ADMIT_EXTERNAL_ID_TAKEN = 2010,
  /** The present status does not allow this. */
  ADMIT_STATUS_NOT_ALLOWED = 2011,
  /** The limit for this list is reached. */
  ADMIT_LIMIT_REACHED = 2012,
  /** The product's policy does not allow this; its reasons say why. */
  ADMIT_POLICY_DENIED = 2013,
  /** The product's policy failed, so nothing was allowed; the events name script and line. */
  ADMIT_POLICY_FAILED = 2014,
  /** The assistant already acts for this practitioner; end that delegation first. */
  ADMIT_DELEGATION_EXISTS = 2015,
  /** The last admin stays; make somebody else an admin first. */
  ADMIT_LAST_ADMIN = 2016,
  /** The client is deactivated; set it active first. */
  ADMIT_CLIENT_DEACTIVATED = 2100,
  /** The client is suspended; set it active first. */
  ADMIT_CLIENT_SUSPENDED = 2101,
  /** The client is waiting for deletion; call that off first. */
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
  /** The client was merged into another one; ask into which. */
  ADMIT_CLIENT_MERGED = 2108,
  /** Both clients have a login of their own; remove one of the logins first. */
  ADMIT_BOTH_HAVE_LOGINS = 2109,
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
  /** The invitation is closed; send a new one. */
  ADMIT_INVITATION_CLOSED = 2205,
  /** Another login is signed in; sign out and open the link again. */
  ADMIT_WRONG_LOGIN = 2206,
  /** A login with this name exists; sign in and accept with it. */
  ADMIT_LOGIN_PROOF_REQUIRED = 2207,
  /** Too many messages; try again later. */
  ADMIT_TOO_MANY_MESSAGES = 2208,
  /** The facts do not match those on file; after 5 wrong answers the link is revoked. */
  ADMIT_FACTS_DO_NOT_MATCH = 2209,
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
  /** The password is made of names that belong to this login or product. */
  ADMIT_PASSWORD_CONTAINS_CONTEXT = 2406,
  /** The password is on a list of breached passwords. */
  ADMIT_PASSWORD_BREACHED = 2407,
  /** This role does not sign in this way in this practice. */
  ADMIT_SIGN_IN_METHOD_NOT_ALLOWED = 2408,
  /** The sign-in name is taken; choose another. */
  ADMIT_NAME_TAKEN = 2409,
  /** The external identity is taken. */
  ADMIT_IDENTITY_TAKEN = 2410,
  /** The message is not leased by this attempt any more. */
  ADMIT_LEASE_LOST = 2500,
  /** The message is closed. */
  ADMIT_MESSAGE_CLOSED = 2501,
  /** What the plan was made of has changed; make a new plan. */
  ADMIT_PLAN_CHANGED = 2600,
  /** The plan has expired; make a new plan. */
  ADMIT_PLAN_EXPIRED = 2601,
  /** The client is held, so nothing was deleted; a hold names the ground. */
  ADMIT_HELD = 2602,
  /** Every place of this link is taken; ask for another link. */
  ADMIT_OPEN_LINK_FULL = 2700,
  /** An open link gives no role above member; invite this person alone. */
  ADMIT_OPEN_LINK_ROLE = 2701,
  /** The client stands in an earlier row of the batch. */
  ADMIT_ROW_REPEATED = 2800,
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
  /** A script does not hold; the message names script and line. */
  ADMIT_SCRIPT = 3200,
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

/** How many reasons the product's policy gave; 0 but for ADMIT_POLICY_DENIED. */
ADMIT_API size_t admit_error_reason_count(const admit_error *err);

/** The code of a reason, for programs; NULL past the end. */
ADMIT_API const char *admit_error_reason_code(const admit_error *err, size_t at);

/**
 * The sentence of a reason, in the words of the product's script; NULL past the end. It may be
 * shown to whoever asked; what a script wrote into it is the script's to answer for.
 */
ADMIT_API const char *admit_error_reason_text(const admit_error *err, size_t at);

/** The script that does not hold, for ADMIT_SCRIPT; else NULL. */
ADMIT_API const char *admit_error_script(const admit_error *err);

/** The line in that script, from 1 on; 0 where none is known. */
ADMIT_API uint32_t admit_error_line(const admit_error *err);

/** The facts of the error as a JSON object, for a translated sentence: field, retry_after_ms. */
ADMIT_API const char *admit_error_args_json(const admit_error *err);

/** The whole error as JSON. */
ADMIT_API const char *admit_error_json(const admit_error *err);

/** Frees an error. NULL is fine. */
ADMIT_API void admit_error_free(admit_error *err);

/* Words
 * ===== */
/* Every list has 0 for "none" or "not said". Inputs take the numbers as int32_t. */

/** What something is. */
typedef enum {
  /** Nothing. */
  ADMIT_NOUN_NONE = 0,
  /** A practice. */
  ADMIT_NOUN_PRACTICE = 1,
  /** A staff seat. */
  ADMIT_NOUN_STAFF = 2,
  /** A client. */
  ADMIT_NOUN_CLIENT = 3,
  /** A login. */
  ADMIT_NOUN_LOGIN = 4,
  /** A proxy: the tie of a login to a client. */
  ADMIT_NOUN_PROXY = 5,
  /** An invitation. */
  ADMIT_NOUN_INVITATION = 6,
  /** A challenge: a reset or an address change that waits. */
  ADMIT_NOUN_CHALLENGE = 7,
  /** A grant. */
  ADMIT_NOUN_GRANT = 8,
  /** A room. */
  ADMIT_NOUN_ROOM = 9,
  /** A message. */
  ADMIT_NOUN_MESSAGE = 10,
  /** A version of a product's or a practice's scripts. */
  ADMIT_NOUN_SCRIPT_SET = 11,
  /** What the host has to erase of a client that was erased here. */
  ADMIT_NOUN_ERASE_ORDER = 12,
  /** A ground on which nothing about a client is deleted. */
  ADMIT_NOUN_HOLD = 13,
  /** The store itself, over all practices. */
  ADMIT_NOUN_STORE = 14,
  /** A delegation: an assistant acts for a practitioner. */
  ADMIT_NOUN_DELEGATION = 15,
  /** Something that the product holds about a client. */
  ADMIT_NOUN_ITEM = 16,
  /** One link by which many come in. */
  ADMIT_NOUN_OPEN_LINK = 17,
  /** Many invitations, planned and applied together. */
  ADMIT_NOUN_BATCH = 18,
} admit_noun;

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

/** What a seat is for. */
typedef enum {
  /** Not said. */
  ADMIT_ROLE_NONE = 0,
  /** Runs the practice. */
  ADMIT_ROLE_ADMIN = 1,
  /** Serves clients. */
  ADMIT_ROLE_PRACTITIONER = 2,
  /** Acts for practitioners. */
  ADMIT_ROLE_ASSISTANT = 3,
  /** Reaches only itself. */
  ADMIT_ROLE_MEMBER = 4,
} admit_role;

/** Whether a seat may work yet. */
typedef enum {
  /** Not said. */
  ADMIT_APPROVAL_NONE = 0,
  /** Waits for an admin. */
  ADMIT_APPROVAL_PENDING = 1,
  /** May work. */
  ADMIT_APPROVAL_APPROVED = 2,
} admit_approval;

/** Where a seat stands. */
typedef enum {
  /** Not said. */
  ADMIT_STAFF_STATUS_NONE = 0,
  /** It works, or will once it is accepted and approved. */
  ADMIT_STAFF_STATUS_ACTIVE = 1,
  /** It is stopped for now. */
  ADMIT_STAFF_STATUS_SUSPENDED = 2,
  /** It has left. */
  ADMIT_STAFF_STATUS_ENDED = 3,
} admit_staff_status_value;

/** Why a chart is open. */
typedef enum {
  /** Not said. */
  ADMIT_GROUND_NONE = 0,
  /** The grantee created the client. */
  ADMIT_GROUND_CREATED = 1,
  /** The client accepted the grantee's invitation. */
  ADMIT_GROUND_INVITED = 2,
  /** The client or staff gave it. */
  ADMIT_GROUND_GIVEN = 3,
  /** The grantee took over from a colleague who left. */
  ADMIT_GROUND_HANDED_OVER = 4,
} admit_ground;

/** Where an invitation stands. */
typedef enum {
  /** There is none. */
  ADMIT_INVITATION_STATE_NONE = 0,
  /** Open. */
  ADMIT_INVITATION_STATE_PENDING = 1,
  /** Lapsed; sending it again renews it. */
  ADMIT_INVITATION_STATE_EXPIRED = 2,
  /** Turned down by the one invited. */
  ADMIT_INVITATION_STATE_DECLINED = 3,
  /** Withdrawn by the practice. */
  ADMIT_INVITATION_STATE_REVOKED = 4,
  /** Taken up. */
  ADMIT_INVITATION_STATE_ACCEPTED = 5,
} admit_invitation_state_value;

/** Where a message stands. */
typedef enum {
  /** There is no message. */
  ADMIT_DELIVERY_STATE_NONE = 0,
  /** Waits to be claimed. */
  ADMIT_DELIVERY_STATE_QUEUED = 1,
  /** A worker has it. */
  ADMIT_DELIVERY_STATE_LEASED = 2,
  /** The mail server took it. */
  ADMIT_DELIVERY_STATE_HANDED_OVER = 3,
  /** It arrived. */
  ADMIT_DELIVERY_STATE_DELIVERED = 4,
  /** It came back. */
  ADMIT_DELIVERY_STATE_BOUNCED = 5,
  /** It failed for good. */
  ADMIT_DELIVERY_STATE_FAILED = 6,
  /** It was not sent, for what it would have said is no longer true. */
  ADMIT_DELIVERY_STATE_DROPPED = 7,
} admit_delivery_state_value;

/** Where a delegation stands. */
typedef enum {
  /** Not said. */
  ADMIT_DELEGATION_STATE_NONE = 0,
  /** The assistant has not accepted its seat yet. */
  ADMIT_DELEGATION_STATE_WAITING = 1,
  /** The assistant has accepted, and has not finished the product's first steps. */
  ADMIT_DELEGATION_STATE_ONBOARDING = 2,
  /** The assistant may act: "accepted", as products call it. */
  ADMIT_DELEGATION_STATE_LIVE = 3,
  /** One of the two is suspended, or works in another role. */
  ADMIT_DELEGATION_STATE_STOPPED = 4,
  /** Its time is over. */
  ADMIT_DELEGATION_STATE_LAPSED = 5,
  /** It was ended: "revoked", as products call it. */
  ADMIT_DELEGATION_STATE_ENDED = 6,
} admit_delegation_state_value;

/** What a login is to a client. */
typedef enum {
  /** Not said; the client itself, where one is asked for. */
  ADMIT_TIE_NONE = 0,
  /** The client itself. */
  ADMIT_TIE_SELF = 1,
  /** A guardian. */
  ADMIT_TIE_GUARDIAN = 2,
} admit_tie;

/** In which way somebody reaches a client. */
typedef enum {
  /** Not said. */
  ADMIT_ACCESS_WAY_NONE = 0,
  /** As the login of the client, or of a guardian. */
  ADMIT_ACCESS_WAY_PROXY = 1,
  /** By a grant, to a seat or to a room. */
  ADMIT_ACCESS_WAY_GRANT = 2,
  /** By a room that the client is in. */
  ADMIT_ACCESS_WAY_ROOM = 3,
  /** By the role alone: an admin. */
  ADMIT_ACCESS_WAY_ROLE = 4,
} admit_access_way;

/** What a decision on access asks on its way. */
typedef enum {
  /** Not said. */
  ADMIT_STEP_KIND_NONE = 0,
  /** Whether the seat may act: approved, neither suspended nor ended. */
  ADMIT_STEP_KIND_SEAT = 1,
  /** Whether the login may act: in use, no temporary password to change. */
  ADMIT_STEP_KIND_SESSION = 2,
  /** Whether a delegation lets it act for a practitioner. */
  ADMIT_STEP_KIND_DELEGATION = 3,
  /** Whether a grant opens the chart, to the seat or to a room of its. */
  ADMIT_STEP_KIND_GRANT = 4,
  /** Whether seat and client share a room. */
  ADMIT_STEP_KIND_ROOM = 5,
  /** Whether the login is tied to the client. */
  ADMIT_STEP_KIND_PROXY = 6,
  /** Whether the client has access, so that its logins have. */
  ADMIT_STEP_KIND_CLIENT = 7,
  /** What the access table gives the role. */
  ADMIT_STEP_KIND_ROLE = 8,
} admit_step_kind;

/** What a list shows of a login. */
typedef enum {
  /** There is none. */
  ADMIT_LOGIN_STATE_NONE = 0,
  /** It has nothing to sign in with. */
  ADMIT_LOGIN_STATE_NO_PASSWORD = 1,
  /** It has a password that staff set. */
  ADMIT_LOGIN_STATE_TEMPORARY = 2,
  /** It signs in: the client is activated. */
  ADMIT_LOGIN_STATE_ACTIVE = 3,
  /** It is locked after failures. */
  ADMIT_LOGIN_STATE_LOCKED = 4,
} admit_login_state_value;

/** How a link travels. */
typedef enum {
  /** Not said; for an invitation, no message: only the link is shown. */
  ADMIT_CHANNEL_NONE = 0,
  /** In an e-mail that the library posts: the only channel that proves an address. */
  ADMIT_CHANNEL_EMAIL = 1,
  /** In a text message that the host sends. */
  ADMIT_CHANNEL_SMS = 2,
  /** Copied by staff. */
  ADMIT_CHANNEL_COPIED = 3,
  /** Shown as a QR code. */
  ADMIT_CHANNEL_QR = 4,
} admit_channel;

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

/** Where an open link stands. */
typedef enum {
  /** Not said. */
  ADMIT_OPEN_LINK_STATE_NONE = 0,
  /** It lets people in. */
  ADMIT_OPEN_LINK_STATE_LIVE = 1,
  /** Every place is taken or held; one that is given back makes it live again. */
  ADMIT_OPEN_LINK_STATE_EXHAUSTED = 2,
  /** Its time is over. */
  ADMIT_OPEN_LINK_STATE_EXPIRED = 3,
  /** It was withdrawn. */
  ADMIT_OPEN_LINK_STATE_REVOKED = 4,
} admit_open_link_state_value;

/** What the library and the product's policy say of a deletion. */
typedef enum {
  /** None. */
  ADMIT_DELETION_VERDICT_NONE = 0,
  /** No; the reasons say why. */
  ADMIT_DELETION_VERDICT_DENY = 1,
  /** Everything about the client goes. */
  ADMIT_DELETION_VERDICT_ERASE = 2,
  /** The login goes, the client or seat stays. */
  ADMIT_DELETION_VERDICT_REMOVE_LOGIN = 3,
  /** The seat ends, or the login's ties in this practice. */
  ADMIT_DELETION_VERDICT_LEAVE = 4,
  /** The client is erased after some days, and until then that can be called off. */
  ADMIT_DELETION_VERDICT_SCHEDULE = 5,
  /** No, on a ground that is recorded: confirming it places a hold. */
  ADMIT_DELETION_VERDICT_RETAIN = 6,
} admit_deletion_verdict;

/** Where an erase order stands. */
typedef enum {
  /** Not said. */
  ADMIT_ERASE_ORDER_STATE_NONE = 0,
  /** The client is erased here, and the host has still to erase its half. */
  ADMIT_ERASE_ORDER_STATE_HOST_PENDING = 1,
  /** Both halves are gone. */
  ADMIT_ERASE_ORDER_STATE_DONE = 2,
} admit_erase_order_state_value;

/** What is wanted of a deletion. */
typedef enum {
  /** Not said. */
  ADMIT_DELETION_WANTED_NONE = 0,
  /** Everything about the client goes. */
  ADMIT_DELETION_WANTED_ERASE = 1,
  /** The login goes, the client or seat stays. */
  ADMIT_DELETION_WANTED_REMOVE_LOGIN = 2,
  /** A seat ends, or a login's ties in this practice. */
  ADMIT_DELETION_WANTED_LEAVE = 3,
} admit_deletion_wanted;

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

/**
 * A staff seat of a practice, in the session of the login that holds it: `epoch` is what
 * `admit_login_sign_in` answered with, and the session is over (ADMIT_SESSION_ENDED) once it has
 * moved. 0 leaves the session to the host, which vouches for the holder itself.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_actor_staff(admit_store *store,
                               const char *practice_id,
                               const char *staff_id,
                               uint32_t epoch,
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

/** Nobody yet: signs in, asks for a reset, registers, enters as a guest. Bound to a practice and its portal. */
ADMIT_API ADMIT_NODISCARD
admit_status admit_actor_visitor(admit_store *store,
                                 const char *practice_id,
                                 admit_actor **actor,
                                 admit_error **err);

/**
 * The same actor, acting for a practitioner: an assistant to whom a delegation was given, or the
 * host. What it makes is the practitioner's, and both are named in the audit trail. An assistant
 * gets ADMIT_DELEGATION_MISSING while there is no delegation that is live and names the action.
 */
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

/**
 * Says whether an actor may do something, by the refusal that the doing would give: ADMIT_OK, or
 * ADMIT_NOT_PERMITTED and its like. Nothing is recorded: for menus that tell the truth.
 *
 * `action` is a word such as "invitation.send"; ADMIT_INVALID where there is no such action.
 * `noun` is the admit_noun of `id`, or 0 and NULL for what is about no single thing.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_actor_can(admit_actor *actor,
                             const char *action,
                             int32_t noun,
                             const char *id,
                             admit_error **err);

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

/** How much a line of the log matters. */
typedef enum {
  /** Somebody has to act now: the store does not do its work. */
  ADMIT_LOG_LEVEL_ERROR = 1,
  /** Somebody should look at it by day. */
  ADMIT_LOG_LEVEL_WARNING = 2,
  /** Good to know later. */
  ADMIT_LOG_LEVEL_INFO = 3,
} admit_log_level;

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

/**
 * Takes a line of the log, of an `admit_log_level`. `line` is one line of English for a support
 * engineer, with nothing personal and no secret, and lives until the return; what follows
 * "script: " is what a script chose to log. Runs on the thread of a caller, inside its call, for
 * one line at a time; must not throw, longjmp or call the same store.
 */
typedef void (*admit_log_fn)(void *user_data, int32_t level, const char *line);

/**
 * Says whether facts of a chart are right that whoever accepts an invitation gives: 0 for wrong.
 * They come as they are compared: the date as YYYY-MM-DD, the postcode in upper case without white
 * space, the record number in lower case; what was not given is NULL. The texts are UTF-8 and live
 * until the return. Which of them is wrong must not be told to anybody. Runs on the thread of a
 * caller, inside its call; must not throw, longjmp or call the same store.
 */
typedef int32_t (*admit_fact_check_fn)(void *user_data,
                                       const char *invitation_id,
                                       const char *birth_date,
                                       const char *postcode,
                                       const char *record_number);

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
  /** Takes the lines of the log; NULL for none. */
  admit_log_fn log;
  /** Handed to `log`. */
  void *log_data;
  /** Frees `log_data`; may be NULL. */
  admit_destroy_fn log_destroy;
  /**
   * How many threads run scripts, at most 16; 0 is 2. Each has a stack of 4 MiB, and takes up
   * to `script_memory_bytes` while it runs one.
   */
  uint32_t script_workers;
  /** How long one call of a script may take, in milliseconds, at most 60,000; 0 is 100. */
  uint32_t script_time_ms;
  /** How much memory one call of a script may take, in bytes, at least 4 MiB; 0 is 32 MiB. */
  uint64_t script_memory_bytes;
  /**
   * How many calls, turns of loops and steps of patterns one call of a script may take: the
   * limit that is the same on every machine. 0 is 2,000,000.
   */
  uint64_t script_steps;
  /**
   * How many invitation messages one address or phone of a practice gets in a day; 0 is 5. The
   * host is exempt from this and the next two.
   */
  uint32_t invitations_per_recipient;
  /** How many invitation messages one member of staff sends in an hour; 0 is 2,000. */
  uint32_t invitations_per_inviter;
  /** How many invitation messages one practice sends in an hour; 0 is 10,000. */
  uint32_t invitations_per_practice;
  /**
   * The number of the call on the store that panics; not 0 is ADMIT_UNSUPPORTED in every
   * release build.
   */
  uint32_t test_panic_at;
  /** Pins ids, secrets and the keys of a new file; not 0 is ADMIT_UNSUPPORTED in every release build. */
  uint64_t test_seed;
  /** Confirms facts of a chart that invitations ask for with `facts_of_host`; NULL for none. */
  admit_fact_check_fn fact_check;
  /** Handed to `fact_check`. */
  void *fact_check_data;
  /** Frees `fact_check_data`; may be NULL. */
  admit_destroy_fn fact_check_destroy;
} admit_open_options;
#define ADMIT_OPEN_OPTIONS_INIT {sizeof(admit_open_options), 0, 0, 0, NULL, 0, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, 0, 0, 0, 0, 0, 0, 0, NULL, NULL, NULL}

/**
 * Hears how many rows are done, after each commit; 0 ends the import there, with what was
 * committed. Runs on the caller's thread, inside the call; must not throw, longjmp or call the
 * same store.
 */
typedef int32_t (*admit_progress_fn)(void *user_data, uint64_t rows);

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

/**
 * Sees to what is due, at most `limit` things, 0 for 1,000: lapsed invitations and delegations, seats
 * whose end was too much for one commit, the ends of guardians' ties, clients whose deletion was put
 * off to now, practices that were ended, places of open links, old outcomes, batches, challenges and
 * counters. Call it every few minutes, and again at
 * once while `admit_upkeep_more` says so. `upkeep` may be NULL.
 *
 * Answers ADMIT_CLOCK_JUMP while the clock is more than 7 days ahead of the last upkeep; then
 * nothing is done until the host has checked the clock and called `admit_store_accept_time`.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_store_upkeep(admit_store *store,
                                uint32_t limit,
                                admit_upkeep **upkeep,
                                admit_error **err);

/** 1 where more is due: call again at once. */
ADMIT_API int32_t admit_upkeep_more(const admit_upkeep *upkeep);

/** When something is due next; 0 where nothing is. */
ADMIT_API int64_t admit_upkeep_next_due_at(const admit_upkeep *upkeep);

/** How many invitations were found lapsed. */
ADMIT_API uint64_t admit_upkeep_lapsed(const admit_upkeep *upkeep);

/** How many guardians' ties were ended. */
ADMIT_API uint64_t admit_upkeep_ended(const admit_upkeep *upkeep);

/**
 * How many clients were invited that had come of age, so that their guardians' ties had ended. An
 * event invitation.due tells of those that could not be.
 */
ADMIT_API uint64_t admit_upkeep_invited(const admit_upkeep *upkeep);

/** How many clients were erased, for the day of their deletion had come. */
ADMIT_API uint64_t admit_upkeep_erased(const admit_upkeep *upkeep);

/** Since when a scrub is due, for the file may hold bytes of what was erased; 0 where none is. */
ADMIT_API int64_t admit_upkeep_scrub_due_at(const admit_upkeep *upkeep);

/** How many delegations had lapsed. */
ADMIT_API uint64_t admit_upkeep_delegations(const admit_upkeep *upkeep);

/** How many places of open links were given back, for nobody proved the address in time. */
ADMIT_API uint64_t admit_upkeep_given_back(const admit_upkeep *upkeep);

/** How many clients, seats and other rows went of practices that were ended. */
ADMIT_API uint64_t admit_upkeep_practice_rows(const admit_upkeep *upkeep);

/** All counts as JSON. Lives as long as the object. */
ADMIT_API const char *admit_upkeep_json(const admit_upkeep *upkeep);

/** Frees it. NULL is fine. */
ADMIT_API void admit_upkeep_free(admit_upkeep *upkeep);

/**
 * Accepts a time after the clock has jumped ahead: from here on jumps are measured. The store's
 * own audit trail records it.
 */
ADMIT_API ADMIT_NODISCARD admit_status admit_store_accept_time(admit_store *store, int64_t now, admit_error **err);

/**
 * Counts what is in a store, for a support engineer's screen. Counts of rows stop at a bound and
 * say so in the JSON.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_store_stats(admit_store *store,
                               admit_stats **stats,
                               admit_error **err);

/** How many clients there are. */
ADMIT_API uint64_t admit_stats_clients(const admit_stats *stats);

/** How many messages are due. */
ADMIT_API uint64_t admit_stats_messages_due(const admit_stats *stats);

/** How many events there are. */
ADMIT_API uint64_t admit_stats_events(const admit_stats *stats);

/** 1 where an earlier failure has stopped all writes: reopen the store. */
ADMIT_API int32_t admit_stats_writes_stopped(const admit_stats *stats);

/** Since when a scrub is due, for the file may hold bytes of what was erased; 0 where none is. */
ADMIT_API int64_t admit_stats_scrub_due_at(const admit_stats *stats);

/** All counts as JSON. Lives as long as the object. */
ADMIT_API const char *admit_stats_json(const admit_stats *stats);

/** Frees them. NULL is fine. */
ADMIT_API void admit_stats_free(admit_stats *stats);

/**
 * Lists what has changed in all practices after a place, oldest first: for the host's own
 * database. Begin with 0, go on with the place of the last change; a short page is the end.
 * `limit` is at most 500; 0 is 50.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_store_change_list(admit_store *store,
                                     uint64_t after,
                                     uint32_t limit,
                                     admit_change_page **page,
                                     admit_error **err);

/** Its place in the order of all changes, from 1 on. */
ADMIT_API uint64_t admit_change_place(const admit_change *change);

/** The practice, or the portal for what a login does. */
ADMIT_API const char *admit_change_practice_id(const admit_change *change);

/** What changed. */
ADMIT_API admit_noun admit_change_noun(const admit_change *change);

/** Its id. */
ADMIT_API const char *admit_change_id(const admit_change *change);

/** The host's own key of it as it is now; NULL where it has none, and once the thing is gone. */
ADMIT_API const char *admit_change_external_id(const admit_change *change);

/** What happened, such as "client.created". */
ADMIT_API const char *admit_change_happening(const admit_change *change);

/** The place of the event in the audit trail of its practice. */
ADMIT_API uint64_t admit_change_event_seq(const admit_change *change);

/** When. */
ADMIT_API int64_t admit_change_at(const admit_change *change);

/** The whole change as JSON. Lives as long as the page. */
ADMIT_API const char *admit_change_json(const admit_change *change);

/** How many are on the page. */
ADMIT_API size_t admit_change_page_len(const admit_change_page *page);

/** One of the page, which lives as long as the page; NULL past its end. */
ADMIT_API const admit_change *admit_change_page_at(const admit_change_page *page, size_t at);

/** Frees a page and what is on it. NULL is fine. */
ADMIT_API void admit_change_page_free(admit_change_page *page);

/** Draws a new key of 32 random bytes from the operating system into `key`; `key_len` is 32. */
ADMIT_API ADMIT_NODISCARD admit_status admit_key_generate(uint8_t *key, size_t key_len, admit_error **err);

/**
 * Wraps the store's keys under a new first key and starts a new token key. Links that are out
 * stay good until they lapse. From then on, open the store with the new key.
 *
 * After an error the file opens with the old key or with the new one: give both.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_store_rotate_key(admit_store *store,
                                    const uint8_t *keys,
                                    size_t keys_len,
                                    admit_error **err);

/**
 * Answers a theft of the file together with its key: wraps the store's keys under a new first
 * key, makes every link that is out invalid, ends every session, and says that a scrub is due.
 *
 * Required: `reason`, at most 200 characters, which the audit trail keeps. Links that are shown or sent from now on
 * are good, messages that wait in the outbox get such, and who has a password signs in again. The
 * stolen copy still holds what it held: whoever has it reads it with the old key. Call
 * `admit_store_scrub` next, which writes this file under page keys that the thief has not seen.
 *
 * After an error call it again with both keys: it may have been done in part. A call that runs
 * meanwhile may end as if it had come before.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_store_compromise(admit_store *store,
                                    const uint8_t *keys,
                                    size_t keys_len,
                                    const char *reason,
                                    admit_error **err);

/**
 * Writes the file anew under page keys of its own, so that no byte of what was erased before is
 * left in it, and certifies that in the erase orders. Call it when `admit_stats_scrub_due_at` says
 * so, at a quiet hour.
 *
 * `keys` is as at open: its first key wraps the new file. `progress` hears how many rows were
 * copied, on the caller's thread, and ends the scrub by answering 0; it may be NULL. `scrubbed`
 * gets 1 where the file was written anew, 0 where the callback ended it, and may be NULL. Calls
 * that write wait meanwhile, and calls that read for a moment at the end. Until the new file is in
 * place it takes as much room again as what is in the old one.
 *
 * Answers ADMIT_STORE_FULL where there is no room: the old file goes on, as after every error but
 * ADMIT_OUTCOME_UNKNOWN, after which the store is to be opened again. It reaches neither earlier
 * copies of the file nor blocks that the disk has set aside: encrypt the disk, and let backups
 * lapse.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_store_scrub(admit_store *store,
                               const uint8_t *keys,
                               size_t keys_len,
                               admit_progress_fn progress,
                               void *progress_data,
                               int32_t *scrubbed,
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
 * Takes one line of an export: `len` bytes of UTF-8 that end with a line break, which live until
 * the return. 0 as the answer ends the export there. Runs on the caller's thread, inside the call;
 * must not throw, longjmp or call the same store.
 */
typedef int32_t (*admit_sink_fn)(void *user_data, const char *line, size_t len);

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

/**
 * Changes the actor's practice; what the input does not name stays. `practice` may be NULL. With the
 * age of majority and the zone move the ends of guardians' ties: of the first 1,000 clients at
 * once, of the rest by `admit_store_upkeep`.
 */
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

/**
 * Tells what a new password must be: to whoever sees the practice, and so to a visitor before the
 * sign-in. To a login it is told by all practices that the password opens.
 *
 * `rules` gets it, to be freed with `admit_password_rules_free`. A form may check these rules
 * itself; a password that it lets through may still be refused, as common or as the holder's own
 * names.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_practice_password_rules(admit_actor *actor,
                                           admit_password_rules **rules,
                                           admit_error **err);

/**
 * The fewest characters, counted as Unicode code points after NFKC: 15, or 8 where the host asks
 * for a second factor (NIST SP 800-63B-4, section 3.1.1.2).
 */
ADMIT_API size_t admit_password_rules_characters_min(const admit_password_rules *rules);

/** The most bytes of UTF-8, 1,024: any 256 characters fit. A longer one is refused, never cut. */
ADMIT_API size_t admit_password_rules_bytes_max(const admit_password_rules *rules);

/** 0: neither upper case nor digits nor signs are asked for. */
ADMIT_API int32_t admit_password_rules_has_composition_rules(const admit_password_rules *rules);

/** 1: passwords that are common, or as easy to guess, are refused. */
ADMIT_API int32_t admit_password_rules_refuses_common(const admit_password_rules *rules);

/**
 * How many words there are of which a password must not be made: those of the practice's and the
 * product's names. The holder's own names are refused as well, and not listed.
 */
ADMIT_API size_t admit_password_rules_context_word_count(const admit_password_rules *rules);

/** One of these words, folded to lower case; NULL past the last. */
ADMIT_API
const char *admit_password_rules_context_word(const admit_password_rules *rules,
                                              size_t at);

/**
 * 1 where the host's own `password_check` is asked about each new password, as a rule by a list
 * of breached ones.
 */
ADMIT_API int32_t admit_password_rules_has_breach_check(const admit_password_rules *rules);

/** The rules as JSON. Lives as long as the rules. */
ADMIT_API const char *admit_password_rules_json(const admit_password_rules *rules);

/** Frees the rules. NULL is fine. */
ADMIT_API void admit_password_rules_free(admit_password_rules *rules);

/**
 * Writes all of the actor's practice as NDJSON, as it is at one moment: a line a thing with its
 * `noun` and the members of that noun's JSON, first the practice, then each further noun, the rows
 * of batches as "batch_row", and the audit trail as "event". Memory does not grow with the
 * practice. Password hashes and tokens are in no line; logins are those that hold something here
 * or nothing elsewhere, without what they hold elsewhere; personal parts of events are there while their keys are.
 *
 * For admins, and for the host with a reason in the actor's source. The export is an event.
 * `exported` may be NULL.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_practice_export(admit_actor *actor,
                                   admit_sink_fn sink,
                                   void *sink_data,
                                   admit_practice_exported **exported,
                                   admit_error **err);

/**
 * Says what would go if the actor's practice were erased, and which holds are in the way: for the
 * host alone, with a reason in the actor's source. It changes nothing. It counts all of the
 * practice, so it takes a while for a large one.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_practice_erase_plan(admit_actor *actor,
                                       admit_practice_plan **practice_plan,
                                       admit_error **err);

/**
 * Ends the actor's practice for good, as it was planned: for the host alone, with a reason, which
 * the certificate keeps. From here on everything in it is ADMIT_NOT_FOUND, its links are dead, its
 * messages are dropped, and its external id and a portal's name that it alone had are free.
 * `admit_store_upkeep` then takes its rows away, some a commit; logins go that reach nothing else
 * in their portal. The trail stays and verifies, without its personal parts.
 *
 * Answers ADMIT_PLAN_CHANGED where the practice or a count is not as planned, so suspend one that
 * is in use before; ADMIT_PLAN_EXPIRED after 15 minutes; ADMIT_HELD while a hold stands on one of
 * its clients. `idempotency_key` may be NULL.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_practice_erase_confirm(admit_actor *actor,
                                          const char *token,
                                          const char *idempotency_key,
                                          admit_error **err);

/**
 * Certifies what became of a practice that was ended; until the last row is gone it says how far
 * that has come. A store call. Answers ADMIT_NOT_FOUND for a practice that was not ended.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_practice_certificate_get(admit_store *store,
                                            const char *practice_id,
                                            admit_practice_certificate **practice_certificate,
                                            admit_error **err);

/** How many lines of a noun, an admit_noun, were written. */
ADMIT_API
uint64_t admit_practice_exported_lines(const admit_practice_exported *exported,
                                       int32_t noun);

/** How many entries of the audit trail were written. */
ADMIT_API uint64_t admit_practice_exported_events(const admit_practice_exported *exported);

/** 1 where all was written; 0 where the sink ended it. */
ADMIT_API int32_t admit_practice_exported_is_complete(const admit_practice_exported *exported);

/** All counts as JSON. Lives as long as the object. */
ADMIT_API const char *admit_practice_exported_json(const admit_practice_exported *exported);

/** Frees it. NULL is fine. */
ADMIT_API void admit_practice_exported_free(admit_practice_exported *exported);

/** How many of a noun, an admit_noun, would go. */
ADMIT_API
uint32_t admit_practice_plan_would_go(const admit_practice_plan *practice_plan,
                                      int32_t noun);

/** How many holds in the way are named: the first 100. While one stands, nothing is erased. */
ADMIT_API size_t admit_practice_plan_hold_count(const admit_practice_plan *practice_plan);

/** The id of a hold in the way; NULL past the end. */
ADMIT_API
const char *admit_practice_plan_hold_id(const admit_practice_plan *practice_plan,
                                        size_t at);

/** Confirms the plan, once, by the same actor. It is not in the JSON. */
ADMIT_API const char *admit_practice_plan_token(const admit_practice_plan *practice_plan);

/** Until when the plan can be confirmed: 15 minutes after it was made. */
ADMIT_API int64_t admit_practice_plan_expires_at(const admit_practice_plan *practice_plan);

/** The whole object as JSON, but for the token. Lives as long as the object. */
ADMIT_API const char *admit_practice_plan_json(const admit_practice_plan *practice_plan);

/** Frees it. NULL is fine. */
ADMIT_API void admit_practice_plan_free(admit_practice_plan *practice_plan);

/** The random id that the practice had. */
ADMIT_API
const char *admit_practice_certificate_practice_id(const admit_practice_certificate *certificate);

/** Why, as the host said. */
ADMIT_API
const char *admit_practice_certificate_reason(const admit_practice_certificate *certificate);

/** When it was confirmed, and the practice closed. */
ADMIT_API
int64_t admit_practice_certificate_closed_at(const admit_practice_certificate *certificate);

/** When the last row went; 0 while some are left. */
ADMIT_API
int64_t admit_practice_certificate_erased_at(const admit_practice_certificate *certificate);

/** How many of a noun, an admit_noun, there were when it was confirmed. */
ADMIT_API
uint32_t admit_practice_certificate_planned(const admit_practice_certificate *certificate,
                                            int32_t noun);

/** How many of a noun, an admit_noun, have gone. */
ADMIT_API
uint32_t admit_practice_certificate_gone(const admit_practice_certificate *certificate,
                                         int32_t noun);

/** The whole object as JSON. Lives as long as the object. */
ADMIT_API
const char *admit_practice_certificate_json(const admit_practice_certificate *certificate);

/** Frees it. NULL is fine. */
ADMIT_API void admit_practice_certificate_free(admit_practice_certificate *certificate);

/* Staff
 * ===== */

/**
 * A staff seat to add or change. Start from ADMIT_STAFF_INPUT_INIT.
 *
 * Adding one: NULL and empty texts are none; a name and a role are required. Changing one: NULL
 * keeps a text and empty clears it; the parts of a name are given together.
 */
typedef struct {
  /** sizeof(admit_staff_input). */
  size_t size;
  /** The host's own key, unique in the practice, up to 255 characters. */
  const char *external_id;
  /** The holder's whole name as it is shown, where the parts below do not say it. */
  const char *name;
  /** The family name. */
  const char *family_name;
  /** The given names. */
  const char *given_name;
  /** The holder's title or post. */
  const char *title;
  /** The address that invitations go to. */
  const char *email;
  /** The holder's phone. */
  const char *phone;
  /** The holder's language, such as "en" or "es-MX". */
  const char *locale;
  /** The holder's time zone, such as "America/New_York". */
  const char *zone;
  /** An admit_role: required where the seat is added; later `admit_staff_change_role`. */
  int32_t role;
  /**
   * An admit_approval, where the seat is added; 0 lets the practice's settings decide: a
   * practitioner waits where they say so, others do not.
   */
  int32_t approval;
  /** The revision that the caller saw, else ADMIT_CONFLICT; 0 is any. For changes. */
  uint64_t revision;
  /** Makes the call repeatable for 7 days; NULL for none. */
  const char *idempotency_key;
} admit_staff_input;
#define ADMIT_STAFF_INPUT_INIT {sizeof(admit_staff_input), NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, 0, NULL}

/** Which seats, and which page of them. Start from ADMIT_STAFF_QUERY_INIT; 0 shows all. */
typedef struct {
  /** sizeof(admit_staff_query). */
  size_t size;
  /** The cursor of the page before; NULL for the first. */
  const char *after;
  /** How many seats, at most 500; 0 is 50. */
  uint32_t limit;
  /** An admit_role. */
  int32_t role;
  /** An admit_staff_status_value. */
  int32_t status;
  /** An admit_approval. */
  int32_t approval;
} admit_staff_query;
#define ADMIT_STAFF_QUERY_INIT {sizeof(admit_staff_query), NULL, 0, 0, 0, 0}

/**
 * Adds a seat to the actor's practice, without a login: invite its holder with
 * `admit_invitation_send`. `staff` may be NULL. Answers ADMIT_EXTERNAL_ID_TAKEN.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_staff_add(admit_actor *actor,
                             const admit_staff_input *input,
                             admit_staff **staff,
                             admit_error **err);

/** Reads a seat. */
ADMIT_API ADMIT_NODISCARD
admit_status admit_staff_get(admit_actor *actor,
                             const char *staff_id,
                             admit_staff **staff,
                             admit_error **err);

/** Finds a seat by the host's own key. */
ADMIT_API ADMIT_NODISCARD
admit_status admit_staff_get_by_external_id(admit_actor *actor,
                                            const char *external_id,
                                            admit_staff **staff,
                                            admit_error **err);

/** Lists the seats of the actor's practice, oldest first. `query` may be NULL. */
ADMIT_API ADMIT_NODISCARD
admit_status admit_staff_list(admit_actor *actor,
                              const admit_staff_query *query,
                              admit_staff_page **page,
                              admit_error **err);

/**
 * Changes a seat; what the input does not name stays. A seat may change its own contact data.
 * `staff` may be NULL.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_staff_update(admit_actor *actor,
                                const char *staff_id,
                                const admit_staff_input *input,
                                admit_staff **staff,
                                admit_error **err);

/**
 * Gives a seat another role, an admit_role, and ends its holder's sessions. The host gives a
 * reason. Answers ADMIT_LAST_ADMIN for the last admin of a practice who would step down.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_staff_change_role(admit_actor *actor,
                                     const char *staff_id,
                                     int32_t role,
                                     uint64_t revision,
                                     admit_error **err);

/** Lets a seat that waits for approval work. `revision` is what the caller saw; 0 is any. */
ADMIT_API ADMIT_NODISCARD
admit_status admit_staff_approve(admit_actor *actor,
                                 const char *staff_id,
                                 uint64_t revision,
                                 admit_error **err);

/**
 * Stops a seat for now and ends its holder's sessions. Answers ADMIT_LAST_ADMIN for the last
 * admin of a practice who would stop itself. An invited admin counts once it has accepted, or
 * where no admin of the practice has a login.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_staff_suspend(admit_actor *actor,
                                 const char *staff_id,
                                 uint64_t revision,
                                 admit_error **err);

/** Lets a suspended seat work again. */
ADMIT_API ADMIT_NODISCARD
admit_status admit_staff_reactivate(admit_actor *actor,
                                    const char *staff_id,
                                    uint64_t revision,
                                    admit_error **err);

/** Notes that the holder of a seat has finished the product's first steps. */
ADMIT_API ADMIT_NODISCARD
admit_status admit_staff_mark_onboarded(admit_actor *actor,
                                        const char *staff_id,
                                        admit_error **err);

/**
 * Ends a seat for good: its holder's sessions, delegations from and to it, the charts that were
 * open to it, the invitations to it and those that it sent. With a successor, an active
 * practitioner or admin, the charts are open to that one instead, with the scopes and ends that
 * they had, the invitations to clients are the successor's, and it takes the seat's place in its
 * rooms. The host gives a reason.
 *
 * The seat ends in one commit, with up to 500 charts and invitations; the rest follows at once in
 * commits of 500, and what a crash leaves is due at the next `admit_store_upkeep`. Clients are not
 * written to. `successor_id` is NULL for none; `ended` may be NULL.
 *
 * Answers ADMIT_STATUS_NOT_ALLOWED for a seat that has left and for a suspended successor,
 * ADMIT_LAST_ADMIN for the last admin who would end itself, ADMIT_ALREADY_ENDED for a successor
 * who has left, ADMIT_NOT_APPROVED for one who waits, ADMIT_LIMIT_REACHED for one who would be in
 * more than 64 rooms, and ADMIT_INVALID for one of another role or the seat itself.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_staff_end(admit_actor *actor,
                             const char *staff_id,
                             const char *successor_id,
                             admit_staff_ended **ended,
                             admit_error **err);

/** The seat that ended. */
ADMIT_API const char *admit_staff_ended_staff_id(const admit_staff_ended *ended);

/** The seat that took over; NULL where none did. */
ADMIT_API const char *admit_staff_ended_successor_id(const admit_staff_ended *ended);

/** When the seat ended, and all that is listed with it or right after. */
ADMIT_API int64_t admit_staff_ended_at(const admit_staff_ended *ended);

/** 1 where the next upkeep goes on with it: an admin who ends itself with more than 500 charts. */
ADMIT_API int32_t admit_staff_ended_more(const admit_staff_ended *ended);

/**
 * How many of a noun, an admit_noun, ended: delegations, grants, invitations, and the login whose
 * sessions did.
 */
ADMIT_API size_t admit_staff_ended_count(const admit_staff_ended *ended, int32_t noun);

/** The id of one of a noun that ended; NULL past the last. */
ADMIT_API const char *admit_staff_ended_id(const admit_staff_ended *ended, int32_t noun, size_t at);

/** How many of a noun went to the successor: clients, and invitations that wait. */
ADMIT_API size_t admit_staff_ended_handed_over_count(const admit_staff_ended *ended, int32_t noun);

/** The id of one of a noun that went to the successor; NULL past the last. */
ADMIT_API
const char *admit_staff_ended_handed_over_id(const admit_staff_ended *ended,
                                             int32_t noun,
                                             size_t at);

/** The whole object as JSON. Lives as long as the object. */
ADMIT_API const char *admit_staff_ended_json(const admit_staff_ended *ended);

/** Frees it. NULL is fine. */
ADMIT_API void admit_staff_ended_free(admit_staff_ended *ended);

/** Its id. */
ADMIT_API const char *admit_staff_id(const admit_staff *staff);

/** The host's own key; NULL where it has none. */
ADMIT_API const char *admit_staff_external_id(const admit_staff *staff);

/** The id of its practice. */
ADMIT_API const char *admit_staff_practice_id(const admit_staff *staff);

/** The holder's name. */
ADMIT_API const char *admit_staff_name(const admit_staff *staff);

/** The holder's title or post; NULL where it is not known. */
ADMIT_API const char *admit_staff_title(const admit_staff *staff);

/** The address that invitations go to; NULL where there is none. */
ADMIT_API const char *admit_staff_email(const admit_staff *staff);

/** The holder's phone; NULL where there is none. */
ADMIT_API const char *admit_staff_phone(const admit_staff *staff);

/** The holder's language; NULL where it is not known. */
ADMIT_API const char *admit_staff_locale(const admit_staff *staff);

/** The holder's time zone; NULL where it is not known. */
ADMIT_API const char *admit_staff_zone(const admit_staff *staff);

/** The login that holds it; NULL until it is accepted. */
ADMIT_API const char *admit_staff_login_id(const admit_staff *staff);

/** What it is for. */
ADMIT_API admit_role admit_staff_role(const admit_staff *staff);

/** Whether it may work yet. */
ADMIT_API admit_approval admit_staff_approval(const admit_staff *staff);

/** Where it stands. */
ADMIT_API admit_staff_status_value admit_staff_status(const admit_staff *staff);

/** 1 once the holder has finished the product's first steps. */
ADMIT_API int32_t admit_staff_is_onboarded(const admit_staff *staff);

/** When it was made. */
ADMIT_API int64_t admit_staff_created_at(const admit_staff *staff);

/** When it last changed. */
ADMIT_API int64_t admit_staff_updated_at(const admit_staff *staff);

/** Counts every change of the seat and what hangs on it, from 1 on. */
ADMIT_API uint64_t admit_staff_revision(const admit_staff *staff);

/** The whole object as JSON. Lives as long as the object. */
ADMIT_API const char *admit_staff_json(const admit_staff *staff);

/** Frees it. NULL is fine; what is on a page is freed with the page. */
ADMIT_API void admit_staff_free(admit_staff *staff);

/** How many are on the page. */
ADMIT_API size_t admit_staff_page_len(const admit_staff_page *page);

/** One of the page, which lives as long as the page; NULL past its end. */
ADMIT_API const admit_staff *admit_staff_page_at(const admit_staff_page *page, size_t at);

/** The cursor of the next page; NULL at the end. Lives as long as the page. */
ADMIT_API const char *admit_staff_page_next(const admit_staff_page *page);

/** Frees a page and what is on it. NULL is fine. */
ADMIT_API void admit_staff_page_free(admit_staff_page *page);

/**
 * Imports staff seats from NDJSON: an object a line with `name` or `given_name` and
 * `family_name`, `role` ("admin", "practitioner", "assistant", "member"), and where they are
 * known `external_id`, `email`, `phone`, `locale`, `zone`, `approved`. A misspelt member is
 * refused. `import` may be NULL.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_staff_import(admit_actor *actor,
                                const uint8_t *data,
                                size_t data_len,
                                admit_import **import,
                                admit_error **err);

/* Clients
 * ======= */

/** What became of a row of an import. */
typedef enum {
  /** There is no such row. */
  ADMIT_IMPORT_NONE = 0,
  /** It made a new thing. */
  ADMIT_IMPORT_CREATED = 1,
  /** It changed the thing with its external id. */
  ADMIT_IMPORT_UPDATED = 2,
  /** It said nothing new. */
  ADMIT_IMPORT_UNCHANGED = 3,
  /** It was passed over; the row says why. */
  ADMIT_IMPORT_SKIPPED = 4,
} admit_import_outcome;

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
  /** 1 sends an invitation too; only where the client is made. */
  int32_t invite;
  /** How the invitation travels, an admit_channel; 0 sends no message: only the link is shown. */
  int32_t invite_channel;
  /** Must be 0. */
  int32_t reserved;
  /**
   * How long the invitation is open, in milliseconds: 1 hour to 30 days; 0 is the practice's
   * way.
   */
  int64_t invite_expires_in_ms;
  /** A word of the inviter's own, put into the message: up to 2,000 characters. */
  const char *invite_note;
  /** A room that the client joins; only where it is made. */
  const char *room_id;
  /** A seat to which the chart is opened, beside the one that makes the client; only then. */
  const char *grant_staff_id;
  /**
   * A sign-in name apart from the address, with `temporary_password`. Staff need it where
   * practices share a portal: the address becomes a sign-in name once it is proved.
   */
  const char *username;
  /**
   * Makes a login with the address or username, and this password, good for 72 hours and one
   * change; where the practice's settings let staff choose it. Excludes `invite`.
   */
  const char *temporary_password;
  /** The revision that the caller saw, else ADMIT_CONFLICT; 0 is any. For changes. */
  uint64_t revision;
  /** Makes the call repeatable for 7 days; NULL for none. */
  const char *idempotency_key;
} admit_client_input;
#define ADMIT_CLIENT_INPUT_INIT {sizeof(admit_client_input), NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, 0, 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL, NULL, 0, NULL}

/**
 * Somebody who enters as a guest. Start from ADMIT_CLIENT_GUEST_INPUT_INIT; NULL and empty texts
 * are none.
 */
typedef struct {
  /** sizeof(admit_client_guest_input). */
  size_t size;
  /** The whole name as it is shown. Required where the parts below do not say it. */
  const char *name;
  /** The family name. */
  const char *family_name;
  /** The given names. */
  const char *given_name;
  /** YYYY, YYYY-MM or YYYY-MM-DD. */
  const char *birth_date;
  /** The contact address; nobody proves it. */
  const char *email;
  /** The contact phone. */
  const char *phone;
  /** The guest's language, such as "en" or "es-MX". */
  const char *locale;
  /** The guest's time zone, such as "America/New_York". */
  const char *zone;
  /** The room that the guest joins, whose staff then see it. */
  const char *room_id;
  /** Makes the call repeatable for 7 days; NULL for none. */
  const char *idempotency_key;
} admit_client_guest_input;
#define ADMIT_CLIENT_GUEST_INPUT_INIT {sizeof(admit_client_guest_input), NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL}

/**
 * Somebody who registers. Start from ADMIT_CLIENT_REGISTRATION_INPUT_INIT; NULL and empty texts
 * are none.
 */
typedef struct {
  /** sizeof(admit_client_registration_input). */
  size_t size;
  /** The whole name as it is shown. Required where the parts below do not say it. */
  const char *name;
  /** The family name. */
  const char *family_name;
  /** The given names. */
  const char *given_name;
  /** YYYY, YYYY-MM or YYYY-MM-DD. */
  const char *birth_date;
  /** The address, of client and login. Required where there is no user name and no identity. */
  const char *email;
  /** The contact phone. */
  const char *phone;
  /** The language, such as "en" or "es-MX". */
  const char *locale;
  /** The time zone, such as "America/New_York". */
  const char *zone;
  /** A sign-in name apart from the address, or where there is none. */
  const char *username;
  /** The password of the login. Required where there is no identity. */
  const char *password;
  /** Who vouches for the identity: the issuer of OpenID Connect, as a rule. From the host alone. */
  const char *identity_issuer;
  /** Whom the identity names there. */
  const char *identity_subject;
  /** Makes the call repeatable for 7 days; NULL for none. */
  const char *idempotency_key;
} admit_client_registration_input;
#define ADMIT_CLIENT_REGISTRATION_INPUT_INIT {sizeof(admit_client_registration_input), NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL}

/** Two clients that turned out to be one. Start from ADMIT_CLIENT_MERGE_INPUT_INIT. */
typedef struct {
  /** sizeof(admit_client_merge_input). */
  size_t size;
  /** The client that goes. Required. */
  const char *from_client_id;
  /** The client that stays. Required. */
  const char *into_client_id;
  /** Why, for the audit trail: one line, up to 200 characters. Required. */
  const char *reason;
  /** The revision that the caller saw of the client that goes, else ADMIT_CONFLICT; 0 is any. */
  uint64_t from_revision;
  /** The revision that the caller saw of the client that stays, else ADMIT_CONFLICT; 0 is any. */
  uint64_t into_revision;
  /** Makes the call repeatable for 7 days; NULL for none. */
  const char *idempotency_key;
} admit_client_merge_input;
#define ADMIT_CLIENT_MERGE_INPUT_INIT {sizeof(admit_client_merge_input), NULL, NULL, NULL, 0, 0, NULL}

/**
 * Makes a client of the actor's practice, with all that the input asks for, or nothing. A member
 * of staff who makes one has access to it.
 *
 * `client` gets the new client, to be freed with `admit_client_free`; NULL if not wanted.
 * Answers ADMIT_INVALID for an input, ADMIT_EXTERNAL_ID_TAKEN, and what a room, a grant, a login or
 * an invitation would answer.
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

/**
 * Changes what is known of a client; what the input does not name stays. `client` may be NULL.
 * While somebody is its guardian until it comes of age, neither of them changes the birth date, on
 * which that ends: to them it is ADMIT_NOT_PERMITTED.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_client_update(admit_actor *actor,
                                 const char *client_id,
                                 const admit_client_input *input,
                                 admit_client **client,
                                 admit_error **err);

/**
 * Moves a client to another status, an admit_client_status_value: active, deactivated or
 * suspended. One that stops access ends the sessions of the client's own login and revokes the
 * invitations that wait. `revision` is what the caller saw; 0 is any. `client` may be NULL.
 * Answers ADMIT_STATUS_NOT_ALLOWED for the status that it has, and for the deceased.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_client_set_status(admit_actor *actor,
                                     const char *client_id,
                                     int32_t status,
                                     uint64_t revision,
                                     admit_client **client,
                                     admit_error **err);

/**
 * Takes a guest or a prospective client further by hand: to an admit_client_stage_value.
 * `revision` is what the caller saw; 0 is any. `client` may be NULL.
 * Answers ADMIT_STATUS_NOT_ALLOWED for the stage that it has and those before it. Accepting an
 * invitation and a merge make a client registered by themselves.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_client_set_stage(admit_actor *actor,
                                    const char *client_id,
                                    int32_t stage,
                                    uint64_t revision,
                                    admit_client **client,
                                    admit_error **err);

/**
 * 1 where it waits for the link that was sent to the address: say no more than "look into your
 * mail". 0 where there was no address to prove, and client and login are there.
 */
ADMIT_API int32_t admit_client_registration_is_held(const admit_client_registration *registration);

/** The client; NULL where it waits. */
ADMIT_API
const char *admit_client_registration_client_id(const admit_client_registration *registration);

/** The login; NULL where it waits. */
ADMIT_API
const char *admit_client_registration_login_id(const admit_client_registration *registration);

/** The whole object as JSON. Lives as long as the object. */
ADMIT_API const char *admit_client_registration_json(const admit_client_registration *registration);

/** Frees it. NULL is fine. */
ADMIT_API void admit_client_registration_free(admit_client_registration *registration);

/**
 * Lets somebody in as a guest: a client of the stage guest, without a login. For a visitor of a
 * practice, or the host.
 *
 * The host keeps what the guest does until it leaves. A guest becomes registered by accepting an
 * invitation, or by `admit_client_merge`, and loses nothing. `client` gets the guest, to be freed
 * with `admit_client_free`; NULL if not wanted.
 * Answers ADMIT_SWITCHED_OFF where the practice's settings let no guests in, and ADMIT_TRY_LATER,
 * with a time to wait, after 60 guests and registrations in an hour from one address of the
 * actor's source, or 1,000 in the practice. The host is not counted.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_client_enter_as_guest(admit_actor *actor,
                                         const admit_client_guest_input *input,
                                         admit_client **client,
                                         admit_error **err);

/**
 * Registers somebody as a prospective client with a login. For a visitor of a practice, or the
 * host.
 *
 * With an address nothing is made at once: a link goes there, and `admit_login_confirm_address`
 * with its token makes client and login. Before that nobody signs in; after 24 hours what was
 * given is forgotten. An address that has a login already gets a message that says so, and the
 * answer here is the same: show "look into your mail" to everybody. Without an address, client
 * and login are there at once. `registration` gets what became of it, to be freed with
 * `admit_client_registration_free`; NULL if not wanted.
 * Answers ADMIT_SWITCHED_OFF where the practice's settings let nobody register, what is wrong with
 * the password, ADMIT_NAME_TAKEN for a user name, which are one for the whole portal,
 * ADMIT_IDENTITY_TAKEN, and ADMIT_TRY_LATER as `admit_client_enter_as_guest`, and after 5
 * registrations a day with one address.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_client_register(admit_actor *actor,
                                   const admit_client_registration_input *input,
                                   admit_client_registration **registration,
                                   admit_error **err);

/**
 * Merges a client into another of the practice. Takes an actor who reaches both, and has all of
 * both charts where it has them by grants. There is no way back.
 *
 * All that hangs on the one moves to the other: logins and guardians, grants, rooms, closed
 * invitations, messages, holds; its external id becomes an identifier where the other has one of
 * its own. Invitations that wait are revoked. What is known of both stays as it is of the client
 * that stays, which is registered from now on. The id that goes answers ADMIT_CLIENT_MERGED from
 * now on, and in the list of changes it has `client.merged`: `admit_client_merged_into` says where
 * it went. `client` gets the client that stays; NULL if not wanted.
 * Answers ADMIT_INVALID for one client given twice, ADMIT_BOTH_HAVE_LOGINS where each has a login
 * of its own, ADMIT_CLIENT_IS_NO_PERSON where one is a person and the other is not,
 * ADMIT_CLIENT_PENDING_DELETION, and ADMIT_LIMIT_REACHED where the lists of both are too long for
 * one client.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_client_merge(admit_actor *actor,
                                const admit_client_merge_input *input,
                                admit_client **client,
                                admit_error **err);

/**
 * Reads the client into which another was merged. Answers ADMIT_NOT_FOUND for a client that was
 * not merged.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_client_merged_into(admit_actor *actor,
                                      const char *client_id,
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

/** Street and house of the first postal address, in one line; NULL where it is not known. */
ADMIT_API const char *admit_client_street(const admit_client *client);

/** The city; NULL where it is not known. */
ADMIT_API const char *admit_client_city(const admit_client *client);

/** The state or province; NULL where it is not known. */
ADMIT_API const char *admit_client_state(const admit_client *client);

/** The postal code; NULL where it is not known. */
ADMIT_API const char *admit_client_postal_code(const admit_client *client);

/** The country; NULL where it is not known. */
ADMIT_API const char *admit_client_country(const admit_client *client);

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

/**
 * Finds clients by the beginnings of their names, whole or in parts, blind to case and accents;
 * by how a name is read; by address, phone digits and identifiers. Ordered by name; `limit` is at
 * most 50, which 0 is too.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_client_search(admit_actor *actor,
                                 const char *text,
                                 uint32_t limit,
                                 admit_person_page **page,
                                 admit_error **err);

/**
 * Imports FHIR R4 patients: NDJSON, a Bundle, or one Patient, of `data_len` bytes of UTF-8.
 *
 * Every row has an outcome of its own, and a bad one never stops the rest; 1,000 rows are
 * committed at a time. A client is found again by its external id, which is `system|value` of
 * the Patient's first medical record number, else its `id`. Patients that are inactive or have
 * died become deactivated and are never invited. No notice is sent. A row is at most 1 MiB.
 * `progress` may be NULL; `import` may be NULL.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_client_import(admit_actor *actor,
                                 const uint8_t *data,
                                 size_t data_len,
                                 admit_progress_fn progress,
                                 void *progress_data,
                                 admit_import **import,
                                 admit_error **err);

/** Writes a client as a FHIR R4 Patient, which an import finds again by the same external id. */
ADMIT_API ADMIT_NODISCARD
admit_status admit_client_export(admit_actor *actor,
                                 const char *client_id,
                                 admit_client_document **document,
                                 admit_error **err);

/** The Patient as JSON. Lives as long as the document. */
ADMIT_API const char *admit_client_document_json(const admit_client_document *document);

/** Frees a document. NULL is fine. */
ADMIT_API void admit_client_document_free(admit_client_document *document);

/** How many rows made a new thing. */
ADMIT_API uint64_t admit_import_created(const admit_import *import);

/** How many rows changed one. */
ADMIT_API uint64_t admit_import_updated(const admit_import *import);

/** How many rows said nothing new. */
ADMIT_API uint64_t admit_import_unchanged(const admit_import *import);

/** How many rows were passed over. */
ADMIT_API uint64_t admit_import_skipped(const admit_import *import);

/** 1 where all rows were seen; 0 where the progress callback ended it. */
ADMIT_API int32_t admit_import_is_complete(const admit_import *import);

/** How many rows there are. */
ADMIT_API size_t admit_import_row_count(const admit_import *import);

/** The number of a row's line, or of its entry in a Bundle, from 1; 0 past the last row. */
ADMIT_API uint64_t admit_import_row_line(const admit_import *import, size_t at);

/** What became of a row. */
ADMIT_API admit_import_outcome admit_import_row_outcome(const admit_import *import, size_t at);

/** The id of what a row made, changed or found; NULL for one that was passed over. */
ADMIT_API const char *admit_import_row_id(const admit_import *import, size_t at);

/** Why a row was passed over, in a sentence without anything personal; NULL where it was not. */
ADMIT_API const char *admit_import_row_reason(const admit_import *import, size_t at);

/** The path of the member at fault in a row, such as "name[0].family"; NULL where there is none. */
ADMIT_API const char *admit_import_row_path(const admit_import *import, size_t at);

/** The whole report as JSON. Lives as long as the report. */
ADMIT_API const char *admit_import_json(const admit_import *import);

/** Frees a report. NULL is fine. */
ADMIT_API void admit_import_free(admit_import *import);

/* Proxies
 * ======= */
/* The tie of a login to a client: the client itself, or a guardian. */

/** A tie of a login to a client to add. Start from ADMIT_PROXY_INPUT_INIT. */
typedef struct {
  /** sizeof(admit_proxy_input). */
  size_t size;
  /** Who is served. Required. */
  const char *client_id;
  /** Who signs in: a login that is known in the practice. Required. */
  const char *login_id;
  /** What a guardian is to the client, one line; NULL where it is not said. */
  const char *relationship;
  /** An admit_tie; 0 is the client itself. */
  int32_t tie;
  /** Must be 0. */
  int32_t reserved;
  /**
   * When it ends by itself; 0 for never, or for a guardian of a child whose birth date is
   * known, when the birthday of the practice's age of majority begins in the practice's zone (in
   * UTC without one; 1 March for who is born on 29 February). That end moves with the birth date
   * and the practice's settings. Upkeep then tells both sides, and invites the young person.
   */
  int64_t ends_at;
  /** Makes the call repeatable for 7 days; NULL for none. */
  const char *idempotency_key;
} admit_proxy_input;
#define ADMIT_PROXY_INPUT_INIT {sizeof(admit_proxy_input), NULL, NULL, NULL, 0, 0, 0, NULL}

/**
 * Ties a login to a client: as the client itself, or as a guardian. `proxy` may be NULL.
 * Answers ADMIT_PROXY_EXISTS.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_proxy_add(admit_actor *actor,
                             const admit_proxy_input *input,
                             admit_proxy **proxy,
                             admit_error **err);

/**
 * Ends a tie. A login that then holds nothing more in the practice has its sessions ended.
 * Answers ADMIT_ALREADY_ENDED.
 */
ADMIT_API ADMIT_NODISCARD admit_status admit_proxy_end(admit_actor *actor, const char *proxy_id, admit_error **err);

/** Lists all ties of a client, ended ones too, oldest first. */
ADMIT_API ADMIT_NODISCARD
admit_status admit_proxy_list(admit_actor *actor,
                              const char *client_id,
                              admit_proxy_page **page,
                              admit_error **err);

/** Its id. */
ADMIT_API const char *admit_proxy_id(const admit_proxy *proxy);

/** Who is served. */
ADMIT_API const char *admit_proxy_client_id(const admit_proxy *proxy);

/** Who signs in. */
ADMIT_API const char *admit_proxy_login_id(const admit_proxy *proxy);

/** What a guardian is to the client, as the practice says it; NULL where it is not said. */
ADMIT_API const char *admit_proxy_relationship(const admit_proxy *proxy);

/** What the login is to the client. */
ADMIT_API admit_tie admit_proxy_tie(const admit_proxy *proxy);

/** When it ends by itself; 0 where it does not. */
ADMIT_API int64_t admit_proxy_ends_at(const admit_proxy *proxy);

/**
 * Whether it ends when the client comes of age, as far as the birth date is known: 1 or 0. Then
 * the end moves with the birth date, the age of majority and the zone of the practice.
 */
ADMIT_API int32_t admit_proxy_until_of_age(const admit_proxy *proxy);

/** When it was ended; 0 where it was not. */
ADMIT_API int64_t admit_proxy_ended_at(const admit_proxy *proxy);

/** When it was made. */
ADMIT_API int64_t admit_proxy_created_at(const admit_proxy *proxy);

/** The whole object as JSON. Lives as long as the object. */
ADMIT_API const char *admit_proxy_json(const admit_proxy *proxy);

/** Frees it. NULL is fine; what is on a page is freed with the page. */
ADMIT_API void admit_proxy_free(admit_proxy *proxy);

/** How many are on the page. */
ADMIT_API size_t admit_proxy_page_len(const admit_proxy_page *page);

/** One of the page, which lives as long as the page; NULL past its end. */
ADMIT_API const admit_proxy *admit_proxy_page_at(const admit_proxy_page *page, size_t at);

/** The cursor of the next page; NULL at the end. Lives as long as the page. */
ADMIT_API const char *admit_proxy_page_next(const admit_proxy_page *page);

/** Frees a page and what is on it. NULL is fine. */
ADMIT_API void admit_proxy_page_free(admit_proxy_page *page);

/**
 * Imports proxies from another product: NDJSON of `data_len` bytes of UTF-8, an object a line. For
 * the host and admins. Nobody is told. Import the clients and logins first.
 *
 * - `client`, the external id of the client who is served. Required.
 * - The login, by exactly one of `username`, `email`, `login_client` (the external id of the
 *   client that it is) and `login_staff` (that of the seat that it holds). One is required. The
 *   host names any login of the portal, an admin those that hold something in the practice.
 * - `tie`, "guardian" (so too where it is absent) or "self"; `relationship`, such as "mother".
 * - `ends_at`, milliseconds since 1970 UTC; 0 or none is when the client comes of age, where the
 *   day of birth is known.
 *
 * A misspelt member is refused. A row is at most 1 MiB. A proxy is found again by its client and
 * login, and takes the relationship and end that a later row states; one that has ended here
 * stays ended, and its row is skipped. `progress` may be NULL; `import` may be NULL.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_proxy_import(admit_actor *actor,
                                const uint8_t *data,
                                size_t data_len,
                                admit_progress_fn progress,
                                void *progress_data,
                                admit_import **import,
                                admit_error **err);

/* Rooms
 * ===== */

/** A room to make. Start from ADMIT_ROOM_INPUT_INIT. */
typedef struct {
  /** sizeof(admit_room_input). */
  size_t size;
  /** What it is called. Required. */
  const char *name;
  /** The host's own key, unique in the practice, up to 255 characters. */
  const char *external_id;
  /** Makes the call repeatable for 7 days; NULL for none. */
  const char *idempotency_key;
} admit_room_input;
#define ADMIT_ROOM_INPUT_INIT {sizeof(admit_room_input), NULL, NULL, NULL}

/** Which page of rooms. Start from ADMIT_ROOM_QUERY_INIT. */
typedef struct {
  /** sizeof(admit_room_query). */
  size_t size;
  /** The cursor of the page before; NULL for the first. */
  const char *after;
  /** How many rooms, at most 500; 0 is 50. */
  uint32_t limit;
  /** Must be 0. */
  uint32_t reserved;
} admit_room_query;
#define ADMIT_ROOM_QUERY_INIT {sizeof(admit_room_query), NULL, 0, 0}

/** Makes a room: staff in it reach the clients in it. `room` may be NULL. */
ADMIT_API ADMIT_NODISCARD
admit_status admit_room_create(admit_actor *actor,
                               const admit_room_input *input,
                               admit_room **room,
                               admit_error **err);

/** Reads a room. */
ADMIT_API ADMIT_NODISCARD
admit_status admit_room_get(admit_actor *actor,
                            const char *room_id,
                            admit_room **room,
                            admit_error **err);

/** Finds a room by the host's own key. */
ADMIT_API ADMIT_NODISCARD
admit_status admit_room_get_by_external_id(admit_actor *actor,
                                           const char *external_id,
                                           admit_room **room,
                                           admit_error **err);

/** Gives a room another name. `revision` is what the caller saw; 0 is any. `room` may be NULL. */
ADMIT_API ADMIT_NODISCARD
admit_status admit_room_rename(admit_actor *actor,
                               const char *room_id,
                               const char *name,
                               uint64_t revision,
                               admit_room **room,
                               admit_error **err);

/**
 * Puts a client or a seat into a room: one of `client_id` and `staff_id` is NULL. Once there, it
 * stays there; doing it again is fine.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_room_assign(admit_actor *actor,
                               const char *room_id,
                               const char *client_id,
                               const char *staff_id,
                               admit_error **err);

/**
 * Takes a client or a seat out of a room: one of `client_id` and `staff_id` is NULL. Doing it
 * again is fine.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_room_unassign(admit_actor *actor,
                                 const char *room_id,
                                 const char *client_id,
                                 const char *staff_id,
                                 admit_error **err);

/** Lists the rooms of the actor's practice, oldest first. `query` may be NULL. */
ADMIT_API ADMIT_NODISCARD
admit_status admit_room_list(admit_actor *actor,
                             const admit_room_query *query,
                             admit_room_page **page,
                             admit_error **err);

/** Its id. */
ADMIT_API const char *admit_room_id(const admit_room *room);

/** The host's own key; NULL where it has none. */
ADMIT_API const char *admit_room_external_id(const admit_room *room);

/** The id of its practice. */
ADMIT_API const char *admit_room_practice_id(const admit_room *room);

/** What it is called. */
ADMIT_API const char *admit_room_name(const admit_room *room);

/** When it was made. */
ADMIT_API int64_t admit_room_created_at(const admit_room *room);

/** Counts its changes, from 1 on. */
ADMIT_API uint64_t admit_room_revision(const admit_room *room);

/** The whole object as JSON. Lives as long as the object. */
ADMIT_API const char *admit_room_json(const admit_room *room);

/** Frees it. NULL is fine; what is on a page is freed with the page. */
ADMIT_API void admit_room_free(admit_room *room);

/** How many are on the page. */
ADMIT_API size_t admit_room_page_len(const admit_room_page *page);

/** One of the page, which lives as long as the page; NULL past its end. */
ADMIT_API const admit_room *admit_room_page_at(const admit_room_page *page, size_t at);

/** The cursor of the next page; NULL at the end. Lives as long as the page. */
ADMIT_API const char *admit_room_page_next(const admit_room_page *page);

/** Frees a page and what is on it. NULL is fine. */
ADMIT_API void admit_room_page_free(admit_room_page *page);

/**
 * Imports rooms from NDJSON: an object a line with `name` and, where it has one, `external_id`.
 * `import` may be NULL.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_room_import(admit_actor *actor,
                               const uint8_t *data,
                               size_t data_len,
                               admit_import **import,
                               admit_error **err);

/* Grants
 * ====== */

/** A grant to give. Start from ADMIT_GRANT_INPUT_INIT. */
typedef struct {
  /** sizeof(admit_grant_input). */
  size_t size;
  /** Whose chart. Required. */
  const char *client_id;
  /** To which seat; one of this and `room_id` is required. */
  const char *staff_id;
  /** To which room. */
  const char *room_id;
  /** Parts of the chart as the product names them, one line each; none is all of it. */
  const char *const *scopes;
  /** How many parts are named, at most 16. */
  size_t scope_count;
  /** Why, one line; NULL for none. */
  const char *reason;
  /** When it ends by itself; 0 where it does not. */
  int64_t ends_at;
  /** Makes the call repeatable for 7 days; NULL for none. */
  const char *idempotency_key;
} admit_grant_input;
#define ADMIT_GRANT_INPUT_INIT {sizeof(admit_grant_input), NULL, NULL, NULL, NULL, 0, NULL, 0, NULL}

/** Opens a client's chart to a seat or a room. `grant` may be NULL. */
ADMIT_API ADMIT_NODISCARD
admit_status admit_grant_give(admit_actor *actor,
                              const admit_grant_input *input,
                              admit_grant **grant,
                              admit_error **err);

/** Withdraws a grant. Answers ADMIT_ALREADY_ENDED. */
ADMIT_API ADMIT_NODISCARD
admit_status admit_grant_withdraw(admit_actor *actor,
                                  const char *grant_id,
                                  admit_error **err);

/** Lists all grants of a client, withdrawn ones too, oldest first. */
ADMIT_API ADMIT_NODISCARD
admit_status admit_grant_list(admit_actor *actor,
                              const char *client_id,
                              admit_grant_page **page,
                              admit_error **err);

/** Its id. */
ADMIT_API const char *admit_grant_id(const admit_grant *grant);

/** Whose chart it opens. */
ADMIT_API const char *admit_grant_client_id(const admit_grant *grant);

/** To which seat; NULL where it is to a room. */
ADMIT_API const char *admit_grant_staff_id(const admit_grant *grant);

/** To which room; NULL where it is to a seat. */
ADMIT_API const char *admit_grant_room_id(const admit_grant *grant);

/** The reason that was given; NULL where there was none. */
ADMIT_API const char *admit_grant_reason(const admit_grant *grant);

/** Why the chart is open. */
ADMIT_API admit_ground admit_grant_ground(const admit_grant *grant);

/** How many parts of the chart it opens; 0 is all of it. */
ADMIT_API size_t admit_grant_scope_count(const admit_grant *grant);

/** The name of one part of the chart; NULL past the last. */
ADMIT_API const char *admit_grant_scope(const admit_grant *grant, size_t at);

/** When it ends by itself; 0 where it does not. */
ADMIT_API int64_t admit_grant_ends_at(const admit_grant *grant);

/** When it was withdrawn; 0 where it was not. */
ADMIT_API int64_t admit_grant_withdrawn_at(const admit_grant *grant);

/** When it was given. */
ADMIT_API int64_t admit_grant_created_at(const admit_grant *grant);

/** The whole object as JSON. Lives as long as the object. */
ADMIT_API const char *admit_grant_json(const admit_grant *grant);

/** Frees it. NULL is fine; what is on a page is freed with the page. */
ADMIT_API void admit_grant_free(admit_grant *grant);

/** How many are on the page. */
ADMIT_API size_t admit_grant_page_len(const admit_grant_page *page);

/** One of the page, which lives as long as the page; NULL past its end. */
ADMIT_API const admit_grant *admit_grant_page_at(const admit_grant_page *page, size_t at);

/** The cursor of the next page; NULL at the end. Lives as long as the page. */
ADMIT_API const char *admit_grant_page_next(const admit_grant_page *page);

/** Frees a page and what is on it. NULL is fine. */
ADMIT_API void admit_grant_page_free(admit_grant_page *page);

/**
 * Imports grants from another product: NDJSON of `data_len` bytes of UTF-8, an object a line. For
 * the host and admins. Nobody is told. Import the clients, seats and rooms first.
 *
 * - `client`, the external id of the client whose chart is opened. Required.
 * - `staff`, the external id of a seat, or `room`, that of a room. One is required.
 * - `scopes`, a list of at most 16 parts of the chart; none is all of it.
 * - `reason`, a line; `ends_at`, milliseconds since 1970 UTC, 0 or none for no end.
 *
 * A misspelt member is refused. A row is at most 1 MiB. A grant is found again by its client,
 * grantee and scopes in their order, and takes the reason and end that a later row states; one
 * that was withdrawn or has ended here stays so, and its row is skipped. `progress` may be NULL;
 * `import` may be NULL.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_grant_import(admit_actor *actor,
                                const uint8_t *data,
                                size_t data_len,
                                admit_progress_fn progress,
                                void *progress_data,
                                admit_import **import,
                                admit_error **err);

/* Delegations
 * =========== */
/* An assistant acts for a practitioner, in what a delegation names, until it ends. */

/** A delegation to give. Start from ADMIT_DELEGATION_INPUT_INIT. */
typedef struct {
  /** sizeof(admit_delegation_input). */
  size_t size;
  /** The seat of the assistant who acts. Required. */
  const char *assistant_id;
  /** The seat of the practitioner for whom; NULL is the seat that the actor acts for. */
  const char *practitioner_id;
  /**
   * In what, as words such as "invitation.send"; none is all that can be delegated. Reading
   * comes along with each.
   */
  const char *const *actions;
  /** How many words. */
  size_t action_count;
  /** For which clients, each open to the practitioner; none is all that are, later ones too. */
  const char *const *client_ids;
  /** How many clients are named, at most 100. */
  size_t client_count;
  /** Why, one line; NULL for none. */
  const char *reason;
  /** When it ends by itself; 0 where it does not. */
  int64_t ends_at;
  /** Makes the call repeatable for 7 days; NULL for none. */
  const char *idempotency_key;
} admit_delegation_input;
#define ADMIT_DELEGATION_INPUT_INIT {sizeof(admit_delegation_input), NULL, NULL, NULL, 0, NULL, 0, NULL, 0, NULL}

/**
 * An assistant to add for a practitioner, to invite by e-mail, and to let act. Start from
 * ADMIT_ASSISTANT_INPUT_INIT.
 */
typedef struct {
  /** sizeof(admit_assistant_input). */
  size_t size;
  /** The seat of the practitioner; NULL is the seat that the actor acts for. */
  const char *practitioner_id;
  /** The assistant's whole name; it or its parts are required. Required. */
  const char *name;
  /** The family name. */
  const char *family_name;
  /** The given names. */
  const char *given_name;
  /** The address that the invitation goes to. Required. */
  const char *email;
  /** The assistant's language, such as "en" or "es-MX". */
  const char *locale;
  /** A word of the practitioner's own, put into the message, up to 2,000 characters. */
  const char *note;
  /** In what the assistant acts, as in admit_delegation_input. */
  const char *const *actions;
  /** How many words. */
  size_t action_count;
  /** For which clients, as in admit_delegation_input. */
  const char *const *client_ids;
  /** How many clients are named, at most 100. */
  size_t client_count;
  /** Why, one line; NULL for none. */
  const char *reason;
  /** When the delegation ends by itself; 0 where it does not. */
  int64_t ends_at;
  /** Makes the call repeatable for 7 days; NULL for none. */
  const char *idempotency_key;
} admit_assistant_input;
#define ADMIT_ASSISTANT_INPUT_INIT {sizeof(admit_assistant_input), NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL, 0, NULL, 0, NULL}

/**
 * Which delegations, and which page of them. Start from ADMIT_DELEGATION_QUERY_INIT; 0 and NULL
 * show all, and what is named must all hold.
 */
typedef struct {
  /** sizeof(admit_delegation_query). */
  size_t size;
  /** The cursor of the page before, under the same filters; NULL for the first. */
  const char *after;
  /** For which practitioner. */
  const char *practitioner_id;
  /** By which assistant. */
  const char *assistant_id;
  /** How many delegations, at most 500; 0 is 50. */
  uint32_t limit;
  /** An admit_delegation_state_value. */
  int32_t state;
  /** 1 shows those too that `admit_delegation_clear` took off the list. */
  int32_t with_cleared;
  /** Must be 0. */
  int32_t reserved;
} admit_delegation_query;
#define ADMIT_DELEGATION_QUERY_INIT {sizeof(admit_delegation_query), NULL, NULL, NULL, 0, 0, 0, 0}

/**
 * Lets an assistant act for a practitioner, through `admit_actor_on_behalf_of`: in what concerns
 * the practitioner's clients and can be undone, as far as the delegation names it. It can act once
 * it has accepted its seat and `admit_staff_mark_onboarded` was called for it. Both sides are told.
 *
 * A practitioner gives delegations to assistants whom it invited or who had one from it; an admin
 * and the host to any. A delegation is not changed: end it, and give another. `delegation` may be
 * NULL.
 *
 * Answers ADMIT_DELEGATION_EXISTS where the assistant acts for the practitioner already,
 * ADMIT_ALREADY_ENDED for a seat that has left, ADMIT_INVALID for a seat of another role and for
 * an action that can't be delegated, ADMIT_NOT_PERMITTED for a client that is not open to the
 * practitioner, and ADMIT_LIMIT_REACHED beyond 256 open delegations of one seat.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_delegation_give(admit_actor *actor,
                                   const admit_delegation_input *input,
                                   admit_delegation **delegation,
                                   admit_error **err);

/**
 * Adds an assistant for a practitioner: its seat, the invitation to it by e-mail, and the
 * delegation, in one commit. Where the practice has an assistant of that address already, that one
 * gets the delegation and no second seat, and an invitation only if it has neither accepted one
 * nor has one open. Send the request again with `admit_invitation_send` for the assistant's seat;
 * a practitioner does so for an assistant whom it invited, to the address on file.
 *
 * `delegation` may be NULL. Answers as `admit_delegation_give` and `admit_invitation_send` do;
 * ADMIT_INVALID for the address of a seat of another role, ADMIT_STATUS_NOT_ALLOWED for that of a
 * suspended assistant.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_assistant_invite(admit_actor *actor,
                                    const admit_assistant_input *input,
                                    admit_delegation **delegation,
                                    admit_error **err);

/** Reads a delegation. */
ADMIT_API ADMIT_NODISCARD
admit_status admit_delegation_get(admit_actor *actor,
                                  const char *delegation_id,
                                  admit_delegation **delegation,
                                  admit_error **err);

/**
 * Lists delegations, oldest first, each with its assistant's name, address, request and last
 * sign-in: to a practitioner and an assistant their own, to an admin and the host all of the
 * practice. `query` may be NULL.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_delegation_list(admit_actor *actor,
                                   const admit_delegation_query *query,
                                   admit_delegation_page **page,
                                   admit_error **err);

/**
 * Ends a delegation at once; both sides are told. The practitioner, the assistant, an admin and
 * the host may. An assistant who has not accepted its seat, and acts for nobody else, loses the
 * practitioner's invitation with it. Answers ADMIT_ALREADY_ENDED.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_delegation_end(admit_actor *actor,
                                  const char *delegation_id,
                                  admit_error **err);

/**
 * Takes a delegation that is over off the list; it stays in the audit trail. Answers
 * ADMIT_STATUS_NOT_ALLOWED while it is open, ADMIT_ALREADY_ENDED where it is off the list.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_delegation_clear(admit_actor *actor,
                                    const char *delegation_id,
                                    admit_error **err);

/** Its id. */
ADMIT_API const char *admit_delegation_id(const admit_delegation *delegation);

/** The seat of the practitioner for whom the assistant acts. */
ADMIT_API const char *admit_delegation_practitioner_id(const admit_delegation *delegation);

/** The practitioner's name. */
ADMIT_API const char *admit_delegation_practitioner_name(const admit_delegation *delegation);

/** The seat of the assistant who acts. */
ADMIT_API const char *admit_delegation_assistant_id(const admit_delegation *delegation);

/** The assistant's name. */
ADMIT_API const char *admit_delegation_assistant_name(const admit_delegation *delegation);

/** The assistant's address on file; NULL where there is none. */
ADMIT_API const char *admit_delegation_assistant_email(const admit_delegation *delegation);

/** The latest invitation to the assistant's seat; NULL where there is none. */
ADMIT_API const char *admit_delegation_invitation_id(const admit_delegation *delegation);

/** Where that invitation stood. */
ADMIT_API
admit_invitation_state_value admit_delegation_invitation_state(const admit_delegation *delegation);

/** Where the latest message with that invitation stood. */
ADMIT_API
admit_delivery_state_value admit_delegation_delivery_state(const admit_delegation *delegation);

/** When the assistant last signed in; 0 where it never did. */
ADMIT_API int64_t admit_delegation_last_sign_in(const admit_delegation *delegation);

/** Where the delegation stood. */
ADMIT_API admit_delegation_state_value admit_delegation_state(const admit_delegation *delegation);

/** How many actions it names; 0 is all that can be delegated. */
ADMIT_API size_t admit_delegation_action_count(const admit_delegation *delegation);

/** The word of an action that it names; NULL past the last. */
ADMIT_API const char *admit_delegation_action(const admit_delegation *delegation, size_t at);

/** 1 where it is for all of the practitioner's clients; 0 where only for those that it names. */
ADMIT_API int32_t admit_delegation_is_for_all_clients(const admit_delegation *delegation);

/** How many clients it names. */
ADMIT_API size_t admit_delegation_client_count(const admit_delegation *delegation);

/** A client that it names; NULL past the last. */
ADMIT_API const char *admit_delegation_client_id(const admit_delegation *delegation, size_t at);

/** The reason that was given; NULL where there was none. */
ADMIT_API const char *admit_delegation_reason(const admit_delegation *delegation);

/** When it ends by itself; 0 where it does not. */
ADMIT_API int64_t admit_delegation_ends_at(const admit_delegation *delegation);

/** When it ended; 0 where it has not. */
ADMIT_API int64_t admit_delegation_ended_at(const admit_delegation *delegation);

/** When it was taken off the list; 0 where it was not. */
ADMIT_API int64_t admit_delegation_cleared_at(const admit_delegation *delegation);

/** When it was given. */
ADMIT_API int64_t admit_delegation_created_at(const admit_delegation *delegation);

/** The whole object as JSON. Lives as long as the object. */
ADMIT_API const char *admit_delegation_json(const admit_delegation *delegation);

/** Frees it. NULL is fine; what is on a page is freed with the page. */
ADMIT_API void admit_delegation_free(admit_delegation *delegation);

/** How many are on the page. */
ADMIT_API size_t admit_delegation_page_len(const admit_delegation_page *page);

/** One of the page, which lives as long as the page; NULL past its end. */
ADMIT_API
const admit_delegation *admit_delegation_page_at(const admit_delegation_page *page,
                                                 size_t at);

/** The cursor of the next page; NULL at the end. Lives as long as the page. */
ADMIT_API const char *admit_delegation_page_next(const admit_delegation_page *page);

/** Frees a page and what is on it. NULL is fine. */
ADMIT_API void admit_delegation_page_free(admit_delegation_page *page);

/* Access
 * ====== */
/* Who reaches a client, and why. */

/**
 * Lists who reaches a client, and why: its logins, the grants, the rooms that it is in, then the
 * admins of the practice. For staff who may read the client, and ready to show to the client
 * itself: a row says whether who asks may withdraw it.
 *
 * `after` is the cursor of the page before, NULL for the first; `limit` is 1 to 500, 0 is 50. A
 * page may be short though more follow: `admit_access_page_next` tells. `page` gets it, to be freed
 * with `admit_access_page_free`.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_access_of(admit_actor *actor,
                             const char *client_id,
                             const char *after,
                             uint32_t limit,
                             admit_access_page **page,
                             admit_error **err);

/**
 * Says why a seat or a login reaches a client, or why not: one of `staff_id` and `login_id` is NULL.
 * It is asked as if the seat, or the login in its present session, read the client now, and the
 * steps of that very decision are told, up to the first refusal.
 *
 * `page` gets the steps in their order, all on one page, to be freed with
 * `admit_access_step_page_free`; `admit_access_step_page_status` has the outcome.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_access_why(admit_actor *actor,
                              const char *staff_id,
                              const char *login_id,
                              const char *client_id,
                              admit_access_step_page **page,
                              admit_error **err);

/** What reaches it: ADMIT_NOUN_LOGIN, ADMIT_NOUN_STAFF, or ADMIT_NOUN_ROOM for all staff in it. */
ADMIT_API admit_noun admit_access_who_noun(const admit_access *access);

/** The id of the login, the seat or the room. */
ADMIT_API const char *admit_access_who_id(const admit_access *access);

/** Their name, as far as it is known. */
ADMIT_API const char *admit_access_name(const admit_access *access);

/** What the seat is for; ADMIT_ROLE_NONE for a login and a room. */
ADMIT_API admit_role admit_access_role(const admit_access *access);

/** In which way. */
ADMIT_API admit_access_way admit_access_kind(const admit_access *access);

/** The grant, where it is one; `admit_grant_withdraw` ends it where `admit_access_may_withdraw` says so. */
ADMIT_API
const char *admit_access_grant_id(const admit_access *access);

/** The proxy, where it is one; `admit_proxy_end` ends it where `admit_access_may_withdraw` says so. */
ADMIT_API const char *admit_access_proxy_id(const admit_access *access);

/** Why the grant was made; ADMIT_GROUND_NONE where it is none. */
ADMIT_API admit_ground admit_access_ground(const admit_access *access);

/** The reason that was given with the grant; NULL where there was none. */
ADMIT_API const char *admit_access_reason(const admit_access *access);

/** Since when; for a room and an admin, since the room or the seat was made. */
ADMIT_API int64_t admit_access_since(const admit_access *access);

/** When it ends by itself; 0 where it does not. */
ADMIT_API int64_t admit_access_until(const admit_access *access);

/** ADMIT_OK where it counts now, else why it does not at present: ADMIT_ACTOR_SUSPENDED, say. */
ADMIT_API ADMIT_NODISCARD admit_status admit_access_status(const admit_access *access);

/** 1 where who asked may withdraw the grant or end the proxy. */
ADMIT_API int32_t admit_access_may_withdraw(const admit_access *access);

/** One plain English sentence. */
ADMIT_API const char *admit_access_words(const admit_access *access);

/** The whole object as JSON. Lives as long as the object. */
ADMIT_API const char *admit_access_json(const admit_access *access);

/** How many are on the page. */
ADMIT_API size_t admit_access_page_len(const admit_access_page *page);

/** One of the page, which lives as long as the page; NULL past its end. */
ADMIT_API const admit_access *admit_access_page_at(const admit_access_page *page, size_t at);

/** The cursor of the next page; NULL at the end. Lives as long as the page. */
ADMIT_API const char *admit_access_page_next(const admit_access_page *page);

/** Frees a page and what is on it. NULL is fine. */
ADMIT_API void admit_access_page_free(admit_access_page *page);

/** What was asked. */
ADMIT_API admit_step_kind admit_access_step_kind(const admit_access_step *step);

/** What it was asked of; ADMIT_NOUN_NONE where there is none. */
ADMIT_API admit_noun admit_access_step_noun(const admit_access_step *step);

/** The id of what it was asked of: a seat, login, grant, room, proxy or client; NULL where there is none. */
ADMIT_API
const char *admit_access_step_thing_id(const admit_access_step *step);

/** 1 where it holds. */
ADMIT_API int32_t admit_access_step_holds(const admit_access_step *step);

/** What it is refused with, at the step that ends the way; else ADMIT_OK. */
ADMIT_API ADMIT_NODISCARD admit_status admit_access_step_status(const admit_access_step *step);

/** One plain English sentence. */
ADMIT_API const char *admit_access_step_words(const admit_access_step *step);

/** The whole object as JSON. Lives as long as the object. */
ADMIT_API const char *admit_access_step_json(const admit_access_step *step);

/** How many are on the page. */
ADMIT_API size_t admit_access_step_page_len(const admit_access_step_page *page);

/** One of the page, which lives as long as the page; NULL past its end. */
ADMIT_API
const admit_access_step *admit_access_step_page_at(const admit_access_step_page *page,
                                                   size_t at);

/** ADMIT_OK where the client is reached, else the first rule that says no. */
ADMIT_API ADMIT_NODISCARD admit_status admit_access_step_page_status(const admit_access_step_page *page);

/** Frees a page and what is on it. NULL is fine. */
ADMIT_API void admit_access_step_page_free(admit_access_step_page *page);

/* Lists of people
 * =============== */

/** `kinds` of admit_person_query: staff seats. */
#define ADMIT_PERSON_KIND_STAFF 1

/** `kinds`: clients. */
#define ADMIT_PERSON_KIND_CLIENT 2

/** `kinds`: open invitations for somebody who is not on file. */
#define ADMIT_PERSON_KIND_INVITATION 4

/** What a row of the list of people stands for. */
typedef enum {
  /** Nothing. */
  ADMIT_PERSON_NONE = 0,
  /** A staff seat. */
  ADMIT_PERSON_STAFF = 1,
  /** A client. */
  ADMIT_PERSON_CLIENT = 2,
  /** An open invitation for somebody who is not on file. */
  ADMIT_PERSON_INVITATION = 3,
} admit_person_kind_value;

/** Where a seat or a client stands. */
typedef enum {
  /** Not said, or an invitation. */
  ADMIT_PERSON_STATUS_NONE = 0,
  /** A seat that works, or a client with access. */
  ADMIT_PERSON_STATUS_ACTIVE = 1,
  /** A client without access that still gets notices. */
  ADMIT_PERSON_STATUS_DEACTIVATED = 2,
  /** A seat or client that is stopped for now. */
  ADMIT_PERSON_STATUS_SUSPENDED = 3,
  /** A client that is erased in time. */
  ADMIT_PERSON_STATUS_PENDING_DELETION = 4,
  /** A seat whose holder has left. */
  ADMIT_PERSON_STATUS_ENDED = 5,
} admit_person_status_value;

/** What orders a list of people. */
typedef enum {
  /** By name, blind to case and accents. */
  ADMIT_PERSON_BY_NAME = 0,
  /** Latest made first. */
  ADMIT_PERSON_BY_CREATION = 1,
  /** Latest sign-in first; who never did comes last. */
  ADMIT_PERSON_BY_LAST_SIGN_IN = 2,
} admit_person_order;

/**
 * Whom a list shows, in which order, and which page. Start from ADMIT_PERSON_QUERY_INIT; 0 and
 * NULL show all, and what is named must all hold.
 */
typedef struct {
  /** sizeof(admit_person_query). */
  size_t size;
  /** The cursor of the page before, under the same filters and order; NULL for the first. */
  const char *after;
  /** How many rows, at most 500; 0 is 50. */
  uint32_t limit;
  /** An admit_person_order. */
  int32_t order;
  /** ADMIT_PERSON_KIND_* bits. */
  uint32_t kinds;
  /** An admit_person_status_value. */
  int32_t status;
  /** An admit_role. */
  int32_t role;
  /** An admit_approval. */
  int32_t approval;
  /** An admit_client_stage_value. */
  int32_t stage;
  /** An admit_invitation_state_value. */
  int32_t invitation_state;
  /** An admit_delivery_state_value. */
  int32_t delivery_state;
  /** An admit_login_state_value; "activated" is ADMIT_LOGIN_STATE_ACTIVE. */
  int32_t login_state;
  /** A room that the person is in. */
  const char *room_id;
  /** A seat to which the client's chart is open. */
  const char *reachable_by;
  /** How the name begins, blind to case and accents. */
  const char *name_prefix;
  /** A practitioner's seat: the assistants who may act for it, or will, and the clients for whom. */
  const char *delegated_by;
} admit_person_query;
#define ADMIT_PERSON_QUERY_INIT {sizeof(admit_person_query), NULL, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL}

/**
 * Lists staff, clients and open invitations in one order, with all that a screen shows.
 *
 * A member of staff sees colleagues and the clients that are open to it. One call looks at about
 * 20,000 rows at the most, so a page may be short and still have a next one. `query` may be NULL.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_person_list(admit_actor *actor,
                               const admit_person_query *query,
                               admit_person_page **page,
                               admit_error **err);

/** How many people the filters match in all, on every page. */
ADMIT_API uint64_t admit_person_page_total(const admit_person_page *page);

/** 1 where the total is exact, as it is to 10,000; 0 where there are at least so many. */
ADMIT_API int32_t admit_person_page_total_is_exact(const admit_person_page *page);

/** The id of the seat, client or invitation. */
ADMIT_API const char *admit_person_id(const admit_person *person);

/** The host's own key; NULL where it has none. */
ADMIT_API const char *admit_person_external_id(const admit_person *person);

/** The name that is shown. */
ADMIT_API const char *admit_person_name(const admit_person *person);

/** The address on file; NULL where there is none. */
ADMIT_API const char *admit_person_email(const admit_person *person);

/** The phone on file; NULL where there is none. */
ADMIT_API const char *admit_person_phone(const admit_person *person);

/** The latest invitation; NULL where there is none. */
ADMIT_API const char *admit_person_invitation_id(const admit_person *person);

/** The login that is the person itself; NULL where there is none. */
ADMIT_API const char *admit_person_login_id(const admit_person *person);

/** What the row stands for. */
ADMIT_API admit_person_kind_value admit_person_kind(const admit_person *person);

/** Where a seat or client stands. */
ADMIT_API admit_person_status_value admit_person_status(const admit_person *person);

/** A seat's role. */
ADMIT_API admit_role admit_person_role(const admit_person *person);

/** Whether a seat may work yet. */
ADMIT_API admit_approval admit_person_approval(const admit_person *person);

/** How far a client has come. */
ADMIT_API admit_client_stage_value admit_person_stage(const admit_person *person);

/** Where the latest invitation stands. */
ADMIT_API admit_invitation_state_value admit_person_invitation_state(const admit_person *person);

/** Where its latest message stands. */
ADMIT_API admit_delivery_state_value admit_person_delivery_state(const admit_person *person);

/** What there is to sign in with. */
ADMIT_API admit_login_state_value admit_person_login_state(const admit_person *person);

/** When the latest invitation lapses; 0 where there is none. */
ADMIT_API int64_t admit_person_invitation_expires_at(const admit_person *person);

/** When it last signed in; 0 where it never did. */
ADMIT_API int64_t admit_person_last_sign_in(const admit_person *person);

/** When it was made. */
ADMIT_API int64_t admit_person_created_at(const admit_person *person);

/** How many rooms it is in. */
ADMIT_API size_t admit_person_room_count(const admit_person *person);

/** The id of one room; NULL past the last. */
ADMIT_API const char *admit_person_room_id(const admit_person *person, size_t at);

/** The whole object as JSON. Lives as long as the object. */
ADMIT_API const char *admit_person_json(const admit_person *person);

/** Frees it. NULL is fine; what is on a page is freed with the page. */
ADMIT_API void admit_person_free(admit_person *person);

/** How many are on the page. */
ADMIT_API size_t admit_person_page_len(const admit_person_page *page);

/** One of the page, which lives as long as the page; NULL past its end. */
ADMIT_API const admit_person *admit_person_page_at(const admit_person_page *page, size_t at);

/** The cursor of the next page; NULL at the end. Lives as long as the page. */
ADMIT_API const char *admit_person_page_next(const admit_person_page *page);

/** Frees a page and what is on it. NULL is fine. */
ADMIT_API void admit_person_page_free(admit_person_page *page);

/* Invitations
 * =========== */
/* An offer of a login: sent by the practice, answered by whoever bears its link. */

/** The date of birth is a fact that acceptance must bring. */
#define ADMIT_FACT_BIRTH_DATE 1

/** The postcode is one. */
#define ADMIT_FACT_POSTCODE 2

/** The record number is one. */
#define ADMIT_FACT_RECORD_NUMBER 4

/** What an invitation offers. */
typedef enum {
  /** Not told. */
  ADMIT_OFFER_NONE = 0,
  /** A login for a client on file, as itself. */
  ADMIT_OFFER_CLIENT = 1,
  /** A login for a client on file, as its guardian. */
  ADMIT_OFFER_GUARDIAN = 2,
  /** To become a client. */
  ADMIT_OFFER_NEW_CLIENT = 3,
  /** A seat. */
  ADMIT_OFFER_SEAT = 4,
} admit_offer;

/** What a link is for. */
typedef enum {
  /** Not told. */
  ADMIT_LINK_PURPOSE_NONE = 0,
  /** To accept or decline an invitation. */
  ADMIT_LINK_PURPOSE_INVITATION = 1,
  /** To come in by a link for many. */
  ADMIT_LINK_PURPOSE_OPEN_LINK = 2,
  /** To choose a new password. */
  ADMIT_LINK_PURPOSE_RESET = 3,
  /** To prove the address on file. */
  ADMIT_LINK_PURPOSE_ADDRESS_CONFIRMATION = 4,
  /** To prove a new address. */
  ADMIT_LINK_PURPOSE_ADDRESS_CHANGE = 5,
} admit_link_purpose;

/** Where a batch stands. */
typedef enum {
  /** There is no batch. */
  ADMIT_BATCH_NONE = 0,
  /** Its rows are being judged; planning it again with the same key goes on. */
  ADMIT_BATCH_PLANNING = 1,
  /** It can be applied. */
  ADMIT_BATCH_PLANNED = 2,
  /** It was begun to be applied, and has rows left. */
  ADMIT_BATCH_APPLYING = 3,
  /** No row is left to send. */
  ADMIT_BATCH_APPLIED = 4,
  /** It was begun to be undone. */
  ADMIT_BATCH_UNDOING = 5,
  /** What could be revoked was. */
  ADMIT_BATCH_UNDONE = 6,
  /** Nobody applied it in time. */
  ADMIT_BATCH_LAPSED = 7,
} admit_batch_state_value;

/** What a row of a batch will become, or has. */
typedef enum {
  /** There is no such row. */
  ADMIT_BATCH_ROW_NONE = 0,
  /** It will be invited. */
  ADMIT_BATCH_ROW_INVITE = 1,
  /** An invitation that is open or has lapsed will be sent again. */
  ADMIT_BATCH_ROW_RENEW = 2,
  /** The plan passes it over. */
  ADMIT_BATCH_ROW_SKIP = 3,
  /** It could not be sent yet: a limit of messages or a failing script held it back. */
  ADMIT_BATCH_ROW_WAITING = 4,
  /** It was invited. */
  ADMIT_BATCH_ROW_INVITED = 5,
  /** An invitation that was open or had lapsed was sent again. */
  ADMIT_BATCH_ROW_RENEWED = 6,
  /** It was passed over when its turn came. */
  ADMIT_BATCH_ROW_SKIPPED = 7,
  /** Its invitation was revoked by undoing the batch. */
  ADMIT_BATCH_ROW_REVOKED = 8,
  /** Undoing the batch could not revoke its invitation. */
  ADMIT_BATCH_ROW_KEPT = 9,
} admit_batch_row_state_value;

/** Which rows of a batch a list shows. */
typedef enum {
  /** All. */
  ADMIT_BATCH_ROWS_ALL = 0,
  /** Those that applying has to look at. */
  ADMIT_BATCH_ROWS_OPEN = 1,
  /** Those that were sent and not undone. */
  ADMIT_BATCH_ROWS_SENT = 2,
} admit_batch_row_filter;

/**
 * Whom to invite, and to what. Start from ADMIT_INVITATION_INPUT_INIT.
 *
 * One of four: `client_id` names a client on file, `staff_id` a seat on file, `role` alone a seat
 * that is made for it, and none of them a person who becomes a client on acceptance. Name and
 * addresses that are not given are those on file; a guardian's name is not the client's.
 */
typedef struct {
  /** sizeof(admit_invitation_input). */
  size_t size;
  /** A client on file. */
  const char *client_id;
  /** A seat on file that has no holder yet. */
  const char *staff_id;
  /** Rooms that a person joins who becomes a client. */
  const char *const *room_ids;
  /** How many rooms are named, at most 64. */
  size_t room_count;
  /**
   * The recipient's whole name, where the parts below do not say it; without one, a new seat is
   * called what stands before the @ of its address until its holder says a name.
   */
  const char *name;
  /** The family name. */
  const char *family_name;
  /** The given names. */
  const char *given_name;
  /**
   * Where the e-mail goes; a new seat needs one. For a client or a seat on file another address
   * than before is a correction: what was sent to the earlier one is revoked.
   */
  const char *email;
  /** Where the host's text message goes. */
  const char *phone;
  /** The recipient's language, such as "en" or "es-MX". */
  const char *locale;
  /** What a guardian is to the client, one line; NULL where it is not said. */
  const char *relationship;
  /** A word of the inviter's own, put into the message, up to 2,000 characters. */
  const char *note;
  /** An admit_role: makes a seat. */
  int32_t role;
  /** What the login will be to the client on file, an admit_tie; 0 is the client itself. */
  int32_t tie;
  /**
   * How the message travels, an admit_channel: by e-mail or text message; with 0, copied and QR
   * none is sent and the link is shown.
   */
  int32_t channel;
  /** Must be 0. */
  int32_t reserved;
  /** How long it is open, in milliseconds: 1 hour to 30 days; 0 is the practice's way. */
  int64_t expires_in_ms;
  /** Makes the call repeatable for 7 days; NULL for none. */
  const char *idempotency_key;
  /**
   * The date of birth that acceptance must bring, as YYYY-MM-DD; NULL asks for none. Of this and
   * the next two the invitation keeps keyed digests alone. It is an extra check beside the link:
   * after 5 wrong answers the link is revoked, the inviter is told, and only sending it again
   * makes a new one. Where nothing is asked, sending again keeps what was asked before.
   */
  const char *fact_birth_date;
  /** The postcode that acceptance must bring; case and white space do not matter. */
  const char *fact_postcode;
  /**
   * The record number that acceptance must bring; case, and white space around it, do not
   * matter.
   */
  const char *fact_record_number;
  /**
   * ADMIT_FACT_* bits of what acceptance must bring and `fact_check` confirms; without one given
   * at open this is ADMIT_MISUSE.
   */
  uint32_t facts_of_host;
  /** Must be 0. */
  uint32_t reserved_facts;
} admit_invitation_input;
#define ADMIT_INVITATION_INPUT_INIT {sizeof(admit_invitation_input), NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL, 0, 0}

/**
 * Which invitations, and which page of them. Start from ADMIT_INVITATION_QUERY_INIT; 0 and NULL
 * show all, and what is named must all hold.
 */
typedef struct {
  /** sizeof(admit_invitation_query). */
  size_t size;
  /** The cursor of the page before, under the same filters; NULL for the first. */
  const char *after;
  /** About which client. */
  const char *client_id;
  /** How many invitations, at most 500; 0 is 50. */
  uint32_t limit;
  /** How they stand now, an admit_invitation_state_value. */
  int32_t state;
} admit_invitation_query;
#define ADMIT_INVITATION_QUERY_INIT {sizeof(admit_invitation_query), NULL, NULL, 0, 0}

/**
 * What the bearer of a link gives to accept it. Start from ADMIT_ACCEPT_INPUT_INIT.
 *
 * The way in is one of three: a password of the new login; an identity that the host has verified
 * elsewhere, of the new login or of one that has it; or a login that is signed in.
 */
typedef struct {
  /** sizeof(admit_accept_input). */
  size_t size;
  /** The token of the link. Required. */
  const char *token;
  /** The password of the new login. */
  const char *password;
  /** Who vouches for the identity: the issuer of OpenID Connect, as a rule. */
  const char *identity_issuer;
  /** Whom the identity names there. */
  const char *identity_subject;
  /** The login that is signed in. */
  const char *login_id;
  /** The name of whoever will sign in; NULL is the recipient's. */
  const char *holder;
  /**
   * The whole name of a client that acceptance makes, or of a seat's holder, where the parts
   * below do not say it; NULL is the recipient's.
   */
  const char *name;
  /** The family name. */
  const char *family_name;
  /** The given names. */
  const char *given_name;
  /**
   * A sign-in name for the new login beside its address; needed for a password where it has no
   * address, and where practices share a portal and the link did not come by e-mail: then the
   * address becomes a sign-in name once the link sent there is opened.
   */
  const char *username;
  /** The epoch of `login_id`, as `admit_login_sign_in` answered it. */
  uint32_t epoch;
  /** Must be 0. */
  uint32_t reserved;
  /** Makes the call repeatable for 7 days; NULL for none. */
  const char *idempotency_key;
  /** The date of birth as YYYY-MM-DD, where `admit_inspection_facts` says that it is asked. */
  const char *birth_date;
  /** The postcode, where it is asked. */
  const char *postcode;
  /** The record number, where it is asked. */
  const char *record_number;
} admit_accept_input;
#define ADMIT_ACCEPT_INPUT_INIT {sizeof(admit_accept_input), NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, NULL, NULL, NULL, NULL}

/**
 * Many invitations to plan. Start from ADMIT_BATCH_INPUT_INIT.
 *
 * Each goes to the address on file, for a login that is the client itself.
 */
typedef struct {
  /** sizeof(admit_batch_input). */
  size_t size;
  /** Clients on file, in the order of the rows; none where a query says whom. */
  const char *const *client_ids;
  /** How many clients are named, at most 100,000. */
  size_t client_count;
  /** A word of the inviter's own, put into each message, up to 2,000 characters. */
  const char *note;
  /** How long each is open, in milliseconds: 1 hour to 30 days; 0 is the practice's way. */
  int64_t expires_in_ms;
  /**
   * How the messages travel, an admit_channel: by e-mail or text message; with 0, copied and QR
   * none is sent and the links are shown.
   */
  int32_t channel;
  /** Must be 0. */
  int32_t reserved;
  /** Makes the call repeatable for 7 days, and lets it go on after a crash; NULL for none. */
  const char *idempotency_key;
} admit_batch_input;
#define ADMIT_BATCH_INPUT_INIT {sizeof(admit_batch_input), NULL, 0, NULL, 0, 0, 0, NULL}

/**
 * Hears after each commit how many rows of a batch are done, and of how many: 0 where nobody
 * knows yet. 0 as the answer ends the call there with what was committed; the same call goes on.
 * Runs on the caller's thread, inside the call; must not throw, longjmp or call the same store.
 */
typedef int32_t (*admit_batch_progress_fn)(void *user_data, uint64_t done, uint64_t total);

/**
 * Invites, or renews what is open or lapsed for the same offer and address: the invitation keeps
 * its id, its new link is good for the whole time again, and every earlier link answers
 * ADMIT_LINK_SUPERSEDED. Its message waits in the outbox until `admit_outbox_claim`.
 *
 * `invitation` gets the invitation, to be freed with `admit_invitation_free`; NULL if not wanted.
 *
 * Answers ADMIT_NOT_REACHABLE where there is no address for the channel, ADMIT_INVALID for an
 * input and where the practice has no link template, ADMIT_CLIENT_ALREADY_ACTIVATED,
 * ADMIT_CLIENT_IS_NO_PERSON, ADMIT_CLIENT_DEACTIVATED, ADMIT_CLIENT_SUSPENDED or
 * ADMIT_CLIENT_PENDING_DELETION for a client, ADMIT_STATUS_NOT_ALLOWED for a seat that has a
 * holder, and ADMIT_TOO_MANY_MESSAGES with the time to wait: the host itself is never limited.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_invitation_send(admit_actor *actor,
                                   const admit_invitation_input *input,
                                   admit_invitation **invitation,
                                   admit_error **err);

/**
 * Invites up to 100,000 clients on file, as `admit_invitation_send` does each, a thousand a
 * commit. A row that is refused does not stop the rest; an actor who may invite nobody is refused
 * as a whole.
 *
 * `common` says how; it names no recipient: neither id, name, address, role nor rooms. `common`
 * may be NULL. `page` gets one outcome a row, in the order of `client_ids`, to be freed with
 * `admit_outcome_page_free`.
 *
 * After a failure of the store the rows of earlier commits are sent: the same idempotency key and
 * rows answer for those and go on with the rest.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_invitation_send_many(admit_actor *actor,
                                        const char *const *client_ids,
                                        size_t client_count,
                                        const admit_invitation_input *common,
                                        admit_outcome_page **page,
                                        admit_error **err);

/**
 * Shows the present link of an invitation, for a way on which it proves no address: `channel` is
 * ADMIT_CHANNEL_COPIED, also for 0, ADMIT_CHANNEL_QR or ADMIT_CHANNEL_SMS. The same link each
 * time until it is renewed. A permission of its own, and an entry of its own in the audit trail;
 * the host gives a reason in its source.
 *
 * `link` gets the link, to be freed with `admit_link_free`, which wipes it. Answers
 * ADMIT_INVITATION_CLOSED, ADMIT_LINK_EXPIRED, ADMIT_LINK_REVOKED, ADMIT_REASON_REQUIRED, and
 * ADMIT_INVALID where the practice has no link template.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_invitation_link(admit_actor *actor,
                                   const char *invitation_id,
                                   int32_t channel,
                                   admit_link **link,
                                   admit_error **err);

/**
 * Shows the present link of an invitation as a QR code of level M, under the rules of
 * `admit_invitation_link`.
 *
 * `qr` gets the code, to be freed with `admit_qr_free`, which wipes it. Answers ADMIT_INVALID
 * also where the link is too long for a code.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_invitation_qr(admit_actor *actor,
                                 const char *invitation_id,
                                 admit_qr **qr,
                                 admit_error **err);

/**
 * Withdraws an invitation, lapsed or not: its links are dead for good, and what waits in the
 * outbox is dropped. Answers ADMIT_INVITATION_CLOSED.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_invitation_revoke(admit_actor *actor,
                                     const char *invitation_id,
                                     admit_error **err);

/** Reads an invitation. `invitation` gets it, to be freed with `admit_invitation_free`. */
ADMIT_API ADMIT_NODISCARD
admit_status admit_invitation_get(admit_actor *actor,
                                  const char *invitation_id,
                                  admit_invitation **invitation,
                                  admit_error **err);

/**
 * Lists the invitations of the actor's practice that the actor may read, latest first. `query`
 * may be NULL. `page` gets them, to be freed with `admit_invitation_page_free`.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_invitation_list(admit_actor *actor,
                                   const admit_invitation_query *query,
                                   admit_invitation_page **page,
                                   admit_error **err);

/** Its id. */
ADMIT_API const char *admit_invitation_id(const admit_invitation *invitation);

/** The id of its practice. */
ADMIT_API const char *admit_invitation_practice_id(const admit_invitation *invitation);

/** The client on file, or whom acceptance made; NULL where there is none. */
ADMIT_API const char *admit_invitation_client_id(const admit_invitation *invitation);

/** The seat that it offers; NULL where it offers none. */
ADMIT_API const char *admit_invitation_staff_id(const admit_invitation *invitation);

/** The seat that invited, or for which an assistant did; NULL where the host or a login invited. */
ADMIT_API const char *admit_invitation_inviter_id(const admit_invitation *invitation);

/** How many rooms a person joins who becomes a client. */
ADMIT_API size_t admit_invitation_room_count(const admit_invitation *invitation);

/** The id of one room; NULL past the last. */
ADMIT_API const char *admit_invitation_room_id(const admit_invitation *invitation, size_t at);

/** What it offers; once a person has become a client by it, that client. */
ADMIT_API admit_offer admit_invitation_offer(const admit_invitation *invitation);

/** What the login will be, or is, to the client; none for a seat. */
ADMIT_API admit_tie admit_invitation_tie(const admit_invitation *invitation);

/** What a guardian is to the client, as the practice says it; NULL where it is not said. */
ADMIT_API const char *admit_invitation_relationship(const admit_invitation *invitation);

/** The facts of the chart that acceptance must bring beside the link, as ADMIT_FACT_* bits. */
ADMIT_API uint32_t admit_invitation_facts(const admit_invitation *invitation);

/** How many answers to the present link were wrong; the fifth has revoked it. */
ADMIT_API uint32_t admit_invitation_wrong_answers(const admit_invitation *invitation);

/** The name of who is invited; NULL where it is not known. */
ADMIT_API const char *admit_invitation_recipient_name(const admit_invitation *invitation);

/** The recipient's address; NULL where there is none. */
ADMIT_API const char *admit_invitation_email(const admit_invitation *invitation);

/** The recipient's phone; NULL where there is none. */
ADMIT_API const char *admit_invitation_phone(const admit_invitation *invitation);

/** The recipient's language; NULL where it is not said. */
ADMIT_API const char *admit_invitation_locale(const admit_invitation *invitation);

/** How its latest message travels; none where only a link is shown. */
ADMIT_API admit_channel admit_invitation_channel(const admit_invitation *invitation);

/** Where it stood when it was read: whether it had lapsed by then, too. */
ADMIT_API admit_invitation_state_value admit_invitation_state(const admit_invitation *invitation);

/** How often it was sent or renewed. */
ADMIT_API uint32_t admit_invitation_sends(const admit_invitation *invitation);

/** When it lapses, or has lapsed. */
ADMIT_API int64_t admit_invitation_expires_at(const admit_invitation *invitation);

/** When it was last sent or renewed. */
ADMIT_API int64_t admit_invitation_sent_at(const admit_invitation *invitation);

/** When it was made. */
ADMIT_API int64_t admit_invitation_created_at(const admit_invitation *invitation);

/** When it was accepted; 0 where it was not. */
ADMIT_API int64_t admit_invitation_accepted_at(const admit_invitation *invitation);

/** The login that accepted it; NULL where none did. */
ADMIT_API const char *admit_invitation_login_id(const admit_invitation *invitation);

/** The latest message that carries its link, for `admit_outbox_get`; NULL where there is none. */
ADMIT_API const char *admit_invitation_message_id(const admit_invitation *invitation);

/** The word of the inviter's own; NULL where there is none. */
ADMIT_API const char *admit_invitation_note(const admit_invitation *invitation);

/** The whole object as JSON, without its link. Lives as long as the object. */
ADMIT_API const char *admit_invitation_json(const admit_invitation *invitation);

/** Frees it. NULL is fine; what is on a page is freed with the page. */
ADMIT_API void admit_invitation_free(admit_invitation *invitation);

/** How many are on the page. */
ADMIT_API size_t admit_invitation_page_len(const admit_invitation_page *page);

/** One of the page, which lives as long as the page; NULL past its end. */
ADMIT_API
const admit_invitation *admit_invitation_page_at(const admit_invitation_page *page,
                                                 size_t at);

/** The cursor of the next page; NULL at the end. Lives as long as the page. */
ADMIT_API const char *admit_invitation_page_next(const admit_invitation_page *page);

/** Frees a page and what is on it. NULL is fine. */
ADMIT_API void admit_invitation_page_free(admit_invitation_page *page);

/** The link itself, by the practice's template. Lives as long as the object. */
ADMIT_API const char *admit_link_url(const admit_link *link);

/** Wipes a link and frees it. NULL is fine. */
ADMIT_API void admit_link_free(admit_link *link);

/** The link that the code holds. Lives as long as the object. */
ADMIT_API const char *admit_qr_url(const admit_qr *qr);

/** The code as an SVG image, black on white with its quiet zone, sized by its frame. */
ADMIT_API const char *admit_qr_svg(const admit_qr *qr);

/** The code in half blocks for a dark terminal, as lines of UTF-8. */
ADMIT_API const char *admit_qr_terminal(const admit_qr *qr);

/** Wipes a code and frees it. NULL is fine. */
ADMIT_API void admit_qr_free(admit_qr *qr);

/** The id that was given. */
ADMIT_API const char *admit_outcome_client_id(const admit_outcome *outcome);

/** An `admit_status`: ADMIT_OK where it was done. */
ADMIT_API int32_t admit_outcome_status(const admit_outcome *outcome);

/** The name of the status, such as "ADMIT_NOT_REACHABLE". */
ADMIT_API const char *admit_outcome_name(const admit_outcome *outcome);

/** The name of the refused input; NULL where it is about no single input. */
ADMIT_API const char *admit_outcome_field(const admit_outcome *outcome);

/** Milliseconds after which another try can succeed; 0 where waiting does not help. */
ADMIT_API int64_t admit_outcome_retry_after_ms(const admit_outcome *outcome);

/** The invitation; NULL where none was sent. */
ADMIT_API const char *admit_outcome_invitation_id(const admit_outcome *outcome);

/** 1 where an invitation was renewed that was open or had lapsed. */
ADMIT_API int32_t admit_outcome_is_renewed(const admit_outcome *outcome);

/** How many reasons the product's policy gave; 0 but for ADMIT_POLICY_DENIED. */
ADMIT_API size_t admit_outcome_reason_count(const admit_outcome *outcome);

/** The code of a reason, for programs; NULL past the end. */
ADMIT_API const char *admit_outcome_reason_code(const admit_outcome *outcome, size_t at);

/** The sentence of a reason, in the product's words; NULL past the end. */
ADMIT_API const char *admit_outcome_reason_text(const admit_outcome *outcome, size_t at);

/** The whole object as JSON. Lives as long as the object. */
ADMIT_API const char *admit_outcome_json(const admit_outcome *outcome);

/** How many are on the page: as many as there were rows. */
ADMIT_API size_t admit_outcome_page_len(const admit_outcome_page *page);

/** One of the page, which lives as long as the page; NULL past its end. */
ADMIT_API const admit_outcome *admit_outcome_page_at(const admit_outcome_page *page, size_t at);

/** Frees a page and what is on it. NULL is fine. */
ADMIT_API void admit_outcome_page_free(admit_outcome_page *page);

/**
 * Says what a link is, for the page that it opens, and changes nothing: of any purpose, an
 * invitation's as well as a reset's. A bearer call: the token is the authority, and says which
 * practice it is about. `source` may be NULL.
 *
 * `inspection` gets what is to be told, to be freed with `admit_inspection_free`, also for a link
 * that was good once: `admit_inspection_status` then says what it died of, and nothing else is
 * told. Answers ADMIT_LINK_INVALID for what this store did not issue.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_invitation_inspect(admit_store *store,
                                      const admit_source *source,
                                      const char *token,
                                      admit_inspection **inspection,
                                      admit_error **err);

/**
 * Accepts an invitation, as the bearer of its link: makes a login, or attaches what is offered to
 * one that exists, which takes proof of it and leaves its password as it is. Nobody is signed in
 * by it; `admit_login_sign_in` does that. `source` may be NULL.
 *
 * `acceptance` gets who and what there is now, to be freed with `admit_acceptance_free`; NULL if
 * not wanted.
 *
 * Answers what the link died of: ADMIT_LINK_INVALID, ADMIT_LINK_USED, ADMIT_LINK_REVOKED, also
 * for as long as the practice, the inviter or the client is suspended, ADMIT_LINK_SUPERSEDED or
 * ADMIT_LINK_EXPIRED. Of the way in: ADMIT_PASSWORD_TOO_SHORT and what else a password is refused
 * for, ADMIT_LOGIN_PROOF_REQUIRED where a login has the address (one that reaches nothing any more
 * gives way to a new one, by a link mailed to that address), ADMIT_WRONG_LOGIN,
 * ADMIT_SESSION_ENDED, ADMIT_MUST_CHANGE_PASSWORD, ADMIT_SIGN_IN_METHOD_NOT_ALLOWED,
 * ADMIT_NAME_TAKEN, ADMIT_IDENTITY_TAKEN, and ADMIT_TRY_LATER while too many passwords are
 * hashed. Of the offer: ADMIT_CLIENT_ALREADY_ACTIVATED, ADMIT_PROXY_EXISTS and
 * ADMIT_LIMIT_REACHED for a login that has a seat there. None of them uses the link up.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_invitation_accept(admit_store *store,
                                     const admit_source *source,
                                     const admit_accept_input *input,
                                     admit_acceptance **acceptance,
                                     admit_error **err);

/**
 * Turns an invitation down, as the bearer of its link; the inviter hears of it. `source` may be
 * NULL. Answers what the link died of, as `admit_invitation_accept` does.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_invitation_decline(admit_store *store,
                                      const admit_source *source,
                                      const char *token,
                                      admit_error **err);

/**
 * Asks for an invitation's link again, as the bearer of one that is good or has lapsed. One that
 * is good is sent again as it is, to the address on the invitation; of one that has lapsed the
 * inviter is told, and nothing is renewed: `admit_inspection_status` says beforehand which of the
 * two it is. `source` may be NULL.
 *
 * Answers what else the link died of, ADMIT_NOT_REACHABLE where no message can go out, and
 * ADMIT_TOO_MANY_MESSAGES with the time to wait.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_invitation_ask_again(admit_store *store,
                                        const admit_source *source,
                                        const char *token,
                                        admit_error **err);

/**
 * An `admit_status`: ADMIT_OK for a good link, otherwise what using it is answered with: ADMIT_LINK_USED,
 * ADMIT_LINK_REVOKED, ADMIT_LINK_SUPERSEDED, ADMIT_LINK_EXPIRED or ADMIT_PRACTICE_SUSPENDED.
 * While a practice is suspended, the links of its logins answer the last of these; invitations and
 * open links, whose bearers nobody knows yet, answer ADMIT_LINK_REVOKED, and all are good again
 * after it. What is below is told of a good link alone.
 */
ADMIT_API
int32_t admit_inspection_status(const admit_inspection *inspection);

/** What it is for. */
ADMIT_API admit_link_purpose admit_inspection_purpose(const admit_inspection *inspection);

/** The id of the practice; NULL where it is not told. */
ADMIT_API const char *admit_inspection_practice_id(const admit_inspection *inspection);

/** What the practice is called; NULL where it is not told. */
ADMIT_API const char *admit_inspection_practice_name(const admit_inspection *inspection);

/** A hint at the address that it is about, such as "g***@e***.org"; NULL where there is none. */
ADMIT_API const char *admit_inspection_masked_address(const admit_inspection *inspection);

/** When it lapses; 0 where it is not told. */
ADMIT_API int64_t admit_inspection_expires_at(const admit_inspection *inspection);

/** What an invitation offers. */
ADMIT_API admit_offer admit_inspection_offer(const admit_inspection *inspection);

/** How whoever accepts an invitation will sign in. */
ADMIT_API admit_sign_in_method admit_inspection_sign_in(const admit_inspection *inspection);

/**
 * 1 where a login has the address, so that accepting takes proof of it. 0 also where it reaches
 * nothing any more, and gives way to a new one, and where that is not told: for a link that did not come by e-mail, in a portal that practices share.
 */
ADMIT_API
int32_t admit_inspection_has_login(const admit_inspection *inspection);

/**
 * The facts of the chart that acceptance must bring beside the link, as ADMIT_FACT_* bits; never
 * what the answers are.
 */
ADMIT_API uint32_t admit_inspection_facts(const admit_inspection *inspection);

/** 1 where an open link has places left. 0 for every other link. */
ADMIT_API int32_t admit_inspection_has_places(const admit_inspection *inspection);

/** The whole object as JSON, without the token. Lives as long as the object. */
ADMIT_API const char *admit_inspection_json(const admit_inspection *inspection);

/** Frees it. NULL is fine. */
ADMIT_API void admit_inspection_free(admit_inspection *inspection);

/** Who signs in; NULL while an open link holds a place until the address is proved. */
ADMIT_API const char *admit_acceptance_login_id(const admit_acceptance *acceptance);

/**
 * 1 where an open link holds a place until the link is opened that was mailed to the address:
 * `admit_login_confirm_address` then makes login and client or seat. 0 where all is there now.
 */
ADMIT_API int32_t admit_acceptance_waits_for_address(const admit_acceptance *acceptance);

/** In which practice. */
ADMIT_API const char *admit_acceptance_practice_id(const admit_acceptance *acceptance);

/** The client whom the login now holds, made by the acceptance or on file; NULL for a seat. */
ADMIT_API const char *admit_acceptance_client_id(const admit_acceptance *acceptance);

/** The seat that the login now holds; NULL for a client. */
ADMIT_API const char *admit_acceptance_staff_id(const admit_acceptance *acceptance);

/** The whole object as JSON. Lives as long as the object. */
ADMIT_API const char *admit_acceptance_json(const admit_acceptance *acceptance);

/** Frees it. NULL is fine. */
ADMIT_API void admit_acceptance_free(admit_acceptance *acceptance);

/**
 * Plans many invitations: says of each client what sending would do now, and invites nobody.
 * Whom: the clients that `input` names, or all that `query` shows, latest first; its
 * `limit` and `order` do not count, and it has no `after`. Each row is judged by the rules of `admit_invitation_send` and
 * the product's own; 1,000 rows are committed at a time.
 *
 * A client that stands in an earlier row is passed over with ADMIT_ROW_REPEATED. An address that
 * does is not, for families share one: the row says so.
 *
 * `query` may be NULL; `progress` may be NULL. `batch` gets the batch, to be freed with
 * `admit_batch_free`; its rows are read by `admit_batch_row_list`. It can be applied for 24 hours,
 * and is forgotten after 30 days. A call that ended early is gone on with by the same idempotency
 * key and input.
 *
 * Answers ADMIT_INVALID for no clients, and for more than 100,000.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_invitation_plan(admit_actor *actor,
                                   const admit_batch_input *input,
                                   const admit_person_query *query,
                                   admit_batch_progress_fn progress,
                                   void *progress_data,
                                   admit_batch **batch,
                                   admit_error **err);

/**
 * Applies a batch, or goes on with one: judges each row again that the plan would send, and sends
 * it, 1,000 a commit. A row is sent once, however often this is called: after a crash, and after
 * `progress` has ended a call, another goes on. What the plan passes over stays passed over.
 *
 * Rows that a limit of messages holds back, and rows whose script failed, stay open for a later
 * call; `admit_batch_retry_at` says when. `progress` may be NULL; `batch` may be NULL.
 *
 * Answers ADMIT_PLAN_EXPIRED for a plan that lapsed, ADMIT_ALREADY_ENDED for a batch that was
 * undone, and ADMIT_STATUS_NOT_ALLOWED before all rows are planned.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_invitation_apply(admit_actor *actor,
                                    const char *batch_id,
                                    admit_batch_progress_fn progress,
                                    void *progress_data,
                                    admit_batch **batch,
                                    admit_error **err);

/**
 * Undoes a batch, or goes on with it: revokes what it sent and is still open, 1,000 a commit, and
 * drops the messages that wait in the outbox. Nothing of the batch is sent any more. What was
 * accepted, declined or sent again since is kept, and its row says why.
 *
 * Invitations that were open before and that the batch renewed are revoked only where
 * `renewed_too` is 1: their earlier links are dead already. `progress` may be NULL; `batch` may be
 * NULL.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_invitation_undo(admit_actor *actor,
                                   const char *batch_id,
                                   int32_t renewed_too,
                                   admit_batch_progress_fn progress,
                                   void *progress_data,
                                   admit_batch **batch,
                                   admit_error **err);

/** Reads a batch. `batch` gets it, to be freed with `admit_batch_free`. */
ADMIT_API ADMIT_NODISCARD
admit_status admit_batch_get(admit_actor *actor,
                             const char *batch_id,
                             admit_batch **batch,
                             admit_error **err);

/**
 * Lists the practice's batches, latest first; those of its own for a practitioner. `after` is the
 * cursor of the page before and may be NULL; `limit` is at most 500, 0 for 50.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_batch_list(admit_actor *actor,
                              const char *after,
                              uint32_t limit,
                              admit_batch_page **page,
                              admit_error **err);

/**
 * Lists the rows of a batch in order, which is that of the clients that were named. `filter` is an
 * admit_batch_row_filter. `after` is the cursor of the page before and may be NULL; `limit` is at
 * most 500, 0 for 50.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_batch_row_list(admit_actor *actor,
                                  const char *batch_id,
                                  int32_t filter,
                                  const char *after,
                                  uint32_t limit,
                                  admit_batch_row_page **page,
                                  admit_error **err);

/** Its id. */
ADMIT_API const char *admit_batch_id(const admit_batch *batch);

/** Where it stands now. */
ADMIT_API admit_batch_state_value admit_batch_state(const admit_batch *batch);

/** The seat that made it; NULL where the host did. */
ADMIT_API const char *admit_batch_staff_id(const admit_batch *batch);

/** A word of the inviter's own; NULL where there is none. */
ADMIT_API const char *admit_batch_note(const admit_batch *batch);

/** How the messages travel. */
ADMIT_API admit_channel admit_batch_channel(const admit_batch *batch);

/** How many rows it has. */
ADMIT_API uint32_t admit_batch_rows(const admit_batch *batch);

/** How many rows the plan would invite. */
ADMIT_API uint32_t admit_batch_to_invite(const admit_batch *batch);

/** How many rows have an invitation that is open or has lapsed, which the plan would send again. */
ADMIT_API uint32_t admit_batch_to_renew(const admit_batch *batch);

/** How many rows the plan passes over. */
ADMIT_API uint32_t admit_batch_to_skip(const admit_batch *batch);

/** How many rows are left to send. */
ADMIT_API uint32_t admit_batch_open(const admit_batch *batch);

/** How many rows were invited. */
ADMIT_API uint32_t admit_batch_invited(const admit_batch *batch);

/** How many rows were sent again. */
ADMIT_API uint32_t admit_batch_renewed(const admit_batch *batch);

/** How many rows were passed over when their turn came. */
ADMIT_API uint32_t admit_batch_skipped(const admit_batch *batch);

/** How many invitations the undoing revoked. */
ADMIT_API uint32_t admit_batch_revoked(const admit_batch *batch);

/** How many invitations the undoing could not revoke. */
ADMIT_API uint32_t admit_batch_kept(const admit_batch *batch);

/** When rows that the limits held back may be sent, at the earliest; 0 where none waits. */
ADMIT_API int64_t admit_batch_retry_at(const admit_batch *batch);

/** When it was made. */
ADMIT_API int64_t admit_batch_created_at(const admit_batch *batch);

/** When it was last worked on. */
ADMIT_API int64_t admit_batch_updated_at(const admit_batch *batch);

/** When it lapses, unless it is applied: 24 hours after it was made. */
ADMIT_API int64_t admit_batch_lapses_at(const admit_batch *batch);

/** The whole object as JSON. Lives as long as the object. */
ADMIT_API const char *admit_batch_json(const admit_batch *batch);

/** Frees it. NULL is fine; what is on a page is freed with the page. */
ADMIT_API void admit_batch_free(admit_batch *batch);

/** How many are on the page. */
ADMIT_API size_t admit_batch_page_len(const admit_batch_page *page);

/** One of the page, which lives as long as the page; NULL past its end. */
ADMIT_API const admit_batch *admit_batch_page_at(const admit_batch_page *page, size_t at);

/** The cursor of the next page; NULL at the end. Lives as long as the page. */
ADMIT_API const char *admit_batch_page_next(const admit_batch_page *page);

/** Frees a page and what is on it. NULL is fine. */
ADMIT_API void admit_batch_page_free(admit_batch_page *page);

/** Its place, from 0: that of its client among those that were named. */
ADMIT_API uint32_t admit_batch_row_place(const admit_batch_row *row);

/** Who; NULL where nothing in the practice has the id that was given, and once the client is erased. */
ADMIT_API const char *admit_batch_row_client_id(const admit_batch_row *row);

/** What the plan says: invite, renew or skip. */
ADMIT_API admit_batch_row_state_value admit_batch_row_planned(const admit_batch_row *row);

/** What has become of it. */
ADMIT_API admit_batch_row_state_value admit_batch_row_state(const admit_batch_row *row);

/** 1 where a client of an earlier row has the same address, as families do. */
ADMIT_API int32_t admit_batch_row_shares_address(const admit_batch_row *row);

/** Why it is passed over, waits or was kept, an `admit_status`; ADMIT_OK where nothing is in the way. */
ADMIT_API
int32_t admit_batch_row_status(const admit_batch_row *row);

/** The name of the status, such as "ADMIT_NOT_REACHABLE". */
ADMIT_API const char *admit_batch_row_name(const admit_batch_row *row);

/** The name of the refused input; NULL where it is about no single input. */
ADMIT_API const char *admit_batch_row_field(const admit_batch_row *row);

/** Milliseconds from its last try on after which another can succeed; 0 where waiting does not help. */
ADMIT_API int64_t admit_batch_row_retry_after_ms(const admit_batch_row *row);

/** The invitation; NULL where none was sent. */
ADMIT_API const char *admit_batch_row_invitation_id(const admit_batch_row *row);

/** How many reasons the product's policy gave; 0 but for ADMIT_POLICY_DENIED. */
ADMIT_API size_t admit_batch_row_reason_count(const admit_batch_row *row);

/** The code of a reason, for programs; NULL past the end. */
ADMIT_API const char *admit_batch_row_reason_code(const admit_batch_row *row, size_t at);

/** The sentence of a reason, in the product's words; NULL past the end. */
ADMIT_API const char *admit_batch_row_reason_text(const admit_batch_row *row, size_t at);

/** The whole object as JSON. Lives as long as the object. */
ADMIT_API const char *admit_batch_row_json(const admit_batch_row *row);

/** How many are on the page. */
ADMIT_API size_t admit_batch_row_page_len(const admit_batch_row_page *page);

/** One of the page, which lives as long as the page; NULL past its end. */
ADMIT_API
const admit_batch_row *admit_batch_row_page_at(const admit_batch_row_page *page,
                                               size_t at);

/** The cursor of the next page; NULL at the end. Lives as long as the page. */
ADMIT_API const char *admit_batch_row_page_next(const admit_batch_row_page *page);

/** Frees a page and what is on it. NULL is fine. */
ADMIT_API void admit_batch_row_page_free(admit_batch_row_page *page);

/* Open links
 * ========== */
/* One link for many: whoever bears it becomes a client, or takes a seat of role member. */

/** What an open link gives, to how many, for how long. Start from ADMIT_OPEN_LINK_INPUT_INIT. */
typedef struct {
  /** sizeof(admit_open_link_input). */
  size_t size;
  /** Rooms that the new clients join. */
  const char *const *room_ids;
  /** How many rooms are named, at most 64. */
  size_t room_count;
  /** What staff call it, one line; whoever bears the link does not see it. */
  const char *label;
  /** An admit_role: makes seats, of ADMIT_ROLE_MEMBER alone; 0 makes prospective clients. */
  int32_t role;
  /** How many may come in: 1 to 10,000; 0 is 100. */
  uint32_t uses;
  /** How long it is open, in milliseconds: 1 hour to 30 days; 0 is the practice's way. */
  int64_t expires_in_ms;
  /** Makes the call repeatable for 7 days; NULL for none. */
  const char *idempotency_key;
} admit_open_link_input;
#define ADMIT_OPEN_LINK_INPUT_INIT {sizeof(admit_open_link_input), NULL, 0, NULL, 0, 0, 0, NULL}

/**
 * Which open links, and which page of them. Start from ADMIT_OPEN_LINK_QUERY_INIT; 0 and NULL
 * show all.
 */
typedef struct {
  /** sizeof(admit_open_link_query). */
  size_t size;
  /** The cursor of the page before, under the same filter; NULL for the first. */
  const char *after;
  /** How many links, at most 500; 0 is 50. */
  uint32_t limit;
  /** How they stand now, an admit_open_link_state_value. */
  int32_t state;
} admit_open_link_query;
#define ADMIT_OPEN_LINK_QUERY_INIT {sizeof(admit_open_link_query), NULL, 0, 0}

/**
 * What the bearer of an open link gives to come in. Start from ADMIT_OPEN_LINK_ACCEPT_INPUT_INIT.
 *
 * The way in is one of three: a password of a new login; an identity that the host has verified
 * elsewhere, of a new login or of one that has it; or a login that is signed in. A new login needs
 * a name and an address.
 */
typedef struct {
  /** sizeof(admit_open_link_accept_input). */
  size_t size;
  /** The token of the link. Required. */
  const char *token;
  /** The password of the new login. */
  const char *password;
  /** Who vouches for the identity: the issuer of OpenID Connect, as a rule. */
  const char *identity_issuer;
  /** Whom the identity names there. */
  const char *identity_subject;
  /** The login that is signed in. */
  const char *login_id;
  /** The whole name, where the parts below do not say it; NULL is what the login is called. */
  const char *name;
  /** The family name. */
  const char *family_name;
  /** The given names. */
  const char *given_name;
  /** The address that signs in, once it is proved. */
  const char *email;
  /** A sign-in name beside the address. */
  const char *username;
  /** The phone. */
  const char *phone;
  /** The language, such as "en" or "es-MX". */
  const char *locale;
  /** The epoch of `login_id`, as `admit_login_sign_in` answered it. */
  uint32_t epoch;
  /** Must be 0. */
  uint32_t reserved;
  /** Makes the call repeatable for 7 days; NULL for none. */
  const char *idempotency_key;
} admit_open_link_accept_input;
#define ADMIT_OPEN_LINK_ACCEPT_INPUT_INIT {sizeof(admit_open_link_accept_input), NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, NULL}

/**
 * Makes one link for many. Nothing is sent: `admit_open_link_link` and `admit_open_link_qr` show
 * the link.
 *
 * `open_link` gets it, to be freed with `admit_open_link_free`; NULL if not wanted. `input` may be
 * NULL.
 *
 * The product's policy on invitations is asked: it may give the link less time and fewer places,
 * or deny it with ADMIT_POLICY_DENIED and its reasons.
 *
 * Answers ADMIT_OPEN_LINK_ROLE for a role above member, ADMIT_NOT_PERMITTED for a seat that may
 * not add seats, or that names rooms which it is not in, and ADMIT_INVALID for an input.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_open_link_create(admit_actor *actor,
                                    const admit_open_link_input *input,
                                    admit_open_link **open_link,
                                    admit_error **err);

/**
 * Reads an open link. `open_link` gets it, to be freed with `admit_open_link_free`. A practitioner
 * reads those of its own.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_open_link_get(admit_actor *actor,
                                 const char *open_link_id,
                                 admit_open_link **open_link,
                                 admit_error **err);

/**
 * Lists the open links of the actor's practice that the actor may read, latest first. `query` may
 * be NULL. `page` gets them, to be freed with `admit_open_link_page_free`.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_open_link_list(admit_actor *actor,
                                  const admit_open_link_query *query,
                                  admit_open_link_page **page,
                                  admit_error **err);

/**
 * Withdraws an open link, lapsed or not. It is dead at once and for good, and so is each place
 * that it holds; who came in stays. Answers ADMIT_ALREADY_ENDED.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_open_link_revoke(admit_actor *actor,
                                    const char *open_link_id,
                                    admit_error **err);

/**
 * Shows an open link, the same each time: `channel` is ADMIT_CHANNEL_COPIED, also for 0,
 * ADMIT_CHANNEL_QR or ADMIT_CHANNEL_SMS. A permission of its own, and an entry of its own in the
 * audit trail; the host gives a reason in its source.
 *
 * `link` gets the link, to be freed with `admit_link_free`, which wipes it. Answers
 * ADMIT_LINK_EXPIRED, ADMIT_LINK_REVOKED, ADMIT_REASON_REQUIRED, and ADMIT_INVALID where the
 * practice has no link template for invitations.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_open_link_link(admit_actor *actor,
                                  const char *open_link_id,
                                  int32_t channel,
                                  admit_link **link,
                                  admit_error **err);

/**
 * Shows an open link as a QR code of level M, under the rules of `admit_open_link_link`.
 *
 * `qr` gets the code, to be freed with `admit_qr_free`, which wipes it. Answers ADMIT_INVALID
 * also where the link is too long for a code.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_open_link_qr(admit_actor *actor,
                                const char *open_link_id,
                                admit_qr **qr,
                                admit_error **err);

/** Its id. */
ADMIT_API const char *admit_open_link_id(const admit_open_link *open_link);

/** The id of its practice. */
ADMIT_API const char *admit_open_link_practice_id(const admit_open_link *open_link);

/** What the seats are for that it makes; none where it makes clients. */
ADMIT_API admit_role admit_open_link_role(const admit_open_link *open_link);

/** How many rooms a new client joins. */
ADMIT_API size_t admit_open_link_room_count(const admit_open_link *open_link);

/** The id of one room; NULL past the last. */
ADMIT_API const char *admit_open_link_room_id(const admit_open_link *open_link, size_t at);

/** What staff call it; NULL where it has no name. */
ADMIT_API const char *admit_open_link_label(const admit_open_link *open_link);

/** How many may come in. */
ADMIT_API uint32_t admit_open_link_uses_max(const admit_open_link *open_link);

/** How many came in. */
ADMIT_API uint32_t admit_open_link_uses(const admit_open_link *open_link);

/** How many places are held for addresses that wait for their proof. */
ADMIT_API uint32_t admit_open_link_held(const admit_open_link *open_link);

/** How many more may come in. */
ADMIT_API uint32_t admit_open_link_left(const admit_open_link *open_link);

/** Where it stood when it was read. */
ADMIT_API admit_open_link_state_value admit_open_link_state(const admit_open_link *open_link);

/** The seat for which it was made; NULL for the host. */
ADMIT_API const char *admit_open_link_inviter_id(const admit_open_link *open_link);

/** What the holder of that seat is called; NULL for the host. */
ADMIT_API const char *admit_open_link_inviter_name(const admit_open_link *open_link);

/** When it lapses, or has lapsed. */
ADMIT_API int64_t admit_open_link_expires_at(const admit_open_link *open_link);

/** When it was withdrawn; 0 where it was not. */
ADMIT_API int64_t admit_open_link_revoked_at(const admit_open_link *open_link);

/** When it was made. */
ADMIT_API int64_t admit_open_link_created_at(const admit_open_link *open_link);

/** The whole object as JSON, without its link. Lives as long as the object. */
ADMIT_API const char *admit_open_link_json(const admit_open_link *open_link);

/** Frees it. NULL is fine; what is on a page is freed with the page. */
ADMIT_API void admit_open_link_free(admit_open_link *open_link);

/** How many are on the page. */
ADMIT_API size_t admit_open_link_page_len(const admit_open_link_page *page);

/** One of the page, which lives as long as the page; NULL past its end. */
ADMIT_API
const admit_open_link *admit_open_link_page_at(const admit_open_link_page *page,
                                               size_t at);

/** The cursor of the next page; NULL at the end. Lives as long as the page. */
ADMIT_API const char *admit_open_link_page_next(const admit_open_link_page *page);

/** Frees a page and what is on it. NULL is fine. */
ADMIT_API void admit_open_link_page_free(admit_open_link_page *page);

/**
 * Comes in by an open link, as its bearer; `admit_invitation_inspect` says beforehand what the
 * link is. Nobody is signed in by it. `source` may be NULL.
 *
 * Whoever is signed in comes in at once, and so does an external identity that a login has; who
 * is in already takes no second place. For anybody else a place is held for 24 hours and a link
 * mailed to the address: `admit_login_confirm_address` makes login and client or seat. Until then
 * there is no login: signing in answers ADMIT_SIGN_IN_FAILED, and `admit_store_upkeep` gives the
 * place back in the end. The same address given twice holds one place.
 *
 * Whether a login has the address changes nothing here, so that nobody learns of it who only
 * typed it. Where one has it, the link in the mail answers ADMIT_LOGIN_PROOF_REQUIRED: sign in,
 * and come in by the open link with that login.
 *
 * `acceptance` gets who and what there is now, to be freed with `admit_acceptance_free`; NULL if
 * not wanted.
 *
 * Answers what the link died of: ADMIT_LINK_INVALID, ADMIT_LINK_REVOKED, also for as long as the
 * practice or the inviter is suspended, or the inviter's role may not make such a link any more,
 * ADMIT_LINK_SUPERSEDED or ADMIT_LINK_EXPIRED; and ADMIT_OPEN_LINK_FULL. Of the way in: ADMIT_PASSWORD_TOO_SHORT and what else a password is
 * refused for, ADMIT_NAME_TAKEN for the user name, ADMIT_SESSION_ENDED,
 * ADMIT_MUST_CHANGE_PASSWORD, ADMIT_SIGN_IN_METHOD_NOT_ALLOWED, ADMIT_TOO_MANY_MESSAGES with the
 * time to wait (100 an hour by one link and source, 5 mails a day to one address), and
 * ADMIT_TRY_LATER while too many passwords are hashed. None of them takes a place.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_open_link_accept(admit_store *store,
                                    const admit_source *source,
                                    const admit_open_link_accept_input *input,
                                    admit_acceptance **acceptance,
                                    admit_error **err);

/* Logins
 * ====== */

/** Who somebody is elsewhere, as the host has verified it. Start from ADMIT_IDENTITY_INIT. */
typedef struct {
  /** sizeof(admit_identity). */
  size_t size;
  /** Who vouches for it, such as the `iss` of OpenID Connect, up to 255 characters. Required. */
  const char *issuer;
  /** Whom it names there, such as the `sub` of OpenID Connect, up to 255 characters. Required. */
  const char *subject;
} admit_identity;
#define ADMIT_IDENTITY_INIT {sizeof(admit_identity), NULL, NULL}

/**
 * A login to make. Start from ADMIT_LOGIN_INPUT_INIT; NULL and empty texts are none.
 *
 * It is for a client or for a seat, and has an address, a user name or an identity to sign in
 * with. A password is typed, or generated, or comes as a hash, or is chosen by the holder later.
 */
typedef struct {
  /** sizeof(admit_login_input). */
  size_t size;
  /** The client that it is. Required where there is no seat. */
  const char *client_id;
  /** The seat that it holds, where there is no client. */
  const char *staff_id;
  /**
   * The address, also a sign-in name; resets go there. Required where there is neither user
   * name nor identity; not enough from staff where practices share a portal.
   */
  const char *email;
  /** A sign-in name apart from the address: 3 to 100 characters without white space. */
  const char *username;
  /** The holder's name. */
  const char *holder;
  /** The holder's phone. */
  const char *phone;
  /** The holder's language, such as "en" or "es-MX". */
  const char *locale;
  /** The holder's time zone, such as "America/New_York". */
  const char *zone;
  /** External identities that the host has verified; an actor of the host alone states them. */
  const admit_identity *const *identities;
  /** How many identities are given, at most 8. */
  size_t identity_count;
  /**
   * A hash from another product, for the password that the holder has there already: a PHC
   * string of Argon2, scrypt or PBKDF2, a bcrypt string, or the blob of ASP.NET Identity. A
   * hash of our own replaces it at the next sign-in. An actor of the host alone states it.
   */
  const char *imported_hash;
  /** A temporary password that staff chose, where the practice's settings let them. */
  const char *temporary_password;
  /** 1 makes a temporary password; it is shown once. */
  int32_t generate_password;
  /** Must be 0. */
  int32_t reserved;
  /** Makes the call repeatable for 7 days; NULL for none. A repeated answer shows no password. */
  const char *idempotency_key;
} admit_login_input;
#define ADMIT_LOGIN_INPUT_INIT {sizeof(admit_login_input), NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, 0, 0, NULL}

/**
 * What changes about a login. Start from ADMIT_LOGIN_CHANGE_INPUT_INIT; NULL keeps a text and
 * empty clears it. The address changes by `admit_login_request_address_change`.
 */
typedef struct {
  /** sizeof(admit_login_change_input). */
  size_t size;
  /** The holder's name. */
  const char *holder;
  /** The holder's phone. */
  const char *phone;
  /** The holder's language, such as "en" or "es-MX". */
  const char *locale;
  /** The holder's time zone, such as "America/New_York". */
  const char *zone;
  /** The sign-in name apart from the address; only the login itself changes it. */
  const char *username;
  /** The revision that the caller saw, else ADMIT_CONFLICT; 0 is any. */
  uint64_t revision;
  /** Makes the call repeatable for 7 days; NULL for none. */
  const char *idempotency_key;
} admit_login_change_input;
#define ADMIT_LOGIN_CHANGE_INPUT_INIT {sizeof(admit_login_change_input), NULL, NULL, NULL, NULL, NULL, 0, NULL}

/**
 * Imports logins from another product: NDJSON of `data_len` bytes of UTF-8, an object a line. For
 * the host and admins. Nobody is invited or told. Import the seats and clients first.
 *
 * - `client`, the external id of the client that it is; `clients`, a list of up to 64 where it is
 *   several; `staff`, the external id of the seat that it holds. One of them is required.
 * - `username`, `email`. One of them or an identity is required.
 * - `email_verified`, true where the other product proved the address; counts from the host alone.
 * - `hash`, what the other product stored of the password, so that its holder signs in as before:
 *   a PHC string of argon2id, argon2i, scrypt, pbkdf2-sha256 or pbkdf2-sha512, a bcrypt string of
 *   2a, 2b or 2y, or the base64 blob of ASP.NET Identity 2 or 3. A hash of our own replaces it at
 *   the next sign-in. One that would take some seconds to verify is refused. Without a hash the
 *   holder asks for a reset.
 * - `must_change`, true where that password must be changed at the next sign-in.
 * - `identities`, a list of at most 8 objects with `issuer` and `subject`, both required.
 * - `status`, "active" (so too where it is absent), "suspended" or "removed". A new login that is
 *   suspended has its seat and clients suspended; one that was removed is passed over.
 * - `created_at`, `activated_at` (when it took up its clients), `last_sign_in`: milliseconds since
 *   1970 UTC, none ahead of now.
 * - `holder` (the holder's name), `phone`, `locale` ("es-MX"), `zone` ("America/New_York").
 *
 * A misspelt member is refused. A row is at most 1 MiB; 1,000 rows are committed at a time, and
 * each has an outcome of its own. A login is found again by its seat or clients, so that the same
 * file goes on where it stopped, and a later one brings what has changed there. Once its holder
 * has used a login here, by a sign-in, a reset or a password, rows give it further clients and no
 * more. A login that was removed from a client here is not made again; that of a seat is, unless
 * the seat has ended.
 *
 * Rows are skipped for: an external id that is not on file; a hash, an identity, or where practices
 * share a portal an address, that an admin states; a name or an identity that another login of the
 * portal has; a hash of an unknown form or of absurd cost; a suspension or removal of a login that
 * is here, whose holder is to be told: suspend the seat or client, or remove the login.
 * `progress` may be NULL; `import` may be NULL.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_login_import(admit_actor *actor,
                                const uint8_t *data,
                                size_t data_len,
                                admit_progress_fn progress,
                                void *progress_data,
                                admit_import **import,
                                admit_error **err);

/**
 * Makes a login by hand, for a client of the actor's practice or for a seat in it. The holder is
 * told that there is a temporary password, but not the password. Where the holder should choose
 * it, send an invitation instead.
 *
 * Where practices share a portal, staff are not told whether an address has a login at another
 * practice: one that they give becomes the login's once the link sent there is opened. User names
 * and identities are one for the whole portal, so that one is taken is told; an actor of the host
 * is told of an address too: keep that from the practices.
 *
 * `login` gets the new login, to be freed with `admit_login_free`; NULL if not wanted.
 * `password` gets the password that `generate_password` asks for, to be freed with
 * `admit_secret_free`: it is shown this once, and an answer that an idempotency key repeats has
 * NULL there. `password` may be NULL where none is generated, else ADMIT_MISUSE and nothing is
 * made. A temporary password is good for 72 hours and for one change.
 *
 * Answers ADMIT_INVALID for an input, ADMIT_NOT_PERMITTED for a hash or an identity that staff
 * state, ADMIT_NAME_TAKEN, ADMIT_IDENTITY_TAKEN, ADMIT_CLIENT_ALREADY_ACTIVATED, another
 * ADMIT_CLIENT_* that stands against inviting the client, and ADMIT_STATUS_NOT_ALLOWED for a seat that has a login or has ended. With a temporary
 * password also ADMIT_REASON_REQUIRED for the host; for a typed one ADMIT_SWITCHED_OFF or an
 * ADMIT_PASSWORD_*; ADMIT_TRY_LATER where too many passwords are being hashed.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_login_create(admit_actor *actor,
                                const admit_login_input *input,
                                admit_login **login,
                                admit_secret **password,
                                admit_error **err);

/**
 * Reads a login that has a seat or a client in the actor's practice, or is the actor itself.
 *
 * `login` gets it, to be freed with `admit_login_free`. One that was removed can still be read.
 * Where practices share a portal, staff see none of its external identities: an issuer would tell
 * at which other practice it was linked.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_login_get(admit_actor *actor,
                             const char *login_id,
                             admit_login **login,
                             admit_error **err);

/**
 * Changes the holder's own facts; what the input does not name stays. The login itself changes
 * them; the host may too, except the user name.
 *
 * A change of the user name ends the login's sessions, that of the actor too: it goes on with a
 * new actor of the epoch that `login` shows. `login` may be NULL; else free it with
 * `admit_login_free`. Answers ADMIT_INVALID for an input, ADMIT_CONFLICT and ADMIT_NAME_TAKEN.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_login_update(admit_actor *actor,
                                const char *login_id,
                                const admit_login_change_input *input,
                                admit_login **login,
                                admit_error **err);

/** Ends the lock and the waits after failed sign-ins, for all names of a login. */
ADMIT_API ADMIT_NODISCARD
admit_status admit_login_unlock(admit_actor *actor,
                                const char *login_id,
                                admit_error **err);

/**
 * Ends every session of a login, and kills the links that wait: signs out everywhere.
 *
 * `epoch` gets the epoch from which sessions count now, and may be NULL. A login that ends its
 * own sessions ends the one at hand too: an actor of the new epoch keeps it.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_login_end_sessions(admit_actor *actor,
                                      const char *login_id,
                                      uint32_t *epoch,
                                      admit_error **err);

/**
 * Ends what a login holds in the actor's practice: its ties to clients and its seats' holder.
 * Where it holds nothing in another practice, the login itself goes and its names are free again.
 *
 * `is_removed` gets 1 where the login itself went, and may be NULL. Where practices share a portal
 * it is 1 for an actor of the host alone: staff are not told whether another practice's people use
 * the login. Sessions end either way, and the holder is told where there is an address.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_login_remove(admit_actor *actor,
                                const char *login_id,
                                int32_t *is_removed,
                                admit_error **err);

/** Its id. */
ADMIT_API const char *admit_login_id(const admit_login *login);

/** The id of the portal at which it signs in. */
ADMIT_API const char *admit_login_portal_id(const admit_login *login);

/** The holder's name; NULL where it is not known. */
ADMIT_API const char *admit_login_holder(const admit_login *login);

/** The holder's phone; NULL where it is not known. */
ADMIT_API const char *admit_login_phone(const admit_login *login);

/** The holder's language; NULL where it is not known. */
ADMIT_API const char *admit_login_locale(const admit_login *login);

/** The holder's time zone; NULL where it is not known. */
ADMIT_API const char *admit_login_zone(const admit_login *login);

/** The sign-in name apart from the address, as it was typed; NULL where there is none. */
ADMIT_API const char *admit_login_username(const admit_login *login);

/** The address, also a sign-in name; NULL where there is none. */
ADMIT_API const char *admit_login_email(const admit_login *login);

/** 1 where a link of ours has proved the address. */
ADMIT_API int32_t admit_login_is_email_verified(const admit_login *login);

/** 1 where the login was removed: it signs in no more. */
ADMIT_API int32_t admit_login_is_removed(const admit_login *login);

/** What there is to sign in with. */
ADMIT_API admit_login_state_value admit_login_state(const admit_login *login);

/** Counts what ends sessions: a session of an earlier epoch is over. */
ADMIT_API uint32_t admit_login_epoch(const admit_login *login);

/** When it last signed in; 0 where it never did. */
ADMIT_API int64_t admit_login_last_sign_in(const admit_login *login);

/** When its temporary password lapses; 0 where it has none. */
ADMIT_API int64_t admit_login_temporary_until(const admit_login *login);

/** 1 where its password must be changed at the next sign-in: staff set it, or an import says so. */
ADMIT_API int32_t admit_login_must_change(const admit_login *login);

/** How many external identities it has. */
ADMIT_API size_t admit_login_identity_count(const admit_login *login);

/** Who vouches for one identity; NULL past the last. */
ADMIT_API const char *admit_login_identity_issuer(const admit_login *login, size_t at);

/** Whom one identity names there; NULL past the last. */
ADMIT_API const char *admit_login_identity_subject(const admit_login *login, size_t at);

/** How many seats it reaches in the actor's practice. */
ADMIT_API size_t admit_login_seat_count(const admit_login *login);

/** The practice of one seat; NULL past the last. */
ADMIT_API const char *admit_login_seat_practice_id(const admit_login *login, size_t at);

/** The id of one seat; NULL past the last. */
ADMIT_API const char *admit_login_seat_staff_id(const admit_login *login, size_t at);

/** What one seat is for. */
ADMIT_API admit_role admit_login_seat_role(const admit_login *login, size_t at);

/** Whether one seat may work yet. */
ADMIT_API admit_approval admit_login_seat_approval(const admit_login *login, size_t at);

/** How many clients it reaches in the actor's practice. */
ADMIT_API size_t admit_login_client_count(const admit_login *login);

/** The practice of one client; NULL past the last. */
ADMIT_API const char *admit_login_client_practice_id(const admit_login *login, size_t at);

/** The id of one client; NULL past the last. */
ADMIT_API const char *admit_login_client_id(const admit_login *login, size_t at);

/** 1 where the login is the guardian of one client, 0 where it is the client itself. */
ADMIT_API int32_t admit_login_client_is_guardian(const admit_login *login, size_t at);

/** When it was made. */
ADMIT_API int64_t admit_login_created_at(const admit_login *login);

/** When it last changed. */
ADMIT_API int64_t admit_login_updated_at(const admit_login *login);

/** Counts its changes, from 1 on. */
ADMIT_API uint64_t admit_login_revision(const admit_login *login);

/** The whole login as JSON, without password or hash. Lives as long as the login. */
ADMIT_API const char *admit_login_json(const admit_login *login);

/** Frees a login. NULL is fine. */
ADMIT_API void admit_login_free(admit_login *login);

/**
 * Signs in by name and password, at the portal of the visitor's practice.
 *
 * `name` is an address or a user name as it was typed. `device_token` is what
 * `admit_session_device_token` gave this device the last time, or NULL: a device that is known
 * does not wait for the failures of others. `session` gets the session, to be freed with
 * `admit_session_free`.
 *
 * Answers ADMIT_SIGN_IN_FAILED for everything that is wrong, in the same time: an unknown name, a
 * wrong password, a temporary one that has lapsed, a login that reaches nothing. Answers
 * ADMIT_TRY_LATER after failures, whether or not the name exists: `admit_error_retry_after_ms`
 * says when. From the fifth failure on each wait doubles, and the tenth locks for an hour.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_login_sign_in(admit_actor *actor,
                                 const char *name,
                                 const char *password,
                                 const char *device_token,
                                 admit_session **session,
                                 admit_error **err);

/**
 * Signs in somebody whom the host has verified elsewhere, such as by OpenID Connect. For the
 * host alone.
 *
 * `session` gets the session, to be freed with `admit_session_free`. Answers
 * ADMIT_SIGN_IN_FAILED where no login has the identity or it reaches nothing, and
 * ADMIT_SIGN_IN_METHOD_NOT_ALLOWED where it reaches something by password alone.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_login_sign_in_external(admit_actor *actor,
                                          const admit_identity *identity,
                                          admit_session **session,
                                          admit_error **err);

/** Who is signed in. */
ADMIT_API const char *admit_session_login_id(const admit_session *session);

/** The epoch of the session, for `admit_actor_login`. */
ADMIT_API uint32_t admit_session_epoch(const admit_session *session);

/**
 * 1 where the password is temporary: the session may do nothing but change it, by
 * `admit_login_change_password`.
 */
ADMIT_API int32_t admit_session_must_change(const admit_session *session);

/** When the login had signed in before; 0 where it never did. */
ADMIT_API int64_t admit_session_last_sign_in(const admit_session *session);

/**
 * What the device keeps for its next sign-in; no credential, but secret. NULL where there is
 * none. Lives as long as the session, and is wiped with it.
 */
ADMIT_API const char *admit_session_device_token(const admit_session *session);

/** How many seats it reaches, in all practices of the portal. */
ADMIT_API size_t admit_session_seat_count(const admit_session *session);

/** The practice of one seat; NULL past the last. */
ADMIT_API const char *admit_session_seat_practice_id(const admit_session *session, size_t at);

/** The id of one seat; NULL past the last. */
ADMIT_API const char *admit_session_seat_staff_id(const admit_session *session, size_t at);

/** What one seat is for. */
ADMIT_API admit_role admit_session_seat_role(const admit_session *session, size_t at);

/** Whether one seat may work yet. */
ADMIT_API admit_approval admit_session_seat_approval(const admit_session *session, size_t at);

/** How many clients it reaches, in all practices of the portal. */
ADMIT_API size_t admit_session_client_count(const admit_session *session);

/** The practice of one client; NULL past the last. */
ADMIT_API const char *admit_session_client_practice_id(const admit_session *session, size_t at);

/** The id of one client; NULL past the last. */
ADMIT_API const char *admit_session_client_id(const admit_session *session, size_t at);

/** 1 where the login is the guardian of one client, 0 where it is the client itself. */
ADMIT_API int32_t admit_session_client_is_guardian(const admit_session *session, size_t at);

/** The whole session as JSON, without the device's token. Lives as long as the session. */
ADMIT_API const char *admit_session_json(const admit_session *session);

/**
 * Frees what a sign-in answered with, and wipes the device's token; the session goes on. NULL is
 * fine.
 */
ADMIT_API void admit_session_free(admit_session *session);

/**
 * Changes the password of the login that acts. Its other sessions end, and the links that wait
 * die; the holder is told.
 *
 * `epoch` gets the epoch with which the session at hand goes on, as a new actor, and may be NULL.
 * Answers ADMIT_SIGN_IN_FAILED for a wrong `current_password`, which counts like a failed
 * sign-in, ADMIT_TRY_LATER after failures, and an ADMIT_PASSWORD_* for the new one.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_login_change_password(admit_actor *actor,
                                         const char *current_password,
                                         const char *new_password,
                                         uint32_t *epoch,
                                         admit_error **err);

/**
 * Sets a password that its holder must change at the next sign-in, within 72 hours. It ends every
 * session and every lock, and the holder is told, but not the password. The host gives a reason.
 *
 * `typed` is the password, where the practice's settings let staff choose it; NULL generates one.
 * `password` gets the generated one, to be freed with `admit_secret_free`: it is shown this once.
 * Where `typed` is given `password` may be NULL, else ADMIT_MISUSE and nothing is set. Answers
 * ADMIT_SWITCHED_OFF or an ADMIT_PASSWORD_* for a typed one.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_login_set_temporary_password(admit_actor *actor,
                                                const char *login_id,
                                                const char *typed,
                                                admit_secret **password,
                                                admit_error **err);

/**
 * Asks for a link to choose a new password, by whatever a visitor typed as a name.
 *
 * Nothing in the answer depends on the name: ADMIT_OK whether or not it exists, with the same
 * work and the same rows. Who has a login gets the link; who was invited, or is a client without
 * a login, is told so instead.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_login_request_reset(admit_actor *actor,
                                       const char *name,
                                       admit_error **err);

/**
 * Sends a login the link to choose a new password: for those who may see the login, who unlike a
 * visitor are told why it cannot be done. A visitor, who asks by `admit_login_request_reset`, gets
 * ADMIT_NOT_PERMITTED for every id. Answers ADMIT_NOT_REACHABLE for one without an address, and
 * ADMIT_TOO_MANY_MESSAGES.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_login_request_reset_for(admit_actor *actor,
                                           const char *login_id,
                                           admit_error **err);

/**
 * Chooses a new password by the link that was sent. Every session and every lock of the login
 * ends, its other links die, and the holder is told. It makes no session: sign in next.
 *
 * `source` is whence the bearer of the link calls, and may be NULL. `token` is what the link
 * carries. `done` says whose password it is, to be freed with `admit_login_done_free`; NULL if
 * not wanted. Answers ADMIT_LINK_INVALID, ADMIT_LINK_USED, ADMIT_LINK_SUPERSEDED or
 * ADMIT_LINK_EXPIRED for the link, and an ADMIT_PASSWORD_* for the password, which leaves the
 * link as it was.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_login_reset(admit_store *store,
                               const admit_source *source,
                               const char *token,
                               const char *password,
                               admit_login_done **done,
                               admit_error **err);

/**
 * Asks to move a login to another address: a link is sent there, and the login moves once it is
 * opened (`admit_login_confirm_address`). Until then nothing changes, and whether the address is
 * taken is not told. For the login itself, and for the host.
 *
 * `password` is the present one; NULL for the host alone, where it has proved the holder itself.
 * Answers ADMIT_INVALID for an input or a login that leaves its password out,
 * ADMIT_SIGN_IN_FAILED for a wrong password, which counts like a failed sign-in, ADMIT_TRY_LATER
 * after failures, and ADMIT_TOO_MANY_MESSAGES.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_login_request_address_change(admit_actor *actor,
                                                const char *login_id,
                                                const char *address,
                                                const char *password,
                                                admit_error **err);

/**
 * Sends the link that proves the address on file. Answers ADMIT_NOT_REACHABLE for a login
 * without an address, and ADMIT_TOO_MANY_MESSAGES.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_login_request_address_confirmation(admit_actor *actor,
                                                      const char *login_id,
                                                      admit_error **err);

/**
 * Proves an address by the link that was sent there, and moves the login to it if that is what
 * the link was for: then its sessions end, and the old address is told. The address of a place
 * that an open link holds (`admit_open_link_accept`) makes the login, and lets it in. Of what
 * `admit_client_register` held, client and login are made now. A login of the address that holds
 * no seat and no client any more, and so lets nobody in, gives way to each of these and is gone.
 * A user name that was the old address goes with it.
 *
 * `source` is whence the bearer of the link calls, and may be NULL. `token` is what the link
 * carries. `done` says whose address it is, to be freed with `admit_login_done_free`; NULL if not
 * wanted. Answers ADMIT_LINK_INVALID, ADMIT_LINK_USED, ADMIT_LINK_SUPERSEDED or
 * ADMIT_LINK_EXPIRED for the link, and ADMIT_NAME_TAKEN where another login has the address, or the
 * user name of a registration. For a place also ADMIT_LINK_REVOKED, where its open link was
 * withdrawn, or the practice or the inviter is suspended; ADMIT_LOGIN_PROOF_REQUIRED where a login
 * has the address, which comes in by the open link once it is signed in; ADMIT_IDENTITY_TAKEN. For a
 * registration also ADMIT_SWITCHED_OFF. None uses it up.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_login_confirm_address(admit_store *store,
                                         const admit_source *source,
                                         const char *token,
                                         admit_login_done **done,
                                         admit_error **err);

/** The login that the link was for. */
ADMIT_API const char *admit_login_done_login_id(const admit_login_done *done);

/** The practice in whose words the link was sent: where to go on. */
ADMIT_API const char *admit_login_done_practice_id(const admit_login_done *done);

/** The epoch from which sessions count now: those of an earlier one are over. */
ADMIT_API uint32_t admit_login_done_epoch(const admit_login_done *done);

/** The whole object as JSON. Lives as long as the object. */
ADMIT_API const char *admit_login_done_json(const admit_login_done *done);

/** Frees it. NULL is fine. */
ADMIT_API void admit_login_done_free(admit_login_done *done);

/**
 * Lets a login sign in by an external identity too, which the host has verified before the call.
 * For the login itself, and for the host. Its sessions go on. An identity that it has stays.
 *
 * `password` is the present one; NULL for the host alone, where it has proved the holder itself.
 * `epoch` gets the epoch of the login's sessions, and may be NULL. Answers ADMIT_INVALID for an
 * input or a login that leaves its password out, ADMIT_SIGN_IN_FAILED for a wrong password, which
 * counts like a failed sign-in, ADMIT_TRY_LATER after failures, ADMIT_LIMIT_REACHED after 8
 * identities, and ADMIT_IDENTITY_TAKEN where another login of the portal has it.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_login_link_identity(admit_actor *actor,
                                       const char *login_id,
                                       const admit_identity *identity,
                                       const char *password,
                                       uint32_t *epoch,
                                       admit_error **err);

/**
 * Takes an external identity from a login. Every session of it ends, for one may have begun by
 * that identity: the session at hand goes on as a new actor of `epoch`. For the login itself, and
 * for the host.
 *
 * `password` is the present one; NULL for the host alone, where it has proved the holder itself.
 * `epoch` gets the epoch from which sessions count now, and may be NULL. Answers
 * ADMIT_NOT_FOUND for an identity that the login has not, ADMIT_STATUS_NOT_ALLOWED for the last
 * way in (there is no other identity, and no password with a name that its practices let it sign
 * in with), and for the password as `admit_login_link_identity`.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_login_unlink_identity(admit_actor *actor,
                                         const char *login_id,
                                         const admit_identity *identity,
                                         const char *password,
                                         uint32_t *epoch,
                                         admit_error **err);

/** The secret itself. Lives as long as the object: show it, do not keep it. */
ADMIT_API const char *admit_secret_text(const admit_secret *secret);

/** Wipes a secret and frees it. NULL is fine. */
ADMIT_API void admit_secret_free(admit_secret *secret);

/* Deletion
 * ======== */
/* Planned, confirmed, and carried out here and at the host; a hold keeps a client from it. */

/** What the host itself counts, such as open orders. Start from ADMIT_HOST_FACT_INIT. */
typedef struct {
  /** sizeof(admit_host_fact). */
  size_t size;
  /**
   * The kind of thing, as the product's script names it: 1 to 64 letters, digits and the sign
   * _. Required.
   */
  const char *kind;
  /** How many there are. */
  uint32_t count;
} admit_host_fact;
#define ADMIT_HOST_FACT_INIT {sizeof(admit_host_fact), NULL, 0}

/** A deletion to plan. Start from ADMIT_DELETION_INPUT_INIT. */
typedef struct {
  /** sizeof(admit_deletion_input). */
  size_t size;
  /** The client whom it is about; one of this, `staff_id` and `login_id` is required. */
  const char *client_id;
  /** The seat that it is about. */
  const char *staff_id;
  /** The login that is to leave the practice. */
  const char *login_id;
  /** What is wanted, an admit_deletion_wanted. Required. */
  int32_t wanted;
  /** What the host itself counts, each kind once. */
  const admit_host_fact *const *host_facts;
  /** How many kinds there are, at most 64. */
  size_t host_fact_count;
} admit_deletion_input;
#define ADMIT_DELETION_INPUT_INIT {sizeof(admit_deletion_input), NULL, NULL, NULL, 0, NULL, 0}

/** A plan to confirm. Start from ADMIT_DELETION_CONFIRM_INPUT_INIT. */
typedef struct {
  /** sizeof(admit_deletion_confirm_input). */
  size_t size;
  /** The token of the plan. Required. */
  const char *token;
  /** What the host itself counts now, each kind once. */
  const admit_host_fact *const *host_facts;
  /** How many kinds there are, at most 64. */
  size_t host_fact_count;
  /** Makes the call repeatable for 7 days; NULL for none. */
  const char *idempotency_key;
} admit_deletion_confirm_input;
#define ADMIT_DELETION_CONFIRM_INPUT_INIT {sizeof(admit_deletion_confirm_input), NULL, NULL, 0, NULL}

/** A hold to place. Start from ADMIT_HOLD_INPUT_INIT. */
typedef struct {
  /** sizeof(admit_hold_input). */
  size_t size;
  /** The client whom it holds. Required. */
  const char *client_id;
  /**
   * Why, for programs, such as "legal_dispute": 1 to 64 letters, digits and the sign _.
   * Required.
   */
  const char *ground;
  /** Why, for people, one line; NULL for none. */
  const char *note;
  /** Makes the call repeatable for 7 days; NULL for none. */
  const char *idempotency_key;
} admit_hold_input;
#define ADMIT_HOLD_INPUT_INIT {sizeof(admit_hold_input), NULL, NULL, NULL, NULL}

/**
 * Asks what may be deleted of a client, a seat or a login, and what would go. It changes nothing.
 * A no, of the product's script or of a hold, is a verdict and no error.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_deletion_plan(admit_actor *actor,
                                 const admit_deletion_input *input,
                                 admit_plan **plan,
                                 admit_error **err);

/**
 * Carries out a plan, by the actor who made it; the host gives a reason in the actor's source.
 * `confirmed` may be NULL.
 *
 * Answers ADMIT_PLAN_CHANGED where the subject, the practice's settings, the script in force, the
 * host's counts or the verdict are not as planned, ADMIT_PLAN_EXPIRED after 15 minutes,
 * ADMIT_ALREADY_ENDED for a plan that was used, ADMIT_POLICY_DENIED with the reasons of a no,
 * ADMIT_LAST_ADMIN for the last admin who would leave, and ADMIT_HELD where the policy retains the
 * client, whom a hold then keeps.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_deletion_confirm(admit_actor *actor,
                                    const admit_deletion_confirm_input *input,
                                    admit_confirmed **confirmed,
                                    admit_error **err);

/**
 * Calls a deletion off that waits: the client has the status again that it had before. Answers
 * ADMIT_STATUS_NOT_ALLOWED where none waits.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_deletion_call_off(admit_actor *actor,
                                     const char *client_id,
                                     admit_error **err);

/**
 * Says that the host has erased its half: the order is done and keeps nothing personal, and the
 * client and whoever asked are told. Answers ADMIT_ALREADY_ENDED.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_deletion_done(admit_actor *actor,
                                 const char *erase_order_id,
                                 admit_error **err);

/** Reads an erase order. */
ADMIT_API ADMIT_NODISCARD
admit_status admit_erase_order_get(admit_actor *actor,
                                   const char *erase_order_id,
                                   admit_erase_order **order,
                                   admit_error **err);

/**
 * Lists the practice's erase orders, oldest first. `state` is an admit_erase_order_state_value, 0
 * for all. `after` is the cursor of the page before and may be NULL; `limit` is at most 500, 0 for
 * 50.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_erase_order_list(admit_actor *actor,
                                    int32_t state,
                                    const char *after,
                                    uint32_t limit,
                                    admit_erase_order_page **page,
                                    admit_error **err);

/** Certifies what became of a deletion, here and at the host. */
ADMIT_API ADMIT_NODISCARD
admit_status admit_certificate_get(admit_actor *actor,
                                   const char *erase_order_id,
                                   admit_certificate **certificate,
                                   admit_error **err);

/**
 * Holds a client: while a hold stands, nothing about the client is deleted. The host gives a
 * reason in the actor's source. `hold` may be NULL.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_hold_place(admit_actor *actor,
                              const admit_hold_input *input,
                              admit_hold **hold,
                              admit_error **err);

/**
 * Lifts a hold; the client's others stand. The host gives a reason in the actor's source. Answers
 * ADMIT_ALREADY_ENDED.
 */
ADMIT_API ADMIT_NODISCARD admit_status admit_hold_lift(admit_actor *actor, const char *hold_id, admit_error **err);

/** Lists all holds of a client, lifted ones too, oldest first. */
ADMIT_API ADMIT_NODISCARD
admit_status admit_hold_list(admit_actor *actor,
                             const char *client_id,
                             admit_hold_page **page,
                             admit_error **err);

/** What was done: erased, login removed, left, or put off. */
ADMIT_API admit_deletion_verdict admit_confirmed_verdict(const admit_confirmed *confirmed);

/** The order for the host's half; NULL unless the client is erased. */
ADMIT_API const char *admit_confirmed_erase_order_id(const admit_confirmed *confirmed);

/** The login that was removed; NULL unless that was done. */
ADMIT_API const char *admit_confirmed_login_id(const admit_confirmed *confirmed);

/** When the client is erased, unless that is called off; 0 unless it was put off. */
ADMIT_API int64_t admit_confirmed_until(const admit_confirmed *confirmed);

/** The whole object as JSON. Lives as long as the object. */
ADMIT_API const char *admit_confirmed_json(const admit_confirmed *confirmed);

/** Frees it. NULL is fine. */
ADMIT_API void admit_confirmed_free(admit_confirmed *confirmed);

/** Its id. */
ADMIT_API const char *admit_hold_id(const admit_hold *hold);

/** Whom it holds. */
ADMIT_API const char *admit_hold_client_id(const admit_hold *hold);

/** Why, for programs. */
ADMIT_API const char *admit_hold_ground(const admit_hold *hold);

/** Why, for people; NULL where nothing was said. */
ADMIT_API const char *admit_hold_note(const admit_hold *hold);

/** When it was placed. */
ADMIT_API int64_t admit_hold_placed_at(const admit_hold *hold);

/** When it was lifted; 0 while it stands. */
ADMIT_API int64_t admit_hold_lifted_at(const admit_hold *hold);

/** The whole object as JSON. Lives as long as the object. */
ADMIT_API const char *admit_hold_json(const admit_hold *hold);

/** Frees it. NULL is fine; what is on a page is freed with the page. */
ADMIT_API void admit_hold_free(admit_hold *hold);

/** How many are on the page. */
ADMIT_API size_t admit_hold_page_len(const admit_hold_page *page);

/** One of the page, which lives as long as the page; NULL past its end. */
ADMIT_API const admit_hold *admit_hold_page_at(const admit_hold_page *page, size_t at);

/** The cursor of the next page; NULL at the end. Lives as long as the page. */
ADMIT_API const char *admit_hold_page_next(const admit_hold_page *page);

/** Frees a page and what is on it. NULL is fine. */
ADMIT_API void admit_hold_page_free(admit_hold_page *page);

/** Its id. */
ADMIT_API const char *admit_erase_order_id(const admit_erase_order *order);

/** The random id that the client had. */
ADMIT_API const char *admit_erase_order_client_id(const admit_erase_order *order);

/** The host's own key of the client; NULL where there was none, and once the order is done. */
ADMIT_API const char *admit_erase_order_external_id(const admit_erase_order *order);

/** How many further identifiers the client had; 0 once the order is done. */
ADMIT_API size_t admit_erase_order_identifier_count(const admit_erase_order *order);

/** Who gives an identifier; NULL where that is not known, and past the end. */
ADMIT_API
const char *admit_erase_order_identifier_system(const admit_erase_order *order,
                                                size_t at);

/** An identifier; NULL past the end. */
ADMIT_API const char *admit_erase_order_identifier_value(const admit_erase_order *order, size_t at);

/** How many items with keys of the host's own the client had; 0 once the order is done. */
ADMIT_API size_t admit_erase_order_item_count(const admit_erase_order *order);

/** What an item was, in the product's own word; NULL past the end. */
ADMIT_API const char *admit_erase_order_item_kind(const admit_erase_order *order, size_t at);

/** The host's own key of an item; NULL past the end. */
ADMIT_API const char *admit_erase_order_item_external_id(const admit_erase_order *order, size_t at);

/** Whether the host has erased its half. */
ADMIT_API admit_erase_order_state_value admit_erase_order_state(const admit_erase_order *order);

/** Which policy allowed it, such as "product-3". */
ADMIT_API const char *admit_erase_order_version(const admit_erase_order *order);

/** When the client was erased here. */
ADMIT_API int64_t admit_erase_order_created_at(const admit_erase_order *order);

/** When the host said that its half is gone; 0 while it has not. */
ADMIT_API int64_t admit_erase_order_done_at(const admit_erase_order *order);

/** The whole object as JSON. Lives as long as the object. */
ADMIT_API const char *admit_erase_order_json(const admit_erase_order *order);

/** Frees it. NULL is fine; what is on a page is freed with the page. */
ADMIT_API void admit_erase_order_free(admit_erase_order *order);

/** How many are on the page. */
ADMIT_API size_t admit_erase_order_page_len(const admit_erase_order_page *page);

/** One of the page, which lives as long as the page; NULL past its end. */
ADMIT_API
const admit_erase_order *admit_erase_order_page_at(const admit_erase_order_page *page,
                                                   size_t at);

/** The cursor of the next page; NULL at the end. Lives as long as the page. */
ADMIT_API const char *admit_erase_order_page_next(const admit_erase_order_page *page);

/** Frees a page and what is on it. NULL is fine. */
ADMIT_API void admit_erase_order_page_free(admit_erase_order_page *page);

/** The order that it is about. */
ADMIT_API const char *admit_certificate_erase_order_id(const admit_certificate *certificate);

/** The random id that the client had. */
ADMIT_API const char *admit_certificate_client_id(const admit_certificate *certificate);

/** When the client was erased here. */
ADMIT_API int64_t admit_certificate_deleted_at(const admit_certificate *certificate);

/** When the host said that its half is gone; 0 while it has not. */
ADMIT_API int64_t admit_certificate_host_deleted_at(const admit_certificate *certificate);

/**
 * When the file was written anew without the erased bytes; 0 while it was not. The notice that
 * tells of the deletion is kept for 7 days, and no scrub before that counts.
 */
ADMIT_API int64_t admit_certificate_scrubbed_at(const admit_certificate *certificate);

/** How many of a noun, an admit_noun, went here. */
ADMIT_API uint32_t admit_certificate_gone(const admit_certificate *certificate, int32_t noun);

/** Which policy allowed it, such as "product-3". */
ADMIT_API const char *admit_certificate_version(const admit_certificate *certificate);

/** The whole object as JSON. Lives as long as the object. */
ADMIT_API const char *admit_certificate_json(const admit_certificate *certificate);

/** Frees it. NULL is fine. */
ADMIT_API void admit_certificate_free(admit_certificate *certificate);

/** What may be done. */
ADMIT_API admit_deletion_verdict admit_plan_verdict(const admit_plan *plan);

/** How many reasons there are; 0 unless the verdict is no. */
ADMIT_API size_t admit_plan_reason_count(const admit_plan *plan);

/**
 * The code of a reason, for programs: of the product's script, or the library's own "hold",
 * "no_policy", "policy_failed" and "not_applicable". NULL past the end.
 */
ADMIT_API const char *admit_plan_reason_code(const admit_plan *plan, size_t at);

/** The sentence of a reason, for people; NULL past the end. */
ADMIT_API const char *admit_plan_reason_text(const admit_plan *plan, size_t at);

/** After how many days the client is erased; 0 unless the verdict is to wait. */
ADMIT_API uint32_t admit_plan_days(const admit_plan *plan);

/** The ground on which the client is retained; NULL unless that is the verdict. */
ADMIT_API const char *admit_plan_ground(const admit_plan *plan);

/** How many of a noun, an admit_noun, would go or end. */
ADMIT_API uint32_t admit_plan_would_go(const admit_plan *plan, int32_t noun);

/** Which policy decided, such as "product-3". */
ADMIT_API const char *admit_plan_version(const admit_plan *plan);

/** Confirms the plan, once, by the same actor. It is not in the JSON. */
ADMIT_API const char *admit_plan_token(const admit_plan *plan);

/** Until when the plan can be confirmed: 15 minutes after it was made. */
ADMIT_API int64_t admit_plan_expires_at(const admit_plan *plan);

/** The whole object as JSON, but for the token. Lives as long as the object. */
ADMIT_API const char *admit_plan_json(const admit_plan *plan);

/** Frees it. NULL is fine. */
ADMIT_API void admit_plan_free(admit_plan *plan);

/* Items
 * ===== */
/* What the product holds about a client: what it is and where it stands, never its content. */

/** An item to tell of. Start from ADMIT_ITEM_INPUT_INIT. */
typedef struct {
  /** sizeof(admit_item_input). */
  size_t size;
  /** About whom. Required. */
  const char *client_id;
  /**
   * What it is, in the product's own word: 1 to 32 lower-case letters, digits and `_`, such as
   * "kit", "sample" or "result"; at most 64 kinds for one client. Required.
   */
  const char *kind;
  /**
   * The host's own key, unique among the practice's items; NULL for none, and then it is a new
   * item each time.
   */
  const char *external_id;
  /**
   * Where it stands, in the product's own word, of the same form as the kind; NULL leaves that.
   * "received" and "ready" are told to people.
   */
  const char *status;
  /** Makes the call repeatable for 7 days; NULL for none. */
  const char *idempotency_key;
} admit_item_input;
#define ADMIT_ITEM_INPUT_INIT {sizeof(admit_item_input), NULL, NULL, NULL, NULL, NULL}

/**
 * Which items of a client, and which page of them. Start from ADMIT_ITEM_QUERY_INIT; NULL and 0
 * show all, and what is named must all hold.
 */
typedef struct {
  /** sizeof(admit_item_query). */
  size_t size;
  /** Whose. Required. */
  const char *client_id;
  /** Of which kind. */
  const char *kind;
  /** In which status. */
  const char *status;
  /** The cursor of the page before, under the same filters; NULL for the first. */
  const char *after;
  /** How many items, at most 500; 0 is 50. */
  uint32_t limit;
  /** Must be 0. */
  uint32_t reserved;
} admit_item_query;
#define ADMIT_ITEM_QUERY_INIT {sizeof(admit_item_query), NULL, NULL, NULL, NULL, 0, 0}

/**
 * Tells of an item: makes it, or finds it by its external id and changes kind and status. A
 * client and its guardians tell of what is their own; where it stands, and changes, are the
 * practice's to tell. `item` may be NULL. Answers ADMIT_EXTERNAL_ID_TAKEN where another client
 * has the item, and ADMIT_LIMIT_REACHED for more than 10,000 items of one client.
 *
 * The first time that an item is "received" or "ready", everyone with access to the client and
 * the client are told, in the same commit.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_item_put(admit_actor *actor,
                            const admit_item_input *input,
                            admit_item **item,
                            admit_error **err);

/**
 * Moves an item to another status, a word of the product's own; who is told is as with
 * `admit_item_put`. The same status again is nothing new. `item` may be NULL.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_item_set_status(admit_actor *actor,
                                   const char *item_id,
                                   const char *status,
                                   admit_item **item,
                                   admit_error **err);

/** Forgets an item. Policies of deletion go on knowing that there was one of its kind. */
ADMIT_API ADMIT_NODISCARD
admit_status admit_item_remove(admit_actor *actor,
                               const char *item_id,
                               admit_error **err);

/** Shows an item. */
ADMIT_API ADMIT_NODISCARD
admit_status admit_item_get(admit_actor *actor,
                            const char *item_id,
                            admit_item **item,
                            admit_error **err);

/** Finds an item by the host's own key. */
ADMIT_API ADMIT_NODISCARD
admit_status admit_item_get_by_external_id(admit_actor *actor,
                                           const char *external_id,
                                           admit_item **item,
                                           admit_error **err);

/** Lists the items of a client, newest first. */
ADMIT_API ADMIT_NODISCARD
admit_status admit_item_list(admit_actor *actor,
                             const admit_item_query *query,
                             admit_item_page **page,
                             admit_error **err);

/** Its id. */
ADMIT_API const char *admit_item_id(const admit_item *item);

/** About whom. */
ADMIT_API const char *admit_item_client_id(const admit_item *item);

/** What it is, in the product's own word. */
ADMIT_API const char *admit_item_kind(const admit_item *item);

/** The host's own key; NULL where there is none. */
ADMIT_API const char *admit_item_external_id(const admit_item *item);

/** Where it stands, in the product's own word; NULL where it stands nowhere. */
ADMIT_API const char *admit_item_status(const admit_item *item);

/** When it first was "received"; 0 where it was not yet. */
ADMIT_API int64_t admit_item_received_at(const admit_item *item);

/** When it first was "ready"; 0 where it was not yet. */
ADMIT_API int64_t admit_item_ready_at(const admit_item *item);

/** When it was told of first. */
ADMIT_API int64_t admit_item_created_at(const admit_item *item);

/** When it last changed. */
ADMIT_API int64_t admit_item_updated_at(const admit_item *item);

/** The whole object as JSON. Lives as long as the object. */
ADMIT_API const char *admit_item_json(const admit_item *item);

/** Frees it. NULL is fine; what is on a page is freed with the page. */
ADMIT_API void admit_item_free(admit_item *item);

/** How many are on the page. */
ADMIT_API size_t admit_item_page_len(const admit_item_page *page);

/** One of the page, which lives as long as the page; NULL past its end. */
ADMIT_API const admit_item *admit_item_page_at(const admit_item_page *page, size_t at);

/** The cursor of the next page; NULL at the end. Lives as long as the page. */
ADMIT_API const char *admit_item_page_next(const admit_item_page *page);

/** Frees a page and what is on it. NULL is fine. */
ADMIT_API void admit_item_page_free(admit_item_page *page);

/* The outbox
 * ========== */
/* Messages wait here: the host claims them, sends them, and says what became of each. */

/** `flags` of admit_claim: no words are made, for the host makes them itself of the facts. */
#define ADMIT_CLAIM_FACTS 1

/** What a worker asks of the outbox. Start from ADMIT_CLAIM_INIT. */
typedef struct {
  /** sizeof(admit_claim). */
  size_t size;
  /** How many messages, at most 100; 0 is 100. */
  uint32_t limit;
  /** ADMIT_CLAIM_* bits. */
  uint32_t flags;
  /** How long they stay with the worker, in milliseconds: 1 second to 1 hour; 0 is 5 minutes. */
  int64_t lease_ms;
} admit_claim;
#define ADMIT_CLAIM_INIT {sizeof(admit_claim), 0, 0, 0}

/**
 * Which messages, and which page of them. Start from ADMIT_OUTBOX_QUERY_INIT; 0 and NULL show
 * all, and what is named must all hold.
 */
typedef struct {
  /** sizeof(admit_outbox_query). */
  size_t size;
  /** The cursor of the page before, under the same filters; NULL for the first. */
  const char *after;
  /** How many messages, at most 500; 0 is 50. */
  uint32_t limit;
  /** An admit_delivery_state_value. */
  int32_t state;
  /** What `subject_id` is, an admit_noun. */
  int32_t subject_noun;
  /** Must be 0. */
  int32_t reserved;
  /** About which client, seat, login or invitation. */
  const char *subject_id;
} admit_outbox_query;
#define ADMIT_OUTBOX_QUERY_INIT {sizeof(admit_outbox_query), NULL, 0, 0, 0, 0, NULL}

/** A fact of a notice of the product's own. Start from ADMIT_NOTICE_FACT_INIT. */
typedef struct {
  /** sizeof(admit_notice_fact). */
  size_t size;
  /** The script gets it as notice.own.NAME: 1 to 64 letters, digits and _. Required. */
  const char *name;
  /** Up to 2,000 characters, line breaks allowed. Required. */
  const char *text;
} admit_notice_fact;
#define ADMIT_NOTICE_FACT_INIT {sizeof(admit_notice_fact), NULL, NULL}

/** A notice of the product's own. Start from ADMIT_NOTICE_INPUT_INIT. */
typedef struct {
  /** sizeof(admit_notice_input). */
  size_t size;
  /**
   * What it tells: x_ and then lower-case letters, digits and _, at most 32 characters.
   * Required.
   */
  const char *kind;
  /** The client who is told. Required where there is no seat. */
  const char *client_id;
  /** The seat that is told, and no client. */
  const char *staff_id;
  /** What the script gets. */
  const admit_notice_fact *const *facts;
  /** How many facts there are, at most 16. */
  size_t fact_count;
  /** Makes the call repeatable for 7 days; NULL for none. */
  const char *idempotency_key;
} admit_notice_input;
#define ADMIT_NOTICE_INPUT_INIT {sizeof(admit_notice_input), NULL, NULL, NULL, NULL, 0, NULL}

/**
 * Hands messages that are due to a worker until their leases end: words, links and all. A store
 * call. `claim` may be NULL.
 *
 * What is no longer true by then is dropped instead: a link that died, a client that gets no
 * notices, a practice without a link template. `page` gets what there was, empty where nothing is
 * due, to be freed with `admit_claimed_page_free`, which wipes it. Send each and say so with
 * `admit_outbox_handed_over` or `admit_outbox_failed` before its lease ends, or another worker
 * gets it: delivery is at least once, and the delivery key tells repetitions apart.
 *
 * Answers ADMIT_INVALID for a lease out of range.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_outbox_claim(admit_store *store,
                                const admit_claim *claim,
                                admit_claimed_page **page,
                                admit_error **err);

/**
 * Says that the mail server took a message: this ends the lease, and it is never claimed again.
 * A store call. `attempt` is what `admit_claimed_attempt` answered.
 *
 * Answers ADMIT_LEASE_LOST where a later attempt has it, and ADMIT_MESSAGE_CLOSED where it has
 * come to an end.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_outbox_handed_over(admit_store *store,
                                      const char *message_id,
                                      uint32_t attempt,
                                      admit_error **err);

/**
 * Says that a message arrived; this counts from any attempt that there was, also after another
 * report. A store call. Answers ADMIT_LEASE_LOST for an attempt that never was, and
 * ADMIT_MESSAGE_CLOSED where it was dropped or has arrived.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_outbox_delivered(admit_store *store,
                                    const char *message_id,
                                    uint32_t attempt,
                                    admit_error **err);

/**
 * Says that a message came back: it will not arrive. A store call. `detail` is the mail server's
 * code, one line with nothing personal, which the timeline keeps; `detail` may be NULL. Answers
 * as `admit_outbox_handed_over`.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_outbox_bounced(admit_store *store,
                                  const char *message_id,
                                  uint32_t attempt,
                                  const char *detail,
                                  admit_error **err);

/**
 * Says that an attempt failed: the message is due again at `retry_at`, or has failed for good
 * where that is 0 and after 20 attempts. A store call. `detail` is a code, one line with nothing
 * personal, which the timeline keeps; `detail` may be NULL. Answers as `admit_outbox_handed_over`.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_outbox_failed(admit_store *store,
                                 const char *message_id,
                                 uint32_t attempt,
                                 int64_t retry_at,
                                 const char *detail,
                                 admit_error **err);

/**
 * Reads a message of the actor's practice: where it stands and what became of it, without its
 * words. `message` gets it, to be freed with `admit_message_free`.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_outbox_get(admit_actor *actor,
                              const char *message_id,
                              admit_message **message,
                              admit_error **err);

/**
 * Shows what a message would say if it were claimed now, with a placeholder for its link.
 * `preview` gets the words, to be freed with `admit_preview_free`.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_outbox_preview(admit_actor *actor,
                                  const char *message_id,
                                  admit_preview **preview,
                                  admit_error **err);

/**
 * Lists the messages of the actor's practice that the actor may read, latest first. `query` may
 * be NULL. `page` gets them, to be freed with `admit_message_page_free`.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_outbox_list(admit_actor *actor,
                               const admit_outbox_query *query,
                               admit_message_page **page,
                               admit_error **err);

/**
 * Tells a client or a seat something of the product's own, by e-mail: an assistant's message on
 * the practitioner's behalf is one. The product's script words it by its kind. `message` may be
 * NULL.
 *
 * Answers ADMIT_NOT_REACHABLE where there is no address or the client gets no notices, and
 * ADMIT_TOO_MANY_MESSAGES to staff: 5 a day to one recipient, invitations counted with them.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_notice_post(admit_actor *actor,
                               const admit_notice_input *input,
                               admit_message **message,
                               admit_error **err);

/** The message, for every report on it. */
ADMIT_API const char *admit_claimed_message_id(const admit_claimed *claimed);

/** What it tells, such as "invitation". */
ADMIT_API const char *admit_claimed_kind(const admit_claimed *claimed);

/** How it travels: by e-mail, or in a text message. */
ADMIT_API admit_channel admit_claimed_channel(const admit_claimed *claimed);

/** Where it goes: the address or the phone number. */
ADMIT_API const char *admit_claimed_to(const admit_claimed *claimed);

/** The recipient's name; NULL where it is not known. */
ADMIT_API const char *admit_claimed_recipient_name(const admit_claimed *claimed);

/** The language to write in, such as "en" or "es-MX". */
ADMIT_API const char *admit_claimed_locale(const admit_claimed *claimed);

/** The practice that speaks. */
ADMIT_API const char *admit_claimed_practice_id(const admit_claimed *claimed);

/** Whom it is about: a client, a seat, a login, or an invitation for whom nobody on file stands. */
ADMIT_API admit_noun admit_claimed_subject_noun(const admit_claimed *claimed);

/** Its id; NULL where it is about nobody. */
ADMIT_API const char *admit_claimed_subject_id(const admit_claimed *claimed);

/** Which attempt this is: every report names it. */
ADMIT_API uint32_t admit_claimed_attempt(const admit_claimed *claimed);

/** When the lease ends and another worker may have it. */
ADMIT_API int64_t admit_claimed_lease_until(const admit_claimed *claimed);

/** The subject line; empty for a text message, and with ADMIT_CLAIM_FACTS. */
ADMIT_API const char *admit_claimed_subject(const admit_claimed *claimed);

/** The words as plain text, with the link; empty with ADMIT_CLAIM_FACTS. */
ADMIT_API const char *admit_claimed_text(const admit_claimed *claimed);

/** The words as HTML, with the link; empty for a text message, and with ADMIT_CLAIM_FACTS. */
ADMIT_API const char *admit_claimed_html(const admit_claimed *claimed);

/** What the words are made of as JSON, with the link, for a host's own templates. */
ADMIT_API const char *admit_claimed_facts_json(const admit_claimed *claimed);

/** The same for the same words of the same message: a mail server that knows it sends once. */
ADMIT_API const char *admit_claimed_delivery_key(const admit_claimed *claimed);

/**
 * What made the words: "product-3", say, is a version of the product's scripts; "builtin-en-1" the
 * library's own words; "facts" the host.
 */
ADMIT_API const char *admit_claimed_version(const admit_claimed *claimed);

/** How many are on the page. */
ADMIT_API size_t admit_claimed_page_len(const admit_claimed_page *page);

/** One of the page, which lives as long as the page; NULL past its end. */
ADMIT_API const admit_claimed *admit_claimed_page_at(const admit_claimed_page *page, size_t at);

/** Wipes a page and what is on it, and frees it. NULL is fine. */
ADMIT_API void admit_claimed_page_free(admit_claimed_page *page);

/** Its id. */
ADMIT_API const char *admit_message_id(const admit_message *message);

/** The id of its practice. */
ADMIT_API const char *admit_message_practice_id(const admit_message *message);

/** What it tells, such as "invitation". */
ADMIT_API const char *admit_message_kind(const admit_message *message);

/** What made its words when it was first claimed, such as "product-3"; NULL until then. */
ADMIT_API const char *admit_message_version(const admit_message *message);

/** How it travels: by e-mail, or in a text message. */
ADMIT_API admit_channel admit_message_channel(const admit_message *message);

/** Where it goes: the address or the phone number. */
ADMIT_API const char *admit_message_to(const admit_message *message);

/** The recipient's name; NULL where it is not known. */
ADMIT_API const char *admit_message_recipient_name(const admit_message *message);

/** Whom it is about: a client, a seat, a login, or an invitation for whom nobody on file stands. */
ADMIT_API admit_noun admit_message_subject_noun(const admit_message *message);

/** Its id; NULL where it is about nobody. */
ADMIT_API const char *admit_message_subject_id(const admit_message *message);

/** Where it stands. */
ADMIT_API admit_delivery_state_value admit_message_state(const admit_message *message);

/** How often it was claimed. */
ADMIT_API uint32_t admit_message_attempt(const admit_message *message);

/** When it can be claimed next, once its lease ends; 0 where it never is again. */
ADMIT_API int64_t admit_message_due_at(const admit_message *message);

/** When it was posted. */
ADMIT_API int64_t admit_message_created_at(const admit_message *message);

/** How many steps its timeline has, oldest first; the latest 64 are kept. */
ADMIT_API size_t admit_message_step_count(const admit_message *message);

/** When a step was taken; 0 past the last. */
ADMIT_API int64_t admit_message_step_at(const admit_message *message, size_t at);

/** In which attempt. */
ADMIT_API uint32_t admit_message_step_attempt(const admit_message *message, size_t at);

/** Where the message stood after it. */
ADMIT_API
admit_delivery_state_value admit_message_step_state(const admit_message *message,
                                                    size_t at);

/** What the host said of it; NULL where it said nothing, and past the last. */
ADMIT_API const char *admit_message_step_detail(const admit_message *message, size_t at);

/** The whole object as JSON. Lives as long as the object. */
ADMIT_API const char *admit_message_json(const admit_message *message);

/** Frees it. NULL is fine; what is on a page is freed with the page. */
ADMIT_API void admit_message_free(admit_message *message);

/** How many are on the page. */
ADMIT_API size_t admit_message_page_len(const admit_message_page *page);

/** One of the page, which lives as long as the page; NULL past its end. */
ADMIT_API const admit_message *admit_message_page_at(const admit_message_page *page, size_t at);

/** The cursor of the next page; NULL at the end. Lives as long as the page. */
ADMIT_API const char *admit_message_page_next(const admit_message_page *page);

/** Frees a page and what is on it. NULL is fine. */
ADMIT_API void admit_message_page_free(admit_message_page *page);

/** The subject line; empty for a text message. */
ADMIT_API const char *admit_preview_subject(const admit_preview *preview);

/** The words as plain text. */
ADMIT_API const char *admit_preview_text(const admit_preview *preview);

/** The words as HTML; empty for a text message. */
ADMIT_API const char *admit_preview_html(const admit_preview *preview);

/** Which version of the words it is. */
ADMIT_API const char *admit_preview_version(const admit_preview *preview);

/** The whole object as JSON. Lives as long as the object. */
ADMIT_API const char *admit_preview_json(const admit_preview *preview);

/** Frees it. NULL is fine. */
ADMIT_API void admit_preview_free(admit_preview *preview);

/* Scripts
 * ======= */
/* The product's own words and verdicts, in Lua; docs/SCRIPTS.md is for who writes them. */

/** One script of a set. Start from ADMIT_SCRIPT_INIT. */
typedef struct {
  /** sizeof(admit_script). */
  size_t size;
  /**
   * What its errors call it, such as "notices.lua": 1 to 64 letters, digits and the signs
   * . _ -. Required.
   */
  const char *name;
  /** Its text, at most 64 KiB. Required. */
  const char *lua;
} admit_script;
#define ADMIT_SCRIPT_INIT {sizeof(admit_script), NULL, NULL}

/** A set of scripts to install. Start from ADMIT_SCRIPT_SET_INPUT_INIT. */
typedef struct {
  /** sizeof(admit_script_set_input). */
  size_t size;
  /** The scripts; each hook stands in one of them. Required. */
  const admit_script *const *scripts;
  /** How many scripts there are, at most 64, of 512 KiB together. */
  size_t script_count;
  /** Makes the call repeatable for 7 days; NULL for none. */
  const char *idempotency_key;
} admit_script_set_input;
#define ADMIT_SCRIPT_SET_INPUT_INIT {sizeof(admit_script_set_input), NULL, 0, NULL}

/**
 * Installs the product's scripts, and lets them speak in every practice from now on, for messages
 * that wait too. A store call. `set` may be NULL.
 *
 * Each script is compiled and run on sample facts of every kind and in several languages, under
 * the limits of real calls. Where anything fails the answer is ADMIT_SCRIPT, the error names
 * script and line, and the scripts that spoke go on speaking.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_script_install(admit_store *store,
                                  const admit_script_set_input *input,
                                  admit_script_set **set,
                                  admit_error **err);

/**
 * Puts an earlier version of the product's scripts back. A store call. NULL lets none speak: then
 * the library's own words are sent, every invitation is allowed and every deletion denied.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_script_activate(admit_store *store,
                                   const char *script_set_id,
                                   admit_error **err);

/** Reads a version of the product's scripts, with their texts. A store call. */
ADMIT_API ADMIT_NODISCARD
admit_status admit_script_get(admit_store *store,
                              const char *script_set_id,
                              admit_script_set **set,
                              admit_error **err);

/** The versions of the product's scripts, at most 20, latest first. A store call. */
ADMIT_API ADMIT_NODISCARD
admit_status admit_script_list(admit_store *store,
                               admit_script_set_page **page,
                               admit_error **err);

/**
 * As `admit_script_install`, for the actor's practice: the hooks that the set has come before the
 * product's there. `set` may be NULL.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_script_override(admit_actor *actor,
                                   const admit_script_set_input *input,
                                   admit_script_set **set,
                                   admit_error **err);

/**
 * Puts an earlier version of the practice's own scripts back. NULL lets none speak: then the
 * product's do.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_script_override_activate(admit_actor *actor,
                                            const char *script_set_id,
                                            admit_error **err);

/** Reads a version of the practice's own scripts, with their texts. */
ADMIT_API ADMIT_NODISCARD
admit_status admit_script_override_get(admit_actor *actor,
                                       const char *script_set_id,
                                       admit_script_set **set,
                                       admit_error **err);

/** The versions of the practice's own scripts, at most 20, latest first. */
ADMIT_API ADMIT_NODISCARD
admit_status admit_script_override_list(admit_actor *actor,
                                        admit_script_set_page **page,
                                        admit_error **err);

/**
 * The text of the default script, to install or to start from: every notice in English and
 * Spanish, and a careful policy. Lives as long as the program.
 */
ADMIT_API const char *admit_script_default(void);

/** Its id. */
ADMIT_API const char *admit_script_set_id(const admit_script_set *set);

/** What its messages and verdicts name, such as "product-3". */
ADMIT_API const char *admit_script_set_version(const admit_script_set *set);

/** 1 where it speaks now. */
ADMIT_API int32_t admit_script_set_is_active(const admit_script_set *set);

/** How many hooks it has. */
ADMIT_API size_t admit_script_set_hook_count(const admit_script_set *set);

/** A hook that it has: "notification", "deletion" or "invitation"; NULL past the end. */
ADMIT_API const char *admit_script_set_hook(const admit_script_set *set, size_t at);

/** How many scripts it has. */
ADMIT_API size_t admit_script_set_script_count(const admit_script_set *set);

/** The name of a script; NULL past the end. */
ADMIT_API const char *admit_script_set_script_name(const admit_script_set *set, size_t at);

/** The text of a script; NULL past the end, and in a list. */
ADMIT_API const char *admit_script_set_script_text(const admit_script_set *set, size_t at);

/**
 * SHA-256 over the names and texts of its scripts, each after its length in 8 bytes, big-endian;
 * in hexadecimal.
 */
ADMIT_API const char *admit_script_set_digest(const admit_script_set *set);

/** When it was installed. */
ADMIT_API int64_t admit_script_set_installed_at(const admit_script_set *set);

/** The whole object as JSON, without the texts. Lives as long as the object. */
ADMIT_API const char *admit_script_set_json(const admit_script_set *set);

/** Frees it. NULL is fine; what is on a page is freed with the page. */
ADMIT_API void admit_script_set_free(admit_script_set *set);

/** How many are on the page. */
ADMIT_API size_t admit_script_set_page_len(const admit_script_set_page *page);

/** One of the page, which lives as long as the page; NULL past its end. */
ADMIT_API
const admit_script_set *admit_script_set_page_at(const admit_script_set_page *page,
                                                 size_t at);

/** Frees a page and what is on it. NULL is fine. */
ADMIT_API void admit_script_set_page_free(admit_script_set_page *page);

/* The audit trail
 * =============== */

/**
 * Which entries of the audit trail, and which page. Start from ADMIT_EVENT_QUERY_INIT; 0 and NULL
 * show all, and what is named must all hold.
 */
typedef struct {
  /** sizeof(admit_event_query). */
  size_t size;
  /** The cursor of the page before, under the same filters; NULL for the first. */
  const char *after;
  /** How many entries, at most 500; 0 is 50. */
  uint32_t limit;
  /** What `subject_id` is, an admit_noun. */
  int32_t subject_noun;
  /** About which client, seat or login. */
  const char *subject_id;
  /** By which seat; at most one of this and `login_id`. */
  const char *staff_id;
  /** By which login, in any of its sessions. */
  const char *login_id;
  /** What happened, such as "client.created". */
  const char *happening;
  /** From when on. */
  int64_t from;
  /** Until before when. */
  int64_t until;
} admit_event_query;
#define ADMIT_EVENT_QUERY_INIT {sizeof(admit_event_query), NULL, 0, 0, NULL, NULL, NULL, NULL, 0, 0}

/**
 * A place in the audit trail that was kept outside: what `admit_verification_entries` and
 * `admit_verification_hash` once answered. Start from ADMIT_ANCHOR_INIT.
 */
typedef struct {
  /** sizeof(admit_anchor). */
  size_t size;
  /** How many entries there were. */
  uint64_t entries;
  /** The last hash then, as 64 hexadecimal digits. */
  const char *hash;
} admit_anchor;
#define ADMIT_ANCHOR_INIT {sizeof(admit_anchor), 0, NULL}

/**
 * Lists the audit trail of the actor's practice, newest first. `query` may be NULL.
 *
 * One call looks at a bounded number of entries, so a page may be short and still have a next
 * one.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_event_list(admit_actor *actor,
                              const admit_event_query *query,
                              admit_event_page **page,
                              admit_error **err);

/**
 * Lists the store's own audit trail, newest first: what was done to the store as a whole. A store
 * call. `query` may be NULL.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_store_event_list(admit_store *store,
                                    const admit_event_query *query,
                                    admit_event_page **page,
                                    admit_error **err);

/**
 * Exports the audit trail of the actor's practice as NDJSON, oldest entry first: from the time
 * `from` on until before the time `until`, in milliseconds since 1970 UTC; 0 is no bound.
 *
 * A page holds at most 1,000 lines, and may hold fewer though there is a next one: go on with
 * `after` set to what `admit_event_document_next` answers, under the same times, until that is
 * NULL. `after` is NULL for the first page, which the audit trail records. The export ends with
 * what was there when its first page was made. Each line has the hash of the entry before it and
 * the sealed bytes that its own hash covers, so that it can be verified elsewhere.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_event_export(admit_actor *actor,
                                int64_t from,
                                int64_t until,
                                const char *after,
                                admit_event_document **document,
                                admit_error **err);

/**
 * Walks the audit trail of the actor's practice and says whether it is whole. `anchor` is a place
 * that was kept outside; without one a cut-off tail cannot be noticed, and the answer says so.
 */
ADMIT_API ADMIT_NODISCARD
admit_status admit_event_verify(admit_actor *actor,
                                const admit_anchor *anchor,
                                admit_verification **verification,
                                admit_error **err);

/** Walks the order of all events of all practices, under the store's own seal. A store call. */
ADMIT_API ADMIT_NODISCARD
admit_status admit_store_verify(admit_store *store,
                                const admit_anchor *anchor,
                                admit_verification **verification,
                                admit_error **err);

/** Its place in the chain of its practice, from 1 on. */
ADMIT_API uint64_t admit_event_seq(const admit_event *event);

/** When. */
ADMIT_API int64_t admit_event_at(const admit_event *event);

/** What happened, such as "client.created". */
ADMIT_API const char *admit_event_happening(const admit_event *event);

/** What it happened to. */
ADMIT_API admit_noun admit_event_object_noun(const admit_event *event);

/** The id of what it happened to. */
ADMIT_API const char *admit_event_object_id(const admit_event *event);

/** What it is about. */
ADMIT_API admit_noun admit_event_subject_noun(const admit_event *event);

/** The id of the client, seat or login that it is about; NULL where there is none. */
ADMIT_API const char *admit_event_subject_id(const admit_event *event);

/** Who: "host", "staff", "login" or "visitor". */
ADMIT_API const char *admit_event_actor(const admit_event *event);

/** The id of the seat or login; NULL for the host and visitors. */
ADMIT_API const char *admit_event_actor_id(const admit_event *event);

/** The seat for whom the actor acted; NULL where it did not. */
ADMIT_API const char *admit_event_on_behalf_of(const admit_event *event);

/** The name of the refusal; NULL where it was done. */
ADMIT_API const char *admit_event_refusal(const admit_event *event);

/** How many like it the entry stands for. */
ADMIT_API uint32_t admit_event_count(const admit_event *event);

/** The SHA-256 of the entry as 64 hexadecimal digits. */
ADMIT_API const char *admit_event_hash(const admit_event *event);

/**
 * The whole entry as JSON, in the words of a line of `admit_event_export`, with its source and
 * personal parts. Lives as long as the entry.
 */
ADMIT_API const char *admit_event_json(const admit_event *event);

/** Frees it. NULL is fine; what is on a page is freed with the page. */
ADMIT_API void admit_event_free(admit_event *event);

/** How many are on the page. */
ADMIT_API size_t admit_event_page_len(const admit_event_page *page);

/** One of the page, which lives as long as the page; NULL past its end. */
ADMIT_API const admit_event *admit_event_page_at(const admit_event_page *page, size_t at);

/** The cursor of the next page; NULL at the end. Lives as long as the page. */
ADMIT_API const char *admit_event_page_next(const admit_event_page *page);

/** Frees a page and what is on it. NULL is fine. */
ADMIT_API void admit_event_page_free(admit_event_page *page);

/**
 * The lines, each a JSON object that ends with a line feed; empty where no entry was found. Lives
 * as long as the document.
 */
ADMIT_API const char *admit_event_document_ndjson(const admit_event_document *document);

/** How many lines there are. */
ADMIT_API uint64_t admit_event_document_lines(const admit_event_document *document);

/** Where the next page begins; NULL at the end. Lives as long as the document. */
ADMIT_API const char *admit_event_document_next(const admit_event_document *document);

/** Frees a document. NULL is fine. */
ADMIT_API void admit_event_document_free(admit_event_document *document);

/** 1 where no entry was changed, removed, added or moved. */
ADMIT_API int32_t admit_verification_is_whole(const admit_verification *verification);

/** The place of the first entry that does not fit; 0 where all do. */
ADMIT_API uint64_t admit_verification_broken_at(const admit_verification *verification);

/** How many entries were read. */
ADMIT_API uint64_t admit_verification_entries(const admit_verification *verification);

/** The last hash as 64 hexadecimal digits: keep it outside, with the count, as an anchor. */
ADMIT_API const char *admit_verification_hash(const admit_verification *verification);

/** The place after which a cut-off tail would go unnoticed; 0 where the anchor covers all. */
ADMIT_API uint64_t admit_verification_unanchored_since(const admit_verification *verification);

/** The whole object as JSON. Lives as long as the object. */
ADMIT_API const char *admit_verification_json(const admit_verification *verification);

/** Frees it. NULL is fine. */
ADMIT_API void admit_verification_free(admit_verification *verification);

#ifdef __cplusplus
}
#endif

#endif
