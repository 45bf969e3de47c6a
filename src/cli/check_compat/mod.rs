//! `xlc check-compat`: reads two or more versions, has them compared, and prints the report. The exit code is that of a
//! check: 0 clean, 1 findings, 2 it could not be done.

mod contents;
mod fix;
mod git;
pub(super) mod input;
mod require;
mod versions;

use std::collections::BTreeSet;

use self::fix::Mode;
pub(super) use self::versions::{Selection, Versions};
use super::terminal::Terminal;
use super::{Global, Status};
use crate::compat::fix::Plan;
use crate::compat::report::{self, Report, Section};
use crate::compat::waiver::Waiver;
use crate::compat::{Finding, Level, Policy};
use crate::diagnostics::{Diagnostic, Severity};
use crate::source::Sources;

/// Arguments of `xlc check-compat`.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Arguments {
    /// The new version: a directory, .proto files or descriptor sets; xlc.toml is not read then [default: the contract
    /// of xlc.toml]
    #[arg(value_name = "NEW", value_hint = clap::ValueHint::AnyPath)]
    new: Vec<String>,
    #[command(flatten)]
    selection: Selection,
    /// Write what a machine can: reserve numbers and names of what is gone, pin JSON names of renamed fields. Only .proto
    /// files of the new version are edited, those with uncommitted changes too; all or none. Then it is checked again
    #[arg(long)]
    fix: bool,
    /// Print what `--fix` would change as a unified diff, write nothing, and exit with 1 if it would change anything
    #[arg(long, visible_alias = "dry-run")]
    diff: bool,
    /// The form of the report
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
    /// Say whether clients or servers are to be deployed first
    #[arg(long)]
    explain_rollout: bool,
}

/// The form of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// With both places in the source
    Human,
    /// All there is; `xlc schema compat-report` describes it
    Json,
    /// Workflow commands of GitHub Actions
    Github,
    /// Code quality of GitLab
    Gitlab,
    /// SARIF 2.1.0
    Sarif,
    /// JUnit XML
    Junit,
    /// Markdown
    Markdown,
}

const DOING: &str = "could not check";

pub(super) fn run(arguments: &Arguments, global: &Global, terminal: &mut Terminal) -> Status {
    let selection = &arguments.selection;
    let versions = Versions::read(&arguments.new, selection, global, terminal, DOING);
    let Some(versions) = versions else {
        return Status::Failed;
    };
    let outcome = match Outcome::new(&versions, global) {
        Ok(outcome) => outcome,
        Err(problems) => return terminal.fail(DOING, &problems, &versions.sources),
    };
    let mode = match (arguments.diff, arguments.fix) {
        (true, _) => Mode::Diff,
        (false, true) => Mode::Write,
        (false, false) => return outcome.show(arguments, global, terminal),
    };
    if let Err(status) = fix::run(&versions, &outcome.plan, mode, global.quiet, terminal) {
        return status;
    }
    match (mode, outcome.plan.fixes.is_empty()) {
        (Mode::Diff, true) => Status::Clean,
        (Mode::Diff, false) => Status::Findings,
        (Mode::Write, true) => outcome.show(arguments, global, terminal),
        (Mode::Write, false) => {
            let rest = Arguments {
                fix: false,
                ..arguments.clone()
            };
            run(&rest, global, terminal)
        }
    }
}

/// What a comparison came to.
struct Outcome<'v> {
    sections: Vec<Section<'v>>,
    /// Waivers of nothing that was found.
    unused: Vec<&'v Waiver>,
    /// What can be fixed.
    plan: Plan,
    policy: &'v Policy,
    sources: &'v Sources,
}

