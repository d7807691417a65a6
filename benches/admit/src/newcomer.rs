//! Who is taken in and invited: the same people for every competitor.

use admit::domain::text::search;
use std::collections::BTreeSet;

const GIVEN: [&str; 32] = [
    "María José",
    "James",
    "Aiko",
    "Olivia",
    "Zoë",
    "Mohammed",
    "Li",
    "Chloé",
    "Noah",
    "Björn",
    "Amélie",
    "Lucas",
    "Sofía",
    "Emma",
    "Jürgen",
    "Priya",
    "Ana",
    "William",
    "Fatima",
    "Ngọc",
    "Henry",
    "Siobhán",
    "Charlotte",
    "Mateo",
    "Isabella",
    "Ahmed",
    "Grace",
    "Øyvind",
    "Elena",
    "Daniel",
    "Yuki",
    "Samuel",
];
const FAMILY: [&str; 32] = [
    "García",
    "Smith",
    "Nakagawa",
    "O'Brien",
    "Müller",
    "Nguyễn",
    "Johnson",
    "Dubois",
    "Chen",
    "Hansen",
    "Fernández López",
    "Williams",
    "Ivanov",
    "Patel",
    "Brown",
    "Lefèvre",
    "Schmidt",
    "Khan",
    "Jones",
    "Rossi",
    "Kowalski",
    "Davis",
    "Silva",
    "Andersson",
    "Wilson-Reyes",
    "Kim",
    "Thomas",
    "Haddad",
    "Núñez",
    "Martin",
    "van den Berg",
    "Lee",
];

/// How many digits a number is written with.
const DIGITS: usize = 8;

/// One person.
pub struct Newcomer {
    /// Tells one from another.
    pub number: u64,
    pub given: &'static str,
    pub family: &'static str,
    pub birth: String,
    pub email: String,
    pub external_id: String,
}

impl Newcomer {
    /// Makes the person of a number; names and addresses come in no order.
    pub fn new(number: u64) -> Self {
        let chance = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
        let pick = |list: &[&'static str; 32], shift: u32| list[(chance >> shift) as usize % 32];
        Self {
            number,
            given: pick(&GIVEN, 0),
            family: pick(&FAMILY, 5),
            birth: format!("19{:02}-0{}-1{}", chance % 90 + 10, chance % 9 + 1, chance % 10),
            email: format!("{:04x}.{}@mail.example.org", chance & 0xffff, digits(number)),
            external_id: format!("EHR-{}", digits(number)),
        }
    }

    /// The name as it is shown.
    pub fn name(&self) -> String {
        format!("{} {}", self.given, self.family)
    }

    /// The words by which the person is found, as admit makes them.
    pub fn words(&self) -> BTreeSet<String> {
        let names = [self.given, self.family, &self.external_id];
        let words = names.iter().flat_map(|text| search::tokens(text));
        words.chain([self.email.clone()]).collect()
    }
}

/// A number as it stands in texts.
pub fn digits(number: u64) -> String {
    format!("{number:0DIGITS$}")
}
