//! The statements of `_write` for one value, with its tag.

use super::class::{Class, Element, Member};
use super::layout::{call, fits};
use super::text;
use super::types::{Coding, encode};
use super::view::{DelimitedWrite, VarintWrite, WriteValue};
use super::write::FIELD;
use crate::contract::{Field, Scalar, Shape, Type};

/// How what is written is put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pieces {
    /// In a list, which is joined at last.
    List,
    /// In one bytes object, which is copied for each addition: quicker as long as there are few and they are small.
    Sum,
}

impl Pieces {
    pub(super) fn of(class: &Class<'_>) -> Self {
        let message = class.message;
        let is_small = |field: &Field| {
            field.oneof.is_none()
                && match field.shape {
                    Shape::Singular { ty, .. } => ty != Type::Scalar(Scalar::Bytes),
                    Shape::Repeated { .. } | Shape::Map { .. } => false,
                }
        };
        if message.fields.len() <= 3
            && message.extension_ranges.is_empty()
            && message.fields.iter().all(is_small)
        {
            Self::Sum
        } else {
            Self::List
        }
    }

    /// The statement that adds one piece.
    fn one(self, column: usize, piece: &str) -> String {
        let line = format!("w += {piece}");
        match self {
            Self::List => call(column, "w.append", &[piece], ""),
            Self::Sum if fits(column, &line) => line,
            Self::Sum => format!("w += (\n    {piece}\n)"),
        }
    }

    /// The statement that adds several pieces.
    fn all(self, pieces: &[&str]) -> String {
        let between = match self {
            Self::List => ", ",
            Self::Sum => " + ",
        };
        format!("w += {}", pieces.join(between))
    }
}

/// The statements that refuse what is no message of this class.
pub(super) fn check_message(path: &str, column: usize) -> Vec<String> {
    vec![
        call(column, "if not isinstance", &["v", path], ":"),
        format!(
            "    {}",
            call(column + 4, "raise _x.wrong", &["v", path], "").replace('\n', "\n    ")
        ),
    ]
}

/// What writes the value `v` with its tag.
pub(super) fn value(
    class: &Class<'_>,
    member: &Member<'_>,
    element: &Element,
    from: usize,
) -> WriteValue {
    let tag = member.tag();
    let literal = text::tag(tag);
    let pieces = Pieces::of(class);
    let column = class.column + from;
    match element {
        Element::Scalar(Scalar::Bool, facts) => {
            let (yes, put) = (text::tagged_byte(tag, 1), facts.put);
            WriteValue {
                plain: vec![pieces.one(
                    column,
                    &format!("{yes} if v is True else {literal} + {put}(v)"),
                )],
                ..WriteValue::default()
            }
        }
        Element::Scalar(Scalar::Sint32 | Scalar::Sint64, facts) => {
            zigzag(class, tag, facts.put, from)
        }
        Element::Scalar(_, facts) => match facts.coding {
            Coding::Varint { .. } => varint(class, tag, facts.put, from),
            Coding::Fixed(fixed) => WriteValue {
                plain: vec![if tag < 128 {
                    pieces.one(column, &format!("_p.tag_{}({tag}, v)", fixed.name))
                } else {
                    pieces.all(&[&literal, &format!("_p.pack_{}(v)", fixed.name)])
                }],
                ..WriteValue::default()
            },
            Coding::String => delimited(class, tag, encode(member.field.verify_utf8)),
            Coding::Bytes => delimited(class, tag, "v if v.__class__ is bytes else _p.blob(v)"),
        },
        Element::Enum { .. } => varint(class, tag, "_p.int32", from),
        Element::Message {
            class: path, group, ..
        } => {
            let mut write = if *group {
                let end = text::tag(member.tag_of(4));
                WriteValue {
                    plain: vec![pieces.all(&[&literal, "v._write(d)", &end])],
                    ..WriteValue::default()
                }
            } else {
                delimited(class, tag, "v._write(d)")
            };
            write.check = check_message(path, class.column + from);
            write
        }
    }
}

fn varint(class: &Class<'_>, tag: u32, put: &str, from: usize) -> WriteValue {
    let pieces = Pieces::of(class);
    let column = class.column + from + 4;
    let literal = text::tag(tag);
    let (short, two) = match class.heads(tag) {
        Some(heads) => {
            let start = format!("{heads}[v & 127 | 128]");
            let two = pieces.all(&[&start, "_p.B[v >> 7]"]);
            let short = pieces.one(column, &format!("{heads}[v]"));
            (short, fits(column, &two).then_some(two))
        }
        None => (pieces.all(&[&literal, "_p.B[v]"]), None),
    };
    WriteValue {
        varint: Some(VarintWrite {
            is_short: "0 <= v < 128".to_owned(),
            short,
            two,
            long: pieces.all(&[&literal, &format!("{put}(v)")]),
        }),
        ..WriteValue::default()
    }
}

