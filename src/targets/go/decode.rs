//! The code that reads the wire format: an arm for each tag, and a method for the entries of each map.

use super::docs::quote;
use super::file::FileContext;
use super::memory::{self, read_elements};
use super::slot::{Holding, Slot, block};
use super::types::{Value, Wire};
use super::wire_view::{Arm, ArmMap, ArmMessage, ArmPacked, ArmScalar, Entry, Fixed};

/// The arms that read a field, by its tags.
pub(super) fn decode(file: &FileContext<'_>, ty: &str, slot: &Slot<'_>) -> Vec<Arm> {
    let mut arm = Arm {
        tag: slot.field.tag().get(),
        name: slot.label.clone(),
        label: slot.field.name.clone(),
        scalar: None,
        packed: None,
        message: None,
        elements: None,
        list: String::new(),
        map: None,
    };
    if matches!(slot.holding, Holding::Map { .. }) {
        arm.map = Some(ArmMap {
            name: slot.label.clone(),
            method: format!("xlcDecode{}", slot.ident),
        });
        return vec![arm];
    }
    if let Some(reader) = read_elements(file, slot) {
        arm.elements = Some(reader);
        arm.list = slot.place();
        return vec![arm];
    }
    if slot.value.is_message() {
        arm.message = Some(decode_message(file, slot));
        return vec![arm];
    }
    let scalar = |unknown: &str| {
        arm_scalar(
            file,
            &slot.value,
            &slot.label,
            store(file, ty, slot, unknown),
        )
    };
    if !matches!(slot.holding, Holding::List { .. }) || !slot.value.encoding.is_packable() {
        arm.scalar = Some(scalar("m.unknown.Add(s[start:n])"));
        return vec![arm];
    }
    // Both forms of a list are read, whichever is written.
    file.needs("slices");
    let alone = Arm {
        tag: slot.field.value_tag().get(),
        scalar: Some(scalar("m.unknown.Add(s[start:n])")),
        name: arm.name.clone(),
        label: arm.label.clone(),
        packed: None,
        message: None,
        elements: None,
        list: String::new(),
        map: None,
    };
    let tag = slot.field.value_tag();
    let unknown = format!("m.unknown.AddVarint({tag}, u)");
    arm.tag = slot.field.packed_tag().get();
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
        store: store(file, ty, slot, &unknown),
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
    ArmScalar {
        name: label.to_owned(),
        varint: value.wire() == Wire::Varint,
        reader: match value.wire() {
            Wire::Varint => String::new(),
            Wire::Fixed32 => "xlcrt.Fixed32".to_owned(),
            Wire::Fixed64 => "xlcrt.Fixed64".to_owned(),
            Wire::Bytes if value.is_checked_text() => "xlcrt.String".to_owned(),
            Wire::Bytes => "xlcrt.Bytes".to_owned(),
        },
        store,
    }
}

/// Statements that store the scalar `u`, or keep the number of a closed enum's unknown value: `unknown` says how.
fn store(file: &FileContext<'_>, ty: &str, slot: &Slot<'_>, unknown: &str) -> Vec<String> {
    let from = slot.value.decoded();
    let assign = |slot: &Slot<'_>, from: &str| memory::assign(ty, slot, from);
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
            if slot.shared {
                return assign(slot, &from);
            }
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
                vec![
                    format!("o = {}", memory::make(slot, ty)),
                    format!("m.{oneof} = o"),
                ],
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
                vec![format!("{place} = {}", memory::make(slot, go))],
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

/// The method that reads an entry of a map; `None` for other fields.
pub(super) fn entry(file: &FileContext<'_>, ty: &str, slot: &Slot<'_>) -> Option<Entry> {
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
        tag: key.encoding.tag(1).get(),
        name: label.clone(),
        label: "key".to_owned(),
        scalar: Some(arm_scalar(file, key, label, key_store)),
        packed: None,
        message: None,
        elements: None,
        list: String::new(),
        map: None,
    }];
    arms.push(Arm {
        elements: None,
        list: String::new(),
        tag: value.encoding.tag(2).get(),
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
                    "m.unknown = m.unknown.AddBytes({}, s)",
                    slot.field.value_tag()
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
