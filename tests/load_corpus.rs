//! protoc as referee over `fixtures/protoc`: the loader accepts what it accepts, rejects what it rejects, and points at
//! the same places. Where they differ, `disagreements.toml` says so and why; nothing else may be in there.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;
use support::toolchain;
use xlc::diagnostics::emit::Human;
use xlc::diagnostics::{Diagnostic, Severity};
use xlc::load::{Input, load};
use xlc::source::{Sources, Span};

#[derive(Deserialize)]
struct Verdicts {
    cases: BTreeMap<String, Verdict>,
}

#[derive(Deserialize)]
struct Verdict {
    accepted: bool,
    errors: Vec<Report>,
    warnings: Vec<Report>,
}

/// A line that protoc printed. Lines and columns count from 1; without them protoc gave no place.
#[derive(Deserialize)]
struct Report {
    file: String,
    line: Option<u32>,
    col: Option<u32>,
}

#[derive(Deserialize)]
struct Disagreements {
    disagreement: Vec<Disagreement>,
}

#[derive(Deserialize)]
struct Disagreement {
    kind: Kind,
    reason: String,
    cases: Vec<String>,
}

/// In what the loader and protoc differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    /// One accepts what the other rejects.
    Verdict,
    /// No error of ours points at the line of protoc's first one.
    Line,
    /// None points at its column, though one does at its line.
    Column,
    /// The lines with warnings are not the same.
    Warnings,
}

/// What the loader says about a case.
struct Outcome {
    root: PathBuf,
    accepted: bool,
    sources: Sources,
    diagnostics: Vec<Diagnostic>,
}

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/protoc")
}

fn verdicts() -> BTreeMap<String, Verdict> {
    let text = std::fs::read_to_string(corpus().join("verdicts.json")).expect("it is there");
    serde_json::from_str::<Verdicts>(&text)
        .expect("scripts/protoc-corpus wrote it")
        .cases
}

/// Loads a case as protoc was asked to compile it.
fn run(case: &str) -> Outcome {
    let path = corpus().join(case);
    let (root, main) = if path.is_dir() {
        (path.clone(), path.join("main.proto"))
    } else {
        let root = path.parent().expect("a case lies in a directory");
        (root.to_owned(), path)
    };
    let (accepted, sources, diagnostics) =
        match load(&[Input::File(main)], std::slice::from_ref(&root)) {
            Ok(loaded) => (true, loaded.sources, loaded.warnings),
            Err(failure) => (false, failure.sources, failure.diagnostics),
        };
    Outcome {
        root,
        accepted,
        sources,
        diagnostics,
    }
}

impl Outcome {
    fn of(&self, severity: Severity) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics
            .iter()
            .filter(move |diagnostic| diagnostic.severity == severity)
    }

    /// The path from the case's root, and the line and column as protoc counts them.
    fn place(&self, span: Span) -> (String, u32, u32) {
        let name = Path::new(self.sources.get(span.source).name());
        let name = name.strip_prefix(&self.root).unwrap_or(name);
        (
            name.display().to_string(),
            span.start_line + 1,
            span.start_column + 1,
        )
    }

    /// All places that our errors show.
    fn shown(&self) -> BTreeSet<(String, u32, u32)> {
        self.of(Severity::Error)
            .flat_map(|diagnostic| diagnostic.primary.iter().chain(&diagnostic.secondary))
            .map(|label| self.place(label.span))
            .collect()
    }

    fn differences(&self, verdict: &Verdict) -> BTreeSet<Kind> {
        let mut kinds = BTreeSet::new();
        if self.accepted != verdict.accepted {
            return [Kind::Verdict].into();
        }
        if let Some(Report {
            file,
            line: Some(line),
            col,
        }) = verdict.errors.first()
        {
            let shown = self.shown();
            let on_line = |place: &&(String, u32, u32)| place.0 == *file && place.1 == *line;
            if !shown.iter().any(|place| on_line(&place)) {
                kinds.insert(Kind::Line);
            } else if !shown
                .iter()
                .filter(on_line)
                .any(|place| Some(place.2) == *col)
            {
                kinds.insert(Kind::Column);
            }
        }
        if self.accepted && !self.same_warnings(&verdict.warnings) {
            kinds.insert(Kind::Warnings);
        }
        kinds
    }

    /// Whether our warnings are on the lines of protoc's; one without a line may be anywhere in its file.
    fn same_warnings(&self, expected: &[Report]) -> bool {
        let ours: BTreeSet<(String, u32)> = self
            .of(Severity::Warning)
            .filter_map(|diagnostic| diagnostic.primary.as_ref())
            .map(|label| self.place(label.span))
            .map(|(file, line, _)| (file, line))
            .collect();
        let anywhere = |file: &str| {
            expected
                .iter()
                .any(|report| report.line.is_none() && report.file == file)
        };
        let expected_at = |place: &(String, u32)| {
            expected
                .iter()
                .any(|report| report.file == place.0 && report.line == Some(place.1))
        };
        ours.iter()
            .all(|place| expected_at(place) || anywhere(&place.0))
            && expected.iter().all(|report| match report.line {
                Some(line) => ours.contains(&(report.file.clone(), line)),
                None => ours.iter().any(|place| place.0 == report.file),
            })
    }

    /// Everything that was said, as people see it.
    fn rendered(&self) -> String {
        let text = Human::new(false).render(&self.diagnostics, &self.sources);
        // Where this checkout lies is no part of what is compared.
        text.replace(&format!("{}/", self.root.display()), "")
            .replace(concat!(env!("CARGO_MANIFEST_DIR"), "/"), "")
    }
}

