//! `xlc check-compat`: reads two or more versions, has them compared, and prints the report. The exit code is that of a
//! check: 0 clean, 1 findings, 2 it could not be done.

mod git;
mod input;
mod require;

use std::path::PathBuf;

use self::input::{Old, Place};
use super::setup;
use super::terminal::Terminal;
use super::{Global, Status};
use crate::compat::delta::Both;
use crate::compat::report::{self, Report, Section};
use crate::compat::surface::{Surfaces, Unfit};
use crate::compat::{Level, Policy, findings};
use crate::config::Compat;
use crate::diagnostics::{Diagnostic, codes};
use crate::load::{self, Failure, Loaded};
use crate::pipeline;
use crate::source::Sources;

/// Arguments of `xlc check-compat`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The new version: a directory, .proto files or descriptor sets; xlc.toml is not read then [default: the contract
    /// of xlc.toml]
    #[arg(value_name = "NEW", value_hint = clap::ValueHint::AnyPath)]
    new: Vec<String>,
    /// An old version: a directory, a .proto file, a descriptor set, `git:REVISION`, `latest-tag`, or `tags:PATTERN` for
    /// every tag that matches; may be given again [default: `compat.against` of xlc.toml]
    #[arg(long, value_name = "OLD", value_hint = clap::ValueHint::AnyPath)]
    against: Vec<String>,
    /// A directory that imports are looked up in after those of the versions themselves, for all versions; may be given
    /// again
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    include: Vec<String>,
    /// What must hold, instead of what xlc.toml requires: `wire=full`, `json=backward`, `rpc=forward`, `json=warn`; may be
    /// given again
    #[arg(long, value_name = "SURFACE=DIRECTION")]
    require: Vec<String>,
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
    let Some((new, place, mut compat, surfaces)) = new_version(arguments, global, terminal) else {
        return Status::Failed;
    };
    if !arguments.require.is_empty() {
        match require::policy(&arguments.require, &surfaces) {
            Ok(policy) => compat.policy = policy,
            Err(problems) => return terminal.fail(DOING, &problems, &Sources::default()),
        }
    }
    if !arguments.against.is_empty() {
        compat.against.clone_from(&arguments.against);
    }
    let olds = match old_versions(&compat.against) {
        Ok(olds) => olds,
        Err(problem) => return terminal.fail(DOING, &[*problem], &Sources::default()),
    };
    let mut loaded = Vec::new();
    for old in &olds {
        match input::read_old(old, &place, &arguments.include) {
            Ok(version) => loaded.push(version),
            Err(failure) => return told(terminal, &failure),
        }
    }
    let least = match global.verbose {
        true => Level::Note,
        false => Level::Warning,
    };
    let mut sources = new.sources;
    let mut sections = Vec::new();
    for (name, old) in olds.iter().zip(&mut loaded) {
        let contracts = Both {
            old: &old.contract,
            new: &new.contract,
        };
        let name = name.name();
        let found = match findings(contracts, &surfaces.asked(&compat.policy), compat.readers) {
            Ok(found) => found,
            Err(unfit) => return cannot_judge(unfit, name, &old.sources, &sources, terminal),
        };
        let moved = sources.absorb(std::mem::take(&mut old.sources));
        sections.push(Section::new(
            name,
            found,
            &compat.policy,
            least,
            &sources,
            moved,
        ));
    }
    show(
        arguments,
        &sections,
        &compat.policy,
        &sources,
        global,
        terminal,
    )
}

fn told(terminal: &Terminal, failure: &Failure) -> Status {
    terminal.fail(DOING, &failure.diagnostics, &failure.sources)
}

/// What makes a version unfit for a surface that was asked for.
fn cannot_judge(
    unfit: Unfit,
    old: &str,
    old_sources: &Sources,
    sources: &Sources,
    terminal: &Terminal,
) -> Status {
    let surface = unfit.surface;
    let versions = [
        (unfit.problems.old, format!("`{old}`"), old_sources),
        (unfit.problems.new, "the new version".to_owned(), sources),
    ];
    for (problems, version, sources) in versions {
        let note = |it: Diagnostic| it.note(format!("`{surface}` of {version} needs it"));
        let problems: Vec<Diagnostic> = problems.into_iter().map(note).collect();
        if !problems.is_empty() {
            terminal.fail(DOING, &problems, sources);
        }
    }
    Status::Failed
}

