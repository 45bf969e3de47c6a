//! Texts of C#: literals, XML documentation, indented lines. Knows no contract but its comments.

use crate::contract::Docs;

/// A string literal.
pub(super) fn string(value: &str) -> String {
    let mut literal = String::from("\"");
    for c in value.chars() {
        match c {
            '"' => literal.push_str("\\\""),
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            ' '..='~' => literal.push(c),
            c => {
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    literal.push_str(&format!("\\u{unit:04X}"));
                }
            }
        }
    }
    literal.push('"');
    literal
}

/// A `double` literal of exactly this value.
pub(super) fn double(value: f64) -> String {
    if value.is_nan() {
        "double.NaN".to_owned()
    } else if value.is_infinite() {
        let sign = if value > 0.0 { "Positive" } else { "Negative" };
        format!("double.{sign}Infinity")
    } else {
        format!("{value:?}")
    }
}

/// A `float` literal of exactly this value.
pub(super) fn float(value: f32) -> String {
    if value.is_nan() {
        "float.NaN".to_owned()
    } else if value.is_infinite() {
        let sign = if value > 0.0 { "Positive" } else { "Negative" };
        format!("float.{sign}Infinity")
    } else {
        format!("{value:?}f")
    }
}

/// The elements of a `byte[]`.
pub(super) fn bytes(value: &[u8]) -> String {
    let elements: Vec<String> = value.iter().map(|byte| format!("0x{byte:02X}")).collect();
    format!("new byte[] {{ {} }}", elements.join(", "))
}

/// The XML documentation of an element, without the comment signs: the first paragraph is the summary, the others are
/// remarks. `fallback` is the summary of an element without a comment, in XML.
pub(super) fn docs(docs: &Docs, fallback: &str) -> Vec<String> {
    let lines: Vec<String> = docs.lines().iter().map(|line| xml(line)).collect();
    let end = lines
        .iter()
        .position(String::is_empty)
        .unwrap_or(lines.len());
    let (summary, rest) = lines.split_at(end);
    if summary.is_empty() {
        return vec![format!("<summary>{fallback}</summary>")];
    }
    let mut all = element("summary", summary);
    let paragraphs: Vec<&[String]> = rest
        .split(String::is_empty)
        .filter(|paragraph| !paragraph.is_empty())
        .collect();
    match paragraphs.as_slice() {
        [] => {}
        [only] => all.extend(element("remarks", only)),
        several => {
            all.push("<remarks>".to_owned());
            for paragraph in several {
                all.extend(element("para", paragraph));
            }
            all.push("</remarks>".to_owned());
        }
    }
    all
}

fn element(name: &str, lines: &[String]) -> Vec<String> {
    if let [only] = lines {
        return vec![format!("<{name}>{only}</{name}>")];
    }
    let mut all = vec![format!("<{name}>")];
    all.extend(lines.iter().cloned());
    all.push(format!("</{name}>"));
    all
}

/// A line of text in XML. What ends a line in C# or cannot be in XML becomes a space.
fn xml(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    for c in line.chars() {
        match c {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '\t' => text.push(c),
            '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{FFFE}' | '\u{FFFF}' => text.push(' '),
            c if c.is_control() => text.push(' '),
            c => text.push(c),
        }
    }
    text.trim_end().to_owned()
}

/// The lines with four more spaces in front.
pub(super) fn indent(lines: impl IntoIterator<Item = String>) -> Vec<String> {
    let indented = |line: String| {
        if line.is_empty() {
            line
        } else {
            format!("    {line}")
        }
    };
    lines.into_iter().map(indented).collect()
}

/// `head`, and the lines in braces below it.
pub(super) fn block(
    head: impl Into<String>,
    lines: impl IntoIterator<Item = String>,
) -> Vec<String> {
    let mut all = vec![head.into(), "{".to_owned()];
    all.extend(indent(lines));
    all.push("}".to_owned());
    all
}

/// The statements of several parts, with a blank line on both sides of each part that is a block.
pub(super) fn paragraphs(parts: impl IntoIterator<Item = Vec<String>>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut after_block = false;
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        let is_block = part.len() > 1;
        if !all.is_empty() && (is_block || after_block) {
            all.push(String::new());
        }
        after_block = is_block;
        all.extend(part);
    }
    all
}

/// One line per element of an array of strings.
pub(super) fn lines<const N: usize>(lines: [&str; N]) -> Vec<String> {
    lines.iter().map(|&line| line.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_say_exactly_what_they_are() {
        assert_eq!(
            string("a\"\\\u{1F600}\u{e9}\0"),
            r#""a\"\\\uD83D\uDE00\u00E9\u0000""#
        );
        assert_eq!(double(-0.0), "-0.0");
        assert_eq!(double(f64::MAX), "1.7976931348623157e308");
        assert_eq!(float(0.1), "0.1f");
        assert_eq!(float(f32::NEG_INFINITY), "float.NegativeInfinity");
        assert_eq!(bytes(&[0, 255]), "new byte[] { 0x00, 0xFF }");
    }

    #[test]
    fn comments_become_xml() {
        let comment = |text: &str| Docs {
            leading: Some(text.to_owned()),
            ..Docs::default()
        };
        assert_eq!(
            docs(&comment(" a < b\n"), ""),
            ["<summary>a &lt; b</summary>"]
        );
        assert_eq!(
            docs(&Docs::default(), "None."),
            ["<summary>None.</summary>"]
        );
        assert_eq!(
            docs(&comment(" One.\n\n Two,\n three.\n"), ""),
            [
                "<summary>One.</summary>",
                "<remarks>",
                "Two,",
                "three.",
                "</remarks>"
            ]
        );
        assert_eq!(
            docs(&comment(" a\u{2028}b\u{1}c"), ""),
            ["<summary>a b c</summary>"]
        );
    }
}
