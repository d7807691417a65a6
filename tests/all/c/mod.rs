//! The C test kit: the header and the library, used from C.
//!
//! Nothing here lists functions: the C programs walk tables made from `include/admit.h`, so a new
//! function is tested from the day it is declared. What a table cannot know stands in `UNREACHED`.

mod alone;
mod compile;
mod day;
mod first;
mod header;
mod migration;
mod probe;
mod products;
mod scripts;
mod secrets;
mod table;

use compile::{Link, compile, run};
use header::Header;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// Places where a wrong text or number is not the first thing that is wrong, and why.
const UNREACHED: &[(&str, &str)] = &[
    ("text admit_practice_update portal: ADMIT_UNSUPPORTED", "a portal is fixed for good"),
    ("text admit_client_update invite_note: ADMIT_UNSUPPORTED", MAKING),
    ("text admit_client_update room_id: ADMIT_UNSUPPORTED", MAKING),
    ("text admit_client_update grant_staff_id: ADMIT_UNSUPPORTED", MAKING),
    ("text admit_client_update username: ADMIT_UNSUPPORTED", MAKING),
    ("text admit_client_update temporary_password: ADMIT_UNSUPPORTED", MAKING),
];
const MAKING: &str = "only where a client is made, so a change refuses whatever it says";

/// A folder for stores, in memory where there is such a place: what is tested is not what a crash
/// leaves, and a disk takes most of the time.
fn store_folder() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

/// Compiles the suite and gives the program.
fn suite(folder: &Path, link: Link) -> PathBuf {
    let table = folder.join("table.c");
    fs::write(&table, table::table(&Header::read())).unwrap();
    let parts = [
        "kit",
        "world",
        "calls",
        "each",
        "probe",
        "texts",
        "callbacks",
        "forks",
        "threads",
        "files",
    ];
    let mut sources: Vec<_> =
        parts.iter().map(|part| PathBuf::from(format!("tests/c/{part}.c"))).collect();
    sources.push(table);
    let sources: Vec<_> = sources.iter().map(PathBuf::as_path).collect();
    let program = folder.join("suite");
    compile("c11", &sources, link, &program);
    program
}

/// A store whose header says that a later version of the library wrote it.
fn newer_store(folder: &Path) {
    let (options, _) = crate::support::options();
    let path = folder.join("newer.admit");
    let ring = admit::seal::KeyRing::new([1; 32], &[]);
    admit::commands::Admit::open(&path, &ring, options).unwrap().store().close().unwrap();
    let mut bytes = fs::read(&path).unwrap();
    for copy in [0, 4096] {
        bytes[copy + 9] += 1;
        let checksum = Sha256::digest(&bytes[copy..copy + 4064]);
        bytes[copy + 4064..copy + 4096].copy_from_slice(&checksum);
    }
    fs::write(path, bytes).unwrap();
}

/// Runs the suite and holds what it could not reach against the list.
fn run_suite(link: Link, arguments: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let program = suite(folder.path(), link);
    let stores = store_folder();
    newer_store(stores.path());
    let printed = run(stores.path(), program.to_str().unwrap(), arguments);
    let unmade: Vec<_> = printed.lines().filter_map(|line| line.strip_prefix("unmade ")).collect();
    assert_eq!(unmade, Vec::<&str>::new(), "make these by hand in tests/c/world.c");
    let unasked: Vec<_> =
        printed.lines().filter_map(|line| line.strip_prefix("unasked ")).collect();
    assert_eq!(unasked, Vec::<&str>::new(), "nothing gives the objects that these are asked of");
    let mut unreached: Vec<_> = printed
        .lines()
        .filter_map(|line| line.strip_prefix("unreached "))
        .map(str::trim_end)
        .collect();
    unreached.sort_unstable();
    let mut known: Vec<_> = UNREACHED.iter().map(|(place, _)| *place).collect();
    known.sort_unstable();
    assert_eq!(unreached, known, "left: what answers otherwise; right: what UNREACHED explains");
}

#[test]
fn every_function_keeps_its_promises_under_sanitizers() {
    run_suite(Link::Sanitized, &[]);
}

#[test]
fn every_function_keeps_its_promises_on_a_small_stack_and_the_shared_library() {
    run_suite(Link::Shared, &["262144"]);
}

#[test]
fn the_sanitizers_are_on_and_find_a_leak() {
    let folder = tempfile::tempdir().unwrap();
    let leak = folder.path().join("leak.c");
    fs::write(
        &leak,
        "#include \"admit.h\"\nint main(int count, char **words) {\n\
         admit_error *err = NULL;\n  (void)words;\n\
         if (admit_key_generate(NULL, 0, &err) != ADMIT_MISUSE) return 1;\n\
         err = NULL;\n\
         volatile int sum = count; sum += 1; return sum == 0; }\n",
    )
    .unwrap();
    let program = folder.path().join("leak");
    compile("c11", &[&leak], Link::Sanitized, &program);
    let symbols = compile::said("nm", &[program.to_str().unwrap()]);
    assert!(symbols.contains("__asan_init") && symbols.contains("__ubsan_handle"));
    let output = compile::tool(program.to_str().unwrap(), &[]);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success(), "a leaked error is not found");
    assert!(errors.contains("LeakSanitizer"), "{errors}");
}

