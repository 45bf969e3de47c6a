//! The code for ProtoJSON: which keys a message writes and reads, and how each value goes in and out.

use super::decode::assign;
use super::docs::{quote, quote_json};
use super::json_view::{Json, JsonList, JsonMap, JsonRead, JsonReadMap, JsonWrite};
use super::slot::{Holding, Slot, block};
use super::types::{Kind, Value};
use crate::contract::{FieldNames, Message, Scalar};

/// The JSON code of a message type with these fields, in the order of their numbers.
pub(super) fn json(message: &Message, ty: &str, slots: &[Slot<'_>]) -> Json {
    let order = message.field_order();
    let fields: Vec<(usize, FieldNames<'_>)> =
        order.into_iter().zip(message.json_names()).collect();
    Json {
        ty: ty.to_owned(),
        write: fields
            .iter()
            .map(|&(index, ref names)| {
                let slot = &slots[index];
                write(slot, names.written, &slot.field.name)
            })
            .collect(),
        read: fields
            .iter()
            .filter(|(_, names)| !names.read.is_empty())
            .map(|&(index, ref names)| read(&slots[index], &names.read, index, slots.len()))
            .collect(),
        words: (slots.len() + message.oneofs.len()).div_ceil(64).max(1),
        extendee: message
            .is_extendable()
            .then(|| quote(message.full_name.as_str())),
    }
}

/// The JSON code of the holder of an extension, whose only field is called by that name.
pub(super) fn extension(ty: &str, slot: &Slot<'_>, name: &str) -> Json {
    Json {
        ty: ty.to_owned(),
        write: vec![write(slot, name, name)],
        read: vec![read(slot, &[name], 0, 1)],
        words: 1,
        extendee: None,
    }
}

/// What writes a field under its name in JSON, or under that of the contract.
fn write(slot: &Slot<'_>, json: &str, name: &str) -> JsonWrite {
    let place = slot.place();
    let key = format!("{}, {}", quote_json(json), quote_json(name));
    let statement = slot.value.write_json(&slot.value_expr());
    let mut write = JsonWrite {
        open: slot.open(),
        key,
        single: None,
        list: None,
        map: None,
    };
    match &slot.holding {
        Holding::Plain => {
            write.open = format!("if {} || w.Defaults {{", slot.value.nonzero(&place));
            write.single = Some(statement);
        }
        Holding::Pointer { .. } | Holding::Arm { .. } => {
            let value = slot.value_expr();
            // A method is called on the pointer, not on what it points to.
            write.single = Some(match (&slot.value.kind, value.strip_prefix('*')) {
                (Kind::Enum { null: false, .. }, Some(pointer)) => {
                    format!("w.Enum(int32(*{pointer}), {pointer}.XLCName())")
                }
                _ => statement,
            });
        }
        Holding::List { .. } => {
            write.open = format!("if len({place}) > 0 || w.Defaults {{");
            let index = if statement.contains("[k]") {
                "k := "
            } else {
                ""
            };
            write.list = Some(JsonList {
                open: format!("for {index}range {place} {{"),
                write: statement,
            });
        }
        Holding::Map { key } => {
            write.open = format!("if len({place}) > 0 || w.Defaults {{");
            write.map = Some(JsonMap {
                room: slot.room(key),
                pairs: Slot::pairs_function(key).to_owned(),
                map: place,
                write_key: format!("w.{}", write_key(key)),
                write: statement,
            });
        }
    }
    write
}

fn write_key(key: &Value) -> &'static str {
    match key.go.as_str() {
        "string" => "StringKey(pair.Key)",
        "bool" => "BoolKey(pair.Key)",
        "int32" => "IntKey(int64(pair.Key))",
        "int64" => "IntKey(pair.Key)",
        "uint32" => "UintKey(uint64(pair.Key))",
        _ => "UintKey(pair.Key)",
    }
}

fn read(slot: &Slot<'_>, names: &[&str], bit: usize, fields: usize) -> JsonRead {
    let nullable = slot.value.is_nullable();
    let single = !matches!(slot.holding, Holding::List { .. } | Holding::Map { .. });
    let once = if nullable && single {
        "OnceOrNull"
    } else {
        "Once"
    };
    let mut guard = format!("r.{once}(seen, {bit})");
    if let Holding::Arm { index, .. } = slot.holding {
        guard = format!("{guard} && r.Only(seen, {})", fields + index);
    }
    let literals: Vec<String> = names.iter().map(|name| quote(name)).collect();
    JsonRead {
        names: literals.join(", "),
        guard,
        read: read_value(slot),
        list: matches!(slot.holding, Holding::List { .. }),
        map: match &slot.holding {
            Holding::Map { key } => Some(JsonReadMap {
                map: slot.place(),
                go: slot.go(),
                key: read_key(key),
            }),
            Holding::Plain
            | Holding::Pointer { .. }
            | Holding::Arm { .. }
            | Holding::List { .. } => None,
        },
    }
}

fn read_key(key: &Value) -> String {
    match &key.kind {
        Kind::Scalar {
            scalar: Scalar::Bool,
            ..
        } => "r.BoolKey(name)".to_owned(),
        Kind::Scalar {
            scalar: Scalar::String,
            ..
        } => "name".to_owned(),
        Kind::Scalar { .. } | Kind::Enum { .. } | Kind::Message { .. } => match key.go.as_str() {
            "int64" => "r.IntKey(name, 64)".to_owned(),
            "uint64" => "r.UintKey(name, 64)".to_owned(),
            "uint32" => "uint32(r.UintKey(name, 32))".to_owned(),
            _ => "int32(r.IntKey(name, 32))".to_owned(),
        },
    }
}

/// Statements that read one value and store it. In a map, `key` is its key.
fn read_value(slot: &Slot<'_>) -> Vec<String> {
    let map = matches!(slot.holding, Holding::Map { .. });
    let put = |from: &str| {
        if map {
            vec![format!("{}[key] = {from}", slot.place())]
        } else {
            assign(slot, from)
        }
    };
    match &slot.value.kind {
        Kind::Scalar { .. } if is_pointer(slot) => {
            let mut lines = vec![format!("v := {}", slot.value.read_json())];
            lines.extend(put("v"));
            lines
        }
        Kind::Scalar { .. } => put(&slot.value.read_json()),
        Kind::Enum { null, closed, .. } => {
            let function = match (null, closed) {
                (true, _) => "ReadNull",
                (false, true) => "ReadClosedEnum",
                (false, false) => "ReadEnum",
            };
            let open = format!("if v, ok := xlcrt.{function}[{}](r); ok {{", slot.value.go);
            block(open, put("v"))
        }
        Kind::Message { .. } => read_message(slot, map),
    }
}

fn is_pointer(slot: &Slot<'_>) -> bool {
    matches!(slot.holding, Holding::Pointer { .. }) && !slot.is_nilable()
}

fn read_message(slot: &Slot<'_>, map: bool) -> Vec<String> {
    let (place, go) = (slot.place(), &slot.value.go);
    if map {
        return vec![
            format!("v := new({go})"),
            "r.Message(v)".to_owned(),
            format!("{place}[key] = v"),
        ];
    }
    match &slot.holding {
        Holding::Arm { ty, oneof, .. } => vec![
            format!("o := new({ty})"),
            format!("m.{oneof} = o"),
            format!("r.Message(&o.{})", slot.ident),
        ],
        Holding::List { .. } => vec![
            format!("{place} = append({place}, {go}{{}})"),
            format!("r.Message(&{place}[len({place})-1])"),
        ],
        Holding::Plain | Holding::Pointer { .. } | Holding::Map { .. } => vec![
            format!("{place} = new({go})"),
            format!("r.Message({place})"),
        ],
    }
}
