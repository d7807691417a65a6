-- WellPrept: the words of its mails in English and Spanish, and who may be removed or invited.
-- Where its article "Managing Assistants' Accounts" is silent, or says two things:
-- * "Disable" ends what an assistant may do for this practitioner; the row stays, as Revoked, until
--   it is cleared. "Delete" also takes the seat, unless another practitioner still counts on it.
-- * It does not say how long a request works: 7 days, and Resend makes a new link.
-- * "Accepted" comes after onboarding, so an assistant who only clicked may not write to patients yet.
-- * Patients get pages and messages, and need no login; a patient's data goes 30 days after it is asked.

local languages = {}

languages.en = {
  lang = "en", moment = "%B %-d, %Y, %H:%M %Z", hi = "Hi {name}!", hi_there = "Hi there!", bye = "Yours, WellPrept for {practice}",
  open_until = "The button works until {expires}.",
  invitation = { "{inviter} would love your help on WellPrept", "{inviter} asks you to be an assistant at {practice}: you get a dashboard of your own and can message patients on their behalf.", "Accept the request" },
  invitation_reminder = { "{inviter} is still waiting for you", "The request to assist at {practice} is still open.", "Accept the request" },
  invitation_accepted = { "{who} accepted your request", "{who} accepted. Once the first steps are done, My Assistants shows Accepted." },
  invitation_declined = { "{who} declined your request", "{who} cannot assist you at {practice}." },
  new_link_asked = { "{who} asks for a new request", "The request to {who} ran out. Open My Assistants and choose Resend." },
  staff_approved = { "You are in", "You can now work with your patients at {practice}." },
  staff_ended = { "Your assistant account was removed", "You no longer assist at {practice}. The pages made there can no longer be opened with your account." },
  delegation_given = { "{who} and you work together now", "At {practice}, {who} and you are practitioner and assistant from now on: the one acts on the other's behalf." },
  delegation_ended = { "{who} and you no longer work together", "At {practice}, {who} and you are no longer practitioner and assistant. Only a new request brings that back." },
  reset = { "Your new WellPrept password", "Choose a new password with the button. Not you? Then nothing changes.", "Choose a password" },
  reset_without_login = { "Your password request", "No WellPrept account has this address." },
  address_confirm = { "Is this address yours?", "Please confirm your address.", "Confirm" },
  address_change_confirm = { "Confirm your new address", "Please confirm that you sign in with this address from now on.", "Confirm" },
  registration_confirm = { "Finish your registration", "Please confirm your address, and you are in. Not you? Then nothing happens.", "Confirm and finish" },
  registration_known = { "You already have an account", "Somebody tried to register with your address. It has an account: sign in with it." },
  password_changed = { "Your password was changed", "The password of your account was changed." },
  address_changed = { "Your address was changed", "Your account has another address now." },
  login_locked = { "Your account is locked for now", "There were too many failed sign-ins." },
  login_removed = { "Your login was removed", "You can no longer sign in with it." },
  suspended = { "Your access is paused", "You cannot sign in to {practice} for now." },
  reactivated = { "Your access is back", "You can sign in to {practice} again." },
  temporary_password_set = { "A temporary password was set", "You will choose your own password when you sign in." },
  accepted_by_other_channel = { "Your request was accepted", "Your request was accepted with a link that did not come by this mail." },
  deletion_scheduled = { "A deletion is planned", "What {practice} holds about {who} will be deleted." },
  deletion_called_off = { "A deletion was called off", "What {practice} holds about {who} stays." },
  deletion_done = { "A deletion is done", "{practice} has deleted what was asked for, about you or somebody else." },
  x_before_visit = { "Before your visit to {practice}", "{inviter} has something for you to read before you come." },
  other = { "News from {practice}", "There is news for you in WellPrept." },
}

