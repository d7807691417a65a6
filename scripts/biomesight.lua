-- Biomesight: the words of its mails in English and German, and who may be deleted or invited.
-- Where its article "Setting up clients in Biomesight" is silent, or says two things:
-- * It counts 3 ways to a client's results and lists 2. The third is the client's own registration.
-- * Whoever signs in, gives a sample or fills in a profile field stays for good, whoever asks.
--   The library remembers all three, the `profile_fields` from what the host counts in each request.
-- * A practitioner's own or a fermented sample is a client that is no person, and is never invited.
-- * A login alone may be removed: the article forbids deleting the results, not closing the door.
-- * How long an invitation is open it does not say: 14 days, for kits take their time.

local languages = {}

languages.en = {
  lang = "en", moment = "%B %-d, %Y, %H:%M %Z", hello = "Hi {name},", nobody = "Hi,", regards = "The Biomesight team",
  open_until = "The button works until {expires}.", samples = { kit = "kit", sample = "sample", result = "results" }, thing = "item",
  invitation = { "{inviter} invites you to Biomesight", "{inviter} has invited you to Biomesight. Accept, and your results and health profile are shared with them. You choose your password in the next step.", "Accept the invitation" },
  invitation_reminder = { "Your Biomesight invitation is waiting", "{inviter} has invited you to Biomesight, and your invitation is still open.", "Accept the invitation" },
  invitation_accepted = { "{who} joined Biomesight", "{who} accepted your invitation. Their results and health profile are now in My Clients." },
  invitation_declined = { "An invitation was declined", "{who} declined your invitation to Biomesight." },
  new_link_asked = { "A new invitation link is wanted", "{who} asks for a new link. Open My Clients and invite them again." },
  staff_approved = { "Your practitioner account is approved", "Your dashboard is ready: Create Client, Invite Client and My Clients are waiting for you." },
  staff_ended = { "Your practitioner account was closed", "Your account at {practice} was closed." },
  reset = { "Set up your Biomesight password", "Use the button to choose your password. If you did not ask for this, nothing changes.", "Choose a password" },
  reset_without_login = { "Your password request", "Somebody asked for a password with this address, but no login has it." },
  address_confirm = { "Is this your address?", "Please confirm that this address is yours.", "Confirm my address" },
  address_change_confirm = { "Confirm your new address", "Please confirm that you want to sign in with this address.", "Confirm my address" },
  registration_confirm = { "Finish your Biomesight registration", "Confirm your address, and your Biomesight account is there. If you did not register, do nothing: it is forgotten.", "Confirm and finish" },
  registration_known = { "You already have a Biomesight account", "Somebody tried to register with your address, which has an account already. Sign in with it, or choose a new password if you forgot yours." },
  password_changed = { "Your password was changed", "The password of your login was changed." },
  address_changed = { "Your address was changed", "Your login has another address now." },
  login_locked = { "Your login is locked for now", "There were too many failed attempts to sign in." },
  login_removed = { "Your login was removed", "You can no longer sign in with it." },
  suspended = { "Your access is suspended", "You cannot sign in for now." },
  reactivated = { "Your access is back", "You can sign in again." },
  temporary_password_set = { "A password was set for you", "{practice} set a temporary password for your login. You choose your own when you sign in." },
  accepted_by_other_channel = { "Your invitation was accepted", "Your invitation was accepted with a link that did not come by this mail." },
  grant_given = { "Results were shared", "The results and health profile of {whom} are now shared with a practitioner." },
  grant_withdrawn = { "Results are no longer shared", "The results and health profile of {whom} are no longer shared with a practitioner." },
  guardian_ended = { "A guardian's access has ended", "A guardian no longer acts for {whom}." },
  deletion_scheduled = { "A deletion is planned", "The profile of {whom} will be deleted." },
  deletion_called_off = { "A deletion was called off", "The profile of {whom} stays." },
  deletion_done = { "A deletion is done", "Your profile, or one that you looked after, was deleted." },
  item_received = { "We have received a {item}", "The {item} of {whom} has arrived at the laboratory." },
  item_ready = { "Results are ready", "The {item} of {whom} can be seen in Biomesight: everyone with access hears of it now." },
  item_shared = { "{whom} shared results with you", "The results and health profile of {whom} are open to you now. The latest there: {item}." },
  other = { "News from Biomesight", "There is news for {whom}. Sign in to see it." },
}

