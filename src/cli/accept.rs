//! `xlc accept`: writes waivers of findings to the ledger. It compares the versions as `check-compat` does, so that what is
//! accepted is what was found; comments and order that people gave the ledger stay.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;

use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, value};

use super::check_compat::{Selection, Versions};
use super::terminal::{Terminal, Tone};
use super::{Global, Status};
use crate::compat::waiver::{Date, Waiver};
use crate::diagnostics::{Diagnostic, codes, nearest};
use crate::output::WholeFile;
use crate::source::Sources;

/// Arguments of `xlc accept`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Which findings: fingerprints, as `check-compat` shows them
    #[arg(value_name = "FINGERPRINT", required = true)]
    fingerprints: Vec<String>,
    /// Why they are no harm; it is kept in the ledger and shown in reports
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// The last day on which the waiver holds (UTC), such as 2026-12-31; the findings count again after it [default: it
    /// holds for as long as it stands in the ledger]
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    /// The new version, as for `check-compat`; may be given again [default: the contract of xlc.toml]
    #[arg(long, value_name = "NEW", value_hint = clap::ValueHint::AnyPath)]
    new: Vec<String>,
    #[command(flatten)]
    selection: Selection,
}

const DOING: &str = "could not accept";

pub(super) fn run(arguments: &Arguments, global: &Global, terminal: &mut Terminal) -> Status {
    let selection = &arguments.selection;
    let Some(versions) = Versions::read(&arguments.new, selection, global, terminal, DOING) else {
        return Status::Failed;
    };
    let fail = |problems: &[Diagnostic]| terminal.fail(DOING, problems, &Sources::default());
    let until = match terms(arguments, versions.today) {
        Ok(until) => until,
        Err(problem) => return fail(&[*problem]),
    };
    let mut found = BTreeMap::new();
    for old in &versions.olds {
        let findings = match versions.findings(old) {
            Ok(findings) => findings,
            Err(problems) => return terminal.fail(DOING, &problems, &versions.sources),
        };
        for finding in findings {
            let waiver = Waiver::of(&finding, arguments.reason.trim(), until);
            found.entry(waiver.fingerprint.clone()).or_insert(waiver);
        }
    }
    let mut waivers = Vec::new();
    let mut problems = Vec::new();
    for wanted in &arguments.fingerprints {
        match found.remove(wanted) {
            Some(waiver) => waivers.push(waiver),
            None if waivers.iter().any(|it| it.fingerprint == *wanted) => {}
            None => problems.push(unknown(wanted, &found)),
        }
    }
    if !problems.is_empty() {
        return fail(&problems);
    }
    let ledger = &versions.compat.accepted;
    if let Err(problem) = write(ledger, &waivers) {
        return fail(&[*problem]);
    }
    if !global.quiet {
        for waiver in &waivers {
            let word = match versions.ledger.find(&waiver.fingerprint) {
                None => "accepted",
                Some(_) => "changed",
            };
            let thing = format!(
                "{}: {} ({})",
                waiver.fingerprint, waiver.message, waiver.rule
            );
            terminal.status(Tone::Good, word, &thing);
        }
        let count = match waivers.len() {
            1 => "1 waiver".to_owned(),
            more => format!("{more} waivers"),
        };
        terminal.done(&format!("{count} in `{}`", ledger.display()));
    }
    Status::Clean
}

/// Until when is accepted; an error if that is no day or has passed, or if there is no reason.
fn terms(arguments: &Arguments, today: Date) -> Result<Option<Date>, Box<Diagnostic>> {
    let error = |message: String, help: &str| {
        Err(Box::new(
            Diagnostic::error(&codes::WAIVER, message).help(help),
        ))
    };
    if arguments.reason.trim().is_empty() {
        let help = "say in a sentence why the finding is no harm";
        return error("the reason is empty".to_owned(), help);
    }
    let Some(text) = &arguments.until else {
        return Ok(None);
    };
    let Ok(until) = text.parse::<Date>() else {
        return error(
            format!("`{text}` is no date"),
            "write a day as `2026-12-31`",
        );
    };
    let passed = today > until;
    match passed {
        false => Ok(Some(until)),
        true => error(
            format!("`{until}` has passed: today is {today}"),
            "name a day to come",
        ),
    }
}

/// As many fingerprints are listed, where one is not known.
const MOST: usize = 5;

/// That nothing has a fingerprint, with those that are near, or else some that there are.
fn unknown(wanted: &str, found: &BTreeMap<String, Waiver>) -> Diagnostic {
    let problem = Diagnostic::error(
        &codes::WAIVER,
        format!("nothing is found that has the fingerprint `{wanted}`"),
    );
    let common = |other: &str| {
        wanted
            .bytes()
            .zip(other.bytes())
            .take_while(|(a, b)| a == b)
            .count()
    };
    let mut near: Vec<&Waiver> = found
        .values()
        .filter(|it| common(&it.fingerprint) >= 4)
        .collect();
    let close = nearest(wanted, found.keys().map(String::as_str));
    near.extend(
        close
            .and_then(|it| found.get(it))
            .filter(|it| common(&it.fingerprint) < 4),
    );
    if near.is_empty() {
        near.extend(found.values());
    }
    near.sort_by_key(|it| std::cmp::Reverse(common(&it.fingerprint)));
    let problem = near.iter().take(MOST).fold(problem, |problem, it| {
        problem.note(format!("`{}` is: {}", it.fingerprint, it.message))
    });
    problem
        .help("`xlc check-compat` shows the fingerprints; it must compare with the same versions")
}

