//! Which element of the new version is which one of the old: by full name, by the fields that use it, and for what is
//! left by its shape, so that a rename or a move is one change and hides nothing inside.
//! Decides identity alone; what differs between two paired elements is told by `changes`.

mod fields;
mod rename;

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

use super::delta::{Both, FieldAt};
use crate::contract::{
    Contract, Element, EnumId, Extension, File, FileId, MessageId, ServiceId, Type,
};

pub use fields::Fields;

/// Why two elements are taken for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// They have one full name.
    Name,
    /// The element has another full name now.
    Renamed(Cause),
    /// A field held the old one and holds the new one; apart from that they are two.
    Use,
}

/// Why an element has another full name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// It was renamed or moved itself.
    Own,
    /// The message around it was.
    Parent,
    /// Its package was.
    Package,
}

/// The pairs of one sort of element, in the order in which they were found.
#[derive(Debug, Clone)]
pub struct Pairing<Id> {
    pairs: Vec<(Both<Id>, How)>,
    index: HashMap<Both<Id>, usize>,
    /// The counterpart by name or rename.
    of_old: HashMap<Id, Id>,
    of_new: HashMap<Id, Id>,
}

impl<Id: Copy + Eq + Hash> Pairing<Id> {
    fn new() -> Self {
        Self {
            pairs: Vec::new(),
            index: HashMap::new(),
            of_old: HashMap::new(),
            of_new: HashMap::new(),
        }
    }

    /// Adds a pair, unless it is known.
    fn add(&mut self, ids: Both<Id>, how: How) {
        if self.index.contains_key(&ids) {
            return;
        }
        self.index.insert(ids, self.pairs.len());
        self.pairs.push((ids, how));
        match how {
            How::Name | How::Renamed(_) => {
                self.of_old.insert(ids.old, ids.new);
                self.of_new.insert(ids.new, ids.old);
            }
            How::Use => {}
        }
    }

    /// All pairs.
    pub fn iter(&self) -> impl Iterator<Item = (Both<Id>, How)> + '_ {
        self.pairs.iter().copied()
    }

    /// How two elements became a pair, if they are one.
    #[must_use]
    pub fn how(&self, ids: Both<Id>) -> Option<How> {
        self.index.get(&ids).map(|&at| self.pairs[at].1)
    }

    /// What an old element is called or has become now.
    #[must_use]
    pub fn new_of(&self, old: Id) -> Option<Id> {
        self.of_old.get(&old).copied()
    }

    /// What a new element was.
    #[must_use]
    pub fn old_of(&self, new: Id) -> Option<Id> {
        self.of_new.get(&new).copied()
    }

    /// Whether both are without a counterpart.
    fn are_free(&self, ids: Both<Id>) -> bool {
        !self.of_old.contains_key(&ids.old) && !self.of_new.contains_key(&ids.new)
    }

    /// The place of a pair among the pairs.
    fn position(&self, ids: Both<Id>) -> Option<usize> {
        self.index.get(&ids).copied()
    }
}

/// Everything that is paired between two versions.
#[derive(Debug)]
pub struct Pairs<'a> {
    /// The two versions.
    pub contracts: Both<&'a Contract>,
    /// Messages.
    pub messages: Pairing<MessageId>,
    /// Enums.
    pub enums: Pairing<EnumId>,
    /// Services.
    pub services: Pairing<ServiceId>,
    /// The fields of each pair of messages, in the order of the pairs.
    fields: Vec<Fields<'a>>,
    /// The first field that holds each pair of enums.
    carriers: HashMap<Both<EnumId>, Both<FieldAt<'a>>>,
    /// Packages that were renamed, by files that show it.
    pub packages: Vec<Both<FileId>>,
    /// The extensions of each message, in the order of their declaration.
    extensions: Both<BTreeMap<MessageId, Vec<&'a Extension>>>,
}

impl<'a> Pairs<'a> {
    /// Pairs two versions.
    #[must_use]
    pub fn new(contracts: Both<&'a Contract>) -> Self {
        let mut pairs = Self {
            contracts,
            messages: Pairing::new(),
            enums: Pairing::new(),
            services: Pairing::new(),
            fields: Vec::new(),
            carriers: HashMap::new(),
            packages: Vec::new(),
            extensions: contracts.map(extensions),
        };
        pairs.by_name();
        pairs.by_package();
        pairs.by_use();
        // What shape finds leads to more by use, and may leave less that looks alike.
        while pairs.by_shape() {
            pairs.by_use();
        }
        pairs.services_by_shape();
        pairs
    }

