//! Finds what was renamed or moved among the elements that lost their counterpart: whole packages first, then single
//! elements that are alike. Decides on likeness; guesses nothing where two candidates are equally alike.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Cause, How, Pairs, is_asked};
use crate::compat::delta::Both;
use crate::contract::{Contract, Element, Enum, FileId, FullName, Message, Service, Type};

/// Elements are taken for one if at least this part of what they hold together is the same.
const ALIKE: f64 = 0.6;
/// More candidates than this for one element are no evidence of anything.
const MOST_CANDIDATES: usize = 64;

impl Pairs<'_> {
    /// Pairs the types of packages that are gone with those of the same names in a package that is new.
    pub(super) fn by_package(&mut self) {
        let Both { old, new } = self.contracts;
        let packages = self.contracts.map(packages);
        let (was, is) = (&packages.old, &packages.new);
        let (gone, fresh) = (names(old, was, is), names(new, is, was));
        for (gone, names) in &gone {
            let best = fresh
                .iter()
                .map(|(fresh, others)| (names.intersection(others).count(), others.len(), fresh))
                .filter(|(common, others, _)| *common > 0 && alike(*common, names.len(), *others))
                .max_by_key(|(common, _, fresh)| (*common, std::cmp::Reverse(*fresh)));
            if let Some((_, _, fresh)) = best {
                self.move_package(gone, fresh);
            }
        }
    }

    fn move_package(&mut self, gone: &str, fresh: &str) {
        let Both { old, new } = self.contracts;
        let moved = |name: &FullName| match gone {
            "" => FullName::within(fresh, name.as_str()),
            _ => {
                let rest = name.as_str().get(gone.len() + 1..).unwrap_or("");
                FullName::within(fresh, rest)
            }
        };
        let how = How::Renamed(Cause::Package);
        let of_package = |file: FileId| {
            let file = old.file(file);
            file.requested && file.package == gone
        };
        for message in old.messages().iter().filter(|it| of_package(it.file)) {
            let name = moved(&message.full_name);
            if let Some(Element::Message(id)) = new.find(name.as_str()) {
                let ids = Both {
                    old: message.id,
                    new: id,
                };
                self.messages.add(ids, how);
            }
        }
        for enumeration in old.enums().iter().filter(|it| of_package(it.file)) {
            let name = moved(&enumeration.full_name);
            if let Some(Element::Enum(id)) = new.find(name.as_str()) {
                let ids = Both {
                    old: enumeration.id,
                    new: id,
                };
                self.enums.add(ids, how);
            }
        }
        for service in old.services().iter().filter(|it| of_package(it.file)) {
            let name = moved(&service.full_name);
            if let Some(Element::Service(id)) = new.find(name.as_str()) {
                let ids = Both {
                    old: service.id,
                    new: id,
                };
                self.services.add(ids, how);
            }
        }
        let first = |contract: &Contract, package: &str| {
            let file = contract.requested_files().find(|it| it.package == package);
            file.map(|it| it.id)
        };
        if let (Some(old), Some(new)) = (first(old, gone), first(new, fresh)) {
            self.packages.push(Both { old, new });
        }
    }

    /// Pairs messages and enums that are alike. Whether any were found.
    pub(super) fn by_shape(&mut self) -> bool {
        let Both { old, new } = self.contracts;
        let before = (self.messages.pairs.len(), self.enums.pairs.len());
        let gone = old.messages().iter().filter(|it| {
            is_asked(old, it.file)
                && self.messages.new_of(it.id).is_none()
                && new.find(it.full_name.as_str()).is_none()
        });
        let fresh = new.messages().iter().filter(|it| {
            is_asked(new, it.file)
                && self.messages.old_of(it.id).is_none()
                && old.find(it.full_name.as_str()).is_none()
        });
        let gone: Vec<_> = gone
            .map(|it| (it.id, it.name.as_str(), marks(old, it)))
            .collect();
        let fresh: Vec<_> = fresh
            .map(|it| (it.id, it.name.as_str(), marks(new, it)))
            .collect();
        for ids in matches(&gone, &fresh) {
            self.messages.add(ids, How::Renamed(Cause::Own));
        }
        let gone = old.enums().iter().filter(|it| {
            is_asked(old, it.file)
                && self.enums.new_of(it.id).is_none()
                && new.find(it.full_name.as_str()).is_none()
        });
        let fresh = new.enums().iter().filter(|it| {
            is_asked(new, it.file)
                && self.enums.old_of(it.id).is_none()
                && old.find(it.full_name.as_str()).is_none()
        });
        let gone: Vec<_> = gone
            .map(|it| (it.id, it.name.as_str(), values(it)))
            .collect();
        let fresh: Vec<_> = fresh
            .map(|it| (it.id, it.name.as_str(), values(it)))
            .collect();
        for ids in matches(&gone, &fresh) {
            self.enums.add(ids, How::Renamed(Cause::Own));
        }
        before != (self.messages.pairs.len(), self.enums.pairs.len())
    }

    /// Pairs services whose methods are alike.
    pub(super) fn services_by_shape(&mut self) {
        let Both { old, new } = self.contracts;
        let gone = (old.services().iter())
            .filter(|it| is_asked(old, it.file) && self.services.new_of(it.id).is_none());
        let fresh = (new.services().iter())
            .filter(|it| is_asked(new, it.file) && self.services.old_of(it.id).is_none());
        let gone: Vec<_> = gone
            .map(|it| (it.id, it.name.as_str(), methods(it)))
            .collect();
        let fresh: Vec<_> = fresh
            .map(|it| (it.id, it.name.as_str(), methods(it)))
            .collect();
        let found = matches(&gone, &fresh);
        for ids in &found {
            self.services.add(*ids, How::Renamed(Cause::Own));
        }
        if !found.is_empty() {
            self.by_use();
        }
    }
}