#[test]
fn valgrind_finds_nothing_in_the_smallest_program() {
    compile::said("valgrind", &["--version"]);
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("smoke");
    compile("c99", &[Path::new("tests/c/smoke.c")], Link::Shared, &program);
    let program = program.to_str().unwrap();
    let arguments = ["--quiet", "--error-exitcode=9", "--leak-check=full", program];
    assert_eq!(run(folder.path(), "valgrind", &arguments), "Ada Park of Cedar Clinic\n");
}

#[test]
fn a_login_lives_its_whole_life_under_sanitizers() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("login");
    compile("c99", &[Path::new("tests/c/login.c")], Link::Sanitized, &program);
    assert_eq!(run(store_folder().path(), program.to_str().unwrap(), &[]), "a login lived\n");
}

#[test]
fn items_live_their_whole_life_under_sanitizers() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("items");
    compile("c99", &[Path::new("tests/c/items.c")], Link::Sanitized, &program);
    assert_eq!(run(store_folder().path(), program.to_str().unwrap(), &[]), "items lived\n");
}

#[test]
fn facts_are_checked_under_sanitizers() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("facts");
    compile("c99", &[Path::new("tests/c/facts.c")], Link::Sanitized, &program);
    let printed = run(store_folder().path(), program.to_str().unwrap(), &[]);
    assert_eq!(printed, "facts were checked\n");
}

#[test]
fn many_invitations_are_planned_applied_in_two_calls_and_undone_under_sanitizers() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("bulk");
    compile("c99", &[Path::new("tests/c/bulk.c")], Link::Sanitized, &program);
    let printed = run(store_folder().path(), program.to_str().unwrap(), &[]);
    for said in ["ADMIT_POLICY_DENIED (prospective: ", "ADMIT_CLIENT_DEACTIVATED"] {
        assert!(printed.contains(said), "{printed}");
    }
    for said in ["ADMIT_NOT_REACHABLE", "ADMIT_ROW_REPEATED", "ADMIT_INVITATION_CLOSED"] {
        assert!(printed.contains(said), "{printed}");
    }
}

#[test]
fn a_deletion_lives_its_whole_life_under_sanitizers() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("deletion");
    compile("c99", &[Path::new("tests/c/deletion.c")], Link::Sanitized, &program);
    assert_eq!(run(store_folder().path(), program.to_str().unwrap(), &[]), "a deletion lived\n");
}

#[test]
fn assistants_are_asked_act_and_are_sent_away_under_sanitizers() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("delegation");
    compile("c99", &[Path::new("tests/c/delegation.c")], Link::Sanitized, &program);
    assert_eq!(run(store_folder().path(), program.to_str().unwrap(), &[]), "assistants acted\n");
}

#[test]
fn an_invitation_lives_its_whole_life_under_sanitizers() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("invitation");
    compile("c99", &[Path::new("tests/c/invitation.c")], Link::Sanitized, &program);
    assert_eq!(run(store_folder().path(), program.to_str().unwrap(), &[]), "an invitation lived\n");
}

#[test]
fn an_open_link_lets_in_as_many_as_it_has_places_under_sanitizers() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("open_links");
    compile("c11", &[Path::new("tests/c/open_links.c")], Link::Sanitized, &program);
    let printed = run(store_folder().path(), program.to_str().unwrap(), &[]);
    assert_eq!(printed, "an open link lived\n");
}

#[test]
fn passwords_are_judged_by_the_host_and_brought_along_under_sanitizers() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("password");
    compile("c99", &[Path::new("tests/c/password.c")], Link::Sanitized, &program);
    let printed = run(store_folder().path(), program.to_str().unwrap(), &[]);
    assert_eq!(printed, "passwords were judged\n");
}

#[test]
fn guests_come_and_people_register_under_sanitizers() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("guests");
    compile("c99", &[Path::new("tests/c/guests.c")], Link::Sanitized, &program);
    assert_eq!(run(store_folder().path(), program.to_str().unwrap(), &[]), "guests came\n");
}

#[test]
fn an_admin_keeps_a_member_by_a_form_under_sanitizers() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("member_form");
    compile("c99", &[Path::new("tests/c/member_form.c")], Link::Sanitized, &program);
    let printed = run(store_folder().path(), program.to_str().unwrap(), &[]);
    assert_eq!(printed, "a member came and went\n");
}

#[test]
fn access_is_explained_and_withdrawn_under_sanitizers() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("access");
    compile("c99", &[Path::new("tests/c/access.c")], Link::Sanitized, &program);
    let printed = run(store_folder().path(), program.to_str().unwrap(), &[]);
    assert_eq!(printed, "access was explained\n");
}
