//! From the bytes of a `FileDescriptorSet` to descriptors. Unknown fields are passed over, options stay bytes, and
//! input that is no descriptor set is told with its offset. Decides nothing about meaning.

use super::convert::kind_of_number;
use super::descriptor::{
    EnumProto, EnumValueProto, ExtensionProto, ExtensionRangeProto, FieldProto, FileProto, Label,
    MessageProto, MethodProto, OneofProto, OptionsProto, RangeProto, ServiceProto,
};
use super::locations::{Comments, Locations};
use super::paths::to_u32;
use crate::wire::{Reader, Value, WireError};

/// How deep messages may nest in a descriptor set (protobuf's own readers stop at 100 levels of any message).
const MAX_DEPTH: u32 = 100;

/// A `FileDescriptorProto`.
pub(crate) fn file(reader: Reader<'_>) -> Result<FileProto, WireError> {
    parts(reader, true)
}

/// A `FileDescriptorProto` without its source information.
pub(crate) fn bare_file(reader: Reader<'_>) -> Result<FileProto, WireError> {
    parts(reader, false)
}

fn parts(mut reader: Reader<'_>, located: bool) -> Result<FileProto, WireError> {
    let mut file = FileProto::default();
    while let Some((number, value)) = reader.next()? {
        match (number, value) {
            (1, Value::Bytes(inner)) => file.path = string(inner)?,
            (2, Value::Bytes(inner)) => file.package = string(inner)?,
            (3, Value::Bytes(inner)) => file.dependency.push(string(inner)?),
            (4, Value::Bytes(inner)) => {
                let position = file.top_messages.len();
                let index = message(&mut file, inner, None, position, 0)?;
                file.top_messages.push(index);
            }
            (5, Value::Bytes(inner)) => {
                let position = file.top_enums.len();
                let index = enumeration(&mut file, inner, None, position)?;
                file.top_enums.push(index);
            }
            (6, Value::Bytes(inner)) => file.services.push(service(inner)?),
            (7, Value::Bytes(inner)) => {
                let position = file.top_extensions.len();
                let index = extension(&mut file, inner, None, position)?;
                file.top_extensions.push(index);
            }
            (8, Value::Bytes(inner)) => options(&mut file.options, inner),
            (9, Value::Bytes(inner)) if located => locations(&mut file.locations, inner)?,
            (10, value) => integers(&mut file.public_dependency, value)?,
            (11, value) => integers(&mut file.weak_dependency, value)?,
            (12, Value::Bytes(inner)) => file.syntax = string(inner)?,
            (14, Value::Varint(edition)) => file.edition = Some(edition as i32),
            (15, Value::Bytes(inner)) => file.option_dependency.push(string(inner)?),
            _ => {}
        }
    }
    Ok(file)
}

/// Text; the offset of a byte that is no UTF-8 is told.
fn string(reader: Reader<'_>) -> Result<String, WireError> {
    match std::str::from_utf8(reader.rest()) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => Err(WireError {
            offset: reader.offset() + error.valid_up_to(),
            problem: "a name or comment is not UTF-8",
        }),
    }
}

/// Options of an element. If they come in parts, the parts are one message (wire format, "last one wins" merging).
fn options(options: &mut OptionsProto, reader: Reader<'_>) {
    options.bytes_mut().extend_from_slice(reader.rest());
}

/// One or, packed, several values of an `int32` field.
fn integers(out: &mut Vec<i32>, value: Value<'_>) -> Result<(), WireError> {
    match value {
        Value::Varint(value) => out.push(value as i32),
        Value::Bytes(mut packed) => {
            while !packed.rest().is_empty() {
                out.push(packed.varint()? as i32);
            }
        }
        Value::Fixed32(_) | Value::Fixed64(_) | Value::Group(_) => {}
    }
    Ok(())
}

