//! An element together with where it stands: what a rule is given, and how it gets at names and spans.
//! Decides nothing.

use crate::load::descriptor::{
    EnumProto, EnumRef, ExtensionProto, FieldProto, FileProto, MessageProto, MessageRef, TypeRef,
    tag,
};
use crate::load::link::{Linked, LinkedFile};
use crate::load::paths::{join, to_i32};
use crate::source::{Sources, Span};

/// All files and their texts.
#[derive(Clone, Copy)]
pub(super) struct Load<'a> {
    pub(super) linked: &'a Linked,
    pub(super) sources: &'a Sources,
}

impl<'a> Load<'a> {
    /// The file with this index.
    pub(super) fn file(self, index: u32) -> FileAt<'a> {
        FileAt {
            linked: self.linked,
            sources: self.sources,
            index,
            file: &self.linked.files[index as usize],
        }
    }
}

/// A file.
#[derive(Clone, Copy)]
pub(super) struct FileAt<'a> {
    sources: &'a Sources,
    pub(super) linked: &'a Linked,
    pub(super) index: u32,
    pub(super) file: &'a LinkedFile,
}

impl<'a> FileAt<'a> {
    /// The span of the option `name` among those with this path, or of them all. Where options were interpreted, their
    /// locations still say only that each is one of several: the text tells which.
    pub(super) fn option_span(&self, path: &[i32], name: &str) -> Option<Span> {
        let positions = 0..self.proto().locations.len();
        positions
            .map(|position| join(path, &[tag::UNINTERPRETED_OPTION, to_i32(position)]))
            .map_while(|path| self.linked.exact_span(self.index, &path))
            .find(|&span| {
                let text = self.sources.text(span).unwrap_or_default();
                let text = text.strip_prefix("option").unwrap_or(text).trim_start();
                text.strip_prefix(name).is_some_and(|rest| {
                    !rest.starts_with(|next: char| next.is_alphanumeric() || next == '_')
                })
            })
            .or_else(|| self.span(path))
    }

    /// Another file of the load.
    pub(super) fn other(self, index: u32) -> Self {
        Self {
            index,
            file: &self.linked.files[index as usize],
            ..self
        }
    }

    pub(super) fn proto(&self) -> &'a FileProto {
        &self.file.proto
    }

    /// The span of what a path leads to, or of the nearest element around it.
    pub(super) fn span(&self, path: &[i32]) -> Option<Span> {
        self.linked.span(self.index, path)
    }
}

/// A message.
#[derive(Clone, Copy)]
pub(super) struct MessageAt<'a> {
    pub(super) file: FileAt<'a>,
    pub(super) index: u32,
    pub(super) message: &'a MessageProto,
}

impl<'a> MessageAt<'a> {
    /// The message that a reference stands for.
    pub(super) fn of(from: FileAt<'a>, message: MessageRef) -> Self {
        Self {
            file: from.other(message.file),
            index: message.index,
            message: from.linked.message(message),
        }
    }

    /// Its full name.
    pub(super) fn name(&self) -> &'a str {
        self.file.linked.symbols.name(self.message.symbol)
    }

    pub(super) fn reference(&self) -> MessageRef {
        MessageRef {
            file: self.file.index,
            index: self.index,
        }
    }

    /// The span of a part of it.
    pub(super) fn span(&self, tail: &[i32]) -> Option<Span> {
        self.file
            .span(&join(&self.file.proto().message_path(self.index), tail))
    }

    /// The span of one of its options, or of them all.
    pub(super) fn option_span(&self, name: &str) -> Option<Span> {
        let path = self.file.proto().message_path(self.index);
        self.file
            .option_span(&join(&path, &[tag::message::OPTIONS]), name)
    }

    /// The span of a part of one of its fields.
    pub(super) fn field_span(&self, position: usize, part: i32) -> Option<Span> {
        FieldAt {
            file: self.file,
            field: &self.message.fields[position],
            home: Home::Message {
                message: *self,
                position,
            },
        }
        .span(part)
    }

    /// Whether it was made by the parser for a map field: then it has no name in the source.
    pub(super) fn map_field_unnamed(&self) -> bool {
        let path = join(
            &self.file.proto().message_path(self.index),
            &[tag::message::NAME],
        );
        self.file
            .linked
            .exact_span(self.file.index, &path)
            .is_none()
    }

    /// The map field that it is the entry of.
    pub(super) fn map_field(&self) -> Option<(MessageAt<'a>, usize)> {
        let parent = self.message.parent.filter(|_| self.message.map_entry)?;
        let parent = MessageAt {
            file: self.file,
            index: parent,
            message: &self.file.proto().messages[parent as usize],
        };
        let own = TypeRef::Message(self.reference());
        let position = parent
            .message
            .fields
            .iter()
            .position(|field| field.resolved == own)?;
        Some((parent, position))
    }
}

