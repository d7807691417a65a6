-- The words of every notice, in English and Spanish, and two careful policies.
-- Copy this file, change it, and ask `admit hooks check FILE` whether it still works.
-- docs/SCRIPTS.md is the guide. A line that begins with two dashes is a comment, as this one.

-- 1. The words, by language and by kind of notice. {name} stands for a fact: see `facts_of`.
-- A blank line (\n\n) begins a paragraph; a text message gets the first paragraph alone.
-- Subjects are shown on locked screens, so none tells who is served or what was found.
local languages = {}

languages.en = {
  lang = "en", dir = "ltr", side = "left", moment = "datetime",
  hello = "Hello {name},", hello_nobody = "Hello,",
  by = "{inviter} of {practice}", you = "you", a_client = "a client", somebody = "The person you invited",
  expires = "This link works until {expires}.", on_due = " on {due}", button = "Open the link",
  unexpected = "If you did not expect this message, you can ignore it.",
  not_asked = "If you did not ask for this, ignore this message: nothing changes.",
  contact = "Questions? Contact {practice}: {ways}.", or_word = " or ",
  roles = { admin = "an admin", practitioner = "a practitioner", assistant = "an assistant", member = "a member", staff = "a member of staff" },
  -- Your own kinds of items; the last is for all others.
  items = { result = "a result", sample = "a sample", form = "a form", other = "something new" },

  kinds = {
    invitation = { subject = "Your invitation from {practice}", button = "Accept the invitation",
      client = "{by} invites you to set up your own login.",
      guardian = "{by} invites you to set up a login and act for {whom}.",
      staff = "{by} invites you to join as {role}.", closing = "unexpected" },
    invitation_reminder = { subject = "Reminder: your invitation from {practice}", button = "Accept the invitation",
      client = "Your invitation is still open: {by} invites you to set up your own login.",
      guardian = "Your invitation is still open: {by} invites you to set up a login and act for {whom}.",
      staff = "Your invitation is still open: {by} invites you to join as {role}.", closing = "unexpected" },
    invitation_accepted = { subject = "An invitation to {practice} was accepted",
      text = "{who} has accepted your invitation to {practice}." },
    invitation_declined = { subject = "An invitation to {practice} was declined",
      text = "{who} has declined your invitation to {practice}." },
    new_link_asked = { subject = "A new invitation link is wanted at {practice}",
      text = "{who} asks for a new invitation link to {practice}.\n\nThe link that was sent has expired. Send the invitation again to make a new one; nothing was sent so far." },
    staff_approved = { subject = "You are approved at {practice}",
      text = "You are approved: you can now sign in and work at {practice}." },
    staff_ended = { subject = "Your place at {practice} has ended",
      text = "Your place at {practice} has ended. You can no longer sign in to it." },
    reset = { subject = "Choose a new password for {practice}", button = "Choose a new password",
      text = "You can choose a new password for {practice} with this link.", closing = "not_asked" },
    reset_without_login = { subject = "Your request to {practice}", closing = "not_asked",
      text = "Somebody asked for a new password for {practice} with this address, but no login has it.\n\nIf you have a login, it is under another address." },
    address_confirm = { subject = "Confirm your address for {practice}", button = "Confirm this address",
      text = "Please confirm that {practice} reaches you at this address.", closing = "not_asked" },
    address_change_confirm = { subject = "Confirm your new address for {practice}", button = "Confirm this address",
      text = "Please confirm that you want to sign in to {practice} with this address.", closing = "not_asked" },
    registration_confirm = { subject = "Finish your registration at {practice}", button = "Confirm this address",
      text = "Somebody registered at {practice} with this address. If it was you, confirm the address, and then sign in.", closing = "not_asked" },
    registration_known = { subject = "You have a login at {practice}", closing = "not_asked",
      text = "Somebody tried to register at {practice} with this address, but you have a login already.\n\nSign in with it, or choose a new password if you have forgotten yours." },
    -- The library's warning stands below the next eight, with whom to contact.
    password_changed = { subject = "Your password for {practice} was changed",
      text = "The password of your login at {practice} was changed." },
    address_changed = { subject = "Your address for {practice} was changed",
      text = "The address of your login at {practice} was changed. This address no longer signs in." },
    login_locked = { subject = "Your login at {practice} is locked for now",
      text = "There were too many failed attempts to sign in to {practice}, so your login is locked for a while. Choosing a new password unlocks it." },
    login_removed = { subject = "Your login at {practice} was removed",
      text = "Your login at {practice} was removed. You can no longer sign in with it." },
    suspended = { subject = "Your access to {practice} is suspended",
      text = "Your access to {practice} is suspended. You cannot sign in for now." },
    reactivated = { subject = "Your access to {practice} is back",
      text = "Your access to {practice} works again." },
    temporary_password_set = { subject = "A temporary password was set at {practice}",
      text = "Staff of {practice} set a temporary password for your login. You will choose your own when you sign in." },
    accepted_by_other_channel = { subject = "Your invitation from {practice} was accepted",
      text = "Your invitation from {practice} was accepted with a link that was handed over in another way than by mail to this address." },
    grant_given = { subject = "A chart was opened at {practice}",
      text = "The chart of {client} at {practice} was opened to a member of staff." },
    grant_withdrawn = { subject = "A chart was closed at {practice}",
      text = "The chart of {client} at {practice} is closed to a member of staff again." },
    guardian_ended = { subject = "A guardian's access at {practice} has ended",
      text = "A guardian no longer acts for {whom} at {practice}." },
    deletion_scheduled = { subject = "A deletion at {practice} is planned",
      text = "What {practice} holds about {whom} will be deleted{on_due}.\n\nUntil then it can be called off. If you did not expect this, contact {practice}." },
    deletion_called_off = { subject = "A deletion at {practice} was called off",
      text = "What {practice} holds about {whom} will not be deleted." },
    deletion_done = { subject = "A deletion at {practice} is done",
      text = "What {practice} held about you, or about somebody for whom you act, was deleted." },
    delegation_given = { subject = "A delegation was given at {practice}",
      text = "An assistant at {practice} may now act for a practitioner." },
    delegation_ended = { subject = "A delegation at {practice} has ended",
      text = "An assistant at {practice} no longer acts for a practitioner." },
    item_received = { subject = "Something has arrived at {practice}",
      text = "Received for {whom} at {practice}: {item}. Sign in to see it." },
    item_ready = { subject = "Something is ready at {practice}",
      text = "Ready for {whom} at {practice}: {item}. Sign in to see it." },
    item_shared = { subject = "Something was shared with you at {practice}",
      text = "New for {whom} at {practice}: {item}. Sign in to see it." },
    -- Kinds of your own, x_..., of which the host said nothing.
    other = { subject = "News from {practice}", text = "There is news for {whom} at {practice}. Sign in to see it." },
  },
}

