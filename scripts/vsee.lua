-- VSee Clinic: the words of its mails in English and Spanish, and who may be deleted or invited.
-- Where its article "Clinic admin's capability to manage patients" is silent, or says two things:
-- * Its text requires an e-mail address, its form shows no asterisk: the product may leave it out,
--   and then signs in by user name.
-- * "Pending delete" waits 30 days and can be called off; "Delete" in the list goes at once, and the
--   product says so with the count `at_once` = 1. Both take visits and all other data along.
-- * "Disable And Remove Log In Detail" stands under "Deleting", yet it names the log-in alone: the
--   log-in goes, the patient stays.
-- * Only a clinic's admin manages patients, so only an admin invites; the product itself may too.

local languages = {}

languages.en = {
  lang = "en", moment = "%A, %B %-d, %Y at %H:%M %Z", dear = "Dear {name},", nobody = "Hello,",
  open_until = "Please use this link before {expires}.", contact = "Need help? {ways}",
  invitation = { "{practice}: your online clinic account", "{inviter} has opened an account for you at {practice}. Use it to see your provider by video.", "Set up my account" },
  invitation_reminder = { "{practice}: your account is still waiting", "Your account at {practice} is ready for you to set up.", "Set up my account" },
  invitation_accepted = { "{who} has set up the account", "{who} can now sign in to {practice}." },
  invitation_declined = { "{who} has declined", "{who} does not want an account at {practice}." },
  new_link_asked = { "{who} asks for a new link", "The link of {who} has expired. Open Users and send it again." },
  staff_approved = { "You are approved at {practice}", "You can now see patients at {practice}." },
  staff_ended = { "Your place at {practice} has ended", "You can no longer sign in to {practice}." },
  reset = { "{practice}: choose a new password", "{practice} has received a request for a new password. If it was not you, ignore this message.", "Choose a password" },
  reset_without_login = { "{practice}: your password request", "No account at {practice} has this address. You may have signed up with another, or with a user name." },
  address_confirm = { "{practice}: confirm your address", "Please confirm that this is your address.", "Confirm" },
  registration_confirm = { "{practice}: finish signing up", "You have signed up for an account at {practice}. Confirm that this is your address, and it is ready. If this was not you, ignore this message.", "Confirm" },
  registration_known = { "{practice}: you have an account already", "Somebody, perhaps you, has signed up at {practice} with this address. It has an account already: sign in, or choose a new password." },
  address_change_confirm = { "{practice}: confirm your new address", "Please confirm that you want to sign in with this address.", "Confirm" },
  password_changed = { "{practice}: your password was changed", "The password of your account was changed." },
  address_changed = { "{practice}: your address was changed", "Your account has another address now." },
  login_locked = { "{practice}: your account is locked for now", "There were too many failed sign-ins." },
  login_removed = { "{practice}: your log-in was removed", "Your log-in at {practice} was removed. Your visits were not." },
  suspended = { "{practice}: your account is suspended", "You cannot sign in to {practice} for now." },
  reactivated = { "{practice}: your account is active", "You can sign in to {practice} again." },
  temporary_password_set = { "{practice}: a password was set for you", "The clinic has set a temporary password. You will choose your own when you sign in." },
  accepted_by_other_channel = { "{practice}: your account was set up", "Your account was set up with a link that did not come by this mail." },
  deletion_scheduled = { "{practice}: an account will be deleted", "The account of {who} is pending deletion. All visit records and data of the profile will go, and cannot be brought back." },
  deletion_called_off = { "{practice}: an account stays", "The account of {who} will not be deleted." },
  deletion_done = { "{practice}: an account was deleted", "An account at {practice}, yours or one that you asked about, was deleted with all its visit records and data." },
  other = { "{practice}: there is news for you", "There is news for you at {practice}. Sign in to see it." },
}

