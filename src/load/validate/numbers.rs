//! Rules of field numbers: that they are in range, and that a message gives each only once.

use super::at::{FieldAt, MessageAt};
use super::report::Report;
use super::{Check, Rule, error};
use crate::diagnostics::codes;
use crate::load::descriptor::MessageProto;
use crate::load::facts::option;
use crate::load::paths::to_u32;
use crate::load::tag;
use crate::wire;

pub(super) static RULES: &[Rule] = &[
    error(&codes::FIELD_NUMBER, Check::Field(in_range)),
    error(&codes::FIELD_NUMBER_TWICE, Check::Message(once)),
];

/// The largest field number (encoding guide: a tag has 29 bits for it).
pub(super) const LARGEST: i32 = (1 << 29) - 1;

/// The numbers that protobuf keeps for itself.
const INTERNAL: std::ops::RangeInclusive<i32> = 19_000..=19_999;

/// Whether a message is a MessageSet, whose extensions have type ids in place of field numbers.
pub(super) fn is_message_set(message: &MessageProto) -> bool {
    wire::last_varint(message.options.bytes(), option::MESSAGE_SET).is_some_and(|set| set != 0)
}

/// The largest number that an extension of this message can have.
pub(super) fn largest_in(message: &MessageProto) -> i32 {
    if is_message_set(message) {
        i32::MAX - 1
    } else {
        LARGEST
    }
}

fn in_range(at: FieldAt<'_>, report: &mut Report<'_>) {
    let number = at.field.number;
    if (1..INTERNAL.start() - 1).contains(&number) {
        return;
    }
    let (problem, note) = if number < 1 {
        ("not positive", "field numbers start at 1".to_owned())
    } else if INTERNAL.contains(&number) {
        (
            "kept for protobuf itself",
            "no field may have a number from 19000 to 19999".to_owned(),
        )
    } else if number > LARGEST {
        let largest = match at.container() {
            Some(container) if at.is_extension() => largest_in(container.message),
            Some(_) | None => LARGEST,
        };
        if number <= largest {
            return;
        }
        (
            "too large",
            format!("the largest field number is {largest}"),
        )
    } else {
        return;
    };
    let free = match at.container() {
        Some(message) if !at.is_extension() => Some(first_free(message.message)),
        Some(_) | None => None,
    };
    report.push(
        report
            .about(
                at.file,
                format!("the number {number} of {} is {problem}", at.title()),
            )
            .at(at.span(tag::field::NUMBER), problem)
            .note(note)
            .help(match free {
                Some(free) => format!("the first free number is {free}"),
                None => "choose a number in a range that the message declares".to_owned(),
            }),
    );
}

/// The smallest number that no field, reservation or extension range of a message takes.
fn first_free(message: &MessageProto) -> i32 {
    let mut taken: Vec<(i32, i32)> = message
        .fields
        .iter()
        .map(|field| (field.number, field.number))
        .chain(
            message
                .reserved_ranges
                .iter()
                .copied()
                .chain(message.extension_ranges.iter().map(|range| range.range))
                .map(|range| (range.start, range.end.saturating_sub(1))),
        )
        .chain([(*INTERNAL.start(), *INTERNAL.end())])
        .collect();
    taken.sort_unstable();
    let mut free = 1;
    for (first, last) in taken {
        if first <= free && free <= last {
            free = last.saturating_add(1);
        }
    }
    free.min(LARGEST)
}

fn once(at: MessageAt<'_>, report: &mut Report<'_>) {
    let fields = &at.message.fields;
    if fields.is_sorted_by(|a, b| a.number < b.number) {
        return;
    }
    let mut pairs = std::mem::take(&mut report.pairs);
    pairs.clear();
    pairs.extend(
        fields
            .iter()
            .enumerate()
            .map(|(position, field)| (field.number as u64, to_u32(position))),
    );
    pairs.sort_unstable();
    let mut first = 0;
    for next in 1..pairs.len() {
        if pairs[first].0 != pairs[next].0 {
            first = next;
            continue;
        }
        let (a, b) = (pairs[first].1 as usize, pairs[next].1 as usize);
        report.push(
            report
                .about(
                    at.file,
                    format!("`{}` uses the number {} twice", at.name(), fields[b].number),
                )
                .at(
                    at.field_span(b, tag::field::NUMBER),
                    format!("used again for `{}`", fields[b].name),
                )
                .and(
                    at.field_span(a, tag::field::NUMBER),
                    format!("first used for `{}`", fields[a].name),
                )
                .help(format!(
                    "the first free number is {}",
                    first_free(at.message)
                )),
        );
    }
    report.pairs = pairs;
}
