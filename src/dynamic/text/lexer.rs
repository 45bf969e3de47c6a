//! The text format token by token, with offsets (text format specification, "Lexical Elements"). Knows nothing of
//! messages.

use crate::dynamic::Error;

/// A token. Numbers and strings stay as they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A name or a keyword.
    Name(&'a str),
    /// A decimal, octal or hexadecimal integer without sign.
    Integer(&'a str),
    /// A number with a fraction, an exponent or the suffix `f`, which is left out here. Without sign.
    Float(&'a str),
    /// What stands between the quotes of a string.
    Text(&'a str),
    /// Any other character.
    Sign(char),
    /// The end of the text.
    End,
}

impl std::fmt::Display for Token<'_> {
    /// As errors show what was found.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Name(text) | Self::Integer(text) | Self::Float(text) => {
                // A hostile one may be long.
                let shown: String = text.chars().take(40).collect();
                write!(f, "`{shown}`")
            }
            Self::Text(_) => f.write_str("a string"),
            Self::Sign(sign) => write!(f, "`{}`", sign.escape_debug()),
            Self::End => f.write_str("the end"),
        }
    }
}

/// A name in brackets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Bracketed {
    /// The full name of an extension.
    Extension(String),
    /// The URL of a type.
    Url(String),
}

/// Reads one text.
#[derive(Debug, Clone)]
pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
    /// The token that begins at `at`, and where it ends.
    next: Option<(Token<'a>, usize)>,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            next: None,
        }
    }

    /// The offset of the next token.
    pub(super) fn offset(&mut self) -> usize {
        if self.next.is_none() {
            self.at = self.blank(self.at);
        }
        self.at
    }

    /// The next token, which stays.
    pub(super) fn peek(&mut self) -> Result<Token<'a>, Error> {
        if let Some((token, _)) = self.next {
            return Ok(token);
        }
        let start = self.offset();
        let (token, length) = token(&self.text[start..]).map_err(|(problem, at)| {
            let at = start + at;
            Error::new(problem).at(at)
        })?;
        self.next = Some((token, start + length));
        Ok(token)
    }

    /// Moves past the token that was peeked at.
    pub(super) fn pass(&mut self) {
        if let Some((_, end)) = self.next.take() {
            self.at = end;
        }
    }

    /// Moves past a sign, if it comes next.
    pub(super) fn takes(&mut self, sign: char) -> Result<bool, Error> {
        let is_next = self.peek()? == Token::Sign(sign);
        if is_next {
            self.pass();
        }
        Ok(is_next)
    }

    /// Moves past a sign that must come next.
    pub(super) fn expect(&mut self, sign: char) -> Result<(), Error> {
        match self.takes(sign)? {
            true => Ok(()),
            false => Err(self.unexpected(&format!("`{sign}`"))),
        }
    }

    /// An error about the next token where something else must stand.
    pub(super) fn unexpected(&mut self, expected: &str) -> Error {
        match self.peek() {
            Ok(token) => Error::new(format!("expected {expected}, found {token}")).at(self.at),
            Err(error) => error,
        }
    }

    /// Reads a name in brackets, in which blanks and comments say nothing ("Field Names").
    pub(super) fn bracketed(&mut self) -> Result<Bracketed, Error> {
        let start = self.offset();
        self.expect('[')?;
        let mut name = String::new();
        loop {
            self.at = self.blank(self.at);
            let rest = &self.text[self.at..];
            let length = length(rest, |byte| byte == b'/' || is_url_byte(byte));
            if length == 0 {
                break;
            }
            name.push_str(&rest[..length]);
            self.at += length;
        }
        self.expect(']')?;
        let (prefix, last) = match name.rsplit_once('/') {
            Some((prefix, last)) => (Some(prefix), last),
            None => (None, name.as_str()),
        };
        let is_name = last.split('.').all(is_identifier);
        if !is_name || !prefix.is_none_or(is_url_prefix) {
            let problem = "neither an extension's name nor a type's URL stands in the brackets";
            return Err(Error::new(problem).at(start));
        }
        Ok(match prefix {
            Some(_) => Bracketed::Url(name),
            None => Bracketed::Extension(name),
        })
    }

    /// Where something stands that is no blank and no comment, from an offset on.
    fn blank(&self, mut at: usize) -> usize {
        loop {
            at += length(&self.text[at..], |byte| {
                matches!(byte, b' ' | b'\n' | b'\t' | 0x0b | 0x0c | b'\r')
            });
            if !self.text[at..].starts_with('#') {
                return at;
            }
            // A NUL stands nowhere, comments included.
            at += length(&self.text[at..], |byte| byte != b'\n' && byte != 0);
        }
    }
}