/// A number that is small near zero: its sign is the lowest bit.
fn zigzag(class: &Class<'_>, tag: u32, put: &str, from: usize) -> WriteValue {
    let pieces = Pieces::of(class);
    let long = pieces.all(&[&text::tag(tag), &format!("{put}(v)")]);
    let mut write = WriteValue::default();
    match class.heads(tag) {
        None => write.plain = vec![long],
        Some(heads) => {
            let head = format!("{heads}[v << 1 ^ v >> 7]");
            write.varint = Some(VarintWrite {
                is_short: "-64 <= v < 64".to_owned(),
                short: pieces.one(class.column + from + 4, &head),
                two: None,
                long,
            });
        }
    }
    write
}

/// A value with its length: `bytes` is the expression that makes the bytes of `v`.
fn delimited(class: &Class<'_>, tag: u32, bytes: &str) -> WriteValue {
    let pieces = Pieces::of(class);
    let literal = text::tag(tag);
    let short = match class.heads(tag) {
        Some(heads) => pieces.one(0, &format!("{heads}[n]")),
        None => pieces.all(&[&literal, "_p.B[n]"]),
    };
    WriteValue {
        delimited: Some(DelimitedWrite {
            bytes: bytes.to_owned(),
            short,
            long: pieces.all(&[&literal, "_p.varint(n)"]),
            body: pieces.one(0, "s"),
        }),
        ..WriteValue::default()
    }
}

pub(super) fn write_packed(class: &Class<'_>, member: &Member<'_>, element: &Element) -> String {
    let literal = text::tag(member.tag_of(2));
    let head = |function: &str| format!("w += {literal}, _p.{function}");
    let column = class.column + FIELD + 4;
    match element {
        Element::Scalar(Scalar::Bool | Scalar::Sint32 | Scalar::Sint64, facts) => {
            call(column, &head("packed"), &["x", facts.put], "")
        }
        Element::Scalar(_, facts) => match facts.coding {
            Coding::Fixed(fixed) => {
                let letter = format!("\"{}\"", fixed.letter);
                call(
                    column,
                    &head("packed_fixed"),
                    &["x", &letter, facts.put],
                    "",
                )
            }
            Coding::Varint { .. } | Coding::String | Coding::Bytes => {
                call(column, &head("packed_varints"), &["x", facts.put], "")
            }
        },
        Element::Enum { .. } => call(column, &head("packed_varints"), &["x", "_p.int32"], ""),
        Element::Message { .. } => String::new(),
    }
}

/// What writes an entry of a map: a message with the key and the value, both always there.
pub(super) fn entry(
    class: &Class<'_>,
    member: &Member<'_>,
    key: Scalar,
    element: &Element,
) -> WriteValue {
    if let (Scalar::String, Element::Scalar(Scalar::String, _), true, Some(heads)) = (
        key,
        element,
        member.field.verify_utf8,
        class.heads(member.tag()),
    ) {
        return text_entry(member.tag(), &heads);
    }
    let key_facts = super::types::facts(key, member.field.verify_utf8);
    let mut write = delimited(class, member.tag(), "");
    let key = match key_facts.coding {
        Coding::String if member.field.verify_utf8 => "_p.key_string(k)".to_owned(),
        Coding::String | Coding::Bytes | Coding::Varint { .. } | Coding::Fixed(_) => {
            format!("{} + {}(k)", text::tag(8 | key.wire_type()), key_facts.put)
        }
    };
    // In an error, `v` is what could not be written.
    write.check = vec![
        "v = k".to_owned(),
        format!("s = {key}"),
        "v = x[k]".to_owned(),
    ];
    let tagged = |wire: u32, value: &str| format!("{} + {value}", text::tag(16 | wire));
    let value = match element {
        Element::Scalar(Scalar::String, _) if member.field.verify_utf8 => {
            "_p.value_string(v)".to_owned()
        }
        Element::Scalar(scalar, facts) => tagged(scalar.wire_type(), &format!("{}(v)", facts.put)),
        Element::Enum { .. } => tagged(0, "_p.int32(v)"),
        Element::Message { class: path, .. } => {
            let check = check_message(path, class.column + FIELD + 8);
            write.check.extend(check);
            tagged(2, "_p.delimited(v._write(d))")
        }
    };
    if let Some(delimited) = &mut write.delimited {
        delimited.bytes = format!("s + {value}");
    }
    write
}

/// What writes an entry of a map from strings to strings.
fn text_entry(tag: u32, heads: &str) -> WriteValue {
    WriteValue {
        check: vec![
            "v = k".to_owned(),
            "s = k.encode()".to_owned(),
            "n = len(s)".to_owned(),
            "v = x[k]".to_owned(),
            "z = v.encode()".to_owned(),
            "q = len(z)".to_owned(),
            "if n + q < 124:".to_owned(),
            format!("    w += {heads}[n + q + 4], _p.KEYS[n], s, _p.VALUES[q], z"),
            "else:".to_owned(),
            format!("    w += {}, _p.text_entry(s, z)", text::tag(tag)),
        ],
        ..WriteValue::default()
    }
}
