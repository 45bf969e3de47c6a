//! `xlc check-compat`: reads two or more versions, has them compared, and prints the report. The exit code is that of a
//! check: 0 clean, 1 findings, 2 it could not be done.

mod input;

use super::terminal::Terminal;
use super::{Global, Status};
use crate::compat::delta::Both;
use crate::compat::report::{self, Section};
use crate::compat::surface::SURFACES;
use crate::compat::{Level, Policy, Requirement, findings};
use crate::diagnostics::{Diagnostic, codes, nearest};
use crate::source::Sources;

/// Arguments of `xlc check-compat`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The new version: a directory, .proto files or descriptor sets [default: the contract of xlc.toml]
    #[arg(value_name = "NEW", value_hint = clap::ValueHint::AnyPath)]
    new: Vec<String>,
    /// An old version: a directory, a .proto file or a descriptor set; may be given again for more versions
    #[arg(long, value_name = "OLD", required = true, value_hint = clap::ValueHint::AnyPath)]
    against: Vec<String>,
    /// What must hold: `wire=full`, `json=backward`, `rpc=forward`, `json=warn`; may be given again
    #[arg(long, value_name = "SURFACE=DIRECTION")]
    require: Vec<String>,
}

const DOING: &str = "could not check";

pub(super) fn run(arguments: &Arguments, global: &Global, terminal: &mut Terminal) -> Status {
    let policy = match policy(&arguments.require) {
        Ok(policy) => policy,
        Err(problems) => return terminal.fail(DOING, &problems, &Sources::default()),
    };
    let new = if arguments.new.is_empty() {
        input::configured(global, terminal, DOING)
    } else {
        input::read(&arguments.new)
    };
    let new = match new {
        Ok(new) => new,
        Err(input::Unreadable::Told) => return Status::Failed,
        Err(input::Unreadable::Failure(failure)) => {
            return terminal.fail(DOING, &failure.diagnostics, &failure.sources);
        }
    };
    let mut olds = Vec::new();
    for name in &arguments.against {
        match input::read(std::slice::from_ref(name)) {
            Ok(old) => olds.push(old),
            Err(input::Unreadable::Told) => return Status::Failed,
            Err(input::Unreadable::Failure(failure)) => {
                return terminal.fail(DOING, &failure.diagnostics, &failure.sources);
            }
        }
    }
    let least = match global.verbose {
        true => Level::Note,
        false => Level::Warning,
    };
    let mut sources = new.sources;
    let mut sections = Vec::new();
    for (name, old) in arguments.against.iter().zip(&mut olds) {
        let moved = sources.absorb(std::mem::take(&mut old.sources));
        let contracts = Both {
            old: &old.contract,
            new: &new.contract,
        };
        let findings = findings(contracts, SURFACES);
        sections.push(Section::new(
            name, findings, &policy, least, &sources, moved,
        ));
    }
    show(&sections, &policy, &sources, global, terminal)
}

fn show(
    sections: &[Section<'_>],
    policy: &Policy,
    sources: &Sources,
    global: &Global,
    terminal: &mut Terminal,
) -> Status {
    let mut broken = 0;
    for section in sections {
        let diagnostics: Vec<Diagnostic> = (section.findings.iter())
            .map(|it| report::diagnostic(it, policy, global.verbose))
            .collect();
        terminal.print_diagnostics(&diagnostics, sources);
        broken += section.count(Level::Error);
        let counts = [Level::Error, Level::Warning].map(|level| section.count(level));
        let text = match counts {
            [0, 0] => format!("compatible with `{}`", section.against),
            [0, warnings] => format!(
                "compatible with `{}`: {}",
                section.against,
                number(warnings, "warning")
            ),
            [errors, 0] => format!(
                "not compatible with `{}`: {}",
                section.against,
                number(errors, "breaking change")
            ),
            [errors, warnings] => format!(
                "not compatible with `{}`: {}, {}",
                section.against,
                number(errors, "breaking change"),
                number(warnings, "warning")
            ),
        };
        match counts[0] {
            0 => terminal.done(&text),
            _ => terminal.error(&text),
        }
    }
    match broken {
        0 => Status::Clean,
        _ => Status::Findings,
    }
}

fn number(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        more => format!("{more} {noun}s"),
    }
}

/// What the command line requires, instead of everything else.
fn policy(require: &[String]) -> Result<Policy, Vec<Diagnostic>> {
    if require.is_empty() {
        return Ok(Policy::default());
    }
    let mut policy = Policy {
        require: std::collections::BTreeMap::new(),
    };
    let mut problems = Vec::new();
    for words in require {
        match requirement(words) {
            Ok((surface, requirement)) => {
                policy.require.insert(surface.to_owned(), requirement);
            }
            Err(problem) => problems.push(*problem),
        }
    }
    match problems.is_empty() {
        true => Ok(policy),
        false => Err(problems),
    }
}

fn requirement(words: &str) -> Result<(&str, Requirement), Box<Diagnostic>> {
    let error = |message: String| Diagnostic::error(&codes::CONFIG, message);
    let Some((surface, word)) = words.split_once('=') else {
        let message = format!("`{words}` is not of the form `SURFACE=DIRECTION`");
        return Err(Box::new(
            error(message).help("write `wire=full`, for example"),
        ));
    };
    let names = || SURFACES.iter().map(|it| it.name());
    if !names().any(|name| name == surface) {
        let problem = error(format!("there is no surface `{surface}`"));
        return Err(Box::new(match nearest(surface, names()) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem.help(format!(
                "the surfaces are {}",
                list(&names().collect::<Vec<_>>())
            )),
        }));
    }
    let Some(requirement) = Requirement::find(word) else {
        let words = Requirement::ALL.map(Requirement::name);
        let problem = error(format!("`{word}` is no direction"));
        return Err(Box::new(
            problem.help(format!("the words are {}", list(&words))),
        ));
    };
    Ok((surface, requirement))
}

fn list(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|it| format!("`{it}`")).collect();
    quoted.join(", ")
}
