//! Finds the blank lines in block comments, which the parser would drop: it takes all white space at the start of a
//! line away, line ends included. A star there, which it takes for decoration, keeps the line.

/// The offsets at which a star keeps a blank line: before the line's end.
pub(super) fn blank_lines(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = next_comment(text, from) {
        let length = text[start..].find("*/").unwrap_or(text.len() - start);
        let end = start + length;
        let mut line = start;
        while let Some(next) = text[line..end].find('\n').map(|at| line + at + 1) {
            let rest = &text[next..end];
            if let Some(length) = rest.find('\n')
                && rest[..length].trim().is_empty()
            {
                found.push(next + length);
            }
            line = next;
        }
        from = (end + 2).min(text.len());
    }
    found
}

/// The offset behind the next `/*` that begins a comment. `from` is outside of comments and strings.
fn next_comment(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        // Most files have none, or only in strings: look for the characters first and at their line then.
        let candidate = at + text[at..].find("/*")?;
        let line = text[at..candidate]
            .rfind('\n')
            .map_or(at, |end| at + end + 1);
        // With the slash, as it may be the second one of `//*`.
        match outside(&text.as_bytes()[line..=candidate]) {
            Place::Code => return Some(candidate + 2),
            Place::String(quote) => {
                at = candidate + string_end(&text.as_bytes()[candidate..], quote)
            }
            Place::LineComment => at = candidate + text[candidate..].find('\n')?,
        }
    }
}

/// Where the end of a piece of a line is, if its start is in code.
enum Place {
    Code,
    /// In a string with this quote.
    String(u8),
    LineComment,
}

fn outside(line: &[u8]) -> Place {
    let mut quote = None;
    let mut at = 0;
    while let Some(&byte) = line.get(at) {
        match (quote, byte) {
            (Some(_), b'\\') => at += 1,
            (Some(open), _) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'/') if line.get(at + 1) == Some(&b'/') => return Place::LineComment,
            (None, _) => {}
        }
        at += 1;
    }
    quote.map_or(Place::Code, Place::String)
}

/// The length up to the end of a string, its quote included, or up to the end of the line.
fn string_end(rest: &[u8], quote: u8) -> usize {
    let mut at = 0;
    while let Some(&byte) = rest.get(at) {
        at += 1;
        match byte {
            b'\\' => at += 1,
            b'\n' => break,
            _ if byte == quote => break,
            _ => {}
        }
    }
    at.min(rest.len())
}

#[cfg(test)]
mod tests {
    use super::blank_lines;

    /// The text with a star where one was asked for.
    fn kept(text: &str) -> String {
        let mut kept = text.to_owned();
        for at in blank_lines(text).into_iter().rev() {
            kept.insert(at, '*');
        }
        kept
    }

    #[test]
    fn blank_lines_in_block_comments_are_kept() {
        assert_eq!(
            kept("/*\na\n\n  \r\nb\n*/\n\nx"),
            "/*\na\n*\n  \r*\nb\n*/\n\nx"
        );
        assert_eq!(kept("/* a\n\n */ /*\n\n*/"), "/* a\n*\n */ /*\n*\n*/");
    }

    #[test]
    fn strings_and_line_comments_hold_no_block_comments() {
        for text in [
            "a = \"/*\"\n\n\"*/\"",
            "a = '/v1/{name=x/*}' \n\n */",
            "// see x/*\n\n*/",
            "//* a star\n\n*/",
            "int32 a = 1; //** stars\n\n*/",
            "a = \"\\\"/*\"\n\n*/",
            "a = \"/*/*\" // \"/*\n\n*/",
        ] {
            assert!(blank_lines(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_comment_behind_a_string_is_seen() {
        assert_eq!(kept("a = \"/*\"; /*\n\n*/"), "a = \"/*\"; /*\n*\n*/");
        assert_eq!(kept("/*\n\n"), "/*\n*\n");
        assert_eq!(kept("/*ü\n\n"), "/*ü\n*\n");
    }
}
