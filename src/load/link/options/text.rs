//! Tokens of the text format, as values in `{ … }` have it.
//! Source: protobuf's text format language specification.

/// A token.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token<'a> {
    /// A name or a keyword.
    Identifier(&'a str),
    /// An integer without sign.
    Integer(u64),
    /// A number with a fraction or an exponent, without sign.
    Float(f64),
    /// A string with its escapes undone.
    Text(Vec<u8>),
    /// Any other character.
    Sign(char),
}

/// Splits text into tokens. The error says what cannot be read.
pub(super) fn tokens(text: &str) -> Result<Vec<Token<'_>>, String> {
    let mut tokens = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        let Some(first) = rest.chars().next() else {
            return Ok(tokens);
        };
        let length = match first {
            'a'..='z' | 'A'..='Z' | '_' => {
                let length = length_of(rest, |byte| byte.is_ascii_alphanumeric() || byte == b'_');
                tokens.push(Token::Identifier(&rest[..length]));
                length
            }
            '0'..='9' => {
                let length = number_length(rest);
                tokens.push(number(&rest[..length])?);
                length
            }
            '.' if rest[1..].starts_with(|next: char| next.is_ascii_digit()) => {
                let length = number_length(rest);
                tokens.push(number(&rest[..length])?);
                length
            }
            '"' | '\'' => {
                let (value, length) = string(rest, first)?;
                tokens.push(Token::Text(value));
                length
            }
            sign => {
                tokens.push(Token::Sign(sign));
                sign.len_utf8()
            }
        };
        rest = &rest[length..];
    }
}

fn length_of(text: &str, belongs: impl Fn(u8) -> bool) -> usize {
    text.bytes()
        .position(|byte| !belongs(byte))
        .unwrap_or(text.len())
}

/// The length of the number that a text starts with: digits, letters, points, and signs after an exponent's `e`.
fn number_length(text: &str) -> usize {
    let hexadecimal = text.starts_with("0x") || text.starts_with("0X");
    let mut previous = b'0';
    text.bytes()
        .position(|byte| {
            let exponent_sign =
                !hexadecimal && matches!(previous, b'e' | b'E') && matches!(byte, b'+' | b'-');
            previous = byte;
            !(byte.is_ascii_alphanumeric() || byte == b'.' || exponent_sign)
        })
        .unwrap_or(text.len())
}

fn number(text: &str) -> Result<Token<'static>, String> {
    let integer = if let Some(digits) = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"))
    {
        u64::from_str_radix(digits, 16).ok()
    } else if text.len() > 1
        && text.starts_with('0')
        && text.bytes().all(|byte| byte.is_ascii_digit())
    {
        u64::from_str_radix(text, 8).ok()
    } else {
        text.parse().ok()
    };
    if let Some(integer) = integer {
        return Ok(Token::Integer(integer));
    }
    let float = text.strip_suffix(['f', 'F']).unwrap_or(text);
    match float.parse() {
        Ok(value) if float.starts_with(|first: char| first.is_ascii_digit() || first == '.') => {
            Ok(Token::Float(value))
        }
        Ok(_) | Err(_) => Err(format!("`{text}` is not a number")),
    }
}

/// The value of a string literal and its length in the text.
fn string(text: &str, quote: char) -> Result<(Vec<u8>, usize), String> {
    let mut escaped = false;
    for (index, c) in text.char_indices().skip(1) {
        if escaped {
            escaped = false;
        } else if c == '\\' {
            escaped = true;
        } else if c == quote {
            return crate::load::defaults::unescape(&text[1..index])
                .map(|value| (value, index + 1))
                .ok_or_else(|| format!("`{}` has an unknown escape", &text[..=index]));
        }
    }
    Err("a string does not end".to_owned())
}
