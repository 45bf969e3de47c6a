//! The tables of the page for those who come from buf: its rules beside ours, and edits on which the two differ. What the
//! table says of buf, buf itself is asked about.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use xlc::compat::Finding;
use xlc::compat::buf::{self, Category};
use xlc::compat::delta::{Both, Kind};
use xlc::compat::rules;
use xlc::compat::surface::{Harm, Verdict};
use xlc::load::{Input, Loaded, load};

use super::edits::{Case, Files};
use crate::{compare, printed};

const PAGE: &str = "compat-buf.md";

#[test]
fn every_rule_of_buf_is_listed_beside_ours() {
    let mut text =
        String::from("| buf's rule | categories | tells of | ours |\n|---|---|---|---|\n");
    for it in buf::all() {
        let categories: Vec<&str> = it.categories.iter().map(|it| it.name()).collect();
        let _ = writeln!(
            text,
            "| `{}` | {} | {} | {} |",
            it.rule.code.name,
            categories.join(", "),
            it.rule.code.summary,
            ours(it.rule.kinds)
        );
    }
    printed(PAGE, "rules", &text);
}

/// The rules that tell of some kinds of change; without one, the kinds.
fn ours(kinds: &[Kind]) -> String {
    let mut shown: Vec<String> = Vec::new();
    for kind in kinds {
        let text = match rules::of(*kind) {
            Some(rule) => format!("[{0}](compat/{0}.md)", rule.code.name),
            None => format!("no data: `{}`", kind.name()),
        };
        if !shown.contains(&text) {
            shown.push(text);
        }
    }
    shown.join(", ")
}

/// An edit: what it is, and the lines of a file before and after. `# PATH` begins a file other than `a.proto`.
const EDITS: [(&str, &str, &str); 19] = [
    (
        "two fields of one type exchange their numbers",
        "message M { string first = 1; string last = 2; }",
        "message M { string first = 2; string last = 1; }",
    ),
    (
        "a field gets another number, and the old one is reserved",
        "message M { string a = 8; }",
        "message M { reserved 8; string a = 10; }",
    ),
    (
        "two values of an enum exchange their numbers",
        "enum E { E_NONE = 0; E_PAY = 1; E_SETTLE = 2; } message M { E e = 1; }",
        "enum E { E_NONE = 0; E_PAY = 2; E_SETTLE = 1; } message M { E e = 1; }",
    ),
    (
        "`int64` becomes `int32`",
        "message M { int64 a = 1; }",
        "message M { int32 a = 1; }",
    ),
    (
        "`int32` becomes `int64`",
        "message M { int32 a = 1; }",
        "message M { int64 a = 1; }",
    ),
    (
        "`bool` becomes `int32`",
        "message M { bool a = 1; }",
        "message M { int32 a = 1; }",
    ),
    (
        "`string` becomes `bytes`",
        "message M { string a = 1; }",
        "message M { bytes a = 1; }",
    ),
    (
        "a service is deleted",
        "message M {} service S { rpc Get(M) returns (M); }",
        "message M {}",
    ),
    (
        "the file and its package are renamed, and a field inside is narrowed",
        "message M { int64 a = 1; string b = 2; bool c = 3; }",
        "# b.proto\npackage b.v2; message M { int32 a = 1; string b = 2; bool c = 3; }",
    ),
    (
        "a field is added",
        "message M { int32 a = 1; }",
        "message M { int32 a = 1; int32 b = 2; }",
    ),
    (
        "a field is deleted, its number and its name are reserved",
        "message M { int32 a = 1; int32 b = 2; }",
        "message M { int32 a = 1; reserved 2; reserved \"b\"; }",
    ),
    (
        "the last enum of a package is deleted with its file",
        "message M {}\n# e.proto\npackage a.v1; enum E { E_NONE = 0; }",
        "message M {}",
    ),
    (
        "a message is renamed",
        "message M { N n = 1; } message N { int32 a = 1; string b = 2; }",
        "message M { P n = 1; } message P { int32 a = 1; string b = 2; }",
    ),
    (
        "a oneof is renamed",
        "message M { oneof a { string x = 1; int32 y = 2; } }",
        "message M { oneof b { string x = 1; int32 y = 2; } }",
    ),
    (
        "a field goes into a oneof of its own",
        "message M { optional string x = 1; }",
        "message M { oneof a { string x = 1; } }",
    ),
    (
        "a field becomes `optional`",
        "message M { string x = 1; }",
        "message M { optional string x = 1; }",
    ),
    (
        "a field is renamed, its JSON name is kept",
        "message M { string x = 1; }",
        "message M { string y = 1 [json_name = \"x\"]; }",
    ),
    (
        "a message moves to another file of its package",
        "message M { int32 a = 1; } message N { int32 b = 1; }",
        "message M { int32 a = 1; }\n# n.proto\npackage a.v1; message N { int32 b = 1; }",
    ),
    (
        "a request is of another message that has all of the old one's fields",
        "message Q { int32 a = 1; } message R {} service S { rpc Get(Q) returns (R); }",
        "message Q { int32 a = 1; } message P { int32 a = 1; int32 b = 2; } message R {} service S { rpc Get(P) returns (R); }",
    ),
];

