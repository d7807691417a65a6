/* admit_ffi.h - the declarations of admit.h without preprocessor lines, for cffi, PHP and LuaJIT. Generated. */
typedef struct admit_actor admit_actor;
typedef struct admit_change admit_change;
typedef struct admit_change_page admit_change_page;
typedef struct admit_client admit_client;
typedef struct admit_client_document admit_client_document;
typedef struct admit_client_page admit_client_page;
typedef struct admit_error admit_error;
typedef struct admit_event admit_event;
typedef struct admit_event_page admit_event_page;
typedef struct admit_grant admit_grant;
typedef struct admit_grant_page admit_grant_page;
typedef struct admit_import admit_import;
typedef struct admit_person admit_person;
typedef struct admit_person_page admit_person_page;
typedef struct admit_practice admit_practice;
typedef struct admit_practice_page admit_practice_page;
typedef struct admit_proxy admit_proxy;
typedef struct admit_proxy_page admit_proxy_page;
typedef struct admit_room admit_room;
typedef struct admit_room_page admit_room_page;
typedef struct admit_staff admit_staff;
typedef struct admit_staff_page admit_staff_page;
typedef struct admit_stats admit_stats;
typedef struct admit_store admit_store;
typedef struct admit_upkeep admit_upkeep;
typedef struct admit_verification admit_verification;
typedef enum {
  ADMIT_OK = 0,
  ADMIT_INVALID = 1000,
  ADMIT_MISUSE = 1001,
  ADMIT_UNSUPPORTED = 1002,
  ADMIT_NOT_FOUND = 2000,
  ADMIT_NOT_PERMITTED = 2001,
  ADMIT_SESSION_ENDED = 2002,
  ADMIT_ACTOR_SUSPENDED = 2003,
  ADMIT_NOT_APPROVED = 2004,
  ADMIT_PRACTICE_SUSPENDED = 2005,
  ADMIT_DELEGATION_MISSING = 2006,
  ADMIT_REASON_REQUIRED = 2007,
  ADMIT_CONFLICT = 2008,
  ADMIT_SWITCHED_OFF = 2009,
  ADMIT_EXTERNAL_ID_TAKEN = 2010,
  ADMIT_STATUS_NOT_ALLOWED = 2011,
  ADMIT_LIMIT_REACHED = 2012,
  ADMIT_CLIENT_DEACTIVATED = 2100,
  ADMIT_CLIENT_SUSPENDED = 2101,
  ADMIT_CLIENT_PENDING_DELETION = 2102,
  ADMIT_CLIENT_IS_NO_PERSON = 2103,
  ADMIT_CLIENT_ALREADY_ACTIVATED = 2104,
  ADMIT_NOT_REACHABLE = 2105,
  ADMIT_PROXY_EXISTS = 2106,
  ADMIT_ALREADY_ENDED = 2107,
  ADMIT_LINK_INVALID = 2200,
  ADMIT_LINK_USED = 2201,
  ADMIT_LINK_REVOKED = 2202,
  ADMIT_LINK_SUPERSEDED = 2203,
  ADMIT_LINK_EXPIRED = 2204,
  ADMIT_INVITATION_CLOSED = 2205,
  ADMIT_WRONG_LOGIN = 2206,
  ADMIT_LOGIN_PROOF_REQUIRED = 2207,
  ADMIT_TOO_MANY_MESSAGES = 2208,
  ADMIT_SIGN_IN_FAILED = 2400,
  ADMIT_TRY_LATER = 2401,
  ADMIT_MUST_CHANGE_PASSWORD = 2402,
  ADMIT_PASSWORD_TOO_SHORT = 2403,
  ADMIT_PASSWORD_TOO_LONG = 2404,
  ADMIT_PASSWORD_TOO_COMMON = 2405,
  ADMIT_PASSWORD_CONTAINS_CONTEXT = 2406,
  ADMIT_PASSWORD_BREACHED = 2407,
  ADMIT_SIGN_IN_METHOD_NOT_ALLOWED = 2408,
  ADMIT_NAME_TAKEN = 2409,
  ADMIT_IDENTITY_TAKEN = 2410,
  ADMIT_LEASE_LOST = 2500,
  ADMIT_MESSAGE_CLOSED = 2501,
  ADMIT_WRONG_KEY = 3000,
  ADMIT_BUSY = 3001,
  ADMIT_NOT_A_STORE = 3002,
  ADMIT_TRUNCATED = 3003,
  ADMIT_DAMAGED = 3004,
  ADMIT_NEWER_FORMAT = 3005,
  ADMIT_TEST_MODE = 3006,
  ADMIT_OUTCOME_UNKNOWN = 3007,
  ADMIT_WRITES_STOPPED = 3008,
  ADMIT_STORE_FULL = 3009,
  ADMIT_TOO_LARGE = 3010,
  ADMIT_IO = 3011,
  ADMIT_CLOCK_JUMP = 3100,
  ADMIT_INTERNAL = 9000,
} admit_status;
int32_t admit_error_status(const admit_error *err);
const char *admit_error_name(const admit_error *err);
const char *admit_error_field(const admit_error *err);
const char *admit_error_message(const admit_error *err);
int64_t admit_error_retry_after_ms(const admit_error *err);
const char *admit_error_args_json(const admit_error *err);
const char *admit_error_json(const admit_error *err);
void admit_error_free(admit_error *err);
typedef enum {
  ADMIT_NOUN_NONE = 0,
  ADMIT_NOUN_PRACTICE = 1,
  ADMIT_NOUN_STAFF = 2,
  ADMIT_NOUN_CLIENT = 3,
  ADMIT_NOUN_LOGIN = 4,
  ADMIT_NOUN_PROXY = 5,
  ADMIT_NOUN_INVITATION = 6,
  ADMIT_NOUN_CHALLENGE = 7,
  ADMIT_NOUN_GRANT = 8,
  ADMIT_NOUN_ROOM = 9,
  ADMIT_NOUN_MESSAGE = 10,
} admit_noun;
typedef enum {
  ADMIT_PRACTICE_STATUS_NONE = 0,
  ADMIT_PRACTICE_STATUS_ACTIVE = 1,
  ADMIT_PRACTICE_STATUS_SUSPENDED = 2,
} admit_practice_status_value;
typedef enum {
  ADMIT_CLIENT_NATURE_NONE = 0,
  ADMIT_CLIENT_NATURE_PERSON = 1,
  ADMIT_CLIENT_NATURE_OTHER = 2,
} admit_client_nature_value;
typedef enum {
  ADMIT_CLIENT_STAGE_NONE = 0,
  ADMIT_CLIENT_STAGE_GUEST = 1,
  ADMIT_CLIENT_STAGE_PROSPECTIVE = 2,
  ADMIT_CLIENT_STAGE_REGISTERED = 3,
} admit_client_stage_value;
typedef enum {
  ADMIT_CLIENT_STATUS_NONE = 0,
  ADMIT_CLIENT_STATUS_ACTIVE = 1,
  ADMIT_CLIENT_STATUS_DEACTIVATED = 2,
  ADMIT_CLIENT_STATUS_SUSPENDED = 3,
  ADMIT_CLIENT_STATUS_PENDING_DELETION = 4,
} admit_client_status_value;
typedef enum {
  ADMIT_GENDER_NONE = 0,
  ADMIT_GENDER_MALE = 1,
  ADMIT_GENDER_FEMALE = 2,
  ADMIT_GENDER_OTHER = 3,
  ADMIT_GENDER_UNKNOWN = 4,
} admit_gender;
typedef enum {
  ADMIT_ROLE_NONE = 0,
  ADMIT_ROLE_ADMIN = 1,
  ADMIT_ROLE_PRACTITIONER = 2,
  ADMIT_ROLE_ASSISTANT = 3,
  ADMIT_ROLE_MEMBER = 4,
} admit_role;
typedef enum {
  ADMIT_APPROVAL_NONE = 0,
  ADMIT_APPROVAL_PENDING = 1,
  ADMIT_APPROVAL_APPROVED = 2,
} admit_approval;
typedef enum {
  ADMIT_STAFF_STATUS_NONE = 0,
  ADMIT_STAFF_STATUS_ACTIVE = 1,
  ADMIT_STAFF_STATUS_SUSPENDED = 2,
  ADMIT_STAFF_STATUS_ENDED = 3,
} admit_staff_status_value;
typedef enum {
  ADMIT_GROUND_NONE = 0,
  ADMIT_GROUND_CREATED = 1,
  ADMIT_GROUND_INVITED = 2,
  ADMIT_GROUND_GIVEN = 3,
} admit_ground;
typedef enum {
  ADMIT_TIE_NONE = 0,
  ADMIT_TIE_SELF = 1,
  ADMIT_TIE_GUARDIAN = 2,
} admit_tie;
typedef enum {
  ADMIT_INVITATION_STATE_NONE = 0,
  ADMIT_INVITATION_STATE_PENDING = 1,
  ADMIT_INVITATION_STATE_EXPIRED = 2,
  ADMIT_INVITATION_STATE_DECLINED = 3,
  ADMIT_INVITATION_STATE_REVOKED = 4,
  ADMIT_INVITATION_STATE_ACCEPTED = 5,
} admit_invitation_state_value;
typedef enum {
  ADMIT_DELIVERY_STATE_NONE = 0,
  ADMIT_DELIVERY_STATE_QUEUED = 1,
  ADMIT_DELIVERY_STATE_LEASED = 2,
  ADMIT_DELIVERY_STATE_HANDED_OVER = 3,
  ADMIT_DELIVERY_STATE_DELIVERED = 4,
  ADMIT_DELIVERY_STATE_BOUNCED = 5,
  ADMIT_DELIVERY_STATE_FAILED = 6,
  ADMIT_DELIVERY_STATE_DROPPED = 7,
} admit_delivery_state_value;
typedef enum {
  ADMIT_LOGIN_STATE_NONE = 0,
  ADMIT_LOGIN_STATE_NO_PASSWORD = 1,
  ADMIT_LOGIN_STATE_TEMPORARY = 2,
  ADMIT_LOGIN_STATE_ACTIVE = 3,
  ADMIT_LOGIN_STATE_LOCKED = 4,
} admit_login_state_value;
typedef enum {
  ADMIT_CHANNEL_NONE = 0,
  ADMIT_CHANNEL_EMAIL = 1,
  ADMIT_CHANNEL_SMS = 2,
  ADMIT_CHANNEL_COPIED = 3,
  ADMIT_CHANNEL_QR = 4,
} admit_channel;
typedef enum {
  ADMIT_SIGN_IN_METHOD_NONE = 0,
  ADMIT_SIGN_IN_METHOD_ANY = 1,
  ADMIT_SIGN_IN_METHOD_PASSWORD = 2,
  ADMIT_SIGN_IN_METHOD_EXTERNAL_IDENTITY = 3,
} admit_sign_in_method;
uint32_t admit_abi_version(void);
const char *admit_version(void);
typedef struct {
  size_t size;
  const char *address;
  const char *device;
  const char *request_id;
  const char *reason;
} admit_source;
admit_status admit_actor_host(admit_store *store,
                              const char *practice_id,
                              admit_actor **actor,
                              admit_error **err);
