//! Edits of a contract, and what becomes of data: reading a message with the new contract from the old bytes must give
//! what reading Avro data of the old schema with the new schema gives. The table of the book is printed from here, and
//! fastavro is asked about every datum.

use std::fmt::Write as _;

use serde_json::{Value, json};
use xlc::avro::{Converter, Mapping};
use xlc::contract::{Contract, MessageId};
use xlc::dynamic::Codec;

use crate::contracts::of_text;
use crate::data::options;
use crate::edits::EDITS;
use crate::random::Random;
use crate::support::{page, script, toolchain};

/// How many messages each square is tried with.
const MESSAGES: u64 = 80;

/// The contract of a text, and its root: the first message.
pub(crate) fn contract(text: &str) -> (Contract, MessageId) {
    let (syntax, text) = text.split_once('|').unwrap_or(("proto3", text));
    let contract = of_text(&format!("syntax = \"{syntax}\"; package t; {text}"));
    let root = contract.messages()[0].id;
    (contract, root)
}

/// What became of the messages of one square.
#[derive(Default)]
struct Outcome {
    same: usize,
    different: usize,
    unreadable: usize,
    /// The bytes are no message of the other contract, so there is nothing to compare with.
    refused: usize,
}

impl Outcome {
    fn cell(&self) -> String {
        let all = self.same + self.different + self.unreadable;
        match (self.different, self.unreadable) {
            _ if all == 0 => "-".to_owned(),
            (0, 0) => "same".to_owned(),
            (0, unreadable) => format!("unreadable {unreadable}/{all}"),
            (different, 0) => format!("differs {different}/{all}"),
            (different, unreadable) => {
                format!("differs {different}/{all}, unreadable {unreadable}/{all}")
            }
        }
    }

    /// How protobuf fares.
    fn protobuf(&self) -> &'static str {
        if self.refused == 0 {
            "reads"
        } else {
            "refuses"
        }
    }
}

/// What fastavro is asked, and what xlc made of it.
struct Question {
    line: Value,
    name: String,
    ours: Ours,
}

/// What xlc made of a datum.
#[derive(Debug, PartialEq)]
enum Ours {
    /// The data as the reader's schema has it.
    Read(Vec<u8>),
    /// The same, although other data of the writer could not be read: a list may be empty.
    ReadInSpite(Vec<u8>),
    /// It cannot be read.
    Unreadable,
    /// It can, and is no value of the contract, such as a negative number of an unsigned field.
    NoMessage,
}

impl Ours {
    fn agrees(&self, theirs: Option<&Vec<u8>>) -> bool {
        match (self, theirs) {
            (Self::Read(ours), theirs) => theirs == Some(ours),
            // fastavro compares lists and maps as wholes.
            (Self::ReadInSpite(ours), theirs) => theirs.is_none_or(|theirs| theirs == ours),
            (Self::Unreadable, theirs) => theirs.is_none(),
            (Self::NoMessage, theirs) => theirs.is_some(),
        }
    }
}

/// Tries one direction: data of the one contract is read with the other.
fn try_square(
    name: &str,
    from: (&Contract, MessageId, &Mapping),
    to: (&Contract, MessageId, &Mapping),
    questions: &mut Vec<Question>,
) -> Outcome {
    let (old, new) = (Codec::new(from.0), Codec::new(to.0));
    let writer = Converter::new(&old, from.2, from.1).expect("a root");
    let reader = Converter::new(&new, to.2, to.1).expect("a root");
    let resolution = reader.resolution(&writer.schema());
    let schemas = [&writer, &reader].map(|it| it.schema_json().expect("it can be printed"));
    let mut random = Random::new(7);
    let mut outcome = Outcome::default();
    for index in 0..MESSAGES {
        let message = random.message(&old, from.1, 2);
        let wire = old.write(&message).expect("written");
        let mut avro = Vec::new();
        writer.write(&message, &mut avro).expect("written");
        let resolved = reader.read(&resolution, &avro).map(|(message, _)| message);
        let ours = resolved.as_ref().ok().map(|message| {
            let mut out = Vec::new();
            reader.write(message, &mut out).expect("written");
            out
        });
        match (new.read(to.1, &wire), &resolved) {
            (Err(_), _) => outcome.refused += 1,
            (Ok(_), Err(_)) => outcome.unreadable += 1,
            (Ok(expected), Ok(_)) => {
                // As data of the reader's schema, so that what Avro has no place for does not count.
                let mut out = Vec::new();
                reader.write(&expected, &mut out).expect("written");
                if ours.as_ref() == Some(&out) {
                    outcome.same += 1;
                } else {
                    outcome.different += 1;
                }
            }
        }
        let mut line = json!({ "datum": data_encoding::HEXLOWER.encode(&avro) });
        if index == 0 {
            line["writer"] = schemas[0].clone();
            line["reader"] = schemas[1].clone();
        }
        let ours = match (ours, resolution.read(&avro), resolution.problems()) {
            (Some(ours), _, []) => Ours::Read(ours),
            (Some(ours), _, _) => Ours::ReadInSpite(ours),
            (None, Ok(_), _) => Ours::NoMessage,
            (None, Err(_), _) => Ours::Unreadable,
        };
        questions.push(Question {
            line,
            name: name.to_owned(),
            ours,
        });
    }
    outcome
}

