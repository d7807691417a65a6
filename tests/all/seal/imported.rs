//! Hashes of other products: all made by Python's hashlib, bcrypt and argon2-cffi.

use admit::seal::password::{Cost, Gate, Password, Scheme, Verdict, recognise};

const PASSWORD: &str = "an imported Passw0rd of old";
const KNOWN: &[(Scheme, &str)] = &[
    (
        Scheme::Argon2id,
        "$argon2id$v=19$m=256,t=2,p=2$AAECAwQFBgcICQoLDA0ODw$5RjIASfOZr6XXqDGHUU1RPBNFKJt8MHdx5q0guGiR7s",
    ),
    (
        Scheme::Argon2id,
        "$argon2id$v=16$m=256,t=2,p=2$AAECAwQFBgcICQoLDA0ODw$RsFwsKK/750YbvbOkawLvc093kFEqQPTlC0tUnccJ3o",
    ),
    (
        Scheme::Argon2i,
        "$argon2i$v=19$m=256,t=2,p=2$AAECAwQFBgcICQoLDA0ODw$WO7rccA7DrjOfDrRcrhUCYdus0J4Oy+Q1bb0UuLfR8k",
    ),
    (
        Scheme::Argon2i,
        "$argon2i$m=256,t=2,p=2$AAECAwQFBgcICQoLDA0ODw$/cizOVNjSYHbroTJ6L3Sx81v6iBkkmC7sfMDSrLOqLk",
    ),
    (
        Scheme::Scrypt,
        "$scrypt$ln=8,r=8,p=2$AAECAwQFBgcICQoLDA0ODw$5VbYmr6bwfAUCsridz9kCj+H1z06QSPJ2P3HA9BCeqY",
    ),
    (
        Scheme::Pbkdf2Sha256,
        "$pbkdf2-sha256$i=1000,l=32$AAECAwQFBgcICQoLDA0ODw$Urxqh5EIUv+E7tgzhjqUx+1ru3qw7ru0zLU7IQeWZFc",
    ),
    (
        Scheme::Pbkdf2Sha512,
        "$pbkdf2-sha512$i=1000,l=32$AAECAwQFBgcICQoLDA0ODw$4T8LL4zdvXXB0FssxWAnf4/8Ukv/RmbhN/6zkxGYY9A",
    ),
    (Scheme::Bcrypt, "$2a$04$ykWR4zRSaEnzFUyWWcAN0.Dp/T27JFFrRvZdnHLrKDJX0txFgepAi"),
    (Scheme::Bcrypt, "$2b$04$D.TRhaPn8ybijTc8vF.d9.83DR7bA3/2Idb6FGBaCtMIf783Y5KPW"),
    (Scheme::Bcrypt, "$2y$04$D.TRhaPn8ybijTc8vF.d9.83DR7bA3/2Idb6FGBaCtMIf783Y5KPW"),
    (
        Scheme::AspNetV3,
        "AQAAAAAAAAPoAAAAEAABAgMEBQYHCAkKCwwNDg+HSFNZsMkq4Ql8K9tSdplK2S0MfylJ2zhjcXiogTGeCw==",
    ),
    (
        Scheme::AspNetV3,
        "AQAAAAEAAAPoAAAAEAABAgMEBQYHCAkKCwwNDg9SvGqHkQhS/4Tu2DOGOpTH7Wu7erDuu7TMtTshB5ZkVw==",
    ),
    (
        Scheme::AspNetV3,
        "AQAAAAIAAAPoAAAAEAABAgMEBQYHCAkKCwwNDg/hPwsvjN29dcHQWyzFYCd/j/xSS/9GZuE3/rOTEZhj0A==",
    ),
    (Scheme::AspNetV2, "AAABAgMEBQYHCAkKCwwNDg+HSFNZsMkq4Ql8K9tSdplK2S0MfylJ2zhjcXiogTGeCw=="),
];

fn verify(text: &str, stored: &str) -> Verdict {
    let gate = Gate::new(Cost::new(64, 1, 1).unwrap(), 1, 0);
    let mut turn = gate.enter([0; 32]).unwrap();
    let verdict = turn.verify(&Password::parse(text).ok().unwrap(), stored, Some(b"pepper"));
    assert!(gate.hashes() > 0);
    verdict
}

#[test]
fn hashes_of_other_products_verify_and_ask_for_a_rehash() {
    for (scheme, stored) in KNOWN {
        assert_eq!(recognise(stored), Some(*scheme), "{stored}");
        let right = verify(PASSWORD, stored);
        assert!(right.matches && right.needs_rehash, "{stored}");
        let wrong = verify("an imported Passw0rd of ald", stored);
        assert!(!wrong.matches && !wrong.needs_rehash, "{stored}");
    }
}

#[test]
fn the_vectors_of_asp_net_identity_itself_verify() {
    for stored in [
        "AAABAgMEBQYHCAkKCwwNDg+ukCEMDf0yyQ29NYubggHIVY0sdEUfdyeM+E1LtH1uJg==",
        "AQAAAAEAACcQAAAAEAABAgMEBQYHCAkKCwwNDg+yWU7rLgUwPZb1Itsmra7cbxw2EFpwpVFIEtP+JIuUEw==",
    ] {
        assert!(verify("my password", stored).matches);
        assert!(!verify("my passwore", stored).matches);
    }
}