impl<'v> Outcome<'v> {
    fn new(versions: &'v Versions, global: &Global) -> Result<Self, Vec<Diagnostic>> {
        let least = match global.verbose {
            true => Level::Note,
            false => Level::Warning,
        };
        let (policy, sources) = (&versions.compat.policy, &versions.sources);
        let mut found = BTreeSet::new();
        let mut sections = Vec::new();
        for old in &versions.olds {
            let findings = versions.findings(old)?;
            found.extend(findings.iter().map(Finding::fingerprint));
            let name = old.name.as_str();
            let mut section = Section::new(name, findings, policy, least, sources, old.moved);
            section.waive(&versions.ledger, versions.today);
            sections.push(section);
        }
        let counted = sections.iter().flat_map(|it: &Section<'_>| &it.findings);
        let counted = counted.filter(|it| !it.is_accepted());
        let owns = fix::owns(versions);
        let counted = counted.map(|it| &it.finding);
        let plan = Plan::new(counted, policy, &versions.new, sources, &owns);
        for section in &mut sections {
            section.offer(&plan);
        }
        let unused = match versions.own_policy {
            true => Vec::new(),
            false => versions.ledger.unused(&found).collect(),
        };
        Ok(Self {
            sections,
            unused,
            plan,
            policy,
            sources,
        })
    }

    fn show(&self, arguments: &Arguments, global: &Global, terminal: &mut Terminal) -> Status {
        let report = || {
            let unused = self.unused.iter().copied();
            Report::new(&self.sections, self.policy, self.sources).with_unused(unused, self.sources)
        };
        match arguments.format {
            Format::Human => self.tell(arguments, global, terminal),
            Format::Json => terminal.print(&report().json()),
            Format::Github => terminal.print(&report().github()),
            Format::Gitlab => terminal.print(&report().gitlab()),
            Format::Sarif => terminal.print(&report().sarif()),
            Format::Junit => terminal.print(&report().junit()),
            Format::Markdown => terminal.print(&report().markdown()),
        }
        for section in &self.sections {
            close(section, global, terminal);
        }
        match self.sections.iter().all(|it| it.count(Level::Error) == 0) {
            true => Status::Clean,
            false => Status::Findings,
        }
    }

    fn tell(&self, arguments: &Arguments, global: &Global, terminal: &mut Terminal) {
        for section in &self.sections {
            let findings = section.findings.iter();
            let findings = findings.filter(|it| global.verbose || !it.is_accepted());
            let diagnostics: Vec<Diagnostic> = findings
                .map(|it| {
                    let told = report::diagnostic(it, self.policy, global.verbose, self.sources);
                    let told = match it.fixable {
                        true => told.help("`--fix` writes it"),
                        false => told,
                    };
                    match told.severity {
                        Severity::Error => told.help(format!(
                            "or accept it: `xlc accept {} --reason …`",
                            it.finding.fingerprint()
                        )),
                        Severity::Warning => told,
                    }
                })
                .collect();
            terminal.print_diagnostics(&diagnostics, self.sources);
            if arguments.explain_rollout {
                let lines = section.rollout.lines().join("\n");
                terminal.print(&format!("rollout: {lines}\n"));
            }
        }
        let unused: Vec<Diagnostic> = self.unused.iter().map(|it| report::unused(it)).collect();
        terminal.print_diagnostics(&unused, self.sources);
    }
}

/// The last line on an old version.
fn close(section: &Section<'_>, global: &Global, terminal: &Terminal) {
    let counts = [
        (section.count(Level::Error), "breaking change"),
        (section.count(Level::Warning), "warning"),
        (section.accepted(), "accepted"),
    ];
    let counts: Vec<String> = (counts.iter())
        .filter(|(count, _)| *count > 0)
        .map(|(count, noun)| match count {
            count if *noun == "accepted" => format!("{count} accepted"),
            1 => format!("1 {noun}"),
            more => format!("{more} {noun}s"),
        })
        .collect();
    let mut text = format!("compatible with `{}`", section.against);
    if !counts.is_empty() {
        text.push_str(&format!(": {}", counts.join(", ")));
    }
    match section.count(Level::Error) {
        0 if global.quiet => {}
        0 => terminal.done(&text),
        _ => terminal.error(&format!("not {text}")),
    }
}
