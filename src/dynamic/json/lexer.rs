//! JSON (RFC 8259) as it comes, token by token, with offsets. Text is borrowed unless it has escapes, and numbers stay
//! text, so that no digit is lost. Knows nothing of messages.

use std::borrow::Cow;

use crate::dynamic::Error;

/// What a value is, by its first character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Null,
    Bool,
    Number,
    String,
    Array,
    Object,
}

/// Reads one document.
#[derive(Debug, Clone)]
pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// The offset of the next token.
    pub(super) fn offset(&mut self) -> usize {
        self.blank();
        self.at
    }

    fn error(&self, problem: &'static str) -> Error {
        Error::new(problem).at(self.at)
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    #[inline]
    fn blank(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.byte() {
            self.at += 1;
        }
    }

    /// What the next value is.
    pub(super) fn peek(&mut self) -> Result<Kind, Error> {
        self.blank();
        match self.byte() {
            Some(b'n') => Ok(Kind::Null),
            Some(b't' | b'f') => Ok(Kind::Bool),
            Some(b'-' | b'0'..=b'9') => Ok(Kind::Number),
            Some(b'"') => Ok(Kind::String),
            Some(b'[') => Ok(Kind::Array),
            Some(b'{') => Ok(Kind::Object),
            Some(_) => Err(self.error("this is no JSON value")),
            None => Err(self.error("the document ends where a value is expected")),
        }
    }

    fn word(&mut self, word: &'static str) -> Result<(), Error> {
        match self.text.as_bytes()[self.at..].starts_with(word.as_bytes()) {
            true => {
                self.at += word.len();
                Ok(())
            }
            false => Err(self.error("this is no JSON value")),
        }
    }

    /// Reads `null`.
    pub(super) fn null(&mut self) -> Result<(), Error> {
        self.blank();
        self.word("null")
    }

    /// Reads `true` or `false`.
    pub(super) fn bool(&mut self) -> Result<bool, Error> {
        self.blank();
        match self.byte() {
            Some(b't') => self.word("true").map(|()| true),
            Some(_) | None => self.word("false").map(|()| false),
        }
    }

    /// Reads a number and gives it as it is written.
    pub(super) fn number(&mut self) -> Result<&'a str, Error> {
        self.blank();
        let rest = &self.text[self.at..];
        match number_length(rest) {
            Some(length) => {
                self.at += length;
                Ok(&rest[..length])
            }
            None => Err(self.error("this is no JSON number")),
        }
    }

    /// Reads a string.
    pub(super) fn string(&mut self) -> Result<Cow<'a, str>, Error> {
        self.blank();
        if self.byte() != Some(b'"') {
            return Err(self.error("a string is expected"));
        }
        self.at += 1;
        let start = self.at;
        self.plain();
        if self.byte() == Some(b'"') {
            let text = &self.text[start..self.at];
            self.at += 1;
            return Ok(Cow::Borrowed(text));
        }
        let mut text = self.text[start..self.at].to_owned();
        loop {
            match self.byte() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(Cow::Owned(text));
                }
                Some(b'\\') => text.push(self.escape()?),
                Some(_) => return Err(self.error("a control character stands in a string")),
                None => return Err(self.error("the document ends in a string")),
            }
            let start = self.at;
            self.plain();
            text.push_str(&self.text[start..self.at]);
        }
    }

    /// Moves on to the next character that is not plain text of a string.
    #[inline]
    fn plain(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        let plain = |byte: u8| byte != b'"' && byte != b'\\' && byte >= 0x20;
        self.at += rest
            .iter()
            .position(|&byte| !plain(byte))
            .unwrap_or(rest.len());
    }

    fn escape(&mut self) -> Result<char, Error> {
        let start = self.at;
        let wrong = Error::new("this is no escape of JSON").at(start);
        self.at += 1;
        let simple = match self.byte() {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                self.at += 1;
                let high = self.hex().ok_or(wrong)?;
                return self.rest_of_pair(start, high);
            }
            Some(_) | None => return Err(wrong),
        };
        self.at += 1;
        Ok(simple)
    }

    /// The character of a `\u` escape; one beyond U+FFFF takes two of them.
    fn rest_of_pair(&mut self, start: usize, high: u32) -> Result<char, Error> {
        if let Some(single) = char::from_u32(high) {
            return Ok(single);
        }
        let lone = || Error::new("half of a surrogate pair stands alone").at(start);
        if high >= 0xdc00 || !self.text[self.at..].starts_with("\\u") {
            return Err(lone());
        }
        self.at += 2;
        match self.hex() {
            Some(low @ 0xdc00..=0xdfff) => {
                let code = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
                char::from_u32(code).ok_or_else(lone)
            }
            Some(_) | None => Err(lone()),
        }
    }

    fn hex(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        let all = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        let value = u32::from_str_radix(digits, 16).ok().filter(|_| all)?;
        self.at += 4;
        Some(value)
    }

    /// Reads `{` or `[`.
    pub(super) fn open(&mut self) -> Result<(), Error> {
        self.peek()?;
        self.at += 1;
        Ok(())
    }

    /// Moves to the next part of an object or array that `end` closes; false, and past the end, if there is none.
    pub(super) fn more(&mut self, first: bool, end: u8) -> Result<bool, Error> {
        self.blank();
        match self.byte() {
            Some(byte) if byte == end => {
                self.at += 1;
                Ok(false)
            }
            Some(_) if first => Ok(true),
            Some(b',') => {
                self.at += 1;
                self.blank();
                // A comma must be followed by something.
                match self.byte() {
                    Some(byte) if byte == end => Err(self.error("a comma stands before the end")),
                    Some(_) | None => Ok(true),
                }
            }
            Some(_) => Err(self.error("a comma or the end is expected")),
            None => Err(self.error("the document ends where a comma or an end is expected")),
        }
    }

    /// The next key of an object, with its offset; `None` past the end.
    pub(super) fn key(&mut self, first: bool) -> Result<Option<(usize, Cow<'a, str>)>, Error> {
        if !self.more(first, b'}')? {
            return Ok(None);
        }
        let offset = self.offset();
        let key = self.string()?;
        self.blank();
        if self.byte() != Some(b':') {
            return Err(self.error("a colon is expected"));
        }
        self.at += 1;
        Ok(Some((offset, key)))
    }

    /// Reads past a value that may be nested to this depth.
    pub(super) fn skip(&mut self, depth: usize) -> Result<(), Error> {
        let inner = |lexer: &Self| {
            depth
                .checked_sub(1)
                .ok_or_else(|| lexer.error(crate::wire::TOO_DEEP))
        };
        match self.peek()? {
            Kind::Null => self.null(),
            Kind::Bool => self.bool().map(drop),
            Kind::Number => self.number().map(drop),
            Kind::String => self.string().map(drop),
            Kind::Array => {
                let depth = inner(self)?;
                self.open()?;
                let mut first = true;
                while self.more(std::mem::take(&mut first), b']')? {
                    self.skip(depth)?;
                }
                Ok(())
            }
            Kind::Object => {
                let depth = inner(self)?;
                self.open()?;
                let mut first = true;
                while self.key(std::mem::take(&mut first))?.is_some() {
                    self.skip(depth)?;
                }
                Ok(())
            }
        }
    }

    /// Makes sure that nothing follows.
    pub(super) fn end(&mut self) -> Result<(), Error> {
        self.blank();
        match self.byte() {
            None => Ok(()),
            Some(_) => Err(self.error("something stands after the document")),
        }
    }
}

/// The length of the JSON number that a text begins with.
pub(super) fn number_length(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let digits = |from: usize| {
        let rest = bytes.get(from..).unwrap_or_default();
        rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
    };
    let mut at = usize::from(bytes.first() == Some(&b'-'));
    match (bytes.get(at), digits(at)) {
        (_, 0) => return None,
        (Some(b'0'), 1) => at += 1,
        (Some(b'0'), _) => return None,
        (_, count) => at += count,
    }
    if bytes.get(at) == Some(&b'.') {
        match digits(at + 1) {
            0 => return None,
            count => at += 1 + count,
        }
    }
    if let Some(b'e' | b'E') = bytes.get(at) {
        let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        match digits(at + 1 + sign) {
            0 => return None,
            count => at += 1 + sign + count,
        }
    }
    Some(at)
}
