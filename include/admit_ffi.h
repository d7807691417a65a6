/* admit_ffi.h - the declarations of admit.h without preprocessor lines, for cffi, PHP and LuaJIT. Generated. */
typedef struct admit_acceptance admit_acceptance;
typedef struct admit_access admit_access;
typedef struct admit_access_page admit_access_page;
typedef struct admit_access_step admit_access_step;
typedef struct admit_access_step_page admit_access_step_page;
typedef struct admit_actor admit_actor;
typedef struct admit_batch admit_batch;
typedef struct admit_batch_page admit_batch_page;
typedef struct admit_batch_row admit_batch_row;
typedef struct admit_batch_row_page admit_batch_row_page;
typedef struct admit_certificate admit_certificate;
typedef struct admit_change admit_change;
typedef struct admit_change_page admit_change_page;
typedef struct admit_claimed admit_claimed;
typedef struct admit_claimed_page admit_claimed_page;
typedef struct admit_client admit_client;
typedef struct admit_client_document admit_client_document;
typedef struct admit_client_registration admit_client_registration;
typedef struct admit_confirmed admit_confirmed;
typedef struct admit_delegation admit_delegation;
typedef struct admit_delegation_page admit_delegation_page;
typedef struct admit_erase_order admit_erase_order;
typedef struct admit_erase_order_page admit_erase_order_page;
typedef struct admit_error admit_error;
typedef struct admit_event admit_event;
typedef struct admit_event_document admit_event_document;
typedef struct admit_event_page admit_event_page;
typedef struct admit_grant admit_grant;
typedef struct admit_grant_page admit_grant_page;
typedef struct admit_hold admit_hold;
typedef struct admit_hold_page admit_hold_page;
typedef struct admit_import admit_import;
typedef struct admit_inspection admit_inspection;
typedef struct admit_invitation admit_invitation;
typedef struct admit_invitation_page admit_invitation_page;
typedef struct admit_item admit_item;
typedef struct admit_item_page admit_item_page;
typedef struct admit_link admit_link;
typedef struct admit_login admit_login;
typedef struct admit_login_done admit_login_done;
typedef struct admit_message admit_message;
typedef struct admit_message_page admit_message_page;
typedef struct admit_open_link admit_open_link;
typedef struct admit_open_link_page admit_open_link_page;
typedef struct admit_outcome admit_outcome;
typedef struct admit_outcome_page admit_outcome_page;
typedef struct admit_password_rules admit_password_rules;
typedef struct admit_person admit_person;
typedef struct admit_person_page admit_person_page;
typedef struct admit_plan admit_plan;
typedef struct admit_practice admit_practice;
typedef struct admit_practice_certificate admit_practice_certificate;
typedef struct admit_practice_exported admit_practice_exported;
typedef struct admit_practice_page admit_practice_page;
typedef struct admit_practice_plan admit_practice_plan;
typedef struct admit_preview admit_preview;
typedef struct admit_proxy admit_proxy;
typedef struct admit_proxy_page admit_proxy_page;
typedef struct admit_qr admit_qr;
typedef struct admit_room admit_room;
typedef struct admit_room_page admit_room_page;
typedef struct admit_script_set admit_script_set;
typedef struct admit_script_set_page admit_script_set_page;
typedef struct admit_secret admit_secret;
typedef struct admit_session admit_session;
typedef struct admit_staff admit_staff;
typedef struct admit_staff_ended admit_staff_ended;
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
  ADMIT_POLICY_DENIED = 2013,
  ADMIT_POLICY_FAILED = 2014,
  ADMIT_DELEGATION_EXISTS = 2015,
  ADMIT_LAST_ADMIN = 2016,
  ADMIT_CLIENT_DEACTIVATED = 2100,
  ADMIT_CLIENT_SUSPENDED = 2101,
  ADMIT_CLIENT_PENDING_DELETION = 2102,
  ADMIT_CLIENT_IS_NO_PERSON = 2103,
  ADMIT_CLIENT_ALREADY_ACTIVATED = 2104,
  ADMIT_NOT_REACHABLE = 2105,
  ADMIT_PROXY_EXISTS = 2106,
  ADMIT_ALREADY_ENDED = 2107,
  ADMIT_CLIENT_MERGED = 2108,
  ADMIT_BOTH_HAVE_LOGINS = 2109,
  ADMIT_LINK_INVALID = 2200,
  ADMIT_LINK_USED = 2201,
  ADMIT_LINK_REVOKED = 2202,
  ADMIT_LINK_SUPERSEDED = 2203,
  ADMIT_LINK_EXPIRED = 2204,
  ADMIT_INVITATION_CLOSED = 2205,
  ADMIT_WRONG_LOGIN = 2206,
  ADMIT_LOGIN_PROOF_REQUIRED = 2207,
  ADMIT_TOO_MANY_MESSAGES = 2208,
  ADMIT_FACTS_DO_NOT_MATCH = 2209,
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
  ADMIT_PLAN_CHANGED = 2600,
  ADMIT_PLAN_EXPIRED = 2601,
  ADMIT_HELD = 2602,
  ADMIT_OPEN_LINK_FULL = 2700,
  ADMIT_OPEN_LINK_ROLE = 2701,
  ADMIT_ROW_REPEATED = 2800,
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
  ADMIT_SCRIPT = 3200,
  ADMIT_INTERNAL = 9000,
} admit_status;
int32_t admit_error_status(const admit_error *err);
const char *admit_error_name(const admit_error *err);
const char *admit_error_field(const admit_error *err);
const char *admit_error_message(const admit_error *err);
int64_t admit_error_retry_after_ms(const admit_error *err);
size_t admit_error_reason_count(const admit_error *err);
const char *admit_error_reason_code(const admit_error *err, size_t at);
const char *admit_error_reason_text(const admit_error *err, size_t at);
const char *admit_error_script(const admit_error *err);
uint32_t admit_error_line(const admit_error *err);
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
  ADMIT_NOUN_SCRIPT_SET = 11,
  ADMIT_NOUN_ERASE_ORDER = 12,
  ADMIT_NOUN_HOLD = 13,
  ADMIT_NOUN_STORE = 14,
  ADMIT_NOUN_DELEGATION = 15,
  ADMIT_NOUN_ITEM = 16,
  ADMIT_NOUN_OPEN_LINK = 17,
  ADMIT_NOUN_BATCH = 18,
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
  ADMIT_GROUND_HANDED_OVER = 4,
} admit_ground;
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
  ADMIT_DELEGATION_STATE_NONE = 0,
  ADMIT_DELEGATION_STATE_WAITING = 1,
  ADMIT_DELEGATION_STATE_ONBOARDING = 2,
  ADMIT_DELEGATION_STATE_LIVE = 3,
  ADMIT_DELEGATION_STATE_STOPPED = 4,
  ADMIT_DELEGATION_STATE_LAPSED = 5,
  ADMIT_DELEGATION_STATE_ENDED = 6,
} admit_delegation_state_value;
typedef enum {
  ADMIT_TIE_NONE = 0,
  ADMIT_TIE_SELF = 1,
  ADMIT_TIE_GUARDIAN = 2,
} admit_tie;
typedef enum {
  ADMIT_ACCESS_WAY_NONE = 0,
  ADMIT_ACCESS_WAY_PROXY = 1,
  ADMIT_ACCESS_WAY_GRANT = 2,
  ADMIT_ACCESS_WAY_ROOM = 3,
  ADMIT_ACCESS_WAY_ROLE = 4,
} admit_access_way;
typedef enum {
  ADMIT_STEP_KIND_NONE = 0,
  ADMIT_STEP_KIND_SEAT = 1,
  ADMIT_STEP_KIND_SESSION = 2,
  ADMIT_STEP_KIND_DELEGATION = 3,
  ADMIT_STEP_KIND_GRANT = 4,
  ADMIT_STEP_KIND_ROOM = 5,
  ADMIT_STEP_KIND_PROXY = 6,
  ADMIT_STEP_KIND_CLIENT = 7,
  ADMIT_STEP_KIND_ROLE = 8,
} admit_step_kind;
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
typedef enum {
  ADMIT_OPEN_LINK_STATE_NONE = 0,
  ADMIT_OPEN_LINK_STATE_LIVE = 1,
  ADMIT_OPEN_LINK_STATE_EXHAUSTED = 2,
  ADMIT_OPEN_LINK_STATE_EXPIRED = 3,
  ADMIT_OPEN_LINK_STATE_REVOKED = 4,
} admit_open_link_state_value;
typedef enum {
  ADMIT_DELETION_VERDICT_NONE = 0,
  ADMIT_DELETION_VERDICT_DENY = 1,
  ADMIT_DELETION_VERDICT_ERASE = 2,
  ADMIT_DELETION_VERDICT_REMOVE_LOGIN = 3,
  ADMIT_DELETION_VERDICT_LEAVE = 4,
  ADMIT_DELETION_VERDICT_SCHEDULE = 5,
  ADMIT_DELETION_VERDICT_RETAIN = 6,
} admit_deletion_verdict;
typedef enum {
  ADMIT_ERASE_ORDER_STATE_NONE = 0,
  ADMIT_ERASE_ORDER_STATE_HOST_PENDING = 1,
  ADMIT_ERASE_ORDER_STATE_DONE = 2,
} admit_erase_order_state_value;
typedef enum {
  ADMIT_DELETION_WANTED_NONE = 0,
  ADMIT_DELETION_WANTED_ERASE = 1,
  ADMIT_DELETION_WANTED_REMOVE_LOGIN = 2,
  ADMIT_DELETION_WANTED_LEAVE = 3,
} admit_deletion_wanted;
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
                               uint32_t epoch,
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
typedef enum {
  ADMIT_LOG_LEVEL_ERROR = 1,
  ADMIT_LOG_LEVEL_WARNING = 2,
  ADMIT_LOG_LEVEL_INFO = 3,
} admit_log_level;
typedef int64_t (*admit_clock_fn)(void *user_data);
typedef void (*admit_destroy_fn)(void *user_data);
typedef int32_t (*admit_password_check_fn)(void *user_data, const char *password);
typedef void (*admit_log_fn)(void *user_data, int32_t level, const char *line);
typedef int32_t (*admit_fact_check_fn)(void *user_data,
                                       const char *invitation_id,
                                       const char *birth_date,
                                       const char *postcode,
                                       const char *record_number);
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
  admit_log_fn log;
  void *log_data;
  admit_destroy_fn log_destroy;
  uint32_t script_workers;
  uint32_t script_time_ms;
  uint64_t script_memory_bytes;
  uint64_t script_steps;
  uint32_t invitations_per_recipient;
  uint32_t invitations_per_inviter;
  uint32_t invitations_per_practice;
  uint32_t test_panic_at;
  uint64_t test_seed;
  admit_fact_check_fn fact_check;
  void *fact_check_data;
  admit_destroy_fn fact_check_destroy;
} admit_open_options;
typedef int32_t (*admit_progress_fn)(void *user_data, uint64_t rows);
admit_status admit_store_open(const char *path,
                              const uint8_t *keys,
                              size_t keys_len,
                              const admit_open_options *options,
                              admit_store **store,
                              admit_error **err);
