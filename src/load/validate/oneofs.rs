//! Rules of oneofs: never empty, fields side by side, and what stands for a proto3 `optional` field is just that.

use super::at::{FieldAt, Home, MessageAt};
use super::report::Report;
use super::{Check, Rule, error};
use crate::contract::Edition;
use crate::diagnostics::codes;
use crate::load::descriptor::{FieldProto, Label};
use crate::load::paths::to_i32;
use crate::load::tag;

pub(super) static RULES: &[Rule] = &[
    error(&codes::ONEOF_EMPTY, Check::Message(has_fields)),
    error(&codes::ONEOF, Check::Field(member)),
    error(&codes::ONEOF, Check::Message(consecutive)),
    error(&codes::PROTO3_OPTIONAL, Check::Message(synthetic)),
];

/// The position of a field's oneof.
fn oneof_of(field: &FieldProto) -> Option<usize> {
    usize::try_from(field.oneof_index?).ok()
}

fn has_fields(at: MessageAt<'_>, report: &mut Report<'_>) {
    if at.message.oneofs.is_empty() {
        return;
    }
    let mut used = vec![false; at.message.oneofs.len()];
    for field in &at.message.fields {
        if let Some(used) = oneof_of(field).and_then(|index| used.get_mut(index)) {
            *used = true;
        }
    }
    for (index, oneof) in at.message.oneofs.iter().enumerate() {
        if !used[index] {
            report.push(
                report
                    .about(
                        at.file,
                        format!("oneof `{}` of `{}` has no field", oneof.name, at.name()),
                    )
                    .at(
                        at.span(&[tag::message::ONEOF_DECL, to_i32(index), tag::oneof::NAME]),
                        "empty",
                    )
                    .help("give it a field, or remove it"),
            );
        }
    }
}

fn member(at: FieldAt<'_>, report: &mut Report<'_>) {
    let Some(index) = at.field.oneof_index else {
        return;
    };
    let known = match at.home {
        Home::Message { message, .. } => message.message.oneofs.len(),
        Home::Extension { .. } => 0,
    };
    let (reason, help) = if at.is_extension() {
        ("is in a oneof", "an extension stands in no oneof")
    } else if usize::try_from(index).is_ok_and(|index| index < known) {
        if at.field.label == Label::Optional {
            return;
        }
        (
            "is in a oneof and has a label",
            "remove the label: a field of a oneof is set or not, once",
        )
    } else {
        (
            "is in a oneof that does not exist",
            "make the descriptor set anew with protoc or buf",
        )
    };
    report.push(
        report
            .about(at.file, format!("{} {reason}", at.title()))
            .at(at.span(tag::field::LABEL), "not allowed")
            .help(help),
    );
}

fn consecutive(at: MessageAt<'_>, report: &mut Report<'_>) {
    if at.file.file.from_source || at.message.oneofs.len() < 2 {
        return;
    }
    let mut last = vec![None; at.message.oneofs.len()];
    for (position, field) in at.message.fields.iter().enumerate() {
        let Some(last) = oneof_of(field).and_then(|index| last.get_mut(index)) else {
            continue;
        };
        if last.is_some_and(|last| last + 1 != position) {
            report.push(
                report
                    .about(
                        at.file,
                        format!(
                            "field `{}` of `{}` stands apart from the other fields of its oneof",
                            field.name,
                            at.name()
                        ),
                    )
                    .at(at.field_span(position, tag::field::NAME), "apart")
                    .help("put the fields of a oneof side by side"),
            );
        }
        *last = Some(position);
    }
}

/// What stands for a proto3 `optional` field must be alone in its oneof. An extension has none.
fn synthetic(at: MessageAt<'_>, report: &mut Report<'_>) {
    let fields = &at.message.fields;
    if at.file.file.from_source || !fields.iter().any(|field| field.proto3_optional) {
        return;
    }
    let mut members = vec![0_usize; at.message.oneofs.len()];
    for field in fields {
        if let Some(count) = oneof_of(field).and_then(|index| members.get_mut(index)) {
            *count += 1;
        }
    }
    for (position, field) in fields.iter().enumerate() {
        let alone = oneof_of(field).and_then(|index| members.get(index)) == Some(&1);
        let proto3 = at.file.file.edition == Edition::Proto3;
        if field.proto3_optional && !(alone && proto3 && field.label == Label::Optional) {
            report.push(
                report
                    .about(
                        at.file,
                        format!(
                            "field `{}` of `{}` is marked as `optional` of proto3 and is not",
                            field.name,
                            at.name()
                        ),
                    )
                    .at(at.field_span(position, tag::field::NAME), "here")
                    .note("such a field is in a proto3 file, not repeated, and alone in a oneof made for it")
                    .help("make the descriptor set anew with protoc or buf"),
            );
        }
    }
}
