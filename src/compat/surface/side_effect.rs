//! What a surface shows of an element that did not change itself: a generated name that gave way to another one, a schema
//! that drew in another type. Decides how such a difference is placed in the contract, and nothing of what it is.

use super::Verdict;
use crate::compat::delta::Ends;
use crate::contract::{Contract, FileId};
use crate::source::Span;

/// A difference that shows on a surface and that no change of the contract is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SideEffect {
    /// The element on which it shows.
    pub element: Ends<Spot>,
    /// What it is, in one line: lower case, no final period.
    pub message: String,
    /// What it does. Never empty.
    pub verdicts: Vec<Verdict>,
}

/// An element of one version, as far as a report needs to know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// Its full name; of a file, its path.
    pub name: String,
    /// Its declaration, in the sources of its version.
    pub span: Option<Span>,
    /// The path of its file, as imports write it.
    pub file: String,
    /// Its package.
    pub package: String,
}

impl Spot {
    /// An element by its full name, its place and the file that it is in.
    #[must_use]
    pub fn new(
        contract: &Contract,
        file: FileId,
        name: impl Into<String>,
        span: Option<Span>,
    ) -> Self {
        let file = contract.file(file);
        Self {
            name: name.into(),
            span,
            file: file.path.clone(),
            package: file.package.clone(),
        }
    }
}
