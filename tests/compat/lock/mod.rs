//! The lock: what is written down is what was there, whatever order it is read in, and what is gone is still known when its
//! number or name is used again.

mod cli;
mod merge;
mod random;
mod reuse;

use xlc::compat::delta::Both;
use xlc::compat::surface::{SURFACES, Surface};
use xlc::compat::trial::Readers;
use xlc::compat::{Finding, findings, remnants};
use xlc::contract::Contract;
use xlc::load::{Loaded, built_in};
use xlc::lock::{Conflicts, FILE_NAME, Lock, Versions};
use xlc::source::Sources;

use crate::{brought, compare, compare_all, parse, read, root};

/// The lock of versions, one after the other.
pub(crate) fn lock_of(versions: &[&Loaded]) -> String {
    let mut lock = Lock::default();
    for version in versions {
        lock.add(&version.contract);
    }
    lock.text()
}

/// What a lock stands for.
pub(crate) fn versions(text: &str, new: &Contract) -> Versions {
    let mut sources = Sources::default();
    let source = sources.add(FILE_NAME, Some(text.into()));
    let lock = Lock::read(text, source, &sources, Conflicts::Refuse);
    let lock = lock.unwrap_or_else(|problem| panic!("{problem:#?}\n{text}"));
    lock.versions(source, new, &[new, &built_in()])
}

/// What all surfaces say of a new version against what was locked.
pub(crate) fn against<'a>(versions: &'a Versions, new: &'a Loaded) -> Vec<Finding<'a>> {
    let contracts = |old| Both {
        old,
        new: &new.contract,
    };
    let readers = Readers::Official;
    let found = findings(contracts(&versions.newest), SURFACES, readers);
    let mut found = found.expect("fit for the surfaces");
    for remnant in &versions.remnants {
        let is_gone = |span| remnant.is_gone(span);
        let more = remnants(contracts(&remnant.contract), readers, &is_gone);
        found.extend(more.expect("fit for the surfaces"));
    }
    found
}