/// The token that a text begins with, and its length; or what is wrong, and where.
fn token(text: &str) -> Result<(Token<'_>, usize), (&'static str, usize)> {
    let Some(first) = text.chars().next() else {
        return Ok((Token::End, 0));
    };
    match first {
        'a'..='z' | 'A'..='Z' | '_' => {
            let length = length(text, is_name_byte);
            Ok((Token::Name(&text[..length]), length))
        }
        '0'..='9' => number(text),
        '.' if text[1..].starts_with(|next: char| next.is_ascii_digit()) => number(text),
        '"' | '\'' => string(text, first as u8),
        '\0' => Err(("a NUL stands in the text", 0)),
        sign => Ok((Token::Sign(sign), sign.len_utf8())),
    }
}

/// The number that a text begins with ("Numeric Literals").
fn number(text: &str) -> Result<(Token<'_>, usize), (&'static str, usize)> {
    let from = |start: usize, belongs: fn(u8) -> bool| {
        length(text.get(start..).unwrap_or_default(), belongs)
    };
    let digits = |start| from(start, |byte| byte.is_ascii_digit());
    let second = text.as_bytes().get(1).copied().unwrap_or_default();
    let (mut end, mut is_float, mut suffix) = (0, false, 0);
    match (text.starts_with('0'), second) {
        (true, b'x' | b'X') => end = 2 + from(2, |byte| byte.is_ascii_hexdigit()),
        (true, b'0'..=b'9') => end = 1 + from(1, |byte| matches!(byte, b'0'..=b'7')),
        (_, _) => {
            end += digits(end);
            if text[end..].starts_with('.') {
                is_float = true;
                end += 1 + digits(end + 1);
            }
            if text[end..].starts_with(['e', 'E']) {
                let sign = usize::from(text[end + 1..].starts_with(['+', '-']));
                if let count @ 1.. = digits(end + 1 + sign) {
                    is_float = true;
                    end += 1 + sign + count;
                }
            }
            suffix = usize::from(text[end..].starts_with(['f', 'F']));
        }
    }
    let length = end + suffix;
    let next = text.as_bytes().get(length).copied();
    if end == 2 && matches!(second, b'x' | b'X') {
        return Err(("a hexadecimal number has no digits", 0));
    }
    if next.is_some_and(|byte| is_name_byte(byte) || byte == b'.') {
        return Err(("a number runs into what follows", length));
    }
    let token = match is_float || suffix > 0 {
        true => Token::Float(&text[..end]),
        false => Token::Integer(&text[..end]),
    };
    Ok((token, length))
}

/// The string that a text begins with ("String Literals").
fn string(text: &str, quote: u8) -> Result<(Token<'_>, usize), (&'static str, usize)> {
    let mut at = 1;
    loop {
        at += length(&text[at..], |byte| {
            byte != quote && !matches!(byte, b'\\' | b'\n' | 0)
        });
        match text.as_bytes().get(at) {
            // What is escaped is looked at when escapes are undone.
            Some(b'\\') if text[at + 1..].starts_with(|next| next != '\n') => {
                at += 1 + text[at + 1..].chars().next().map_or(0, char::len_utf8);
            }
            Some(byte) if *byte == quote => return Ok((Token::Text(&text[1..at]), at + 1)),
            Some(0) => return Err(("a NUL stands in a string", at)),
            Some(_) => return Err(("a string does not end on its line", at)),
            None => return Err(("the text ends in a string", at)),
        }
    }
}

