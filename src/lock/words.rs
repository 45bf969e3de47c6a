//! The words of a line of a lock: names, numbers, ranges, types, text in quotes. Decides what a word is and where in the
//! line one is wrong; which words a line needs is decided elsewhere.

use std::borrow::Cow;
use std::ops::Range;

use super::item::{MAX, MAX_FIELD, TypeName};
use crate::contract::{NumberRange, Scalar};

/// What is wrong with a line, and where in it.
#[derive(Debug)]
pub(super) struct Wrong {
    pub(super) message: String,
    pub(super) at: Range<usize>,
}

/// What the type of a map begins with.
pub(super) const MAP: &str = "map<";

/// The words of a line, with single or more spaces between them. Text in quotes is one word.
pub(super) struct Words<'a> {
    line: &'a str,
    at: usize,
}

impl<'a> Words<'a> {
    /// The words of a line.
    pub(super) fn new(line: &'a str) -> Self {
        let mut words = Self { line, at: 0 };
        words.space();
        words
    }

    pub(super) fn rest(&self) -> &'a str {
        &self.line[self.at..]
    }

    fn space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches(' ').len();
    }

    fn wrong<T>(&self, message: String) -> Result<T, Wrong> {
        let rest = self.rest();
        let length = rest.find(' ').unwrap_or(rest.len());
        Err(Wrong {
            message,
            at: self.at..self.at + length,
        })
    }

    /// The next word as it is written, quotes included, and where it is.
    pub(super) fn raw(&mut self, what: &str) -> Result<(&'a str, Range<usize>), Wrong> {
        let rest = self.rest();
        let length = match rest.as_bytes().first() {
            Some(b'"') => match end_of_text(rest) {
                Some(length) => length,
                None => return self.wrong("the text has no closing quote".to_owned()),
            },
            Some(_) | None => rest.find(' ').unwrap_or(rest.len()),
        };
        if length == 0 {
            return self.wrong(format!("{what} is missing"));
        }
        let at = self.at..self.at + length;
        self.at = at.end;
        self.space();
        Ok((&rest[..length], at))
    }

    /// A name of letters, digits, `_` and `.`.
    pub(super) fn name(&mut self, what: &str) -> Result<&'a str, Wrong> {
        let (name, at) = self.raw(what)?;
        match is_name(name) {
            true => Ok(name),
            false => Err(Wrong {
                message: format!("`{name}` is not {what}"),
                at,
            }),
        }
    }

    /// A word, or text in quotes.
    pub(super) fn text(&mut self, what: &str) -> Result<Cow<'a, str>, Wrong> {
        let (word, at) = self.raw(what)?;
        if !word.starts_with('"') {
            return Ok(Cow::Borrowed(word));
        }
        match serde_json::from_str(word) {
            Ok(text) => Ok(Cow::Owned(text)),
            Err(_) => Err(Wrong {
                message: format!("{word} is not text as JSON writes it"),
                at,
            }),
        }
    }

    pub(super) fn number<T: std::str::FromStr>(&mut self, what: &str) -> Result<T, Wrong> {
        let (word, at) = self.raw(what)?;
        word.parse().map_err(|_| Wrong {
            message: format!("`{word}` is not {what}"),
            at,
        })
    }

    /// `7`, `7 to 9`, `7 to max`.
    pub(super) fn range(&mut self) -> Result<NumberRange, Wrong> {
        let start = self.at;
        let first = self.number("a number")?;
        let mut last = first;
        if self.take("to") {
            last = match self.take(MAX) {
                true => MAX_FIELD,
                false => self.number("a number")?,
            };
        }
        match first <= last {
            true => Ok(NumberRange { first, last }),
            false => Err(Wrong {
                message: format!("the range {first} to {last} ends before it begins"),
                at: start..self.at,
            }),
        }
    }

    /// The file of a type: `in` and its path.
    pub(super) fn file(&mut self) -> Result<Cow<'a, str>, Wrong> {
        self.expect("in")?;
        self.text("a path")
    }

    /// `(stream a.B)`.
    pub(super) fn message(&mut self) -> Result<(bool, &'a str), Wrong> {
        if !self.rest().starts_with('(') {
            return self.wrong("a message in parentheses is missing".to_owned());
        }
        self.at += 1;
        let stream = self.take("stream");
        let (word, at) = self.raw("a message")?;
        match word.strip_suffix(')').filter(|name| is_name(name)) {
            Some(name) => Ok((stream, name)),
            None => Err(Wrong {
                message: format!("`{word}` is not a message and `)`"),
                at,
            }),
        }
    }

    /// The key of a map: `map<string,`.
    pub(super) fn key_type(&mut self) -> Result<Scalar, Wrong> {
        self.at += MAP.len();
        let (word, at) = self.raw("a type")?;
        word.strip_suffix(',').and_then(scalar).ok_or(Wrong {
            message: format!("`{word}` is not the type of a map's keys and `,`"),
            at,
        })
    }

    /// A type; `closes` if it is the last one of a map.
    pub(super) fn ty(&mut self, closes: bool) -> Result<TypeName<'a>, Wrong> {
        let kind = ["enum", "group"].into_iter().find(|word| self.take(word));
        let (word, at) = self.raw("a type")?;
        let wrong = || Wrong {
            message: format!("`{word}` is not a type"),
            at: at.clone(),
        };
        let name = match closes {
            true => word.strip_suffix('>').ok_or_else(wrong)?,
            false => word,
        };
        if let (None, Some(scalar)) = (kind, scalar(name)) {
            return Ok(TypeName::Scalar(scalar));
        }
        let full = match kind {
            None => name.strip_prefix('.').unwrap_or(name),
            Some(_) => name,
        };
        match (kind, is_name(full)) {
            (None, true) => Ok(TypeName::Message(full)),
            (Some("enum"), true) => Ok(TypeName::Enum(full)),
            (Some(_), true) => Ok(TypeName::Group(full)),
            (_, false) => Err(wrong()),
        }
    }

    /// Takes a word if it is the next one.
    pub(super) fn take(&mut self, word: &str) -> bool {
        let found = (self.rest().strip_prefix(word))
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
        if found {
            self.at += word.len();
            self.space();
        }
        found
    }

    pub(super) fn expect(&mut self, word: &str) -> Result<(), Wrong> {
        match self.take(word) {
            true => Ok(()),
            false => self.wrong(format!("`{word}` is missing")),
        }
    }

    /// Takes `KEY=`.
    pub(super) fn key(&mut self, key: &str) -> bool {
        let found = (self.rest().strip_prefix(key)).is_some_and(|rest| rest.starts_with('='));
        if found {
            self.at += key.len() + 1;
        }
        found
    }

    /// Takes `KEY=TEXT`.
    pub(super) fn pair(&mut self, key: &str) -> Result<Option<Cow<'a, str>>, Wrong> {
        match self.key(key) {
            true => self.text("a text").map(Some),
            false => Ok(None),
        }
    }

    pub(super) fn end(&self) -> Result<(), Wrong> {
        match self.rest() {
            "" => Ok(()),
            rest => {
                let word = rest.split(' ').next().unwrap_or(rest);
                self.wrong(format!("`{word}` is not expected here"))
            }
        }
    }
}

/// The length of the text in quotes that a line goes on with.
fn end_of_text(rest: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, byte) in rest.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return Some(at + 1),
            _ => {}
        }
    }
    None
}

fn is_name(name: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'.';
    !name.is_empty() && name.bytes().all(is_part)
}

fn scalar(name: &str) -> Option<Scalar> {
    Scalar::ALL.into_iter().find(|it| it.name() == name)
}