languages.es = {
  lang = "es", dir = "ltr", side = "left", moment = "%-d de %B de %Y a las %H:%M (%Z)",
  hello = "Hola, {name}:", hello_nobody = "Hola:",
  by = "{inviter}, de {practice},", you = "usted", a_client = "un cliente", somebody = "La persona que usted invitó",
  expires = "Este enlace es válido hasta el {expires}.", on_due = " el {due}", button = "Abrir el enlace",
  unexpected = "Si no esperaba este mensaje, puede ignorarlo.",
  not_asked = "Si no lo ha pedido usted, ignore este mensaje: nada cambia.",
  contact = "¿Tiene preguntas? Contacte con {practice}: {ways}.", or_word = " o ",
  roles = { admin = "administrador/a", practitioner = "profesional", assistant = "asistente", member = "miembro", staff = "miembro del equipo" },
  items = { result = "un resultado", sample = "una muestra", form = "un formulario", other = "algo nuevo" },

  kinds = {
    invitation = { subject = "Su invitación de {practice}", button = "Aceptar la invitación",
      client = "{by} le invita a crear su propio acceso.",
      guardian = "{by} le invita a crear un acceso para actuar en nombre de {whom}.",
      staff = "{by} le invita a incorporarse como {role}.", closing = "unexpected" },
    invitation_reminder = { subject = "Recordatorio: su invitación de {practice}", button = "Aceptar la invitación",
      client = "Su invitación sigue abierta: {by} le invita a crear su propio acceso.",
      guardian = "Su invitación sigue abierta: {by} le invita a crear un acceso para actuar en nombre de {whom}.",
      staff = "Su invitación sigue abierta: {by} le invita a incorporarse como {role}.", closing = "unexpected" },
    invitation_accepted = { subject = "Se ha aceptado una invitación de {practice}",
      text = "{who} ha aceptado su invitación a {practice}." },
    invitation_declined = { subject = "Se ha rechazado una invitación de {practice}",
      text = "{who} ha rechazado su invitación a {practice}." },
    new_link_asked = { subject = "Se pide un nuevo enlace de invitación en {practice}",
      text = "{who} pide un nuevo enlace de invitación a {practice}.\n\nEl enlace que se envió ha caducado. Envíe de nuevo la invitación para crear otro; todavía no se ha enviado nada." },
    staff_approved = { subject = "Su alta en {practice} está aprobada",
      text = "Su alta está aprobada: ya puede iniciar sesión y trabajar en {practice}." },
    staff_ended = { subject = "Su puesto en {practice} ha terminado",
      text = "Su puesto en {practice} ha terminado. Ya no puede iniciar sesión allí." },
    reset = { subject = "Elija una nueva contraseña para {practice}", button = "Elegir una contraseña",
      text = "Con este enlace puede elegir una nueva contraseña para {practice}.", closing = "not_asked" },
    reset_without_login = { subject = "Su solicitud a {practice}", closing = "not_asked",
      text = "Alguien ha pedido con esta dirección una nueva contraseña para {practice}, pero ningún acceso la tiene.\n\nSi usted tiene un acceso, está con otra dirección." },
    address_confirm = { subject = "Confirme su dirección para {practice}", button = "Confirmar esta dirección",
      text = "Confirme, por favor, que {practice} puede escribirle a esta dirección.", closing = "not_asked" },
    address_change_confirm = { subject = "Confirme su nueva dirección para {practice}", button = "Confirmar esta dirección",
      text = "Confirme, por favor, que quiere iniciar sesión en {practice} con esta dirección.", closing = "not_asked" },
    registration_confirm = { subject = "Complete su registro en {practice}", button = "Confirmar esta dirección",
      text = "Alguien se ha registrado en {practice} con esta dirección. Si ha sido usted, confirme la dirección y después inicie sesión.", closing = "not_asked" },
    registration_known = { subject = "Usted ya tiene un acceso en {practice}", closing = "not_asked",
      text = "Alguien ha intentado registrarse en {practice} con esta dirección, pero usted ya tiene un acceso.\n\nInicie sesión con él, o elija una nueva contraseña si la ha olvidado." },
    password_changed = { subject = "Se ha cambiado su contraseña de {practice}",
      text = "Se ha cambiado la contraseña de su acceso a {practice}." },
    address_changed = { subject = "Se ha cambiado su dirección de {practice}",
      text = "Se ha cambiado la dirección de su acceso a {practice}. Con esta dirección ya no se puede iniciar sesión." },
    login_locked = { subject = "Su acceso a {practice} está bloqueado por ahora",
      text = "Hubo demasiados intentos fallidos de iniciar sesión en {practice}, por lo que su acceso está bloqueado por un tiempo. Si elige una nueva contraseña, se desbloquea." },
    login_removed = { subject = "Se ha eliminado su acceso a {practice}",
      text = "Se ha eliminado su acceso a {practice}. Ya no puede iniciar sesión con él." },
    suspended = { subject = "Su acceso a {practice} está suspendido",
      text = "Su acceso a {practice} está suspendido. Por ahora no puede iniciar sesión." },
    reactivated = { subject = "Su acceso a {practice} vuelve a funcionar",
      text = "Su acceso a {practice} vuelve a funcionar." },
    temporary_password_set = { subject = "Contraseña temporal en {practice}",
      text = "El personal de {practice} ha puesto una contraseña temporal a su acceso. Al iniciar sesión elegirá una propia." },
    accepted_by_other_channel = { subject = "Se ha aceptado su invitación de {practice}",
      text = "Se ha aceptado su invitación de {practice} con un enlace que se entregó por otra vía que el correo a esta dirección." },
    grant_given = { subject = "Se ha abierto un expediente en {practice}",
      text = "El expediente de {client} en {practice} se ha abierto a un miembro del equipo." },
    grant_withdrawn = { subject = "Se ha cerrado un expediente en {practice}",
      text = "El expediente de {client} en {practice} vuelve a estar cerrado para un miembro del equipo." },
    guardian_ended = { subject = "Ha terminado el acceso de un tutor en {practice}",
      text = "Un tutor ya no actúa en nombre de {whom} en {practice}." },
    deletion_scheduled = { subject = "Eliminación prevista en {practice}",
      text = "Los datos que {practice} guarda sobre {whom} se eliminarán{on_due}.\n\nHasta entonces se puede anular. Si no lo esperaba, contacte con {practice}." },
    deletion_called_off = { subject = "Se ha anulado una eliminación en {practice}",
      text = "Los datos que {practice} guarda sobre {whom} no se eliminarán." },
    deletion_done = { subject = "Eliminación realizada en {practice}",
      text = "Se han eliminado los datos que {practice} guardaba sobre usted o sobre alguien en cuyo nombre usted actúa." },
    delegation_given = { subject = "Nueva delegación en {practice}",
      text = "Un asistente de {practice} puede actuar ahora en nombre de un profesional." },
    delegation_ended = { subject = "Ha terminado una delegación en {practice}",
      text = "Un asistente de {practice} ya no actúa en nombre de un profesional." },
    item_received = { subject = "Ha llegado algo a {practice}",
      text = "Recibido para {whom} en {practice}: {item}. Inicie sesión para verlo." },
    item_ready = { subject = "Hay algo listo en {practice}",
      text = "Listo para {whom} en {practice}: {item}. Inicie sesión para verlo." },
    item_shared = { subject = "Se ha compartido algo con usted en {practice}",
      text = "Nuevo para {whom} en {practice}: {item}. Inicie sesión para verlo." },
    other = { subject = "Novedades de {practice}", text = "Hay novedades para {whom} en {practice}. Inicie sesión para verlas." },
  },
}

