//! Text from outside, parsed once. Past these types no raw text exists.
//!
//! Each type keeps what was typed and refuses the rest with a [`Reason`], which never holds the
//! value. `Debug` shows a type's name and length alone, so nothing personal reaches a log. Loading
//! stored values does not parse them again: a rule made tighter must not lose what is on file.

mod birth;
mod characters;
mod email;
mod line;
mod link;
mod name;
mod phone;
mod place;
mod reason;
pub mod search;
mod username;

pub use birth::BirthDate;
pub use email::Email;
pub use line::{ExternalId, IdempotencyKey, Line, Paragraph, require_prose};
pub use link::{AllowList, LinkTemplate};
pub use name::{NameUse, PersonName, Script};
pub use phone::Phone;
pub use place::{Address, Locale, Zone};
pub use reason::{Invalid, Reason};
pub use username::Username;

use characters::redacted_text;
