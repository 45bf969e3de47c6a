//! Where rules put what they find, and the scratch space that they share. Knows no rule.

use super::Rule;
use super::at::FileAt;
use crate::diagnostics::{Diagnostic, Severity};

/// What the rules have found so far.
pub(super) struct Report<'a> {
    diagnostics: &'a mut Vec<Diagnostic>,
    rule: Option<&'static Rule>,
    /// Pairs to sort; kept between rules, so that the walk allocates it once.
    pub(super) pairs: Vec<(u64, u32)>,
}

impl<'a> Report<'a> {
    pub(super) fn new(diagnostics: &'a mut Vec<Diagnostic>) -> Self {
        Self {
            diagnostics,
            rule: None,
            pairs: Vec::new(),
        }
    }

    /// The report, to be written by a rule.
    pub(super) fn of(&mut self, rule: &'static Rule) -> &mut Self {
        self.rule = Some(rule);
        self
    }

    /// A diagnostic of the running rule about something in a file.
    pub(super) fn about(&self, file: FileAt<'_>, message: impl Into<String>) -> Diagnostic {
        let code = self
            .rule
            .map_or(&crate::diagnostics::codes::SYNTAX, |rule| rule.code);
        let diagnostic = match self.rule.map(|rule| rule.severity) {
            Some(Severity::Warning) => Diagnostic::warning(code, message),
            Some(Severity::Error) | None => Diagnostic::error(code, message),
        };
        diagnostic.in_file(file.proto().path.clone())
    }

    /// Adds what was found.
    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Whether an error was found, by whomever.
    pub(super) fn has_errors(&self) -> bool {
        self.diagnostics
            .iter()
            .any(|diagnostic| diagnostic.severity == Severity::Error)
    }
}
