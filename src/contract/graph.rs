//! Facts about the graph of messages: which refer to themselves, which hold a required field.

use super::{Contract, Enum, Extension, File, Message, MessageId, Presence, Service, Shape, Type};

/// The arenas of a contract before they are put together: every id is an index into its vector, and the elements of a
/// file stand together, in the order of the files.
#[derive(Debug, Clone, Default)]
pub struct Parts {
    /// Files, in dependency order.
    pub files: Vec<File>,
    /// Messages.
    pub messages: Vec<Message>,
    /// Enums.
    pub enums: Vec<Enum>,
    /// Services.
    pub services: Vec<Service>,
    /// Extensions.
    pub extensions: Vec<Extension>,
}

impl Contract {
    /// The messages that the fields of this one hold, in declaration order, each once.
    #[must_use]
    pub fn message_types(&self, id: MessageId) -> Vec<MessageId> {
        let mut types = Vec::new();
        for field in &self.message(id).fields {
            if let Type::Message(inner) = field.shape.value_type()
                && !types.contains(&inner)
            {
                types.push(inner);
            }
        }
        types
    }

    /// Where a message stands in its file: the index of the outermost message around it among those of the file, then
    /// the index in each message on the way. Entries of maps are no messages.
    #[must_use]
    pub fn message_indexes(&self, id: MessageId) -> Vec<usize> {
        let message = self.message(id);
        let (mut indexes, siblings) = match message.parent {
            Some(parent) => (self.message_indexes(parent), &self.message(parent).messages),
            None => (Vec::new(), &self.file(message.file).messages),
        };
        indexes.extend(siblings.iter().position(|&sibling| sibling == id));
        indexes
    }

    /// All messages that values of this one can hold at any depth, itself only if it is recursive.
    #[must_use]
    pub fn reachable(&self, id: MessageId) -> Vec<MessageId> {
        let mut seen = vec![false; self.messages().len()];
        let mut stack = self.message_types(id);
        while let Some(next) = stack.pop() {
            if !std::mem::replace(&mut seen[next.index()], true) {
                stack.extend(self.message_types(next));
            }
        }
        (0..seen.len())
            .filter(|&index| seen[index])
            .map(MessageId::new)
            .collect()
    }

    /// For every message, by its index: whether a required field, or an extension that could hold one, can be
    /// missing in it at any depth. Messages for which this is false need no check for required fields.
    #[must_use]
    pub fn needs_required_check(&self) -> Vec<bool> {
        self.reaching(|message| message.is_extendable() || has_required(message))
    }

    /// For every message, by its index: whether a required field can be missing in it at any depth, extensions aside.
    #[must_use]
    pub fn holds_required(&self) -> Vec<bool> {
        self.reaching(has_required)
    }

    /// For every message, by its index: whether `is` holds for it or for a message in one of its fields, at any depth.
    fn reaching(&self, is: impl Fn(&Message) -> bool) -> Vec<bool> {
        let mut needs: Vec<bool> = self.messages().iter().map(is).collect();
        loop {
            let mut changed = false;
            for message in self.messages() {
                if !needs[message.id.index()]
                    && self
                        .message_types(message.id)
                        .iter()
                        .any(|inner| needs[inner.index()])
                {
                    needs[message.id.index()] = true;
                    changed = true;
                }
            }
            if !changed {
                return needs;
            }
        }
    }
}

fn has_required(message: &Message) -> bool {
    message.fields.iter().any(|field| {
        matches!(
            field.shape,
            Shape::Singular {
                presence: Presence::Required,
                ..
            }
        )
    })
}