/// The edits as cases for buf.
pub(super) fn cases() -> Vec<Case> {
    let cases = EDITS.iter().enumerate();
    cases
        .map(|(index, (about, old, new))| Case::new(index, about, files(old), files(new)))
        .collect()
}

fn files(text: &str) -> Files {
    let mut files = Files::new();
    let first = match text.starts_with("# ") {
        true => text.to_owned(),
        false => format!("# a.proto\npackage a.v1; {text}"),
    };
    for part in first.split("# ").skip(1) {
        let (path, body) = part.split_once('\n').expect("a path and a text");
        // Edits are found again line by line.
        let body = body.replacen("; ", ";\n", 1);
        files.insert(path.to_owned(), format!("syntax = \"proto3\";\n{body}\n"));
    }
    files
}

#[test]
fn edits_on_which_the_two_differ() {
    let mut text = String::from("| edit | FILE | PACKAGE | WIRE_JSON | WIRE | xlc |\n");
    text.push_str("|---|---|---|---|---|---|\n");
    for (about, old, new) in EDITS {
        let (old, new) = (loaded(&files(old)), loaded(&files(new)));
        let contracts = Both {
            old: &old.contract,
            new: &new.contract,
        };
        let remarks = buf::remarks(contracts);
        let _ = write!(text, "| {about} |");
        for category in Category::ALL {
            let told = remarks
                .iter()
                .filter(|it| it.rule.categories.contains(&category));
            let rules: BTreeSet<&str> = told.map(|it| it.rule.rule.code.name).collect();
            let _ = match rules.len() {
                0 => write!(text, " silent |"),
                1 => write!(text, " 1 rule |"),
                more => write!(text, " {more} rules |"),
            };
        }
        let findings = compare(&old, &new);
        let mut own: Vec<String> = findings.iter().map(own).collect();
        own.dedup();
        let own = match own.is_empty() {
            true => "nothing breaks".to_owned(),
            false => own.join("; "),
        };
        let _ = writeln!(text, " {own} |");
    }
    printed(PAGE, "edits", &text);
}

fn loaded(files: &Files) -> Loaded {
    let inputs: Vec<Input> = files
        .iter()
        .map(|(path, text)| Input::Memory {
            import: path.clone(),
            requested: true,
            name: path.clone(),
            bytes: text.clone().into_bytes(),
        })
        .collect();
    load(&inputs, &[]).unwrap_or_else(|failure| panic!("{:#?}", failure.diagnostics))
}

/// A finding in short: the rule, and for each surface in which direction it hurts and how.
fn own(finding: &Finding<'_>) -> String {
    let worst = |it: &&Verdict| it.harm != Harm::Presence;
    let on: Vec<String> = finding
        .verdicts
        .iter()
        .filter(worst)
        .map(|it| {
            format!(
                "{} {} ({})",
                it.surface,
                it.direction.name(),
                it.harm.name()
            )
        })
        .collect();
    let name = finding.rule.code.name;
    match on.is_empty() {
        true => format!("[{name}](compat/{name}.md): only presence"),
        false => format!("[{name}](compat/{name}.md): {}", on.join(", ")),
    }
}
