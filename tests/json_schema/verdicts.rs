//! The surface `json-schema` of `xlc check-compat`: what it says of every kind of edit, with PyPI's validator as the referee.
//! What is called broken has a document that it refuses, what is called safe survives random documents.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Map, Value, json};
use xlc::compat::delta::Both;
use xlc::compat::surface::{Harm, Surface, Verdict};
use xlc::compat::trial::{Direction, Payload, Readers};
use xlc::compat::{Finding, findings};
use xlc::contract::{Contract, MessageId};
use xlc::dynamic::Codec;
use xlc::load::Input;

use crate::contracts::of_text;
use crate::documents::run;
use crate::edits::EDITS;
use crate::random::Random;
use crate::schemas::{documents, target};
use crate::support::{page, referee, toolchain};

/// The options of the table.
const OPTIONS: [&str; 3] = ["", "unknown = \"open\"", "dialect = \"accept\""];

/// How many random documents are printed in each direction.
const DOCUMENTS: usize = 40;

fn contract(text: &str) -> (Contract, MessageId) {
    let (syntax, text) = text.split_once('|').unwrap_or(("proto3", text));
    let contract = of_text(&format!("syntax = \"{syntax}\"; package t; {text}"));
    let root = contract.messages()[0].id;
    (contract, root)
}

fn compare<'a>(contracts: Both<&'a Contract>, options: &str) -> Vec<Finding<'a>> {
    let table = options.parse().expect("TOML");
    let surfaces = target().surfaces(&table).expect("legal options");
    let surfaces: Vec<&dyn Surface> = surfaces.iter().map(|it| it.as_ref()).collect();
    findings(contracts, &surfaces, Readers::Official).expect("both have schemas")
}

