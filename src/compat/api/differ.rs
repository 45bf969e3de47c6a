//! What differs between two APIs. A thing is the same one if it has the same name in the same holder; a holder that was
//! renamed is followed, so that it is told once and hides nothing inside.

use std::collections::HashMap;

use super::{Api, Item, Owner};
use crate::compat::delta::Both;
use crate::compat::pair::Pairs;
use crate::compat::surface::Harm;
use crate::contract::Element;

/// A difference between two APIs, by the indices of what differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The old thing, if there is one.
    pub old: Option<usize>,
    /// The new thing, if there is one.
    pub new: Option<usize>,
    /// What happened.
    pub what: What,
}

/// What happened to a thing that a user can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum What {
    /// It is gone, with all that it holds.
    Gone,
    /// It has another name or place. What it holds is compared all the same.
    Moved,
    /// It is declared otherwise.
    Changed,
    /// Its name is that of another element now, and its own element has another one.
    Taken,
    /// It has another value.
    Valued,
    /// It has another place among its like.
    Placed,
    /// It is new.
    Added,
}

/// All differences between two APIs, in the order of the old one, what is new last.
#[derive(Debug, Clone, Default)]
pub struct Differences {
    /// The differences.
    pub list: Vec<Difference>,
}

impl Differences {
    /// Compares. `pairs` tells which elements of the contract are which.
    #[must_use]
    pub fn new(apis: Both<&Api>, pairs: &Pairs<'_>) -> Self {
        let mut differ = Differ::new(apis, pairs);
        for index in 0..apis.old.items.len() {
            differ.follow(index);
        }
        differ.compare();
        Self { list: differ.list }
    }
}

/// What becomes of an old thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// This new thing.
    Is(usize),
    /// It is gone, or what held it.
    Gone,
}

