//! Rules of number ranges: reserved ones of messages and enums, and extension ranges. A range must be in order, lie
//! within bounds, overlap no other, and hold no field or value.

use super::at::{EnumAt, FileAt, MessageAt};
use super::numbers::largest_in;
use super::report::Report;
use super::{Check, Rule, error};
use crate::diagnostics::codes;
use crate::load::paths::to_i32;
use crate::load::tag;
use crate::source::Span;

pub(super) static RULES: &[Rule] = &[
    error(&codes::RANGE, Check::Message(in_order_in_message)),
    error(&codes::RANGE, Check::Enum(in_order_in_enum)),
    error(&codes::RANGES_OVERLAP, Check::Message(apart_in_message)),
    error(&codes::RANGES_OVERLAP, Check::Enum(apart_in_enum)),
    error(&codes::RESERVED_NUMBER_USED, Check::Message(hold_no_field)),
    error(&codes::RESERVED_NUMBER_USED, Check::Enum(hold_no_value)),
];

/// A range with both ends included, and where it stands among those of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Range {
    first: i64,
    last: i64,
    kind: Kind,
    position: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Reserved,
    Extensions,
}

impl Kind {
    fn noun(self) -> &'static str {
        match self {
            Self::Reserved => "reserved range",
            Self::Extensions => "extension range",
        }
    }
}

impl std::fmt::Display for Range {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.first == self.last {
            write!(f, "`{}`", self.first)
        } else {
            write!(f, "`{} to {}`", self.first, self.last)
        }
    }
}

/// Both kinds of ranges of a message, as they stand.
fn of_message(at: MessageAt<'_>) -> impl Iterator<Item = Range> {
    let reserved = at.message.reserved_ranges.iter().enumerate();
    let extensions = at.message.extension_ranges.iter().enumerate();
    reserved
        .map(|(position, range)| (Kind::Reserved, position, *range))
        .chain(extensions.map(|(position, range)| (Kind::Extensions, position, range.range)))
        .map(|(kind, position, range)| Range {
            first: i64::from(range.start),
            last: i64::from(range.end) - 1,
            kind,
            position,
        })
}

fn of_enum(at: EnumAt<'_>) -> impl Iterator<Item = Range> {
    let ranges = at.enumeration.reserved_ranges.iter().enumerate();
    ranges.map(|(position, range)| Range {
        first: i64::from(range.start),
        last: i64::from(range.end),
        kind: Kind::Reserved,
        position,
    })
}

fn span_in_message(at: MessageAt<'_>, range: Range) -> Option<Span> {
    let list = match range.kind {
        Kind::Reserved => tag::message::RESERVED_RANGE,
        Kind::Extensions => tag::message::EXTENSION_RANGE,
    };
    at.span(&[list, to_i32(range.position), tag::range::START])
}

fn span_in_enum(at: EnumAt<'_>, range: Range) -> Option<Span> {
    at.span(&[
        tag::enumeration::RESERVED_RANGE,
        to_i32(range.position),
        tag::range::START,
    ])
}

fn in_order_in_message(at: MessageAt<'_>, report: &mut Report<'_>) {
    for range in of_message(at) {
        let span = || span_in_message(at, range);
        if range.first < 1 {
            report.push(
                report
                    .about(
                        at.file,
                        format!(
                            "the {} {range} of `{}` is not positive",
                            range.kind.noun(),
                            at.name()
                        ),
                    )
                    .at(span(), "not positive")
                    .help("start the range at 1 or later"),
            );
        } else if range.first > range.last {
            report.push(reversed(at.file, at.name(), range, span(), report));
        } else if range.kind == Kind::Extensions && range.last > i64::from(largest_in(at.message)) {
            report.push(
                report
                    .about(
                        at.file,
                        format!(
                            "the extension range {range} of `{}` reaches too far",
                            at.name()
                        ),
                    )
                    .at(span(), "too large")
                    .note(format!(
                        "the largest number of an extension is {}",
                        largest_in(at.message)
                    ))
                    .help("write `max` for the end of the range"),
            );
        }
    }
}

fn in_order_in_enum(at: EnumAt<'_>, report: &mut Report<'_>) {
    for range in of_enum(at) {
        if range.first > range.last {
            let span = span_in_enum(at, range);
            report.push(reversed(at.file, at.name(), range, span, report));
        }
    }
}

fn reversed(
    file: FileAt<'_>,
    owner: &str,
    range: Range,
    span: Option<Span>,
    report: &Report<'_>,
) -> crate::diagnostics::Diagnostic {
    report
        .about(
            file,
            format!(
                "the {} {range} of `{owner}` ends before it starts",
                range.kind.noun()
            ),
        )
        .at(span, "reversed")
        .help(format!("write `{} to {}`", range.last, range.first))
}

