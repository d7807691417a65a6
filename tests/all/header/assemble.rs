//! Puts what cbindgen prints in the order in which a newcomer reads.

use std::fmt::Write;

/// The sections, each with the prefixes of the names that belong to it; the longest match wins.
const SECTIONS: &[(&str, &str, &[&str])] = &[
    ("What a call answers", "", &["admit_status", "admit_error"]),
    (
        "Words",
        "Every list has 0 for \"none\" or \"not said\". Inputs take the numbers as int32_t.",
        &[
            "admit_noun",
            "admit_practice_status_value",
            "admit_sign_in_method",
            "admit_role",
            "admit_approval",
            "admit_staff_status_value",
            "admit_client_nature_value",
            "admit_client_stage_value",
            "admit_client_status_value",
            "admit_gender",
            "admit_channel",
            "admit_invitation_state_value",
            "admit_open_link_state_value",
            "admit_delivery_state_value",
            "admit_login_state_value",
            "admit_tie",
            "admit_ground",
            "admit_delegation_state_value",
            "admit_access_way",
            "admit_step_kind",
            "admit_deletion_wanted",
            "admit_deletion_verdict",
            "admit_erase_order_state_value",
        ],
    ),
    ("Version", "", &["admit_abi_version", "admit_version"]),
    (
        "Actors",
        "Who calls. Every call but the store's own takes an actor.",
        &["admit_actor", "admit_source"],
    ),
    (
        "The store",
        "",
        &[
            "admit_store",
            "admit_open",
            "admit_key",
            "admit_clock",
            "admit_password_check",
            "admit_fact_check",
            "admit_log",
            "admit_destroy",
            "admit_known_outcome",
            "admit_upkeep",
            "admit_stats",
            "admit_change",
            "admit_progress",
        ],
    ),
    ("Practices", "", &["admit_practice", "admit_password_rules", "admit_sink"]),
    ("Staff", "", &["admit_staff"]),
    ("Clients", "", &["admit_client", "admit_import"]),
    (
        "Proxies",
        "The tie of a login to a client: the client itself, or a guardian.",
        &["admit_proxy"],
    ),
    ("Rooms", "", &["admit_room"]),
    ("Grants", "", &["admit_grant"]),
    (
        "Delegations",
        "An assistant acts for a practitioner, in what a delegation names, until it ends.",
        &["admit_delegation", "admit_assistant"],
    ),
    ("Access", "Who reaches a client, and why.", &["admit_access"]),
    ("Lists of people", "", &["admit_person"]),
    (
        "Invitations",
        "An offer of a login: sent by the practice, answered by whoever bears its link.",
        &[
            "admit_invitation",
            "admit_offer",
            "admit_outcome",
            "admit_batch",
            "admit_link",
            "admit_qr",
            "admit_inspection",
            "admit_accept",
            "admit_fact",
            "admit_acceptance",
        ],
    ),
    (
        "Open links",
        "One link for many: whoever bears it becomes a client, or takes a seat of role member.",
        &["admit_open_link"],
    ),
    (
        "Logins",
        "",
        &["admit_login", "admit_session", "admit_identity", "admit_sign", "admit_secret"],
    ),
    (
        "Deletion",
        "Planned, confirmed, and carried out here and at the host; a hold keeps a client from it.",
        &[
            "admit_deletion",
            "admit_host_fact",
            "admit_plan",
            "admit_confirmed",
            "admit_erase_order",
            "admit_certificate",
            "admit_hold",
        ],
    ),
    (
        "Items",
        "What the product holds about a client: what it is and where it stands, never its content.",
        &["admit_item"],
    ),
    (
        "The outbox",
        "Messages wait here: the host claims them, sends them, and says what became of each.",
        &[
            "admit_outbox",
            "admit_notice",
            "admit_claim",
            "admit_claimed",
            "admit_message",
            "admit_preview",
        ],
    ),
    (
        "Scripts",
        "The product's own words and verdicts, in Lua; docs/SCRIPTS.md is for who writes them.",
        &["admit_script"],
    ),
    (
        "The audit trail",
        "",
        &[
            "admit_event",
            "admit_verification",
            "admit_anchor",
            "admit_store_verify",
            "admit_store_event_list",
        ],
    ),
];