admit_status admit_actor_staff(admit_store *store,
                               const char *practice_id,
                               const char *staff_id,
                               admit_actor **actor,
                               admit_error **err);
admit_status admit_actor_login(admit_store *store,
                               const char *practice_id,
                               const char *login_id,
                               uint32_t epoch,
                               admit_actor **actor,
                               admit_error **err);
admit_status admit_actor_visitor(admit_store *store,
                                 const char *practice_id,
                                 admit_actor **actor,
                                 admit_error **err);
admit_status admit_actor_on_behalf_of(admit_actor *actor,
                                      const char *staff_id,
                                      admit_actor **acting,
                                      admit_error **err);
admit_status admit_actor_source(admit_actor *actor,
                                const admit_source *source,
                                admit_actor **sourced,
                                admit_error **err);
admit_status admit_actor_free(admit_actor *actor);
admit_status admit_actor_can(admit_actor *actor,
                             const char *action,
                             int32_t noun,
                             const char *id,
                             admit_error **err);
typedef enum {
  ADMIT_KNOWN_OUTCOME_NONE = 0,
  ADMIT_KNOWN_OUTCOME_DONE = 1,
  ADMIT_KNOWN_OUTCOME_REFUSED = 2,
} admit_known_outcome;
typedef int64_t (*admit_clock_fn)(void *user_data);
typedef void (*admit_destroy_fn)(void *user_data);
typedef int32_t (*admit_password_check_fn)(void *user_data, const char *password);
typedef struct {
  size_t size;
  uint32_t flags;
  uint32_t hashes_at_once;
  uint64_t cache_bytes;
  const char *const *link_origins;
  size_t link_origin_count;
  const char *product;
  const uint8_t *pepper;
  size_t pepper_len;
  admit_clock_fn clock;
  void *clock_data;
  admit_destroy_fn clock_destroy;
  admit_password_check_fn password_check;
  void *password_check_data;
  admit_destroy_fn password_check_destroy;
  uint64_t test_seed;
  uint32_t test_panic_at;
  uint32_t reserved;
} admit_open_options;
typedef int32_t (*admit_progress_fn)(void *user_data, uint64_t rows);
admit_status admit_store_open(const char *path,
                              const uint8_t *keys,
                              size_t keys_len,
                              const admit_open_options *options,
                              admit_store **store,
                              admit_error **err);
