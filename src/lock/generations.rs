//! Which elements of a lock make up an old version: what is live, and as few more as what is gone fits into. Two elements
//! do not go together if they have one number or one name. Decides nothing of what an element is in a contract.

use hashbrown::{HashMap, HashSet};

use super::item::{Item, Kept, Sort};
use super::parts::{self, Member, Selection};
use super::reserve::{by_owner, without};
use super::{Entry, Lock, Remnant, Versions, elements, type_name};
use crate::contract::{Contract, Element, NumberRange};
use crate::source::SourceId;

pub(super) fn versions(
    lock: &Lock<'_>,
    source: SourceId,
    new: &Contract,
    around: &[&Contract],
) -> Versions {
    let foreign = foreign(lock, around);
    let planner = Planner::new(lock, source, &foreign, new);
    let mut selections = planner.generations().into_iter();
    let newest = selections.next().unwrap_or_default();
    let newest = planner.version(newest, true).0;
    let remnants = selections.map(|generation| {
        let (contract, lines) = planner.version(generation, false);
        Remnant { contract, lines }
    });
    Versions {
        newest,
        remnants: remnants.collect(),
    }
}

/// Elements that the lock leaves out because every version of xlc knows them.
fn foreign<'c>(lock: &Lock<'_>, around: &[&'c Contract]) -> Vec<Item<'c>> {
    let mut names = lock.foreign();
    let mut items = Vec::new();
    for contract in around {
        let here: Vec<&str> = (names.iter().copied())
            .filter(|name| contract.find(name).is_some())
            .collect();
        names.retain(|name| !here.contains(name));
        items.extend(elements::of_google(contract, &here));
    }
    // What two contracts hold in common is the same in both.
    let mut seen = HashSet::new();
    items.retain(|item| seen.insert(item.clone()));
    items
}

/// What only one element of a version can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Slot<'a> {
    /// A full name.
    Name(&'a str),
    /// A name inside a type.
    Inner(&'a str, &'a str),
    /// A number inside a type.
    Number(&'a str, i32),
}

fn slots<'a>(item: &Item<'a>) -> [Option<Slot<'a>>; 2] {
    match item {
        // A file is looked up by its path, and the live one is found first.
        Item::File(_) | Item::Reserved(..) | Item::Extensions(..) => [None, None],
        Item::Type(it) => [Some(Slot::Name(it.name)), None],
        Item::Field(it) => {
            let name = match it.file {
                None => Slot::Inner(it.holder, it.name),
                Some(_) => Slot::Name(it.name),
            };
            [Some(name), Some(Slot::Number(it.holder, it.number))]
        }
        Item::Value(it) => {
            let number = (!it.alias).then_some(Slot::Number(it.holder, it.number));
            [Some(Slot::Inner(it.holder, it.name)), number]
        }
        Item::Method(it) => [Some(Slot::Inner(it.holder, it.name)), None],
    }
}

/// The elements of one version, by their place in the lock.
#[derive(Debug, Default)]
struct Generation<'a> {
    taken: HashSet<Slot<'a>>,
    members: Vec<usize>,
    /// How many of the members are there for their own sake; the others make the version whole.
    own: usize,
}

impl<'a> Generation<'a> {
    /// Adds an element if it goes together with those that are there.
    fn add(&mut self, index: usize, item: &Item<'a>) -> bool {
        let slots = slots(item);
        let is_free = slots.iter().flatten().all(|it| !self.taken.contains(it));
        if is_free {
            self.taken.extend(slots.into_iter().flatten());
            self.members.push(index);
        }
        is_free
    }
}

struct Planner<'l, 'a> {
    entries: &'l [Entry<'a>],
    source: SourceId,
    foreign: &'l [Item<'l>],
    new: &'l Contract,
    /// Types that are live.
    live: HashSet<&'a str>,
    /// The reserved numbers of each type.
    reserved: HashMap<&'a str, Vec<NumberRange>>,
    /// The reserved names of each type.
    names: HashMap<&'a str, Vec<&'l str>>,
    /// Fields and values that are gone, by what they are of.
    buried: HashMap<&'a str, Vec<(i32, &'a str)>>,
    /// Types whose remnants can meet the new version: those that have a namesake there, and what these held.
    met: HashSet<&'a str>,
}