-- 2. The facts that the words above name.

-- People type names and notes. Mail programs would make a link of an address in them.
local function tame(text)
  return (string.gsub(string.gsub(text or "", "://", " "), "([Ww][Ww][Ww])%.", "%1 "))
end

local function cut(text, max)
  local count = utf8.len(text)
  if count <= max then return text end
  return string.sub(text, 1, utf8.offset(text, max) - 1) .. "…"
end

local function facts_of(notice, language)
  local client, item, recipient = notice.client, notice.item, notice.recipient
  local role = language.roles[recipient.role] -- nil (nothing) for clients and guardians
  local facts = { practice = tame(notice.practice.name), inviter = tame(notice.inviter), role = role }
  facts.name = tame(recipient.given_name or recipient.name)
  facts.by = notice.inviter and template(language.by, facts) or facts.practice
  facts.client = client and tame(client.name) or language.a_client
  local who = client or notice.staff
  facts.who = tame(who and who.name or notice.invitee or language.somebody)
  -- "you", or the client for whom the reader acts.
  facts.whom = language.you
  if recipient.role ~= "client" or (client and recipient.name and recipient.name ~= client.name) then
    facts.whom = facts.client
    if client and client.given_name and not role then facts.whom = tame(client.given_name) end
  end
  facts.item = item and language.items[item.kind] or language.items.other
  if notice.expires_at then facts.expires = date(notice.expires_at, language.moment, nil, language.lang) end
  if notice.due_at then
    facts.due = date(notice.due_at, language.moment, nil, language.lang)
    facts.on_due = template(language.on_due, facts)
  end
  local support = {}
  if notice.practice.support_email then table.insert(support, notice.practice.support_email) end
  if notice.practice.support_phone then table.insert(support, notice.practice.support_phone) end
  if #support > 0 then facts.ways = table.concat(support, language.or_word) end
  return facts