/// The number of bytes that a text begins with and that belong together. They must be ASCII, or the rest of their
/// characters must belong too.
fn length(text: &str, belongs: impl Fn(u8) -> bool) -> usize {
    let end = text.bytes().position(|byte| !belongs(byte));
    end.unwrap_or(text.len())
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn is_identifier(name: &str) -> bool {
    name.bytes().all(is_name_byte) && name.starts_with(|first: char| !first.is_ascii_digit())
}

/// Whether it may stand in the URL of a type ("Characters").
fn is_url_byte(byte: u8) -> bool {
    is_name_byte(byte) || b"-.~!$&()*+,;=%".contains(&byte)
}

/// Whether the URL of a type may have this before its last slash.
pub(super) fn is_url_prefix(prefix: &str) -> bool {
    let escapes = prefix.split('%').skip(1);
    !prefix.is_empty()
        && !prefix.starts_with('/')
        && prefix.bytes().all(|byte| byte == b'/' || is_url_byte(byte))
        && escapes.into_iter().all(|after| {
            let digits = after.bytes().take(2);
            after.len() >= 2 && digits.into_iter().all(|byte| byte.is_ascii_hexdigit())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Result<Vec<Token<'_>>, String> {
        let mut lexer = Lexer::new(text);
        let mut tokens = Vec::new();
        loop {
            let token = lexer.peek().map_err(|error| error.to_string())?;
            if token == Token::End {
                return Ok(tokens);
            }
            tokens.push(token);
            lexer.pass();
        }
    }

    #[test]
    fn numbers_end_where_they_must() {
        use Token::{Float, Integer, Name, Sign};
        for (text, token) in [
            ("0", Integer("0")),
            ("0x1F", Integer("0x1F")),
            ("017", Integer("017")),
            ("10", Integer("10")),
            ("10f", Float("10")),
            ("0F", Float("0")),
            (".5", Float(".5")),
            ("5.", Float("5.")),
            ("1.5e-3f", Float("1.5e-3")),
            ("1E9", Float("1E9")),
        ] {
            assert_eq!(tokens(text), Ok(vec![token]), "{text}");
        }
        for wrong in [
            "0x", "08", "1e", "1e+", "1a", "1.2.3", "0xfg", "017f", "1__", "01.5",
        ] {
            assert!(tokens(wrong).is_err(), "{wrong}");
        }
        assert_eq!(
            tokens("-1,a#b\n.c"),
            Ok(vec![
                Sign('-'),
                Integer("1"),
                Sign(','),
                Name("a"),
                Sign('.'),
                Name("c")
            ])
        );
    }

    #[test]
    fn strings_end_with_their_quote() {
        assert_eq!(
            tokens(r#""a'\"" 'b"\\'"#),
            Ok(vec![Token::Text(r#"a'\""#), Token::Text(r#"b"\\"#)])
        );
        for (wrong, problem) in [
            ("\"a", "the text ends in a string (at byte 2)"),
            ("\"a\\", "a string does not end on its line (at byte 2)"),
            ("'a\n'", "a string does not end on its line (at byte 2)"),
            ("'a\0'", "a NUL stands in a string (at byte 2)"),
            ("#\0", "a NUL stands in the text (at byte 1)"),
        ] {
            assert_eq!(tokens(wrong), Err(problem.to_owned()), "{wrong:?}");
        }
    }

    #[test]
    fn brackets_hold_names_and_urls() {
        let read = |text| Lexer::new(text).bracketed().ok();
        let extension = |name: &str| Some(Bracketed::Extension(name.to_owned()));
        let url = |name: &str| Some(Bracketed::Url(name.to_owned()));
        assert_eq!(read("[a.b]"), extension("a.b"));
        assert_eq!(read("[ a # x\n .b ]"), extension("a.b"));
        assert_eq!(read("[x.y/a.b]"), url("x.y/a.b"));
        assert_eq!(read("[a-b%20+/x / a.b]"), url("a-b%20+/x/a.b"));
        for wrong in [
            "[]", "[a", "[a..b]", "[a.1b]", "[/a]", "[x/]", "[x%2/a]", "[x%zz/a]", "[x'/a]",
            "[x/a-b]",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
