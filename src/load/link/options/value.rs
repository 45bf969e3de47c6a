//! From an option's value as written to the bytes of its field.

use prost_types::UninterpretedOption;

use super::tree::{self, Node};
use super::{Interpreter, Outcome, Problem};
use crate::contract::Scalar;
use crate::load::descriptor::{EnumRef, FieldProto, Kind, TypeRef};
use crate::wire;

/// An integer as it is written: its sign and its digits' value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Integer {
    pub(super) negative: bool,
    pub(super) magnitude: u64,
}

impl Integer {
    pub(super) fn as_i128(self) -> i128 {
        let magnitude = i128::from(self.magnitude);
        if self.negative { -magnitude } else { magnitude }
    }
}

/// A value as it is written, whether after `option =` or inside `{ … }`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Written<'a> {
    Identifier(&'a str),
    Integer(Integer),
    Float(f64),
    Text(&'a [u8]),
}

impl Interpreter<'_> {
    /// The value of an option.
    pub(super) fn value(
        &mut self,
        field: &FieldProto,
        option: &UninterpretedOption,
        name: &str,
    ) -> Outcome<Node> {
        if let TypeRef::Message(message) = field.resolved {
            let Some(text) = &option.aggregate_value else {
                return Err(Problem::new(
                    format!("the option `{name}` is a message"),
                    format!("write `{name} = {{ … }}`, or set its fields: `{name}.field = …`"),
                ));
            };
            let inner = self.aggregate(message, text, name)?;
            return Ok(Node::message(field, inner));
        }
        let written = match option {
            UninterpretedOption {
                identifier_value: Some(value),
                ..
            } => Written::Identifier(value),
            UninterpretedOption {
                positive_int_value: Some(value),
                ..
            } => Written::Integer(Integer {
                negative: false,
                magnitude: *value,
            }),
            UninterpretedOption {
                negative_int_value: Some(value),
                ..
            } => Written::Integer(Integer {
                negative: true,
                magnitude: value.unsigned_abs(),
            }),
            UninterpretedOption {
                double_value: Some(value),
                ..
            } => Written::Float(*value),
            UninterpretedOption {
                string_value: Some(value),
                ..
            } => Written::Text(value),
            UninterpretedOption { .. } => {
                return Err(Problem::new(
                    format!("the option `{name}` is not a message"),
                    format!("write {}", self.example(field)),
                ));
            }
        };
        self.scalar(field, written, name)
    }

    /// A value that is no message: with its tag, or without in a packed list.
    pub(super) fn scalar(
        &self,
        field: &FieldProto,
        written: Written<'_>,
        name: &str,
    ) -> Outcome<Node> {
        let packed = tree::is_packed(field);
        let mut out = Vec::new();
        self.encode(field, written, name, !packed, &mut out)?;
        Ok(if packed {
            Node::Packed(out)
        } else {
            Node::Value(out)
        })
    }

    fn encode(
        &self,
        field: &FieldProto,
        written: Written<'_>,
        name: &str,
        tagged: bool,
        out: &mut Vec<u8>,
    ) -> Outcome<()> {
        let wrong = || {
            Problem::new(
                format!("the option `{name}` cannot have this value"),
                format!("write {}", self.example(field)),
            )
        };
        let number = field.number.unsigned_abs();
        let mut put = |wire_type: u32, bytes: &[u8]| {
            if tagged {
                wire::put_tag(out, number, wire_type);
            }
            out.extend_from_slice(bytes);
        };
        let mut varint = |value: u64| {
            let mut bytes = Vec::with_capacity(10);
            wire::put_varint(&mut bytes, value);
            put(0, &bytes);
        };
        match field.kind {
            Some(Kind::Scalar(scalar)) => match scalar {
                Scalar::Bool => varint(u64::from(boolean(written).ok_or_else(wrong)?)),
                Scalar::Int32 => {
                    varint(i64::from(self.integer::<i32>(written, field, name)?) as u64);
                }
                Scalar::Int64 => varint(self.integer::<i64>(written, field, name)? as u64),
                Scalar::Uint32 => varint(u64::from(self.integer::<u32>(written, field, name)?)),
                Scalar::Uint64 => varint(self.integer(written, field, name)?),
                Scalar::Sint32 => {
                    let value: i32 = self.integer(written, field, name)?;
                    varint(u64::from(((value << 1) ^ (value >> 31)) as u32));
                }
                Scalar::Sint64 => {
                    let value: i64 = self.integer(written, field, name)?;
                    varint(((value << 1) ^ (value >> 63)) as u64);
                }
                Scalar::Fixed32 => {
                    put(5, &self.integer::<u32>(written, field, name)?.to_le_bytes());
                }
                Scalar::Sfixed32 => {
                    put(5, &self.integer::<i32>(written, field, name)?.to_le_bytes());
                }
                Scalar::Fixed64 => {
                    put(1, &self.integer::<u64>(written, field, name)?.to_le_bytes());
                }
                Scalar::Sfixed64 => {
                    put(1, &self.integer::<i64>(written, field, name)?.to_le_bytes());
                }
                Scalar::Float => {
                    let value = float(written).ok_or_else(wrong)?;
                    put(5, &(value as f32).to_le_bytes());
                }
                Scalar::Double => put(1, &float(written).ok_or_else(wrong)?.to_le_bytes()),
                Scalar::String | Scalar::Bytes => match written {
                    Written::Text(text) => {
                        let mut bytes = Vec::with_capacity(text.len() + 2);
                        wire::put_varint(&mut bytes, text.len() as u64);
                        bytes.extend_from_slice(text);
                        put(2, &bytes);
                    }
                    Written::Identifier(_) | Written::Integer(_) | Written::Float(_) => {
                        return Err(wrong());
                    }
                },
            },
            Some(Kind::Enum) => varint(i64::from(self.enum_value(field, written, name)?) as u64),
            Some(Kind::Message | Kind::Group) | None => return Err(wrong()),
        }
        Ok(())
    }

    /// An integer in the range of its type.
    fn integer<T: TryFrom<i128>>(
        &self,
        written: Written<'_>,
        field: &FieldProto,
        name: &str,
    ) -> Outcome<T> {
        match written {
            Written::Integer(integer) => T::try_from(integer.as_i128()).map_err(|_| {
                Problem::new(
                    format!(
                        "the value {} of the option `{name}` is out of range",
                        integer.as_i128()
                    ),
                    format!("write {}", self.example(field)),
                )
            }),
            Written::Identifier(_) | Written::Float(_) | Written::Text(_) => Err(Problem::new(
                format!("the option `{name}` is not an integer"),
                format!("write {}", self.example(field)),
            )),
        }
    }

    fn enum_value(&self, field: &FieldProto, written: Written<'_>, name: &str) -> Outcome<i32> {
        let TypeRef::Enum(enumeration) = field.resolved else {
            return Err(Problem::new(
                format!("the type of the option `{name}` is not known"),
                "see the error at its definition",
            ));
        };
        let values = &self.linked.enumeration(enumeration).values;
        let value = match written {
            Written::Identifier(identifier) => values.iter().find(|value| value.name == identifier),
            Written::Integer(_) | Written::Float(_) | Written::Text(_) => None,
        };
        value.map(|value| value.number).ok_or_else(|| {
            Problem::new(
                format!(
                    "the option `{name}` needs a value of the enum `{}`",
                    self.linked.enum_name(enumeration)
                ),
                format!("write {}", self.example(field)),
            )
        })
    }

    /// What a value of a field looks like, for help.
    pub(super) fn example(&self, field: &FieldProto) -> String {
        match field.kind {
            Some(Kind::Scalar(scalar)) => match scalar {
                Scalar::Bool => "`true` or `false`".to_owned(),
                Scalar::Int32 | Scalar::Sint32 | Scalar::Sfixed32 => {
                    format!("an integer from {} to {}", i32::MIN, i32::MAX)
                }
                Scalar::Int64 | Scalar::Sint64 | Scalar::Sfixed64 => {
                    format!("an integer from {} to {}", i64::MIN, i64::MAX)
                }
                Scalar::Uint32 | Scalar::Fixed32 => format!("an integer from 0 to {}", u32::MAX),
                Scalar::Uint64 | Scalar::Fixed64 => format!("an integer from 0 to {}", u64::MAX),
                Scalar::Float | Scalar::Double => "a number, `inf` or `nan`".to_owned(),
                Scalar::String | Scalar::Bytes => "a string in quotes".to_owned(),
            },
            Some(Kind::Enum) => match field.resolved {
                TypeRef::Enum(enumeration) => self.values(enumeration),
                TypeRef::Message(_) | TypeRef::None => "a value of its enum".to_owned(),
            },
            Some(Kind::Message | Kind::Group) => "a message: `{ … }`".to_owned(),
            None => "a value of its type".to_owned(),
        }
    }

    fn values(&self, enumeration: EnumRef) -> String {
        let names: Vec<String> = self
            .linked
            .enumeration(enumeration)
            .values
            .iter()
            .take(8)
            .map(|value| format!("`{}`", value.name))
            .collect();
        format!("one of {}", names.join(", "))
    }
}

fn boolean(written: Written<'_>) -> Option<bool> {
    match written {
        Written::Identifier("true") => Some(true),
        Written::Identifier("false") => Some(false),
        Written::Identifier(_) | Written::Integer(_) | Written::Float(_) | Written::Text(_) => None,
    }
}

fn float(written: Written<'_>) -> Option<f64> {
    match written {
        Written::Float(value) => Some(value),
        Written::Integer(integer) => {
            let magnitude = integer.magnitude as f64;
            Some(if integer.negative {
                -magnitude
            } else {
                magnitude
            })
        }
        Written::Identifier("inf") => Some(f64::INFINITY),
        Written::Identifier("nan") => Some(f64::NAN),
        Written::Identifier("-inf") => Some(f64::NEG_INFINITY),
        Written::Identifier("-nan") => Some(-f64::NAN),
        Written::Identifier(_) | Written::Text(_) => None,
    }
}