end

-- 3. The shapes of a message: HTML, and the same as plain text.
-- No colours but the button's: mail programs with a dark mode then choose readable ones.

local FONT = "font-family:Helvetica,Arial,sans-serif;font-size:16px;line-height:24px"

local HEAD = [[<!doctype html>
<html lang="{lang}" dir="{dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>{subject}</title>
</head>
<body style="margin:0;padding:0">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" lang="{lang}" dir="{dir}">
<tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="560" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:560px">
<tr><td align="{side}" style="padding:24px;border:1px solid #8a9099;border-radius:8px;{font}">
]]

-- The link is a cell with a colour of its own, which Outlook shows as a button too.
local BUTTON = [[<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:24px 0">
<tr><td bgcolor="#1a5fb4" style="border-radius:6px">
<a href="{link}" style="display:inline-block;padding:12px 24px;border-radius:6px;background-color:#1a5fb4;color:#ffffff;font-weight:bold;text-decoration:none;{font}">{label}</a>
</td></tr>
</table>
]]

local FOOT = [[<p style="margin:24px 0 0;padding:16px 0 0;border-top:1px solid #8a9099;font-size:14px">{practice}</p>
</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
]]

local function html_of(letter, facts, language)
  local page = { lang = language.lang, dir = language.dir, side = language.side, font = FONT,
    subject = letter.subject, practice = facts.practice, link = letter.link, label = letter.button }
  local parts = { html.template(HEAD, page) }
  local function add(paragraphs)
    for _, paragraph in ipairs(paragraphs) do
      local shown = string.gsub(html.escape(paragraph), "\n", "<br>\n")
      table.insert(parts, '<p style="margin:0 0 16px">' .. shown .. "</p>\n")
    end
  end
  add(letter.before)
  if letter.link then table.insert(parts, html.template(BUTTON, page)) end
  add(letter.after)
  table.insert(parts, html.template(FOOT, page))
  return table.concat(parts)
