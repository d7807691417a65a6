-- Practice Better: the words of its mails in English and French, and who may be deleted or invited.
-- Where its article on client invitations is silent, or says two things:
-- * Prospective, deactivated and activated clients get no invitation. The last two the library
--   refuses by itself; prospective ones are this script's rule.
-- * Deactivating comes before deleting. One help page lets a deleted client be restored within 60
--   days, another says that deletion is final: here it is final, after 60 days in which it can be
--   called off; 30 where the client asks in person.
-- * A password is reset at an address that practices share with their clients; nobody signs in there
--   who has not activated yet, so such a request sends the invitation again.

local languages = {}

languages.en = {
  lang = "en", moment = "%B %-d, %Y at %H:%M %Z", hello = "Hello {name},", hello_there = "Hello,", thanks = "Thank you,\n{practice}",
  open_until = "This link works until {expires}.", junk = "Can't find our messages? Look into your junk mail folder.",
  things = { form = "a form", result = "a result" }, thing = "something new",
  invitation = { "{practice} invites you to the Client Portal", "{inviter} uses Practice Better to work with clients. Activate your account to book, message and fill in forms.", "Activate My Account" },
  invitation_reminder = { "Your Client Portal is waiting", "{practice} is looking forward to seeing you in the Client Portal.", "Activate My Account" },
  invitation_accepted = { "{who} activated the account", "{who} can now use the Client Portal." },
  invitation_declined = { "{who} declined the invitation", "{who} does not want to join the Client Portal." },
  new_link_asked = { "{who} asks for a new invitation", "The link of {who} has expired. In My Clients, choose (Re)send Invitation." },
  staff_approved = { "You are approved", "You can now work at {practice}." },
  staff_ended = { "Your place has ended", "You no longer work at {practice} in Practice Better." },
  reset = { "Reset your password", "Choose a new password for the Client Portal. If you did not ask for it, nothing changes.", "Reset my password" },
  reset_without_login = { "Your password request", "The Client Portal knows no account of this address. Ask your practitioner for an invitation." },
  address_confirm = { "Confirm your address", "Please confirm that this address is yours.", "Confirm my address" },
  registration_confirm = { "Finish signing up", "You signed up for the Client Portal of {practice}. Please confirm that this address is yours.", "Confirm my address" },
  registration_known = { "You have an account already", "Somebody signed up for the Client Portal with this address. It has an account: sign in, or reset the password." },
  address_change_confirm = { "Confirm your new address", "Please confirm that you sign in with this address.", "Confirm my address" },
  password_changed = { "Your password was changed", "The password of your account was changed." },
  address_changed = { "Your address was changed", "Your account has another address now." },
  login_locked = { "Your account is locked for now", "There were too many failed sign-ins." },
  login_removed = { "Your login was removed", "You can no longer sign in with it." },
  suspended = { "Your access is suspended", "You cannot sign in for now." },
  reactivated = { "Your access is back", "You can sign in again." },
  temporary_password_set = { "A temporary password was set", "You will choose your own password when you sign in." },
  accepted_by_other_channel = { "Your account was activated", "Your account was activated with a link that did not come by this mail." },
  grant_given = { "A chart was opened", "Your practice opened a chart to a member of its team." },
  grant_withdrawn = { "A chart was closed", "Your practice closed a chart to a member of its team." },
  guardian_ended = { "A guardian's access has ended", "A guardian no longer acts for a client of {practice}." },
  deletion_scheduled = { "An account will be deleted", "{practice} will delete the account of {who} on {due}. Until then it can be called off." },
  deletion_called_off = { "An account stays", "{practice} will not delete the account of {who}." },
  deletion_done = { "An account was deleted", "{practice} has deleted an account, yours or one that you asked about." },
  item_received = { "Received: {item}", "{practice} has received {item}." },
  item_ready = { "Ready for you: {item}", "{practice} has {item} for you in the Client Portal." },
  item_shared = { "Shared with you: {item}", "{practice} has shared {item} with you in the Client Portal." },
  other = { "News from {practice}", "There is news for you in the Client Portal." },
}

