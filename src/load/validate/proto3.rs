//! Rules of proto3 files: what proto2 has and proto3 does not. Some of it the parser sees in source text already;
//! descriptor sets bring it too.

use super::at::{EnumAt, FieldAt, MessageAt};
use super::report::Report;
use super::{Check, Rule, error};
use crate::contract::Edition;
use crate::diagnostics::codes;
use crate::load::descriptor::{Kind, Label, TypeRef};
use crate::load::tag;

pub(super) static RULES: &[Rule] = &[
    error(&codes::CLOSED_ENUM, Check::Field(open_enums)),
    error(&codes::PROTO3, Check::Field(no_proto2_fields)),
    error(&codes::PROTO3, Check::Message(no_extension_ranges)),
    error(&codes::PROTO3, Check::Field(only_options_extended)),
];

fn open_enums(at: FieldAt<'_>, report: &mut Report<'_>) {
    let TypeRef::Enum(reference) = at.field.resolved else {
        return;
    };
    if at.file.file.edition != Edition::Proto3 {
        return;
    }
    let enumeration = at.file.linked.enumeration(reference);
    if enumeration.features.closed_enum {
        report.push(
            report
                .about(
                    at.file,
                    format!(
                        "{} uses the closed enum `{}` in a proto3 file",
                        at.title(),
                        at.file.linked.enum_name(reference)
                    ),
                )
                .at(at.type_span(), "used here")
                .and(
                    EnumAt::of(at.file, reference).span(&[tag::enumeration::NAME]),
                    "closed, as it is defined in a proto2 file",
                )
                .note("proto3 keeps unknown numbers in a field, and a closed enum cannot hold them")
                .help("define the enum in a proto3 file, or use an enum of your own here"),
        );
    }
}

fn no_proto2_fields(at: FieldAt<'_>, report: &mut Report<'_>) {
    if at.file.file.edition != Edition::Proto3 {
        return;
    }
    let (what, part, help) = if at.field.label == Label::Required {
        ("is required", tag::field::LABEL, "remove `required`")
    } else if at.field.kind == Some(Kind::Group) {
        ("is a group", tag::field::TYPE, "use a nested message")
    } else if at.field.default_value.is_some() {
        (
            "has a default",
            tag::field::DEFAULT_VALUE,
            "remove the default: an unset field reads as zero or empty",
        )
    } else {
        return;
    };
    report.push(
        report
            .about(
                at.file,
                format!("{} {what}, which proto3 does not have", at.title()),
            )
            .at(at.span(part), "not in proto3")
            .help(help),
    );
}

fn no_extension_ranges(at: MessageAt<'_>, report: &mut Report<'_>) {
    if at.file.file.edition == Edition::Proto3 && !at.message.extension_ranges.is_empty() {
        report.push(
            report
                .about(
                    at.file,
                    format!(
                        "`{}` has extension ranges, which proto3 does not have",
                        at.name()
                    ),
                )
                .at(
                    at.span(&[tag::message::EXTENSION_RANGE, 0, tag::field::NAME]),
                    "not in proto3",
                )
                .help("remove the ranges, and use `google.protobuf.Any` for what is not known yet"),
        );
    }
}

/// The messages that a proto3 file may extend.
const OPTIONS: [&str; 9] = [
    "EnumOptions",
    "EnumValueOptions",
    "ExtensionRangeOptions",
    "FieldOptions",
    "FileOptions",
    "MessageOptions",
    "MethodOptions",
    "OneofOptions",
    "ServiceOptions",
];

/// Whether a full name is that of an options message.
pub(super) fn is_options(name: &str) -> bool {
    name.strip_prefix("google.protobuf.")
        .is_some_and(|name| OPTIONS.contains(&name))
}

fn only_options_extended(at: FieldAt<'_>, report: &mut Report<'_>) {
    if at.file.file.edition != Edition::Proto3 || !at.is_extension() {
        return;
    }
    let Some(extendee) = at
        .container()
        .filter(|extendee| !is_options(extendee.name()))
    else {
        return;
    };
    report.push(
        report
            .about(
                at.file,
                format!(
                    "{} extends `{}` in a proto3 file",
                    at.title(),
                    extendee.name()
                ),
            )
            .at(at.span(tag::field::EXTENDEE), "not an options message")
            .note("proto3 has extensions for custom options only")
            .help("extend it in a proto2 file, or use `google.protobuf.Any`"),
    );
}