fn disagreements() -> Disagreements {
    let text = std::fs::read_to_string(corpus().join("disagreements.toml")).expect("it is there");
    toml::from_str(&text).expect("it is as described")
}

#[test]
fn the_loader_agrees_with_protoc() {
    let listed = disagreements();
    let mut known = BTreeSet::new();
    for disagreement in &listed.disagreement {
        assert!(!disagreement.reason.is_empty());
        for case in &disagreement.cases {
            assert!(
                known.insert((case.clone(), disagreement.kind)),
                "`{case}` is listed twice"
            );
        }
    }
    let mut report = String::new();
    for (case, verdict) in verdicts() {
        let outcome = run(&case);
        for kind in outcome.differences(&verdict) {
            if !known.remove(&(case.clone(), kind)) {
                let expected = verdict.errors.first().map(|error| (error.line, error.col));
                writeln!(
                    report,
                    "{case}: {kind:?}, protoc says {expected:?}\n{}",
                    outcome.rendered()
                )
                .unwrap();
            }
        }
    }
    for (case, kind) in known {
        writeln!(report, "{case}: {kind:?} is listed and does not differ").unwrap();
    }
    assert!(report.is_empty(), "{report}");
}

/// What people see, by the first word of the case's name. These are read by people whenever they change.
#[test]
fn what_is_said_about_rejected_files() {
    let mut areas: BTreeMap<String, String> = BTreeMap::new();
    for (case, _) in verdicts() {
        let Some(name) = case.strip_prefix("reject/") else {
            continue;
        };
        let (area, _) = name.split_once(['_', '.']).unwrap_or((name, ""));
        let text = areas.entry(area.to_owned()).or_default();
        write!(text, "## {name}\n\n{}", run(&case).rendered()).unwrap();
    }
    for (area, text) in areas {
        insta::assert_snapshot!(format!("reject_{area}"), text);
    }
}

#[test]
fn what_is_said_about_accepted_files() {
    let text: String = verdicts()
        .keys()
        .filter(|case| case.starts_with("accept/"))
        .map(|case| (case, run(case)))
        .filter(|(_, outcome)| !outcome.diagnostics.is_empty())
        .map(|(case, outcome)| format!("## {case}\n\n{}", outcome.rendered()))
        .collect();
    insta::assert_snapshot!("accept", text);
}

#[test]
fn the_record_of_the_referee_is_fresh() {
    let Some(protoc) = toolchain::protoc() else {
        return;
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/protoc-corpus");
    let output = Command::new(script)
        .arg("--check")
        .env("PROTOC", protoc)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}");
}

#[test]
fn the_book_lists_every_disagreement() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("book/src/loading.md");
    let page = std::fs::read_to_string(page).unwrap();
    let missing: Vec<String> = disagreements()
        .disagreement
        .into_iter()
        .map(|disagreement| format!("* {}", disagreement.reason))
        .filter(|line| !page.lines().any(|found| found == line))
        .collect();
    assert!(missing.is_empty(), "the page lacks\n{}", missing.join("\n"));
}