#[test]
fn a_hash_of_a_password_that_was_not_normalised_verifies() {
    let given = "\u{ff50}\u{ff41}ssword of old e\u{301}";
    let stored = "$2b$04$iOcnXivUd8V/4kSLrKTsr.Pdp0/FKozThbgzWZLieDQWOlDJbCCR6";
    assert!(verify(given, stored).matches);
    assert!(!verify("password of old \u{e9}", stored).matches);
}

#[test]
fn bcrypt_reads_72_bytes_as_it_always_did() {
    let stored = "$2b$04$L8KRC3n./R0hzfI9glSOcuOJRJfFX2QTdBFsYt.y7FPd8FLqUYZXW";
    assert!(verify(&"x".repeat(72), stored).matches);
    assert!(verify(&"x".repeat(80), stored).matches);
    assert!(!verify(&"x".repeat(71), stored).matches);
}

#[test]
fn a_stored_hash_with_one_character_changed_fails() {
    for (scheme, stored) in KNOWN {
        let at = stored.len() - 12;
        let other = if stored[at..].starts_with('A') { "B" } else { "A" };
        let changed = format!("{}{other}{}", &stored[..at], &stored[at + 1..]);
        assert_eq!(recognise(&changed), Some(*scheme));
        assert!(!verify(PASSWORD, &changed).matches, "{changed}");
    }
}

#[test]
fn costs_at_the_bound_are_recognised_and_over_it_are_not() {
    let tail = "$AAECAwQFBgcICQoLDA0ODw$5RjIASfOZr6XXqDGHUU1RPBNFKJt8MHdx5q0guGiR7s";
    for (head, good) in [
        ("$argon2id$v=19$m=262144,t=4,p=1", true),
        ("$argon2id$v=19$m=262145,t=1,p=1", false),
        ("$argon2id$v=19$m=262144,t=5,p=1", false),
        ("$argon2id$v=19$m=64,t=4294967295,p=1", false),
        ("$argon2id$v=19$m=64,t=1,p=17", false),
        ("$argon2id$v=19$m=4294967295,t=4294967295,p=1", false),
        ("$argon2id$v=18$m=64,t=1,p=1", false),
        ("$argon2id$m=64,t=1,p=1", true),
        ("$argon2id$v=19$m=64,t=1,p=1,data=AAAA", false),
        ("$argon2id$v=19$m=64,t=1,p=1,keyid=AA", false),
        ("$argon2id$v=19$m=64,m=64,t=1,p=1", false),
        ("$argon2id$v=19$m=+64,t=1,p=1", false),
        ("$argon2id$v=19$t=1,p=1", false),
        ("$argon2d$v=19$m=64,t=1,p=1", false),
        ("$scrypt$ln=17,r=8,p=8", true),
        ("$scrypt$ln=18,r=8,p=4", true),
        ("$scrypt$ln=19,r=8,p=1", false),
        ("$scrypt$ln=18,r=8,p=5", false),
        ("$scrypt$ln=8,r=8,p=17", false),
        ("$scrypt$ln=31,r=8,p=1", false),
        ("$scrypt$ln=64,r=8,p=1", false),
        ("$scrypt$ln=8,r=0,p=1", false),
        ("$scrypt$ln=8,r=8,p=0", false),
        ("$scrypt$ln=8,r=4294967295,p=1", false),
        ("$scrypt$v=1$ln=8,r=8,p=1", false),
        ("$pbkdf2-sha256$i=2000000,l=32", true),
        ("$pbkdf2-sha256$i=2000000", true),
        ("$pbkdf2-sha256$i=2000001,l=32", false),
        ("$pbkdf2-sha512$i=0,l=32", false),
        ("$pbkdf2-sha512$i=1000,l=64", false),
        ("$pbkdf2-sha1$i=1000,l=32", false),
    ] {
        assert_eq!(recognise(&format!("{head}{tail}")).is_some(), good, "{head}");
    }
    let rest = "D.TRhaPn8ybijTc8vF.d9.83DR7bA3/2Idb6FGBaCtMIf783Y5KPW";
    for (head, good) in [
        ("$2b$15$", true),
        ("$2b$16$", false),
        ("$2b$31$", false),
        ("$2b$03$", false),
        ("$2b$+4$", false),
        ("$2x$04$", false),
        ("$2$04$", false),
    ] {
        assert_eq!(recognise(&format!("{head}{rest}")).is_some(), good, "{head}");
    }
}

#[test]
fn junk_and_cut_off_hashes_are_not_recognised_and_never_panic() {
    for (_, stored) in KNOWN {
        // A shorter tail of 16 bytes or more is still the form of a hash.
        for end in 0..stored.rfind('$').map_or(30, |at| at + 20) {
            assert_eq!(recognise(&stored[..end]), None, "{}", &stored[..end]);
        }
        assert_eq!(recognise(&format!("{stored}$")), None);
        assert_eq!(recognise(&format!(" {stored}")), None);
    }
    for junk in ["$", "$$$$$", "$2", "$2\u{e9}$", "AA==", "AQ==", "AQAAAAEAACcQ/////w==", "\u{e9}"]
    {
        assert_eq!(recognise(junk), None, "{junk}");
    }
}
