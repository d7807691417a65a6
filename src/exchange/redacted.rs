//! A `Debug` that says the type and nothing of the person.

/// Gives each type a `Debug` that prints its name alone.
macro_rules! redacted {
    ($($row:ident),+) => {$(
        impl std::fmt::Debug for $row {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($row)).finish_non_exhaustive()
            }
        }
    )+};
}

pub(super) use redacted;
