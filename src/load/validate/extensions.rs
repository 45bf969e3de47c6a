//! Rules of extensions: the message must leave their number free for them, each number is used once, and none is
//! required.

use super::at::{FieldAt, FileAt, Load};
use super::numbers::LARGEST;
use super::report::Report;
use super::walk::Extensions;
use super::{Check, Rule, error, warning};
use crate::diagnostics::codes;
use crate::load::descriptor::Label;
use crate::load::tag;
use crate::wire;

pub(super) static RULES: &[Rule] = &[
    error(&codes::EXTENSION_NUMBER, Check::Field(declared)),
    error(&codes::EXTENSION_NUMBER_TWICE, Check::Load(once_in_file)),
    warning(&codes::EXTENSION_NUMBER_TWICE, Check::Load(once_in_load)),
    error(&codes::EXTENSION, Check::Field(not_required)),
    error(&codes::LITE, Check::Field(lite)),
];

fn declared(at: FieldAt<'_>, report: &mut Report<'_>) {
    let Some(extendee) = at.container().filter(|_| at.is_extension()) else {
        return;
    };
    let number = at.field.number;
    let ranges = &extendee.message.extension_ranges;
    if number < 1
        || ranges
            .iter()
            .any(|range| range.range.start <= number && number < range.range.end)
    {
        return;
    }
    let own: Vec<String> = ranges
        .iter()
        .take(3)
        .map(
            |range| match (range.range.start, range.range.end.saturating_sub(1)) {
                (start, last) if start == last => format!("{start}"),
                (start, last) if last >= LARGEST => format!("{start} to max"),
                (start, last) => format!("{start} to {last}"),
            },
        )
        .collect();
    let diagnostic = report
        .about(
            at.file,
            format!(
                "`{}` does not leave the number {number} to extensions",
                extendee.name()
            ),
        )
        .at(at.span(tag::field::NUMBER), "used here")
        .and(extendee.span(&[tag::message::NAME]), "the message");
    report.push(if own.is_empty() {
        diagnostic.help(format!(
            "give the message an extension range, such as `extensions {number};`, or make this a field of it"
        ))
    } else {
        diagnostic.help(format!("choose a number in its ranges: {}", own.join(", ")))
    });
}

/// Calls `tell` with the first and each later extension of a message that have one number.
fn twice<'a>(load: Load<'a>, mut tell: impl FnMut(FieldAt<'a>, FieldAt<'a>)) {
    let extensions = Extensions::of(load.linked);
    let sorted = extensions.sorted();
    let mut first = 0;
    for next in 1..sorted.len() {
        let (a, b) = (&sorted[first], &sorted[next]);
        if (a.extendee, a.number) != (b.extendee, b.number) {
            first = next;
            continue;
        }
        tell(
            FieldAt::extension(load.file(a.file), a.index),
            FieldAt::extension(load.file(b.file), b.index),
        );
    }
}

fn once_in_file(load: Load<'_>, report: &mut Report<'_>) {
    twice(load, |first, again| {
        if first.file.index == again.file.index {
            tell_twice(first, again, report);
        }
    });
}

/// Across files protobuf only warns, as nobody owns both; a program that has both cannot read either.
fn once_in_load(load: Load<'_>, report: &mut Report<'_>) {
    twice(load, |first, again| {
        if first.file.index != again.file.index {
            tell_twice(first, again, report);
        }
    });
}

fn tell_twice(first: FieldAt<'_>, again: FieldAt<'_>, report: &mut Report<'_>) {
    let extendee = again.container().map_or("", |extendee| extendee.name());
    let diagnostic = report
        .about(
            again.file,
            format!(
                "two extensions of `{extendee}` have the number {}",
                again.field.number
            ),
        )
        .at(
            again.span(tag::field::NUMBER),
            format!("used again for `{}`", again.full_name()),
        )
        .and(
            first.span(tag::field::NUMBER),
            format!("first used for `{}`", first.full_name()),
        );
    report.push(
        if first.file.index == again.file.index {
            diagnostic
        } else {
            diagnostic.note(format!(
                "`{}` is defined in `{}`",
                first.full_name(),
                first.file.proto().path
            ))
        }
        .help("choose another number for one of them"),
    );
}

fn not_required(at: FieldAt<'_>, report: &mut Report<'_>) {
    if !at.is_extension() || at.field.label != Label::Required {
        return;
    }
    report.push(
        report
            .about(at.file, format!("{} is required", at.title()))
            .at(at.span(tag::field::LABEL), "not allowed")
            .note("a program that does not know the extension could never write the message")
            .help("make it `optional`"),
    );
}

/// The number of `optimize_for` in `FileOptions`, and its value `LITE_RUNTIME`.
const OPTIMIZE_FOR: u32 = 9;
const LITE_RUNTIME: u64 = 3;

/// Whether a file asks for code without descriptors.
pub(super) fn is_lite(file: FileAt<'_>) -> bool {
    let options = file.proto().options.bytes();
    wire::last_varint(options, OPTIMIZE_FOR) == Some(LITE_RUNTIME)
}

fn lite(at: FieldAt<'_>, report: &mut Report<'_>) {
    let Some(extendee) = at.container().filter(|_| at.is_extension()) else {
        return;
    };
    if !is_lite(at.file) || is_lite(extendee.file) {
        return;
    }
    report.push(
        report
            .about(
                at.file,
                format!(
                    "{} is in a lite file and extends `{}`, which is not",
                    at.title(),
                    extendee.name()
                ),
            )
            .at(at.span(tag::field::EXTENDEE), "not in a lite file")
            .note("code without descriptors cannot serve a message that has them")
            .help("remove `optimize_for = LITE_RUNTIME` from this file"),
    );
}
