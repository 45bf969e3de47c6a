//! Values of the text format that are passed over: those of reserved names, and of unknown ones where that is allowed.
//! They must be well-formed, and nothing else.

use super::lexer::Token;
use super::read::Reader;
use crate::dynamic::error::Error;

impl Reader<'_, '_, '_> {
    /// Reads past what follows the name of a field. `depth` is how many more messages may be nested.
    pub(super) fn skip(&mut self, depth: usize) -> Result<(), Error> {
        let colon = self.lexer.takes(':')?;
        if !self.lexer.takes('[')? {
            return self.element(colon, depth);
        }
        if self.lexer.takes(']')? {
            return Ok(());
        }
        loop {
            self.element(colon, depth)?;
            if self.lexer.takes(']')? {
                return Ok(());
            }
            if !self.lexer.takes(',')? {
                return Err(self.lexer.unexpected("`,` or `]`"));
            }
        }
    }

    /// Reads past one value, which is a message if no colon stands before it.
    fn element(&mut self, colon: bool, depth: usize) -> Result<(), Error> {
        let token = self.lexer.peek()?;
        if !colon && !matches!(token, Token::Sign('{' | '<')) {
            return Err(self.lexer.unexpected("`:` or `{`"));
        }
        match token {
            Token::Sign('{' | '<') => {
                let (end, depth) = self.open(depth)?;
                while self.more(Some(end))? {
                    match self.lexer.peek()? {
                        Token::Name(_) => self.lexer.pass(),
                        Token::Sign('[') => drop(self.lexer.bracketed()?),
                        Token::Integer(_)
                        | Token::Float(_)
                        | Token::Text(_)
                        | Token::Sign(_)
                        | Token::End => return Err(self.lexer.unexpected("the name of a field")),
                    }
                    self.skip(depth)?;
                    self.separator()?;
                }
                Ok(())
            }
            Token::Text(_) => self.text().map(drop),
            Token::Name(_) | Token::Integer(_) | Token::Float(_) => {
                self.lexer.pass();
                Ok(())
            }
            Token::Sign('-') => {
                self.lexer.pass();
                match self.lexer.peek()? {
                    Token::Name(_) | Token::Integer(_) | Token::Float(_) => {
                        self.lexer.pass();
                        Ok(())
                    }
                    Token::Text(_) | Token::Sign(_) | Token::End => {
                        Err(self.lexer.unexpected("a number"))
                    }
                }
            }
            Token::Sign(_) | Token::End => Err(self.lexer.unexpected("a value")),
        }
    }
}
