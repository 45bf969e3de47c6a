//! Comments of a contract as Go's doc comments, in the form that gofmt leaves alone.

use crate::contract::{Docs, is_invisible};

/// The comment lines, `//` included, of an element; none if the contract says nothing and it is not deprecated.
pub(super) fn lines(docs: &Docs, deprecated: bool) -> Vec<String> {
    comment(&docs.lines(), deprecated)
}

/// Comment lines for a text. `fallback` stands where the contract says nothing: exported names need a comment.
pub(super) fn with_fallback(docs: &Docs, deprecated: bool, fallback: &str) -> Vec<String> {
    let text = docs.lines();
    if text.iter().all(String::is_empty) {
        comment(&[fallback.to_owned()], deprecated)
    } else {
        comment(&text, deprecated)
    }
}

/// The comment of a package that comes from a protobuf package, made of what its files say of themselves. Tools look for
/// its name in the first sentence.
pub(super) fn package(name: &str, proto: &str, files: &[&Docs]) -> Vec<String> {
    let mut text = Vec::new();
    for docs in files {
        let lines = docs.lines();
        if lines.iter().any(|line| !line.is_empty()) {
            text.push(String::new());
            text.extend(lines);
        }
    }
    let named = format!("Package {name} ");
    if !text.get(1).is_some_and(|line| line.starts_with(&named)) {
        let what = if proto.is_empty() {
            "a contract without a protobuf package".to_owned()
        } else {
            format!("the protobuf package {proto}")
        };
        text.insert(0, format!("{named}has the types of {what}."));
    }
    comment(&text, false)
}

fn comment(text: &[String], deprecated: bool) -> Vec<String> {
    let mut lines = canonical(text);
    if deprecated && !lines.iter().any(|line| line.starts_with("Deprecated: ")) {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push("Deprecated: the contract says so.".to_owned());
    }
    if is_list_alone(&lines) {
        lines.iter_mut().for_each(|line| {
            line.drain(..line.len() - line.trim_start().len())
                .for_each(drop)
        });
    }
    lines
        .into_iter()
        .map(|line| match line.as_str() {
            "" => "//".to_owned(),
            text if text.starts_with('\t') => format!("//{text}"),
            text => format!("// {text}"),
        })
        .collect()
}

/// Whether a comment is nothing but a list of one-line items. gofmt takes the indentation away that all lines of a
/// comment share, and sees no list any more.
fn is_list_alone(lines: &[String]) -> bool {
    !lines.is_empty()
        && lines
            .iter()
            .all(|line| line.starts_with(' ') && !line.starts_with("    "))
}

