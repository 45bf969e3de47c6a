//! The matrices of kinds and of cardinalities, filled in by trial: each cell writes the ends of a type's range as the row and
//! reads them as the column. They are printed into the book, and held against what the official Python runtime did with
//! values of its own in both roles (measured once, by hand, with protobuf 6): which cells are safe.

use std::fmt::Write as _;
use std::path::Path;

use xlc::compat::delta::{Both, FieldAt};
use xlc::compat::trial::{Direction, Effect, Format, Laboratory, Readers};
use xlc::contract::{Contract, Element, Message};
use xlc::load::Loaded;

use crate::{printed, read};

mod measured;

pub(crate) use measured::EXCEPTIONS;
use measured::{JSON_KINDS, JSON_STRING, WIRE_INT32, WIRE_KINDS, WIRE_MESSAGE, WIRE_STRING};

/// In the order of the tables.
pub(crate) const KINDS: [&str; 19] = [
    "int32",
    "int64",
    "uint32",
    "uint64",
    "bool",
    "sint32",
    "sint64",
    "fixed32",
    "sfixed32",
    "fixed64",
    "sfixed64",
    "float",
    "double",
    "string",
    "bytes",
    "enum_open",
    "enum_closed",
    "message",
    "group",
];

pub(crate) const FORMS: [&str; 9] = [
    "implicit", "optional", "required", "repeated", "packed", "oneof", "member", "map", "entry",
];

pub(crate) fn contract() -> Loaded {
    let directory = tempfile::tempdir().expect("a directory");
    write(directory.path());
    read(directory.path())
}

/// Writes a contract with a message per kind, and per form and type; field 1 is what the cell is about.
pub(crate) fn write(directory: &Path) {
    let mut proto3 =
        String::from("syntax = \"proto3\"; package m;\nenum Open { O0 = 0; O1 = 1; O2 = 2; }\n");
    let mut proto2 = String::from(
        "syntax = \"proto2\"; package m; import \"a.proto\";\nenum Closed { C0 = 0; C1 = 1; C2 = 2; }\n",
    );
    for kind in &KINDS[..15] {
        let _ = writeln!(proto3, "message K_{kind} {{ optional {kind} x = 1; }}");
    }
    proto3.push_str(
        "message K_enum_open { optional Open x = 1; } message Inner { optional int32 id = 1; }\n",
    );
    proto3.push_str("message K_message { Inner x = 1; }\n");
    proto2.push_str("message K_enum_closed { optional Closed x = 1; }\n");
    proto2.push_str("message K_group { optional group X = 1 { optional int32 id = 1; } }\n");
    for (ty, name) in [
        ("int32", "int32"),
        ("string", "string"),
        ("Inner", "message"),
    ] {
        let packed = if ty == "int32" {
            " [packed = true]"
        } else {
            ""
        };
        let expanded = if ty == "int32" {
            " [packed = false]"
        } else {
            ""
        };
        let implicit = if ty == "Inner" {
            "Inner".to_owned()
        } else {
            ty.to_owned()
        };
        let key = if ty == "string" { "string" } else { "int32" };
        let _ = writeln!(
            proto3,
            "message F_{name}_implicit {{ {implicit} x = 1; optional int32 y = 2; }}
             message F_{name}_optional {{ optional {ty} x = 1; optional int32 y = 2; }}
             message F_{name}_repeated {{ repeated {ty} x = 1{expanded}; optional int32 y = 2; }}
             message F_{name}_packed {{ repeated {ty} x = 1{packed}; optional int32 y = 2; }}
             message F_{name}_oneof {{ oneof o {{ {ty} x = 1; }} optional int32 y = 2; }}
             message F_{name}_member {{ oneof o {{ {ty} x = 1; int32 y = 2; }} }}
             message F_{name}_map {{ map<{key}, {ty}> x = 1; optional int32 y = 2; }}
             message F_{name}_entry {{ repeated Entry x = 1; optional int32 y = 2; message Entry {{ optional {key} key = 1; optional {ty} value = 2; }} }}"
        );
        let _ = writeln!(
            proto2,
            "message F_{name}_required {{ required {ty} x = 1; optional int32 y = 2; }}"
        );
    }
    std::fs::write(directory.join("a.proto"), proto3).expect("it can be written");
    std::fs::write(directory.join("b.proto"), proto2).expect("it can be written");
}

pub(crate) fn message<'c>(contract: &'c Contract, name: &str) -> &'c Message {
    match contract.find(&format!("m.{name}")) {
        Some(Element::Message(id)) => contract.message(id),
        other => panic!("{name}: {other:?}"),
    }
}

fn field(holder: &Message, number: i32) -> Option<FieldAt<'_>> {
    let field = holder.fields.iter().find(|it| it.number == number)?;
    Some(FieldAt {
        holder,
        field,
        extension: None,
    })
}