/// A field or an extension.
#[derive(Clone, Copy)]
pub(super) struct FieldAt<'a> {
    pub(super) file: FileAt<'a>,
    pub(super) field: &'a FieldProto,
    pub(super) home: Home<'a>,
}

/// Where a field stands.
#[derive(Clone, Copy)]
pub(super) enum Home<'a> {
    /// At this position in a message.
    Message {
        message: MessageAt<'a>,
        position: usize,
    },
    /// It is the extension with this index.
    Extension {
        extension: &'a ExtensionProto,
        index: u32,
    },
}

impl<'a> FieldAt<'a> {
    /// The extension with this index in a file.
    pub(super) fn extension(file: FileAt<'a>, index: u32) -> Self {
        let extension = &file.proto().extensions[index as usize];
        Self {
            file,
            field: &extension.field,
            home: Home::Extension { extension, index },
        }
    }

    pub(super) fn is_extension(&self) -> bool {
        matches!(self.home, Home::Extension { .. })
    }

    /// The message that it belongs to: the one around it, or the one that it extends.
    pub(super) fn container(&self) -> Option<MessageAt<'a>> {
        match self.home {
            Home::Message { message, .. } => Some(message),
            Home::Extension { extension, .. } => extension
                .resolved_extendee
                .map(|extendee| MessageAt::of(self.file, extendee)),
        }
    }

    /// What it is called in messages to people: ``field `a` of `corpus.A` ``, ``extension `corpus.a` ``.
    pub(super) fn title(&self) -> String {
        match self.home {
            Home::Message { message, .. } => match message.map_field() {
                Some((parent, position)) => format!(
                    "map field `{}` of `{}`",
                    parent.message.fields[position].name,
                    parent.name()
                ),
                None => format!("field `{}` of `{}`", self.field.name, message.name()),
            },
            Home::Extension { .. } => format!("extension `{}`", self.full_name()),
        }
    }

    /// Its full name.
    pub(super) fn full_name(&self) -> String {
        match self.home {
            Home::Message { message, .. } => format!("{}.{}", message.name(), self.field.name),
            Home::Extension { extension, .. } => {
                self.file.linked.symbols.name(extension.symbol).to_owned()
            }
        }
    }

    fn path(&self) -> Vec<i32> {
        match self.home {
            Home::Message { message, position } => join(
                &self.file.proto().message_path(message.index),
                &[tag::message::FIELD, to_i32(position)],
            ),
            Home::Extension { index, .. } => self.file.proto().extension_path(index),
        }
    }

    /// The span of one of its parts. The fields of a map entry stand nowhere: their place is that of the map's type.
    pub(super) fn span(&self, part: i32) -> Option<Span> {
        if let Home::Message { message, .. } = self.home
            && let Some((parent, position)) = message.map_field()
        {
            return parent.field_span(position, tag::field::TYPE_NAME);
        }
        self.file.span(&join(&self.path(), &[part]))
    }

    /// The span of its type, whether that is a name or a keyword.
    pub(super) fn type_span(&self) -> Option<Span> {
        self.span(if self.field.type_name.is_empty() {
            tag::field::TYPE
        } else {
            tag::field::TYPE_NAME
        })
    }

    /// The span of one of its options, or of them all.
    pub(super) fn option_span(&self, name: &str) -> Option<Span> {
        self.file
            .option_span(&join(&self.path(), &[tag::field::OPTIONS]), name)
    }
}

/// An enum.
#[derive(Clone, Copy)]
pub(super) struct EnumAt<'a> {
    pub(super) file: FileAt<'a>,
    pub(super) index: u32,
    pub(super) enumeration: &'a EnumProto,
}

impl<'a> EnumAt<'a> {
    /// The enum that a reference stands for.
    pub(super) fn of(from: FileAt<'a>, enumeration: EnumRef) -> Self {
        Self {
            file: from.other(enumeration.file),
            index: enumeration.index,
            enumeration: from.linked.enumeration(enumeration),
        }
    }

    /// Its full name.
    pub(super) fn name(&self) -> &'a str {
        self.file.linked.symbols.name(self.enumeration.symbol)
    }

    /// The span of a part of it.
    pub(super) fn span(&self, tail: &[i32]) -> Option<Span> {
        self.file
            .span(&join(&self.file.proto().enum_path(self.index), tail))
    }

    /// The span of a part of one of its values.
    pub(super) fn value_span(&self, position: usize, part: i32) -> Option<Span> {
        self.span(&[tag::enumeration::VALUE, to_i32(position), part])
    }

    /// The span of one of its options, or of them all.
    pub(super) fn option_span(&self, name: &str) -> Option<Span> {
        let path = self.file.proto().enum_path(self.index);
        self.file
            .option_span(&join(&path, &[tag::enumeration::OPTIONS]), name)
    }
}