languages.fr = {
  lang = "fr", moment = "%-d %B %Y à %H:%M %Z", hello = "Bonjour {name},", hello_there = "Bonjour,", thanks = "Merci,\n{practice}",
  open_until = "Ce lien est valable jusqu'au {expires}.", junk = "Vous ne trouvez pas nos messages ? Regardez dans vos courriels indésirables.",
  things = { form = "un formulaire", result = "un résultat" }, thing = "du nouveau",
  invitation = { "{practice} vous invite au portail client", "{inviter} travaille avec Practice Better. Activez votre compte pour prendre rendez-vous, écrire et remplir des formulaires.", "Activer mon compte" },
  invitation_reminder = { "Votre portail client vous attend", "{practice} se réjouit de vous voir sur le portail client.", "Activer mon compte" },
  invitation_accepted = { "{who} a activé son compte", "{who} peut maintenant utiliser le portail client." },
  invitation_declined = { "{who} a décliné l'invitation", "{who} ne souhaite pas rejoindre le portail client." },
  new_link_asked = { "{who} demande une nouvelle invitation", "Le lien de {who} a expiré. Dans Mes clients, choisissez (R)envoyer l'invitation." },
  staff_approved = { "Votre accès est approuvé", "Vous pouvez travailler chez {practice}." },
  staff_ended = { "Votre place a pris fin", "Vous ne travaillez plus chez {practice} dans Practice Better." },
  reset = { "Réinitialisez votre mot de passe", "Choisissez un nouveau mot de passe pour le portail client. Sans demande de votre part, rien ne change.", "Réinitialiser" },
  reset_without_login = { "Votre demande", "Le portail client ne connaît aucun compte à cette adresse. Demandez une invitation à votre praticien." },
  address_confirm = { "Confirmez votre adresse", "Confirmez que cette adresse est la vôtre.", "Confirmer" },
  registration_confirm = { "Terminez votre inscription", "Vous vous êtes inscrit au portail client de {practice}. Confirmez que cette adresse est la vôtre.", "Confirmer" },
  registration_known = { "Vous avez déjà un compte", "Quelqu'un s'est inscrit au portail client avec cette adresse. Elle a un compte : connectez-vous ou réinitialisez le mot de passe." },
  address_change_confirm = { "Confirmez votre nouvelle adresse", "Confirmez que vous vous connectez avec cette adresse.", "Confirmer" },
  password_changed = { "Mot de passe modifié", "Le mot de passe de votre compte a été modifié." },
  address_changed = { "Adresse modifiée", "Votre compte a maintenant une autre adresse." },
  login_locked = { "Compte verrouillé pour l'instant", "Il y a eu trop d'essais manqués." },
  login_removed = { "Accès supprimé", "Vous ne pouvez plus vous connecter avec cet accès." },
  suspended = { "Accès suspendu", "Vous ne pouvez pas vous connecter pour l'instant." },
  reactivated = { "Accès rétabli", "Vous pouvez de nouveau vous connecter." },
  temporary_password_set = { "Mot de passe provisoire", "Vous choisirez votre propre mot de passe à la connexion." },
  accepted_by_other_channel = { "Votre compte a été activé", "Votre compte a été activé avec un lien qui n'est pas venu par ce courriel." },
  deletion_scheduled = { "Un compte sera supprimé", "{practice} supprimera le compte de {who} le {due}. D'ici là, on peut y renoncer." },
  deletion_called_off = { "Un compte reste", "{practice} ne supprimera pas le compte de {who}." },
  deletion_done = { "Un compte a été supprimé", "{practice} a supprimé un compte, le vôtre ou un autre dont il s'agissait." },
  item_ready = { "Prêt pour vous : {item}", "{practice} a {item} pour vous dans le portail client." },
  other = { "Des nouvelles de {practice}", "Il y a du nouveau pour vous dans le portail client." },
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
  local words, who = language[notice.kind] or language.other, notice.client or notice.staff
  local function moment(time) return time and date(time, language.moment, nil, language.lang) or "" end
  local facts = {
    practice = tame(notice.practice.name), inviter = tame(notice.inviter or notice.practice.name),
    name = tame(notice.recipient.given_name or notice.recipient.name or ""),
    who = tame(who and who.name or notice.invitee or notice.practice.name),
    item = notice.item and language.things[notice.item.kind] or language.thing,
    expires = moment(notice.expires_at), due = moment(notice.due_at),
  }
  local says, button = template(words[2], facts), ""
  if notice.channel == "sms" then
    return { text = cut(says, 500) .. (notice.link and " " .. notice.link or "") .. " " .. (notice.warning or "") }
  end
  local text = { template(facts.name == "" and language.hello_there or language.hello, facts), says }
  if notice.note then table.insert(text, (string.gsub(tame(notice.note), "\r", ""))) end
  local shown = #text -- The button of the HTML stands after these.
  if notice.link then
    button = html.template('<p><a href="{link}" style="padding:12px 20px;background:#0a6e4f;color:#ffffff">{label}</a></p>\n', { link = notice.link, label = words[3] })
    table.insert(text, words[3] .. ":\n" .. notice.link)
    table.insert(text, template(language.open_until, facts) .. " " .. language.junk)
  end
  if notice.warning then table.insert(text, notice.warning) end
  table.insert(text, template(language.thanks, facts))
  local page = ""
  for at, paragraph in ipairs(text) do
    local is_link = notice.link and at == shown + 1
    page = page .. (is_link and button or "<p>" .. string.gsub(html.escape(paragraph), "\n", "<br>") .. "</p>\n")
  end
  return { subject = cut(template(words[1], facts), 150), text = table.concat(text, "\n\n"), html = page }
end

---@param request admit.DeletionRequest
local function deletion(request)
  if request.wanted == "remove_login" then return allow.remove_login() end
  if request.staff or request.wanted == "leave" then return allow.leave() end
  if request.asked_by.role == "client" or request.asked_by.role == "guardian" then return allow.schedule{ days = 30 } end
  if request.client.status == "deactivated" then return allow.schedule{ days = 60 } end
  return deny{ { code = "deactivate_first", text = "Deactivate the client first; deleting comes after that." } }
end

---@param request admit.InvitationRequest
local function invitation(request)
  if request.client and request.client.stage == "prospective" then
    return deny{ { code = "prospective", text = "Prospective clients get no invitation; make this one a client first." } }
  end
  return allow{}
end

return { notification = notification, deletion = deletion, invitation = invitation }
