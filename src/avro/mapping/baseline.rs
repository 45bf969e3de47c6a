//! What an earlier version of the contract says about names: protobuf knows fields by their numbers and Avro by their
//! names, so a renamed field gets its old name as an alias, and a renamed enum value keeps its old symbol.

use std::collections::{BTreeMap, BTreeSet};

use crate::contract::{
    Contract, Element, Enum, EnumId, Field, File, Message, MessageId, Oneof, Type,
};

/// Which elements of the contract are which of an earlier version.
#[derive(Debug, Default)]
pub(super) struct Baseline<'a> {
    contract: Option<&'a Contract>,
    messages: BTreeMap<MessageId, MessageId>,
    enums: BTreeMap<EnumId, EnumId>,
}

impl<'a> Baseline<'a> {
    /// Finds the earlier elements: those of the same full name, then those that a field of the same number held, then
    /// the only one left in the same file with the same fields.
    pub(super) fn new(contract: &Contract, earlier: Option<&'a Contract>) -> Self {
        let Some(old) = earlier else {
            return Self::default();
        };
        let mut matcher = Matcher {
            new: contract,
            old,
            messages: BTreeMap::new(),
            enums: BTreeMap::new(),
            taken: BTreeSet::new(),
        };
        matcher.by_name();
        matcher.by_field();
        matcher.by_content();
        matcher.by_field();
        Self {
            contract: Some(old),
            messages: matcher.messages,
            enums: matcher.enums,
        }
    }

    /// The earlier version.
    pub(super) fn contract(&self) -> Option<&'a Contract> {
        self.contract
    }

    /// What a message was.
    pub(super) fn message(&self, id: MessageId) -> Option<&'a Message> {
        Some(self.contract?.message(*self.messages.get(&id)?))
    }

    /// What an enum was.
    pub(super) fn enumeration(&self, id: EnumId) -> Option<&'a Enum> {
        Some(self.contract?.enumeration(*self.enums.get(&id)?))
    }

    /// What a field of a message was.
    pub(super) fn field(&self, message: MessageId, number: i32) -> Option<&'a Field> {
        let fields = &self.message(message)?.fields;
        fields.iter().find(|field| field.number == number)
    }

    /// What a oneof was: that of the first of its members that was in one.
    pub(super) fn oneof(&self, message: &Message, members: &[usize]) -> Option<&'a Oneof> {
        let old = self.message(message.id)?;
        let of = |&index: &usize| self.field(message.id, message.fields[index].number)?.oneof;
        Some(&old.oneofs[members.iter().find_map(of)?.index()])
    }

    /// What an enum value of this number was called.
    pub(super) fn symbol(&self, id: EnumId, number: i32) -> Option<&'a str> {
        let value = self.enumeration(id)?.value(number)?;
        Some(&value.name)
    }
}

struct Matcher<'a> {
    new: &'a Contract,
    old: &'a Contract,
    messages: BTreeMap<MessageId, MessageId>,
    enums: BTreeMap<EnumId, EnumId>,
    /// The earlier messages and enums that were found again.
    taken: BTreeSet<Element>,
}

impl Matcher<'_> {
    fn by_name(&mut self) {
        for message in self.new.messages() {
            if let Some(Element::Message(old)) = self.old.find(message.full_name.as_str()) {
                self.messages.insert(message.id, old);
                self.taken.insert(Element::Message(old));
            }
        }
        for enumeration in self.new.enums() {
            if let Some(Element::Enum(old)) = self.old.find(enumeration.full_name.as_str()) {
                self.enums.insert(enumeration.id, old);
                self.taken.insert(Element::Enum(old));
            }
        }
    }

    /// Follows the fields of messages that were found, as far as that leads.
    fn by_field(&mut self) {
        let mut queue: Vec<(MessageId, MessageId)> = self
            .messages
            .iter()
            .map(|(&new, &old)| (new, old))
            .collect();
        while let Some((new, old)) = queue.pop() {
            for field in &self.new.message(new).fields {
                let earlier = &self.old.message(old).fields;
                let Some(earlier) = earlier.iter().find(|it| it.number == field.number) else {
                    continue;
                };
                match (field.shape.value_type(), earlier.shape.value_type()) {
                    (Type::Message(new), Type::Message(old)) => {
                        if self.pair(new, old) {
                            queue.push((new, old));
                        }
                    }
                    (Type::Enum(new), Type::Enum(old)) => {
                        let free = !self.enums.contains_key(&new);
                        if free && self.taken.insert(Element::Enum(old)) {
                            self.enums.insert(new, old);
                        }
                    }
                    (Type::Message(_) | Type::Enum(_) | Type::Scalar(_), _) => {}
                }
            }
        }
    }

    /// Notes that a message was another one, unless either is known to be something else.
    fn pair(&mut self, new: MessageId, old: MessageId) -> bool {
        if self.messages.contains_key(&new) || !self.taken.insert(Element::Message(old)) {
            return false;
        }
        self.messages.insert(new, old);
        true
    }

    /// Top-level messages that are left over in the same file: of the same name after the package was renamed, or the only
    /// one with the same fields.
    fn by_content(&mut self) {
        let mut pairs = Vec::new();
        for file in self.new.files() {
            let Some(old) = self.old.files().iter().find(|it| it.path == file.path) else {
                continue;
            };
            let news = self.left(self.new, file, |id| !self.messages.contains_key(&id));
            let olds = self.left(self.old, old, |id| {
                !self.taken.contains(&Element::Message(id))
            });
            for &new in &news {
                let named = |old: &&&Message| old.name == new.name;
                let alike = |one: &Message, other: &Message| {
                    fields(one).is_some() && fields(one) == fields(other)
                };
                let candidates: Vec<_> = olds.iter().filter(|old| alike(new, old)).collect();
                let rivals = news.iter().filter(|other| alike(new, other)).count();
                if let Some(old) = olds.iter().find(named) {
                    pairs.push((new.id, old.id));
                } else if let ([old], 1) = (&candidates[..], rivals) {
                    pairs.push((new.id, old.id));
                }
            }
        }
        for (new, old) in pairs {
            self.pair(new, old);
        }
    }

    fn left<'c>(
        &self,
        contract: &'c Contract,
        file: &File,
        is_left: impl Fn(MessageId) -> bool,
    ) -> Vec<&'c Message> {
        let ids = file.messages.iter().filter(|id| is_left(**id));
        ids.map(|&id| contract.message(id)).collect()
    }
}

/// Numbers and names of the fields of a message that has any.
fn fields(message: &Message) -> Option<BTreeSet<(i32, &str)>> {
    let fields = &message.fields;
    (!fields.is_empty()).then(|| {
        let pairs = fields.iter();
        pairs.map(|it| (it.number, it.name.as_str())).collect()
    })
}