/// The row of an edit: what protobuf says of it, and what becomes of Avro data back and forth, without and with the
/// baseline.
fn row(edit: &(&str, &str, &str), text: &str, questions: &mut Vec<Question>) -> Vec<String> {
    let (name, before, after) = edit;
    let (old, old_root) = contract(before);
    let (new, new_root) = contract(after);
    let choices = options(text).mapping();
    let old_map = Mapping::new(&old, &choices, &[old_root]).expect("a mapping");
    let plain = Mapping::new(&new, &choices, &[new_root]).expect("a mapping");
    let with = Mapping::with_baseline(&new, &choices, &[new_root], &old);
    let old = (&old, old_root, &old_map);
    let mut cells = vec![(*name).to_owned()];
    let back = try_square(name, old, (&new, new_root, &plain), questions);
    cells.push(back.protobuf().to_owned());
    cells.push(back.cell());
    cells.push(try_square(name, (&new, new_root, &plain), old, questions).cell());
    match &with {
        Ok(with) => {
            let new = (&new, new_root, with);
            let name = format!("{name}, with the baseline");
            cells.push(try_square(&name, old, new, questions).cell());
            cells.push(try_square(&name, new, old, questions).cell());
        }
        Err(errors) => {
            let code = errors[0].code.name;
            cells.extend([format!("error `{code}`"), format!("error `{code}`")]);
        }
    }
    cells
}

#[test]
fn the_table_of_edits_is_true_and_fastavro_agrees() {
    let Some(python) = toolchain::python() else {
        return;
    };
    let mut questions = Vec::new();
    let mut table = String::from(
        "| edit | protobuf | new reads old | old reads new | new reads old, with `baseline` | old reads new, with `baseline` |\n|---|---|---|---|---|---|\n",
    );
    for edit in EDITS {
        let cells = row(edit, "", &mut questions);
        let _ = writeln!(table, "| {} |", cells.join(" | "));
    }
    let input: String = questions
        .iter()
        .map(|question| format!("{}\n", question.line))
        .collect();
    let printed = script::run(&python, "tests/avro/resolve.py", &[], input.as_bytes());
    let mut wrong = std::collections::BTreeMap::new();
    let mut count = 0;
    for (line, question) in printed.lines().zip(&questions) {
        let theirs = data_encoding::HEXLOWER.decode(line.as_bytes()).ok();
        if !question.ours.agrees(theirs.as_ref()) {
            wrong
                .entry(question.name.as_str())
                .or_insert_with(|| format!("ours {:x?}, fastavro {line}", question.ours));
        }
        count += 1;
    }
    assert_eq!(count, questions.len());
    assert!(wrong.is_empty(), "{wrong:#?}\n{table}");
    page::check("avro.md", "edits", &table);
}

#[test]
fn the_options_that_the_page_recommends_keep_edits_resolvable() {
    for (name, options) in [
        ("give a field presence", "presence = \"nullable\""),
        ("`uint32` to `uint64`", "uint64 = \"long\""),
        ("`int64` to `uint64`", "uint64 = \"long\""),
    ] {
        let edit = EDITS.iter().find(|edit| edit.0 == name).expect("an edit");
        let without = row(edit, "", &mut Vec::new());
        let with = row(edit, options, &mut Vec::new());
        assert_ne!(without[2], "same", "{name}");
        assert_eq!(with[2], "same", "{name}");
    }
}
