//! The built-in words, in English: one catalogue for every kind of notice.

use super::facts::{Facts, Role};
use super::words::{LINK, Words, escape};
use crate::domain::invitation::Channel;
use crate::domain::message::Kind;
use crate::domain::time::Timestamp;
use chrono::TimeZone;

/// The built-in words, with the placeholder where the link goes.
pub fn words(facts: &Facts) -> Words {
    let letter = letter(facts);
    if facts.channel == Channel::Sms {
        return Words { subject: String::new(), text: short(&letter), html: String::new() };
    }
    Words { text: text(facts, &letter), html: html(facts, &letter), subject: letter.subject }
}

/// What a message says, before it has a shape.
struct Letter {
    subject: String,
    /// What happened; the first is all that a text message says.
    says: Vec<String>,
    /// What the link does, where there is one.
    action: Option<&'static str>,
    /// What stands below the link.
    then: Vec<String>,
}

fn letter(facts: &Facts) -> Letter {
    match facts.kind {
        Kind::Invitation | Kind::InvitationReminder => invitation(facts),
        Kind::InvitationAccepted
        | Kind::InvitationDeclined
        | Kind::NewLinkAsked
        | Kind::StaffApproved
        | Kind::StaffEnded => to_staff(facts),
        Kind::Reset
        | Kind::ResetWithoutLogin
        | Kind::AddressConfirm
        | Kind::AddressChangeConfirm
        | Kind::RegistrationConfirm
        | Kind::RegistrationKnown => asked_for(facts),
        Kind::PasswordChanged
        | Kind::AddressChanged
        | Kind::LoginLocked
        | Kind::LoginRemoved
        | Kind::Suspended
        | Kind::Reactivated
        | Kind::TemporaryPasswordSet
        | Kind::AcceptedByOtherChannel => security(facts),
        Kind::GrantGiven
        | Kind::GrantWithdrawn
        | Kind::GuardianEnded
        | Kind::DelegationGiven
        | Kind::DelegationEnded => access(facts),
        Kind::DeletionScheduled | Kind::DeletionCalledOff | Kind::DeletionDone => deletion(facts),
        Kind::ItemReceived | Kind::ItemReady | Kind::ItemShared | Kind::Own(_) => news(facts),
    }
}

fn told(subject: String, says: String) -> Letter {
    Letter { subject, says: vec![says], action: None, then: Vec::new() }
}

fn invitation(facts: &Facts) -> Letter {
    let practice = facts.practice.name.as_str();
    let by = match &facts.inviter {
        Some(inviter) => format!("{inviter} of {practice}"),
        None => practice.to_owned(),
    };
    let client = facts.client.as_ref().map_or("a client", |client| client.name.as_str());
    let says = match facts.recipient.role {
        Role::Client => format!("{by} invites you to set up your login."),
        Role::Guardian => format!("{by} invites you to set up a login and act for {client}."),
        role => format!("{by} invites you to join as {}.", with_article(role)),
    };
    let mut subject = format!("Your invitation from {practice}");
    let mut letter = vec![says];
    if facts.kind == Kind::InvitationReminder {
        subject = format!("Reminder: your invitation from {practice}");
        letter.push("Your invitation is still open.".to_owned());
    }
    letter.extend(facts.note.iter().map(|note| note.as_str().replace("\r\n", "\n")));
    let mut then = until(facts);
    then.push("If you did not expect this message, you can ignore it.".to_owned());
    Letter { subject, says: letter, action: Some("Accept the invitation"), then }
}

fn with_article(role: Role) -> String {
    match role {
        Role::Admin | Role::Assistant => format!("an {}", role.word()),
        _ => format!("a {}", role.word()),
    }
}

fn to_staff(facts: &Facts) -> Letter {
    let practice = facts.practice.name.as_str();
    let client = facts.client.as_ref().map(|client| client.name.as_str());
    let seat = facts.staff.as_ref().map(|seat| seat.name.as_str());
    let who = client.or(seat).or(facts.invitee.as_deref()).unwrap_or("The person you invited");
    match facts.kind {
        Kind::InvitationAccepted => told(
            format!("Invitation accepted at {practice}"),
            format!("{who} has accepted your invitation to {practice}."),
        ),
        Kind::InvitationDeclined => told(
            format!("Invitation declined at {practice}"),
            format!("{who} has declined your invitation to {practice}."),
        ),
        Kind::NewLinkAsked => Letter {
            then: vec![
                "The link that was sent has expired. Send the invitation again to make a \
                        new one; nothing was sent so far."
                    .to_owned(),
            ],
            ..told(
                format!("A new invitation link is wanted at {practice}"),
                format!("{who} asks for a new invitation link."),
            )
        },
        Kind::StaffApproved => told(
            format!("You are approved at {practice}"),
            format!("You can now sign in and work at {practice}."),
        ),
        _ => told(
            format!("You have left {practice}"),
            format!("Your place at {practice} has ended, and you can no longer sign in to it."),
        ),
    }
}

