//! The rules: which change is told under which code, where it can hurt, why, and what to do about it.
//! Decides names and words; whether a change hurts in a given contract is decided by trials.

mod code;
mod data;
mod enums;
mod names;
mod rpc;
mod side;

use super::delta::Kind;
use super::surface::Harm;
use super::trial::Direction;
use crate::diagnostics::Code;

/// One rule. Its code is stable: waivers, SARIF and people refer to it.
#[derive(Debug)]
pub struct Rule {
    /// The code and the rule in one sentence.
    pub code: Code,
    /// The kinds of change that it tells of.
    pub kinds: &'static [Kind],
    /// Where it can hurt, and how badly at worst, on the surfaces of every contract. Surfaces that others bring say
    /// themselves what they mind.
    pub on: &'static [On],
    /// Why it hurts, in a few sentences.
    pub why: &'static str,
    /// What to do, in one or two sentences.
    pub fix: &'static str,
}

/// Where a rule can hurt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct On {
    /// The surface's name.
    pub surface: &'static str,
    /// In which directions.
    pub directions: &'static [Direction],
    /// How badly at worst.
    pub harm: Harm,
}

const BACKWARD: &[Direction] = &[Direction::Backward];
const FORWARD: &[Direction] = &[Direction::Forward];
const BOTH: &[Direction] = &[Direction::Backward, Direction::Forward];

const fn on(surface: &'static str, directions: &'static [Direction], harm: Harm) -> On {
    On {
        surface,
        directions,
        harm,
    }
}

/// Every rule, in the order of the book.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    let tables = [
        data::RULES,
        enums::RULES,
        names::RULES,
        rpc::RULES,
        code::RULES,
    ];
    tables.into_iter().flatten().chain([&SIDE_EFFECT])
}

/// The rule with this code, those of other tools' profiles included.
#[must_use]
pub fn find(code: &str) -> Option<&'static Rule> {
    let own = rules().find(|rule| rule.code.name == code);
    own.or_else(|| super::buf::find(code).map(|it| &it.rule))
}

/// The rule that tells of a kind of change; `None` for those that hurt nobody.
#[must_use]
pub fn of(kind: Kind) -> Option<&'static Rule> {
    rules().find(|rule| rule.kinds.contains(&kind))
}

pub use names::HARMLESS;
pub use side::SIDE_EFFECT;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::compat::surface::SURFACES;

    #[test]
    fn every_kind_of_change_has_one_rule_or_is_harmless() {
        for kind in Kind::all() {
            let rules = rules().filter(|rule| rule.kinds.contains(&kind)).count();
            let harmless = HARMLESS.iter().filter(|(it, _)| *it == kind).count();
            assert_eq!(rules + harmless, 1, "{}", kind.name());
        }
    }

    #[test]
    fn codes_are_unique_and_no_codes_of_other_diagnostics() {
        let codes: Vec<&str> = rules().map(|rule| rule.code.name).collect();
        let unique: BTreeSet<&str> = codes.iter().copied().collect();
        assert_eq!(codes.len(), unique.len());
        for code in crate::diagnostics::codes::ALL {
            assert!(!unique.contains(code.name), "{}", code.name);
        }
    }

    /// What a surface minds, some rule can tell, and what a rule says of a surface, the surface minds.
    #[test]
    fn rules_and_surfaces_agree() {
        for surface in SURFACES {
            for kind in Kind::all() {
                let told = of(kind)
                    .is_some_and(|rule| rule.on.iter().any(|on| on.surface == surface.name()));
                let alone = of(kind).is_none_or(|rule| rule.kinds.len() == 1);
                if alone {
                    assert_eq!(
                        surface.minds(kind),
                        told,
                        "{} {}",
                        surface.name(),
                        kind.name()
                    );
                }
            }
        }
    }
}