admit_status admit_store_close(admit_store *store);
admit_status admit_key_generate(uint8_t *key, size_t key_len, admit_error **err);
admit_status admit_store_rotate_key(admit_store *store,
                                    const uint8_t *keys,
                                    size_t keys_len,
                                    admit_error **err);
admit_status admit_store_outcome(admit_store *store,
                                 const char *idempotency_key,
                                 int32_t *outcome,
                                 int32_t *status,
                                 admit_error **err);
admit_status admit_store_upkeep(admit_store *store,
                                uint32_t limit,
                                admit_upkeep **upkeep,
                                admit_error **err);
int32_t admit_upkeep_more(const admit_upkeep *upkeep);
int64_t admit_upkeep_next_due_at(const admit_upkeep *upkeep);
uint64_t admit_upkeep_lapsed(const admit_upkeep *upkeep);
uint64_t admit_upkeep_ended(const admit_upkeep *upkeep);
const char *admit_upkeep_json(const admit_upkeep *upkeep);
void admit_upkeep_free(admit_upkeep *upkeep);
admit_status admit_store_accept_time(admit_store *store, int64_t now, admit_error **err);
admit_status admit_store_stats(admit_store *store,
                               admit_stats **stats,
                               admit_error **err);
uint64_t admit_stats_clients(const admit_stats *stats);
uint64_t admit_stats_messages_due(const admit_stats *stats);
uint64_t admit_stats_events(const admit_stats *stats);
int32_t admit_stats_writes_stopped(const admit_stats *stats);
const char *admit_stats_json(const admit_stats *stats);
void admit_stats_free(admit_stats *stats);
admit_status admit_store_change_list(admit_store *store,
                                     uint64_t after,
                                     uint32_t limit,
                                     admit_change_page **page,
                                     admit_error **err);
