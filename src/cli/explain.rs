//! `xlc explain`: what a code means: of a rule with the reason and the remedy, of another diagnostic in one sentence.

use super::Status;
use super::terminal::Terminal;
use crate::compat::rules::{self, Rule};
use crate::diagnostics::{Diagnostic, codes, nearest};
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
    text.push_str(&format!(
        "\n{}\n\nWhat to do: {}.\n",
        wrap(rule.why),
        rule.fix
    ));
    text
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
