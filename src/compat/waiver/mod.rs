//! Waivers: findings that somebody accepted, why, and until when; they stand in a ledger beside the contract. Decides
//! which finding a waiver is of and whether it still holds; not where the ledger is or what day it is.

mod date;
mod read;

use std::collections::BTreeSet;

pub use date::Date;

use super::finding::Finding;
use crate::source::Span;

/// The name of the ledger, where none is given.
pub const FILE_NAME: &str = "xlc-accepted.toml";

/// A finding that was accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// The finding's.
    pub fingerprint: String,
    /// The code of the finding's rule.
    pub rule: String,
    /// The full name of what the finding is about.
    pub element: String,
    /// The finding in one line.
    pub message: String,
    /// Why it was accepted; not empty.
    pub reason: String,
    /// The last day on which it holds; `None` for as long as it stands there.
    pub until: Option<Date>,
    /// Where it stands.
    pub span: Option<Span>,
}

impl Waiver {
    /// A waiver of a finding.
    #[must_use]
    pub fn of(finding: &Finding<'_>, reason: impl Into<String>, until: Option<Date>) -> Self {
        Self {
            fingerprint: finding.fingerprint(),
            rule: finding.rule.code.name.to_owned(),
            element: finding.element(),
            message: finding.message.clone(),
            reason: reason.into(),
            until,
            span: None,
        }
    }

    /// Whether it holds on a day.
    #[must_use]
    pub fn standing(&self, today: Date) -> Standing {
        match self.until.is_none_or(|last| today <= last) {
            true => Standing::Accepted,
            false => Standing::Expired,
        }
    }
}

/// Whether a waiver holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It does, and its finding does not count.
    Accepted,
    /// Its last day has passed, and its finding counts again.
    Expired,
}

impl Standing {
    /// The stable name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Expired => "expired",
        }
    }
}

/// All waivers of a contract, in the order of their file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    /// The waivers; no two of one fingerprint.
    pub waivers: Vec<Waiver>,
}

impl Ledger {
    /// The waiver of a finding.
    #[must_use]
    pub fn find(&self, fingerprint: &str) -> Option<&Waiver> {
        self.waivers.iter().find(|it| it.fingerprint == fingerprint)
    }

    /// Waivers of none of these findings.
    pub fn unused<'l>(&'l self, found: &BTreeSet<String>) -> impl Iterator<Item = &'l Waiver> {
        let waivers = self.waivers.iter();
        waivers.filter(move |it| !found.contains(&it.fingerprint))
    }
}
