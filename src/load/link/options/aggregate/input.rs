//! The tokens of an option's value, one after another, and how one that does not fit is told.

use crate::load::link::options::text::Token;
use crate::load::link::options::{Outcome, Problem};

/// The tokens of a value that are still to be read.
pub(super) struct Input<'t> {
    pub(super) tokens: std::iter::Peekable<std::vec::IntoIter<Token<'t>>>,
    /// The name of the option, for messages to people.
    pub(super) option: &'t str,
}

impl<'t> Input<'t> {
    pub(super) fn new(tokens: Vec<Token<'t>>, option: &'t str) -> Self {
        let tokens = tokens.into_iter().peekable();
        Self { tokens, option }
    }

    pub(super) fn is_empty(&mut self) -> bool {
        self.tokens.peek().is_none()
    }

    pub(super) fn error(&self, message: impl std::fmt::Display) -> Box<Problem> {
        Problem::new(
            format!(
                "the value of the option `{}` cannot be read: {message}",
                self.option
            ),
            "write it in the text format: `{ field: value list: [1, 2] message { … } }`",
        )
    }

    pub(super) fn is_sign(&mut self, sign: char) -> bool {
        self.tokens.peek() == Some(&Token::Sign(sign))
    }

    pub(super) fn take(&mut self, sign: char) -> bool {
        let there = self.is_sign(sign);
        if there {
            self.tokens.next();
        }
        there
    }

    pub(super) fn expect(&mut self, sign: char) -> Outcome<()> {
        if self.take(sign) {
            return Ok(());
        }
        let found = self.found();
        Err(self.error(format_args!("expected `{sign}`, found {found}")))
    }

    pub(super) fn identifier(&mut self) -> Outcome<&'t str> {
        if let Some(Token::Identifier(identifier)) = self.tokens.peek() {
            let identifier = *identifier;
            self.tokens.next();
            return Ok(identifier);
        }
        let found = self.found();
        Err(self.error(format_args!("expected a name, found {found}")))
    }

    /// The next token in words.
    pub(super) fn found(&mut self) -> String {
        match self.tokens.peek() {
            None => "the end".to_owned(),
            Some(Token::Identifier(identifier)) => format!("`{identifier}`"),
            Some(Token::Integer(value)) => format!("`{value}`"),
            Some(Token::Float(value)) => format!("`{value}`"),
            Some(Token::Text(_)) => "a string".to_owned(),
            Some(Token::Sign(sign)) => format!("`{sign}`"),
        }
    }
}

/// Reads the sign that opens a message, and tells which one closes it.
pub(super) fn open(input: &mut Input<'_>) -> Outcome<char> {
    if input.take('<') {
        return Ok('>');
    }
    input.expect('{')?;
    Ok('}')
}

/// Reads the name in brackets, and tells whether it is a type URL.
pub(super) fn bracketed(input: &mut Input<'_>) -> Outcome<(String, bool)> {
    let mut name = String::new();
    let mut is_url = false;
    loop {
        if input.take(']') {
            return Ok((name, is_url));
        }
        match input.tokens.next() {
            Some(Token::Identifier(identifier)) => name.push_str(identifier),
            Some(Token::Integer(value)) => name.push_str(&value.to_string()),
            Some(Token::Sign('/')) => {
                is_url = true;
                name.push('/');
            }
            Some(Token::Sign(sign @ ('.' | '-'))) => name.push(sign),
            Some(Token::Float(_) | Token::Text(_) | Token::Sign(_)) | None => {
                return Err(input.error("a name in brackets does not end"));
            }
        }
    }
}