languages.de = {
  lang = "de", moment = "%-d. %B %Y, %H:%M %Z", hello = "Hallo {name},", nobody = "Hallo,", regards = "Das Biomesight-Team",
  open_until = "Der Knopf gilt bis {expires}.", samples = { kit = "Testkit", sample = "Probe", result = "Ergebnis" }, thing = "Eintrag",
  invitation = { "{inviter} lädt Sie zu Biomesight ein", "{inviter} hat Sie zu Biomesight eingeladen. Wenn Sie annehmen, werden Ihre Ergebnisse und Ihr Gesundheitsprofil mit {inviter} geteilt. Ihr Passwort wählen Sie im nächsten Schritt.", "Einladung annehmen" },
  invitation_reminder = { "Ihre Einladung zu Biomesight wartet", "{inviter} hat Sie zu Biomesight eingeladen; die Einladung ist noch offen.", "Einladung annehmen" },
  invitation_accepted = { "{who} ist jetzt bei Biomesight", "{who} hat Ihre Einladung angenommen. Ergebnisse und Gesundheitsprofil stehen unter „My Clients“." },
  invitation_declined = { "Eine Einladung wurde abgelehnt", "{who} hat Ihre Einladung zu Biomesight abgelehnt." },
  new_link_asked = { "Ein neuer Link wird gewünscht", "{who} bittet um einen neuen Link. Laden Sie unter „My Clients“ erneut ein." },
  staff_approved = { "Ihr Zugang ist freigegeben", "Ihre Übersicht ist bereit: Sie können Klienten anlegen und einladen." },
  staff_ended = { "Ihr Zugang wurde geschlossen", "Ihr Zugang bei {practice} wurde geschlossen." },
  reset = { "Ihr Passwort für Biomesight", "Mit dem Knopf wählen Sie Ihr Passwort. Haben Sie nicht darum gebeten, ändert sich nichts.", "Passwort wählen" },
  reset_without_login = { "Ihre Anfrage", "Jemand hat mit dieser Adresse um ein Passwort gebeten, aber kein Zugang gehört zu ihr." },
  address_confirm = { "Ist das Ihre Adresse?", "Bitte bestätigen Sie, dass diese Adresse Ihnen gehört.", "Adresse bestätigen" },
  address_change_confirm = { "Bestätigen Sie Ihre neue Adresse", "Bitte bestätigen Sie, dass Sie sich mit dieser Adresse anmelden wollen.", "Adresse bestätigen" },
  registration_confirm = { "Schließen Sie Ihre Registrierung ab", "Bestätigen Sie Ihre Adresse, dann ist Ihr Zugang zu Biomesight da. Haben Sie sich nicht registriert, tun Sie nichts: es wird vergessen.", "Bestätigen und abschließen" },
  registration_known = { "Sie haben schon einen Zugang", "Jemand wollte sich mit Ihrer Adresse registrieren, die schon einen Zugang hat. Melden Sie sich damit an, oder wählen Sie ein neues Passwort." },
  password_changed = { "Ihr Passwort wurde geändert", "Das Passwort Ihres Zugangs wurde geändert." },
  address_changed = { "Ihre Adresse wurde geändert", "Ihr Zugang hat jetzt eine andere Adresse." },
  login_locked = { "Ihr Zugang ist vorerst gesperrt", "Es gab zu viele falsche Anmeldungen." },
  login_removed = { "Ihr Zugang wurde entfernt", "Sie können sich damit nicht mehr anmelden." },
  suspended = { "Ihr Zugang ruht", "Sie können sich vorerst nicht anmelden." },
  reactivated = { "Ihr Zugang ist wieder da", "Sie können sich wieder anmelden." },
  temporary_password_set = { "Ein Passwort wurde gesetzt", "{practice} hat Ihnen ein vorläufiges Passwort gesetzt. Ihr eigenes wählen Sie bei der Anmeldung." },
  accepted_by_other_channel = { "Ihre Einladung wurde angenommen", "Ihre Einladung wurde mit einem Link angenommen, der nicht mit dieser Mail kam." },
  grant_given = { "Ergebnisse wurden geteilt", "Ergebnisse und Gesundheitsprofil ({whom}) sind jetzt für eine Fachperson offen." },
  grant_withdrawn = { "Ergebnisse sind nicht mehr geteilt", "Ergebnisse und Gesundheitsprofil ({whom}) sind für eine Fachperson nicht mehr offen." },
  guardian_ended = { "Eine Vertretung hat geendet", "Eine Vertretung ({whom}) hat geendet." },
  deletion_scheduled = { "Eine Löschung ist geplant", "Das Profil ({whom}) wird gelöscht." },
  deletion_called_off = { "Eine Löschung ist abgesagt", "Das Profil ({whom}) bleibt." },
  deletion_done = { "Eine Löschung ist erledigt", "Ihr Profil, oder eines in Ihrer Obhut, wurde gelöscht." },
  item_received = { "Bei uns eingetroffen: {item}", "Im Labor eingetroffen: {item} ({whom})." },
  item_ready = { "Ergebnisse liegen vor", "In Biomesight zu sehen: {item} ({whom}). Alle mit Zugriff erfahren es jetzt." },
  item_shared = { "{whom} teilt Ergebnisse mit Ihnen", "Ergebnisse und Gesundheitsprofil ({whom}) sind jetzt für Sie offen. Das Neueste: {item}." },
  other = { "Neues von Biomesight", "Es gibt Neues ({whom}). Melden Sie sich an, um es zu sehen." },
}

