//! A scope of identifiers: gives each candidate a name that is legal, unique and stable.

use std::collections::BTreeSet;

use super::{Ident, NamePolicy, Role};

/// An element that needs an identifier.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    /// What it is.
    pub role: Role,
    /// Its name in the contract.
    pub name: &'a str,
    /// Its number, if it has one: decides who keeps the plain name, and is the suffix of who does not.
    pub number: Option<i32>,
}

/// The identifiers taken in one scope of generated code, such as a class or a module.
#[derive(Debug, Clone)]
pub struct Scope {
    policy: NamePolicy,
    taken: BTreeSet<String>,
}

impl Scope {
    /// An empty scope under a policy.
    #[must_use]
    pub fn new(policy: NamePolicy) -> Self {
        Self {
            policy,
            taken: BTreeSet::new(),
        }
    }

    /// Takes an identifier that generated code uses itself.
    pub fn reserve(&mut self, ident: &str) {
        self.taken.insert(ident.to_owned());
    }

    /// Identifiers for all candidates, in their order.
    ///
    /// They are assigned in the order of (numbered first, number, name); a candidate whose identifier is taken gets
    /// its number as a suffix (`name_7`), and underscores after that if need be.
    #[must_use]
    pub fn assign(&mut self, candidates: &[Candidate<'_>]) -> Vec<Ident> {
        let mut order: Vec<usize> = (0..candidates.len()).collect();
        order.sort_by_key(|&index| {
            let candidate = candidates[index];
            (candidate.number.is_none(), candidate.number, candidate.name)
        });
        let mut idents = vec![None; candidates.len()];
        for index in order {
            idents[index] = Some(self.take(candidates[index]));
        }
        idents.into_iter().flatten().collect()
    }

    /// The identifier of one more element.
    #[must_use]
    pub fn take(&mut self, candidate: Candidate<'_>) -> Ident {
        let plain = self.policy.convert(candidate.role, candidate.name);
        let mut ident = plain.clone();
        if self.is_taken(candidate.role, &ident)
            && let Some(number) = candidate.number
        {
            let sign = if number < 0 { "_neg" } else { "" };
            let separator = if plain.ends_with('_') { "" } else { "_" };
            ident = format!("{plain}{sign}{separator}{}", number.unsigned_abs());
        }
        self.free(candidate.role, ident)
    }

    /// Takes the first of some ready-made identifiers that is free, or the last one with underscores after it. For
    /// names that are made of others, such as the flat name of a nested type.
    #[must_use]
    pub fn claim(&mut self, role: Role, idents: &[String]) -> Ident {
        let free = idents.iter().find(|ident| !self.is_taken(role, ident));
        let ident = free.or(idents.last()).cloned().unwrap_or_default();
        self.free(role, ident)
    }

    /// Takes an identifier, with as many underscores after it as it needs. What is reserved by how it begins stays so
    /// with any number of them, and gets another beginning.
    fn free(&mut self, role: Role, mut ident: String) -> Ident {
        while self.is_taken(role, &ident) {
            let longer = format!("{ident}_");
            let is_reserved = self.policy.is_reserved;
            ident = if is_reserved(role, &ident) && is_reserved(role, &longer) {
                format!("X{ident}")
            } else {
                longer
            };
        }
        self.taken.insert(ident.clone());
        Ident(ident)
    }

    fn is_taken(&self, role: Role, ident: &str) -> bool {
        self.taken.contains(ident) || (self.policy.is_reserved)(role, ident)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::Case;

    const POLICY: NamePolicy = NamePolicy {
        case: |_| Case::Snake,
        is_reserved: |_, word| word == "class",
        escape: NamePolicy::underscore,
    };

    fn assign(fields: &[(&str, i32)]) -> Vec<String> {
        let candidates: Vec<_> = fields
            .iter()
            .map(|&(name, number)| Candidate {
                role: Role::Field,
                name,
                number: Some(number),
            })
            .collect();
        Scope::new(POLICY)
            .assign(&candidates)
            .into_iter()
            .map(|ident| ident.0)
            .collect()
    }

    #[test]
    fn the_lower_number_keeps_the_plain_name() {
        assert_eq!(
            assign(&[("fooBar", 5), ("foo_bar", 1)]),
            ["foo_bar_5", "foo_bar"]
        );
        assert_eq!(
            assign(&[("class_", 2), ("class", 1)]),
            ["class_2", "class_"]
        );
    }

    #[test]
    fn a_beginning_that_is_reserved_gets_another() {
        let policy = NamePolicy {
            case: |_| Case::Verbatim,
            is_reserved: |_, word| word.starts_with("own") || word == "Xown",
            escape: NamePolicy::underscore,
        };
        let mut scope = Scope::new(policy);
        let claimed = ["own", "ownX"].map(str::to_owned);
        let idents = [0, 1].map(|_| scope.claim(Role::Field, &claimed).0);
        assert_eq!(idents, ["XownX", "XownX_"]);
        let candidate = Candidate {
            role: Role::Field,
            name: "own",
            number: Some(1),
        };
        assert_eq!(scope.take(candidate).0, "Xown___1");
    }

    #[test]
    fn a_suffix_that_is_taken_gets_another() {
        assert_eq!(
            assign(&[("foo_bar", 1), ("foo_bar_7", 2), ("fooBar", 7)]),
            ["foo_bar", "foo_bar_7", "foo_bar_7_"]
        );
    }
}