admit_status admit_store_close(admit_store *store);
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
uint64_t admit_upkeep_invited(const admit_upkeep *upkeep);
uint64_t admit_upkeep_erased(const admit_upkeep *upkeep);
int64_t admit_upkeep_scrub_due_at(const admit_upkeep *upkeep);
uint64_t admit_upkeep_delegations(const admit_upkeep *upkeep);
uint64_t admit_upkeep_given_back(const admit_upkeep *upkeep);
uint64_t admit_upkeep_practice_rows(const admit_upkeep *upkeep);
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
int64_t admit_stats_scrub_due_at(const admit_stats *stats);
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
admit_status admit_key_generate(uint8_t *key, size_t key_len, admit_error **err);
admit_status admit_store_rotate_key(admit_store *store,
                                    const uint8_t *keys,
                                    size_t keys_len,
                                    admit_error **err);
admit_status admit_store_compromise(admit_store *store,
                                    const uint8_t *keys,
                                    size_t keys_len,
                                    const char *reason,
                                    admit_error **err);
admit_status admit_store_scrub(admit_store *store,
                               const uint8_t *keys,
                               size_t keys_len,
                               admit_progress_fn progress,
                               void *progress_data,
                               int32_t *scrubbed,
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
typedef int32_t (*admit_sink_fn)(void *user_data, const char *line, size_t len);
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
admit_status admit_practice_password_rules(admit_actor *actor,
                                           admit_password_rules **rules,
                                           admit_error **err);
size_t admit_password_rules_characters_min(const admit_password_rules *rules);
size_t admit_password_rules_bytes_max(const admit_password_rules *rules);
int32_t admit_password_rules_has_composition_rules(const admit_password_rules *rules);
int32_t admit_password_rules_refuses_common(const admit_password_rules *rules);
size_t admit_password_rules_context_word_count(const admit_password_rules *rules);
const char *admit_password_rules_context_word(const admit_password_rules *rules,
                                              size_t at);
int32_t admit_password_rules_has_breach_check(const admit_password_rules *rules);
const char *admit_password_rules_json(const admit_password_rules *rules);
void admit_password_rules_free(admit_password_rules *rules);
admit_status admit_practice_export(admit_actor *actor,
                                   admit_sink_fn sink,
                                   void *sink_data,
                                   admit_practice_exported **exported,
                                   admit_error **err);
admit_status admit_practice_erase_plan(admit_actor *actor,
                                       admit_practice_plan **practice_plan,
                                       admit_error **err);
admit_status admit_practice_erase_confirm(admit_actor *actor,
                                          const char *token,
                                          const char *idempotency_key,
                                          admit_error **err);
admit_status admit_practice_certificate_get(admit_store *store,
                                            const char *practice_id,
                                            admit_practice_certificate **practice_certificate,
                                            admit_error **err);
uint64_t admit_practice_exported_lines(const admit_practice_exported *exported,
                                       int32_t noun);
uint64_t admit_practice_exported_events(const admit_practice_exported *exported);
int32_t admit_practice_exported_is_complete(const admit_practice_exported *exported);
const char *admit_practice_exported_json(const admit_practice_exported *exported);
void admit_practice_exported_free(admit_practice_exported *exported);
uint32_t admit_practice_plan_would_go(const admit_practice_plan *practice_plan,
                                      int32_t noun);
size_t admit_practice_plan_hold_count(const admit_practice_plan *practice_plan);
const char *admit_practice_plan_hold_id(const admit_practice_plan *practice_plan,
                                        size_t at);
const char *admit_practice_plan_token(const admit_practice_plan *practice_plan);
int64_t admit_practice_plan_expires_at(const admit_practice_plan *practice_plan);
const char *admit_practice_plan_json(const admit_practice_plan *practice_plan);
void admit_practice_plan_free(admit_practice_plan *practice_plan);
const char *admit_practice_certificate_practice_id(const admit_practice_certificate *certificate);
const char *admit_practice_certificate_reason(const admit_practice_certificate *certificate);
int64_t admit_practice_certificate_closed_at(const admit_practice_certificate *certificate);
int64_t admit_practice_certificate_erased_at(const admit_practice_certificate *certificate);
uint32_t admit_practice_certificate_planned(const admit_practice_certificate *certificate,
                                            int32_t noun);
uint32_t admit_practice_certificate_gone(const admit_practice_certificate *certificate,
                                         int32_t noun);
const char *admit_practice_certificate_json(const admit_practice_certificate *certificate);
void admit_practice_certificate_free(admit_practice_certificate *certificate);
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
admit_status admit_staff_end(admit_actor *actor,
                             const char *staff_id,
                             const char *successor_id,
                             admit_staff_ended **ended,
                             admit_error **err);
const char *admit_staff_ended_staff_id(const admit_staff_ended *ended);
const char *admit_staff_ended_successor_id(const admit_staff_ended *ended);
int64_t admit_staff_ended_at(const admit_staff_ended *ended);
int32_t admit_staff_ended_more(const admit_staff_ended *ended);
size_t admit_staff_ended_count(const admit_staff_ended *ended, int32_t noun);
const char *admit_staff_ended_id(const admit_staff_ended *ended, int32_t noun, size_t at);
size_t admit_staff_ended_handed_over_count(const admit_staff_ended *ended, int32_t noun);
const char *admit_staff_ended_handed_over_id(const admit_staff_ended *ended,
                                             int32_t noun,
                                             size_t at);
const char *admit_staff_ended_json(const admit_staff_ended *ended);
void admit_staff_ended_free(admit_staff_ended *ended);
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
typedef struct {
  size_t size;
  const char *name;
  const char *family_name;
  const char *given_name;
  const char *birth_date;
  const char *email;
  const char *phone;
  const char *locale;
  const char *zone;
  const char *room_id;
  const char *idempotency_key;
} admit_client_guest_input;
typedef struct {
  size_t size;
  const char *name;
  const char *family_name;
  const char *given_name;
  const char *birth_date;
  const char *email;
  const char *phone;
  const char *locale;
  const char *zone;
  const char *username;
  const char *password;
  const char *identity_issuer;
  const char *identity_subject;
  const char *idempotency_key;
} admit_client_registration_input;
typedef struct {
  size_t size;
  const char *from_client_id;
  const char *into_client_id;
  const char *reason;
  uint64_t from_revision;
  uint64_t into_revision;
  const char *idempotency_key;
} admit_client_merge_input;
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
admit_status admit_client_set_stage(admit_actor *actor,
                                    const char *client_id,
                                    int32_t stage,
                                    uint64_t revision,
                                    admit_client **client,
                                    admit_error **err);
int32_t admit_client_registration_is_held(const admit_client_registration *registration);
const char *admit_client_registration_client_id(const admit_client_registration *registration);
const char *admit_client_registration_login_id(const admit_client_registration *registration);
const char *admit_client_registration_json(const admit_client_registration *registration);
void admit_client_registration_free(admit_client_registration *registration);
admit_status admit_client_enter_as_guest(admit_actor *actor,
                                         const admit_client_guest_input *input,
                                         admit_client **client,
                                         admit_error **err);
admit_status admit_client_register(admit_actor *actor,
                                   const admit_client_registration_input *input,
                                   admit_client_registration **registration,
                                   admit_error **err);
admit_status admit_client_merge(admit_actor *actor,
                                const admit_client_merge_input *input,
                                admit_client **client,
                                admit_error **err);
admit_status admit_client_merged_into(admit_actor *actor,
                                      const char *client_id,
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
const char *admit_client_street(const admit_client *client);
const char *admit_client_city(const admit_client *client);
const char *admit_client_state(const admit_client *client);
const char *admit_client_postal_code(const admit_client *client);
const char *admit_client_country(const admit_client *client);
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
admit_status admit_client_export(admit_actor *actor,
                                 const char *client_id,
                                 admit_client_document **document,
                                 admit_error **err);
const char *admit_client_document_json(const admit_client_document *document);
void admit_client_document_free(admit_client_document *document);
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
int32_t admit_proxy_until_of_age(const admit_proxy *proxy);
int64_t admit_proxy_ended_at(const admit_proxy *proxy);
int64_t admit_proxy_created_at(const admit_proxy *proxy);
const char *admit_proxy_json(const admit_proxy *proxy);
void admit_proxy_free(admit_proxy *proxy);
size_t admit_proxy_page_len(const admit_proxy_page *page);
const admit_proxy *admit_proxy_page_at(const admit_proxy_page *page, size_t at);
const char *admit_proxy_page_next(const admit_proxy_page *page);
void admit_proxy_page_free(admit_proxy_page *page);
admit_status admit_proxy_import(admit_actor *actor,
                                const uint8_t *data,
                                size_t data_len,
                                admit_progress_fn progress,
                                void *progress_data,
                                admit_import **import,
                                admit_error **err);
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
admit_status admit_grant_import(admit_actor *actor,
                                const uint8_t *data,
                                size_t data_len,
                                admit_progress_fn progress,
                                void *progress_data,
                                admit_import **import,
                                admit_error **err);
typedef struct {
  size_t size;
  const char *assistant_id;
  const char *practitioner_id;
  const char *const *actions;
  size_t action_count;
  const char *const *client_ids;
  size_t client_count;
  const char *reason;
  int64_t ends_at;
  const char *idempotency_key;
} admit_delegation_input;
typedef struct {
  size_t size;
  const char *practitioner_id;
  const char *name;
  const char *family_name;
  const char *given_name;
  const char *email;
  const char *locale;
  const char *note;
  const char *const *actions;
  size_t action_count;
  const char *const *client_ids;
  size_t client_count;
  const char *reason;
  int64_t ends_at;
  const char *idempotency_key;
} admit_assistant_input;
typedef struct {
  size_t size;
  const char *after;
  const char *practitioner_id;
  const char *assistant_id;
  uint32_t limit;
  int32_t state;
  int32_t with_cleared;
  int32_t reserved;
} admit_delegation_query;
admit_status admit_delegation_give(admit_actor *actor,
                                   const admit_delegation_input *input,
                                   admit_delegation **delegation,
                                   admit_error **err);
admit_status admit_assistant_invite(admit_actor *actor,
                                    const admit_assistant_input *input,
                                    admit_delegation **delegation,
                                    admit_error **err);
admit_status admit_delegation_get(admit_actor *actor,
                                  const char *delegation_id,
                                  admit_delegation **delegation,
                                  admit_error **err);
admit_status admit_delegation_list(admit_actor *actor,
                                   const admit_delegation_query *query,
                                   admit_delegation_page **page,
                                   admit_error **err);
admit_status admit_delegation_end(admit_actor *actor,
                                  const char *delegation_id,
                                  admit_error **err);
admit_status admit_delegation_clear(admit_actor *actor,
                                    const char *delegation_id,
                                    admit_error **err);
const char *admit_delegation_id(const admit_delegation *delegation);
const char *admit_delegation_practitioner_id(const admit_delegation *delegation);
const char *admit_delegation_practitioner_name(const admit_delegation *delegation);
const char *admit_delegation_assistant_id(const admit_delegation *delegation);
const char *admit_delegation_assistant_name(const admit_delegation *delegation);
const char *admit_delegation_assistant_email(const admit_delegation *delegation);
const char *admit_delegation_invitation_id(const admit_delegation *delegation);
admit_invitation_state_value admit_delegation_invitation_state(const admit_delegation *delegation);
admit_delivery_state_value admit_delegation_delivery_state(const admit_delegation *delegation);
int64_t admit_delegation_last_sign_in(const admit_delegation *delegation);
admit_delegation_state_value admit_delegation_state(const admit_delegation *delegation);
size_t admit_delegation_action_count(const admit_delegation *delegation);
const char *admit_delegation_action(const admit_delegation *delegation, size_t at);
int32_t admit_delegation_is_for_all_clients(const admit_delegation *delegation);
size_t admit_delegation_client_count(const admit_delegation *delegation);
const char *admit_delegation_client_id(const admit_delegation *delegation, size_t at);
const char *admit_delegation_reason(const admit_delegation *delegation);
int64_t admit_delegation_ends_at(const admit_delegation *delegation);
int64_t admit_delegation_ended_at(const admit_delegation *delegation);
int64_t admit_delegation_cleared_at(const admit_delegation *delegation);
int64_t admit_delegation_created_at(const admit_delegation *delegation);
const char *admit_delegation_json(const admit_delegation *delegation);
void admit_delegation_free(admit_delegation *delegation);
size_t admit_delegation_page_len(const admit_delegation_page *page);
const admit_delegation *admit_delegation_page_at(const admit_delegation_page *page,
                                                 size_t at);
const char *admit_delegation_page_next(const admit_delegation_page *page);
void admit_delegation_page_free(admit_delegation_page *page);
admit_status admit_access_of(admit_actor *actor,
                             const char *client_id,
                             const char *after,
                             uint32_t limit,
                             admit_access_page **page,
                             admit_error **err);
admit_status admit_access_why(admit_actor *actor,
                              const char *staff_id,
                              const char *login_id,
                              const char *client_id,
                              admit_access_step_page **page,
                              admit_error **err);
admit_noun admit_access_who_noun(const admit_access *access);
const char *admit_access_who_id(const admit_access *access);
const char *admit_access_name(const admit_access *access);
admit_role admit_access_role(const admit_access *access);
admit_access_way admit_access_kind(const admit_access *access);
const char *admit_access_grant_id(const admit_access *access);
const char *admit_access_proxy_id(const admit_access *access);
admit_ground admit_access_ground(const admit_access *access);
const char *admit_access_reason(const admit_access *access);
int64_t admit_access_since(const admit_access *access);
int64_t admit_access_until(const admit_access *access);
admit_status admit_access_status(const admit_access *access);
int32_t admit_access_may_withdraw(const admit_access *access);
const char *admit_access_words(const admit_access *access);
const char *admit_access_json(const admit_access *access);
size_t admit_access_page_len(const admit_access_page *page);
const admit_access *admit_access_page_at(const admit_access_page *page, size_t at);
const char *admit_access_page_next(const admit_access_page *page);
void admit_access_page_free(admit_access_page *page);
admit_step_kind admit_access_step_kind(const admit_access_step *step);
admit_noun admit_access_step_noun(const admit_access_step *step);
const char *admit_access_step_thing_id(const admit_access_step *step);
int32_t admit_access_step_holds(const admit_access_step *step);
admit_status admit_access_step_status(const admit_access_step *step);
const char *admit_access_step_words(const admit_access_step *step);
const char *admit_access_step_json(const admit_access_step *step);
size_t admit_access_step_page_len(const admit_access_step_page *page);
const admit_access_step *admit_access_step_page_at(const admit_access_step_page *page,
                                                   size_t at);
admit_status admit_access_step_page_status(const admit_access_step_page *page);
void admit_access_step_page_free(admit_access_step_page *page);
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
  const char *delegated_by;
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
typedef enum {
  ADMIT_OFFER_NONE = 0,
  ADMIT_OFFER_CLIENT = 1,
  ADMIT_OFFER_GUARDIAN = 2,
  ADMIT_OFFER_NEW_CLIENT = 3,
  ADMIT_OFFER_SEAT = 4,
} admit_offer;
typedef enum {
  ADMIT_LINK_PURPOSE_NONE = 0,
  ADMIT_LINK_PURPOSE_INVITATION = 1,
  ADMIT_LINK_PURPOSE_OPEN_LINK = 2,
  ADMIT_LINK_PURPOSE_RESET = 3,
  ADMIT_LINK_PURPOSE_ADDRESS_CONFIRMATION = 4,
  ADMIT_LINK_PURPOSE_ADDRESS_CHANGE = 5,
} admit_link_purpose;
typedef enum {
  ADMIT_BATCH_NONE = 0,
  ADMIT_BATCH_PLANNING = 1,
  ADMIT_BATCH_PLANNED = 2,
  ADMIT_BATCH_APPLYING = 3,
  ADMIT_BATCH_APPLIED = 4,
  ADMIT_BATCH_UNDOING = 5,
  ADMIT_BATCH_UNDONE = 6,
  ADMIT_BATCH_LAPSED = 7,
} admit_batch_state_value;
typedef enum {
  ADMIT_BATCH_ROW_NONE = 0,
  ADMIT_BATCH_ROW_INVITE = 1,
  ADMIT_BATCH_ROW_RENEW = 2,
  ADMIT_BATCH_ROW_SKIP = 3,
  ADMIT_BATCH_ROW_WAITING = 4,
  ADMIT_BATCH_ROW_INVITED = 5,
  ADMIT_BATCH_ROW_RENEWED = 6,
  ADMIT_BATCH_ROW_SKIPPED = 7,
  ADMIT_BATCH_ROW_REVOKED = 8,
  ADMIT_BATCH_ROW_KEPT = 9,
} admit_batch_row_state_value;
typedef enum {
  ADMIT_BATCH_ROWS_ALL = 0,
  ADMIT_BATCH_ROWS_OPEN = 1,
  ADMIT_BATCH_ROWS_SENT = 2,
} admit_batch_row_filter;
typedef struct {
  size_t size;
  const char *client_id;
  const char *staff_id;
  const char *const *room_ids;
  size_t room_count;
  const char *name;
  const char *family_name;
  const char *given_name;
  const char *email;
  const char *phone;
  const char *locale;
  const char *relationship;
  const char *note;
  int32_t role;
  int32_t tie;
  int32_t channel;
  int32_t reserved;
  int64_t expires_in_ms;
  const char *idempotency_key;
  const char *fact_birth_date;
  const char *fact_postcode;
  const char *fact_record_number;
  uint32_t facts_of_host;
  uint32_t reserved_facts;
} admit_invitation_input;
typedef struct {
  size_t size;
  const char *after;
  const char *client_id;
  uint32_t limit;
  int32_t state;
} admit_invitation_query;
typedef struct {
  size_t size;
  const char *token;
  const char *password;
  const char *identity_issuer;
  const char *identity_subject;
  const char *login_id;
  const char *holder;
  const char *name;
  const char *family_name;
  const char *given_name;
  const char *username;
  uint32_t epoch;
  uint32_t reserved;
  const char *idempotency_key;
  const char *birth_date;
  const char *postcode;
  const char *record_number;
} admit_accept_input;
typedef struct {
  size_t size;
  const char *const *client_ids;
  size_t client_count;
  const char *note;
  int64_t expires_in_ms;
  int32_t channel;
  int32_t reserved;
  const char *idempotency_key;
} admit_batch_input;
typedef int32_t (*admit_batch_progress_fn)(void *user_data, uint64_t done, uint64_t total);
admit_status admit_invitation_send(admit_actor *actor,
                                   const admit_invitation_input *input,
                                   admit_invitation **invitation,
                                   admit_error **err);
admit_status admit_invitation_send_many(admit_actor *actor,
                                        const char *const *client_ids,
                                        size_t client_count,
                                        const admit_invitation_input *common,
                                        admit_outcome_page **page,
                                        admit_error **err);
admit_status admit_invitation_link(admit_actor *actor,
                                   const char *invitation_id,
                                   int32_t channel,
                                   admit_link **link,
                                   admit_error **err);
admit_status admit_invitation_qr(admit_actor *actor,
                                 const char *invitation_id,
                                 admit_qr **qr,
                                 admit_error **err);
admit_status admit_invitation_revoke(admit_actor *actor,
                                     const char *invitation_id,
                                     admit_error **err);
admit_status admit_invitation_get(admit_actor *actor,
                                  const char *invitation_id,
                                  admit_invitation **invitation,
                                  admit_error **err);
admit_status admit_invitation_list(admit_actor *actor,
                                   const admit_invitation_query *query,
                                   admit_invitation_page **page,
                                   admit_error **err);
const char *admit_invitation_id(const admit_invitation *invitation);
const char *admit_invitation_practice_id(const admit_invitation *invitation);
const char *admit_invitation_client_id(const admit_invitation *invitation);
const char *admit_invitation_staff_id(const admit_invitation *invitation);
const char *admit_invitation_inviter_id(const admit_invitation *invitation);
size_t admit_invitation_room_count(const admit_invitation *invitation);
const char *admit_invitation_room_id(const admit_invitation *invitation, size_t at);
admit_offer admit_invitation_offer(const admit_invitation *invitation);
admit_tie admit_invitation_tie(const admit_invitation *invitation);
const char *admit_invitation_relationship(const admit_invitation *invitation);
uint32_t admit_invitation_facts(const admit_invitation *invitation);
uint32_t admit_invitation_wrong_answers(const admit_invitation *invitation);
const char *admit_invitation_recipient_name(const admit_invitation *invitation);
const char *admit_invitation_email(const admit_invitation *invitation);
const char *admit_invitation_phone(const admit_invitation *invitation);
const char *admit_invitation_locale(const admit_invitation *invitation);
admit_channel admit_invitation_channel(const admit_invitation *invitation);
admit_invitation_state_value admit_invitation_state(const admit_invitation *invitation);
uint32_t admit_invitation_sends(const admit_invitation *invitation);
int64_t admit_invitation_expires_at(const admit_invitation *invitation);
int64_t admit_invitation_sent_at(const admit_invitation *invitation);
int64_t admit_invitation_created_at(const admit_invitation *invitation);
int64_t admit_invitation_accepted_at(const admit_invitation *invitation);
const char *admit_invitation_login_id(const admit_invitation *invitation);
const char *admit_invitation_message_id(const admit_invitation *invitation);
const char *admit_invitation_note(const admit_invitation *invitation);
const char *admit_invitation_json(const admit_invitation *invitation);
void admit_invitation_free(admit_invitation *invitation);
size_t admit_invitation_page_len(const admit_invitation_page *page);
const admit_invitation *admit_invitation_page_at(const admit_invitation_page *page,
                                                 size_t at);
const char *admit_invitation_page_next(const admit_invitation_page *page);
void admit_invitation_page_free(admit_invitation_page *page);
const char *admit_link_url(const admit_link *link);
void admit_link_free(admit_link *link);
const char *admit_qr_url(const admit_qr *qr);
const char *admit_qr_svg(const admit_qr *qr);
const char *admit_qr_terminal(const admit_qr *qr);
void admit_qr_free(admit_qr *qr);
const char *admit_outcome_client_id(const admit_outcome *outcome);
int32_t admit_outcome_status(const admit_outcome *outcome);
const char *admit_outcome_name(const admit_outcome *outcome);
const char *admit_outcome_field(const admit_outcome *outcome);
int64_t admit_outcome_retry_after_ms(const admit_outcome *outcome);
const char *admit_outcome_invitation_id(const admit_outcome *outcome);
int32_t admit_outcome_is_renewed(const admit_outcome *outcome);
size_t admit_outcome_reason_count(const admit_outcome *outcome);
const char *admit_outcome_reason_code(const admit_outcome *outcome, size_t at);
const char *admit_outcome_reason_text(const admit_outcome *outcome, size_t at);
const char *admit_outcome_json(const admit_outcome *outcome);
size_t admit_outcome_page_len(const admit_outcome_page *page);
const admit_outcome *admit_outcome_page_at(const admit_outcome_page *page, size_t at);
void admit_outcome_page_free(admit_outcome_page *page);
admit_status admit_invitation_inspect(admit_store *store,
                                      const admit_source *source,
                                      const char *token,
                                      admit_inspection **inspection,
                                      admit_error **err);
admit_status admit_invitation_accept(admit_store *store,
                                     const admit_source *source,
                                     const admit_accept_input *input,
                                     admit_acceptance **acceptance,
                                     admit_error **err);
admit_status admit_invitation_decline(admit_store *store,
                                      const admit_source *source,
                                      const char *token,
                                      admit_error **err);
admit_status admit_invitation_ask_again(admit_store *store,
                                        const admit_source *source,
                                        const char *token,
                                        admit_error **err);
int32_t admit_inspection_status(const admit_inspection *inspection);
admit_link_purpose admit_inspection_purpose(const admit_inspection *inspection);
const char *admit_inspection_practice_id(const admit_inspection *inspection);
const char *admit_inspection_practice_name(const admit_inspection *inspection);
const char *admit_inspection_masked_address(const admit_inspection *inspection);
int64_t admit_inspection_expires_at(const admit_inspection *inspection);
admit_offer admit_inspection_offer(const admit_inspection *inspection);
admit_sign_in_method admit_inspection_sign_in(const admit_inspection *inspection);
int32_t admit_inspection_has_login(const admit_inspection *inspection);
uint32_t admit_inspection_facts(const admit_inspection *inspection);
int32_t admit_inspection_has_places(const admit_inspection *inspection);
const char *admit_inspection_json(const admit_inspection *inspection);
void admit_inspection_free(admit_inspection *inspection);
const char *admit_acceptance_login_id(const admit_acceptance *acceptance);
int32_t admit_acceptance_waits_for_address(const admit_acceptance *acceptance);
const char *admit_acceptance_practice_id(const admit_acceptance *acceptance);
const char *admit_acceptance_client_id(const admit_acceptance *acceptance);
const char *admit_acceptance_staff_id(const admit_acceptance *acceptance);
const char *admit_acceptance_json(const admit_acceptance *acceptance);
void admit_acceptance_free(admit_acceptance *acceptance);
admit_status admit_invitation_plan(admit_actor *actor,
                                   const admit_batch_input *input,
                                   const admit_person_query *query,
                                   admit_batch_progress_fn progress,
                                   void *progress_data,
                                   admit_batch **batch,
                                   admit_error **err);
admit_status admit_invitation_apply(admit_actor *actor,
                                    const char *batch_id,
                                    admit_batch_progress_fn progress,
                                    void *progress_data,
                                    admit_batch **batch,
                                    admit_error **err);
admit_status admit_invitation_undo(admit_actor *actor,
                                   const char *batch_id,
                                   int32_t renewed_too,
                                   admit_batch_progress_fn progress,
                                   void *progress_data,
                                   admit_batch **batch,
                                   admit_error **err);
admit_status admit_batch_get(admit_actor *actor,
                             const char *batch_id,
                             admit_batch **batch,
                             admit_error **err);
admit_status admit_batch_list(admit_actor *actor,
                              const char *after,
                              uint32_t limit,
                              admit_batch_page **page,
                              admit_error **err);
admit_status admit_batch_row_list(admit_actor *actor,
                                  const char *batch_id,
                                  int32_t filter,
                                  const char *after,
                                  uint32_t limit,
                                  admit_batch_row_page **page,
                                  admit_error **err);
const char *admit_batch_id(const admit_batch *batch);
admit_batch_state_value admit_batch_state(const admit_batch *batch);
const char *admit_batch_staff_id(const admit_batch *batch);
const char *admit_batch_note(const admit_batch *batch);
admit_channel admit_batch_channel(const admit_batch *batch);
uint32_t admit_batch_rows(const admit_batch *batch);
uint32_t admit_batch_to_invite(const admit_batch *batch);
uint32_t admit_batch_to_renew(const admit_batch *batch);
uint32_t admit_batch_to_skip(const admit_batch *batch);
uint32_t admit_batch_open(const admit_batch *batch);
uint32_t admit_batch_invited(const admit_batch *batch);
uint32_t admit_batch_renewed(const admit_batch *batch);
uint32_t admit_batch_skipped(const admit_batch *batch);
uint32_t admit_batch_revoked(const admit_batch *batch);
uint32_t admit_batch_kept(const admit_batch *batch);
int64_t admit_batch_retry_at(const admit_batch *batch);
int64_t admit_batch_created_at(const admit_batch *batch);
int64_t admit_batch_updated_at(const admit_batch *batch);
int64_t admit_batch_lapses_at(const admit_batch *batch);
const char *admit_batch_json(const admit_batch *batch);
void admit_batch_free(admit_batch *batch);
size_t admit_batch_page_len(const admit_batch_page *page);
const admit_batch *admit_batch_page_at(const admit_batch_page *page, size_t at);
const char *admit_batch_page_next(const admit_batch_page *page);
void admit_batch_page_free(admit_batch_page *page);
uint32_t admit_batch_row_place(const admit_batch_row *row);
const char *admit_batch_row_client_id(const admit_batch_row *row);
admit_batch_row_state_value admit_batch_row_planned(const admit_batch_row *row);
admit_batch_row_state_value admit_batch_row_state(const admit_batch_row *row);
int32_t admit_batch_row_shares_address(const admit_batch_row *row);
int32_t admit_batch_row_status(const admit_batch_row *row);
const char *admit_batch_row_name(const admit_batch_row *row);
const char *admit_batch_row_field(const admit_batch_row *row);
int64_t admit_batch_row_retry_after_ms(const admit_batch_row *row);
const char *admit_batch_row_invitation_id(const admit_batch_row *row);
size_t admit_batch_row_reason_count(const admit_batch_row *row);
const char *admit_batch_row_reason_code(const admit_batch_row *row, size_t at);
const char *admit_batch_row_reason_text(const admit_batch_row *row, size_t at);
const char *admit_batch_row_json(const admit_batch_row *row);
size_t admit_batch_row_page_len(const admit_batch_row_page *page);
const admit_batch_row *admit_batch_row_page_at(const admit_batch_row_page *page,
                                               size_t at);
const char *admit_batch_row_page_next(const admit_batch_row_page *page);
void admit_batch_row_page_free(admit_batch_row_page *page);
typedef struct {
  size_t size;
  const char *const *room_ids;
  size_t room_count;
  const char *label;
  int32_t role;
  uint32_t uses;
  int64_t expires_in_ms;
  const char *idempotency_key;
} admit_open_link_input;
typedef struct {
  size_t size;
  const char *after;
  uint32_t limit;
  int32_t state;
} admit_open_link_query;
typedef struct {
  size_t size;
  const char *token;
  const char *password;
  const char *identity_issuer;
  const char *identity_subject;
  const char *login_id;
  const char *name;
  const char *family_name;
  const char *given_name;
  const char *email;
  const char *username;
  const char *phone;
  const char *locale;
  uint32_t epoch;
  uint32_t reserved;
  const char *idempotency_key;
} admit_open_link_accept_input;
admit_status admit_open_link_create(admit_actor *actor,
                                    const admit_open_link_input *input,
                                    admit_open_link **open_link,
                                    admit_error **err);
admit_status admit_open_link_get(admit_actor *actor,
                                 const char *open_link_id,
                                 admit_open_link **open_link,
                                 admit_error **err);
admit_status admit_open_link_list(admit_actor *actor,
                                  const admit_open_link_query *query,
                                  admit_open_link_page **page,
                                  admit_error **err);
admit_status admit_open_link_revoke(admit_actor *actor,
                                    const char *open_link_id,
                                    admit_error **err);
admit_status admit_open_link_link(admit_actor *actor,
                                  const char *open_link_id,
                                  int32_t channel,
                                  admit_link **link,
                                  admit_error **err);
admit_status admit_open_link_qr(admit_actor *actor,
                                const char *open_link_id,
                                admit_qr **qr,
                                admit_error **err);
const char *admit_open_link_id(const admit_open_link *open_link);
const char *admit_open_link_practice_id(const admit_open_link *open_link);
admit_role admit_open_link_role(const admit_open_link *open_link);
size_t admit_open_link_room_count(const admit_open_link *open_link);
const char *admit_open_link_room_id(const admit_open_link *open_link, size_t at);
const char *admit_open_link_label(const admit_open_link *open_link);
uint32_t admit_open_link_uses_max(const admit_open_link *open_link);
uint32_t admit_open_link_uses(const admit_open_link *open_link);
uint32_t admit_open_link_held(const admit_open_link *open_link);
uint32_t admit_open_link_left(const admit_open_link *open_link);
admit_open_link_state_value admit_open_link_state(const admit_open_link *open_link);
const char *admit_open_link_inviter_id(const admit_open_link *open_link);
const char *admit_open_link_inviter_name(const admit_open_link *open_link);
int64_t admit_open_link_expires_at(const admit_open_link *open_link);
int64_t admit_open_link_revoked_at(const admit_open_link *open_link);
int64_t admit_open_link_created_at(const admit_open_link *open_link);
const char *admit_open_link_json(const admit_open_link *open_link);
void admit_open_link_free(admit_open_link *open_link);
size_t admit_open_link_page_len(const admit_open_link_page *page);
const admit_open_link *admit_open_link_page_at(const admit_open_link_page *page,
                                               size_t at);
const char *admit_open_link_page_next(const admit_open_link_page *page);
void admit_open_link_page_free(admit_open_link_page *page);
admit_status admit_open_link_accept(admit_store *store,
                                    const admit_source *source,
                                    const admit_open_link_accept_input *input,
                                    admit_acceptance **acceptance,
                                    admit_error **err);
typedef struct {
  size_t size;
  const char *issuer;
  const char *subject;
} admit_identity;
typedef struct {
  size_t size;
  const char *client_id;
  const char *staff_id;
  const char *email;
  const char *username;
  const char *holder;
  const char *phone;
  const char *locale;
  const char *zone;
  const admit_identity *const *identities;
  size_t identity_count;
  const char *imported_hash;
  const char *temporary_password;
  int32_t generate_password;
  int32_t reserved;
  const char *idempotency_key;
} admit_login_input;
typedef struct {
  size_t size;
  const char *holder;
  const char *phone;
  const char *locale;
  const char *zone;
  const char *username;
  uint64_t revision;
  const char *idempotency_key;
} admit_login_change_input;
admit_status admit_login_import(admit_actor *actor,
                                const uint8_t *data,
                                size_t data_len,
                                admit_progress_fn progress,
                                void *progress_data,
                                admit_import **import,
                                admit_error **err);
admit_status admit_login_create(admit_actor *actor,
                                const admit_login_input *input,
                                admit_login **login,
                                admit_secret **password,
                                admit_error **err);
admit_status admit_login_get(admit_actor *actor,
                             const char *login_id,
                             admit_login **login,
                             admit_error **err);
admit_status admit_login_update(admit_actor *actor,
                                const char *login_id,
                                const admit_login_change_input *input,
                                admit_login **login,
                                admit_error **err);
admit_status admit_login_unlock(admit_actor *actor,
                                const char *login_id,
                                admit_error **err);
admit_status admit_login_end_sessions(admit_actor *actor,
                                      const char *login_id,
                                      uint32_t *epoch,
                                      admit_error **err);
admit_status admit_login_remove(admit_actor *actor,
                                const char *login_id,
                                int32_t *is_removed,
                                admit_error **err);
const char *admit_login_id(const admit_login *login);
const char *admit_login_portal_id(const admit_login *login);
const char *admit_login_holder(const admit_login *login);
const char *admit_login_phone(const admit_login *login);
const char *admit_login_locale(const admit_login *login);
const char *admit_login_zone(const admit_login *login);
const char *admit_login_username(const admit_login *login);
const char *admit_login_email(const admit_login *login);
int32_t admit_login_is_email_verified(const admit_login *login);
int32_t admit_login_is_removed(const admit_login *login);
admit_login_state_value admit_login_state(const admit_login *login);
uint32_t admit_login_epoch(const admit_login *login);
int64_t admit_login_last_sign_in(const admit_login *login);
int64_t admit_login_temporary_until(const admit_login *login);
int32_t admit_login_must_change(const admit_login *login);
size_t admit_login_identity_count(const admit_login *login);
const char *admit_login_identity_issuer(const admit_login *login, size_t at);
const char *admit_login_identity_subject(const admit_login *login, size_t at);
size_t admit_login_seat_count(const admit_login *login);
const char *admit_login_seat_practice_id(const admit_login *login, size_t at);
const char *admit_login_seat_staff_id(const admit_login *login, size_t at);
admit_role admit_login_seat_role(const admit_login *login, size_t at);
admit_approval admit_login_seat_approval(const admit_login *login, size_t at);
size_t admit_login_client_count(const admit_login *login);
const char *admit_login_client_practice_id(const admit_login *login, size_t at);
const char *admit_login_client_id(const admit_login *login, size_t at);
int32_t admit_login_client_is_guardian(const admit_login *login, size_t at);
int64_t admit_login_created_at(const admit_login *login);
int64_t admit_login_updated_at(const admit_login *login);
uint64_t admit_login_revision(const admit_login *login);
const char *admit_login_json(const admit_login *login);
void admit_login_free(admit_login *login);
admit_status admit_login_sign_in(admit_actor *actor,
                                 const char *name,
                                 const char *password,
                                 const char *device_token,
                                 admit_session **session,
                                 admit_error **err);
admit_status admit_login_sign_in_external(admit_actor *actor,
                                          const admit_identity *identity,
                                          admit_session **session,
                                          admit_error **err);
const char *admit_session_login_id(const admit_session *session);
uint32_t admit_session_epoch(const admit_session *session);
int32_t admit_session_must_change(const admit_session *session);
int64_t admit_session_last_sign_in(const admit_session *session);
const char *admit_session_device_token(const admit_session *session);
size_t admit_session_seat_count(const admit_session *session);
const char *admit_session_seat_practice_id(const admit_session *session, size_t at);
const char *admit_session_seat_staff_id(const admit_session *session, size_t at);
admit_role admit_session_seat_role(const admit_session *session, size_t at);
admit_approval admit_session_seat_approval(const admit_session *session, size_t at);
size_t admit_session_client_count(const admit_session *session);
const char *admit_session_client_practice_id(const admit_session *session, size_t at);
const char *admit_session_client_id(const admit_session *session, size_t at);
int32_t admit_session_client_is_guardian(const admit_session *session, size_t at);
const char *admit_session_json(const admit_session *session);
void admit_session_free(admit_session *session);
admit_status admit_login_change_password(admit_actor *actor,
                                         const char *current_password,
                                         const char *new_password,
                                         uint32_t *epoch,
                                         admit_error **err);
admit_status admit_login_set_temporary_password(admit_actor *actor,
                                                const char *login_id,
                                                const char *typed,
                                                admit_secret **password,
                                                admit_error **err);
admit_status admit_login_request_reset(admit_actor *actor,
                                       const char *name,
                                       admit_error **err);
admit_status admit_login_request_reset_for(admit_actor *actor,
                                           const char *login_id,
                                           admit_error **err);
admit_status admit_login_reset(admit_store *store,
                               const admit_source *source,
                               const char *token,
                               const char *password,
                               admit_login_done **done,
                               admit_error **err);
admit_status admit_login_request_address_change(admit_actor *actor,
                                                const char *login_id,
                                                const char *address,
                                                const char *password,
                                                admit_error **err);
admit_status admit_login_request_address_confirmation(admit_actor *actor,
                                                      const char *login_id,
                                                      admit_error **err);
admit_status admit_login_confirm_address(admit_store *store,
                                         const admit_source *source,
                                         const char *token,
                                         admit_login_done **done,
                                         admit_error **err);
const char *admit_login_done_login_id(const admit_login_done *done);
const char *admit_login_done_practice_id(const admit_login_done *done);
uint32_t admit_login_done_epoch(const admit_login_done *done);
const char *admit_login_done_json(const admit_login_done *done);
void admit_login_done_free(admit_login_done *done);
admit_status admit_login_link_identity(admit_actor *actor,
                                       const char *login_id,
                                       const admit_identity *identity,
                                       const char *password,
                                       uint32_t *epoch,
                                       admit_error **err);
admit_status admit_login_unlink_identity(admit_actor *actor,
                                         const char *login_id,
                                         const admit_identity *identity,
                                         const char *password,
                                         uint32_t *epoch,
                                         admit_error **err);
const char *admit_secret_text(const admit_secret *secret);
void admit_secret_free(admit_secret *secret);
typedef struct {
  size_t size;
  const char *kind;
  uint32_t count;
} admit_host_fact;
typedef struct {
  size_t size;
  const char *client_id;
  const char *staff_id;
  const char *login_id;
  int32_t wanted;
  const admit_host_fact *const *host_facts;
  size_t host_fact_count;
} admit_deletion_input;
typedef struct {
  size_t size;
  const char *token;
  const admit_host_fact *const *host_facts;
  size_t host_fact_count;
  const char *idempotency_key;
} admit_deletion_confirm_input;
typedef struct {
  size_t size;
  const char *client_id;
  const char *ground;
  const char *note;
  const char *idempotency_key;
} admit_hold_input;
admit_status admit_deletion_plan(admit_actor *actor,
                                 const admit_deletion_input *input,
                                 admit_plan **plan,
                                 admit_error **err);
admit_status admit_deletion_confirm(admit_actor *actor,
                                    const admit_deletion_confirm_input *input,
                                    admit_confirmed **confirmed,
                                    admit_error **err);
admit_status admit_deletion_call_off(admit_actor *actor,
                                     const char *client_id,
                                     admit_error **err);
admit_status admit_deletion_done(admit_actor *actor,
                                 const char *erase_order_id,
                                 admit_error **err);
admit_status admit_erase_order_get(admit_actor *actor,
                                   const char *erase_order_id,
                                   admit_erase_order **order,
                                   admit_error **err);
admit_status admit_erase_order_list(admit_actor *actor,
                                    int32_t state,
                                    const char *after,
                                    uint32_t limit,
                                    admit_erase_order_page **page,
                                    admit_error **err);
admit_status admit_certificate_get(admit_actor *actor,
                                   const char *erase_order_id,
                                   admit_certificate **certificate,
                                   admit_error **err);
admit_status admit_hold_place(admit_actor *actor,
                              const admit_hold_input *input,
                              admit_hold **hold,
                              admit_error **err);
admit_status admit_hold_lift(admit_actor *actor, const char *hold_id, admit_error **err);
admit_status admit_hold_list(admit_actor *actor,
                             const char *client_id,
                             admit_hold_page **page,
                             admit_error **err);
admit_deletion_verdict admit_confirmed_verdict(const admit_confirmed *confirmed);
const char *admit_confirmed_erase_order_id(const admit_confirmed *confirmed);
const char *admit_confirmed_login_id(const admit_confirmed *confirmed);
int64_t admit_confirmed_until(const admit_confirmed *confirmed);
const char *admit_confirmed_json(const admit_confirmed *confirmed);
void admit_confirmed_free(admit_confirmed *confirmed);
const char *admit_hold_id(const admit_hold *hold);
const char *admit_hold_client_id(const admit_hold *hold);
const char *admit_hold_ground(const admit_hold *hold);
const char *admit_hold_note(const admit_hold *hold);
int64_t admit_hold_placed_at(const admit_hold *hold);
int64_t admit_hold_lifted_at(const admit_hold *hold);
const char *admit_hold_json(const admit_hold *hold);
void admit_hold_free(admit_hold *hold);
size_t admit_hold_page_len(const admit_hold_page *page);
const admit_hold *admit_hold_page_at(const admit_hold_page *page, size_t at);
const char *admit_hold_page_next(const admit_hold_page *page);
void admit_hold_page_free(admit_hold_page *page);
const char *admit_erase_order_id(const admit_erase_order *order);
const char *admit_erase_order_client_id(const admit_erase_order *order);
const char *admit_erase_order_external_id(const admit_erase_order *order);
size_t admit_erase_order_identifier_count(const admit_erase_order *order);
const char *admit_erase_order_identifier_system(const admit_erase_order *order,
                                                size_t at);
const char *admit_erase_order_identifier_value(const admit_erase_order *order, size_t at);
size_t admit_erase_order_item_count(const admit_erase_order *order);
const char *admit_erase_order_item_kind(const admit_erase_order *order, size_t at);
const char *admit_erase_order_item_external_id(const admit_erase_order *order, size_t at);
admit_erase_order_state_value admit_erase_order_state(const admit_erase_order *order);
const char *admit_erase_order_version(const admit_erase_order *order);
int64_t admit_erase_order_created_at(const admit_erase_order *order);
int64_t admit_erase_order_done_at(const admit_erase_order *order);
const char *admit_erase_order_json(const admit_erase_order *order);
void admit_erase_order_free(admit_erase_order *order);
size_t admit_erase_order_page_len(const admit_erase_order_page *page);
const admit_erase_order *admit_erase_order_page_at(const admit_erase_order_page *page,
                                                   size_t at);
const char *admit_erase_order_page_next(const admit_erase_order_page *page);
void admit_erase_order_page_free(admit_erase_order_page *page);
const char *admit_certificate_erase_order_id(const admit_certificate *certificate);
const char *admit_certificate_client_id(const admit_certificate *certificate);
int64_t admit_certificate_deleted_at(const admit_certificate *certificate);
int64_t admit_certificate_host_deleted_at(const admit_certificate *certificate);
int64_t admit_certificate_scrubbed_at(const admit_certificate *certificate);
uint32_t admit_certificate_gone(const admit_certificate *certificate, int32_t noun);
const char *admit_certificate_version(const admit_certificate *certificate);
const char *admit_certificate_json(const admit_certificate *certificate);
void admit_certificate_free(admit_certificate *certificate);
admit_deletion_verdict admit_plan_verdict(const admit_plan *plan);
size_t admit_plan_reason_count(const admit_plan *plan);
const char *admit_plan_reason_code(const admit_plan *plan, size_t at);
const char *admit_plan_reason_text(const admit_plan *plan, size_t at);
uint32_t admit_plan_days(const admit_plan *plan);
const char *admit_plan_ground(const admit_plan *plan);
uint32_t admit_plan_would_go(const admit_plan *plan, int32_t noun);
const char *admit_plan_version(const admit_plan *plan);
const char *admit_plan_token(const admit_plan *plan);
int64_t admit_plan_expires_at(const admit_plan *plan);
const char *admit_plan_json(const admit_plan *plan);
void admit_plan_free(admit_plan *plan);
typedef struct {
  size_t size;
  const char *client_id;
  const char *kind;
  const char *external_id;
  const char *status;
  const char *idempotency_key;
} admit_item_input;
typedef struct {
  size_t size;
  const char *client_id;
  const char *kind;
  const char *status;
  const char *after;
  uint32_t limit;
  uint32_t reserved;
} admit_item_query;
admit_status admit_item_put(admit_actor *actor,
                            const admit_item_input *input,
                            admit_item **item,
                            admit_error **err);
admit_status admit_item_set_status(admit_actor *actor,
                                   const char *item_id,
                                   const char *status,
                                   admit_item **item,
                                   admit_error **err);
admit_status admit_item_remove(admit_actor *actor,
                               const char *item_id,
                               admit_error **err);
admit_status admit_item_get(admit_actor *actor,
                            const char *item_id,
                            admit_item **item,
                            admit_error **err);
admit_status admit_item_get_by_external_id(admit_actor *actor,
                                           const char *external_id,
                                           admit_item **item,
                                           admit_error **err);
admit_status admit_item_list(admit_actor *actor,
                             const admit_item_query *query,
                             admit_item_page **page,
                             admit_error **err);
const char *admit_item_id(const admit_item *item);
const char *admit_item_client_id(const admit_item *item);
const char *admit_item_kind(const admit_item *item);
const char *admit_item_external_id(const admit_item *item);
const char *admit_item_status(const admit_item *item);
int64_t admit_item_received_at(const admit_item *item);
int64_t admit_item_ready_at(const admit_item *item);
int64_t admit_item_created_at(const admit_item *item);
int64_t admit_item_updated_at(const admit_item *item);
const char *admit_item_json(const admit_item *item);
void admit_item_free(admit_item *item);
size_t admit_item_page_len(const admit_item_page *page);
const admit_item *admit_item_page_at(const admit_item_page *page, size_t at);
const char *admit_item_page_next(const admit_item_page *page);
void admit_item_page_free(admit_item_page *page);
typedef struct {
  size_t size;
  uint32_t limit;
  uint32_t flags;
  int64_t lease_ms;
} admit_claim;
typedef struct {
  size_t size;
  const char *after;
  uint32_t limit;
  int32_t state;
  int32_t subject_noun;
  int32_t reserved;
  const char *subject_id;
} admit_outbox_query;
typedef struct {
  size_t size;
  const char *name;
  const char *text;
} admit_notice_fact;
typedef struct {
  size_t size;
  const char *kind;
  const char *client_id;
  const char *staff_id;
  const admit_notice_fact *const *facts;
  size_t fact_count;
  const char *idempotency_key;
} admit_notice_input;
admit_status admit_outbox_claim(admit_store *store,
                                const admit_claim *claim,
                                admit_claimed_page **page,
                                admit_error **err);
admit_status admit_outbox_handed_over(admit_store *store,
                                      const char *message_id,
                                      uint32_t attempt,
                                      admit_error **err);
admit_status admit_outbox_delivered(admit_store *store,
                                    const char *message_id,
                                    uint32_t attempt,
                                    admit_error **err);
admit_status admit_outbox_bounced(admit_store *store,
                                  const char *message_id,
                                  uint32_t attempt,
                                  const char *detail,
                                  admit_error **err);
admit_status admit_outbox_failed(admit_store *store,
                                 const char *message_id,
                                 uint32_t attempt,
                                 int64_t retry_at,
                                 const char *detail,
                                 admit_error **err);
admit_status admit_outbox_get(admit_actor *actor,
                              const char *message_id,
                              admit_message **message,
                              admit_error **err);
admit_status admit_outbox_preview(admit_actor *actor,
                                  const char *message_id,
                                  admit_preview **preview,
                                  admit_error **err);
admit_status admit_outbox_list(admit_actor *actor,
                               const admit_outbox_query *query,
                               admit_message_page **page,
                               admit_error **err);
admit_status admit_notice_post(admit_actor *actor,
                               const admit_notice_input *input,
                               admit_message **message,
                               admit_error **err);
const char *admit_claimed_message_id(const admit_claimed *claimed);
const char *admit_claimed_kind(const admit_claimed *claimed);
admit_channel admit_claimed_channel(const admit_claimed *claimed);
const char *admit_claimed_to(const admit_claimed *claimed);
const char *admit_claimed_recipient_name(const admit_claimed *claimed);
const char *admit_claimed_locale(const admit_claimed *claimed);
const char *admit_claimed_practice_id(const admit_claimed *claimed);
admit_noun admit_claimed_subject_noun(const admit_claimed *claimed);
const char *admit_claimed_subject_id(const admit_claimed *claimed);
uint32_t admit_claimed_attempt(const admit_claimed *claimed);
int64_t admit_claimed_lease_until(const admit_claimed *claimed);
const char *admit_claimed_subject(const admit_claimed *claimed);
const char *admit_claimed_text(const admit_claimed *claimed);
const char *admit_claimed_html(const admit_claimed *claimed);
const char *admit_claimed_facts_json(const admit_claimed *claimed);
const char *admit_claimed_delivery_key(const admit_claimed *claimed);
const char *admit_claimed_version(const admit_claimed *claimed);
size_t admit_claimed_page_len(const admit_claimed_page *page);
const admit_claimed *admit_claimed_page_at(const admit_claimed_page *page, size_t at);
void admit_claimed_page_free(admit_claimed_page *page);
const char *admit_message_id(const admit_message *message);
const char *admit_message_practice_id(const admit_message *message);
const char *admit_message_kind(const admit_message *message);
const char *admit_message_version(const admit_message *message);
admit_channel admit_message_channel(const admit_message *message);
const char *admit_message_to(const admit_message *message);
const char *admit_message_recipient_name(const admit_message *message);
admit_noun admit_message_subject_noun(const admit_message *message);
const char *admit_message_subject_id(const admit_message *message);
admit_delivery_state_value admit_message_state(const admit_message *message);
uint32_t admit_message_attempt(const admit_message *message);
int64_t admit_message_due_at(const admit_message *message);
int64_t admit_message_created_at(const admit_message *message);
size_t admit_message_step_count(const admit_message *message);
int64_t admit_message_step_at(const admit_message *message, size_t at);
uint32_t admit_message_step_attempt(const admit_message *message, size_t at);
admit_delivery_state_value admit_message_step_state(const admit_message *message,
                                                    size_t at);
const char *admit_message_step_detail(const admit_message *message, size_t at);
const char *admit_message_json(const admit_message *message);
void admit_message_free(admit_message *message);
size_t admit_message_page_len(const admit_message_page *page);
const admit_message *admit_message_page_at(const admit_message_page *page, size_t at);
const char *admit_message_page_next(const admit_message_page *page);
void admit_message_page_free(admit_message_page *page);
const char *admit_preview_subject(const admit_preview *preview);
const char *admit_preview_text(const admit_preview *preview);
const char *admit_preview_html(const admit_preview *preview);
const char *admit_preview_version(const admit_preview *preview);
const char *admit_preview_json(const admit_preview *preview);
void admit_preview_free(admit_preview *preview);
typedef struct {
  size_t size;
  const char *name;
  const char *lua;
} admit_script;
typedef struct {
  size_t size;
  const admit_script *const *scripts;
  size_t script_count;
  const char *idempotency_key;
} admit_script_set_input;
admit_status admit_script_install(admit_store *store,
                                  const admit_script_set_input *input,
                                  admit_script_set **set,
                                  admit_error **err);
admit_status admit_script_activate(admit_store *store,
                                   const char *script_set_id,
                                   admit_error **err);
admit_status admit_script_get(admit_store *store,
                              const char *script_set_id,
                              admit_script_set **set,
                              admit_error **err);
admit_status admit_script_list(admit_store *store,
                               admit_script_set_page **page,
                               admit_error **err);
admit_status admit_script_override(admit_actor *actor,
                                   const admit_script_set_input *input,
                                   admit_script_set **set,
                                   admit_error **err);
admit_status admit_script_override_activate(admit_actor *actor,
                                            const char *script_set_id,
                                            admit_error **err);
admit_status admit_script_override_get(admit_actor *actor,
                                       const char *script_set_id,
                                       admit_script_set **set,
                                       admit_error **err);
admit_status admit_script_override_list(admit_actor *actor,
                                        admit_script_set_page **page,
                                        admit_error **err);
const char *admit_script_default(void);
const char *admit_script_set_id(const admit_script_set *set);
const char *admit_script_set_version(const admit_script_set *set);
int32_t admit_script_set_is_active(const admit_script_set *set);
size_t admit_script_set_hook_count(const admit_script_set *set);
const char *admit_script_set_hook(const admit_script_set *set, size_t at);
size_t admit_script_set_script_count(const admit_script_set *set);
const char *admit_script_set_script_name(const admit_script_set *set, size_t at);
const char *admit_script_set_script_text(const admit_script_set *set, size_t at);
const char *admit_script_set_digest(const admit_script_set *set);
int64_t admit_script_set_installed_at(const admit_script_set *set);
const char *admit_script_set_json(const admit_script_set *set);
void admit_script_set_free(admit_script_set *set);
size_t admit_script_set_page_len(const admit_script_set_page *page);
const admit_script_set *admit_script_set_page_at(const admit_script_set_page *page,
                                                 size_t at);
void admit_script_set_page_free(admit_script_set_page *page);
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
admit_status admit_store_event_list(admit_store *store,
                                    const admit_event_query *query,
                                    admit_event_page **page,
                                    admit_error **err);
admit_status admit_event_export(admit_actor *actor,
                                int64_t from,
                                int64_t until,
                                const char *after,
                                admit_event_document **document,
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
const char *admit_event_document_ndjson(const admit_event_document *document);
uint64_t admit_event_document_lines(const admit_event_document *document);
const char *admit_event_document_next(const admit_event_document *document);
void admit_event_document_free(admit_event_document *document);
int32_t admit_verification_is_whole(const admit_verification *verification);
uint64_t admit_verification_broken_at(const admit_verification *verification);
uint64_t admit_verification_entries(const admit_verification *verification);
const char *admit_verification_hash(const admit_verification *verification);
uint64_t admit_verification_unanchored_since(const admit_verification *verification);
const char *admit_verification_json(const admit_verification *verification);
void admit_verification_free(admit_verification *verification);
