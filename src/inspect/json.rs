//! A payload as JSON: an array of fields, those of a message in its member `fields`. Printed as it comes, so that a large
//! payload is never held twice.

use serde_json::{Map, Value, json};

use super::{Found, Reading, Wire};

/// Prints fields as JSON, piece by piece.
#[derive(Debug, Default)]
pub struct Json {
    /// The level of the last field, which is still open.
    last: Option<usize>,
}

impl Json {
    /// What is printed for the next field.
    #[must_use]
    pub fn field(&mut self, found: &Found<'_>) -> String {
        let mut out = match self.last {
            None => "[\n".to_owned(),
            Some(last) if found.level > last => ",\"fields\":[".to_owned(),
            Some(last) => format!("}}{},\n", "]}".repeat(last - found.level)),
        };
        self.last = Some(found.level);
        let object = Value::Object(members(found)).to_string();
        // It stays open: its own fields may follow.
        out.push_str(object.strip_suffix('}').unwrap_or(&object));
        out
    }

    /// What is printed at the end.
    #[must_use]
    pub fn end(self) -> String {
        match self.last {
            None => "[]\n".to_owned(),
            Some(last) => format!("}}{}\n]\n", "]}".repeat(last)),
        }
    }
}

fn members(found: &Found<'_>) -> Map<String, Value> {
    let (wire, length) = match found.wire {
        Wire::Varint => ("varint", None),
        Wire::Fixed64 => ("fixed64", None),
        Wire::Length(length) => ("length", Some(length)),
        Wire::Group => ("group", None),
        Wire::Fixed32 => ("fixed32", None),
    };
    let mut object = Map::new();
    let mut put = |key: &str, value: Value| object.insert(key.to_owned(), value);
    put("offset", json!(found.offset));
    put("number", json!(found.number));
    put("wire", json!(wire));
    if let Some(length) = length {
        put("length", json!(length));
    }
    if let Some(name) = &found.name {
        put("name", json!(name));
    }
    if let Some(ty) = &found.ty {
        put("type", json!(ty));
    }
    if found.mismatch {
        put("mismatch", json!(true));
    }
    match &found.value {
        Reading::Number(text) => put("value", json!(text)),
        Reading::Enum(number, name) => {
            put("value", json!(number.to_string()));
            name.and_then(|name| put("enum", json!(name)))
        }
        // Text, as in ProtoJSON: not every reader of JSON has 64 bits.
        Reading::Varint(value) => put("value", json!(value.to_string())),
        Reading::Fixed32(value) => {
            put("value", json!(value.to_string()));
            put("float", json!(f32::from_bits(*value).to_string()))
        }
        Reading::Fixed64(value) => {
            put("value", json!(value.to_string()));
            put("double", json!(f64::from_bits(*value).to_string()))
        }
        Reading::Text(text) => put("text", json!(text)),
        Reading::Bytes(bytes) => put("bytes", json!(hex(bytes))),
        Reading::Packed(bytes, numbers) => {
            put("bytes", json!(hex(bytes)));
            let numbers: Vec<_> = numbers.iter().map(u64::to_string).collect();
            put("varints", json!(numbers))
        }
        Reading::List(list) => put("values", json!(list)),
        Reading::Message => put("message", json!(true)),
    };
    object
}

fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}