/// The new version, where it is, what is required of it, and the surfaces there are; nothing after the reason was shown.
fn new_version(
    arguments: &Arguments,
    global: &Global,
    terminal: &Terminal,
) -> Option<(Loaded, Place, Compat, Surfaces)> {
    let (loaded, place, compat, surfaces) = if arguments.new.is_empty() {
        let setup = setup::from_file(global, terminal, DOING)?;
        let mut roots = setup.config.include.clone();
        roots.extend(arguments.include.iter().map(PathBuf::from));
        let loaded = load::load(&setup.inputs, &roots);
        let place = input::of_config(&setup.config);
        let surfaces = pipeline::surfaces(Some(&setup.config));
        (loaded, place, setup.config.compat, surfaces)
    } else {
        let place = input::of_paths(&arguments.new);
        let new = input::read(&arguments.new, &arguments.include);
        (new, place, Compat::default(), pipeline::surfaces(None))
    };
    let surfaces = match surfaces {
        Ok(surfaces) => surfaces,
        Err(problems) => {
            terminal.fail(DOING, &problems, &Sources::default());
            return None;
        }
    };
    match loaded {
        Ok(loaded) => Some((loaded, place, compat, surfaces)),
        Err(failure) => {
            told(terminal, &failure);
            None
        }
    }
}

/// The old versions that are named, each once.
fn old_versions(against: &[String]) -> Result<Vec<Old>, Box<Diagnostic>> {
    let mut olds = Vec::new();
    for entry in against {
        for old in input::versions(entry)? {
            if !olds.contains(&old) {
                olds.push(old);
            }
        }
    }
    match olds.is_empty() {
        false => Ok(olds),
        true => {
            let problem = Diagnostic::error(&codes::CONFIG, "there is nothing to compare with");
            Err(Box::new(problem.help(
                "name an old version: `--against git:main`, `--against latest-tag` or a directory; or say \
                 `against = [\"latest-tag\"]` under `[compat]` in xlc.toml",
            )))
        }
    }
}

fn show(
    arguments: &Arguments,
    sections: &[Section<'_>],
    policy: &Policy,
    sources: &Sources,
    global: &Global,
    terminal: &mut Terminal,
) -> Status {
    let report = || Report::new(sections, policy, sources);
    match arguments.format {
        Format::Human => {
            for section in sections {
                let findings = section.findings.iter();
                let diagnostics: Vec<Diagnostic> = findings
                    .map(|it| report::diagnostic(it, policy, global.verbose))
                    .collect();
                terminal.print_diagnostics(&diagnostics, sources);
                if arguments.explain_rollout {
                    terminal.print(&format!(
                        "rollout: {}\n",
                        section.rollout.lines().join("\n")
                    ));
                }
            }
        }
        Format::Json => terminal.print(&report().json()),
        Format::Github => terminal.print(&report().github()),
        Format::Gitlab => terminal.print(&report().gitlab()),
        Format::Sarif => terminal.print(&report().sarif()),
        Format::Junit => terminal.print(&report().junit()),
        Format::Markdown => terminal.print(&report().markdown()),
    }
    for section in sections {
        close(section, global, terminal);
    }
    match sections.iter().all(|it| it.count(Level::Error) == 0) {
        true => Status::Clean,
        false => Status::Findings,
    }
}

/// The last line on an old version.
fn close(section: &Section<'_>, global: &Global, terminal: &Terminal) {
    let counts = [
        (section.count(Level::Error), "breaking change"),
        (section.count(Level::Warning), "warning"),
    ];
    let counts: Vec<String> = (counts.iter())
        .filter(|(count, _)| *count > 0)
        .map(|(count, noun)| match count {
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