/// What a finding says, without its places. Which method or field is shown first depends on the order of declarations,
/// which a lock does not keep.
pub(crate) fn said(findings: &[Finding<'_>]) -> Vec<String> {
    let mut said: Vec<String> = findings
        .iter()
        .map(|it| {
            let verdicts = it.verdicts.iter().map(|it| {
                let is_proved = it.witness.is_some();
                format!(
                    "{} {:?} {:?} {is_proved}",
                    it.surface, it.direction, it.harm
                )
            });
            let verdicts: Vec<String> = verdicts.collect();
            format!(
                "{}: {}: {}",
                it.fingerprint(),
                it.message,
                verdicts.join(", ")
            )
        })
        .collect();
    said.sort();
    said
}

fn fixtures() -> Vec<[Loaded; 2]> {
    let rules = xlc::compat::rules::rules().map(|rule| rule.code.name);
    let sides = |rule: &str| ["old", "new"].map(|side| read(&root().join(rule).join(side)));
    let mut all: Vec<[Loaded; 2]> = rules
        .filter(|rule| root().join(rule).is_dir())
        .map(sides)
        .collect();
    for (history, last) in [("telemetry", 5), ("store", 3)] {
        let at = |release: u32| {
            read(
                &root()
                    .join("history")
                    .join(history)
                    .join(release.to_string()),
            )
        };
        all.extend((1..last).map(|release| [at(release), at(release + 1)]));
    }
    all
}

/// What was locked is judged as the contract itself would be: same rules, same payloads.
#[test]
fn a_locked_version_says_what_the_version_says() {
    for [old, new] in fixtures() {
        let text = lock_of(&[&old]);
        let versions = versions(&text, &new.contract);
        let direct = said(&compare(&old, &new));
        assert_eq!(said(&against(&versions, &new)), direct, "{text}");
    }
}

/// What targets bring sees what is live as it was, its files and packages included.
#[test]
fn surfaces_of_targets_say_the_same() {
    let brought = brought();
    for [old, new] in fixtures() {
        let text = lock_of(&[&old]);
        let newest = versions(&text, &new.contract).newest;
        let contracts = Both {
            old: &newest,
            new: &new.contract,
        };
        let surfaces: Vec<&dyn Surface> = (SURFACES.iter().copied())
            .chain(brought.iter().map(|it| it.as_ref() as &dyn Surface))
            .collect();
        let found = findings(contracts, &surfaces, Readers::Official);
        let found = found.expect("fit for the surfaces");
        assert_eq!(
            said(&found),
            said(&compare_all(&old, &new, &brought)),
            "{text}"
        );
    }
}

#[test]
fn a_version_is_compatible_with_its_lock() {
    let contracts = crate::root().with_file_name("contracts");
    let kitchen_sink = read(&contracts.join("kitchen_sink"));
    let all = fixtures().into_iter().flatten().chain([kitchen_sink]);
    for version in all {
        let text = lock_of(&[&version]);
        let versions = versions(&text, &version.contract);
        let found = against(&versions, &version);
        assert!(found.is_empty(), "{found:#?}\n{text}");
        assert!(versions.remnants.is_empty());
    }
}

/// Lines are only added, or marked: what was locked first is in every later lock.
#[test]
fn nothing_is_ever_dropped() {
    for [old, new] in fixtures() {
        let first = lock_of(&[&old]);
        let second = lock_of(&[&old, &new]);
        for line in first.lines() {
            let is_there = second
                .lines()
                .any(|it| it == line || it.strip_suffix(" gone") == Some(line));
            assert!(is_there, "`{line}` is not in\n{second}");
        }
        assert_eq!(lock_of(&[&old, &new, &new]), second);
        let back = lock_of(&[&old, &new, &old]);
        let live = |text: &str| -> Vec<String> {
            let lines = text.lines().filter(|it| !it.ends_with(" gone"));
            lines.map(str::to_owned).collect()
        };
        // What was reserved in between stays reserved.
        let extra: Vec<String> = (live(&back).into_iter())
            .filter(|it| !live(&first).contains(it))
            .collect();
        assert!(
            extra
                .iter()
                .all(|it| it.starts_with("reserved ") || it.is_empty()),
            "{extra:?}"
        );
    }
}

/// The order of lines, blank lines and the ends of lines mean nothing.
#[test]
fn order_means_nothing() {
    for [old, new] in fixtures() {
        let text = lock_of(&[&old, &new]);
        let mut lines: Vec<&str> = text.lines().filter(|it| !it.is_empty()).collect();
        lines.reverse();
        let reversed = lines.join("\r\n");
        let read_again = |text: &str| {
            let mut sources = Sources::default();
            let source = sources.add(FILE_NAME, Some(text.into()));
            let lock = Lock::read(text, source, &sources, Conflicts::Refuse);
            lock.expect("a lock").text()
        };
        assert_eq!(read_again(&reversed), text);
    }
}

/// Everything that a line can say is read back as it was.
#[test]
fn every_fact_is_kept() {
    let old = parse(
        r#"syntax = "proto2"; package p;
        import "google/protobuf/descriptor.proto";
        extend google.protobuf.FieldOptions { optional int32 option = 50001; }
        message M {
          option message_set_wire_format = false;
          reserved 100 to 200, 300, 536870000 to max; reserved "old", "older";
          extensions 1000 to 1999;
          optional string s = 1 [default = "a \"b\" gone # ü\n", json_name = "the s"];
          optional bytes b = 2 [default = "\x00\xff"];
          optional double d = 3 [default = -inf]; optional float f = 4 [default = 1e-7];
          required E e = 5 [default = THREE];
          repeated int32 packed = 6 [packed = true]; repeated int32 plain = 7; repeated E es = 8;
          map<string, Z> by_name = 9; map<int32, M> by_number = 10;
          oneof one { int32 x = 11; string gone = 12; group G = 13 { optional bool b = 1 [default = true]; } }
          optional uint64 u = 14 [default = 18446744073709551615]; optional sint64 i = 15 [default = -9223372036854775808];
          message Inner { extend M { optional Inner inner = 1000; } }
          extend M { repeated sint32 numbers = 1001 [packed = true]; }
        }
        enum Z { ZERO = 0; }
        enum E { option allow_alias = true; THREE = 3; ONE = 1; UNO = 1; MINUS = -1; reserved 5 to max, -7; reserved "OLD"; }
        service S { option deprecated = true;
          rpc Get(M) returns (stream M.Inner) { option idempotency_level = NO_SIDE_EFFECTS; }
          rpc Put(stream M) returns (M) { option idempotency_level = IDEMPOTENT; }
        }"#,
    );
    let text = lock_of(&[&old]);
    let versions = versions(&text, &old.contract);
    let facts = |contract: &Contract| {
        let mut text = String::new();
        for message in contract
            .messages()
            .iter()
            .filter(|it| it.full_name.as_str().starts_with("p."))
        {
            let mut fields = message.fields.clone();
            fields.sort_by_key(|it| it.number);
            for field in fields {
                let ty = match field.shape.value_type() {
                    xlc::contract::Type::Scalar(scalar) => scalar.name().to_owned(),
                    xlc::contract::Type::Message(id) => contract.message(id).full_name.to_string(),
                    xlc::contract::Type::Enum(id) => contract.enumeration(id).full_name.to_string(),
                };
                let oneof = field.oneof.map(|it| &message.oneofs[it.index()].name);
                text += &format!(
                    "{} {} {} {ty} {:?} {:?} {:?} {} {} {oneof:?} {:?}\n",
                    message.full_name,
                    field.number,
                    field.name,
                    field.presence(),
                    field.json_name,
                    field.json_name_explicit,
                    field.delimited,
                    field.verify_utf8,
                    field.default
                );
            }
            let parent = message
                .parent
                .map(|it| contract.message(it).full_name.to_string());
            text += &format!(
                "{parent:?} {:?} {:?} {}\n",
                message.extension_ranges, message.json_format, message.message_set
            );
            text += &format!("{:?}\n", message.reserved);
        }
        for it in contract
            .extensions()
            .iter()
            .filter(|it| it.full_name.as_str().starts_with("p.M"))
        {
            text += &format!(
                "{} {} {:?} {:?}\n",
                it.full_name,
                it.field.name,
                it.scope.is_some(),
                it.field.presence()
            );
        }
        for it in contract
            .enums()
            .iter()
            .filter(|it| it.full_name.as_str().starts_with("p."))
        {
            let mut reserved = it.reserved.clone();
            reserved.ranges.sort();
            text += &format!(
                "{} {} {} {:?} {reserved:?}\n",
                it.full_name,
                it.closed,
                it.default_number(),
                it.value(1).map(|it| &it.name)
            );
        }
        for service in contract.services() {
            for it in &service.methods {
                text += &format!(
                    "{} {} {} {:?}\n",
                    it.name, it.client_streaming, it.server_streaming, it.idempotency
                );
            }
        }
        let mut lines: Vec<&str> = text.lines().collect();
        lines.sort_unstable();
        lines.join("\n")
    };
    assert_eq!(facts(&versions.newest), facts(&old.contract), "{text}");
    assert!(!text.contains("p.option"), "{text}");
}

#[test]
fn the_lock_in_the_book_is_what_is_locked() {
    let project = crate::book().join("lock.in");
    let text = std::fs::read_to_string(project.join(FILE_NAME)).expect("the lock");
    let old = parse_as(
        "orders.proto",
        "syntax = \"proto3\"; package shop.v1; message Order { string id = 1; string coupon = 2; }",
    );
    let careful = parse_as(
        "orders.proto",
        "syntax = \"proto3\"; package shop.v1; message Order { string id = 1; reserved 2; reserved \"coupon\"; }",
    );
    assert_eq!(text, lock_of(&[&old, &careful]));
    crate::printed("lock.md", "lock", &format!("```text\n{text}```"));
}

/// The contract of one file of this name.
fn parse_as(name: &str, text: &str) -> Loaded {
    let directory = tempfile::tempdir().expect("a directory");
    std::fs::write(directory.path().join(name), text).expect("it can be written");
    read(directory.path())
}
