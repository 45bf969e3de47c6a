//! The surface `avro` of `xlc check-compat`: what it says of every kind of edit, with fastavro as the referee. A field that
//! is called broken has a datum on which fastavro sees the same; what is called safe survives random messages.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};
use xlc::avro::{Converter, Mapping};
use xlc::compat::delta::Both;
use xlc::compat::surface::{Harm, Surface, Verdict};
use xlc::compat::trial::{Direction, Payload, Readers};
use xlc::compat::{Finding, findings};
use xlc::contract::{Contract, MessageId};
use xlc::dynamic::Codec;
use xlc::targets;

use crate::data::options;
use crate::edits::EDITS;
use crate::random::Random;
use crate::squares::contract;
use crate::support::{page, script, toolchain};

/// How many random messages are written in each direction.
const MESSAGES: u64 = 80;

/// Where fastavro sees less than a reader with the contract at hand: the edit, the direction, and why.
const BLIND: &[(&str, Direction, &str)] = &[
    (
        "`int32` to `uint32`",
        Direction::Backward,
        "a negative number is a `long` like others, and no `uint32`",
    ),
    ("`uint32` to `int64`", Direction::Forward, "the same"),
    (
        "put two fields into a oneof",
        Direction::Backward,
        "a record can hold two fields that exclude each other, and a message cannot",
    ),
];

pub(crate) fn surface(text: &str) -> Vec<Box<dyn Surface>> {
    let target = targets::find("avro").expect("it is registered");
    let table = text.parse().expect("TOML");
    target.surfaces(&table).expect("legal options")
}

pub(crate) fn compare<'a>(contracts: Both<&'a Contract>, text: &str) -> Vec<Finding<'a>> {
    let surfaces = surface(text);
    let surfaces: Vec<&dyn Surface> = surfaces.iter().map(|it| it.as_ref()).collect();
    findings(contracts, &surfaces, Readers::Official).expect("both have schemas")
}

/// What fields and values of one version are called in the other, where that is not the same.
fn names(from: &Contract, to: &Contract) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    let mut pair = |own: &[(i32, &str)], others: &[(i32, &str)]| {
        for (number, name) in own {
            let kept = others.iter().any(|(_, it)| it == name);
            let other = others.iter().find(|(it, _)| it == number);
            if let (false, Some((_, other))) = (kept, other) {
                names.insert((*name).to_owned(), (*other).to_owned());
            }
        }
    };
    for (one, other) in from.messages().iter().zip(to.messages()) {
        let of = |it: &xlc::contract::Message| -> Vec<(i32, String)> {
            it.fields
                .iter()
                .map(|it| (it.number, it.name.clone()))
                .collect()
        };
        let (one, other) = (of(one), of(other));
        pair(&borrowed(&one), &borrowed(&other));
    }
    for (one, other) in from.enums().iter().zip(to.enums()) {
        let of = |it: &xlc::contract::Enum| -> Vec<(i32, String)> {
            it.values
                .iter()
                .map(|it| (it.number, it.name.clone()))
                .collect()
        };
        let (one, other) = (of(one), of(other));
        pair(&borrowed(&one), &borrowed(&other));
    }
    names
}

fn borrowed(pairs: &[(i32, String)]) -> Vec<(i32, &str)> {
    pairs
        .iter()
        .map(|(number, name)| (*number, name.as_str()))
        .collect()
}