struct Differ<'a, 'c> {
    apis: Both<&'a Api>,
    pairs: &'a Pairs<'c>,
    /// New things by holder and name.
    by_name: HashMap<(Option<usize>, &'a str), usize>,
    /// New things by owner and kind.
    by_owner: HashMap<(Owner, &'static str), usize>,
    /// The first old thing of each owner.
    old_owners: HashMap<Owner, usize>,
    /// Old things by kind and path.
    old_paths: HashMap<(&'static str, &'a str), Owner>,
    fates: Vec<Fate>,
    /// Whether a new thing is what an old one was.
    known: Vec<bool>,
    list: Vec<Difference>,
}

impl<'a, 'c> Differ<'a, 'c> {
    fn new(apis: Both<&'a Api>, pairs: &'a Pairs<'c>) -> Self {
        let mut by_name = HashMap::new();
        let mut by_owner = HashMap::new();
        for (index, item) in apis.new.items.iter().enumerate() {
            by_name.insert((item.within, item.name.as_str()), index);
            by_owner.entry((item.owner, item.kind)).or_insert(index);
        }
        let mut old_owners = HashMap::new();
        let mut old_paths = HashMap::new();
        for (index, item) in apis.old.items.iter().enumerate() {
            old_owners.entry(item.owner).or_insert(index);
            old_paths.insert((item.kind, item.path.as_str()), item.owner);
        }
        Self {
            apis,
            pairs,
            by_name,
            by_owner,
            old_owners,
            old_paths,
            fates: Vec::with_capacity(apis.old.items.len()),
            known: vec![false; apis.new.items.len()],
            list: Vec::new(),
        }
    }

    /// Finds what an old thing is now. Its holder was followed before.
    fn follow(&mut self, index: usize) {
        let item = &self.apis.old.items[index];
        let holder = match item.within.map(|it| self.fates[it]) {
            None => None,
            Some(Fate::Is(new)) => Some(new),
            Some(Fate::Gone) => return self.fates.push(Fate::Gone),
        };
        let named = self.by_name.get(&(holder, item.name.as_str())).copied();
        let named = named.filter(|&new| self.apis.new.items[new].kind == item.kind);
        let found = named.or_else(|| self.moved(item));
        let Some(new) = found.filter(|&new| !self.known[new]) else {
            self.tell(Some(index), None, What::Gone);
            return self.fates.push(Fate::Gone);
        };
        if named.is_none() {
            self.tell(Some(index), Some(new), What::Moved);
        }
        self.known[new] = true;
        self.fates.push(Fate::Is(new));
    }

    /// Where a holder is that is not in its place: what is generated now for the element that its own one has become.
    /// What holds nothing is not followed: another name is another thing.
    fn moved(&self, item: &Item) -> Option<usize> {
        let owner = match item.owner {
            Owner::File(_) | Owner::Message(_) | Owner::Enum(_) => self.counterpart(item.owner)?,
            Owner::Field(..) | Owner::Oneof(..) | Owner::Value(..) | Owner::Extension(_) => {
                return None;
            }
        };
        let new = *self.by_owner.get(&(owner, item.kind))?;
        // It may be another old thing's own place.
        let is = &self.apis.new.items[new];
        let claimant = self.old_paths.get(&(is.kind, is.path.as_str()));
        claimant
            .is_none_or(|owner| *owner == item.owner)
            .then_some(new)
    }

    /// What an element of the old contract is in the new one.
    fn counterpart(&self, owner: Owner) -> Option<Owner> {
        let Both { old, new } = self.pairs.contracts;
        match owner {
            Owner::File(id) => {
                let file = old.file(id);
                let same = new.files().iter().find(|it| it.path == file.path);
                let followed = || {
                    let messages = file.messages.iter();
                    let message = messages.filter_map(|&it| self.pairs.messages.new_of(it));
                    let enums = file.enums.iter();
                    let of_enum = enums.filter_map(|&it| self.pairs.enums.new_of(it));
                    let of_message = message.map(|it| new.message(it).file).next();
                    of_message.or_else(|| of_enum.map(|it| new.enumeration(it).file).next())
                };
                same.map(|it| it.id).or_else(followed).map(Owner::File)
            }
            Owner::Message(id) => {
                let named = || match new.find(old.message(id).full_name.as_str()) {
                    Some(Element::Message(id)) => Some(id),
                    Some(Element::Enum(_) | Element::Service(_) | Element::Extension(_)) | None => {
                        None
                    }
                };
                let paired = self.pairs.messages.new_of(id);
                paired.or_else(named).map(Owner::Message)
            }
            Owner::Enum(id) => {
                let named = || match new.find(old.enumeration(id).full_name.as_str()) {
                    Some(Element::Enum(id)) => Some(id),
                    Some(Element::Message(_) | Element::Service(_) | Element::Extension(_))
                    | None => None,
                };
                let paired = self.pairs.enums.new_of(id);
                paired.or_else(named).map(Owner::Enum)
            }
            Owner::Field(..) | Owner::Oneof(..) | Owner::Value(..) | Owner::Extension(_) => None,
        }
    }

    /// Compares what is there in both, and lists what is new.
    fn compare(&mut self) {
        for index in 0..self.fates.len() {
            let Fate::Is(new) = self.fates[index] else {
                continue;
            };
            let (was, is) = (&self.apis.old.items[index], &self.apis.new.items[new]);
            if self.is_taken(was, is) {
                self.tell(Some(index), Some(new), What::Taken);
            }
            if !self.declared_alike(was, is) {
                self.tell(Some(index), Some(new), What::Changed);
            } else if was.value != is.value {
                self.tell(Some(index), Some(new), What::Valued);
            }
        }
        self.places();
        for new in 0..self.known.len() {
            if !self.known[new] {
                self.tell(None, Some(new), What::Added);
            }
        }
        self.list
            .sort_by_key(|it| (it.old.is_none(), it.old, it.new));
    }

    /// Whether a name stands for another field than it did, while its own is there as well.
    fn is_taken(&self, was: &Item, is: &Item) -> bool {
        let (Owner::Field(old, number), Owner::Field(new, now)) = (was.owner, is.owner) else {
            return false;
        };
        let fields = self.pairs.fields(Both { old, new });
        let mut both = fields.map_or(&[][..], |it| &it.both).iter();
        let pair = both.find(|pair| {
            let field = pair.old;
            field.extension.is_none() && field.field.number == number
        });
        pair.is_some_and(|pair| pair.new.field.number != now)
    }

    /// Tells of each holder the first place at which another thing stands now.
    fn places(&mut self) {
        let mut new_places: HashMap<(Option<usize>, usize), usize> = HashMap::new();
        for (index, item) in self.apis.new.items.iter().enumerate() {
            if let Some(position) = item.position {
                new_places.insert((item.within, position), index);
            }
        }
        let mut told: Vec<Option<usize>> = Vec::new();
        for index in 0..self.fates.len() {
            let item = &self.apis.old.items[index];
            let Some(position) = item.position else {
                continue;
            };
            let fate = self.fates[index];
            let holder = item.within.map(|it| self.fates[it]);
            let (false, Some(Fate::Is(holder))) = (told.contains(&item.within), holder) else {
                continue;
            };
            let now = new_places.get(&(Some(holder), position)).copied();
            if now.map(Fate::Is) == Some(fate) {
                continue;
            }
            told.push(item.within);
            // That it is gone is told already.
            if fate != Fate::Gone {
                self.tell(Some(index), now, What::Placed);
            }
        }
    }

    /// Whether two things are declared alike. What has another name because it names a type that has another name is:
    /// that is told of the type.
    fn declared_alike(&self, was: &Item, is: &Item) -> bool {
        let own = |item: &Item, name: &str| item.signature.replacen(name, "{}", 1);
        // The declaration of something that moved says its new name.
        let (was_form, is_form) = match was.name == is.name {
            true => (was.signature.clone(), is.signature.clone()),
            false => (own(was, &was.name), own(is, &is.name)),
        };
        match (&was.names, &is.names) {
            (Some((old, old_spelled)), Some((new, new_spelled))) => {
                self.is_now(*old, *new)
                    && (was_form == is_form
                        || respelled(&was_form, old_spelled, new_spelled).any(|it| it == is_form))
            }
            (None, None) => was_form == is_form,
            (Some(_), None) | (None, Some(_)) => false,
        }
    }

    /// Whether the types that are generated for two elements are one.
    fn is_now(&self, old: Owner, new: Owner) -> bool {
        let is = |index: usize| match self.fates[index] {
            Fate::Is(at) => Some(self.apis.new.items[at].owner),
            Fate::Gone => None,
        };
        match self.old_owners.get(&old) {
            Some(&index) => is(index) == Some(new),
            None => self.counterpart(old) == Some(new),
        }
    }

    fn tell(&mut self, old: Option<usize>, new: Option<usize>, what: What) {
        self.list.push(Difference { old, new, what });
    }
}

/// A signature with one mention of a type spelled otherwise. Its own name may be spelled like the type.
fn respelled<'s>(
    signature: &'s str,
    old: &'s str,
    new: &'s str,
) -> impl Iterator<Item = String> + 's {
    signature.match_indices(old).map(move |(at, _)| {
        let (head, tail) = (&signature[..at], &signature[at + old.len()..]);
        format!("{head}{new}{tail}")
    })
}

impl Difference {
    /// How bad it is for code that was written against the old API; `None` if it takes no notice.
    #[must_use]
    pub fn harm(&self, apis: Both<&Api>) -> Option<Harm> {
        match self.what {
            What::Gone | What::Moved | What::Changed => Some(Harm::Error),
            What::Taken | What::Valued | What::Placed => Some(Harm::Lossy),
            What::Added => apis.new.items[self.new?].obliges.map(|it| it.harm),
        }
    }
}
