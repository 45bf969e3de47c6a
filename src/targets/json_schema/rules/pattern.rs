//! Regular expressions of contracts (RE2's syntax, as protovalidate has it) in the notation that all validators read
//! alike: no flags, no look-around, no `\d` (see [`super::super::range`]).

use regex_syntax::ast::{self, Ast, ClassPerl, ClassPerlKind, ClassSetItem};
use regex_syntax::hir::{Class, Hir, HirKind, Look};

/// Expressions of more characters than this are given up: classes such as `\pL` have hundreds of ranges.
const LONGEST: usize = 20_000;

/// A portable expression.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Portable {
    /// The expression.
    pub(super) expression: String,
    /// Whether it is found in the empty text.
    pub(super) matches_nothing: bool,
}

/// The same expression in the portable notation; `None` if there is none, or if it is not certain that the notation
/// means the same in both.
pub(super) fn portable(pattern: &str) -> Option<Portable> {
    let hir = regex_syntax::parse(&ascii_classes(pattern)?).ok()?;
    let mut expression = String::new();
    write(&hir, &mut expression)?;
    (expression.len() <= LONGEST).then(|| Portable {
        expression,
        matches_nothing: hir.properties().minimum_len() == Some(0),
    })
}

/// A text as an expression that finds it.
pub(super) fn escape(text: &str) -> String {
    let mut expression = String::new();
    for c in text.chars() {
        literal(c, &mut expression);
    }
    expression
}

/// The pattern with RE2's classes of ASCII in place of those of Unicode, which they are in Rust. `None` if it is not
/// legal, or means something else here than there.
fn ascii_classes(pattern: &str) -> Option<String> {
    let ast = ast::parse::Parser::new().parse(pattern).ok()?;
    let mut found = Vec::new();
    ast::visit(&ast, Classes(&mut found)).ok()?;
    let mut rest = pattern;
    let mut end = pattern.len();
    let mut parts = Vec::new();
    found.sort_by_key(|(span, _)| std::cmp::Reverse(span.start.offset));
    for (span, class) in found {
        parts.push(pattern.get(span.end.offset..end)?);
        parts.push(class);
        end = span.start.offset;
        rest = pattern.get(..end)?;
    }
    parts.push(rest.get(..end)?);
    parts.reverse();
    Some(parts.concat())
}

/// Collects the classes to be replaced, and stops where the two syntaxes differ.
struct Classes<'a>(&'a mut Vec<(ast::Span, &'static str)>);

impl Classes<'_> {
    fn add(&mut self, class: &ClassPerl) {
        let text = match (&class.kind, class.negated) {
            (ClassPerlKind::Digit, false) => "[0-9]",
            (ClassPerlKind::Digit, true) => "[^0-9]",
            (ClassPerlKind::Space, false) => "[\\t\\n\\f\\r ]",
            (ClassPerlKind::Space, true) => "[^\\t\\n\\f\\r ]",
            (ClassPerlKind::Word, false) => "[0-9A-Za-z_]",
            (ClassPerlKind::Word, true) => "[^0-9A-Za-z_]",
        };
        self.0.push((class.span, text));
    }
}

impl ast::Visitor for Classes<'_> {
    type Output = ();
    type Err = ();

    fn finish(self) -> Result<(), ()> {
        Ok(())
    }

    fn visit_pre(&mut self, ast: &Ast) -> Result<(), ()> {
        if let Ast::ClassPerl(class) = ast {
            self.add(class);
        }
        Ok(())
    }

    fn visit_class_set_item_pre(&mut self, item: &ClassSetItem) -> Result<(), ()> {
        match item {
            ClassSetItem::Perl(class) => self.add(class),
            // A bracket within brackets is a character in RE2.
            ClassSetItem::Bracketed(_) => return Err(()),
            ClassSetItem::Empty(_)
            | ClassSetItem::Literal(_)
            | ClassSetItem::Range(_)
            | ClassSetItem::Ascii(_)
            | ClassSetItem::Unicode(_)
            | ClassSetItem::Union(_) => {}
        }
        Ok(())
    }

    fn visit_class_set_binary_op_pre(&mut self, _: &ast::ClassSetBinaryOp) -> Result<(), ()> {
        // RE2 has no operations on classes: `&&` is two characters there.
        Err(())
    }
}

