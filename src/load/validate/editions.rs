//! Rules of editions: what became a feature may not be said the old way, and features fit the element that sets them.
//! Sources in an edition are compiled by protoc or buf, so this guards against sets that neither made.

use super::at::{EnumAt, FieldAt, Home};
use super::report::Report;
use super::{Check, Rule, error};
use crate::contract::Edition;
use crate::diagnostics::codes;
use crate::load::descriptor::{Kind, Label, TypeRef};
use crate::load::features::FieldPresence;
use crate::load::tag;
use crate::wire;

pub(super) static RULES: &[Rule] = &[
    error(&codes::EDITION, Check::Field(said_by_feature)),
    error(&codes::CLOSED_ENUM, Check::Field(implicit_and_closed)),
    error(&codes::EDITION, Check::Field(required_elsewhere)),
];

/// The number of `packed` in `FieldOptions`.
const PACKED: u32 = 2;

/// Whether a file is written in an edition.
pub(super) fn has_features(edition: Edition) -> bool {
    match edition {
        Edition::Proto2 | Edition::Proto3 => false,
        Edition::Edition2023 | Edition::Edition2024 => true,
    }
}

fn said_by_feature(at: FieldAt<'_>, report: &mut Report<'_>) {
    if !has_features(at.file.file.edition) {
        return;
    }
    let (what, feature) = if at.field.label == Label::Required {
        ("the label `required`", "field_presence = LEGACY_REQUIRED")
    } else if at.field.kind == Some(Kind::Group) {
        ("the type of a group", "message_encoding = DELIMITED")
    } else if wire::last_varint(at.field.options.bytes(), PACKED).is_some() {
        ("the option `packed`", "repeated_field_encoding")
    } else {
        return;
    };
    report.push(
        report
            .about(
                at.file,
                format!("{} has {what}, which editions do not have", at.title()),
            )
            .at(at.span(tag::field::NAME), "in a file with an edition")
            .help(format!("use the feature `features.{feature}`")),
    );
}

fn implicit_and_closed(at: FieldAt<'_>, report: &mut Report<'_>) {
    let TypeRef::Enum(reference) = at.field.resolved else {
        return;
    };
    let implicit = at.field.features.field_presence == FieldPresence::Implicit
        && at.field.label != Label::Repeated
        && at.field.oneof_index.is_none()
        && !at.is_extension()
        && !matches!(at.home, Home::Message { message, .. } if message.message.map_entry);
    let closed = at.file.linked.enumeration(reference).features.closed_enum;
    if has_features(at.file.file.edition) && implicit && closed {
        report.push(
            report
                .about(
                    at.file,
                    format!(
                        "{} has implicit presence and the closed enum `{}`",
                        at.title(),
                        at.file.linked.enum_name(reference)
                    ),
                )
                .at(at.type_span(), "used here")
                .and(
                    EnumAt::of(at.file, reference).span(&[tag::enumeration::NAME]),
                    "closed",
                )
                .note("a field without presence reads as zero when it is unset, and a closed enum may have no zero")
                .help("set `features.field_presence = EXPLICIT` on the field"),
        );
    }
}

fn required_elsewhere(at: FieldAt<'_>, report: &mut Report<'_>) {
    let required = at.field.features.field_presence == FieldPresence::LegacyRequired;
    if !has_features(at.file.file.edition) || !required {
        return;
    }
    let where_ = if at.is_extension() {
        "an extension"
    } else if at.field.oneof_index.is_some() {
        "a field of a oneof"
    } else if at.field.label == Label::Repeated {
        "a repeated field"
    } else {
        return;
    };
    report.push(
        report
            .about(at.file, format!("{} is required", at.title()))
            .at(at.span(tag::field::NAME), "here")
            .note(format!("{where_} cannot be required"))
            .help("remove `features.field_presence`"),
    );
}
