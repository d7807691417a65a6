-- Healium Enterprise: the words of its mails in English and French, and who may be removed or invited.
-- Where its article "Managing Users" is silent, or says two things:
-- * It knows users and admins: seats of role member and admin. Nobody else is invited.
-- * A link for many has no expiry, number of uses or role in the article: here it is open for 7 days,
--   for 50 people at most, and makes users, never admins.
-- * It asks nothing before "Remove User". The product still gets a plan to show and to confirm.
-- * Who is removed leaves this Enterprise; a login that belongs to another one stays there.

local languages = {}

languages.en = {
  lang = "en", moment = "%b %-d, %H:%M %Z", footer = "Healium for {practice}", open_until = "Open until {expires}.",
  roles = { admin = "an admin", member = "a user" }, a_role = "a user",
  invitation = { "Join {practice} on Healium", "{inviter} invited you to {practice} as {role}. It takes a minute: your name, a password, done.", "Create Healium Account" },
  invitation_reminder = { "Still time to join {practice}", "Your invitation to {practice} is open.", "Create Healium Account" },
  invitation_accepted = { "{who} joined {practice}", "{who} created a Healium account and is in your Admin tab." },
  invitation_declined = { "{who} declined", "{who} does not want to join {practice}." },
  new_link_asked = { "{who} needs a new link", "The link of {who} ran out. Send a new one from your Admin tab." },
  staff_ended = { "You are not in {practice} any more", "An admin of {practice} removed you, or you left. You do not reach it with Healium any more." },
  reset = { "Reset your Healium password", "Tap below to choose a new password. Not you? Then do nothing.", "Choose a new password" },
  reset_without_login = { "Your Healium password", "No Healium account has this address." },
  address_confirm = { "Confirm your address", "One tap, and we know that this address is yours. Your place is held for a day.", "Confirm my address" },
  registration_confirm = { "Finish your Healium account", "One tap, and your account is there. Not you? Then do nothing.", "Confirm my address" },
  registration_known = { "You have a Healium account", "Somebody wanted an account with this address. It has one: sign in, or reset the password." },
  address_change_confirm = { "Confirm your new address", "One tap, and you sign in with this address.", "Confirm my address" },
  password_changed = { "Password changed", "The password of your Healium account was changed." },
  address_changed = { "Address changed", "Your Healium account has another address now." },
  login_locked = { "Account locked for now", "There were too many failed sign-ins." },
  login_removed = { "Login removed", "Your Healium login was removed." },
  suspended = { "Access paused", "You cannot sign in to {practice} for now." },
  reactivated = { "Access is back", "You can sign in to {practice} again." },
  temporary_password_set = { "Temporary password set", "An admin of {practice} set a temporary password. You choose your own when you sign in." },
  accepted_by_other_channel = { "Your account was created", "Your Healium account was created with a link or QR code that did not come by this mail." },
  deletion_done = { "Deleted", "What was to be deleted in Healium, about you or somebody else, is gone." },
  other = { "News from {practice}", "There is news in Healium." },
}

languages.fr = {
  lang = "fr", moment = "%-d %b à %H:%M %Z", footer = "Healium pour {practice}", open_until = "Valable jusqu'au {expires}.",
  roles = { admin = "administrateur", member = "utilisateur" }, a_role = "utilisateur",
  invitation = { "Rejoignez {practice} sur Healium", "{inviter} vous invite chez {practice} en tant que : {role}. Une minute suffit : un nom, un mot de passe, c'est tout.", "Créer un compte Healium" },
  invitation_reminder = { "{practice} vous attend", "Votre invitation chez {practice} est toujours ouverte.", "Créer un compte Healium" },
  invitation_accepted = { "{who} a rejoint {practice}", "{who} a créé un compte Healium et figure dans votre onglet Admin." },
  invitation_declined = { "{who} a décliné", "{who} ne souhaite pas rejoindre {practice}." },
  new_link_asked = { "{who} a besoin d'un nouveau lien", "Le lien de {who} a expiré. Envoyez-en un autre depuis l'onglet Admin." },
  staff_ended = { "Vous ne faites plus partie de {practice}", "Un administrateur de {practice} vous a retiré, ou vous êtes parti. Healium ne vous y donne plus accès." },
  reset = { "Votre mot de passe Healium", "Choisissez ici un nouveau mot de passe. Ce n'était pas vous ? Alors ne faites rien.", "Choisir un mot de passe" },
  reset_without_login = { "Votre mot de passe Healium", "Aucun compte Healium n'a cette adresse." },
  address_confirm = { "Confirmez votre adresse", "Confirmez que cette adresse est la vôtre. Votre place est gardée un jour.", "Confirmer mon adresse" },
  registration_confirm = { "Terminez votre compte Healium", "Confirmez que cette adresse est la vôtre, et votre compte est prêt. Ce n'était pas vous ? Alors ne faites rien.", "Confirmer mon adresse" },
  registration_known = { "Vous avez un compte Healium", "Quelqu'un voulait un compte avec cette adresse. Elle en a un : connectez-vous ou choisissez un autre mot de passe." },
  address_change_confirm = { "Confirmez votre nouvelle adresse", "Confirmez que vous vous connectez désormais avec cette adresse.", "Confirmer mon adresse" },
  password_changed = { "Mot de passe modifié", "Le mot de passe de votre compte Healium a été modifié." },
  address_changed = { "Adresse modifiée", "Votre compte Healium a maintenant une autre adresse." },
  login_locked = { "Compte verrouillé pour l'instant", "Il y a eu trop d'essais manqués." },
  login_removed = { "Accès supprimé", "Votre accès à Healium a été supprimé." },
  suspended = { "Accès suspendu", "Vous ne pouvez pas vous connecter à {practice} pour l'instant." },
  reactivated = { "Accès rétabli", "Vous pouvez de nouveau vous connecter à {practice}." },
  temporary_password_set = { "Mot de passe provisoire", "Un administrateur de {practice} a fixé un mot de passe provisoire. Vous choisirez le vôtre à la connexion." },
  accepted_by_other_channel = { "Votre compte a été créé", "Votre compte Healium a été créé avec un lien ou un code QR qui n'est pas venu par ce courriel." },
  deletion_done = { "Supprimé", "Ce qui devait être supprimé dans Healium, sur vous ou une autre personne, ne s'y trouve plus." },
  other = { "Des nouvelles de {practice}", "Il y a du nouveau dans Healium." },
}

