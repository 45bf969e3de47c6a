//! An options message while it is put together: options that set fields of one message merge into one, and the bytes
//! come out as protoc writes them, fields in the order of their numbers and lists packed where they are declared so.

use crate::load::descriptor::{FieldProto, Kind, Label};
use crate::wire;

/// A message's fields as far as they are set.
#[derive(Default)]
pub(super) struct Tree {
    fields: Vec<(u32, Node)>,
    /// Indices of the oneofs that have a value.
    pub(super) oneofs: Vec<i32>,
}

/// A value.
pub(super) enum Node {
    /// A value that is no message, with its tag.
    Value(Vec<u8>),
    /// A value of a packed list, without a tag.
    Packed(Vec<u8>),
    /// A message with a length.
    Message(Tree),
    /// A message between group tags.
    Group(Tree),
}

impl Node {
    /// The node of a message that a field holds.
    pub(super) fn message(field: &FieldProto, tree: Tree) -> Self {
        if field.kind == Some(Kind::Group) || field.features.delimited {
            Self::Group(tree)
        } else {
            Self::Message(tree)
        }
    }
}

/// The number of a field in bytes.
pub(super) fn number(field: &FieldProto) -> u32 {
    field.number.unsigned_abs()
}

/// Whether the values of a field are written as a packed list.
pub(super) fn is_packed(field: &FieldProto) -> bool {
    field.label == Label::Repeated
        && field.features.packed
        && match field.kind {
            Some(Kind::Scalar(scalar)) => scalar.is_packable(),
            Some(Kind::Enum) => true,
            Some(Kind::Message | Kind::Group) | None => false,
        }
}

impl Tree {
    /// Whether a field has a value.
    pub(super) fn has(&self, field: &FieldProto) -> bool {
        self.fields.iter().any(|(set, _)| *set == number(field))
    }

    /// Whether the last field of a path has a value.
    pub(super) fn has_path(&self, path: &[&FieldProto]) -> bool {
        match path {
            [] => false,
            [last] => self.has(last),
            [first, rest @ ..] => self.child(first).is_some_and(|child| child.has_path(rest)),
        }
    }

    fn child(&self, field: &FieldProto) -> Option<&Self> {
        self.fields.iter().find_map(|(set, node)| match node {
            Node::Message(tree) | Node::Group(tree) if *set == number(field) => Some(tree),
            Node::Message(_) | Node::Group(_) | Node::Value(_) | Node::Packed(_) => None,
        })
    }

    /// Adds a value.
    pub(super) fn push(&mut self, field: &FieldProto, node: Node) {
        self.fields.push((number(field), node));
    }

    /// Adds a value to the message at a path of fields; messages that are not there yet are made.
    pub(super) fn push_at(&mut self, path: &[&FieldProto], node: Node) {
        match path {
            [] => {}
            [last] => self.push(last, node),
            [first, rest @ ..] => {
                let at = self
                    .fields
                    .iter()
                    .position(|(set, _)| *set == number(first));
                let at = at.unwrap_or_else(|| {
                    self.push(first, Node::message(first, Self::default()));
                    self.fields.len() - 1
                });
                match &mut self.fields[at].1 {
                    Node::Message(tree) | Node::Group(tree) => tree.push_at(rest, node),
                    Node::Value(_) | Node::Packed(_) => {}
                }
            }
        }
    }

    /// The message's bytes.
    pub(super) fn encode(mut self, out: &mut Vec<u8>) {
        self.fields.sort_by_key(|(number, _)| *number);
        let mut fields = self.fields.into_iter().peekable();
        while let Some((number, node)) = fields.next() {
            match node {
                Node::Value(bytes) => out.extend_from_slice(&bytes),
                Node::Packed(mut bytes) => {
                    while let Some((_, Node::Packed(more))) =
                        fields.next_if(|(next, _)| *next == number)
                    {
                        bytes.extend_from_slice(&more);
                    }
                    wire::put_bytes(out, number, &bytes);
                }
                Node::Message(tree) => {
                    let mut bytes = Vec::new();
                    tree.encode(&mut bytes);
                    wire::put_bytes(out, number, &bytes);
                }
                Node::Group(tree) => {
                    wire::put_tag(out, number, 3);
                    tree.encode(out);
                    wire::put_tag(out, number, 4);
                }
            }
        }
    }
}
