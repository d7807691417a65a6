//! RULES S02 and S08: a rich day with marked people and secrets, and a search of all that it leaves:
//! texts of errors, lines of the log, reports, the trail, the file as it is, and the file unsealed.

use super::deletion::{delete, install, to_erase};
use super::people::{as_login, by_password, email, secret, visitor};
use super::post::{accept, claim, emailed, send, shown, to_client, token_in, with_password};
use super::reset::choose;
use crate::support::{line, name, options, practice, reasoned};
use admit::commands::client::CreateClient;
use admit::commands::deletion::PlaceHold;
use admit::commands::grant::GiveGrant;
use admit::commands::log::Log;
use admit::commands::login::CreateLogin;
use admit::commands::password_change::{ChangePassword, SetTemporaryPassword, TemporaryPassword};
use admit::commands::room::CreateRoom;
use admit::commands::{Admit, Options};
use admit::domain::actor::{Actor, Source, Who};
use admit::domain::client::{Identifier, Profile, Stage};
use admit::domain::deletion::Code;
use admit::domain::grant::Grantee;
use admit::domain::invitation::Channel;
use admit::domain::staff::Role;
use admit::domain::text::{BirthDate, ExternalId, IdempotencyKey, Line, Phone};
use admit::error::Error;
use admit::seal::KeyRing;
use admit::store::{Keyspace, Store};
use redb::backends::FileBackend;
use secrecy::{ExposeSecret, SecretSlice};
use std::fmt::{Debug, Write};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

const HOST_KEY: [u8; 32] = *b"host-key-Wolverhampton-2719-xyz!";
const PEPPER: &[u8] = b"pepper-Antananarivo-9917";
const PASSWORD: &str = "plum-harbour-quartz-2719";
const SECOND: &str = "birch-lantern-comet-4451";
const MISTYPED: &str = "opal-kettle-meadow-8830";

/// What is about people: sealed wherever it stands, and told nowhere.
const PERSONAL: [&str; 14] = [
    "Zephyrine",
    "zephyrine",
    "Quillfeather",
    "quillfeather",
    "Oberon",
    "7766554",
    "1987-03-14",
    "203.0.113.77",
    "EXT-Nightingale",
    "ID-Nightingale",
    "Dr. Ostrich",
    "whispered it",
    "lawyer called",
    "Kumquat",
];

/// What a day left, by where it stands.
struct Left {
    /// Every text that is told to somebody: each with what told it.
    told: Vec<(String, String)>,
    /// Every secret of the day.
    secrets: Vec<String>,
    folder: tempfile::TempDir,
}

impl Left {
    fn tell(&mut self, by: &str, text: impl Into<String>) {
        self.told.push((by.to_owned(), text.into()));
    }

    /// Notes how a call failed, as each kind of text; true where it did fail.
    fn failed<T>(&mut self, by: &str, answer: Result<T, Error>) {
        let Err(error) = answer else { panic!("{by} did not fail") };
        let mut text = format!("{error} {error:?} {error:#?}");
        let mut source = std::error::Error::source(&error);
        while let Some(inner) = source {
            write!(text, " {inner} {inner:?}").unwrap();
            source = inner.source();
        }
        self.tell(by, text);
    }

    fn shows(&mut self, by: &str, value: &impl Debug) {
        self.tell(by, format!("{value:?} {value:#?}"));
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("clinic.admit")
    }
}

fn ring() -> KeyRing {
    KeyRing::new(HOST_KEY, &[])
}

fn external(text: &str) -> ExternalId {
    ExternalId::parse(text).unwrap()
}

fn profile() -> Profile {
    let identifier = Identifier { system: None, value: external("ID-Nightingale") };
    Profile {
        external_id: Some(external("EXT-Nightingale")),
        identifiers: vec![identifier],
        names: vec![name("Zephyrine", "Quillfeather")],
        birth: Some(BirthDate::parse("1987-03-14").unwrap()),
        email: Some(email("zephyrine@contact.example.org")),
        phone: Some(Phone::parse("+49 30 7766554").unwrap()),
        physician_name: Some(line("Dr. Ostrich")),
        fields: vec![(line("nickname"), line("Kumquat"))],
        ..Profile::default()
    }
}