/// What becomes of data from one message to another: the letters of all effects, or `.`.
pub(crate) fn cell(
    laboratory: &Laboratory<'_>,
    format: Format,
    from: &Message,
    to: &Message,
) -> String {
    let holders = Both { old: from, new: to };
    let pair = Both {
        old: field(from, 1).expect("field 1"),
        new: field(to, 1).expect("field 1"),
    };
    let backward = Direction::Backward;
    let outcomes = laboratory.field(format, backward, pair);
    let mut effects: Vec<Effect> = outcomes.effects().collect();
    let is_required = to.fields[0].presence() == Some(xlc::contract::Presence::Required);
    if is_required {
        effects.extend(
            laboratory
                .missing(format, backward, holders, &to.fields[0])
                .map(|it| it.effect),
        );
    }
    let joins = to.name.ends_with("_member") && !from.name.ends_with("_member");
    if let (Some(old), Some(new), true) = (field(from, 2), field(to, 2), joins) {
        let other = Both { old, new };
        let excluded = laboratory.excluded(format, backward, holders, pair, other);
        effects.extend(excluded.map(|it| it.effect));
    }
    effects.sort_unstable();
    effects.dedup();
    let letters: String = effects
        .iter()
        .map(|effect| match effect {
            Effect::Presence => 'p',
            Effect::Lost => 'L',
            Effect::Changed => 'C',
            Effect::Refused => 'E',
        })
        .collect();
    match letters.is_empty() {
        true => ".".to_owned(),
        false => letters,
    }
}

fn matrix(prefix: &str, names: &[&str], format: Format) -> Vec<Vec<String>> {
    let loaded = contract();
    let contract = &loaded.contract;
    let contracts = Both {
        old: contract,
        new: contract,
    };
    let laboratory = Laboratory::new(contracts, Readers::Official);
    let row = |from: &&str| {
        let from = message(contract, &format!("{prefix}{from}"));
        let column = |to: &&str| {
            let to = message(contract, &format!("{prefix}{to}"));
            cell(&laboratory, format, from, to)
        };
        names.iter().map(column).collect()
    };
    names.iter().map(row).collect()
}

fn table(names: &[&str], cells: &[Vec<String>]) -> String {
    let mut text = String::from("| written \\ read |");
    for name in names {
        let _ = write!(text, " {name} |");
    }
    let _ = write!(text, "\n|---|{}", "---|".repeat(names.len()));
    for (name, row) in names.iter().zip(cells) {
        let _ = write!(text, "\n| **{name}** |");
        for cell in row {
            let _ = write!(text, " {} |", if cell == "." { "" } else { cell });
        }
    }
    text
}

#[test]
fn the_matrices_of_the_book_are_what_trials_show() {
    let mut wrong = Vec::new();
    for (format, name) in [(Format::Wire, "wire"), (Format::Json, "json")] {
        let cells = matrix("K_", &KINDS, format);
        printed(
            "compat-tables.md",
            &format!("{name} kinds"),
            &table(&KINDS, &cells),
        );
        let measured = match format {
            Format::Wire => WIRE_KINDS,
            Format::Json => JSON_KINDS,
        };
        hold(
            &format!("{name} kinds"),
            &KINDS,
            &cells,
            measured,
            &mut wrong,
        );
        for ty in ["int32", "string", "message"] {
            let cells = matrix(&format!("F_{ty}_"), &FORMS, format);
            let title = format!("{name} {ty}");
            printed("compat-tables.md", &title, &table(&FORMS, &cells));
            let measured = match (format, ty) {
                (Format::Wire, "int32") => WIRE_INT32,
                (Format::Wire, "string") => WIRE_STRING,
                (Format::Wire, _) => WIRE_MESSAGE,
                (Format::Json, "string") => JSON_STRING,
                (Format::Json, _) => continue,
            };
            hold(&title, &FORMS, &cells, measured, &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Compares which cells are safe: `S`, or `p` alone. What differs with a reason is in the list.
fn hold(
    title: &str,
    names: &[&str],
    cells: &[Vec<String>],
    measured: &str,
    wrong: &mut Vec<String>,
) {
    let rows: Vec<Vec<&str>> = measured
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.split_whitespace().skip(1).collect())
        .collect();
    assert_eq!(rows.len(), names.len(), "{title}");
    for (row, from) in names.iter().enumerate() {
        for (column, to) in names.iter().enumerate() {
            let (own, theirs) = (cells[row][column].as_str(), rows[row][column]);
            let safe = |cell: &str| matches!(cell, "." | "S" | "p");
            let known = EXCEPTIONS
                .iter()
                .any(|(table, a, b, _)| *table == title && a == from && b == to);
            if (safe(own) != safe(theirs)) != known {
                wrong.push(format!("{title}: {from} -> {to}: {own}, measured {theirs}"));
            }
        }
    }
}