fn locations(out: &mut Locations, mut reader: Reader<'_>) -> Result<(), WireError> {
    let (mut path, mut span) = (Vec::new(), Vec::new());
    while let Some((number, value)) = reader.next()? {
        let (1, Value::Bytes(mut inner)) = (number, value) else {
            continue;
        };
        path.clear();
        span.clear();
        let mut comments = Comments::default();
        while let Some((number, value)) = inner.next()? {
            match (number, value) {
                (1, value) => integers(&mut path, value)?,
                (2, value) => integers(&mut span, value)?,
                (3, Value::Bytes(text)) => comments.leading = Some(string(text)?),
                (4, Value::Bytes(text)) => comments.trailing = Some(string(text)?),
                (6, Value::Bytes(text)) => {
                    comments.detached.push(string(text)?);
                }
                _ => {}
            }
        }
        out.push(&path, &span, comments);
    }
    Ok(())
}

fn message(
    file: &mut FileProto,
    mut reader: Reader<'_>,
    parent: Option<u32>,
    position: usize,
    depth: u32,
) -> Result<u32, WireError> {
    if depth == MAX_DEPTH {
        return Err(reader.error("messages nest deeper than 100 levels"));
    }
    let index = to_u32(file.messages.len());
    file.messages.push(MessageProto::default());
    let mut message = MessageProto {
        parent,
        position: to_u32(position),
        ..MessageProto::default()
    };
    while let Some((number, value)) = reader.next()? {
        match (number, value) {
            (1, Value::Bytes(inner)) => message.name = string(inner)?,
            (2, Value::Bytes(inner)) => message.fields.push(field(inner)?),
            (3, Value::Bytes(inner)) => {
                let position = message.messages.len();
                let nested = self::message(file, inner, Some(index), position, depth + 1)?;
                message.messages.push(nested);
            }
            (4, Value::Bytes(inner)) => {
                let position = message.enums.len();
                let nested = enumeration(file, inner, Some(index), position)?;
                message.enums.push(nested);
            }
            (5, Value::Bytes(inner)) => message.extension_ranges.push(extension_range(inner)?),
            (6, Value::Bytes(inner)) => {
                let position = message.extensions.len();
                let nested = extension(file, inner, Some(index), position)?;
                message.extensions.push(nested);
            }
            (7, Value::Bytes(inner)) => options(&mut message.options, inner),
            (8, Value::Bytes(inner)) => message.oneofs.push(oneof(inner)?),
            (9, Value::Bytes(inner)) => message.reserved_ranges.push(range(inner)?),
            (10, Value::Bytes(inner)) => message.reserved_names.push(string(inner)?),
            (11, Value::Varint(value)) => message.visibility = value as i32,
            _ => {}
        }
    }
    file.messages[index as usize] = message;
    Ok(index)
}

fn range(mut reader: Reader<'_>) -> Result<RangeProto, WireError> {
    let mut range = RangeProto::default();
    while let Some((number, value)) = reader.next()? {
        match (number, value) {
            (1, Value::Varint(value)) => range.start = value as i32,
            (2, Value::Varint(value)) => range.end = value as i32,
            _ => {}
        }
    }
    Ok(range)
}

fn extension_range(mut reader: Reader<'_>) -> Result<ExtensionRangeProto, WireError> {
    let mut extension_range = ExtensionRangeProto {
        range: range(reader)?,
        ..ExtensionRangeProto::default()
    };
    while let Some((number, value)) = reader.next()? {
        if let (3, Value::Bytes(inner)) = (number, value) {
            options(&mut extension_range.options, inner);
        }
    }
    Ok(extension_range)
}

fn oneof(mut reader: Reader<'_>) -> Result<OneofProto, WireError> {
    let mut oneof = OneofProto::default();
    while let Some((number, value)) = reader.next()? {
        match (number, value) {
            (1, Value::Bytes(inner)) => oneof.name = string(inner)?,
            (2, Value::Bytes(inner)) => options(&mut oneof.options, inner),
            _ => {}
        }
    }
    Ok(oneof)
}

fn extension(
    file: &mut FileProto,
    reader: Reader<'_>,
    scope: Option<u32>,
    position: usize,
) -> Result<u32, WireError> {
    let index = to_u32(file.extensions.len());
    file.extensions.push(ExtensionProto {
        field: field(reader)?,
        scope,
        position: to_u32(position),
        ..ExtensionProto::default()
    });
    Ok(index)
}