-- The recipient's language, else the practice's, else English.
local function language_of(notice)
  local own, practices = notice.recipient.locale, notice.practice.locale or "en"
  return languages[string.match(own, "^%a+")] or languages[string.match(practices, "^%a+")] or languages.en
end

-- Mail programs would make a link of an address that somebody typed as a name.
local function tame(text) return (string.gsub(string.gsub(text, "://", " "), "([Ww][Ww][Ww])%.", "%1 ")) end

-- A subject has at most 200 characters, a text message 1,000.
local function cut(text, max)
  if utf8.len(text) <= max then return text end
  return string.sub(text, 1, utf8.offset(text, max) - 1) .. "…"
end

---@param notice admit.Notice
local function notification(notice)
  local language = language_of(notice)
  local words, client = language[notice.kind] or language.other, notice.client
  local named = client or notice.staff
  local facts = {
    name = tame(notice.recipient.given_name or notice.recipient.name or ""), practice = tame(notice.practice.name),
    inviter = tame(notice.inviter or notice.practice.name),
    who = tame(named and named.name or notice.invitee or notice.practice.name),
    whom = tame(client and client.name or notice.recipient.name or notice.practice.name),
    item = notice.item and language.samples[notice.item.kind] or language.thing,
  }
  local hello = facts.name == "" and language.nobody or language.hello
  local before, after = { template(hello, facts), template(words[2], facts) }, {}
  if notice.note then table.insert(before, (string.gsub(tame(notice.note), "\r", ""))) end
  if notice.expires_at then
    table.insert(after, template(language.open_until, { expires = date(notice.expires_at, language.moment, nil, language.lang) }))
  end
  if notice.warning then table.insert(after, notice.warning) end
  table.insert(after, template(language.regards, facts))

  local text, page = table.concat(before, "\n\n"), '<div style="font-family:sans-serif;line-height:1.5;max-width:560px">\n'
  local function show(paragraph) page = page .. "<p>" .. string.gsub(html.escape(paragraph), "\n", "<br>") .. "</p>\n" end
  for _, paragraph in ipairs(before) do show(paragraph) end
  if notice.link then
    text = text .. "\n\n" .. words[3] .. ":\n" .. notice.link
    page = page .. html.template('<p><a href="{link}" style="padding:12px 20px;background:#0b7a75;color:#ffffff">{label}</a></p>\n', { link = notice.link, label = words[3] })
  end
  for _, paragraph in ipairs(after) do show(paragraph) end
  if notice.channel == "sms" then return { text = cut(before[2], 500) .. (notice.link and " " .. notice.link or "") .. " " .. (notice.warning or "") } end
  return { subject = cut(template(words[1], facts), 150), text = text .. "\n\n" .. table.concat(after, "\n\n"), html = page .. "</div>" }
end

---@param request admit.DeletionRequest
local function deletion(request)
  if request.wanted == "remove_login" then return allow.remove_login() end
  if request.staff or request.wanted == "leave" then return allow.leave() end
  local blockers = {}
  local function block(when, code, text) if when then table.insert(blockers, { code = code, text = text }) end end
  block(request.ever_signed_in, "signed_in", "This person has signed in to Biomesight, so the profile stays.")
  block(request.ever_had_items, "samples", "A kit or sample was registered for this profile, so it stays.")
  block(request.host.profile_fields + request.ever.profile_fields > 0, "health_profile", "The health profile has been filled in, so it stays.")
  if #blockers > 0 then return deny(blockers) end
  return allow.erase()
end

return {
  notification = notification,
  deletion = deletion,
  invitation = function() return allow{ expires_days = 14 } end,
}
