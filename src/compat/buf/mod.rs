//! The verdicts of `buf breaking`, for those who come from it: what its rules say of two versions, category by category,
//! in our deltas. Decides what buf tells, by its ways: files by path, types by name, fields by number, no direction, no
//! payload. Whether a change hurts is decided elsewhere; the two are put side by side by [`findings`].
//! Source: buf 1.75, `buf config ls-breaking-rules --version v2`, and the tests that hold every rule against the program.

mod default;
mod elements;
mod enums;
mod fields;
mod files;
mod messages;
mod rules;
mod services;
mod view;

pub use rules::{BufRule, all, find};

use super::delta::{Both, Delta};
use super::finding::{About, Finding};
use super::words;
use crate::contract::Contract;
use view::View;

/// A category of rules. One is chosen for a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Category {
    /// Generated code, file by file.
    File,
    /// Generated code, package by package.
    Package,
    /// The wire format and JSON.
    WireJson,
    /// The wire format.
    Wire,
}

impl Category {
    /// All of them, the strictest first.
    pub const ALL: [Self; 4] = [Self::File, Self::Package, Self::WireJson, Self::Wire];

    /// What buf calls it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::File => "FILE",
            Self::Package => "PACKAGE",
            Self::WireJson => "WIRE_JSON",
            Self::Wire => "WIRE",
        }
    }

    /// The category that a profile names: `buf:FILE`.
    #[must_use]
    pub fn of_profile(profile: &str) -> Option<Self> {
        let name = profile.strip_prefix("buf:")?;
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// The profiles that there are.
    #[must_use]
    pub fn profiles() -> Vec<String> {
        let all = Self::ALL.into_iter();
        all.map(|it| format!("buf:{}", it.name())).collect()
    }
}

/// What one rule says of one element.
#[derive(Debug, Clone)]
pub struct Remark<'a> {
    /// The rule.
    pub rule: &'static BufRule,
    /// The change, between what buf takes for two versions of one element.
    pub delta: Delta<'a>,
    /// The file of the new version in which buf tells of it; none for what has no place there.
    pub file: Option<String>,
    /// The element in buf's words: `Study#3` for a field by its message's short name and number.
    pub element: String,
}

/// What all rules say of two versions, rules of no chosen category included, in the order of elements.
#[must_use]
pub fn remarks<'a>(contracts: Both<&'a Contract>) -> Vec<Remark<'a>> {
    let views = Both {
        old: View::new(contracts.old),
        new: View::new(contracts.new),
    };
    let mut remarks = Remarks(Vec::new());
    files::files(&views, &mut remarks);
    elements::gone(&views, &mut remarks);
    messages::messages(&views, &mut remarks);
    fields::fields(&views, &mut remarks);
    enums::enums(&views, &mut remarks);
    services::services(&views, &mut remarks);
    remarks.0
}

/// The remarks so far.
struct Remarks<'a>(Vec<Remark<'a>>);

impl<'a> Remarks<'a> {
    fn say(
        &mut self,
        rule: &'static BufRule,
        delta: Delta<'a>,
        file: &str,
        element: impl Into<String>,
    ) {
        self.say_at(rule, delta, Some(file), element);
    }

    fn say_at(
        &mut self,
        rule: &'static BufRule,
        delta: Delta<'a>,
        file: Option<&str>,
        element: impl Into<String>,
    ) {
        self.0.push(Remark {
            rule,
            delta,
            file: file.map(str::to_owned),
            element: element.into(),
        });
    }
}

/// What the rules of a category say, as findings, each beside the codes of what xlc itself found of the same element.
/// What the two have in common is told once: the remarks come first, then `own`.
#[must_use]
pub fn findings<'a>(
    contracts: Both<&'a Contract>,
    category: Category,
    own: Vec<Finding<'a>>,
) -> Vec<Finding<'a>> {
    let mut told: Vec<Finding<'a>> = Vec::new();
    let mut known = std::collections::BTreeSet::new();
    for remark in remarks(contracts) {
        if !remark.rule.categories.contains(&category) {
            continue;
        }
        let finding = Finding {
            rule: &remark.rule.rule,
            message: words::message(&remark.delta, contracts),
            through: None,
            verdicts: Vec::new(),
            package: (remark.delta)
                .package(contracts.old, contracts.new)
                .to_owned(),
            earlier: false,
            beside: Some(beside(&remark.delta, &own)),
            about: About::Change(remark.delta),
        };
        // The entries of a map repeat what is said of the message around it.
        if known.insert(finding.fingerprint()) {
            told.push(finding);
        }
    }
    told.extend(own);
    told
}

/// The codes of the findings on the same element: the one of the old name, or the one of the new name.
fn beside(delta: &Delta<'_>, own: &[Finding<'_>]) -> Vec<&'static str> {
    let (old, new) = delta.names();
    let same = |finding: &&Finding<'_>| {
        let (was, is) = finding.about.names();
        (old.is_some() && old == was) || (new.is_some() && new == is)
    };
    let mut codes: Vec<&'static str> = Vec::new();
    for finding in own.iter().filter(same) {
        if !codes.contains(&finding.rule.code.name) {
            codes.push(finding.rule.code.name);
        }
    }
    codes
}