/// The data of one direction: what the judge is asked, line by line.
fn questions(
    from: (&Contract, MessageId),
    to: (&Contract, MessageId),
    witnesses: &[&Verdict],
) -> Vec<Value> {
    let schemas = [from, to].map(|(contract, root)| {
        let mapping = Mapping::new(contract, &options("").mapping(), &[root]).expect("a mapping");
        let codec = Codec::new(contract);
        let converter = Converter::new(&codec, &mapping, root).expect("a root");
        converter.schema_json().expect("it can be printed")
    });
    let mapping = Mapping::new(from.0, &options("").mapping(), &[from.1]).expect("a mapping");
    let codec = Codec::new(from.0);
    let converter = Converter::new(&codec, &mapping, from.1).expect("a root");
    let mut random = Random::new(7);
    let mut lines = Vec::new();
    for _ in 0..MESSAGES {
        let message = random.message(&codec, from.1, 2);
        let mut datum = Vec::new();
        converter.write(&message, &mut datum).expect("written");
        lines.push(json!({ "datum": data_encoding::HEXLOWER.encode(&datum) }));
    }
    let root = from.0.message(from.1).full_name.as_str();
    for verdict in witnesses {
        let witness = verdict.witness.as_ref().expect("evidence");
        if let (Payload::Other { text, .. }, true) = (&witness.payload, witness.of == root) {
            lines.push(json!({ "datum": text }));
        }
    }
    let [writer, reader] = schemas;
    lines[0]["writer"] = writer;
    lines[0]["reader"] = reader;
    lines[0]["names"] = json!(names(from.0, to.0));
    lines
}

/// What fastavro saw at worst.
fn worst<'l>(lines: impl Iterator<Item = &'l str>) -> &'static str {
    let rank = |it: &str| {
        ["same", "differs", "unreadable"]
            .iter()
            .position(|word| *word == it)
    };
    let worst = lines.map(|it| rank(it).expect("a word of the judge")).max();
    ["same", "differs", "unreadable"][worst.unwrap_or_default()]
}

fn word(harm: Option<Harm>) -> &'static str {
    match harm {
        None | Some(Harm::Presence | Harm::Hygiene) => "same",
        Some(Harm::Lossy) => "differs",
        Some(Harm::Error) => "unreadable",
    }
}

