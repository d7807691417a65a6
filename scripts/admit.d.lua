---@meta
-- What scripts of admit see, for editors with the Lua language server. It is never run.
-- docs/SCRIPTS.md says what each fact means.

---@class admit.Notice
---@field version integer
---@field kind string
---@field channel "email"|"sms"
---@field recipient admit.Recipient
---@field client admit.NoticeClient?
---@field staff admit.Seat?
---@field invitee string?
---@field practice admit.Practice
---@field product string?
---@field link string? A placeholder: the library fills the link in.
---@field expires_at integer? Milliseconds since 1970 UTC.
---@field sends integer?
---@field inviter string?
---@field note string?
---@field actor admit.Actor?
---@field item admit.Item?
---@field due_at integer? Milliseconds since 1970 UTC.
---@field warning string?
---@field own table<string, string?> The host's facts; what it left out is nil.

---@class admit.Recipient
---@field name string?
---@field given_name string?
---@field role "client"|"guardian"|"staff"|"admin"|"practitioner"|"assistant"|"member"
---@field locale string
---@field zone string

---@class admit.NoticeClient
---@field id string
---@field external_id string?
---@field name string
---@field given_name string?

---@class admit.Seat
---@field id string
---@field external_id string?
---@field name string

---@class admit.Practice
---@field id string
---@field name string
---@field support_email string?
---@field support_phone string?
---@field locale string?

---@class admit.Actor
---@field role "host"|"admin"|"practitioner"|"assistant"|"member"|"client"|"guardian"|"visitor"
---@field name string?
---@field on_behalf_of string?

---@class admit.Item
---@field kind string
---@field external_id string?
---@field status string?

---@class admit.Client
---@field id string
---@field external_id string?
---@field name string
---@field given_name string?
---@field is_person boolean
---@field stage "guest"|"prospective"|"registered"
---@field status "active"|"deactivated"|"suspended"|"pending_deletion"
---@field has_email boolean
---@field has_phone boolean
---@field login_state "none"|"no_password"|"temporary"|"active"|"locked"
---@field created_at integer Milliseconds since 1970 UTC.

---@class admit.StaffMember
---@field id string
---@field external_id string?
---@field name string
---@field role "admin"|"practitioner"|"assistant"|"member"
---@field status "active"|"suspended"|"ended"
---@field is_approved boolean

---@class admit.Invitations
---@field pending integer
---@field expired integer
---@field accepted integer
---@field declined integer
---@field revoked integer

---@class admit.Settings
---@field guests boolean
---@field registration boolean
---@field approval boolean
---@field invitation_days integer
---@field majority integer

---@class admit.DeletionRequest
---@field version integer
---@field now integer Milliseconds since 1970 UTC.
---@field wanted "erase"|"remove_login"|"leave"
---@field asked_by admit.Actor
---@field client admit.Client?
---@field staff admit.StaffMember?
---@field login string?
---@field ever_signed_in boolean
---@field last_sign_in integer? Milliseconds since 1970 UTC.
---@field ever_had_items boolean
---@field items table<string, table<string, integer>> By kind, then status; what is absent counts 0.
---@field ever table<string, integer> What there ever was, by kind; what is absent counts 0.
---@field host table<string, integer> What the host did not state is an error.
---@field invitations admit.Invitations
---@field grants integer
---@field proxies integer
---@field practice admit.Practice
---@field settings admit.Settings

---@class admit.InvitationRequest
---@field version integer
---@field now integer Milliseconds since 1970 UTC.
---@field asked_by admit.Actor
---@field invited_as "client"|"guardian"|"new_client"|"admin"|"practitioner"|"assistant"|"member"
---@field client admit.Client?
---@field staff admit.StaffMember?
---@field is_sent boolean
---@field has_email boolean
---@field has_phone boolean
---@field is_open_link boolean
---@field earlier admit.Invitations
---@field practice admit.Practice
---@field settings admit.Settings

---@class admit.Words
---@field subject string? One line of at most 200 characters; none in a text message.
---@field text string
---@field html string?

---@class admit.Reason
---@field code string 1 to 64 letters, digits and _.
---@field text string One line of at most 200 characters.

---@class admit.Verdict

---@class admit.Hooks
---@field notification? fun(notice: admit.Notice): admit.Words|false
---@field deletion? fun(request: admit.DeletionRequest): admit.Verdict
---@field invitation? fun(request: admit.InvitationRequest): admit.Verdict

---@class admit.Allow
---@overload fun(bounds?: { expires_days?: integer, max_uses?: integer }): admit.Verdict
allow = {}

---Everything about the client goes.
---@return admit.Verdict
function allow.erase() end

---The login goes, the client stays.
---@return admit.Verdict
function allow.remove_login() end

---The seat ends, or the login's ties in this practice.
---@return admit.Verdict
function allow.leave() end

---It goes after some days, from 1 to 3650, and can be called off until then.
---@param fields { days: integer }
---@return admit.Verdict
function allow.schedule(fields) end

---No, for 1 to 16 reasons.
---@param reasons admit.Reason[]|admit.Reason
---@return admit.Verdict
function deny(reasons) end

---No deletion, for a ground that is recorded.
---@param fields { ground: string }
---@return admit.Verdict
function retain(fields) end

---The text with each {name} or {client.name} replaced by that fact.
---@param text string
---@param facts table
---@return string
function template(text, facts) end

html = {}

---The text as HTML wants it.
---@param value any
---@return string
function html.escape(value) end

---The text with each {name} replaced by that fact, escaped. The text itself is not escaped.
---@param text string
---@param facts table
---@return string
function html.template(text, facts) end

---The form that a language uses for a count.
---@param count number
---@param forms { zero?: string, one?: string, two?: string, few?: string, many?: string, other: string }
---@param locale? string The recipient's where it is left out.
---@return string
function plural(count, forms, locale) end

---A time in words.
---@param at integer Milliseconds since 1970 UTC.
---@param style? "date"|"time"|"datetime"|string A word, or a pattern of strftime.
---@param zone? string The recipient's where it is left out.
---@param locale? string The recipient's where it is left out.
---@return string
function date(at, style, zone, locale) end

---Notes a line for the author: at most 20 of 200 characters in a call.
---@param ... any
function log(...) end
