//! Rules of reserved names, of messages and of enums. Reserved numbers are in `ranges`.

use hashbrown::HashMap;

use super::at::{EnumAt, FileAt, MessageAt};
use super::names::is_identifier;
use super::report::Report;
use super::{Check, Rule, error, warning};
use crate::diagnostics::codes;
use crate::load::paths::to_i32;
use crate::load::tag;
use crate::source::Span;

pub(super) static RULES: &[Rule] = &[
    error(&codes::RESERVED_NAME_USED, Check::Message(used_by_field)),
    error(&codes::RESERVED_NAME_USED, Check::Enum(used_by_value)),
    error(&codes::RESERVED_TWICE, Check::Message(twice_in_message)),
    error(&codes::RESERVED_TWICE, Check::Enum(twice_in_enum)),
    warning(&codes::RESERVED_NAME, Check::Message(unusable_in_message)),
    warning(&codes::RESERVED_NAME, Check::Enum(unusable_in_enum)),
];

/// The first position of each name.
fn positions(names: &[String]) -> HashMap<&str, usize> {
    let mut positions = HashMap::with_capacity(names.len());
    for (position, name) in names.iter().enumerate() {
        positions.entry(name.as_str()).or_insert(position);
    }
    positions
}

fn reserved_in_message(at: MessageAt<'_>, position: usize) -> Option<Span> {
    at.span(&[tag::message::RESERVED_NAME, to_i32(position)])
}

fn reserved_in_enum(at: EnumAt<'_>, position: usize) -> Option<Span> {
    at.span(&[tag::enumeration::RESERVED_NAME, to_i32(position)])
}

fn used_by_field(at: MessageAt<'_>, report: &mut Report<'_>) {
    if at.message.reserved_names.is_empty() {
        return;
    }
    let reserved = positions(&at.message.reserved_names);
    for (index, field) in at.message.fields.iter().enumerate() {
        let Some(&position) = reserved.get(field.name.as_str()) else {
            continue;
        };
        report.push(
            report
                .about(
                    at.file,
                    format!("field `{}` has a name that `{}` reserves", field.name, at.name()),
                )
                .at(at.field_span(index, tag::field::NAME), "used here")
                .and(reserved_in_message(at, position), "reserved here")
                .note("a name is reserved because old JSON or source code may still mean something else by it")
                .help("choose another name for the field"),
        );
    }
}

fn used_by_value(at: EnumAt<'_>, report: &mut Report<'_>) {
    if at.enumeration.reserved_names.is_empty() {
        return;
    }
    let reserved = positions(&at.enumeration.reserved_names);
    for (index, value) in at.enumeration.values.iter().enumerate() {
        let Some(&position) = reserved.get(value.name.as_str()) else {
            continue;
        };
        report.push(
            report
                .about(
                    at.file,
                    format!("enum value `{}` has a name that `{}` reserves", value.name, at.name()),
                )
                .at(at.value_span(index, tag::enum_value::NAME), "used here")
                .and(reserved_in_enum(at, position), "reserved here")
                .note("a name is reserved because old JSON or source code may still mean something else by it")
                .help("choose another name for the value"),
        );
    }
}

fn twice(
    file: FileAt<'_>,
    owner: &str,
    names: &[String],
    span: impl Fn(usize) -> Option<Span>,
    report: &mut Report<'_>,
) {
    if names.len() < 2 {
        return;
    }
    let reserved = positions(names);
    for (position, name) in names.iter().enumerate() {
        let first = reserved.get(name.as_str()).copied().unwrap_or(position);
        if first < position {
            report.push(
                report
                    .about(
                        file,
                        format!(
                            "`{owner}` reserves the name `{}` twice",
                            name.escape_debug()
                        ),
                    )
                    .at(span(position), "reserved again")
                    .and(span(first), "first reserved here")
                    .help("remove one of the two"),
            );
        }
    }
}

fn twice_in_message(at: MessageAt<'_>, report: &mut Report<'_>) {
    let span = |position| reserved_in_message(at, position);
    twice(at.file, at.name(), &at.message.reserved_names, span, report);
}

fn twice_in_enum(at: EnumAt<'_>, report: &mut Report<'_>) {
    let span = |position| reserved_in_enum(at, position);
    twice(
        at.file,
        at.name(),
        &at.enumeration.reserved_names,
        span,
        report,
    );
}

fn unusable(
    file: FileAt<'_>,
    names: &[String],
    span: impl Fn(usize) -> Option<Span>,
    report: &mut Report<'_>,
) {
    for (position, name) in names.iter().enumerate() {
        if !is_identifier(name) {
            report.push(
                report
                    .about(
                        file,
                        format!(
                            "the reserved name `{}` is no identifier",
                            name.escape_debug()
                        ),
                    )
                    .at(span(position), "nothing can have this name")
                    .help("write one name in each pair of quotes, and numbers without quotes"),
            );
        }
    }
}

fn unusable_in_message(at: MessageAt<'_>, report: &mut Report<'_>) {
    let span = |position| reserved_in_message(at, position);
    unusable(at.file, &at.message.reserved_names, span, report);
}

fn unusable_in_enum(at: EnumAt<'_>, report: &mut Report<'_>) {
    let span = |position| reserved_in_enum(at, position);
    unusable(at.file, &at.enumeration.reserved_names, span, report);
}