impl<'l, 'a> Planner<'l, 'a> {
    fn new(
        lock: &'l Lock<'a>,
        source: SourceId,
        foreign: &'l [Item<'l>],
        new: &'l Contract,
    ) -> Self {
        let entries = lock.entries.as_slice();
        let live = entries.iter().filter(|it| !it.gone).filter_map(type_name);
        let mut buried: HashMap<&str, Vec<(i32, &str)>> = HashMap::new();
        let mut names: HashMap<&str, Vec<&str>> = HashMap::new();
        for entry in entries {
            match &entry.item {
                Item::Field(it) if entry.gone && it.file.is_none() => {
                    (buried.entry(it.holder).or_default()).push((it.number, it.name));
                }
                Item::Value(it) if entry.gone => {
                    (buried.entry(it.holder).or_default()).push((it.number, it.name));
                }
                Item::Reserved(owner, Kept::Name(name)) => {
                    names.entry(owner).or_default().push(name);
                }
                Item::Reserved(_, Kept::Numbers(_))
                | Item::Field(_)
                | Item::Value(_)
                | Item::File(_)
                | Item::Type(_)
                | Item::Extensions(..)
                | Item::Method(_) => {}
            }
        }
        Self {
            entries,
            source,
            foreign,
            new,
            live: live.collect(),
            reserved: by_owner(entries.iter().map(|it| &it.item)),
            names,
            buried,
            met: met(entries, new),
        }
    }

    /// What is live, then what is gone; each version is filled up with what is live and goes together with it, and with
    /// what there is of types that are gone.
    fn generations(&self) -> Vec<Generation<'a>> {
        let mut generations = vec![Generation::default()];
        for gone in [false, true] {
            for (index, entry) in self.entries.iter().enumerate() {
                if entry.gone != gone || (gone && !self.is_remnant(&entry.item)) {
                    continue;
                }
                let first = usize::from(gone);
                let item = &entry.item;
                if !(generations.iter_mut().skip(first)).any(|it| it.add(index, item)) {
                    let mut more = Generation::default();
                    more.add(index, item);
                    generations.push(more);
                }
            }
        }
        for generation in &mut generations {
            generation.own = generation.members.len();
        }
        for generation in generations.iter_mut().skip(1) {
            self.fill(generation, |entry| !entry.gone);
            self.fill(generation, |entry| {
                entry.gone && (entry.item.owner()).is_some_and(|owner| !self.live.contains(owner))
            });
        }
        // Reading made sure that a lock has all that it mentions.
        if self.entries.iter().any(|it| it.gone) {
            for generation in &mut generations {
                self.complete(generation);
            }
        }
        generations
    }

    /// Whether what is gone can meet the new version.
    fn is_remnant(&self, item: &Item<'_>) -> bool {
        match item {
            Item::Type(_) | Item::Field(_) | Item::Value(_) | Item::Method(_) => {
                item.owner().is_some_and(|owner| self.met.contains(owner))
            }
            Item::File(_) | Item::Reserved(..) | Item::Extensions(..) => false,
        }
    }

    fn fill(&self, generation: &mut Generation<'a>, wanted: impl Fn(&Entry<'a>) -> bool) {
        let own: HashSet<usize> = generation.members.iter().copied().collect();
        for (index, entry) in self.entries.iter().enumerate() {
            if !own.contains(&index) && wanted(entry) {
                generation.add(index, &entry.item);
            }
        }
    }

    /// Adds what is gone and yet needed by what is live, as a merge can leave it: types, and the values of an enum.
    fn complete(&self, generation: &mut Generation<'a>) {
        loop {
            let members = generation.members.iter().map(|&at| &self.entries[at]);
            let held: HashSet<&str> = members.clone().filter_map(type_name).collect();
            let mentioned = members.flat_map(|it| {
                let [first, second] = it.item.mentions();
                [it.item.owner(), first, second]
            });
            let missing: HashSet<&str> = (mentioned.flatten())
                .filter(|name| !held.contains(name) && !elements::is_google(name))
                .chain(self.empty_enums(generation))
                .collect();
            let before = generation.members.len();
            if !missing.is_empty() {
                self.fill(generation, |entry| {
                    (entry.item.owner()).is_some_and(|owner| missing.contains(owner))
                });
            }
            if generation.members.len() == before {
                return;
            }
        }
    }

    /// Enums without a value.
    fn empty_enums(&self, generation: &Generation<'a>) -> Vec<&'a str> {
        let mut empty = HashSet::new();
        for &at in &generation.members {
            if let Item::Type(it) = &self.entries[at].item
                && matches!(it.sort, Sort::Enum { .. })
            {
                empty.insert(it.name);
            }
        }
        for &at in &generation.members {
            if let Item::Value(it) = &self.entries[at].item {
                empty.remove(it.holder);
            }
        }
        let mut empty: Vec<&str> = empty.into_iter().collect();
        empty.sort_unstable();
        empty
    }

    /// The contract of a generation, and the lines of what is gone in it.
    fn version(&self, generation: Generation<'a>, is_newest: bool) -> (Contract, HashSet<u32>) {
        let members = generation.members.iter().enumerate();
        let told = members.filter(|(place, at)| *place < generation.own || self.entries[**at].gone);
        let spans = told.filter_map(|(_, &at)| self.entries[at].span);
        let lines = spans.map(|span| span.start_line).collect();
        let mut selection = Selection::default();
        for entry in self.entries {
            if let Item::File(file) = &entry.item {
                selection.file(file, !entry.gone);
            }
        }
        for &at in &generation.members {
            let entry = &self.entries[at];
            let is_named = |name: &str| self.new.find(name).is_some();
            selection.members.push(Member {
                item: &entry.item,
                span: entry.span,
                // What is gone and has no namesake is there to be held, not to be looked for.
                asked: !entry.gone || entry.item.owner().is_some_and(is_named),
            });
        }
        for item in self.foreign {
            match item {
                Item::File(file) => selection.file(file, false),
                Item::Type(_)
                | Item::Reserved(..)
                | Item::Extensions(..)
                | Item::Field(_)
                | Item::Value(_)
                | Item::Method(_) => selection.members.push(Member {
                    item,
                    span: None,
                    asked: false,
                }),
            }
        }
        let reserved = |name: &str| match self.live.contains(name) == is_newest {
            true => self.reserved_of(name, &generation.taken),
            false => (Vec::new(), Vec::new()),
        };
        let contract = parts::contract(&selection, self.source, &reserved);
        (contract, lines)
    }

    /// What a type reserves: what was reserved, and what is gone as far as it is used again. What is gone and not in use is
    /// told where it is.
    fn reserved_of(
        &self,
        name: &str,
        taken: &HashSet<Slot<'a>>,
    ) -> (Vec<NumberRange>, Vec<String>) {
        let mut ranges = self.reserved.get(name).cloned().unwrap_or_default();
        let names = self.names.get(name).into_iter().flatten();
        let mut names: Vec<&str> = names.copied().collect();
        let (numbers_used, names_used) = self.used(name);
        for &(number, buried) in self.buried.get(name).into_iter().flatten() {
            let one = NumberRange {
                first: number,
                last: number,
            };
            ranges = without(ranges, one);
            names.retain(|it| *it != buried);
            if numbers_used.contains(&number) && !taken.contains(&Slot::Number(name, number)) {
                ranges.push(one);
            }
            if names_used.contains(buried) && !taken.contains(&Slot::Inner(name, buried)) {
                names.push(buried);
            }
        }
        ranges.sort_unstable();
        names.sort_unstable();
        names.dedup();
        (ranges, names.into_iter().map(str::to_owned).collect())
    }

    /// The numbers and names that a type of the new version uses.
    fn used(&self, name: &str) -> (HashSet<i32>, HashSet<&'l str>) {
        let new = self.new;
        match new.find(name) {
            Some(Element::Message(id)) => {
                let fields = new.message(id).fields.iter();
                fields.map(|it| (it.number, it.name.as_str())).unzip()
            }
            Some(Element::Enum(id)) => {
                let values = new.enumeration(id).values.iter();
                values.map(|it| (it.number, it.name.as_str())).unzip()
            }
            Some(Element::Service(_) | Element::Extension(_)) | None => Default::default(),
        }
    }
}

/// Types whose remnants can meet the new version.
fn met<'a>(entries: &[Entry<'a>], new: &Contract) -> HashSet<&'a str> {
    let gone = || entries.iter().filter(|it| it.gone);
    let mut mentions: HashMap<&str, Vec<&str>> = HashMap::new();
    for entry in gone() {
        let [first, second] = entry.item.mentions();
        if let Some(owner) = entry.item.owner() {
            let held = mentions.entry(owner).or_default();
            held.extend(first.into_iter().chain(second));
        }
    }
    let owners = gone().filter_map(|it| it.item.owner());
    let mut open: Vec<&str> = owners.filter(|name| new.find(name).is_some()).collect();
    let mut met = HashSet::new();
    while let Some(name) = open.pop() {
        if met.insert(name) {
            open.extend(mentions.get(name).into_iter().flatten());
        }
    }
    met
}
