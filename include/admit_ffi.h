/* admit_ffi.h - the declarations of admit.h without preprocessor lines, for cffi, PHP and LuaJIT. Generated. */
typedef struct admit_actor admit_actor;
typedef struct admit_client admit_client;
typedef struct admit_client_page admit_client_page;
typedef struct admit_error admit_error;
typedef struct admit_practice admit_practice;
typedef struct admit_practice_page admit_practice_page;
typedef struct admit_store admit_store;
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
  int32_t reserved;
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
