//! Statements under construction, with the indentation that they stand at. Knows no statement.

use super::class::Class;
use super::layout::{call, fits, indented, nested_call};

/// The column of the statements of a field, from the class body.
pub(super) const FIELD: usize = 8;

/// Statements with the indentation that they stand at.
pub(super) struct Lines {
    pub(super) column: usize,
    pub(super) lines: Vec<String>,
}

impl Lines {
    pub(super) fn new(class: &Class<'_>) -> Self {
        Self {
            column: class.column + FIELD,
            lines: Vec::new(),
        }
    }

    /// Adds a statement some levels deeper.
    pub(super) fn push(&mut self, level: usize, statement: &str) {
        let indent = "    ".repeat(level);
        let text: Vec<String> = statement
            .lines()
            .map(|line| format!("{indent}{line}"))
            .collect();
        self.lines.push(text.join("\n"));
    }

    /// Adds a call, broken over lines if need be.
    pub(super) fn call(&mut self, level: usize, head: &str, args: &[&str], tail: &str) {
        let text = call(self.column + 4 * level, head, args, tail);
        self.push(level, &text);
    }

    /// Adds a call between two texts: a target and nothing, or the head of another call and its bracket.
    pub(super) fn wrapped_call(
        &mut self,
        level: usize,
        around: (&str, &str),
        callee: &str,
        args: &[&str],
    ) {
        let column = self.column + 4 * level;
        let text = match around.0.strip_suffix('(') {
            Some(head) => nested_call(column, head, callee, args),
            None => call(column, &format!("{}{callee}", around.0), args, around.1),
        };
        self.push(level, &text);
    }

    /// Adds the call `head(parts)` of a sum, whose last part is a call, with the sum on lines of its own if need be.
    pub(super) fn sum(&mut self, level: usize, head: &str, parts: &[&str]) {
        let sum = parts.join(" + ");
        let column = self.column + 4 * level;
        let (rest, last) = match parts {
            [rest @ .., last] => (rest, *last),
            [] => (parts, ""),
        };
        if fits(column, &format!("{head}({sum})")) || fits(column + 4, &sum) {
            self.push(level, &call(column, head, &[&sum], ""));
            return;
        }
        let first: String = rest.iter().map(|part| format!("{part}\n+ ")).collect();
        let last = match last.strip_suffix(')').and_then(|it| it.split_once('(')) {
            Some((callee, args)) => {
                let args: Vec<&str> = args.split(", ").collect();
                let plus = if rest.is_empty() { "" } else { "+ " };
                let broken = call(column + 4, &format!("{plus}{callee}"), &args, "");
                broken[plus.len()..].to_owned()
            }
            None => last.to_owned(),
        };
        self.push(
            level,
            &format!("{head}(\n{}\n)", indented(&format!("{first}{last}"))),
        );
    }

    /// Adds several statements.
    pub(super) fn extend(&mut self, level: usize, statements: &[String]) {
        for statement in statements {
            self.push(level, statement);
        }
    }
}