/// The packages that were asked for.
fn packages(contract: &Contract) -> BTreeSet<&str> {
    let files = contract.requested_files();
    files.map(|it| it.package.as_str()).collect()
}

/// The names of all types of the packages that are in one version alone, relative to their package.
fn names<'c>(
    contract: &'c Contract,
    own: &BTreeSet<&'c str>,
    other: &BTreeSet<&str>,
) -> BTreeMap<&'c str, BTreeSet<&'c str>> {
    let alone = own.iter().filter(|it| !other.contains(**it));
    let mut found: BTreeMap<&str, BTreeSet<&str>> =
        alone.map(|it| (*it, BTreeSet::new())).collect();
    let messages = contract.messages().iter();
    let enums = contract.enums().iter();
    let services = contract.services().iter();
    let all = messages
        .map(|it| (it.file, &it.full_name))
        .chain(enums.map(|it| (it.file, &it.full_name)))
        .chain(services.map(|it| (it.file, &it.full_name)));
    for (file, name) in all {
        let file = contract.file(file);
        if let (true, Some(names)) = (file.requested, found.get_mut(file.package.as_str())) {
            let skip = match file.package.as_str() {
                "" => 0,
                package => package.len() + 1,
            };
            names.insert(name.as_str().get(skip..).unwrap_or(""));
        }
    }
    found
}

/// Whether `common` is enough of what two sets of these sizes hold together.
fn alike(common: usize, one: usize, other: usize) -> bool {
    let together = one + other - common;
    share(common, together) >= ALIKE
}

#[allow(clippy::cast_precision_loss, reason = "counts of fields")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        return 0.0;
    }
    part as f64 / whole as f64
}

/// What makes a message recognisable: its fields by number, name and kind, and its nested types by name.
fn marks(contract: &Contract, message: &Message) -> Vec<String> {
    let fields = message.fields.iter().map(|field| {
        let kind = match field.shape.value_type() {
            Type::Scalar(scalar) => scalar.name(),
            // Its type may have been renamed as well.
            Type::Message(_) => "message",
            Type::Enum(_) => "enum",
        };
        format!("{} {} {kind}", field.number, field.name)
    });
    let nested = message.messages.iter();
    let nested = nested.map(|&id| format!("message {}", contract.message(id).name));
    fields.chain(nested).collect()
}

