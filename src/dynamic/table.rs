//! What reading and writing ask of a message and an enum at every field, computed once: fields by number and by name.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::contract::{Contract, Enum, Extension, Field, FieldNames, Message, Presence, Shape};

/// The facts of one message.
pub(super) struct Table<'c> {
    pub(super) message: &'c Message,
    /// Fields and extensions, in the order of their numbers.
    pub(super) slots: Vec<Slot<'c>>,
    /// For low numbers: the index in `slots` plus one, or 0.
    low: Vec<u16>,
    /// Names in JSON, both ones, and those of extensions in brackets; the index in `slots`.
    names: HashMap<&'c str, usize>,
    /// Names in the text format, made when the first text is read.
    text_names: OnceLock<TextNames<'c>>,
    /// The numbers of each oneof's members.
    pub(super) oneofs: Vec<Vec<i32>>,
    /// Whether a required field can be missing in it, or in what it holds at any depth.
    pub(super) checked: bool,
}

/// The facts of one field.
pub(super) struct Slot<'c> {
    pub(super) field: &'c Field,
    /// The names in JSON.
    pub(super) names: FieldNames<'c>,
    /// The wire type of one value; 2 for maps.
    pub(super) wire_type: u32,
    /// Whether its values may come packed.
    pub(super) packable: bool,
    /// The extension, for the name.
    extension: Option<&'c Extension>,
}

impl Slot<'_> {
    pub(super) fn is_required(&self) -> bool {
        self.field.presence() == Some(Presence::Required)
    }

    pub(super) fn is_extension(&self) -> bool {
        self.extension.is_some()
    }

    /// The name in paths: that of the contract, in brackets for an extension.
    pub(super) fn name(&self) -> String {
        match self.extension {
            Some(extension) => format!("[{}]", extension.full_name),
            None => self.field.name.clone(),
        }
    }
}

/// Numbers below this are found without a search.
const LOW: i32 = 1024;

impl<'c> Table<'c> {
    pub(super) fn new(message: &'c Message, extensions: &[&'c Extension], checked: bool) -> Self {
        let own = message.fields_by_number().into_iter();
        let own = own
            .zip(message.json_names())
            .map(|(field, names)| Slot::new(field, names, None));
        let others = extensions.iter().map(|&extension| {
            let name = extension.field.json_name.as_str();
            let names = FieldNames {
                written: name,
                read: vec![name],
            };
            Slot::new(&extension.field, names, Some(extension))
        });
        let mut slots: Vec<Slot<'c>> = own.chain(others).collect();
        slots.sort_by_key(|slot| slot.field.number);
        let mut low = Vec::new();
        let mut names = HashMap::new();
        for (index, slot) in slots.iter().enumerate() {
            let place = usize::try_from(slot.field.number).unwrap_or(usize::MAX);
            if let (true, Ok(entry)) = (slot.field.number < LOW, u16::try_from(index + 1)) {
                low.resize(place + 1, 0);
                low[place] = entry;
            }
            names.extend(slot.names.read.iter().map(|&name| (name, index)));
        }
        let mut oneofs = vec![Vec::new(); message.oneofs.len()];
        for field in &message.fields {
            if let Some(members) = field.oneof.and_then(|oneof| oneofs.get_mut(oneof.index())) {
                members.push(field.number);
            }
        }
        Self {
            message,
            slots,
            low,
            names,
            text_names: OnceLock::new(),
            oneofs,
            checked,
        }
    }

    /// The index of the field of this number.
    #[inline]
    pub(super) fn by_number(&self, number: i32) -> Option<usize> {
        if let Some(&entry) = usize::try_from(number).ok().and_then(|at| self.low.get(at)) {
            return usize::from(entry).checked_sub(1);
        }
        self.slots
            .binary_search_by_key(&number, |slot| slot.field.number)
            .ok()
    }

    /// The field of this number.
    #[inline]
    pub(super) fn slot(&self, number: i32) -> Option<&Slot<'c>> {
        self.by_number(number).map(|index| &self.slots[index])
    }

    /// The index of the field that JSON calls so. `hint` is the index that is likely: fields are mostly written in order.
    pub(super) fn by_name(&self, name: &str, hint: usize) -> Option<usize> {
        match self.slots.get(hint) {
            Some(slot) if slot.names.read.first() == Some(&name) => Some(hint),
            Some(_) | None => self.names.get(name).copied(),
        }
    }
}

/// The names that the text format has for the fields of a message; each with the index in `slots`.
pub(super) struct TextNames<'c> {
    /// Those of its own fields.
    pub(super) fields: HashMap<&'c str, usize>,
    /// The full names of extensions.
    pub(super) extensions: HashMap<&'c str, usize>,
}

impl<'c> Table<'c> {
    /// The names in the text format.
    pub(super) fn text_names(&self, contract: &'c Contract) -> &TextNames<'c> {
        self.text_names.get_or_init(|| {
            let (mut fields, mut extensions) = (HashMap::new(), HashMap::new());
            for (index, slot) in self.slots.iter().enumerate() {
                match slot.extension {
                    None => drop(fields.insert(slot.field.name.as_str(), index)),
                    Some(extension) => drop(extensions.insert(extension.full_name.as_str(), index)),
                }
            }
            for (index, slot) in self.slots.iter().enumerate() {
                let other = match slot.extension {
                    // A group is read by its field's name too, as protoc does.
                    None => Some((&mut fields, contract.text_name(self.message, slot.field))),
                    Some(extension) => contract
                        .message_set_name(extension)
                        .map(|name| (&mut extensions, name)),
                };
                if let Some((names, name)) = other {
                    names.entry(name).or_insert(index);
                }
            }
            TextNames { fields, extensions }
        })
    }
}

impl<'c> Slot<'c> {
    fn new(field: &'c Field, names: FieldNames<'c>, extension: Option<&'c Extension>) -> Self {
        let (wire_type, packable) = match field.shape {
            Shape::Singular { ty, .. } => (ty.wire_type(field.delimited), false),
            Shape::Repeated { ty, .. } => {
                let wire_type = ty.wire_type(field.delimited);
                (wire_type, !matches!(wire_type, 2 | 3))
            }
            Shape::Map { .. } => (2, false),
        };
        Self {
            field,
            names,
            wire_type,
            packable,
            extension,
        }
    }
}

/// The facts of one enum.
pub(super) struct EnumTable<'c> {
    /// The first name of each number, in the order of the numbers.
    numbers: Vec<(i32, &'c str)>,
    names: HashMap<&'c str, i32>,
}

impl<'c> EnumTable<'c> {
    pub(super) fn new(enumeration: &'c Enum) -> Self {
        let numbers = enumeration.numbers().into_iter();
        let numbers = numbers
            .map(|value| (value.number, value.name.as_str()))
            .collect();
        let names = enumeration
            .values
            .iter()
            .map(|value| (value.name.as_str(), value.number))
            .collect();
        Self { numbers, names }
    }

    /// The name of a number, the first one if it has several.
    pub(super) fn name(&self, number: i32) -> Option<&'c str> {
        let at = self.numbers.binary_search_by_key(&number, |value| value.0);
        Some(self.numbers[at.ok()?].1)
    }

    /// The number of a name.
    pub(super) fn number(&self, name: &str) -> Option<i32> {
        self.names.get(name).copied()
    }
}
