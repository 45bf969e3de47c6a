//! The code for the wire format but for reading: sizes, writing from the back, and the check of required fields.

use super::decode::{decode, entry};
use super::file::FileContext;
use super::memory::{shared, spare};
use super::slot::{Holding, Slot, block, byte_lines, tag_lines, tag_size};
use super::types::Value;
use super::wire_view::{
    Binary, Encode, EncodeMap, EncodeMessage, EncodePacked, EncodeScalar, Ranges,
};
use crate::contract::{Message, NumberRange, Tag, Type, Written};

/// The wire code of a message type with these fields; `message` is `None` for the holder of an extension.
pub(super) fn binary(
    file: &FileContext<'_>,
    ty: &str,
    slots: &[Slot<'_>],
    message: Option<&Message>,
) -> Binary {
    // The holder of an extension has nothing else.
    let order = message.map_or_else(|| vec![Written::Field(0)], Message::wire_order);
    let by_number: Vec<&Slot<'_>> = order
        .iter()
        .filter_map(|written| match written {
            Written::Field(index) => Some(&slots[*index]),
            Written::Extensions(_) => None,
        })
        .collect();
    let extendable = message.filter(|message| message.is_extendable());
    let message_set = extendable.is_some_and(|message| message.message_set);
    Binary {
        ty: ty.to_owned(),
        missing: by_number
            .iter()
            .flat_map(|slot| missing(file, slot))
            .collect(),
        size: by_number.iter().flat_map(|slot| size(slot)).collect(),
        encode: encode_all(file, slots, &order, message_set),
        decode: by_number
            .iter()
            .flat_map(|slot| decode(file, ty, slot))
            .collect(),
        shared: shared(ty, slots),
        spare: spare(ty, slots),
        entries: by_number
            .iter()
            .filter_map(|slot| entry(file, ty, slot))
            .collect(),
        extensions: extendable.map(|message| Ranges {
            condition: condition(message),
        }),
        message_set,
        extension_size: extendable
            .map(|_| if message_set { "SetSize()" } else { "Size()" }.to_owned()),
    }
}

/// What is written, from the last to the first.
fn encode_all(
    file: &FileContext<'_>,
    slots: &[Slot<'_>],
    order: &[Written],
    message_set: bool,
) -> Vec<Encode> {
    if message_set {
        return vec![extensions("PutSet(b, i)".to_owned())];
    }
    order
        .iter()
        .rev()
        .map(|written| match written {
            Written::Field(index) => encode(file, &slots[*index]),
            Written::Extensions(NumberRange { first, last }) => {
                extensions(format!("Put(b, i, {first}, {last})"))
            }
        })
        .collect()
}

fn extensions(put: String) -> Encode {
    Encode {
        extensions: Some(put),
        ..Encode::default()
    }
}

fn condition(message: &Message) -> String {
    const LARGEST: i32 = (1 << 29) - 1;
    let ranges: Vec<NumberRange> = message
        .extension_ranges
        .iter()
        .map(|range| range.range)
        .collect();
    let texts: Vec<String> = ranges
        .iter()
        .map(|range| match (range.first, range.last) {
            (first, last) if first == last => format!("number == {first}"),
            (first, LARGEST..) => format!("number >= {first}"),
            (first, last) => format!("number >= {first} && number <= {last}"),
        })
        .collect();
    let any = texts.join(" || ");
    match (message.message_set, texts.len()) {
        (false, _) => any,
        // What is not in an item of the set is an extension only if it could be a message.
        (true, 1) => format!("tag&7 == 2 && {any}"),
        (true, _) => format!("tag&7 == 2 && ({any})"),
    }
}

fn missing(file: &FileContext<'_>, slot: &Slot<'_>) -> Vec<String> {
    let label = &slot.label;
    let mut lines = Vec::new();
    if matches!(slot.holding, Holding::Pointer { required: true }) {
        lines.extend(block(
            format!("if m.{} == nil {{", slot.ident),
            vec![format!("return xlcrt.Missing({label})")],
        ));
    }
    let Type::Message(id) = slot.field.shape.value_type() else {
        return lines;
    };
    if !file.plan.requires[id.index()] {
        return lines;
    }
    let (open, value, error) = match &slot.holding {
        Holding::Map { .. } => (
            format!("for key, value := range m.{} {{", slot.ident),
            "value".to_owned(),
            format!("xlcrt.InEntry(err, {label}, key, 0)"),
        ),
        Holding::List { .. } => (
            slot.open(),
            slot.value_expr(),
            format!("xlcrt.InElement(err, {label}, k, 0)"),
        ),
        Holding::Plain | Holding::Pointer { .. } | Holding::Arm { .. } => (
            slot.open(),
            slot.value_expr(),
            format!("xlcrt.InField(err, {label}, 0)"),
        ),
    };
    let check = block(
        format!("if err := {value}.XLCMissing(); err != nil {{"),
        vec![format!("return {error}")],
    );
    lines.extend(block(open, check));
    lines
}

fn size(slot: &Slot<'_>) -> Vec<String> {
    let tag = tag_size(slot.field.tag()) * if slot.is_group() { 2 } else { 1 };
    let add = |rest: String| match rest.parse::<usize>() {
        Ok(fixed) => format!("n += {}", tag + fixed),
        Err(_) => format!("n += {tag} + {rest}"),
    };
    let ident = &slot.ident;
    match &slot.holding {
        Holding::List { packed: true } => size_packed(slot, tag),
        Holding::List { packed: false } => match slot.value.fixed_size() {
            Some(fixed) => vec![format!("n += len(m.{ident}) * {}", tag + fixed)],
            None => block(slot.open(), vec![add(slot.value.size(&slot.value_expr()))]),
        },
        Holding::Map { key } => size_map(slot, key, tag),
        Holding::Plain | Holding::Pointer { .. } | Holding::Arm { .. } => {
            block(slot.open(), vec![add(slot.value.size(&slot.value_expr()))])
        }
    }
}

fn size_packed(slot: &Slot<'_>, tag: usize) -> Vec<String> {
    let ident = &slot.ident;
    let body = match slot.value.fixed_size() {
        Some(1) => vec![format!("n += {tag} + xlcrt.SizeBytes(len(m.{ident}))")],
        Some(fixed) => vec![format!(
            "n += {tag} + xlcrt.SizeBytes(len(m.{ident})*{fixed})"
        )],
        None => {
            let mut lines = vec!["list := 0".to_owned()];
            lines.extend(block(
                slot.open(),
                vec![format!("list += {}", slot.value.size(&slot.value_expr()))],
            ));
            lines.push(format!("n += {tag} + xlcrt.SizeBytes(list)"));
            lines
        }
    };
    block(format!("if len(m.{ident}) > 0 {{"), body)
}

fn size_map(slot: &Slot<'_>, key: &Value, tag: usize) -> Vec<String> {
    let ident = &slot.ident;
    let value_tag = if slot.is_group() { 2 } else { 1 };
    let fixed =
        1 + value_tag + key.fixed_size().unwrap_or(0) + slot.value.fixed_size().unwrap_or(0);
    let mut parts = vec![fixed.to_string()];
    let open = match (key.fixed_size(), slot.value.fixed_size()) {
        (Some(_), Some(_)) => {
            return vec![format!(
                "n += len(m.{ident}) * ({tag} + xlcrt.SizeBytes({fixed}))"
            )];
        }
        (None, Some(_)) => "for key := range",
        (Some(_), None) => "for _, value := range",
        (None, None) => "for key, value := range",
    };
    if key.fixed_size().is_none() {
        parts.push(key.size("key"));
    }
    if slot.value.fixed_size().is_none() {
        parts.push(slot.value.size("value"));
    }
    let each = block(
        format!("{open} m.{ident} {{"),
        vec![format!("n += {tag} + xlcrt.SizeBytes({})", parts.join("+"))],
    );
    // To begin to iterate costs more than the test.
    block(format!("if len(m.{ident}) > 0 {{"), each)
}

fn encode(file: &FileContext<'_>, slot: &Slot<'_>) -> Encode {
    let label = &slot.label;
    let mut encode = Encode {
        open: slot.open(),
        tag: tag_lines(slot.field.tag()),
        ..Encode::default()
    };
    match &slot.holding {
        Holding::List { packed: true } => {
            let list = slot.place();
            encode.open = format!("if len({list}) > 0 {{");
            encode.packed = Some(EncodePacked {
                list,
                put: slot.value.put(&slot.value_expr()),
            });
            return encode;
        }
        Holding::Map { key } => {
            encode.map = Some(encode_map(file, slot, key));
            return encode;
        }
        Holding::List { packed: false } => {
            encode.open = format!("for k := len(m.{0}) - 1; k >= 0; k-- {{", slot.ident);
        }
        Holding::Plain | Holding::Pointer { .. } | Holding::Arm { .. } => {}
    }
    let value = slot.value_expr();
    if slot.value.is_message() {
        let error = if matches!(slot.holding, Holding::List { .. }) {
            format!("xlcrt.InElement(err, {label}, k, 0)")
        } else {
            format!("xlcrt.InField(err, {label}, 0)")
        };
        encode.message = Some(encode_message(slot, slot.field.tag(), value, error));
    } else {
        let tag = slot.field.tag().bytes();
        let (scalar, rest) = encode_scalar(file, &slot.value, &value, label, &tag);
        encode.scalar = Some(scalar);
        encode.tag = rest;
    }
    encode
}

fn encode_message(slot: &Slot<'_>, tag: Tag, value: String, error: String) -> EncodeMessage {
    EncodeMessage {
        value,
        error,
        end: if slot.is_group() {
            tag_lines(tag.end_of_group())
        } else {
            Vec::new()
        },
    }
}

/// How a scalar is written, and the statements that write what is then left of its tag.
fn encode_scalar(
    file: &FileContext<'_>,
    value: &Value,
    expr: &str,
    label: &str,
    tag: &[u8],
) -> (EncodeScalar, Vec<String>) {
    if value.is_float() {
        file.needs("math");
    }
    if let (true, Some((last, before))) = (value.is_checked_text(), tag.split_last()) {
        let scalar = EncodeScalar {
            error: Some(format!("xlcrt.Unencodable({label})")),
            put: format!("xlcrt.PutText(b, i, {last:#04x}, {expr})"),
        };
        return (scalar, byte_lines(before));
    }
    let scalar = EncodeScalar {
        error: None,
        put: value.put(expr),
    };
    (scalar, byte_lines(tag))
}

fn encode_map(file: &FileContext<'_>, slot: &Slot<'_>, key: &Value) -> EncodeMap {
    let label = &slot.label;
    let value = slot.value_expr();
    let (key_tag, value_tag) = (key.encoding.tag(1), slot.value.encoding.tag(2));
    let scalar =
        |value: &Value, expr: &str, tag: Tag| encode_scalar(file, value, expr, label, &tag.bytes());
    let (message, value, value_tag) = if slot.value.is_message() {
        let error = format!("xlcrt.InEntry(err, {label}, pair.Key, 0)");
        let message = encode_message(slot, value_tag, value, error);
        (Some(message), None, tag_lines(value_tag))
    } else {
        let (scalar, rest) = scalar(&slot.value, &value, value_tag);
        (None, Some(scalar), rest)
    };
    let (key_scalar, key_tag) = scalar(key, "pair.Key", key_tag);
    EncodeMap {
        room: slot.room(key),
        pairs: Slot::pairs_function(key).to_owned(),
        map: slot.place(),
        key: key_scalar,
        scalar: value,
        message,
        key_tag,
        value_tag,
    }
}
