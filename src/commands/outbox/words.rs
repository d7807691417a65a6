//! Which words a message speaks in.

use crate::commands::scripts::Scripts;
use crate::domain::id::ScriptSetId;
use crate::domain::message::Message;
use crate::domain::script::{Hook, Owner, Version};
use crate::error::Result;
use crate::hooks::engine::Set;
use crate::records;
use crate::store::Read;
use std::sync::Arc;

/// The set that speaks for a message: the one that its first claim pinned, while that is kept, or
/// else the one in force. None where the library's own words speak.
pub(super) fn voice(
    read: &mut dyn Read,
    scripts: &Scripts,
    message: &Message,
) -> Result<Option<(ScriptSetId, Version, Arc<Set>)>> {
    let pinned = message.pinned.as_ref().map(|pinned| pinned.version);
    if let Some(Version::Script { owner, number }) = pinned {
        let practice = (owner == Owner::Practice).then_some(message.practice);
        let kept = records::script::of_number(read, practice, number)?;
        if let Some(id) = kept {
            return Ok(Some((id, Version::Script { owner, number }, scripts.set(read, id)?)));
        }
    }
    if pinned == Some(Version::BuiltIn) {
        return Ok(None);
    }
    let voice = records::script::voice(read, message.practice, Hook::Notification)?;
    match voice {
        Some(voice) => Ok(Some((voice.set, voice.version, scripts.set(read, voice.set)?))),
        None => Ok(None),
    }
}
