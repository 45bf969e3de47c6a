//! The code for the wire format: sizes, writing from the back, reading, and the check of required fields.

use super::docs::quote;
use super::file::FileContext;
use super::slot::{Holding, Slot, block, tag_lines, tag_size};
use super::types::{Value, Wire};
use super::view::{
    Arm, ArmMap, ArmMessage, ArmPacked, ArmScalar, Binary, Check, Encode, EncodeMap, EncodeMessage,
    EncodePacked, EncodeScalar, Entry, Fixed, Ranges,
};
use crate::contract::{Message, NumberRange, Type};

/// The wire code of a message type with these fields; `message` is `None` for the holder of an extension.
pub(super) fn binary(
    file: &FileContext<'_>,
    ty: &str,
    slots: &[Slot<'_>],
    message: Option<&Message>,
) -> Binary {
    let mut by_number: Vec<&Slot<'_>> = slots.iter().collect();
    by_number.sort_by_key(|slot| slot.number());
    let extendable = message.filter(|message| message.is_extendable());
    let message_set = extendable.is_some_and(|message| message.message_set);
    Binary {
        ty: ty.to_owned(),
        missing: by_number
            .iter()
            .flat_map(|slot| missing(file, slot))
            .collect(),
        size: by_number.iter().flat_map(|slot| size(slot)).collect(),
        encode: by_number
            .iter()
            .rev()
            .map(|slot| encode(file, slot))
            .collect(),
        decode: by_number
            .iter()
            .flat_map(|slot| decode(file, slot))
            .collect(),
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
        extension_put: extendable.map(|_| {
            if message_set {
                "PutSet(b, i)"
            } else {
                "Put(b, i)"
            }
            .to_owned()
        }),
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
    let tag = tag_size(slot.tag()) * if slot.is_group() { 2 } else { 1 };
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
    block(
        format!("{open} m.{ident} {{"),
        vec![format!("n += {tag} + xlcrt.SizeBytes({})", parts.join("+"))],
    )
}

fn encode(file: &FileContext<'_>, slot: &Slot<'_>) -> Encode {
    let label = &slot.label;
    let mut encode = Encode {
        open: slot.open(),
        tag: tag_lines(slot.tag()),
        scalar: None,
        packed: None,
        message: None,
        map: None,
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
        encode.message = Some(encode_message(slot, slot.number(), value, error));
    } else {
        encode.scalar = Some(encode_scalar(file, &slot.value, &value, label));
    }
    encode
}

fn encode_message(slot: &Slot<'_>, number: u32, value: String, error: String) -> EncodeMessage {
    EncodeMessage {
        value,
        error,
        end: if slot.is_group() {
            tag_lines(number << 3 | 4)
        } else {
            Vec::new()
        },
    }
}

fn encode_scalar(file: &FileContext<'_>, value: &Value, expr: &str, label: &str) -> EncodeScalar {
    if value.is_float() {
        file.needs("math");
    }
    let check = value.is_checked_text().then(|| {
        file.needs("unicode/utf8");
        Check {
            value: expr.to_owned(),
            error: format!("xlcrt.Unencodable({label})"),
        }
    });
    EncodeScalar {
        check,
        put: value.put(expr),
    }
}

fn encode_map(file: &FileContext<'_>, slot: &Slot<'_>, key: &Value) -> EncodeMap {
    let label = &slot.label;
    let value = slot.value_expr();
    let message = slot.value.is_message();
    EncodeMap {
        key_type: key.go.clone(),
        keys: Slot::keys_function(key).to_owned(),
        map: slot.place(),
        key: encode_scalar(file, key, "key", label),
        scalar: (!message).then(|| encode_scalar(file, &slot.value, &value, label)),
        message: message.then(|| {
            let error = format!("xlcrt.InEntry(err, {label}, key, 0)");
            encode_message(slot, 2, value.clone(), error)
        }),
        key_tag: format!("{:#04x}", 1 << 3 | key.wire_type()),
        value_tag: format!("{:#04x}", 2 << 3 | slot.value.wire_type()),
    }
}

fn decode(file: &FileContext<'_>, slot: &Slot<'_>) -> Vec<Arm> {
    let mut arm = Arm {
        tag: slot.tag(),
        name: slot.label.clone(),
        label: slot.field.name.clone(),
        scalar: None,
        packed: None,
        message: None,
        map: None,
    };
    if matches!(slot.holding, Holding::Map { .. }) {
        arm.map = Some(ArmMap {
            name: slot.label.clone(),
            method: format!("xlcDecode{}", slot.ident),
        });
        return vec![arm];
    }
    if slot.value.is_message() {
        arm.message = Some(decode_message(file, slot));
        return vec![arm];
    }
    let scalar =
        |unknown: &str| arm_scalar(file, &slot.value, &slot.label, store(file, slot, unknown));
    if !matches!(slot.holding, Holding::List { .. }) || !slot.is_packable() {
        arm.scalar = Some(scalar("append(m.unknown, s[start:n]...)"));
        return vec![arm];
    }
    // Both forms of a list are read, whichever is written.
    file.needs("slices");
    let alone = Arm {
        tag: slot.number() << 3 | slot.value.wire_type(),
        scalar: Some(scalar("append(m.unknown, s[start:n]...)")),
        name: arm.name.clone(),
        label: arm.label.clone(),
        packed: None,
        message: None,
        map: None,
    };
    let tag = slot.number() << 3;
    let unknown = format!("xlcrt.AppendVarintField(m.unknown, {tag}, u)");
    arm.tag = slot.number() << 3 | 2;
    arm.packed = Some(ArmPacked {
        name: slot.label.clone(),
        list: slot.place(),
        fixed: match slot.value.wire() {
            Wire::Fixed32 => Some(Fixed {
                size: 4,
                reader: "xlcrt.Fixed32".to_owned(),
            }),
            Wire::Fixed64 => Some(Fixed {
                size: 8,
                reader: "xlcrt.Fixed64".to_owned(),
            }),
            Wire::Varint | Wire::Bytes => None,
        },
        store: store(file, slot, &unknown),
    });
    vec![alone, arm]
}

fn arm_scalar(file: &FileContext<'_>, value: &Value, label: &str, store: Vec<String>) -> ArmScalar {
    if value.is_float() {
        file.needs("math");
    }
    if value.decoded().starts_with("strings.") {
        file.needs("strings");
    }
    if value.is_checked_text() {
        file.needs("unicode/utf8");
    }
    ArmScalar {
        name: label.to_owned(),
        varint: value.wire() == Wire::Varint,
        reader: match value.wire() {
            Wire::Varint => String::new(),
            Wire::Fixed32 => "xlcrt.Fixed32".to_owned(),
            Wire::Fixed64 => "xlcrt.Fixed64".to_owned(),
            Wire::Bytes => "xlcrt.Bytes".to_owned(),
        },
        utf8: value.is_checked_text(),
        store,
    }
}

/// Statements that store the scalar `u`, or keep the number of a closed enum's unknown value: `unknown` says how.
fn store(file: &FileContext<'_>, slot: &Slot<'_>, unknown: &str) -> Vec<String> {
    let from = slot.value.decoded();
    if slot.is_closed() {
        let mut lines = vec![format!("if v := {from}; v.Known() {{")];
        lines.extend(
            assign(slot, "v")
                .into_iter()
                .map(|line| format!("\t{line}")),
        );
        lines.push("} else {".to_owned());
        lines.push(format!("\tm.unknown = {unknown}"));
        lines.push("}".to_owned());
        return lines;
    }
    match slot.holding {
        Holding::Pointer { .. } if !slot.is_nilable() => {
            let mut lines = vec![format!("v := {from}")];
            lines.extend(assign(slot, "v"));
            lines
        }
        Holding::List { .. } if slot.value.wire() == Wire::Bytes => {
            file.needs("slices");
            let list = slot.place();
            let mut lines = block(
                format!("if len({list}) == cap({list}) {{"),
                vec![format!(
                    "{list} = slices.Grow({list}, xlcrt.Count(s, start, p))"
                )],
            );
            lines.extend(assign(slot, &from));
            lines
        }
        Holding::Plain
        | Holding::Pointer { .. }
        | Holding::Arm { .. }
        | Holding::List { .. }
        | Holding::Map { .. } => assign(slot, &from),
    }
}

/// Statements that give a scalar field the value of an expression: a variable if the field holds a pointer.
pub(super) fn assign(slot: &Slot<'_>, from: &str) -> Vec<String> {
    let place = slot.place();
    vec![match &slot.holding {
        Holding::Plain | Holding::Map { .. } => format!("{place} = {from}"),
        Holding::Pointer { .. } if slot.is_nilable() => format!("{place} = {from}"),
        Holding::Pointer { .. } => format!("{place} = &{from}"),
        Holding::Arm { ty, oneof, .. } => {
            format!("m.{oneof} = &{ty}{{{}: {from}}}", slot.ident)
        }
        Holding::List { .. } => format!("{place} = append({place}, {from})"),
    }]
}

fn decode_message(file: &FileContext<'_>, slot: &Slot<'_>) -> ArmMessage {
    let (label, place, go) = (&slot.label, slot.place(), &slot.value.go);
    let group = slot.is_group();
    let base = if group { "p" } else { "n-len(u)" };
    let mut error = format!("xlcrt.InField(err, {label}, {base})");
    let mut target = place.clone();
    let mut make = Vec::new();
    match &slot.holding {
        Holding::Arm { ty, oneof, .. } => {
            make.push(format!("o, _ := m.{oneof}.(*{ty})"));
            make.extend(block(
                "if o == nil {".to_owned(),
                vec![format!("o = new({ty})"), format!("m.{oneof} = o")],
            ));
            target = format!("o.{}", slot.ident);
        }
        Holding::List { .. } => {
            if !group {
                file.needs("slices");
                make.extend(block(
                    format!("if len({place}) == cap({place}) {{"),
                    vec![format!(
                        "{place} = slices.Grow({place}, xlcrt.Count(s, start, p))"
                    )],
                ));
            }
            make.push(format!("{place} = append({place}, {go}{{}})"));
            target = format!("{place}[len({place})-1]");
            error = format!("xlcrt.InElement(err, {label}, len({place})-1, {base})");
        }
        Holding::Plain | Holding::Pointer { .. } | Holding::Map { .. } => {
            make.extend(block(
                format!("if {place} == nil {{"),
                vec![format!("{place} = new({go})")],
            ));
        }
    }
    ArmMessage {
        name: label.clone(),
        reader: message_reader(group),
        make,
        target,
        error,
        group,
    }
}

fn message_reader(group: bool) -> String {
    if group {
        "xlcrt.Group(s, p, tag, depth)".to_owned()
    } else {
        "xlcrt.Bytes(s, p)".to_owned()
    }
}

fn entry(file: &FileContext<'_>, ty: &str, slot: &Slot<'_>) -> Option<Entry> {
    let Holding::Map { key } = &slot.holding else {
        return None;
    };
    let (place, label, value) = (slot.place(), &slot.label, &slot.value);
    let message = value.is_message();
    let mut declarations = vec![format!("var key {}", key.go)];
    declarations.push(match slot.default.as_ref().filter(|_| !message) {
        _ if message => format!("value := new({})", value.go),
        Some(default) => format!("value := {}", value.literal(Some(default))),
        None => format!("var value {}", value.go),
    });
    let key_store = vec![format!("key = {}", key.decoded())];
    let mut arms = vec![Arm {
        tag: 1 << 3 | key.wire_type(),
        name: label.clone(),
        label: "key".to_owned(),
        scalar: Some(arm_scalar(file, key, label, key_store)),
        packed: None,
        message: None,
        map: None,
    }];
    arms.push(Arm {
        tag: 2 << 3 | value.wire_type(),
        name: label.clone(),
        label: "value".to_owned(),
        scalar: (!message).then(|| {
            let store = vec![format!("value = {}", value.decoded())];
            arm_scalar(file, value, label, store)
        }),
        packed: None,
        message: message.then(|| ArmMessage {
            name: label.clone(),
            reader: message_reader(slot.is_group()),
            make: Vec::new(),
            target: "value".to_owned(),
            error: format!(
                "xlcrt.InEntry(err, {label}, key, {})",
                if slot.is_group() { "p" } else { "n-len(u)" }
            ),
            group: slot.is_group(),
        }),
        map: None,
    });
    let mut store = Vec::new();
    if slot.is_closed() {
        store.extend(block(
            "if !value.Known() {".to_owned(),
            vec![
                format!(
                    "m.unknown = xlcrt.AppendBytesField(m.unknown, {}, s)",
                    slot.tag()
                ),
                "return nil".to_owned(),
            ],
        ));
    }
    store.extend(block(
        format!("if {place} == nil {{"),
        vec![format!("{place} = make({})", slot.go())],
    ));
    store.push(format!("{place}[key] = value"));
    Some(Entry {
        ty: ty.to_owned(),
        method: format!("xlcDecode{}", slot.ident),
        label: slot.field.name.clone(),
        name: quote(&slot.field.name),
        declarations,
        arms,
        store,
    })
}