-- Mail programs would make a link of an address that somebody typed as a name.
local function tame(text) return (string.gsub(string.gsub(text, "://", " "), "([Ww][Ww][Ww])%.", "%1 ")) end

-- A subject has at most 200 characters, a text message 1,000.
local function cut(text, max)
  if utf8.len(text) <= max then return text end
  return string.sub(text, 1, utf8.offset(text, max) - 1) .. "…"
end

local BUTTON = [[
<p style="margin:24px 0"><a href="{link}" style="display:inline-block;padding:14px 28px;border-radius:24px;background:#6b2fbf;color:#ffffff;font-weight:bold;text-decoration:none">{label}</a></p>
]]

---@param notice admit.Notice
local function notification(notice)
  -- The recipient's language, else the Enterprise's, else English.
  local own, house = notice.recipient.locale, notice.practice.locale or "en"
  local language = languages[string.match(own, "^%a+")] or languages[string.match(house, "^%a+")] or languages.en
  local words, who = language[notice.kind] or language.other, notice.staff or notice.client
  local facts = {
    practice = tame(notice.practice.name), inviter = tame(notice.inviter or notice.practice.name),
    who = tame(who and who.name or notice.invitee or notice.practice.name),
    role = language.roles[notice.recipient.role] or language.a_role,
  }
  local says = template(words[2], facts)
  if notice.channel == "sms" then
    return { text = cut(says, 500) .. (notice.link and " " .. notice.link or "") .. " " .. (notice.warning or "") }
  end
  local text, page = "", '<div lang="' .. language.lang .. '" style="font-family:Helvetica,Arial,sans-serif;font-size:16px">\n'
  local function add(paragraph)
    text = text .. paragraph .. "\n\n"
    page = page .. "<p>" .. string.gsub(html.escape(paragraph), "\n", "<br>") .. "</p>\n"
  end
  add(says)
  if notice.note then add((string.gsub(tame(notice.note), "\r", ""))) end
  if notice.link then
    text = text .. words[3] .. "\n" .. notice.link .. "\n\n"
    page = page .. html.template(BUTTON, { link = notice.link, label = words[3] })
    add(template(language.open_until, { expires = date(notice.expires_at, language.moment, nil, language.lang) }))
  end
  if notice.warning then add(notice.warning) end
  add(template(language.footer, facts))
  return { subject = cut(template(words[1], facts), 150), text = (string.gsub(text, "\n+$", "")), html = page .. "</div>" }
end

---@param request admit.DeletionRequest
local function deletion(request)
  if request.wanted == "remove_login" then return allow.remove_login() end
  if request.staff or request.wanted == "leave" then return allow.leave() end
  return allow.erase()
end

---@param request admit.InvitationRequest
local function invitation(request)
  if request.invited_as ~= "admin" and request.invited_as ~= "member" then
    return deny{ { code = "users_and_admins", text = "Healium Enterprise has users and admins; choose one of the two." } }
  end
  return allow{ expires_days = 7, max_uses = 50 }
end

return { notification = notification, deletion = deletion, invitation = invitation }