/// Writes waivers to a ledger, which is made if it is not there.
fn write(path: &Path, waivers: &[Waiver]) -> Result<(), Box<Diagnostic>> {
    let failed = |error: &dyn std::fmt::Display| {
        let message = format!("cannot write `{}`: {error}", path.display());
        Box::new(Diagnostic::error(&codes::IO, message).help("name another file with `--accepted`"))
    };
    let old = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => HEAD.to_owned(),
        Err(error) => return Err(failed(&error)),
    };
    let text = with(&old, waivers).map_err(|error| failed(&error))?;
    (|| {
        let mut file = WholeFile::begin(path)?;
        file.write_all(text.as_bytes())?;
        file.keep()
    })()
    .map_err(|error| failed(&error))
}

const HEAD: &str = "\
# Findings of `xlc check-compat` that were accepted, and why. `xlc accept` adds to them; edit and remove them at will.
version = 1
";

/// The text of a ledger with waivers: one that it has is changed in its place, a new one stands before the first one of a
/// greater fingerprint.
fn with(text: &str, waivers: &[Waiver]) -> Result<String, toml_edit::TomlError> {
    let mut document: DocumentMut = text.parse()?;
    if document.get("version").is_none() {
        document.insert("version", value(1));
    }
    let mut tables: Vec<Table> = match document
        .get_mut("waiver")
        .and_then(Item::as_array_of_tables_mut)
    {
        Some(tables) => std::mem::take(tables).into_iter().collect(),
        None => Vec::new(),
    };
    let fingerprint = |table: &Table| {
        table
            .get("fingerprint")
            .and_then(Item::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    for waiver in waivers {
        match tables
            .iter_mut()
            .find(|table| fingerprint(table) == waiver.fingerprint)
        {
            Some(table) => fill(table, waiver),
            None => {
                let at = tables
                    .iter()
                    .position(|table| fingerprint(table) > waiver.fingerprint);
                let mut table = Table::new();
                fill(&mut table, waiver);
                tables.insert(at.unwrap_or(tables.len()), table);
            }
        }
    }
    for (position, table) in (1..).zip(&mut tables) {
        table.set_position(Some(position));
    }
    document.insert(
        "waiver",
        Item::ArrayOfTables(ArrayOfTables::from_iter(tables)),
    );
    Ok(document.to_string())
}

/// Writes a waiver into its table. What stands there already keeps its place and its comments.
fn fill(table: &mut Table, waiver: &Waiver) {
    let texts = [
        ("fingerprint", &waiver.fingerprint),
        ("rule", &waiver.rule),
        ("element", &waiver.element),
        ("message", &waiver.message),
        ("reason", &waiver.reason),
    ];
    for (key, text) in texts {
        set(table, key, text.as_str().into());
    }
    match waiver.until {
        Some(until) => {
            if let Ok(date) = until.to_string().parse::<toml_edit::Datetime>() {
                set(table, "until", date.into());
            }
        }
        None => drop(table.remove("until")),
    }
}

fn set(table: &mut Table, key: &str, new: toml_edit::Value) {
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) => {
            let decor = old.decor().clone();
            *old = new;
            *old.decor_mut() = decor;
        }
        None => drop(table.insert(key, Item::Value(new))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waiver(fingerprint: &str, reason: &str) -> Waiver {
        Waiver {
            fingerprint: fingerprint.to_owned(),
            rule: "field-kind".to_owned(),
            element: "a.B.c".to_owned(),
            message: "field `c` \"changed\"".to_owned(),
            reason: reason.to_owned(),
            until: "2026-12-31".parse().ok(),
            span: None,
        }
    }

    #[test]
    fn waivers_are_sorted_and_what_people_wrote_stays() {
        let (one, two, three) = ("1".repeat(16), "2".repeat(16), "3".repeat(16));
        let text = with(HEAD, &[waiver(&three, "c"), waiver(&one, "a")]).unwrap();
        let text = text.replace(
            &format!("[[waiver]]\nfingerprint = \"{three}\""),
            &format!("# ours\n[[waiver]]\nfingerprint = \"{three}\" # see the ticket"),
        );
        let text = with(&text, &[waiver(&two, "b")]).unwrap();
        let at = |needle: &str| {
            text.find(needle)
                .unwrap_or_else(|| panic!("{needle}\n{text}"))
        };
        assert!(text.starts_with(HEAD), "{text}");
        assert!(at(&one) < at(&two) && at(&two) < at("# ours") && at("# ours") < at(&three));
        let again = with(&text, &[waiver(&three, "changed")]).unwrap();
        assert_eq!(again, text.replace("\"c\"", "\"changed\""));
        assert_eq!(with(&text, &[waiver(&two, "b")]).unwrap(), text);
        let mut sources = Sources::default();
        let ledger = crate::compat::waiver::Ledger::parse("ledger", &text, &mut sources).unwrap();
        let mut read = ledger.waivers[1].clone();
        read.span = None;
        assert_eq!(read, waiver(&two, "b"));
    }
}
