//! Why a payload was refused, and where: a problem, an offset and a path of fields. Knows no format.

use std::borrow::Cow;
use std::fmt;

use crate::wire::WireError;

/// A payload that cannot be read, or a message that cannot be written.
///
/// ```text
/// `series[3].uid`: a string is not valid UTF-8 (at byte 120)
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error(Box<Inner>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Inner {
    problem: Cow<'static, str>,
    offset: Option<usize>,
    /// Line and column of the offset, where the input is text for people.
    position: Option<(usize, usize)>,
    /// Innermost first: it is filled in on the way out.
    path: Vec<Step>,
}

/// A step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// A field by its name in the contract; an extension as `[full.name]`.
    Field(String),
    /// An element of a list.
    Index(usize),
    /// An entry of a map.
    Key(String),
}

impl Error {
    /// An error of the whole message.
    pub(crate) fn new(problem: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Inner {
            problem: problem.into(),
            offset: None,
            position: None,
            path: Vec::new(),
        }))
    }

    /// The same at a byte of the input. The first offset that is set stays.
    pub(crate) fn at(mut self, offset: usize) -> Self {
        self.0.offset.get_or_insert(offset);
        self
    }

    /// The same with line and column of its offset in this text.
    pub(crate) fn in_text(mut self, text: &str) -> Self {
        let head = self.0.offset.and_then(|offset| text.get(..offset));
        self.0.position = head.map(|head| {
            let line = head.rfind('\n').map_or(head, |end| &head[end + 1..]);
            let lines = head.bytes().filter(|byte| *byte == b'\n').count();
            (lines + 1, line.chars().count() + 1)
        });
        self
    }

    /// The same, seen from one step further out.
    pub(crate) fn within(mut self, step: Step) -> Self {
        self.0.path.push(step);
        self
    }

    /// What is wrong: lower case, no final period.
    #[must_use]
    pub fn problem(&self) -> &str {
        &self.0.problem
    }

    /// Offset in bytes of what is wrong, from the start of the input. `None` where there is no input, as in writing, or
    /// where something is missing.
    #[must_use]
    pub fn offset(&self) -> Option<usize> {
        self.0.offset
    }

    /// Line and column of what is wrong, both from 1, the column in characters. Only of the text format, and where there
    /// is an offset.
    #[must_use]
    pub fn position(&self) -> Option<(usize, usize)> {
        self.0.position
    }

    /// The field that it is in, in the words of the contract: `series[3].labels["x"].[pkg.extension]`. Empty for the
    /// message itself.
    #[must_use]
    pub fn path(&self) -> String {
        let mut path = String::new();
        for step in self.0.path.iter().rev() {
            match step {
                Step::Field(name) => {
                    if !path.is_empty() {
                        path.push('.');
                    }
                    path.push_str(name);
                }
                Step::Index(index) => path.push_str(&format!("[{index}]")),
                Step::Key(key) => path.push_str(&format!("[{key}]")),
            }
        }
        path
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path();
        if !path.is_empty() {
            write!(f, "`{path}`: ")?;
        }
        f.write_str(self.problem())?;
        match (self.position(), self.offset()) {
            (Some((line, column)), _) => write!(f, " (at line {line}, column {column})"),
            (None, Some(offset)) => write!(f, " (at byte {offset})"),
            (None, None) => Ok(()),
        }
    }
}

impl std::error::Error for Error {}

impl From<WireError> for Error {
    fn from(error: WireError) -> Self {
        Self::new(error.problem).at(error.offset)
    }
}

/// Adds a step to the path of an error on its way out; costs nothing where there is none.
pub(crate) trait Within<T> {
    fn within(self, step: impl FnOnce() -> Step) -> Result<T, Error>;
}

impl<T, E: Into<Error>> Within<T> for Result<T, E> {
    fn within(self, step: impl FnOnce() -> Step) -> Result<T, Error> {
        self.map_err(|error| error.into().within(step()))
    }
}