uint64_t admit_change_place(const admit_change *change);
const char *admit_change_practice_id(const admit_change *change);
admit_noun admit_change_noun(const admit_change *change);
const char *admit_change_id(const admit_change *change);
const char *admit_change_external_id(const admit_change *change);
const char *admit_change_happening(const admit_change *change);
uint64_t admit_change_event_seq(const admit_change *change);
int64_t admit_change_at(const admit_change *change);
const char *admit_change_json(const admit_change *change);
size_t admit_change_page_len(const admit_change_page *page);
const admit_change *admit_change_page_at(const admit_change_page *page, size_t at);
void admit_change_page_free(admit_change_page *page);
typedef struct {
  size_t size;
  const char *name;
  const char *external_id;
  const char *portal;
  const char *sender;
  const char *support_email;
  const char *support_phone;
  const char *invitation_link;
  const char *staff_invitation_link;
  const char *reset_link;
  const char *staff_reset_link;
  const char *address_link;
  const char *locale;
  const char *zone;
  int64_t invitation_lifetime_ms;
  uint32_t fields;
  uint32_t majority_years;
  int32_t second_factor;
  int32_t guests;
  int32_t registration;
  int32_t approval;
  int32_t staff_may_choose_password;
  int32_t admin_sign_in;
  int32_t practitioner_sign_in;
  int32_t assistant_sign_in;
  int32_t member_sign_in;
  int32_t client_sign_in;
  uint64_t revision;
  const char *idempotency_key;
} admit_practice_input;
typedef struct {
  size_t size;
  const char *after;
  uint32_t limit;
  uint32_t reserved;
} admit_practice_query;
admit_status admit_practice_create(admit_store *store,
                                   const admit_practice_input *input,
                                   admit_practice **practice,
                                   admit_error **err);
admit_status admit_practice_get(admit_actor *actor,
                                admit_practice **practice,
                                admit_error **err);
admit_status admit_practice_get_by_external_id(admit_store *store,
                                               const char *external_id,
                                               admit_practice **practice,
                                               admit_error **err);
admit_status admit_practice_update(admit_actor *actor,
                                   const admit_practice_input *input,
                                   admit_practice **practice,
                                   admit_error **err);
admit_status admit_practice_suspend(admit_actor *actor, admit_error **err);
admit_status admit_practice_reactivate(admit_actor *actor, admit_error **err);
admit_status admit_practice_list(admit_store *store,
                                 const admit_practice_query *query,
                                 admit_practice_page **list,
                                 admit_error **err);
const char *admit_practice_id(const admit_practice *practice);
const char *admit_practice_external_id(const admit_practice *practice);
const char *admit_practice_portal_id(const admit_practice *practice);
const char *admit_practice_name(const admit_practice *practice);
admit_practice_status_value admit_practice_status(const admit_practice *practice);
int64_t admit_practice_invitation_lifetime_ms(const admit_practice *practice);
int64_t admit_practice_created_at(const admit_practice *practice);
uint64_t admit_practice_revision(const admit_practice *practice);
const char *admit_practice_json(const admit_practice *practice);
void admit_practice_free(admit_practice *practice);
size_t admit_practice_page_len(const admit_practice_page *list);
const admit_practice *admit_practice_page_at(const admit_practice_page *list, size_t at);
const char *admit_practice_page_next(const admit_practice_page *list);
void admit_practice_page_free(admit_practice_page *list);
typedef struct {
  size_t size;
  const char *external_id;
  const char *name;
  const char *family_name;
  const char *given_name;
  const char *title;
  const char *email;
  const char *phone;
  const char *locale;
  const char *zone;
  int32_t role;
  int32_t approval;
  uint64_t revision;
  const char *idempotency_key;
} admit_staff_input;
typedef struct {
  size_t size;
  const char *after;
  uint32_t limit;
  int32_t role;
  int32_t status;
  int32_t approval;
} admit_staff_query;
admit_status admit_staff_add(admit_actor *actor,
                             const admit_staff_input *input,
                             admit_staff **staff,
                             admit_error **err);
