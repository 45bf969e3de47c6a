//! Where a JSON document ends in a stream of them: brackets and quotes are counted, nothing else is looked at.

use crate::dynamic::Error;

/// The text of a document.
pub(super) fn text(bytes: &[u8]) -> Result<&str, Error> {
    std::str::from_utf8(bytes)
        .map_err(|error| Error::new("the text is not valid UTF-8").at(error.valid_up_to()))
}

/// Finds the end of one document, in pieces as they come.
#[derive(Debug, Default)]
pub(super) struct Scan {
    depth: u64,
    in_string: bool,
    escaped: bool,
    /// Whether it is a number or a word, which ends where something else begins.
    bare: bool,
}

impl Scan {
    /// How many of these bytes belong to the document, if it ends in them.
    pub(super) fn end(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            at += 1;
            if self.in_string {
                if std::mem::take(&mut self.escaped) {
                } else if byte == b'\\' {
                    self.escaped = true;
                } else if byte == b'"' {
                    self.in_string = false;
                    if self.depth == 0 {
                        return Some(at);
                    }
                }
                continue;
            }
            match byte {
                b'\n' | b'\r' | b' ' | b'\t' if self.bare => return Some(at - 1),
                b'"' if !self.bare => self.in_string = true,
                b'{' | b'[' if !self.bare => self.depth += 1,
                b'}' | b']' if !self.bare => {
                    self.depth = self.depth.saturating_sub(1);
                    if self.depth == 0 {
                        return Some(at);
                    }
                }
                _ => self.bare |= self.depth == 0,
            }
        }
        None
    }
}