const TOP: &str = r#"/*
 * admit.h - the whole life of a client account and its invitation.
 *
 * Generated from src/ffi; edit the Rust, then run `make header`.
 * SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * In ten lines:
 *
 *   admit_store *store; admit_actor *host; admit_practice *practice; admit_error *err;
 *   admit_open_options options = ADMIT_OPEN_OPTIONS_INIT;
 *   options.flags = ADMIT_OPEN_CREATE;
 *   if (admit_store_open("clinic.admit", key, 32, &options, &store, &err)) fail(err);
 *   admit_practice_input input = ADMIT_PRACTICE_INPUT_INIT;
 *   input.name = "Cedar Clinic";
 *   if (admit_practice_create(store, &input, &practice, &err)) fail(err);
 *   if (admit_actor_host(store, admit_practice_id(practice), &host, &err)) fail(err);
 *   ...
 *   admit_store_close(store);
 *
 * Conventions, the same everywhere:
 *
 * - A call that can fail returns an admit_status: 0 is success. Its last parameter, `err`, may be
 *   NULL; otherwise it is cleared on entry and gets an error object to be freed on failure.
 * - Outputs are cleared on entry and filled only on success. An output that the text calls
 *   optional may be NULL.
 * - Text is NUL-terminated UTF-8. A text that is returned lives as long as its object. One line
 *   of text holds 1 to 200 characters without control characters, line breaks, or characters
 *   that override the direction of text; it is kept exactly as given, or refused with its field.
 * - Times are milliseconds since 1970 UTC; 0 is none. Ids are text. Flags are 0 or 1.
 * - Input structs start with their size: begin with the _INIT macro, and a program built against
 *   an older header goes on working. A list is an array of pointers to structs, and its count.
 * - Stores and actors are tokens: every misuse of one is answered with ADMIT_MISUSE. All other
 *   objects are snapshots that never change: read them from any thread, free them once with the
 *   function named after them. Freeing NULL is fine.
 * - Everything may be called from any thread. The library prints nothing, and calls back
 *   only inside a call, on its thread; a callback must not call its own store. The only threads
 *   it starts run scripts, from the first script on until the store is closed.
 * - Unknown ids, another practice's and another noun's ids are ADMIT_NOT_FOUND.
 * - A call that a host repeats with the same idempotency key within 7 days is answered with the
 *   same status and ids, without acting again and without repeating secrets.
 */

#ifndef ADMIT_H
#define ADMIT_H

#include <stddef.h>
#include <stdint.h>

"#;

const MACROS: &str = r#"/* Define ADMIT_STATIC when linking the static library on Windows. */
#if defined(_WIN32) && !defined(ADMIT_STATIC)
#define ADMIT_API __declspec(dllimport)
#else
#define ADMIT_API
#endif

/* Warns where the status of a call is ignored. */
#if defined(__GNUC__) || defined(__clang__)
#define ADMIT_NODISCARD __attribute__((warn_unused_result))
#else
#define ADMIT_NODISCARD
#endif