fn verdicts<'f>(found: &'f [Finding<'_>], direction: Direction) -> Vec<&'f Verdict> {
    let all = found.iter().flat_map(|it| &it.verdicts);
    all.filter(|it| it.direction == direction).collect()
}

/// What the validator is asked.
#[derive(Default)]
struct Task {
    schemas: Map<String, Value>,
    accepted: Vec<Value>,
    refused: Vec<Value>,
}

impl Task {
    /// Asks for one direction of one edit.
    fn add(
        &mut self,
        key: &str,
        options: &str,
        (from, to): ((&Contract, MessageId), (&Contract, MessageId)),
        said: &[&Verdict],
    ) {
        let name = |(contract, root): (&Contract, MessageId)| {
            contract.message(root).full_name.as_str().to_owned()
        };
        let schema = documents(to.0, options).remove(&name(to));
        self.schemas
            .insert(key.to_owned(), schema.expect("a schema"));
        if said.is_empty() {
            let codec = Codec::new(from.0);
            let mut random = Random::new(7);
            for _ in 0..DOCUMENTS {
                let message = random.message(&codec, from.1, 2);
                let text = codec.to_json(&message).expect("a document");
                let document: Value = serde_json::from_str(&text).expect("JSON");
                self.accepted.push(json!([key, document]));
            }
        }
        for verdict in said {
            assert_eq!(verdict.harm, Harm::Error, "{key}");
            let witness = verdict.witness.as_ref().expect("evidence");
            let Payload::Json(text) = &witness.payload else {
                panic!("{key}: {witness:?} is no document");
            };
            if witness.of == name(from) {
                let document: Value = serde_json::from_str(text).expect("JSON");
                self.refused.push(json!([key, document]));
            }
        }
    }
}

#[test]
fn the_surface_says_of_every_edit_what_another_validator_says() {
    let Some(python) = toolchain::python() else {
        return;
    };
    let mut task = Task::default();
    let mut table = String::from(
        "| edit | rule | new schema | old schema | open, new | open, old | `accept`, new | `accept`, old |\n|---|---|---|---|---|---|---|---|\n",
    );
    for (name, before, after) in EDITS {
        let (old, old_root) = contract(before);
        let (new, new_root) = contract(after);
        let sides = Both {
            old: (&old, old_root),
            new: (&new, new_root),
        };
        let mut cells = Vec::new();
        let mut rules = std::collections::BTreeSet::new();
        for options in OPTIONS {
            let found = compare(sides.map(|it| it.0), options);
            rules.extend(found.iter().map(|it| it.rule.code.name));
            for direction in Direction::ALL {
                let key = format!("{name}, {}, [{options}]", direction.name());
                let said = verdicts(&found, direction);
                let ends = (direction.writer(sides), direction.reader(sides));
                task.add(&key, options, ends, &said);
                cells.push(if said.is_empty() { "-" } else { "error" });
            }
        }
        let rules: Vec<String> = rules
            .iter()
            .map(|it| format!("[`{it}`](compat/{it}.md)"))
            .collect();
        let rules = if rules.is_empty() {
            "-".to_owned()
        } else {
            rules.join(", ")
        };
        let _ = writeln!(table, "| {name} | {rules} | {} |", cells.join(" | "));
    }
    assert!(task.refused.len() > 50 && task.accepted.len() > 2_000);
    let input = json!({
        "schemas": task.schemas,
        "accepted": task.accepted,
        "refused": task.refused,
    });
    let wrong = run(&python, "validate.py", &[], input.to_string().as_bytes());
    assert_eq!(wrong, "", "{table}");
    page::check("json-schema.md", "verdicts", &table);
}

/// The harms of one edit, in both directions, under options.
fn harms(old: &Contract, new: &Contract, options: &str) -> [Option<Harm>; 2] {
    let found = compare(Both { old, new }, options);
    Direction::ALL.map(|it| verdicts(&found, it).iter().map(|it| it.harm).max())
}

#[test]
fn the_options_of_the_target_decide_what_is_valid() {
    let error = Some(Harm::Error);
    for (options, edit, expected) in [
        ("names = \"proto\"", "rename a field", [error, error]),
        ("enums = \"integer\"", "rename an enum value", [None, None]),
        ("enums = \"integer\"", "close an enum", [error, None]),
        (
            "presence = \"always\"",
            "give a field presence",
            [None, error],
        ),
        ("presence = \"always\"", "add a field", [error, error]),
        (
            "roots = [\"t.N\"]",
            "give a field presence in another message",
            [None, None],
        ),
    ] {
        let edit = EDITS.iter().find(|it| it.0 == edit).expect("an edit");
        let (old, new) = (contract(edit.1).0, contract(edit.2).0);
        assert_eq!(
            harms(&old, &new, options),
            expected,
            "{options}: {}",
            edit.0
        );
    }
}

#[test]
fn a_complaint_says_where_the_keyword_stands() {
    let (old, _) = contract("message M { int32 a = 1; }");
    let (new, _) = contract("message M { int64 a = 1; }");
    let found = compare(
        Both {
            old: &old,
            new: &new,
        },
        "",
    );
    let backward = verdicts(&found, Direction::Backward);
    let witness = backward[0].witness.as_ref().expect("evidence");
    assert_eq!(witness.payload, Payload::Json("{\"a\":1}".to_owned()));
    assert_eq!(
        witness.seen,
        "1 is not of type \"string\", at `/a` by `#/$defs/decimal-int64/type`"
    );
}

/// A contract whose only field has rules of protovalidate.
fn of_rules(field: &str) -> Contract {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let file = directory.path().join("t.proto");
    let text = format!(
        "syntax = \"proto3\"; package t; import \"buf/validate/validate.proto\"; message M {{ {field} }}"
    );
    std::fs::write(&file, text).expect("it can be written");
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/contracts/validated");
    referee::loaded(&[Input::File(file)], &[directory.path().to_owned(), rules])
}

/// Rules of protovalidate are no change of the contract itself: what they refuse is told of the field.
#[test]
fn a_rule_that_is_narrower_now_is_told_with_a_document() {
    for (before, after, expected) in [
        (
            "string.max_len = 10",
            "string.max_len = 5",
            [Some(Harm::Error), None],
        ),
        (
            "string.min_len = 1",
            "string.min_len = 2",
            [Some(Harm::Error), None],
        ),
        (
            "int32.lte = 10",
            "int32.lte = 20",
            [None, Some(Harm::Error)],
        ),
        (
            "string.const = \"a\"",
            "string.const = \"b\"",
            [Some(Harm::Error), Some(Harm::Error)],
        ),
        ("string.max_len = 5", "string.max_len = 5", [None, None]),
    ] {
        let text = |rule: &str| {
            let ty = rule.split('.').next().expect("a type");
            of_rules(&format!("{ty} a = 1 [(buf.validate.field).{rule}];"))
        };
        let (old, new) = (text(before), text(after));
        assert_eq!(harms(&old, &new, ""), expected, "{before} to {after}");
        let found = compare(
            Both {
                old: &old,
                new: &new,
            },
            "",
        );
        for finding in &found {
            assert_eq!(finding.rule.code.name, "side-effect");
        }
    }
}
