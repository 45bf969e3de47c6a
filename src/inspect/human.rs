//! A payload for people: a line per field, nested ones further in.

use super::{Found, Reading, Wire};

/// As much of text and bytes is shown.
const WIDTH: usize = 60;

/// Prints fields as lines.
#[derive(Debug, Clone, Copy, Default)]
pub struct Human;

impl Human {
    /// The line of a field: offset, number, name and type if they are known, and the value.
    #[must_use]
    pub fn line(self, found: &Found<'_>) -> String {
        let indent = "  ".repeat(found.level);
        let mut line = format!("{:>6}  {indent}{}", found.offset, found.number);
        if let Some(name) = &found.name {
            line.push(' ');
            line.push_str(name);
        }
        line.push_str(": ");
        if let (Some(ty), false) = (&found.ty, found.mismatch) {
            line.push_str(ty);
            if let Some(value) = value(&found.value) {
                line.push_str(" = ");
                line.push_str(&value);
            }
        } else {
            line.push_str(&wire(found.wire));
            if found.wire != Wire::Group {
                line.push_str(&seems(&found.value));
            }
        }
        if let (Some(ty), true) = (&found.ty, found.mismatch) {
            line.push_str(&format!("  (unknown to readers: no `{ty}` is encoded so)"));
        }
        line.push('\n');
        line
    }
}

fn wire(wire: Wire) -> String {
    match wire {
        Wire::Varint => "varint".to_owned(),
        Wire::Fixed64 => "8 bytes".to_owned(),
        Wire::Length(1) => "length 1".to_owned(),
        Wire::Length(length) => format!("length {length}"),
        Wire::Group => "group".to_owned(),
        Wire::Fixed32 => "4 bytes".to_owned(),
    }
}

/// A value that the contract tells.
fn value(reading: &Reading<'_>) -> Option<String> {
    Some(match reading {
        Reading::Number(text) => text.clone(),
        Reading::Enum(_, Some(name)) => (*name).to_owned(),
        Reading::Enum(number, None) => format!("{number}, which has no name"),
        Reading::List(list) => {
            let rest = match list.len().saturating_sub(MOST) {
                0 => String::new(),
                rest => format!(", and {rest} more"),
            };
            let shown: Vec<_> = list.iter().take(MOST).map(String::as_str).collect();
            format!("[{}{rest}]", shown.join(", "))
        }
        Reading::Text(text) => quoted(text),
        Reading::Bytes(bytes) | Reading::Packed(bytes, _) => hex(bytes),
        Reading::Varint(value) => value.to_string(),
        Reading::Fixed32(value) => value.to_string(),
        Reading::Fixed64(value) => value.to_string(),
        Reading::Message => return None,
    })
}

/// As many elements of a list are shown.
const MOST: usize = 16;

/// A value that is guessed.
fn seems(reading: &Reading<'_>) -> String {
    match reading {
        Reading::Varint(value) => {
            let zigzag = (value >> 1) as i64 ^ -((value & 1) as i64);
            match i64::try_from(*value) {
                Ok(small @ 0..=1) => format!(" {small}"),
                Ok(value) => format!(" {value}, or {zigzag} if zig-zag"),
                Err(_) => format!(
                    " {}, or {value} if unsigned, or {zigzag} if zig-zag",
                    *value as i64
                ),
            }
        }
        Reading::Fixed32(value) => format!(
            " {}, or {:?} if a float",
            *value as i32,
            f32::from_bits(*value)
        ),
        Reading::Fixed64(value) => format!(
            " {}, or {:?} if a double",
            *value as i64,
            f64::from_bits(*value)
        ),
        Reading::Text(text) => format!(" {}", quoted(text)),
        Reading::Bytes([]) => String::new(),
        Reading::Bytes(bytes) => format!(" {}", hex(bytes)),
        Reading::Packed(bytes, numbers) => {
            let numbers: Vec<String> = numbers.iter().map(u64::to_string).collect();
            format!(
                " {}, or [{}] if packed varints",
                hex(bytes),
                numbers.join(", ")
            )
        }
        Reading::Message => " a message".to_owned(),
        Reading::Number(_) | Reading::Enum(..) | Reading::List(_) => {
            value(reading).map_or_else(String::new, |text| format!(" {text}"))
        }
    }
}

fn quoted(text: &str) -> String {
    let shown: String = text.chars().take(WIDTH).collect();
    let dots = if shown.len() < text.len() { "…" } else { "" };
    format!("{shown:?}{dots}")
}

fn hex(bytes: &[u8]) -> String {
    let shown = bytes.get(..WIDTH / 2).unwrap_or(bytes);
    let dots = if shown.len() < bytes.len() { "…" } else { "" };
    format!("{}{dots}", data_encoding::HEXLOWER.encode(shown))
}