/// A script that fails on this client, with the client's name in its mouth.
const FAILING: &str = "return { deletion = function(request)
  if request.client and request.client.given_name == 'Zephyrine' then
    error('about ' .. request.client.name)
  end
  return deny{ code = 'a', text = 'b' }
end }";

/// Everything that people do here in a day, and much that goes wrong.
fn day() -> Left {
    let folder = tempfile::tempdir().unwrap();
    let mut left = Left { told: Vec::new(), secrets: Vec::new(), folder };
    let lines = Arc::new(Mutex::new(Vec::new()));
    let log = lines.clone();
    let (chosen, clock) = options();
    let chosen = Options {
        log: Some(Log::new(move |_, line| log.lock().unwrap().push(line.to_owned()))),
        pepper: Some(SecretSlice::from(PEPPER.to_vec())),
        password_check: Some(Box::new(|password| password != MISTYPED)),
        ..chosen
    };
    let admit = Admit::open(&left.path(), &ring(), chosen).unwrap();
    install(&admit, FAILING);
    let source = Source {
        address: Some(line("203.0.113.77")),
        device: Some(line("Zephyrine's telephone")),
        request_id: None,
        reason: Some(line("Quillfeather whispered it")),
    };
    let host = Actor { source: source.clone(), ..practice(&admit) };
    let nora = super::post::seat(&admit, &host, Role::Admin, "oberon@clinic.example.org");
    let Who::Staff(staff) = nora.who else { panic!("no seat") };

    let create = CreateClient { profile: profile(), stage: Stage::Registered };
    left.shows("the profile's own text", &create.stage);
    let key = IdempotencyKey::parse("key-of-Zephyrine").unwrap();
    let client = admit.run(&nora, create.clone(), Some(&key)).unwrap();
    left.failed("an external id twice", admit.run(&nora, create, None));
    let many = "Quillfeather ".repeat(40);
    left.failed("a long line", Line::parse(&many).map_err(|why| Error::from(why.in_field("name"))));
    for wrong in ["Zephyrine Quillfeather", "zephyrine@", "@@zephyrine"] {
        let parsed = admit::domain::text::Email::parse(wrong);
        left.failed("no address", parsed.map_err(|why| Error::from(why.in_field("email"))));
    }
    let parsed = BirthDate::parse("1987-03-14-Zephyrine");
    left.failed("no date", parsed.map_err(|why| Error::from(why.in_field("birth"))));

    // A link by mail, one that is shown, tries with both, and the right one.
    let sent = send(&admit, &nora, to_client(client));
    left.shows("what sending answers", &sent);
    let mailed = emailed(&admit);
    let copied = shown(&admit, &nora, sent.invitation, Channel::Copied);
    left.secrets.extend([&mailed, &copied].map(|token| token.expose_secret().to_owned()));
    for text in [&mailed.expose_secret()[1..], "quillfeather", PASSWORD] {
        left.failed("no link", admit.inspect(source.clone(), text));
    }
    for weak in [MISTYPED, "Zephyrine1987", "short"] {
        let given = admit::commands::accept::Accept {
            password: Some(secret(weak)),
            ..with_password(&mailed)
        };
        left.failed("a weak password", accept(&admit, given));
    }
    let given = admit::commands::accept::Accept {
        password: Some(secret(PASSWORD)),
        ..with_password(&mailed)
    };
    let accepted = accept(&admit, given).unwrap();
    left.shows("what accepting answers", &accepted);
    left.failed("a used link", accept(&admit, with_password(&mailed)));

    // At the door: by a wrong password, by one typed as a name, and by the right one.
    let door = visitor(&host);
    let address = "zephyrine@contact.example.org";
    for (typed, password) in [(address, MISTYPED), (PASSWORD, SECOND), (MISTYPED, PASSWORD)] {
        left.failed("a failed sign-in", admit.sign_in(&door, &by_password(typed, password)));
    }
    let session = admit.sign_in(&door, &by_password(address, PASSWORD)).unwrap();
    left.secrets.push(session.device_token.clone().unwrap().expose_secret().to_owned());
    left.shows("a session", &session.device_token);
    let own = Actor { source: source.clone(), ..as_login(&host, session.login, session.epoch) };
    let change = ChangePassword { current: secret(MISTYPED), new: secret(SECOND) };
    left.failed("a wrong present password", admit.change_password(&own, &change, None));
    clock.forward(60_000);
    let change = ChangePassword { current: secret(PASSWORD), new: secret(SECOND) };
    admit.change_password(&own, &change, None).unwrap();
    left.failed("an ended session", admit.client(&own, client));

    // A reset, and a temporary password.
    admit.request_reset(&door, address).unwrap();
    let messages = claim(&admit);
    let link = messages.iter().find(|message| message.text.contains("/reset/")).unwrap();
    let token = token_in(&link.text);
    left.secrets.push(token.expose_secret().to_owned());
    choose(&admit, token.expose_secret(), PASSWORD).unwrap();
    left.failed(
        "a used reset",
        admit.reset(source.clone(), token.expose_secret(), &secret(SECOND), None),
    );
    let set = SetTemporaryPassword { login: session.login, password: TemporaryPassword::Generated };
    let made = admit.set_temporary_password(&nora, &set, None).unwrap();
    left.shows("a temporary password", &made);
    left.secrets.push(made.password.unwrap().expose_secret().to_owned());
    let taken =
        CreateLogin { client: Some(client), email: Some(email(address)), ..CreateLogin::default() };
    left.failed("a second login", admit.create_login(&nora, &taken, None));

    // Reasons, holds, rooms, a policy that fails, an import.
    let grantee = Grantee::Staff(staff);
    let reason = Some(line("whispered it"));
    let give = GiveGrant { client, grantee, scopes: vec![line("labs")], reason, ends_at: None };
    admit.run(&nora, give, None).unwrap();
    let ground = Code::parse("dispute").unwrap();
    let note = Some(line("Zephyrine's lawyer called"));
    let hold = PlaceHold { client, ground, note };
    left.failed("a policy that fails", delete(&admit, &nora, &to_erase(client)));
    admit.run(&nora, hold, None).unwrap();
    let room = CreateRoom { name: line("Kumquat room"), external_id: None };
    admit.run(&nora, room, None).unwrap();
    let rows = "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Quillfeather\"}],\"birthDate\":\"1987-03-14x\"}\n\
                {\"resourceType\":\"Patient\",\"gender\":\"Zephyrine\"}\n{\"Zephyrine\": ";
    let report = admit.import_clients(&nora, rows.as_bytes(), None).unwrap();
    left.shows("an import", &report);
    left.tell("an import", serde_json::to_string(&report).unwrap());

    // Who reads along.
    for (by, text) in [
        ("the stats", serde_json::to_string(&admit.stats().unwrap()).unwrap()),
        ("upkeep", serde_json::to_string(&admit.upkeep(0).unwrap()).unwrap()),
        ("the changes", serde_json::to_string(&admit.change_list(0, 0).unwrap()[..]).unwrap()),
        (
            "the walk",
            serde_json::to_string(&admit.verify(&reasoned(&host), None).unwrap()).unwrap(),
        ),
    ] {
        left.tell(by, without_the_clients_key(&text));
    }
    let trail = admit.export_events(&reasoned(&host), None, None, None).unwrap();
    left.tell("the sealed trail", as_stored(&trail.ndjson));
    let entries = admit.events(&reasoned(&host), Default::default(), None, 500).unwrap();
    assert!(entries.items.len() > 20);
    left.shows("entries", &entries);
    for line in lines.lock().unwrap().iter() {
        left.told.push(("the log".to_owned(), line.clone()));
    }
    admit.store().close().unwrap();
    left
}