#[test]
fn the_surface_says_of_every_edit_what_fastavro_sees() {
    let Some(python) = toolchain::python() else {
        return;
    };
    let mut lines = Vec::new();
    let mut asked = Vec::new();
    let mut table =
        String::from("| edit | rule | new reads old | old reads new |\n|---|---|---|---|\n");
    for (name, before, after) in EDITS {
        let (old, old_root) = contract(before);
        let (new, new_root) = contract(after);
        let sides = Both {
            old: (&old, old_root),
            new: (&new, new_root),
        };
        let found = compare(sides.map(|it| it.0), "");
        let verdicts: Vec<&Verdict> = found.iter().flat_map(|it| &it.verdicts).collect();
        let mut cells = Vec::new();
        for direction in Direction::ALL {
            let own = || {
                verdicts
                    .iter()
                    .copied()
                    .filter(|it| it.direction == direction)
            };
            let harm = own().map(|it| it.harm).max();
            let witnesses: Vec<&Verdict> = own().collect();
            let more = questions(direction.writer(sides), direction.reader(sides), &witnesses);
            asked.push((*name, direction, harm, more.len()));
            lines.extend(more);
            cells.push(harm.map_or("-", Harm::name));
        }
        let mut rules: Vec<&str> = found.iter().map(|it| it.rule.code.name).collect();
        rules.dedup();
        let rules = match rules.is_empty() {
            true => "-".to_owned(),
            false => rules
                .iter()
                .map(|it| format!("[`{it}`](compat/{it}.md)"))
                .collect::<Vec<_>>()
                .join(", "),
        };
        let _ = writeln!(table, "| {name} | {rules} | {} |", cells.join(" | "));
    }
    let input: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let printed = script::run(&python, "tests/avro/judge.py", &[], input.as_bytes());
    let mut printed = printed.lines();
    let mut wrong = Vec::new();
    for (name, direction, harm, count) in asked {
        let said = worst(printed.by_ref().take(count));
        let blind = BLIND.iter().any(|it| (it.0, it.1) == (name, direction));
        if (said == word(harm)) == blind {
            wrong.push(format!(
                "{name}, {}: ours {harm:?}, fastavro {said}",
                direction.name()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}\n{table}", wrong.join("\n"));
    assert_eq!(printed.next(), None);
    page::check("avro.md", "verdicts", &table);
}

/// The worst that the surface says of an edit in each direction, under options.
fn harms(name: &str, surfaces: &[Box<dyn Surface>]) -> [Option<Harm>; 2] {
    let edit = EDITS.iter().find(|it| it.0 == name).expect("an edit");
    let (old, new) = (contract(edit.1).0, contract(edit.2).0);
    let surfaces: Vec<&dyn Surface> = surfaces.iter().map(|it| it.as_ref()).collect();
    let sides = Both {
        old: &old,
        new: &new,
    };
    let found = findings(sides, &surfaces, Readers::Official).expect("both have schemas");
    let verdicts: Vec<&Verdict> = found.iter().flat_map(|it| &it.verdicts).collect();
    Direction::ALL.map(|direction| {
        let own = verdicts.iter().filter(|it| it.direction == direction);
        own.map(|it| it.harm).max()
    })
}

#[test]
fn the_options_of_the_target_decide_what_is_resolved() {
    use Harm::{Error, Lossy, Presence};
    for (options, edit, expected) in [
        (
            "uint64 = \"long\"",
            "`uint32` to `uint64`",
            [None, Some(Error)],
        ),
        (
            "presence = \"nullable\"",
            "give a field presence",
            [None, Some(Presence)],
        ),
        ("enums = \"int\"", "rename an enum value", [None, None]),
        (
            "enums = \"int\"",
            "renumber an enum value",
            [Some(Lossy), Some(Lossy)],
        ),
        ("enums = \"int\"", "close an enum", [Some(Error), None]),
        ("enums = \"int\"", "rename an enum", [None, None]),
        (
            "oneofs = \"union\"",
            "rename a oneof",
            [Some(Lossy), Some(Lossy)],
        ),
        (
            "oneofs = \"union\"",
            "rename a member of a oneof",
            [Some(Error), Some(Error)],
        ),
        (
            "oneofs = \"union\"",
            "put a field into a oneof",
            [Some(Lossy), Some(Lossy)],
        ),
        (
            "roots = [\"t.N\"]",
            "give a field presence in another message",
            [None, None],
        ),
    ] {
        assert_eq!(
            harms(edit, &surface(options)),
            expected,
            "{options}: {edit}"
        );
    }
}

#[test]
fn a_oneof_that_is_renamed_is_told_once() {
    let edit = EDITS
        .iter()
        .find(|it| it.0 == "rename a oneof")
        .expect("an edit");
    let (old, new) = (contract(edit.1).0, contract(edit.2).0);
    let sides = Both {
        old: &old,
        new: &new,
    };
    let found = compare(sides, "oneofs = \"union\"");
    let messages: Vec<&str> = found.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(messages, ["oneof `o_new` of `t.M` was `o`"]);
}

#[test]
fn a_baseline_carries_names_on() {
    for (edit, expected) in [
        ("rename a field", [None, Some(Harm::Lossy)]),
        ("rename a message", [None, Some(Harm::Error)]),
        ("rename an enum", [None, Some(Harm::Error)]),
        ("rename an enum value", [None, None]),
    ] {
        let before = EDITS.iter().find(|it| it.0 == edit).expect("an edit").1;
        let earlier = Box::new(move || Ok(contract(before).0));
        let target = targets::find("avro").expect("it is registered");
        let surfaces = target.surfaces_after(earlier, &toml::Table::new());
        assert_eq!(harms(edit, &surfaces.expect("legal")), expected, "{edit}");
    }
}

#[test]
fn a_contract_that_avro_cannot_say_is_unfit() {
    let old = contract("message M { int32 a = 1; }").0;
    let new = contract("message M { N a = 1; message N {} } message M_N {}").0;
    let surfaces = surface("nested = \"underscore\"");
    let surfaces: Vec<&dyn Surface> = surfaces.iter().map(|it| it.as_ref()).collect();
    let sides = Both {
        old: &old,
        new: &new,
    };
    let unfit = findings(sides, &surfaces, Readers::Official).expect_err("a clash");
    assert_eq!(unfit.surface, "avro");
    assert!(unfit.problems.old.is_empty());
    assert_eq!(unfit.problems.new[0].code.name, "avro-name");
}