/// Writes an expression; `None` for what has no portable form.
fn write(hir: &Hir, out: &mut String) -> Option<()> {
    match hir.kind() {
        HirKind::Empty => {}
        HirKind::Literal(text) => out.push_str(&escape(std::str::from_utf8(&text.0).ok()?)),
        HirKind::Class(Class::Unicode(class)) => {
            let ranges: Vec<(char, char)> = class
                .ranges()
                .iter()
                .map(|range| (range.start(), range.end()))
                .collect();
            write_class(&ranges, out);
        }
        HirKind::Class(Class::Bytes(_)) => return None,
        HirKind::Look(Look::Start) => out.push('^'),
        HirKind::Look(Look::End) => out.push('$'),
        HirKind::Look(_) => return None,
        HirKind::Repetition(repetition) => {
            out.push_str("(?:");
            write(&repetition.sub, out)?;
            out.push(')');
            out.push_str(&match (repetition.min, repetition.max) {
                (0, Some(1)) => "?".to_owned(),
                (0, None) => "*".to_owned(),
                (1, None) => "+".to_owned(),
                (min, None) => format!("{{{min},}}"),
                (min, Some(max)) if min == max => format!("{{{min}}}"),
                (min, Some(max)) => format!("{{{min},{max}}}"),
            });
        }
        HirKind::Capture(capture) => {
            out.push_str("(?:");
            write(&capture.sub, out)?;
            out.push(')');
        }
        HirKind::Concat(parts) => {
            for part in parts {
                write(part, out)?;
            }
        }
        HirKind::Alternation(parts) => {
            out.push_str("(?:");
            for (index, part) in parts.iter().enumerate() {
                if index > 0 {
                    out.push('|');
                }
                write(part, out)?;
            }
            out.push(')');
        }
    }
    Some(())
}

fn write_class(ranges: &[(char, char)], out: &mut String) {
    match ranges {
        [] => out.push_str("[^\\s\\S]"),
        &[(first, last)] if first == last => literal(first, out),
        // All but some: what `.` and `[^…]` are.
        [('\0', first), .., (last, char::MAX)] if *first < *last => {
            out.push_str("[^");
            for pair in ranges.windows(2) {
                range(after(pair[0].1), before(pair[1].0), out);
            }
            out.push(']');
        }
        ranges => {
            out.push('[');
            for &(first, last) in ranges {
                range(first, last, out);
            }
            out.push(']');
        }
    }
}

fn after(c: char) -> char {
    let next = u32::from(c) + 1;
    char::from_u32(next).unwrap_or('\u{e000}')
}

fn before(c: char) -> char {
    let previous = u32::from(c).saturating_sub(1);
    char::from_u32(previous).unwrap_or('\u{d7ff}')
}

fn range(first: char, last: char, out: &mut String) {
    in_class(first, out);
    if last > first {
        if u32::from(last) > u32::from(first) + 1 {
            out.push('-');
        }
        in_class(last, out);
    }
}

fn in_class(c: char, out: &mut String) {
    if matches!(c, '\\' | ']' | '[' | '^' | '-') {
        out.push('\\');
        out.push(c);
    } else {
        plain(c, out);
    }
}

fn literal(c: char, out: &mut String) {
    if "\\^$.|?*+()[]{}/".contains(c) {
        out.push('\\');
        out.push(c);
    } else {
        plain(c, out);
    }
}

/// A character, by its number where it is none to be seen.
fn plain(c: char, out: &mut String) {
    if c.is_ascii_control() {
        out.push_str(&format!("\\x{:02x}", u32::from(c)));
    } else {
        out.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_mean_the_same() {
        for (pattern, expression) in [
            ("^[a-z]{2,4}$", "^(?:[a-z]){2,4}$"),
            (r"\d+", "(?:[0-9])+"),
            (r"[\d_]", "[0-9_]"),
            (r"\A\w\z", "^[0-9A-Z_a-z]$"),
            ("(?i)ok", "[Oo][Kk\u{212a}]"),
            ("a|b(c)", "(?:a|b(?:c))"),
            ("(?P<x>a)?", "(?:(?:a))?"),
            (".", "[^\\x0a]"),
            (r"a\.b", r"a\.b"),
            ("[^a]", "[^a]"),
            (r"\S", r"[^\x09\x0a\x0c\x0d ]"),
            ("", ""),
        ] {
            let found = portable(pattern).map(|it| it.expression);
            assert_eq!(found.as_deref(), Some(expression), "{pattern}");
        }
    }

    #[test]
    fn what_has_no_portable_form_is_given_up() {
        for pattern in [r"\bword\b", "(?m)^a$", "[a&&b]", "[[a]]", "(", r"\Qa\E"] {
            assert_eq!(portable(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn the_empty_text_is_found_or_not() {
        for (pattern, found) in [
            ("", true),
            ("^$", true),
            ("a*", true),
            ("a", false),
            ("^a+$", false),
        ] {
            let it = portable(pattern).expect("portable");
            assert_eq!(it.matches_nothing, found, "{pattern}");
        }
    }
}