fn values(enumeration: &Enum) -> Vec<String> {
    let values = enumeration.values.iter();
    values
        .map(|it| format!("{} {}", it.number, it.name))
        .collect()
}

fn methods(service: &Service) -> Vec<String> {
    service.methods.iter().map(|it| it.name.clone()).collect()
}

/// One to one, the elements that are alike and for which no other candidate is as good. A common short name counts as
/// one more mark: what is moved keeps it.
fn matches<Id: Copy + Ord>(
    gone: &[(Id, &str, Vec<String>)],
    fresh: &[(Id, &str, Vec<String>)],
) -> Vec<Both<Id>> {
    let mut holders: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, (_, _, marks)) in fresh.iter().enumerate() {
        for mark in marks {
            holders.entry(mark).or_default().push(index);
        }
    }
    let mut scored: Vec<(f64, usize, usize)> = Vec::new();
    for (at, (_, name, marks)) in gone.iter().enumerate() {
        let mut common: BTreeMap<usize, usize> = BTreeMap::new();
        for mark in marks {
            let candidates = holders.get(mark.as_str()).map_or(&[][..], Vec::as_slice);
            for &candidate in candidates.iter().take(MOST_CANDIDATES) {
                *common.entry(candidate).or_default() += 1;
            }
        }
        for (candidate, common) in common {
            let (_, other, others) = &fresh[candidate];
            let bonus = usize::from(name == other);
            let together = marks.len() + others.len() - common + 1;
            let score = share(common + bonus, together);
            // One mark in common is what any two messages with an `id` have.
            let enough = common >= 2 || bonus == 1;
            if enough && score >= if bonus == 1 { 0.5 } else { ALIKE } {
                scored.push((score, at, candidate));
            }
        }
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut used_old, mut used_new) = (BTreeSet::new(), BTreeSet::new());
    let mut found = Vec::new();
    // Who is at least as good as the one that is looked at, from either end.
    let mut of_old: HashMap<usize, Vec<usize>> = HashMap::new();
    let mut of_new: HashMap<usize, Vec<usize>> = HashMap::new();
    for equal in scored.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
        for &(_, at, candidate) in equal {
            of_old.entry(at).or_default().push(candidate);
            of_new.entry(candidate).or_default().push(at);
        }
        for &(_, at, candidate) in equal {
            if used_old.contains(&at) || used_new.contains(&candidate) {
                continue;
            }
            let mut others = of_old[&at].iter().filter(|new| !used_new.contains(*new));
            let mut rivals = of_new[&candidate]
                .iter()
                .filter(|old| !used_old.contains(*old));
            if others.any(|new| *new != candidate) || rivals.any(|old| *old != at) {
                continue;
            }
            used_old.insert(at);
            used_new.insert(candidate);
            found.push(Both {
                old: gone[at].0,
                new: fresh[candidate].0,
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::matches;
    use crate::compat::delta::Both;

    fn element<'n>(id: u8, name: &'n str, marks: &[&str]) -> (u8, &'n str, Vec<String>) {
        (id, name, marks.iter().map(|&it| it.to_owned()).collect())
    }

    #[test]
    fn of_two_candidates_that_are_equally_alike_neither_is_taken() {
        let gone = [element(0, "Gone", &["1 id", "2 name"])];
        let fresh = [
            element(0, "One", &["1 id", "2 name"]),
            element(1, "Other", &["1 id", "2 name"]),
        ];
        assert_eq!(matches(&gone, &fresh), []);
        assert_eq!(matches(&fresh, &gone), []);
        // Nor is a third one that is less alike.
        let less = element(2, "Third", &["1 id", "2 name", "3 size"]);
        let three = [fresh[0].clone(), fresh[1].clone(), less];
        assert_eq!(matches(&gone, &three), []);
        // The one that also keeps its name is the better one, and leaves the other without a rival.
        let gone = [gone[0].clone(), element(1, "One", &["1 id", "2 name"])];
        let pairs = [(1, 0), (0, 1)].map(|(old, new)| Both { old, new });
        assert_eq!(matches(&gone, &fresh), pairs);
    }
}
