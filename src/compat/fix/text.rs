//! The text of a .proto file as far as a fix needs it: tokens, the statements of a body, how things are written. It is
//! asked of text that the loader has accepted; of anything else it says nothing.

use std::ops::Range;

use crate::contract::{Edition, NumberRange};

/// A token: a word, a number, a string or a sign. Comments are none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token<'t> {
    pub(super) text: &'t str,
    /// Where it stands in the file.
    pub(super) at: Range<usize>,
}

/// The tokens of a text from an offset on.
pub(super) fn tokens(text: &str, from: usize) -> impl Iterator<Item = Token<'_>> {
    let mut at = from;
    std::iter::from_fn(move || {
        at = skip(text, at);
        let rest = text.get(at..)?;
        let first = rest.chars().next()?;
        let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
        let length = match first {
            '"' | '\'' => string(rest, first),
            c if is_word(c) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
            c => c.len_utf8(),
        };
        let token = Token {
            text: rest.get(..length)?,
            at: at..at + length,
        };
        at += length;
        Some(token)
    })
}

/// The first offset from `at` on that is neither white space nor in a comment.
fn skip(text: &str, mut at: usize) -> usize {
    while let Some(rest) = text.get(at..) {
        let trimmed = rest.trim_start();
        at += rest.len() - trimmed.len();
        let length = if trimmed.starts_with("//") {
            trimmed.find('\n').unwrap_or(trimmed.len())
        } else if trimmed.starts_with("/*") {
            trimmed.find("*/").map_or(trimmed.len(), |end| end + 2)
        } else {
            break;
        };
        at += length;
    }
    at
}

/// The length of a string with its quotes.
fn string(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The body of a declaration.
#[derive(Debug)]
pub(super) struct Body<'t> {
    /// Where the opening brace stands.
    pub(super) open: usize,
    /// Where the closing brace stands.
    pub(super) close: usize,
    /// The tokens of each statement in it, what is in inner braces included.
    pub(super) statements: Vec<Vec<Token<'t>>>,
}

impl<'t> Body<'t> {
    /// The body of the declaration whose name stands at an offset.
    pub(super) fn find(text: &'t str, name: usize) -> Option<Self> {
        let mut tokens = tokens(text, name);
        let mut brackets = 0usize;
        let open = tokens.by_ref().find(|token| {
            match token.text {
                "[" => brackets += 1,
                "]" => brackets = brackets.saturating_sub(1),
                _ => {}
            }
            token.text == "{" && brackets == 0
        })?;
        let mut statements = Vec::new();
        let mut statement: Vec<Token<'t>> = Vec::new();
        let mut depth = 0usize;
        for token in tokens {
            let text = token.text;
            let at = token.at.start;
            match text {
                "}" if depth == 0 => {
                    return Some(Self {
                        open: open.at.start,
                        close: at,
                        statements,
                    });
                }
                "{" | "[" | "(" => depth += 1,
                "}" | "]" | ")" => depth = depth.saturating_sub(1),
                _ => {}
            }
            statement.push(token);
            if depth == 0 && matches!(text, ";" | "}") {
                statements.push(std::mem::take(&mut statement));
            }
        }
        None
    }
}

/// Where a line ends, its own end left out.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let line = rest.split('\n').next().unwrap_or_default();
    at + line.strip_suffix('\r').unwrap_or(line).len()
}

/// The white space that a line begins with.
pub(super) fn indentation(text: &str, at: usize) -> &str {
    let start = text
        .get(..at)
        .and_then(|it| it.rfind('\n'))
        .map_or(0, |it| it + 1);
    let line = text.get(start..at).unwrap_or_default();
    let end = line.find(|c| c != ' ' && c != '\t').unwrap_or(line.len());
    &line[..end]
}

/// Whether nothing but white space is before an offset on its line.
pub(super) fn begins_line(text: &str, at: usize) -> bool {
    let start = text
        .get(..at)
        .and_then(|it| it.rfind('\n'))
        .map_or(0, |it| it + 1);
    text.get(start..at).is_some_and(|it| it.trim().is_empty())
}

/// How lines end in a text.
pub(super) fn newline(text: &str) -> &'static str {
    match text.contains("\r\n") {
        true => "\r\n",
        false => "\n",
    }
}

/// Numbers as a reservation writes them.
pub(super) fn range(range: NumberRange, max: i32) -> String {
    match (range.first, range.last) {
        (first, last) if first == last => first.to_string(),
        (first, last) if last == max => format!("{first} to max"),
        (first, last) => format!("{first} to {last}"),
    }
}

/// A name as a reservation writes it: quoted up to proto3, and not in editions.
pub(super) fn name(name: &str, edition: Edition) -> String {
    match edition {
        Edition::Proto2 | Edition::Proto3 => quoted(name),
        Edition::Edition2023 | Edition::Edition2024 => name.to_owned(),
    }
}

/// A string in the grammar of .proto files.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {
                for byte in c.to_string().bytes() {
                    out.push_str(&format!("\\{byte:03o}"));
                }
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
