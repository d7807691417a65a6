//! Why a text is refused: fixed sentences, so no value can slip into an error.

use serde::{Deserialize, Serialize};

/// The rule that a text breaks. Reads on after a field's name: "email: must not be empty".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[non_exhaustive]
pub enum Reason {
    /// Nothing is there, or nothing that can be seen.
    #[error("must not be empty")]
    Empty,
    /// More characters than the field holds (bytes where the limit is the mail system's).
    #[error("must be at most {max} characters long")]
    TooLong {
        /// The limit.
        max: usize,
    },
    /// Fewer characters than the field needs.
    #[error("must be at least {min} characters long")]
    TooShort {
        /// The limit.
        min: usize,
    },
    /// More entries than the list holds.
    #[error("must have at most {max} entries")]
    TooMany {
        /// The limit.
        max: usize,
    },
    /// A NUL, a control character, or a line break where one line is wanted.
    #[error("must not contain control characters")]
    ControlCharacter,
    /// A character that turns the direction of the text around it.
    #[error("must not contain characters that override the direction of text")]
    DirectionOverride,
    /// A code point that is no character and never will be.
    #[error("must not contain code points that are not characters")]
    NotACharacter,
    /// White space in a text that has none.
    #[error("must not contain white space")]
    WhiteSpace,
    /// Something else than the letters, digits and signs of ASCII.
    #[error("must consist of visible ASCII characters")]
    NotVisibleAscii,
    /// No e-mail address that the internet's mail can reach.
    #[error("must be an e-mail address such as name@example.org")]
    NotAnAddress,
    /// No telephone number.
    #[error("must be a phone number of digits, spaces and the signs + - ( ) . / x")]
    NotAPhone,
    /// No date, or no day of the calendar.
    #[error("must be a date written as YYYY, YYYY-MM or YYYY-MM-DD")]
    NotADate,
    /// A value outside what the field may hold.
    #[error("must be within the permitted range")]
    NotInRange,
    /// No language tag of the supported form.
    #[error("must be a language tag such as en, en-GB or zh-Hant-TW")]
    UnknownLocale,
    /// No time zone of the IANA database.
    #[error("must be a time zone name such as Europe/Berlin")]
    UnknownZone,
    /// No web address with a host and without user name or password.
    #[error("must be a web address without user name and password")]
    NotALink,
    /// A web address that is not https.
    #[error("must be an https address")]
    NotHttps,
    /// The place for the token is missing, doubled, misspelt or in the host.
    #[error("must contain {{token}} once, in the path, query or fragment, and no other braces")]
    NotATemplate,
    /// A link to an origin that the store was not opened with.
    #[error("must lead to an origin on the allow-list that the store was opened with")]
    OriginNotAllowed,
    /// Bytes that are no UTF-8.
    #[error("must be UTF-8")]
    NotUtf8,
    /// Nothing was given.
    #[error("must be given")]
    Missing,
    /// A number or word that this version does not know.
    #[error("must be one of the values that this version knows")]
    Unknown,
    /// A user name that is somebody's address.
    #[error("must not be an e-mail address other than the login's own")]
    AnothersAddress,
    /// A cursor that no page gave.
    #[error("must be the cursor of an earlier page, unchanged")]
    NotACursor,
    /// Two things were given of which only one may be.
    #[error("must not be given together with what excludes it")]
    Excluded,
    /// No name of a script.
    #[error("must consist of letters, digits and the signs . _ -")]
    NotAName,
    /// No name of a product's own kind of notice.
    #[error("must be x_ and then lower-case letters, digits and _, at most 32 characters")]
    NotAKind,
    /// No word for programs.
    #[error("must be 1 to 64 letters, digits and _")]
    NotACode,
    /// An origin with more than scheme, host and port.
    #[error("must be an origin such as https://portal.example.org")]
    NotAnOrigin,
    /// A seat of another role.
    #[error("must be a seat of the role that this takes")]
    WrongRole,
    /// No stored password hash that can be verified, or one that costs too much to verify.
    #[error("must be a password hash of a supported form and cost")]
    NotAHash,
    /// No word for a kind or a status of an item.
    #[error("must be 1 to 32 lower-case letters, digits and _")]
    NotAWord,
}

impl Reason {
    /// Names the field that broke the rule.
    pub fn in_field(self, field: &'static str) -> Invalid {
        Invalid { field, reason: self }
    }
}

/// A field that broke a rule. It never holds the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("{field}: {reason}")]
pub struct Invalid {
    /// The field, as the caller calls it.
    pub field: &'static str,
    /// The rule.
    pub reason: Reason,
}
