//! `xlc explain`: what a code means: of a rule with the reason and the remedy, of another diagnostic in one sentence.

use super::Status;
use super::terminal::Terminal;
use crate::compat::rules::{self, Rule};
use crate::compat::surface::{SURFACES, Surface};
use crate::diagnostics::{Diagnostic, codes, nearest};
use crate::pipeline;
use crate::source::Sources;

/// Arguments of `xlc explain`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The code, as it is shown in brackets
    code: String,
}

pub(super) fn run(arguments: &Arguments, terminal: &mut Terminal) -> Status {
    let code = arguments.code.as_str();
    if let Some(rule) = rules::find(code) {
        terminal.print(&page(rule));
        return Status::Clean;
    }
    if let Some(found) = codes::ALL.iter().find(|it| it.name == code) {
        terminal.print(&format!("{}: {}\n", found.name, found.summary));
        return Status::Clean;
    }
    let error = Diagnostic::error(&codes::NOT_FOUND, format!("there is no code `{code}`"));
    let known = codes::ALL.iter().map(|it| it.name);
    let known = known.chain(rules::rules().map(|it| it.code.name));
    let error = match nearest(code, known) {
        Some(near) => error.help(format!("did you mean `{near}`?")),
        None => error.help("`xlc list rules` shows the rules of `check-compat`"),
    };
    terminal.fail("could not explain", &[error], &Sources::default())
}

fn page(rule: &Rule) -> String {
    let mut text = format!("{}: {}\n\n", rule.code.name, rule.code.summary);
    for on in rule.on {
        let directions: Vec<&str> = on.directions.iter().map(|it| it.name()).collect();
        text.push_str(&format!(
            "  {}, {}: {} at worst\n",
            on.surface,
            directions.join(" and "),
            on.harm.name()
        ));
    }
    for surface in brought(rule) {
        text.push_str(&format!("  {surface}\n"));
    }
    text.push_str(&format!(
        "\n{}\n\nWhat to do: {}.\n",
        wrap(rule.why),
        rule.fix
    ));
    text
}

/// The surfaces of targets that mind what a rule tells of.
fn brought(rule: &Rule) -> Vec<&'static str> {
    let Ok(surfaces) = pipeline::surfaces(None) else {
        return Vec::new();
    };
    let own = |name: &str| SURFACES.iter().any(|it| it.name() == name);
    let minds = |it: &dyn Surface| rule.kinds.iter().any(|kind| it.minds(*kind));
    let brought = surfaces.all().filter(|it| !own(it.name()) && minds(*it));
    brought.map(|it| it.name()).collect()
}

/// Breaks text into lines of at most 100 characters.
fn wrap(text: &str) -> String {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.len() + 1 + word.len() <= 100 => {
                line.push(' ');
                line.push_str(word);
            }
            Some(_) | None => lines.push(word.to_owned()),
        }
    }
    lines.join("\n")
}