/// Tells each range that starts within one that starts earlier.
fn apart(
    file: FileAt<'_>,
    owner: &str,
    ranges: impl Iterator<Item = Range>,
    span: impl Fn(Range) -> Option<Span>,
    report: &mut Report<'_>,
) {
    let mut sorted: Vec<Range> = ranges.filter(|range| range.first <= range.last).collect();
    sorted.sort_unstable();
    let mut widest: Option<Range> = None;
    for range in sorted {
        if let Some(before) = widest.filter(|before| range.first <= before.last) {
            // The later one in the source is at fault; of two kinds, the extension range, as it grants numbers.
            let order = |range: Range| (range.kind, range.position);
            let (first, second) = if order(before) < order(range) {
                (before, range)
            } else {
                (range, before)
            };
            report.push(
                report
                    .about(
                        file,
                        format!(
                            "the {} {second} of `{owner}` overlaps the {} {first}",
                            second.kind.noun(),
                            first.kind.noun()
                        ),
                    )
                    .at(span(second), "overlaps")
                    .and(span(first), "this one")
                    .help(match (first.kind, second.kind) {
                        (Kind::Reserved, Kind::Extensions) => {
                            "a number is either reserved or free for extensions: narrow one of the two"
                        }
                        (Kind::Reserved | Kind::Extensions, Kind::Reserved)
                        | (Kind::Extensions, Kind::Extensions) => "merge the two, or narrow one of them",
                    }),
            );
        }
        if widest.is_none_or(|before| range.last > before.last) {
            widest = Some(range);
        }
    }
}

fn apart_in_message(at: MessageAt<'_>, report: &mut Report<'_>) {
    if at.message.reserved_ranges.len() + at.message.extension_ranges.len() > 1 {
        let span = |range| span_in_message(at, range);
        apart(at.file, at.name(), of_message(at), span, report);
    }
}

fn apart_in_enum(at: EnumAt<'_>, report: &mut Report<'_>) {
    if at.enumeration.reserved_ranges.len() > 1 {
        let span = |range| span_in_enum(at, range);
        apart(at.file, at.name(), of_enum(at), span, report);
    }
}

/// The last of the sorted ranges that starts at or before a number, if it reaches it.
fn holding(sorted: &[Range], number: i32) -> Option<Range> {
    let number = i64::from(number);
    let after = sorted.partition_point(|range| range.first <= number);
    let range = *sorted.get(after.checked_sub(1)?)?;
    (number <= range.last).then_some(range)
}

fn hold_no_field(at: MessageAt<'_>, report: &mut Report<'_>) {
    if at.message.reserved_ranges.is_empty() && at.message.extension_ranges.is_empty() {
        return;
    }
    let mut sorted: Vec<Range> = of_message(at).collect();
    sorted.sort_unstable();
    for (position, field) in at.message.fields.iter().enumerate() {
        let Some(range) = holding(&sorted, field.number) else {
            continue;
        };
        let (verb, label, help) = match range.kind {
            Kind::Reserved => (
                "reserves",
                "reserved here",
                "choose another number: old data may still use the reserved one",
            ),
            Kind::Extensions => (
                "leaves to extensions",
                "left to extensions here",
                "choose a number outside the range",
            ),
        };
        report.push(
            report
                .about(
                    at.file,
                    format!(
                        "field `{}` has the number {}, which `{}` {verb}",
                        field.name,
                        field.number,
                        at.name()
                    ),
                )
                .at(at.field_span(position, tag::field::NUMBER), "used here")
                .and(span_in_message(at, range), label)
                .help(help),
        );
    }
}

fn hold_no_value(at: EnumAt<'_>, report: &mut Report<'_>) {
    if at.enumeration.reserved_ranges.is_empty() {
        return;
    }
    let mut sorted: Vec<Range> = of_enum(at).collect();
    sorted.sort_unstable();
    for (position, value) in at.enumeration.values.iter().enumerate() {
        let Some(range) = holding(&sorted, value.number) else {
            continue;
        };
        report.push(
            report
                .about(
                    at.file,
                    format!(
                        "enum value `{}` has the number {}, which `{}` reserves",
                        value.name,
                        value.number,
                        at.name()
                    ),
                )
                .at(
                    at.value_span(position, tag::enum_value::NUMBER),
                    "used here",
                )
                .and(span_in_enum(at, range), "reserved here")
                .help("choose another number: old data may still use the reserved one"),
        );
    }
}
