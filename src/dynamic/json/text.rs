//! Text in JSON: escapes, base64, and the two spellings of names in a field mask.

use std::sync::LazyLock;

use data_encoding::{BASE64, Encoding, Specification};

/// Appends a string in quotes.
pub(super) fn put_string(out: &mut String, text: &str) {
    out.push('"');
    let mut rest = text;
    while let Some(at) = rest
        .bytes()
        .position(|byte| byte < 0x20 || byte == b'"' || byte == b'\\')
    {
        out.push_str(&rest[..at]);
        let byte = rest.as_bytes()[at];
        match byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            8 => out.push_str("\\b"),
            12 => out.push_str("\\f"),
            _ => super::number::push(out, format_args!("\\u{byte:04x}")),
        }
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
    out.push('"');
}

/// Appends bytes as a string: base64 of the standard alphabet, with padding.
pub(super) fn put_bytes(out: &mut String, bytes: &[u8]) {
    out.push('"');
    BASE64.encode_append(bytes, out);
    out.push('"');
}

/// Both alphabets; bits that are left over at the end say nothing.
static EITHER: LazyLock<Option<Encoding>> = LazyLock::new(|| {
    let mut specification = Specification::new();
    specification
        .symbols
        .push_str("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    specification.translate.from.push_str("-_");
    specification.translate.to.push_str("+/");
    specification.check_trailing_bits = false;
    specification.encoding().ok()
});

/// The bytes of base64 text in either alphabet, with padding or without.
pub(super) fn bytes(text: &str) -> Option<Vec<u8>> {
    let bare = text.trim_end_matches('=');
    let padding = text.len() - bare.len();
    if padding > 2 || (padding > 0 && !text.len().is_multiple_of(4)) {
        return None;
    }
    EITHER.as_ref()?.decode(bare.as_bytes()).ok()
}

/// A path of a field mask as JSON has it: `foo_bar` is `fooBar`. `None` if it could not be read back.
pub(super) fn camel(path: &str) -> Option<String> {
    let mut out = String::with_capacity(path.len());
    let mut upper = false;
    for c in path.chars() {
        match c {
            '_' if upper => return None,
            '_' => upper = true,
            'A'..='Z' => return None,
            'a'..='z' if std::mem::take(&mut upper) => out.push(c.to_ascii_uppercase()),
            _ if upper => return None,
            _ => out.push(c),
        }
    }
    (!upper).then_some(out)
}

/// A path of a field mask as the message has it; `None` if JSON does not have such paths.
pub(super) fn snake(path: &str) -> Option<String> {
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        match c {
            '_' => return None,
            'A'..='Z' => {
                out.push('_');
                out.push(c.to_ascii_lowercase());
            }
            _ => out.push(c),
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::{bytes, camel, put_string, snake};

    #[test]
    fn strings_are_escaped() {
        let mut out = String::new();
        put_string(&mut out, "a\"\\\n\u{1}é\u{7f}");
        assert_eq!(out, "\"a\\\"\\\\\\n\\u0001é\u{7f}\"");
    }

    #[test]
    fn either_base64_is_read() {
        assert_eq!(bytes("-_"), Some(vec![0xfb]));
        assert_eq!(bytes("AQI="), Some(vec![1, 2]));
        assert_eq!(bytes("AQI"), Some(vec![1, 2]));
        assert_eq!(bytes(""), Some(vec![]));
        for wrong in ["A", "AQ=", "A Q=", "AQI==", "====", "AQ\n"] {
            assert_eq!(bytes(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn paths_have_two_spellings() {
        assert_eq!(camel("foo_bar.b").as_deref(), Some("fooBar.b"));
        assert_eq!(snake("fooBar.b").as_deref(), Some("foo_bar.b"));
        for wrong in ["fooBar", "foo__bar", "foo_1", "foo_"] {
            assert_eq!(camel(wrong), None, "{wrong}");
        }
        assert_eq!(snake("foo_bar"), None);
    }
}
