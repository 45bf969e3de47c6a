//! Numbers and names written into `reserved` statements: those that are there are extended, new ones stand where they
//! take nobody's comment.

use std::ops::Range;

use super::Edit;
use super::text::{self, Body, Token};
use super::wish::{Holder, Reserve};
use crate::contract::{Contract, Edition, NumberRange};
use crate::source::Sources;

/// The edits that reserve what is wished for; `None` if there is no text to write into.
pub(super) fn edits(
    holder: Holder,
    wish: &Reserve,
    contract: &Contract,
    sources: &Sources,
) -> Option<Vec<Edit>> {
    let span = holder.span(contract)?;
    let name = sources.byte_range(span)?.start;
    let source = sources.get(span.source).text()?;
    let edition = contract.file(holder.file(contract)).edition;
    into_text(source, name, wish, edition)
}

/// The edits of a text in which the name of the declaration stands at an offset.
pub(super) fn into_text(
    source: &str,
    name: usize,
    wish: &Reserve,
    edition: Edition,
) -> Option<Vec<Edit>> {
    let body = Body::find(source, name)?;
    let reserved: Vec<&[Token<'_>]> = (body.statements.iter())
        .filter(|it| it.first().is_some_and(|first| first.text == "reserved"))
        .map(Vec::as_slice)
        .collect();
    let (numbers, names): (Vec<&[Token<'_>]>, Vec<&[Token<'_>]>) =
        reserved.iter().copied().partition(|it| is_of_numbers(it));
    let mut edits = Vec::new();
    let mut lines = Vec::new();
    let left = extend(source, &numbers, wish, &mut edits);
    if !left.is_empty() {
        let left: Vec<String> = left.iter().map(|it| text::range(*it, wish.max)).collect();
        lines.push(format!("reserved {};", left.join(", ")));
    }
    let words: Vec<String> = wish
        .names
        .iter()
        .map(|it| text::name(it, edition))
        .collect();
    if !words.is_empty() {
        match names
            .last()
            .and_then(|it| it.len().checked_sub(2).and_then(|at| it.get(at)))
        {
            Some(last) => edits.push(insert(last.at.end, format!(", {}", words.join(", ")))),
            None => lines.push(format!("reserved {};", words.join(", "))),
        }
    }
    if !lines.is_empty() {
        let place = match reserved.last().and_then(|it| it.last()) {
            Some(end) => after(source, end.at.end, &lines),
            None => within(source, &body, &lines),
        };
        edits.push(place);
    }
    Some(edits)
}

fn insert(at: usize, text: String) -> Edit {
    Edit { at: at..at, text }
}

fn is_of_numbers(statement: &[Token<'_>]) -> bool {
    let is_digit =
        |it: &Token<'_>| it.text == "-" || it.text.starts_with(|c: char| c.is_ascii_digit());
    statement.get(1).is_some_and(is_digit)
}

/// A range in a statement.
struct Item {
    range: NumberRange,
    at: Range<usize>,
    changed: bool,
}

/// Writes ranges into the statements of numbers; what is left where there is none.
fn extend(
    source: &str,
    statements: &[&[Token<'_>]],
    wish: &Reserve,
    edits: &mut Vec<Edit>,
) -> Vec<NumberRange> {
    let mut items: Vec<Vec<Item>> = statements.iter().map(|it| parse(it, wish.max)).collect();
    if items.last().is_none_or(Vec::is_empty) {
        return wish.ranges.clone();
    }
    let mut left = Vec::new();
    for range in &wish.ranges {
        let is_plain = |item: &&mut Item| {
            source
                .get(item.at.clone())
                .is_some_and(|it| !it.contains('/'))
        };
        let mut all = items.iter_mut().flatten().filter(is_plain);
        let beside = all.find(|item| {
            item.range.last.checked_add(1) == Some(range.first)
                || range.last.checked_add(1) == Some(item.range.first)
        });
        match beside {
            Some(item) => {
                item.range.first = item.range.first.min(range.first);
                item.range.last = item.range.last.max(range.last);
                item.changed = true;
            }
            None => left.push(*range),
        }
    }
    for item in items.iter().flatten().filter(|it| it.changed) {
        edits.push(Edit {
            at: item.at.clone(),
            text: text::range(item.range, wish.max),
        });
    }
    let Some(last) = items.last() else {
        return left;
    };
    let is_sorted = last.is_sorted_by_key(|it| it.range.first);
    for range in left {
        let number = text::range(range, wish.max);
        let before = match is_sorted {
            true => last.iter().rev().find(|it| it.range.first < range.first),
            false => last.last(),
        };
        match (before, last.first()) {
            (Some(item), _) => edits.push(insert(item.at.end, format!(", {number}"))),
            (None, Some(first)) => edits.push(insert(first.at.start, format!("{number}, "))),
            (None, None) => {}
        }
    }
    Vec::new()
}

/// The ranges of a statement of numbers.
fn parse(statement: &[Token<'_>], max: i32) -> Vec<Item> {
    let list = statement
        .get(1..statement.len().saturating_sub(1))
        .unwrap_or_default();
    let items = list.split(|token| token.text == ",").filter_map(|tokens| {
        let at = tokens.first()?.at.start..tokens.last()?.at.end;
        let mut ends = tokens.split(|token| token.text == "to");
        let first = number(ends.next()?, max)?;
        let last = match ends.next() {
            Some(last) => number(last, max)?,
            None => first,
        };
        Some(Item {
            range: NumberRange { first, last },
            at,
            changed: false,
        })
    });
    items.collect()
}

fn number(tokens: &[Token<'_>], max: i32) -> Option<i32> {
    let (sign, digits) = match tokens {
        [minus, digits] if minus.text == "-" => (-1, digits.text),
        [digits] if digits.text == "max" => return Some(max),
        [digits] => (1, digits.text),
        _ => return None,
    };
    let lower = digits.to_ascii_lowercase();
    let value = match (lower.strip_prefix("0x"), lower.strip_prefix('0')) {
        (Some(hex), _) => i64::from_str_radix(hex, 16),
        (None, Some(octal)) if !octal.is_empty() => i64::from_str_radix(octal, 8),
        (None, _) => lower.parse(),
    };
    i32::try_from(sign * value.ok()?).ok()
}

/// Statements after one that ends at an offset.
fn after(source: &str, end: usize, lines: &[String]) -> Edit {
    let line_end = text::line_end(source, end);
    let rest = source.get(end..line_end).unwrap_or_default().trim_start();
    match rest.is_empty() || rest.starts_with("//") {
        true => {
            let indent = text::indentation(source, end);
            let newline = text::newline(source);
            let lines: String = lines
                .iter()
                .map(|it| format!("{newline}{indent}{it}"))
                .collect();
            insert(line_end, lines)
        }
        false => insert(end, lines.iter().map(|it| format!(" {it}")).collect()),
    }
}

/// Statements in a body that has none of their kind: first, or last where a comment after the brace would change its
/// owner.
fn within(source: &str, body: &Body<'_>, lines: &[String]) -> Edit {
    let newline = text::newline(source);
    let first = body
        .statements
        .first()
        .and_then(|it| it.first())
        .map(|it| it.at.start);
    let start = body.open + 1;
    let gap = source
        .get(start..first.unwrap_or(body.close))
        .unwrap_or_default();
    let inside = source.get(start..body.close).unwrap_or_default();
    let outer = text::indentation(source, body.open);
    let indent = match first.filter(|at| text::begins_line(source, *at)) {
        Some(at) => text::indentation(source, at).to_owned(),
        None => format!("{outer}  "),
    };
    let own_lines: String = lines
        .iter()
        .map(|it| format!("{newline}{indent}{it}"))
        .collect();
    if inside.trim().is_empty() {
        return Edit {
            at: start..body.close,
            text: format!("{own_lines}{newline}{outer}"),
        };
    }
    if !inside.contains('\n') {
        let space = if inside.starts_with(' ') { "" } else { " " };
        return insert(
            start,
            lines.iter().map(|it| format!(" {it}")).collect::<String>() + space,
        );
    }
    let has_comment = gap.contains('/');
    // A comment that is on the brace's line, or that a blank line follows, is the message's.
    let trimmed = gap.trim_start();
    let own_line = gap.len() > trimmed.len() && gap[..gap.len() - trimmed.len()].contains('\n');
    // The last piece is what indents the statement.
    let inner = trimmed.rsplit_once('\n').map_or("", |(inner, _)| inner);
    let blank = inner.split('\n').any(|line| line.trim().is_empty());
    match (has_comment, first) {
        (false, Some(_)) => insert(start, own_lines),
        (true, Some(_)) if own_line && !blank => insert(start, format!("{own_lines}{newline}")),
        (_, _) => last(source, body, lines, &indent),
    }
}

/// Statements at the end of a body.
fn last(source: &str, body: &Body<'_>, lines: &[String], indent: &str) -> Edit {
    let newline = text::newline(source);
    if !text::begins_line(source, body.close) {
        let lines: String = lines.iter().map(|it| format!(" {it}")).collect();
        return insert(body.close, format!("{lines} "));
    }
    let at = body.close - text::indentation(source, body.close).len();
    let end = body
        .statements
        .last()
        .and_then(|it| it.last())
        .map_or(body.open + 1, |it| it.at.end);
    let line_end = text::line_end(source, end);
    let tail = source.get(line_end..at).unwrap_or_default();
    // A comment above would be taken for one of the reservation.
    let gap = if tail.contains('/') { newline } else { "" };
    let lines: String = lines
        .iter()
        .map(|it| format!("{indent}{it}{newline}"))
        .collect();
    insert(at, format!("{gap}{lines}"))
}

#[cfg(test)]
mod tests {
    use super::super::apply;
    use super::*;

    /// Sources in an edition are not read yet; what is written into them is known.
    #[test]
    fn names_are_written_as_the_syntax_wants() {
        let wish = Reserve {
            names: vec!["b".to_owned(), "c".to_owned()],
            max: 536_870_911,
            ..Reserve::default()
        };
        let written = |source: &str, edition| {
            let edits = into_text(source, source.find('M').unwrap(), &wish, edition).unwrap();
            apply(source, &edits)
        };
        let plain = "message M {\n  string a = 1;\n}\n";
        assert_eq!(
            written(plain, Edition::Proto3),
            "message M {\n  reserved \"b\", \"c\";\n  string a = 1;\n}\n"
        );
        assert_eq!(
            written(plain, Edition::Edition2023),
            "message M {\n  reserved b, c;\n  string a = 1;\n}\n"
        );
        assert_eq!(
            written(
                "message M { reserved 2; reserved a; }",
                Edition::Edition2024
            ),
            "message M { reserved 2; reserved a, b, c; }"
        );
    }

    #[test]
    fn numbers_are_read_in_every_form() {
        let source = "reserved -5, 0x10 to 017, 20 to max;";
        let tokens: Vec<Token<'_>> = super::super::text::tokens(source, 0).collect();
        let items = parse(&tokens, 99);
        let ranges: Vec<(i32, i32)> = items
            .iter()
            .map(|it| (it.range.first, it.range.last))
            .collect();
        assert_eq!(ranges, [(-5, -5), (16, 15), (20, 99)]);
    }
}