admit_status admit_staff_get(admit_actor *actor,
                             const char *staff_id,
                             admit_staff **staff,
                             admit_error **err);
admit_status admit_staff_get_by_external_id(admit_actor *actor,
                                            const char *external_id,
                                            admit_staff **staff,
                                            admit_error **err);
admit_status admit_staff_list(admit_actor *actor,
                              const admit_staff_query *query,
                              admit_staff_page **page,
                              admit_error **err);
admit_status admit_staff_update(admit_actor *actor,
                                const char *staff_id,
                                const admit_staff_input *input,
                                admit_staff **staff,
                                admit_error **err);
admit_status admit_staff_change_role(admit_actor *actor,
                                     const char *staff_id,
                                     int32_t role,
                                     uint64_t revision,
                                     admit_error **err);
admit_status admit_staff_approve(admit_actor *actor,
                                 const char *staff_id,
                                 uint64_t revision,
                                 admit_error **err);
admit_status admit_staff_suspend(admit_actor *actor,
                                 const char *staff_id,
                                 uint64_t revision,
                                 admit_error **err);
admit_status admit_staff_reactivate(admit_actor *actor,
                                    const char *staff_id,
                                    uint64_t revision,
                                    admit_error **err);
admit_status admit_staff_mark_onboarded(admit_actor *actor,
                                        const char *staff_id,
                                        admit_error **err);
const char *admit_staff_id(const admit_staff *staff);
const char *admit_staff_external_id(const admit_staff *staff);
const char *admit_staff_practice_id(const admit_staff *staff);
const char *admit_staff_name(const admit_staff *staff);
const char *admit_staff_title(const admit_staff *staff);
const char *admit_staff_email(const admit_staff *staff);
const char *admit_staff_phone(const admit_staff *staff);
const char *admit_staff_locale(const admit_staff *staff);
const char *admit_staff_zone(const admit_staff *staff);
const char *admit_staff_login_id(const admit_staff *staff);
admit_role admit_staff_role(const admit_staff *staff);
admit_approval admit_staff_approval(const admit_staff *staff);
admit_staff_status_value admit_staff_status(const admit_staff *staff);
int32_t admit_staff_is_onboarded(const admit_staff *staff);
int64_t admit_staff_created_at(const admit_staff *staff);
int64_t admit_staff_updated_at(const admit_staff *staff);
uint64_t admit_staff_revision(const admit_staff *staff);
const char *admit_staff_json(const admit_staff *staff);
void admit_staff_free(admit_staff *staff);
size_t admit_staff_page_len(const admit_staff_page *page);
const admit_staff *admit_staff_page_at(const admit_staff_page *page, size_t at);
const char *admit_staff_page_next(const admit_staff_page *page);
void admit_staff_page_free(admit_staff_page *page);
admit_status admit_staff_import(admit_actor *actor,
                                const uint8_t *data,
                                size_t data_len,
                                admit_import **import,
                                admit_error **err);
typedef enum {
  ADMIT_IMPORT_NONE = 0,
  ADMIT_IMPORT_CREATED = 1,
  ADMIT_IMPORT_UPDATED = 2,
  ADMIT_IMPORT_UNCHANGED = 3,
  ADMIT_IMPORT_SKIPPED = 4,
} admit_import_outcome;
typedef struct {
  size_t size;
  const char *name;
  const char *text;
} admit_client_field;
typedef struct {
  size_t size;
  const char *external_id;
  const char *name;
  const char *family_name;
  const char *given_name;
  const char *phonetic_name;
  const char *birth_date;
  const char *email;
  const char *phone;
  const char *street;
  const char *city;
  const char *state;
  const char *postal_code;
  const char *country;
  const char *locale;
  const char *zone;
  const char *physician_name;
  const char *physician_phone;
  const admit_client_field *const *fields;
  size_t field_count;
  int32_t nature;
  int32_t stage;
  int32_t gender;
  int32_t invite;
  int32_t invite_channel;
  int32_t reserved;
  int64_t invite_expires_in_ms;
  const char *invite_note;
  const char *room_id;
  const char *grant_staff_id;
  const char *username;
  const char *temporary_password;
  uint64_t revision;
  const char *idempotency_key;
} admit_client_input;
admit_status admit_client_create(admit_actor *actor,
                                 const admit_client_input *input,
                                 admit_client **client,
                                 admit_error **err);
admit_status admit_client_get(admit_actor *actor,
                              const char *client_id,
                              admit_client **client,
                              admit_error **err);
admit_status admit_client_get_by_external_id(admit_actor *actor,
                                             const char *external_id,
                                             admit_client **client,
                                             admit_error **err);