/// The host's own key of a client that is on file is what the order of changes is for.
fn without_the_clients_key(text: &str) -> String {
    text.replace("EXT-Nightingale", "")
}

/// The lines of an export without what was unsealed for whoever asked.
fn as_stored(ndjson: &str) -> String {
    let mut kept = String::new();
    for line in ndjson.lines() {
        let mut line: serde_json::Value = serde_json::from_str(line).unwrap();
        let parts = |sealed: &mut serde_json::Value| {
            sealed.as_object_mut().map(|sealed| sealed.remove("parts"));
        };
        parts(&mut line["source"]);
        line["personal"].as_array_mut().unwrap().iter_mut().for_each(parts);
        writeln!(kept, "{line}").unwrap();
    }
    kept
}

/// Bytes as a text of as many characters, which the standard library searches fast.
fn latin(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

/// The first of the texts that stands in the bytes, as it is, in base64 or in hexadecimal digits.
fn found<'t>(bytes: &[u8], texts: impl IntoIterator<Item = &'t [u8]>) -> Option<String> {
    use data_encoding::{BASE64_NOPAD, HEXLOWER};
    let bytes = latin(bytes);
    texts.into_iter().find_map(|text| {
        let whole = text.len() / 3 * 3;
        let forms = [latin(text), HEXLOWER.encode(text), BASE64_NOPAD.encode(&text[..whole])];
        let is_there = forms.iter().any(|form| bytes.contains(form));
        is_there.then(|| String::from_utf8_lossy(text).into_owned())
    })
}