#ifdef __cplusplus
extern "C" {
#endif
"#;

const PLAIN_TOP: &str = "/* admit_ffi.h - the declarations of admit.h without preprocessor lines, \
for cffi, PHP and LuaJIT. Generated. */\n";

/// One declaration with its comment.
struct Item {
    name: String,
    text: String,
}

fn declared() -> String {
    let config = cbindgen::Config::from_file("cbindgen.toml").unwrap();
    let bindings = cbindgen::Builder::new().with_crate(".").with_config(config).generate().unwrap();
    let mut printed = Vec::new();
    bindings.write(&mut printed);
    String::from_utf8(printed).unwrap()
}

fn items(printed: &str) -> Vec<Item> {
    let mut found = Vec::new();
    let mut block = String::new();
    let mut is_open = false;
    for line in printed.lines() {
        if line.is_empty() && !is_open {
            flush(&mut block, &mut found);
            continue;
        }
        is_open |= line.starts_with("typedef struct {")
            || line.starts_with("typedef enum {")
            || line.starts_with("/**");
        if line.starts_with('}') || line.trim_end().ends_with("*/") {
            is_open = false;
        }
        block.push_str(line);
        block.push('\n');
    }
    flush(&mut block, &mut found);
    found
}

fn flush(block: &mut String, found: &mut Vec<Item>) {
    let text = std::mem::take(block);
    if text.trim().is_empty() {
        return;
    }
    let name = name(&text);
    // Other floors have constants too; they are not C's.
    if name.to_lowercase().starts_with("admit") {
        found.push(Item { name, text });
    }
}

fn name(text: &str) -> String {
    let code = text.rsplit("*/\n").next().unwrap().trim();
    let word = |text: &str| -> String {
        text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
    };
    if let Some(rest) = code.strip_prefix("#define ") {
        return word(rest);
    }
    if let Some(rest) = code.rsplit("\n} ").next().filter(|_| code.contains("\n} ")) {
        return word(rest);
    }
    if let Some(at) = code.find("(*admit_") {
        return word(&code[at + 2..]);
    }
    if code.starts_with("typedef") {
        return word(code.trim_end_matches(';').rsplit(' ').next().unwrap());
    }
    let before = code.split('(').next().unwrap();
    word(before.rsplit([' ', '*']).next().unwrap())
}

fn section(name: &str) -> usize {
    let lower = name.to_lowercase();
    let exact = SECTIONS.iter().position(|(_, _, names)| names.contains(&lower.as_str()));
    let by_prefix = || {
        let fits = |prefix: &&&str| {
            let rest = lower.strip_prefix(**prefix);
            rest.is_some_and(|rest| rest.starts_with('_') || rest.is_empty())
        };
        let longest = |names: &[&str]| names.iter().filter(fits).map(|it| it.len()).max();
        let sections = SECTIONS.iter().enumerate();
        let fitting = sections.filter_map(|(at, (_, _, names))| Some((longest(names)?, at)));
        fitting.max_by_key(|(length, _)| *length).map(|(_, at)| at)
    };
    exact.or_else(by_prefix).unwrap_or_else(|| panic!("{name} belongs to no section"))
}

/// `#define ADMIT_X_INIT {sizeof(admit_x), 0, NULL}` for a struct that starts with its size.
fn init_macro(item: &Item) -> Option<String> {
    let body = item.text.split("typedef struct {\n").nth(1)?;
    let members: Vec<&str> = body
        .lines()
        .map(str::trim)
        .filter(|line| line.ends_with(';') && !line.starts_with('}') && !line.starts_with('*'))
        .collect();
    if members.first() != Some(&"size_t size;") {
        return None;
    }
    let is_pointer = |member: &&&str| member.contains('*') || member.contains("_fn ");
    let zeros = members[1..].iter().map(|member| if is_pointer(&member) { "NULL" } else { "0" });
    let zeros: Vec<_> = zeros.collect();
    let upper = item.name.to_uppercase();
    Some(format!("#define {upper}_INIT {{sizeof({}), {}}}\n", item.name, zeros.join(", ")))
}

fn is_opaque(item: &Item) -> bool {
    item.text.contains(&format!("typedef struct {0} {0};", item.name))
}

fn is_function(item: &Item) -> bool {
    item.text.contains("ADMIT_API")
}

/// Puts a comment of one line on one line.
fn compact(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut out = String::new();
    let mut at = 0;
    while at < lines.len() {
        let is_short = lines[at].trim() == "/**"
            && lines.get(at + 2).is_some_and(|line| line.trim() == "*/")
            && lines[at + 1].trim().starts_with("* ");
        if is_short {
            let indent = &lines[at][..lines[at].len() - 3];
            let _ = writeln!(out, "{indent}/** {} */", &lines[at + 1].trim()[2..]);
            at += 3;
        } else {
            let _ = writeln!(out, "{}", lines[at]);
            at += 1;
        }
    }
    out
}

fn nodiscard(text: &str) -> String {
    compact(text)
        .replace("ADMIT_API admit_status ", "ADMIT_API ADMIT_NODISCARD admit_status ")
        .replace("ADMIT_API\nadmit_status ", "ADMIT_API ADMIT_NODISCARD\nadmit_status ")
        .replace("ADMIT_NODISCARD admit_status admit_store_close", "admit_status admit_store_close")
        .replace("ADMIT_NODISCARD admit_status admit_actor_free", "admit_status admit_actor_free")
}

fn version_macros() -> String {
    let [major, minor, patch] = ["MAJOR", "MINOR", "PATCH"].map(|part| match part {
        "MAJOR" => env!("CARGO_PKG_VERSION_MAJOR"),
        "MINOR" => env!("CARGO_PKG_VERSION_MINOR"),
        _ => env!("CARGO_PKG_VERSION_PATCH"),
    });
    format!(
        "#define ADMIT_VERSION_MAJOR {major}\n#define ADMIT_VERSION_MINOR {minor}\n\
         #define ADMIT_VERSION_PATCH {patch}\n#define ADMIT_VERSION \"{}\"\n\
         /* What admit_abi_version answers for this header. */\n#define ADMIT_ABI_VERSION {}\n\n",
        env!("CARGO_PKG_VERSION"),
        admit::ffi::version::admit_abi_version(),
    )
}

/// `admit.h` and `admit_ffi.h`.
pub fn headers() -> (String, String) {
    let items = items(&declared());
    let mut header = format!("{TOP}{}{MACROS}", version_macros());
    let mut plain = PLAIN_TOP.to_owned();
    let title = |text: &str| format!("\n/* {text}\n * {} */\n", "=".repeat(text.len()));
    for item in items.iter().filter(|item| is_opaque(item)) {
        let _ = writeln!(plain, "typedef struct {0} {0};", item.name);
    }
    header.push_str(&title("Objects"));
    for item in items.iter().filter(|item| is_opaque(item)) {
        let _ = write!(header, "\n{}", compact(&item.text));
    }
    for (at, (name, note, _)) in SECTIONS.iter().enumerate() {
        let mut here = items.iter().filter(|item| !is_opaque(item) && section(&item.name) == at);
        let mut part = String::new();
        let (functions, types): (Vec<_>, Vec<_>) =
            here.by_ref().partition(|item| is_function(item));
        for item in types.into_iter().chain(functions) {
            let _ = write!(part, "\n{}", nodiscard(&item.text));
            part.push_str(&init_macro(item).unwrap_or_default());
            if !item.text.contains("#define ") {
                let code = item.text.rsplit("*/\n").next().unwrap();
                let code =
                    if code.contains('}') { without_comments(&item.text) } else { code.to_owned() };
                plain.push_str(&code.replace("ADMIT_API ", "").replace("ADMIT_API\n", ""));
            }
        }
        if !part.is_empty() {
            header.push_str(&title(name));
            if !note.is_empty() {
                let _ = writeln!(header, "/* {note} */");
            }
            header.push_str(&part);
        }
    }
    header.push_str("\n#ifdef __cplusplus\n}\n#endif\n\n#endif\n");
    (header, plain)
}

fn without_comments(text: &str) -> String {
    let mut code = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("/**") {
        code.push_str(&rest[..start]);
        rest = rest[start..].split_once("*/").map_or("", |(_, after)| after);
    }
    code.push_str(rest);
    code.lines().filter(|line| !line.trim().is_empty()).map(|line| format!("{line}\n")).collect()
}
