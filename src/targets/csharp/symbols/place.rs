//! How one type is written at the place of another: by its name, or in full where something else has that name.

use std::collections::BTreeSet;

use super::{Path, Symbols, WELL_KNOWN};
use crate::contract::{FileId, MessageId};

/// Where a type is mentioned: the namespace, and the names that mean something else there.
#[derive(Debug)]
pub(in crate::targets::csharp) struct Place {
    namespace: String,
    around: BTreeSet<String>,
    types: BTreeSet<String>,
    values: BTreeSet<String>,
}

impl Place {
    /// How a type is written where only a type can stand.
    pub(in crate::targets::csharp) fn mention(&self, path: &Path) -> String {
        self.write(path, &self.types)
    }

    /// How a type is written where a value could stand too.
    pub(in crate::targets::csharp) fn mention_in_expression(&self, path: &Path) -> String {
        self.write(path, &self.values)
    }

    fn write(&self, path: &Path, taken: &BTreeSet<String>) -> String {
        let name = path.parts.join(".");
        let first = path.parts.first().map_or("", String::as_str);
        // Generated files use the namespace of the well-known types, and `System`, which has a few of the names.
        let used = path.namespace == WELL_KNOWN
            && !["Enum", "Type"].contains(&first)
            && !self.around.contains(first);
        if (path.namespace == self.namespace || used) && !taken.contains(first) {
            name
        } else {
            format!("global::{}.{name}", path.namespace)
        }
    }
}

impl Symbols<'_> {
    /// The place of a message's body.
    pub(in crate::targets::csharp) fn place(&self, id: MessageId) -> Place {
        let mut types = BTreeSet::new();
        let mut values = BTreeSet::new();
        let mut next = Some(id);
        while let Some(id) = next {
            let message = self.contract.message(id);
            let members = &self.members[id.index()];
            types.extend(["Types", "Extensions"].map(str::to_owned));
            types.extend(members.oneof_types.iter().cloned());
            types.extend(
                message
                    .messages
                    .iter()
                    .map(|&id| self.message(id).name().to_owned()),
            );
            types.extend(
                message
                    .enums
                    .iter()
                    .map(|&id| self.enumeration(id).name().to_owned()),
            );
            let fields = message.fields.iter().zip(&members.fields);
            values.extend(
                fields
                    .filter(|(field, _)| field.oneof.is_none())
                    .map(|(_, name)| name.clone()),
            );
            values.extend(members.oneofs.iter().cloned());
            next = message.parent;
        }
        values.extend(types.iter().cloned());
        let namespace = &self.message(id).namespace;
        Place {
            namespace: namespace.clone(),
            around: self.around(namespace),
            types,
            values,
        }
    }

    /// The place of the body of a oneof's type, where each arm hides what else has its name.
    pub(in crate::targets::csharp) fn place_in_oneofs(&self, id: MessageId) -> Place {
        let mut place = self.place(id);
        let fields = self.contract.message(id).fields.iter();
        let named = fields.zip(&self.members[id.index()].fields);
        for (_, name) in named.filter(|(field, _)| field.oneof.is_some()) {
            place.types.insert(name.clone());
            place.values.insert(name.clone());
        }
        place
    }

    /// The place of a file's own class.
    pub(in crate::targets::csharp) fn top(&self, file: FileId) -> Place {
        let namespace = &self.namespaces[file.index()];
        Place {
            namespace: namespace.clone(),
            around: self.around(namespace),
            types: BTreeSet::new(),
            values: BTreeSet::new(),
        }
    }

    /// What can be called by a short name in a namespace without being in it.
    fn around(&self, namespace: &str) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        let mut next = Some(namespace);
        while let Some(space) = next {
            names.extend(self.contents.get(space).into_iter().flatten().cloned());
            next = match space.rsplit_once('.') {
                Some((outer, _)) => Some(outer),
                None if space.is_empty() => None,
                None => Some(""),
            };
        }
        names
    }
}
