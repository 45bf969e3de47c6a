//! Explicit defaults in a lock: numbers as such, text in quotes, bytes in hexadecimal digits, an enum's value by its
//! number. Decides both how one is written and how it is read.

use super::item::{TypeName, quoted};
use crate::contract::{Default, Scalar};

/// A default as it is written.
pub(super) fn text(default: &Default) -> String {
    match default {
        Default::Bool(value) => value.to_string(),
        Default::Int(value) => value.to_string(),
        Default::Uint(value) => value.to_string(),
        Default::Float(value) => format!("{value:?}"),
        Default::Double(value) => format!("{value:?}"),
        Default::String(text) => quoted(text),
        Default::Bytes(bytes) => format!("0x{}", data_encoding::HEXLOWER.encode(bytes)),
        Default::Enum(number) => number.to_string(),
    }
}

/// The default that a text says; nothing if it is none of the type.
pub(super) fn read(text: &str, ty: TypeName<'_>) -> Option<Default> {
    Some(match ty {
        TypeName::Message(_) | TypeName::Group(_) => return None,
        TypeName::Enum(_) => Default::Enum(text.parse().ok()?),
        TypeName::Scalar(scalar) => match scalar {
            Scalar::Bool => Default::Bool(text.parse().ok()?),
            Scalar::Int32 | Scalar::Sint32 | Scalar::Sfixed32 => {
                Default::Int(text.parse::<i32>().ok()?.into())
            }
            Scalar::Int64 | Scalar::Sint64 | Scalar::Sfixed64 => Default::Int(text.parse().ok()?),
            Scalar::Uint32 | Scalar::Fixed32 => Default::Uint(text.parse::<u32>().ok()?.into()),
            Scalar::Uint64 | Scalar::Fixed64 => Default::Uint(text.parse().ok()?),
            Scalar::Float => Default::Float(text.parse().ok()?),
            Scalar::Double => Default::Double(text.parse().ok()?),
            Scalar::String => Default::String(serde_json::from_str(text).ok()?),
            Scalar::Bytes => {
                let digits = text.strip_prefix("0x")?;
                Default::Bytes(data_encoding::HEXLOWER.decode(digits.as_bytes()).ok()?)
            }
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for (scalar, value) in [
            (Scalar::Bool, Default::Bool(true)),
            (Scalar::Sint32, Default::Int(i32::MIN.into())),
            (Scalar::Int64, Default::Int(i64::MIN)),
            (Scalar::Fixed64, Default::Uint(u64::MAX)),
            (Scalar::Float, Default::Float(f32::MIN_POSITIVE)),
            (Scalar::Float, Default::Float(-0.0)),
            (Scalar::Double, Default::Double(f64::NEG_INFINITY)),
            (Scalar::Double, Default::Double(1e300)),
            (Scalar::String, Default::String("a \"b\" \\ ü\n".to_owned())),
            (Scalar::Bytes, Default::Bytes(vec![0, 255, 16])),
            (Scalar::Bytes, Default::Bytes(Vec::new())),
        ] {
            let text = text(&value);
            assert_eq!(read(&text, TypeName::Scalar(scalar)), Some(value), "{text}");
        }
        let nan = read(
            &text(&Default::Double(f64::NAN)),
            TypeName::Scalar(Scalar::Double),
        );
        assert!(matches!(nan, Some(Default::Double(value)) if value.is_nan()));
        for (scalar, text) in [
            (Scalar::Int32, "2147483648"),
            (Scalar::Uint32, "-1"),
            (Scalar::Bool, "1"),
            (Scalar::String, "a"),
            (Scalar::Bytes, "0x1"),
            (Scalar::Bytes, "00"),
        ] {
            assert_eq!(read(text, TypeName::Scalar(scalar)), None, "{text}");
        }
        assert_eq!(read("1", TypeName::Message("a.B")), None);
    }
}