admit_status admit_client_update(admit_actor *actor,
                                 const char *client_id,
                                 const admit_client_input *input,
                                 admit_client **client,
                                 admit_error **err);
admit_status admit_client_set_status(admit_actor *actor,
                                     const char *client_id,
                                     int32_t status,
                                     uint64_t revision,
                                     admit_client **client,
                                     admit_error **err);
const char *admit_client_id(const admit_client *client);
const char *admit_client_external_id(const admit_client *client);
const char *admit_client_practice_id(const admit_client *client);
const char *admit_client_name(const admit_client *client);
const char *admit_client_family_name(const admit_client *client);
const char *admit_client_given_name(const admit_client *client);
const char *admit_client_phonetic_name(const admit_client *client);
const char *admit_client_birth_date(const admit_client *client);
const char *admit_client_email(const admit_client *client);
const char *admit_client_phone(const admit_client *client);
const char *admit_client_locale(const admit_client *client);
const char *admit_client_zone(const admit_client *client);
const char *admit_client_physician_name(const admit_client *client);
const char *admit_client_physician_phone(const admit_client *client);
admit_client_nature_value admit_client_nature(const admit_client *client);
admit_client_stage_value admit_client_stage(const admit_client *client);
admit_client_status_value admit_client_status(const admit_client *client);
admit_gender admit_client_gender(const admit_client *client);
int32_t admit_client_is_deceased(const admit_client *client);
int64_t admit_client_deletion_due_at(const admit_client *client);
size_t admit_client_field_count(const admit_client *client);
int64_t admit_client_created_at(const admit_client *client);
int64_t admit_client_updated_at(const admit_client *client);
uint64_t admit_client_revision(const admit_client *client);
const char *admit_client_field_name(const admit_client *client, size_t at);
const char *admit_client_field_text(const admit_client *client, size_t at);
const char *admit_client_json(const admit_client *client);
void admit_client_free(admit_client *client);
size_t admit_client_page_len(const admit_client_page *page);
const admit_client *admit_client_page_at(const admit_client_page *page, size_t at);
const char *admit_client_page_next(const admit_client_page *page);
void admit_client_page_free(admit_client_page *page);
admit_status admit_client_search(admit_actor *actor,
                                 const char *text,
                                 uint32_t limit,
                                 admit_person_page **page,
                                 admit_error **err);
admit_status admit_client_import(admit_actor *actor,
                                 const uint8_t *data,
                                 size_t data_len,
                                 admit_progress_fn progress,
                                 void *progress_data,
                                 admit_import **import,
                                 admit_error **err);
uint64_t admit_import_created(const admit_import *import);
uint64_t admit_import_updated(const admit_import *import);
uint64_t admit_import_unchanged(const admit_import *import);
uint64_t admit_import_skipped(const admit_import *import);
int32_t admit_import_is_complete(const admit_import *import);
size_t admit_import_row_count(const admit_import *import);
uint64_t admit_import_row_line(const admit_import *import, size_t at);
admit_import_outcome admit_import_row_outcome(const admit_import *import, size_t at);
const char *admit_import_row_id(const admit_import *import, size_t at);
const char *admit_import_row_reason(const admit_import *import, size_t at);
const char *admit_import_row_path(const admit_import *import, size_t at);
const char *admit_import_json(const admit_import *import);
void admit_import_free(admit_import *import);
admit_status admit_client_export(admit_actor *actor,
                                 const char *client_id,
                                 admit_client_document **document,
                                 admit_error **err);
const char *admit_client_document_json(const admit_client_document *document);
void admit_client_document_free(admit_client_document *document);
typedef struct {
  size_t size;
  const char *client_id;
  const char *login_id;
  const char *relationship;
  int32_t tie;
  int32_t reserved;
  int64_t ends_at;
  const char *idempotency_key;
} admit_proxy_input;
admit_status admit_proxy_add(admit_actor *actor,
                             const admit_proxy_input *input,
                             admit_proxy **proxy,
                             admit_error **err);
admit_status admit_proxy_end(admit_actor *actor, const char *proxy_id, admit_error **err);
admit_status admit_proxy_list(admit_actor *actor,
                              const char *client_id,
                              admit_proxy_page **page,
                              admit_error **err);
