//! Why a product's policy said no.

use super::text::Line;
use serde::{Deserialize, Serialize};

/// Why a policy says no: a code for programs, a sentence for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// Letters, digits and `_`, such as `open_orders`.
    pub code: String,
    /// One sentence, in the words of the product.
    pub text: Line,
}
