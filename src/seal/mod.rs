//! Keys, tokens, passwords and sealed bytes. Knows no nouns.