languages.es = {
  lang = "es", moment = "%-d de %B de %Y, %H:%M %Z", hi = "¡Hola, {name}!", hi_there = "¡Hola!", bye = "WellPrept, en nombre de {practice}",
  open_until = "El botón funciona hasta el {expires}.",
  invitation = { "{inviter} cuenta con usted en WellPrept", "{inviter} le pide que sea asistente en {practice}: tendrá su propio panel y podrá escribir a los pacientes en su nombre.", "Aceptar la solicitud" },
  invitation_reminder = { "{inviter} sigue esperando", "La solicitud para asistir en {practice} sigue abierta.", "Aceptar la solicitud" },
  invitation_accepted = { "{who} ha aceptado su solicitud", "{who} ha aceptado. Tras los primeros pasos, Mis asistentes mostrará Aceptada." },
  invitation_declined = { "{who} no acepta su solicitud", "{who} no puede ayudarle en {practice}." },
  new_link_asked = { "{who} pide otra solicitud", "La solicitud a {who} ha caducado. Abra Mis asistentes y elija Reenviar." },
  staff_approved = { "Ya está dentro", "Ya puede trabajar con sus pacientes en {practice}." },
  staff_ended = { "Su cuenta de asistente se ha eliminado", "Ya no asiste en {practice}. Con su cuenta no se abren las páginas creadas allí." },
  delegation_given = { "{who} y usted trabajan juntos", "En {practice}, {who} y usted son desde ahora profesional y asistente: uno actúa en nombre del otro." },
  delegation_ended = { "{who} y usted ya no trabajan juntos", "En {practice}, {who} y usted ya no son profesional y asistente. Solo otra solicitud lo cambia." },
  reset = { "Su nueva contraseña de WellPrept", "Elija una nueva contraseña con el botón. ¿No ha sido usted? Entonces nada cambia.", "Elegir contraseña" },
  reset_without_login = { "Su petición de contraseña", "Ninguna cuenta de WellPrept tiene esta dirección." },
  address_confirm = { "¿Es suya esta dirección?", "Confirme, por favor, su dirección.", "Confirmar" },
  address_change_confirm = { "Confirme su nueva dirección", "Confirme que desde ahora inicia sesión con esta dirección.", "Confirmar" },
  registration_confirm = { "Termine su registro", "Confirme su dirección y ya está dentro. ¿No ha sido usted? Entonces nada ocurre.", "Confirmar y terminar" },
  registration_known = { "Ya tiene una cuenta", "Alguien ha intentado registrarse con su dirección, que ya tiene una cuenta: inicie sesión con ella." },
  password_changed = { "Contraseña cambiada", "Se ha cambiado la contraseña de su cuenta." },
  address_changed = { "Dirección cambiada", "Su cuenta tiene ahora otra dirección." },
  login_locked = { "Cuenta bloqueada por ahora", "Hubo demasiados intentos fallidos." },
  login_removed = { "Acceso eliminado", "Ya no puede iniciar sesión con él." },
  suspended = { "Acceso en pausa", "Por ahora no puede iniciar sesión en {practice}." },
  reactivated = { "Acceso recuperado", "Ya puede iniciar sesión en {practice}." },
  temporary_password_set = { "Contraseña temporal", "Al iniciar sesión elegirá su propia contraseña." },
  accepted_by_other_channel = { "Su solicitud fue aceptada", "Su solicitud se aceptó con un enlace que no llegó en este correo." },
  deletion_scheduled = { "Eliminación prevista", "Se eliminará lo que {practice} guarda sobre {who}." },
  deletion_called_off = { "Eliminación anulada", "Se conserva lo que {practice} guarda sobre {who}." },
  deletion_done = { "Eliminación realizada", "{practice} ha eliminado lo que se pidió, sobre usted u otra persona." },
  x_before_visit = { "Antes de su visita a {practice}", "{inviter} le ha dejado algo para leer antes de venir." },
  other = { "Novedades de {practice}", "Hay novedades para usted en WellPrept." },
}

-- Mail programs would make a link of an address that somebody typed as a name.
local function tame(text) return (string.gsub(string.gsub(text, "://", " "), "([Ww][Ww][Ww])%.", "%1 ")) end

-- A subject has at most 200 characters, a text message 1,000.
local function cut(text, max)
  if utf8.len(text) <= max then return text end
  return string.sub(text, 1, utf8.offset(text, max) - 1) .. "…"
end

---@param notice admit.Notice
local function notification(notice)
  -- The recipient's language, else the practice's, else English.
  local own, house = notice.recipient.locale, notice.practice.locale or "en"
  local language = languages[string.match(own, "^%a+")] or languages[string.match(house, "^%a+")] or languages.en
  local words, who, actor = language[notice.kind] or language.other, notice.staff or notice.client, notice.actor
  -- Who writes on a practitioner's behalf is not named: the message is the practitioner's.
  local speaker = notice.inviter or actor and (actor.on_behalf_of or actor.name) or notice.practice.name
  local facts = {
    practice = tame(notice.practice.name), inviter = tame(speaker),
    name = tame(notice.recipient.given_name or notice.recipient.name or ""),
    who = tame(who and who.name or notice.invitee or notice.practice.name),
  }
  local says = template(words[2], facts)
  if string.sub(notice.kind, 1, 2) == "x_" then says = says .. "\n\n" .. string.gsub(notice.own.text or "", "\r", "") end
  if notice.channel == "sms" then
    return { text = cut(says, 500) .. (notice.link and " " .. notice.link or "") .. " " .. (notice.warning or "") }
  end
  local text, page = "", '<div style="font-family:Verdana,sans-serif;font-size:15px;line-height:1.6">\n'
  local function add(paragraph)
    text = text .. paragraph .. "\n\n"
    page = page .. "<p>" .. string.gsub(html.escape(paragraph), "\n", "<br>") .. "</p>\n"
  end
  add(template(facts.name == "" and language.hi_there or language.hi, facts))
  add(says)
  if notice.note then add((string.gsub(tame(notice.note), "\r", ""))) end
  if notice.link then
    local button = '<p><a href="{link}" style="padding:12px 20px;background:#ff6f3c;color:#000000">{label}</a></p>\n'
    text = text .. words[3] .. ":\n" .. notice.link .. "\n\n"
    page = page .. html.template(button, { link = notice.link, label = words[3] })
    add(template(language.open_until, { expires = date(notice.expires_at, language.moment, nil, language.lang) }))
  end
  if notice.warning then add(notice.warning) end
  add(template(language.bye, facts))
  return { subject = cut(template(words[1], facts), 150), text = (string.gsub(text, "%s+$", "")), html = page .. "</div>" }
end

---@param request admit.DeletionRequest
local function deletion(request)
  if request.wanted == "remove_login" then return allow.remove_login() end
  if request.staff or request.wanted == "leave" then return allow.leave() end
  return allow.schedule{ days = 30 }
end

---@param request admit.InvitationRequest
local function invitation(request)
  if request.invited_as == "client" or request.invited_as == "new_client" or request.invited_as == "guardian" then
    return deny{ { code = "no_patient_logins", text = "Patients open their pages without a login; nobody invites them." } }
  end
  return allow{ expires_days = 7 }
end

return { notification = notification, deletion = deletion, invitation = invitation }
