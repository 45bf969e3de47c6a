//! Reads explicit default values, which descriptors keep as text.
//! Source: `FieldDescriptorProto.default_value` in descriptor.proto.

use super::descriptor::{EnumProto, Kind};
use crate::contract::{Default, Scalar};

/// The value of a default's text; `None` if the text is none of the type.
pub(crate) fn parse(text: &str, kind: Kind, enumeration: Option<&EnumProto>) -> Option<Default> {
    Some(match kind {
        Kind::Scalar(scalar) => match scalar {
            Scalar::Bool => Default::Bool(text.parse().ok()?),
            Scalar::Int32 | Scalar::Sint32 | Scalar::Sfixed32 => {
                Default::Int(i64::from(text.parse::<i32>().ok()?))
            }
            Scalar::Int64 | Scalar::Sint64 | Scalar::Sfixed64 => Default::Int(text.parse().ok()?),
            Scalar::Uint32 | Scalar::Fixed32 => Default::Uint(u64::from(text.parse::<u32>().ok()?)),
            Scalar::Uint64 | Scalar::Fixed64 => Default::Uint(text.parse().ok()?),
            Scalar::Float => Default::Float(text.parse().ok()?),
            Scalar::Double => Default::Double(text.parse().ok()?),
            Scalar::String => Default::String(text.to_owned()),
            Scalar::Bytes => Default::Bytes(unescape(text)?),
        },
        Kind::Enum => Default::Enum(
            enumeration?
                .values
                .iter()
                .find(|value| value.name == text)?
                .number,
        ),
        Kind::Message | Kind::Group => return None,
    })
}

/// Undoes the C escapes of a `bytes` default.
pub(crate) fn unescape(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        if byte != b'\\' {
            out.push(byte);
            continue;
        }
        let (&escape, tail) = rest.split_first()?;
        rest = tail;
        match escape {
            b'a' => out.push(7),
            b'b' => out.push(8),
            b'f' => out.push(12),
            b'n' => out.push(b'\n'),
            b'r' => out.push(b'\r'),
            b't' => out.push(b'\t'),
            b'v' => out.push(11),
            b'\\' | b'\'' | b'"' | b'?' => out.push(escape),
            b'x' | b'X' => out.push(digits(&mut rest, 16, 2)?),
            b'0'..=b'7' => {
                rest = &text.as_bytes()[text.len() - rest.len() - 1..];
                out.push(digits(&mut rest, 8, 3)?);
            }
            _ => return None,
        }
    }
    Some(out)
}

/// Reads up to `most` digits, at least one; what overflows a byte is cut off, as in C.
fn digits(rest: &mut &[u8], radix: u32, most: usize) -> Option<u8> {
    let count = rest
        .iter()
        .take(most)
        .take_while(|byte| char::from(**byte).is_digit(radix))
        .count();
    let (digits, tail) = rest.split_at(count);
    *rest = tail;
    let text = std::str::from_utf8(digits).ok()?;
    u32::from_str_radix(text, radix)
        .ok()
        .map(|value| value as u8)
}
