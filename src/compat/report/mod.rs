//! Reports: findings with what they count for, in one order, in the forms that people and tools read. Each form is a
//! pure function to text; who prints it and what the exit code is, is decided elsewhere.

mod forms;
mod human;
mod published;
mod rollout;

pub use human::diagnostic;
pub use published::{Comparison, Item, Opinion, Place, Proof, Report, Unused, Waived, schema};
pub use rollout::{Order, Rollout};

use super::finding::Finding;
use super::fix::Plan;
use super::policy::{Level, Policy};
use super::waiver::{Date, Ledger, Standing, Waiver};
use crate::diagnostics::{Diagnostic, codes};
use crate::source::{Moved, Sources, Span};

/// The findings against one old version.
#[derive(Debug)]
pub struct Section<'a> {
    /// How the old version is called: what was written after `--against`.
    pub against: String,
    /// The findings that are shown, sorted by place.
    pub findings: Vec<Shown<'a>>,
    /// How many are not shown, as nothing is required that they break.
    pub hidden: usize,
    /// What breaks while both versions run.
    pub rollout: Rollout,
}

/// A finding with what it counts for.
#[derive(Debug)]
pub struct Shown<'a> {
    /// The finding.
    pub finding: Finding<'a>,
    /// What it counts for.
    pub level: Level,
    /// Its place in the new version, in the sources of the report.
    pub new_span: Option<Span>,
    /// Its place in the old version, in the sources of the report.
    pub old_span: Option<Span>,
    /// The waiver of it, and whether that holds.
    pub waiver: Option<(Waiver, Standing)>,
    /// Whether a machine can write what makes it go away.
    pub fixable: bool,
}

impl Shown<'_> {
    /// Whether a waiver says that it does not count.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        self.waiver
            .as_ref()
            .is_some_and(|(_, standing)| *standing == Standing::Accepted)
    }
}

impl<'a> Section<'a> {
    /// Judges findings by a policy. Those that count for less than `least` are not shown.
    /// `sources` holds the files of the new version, and those of the old one moved over by `old`.
    #[must_use]
    pub fn new(
        against: impl Into<String>,
        findings: Vec<Finding<'a>>,
        policy: &Policy,
        least: Level,
        sources: &Sources,
        old: Moved,
    ) -> Self {
        let all = findings.len();
        let rollout = Rollout::new(&findings);
        let mut shown: Vec<Shown<'a>> = findings
            .into_iter()
            .map(|finding| Shown {
                level: finding.level(policy),
                new_span: finding.about.new_span(),
                old_span: finding.about.old_span().map(|span| old.span(span)),
                waiver: None,
                fixable: false,
                finding,
            })
            .filter(|it| it.level >= least)
            .collect();
        // Stable: findings of one place stay in the order of their rules.
        shown.sort_by_cached_key(|it| {
            let span = it.new_span.or(it.old_span);
            span.map(|span| {
                let file = sources.get(span.source).name().to_owned();
                (file, span.start_line, span.start_column)
            })
        });
        Self {
            against: against.into(),
            hidden: all - shown.len(),
            rollout,
            findings: shown,
        }
    }

    /// Looks up the waivers of its findings. Those that hold on this day take theirs out of the count.
    pub fn waive(&mut self, ledger: &Ledger, today: Date) {
        if ledger.waivers.is_empty() {
            return;
        }
        for shown in &mut self.findings {
            let waiver = ledger.find(&shown.finding.fingerprint());
            shown.waiver = waiver.map(|it| (it.clone(), it.standing(today)));
        }
    }

    /// Takes note of what a plan of fixes is for.
    pub fn offer(&mut self, plan: &Plan) {
        for shown in &mut self.findings {
            shown.fixable = plan.fixes(&shown.finding.fingerprint());
        }
    }

    /// How many findings count for this; those that are accepted count for nothing.
    #[must_use]
    pub fn count(&self, level: Level) -> usize {
        let counted = self.findings.iter().filter(|it| !it.is_accepted());
        counted.filter(|it| it.level == level).count()
    }

    /// How many findings are accepted.
    #[must_use]
    pub fn accepted(&self) -> usize {
        self.findings.iter().filter(|it| it.is_accepted()).count()
    }
}

/// A waiver of no finding, as a warning at its place.
#[must_use]
pub fn unused(waiver: &Waiver) -> Diagnostic {
    let message = format!(
        "nothing is found that the waiver `{}` is of",
        waiver.fingerprint
    );
    Diagnostic::warning(&codes::WAIVER_UNUSED, message)
        .at(waiver.span, "")
        .note(format!("it accepted: {}", waiver.message))
        .help("take it out if the change was undone or is released; a change that goes on is another finding, to be accepted anew")
}