languages.es = {
  lang = "es", moment = "%A, %-d de %B de %Y, %H:%M %Z", dear = "Estimado/a {name}:", nobody = "Hola:",
  open_until = "Utilice este enlace antes del {expires}.", contact = "¿Necesita ayuda? {ways}",
  invitation = { "{practice}: su cuenta en la clínica", "{inviter} ha abierto una cuenta para usted en {practice}. Con ella verá a su profesional por vídeo.", "Activar mi cuenta" },
  invitation_reminder = { "{practice}: su cuenta le espera", "Su cuenta en {practice} está lista para activarla.", "Activar mi cuenta" },
  invitation_accepted = { "{who} ha activado la cuenta", "{who} ya puede iniciar sesión en {practice}." },
  invitation_declined = { "{who} no acepta", "{who} no desea una cuenta en {practice}." },
  new_link_asked = { "{who} pide un enlace nuevo", "El enlace de {who} ha caducado. Abra Usuarios y envíelo de nuevo." },
  staff_approved = { "Su alta en {practice} está aprobada", "Ya puede atender a pacientes en {practice}." },
  staff_ended = { "Su puesto en {practice} ha terminado", "Ya no puede iniciar sesión en {practice}." },
  reset = { "{practice}: elija una nueva contraseña", "{practice} ha recibido una petición de nueva contraseña. Si no fue usted, ignore este mensaje.", "Elegir contraseña" },
  reset_without_login = { "{practice}: su petición", "Ninguna cuenta de {practice} tiene esta dirección. Quizá se registró con otra o con un nombre de usuario." },
  address_confirm = { "{practice}: confirme su dirección", "Confirme, por favor, que esta dirección es suya.", "Confirmar" },
  registration_confirm = { "{practice}: termine su registro", "Se ha registrado para una cuenta en {practice}. Confirme que esta dirección es suya y la cuenta estará lista. Si no fue usted, ignore este mensaje.", "Confirmar" },
  registration_known = { "{practice}: ya tiene una cuenta", "Alguien, quizá usted, se ha registrado en {practice} con esta dirección. Ya tiene una cuenta: inicie sesión o elija otra contraseña." },
  address_change_confirm = { "{practice}: confirme su nueva dirección", "Confirme que quiere iniciar sesión con esta dirección.", "Confirmar" },
  password_changed = { "{practice}: contraseña cambiada", "Se ha cambiado la contraseña de su cuenta." },
  address_changed = { "{practice}: dirección cambiada", "Su cuenta tiene ahora otra dirección." },
  login_locked = { "{practice}: cuenta bloqueada por ahora", "Hubo demasiados intentos fallidos." },
  login_removed = { "{practice}: acceso eliminado", "Se ha eliminado su acceso a {practice}. Sus visitas siguen guardadas." },
  suspended = { "{practice}: cuenta suspendida", "Por ahora no puede iniciar sesión en {practice}." },
  reactivated = { "{practice}: cuenta activa", "Ya puede volver a iniciar sesión en {practice}." },
  temporary_password_set = { "{practice}: contraseña temporal", "La clínica ha puesto una contraseña temporal. Al iniciar sesión elegirá la suya." },
  accepted_by_other_channel = { "{practice}: cuenta activada", "Su cuenta se activó con un enlace que no llegó en este correo." },
  deletion_scheduled = { "{practice}: una cuenta se eliminará", "La cuenta de {who} está pendiente de eliminación, con todas sus visitas y datos. No se podrán recuperar." },
  deletion_called_off = { "{practice}: una cuenta se queda", "La cuenta de {who} no se eliminará." },
  deletion_done = { "{practice}: cuenta eliminada", "Una cuenta de {practice}, la suya o una por la que preguntó, se ha eliminado con todas sus visitas y datos." },
  other = { "{practice}: hay novedades", "Hay novedades para usted en {practice}. Inicie sesión para verlas." },
}

-- Mail programs would make a link of an address that somebody typed as a name.
local function tame(text) return (string.gsub(string.gsub(text, "://", " "), "([Ww][Ww][Ww])%.", "%1 ")) end

-- A subject has at most 200 characters, a text message 1,000.
local function cut(text, max)
  if utf8.len(text) <= max then return text end
  return string.sub(text, 1, utf8.offset(text, max) - 1) .. "…"
end

local PAGE = [[
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">
<table role="presentation" width="600" cellpadding="16" cellspacing="0" style="max-width:600px;font-family:Arial,sans-serif">
<tr><td bgcolor="#00539b" style="color:#ffffff;font-size:20px">{practice}</td></tr>
<tr><td>]]
local BUTTON = [[<p><a href="{link}" style="padding:12px 24px;background:#00539b;color:#ffffff;text-decoration:none">{label}</a></p>
]]

---@param notice admit.Notice
local function notification(notice)
  -- The recipient's language, else the practice's, else English.
  local own, clinics = notice.recipient.locale, notice.practice.locale or "en"
  local language = languages[string.match(own, "^%a+")] or languages[string.match(clinics, "^%a+")] or languages.en
  local words, who = language[notice.kind] or language.other, notice.client or notice.staff
  local practice = tame(notice.practice.name)
  local facts = {
    practice = practice, inviter = tame(notice.inviter or notice.practice.name),
    name = tame(notice.recipient.name or ""), who = tame(who and who.name or notice.invitee or notice.practice.name),
    ways = notice.practice.support_email or notice.practice.support_phone,
  }
  local subject, says = template(words[1], facts), template(words[2], facts)
  if notice.channel == "sms" then
    return { text = cut(says, 500) .. (notice.link and " " .. notice.link or "") .. " " .. (notice.warning or "") }
  end
  local text, page = "", html.template(PAGE, facts)
  local function add(paragraph)
    text = text .. paragraph .. "\n\n"
    page = page .. "<p>" .. string.gsub(html.escape(paragraph), "\n", "<br>") .. "</p>\n"
  end
  add(template(facts.name == "" and language.nobody or language.dear, facts))
  add(says)
  if notice.note then add((string.gsub(tame(notice.note), "\r", ""))) end
  if notice.link then
    text = text .. notice.link .. "\n\n"
    page = page .. html.template(BUTTON, { link = notice.link, label = words[3] })
    add(template(language.open_until, { expires = date(notice.expires_at, language.moment, nil, language.lang) }))
  end
  if notice.warning then add(notice.warning) elseif facts.ways then add(template(language.contact, facts)) end
  return { subject = cut(subject, 150), text = text .. practice, html = page .. "</td></tr></table></td></tr></table>" }
end

---@param request admit.DeletionRequest
local function deletion(request)
  if request.wanted == "remove_login" then return allow.remove_login() end
  if request.staff or request.wanted == "leave" then return allow.leave() end
  if request.host.at_once > 0 then return allow.erase() end
  return allow.schedule{ days = 30 }
end

---@param request admit.InvitationRequest
local function invitation(request)
  if request.asked_by.role == "admin" or request.asked_by.role == "host" then return allow{} end
  return deny{ { code = "admins_invite", text = "A clinic admin manages patients; ask one to invite." } }
end

return { notification = notification, deletion = deletion, invitation = invitation }
