//! Paths of `SourceCodeInfo`: how an element of a file is addressed in its locations.
//! Knows the flat lists of [`super::descriptor`] and nothing of what the elements mean.

use super::descriptor::{FileProto, tag};

impl FileProto {
    /// The path of a message: an index into [`FileProto::messages`].
    pub(crate) fn message_path(&self, message: u32) -> Vec<i32> {
        let mut reversed = Vec::new();
        let mut next = Some(message);
        while let Some(index) = next {
            let message = &self.messages[index as usize];
            reversed.push(to_i32(message.position));
            reversed.push(match message.parent {
                Some(_) => tag::message::NESTED_TYPE,
                None => tag::file::MESSAGE_TYPE,
            });
            next = message.parent;
        }
        reversed.reverse();
        reversed
    }

    /// The path of an enum: an index into [`FileProto::enums`].
    pub(crate) fn enum_path(&self, enumeration: u32) -> Vec<i32> {
        let enumeration = &self.enums[enumeration as usize];
        self.member_path(
            enumeration.parent,
            tag::message::ENUM_TYPE,
            tag::file::ENUM_TYPE,
            enumeration.position,
        )
    }

    /// The path of an extension: an index into [`FileProto::extensions`].
    pub(crate) fn extension_path(&self, extension: u32) -> Vec<i32> {
        let extension = &self.extensions[extension as usize];
        self.member_path(
            extension.scope,
            tag::message::EXTENSION,
            tag::file::EXTENSION,
            extension.position,
        )
    }

    fn member_path(&self, parent: Option<u32>, nested: i32, top: i32, position: u32) -> Vec<i32> {
        let mut path = parent.map_or_else(Vec::new, |parent| self.message_path(parent));
        path.push(if parent.is_some() { nested } else { top });
        path.push(to_i32(position));
        path
    }
}

/// `path` followed by `tail`.
pub(crate) fn join(path: &[i32], tail: &[i32]) -> Vec<i32> {
    let mut joined = Vec::with_capacity(path.len() + tail.len());
    joined.extend_from_slice(path);
    joined.extend_from_slice(tail);
    joined
}

/// An index as paths have it. Indices stem from lists in memory that the input's size limits.
pub(crate) fn to_i32(index: impl TryInto<i32>) -> i32 {
    index.try_into().unwrap_or(i32::MAX)
}

/// An index into a flat list as references have it.
pub(crate) fn to_u32(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
