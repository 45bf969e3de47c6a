//! Strings of the text format: their escapes, undone and done.

use std::fmt::Write as _;

use crate::dynamic::Error;

/// Appends what stands between quotes, its escapes undone. `start` is its offset, for errors.
pub(super) fn unescape(raw: &str, start: usize, out: &mut Vec<u8>) -> Result<(), Error> {
    let mut rest = raw;
    while let Some(at) = rest.find('\\') {
        out.extend_from_slice(&rest.as_bytes()[..at]);
        let escape = &rest[at + 1..];
        let length = one(escape, out).ok_or_else(|| {
            let offset = start + raw.len() - escape.len() - 1;
            Error::new("this is no escape of the text format").at(offset)
        })?;
        rest = &escape[length..];
    }
    out.extend_from_slice(rest.as_bytes());
    Ok(())
}

/// Appends what an escape without its backslash stands for; gives its length. `None` if it is none.
fn one(escape: &str, out: &mut Vec<u8>) -> Option<usize> {
    let first = *escape.as_bytes().first()?;
    let simple = match first {
        b'a' => 7,
        b'b' => 8,
        b'f' => 12,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'v' => 11,
        b'?' | b'\\' | b'\'' | b'"' => first,
        b'0'..=b'7' => {
            let (value, length) = digits(escape, 8, 3);
            out.push(u8::try_from(value).ok()?);
            return Some(length);
        }
        b'x' => {
            let (value, length) = digits(&escape[1..], 16, 2);
            out.push(u8::try_from(value).ok().filter(|_| length > 0)?);
            return Some(1 + length);
        }
        b'u' | b'U' => {
            let (c, length) = unicode(escape)?;
            out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            return Some(length);
        }
        _ => return None,
    };
    out.push(simple);
    Some(1)
}

/// The character of `u` and four digits or `U` and eight, with the length of its escape. Surrogates are no characters,
/// in pairs neither.
fn unicode(escape: &str) -> Option<(char, usize)> {
    let count = if escape.starts_with('U') { 8 } else { 4 };
    let (code, length) = digits(&escape[1..], 16, count);
    let c = char::from_u32(code).filter(|_| length == count)?;
    Some((c, 1 + length))
}

/// The value and the number of the digits that a text begins with, `most` at most.
fn digits(text: &str, radix: u32, most: usize) -> (u32, usize) {
    let digits = text.chars().take(most);
    let digits = digits.map_while(|digit| digit.to_digit(radix));
    digits.fold((0, 0), |(value, length), digit| {
        (value * radix + digit, length + 1)
    })
}

/// Appends text in quotes.
pub(super) fn put_str(out: &mut String, text: &str) {
    out.push('"');
    put_plain(out, text);
    out.push('"');
}

/// Appends text in quotes that may have bytes in between that are none.
pub(super) fn put_unverified(out: &mut String, bytes: &[u8]) {
    out.push('"');
    for chunk in bytes.utf8_chunks() {
        put_plain(out, chunk.valid());
        chunk.invalid().iter().for_each(|byte| octal(out, *byte));
    }
    out.push('"');
}

/// Appends bytes in quotes, all but the printable ones of ASCII escaped.
pub(super) fn put_bytes(out: &mut String, bytes: &[u8]) {
    out.push('"');
    for byte in bytes {
        match byte {
            0x80.. => octal(out, *byte),
            _ => put_char(out, char::from(*byte)),
        }
    }
    out.push('"');
}

fn put_plain(out: &mut String, text: &str) {
    text.chars().for_each(|c| put_char(out, c));
}

fn put_char(out: &mut String, c: char) {
    match c {
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        '"' | '\'' | '\\' => {
            out.push('\\');
            out.push(c);
        }
        '\0'..' ' | '\u{7f}' => octal(out, c as u8),
        _ => out.push(c),
    }
}

fn octal(out: &mut String, byte: u8) {
    // Writing to a string cannot fail.
    let _ = write!(out, "\\{byte:03o}");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn undone(raw: &str) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        unescape(raw, 0, &mut out).ok().map(|()| out)
    }

    #[test]
    fn escapes_are_undone() {
        for (raw, bytes) in [
            (
                r"\a\b\f\n\r\t\v\?\\\'\x22",
                &b"\x07\x08\x0c\n\r\t\x0b?\\'\""[..],
            ),
            (r"\1234\0", b"S4\0"),
            (r"\5Hello", b"\x05Hello"),
            (r"\377\xfF0", b"\xff\xff0"),
            (r"\x3world", b"\x03world"),
            (r"é\u00e9\U000000e9", "ééé".as_bytes()),
            (r"\U0001F408", "🐈".as_bytes()),
        ] {
            assert_eq!(undone(raw).as_deref(), Some(bytes), "{raw}");
        }
        for wrong in [
            r"\",
            r"\q",
            r"\é",
            r"\x",
            r"\xg",
            r"\400",
            r"\u12",
            r"\u123é",
            r"\U0001F40",
            r"\U00110000",
            r"\ud83d",
            r"\ud83dx",
            r"\udc08",
            r"\ud83d\udc08",
            r"\ud83d\ud83d",
            r"\U0000d83d\udc08",
            r"\ud83d\U0000dc08",
        ] {
            assert_eq!(undone(wrong), None, "{wrong}");
        }
        let mut out = Vec::new();
        let error = unescape(r"a\n\q", 10, &mut out).expect_err("`q` is none");
        assert_eq!(error.offset(), Some(13));
    }

    #[test]
    fn strings_are_escaped() {
        let mut out = String::new();
        put_str(&mut out, "a\"'\\\n\r\t\u{1}\u{7f}é\u{85}");
        put_bytes(&mut out, "é'\0".as_bytes());
        put_unverified(&mut out, b"\xc3\xa9\xff\xc3");
        assert_eq!(
            out,
            "\"a\\\"\\'\\\\\\n\\r\\t\\001\\177é\u{85}\"\"\\303\\251\\'\\000\"\"é\\377\\303\""
        );
    }
}
