//! Notices of the product's own kinds, in the words of its script.

use super::admit::Command;
use super::audit::Note;
use super::invitation::windows;
use super::look::About;
use super::notice::{self, Notice};
use super::unit::Unit;
use crate::domain::access::Action;
use crate::domain::event::Happening;
use crate::domain::id::{ClientId, MessageId, StaffId, Thing};
use crate::domain::message::{Kind, OwnKind};
use crate::domain::refusal::Refusal;
use crate::domain::text::{Paragraph, Reason};
use crate::error::{InField, Result};
use crate::records;
use serde::{Deserialize, Serialize};

/// How many facts a notice has.
pub const FACTS_MAX: usize = 16;
const NAME_MAX: usize = 64;

/// The name of a fact of the product's own: 1 to 64 letters, digits and `_`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactName(String);

impl FactName {
    /// Parses a name such as `diary_title`.
    ///
    /// # Errors
    /// `NotAName`.
    pub fn parse(text: &str) -> std::result::Result<Self, Reason> {
        let is_sign = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
        if (1..=NAME_MAX).contains(&text.len()) && text.bytes().all(is_sign) {
            Ok(Self(text.to_owned()))
        } else {
            Err(Reason::NotAName)
        }
    }
}

/// Who is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Told {
    /// A client, at its contact address.
    Client(ClientId),
    /// A seat, at its address.
    Staff(StaffId),
}

/// Tells someone something of the product's own, by e-mail. Where no script words the kind, the
/// built-in words say only that there is news.
#[derive(Debug, Clone, Serialize)]
pub struct PostNotice {
    /// What it tells.
    pub kind: OwnKind,
    /// Whom.
    pub told: Told,
    /// What the script gets as `notice.own`, at most 16 facts.
    pub facts: Vec<(FactName, Paragraph)>,
}

impl Command for PostNotice {
    type Done = MessageId;
    const ACTION: Option<Action> = Some(Action::NoticePost);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<MessageId> {
        if self.facts.len() > FACTS_MAX {
            return Err(Reason::TooMany { max: FACTS_MAX }).field("facts");
        }
        let (to, subject) = match self.told {
            Told::Client(id) => {
                let client = unit.look().client(id)?;
                unit.look().permit(Action::NoticePost, About::Client(id))?;
                (notice::to_client(&client), Thing::from(id))
            }
            Told::Staff(id) => {
                let seat = unit.look().staff(id)?;
                unit.look().permit(Action::NoticePost, About::Staff(id))?;
                (notice::to_staff(&seat), Thing::from(id))
            }
        };
        let to = to.ok_or(Refusal::NotReachable)?;
        for (digest, window) in windows(unit, &to.address)? {
            records::rate::put(&mut unit.write, &digest, window)?;
        }
        let practice = unit.context.practice()?;
        let facts = self.facts.iter();
        let facts = facts.map(|(name, text)| (name.0.clone(), text.as_str().to_owned())).collect();
        let plain = Notice::plain(Kind::Own(self.kind), practice, to, subject);
        let message = notice::post(unit, Notice { facts, ..plain })?;
        let note = Note::done(practice, Happening::NoticePosted, message);
        unit.note(note.about(subject).with("kind", self.kind.as_str()));
        Ok(message)
    }
}
