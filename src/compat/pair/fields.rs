//! Which field is which: a field that keeps its name is the same field, whatever its number, and one that keeps its
//! number under a name that nobody had is the same under a new name. Extensions of the message are fields like others.

use std::collections::HashMap;

use super::Pairs;
use crate::compat::delta::{Both, FieldAt};
use crate::contract::{Contract, Extension, MessageId};

/// The fields of two paired messages, extensions included.
#[derive(Debug, Clone, Default)]
pub struct Fields<'a> {
    /// Those that are in both, in the order of the old version.
    pub both: Vec<Both<FieldAt<'a>>>,
    /// Those that are gone.
    pub removed: Vec<FieldAt<'a>>,
    /// Those that are new.
    pub added: Vec<FieldAt<'a>>,
}

impl<'a> Fields<'a> {
    pub(super) fn new(pairs: &Pairs<'a>, ids: Both<MessageId>) -> Self {
        let old = fields(pairs.contracts.old, &pairs.extensions.old, ids.old);
        let new = fields(pairs.contracts.new, &pairs.extensions.new, ids.new);
        let names: HashMap<String, usize> = (new.iter().enumerate())
            .map(|(index, at)| (key(*at), index))
            .collect();
        let numbers: HashMap<i32, usize> = (new.iter().enumerate())
            .map(|(index, at)| (at.field.number, index))
            .collect();
        let by_name: Vec<Option<usize>> =
            old.iter().map(|at| names.get(&key(*at)).copied()).collect();
        let mut taken = vec![false; new.len()];
        for index in by_name.iter().flatten() {
            taken[*index] = true;
        }
        let mut fields = Self::default();
        for (was, named) in old.iter().zip(by_name) {
            let is = named.or_else(|| {
                let index = *numbers.get(&was.field.number)?;
                let free =
                    !taken[index] && new[index].extension.is_some() == was.extension.is_some();
                free.then_some(index)
            });
            match is {
                Some(index) => {
                    taken[index] = true;
                    fields.both.push(Both {
                        old: *was,
                        new: new[index],
                    });
                }
                None => fields.removed.push(*was),
            }
        }
        let rest = new.iter().zip(&taken).filter(|(_, taken)| !**taken);
        fields.added.extend(rest.map(|(at, _)| *at));
        fields
    }

    /// The counterpart of an old field of this number.
    #[must_use]
    pub fn of_old(&self, number: i32) -> Option<Both<FieldAt<'a>>> {
        (self.both.iter().copied()).find(|pair| pair.old.field.number == number)
    }

    /// The counterpart of a new field of this number.
    #[must_use]
    pub fn of_new(&self, number: i32) -> Option<Both<FieldAt<'a>>> {
        (self.both.iter().copied()).find(|pair| pair.new.field.number == number)
    }
}

/// What a field is known by: its name, or the full name of the extension, which no field can have.
fn key(at: FieldAt<'_>) -> String {
    match at.extension {
        Some(extension) => format!("[{}]", extension.full_name),
        None => at.field.name.clone(),
    }
}

fn fields<'a>(
    contract: &'a Contract,
    extensions: &std::collections::BTreeMap<MessageId, Vec<&'a Extension>>,
    id: MessageId,
) -> Vec<FieldAt<'a>> {
    let holder = contract.message(id);
    let own = holder.fields.iter().map(|field| FieldAt {
        holder,
        field,
        extension: None,
    });
    let others = extensions.get(&id).into_iter().flatten();
    let others = others.map(|extension| FieldAt {
        holder,
        field: &extension.field,
        extension: Some(*extension),
    });
    own.chain(others).collect()
}
