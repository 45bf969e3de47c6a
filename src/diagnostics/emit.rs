//! How diagnostics look. One emitter per form; each is a pure function from diagnostics to text.
//! Knows nothing of streams or terminals: whoever prints decides on colour and width.

mod human;
mod window;

pub use human::Human;

use super::{Diagnostic, Severity};

/// The errors and warnings of a run as a phrase: `3 errors, 1 warning`. Empty if there are none.
#[must_use]
pub fn tally(diagnostics: &[Diagnostic]) -> String {
    let count = |severity| {
        diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == severity)
            .count()
    };
    let phrase = |number: usize, noun: &str| match number {
        0 => None,
        1 => Some(format!("1 {noun}")),
        more => Some(format!("{more} {noun}s")),
    };
    let parts: Vec<String> = [
        phrase(count(Severity::Error), "error"),
        phrase(count(Severity::Warning), "warning"),
    ]
    .into_iter()
    .flatten()
    .collect();
    parts.join(", ")
}