fn secrets(left: &Left) -> Vec<&[u8]> {
    let fixed = [PASSWORD, SECOND, MISTYPED].map(str::as_bytes);
    let issued = left.secrets.iter().map(String::as_bytes);
    fixed.into_iter().chain([&HOST_KEY[..], PEPPER]).chain(issued).collect()
}

fn all(left: &Left) -> Vec<&[u8]> {
    secrets(left).into_iter().chain(PERSONAL.map(str::as_bytes)).collect()
}

fn unsealed(path: &Path) -> Vec<u8> {
    let file = FileBackend::new(File::open(path).unwrap()).unwrap();
    Store::opened_pages(Box::new(file), &ring()).unwrap()
}

#[test]
fn s08_no_error_log_report_or_event_tells_a_secret_or_anything_of_a_person() {
    let mut left = day();
    assert!(left.told.len() > 30 && left.told.iter().any(|(by, _)| by == "the log"));
    assert!(left.secrets.len() == 5 && left.secrets.iter().all(|secret| secret.len() > 10));
    for (by, text) in &left.told {
        assert_eq!(found(text.as_bytes(), all(&left)), None, "{by}: {text}");
    }
    // The search finds what is there.
    for planted in [PASSWORD.to_owned(), "so Quillfeather said".to_owned(), left.secrets[2].clone()]
    {
        left.tell("a plant", planted);
        let (_, text) = left.told.last().unwrap();
        assert!(found(text.as_bytes(), all(&left)).is_some());
    }
}

#[test]
fn s02_no_file_of_a_store_shows_a_secret_and_no_page_of_it_holds_one() {
    let left = day();
    let files: Vec<_> =
        fs::read_dir(left.folder.path()).unwrap().map(|it| it.unwrap().path()).collect();
    assert_eq!(files, [left.path()]);
    let raw = fs::read(left.path()).unwrap();
    assert_eq!(found(&raw, all(&left)), None);
    let pages = unsealed(&left.path());
    assert_eq!(found(&pages, secrets(&left)), None);
    // What is about people is there once the pages are unsealed, so the search sees all of them.
    for text in ["Quillfeather", "1987-03-14", "7766554", "Kumquat", "lawyer called"] {
        assert!(found(&pages, [text.as_bytes()]).is_some(), "{text}");
    }
    let (chosen, _) = options();
    let admit = Admit::open(&left.path(), &ring(), chosen).unwrap();
    // Nor are the keys of the file anywhere but in the wrapped key block.
    let keys = admit.store().secrets();
    let of_tokens = keys.token_keys().map(|(_, key)| key);
    let others = [keys.id_cipher_key(), keys.subject_wrapping_key(), keys.digest_key()];
    for key in of_tokens.chain(others) {
        assert_eq!(found(&raw, [&key[..]]), None);
        assert_eq!(found(&pages, [&key[..]]), None);
    }
    // A secret that is planted is found, in the pages though not in the file.
    let secret = left.secrets[0].clone();
    let plant = move |write: &mut dyn admit::store::Write| {
        write.put(Keyspace("planted"), b"row", secret.as_bytes())
    };
    admit.store().write(plant).unwrap();
    admit.store().close().unwrap();
    assert_eq!(found(&unsealed(&left.path()), secrets(&left)), Some(left.secrets[0].clone()));
    assert_eq!(found(&fs::read(left.path()).unwrap(), all(&left)), None);
}
