//! The contract model (IR): what a set of .proto files says, resolved and true in every language.
//!
//! Elements live in flat arenas and refer to one another by id. Every editions feature is resolved into a fact of
//! the element that it governs (presence, openness, packing, UTF-8, delimiting, JSON format), so nothing downstream
//! ever asks for a syntax. This module depends on nothing but `source`.

mod dump;
mod encoding;
mod enumeration;
mod field;
mod file;
mod files;
mod graph;
mod json;
mod message;
mod name;
mod service;
mod text;
mod well_known;

pub use dump::{ShowOptions, dump, dump_file, dump_with};
pub use encoding::{Encoding, Primitive, Tag};
pub use enumeration::{Enum, EnumId, EnumValue};
pub use field::{Default, Extension, ExtensionId, Field, MapKey, Presence, Scalar, Shape, Type};
pub use file::{Edition, File, FileId, FileOptions, Import, ImportKind};
pub use graph::Parts;
pub use json::FieldNames;
pub use message::{ExtensionRange, Held, Message, MessageId, Oneof, OneofId, Written};
pub use name::{FullName, JsonName};
pub use service::{Idempotency, Method, MethodId, Service, ServiceId};
pub use well_known::WellKnown;

use hashbrown::HashMap;

use serde::Serialize;

use crate::source::Span;

/// Comments of an element, as `SourceCodeInfo` has them: without the comment markers, lines ended by `\n`.
#[derive(Debug, Clone, PartialEq, Eq, std::default::Default, Serialize)]
pub struct Docs {
    /// The comment directly before the element.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leading: Option<String>,
    /// The comment directly after the element, on its last line or the next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trailing: Option<String>,
    /// Comments before the leading one, separated from it by a blank line.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub detached: Vec<String>,
}

impl Docs {
    /// The documentation as lines without indentation common to all and without blank lines at either end:
    /// the leading comment, then the trailing one as a paragraph of its own. Empty if there is none.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for comment in [&self.leading, &self.trailing].into_iter().flatten() {
            let paragraph = clean(comment);
            if !lines.is_empty() && !paragraph.is_empty() {
                lines.push(String::new());
            }
            lines.extend(paragraph);
        }
        lines
    }
}

/// Markers of lines in comments that speak to other tools: buf's linter and protoc-gen-doc.
const TOOL_LINES: [&str; 2] = ["buf:lint:", "@exclude"];

impl Docs {
    /// The lines that are meant for people, without blank lines at either end.
    #[must_use]
    pub fn prose(&self) -> Vec<String> {
        let mut lines = self.lines();
        lines.retain(|line| {
            let line = line.trim_start();
            !TOOL_LINES.iter().any(|marker| line.starts_with(marker))
        });
        while lines.last().is_some_and(String::is_empty) {
            lines.pop();
        }
        let blank = lines.iter().take_while(|line| line.is_empty()).count();
        lines.drain(..blank);
        lines
    }
}

/// Whether a character has no shape of its own and hides, or changes how the text around it is shown: marks of the
/// direction, the byte order mark, spaces without width, separators of lines. Go refuses one of them in sources, and
/// linters warn of the others. Joiners are none of them, as emoji and scripts need them.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
    )
}

/// Strips the indentation that all lines share, trailing space, blank lines at both ends, and what cannot be seen.
fn clean(comment: &str) -> Vec<String> {
    let lines: Vec<String> = comment
        .lines()
        .map(|line| {
            let visible = line.replace(['\u{2028}', '\u{2029}'], " ");
            let visible = visible.replace(is_invisible, "");
            visible.trim_end().to_owned()
        })
        .collect();
    let indent = lines
        .iter()
        .filter(|line| !line.is_empty())
        .map(|line| line.len() - line.trim_start_matches([' ', '\t']).len())
        .min()
        .unwrap_or(0);
    let mut cleaned: Vec<String> = lines
        .iter()
        .map(|line| line.get(indent..).unwrap_or("").to_owned())
        .collect();
    while cleaned.last().is_some_and(String::is_empty) {
        cleaned.pop();
    }
    let blank = cleaned.iter().take_while(|line| line.is_empty()).count();
    cleaned.drain(..blank);
    cleaned
}

/// The options of an element as their wire bytes (the matching `google.protobuf.*Options` message), custom options
/// included. Facts that generators need are fields of the element; this is for what they do not know.
#[derive(Debug, Clone, PartialEq, Eq, std::default::Default)]
pub struct Options(pub Vec<u8>);

/// A range of numbers, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct NumberRange {
    /// First number.
    pub first: i32,
    /// Last number.
    pub last: i32,
}

