//! Lists of people.

mod call;
mod input;
mod object;

pub use call::*;
pub use input::{
    admit_person_kind_value, admit_person_order, admit_person_query, admit_person_status_value,
};
pub use object::*;