end

local function text_of(letter, facts)
  local parts = { table.concat(letter.before, "\n\n") }
  if letter.link then table.insert(parts, letter.button .. ":\n" .. letter.link) end
  if #letter.after > 0 then table.insert(parts, table.concat(letter.after, "\n\n")) end
  table.insert(parts, facts.practice)
  return table.concat(parts, "\n\n") .. "\n"
end

---@param notice admit.Notice
local function notification(notice)
  local language = languages[string.match(notice.recipient.locale, "^%a+")] or languages.en
  local words = language.kinds[notice.kind] or language.kinds.other
  local facts = facts_of(notice, language)
  -- A role's own words, where the kind has them.
  local says = words.text or words[notice.recipient.role] or words.staff
  local subject, text = template(words.subject, facts), template(says, facts)
  -- What the host says with a notice of its own kind, x_..., goes before our words.
  if string.sub(notice.kind, 1, 2) == "x_" then
    subject = string.gsub(notice.own.subject or subject, "%s+", " ")
    text = string.gsub(notice.own.text or text, "\r", "")
  end
  local paragraphs = {}
  for paragraph in string.gmatch(text .. "\n\n", "(.-)\n\n+") do
    if paragraph ~= "" then table.insert(paragraphs, paragraph) end
  end

  if notice.channel == "sms" then
    local short = { cut(paragraphs[1] or facts.practice, 500) }
    if notice.link then table.insert(short, notice.link) end
    if notice.warning then table.insert(short, notice.warning) end
    return { text = table.concat(short, " ") }
  end

  local letter = { subject = cut(subject, 150), before = {}, after = {}, link = notice.link }
  letter.button = words.button or language.button
  local hello = facts.name == "" and language.hello_nobody or language.hello
  table.insert(letter.before, template(hello, facts))
  for _, paragraph in ipairs(paragraphs) do table.insert(letter.before, paragraph) end
  if notice.note then table.insert(letter.before, (string.gsub(tame(notice.note), "\r", ""))) end
  if facts.expires then table.insert(letter.after, template(language.expires, facts)) end
  if words.closing then table.insert(letter.after, language[words.closing]) end
  if notice.warning then
    table.insert(letter.after, notice.warning)
  elseif facts.ways then
    table.insert(letter.after, template(language.contact, facts))
  end
  return { subject = letter.subject, text = text_of(letter, facts), html = html_of(letter, facts, language) }
end

-- 4. May something be deleted? A failing script, or none, means no.

---@param request admit.DeletionRequest
local function deletion(request)
  if request.wanted == "remove_login" then return allow.remove_login() end
  if request.staff or request.wanted == "leave" then return allow.leave() end

  -- The rest is about a client of whom everything is to go. What is still there goes first.
  local left = {}
  local function add(code, count, what)
    if count > 0 then table.insert(left, { code = code, text = cut("Still there: " .. count .. " " .. what, 150) }) end
  end
  for kind, by_status in pairs(request.items) do
    for status, count in pairs(by_status) do add("items_left", count, kind .. " (" .. status .. ")") end
  end
  -- What the host counts itself and states with the request.
  for kind, count in pairs(request.host) do add("host_left", count, kind) end
  if #left > 0 then
    table.sort(left, function(a, b) return a.text < b.text end)
    while #left > 16 do table.remove(left) end -- no more reasons are taken
    return deny(left)
  end

  -- Nobody ever used it and nothing was ever in it: nothing is lost.
  if not request.ever_signed_in and next(request.ever) == nil then return allow.erase() end
  -- Somebody did, and may miss it: thirty days to call it off.
  return allow.schedule{ days = 30 }
end

-- 5. May someone be invited?

---@param request admit.InvitationRequest
local function invitation(request)
  if request.client and request.client.stage == "prospective" then
    return deny{ { code = "prospective", text = "A prospective client is registered first, and then invited." } }
  end
  return allow{}
end

return { notification = notification, deletion = deletion, invitation = invitation }
