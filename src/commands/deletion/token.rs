//! What the token of a plan says.

use super::judge::Asked;
use crate::commands::plan_token;
use crate::domain::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What a plan's token says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Claims {
    /// What was asked.
    pub asked: Asked,
    /// Its own random name: it is used once.
    pub plan: [u8; 16],
    /// When it expires.
    pub expires_at: Timestamp,
    /// A digest of what it was made of.
    pub made_of: [u8; 32],
}

impl plan_token::Claims for Claims {
    const LABEL: &'static str = "deletion plan";
}
