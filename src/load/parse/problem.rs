//! The parser's errors in our words. Its error kinds are private, so they are read through `miette::Diagnostic`.

use std::ops::Range;

use miette::Diagnostic as _;

use super::position::Lines;
use super::repair::Repairs;
use crate::diagnostics::{Diagnostic, codes};
use crate::source::SourceId;

/// One error of the parser.
pub(super) struct Problem {
    /// Its text, as the parser has it.
    pub(super) message: String,
    /// Byte ranges in the text that was parsed, with what is said of them; the one at fault comes last.
    pub(super) labels: Vec<(Range<usize>, String)>,
    help: Option<String>,
}

/// All errors in what the parser gives back.
pub(super) fn of(error: &protox_parse::ParseError) -> Vec<Problem> {
    let mut problems = vec![one(error)];
    for related in error.related().into_iter().flatten() {
        problems.push(one(related));
    }
    problems
}

fn one(error: &(impl miette::Diagnostic + ?Sized)) -> Problem {
    Problem {
        message: error.to_string(),
        labels: error
            .labels()
            .into_iter()
            .flatten()
            .map(|label| {
                let start = label.offset();
                (
                    start..start.saturating_add(label.len()),
                    label.label().unwrap_or_default().to_owned(),
                )
            })
            .collect(),
        help: error.help().map(|help| help.to_string()),
    }
}

impl Problem {
    /// The byte range at fault.
    pub(super) fn range(&self) -> Option<Range<usize>> {
        self.labels.last().map(|(range, _)| range.clone())
    }

    /// The diagnostic, at its place in the original text.
    pub(super) fn tell(
        self,
        lines: &Lines<'_>,
        repairs: &Repairs,
        path: &str,
        source: SourceId,
    ) -> Diagnostic {
        let span = |range: Range<usize>| {
            lines.span(
                source,
                repairs.original(range.start)..repairs.original(range.end),
            )
        };
        let help = help(&self);
        let message = message(&self);
        let mut labels = self.labels;
        let (range, text) = labels
            .pop()
            .unwrap_or_else(|| (lines.end()..lines.end(), String::new()));
        let mut diagnostic = Diagnostic::error(&codes::SYNTAX, message)
            .at(Some(span(range)), text)
            .in_file(path)
            .help(help);
        for (range, text) in labels {
            diagnostic = diagnostic.and(Some(span(range)), text);
        }
        diagnostic
    }
}

/// The parser's text with backticks for quotes.
fn message(problem: &Problem) -> String {
    let is_import = problem
        .help
        .as_deref()
        .is_some_and(|help| help.starts_with("imports may not"));
    if is_import {
        // The parser says `invalid group name` here.
        return "invalid import path".to_owned();
    }
    let mut message = String::with_capacity(problem.message.len());
    for (index, part) in problem.message.split('\'').enumerate() {
        if index > 0 {
            message.push('`');
        }
        message.push_str(part);
    }
    message
}

/// What to do, by the parser's text.
fn help(problem: &Problem) -> String {
    if let Some(help) = &problem.help {
        return help.replace('\'', "`");
    }
    let known = [
        (
            "invalid token",
            "remove it, or put it into a comment or a string",
        ),
        (
            "integer is too large",
            "integers go up to 18446744073709551615",
        ),
        (
            "invalid string character",
            "write the character as an escape: `\\n`, `\\x00`",
        ),
        (
            "unterminated string",
            "close the string with the quote that it starts with, on the same line",
        ),
        ("invalid string escape", "write a backslash as `\\\\`"),
        (
            "string is not valid utf-8",
            "only values of type `bytes` may hold other bytes than UTF-8",
        ),
        (
            "nested block comments",
            "end the comment before another one starts",
        ),
        (
            "multiple package names",
            "a file has one package: remove one of the two",
        ),
        (
            "whitespace is required",
            "put a space between the number and the word",
        ),
        ("'#' comments", "write `//`"),
        ("'f' suffix", "remove the `f`"),
        (
            "identifiers may not be negative",
            "only `inf` and `nan` may have a minus",
        ),
        ("message numbers", "choose a number in that range"),
        ("enum numbers", "choose a number in that range"),
        (
            "default values are not allowed",
            "remove the default, or use `optional` and set the value in code",
        ),
        ("extension fields may not", "make it `optional`"),
        (
            "map fields are not allowed in",
            "put the map into a message, and use that here",
        ),
        ("map field", "remove the label: a map is repeated by nature"),
        (
            "oneof fields",
            "remove the label: at most one member of a oneof is set anyway",
        ),
        (
            "fields must have a label",
            "write `optional`, `repeated` or `required` before the type",
        ),
        (
            "groups are not allowed",
            "declare a message and a field of its type",
        ),
        ("required fields are not allowed", "remove `required`"),
        ("a map field key", "choose one of those types as the key"),
        ("a oneof must have", "add a field, or remove the oneof"),
    ];
    let fitting = known
        .iter()
        .find(|(start, _)| problem.message.starts_with(start));
    if let Some((_, help)) = fitting {
        return (*help).to_owned();
    }
    if problem.message.ends_with("reached end of file") {
        return "something is not closed: look for a missing `}` or `;`".to_owned();
    }
    if problem.message.contains("but found '}'") || problem.message.contains("expected ';'") {
        return "end the statement before it with `;`".to_owned();
    }
    "correct the text here; the grammar is at https://protobuf.dev/reference/protobuf/proto3-spec"
        .to_owned()
}
