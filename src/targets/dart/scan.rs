//! Finds lists, their items and operators in a line of Dart. Knows strings and brackets, and nothing of layout.

/// Whether a line is no more than a text, which nothing breaks however long it is.
pub(super) fn is_literal(line: &str) -> bool {
    let text = line.strip_prefix("return ").unwrap_or(line);
    text.strip_prefix('\'').is_some_and(|text| {
        text.find('\'')
            .is_some_and(|end| matches!(&text[end + 1..], ";" | ","))
    })
}

/// The place of an operator, spaces included, at the outermost level.
pub(super) fn operator(line: &str, operator: &str) -> Option<usize> {
    let mut found = None;
    scan(line, |depth, at, _| {
        if depth == 0 && found.is_none() && line.as_bytes()[at..].starts_with(operator.as_bytes()) {
            found = Some(at);
        }
    });
    found
}

/// The places of the only brackets at the outermost level. Angle brackets are none.
pub(super) fn single_group(line: &str) -> Option<(usize, usize)> {
    let mut found = None;
    let mut open = 0;
    scan(line, |depth, at, byte| {
        match byte {
            b'(' | b'[' | b'{' if depth == 1 => open = at,
            b')' | b']' | b'}' if depth == 0 => {
                found = match found {
                    None => Some(Some((open, at))),
                    Some(_) => Some(None),
                };
            }
            _ => {}
        };
    });
    found.flatten()
}

/// The parts between commas at the outermost level.
pub(super) fn items(text: &str) -> Vec<&str> {
    let mut items = Vec::new();
    let mut start = 0;
    scan(text, |depth, at, byte| {
        if byte == b',' && depth == 0 {
            items.push(text[start..at].trim());
            start = at + 1;
        }
    });
    items.push(text[start..].trim());
    items.retain(|item| !item.is_empty());
    items
}

/// Calls `each` with every byte outside of string literals, its place, and how many brackets are open behind it.
/// Angle brackets count as brackets where they enclose type arguments.
fn scan(text: &str, mut each: impl FnMut(usize, usize, u8)) {
    let bytes = text.as_bytes();
    let mut depth = 0_usize;
    let mut angles = 0_usize;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\'' => {
                at += 1;
                while at < bytes.len() && bytes[at] != b'\'' {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
            }
            b'<' if bytes
                .get(at + 1)
                .is_some_and(|next| next.is_ascii_alphabetic() || *next == b'$') =>
            {
                angles += 1;
            }
            b'>' if angles > 0 => angles -= 1,
            byte => {
                match byte {
                    b'(' | b'[' | b'{' => depth += 1,
                    b')' | b']' | b'}' => depth = depth.saturating_sub(1),
                    _ => {}
                }
                each(depth + angles, at, byte);
            }
        }
        at += 1;
    }
}