/// Numbers and names that must not be used (again).
#[derive(Debug, Clone, PartialEq, Eq, std::default::Default, Serialize)]
pub struct Reserved {
    /// Reserved numbers, in declaration order.
    pub ranges: Vec<NumberRange>,
    /// Reserved names, in declaration order.
    pub names: Vec<String>,
}

/// Whether an element's JSON form is checked and guaranteed (`features.json_format`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum JsonFormat {
    /// JSON is supported and name conflicts are errors.
    Allow,
    /// proto2: JSON as far as it goes; name conflicts are warnings.
    LegacyBestEffort,
}

/// A whole contract: files in dependency order (a file after all that it imports; ties by path), elements in
/// arenas in the order of the files and of their declaration, an outer message before its nested ones.
#[derive(Debug, Clone, std::default::Default)]
pub struct Contract {
    files: Vec<File>,
    messages: Vec<Message>,
    enums: Vec<Enum>,
    services: Vec<Service>,
    extensions: Vec<Extension>,
    names: HashMap<String, Element>,
}

/// An element that a full name can stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Element {
    /// A message.
    Message(MessageId),
    /// An enum.
    Enum(EnumId),
    /// A service.
    Service(ServiceId),
    /// An extension.
    Extension(ExtensionId),
}

impl Contract {
    /// Puts a contract together from its parts. Ids are indices into these vectors.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let mut names = HashMap::new();
        for message in &parts.messages {
            names.insert(
                message.full_name.as_str().to_owned(),
                Element::Message(message.id),
            );
        }
        for enumeration in &parts.enums {
            names.insert(
                enumeration.full_name.as_str().to_owned(),
                Element::Enum(enumeration.id),
            );
        }
        for service in &parts.services {
            names.insert(
                service.full_name.as_str().to_owned(),
                Element::Service(service.id),
            );
        }
        for extension in &parts.extensions {
            names.insert(
                extension.full_name.as_str().to_owned(),
                Element::Extension(extension.id),
            );
        }
        Self {
            files: parts.files,
            messages: parts.messages,
            enums: parts.enums,
            services: parts.services,
            extensions: parts.extensions,
            names,
        }
    }

    /// All files, imported ones included, in dependency order.
    #[must_use]
    pub fn files(&self) -> &[File] {
        &self.files
    }

    /// The files that were asked for, as against those that they import.
    pub fn requested_files(&self) -> impl Iterator<Item = &File> {
        self.files.iter().filter(|file| file.requested)
    }

    /// All messages, map entries excluded.
    #[must_use]
    pub fn messages(&self) -> &[Message] {
        &self.messages
    }

    /// All enums.
    #[must_use]
    pub fn enums(&self) -> &[Enum] {
        &self.enums
    }

    /// All services.
    #[must_use]
    pub fn services(&self) -> &[Service] {
        &self.services
    }

    /// All extensions, at file level and nested.
    #[must_use]
    pub fn extensions(&self) -> &[Extension] {
        &self.extensions
    }

    /// The file with this id.
    #[must_use]
    pub fn file(&self, id: FileId) -> &File {
        &self.files[id.index()]
    }

    /// The message with this id.
    #[must_use]
    pub fn message(&self, id: MessageId) -> &Message {
        &self.messages[id.index()]
    }

    /// The enum with this id.
    #[must_use]
    pub fn enumeration(&self, id: EnumId) -> &Enum {
        &self.enums[id.index()]
    }

    /// The service with this id.
    #[must_use]
    pub fn service(&self, id: ServiceId) -> &Service {
        &self.services[id.index()]
    }

    /// The extension with this id.
    #[must_use]
    pub fn extension(&self, id: ExtensionId) -> &Extension {
        &self.extensions[id.index()]
    }

    /// The element of this full name (no leading dot).
    #[must_use]
    pub fn find(&self, full_name: &str) -> Option<Element> {
        self.names.get(full_name).copied()
    }
}

/// A position of an element's name or declaration; `None` where the input had no source information.
pub type MaybeSpan = Option<Span>;

/// Declares an id type: an index into one of the contract's arenas.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
        #[serde(transparent)]
        pub struct $name(u32);

        impl $name {
            /// The id of the element at this index of its arena.
            #[must_use]
            pub fn new(index: usize) -> Self {
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }

            /// The index in the arena.
            #[must_use]
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}
use id;

#[cfg(test)]
mod tests {
    use super::Docs;

    #[test]
    fn docs_lose_common_indentation_and_blank_ends() {
        let docs = Docs {
            leading: Some("\n A study.\n   Indented.\n\n Last. \n".into()),
            trailing: Some(" After.\n".into()),
            detached: vec![],
        };
        assert_eq!(
            docs.lines(),
            ["A study.", "  Indented.", "", "Last.", "", "After."]
        );
    }
}