/// A text in the form that gofmt gives doc comments: paragraphs, headings, code that a tab indents, and lists.
fn canonical(text: &[String]) -> Vec<String> {
    let mut out = Canonical::default();
    for (at, line) in text.iter().enumerate() {
        let plain = clean(line);
        let bare = plain.trim_start_matches('#').trim_start().to_owned();
        let bare = typographic(&bare);
        let indented = line.starts_with([' ', '\t']);
        if bare.is_empty() {
            out.blank();
        } else if out.kind == Kind::Code && indented {
            out.code(line);
        } else if let Some((marker, item)) = list_item(&bare).filter(|_| out.kind != Kind::Code) {
            let is_numbered = !marker.ends_with('-');
            if out.kind == Kind::List && out.is_numbered != is_numbered {
                // To gofmt, a list has items of one kind.
                out.put(Kind::List, format!("    {bare}"));
            } else {
                out.is_numbered = is_numbered;
                out.put(Kind::List, format!("{marker} {item}"));
            }
        } else if out.kind == Kind::List && !out.after_blank {
            out.put(Kind::List, format!("    {bare}"));
        } else if indented && out.after_blank && out.kind != Kind::List {
            out.code(line);
        } else if (plain != bare || is_heading(&bare)) && alone(text, at) {
            out.put(Kind::Text, format!("# {bare}"));
        } else {
            out.put(Kind::Text, bare);
        }
    }
    while out.lines.last().is_some_and(String::is_empty) {
        out.lines.pop();
    }
    out.lines
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Kind {
    #[default]
    Text,
    List,
    Code,
}

/// Lines that were written, and what the last of them is.
#[derive(Debug, Default)]
struct Canonical {
    lines: Vec<String>,
    kind: Kind,
    /// Whether the list, if that is the last, is one of numbers.
    is_numbered: bool,
    after_blank: bool,
}

impl Canonical {
    fn blank(&mut self) {
        self.after_blank = !self.lines.is_empty();
    }

    fn put(&mut self, kind: Kind, line: String) {
        let code_ends = self.kind == Kind::Code && kind != Kind::Code;
        // Items of a list stay together: gofmt keeps a blank line between two only if it is between all.
        let in_list = self.kind == Kind::List && kind == Kind::List;
        if (self.after_blank || code_ends) && !in_list && !self.lines.is_empty() {
            self.lines.push(String::new());
        }
        self.after_blank = false;
        self.kind = kind;
        if !line.is_empty() {
            self.lines.push(line);
        }
    }

    fn code(&mut self, line: &str) {
        let text: String = line
            .trim()
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        let text = text.replacen("+build", "+ build", usize::from(text.starts_with("+build")));
        self.put(Kind::Code, format!("\t{text}"));
    }
}

/// Whether the line stands between blank lines with text on both sides of them, as headings do.
fn alone(text: &[String], at: usize) -> bool {
    let blank = |line: Option<&String>| line.is_some_and(|line| line.trim().is_empty());
    at > 1 && blank(text.get(at - 1)) && blank(text.get(at + 1)) && at + 2 < text.len()
}

/// Whether gofmt takes a line that stands alone for a heading: a few words without punctuation.
fn is_heading(line: &str) -> bool {
    line.starts_with(char::is_uppercase)
        && line.ends_with(char::is_alphanumeric)
        && !line.contains(|c| ";:!?+*/=[]{}_^°&§~%#@<\">\\".contains(c))
}

/// A line without indentation and control characters, its words one space apart.
fn clean(line: &str) -> String {
    let text: String = line
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The quotes that gofmt makes of two backquotes or apostrophes; three or more backquotes stay. A line that the go
/// command would take for a build constraint is none then.
fn typographic(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let run = rest.len() - rest.trim_start_matches('`').len();
        let (taken, written) = match (c, run) {
            ('`', 2) => (2, "\u{201c}"),
            ('`', run) => (run, &rest[..run]),
            ('\'', _) if rest.starts_with("''") => (2, "\u{201d}"),
            _ => (c.len_utf8(), &rest[..c.len_utf8()]),
        };
        text.push_str(written);
        rest = &rest[taken..];
    }
    if text.starts_with("+build") {
        text.insert(1, ' ');
    }
    text
}

/// The marker in gofmt's form and the text of a list item.
fn list_item(line: &str) -> Option<(String, &str)> {
    let (marker, item) = line.split_once(' ')?;
    if item.is_empty() {
        return None;
    }
    if matches!(marker, "-" | "*" | "+" | "•") {
        return Some(("  -".to_owned(), item));
    }
    let digits = marker.strip_suffix(['.', ')'])?;
    let is_number =
        !digits.is_empty() && digits.len() < 3 && digits.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| (format!(" {digits}."), item))
}

/// A Go string literal.
pub(super) fn quote(text: &str) -> String {
    let mut literal = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => literal.push_str("\\\""),
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            c if c.is_control() || is_invisible(c) || matches!(c, '\u{200c}' | '\u{200d}') => {
                let code = u32::from(c);
                literal.push_str(&format!("\\u{code:04x}"));
            }
            c => literal.push(c),
        }
    }
    literal.push('"');
    literal
}

/// A Go string literal for bytes.
pub(super) fn quote_bytes(bytes: &[u8]) -> String {
    let mut literal = String::from("\"");
    for &byte in bytes {
        match byte {
            b'"' | b'\\' => {
                literal.push('\\');
                literal.push(char::from(byte));
            }
            0x20..=0x7e => literal.push(char::from(byte)),
            byte => literal.push_str(&format!("\\x{byte:02x}")),
        }
    }
    literal.push('"');
    literal
}

/// The text of a JSON string, without its quotes, as a Go string literal.
pub(super) fn quote_json(text: &str) -> String {
    let json = serde_json::Value::from(text).to_string();
    quote(json.get(1..json.len() - 1).unwrap_or_default())
}
