//! Diagnostics as data: what is wrong, where, why and what to do. How they look is decided by the emitters;
//! nothing here prints.

use crate::source::Span;

pub mod codes;
pub mod emit;
mod suggest;

pub use codes::Code;
pub use suggest::nearest;

/// How bad a [`Diagnostic`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing can be generated.
    Error,
    /// Worth a look; generation goes on.
    Warning,
}

/// A place in a source file and what is to be said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is said of it; may be empty.
    pub text: String,
}

/// One problem, with its places, its cause and the way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// The stable code that names the kind of problem.
    pub code: &'static Code,
    /// One line: lower case, the thing quoted in backticks, no final period.
    pub message: String,
    /// The place that is at fault. `None` where the problem is in no file.
    pub primary: Option<Label>,
    /// Other places that matter, such as the first definition of a name that is defined twice.
    pub secondary: Vec<Label>,
    /// The file it is about, where there is a file but no position in it.
    pub file: Option<String>,
    /// Facts that explain the cause (`note:`).
    pub notes: Vec<String>,
    /// What to do (`help:`).
    pub help: Vec<String>,
}

impl Diagnostic {
    /// An error with no place yet.
    #[must_use]
    pub fn error(code: &'static Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// A warning with no place yet.
    #[must_use]
    pub fn warning(code: &'static Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    fn new(severity: Severity, code: &'static Code, message: impl Into<String>) -> Self {
        Self {
            severity,
            code,
            message: message.into(),
            primary: None,
            secondary: Vec::new(),
            file: None,
            notes: Vec::new(),
            help: Vec::new(),
        }
    }

    /// Sets the place at fault, with what is said of it. Without a span nothing changes.
    #[must_use]
    pub fn at(mut self, span: Option<Span>, text: impl Into<String>) -> Self {
        self.primary = span
            .map(|span| Label {
                span,
                text: text.into(),
            })
            .or(self.primary);
        self
    }

    /// Adds another place. Without a span nothing changes.
    #[must_use]
    pub fn and(mut self, span: Option<Span>, text: impl Into<String>) -> Self {
        self.secondary.extend(span.map(|span| Label {
            span,
            text: text.into(),
        }));
        self
    }

    /// Names the file, for a problem that has no position.
    #[must_use]
    pub fn in_file(mut self, file: impl Into<String>) -> Self {
        self.file = Some(file.into());
        self
    }

    /// Adds a fact that explains the cause.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }

    /// Adds advice.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }
}