fn asked_for(facts: &Facts) -> Letter {
    let practice = facts.practice.name.as_str();
    let mut then = until(facts);
    then.push("If you did not ask for this, ignore this message: nothing changes.".to_owned());
    let (subject, says, action) = match facts.kind {
        Kind::Reset => (
            format!("Choose a new password for {practice}"),
            format!("You can choose a new password for {practice} with this link."),
            "Choose a new password",
        ),
        Kind::AddressConfirm => (
            format!("Confirm your address for {practice}"),
            format!("Please confirm that {practice} reaches you at this address."),
            "Confirm this address",
        ),
        Kind::AddressChangeConfirm => (
            format!("Confirm your new address for {practice}"),
            format!("Please confirm that you want to sign in to {practice} with this address."),
            "Confirm this address",
        ),
        Kind::RegistrationConfirm => (
            format!("Finish your registration at {practice}"),
            format!(
                "Somebody registered at {practice} with this address. If it was you, confirm the \
                 address, and then sign in."
            ),
            "Confirm this address",
        ),
        Kind::RegistrationKnown => {
            let says = format!(
                "Somebody tried to register at {practice} with this address, but you have a login \
                 already. Sign in with it, or choose a new password if you have forgotten yours."
            );
            return Letter { then, ..told(format!("You have a login at {practice}"), says) };
        }
        _ => {
            let says = format!(
                "Somebody asked for a new password for {practice} with this address, but no \
                 login has it. If you have a login, it is under another address."
            );
            return Letter { then, ..told(format!("Your request to {practice}"), says) };
        }
    };
    Letter { action: Some(action), then, ..told(subject, says) }
}

fn security(facts: &Facts) -> Letter {
    let practice = facts.practice.name.as_str();
    let (subject, says) = match facts.kind {
        Kind::PasswordChanged => (
            format!("Your password for {practice} was changed"),
            format!("The password of your login at {practice} was changed."),
        ),
        Kind::AddressChanged => (
            format!("Your address for {practice} was changed"),
            format!(
                "The address of your login at {practice} was changed. This address no longer \
                 signs in."
            ),
        ),
        Kind::LoginLocked => (
            format!("Your login at {practice} is locked for now"),
            format!(
                "There were too many failed attempts to sign in to {practice}. Your login is \
                 locked for a while; choosing a new password unlocks it."
            ),
        ),
        Kind::LoginRemoved => (
            format!("Your login at {practice} was removed"),
            format!("Your login at {practice} was removed. You can no longer sign in with it."),
        ),
        Kind::Suspended => (
            format!("Your access to {practice} is suspended"),
            format!("Your access to {practice} is suspended. You cannot sign in for now."),
        ),
        Kind::Reactivated => (
            format!("Your access to {practice} is back"),
            format!("Your access to {practice} works again."),
        ),
        Kind::TemporaryPasswordSet => (
            format!("A temporary password was set at {practice}"),
            format!(
                "Staff of {practice} set a temporary password for your login. You will choose \
                 your own when you sign in."
            ),
        ),
        _ => (
            format!("Your invitation from {practice} was accepted"),
            format!(
                "Your invitation from {practice} was accepted with a link that was handed over \
                 in another way than by mail to this address."
            ),
        ),
    };
    told(subject, says)
}

fn access(facts: &Facts) -> Letter {
    let practice = facts.practice.name.as_str();
    let client = facts.client.as_ref().map_or("a client", |client| client.name.as_str());
    match facts.kind {
        Kind::GrantGiven => told(
            format!("A chart was opened at {practice}"),
            format!("The chart of {client} at {practice} was opened to a member of staff."),
        ),
        Kind::GrantWithdrawn => told(
            format!("A chart was closed at {practice}"),
            format!("The chart of {client} at {practice} is closed to a member of staff again."),
        ),
        Kind::DelegationGiven => told(
            format!("A delegation was given at {practice}"),
            format!("An assistant at {practice} may now act for a practitioner."),
        ),
        Kind::DelegationEnded => told(
            format!("A delegation has ended at {practice}"),
            format!("An assistant at {practice} no longer acts for a practitioner."),
        ),
        _ => told(
            format!("A guardian's access at {practice} has ended"),
            format!("A guardian no longer acts for {client} at {practice}."),
        ),
    }
}

