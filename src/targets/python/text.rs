//! Python literals and docstrings.

use std::fmt::Write as _;

use crate::contract::{Docs, Tag, is_invisible};

/// A string literal in double quotes.
pub(super) fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    // Quotes as ruff prefers them: the kind that needs fewer escapes.
    let quote = if text.contains('"') && !text.contains('\'') {
        '\''
    } else {
        '"'
    };
    out.push(quote);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c == quote => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() || is_invisible(c) => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push(quote);
    out
}

/// A bytes literal, every byte escaped.
pub(super) fn bytes(bytes: &[u8]) -> String {
    let mut out = String::from("b\"");
    for byte in bytes {
        let _ = write!(out, "\\x{byte:02x}");
    }
    out.push('"');
    out
}

/// The varint of a tag as a bytes literal.
pub(super) fn tag(tag: u32) -> String {
    bytes(&Tag::from(tag).bytes())
}

/// The varint of a tag and a value of one byte behind it as a bytes literal.
pub(super) fn tagged_byte(tag: u32, value: u8) -> String {
    let mut encoded = Tag::from(tag).bytes();
    encoded.push(value);
    bytes(&encoded)
}

/// A float literal as Python prints it, for any value.
pub(super) fn float(value: f64) -> String {
    if value.is_nan() {
        "float(\"nan\")".to_owned()
    } else if value.is_infinite() {
        format!("float(\"{}inf\")", if value < 0.0 { "-" } else { "" })
    } else {
        let text = format!("{value:?}");
        // Rust writes `1e20`, Python `1e20` too; both read each other's.
        text
    }
}

/// The docstring of an element, one line each, or nothing. `notes` are paragraphs of ours.
pub(super) fn docstring(docs: &Docs, deprecated: bool, notes: &[String]) -> Vec<String> {
    let mut lines: Vec<String> = docs.lines().iter().map(|line| clean(line)).collect();
    let mut paragraphs: Vec<String> = notes.to_vec();
    if deprecated {
        paragraphs.push("Deprecated.".to_owned());
    }
    for paragraph in paragraphs {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(clean(&paragraph));
    }
    quoted(lines)
}

/// Lines between triple quotes, as ruff formats a docstring.
pub(super) fn quoted(mut lines: Vec<String>) -> Vec<String> {
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
        return Vec::new();
    };
    let open = if first.starts_with('"') { " " } else { "" };
    let one_line = lines.len() == 1;
    // The formatter takes away the indentation that all lines after the first share.
    let rest = || lines.iter().skip(1).filter(|line| !line.is_empty());
    let shared = rest()
        .map(|line| line.len() - line.trim_start().len())
        .min();
    let shared = shared.unwrap_or(0);
    let odd = (last.ends_with('"') && !last.ends_with("\\\"")) || last.ends_with('\\');
    let first = format!("\"\"\"{open}{first}");
    for line in lines.iter_mut().skip(1).filter(|line| !line.is_empty()) {
        line.drain(..shared);
    }
    lines[0] = first;
    if one_line {
        let close = if odd { " \"\"\"" } else { "\"\"\"" };
        lines[0].push_str(close);
    } else {
        lines.push("\"\"\"".to_owned());
    }
    lines
}

/// A line of a comment inside a docstring: no escapes, no end of the string, no control characters.
fn clean(line: &str) -> String {
    let escaped = line.replace('\\', "\\\\").replace("\"\"\"", "\\\"\\\"\\\"");
    let plain: String = escaped
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    plain.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{quoted, string, tag};

    #[test]
    fn strings_are_escaped() {
        assert_eq!(string("a\\\n"), "\"a\\\\\\n\"");
        assert_eq!(string("say \"hi\""), "'say \"hi\"'");
        assert_eq!(string("both ' and \""), "\"both ' and \\\"\"");
    }

    #[test]
    fn tags_are_varints() {
        assert_eq!(tag(10), "b\"\\x0a\"");
        assert_eq!(tag(144), "b\"\\x90\\x01\"");
    }

    #[test]
    fn docstrings_never_end_early() {
        assert_eq!(quoted(vec!["a \"b\"".into()]), ["\"\"\"a \"b\" \"\"\""]);
        assert_eq!(
            quoted(vec!["a".into(), "b".into()]),
            ["\"\"\"a", "b", "\"\"\""]
        );
    }
}