const char *admit_proxy_id(const admit_proxy *proxy);
const char *admit_proxy_client_id(const admit_proxy *proxy);
const char *admit_proxy_login_id(const admit_proxy *proxy);
const char *admit_proxy_relationship(const admit_proxy *proxy);
admit_tie admit_proxy_tie(const admit_proxy *proxy);
int64_t admit_proxy_ends_at(const admit_proxy *proxy);
int64_t admit_proxy_ended_at(const admit_proxy *proxy);
int64_t admit_proxy_created_at(const admit_proxy *proxy);
const char *admit_proxy_json(const admit_proxy *proxy);
void admit_proxy_free(admit_proxy *proxy);
size_t admit_proxy_page_len(const admit_proxy_page *page);
const admit_proxy *admit_proxy_page_at(const admit_proxy_page *page, size_t at);
const char *admit_proxy_page_next(const admit_proxy_page *page);
void admit_proxy_page_free(admit_proxy_page *page);
typedef struct {
  size_t size;
  const char *name;
  const char *external_id;
  const char *idempotency_key;
} admit_room_input;
typedef struct {
  size_t size;
  const char *after;
  uint32_t limit;
  uint32_t reserved;
} admit_room_query;
admit_status admit_room_create(admit_actor *actor,
                               const admit_room_input *input,
                               admit_room **room,
                               admit_error **err);
admit_status admit_room_get(admit_actor *actor,
                            const char *room_id,
                            admit_room **room,
                            admit_error **err);
admit_status admit_room_get_by_external_id(admit_actor *actor,
                                           const char *external_id,
                                           admit_room **room,
                                           admit_error **err);
admit_status admit_room_rename(admit_actor *actor,
                               const char *room_id,
                               const char *name,
                               uint64_t revision,
                               admit_room **room,
                               admit_error **err);
admit_status admit_room_assign(admit_actor *actor,
                               const char *room_id,
                               const char *client_id,
                               const char *staff_id,
                               admit_error **err);
admit_status admit_room_unassign(admit_actor *actor,
                                 const char *room_id,
                                 const char *client_id,
                                 const char *staff_id,
                                 admit_error **err);
admit_status admit_room_list(admit_actor *actor,
                             const admit_room_query *query,
                             admit_room_page **page,
                             admit_error **err);
const char *admit_room_id(const admit_room *room);
const char *admit_room_external_id(const admit_room *room);
const char *admit_room_practice_id(const admit_room *room);
const char *admit_room_name(const admit_room *room);
int64_t admit_room_created_at(const admit_room *room);
uint64_t admit_room_revision(const admit_room *room);
const char *admit_room_json(const admit_room *room);
void admit_room_free(admit_room *room);
size_t admit_room_page_len(const admit_room_page *page);
const admit_room *admit_room_page_at(const admit_room_page *page, size_t at);
const char *admit_room_page_next(const admit_room_page *page);
void admit_room_page_free(admit_room_page *page);
admit_status admit_room_import(admit_actor *actor,
                               const uint8_t *data,
                               size_t data_len,
                               admit_import **import,
                               admit_error **err);
typedef struct {
  size_t size;
  const char *client_id;
  const char *staff_id;
  const char *room_id;
  const char *const *scopes;
  size_t scope_count;
  const char *reason;
  int64_t ends_at;
  const char *idempotency_key;
} admit_grant_input;
admit_status admit_grant_give(admit_actor *actor,
                              const admit_grant_input *input,
                              admit_grant **grant,
                              admit_error **err);
admit_status admit_grant_withdraw(admit_actor *actor,
                                  const char *grant_id,
                                  admit_error **err);
admit_status admit_grant_list(admit_actor *actor,
                              const char *client_id,
                              admit_grant_page **page,
                              admit_error **err);
const char *admit_grant_id(const admit_grant *grant);
const char *admit_grant_client_id(const admit_grant *grant);
const char *admit_grant_staff_id(const admit_grant *grant);
const char *admit_grant_room_id(const admit_grant *grant);
const char *admit_grant_reason(const admit_grant *grant);
admit_ground admit_grant_ground(const admit_grant *grant);
size_t admit_grant_scope_count(const admit_grant *grant);
const char *admit_grant_scope(const admit_grant *grant, size_t at);
int64_t admit_grant_ends_at(const admit_grant *grant);
int64_t admit_grant_withdrawn_at(const admit_grant *grant);
int64_t admit_grant_created_at(const admit_grant *grant);
const char *admit_grant_json(const admit_grant *grant);
void admit_grant_free(admit_grant *grant);
size_t admit_grant_page_len(const admit_grant_page *page);
const admit_grant *admit_grant_page_at(const admit_grant_page *page, size_t at);
const char *admit_grant_page_next(const admit_grant_page *page);
void admit_grant_page_free(admit_grant_page *page);
typedef enum {
  ADMIT_PERSON_NONE = 0,
  ADMIT_PERSON_STAFF = 1,
  ADMIT_PERSON_CLIENT = 2,
  ADMIT_PERSON_INVITATION = 3,
} admit_person_kind_value;
typedef enum {
  ADMIT_PERSON_STATUS_NONE = 0,
  ADMIT_PERSON_STATUS_ACTIVE = 1,
  ADMIT_PERSON_STATUS_DEACTIVATED = 2,
  ADMIT_PERSON_STATUS_SUSPENDED = 3,
  ADMIT_PERSON_STATUS_PENDING_DELETION = 4,
  ADMIT_PERSON_STATUS_ENDED = 5,
} admit_person_status_value;
typedef enum {
  ADMIT_PERSON_BY_NAME = 0,
  ADMIT_PERSON_BY_CREATION = 1,
  ADMIT_PERSON_BY_LAST_SIGN_IN = 2,
} admit_person_order;
typedef struct {
  size_t size;
  const char *after;
  uint32_t limit;
  int32_t order;
  uint32_t kinds;
  int32_t status;
  int32_t role;
  int32_t approval;
  int32_t stage;
  int32_t invitation_state;
  int32_t delivery_state;
  int32_t login_state;
  const char *room_id;
  const char *reachable_by;
  const char *name_prefix;
} admit_person_query;
admit_status admit_person_list(admit_actor *actor,
                               const admit_person_query *query,
                               admit_person_page **page,
                               admit_error **err);
