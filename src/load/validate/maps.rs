//! Rules of map fields: what a key may be, and that only a map field may use the message that stands for its entries.

use super::at::{FieldAt, Home, MessageAt};
use super::report::Report;
use super::{Check, Rule, error};
use crate::contract::Scalar;
use crate::diagnostics::codes;
use crate::load::descriptor::{FieldProto, Kind, Label, MessageProto, TypeRef};
use crate::load::tag;

pub(super) static RULES: &[Rule] = &[
    error(&codes::MAP_ENTRY, Check::Message(made_by_parser)),
    error(&codes::MAP_ENTRY, Check::Message(well_formed)),
    error(&codes::MAP_ENTRY, Check::Field(used_by_map_only)),
    error(&codes::MAP_KEY, Check::Message(key)),
    error(&codes::MAP_VALUE, Check::Message(value)),
];

/// In source text the option is set by the parser alone. Messages that it makes have no name in the source.
fn made_by_parser(at: MessageAt<'_>, report: &mut Report<'_>) {
    if !at.message.map_entry || !at.file.file.from_source || at.map_field_unnamed() {
        return;
    }
    report.push(
        report
            .about(
                at.file,
                format!("`{}` sets the option `map_entry` itself", at.name()),
            )
            .at(at.option_span("map_entry"), "not allowed")
            .help("write the field as `map<KeyType, ValueType>`: protobuf makes the entry message"),
    );
}

/// Whether a field is what the entry of a map has for its key or value.
fn is_part(field: Option<&FieldProto>, name: &str, number: i32) -> bool {
    field.is_some_and(|field| {
        field.name == name
            && field.number == number
            && field.label == Label::Optional
            && field.oneof_index.is_none()
            && field.default_value.is_none()
    })
}

/// Whether a message has the form of a map entry.
fn is_entry(message: &MessageProto) -> bool {
    message.fields.len() == 2
        && is_part(message.fields.first(), "key", 1)
        && is_part(message.fields.get(1), "value", 2)
        && message.messages.is_empty()
        && message.enums.is_empty()
        && message.extensions.is_empty()
        && message.extension_ranges.is_empty()
        && message.oneofs.is_empty()
}

fn well_formed(at: MessageAt<'_>, report: &mut Report<'_>) {
    if !at.message.map_entry || at.file.file.from_source {
        return;
    }
    let used = at
        .map_field()
        .is_some_and(|(parent, position)| parent.message.fields[position].label == Label::Repeated);
    if !is_entry(at.message) || !used {
        report.push(
            report
                .about(at.file, format!("`{}` is no entry of a map", at.name()))
                .at(at.span(&[tag::message::NAME]), "marked as one")
                .note("an entry has a field `key` with number 1, a field `value` with number 2, nothing else, and one repeated field beside it that uses it")
                .help("make the descriptor set anew with protoc or buf"),
        );
    }
}

fn used_by_map_only(at: FieldAt<'_>, report: &mut Report<'_>) {
    let TypeRef::Message(reference) = at.field.resolved else {
        return;
    };
    let entry = at.file.linked.message(reference);
    if !entry.map_entry {
        return;
    }
    let entry = MessageAt::of(at.file, reference);
    let own = match at.home {
        Home::Message { message, position } => {
            at.file.index == reference.file
                && entry.message.parent == Some(message.index)
                && entry_name_matches(&at.field.name, &entry.message.name)
                && entry
                    .map_field()
                    .is_none_or(|(_, of_map)| of_map == position || !at.file.file.from_source)
        }
        Home::Extension { .. } => false,
    };
    if !own {
        report.push(
            report
                .about(
                    at.file,
                    format!(
                        "{} uses `{}`, the entry of a map, as its type",
                        at.title(),
                        entry.name()
                    ),
                )
                .at(at.type_span(), "not usable as a type")
                .and(
                    entry.map_field().and_then(|(parent, position)| {
                        parent.field_span(position, tag::field::NAME)
                    }),
                    "made for this map field",
                )
                .help("use a map field, or a message of your own"),
        );
    }
}

/// Whether the entry of a map field with this name is called so: the name in PascalCase with `Entry` behind.
fn entry_name_matches(field: &str, entry: &str) -> bool {
    let mut upper = true;
    let pascal = field.bytes().filter_map(|byte| {
        if byte == b'_' {
            upper = true;
            None
        } else if std::mem::take(&mut upper) {
            Some(byte.to_ascii_uppercase())
        } else {
            Some(byte)
        }
    });
    pascal.chain(*b"Entry").eq(entry.bytes())
}

fn key(at: MessageAt<'_>, report: &mut Report<'_>) {
    let Some(key) = at.message.fields.first().filter(|_| at.message.map_entry) else {
        return;
    };
    let kind = match key.kind {
        Some(Kind::Scalar(Scalar::Double | Scalar::Float)) => "a floating-point number",
        Some(Kind::Scalar(Scalar::Bytes)) => "bytes",
        Some(Kind::Scalar(_)) | None => return,
        Some(Kind::Message | Kind::Group) => "a message",
        Some(Kind::Enum) => "an enum",
    };
    let Some((parent, position)) = at.map_field() else {
        return;
    };
    let field = &parent.message.fields[position].name;
    report.push(
        report
            .about(
                at.file,
                format!(
                    "the key of map field `{field}` of `{}` is {kind}",
                    parent.name()
                ),
            )
            .at(
                parent.field_span(position, tag::field::TYPE_NAME),
                "not a key",
            )
            .note("keys are integers, booleans and strings")
            .help(
                "use a key of one of these types, or a repeated message with a field for the key",
            ),
    );
}

fn value(at: MessageAt<'_>, report: &mut Report<'_>) {
    let Some(value) = at.message.fields.get(1).filter(|_| at.message.map_entry) else {
        return;
    };
    let TypeRef::Enum(reference) = value.resolved else {
        return;
    };
    let enumeration = at.file.linked.enumeration(reference);
    if enumeration
        .values
        .first()
        .is_none_or(|first| first.number == 0)
    {
        return;
    }
    let Some((parent, position)) = at.map_field() else {
        return;
    };
    report.push(
        report
            .about(
                at.file,
                format!(
                    "the first value of `{}`, which map field `{}` of `{}` holds, is not zero",
                    at.file.linked.enum_name(reference),
                    parent.message.fields[position].name,
                    parent.name()
                ),
            )
            .at(
                parent.field_span(position, tag::field::TYPE_NAME),
                "used here",
            )
            .and(
                super::at::EnumAt::of(at.file, reference).value_span(0, tag::enum_value::NUMBER),
                format!("this is {}", enumeration.values[0].number),
            )
            .note("an entry without a value reads as zero")
            .help("put a value with the number 0 first in the enum"),
    );
}