fn field(mut reader: Reader<'_>) -> Result<FieldProto, WireError> {
    let mut field = FieldProto::default();
    while let Some((number, value)) = reader.next()? {
        match (number, value) {
            (1, Value::Bytes(inner)) => field.name = string(inner)?,
            (2, Value::Bytes(inner)) => field.extendee = string(inner)?,
            (3, Value::Varint(value)) => field.number = value as i32,
            (4, Value::Varint(2)) => field.label = Label::Required,
            (4, Value::Varint(3)) => field.label = Label::Repeated,
            (4, Value::Varint(_)) => field.label = Label::Optional,
            (5, Value::Varint(value)) => field.kind = kind_of_number(value as i32),
            (6, Value::Bytes(inner)) => field.type_name = string(inner)?,
            (7, Value::Bytes(inner)) => field.default_value = Some(string(inner)?),
            (8, Value::Bytes(inner)) => options(&mut field.options, inner),
            (9, Value::Varint(value)) => field.oneof_index = Some(value as i32),
            (10, Value::Bytes(inner)) => field.json_name = Some(string(inner)?),
            (17, Value::Varint(value)) => field.proto3_optional = value != 0,
            _ => {}
        }
    }
    Ok(field)
}

fn enumeration(
    file: &mut FileProto,
    mut reader: Reader<'_>,
    parent: Option<u32>,
    position: usize,
) -> Result<u32, WireError> {
    let mut enumeration = EnumProto {
        parent,
        position: to_u32(position),
        ..EnumProto::default()
    };
    while let Some((number, value)) = reader.next()? {
        match (number, value) {
            (1, Value::Bytes(inner)) => enumeration.name = string(inner)?,
            (2, Value::Bytes(inner)) => enumeration.values.push(enum_value(inner)?),
            (3, Value::Bytes(inner)) => options(&mut enumeration.options, inner),
            (4, Value::Bytes(inner)) => enumeration.reserved_ranges.push(range(inner)?),
            (5, Value::Bytes(inner)) => enumeration.reserved_names.push(string(inner)?),
            (6, Value::Varint(value)) => enumeration.visibility = value as i32,
            _ => {}
        }
    }
    let index = to_u32(file.enums.len());
    file.enums.push(enumeration);
    Ok(index)
}

fn enum_value(mut reader: Reader<'_>) -> Result<EnumValueProto, WireError> {
    let mut enum_value = EnumValueProto::default();
    while let Some((number, value)) = reader.next()? {
        match (number, value) {
            (1, Value::Bytes(inner)) => enum_value.name = string(inner)?,
            (2, Value::Varint(value)) => enum_value.number = value as i32,
            (3, Value::Bytes(inner)) => options(&mut enum_value.options, inner),
            _ => {}
        }
    }
    Ok(enum_value)
}

fn service(mut reader: Reader<'_>) -> Result<ServiceProto, WireError> {
    let mut service = ServiceProto::default();
    while let Some((number, value)) = reader.next()? {
        match (number, value) {
            (1, Value::Bytes(inner)) => service.name = string(inner)?,
            (2, Value::Bytes(inner)) => service.methods.push(method(inner)?),
            (3, Value::Bytes(inner)) => options(&mut service.options, inner),
            _ => {}
        }
    }
    Ok(service)
}

fn method(mut reader: Reader<'_>) -> Result<MethodProto, WireError> {
    let mut method = MethodProto::default();
    while let Some((number, value)) = reader.next()? {
        match (number, value) {
            (1, Value::Bytes(inner)) => method.name = string(inner)?,
            (2, Value::Bytes(inner)) => method.input_type = string(inner)?,
            (3, Value::Bytes(inner)) => method.output_type = string(inner)?,
            (4, Value::Bytes(inner)) => options(&mut method.options, inner),
            (5, Value::Varint(value)) => method.client_streaming = value != 0,
            (6, Value::Varint(value)) => method.server_streaming = value != 0,
            _ => {}
        }
    }
    Ok(method)
}
