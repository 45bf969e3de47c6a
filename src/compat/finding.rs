//! Findings: changes with the rule that tells of them and the verdicts of all surfaces. One change is one finding,
//! however many surfaces it hurts.

use super::changes;
use super::delta::{Both, Delta};
use super::pair::How;
use super::policy::{Level, Policy};
use super::rules::{self, Rule};
use super::surface::{Case, Surface, Verdict};
use super::trial::Readers;
use super::words;
use crate::contract::Contract;

/// A change that hurts somebody, or could.
#[derive(Debug)]
pub struct Finding<'a> {
    /// The rule that tells of it.
    pub rule: &'static Rule,
    /// The change.
    pub delta: Delta<'a>,
    /// What it is, in one line: lower case, no final period.
    pub message: String,
    /// Why two types were compared that are not one by name, if so.
    pub through: Option<String>,
    /// What the surfaces say, in the order of the surfaces.
    pub verdicts: Vec<Verdict>,
    /// The package that it belongs to.
    pub package: String,
}

impl Finding<'_> {
    /// What it counts for: the worst of its verdicts.
    #[must_use]
    pub fn level(&self, policy: &Policy) -> Level {
        let levels = self.verdicts.iter();
        let levels = levels.map(|it| policy.level(it, &self.package));
        levels.max().unwrap_or(Level::Note)
    }

    /// A short name for the change, the same in every run and on every machine, whatever lines it stands in: for
    /// waivers and for tools that compare reports. 16 hexadecimal digits.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let (old, new) = self.delta.names();
        let parts = [
            self.rule.code.name,
            old.as_deref().unwrap_or("-"),
            new.as_deref().unwrap_or("-"),
            self.message.as_str(),
        ];
        fingerprint(&parts)
    }
}

/// 64 bits of SHA-256 over the parts.
fn fingerprint(parts: &[&str]) -> String {
    use sha2::Digest as _;
    let mut hash = sha2::Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hash.finalize()
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Compares two versions: every change that some surface minds, in the order in which elements are declared.
#[must_use]
pub fn findings<'a>(
    contracts: Both<&'a Contract>,
    surfaces: &[&dyn Surface],
    readers: Readers,
) -> Vec<Finding<'a>> {
    let case = Case::new(contracts, readers);
    let mut findings = Vec::new();
    for delta in changes::changes(&case.pairs) {
        let mut verdicts: Vec<Verdict> = Vec::new();
        for surface in surfaces {
            let more = surface.judge(&delta, &case, &verdicts);
            verdicts.extend(more);
        }
        let Some(rule) = rules::of(delta.kind()).filter(|_| !verdicts.is_empty()) else {
            continue;
        };
        findings.push(Finding {
            rule,
            message: words::message(&delta, &case.pairs),
            through: through(&delta, &case),
            package: delta.package(contracts.old, contracts.new).to_owned(),
            delta,
            verdicts,
        });
    }
    findings
}

/// Why two types were compared that are two by name.
fn through(delta: &Delta<'_>, case: &Case<'_>) -> Option<String> {
    let (how, old, new) = match delta {
        Delta::Field(_, holders, _) | Delta::Oneof(_, holders, _) => (
            case.pairs.messages.how(holders.map(|it| it.id)),
            &holders.old.full_name,
            &holders.new.full_name,
        ),
        Delta::Value(_, enums, _) => (
            case.pairs.enums.how(enums.map(|it| it.id)),
            &enums.old.full_name,
            &enums.new.full_name,
        ),
        Delta::Package(..)
        | Delta::Message(..)
        | Delta::Enum(..)
        | Delta::Service(..)
        | Delta::Method(..) => return None,
    };
    match how? {
        How::Name => None,
        How::Renamed(_) => Some(format!("`{old}` is `{new}` now")),
        How::Use => Some(format!("`{new}` took the place of `{old}`")),
    }
}
