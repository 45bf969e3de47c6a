//! Which types travel in requests and which in responses, so that a change is judged for those who write and those who
//! read it. Knows the graph of paired types and nothing of changes.

use std::collections::HashMap;

use crate::compat::delta::Both;
use crate::compat::pair::Pairs;
use crate::contract::{EnumId, MessageId, Type};

/// In which calls a type travels: the path of the first method found, of each sort.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Role {
    /// A method in whose requests it is.
    pub request: Option<String>,
    /// A method in whose responses it is.
    pub response: Option<String>,
}

impl Role {
    /// Takes over what another role knows; whether that was news.
    fn absorb(&mut self, other: &Self) -> bool {
        let mut news = false;
        for (own, other) in [
            (&mut self.request, &other.request),
            (&mut self.response, &other.response),
        ] {
            if own.is_none() && other.is_some() {
                own.clone_from(other);
                news = true;
            }
        }
        news
    }
}

/// The roles of all paired types that travel in calls.
#[derive(Debug, Default)]
pub struct Reach {
    messages: HashMap<Both<MessageId>, Role>,
    enums: HashMap<Both<EnumId>, Role>,
}

impl Reach {
    pub(super) fn new(pairs: &Pairs<'_>) -> Self {
        let mut reach = Self::default();
        let mut queue: Vec<Both<MessageId>> = Vec::new();
        for (ids, _) in pairs.services.iter() {
            let old = pairs.contracts.old.service(ids.old);
            let new = pairs.contracts.new.service(ids.new);
            for was in &old.methods {
                let Some(is) = new.methods.iter().find(|it| it.name == was.name) else {
                    continue;
                };
                let path = format!("/{}/{}", new.full_name, is.name);
                let request = Role {
                    request: Some(path.clone()),
                    response: None,
                };
                let response = Role {
                    request: None,
                    response: Some(path),
                };
                for (old, new, role) in [
                    (was.input, is.input, request),
                    (was.output, is.output, response),
                ] {
                    let ids = Both { old, new };
                    if reach.messages.entry(ids).or_default().absorb(&role) {
                        queue.push(ids);
                    }
                }
            }
        }
        // From the first call on, so that the path that is shown is the first one.
        queue.reverse();
        while let Some(ids) = queue.pop() {
            reach.spread(pairs, ids, &mut queue);
        }
        reach
    }

    fn spread(
        &mut self,
        pairs: &Pairs<'_>,
        ids: Both<MessageId>,
        queue: &mut Vec<Both<MessageId>>,
    ) {
        let Some(role) = self.messages.get(&ids).cloned() else {
            return;
        };
        let fields = pairs.fields(ids).map_or(&[][..], |it| &it.both);
        for pair in fields {
            let types = pair.map(|at| at.field.shape.value_type());
            match (types.old, types.new) {
                (Type::Message(old), Type::Message(new)) => {
                    let inner = Both { old, new };
                    if self.messages.entry(inner).or_default().absorb(&role) {
                        queue.push(inner);
                    }
                }
                (Type::Enum(old), Type::Enum(new)) => {
                    self.enums
                        .entry(Both { old, new })
                        .or_default()
                        .absorb(&role);
                }
                (Type::Scalar(_) | Type::Message(_) | Type::Enum(_), _) => {}
            }
        }
    }

    /// The role of a pair of messages, if it travels in calls.
    #[must_use]
    pub fn of_message(&self, ids: Both<MessageId>) -> Option<&Role> {
        self.messages.get(&ids)
    }

    /// The role of a pair of enums, if it travels in calls.
    #[must_use]
    pub fn of_enum(&self, ids: Both<EnumId>) -> Option<&Role> {
        self.enums.get(&ids)
    }
}
