//! Findings: changes with the rule that tells of them and the verdicts of all surfaces. One change is one finding,
//! however many surfaces it hurts.

use super::changes;
use super::delta::{Both, Delta, Ends};
use super::pair::How;
use super::policy::{Level, Policy};
use super::rules::{self, Rule};
use super::surface::{Case, Judge, SideEffect, Spot, Surface, Unfit, Verdict};
use super::trial::Readers;
use super::words;
use crate::contract::Contract;
use crate::source::Span;

/// What a finding is about.
#[derive(Debug, Clone)]
pub enum About<'a> {
    /// A change of the contract.
    Change(Delta<'a>),
    /// An element that did not change itself, and shows another face on some surface.
    SideEffect(Ends<Spot>),
}

/// A change that hurts somebody, or could.
#[derive(Debug)]
pub struct Finding<'a> {
    /// The rule that tells of it.
    pub rule: &'static Rule,
    /// The change, or the element.
    pub about: About<'a>,
    /// What it is, in one line: lower case, no final period.
    pub message: String,
    /// Why two types were compared that are not one by name, if so.
    pub through: Option<String>,
    /// What the surfaces say, in the order of the surfaces.
    pub verdicts: Vec<Verdict>,
    /// The package that it belongs to.
    pub package: String,
    /// Whether it is about something that was gone from the old version already, and has no claim to its name.
    pub earlier: bool,
    /// For what is told under a profile of another tool: the codes of what xlc finds of the same element. `None` for what
    /// xlc tells itself.
    pub beside: Option<Vec<&'static str>>,
}

impl About<'_> {
    /// The full names of what it is about, where there is something.
    #[must_use]
    pub fn names(&self) -> (Option<String>, Option<String>) {
        match self {
            Self::Change(delta) => delta.names(),
            Self::SideEffect(ends) => {
                let ends = ends.as_ref();
                let name = |spot: &Spot| spot.name.clone();
                (ends.was().map(name), ends.is().map(name))
            }
        }
    }

    /// Where it stands in the old version: the element itself, or what it would be in.
    #[must_use]
    pub fn old_span(&self) -> Option<Span> {
        match self {
            Self::Change(delta) => delta.old_span(),
            Self::SideEffect(ends) => ends.as_ref().was()?.span,
        }
    }

    /// Where it stands in the new version: the element itself, or what it would be in.
    #[must_use]
    pub fn new_span(&self) -> Option<Span> {
        match self {
            Self::Change(delta) => delta.new_span(),
            Self::SideEffect(ends) => ends.as_ref().is()?.span,
        }
    }
}

impl Finding<'_> {
    /// The change of the contract that it is about, if it is about one.
    #[must_use]
    pub fn delta(&self) -> Option<&Delta<'_>> {
        match &self.about {
            About::Change(delta) => Some(delta),
            About::SideEffect(_) => None,
        }
    }

    /// What it counts for: the worst of its verdicts; what is told under a profile is an error there.
    #[must_use]
    pub fn level(&self, policy: &Policy) -> Level {
        if self.beside.is_some() {
            return Level::Error;
        }
        let levels = self.verdicts.iter();
        let levels = levels.map(|it| policy.level(it, &self.package));
        levels.max().unwrap_or(Level::Note)
    }

    /// The full name of what it is about, in the new version where it is there.
    #[must_use]
    pub fn element(&self) -> String {
        let (old, new) = self.about.names();
        new.or(old).unwrap_or_default()
    }

    /// What to do about it, in one or two sentences.
    #[must_use]
    pub fn fix(&self) -> &'static str {
        let is_reuse = matches!(self.about.names(), (Some(_), Some(_)));
        match self.earlier && is_reuse {
            // What the rule says is for an element that goes on under a change, not for one that took a place.
            true => "take a number and a name that were never used, and keep what is gone reserved",
            false => self.rule.fix,
        }
    }

    /// A short name for the change, the same in every run and on every machine, whatever lines it stands in: for
    /// waivers and for tools that compare reports. 16 hexadecimal digits.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let (old, new) = self.about.names();
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

/// Compares two versions: every change that some surface minds, in the order in which elements are declared, and after
/// them what surfaces show of elements that did not change themselves.
///
/// # Errors
/// If a version is unfit for one of the surfaces.
pub fn findings<'a>(
    contracts: Both<&'a Contract>,
    surfaces: &[&dyn Surface],
    readers: Readers,
) -> Result<Vec<Finding<'a>>, Unfit> {
    let case = Case::new(contracts, readers);
    let judges: Result<Vec<Box<dyn Judge + '_>>, Unfit> =
        surfaces.iter().map(|it| it.open(&case)).collect();
    let mut judges = judges?;
    let mut findings = Vec::new();
    for delta in changes::changes(&case.pairs) {
        let mut verdicts: Vec<Verdict> = Vec::new();
        for judge in &mut judges {
            let more = judge.judge(&delta, &verdicts);
            verdicts.extend(more);
        }
        if verdicts.is_empty() {
            continue;
        }
        findings.push(Finding {
            rule: rules::of(delta.kind()).unwrap_or(&rules::SIDE_EFFECT),
            message: words::message(&delta, contracts),
            through: through(&delta, &case),
            earlier: false,
            package: delta.package(contracts.old, contracts.new).to_owned(),
            about: About::Change(delta),
            verdicts,
            beside: None,
        });
    }
    let rest = judges.iter_mut().flat_map(|it| it.side_effects());
    findings.extend(rest.map(side_effect));
    Ok(findings)
}

fn side_effect<'a>(effect: SideEffect) -> Finding<'a> {
    Finding {
        rule: &rules::SIDE_EFFECT,
        message: effect.message,
        through: None,
        earlier: false,
        package: effect.element.as_ref().any().package.clone(),
        about: About::SideEffect(effect.element),
        verdicts: effect.verdicts,
        beside: None,
    }
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
        Delta::File(..)
        | Delta::Package(..)
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