fn deletion(facts: &Facts) -> Letter {
    let practice = facts.practice.name.as_str();
    let whose = facts.client.as_ref().map_or("a client", |client| client.name.as_str());
    match facts.kind {
        Kind::DeletionScheduled => {
            let on = facts.due_at.and_then(|at| moment(facts, at));
            let on = on.map(|on| format!(" on {on}")).unwrap_or_default();
            told(
                format!("A deletion at {practice} is planned"),
                format!("What {practice} holds about {whose} will be deleted{on}."),
            )
        }
        Kind::DeletionCalledOff => told(
            format!("A deletion at {practice} was called off"),
            format!("What {practice} holds about {whose} will not be deleted."),
        ),
        _ => told(
            format!("A deletion at {practice} is done"),
            format!("What {practice} held about you, or about whom you act for, was deleted."),
        ),
    }
}

/// What only a script can put into words of its own.
fn news(facts: &Facts) -> Letter {
    let practice = facts.practice.name.as_str();
    let says = match facts.kind {
        Kind::ItemReceived => "Something of yours has arrived",
        Kind::ItemReady => "Something is ready for you",
        Kind::ItemShared => "Something was shared with you",
        _ => "There is news for you",
    };
    told(format!("{says} at {practice}"), format!("{says} at {practice}. Sign in to see it."))
}

fn moment(facts: &Facts, at: Timestamp) -> Option<String> {
    let local = facts.recipient.zone.rules().timestamp_millis_opt(at.millis()).earliest()?;
    Some(local.format("%-d %B %Y at %H:%M (%Z)").to_string())
}

fn until(facts: &Facts) -> Vec<String> {
    let when = facts.expires_at.and_then(|at| moment(facts, at));
    when.map(|when| format!("The link is good until {when}.")).into_iter().collect()
}

fn greeting(facts: &Facts) -> String {
    let recipient = &facts.recipient;
    match recipient.given_name.as_ref().or(recipient.name.as_ref()) {
        Some(name) => format!("Hello {name},"),
        None => "Hello,".to_owned(),
    }
}

/// Whom to ask, or the warning of a security notice.
fn contact(facts: &Facts) -> Option<String> {
    if facts.warning.is_some() {
        return facts.warning.clone();
    }
    let practice = facts.practice.name.as_str();
    let email = facts.practice.support_email.as_ref().map(|email| email.mailbox());
    let phone = facts.practice.support_phone.as_ref().map(|phone| phone.as_str());
    let ways: Vec<&str> = email.into_iter().chain(phone).collect();
    (!ways.is_empty()).then(|| format!("Questions? Contact {practice}: {}.", ways.join(" or ")))
}

fn short(letter: &Letter) -> String {
    let says = letter.says.first().map_or("", String::as_str);
    if letter.action.is_some() { format!("{says} {LINK}") } else { says.to_owned() }
}

fn text(facts: &Facts, letter: &Letter) -> String {
    let mut parts = vec![greeting(facts)];
    parts.extend(letter.says.iter().cloned());
    parts.extend(letter.action.map(|action| format!("{action}:\n{LINK}")));
    parts.extend(letter.then.iter().cloned());
    parts.extend(contact(facts));
    parts.push(facts.practice.name.as_str().to_owned());
    parts.join("\n\n") + "\n"
}

const PAGE: &str = "margin:0;padding:24px;background:#f4f5f7;color:#1f2933;\
                    font-family:Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5";
const SHEET: &str = "max-width:560px;margin:0 auto;padding:24px;background:#ffffff;\
                     border-radius:8px";
const BUTTON: &str = "display:inline-block;padding:12px 20px;background:#1a5fb4;color:#ffffff;\
                      border-radius:6px;text-decoration:none";
const FOOT: &str = "margin-top:24px;color:#52606d;font-size:14px";

fn html(facts: &Facts, letter: &Letter) -> String {
    let paragraph = |text: &String| format!("<p>{}</p>\n", escape(text).replace('\n', "<br>"));
    let mut body = paragraph(&greeting(facts));
    body.extend(letter.says.iter().map(paragraph));
    if let Some(action) = letter.action {
        let button = format!("<a href=\"{LINK}\" style=\"{BUTTON}\">{action}</a>");
        body.push_str(&format!("<p>{button}</p>\n"));
    }
    body.extend(letter.then.iter().map(paragraph));
    body.extend(contact(facts).iter().map(paragraph));
    let practice = escape(facts.practice.name.as_str());
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>{}</title></head>\n\
         <body style=\"{PAGE}\">\n<div style=\"{SHEET}\">\n{body}<p style=\"{FOOT}\">{practice}</p>\n\
         </div>\n</body>\n</html>\n",
        escape(&letter.subject)
    )
}