    /// The fields of a pair of messages.
    #[must_use]
    pub fn fields(&self, messages: Both<MessageId>) -> Option<&Fields<'a>> {
        self.fields.get(self.messages.position(messages)?)
    }

    /// A field that holds values of a pair of enums, and held them before.
    #[must_use]
    pub fn carrier(&self, enums: Both<EnumId>) -> Option<Both<FieldAt<'a>>> {
        self.carriers.get(&enums).copied()
    }

    fn by_name(&mut self) {
        let Both { old, new } = self.contracts;
        for message in old.messages().iter().filter(|it| is_asked(old, it.file)) {
            if let Some(Element::Message(id)) = new.find(message.full_name.as_str()) {
                let ids = Both {
                    old: message.id,
                    new: id,
                };
                self.messages.add(ids, How::Name);
            }
        }
        for enumeration in old.enums().iter().filter(|it| is_asked(old, it.file)) {
            if let Some(Element::Enum(id)) = new.find(enumeration.full_name.as_str()) {
                let ids = Both {
                    old: enumeration.id,
                    new: id,
                };
                self.enums.add(ids, How::Name);
            }
        }
        for service in old.services().iter().filter(|it| is_asked(old, it.file)) {
            if let Some(Element::Service(id)) = new.find(service.full_name.as_str()) {
                let ids = Both {
                    old: service.id,
                    new: id,
                };
                self.services.add(ids, How::Name);
            }
        }
        for extension in old.extensions().iter().filter(|it| is_asked(old, it.file)) {
            let holder = old.message(extension.extendee);
            if let Some(Element::Message(id)) = new.find(holder.full_name.as_str()) {
                let ids = Both {
                    old: holder.id,
                    new: id,
                };
                self.messages.add(ids, How::Name);
            }
        }
    }

    /// Follows the fields and methods of all pairs to the types that they hold, until no new pair turns up.
    fn by_use(&mut self) {
        let methods: Vec<Both<MessageId>> = self.methods();
        for ids in methods {
            self.used_messages(ids);
        }
        while let Some((ids, how)) = self.messages.pairs.get(self.fields.len()).copied() {
            if let How::Renamed(_) = how {
                self.nested(ids);
            }
            let fields = Fields::new(self, ids);
            for pair in &fields.both {
                let types = pair.map(|at| at.field.shape.value_type());
                match (types.old, types.new) {
                    (Type::Message(old), Type::Message(new)) => {
                        self.used_messages(Both { old, new });
                    }
                    (Type::Enum(old), Type::Enum(new)) => {
                        let ids = Both { old, new };
                        self.used_enums(ids);
                        self.carriers.entry(ids).or_insert(*pair);
                    }
                    (Type::Scalar(_) | Type::Message(_) | Type::Enum(_), _) => {}
                }
            }
            self.fields.push(fields);
        }
    }

    /// The requests and responses of paired methods.
    fn methods(&self) -> Vec<Both<MessageId>> {
        let mut found = Vec::new();
        for (ids, _) in self.services.iter() {
            let old = self.contracts.old.service(ids.old);
            let new = self.contracts.new.service(ids.new);
            for was in &old.methods {
                if let Some(is) = new.methods.iter().find(|it| it.name == was.name) {
                    found.push(Both {
                        old: was.input,
                        new: is.input,
                    });
                    found.push(Both {
                        old: was.output,
                        new: is.output,
                    });
                }
            }
        }
        found
    }

    fn used_messages(&mut self, ids: Both<MessageId>) {
        let Both { old, new } = self.contracts;
        let names = (
            &old.message(ids.old).full_name,
            &new.message(ids.new).full_name,
        );
        let how = if names.0 == names.1 {
            How::Name
        } else if self.messages.are_free(ids)
            && new.find(names.0.as_str()).is_none()
            && old.find(names.1.as_str()).is_none()
        {
            How::Renamed(Cause::Own)
        } else {
            How::Use
        };
        self.messages.add(ids, how);
    }

    fn used_enums(&mut self, ids: Both<EnumId>) {
        let Both { old, new } = self.contracts;
        let names = (
            &old.enumeration(ids.old).full_name,
            &new.enumeration(ids.new).full_name,
        );
        let how = if names.0 == names.1 {
            How::Name
        } else if self.enums.are_free(ids)
            && new.find(names.0.as_str()).is_none()
            && old.find(names.1.as_str()).is_none()
        {
            How::Renamed(Cause::Own)
        } else {
            How::Use
        };
        self.enums.add(ids, how);
    }

    /// What is inside a renamed message has another full name too.
    fn nested(&mut self, ids: Both<MessageId>) {
        let Both { old, new } = self.contracts;
        let (was, is) = (old.message(ids.old), new.message(ids.new));
        for &inner in &was.messages {
            let name = &old.message(inner).name;
            let found = is
                .messages
                .iter()
                .find(|&&it| new.message(it).name == *name);
            if let Some(&other) = found {
                let ids = Both {
                    old: inner,
                    new: other,
                };
                if self.messages.are_free(ids) {
                    self.messages.add(ids, How::Renamed(Cause::Parent));
                }
            }
        }
        for &inner in &was.enums {
            let name = &old.enumeration(inner).name;
            let found = is
                .enums
                .iter()
                .find(|&&it| new.enumeration(it).name == *name);
            if let Some(&other) = found {
                let ids = Both {
                    old: inner,
                    new: other,
                };
                if self.enums.are_free(ids) {
                    self.enums.add(ids, How::Renamed(Cause::Parent));
                }
            }
        }
    }

    /// The files of both versions that were asked for.
    pub(super) fn asked_files(&self) -> Both<Vec<&'a File>> {
        self.contracts.map(|it| it.requested_files().collect())
    }
}

/// Whether a file was asked for, as against imported.
pub(super) fn is_asked(contract: &Contract, file: FileId) -> bool {
    contract.file(file).requested
}

fn extensions(contract: &Contract) -> BTreeMap<MessageId, Vec<&Extension>> {
    let mut found: BTreeMap<MessageId, Vec<&Extension>> = BTreeMap::new();
    for extension in contract.extensions() {
        found.entry(extension.extendee).or_default().push(extension);
    }
    found
}