uint64_t admit_person_page_total(const admit_person_page *page);
int32_t admit_person_page_total_is_exact(const admit_person_page *page);
const char *admit_person_id(const admit_person *person);
const char *admit_person_external_id(const admit_person *person);
const char *admit_person_name(const admit_person *person);
const char *admit_person_email(const admit_person *person);
const char *admit_person_phone(const admit_person *person);
const char *admit_person_invitation_id(const admit_person *person);
const char *admit_person_login_id(const admit_person *person);
admit_person_kind_value admit_person_kind(const admit_person *person);
admit_person_status_value admit_person_status(const admit_person *person);
admit_role admit_person_role(const admit_person *person);
admit_approval admit_person_approval(const admit_person *person);
admit_client_stage_value admit_person_stage(const admit_person *person);
admit_invitation_state_value admit_person_invitation_state(const admit_person *person);
admit_delivery_state_value admit_person_delivery_state(const admit_person *person);
admit_login_state_value admit_person_login_state(const admit_person *person);
int64_t admit_person_invitation_expires_at(const admit_person *person);
int64_t admit_person_last_sign_in(const admit_person *person);
int64_t admit_person_created_at(const admit_person *person);
size_t admit_person_room_count(const admit_person *person);
const char *admit_person_room_id(const admit_person *person, size_t at);
const char *admit_person_json(const admit_person *person);
void admit_person_free(admit_person *person);
size_t admit_person_page_len(const admit_person_page *page);
const admit_person *admit_person_page_at(const admit_person_page *page, size_t at);
const char *admit_person_page_next(const admit_person_page *page);
void admit_person_page_free(admit_person_page *page);
typedef struct {
  size_t size;
  const char *after;
  uint32_t limit;
  int32_t subject_noun;
  const char *subject_id;
  const char *staff_id;
  const char *login_id;
  const char *happening;
  int64_t from;
  int64_t until;
} admit_event_query;
typedef struct {
  size_t size;
  uint64_t entries;
  const char *hash;
} admit_anchor;
admit_status admit_event_list(admit_actor *actor,
                              const admit_event_query *query,
                              admit_event_page **page,
                              admit_error **err);
admit_status admit_event_verify(admit_actor *actor,
                                const admit_anchor *anchor,
                                admit_verification **verification,
                                admit_error **err);
admit_status admit_store_verify(admit_store *store,
                                const admit_anchor *anchor,
                                admit_verification **verification,
                                admit_error **err);
uint64_t admit_event_seq(const admit_event *event);
int64_t admit_event_at(const admit_event *event);
const char *admit_event_happening(const admit_event *event);
admit_noun admit_event_object_noun(const admit_event *event);
const char *admit_event_object_id(const admit_event *event);
admit_noun admit_event_subject_noun(const admit_event *event);
const char *admit_event_subject_id(const admit_event *event);
const char *admit_event_actor(const admit_event *event);
const char *admit_event_actor_id(const admit_event *event);
const char *admit_event_on_behalf_of(const admit_event *event);
const char *admit_event_refusal(const admit_event *event);
uint32_t admit_event_count(const admit_event *event);
const char *admit_event_hash(const admit_event *event);
const char *admit_event_json(const admit_event *event);
void admit_event_free(admit_event *event);
size_t admit_event_page_len(const admit_event_page *page);
const admit_event *admit_event_page_at(const admit_event_page *page, size_t at);
const char *admit_event_page_next(const admit_event_page *page);
void admit_event_page_free(admit_event_page *page);
int32_t admit_verification_is_whole(const admit_verification *verification);
uint64_t admit_verification_broken_at(const admit_verification *verification);
uint64_t admit_verification_entries(const admit_verification *verification);
const char *admit_verification_hash(const admit_verification *verification);
uint64_t admit_verification_unanchored_since(const admit_verification *verification);
const char *admit_verification_json(const admit_verification *verification);
void admit_verification_free(admit_verification *verification);
