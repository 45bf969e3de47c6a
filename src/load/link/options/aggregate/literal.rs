//! Values in an option's text that are no messages. The text format knows more spellings than options do.

use super::input::Input;
use crate::load::descriptor::{FieldProto, Kind, TypeRef};
use crate::load::link::options::text::Token;
use crate::load::link::options::tree::{self, Node};
use crate::load::link::options::value::{Integer, Written};
use crate::load::link::options::{Interpreter, Outcome};
use crate::wire;

impl Interpreter<'_> {
    /// Reads a value that is no message. The text format knows more spellings than options do.
    pub(super) fn literal(&self, field: &FieldProto, input: &mut Input<'_>) -> Outcome<Node> {
        let negative = input.take('-');
        let option = input.option;
        let name = format!("{option}: {}", field.name);
        let is_enum = field.kind == Some(Kind::Enum);
        let token = input.tokens.next();
        let mut text;
        let written = match token {
            Some(Token::Identifier(identifier)) => {
                Written::Identifier(spelling(field, identifier, negative))
            }
            Some(Token::Integer(magnitude)) if is_enum => {
                let value = Integer {
                    negative,
                    magnitude,
                };
                let Some(number) = self.enum_number(field, value) else {
                    return Err(input.error(format_args!(
                        "`{}` has no value with the number {}",
                        field.name,
                        value.as_i128()
                    )));
                };
                let mut bytes = Vec::new();
                let packed = tree::is_packed(field);
                if !packed {
                    wire::put_tag(&mut bytes, tree::number(field), 0);
                }
                wire::put_varint(&mut bytes, i64::from(number) as u64);
                return Ok(if packed {
                    Node::Packed(bytes)
                } else {
                    Node::Value(bytes)
                });
            }
            Some(Token::Integer(magnitude)) if is_bool(field) && magnitude < 2 && !negative => {
                Written::Identifier(if magnitude == 1 { "true" } else { "false" })
            }
            Some(Token::Integer(magnitude)) => Written::Integer(Integer {
                negative,
                magnitude,
            }),
            Some(Token::Float(value)) => Written::Float(if negative { -value } else { value }),
            Some(Token::Text(first)) if !negative => {
                text = first;
                while let Some(Token::Text(more)) = input.tokens.peek() {
                    text.extend_from_slice(more);
                    input.tokens.next();
                }
                Written::Text(&text)
            }
            Some(Token::Text(_) | Token::Sign(_)) | None => {
                return Err(input.error(format_args!(
                    "`{}` needs a value: {}",
                    field.name,
                    self.example(field)
                )));
            }
        };
        self.scalar(field, written, &name)
    }

    /// The number of an enum value that is written as a number; a closed enum must have it.
    fn enum_number(&self, field: &FieldProto, value: Integer) -> Option<i32> {
        let number = i32::try_from(value.as_i128()).ok()?;
        let TypeRef::Enum(enumeration) = field.resolved else {
            return None;
        };
        let enumeration = self.linked.enumeration(enumeration);
        (!enumeration.features.closed_enum
            || enumeration
                .values
                .iter()
                .any(|value| value.number == number))
        .then_some(number)
    }
}

fn is_bool(field: &FieldProto) -> bool {
    field.kind == Some(Kind::Scalar(crate::contract::Scalar::Bool))
}

/// The canonical spelling of a keyword of the text format.
fn spelling<'t>(field: &FieldProto, identifier: &'t str, negative: bool) -> &'t str {
    let lower = identifier.to_ascii_lowercase();
    let is_float = matches!(
        field.kind,
        Some(Kind::Scalar(
            crate::contract::Scalar::Float | crate::contract::Scalar::Double
        ))
    );
    match lower.as_str() {
        "inf" | "infinity" if is_float => {
            if negative {
                "-inf"
            } else {
                "inf"
            }
        }
        "nan" if is_float => {
            if negative {
                "-nan"
            } else {
                "nan"
            }
        }
        _ if negative => "-",
        _ if is_bool(field) => match identifier {
            "True" | "t" => "true",
            "False" | "f" => "false",
            other => other,
        },
        _ => identifier,
    }
}
