//! Descriptors as the front end keeps them: what `descriptor.proto` (protobuf 36) says of a file, with messages, enums
//! and extensions in flat lists per file, so that nothing that walks them recurses.
//!
//! Options stay bytes, so that custom options and editions features survive. The fields named `resolved`, `features`
//! and `symbol` are empty after parsing and are filled by the linker. Nothing here knows of the contract model.

use prost_types::UninterpretedOption;

use super::features::Features;
use super::link::SymbolId;
use super::locations::Locations;
use crate::contract::{Docs, Scalar};
use crate::source::Span;

pub(crate) use super::tag;

/// A message: the file by its index in [`super::link::Linked::files`], then its index in [`FileProto::messages`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct MessageRef {
    /// Index of the file.
    pub(crate) file: u32,
    /// Index in the file's flat list.
    pub(crate) index: u32,
}

/// An enum, addressed like a [`MessageRef`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct EnumRef {
    /// Index of the file.
    pub(crate) file: u32,
    /// Index in the file's flat list.
    pub(crate) index: u32,
}

/// A `FileDescriptorProto`.
#[derive(Debug, Clone, Default)]
pub(crate) struct FileProto {
    /// `name`: the path by which it is imported.
    pub(crate) path: String,
    /// `package`, empty if there is none.
    pub(crate) package: String,
    /// `dependency`.
    pub(crate) dependency: Vec<String>,
    /// `public_dependency`: indices into `dependency`.
    pub(crate) public_dependency: Vec<i32>,
    /// `weak_dependency`: indices into `dependency`.
    pub(crate) weak_dependency: Vec<i32>,
    /// `option_dependency` (edition 2024): imported for custom options only.
    pub(crate) option_dependency: Vec<String>,
    /// `syntax`; empty means `proto2`.
    pub(crate) syntax: String,
    /// `edition`, where `syntax` is `editions`.
    pub(crate) edition: Option<i32>,
    /// All messages, an outer one before those nested in it.
    pub(crate) messages: Vec<MessageProto>,
    /// All enums.
    pub(crate) enums: Vec<EnumProto>,
    /// All extensions.
    pub(crate) extensions: Vec<ExtensionProto>,
    /// `service`.
    pub(crate) services: Vec<ServiceProto>,
    /// `message_type`: indices into `messages`.
    pub(crate) top_messages: Vec<u32>,
    /// `enum_type`: indices into `enums`.
    pub(crate) top_enums: Vec<u32>,
    /// `extension`: indices into `extensions`.
    pub(crate) top_extensions: Vec<u32>,
    /// `options`.
    pub(crate) options: OptionsProto,
    /// `source_code_info.location`; empty where there is no source information.
    pub(crate) locations: Locations,
    /// Features of the file (linker).
    pub(crate) features: Features,
    /// Comments at the `syntax` or `edition` line (lowering).
    pub(crate) place: Place,
    /// Comments at the `package` line (lowering).
    pub(crate) package_place: Place,
    /// Spans of the imports (lowering), parallel to `dependency`.
    pub(crate) import_places: Vec<Place>,
}

/// A `DescriptorProto`.
#[derive(Debug, Clone, Default)]
pub(crate) struct MessageProto {
    /// `name`.
    pub(crate) name: String,
    /// The message around it: an index into [`FileProto::messages`].
    pub(crate) parent: Option<u32>,
    /// The index in the list of the parent (or of the file) that holds it.
    pub(crate) position: u32,
    /// `field`.
    pub(crate) fields: Vec<FieldProto>,
    /// `nested_type`: indices into [`FileProto::messages`].
    pub(crate) messages: Vec<u32>,
    /// `enum_type`: indices into [`FileProto::enums`].
    pub(crate) enums: Vec<u32>,
    /// `extension`: indices into [`FileProto::extensions`].
    pub(crate) extensions: Vec<u32>,
    /// `extension_range`.
    pub(crate) extension_ranges: Vec<ExtensionRangeProto>,
    /// `oneof_decl`, synthetic ones included.
    pub(crate) oneofs: Vec<OneofProto>,
    /// `reserved_range`.
    pub(crate) reserved_ranges: Vec<RangeProto>,
    /// `reserved_name`.
    pub(crate) reserved_names: Vec<String>,
    /// `visibility` (edition 2024): 0 unset, 1 local, 2 export.
    pub(crate) visibility: i32,
    /// `options`.
    pub(crate) options: OptionsProto,
    /// Its name in the symbol table (linker).
    pub(crate) symbol: SymbolId,
    /// Its features (linker).
    pub(crate) features: Features,
    /// Whether it is the entry of a map field (linker).
    pub(crate) map_entry: bool,
    /// Comments and span (lowering).
    pub(crate) place: Place,
}

/// Where a range of numbers starts and ends, as its descriptor has it: the end of a *message's* range is excluded,
/// that of an *enum's* reserved range is included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct RangeProto {
    /// `start`.
    pub(crate) start: i32,
    /// `end`.
    pub(crate) end: i32,
}

/// A `DescriptorProto.ExtensionRange`.
#[derive(Debug, Clone, Default)]
pub(crate) struct ExtensionRangeProto {
    /// `start` and `end`, the end excluded.
    pub(crate) range: RangeProto,
    /// `options`.
    pub(crate) options: OptionsProto,
}

/// A `OneofDescriptorProto`.
#[derive(Debug, Clone, Default)]
pub(crate) struct OneofProto {
    /// `name`.
    pub(crate) name: String,
    /// `options`.
    pub(crate) options: OptionsProto,
    /// Its features (linker).
    pub(crate) features: Features,
    /// Comments and span (lowering).
    pub(crate) place: Place,
}

/// `FieldDescriptorProto.label`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Label {
    /// `LABEL_OPTIONAL`.
    #[default]
    Optional,
    /// `LABEL_REQUIRED`.
    Required,
    /// `LABEL_REPEATED`.
    Repeated,
}

/// `FieldDescriptorProto.type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A scalar type.
    Scalar(Scalar),
    /// `TYPE_MESSAGE`.
    Message,
    /// `TYPE_GROUP`.
    Group,
    /// `TYPE_ENUM`.
    Enum,
}

/// What a field's `type_name` stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum TypeRef {
    /// Nothing yet, nothing at all (a scalar), or a name that was not found.
    #[default]
    None,
    /// A message or group.
    Message(MessageRef),
    /// An enum.
    Enum(EnumRef),
}

/// A `FieldDescriptorProto`.
#[derive(Debug, Clone, Default)]
pub(crate) struct FieldProto {
    /// `name`.
    pub(crate) name: String,
    /// `number`.
    pub(crate) number: i32,
    /// `label`.
    pub(crate) label: Label,
    /// `type`; `None` until the linker knows whether `type_name` is a message or an enum.
    pub(crate) kind: Option<Kind>,
    /// `type_name` as written; empty for a scalar.
    pub(crate) type_name: String,
    /// `extendee` as written; empty unless it is an extension.
    pub(crate) extendee: String,
    /// `default_value`.
    pub(crate) default_value: Option<String>,
    /// `oneof_index`.
    pub(crate) oneof_index: Option<i32>,
    /// `json_name`, if it was given. Source text gives it only where it is written; descriptor sets always.
    pub(crate) json_name: Option<String>,
    /// `proto3_optional`.
    pub proto3_optional: bool,
    /// `options`.
    pub(crate) options: OptionsProto,
    /// What `type_name` stands for (linker).
    pub(crate) resolved: TypeRef,
    /// Its features (linker).
    pub(crate) features: Features,
    /// Comments and span (lowering).
    pub(crate) place: Place,
}

/// An extension: a field with the message in whose body it stands.
#[derive(Debug, Clone, Default)]
pub(crate) struct ExtensionProto {
    /// The field itself.
    pub(crate) field: FieldProto,
    /// The message around it: an index into [`FileProto::messages`].
    pub(crate) scope: Option<u32>,
    /// The index in the list of the scope (or of the file) that holds it.
    pub(crate) position: u32,
    /// The message that it extends (linker).
    pub(crate) resolved_extendee: Option<MessageRef>,
    /// Its name in the symbol table (linker).
    pub(crate) symbol: SymbolId,
}

/// An `EnumDescriptorProto`.
#[derive(Debug, Clone, Default)]
pub(crate) struct EnumProto {
    /// `name`.
    pub(crate) name: String,
    /// The message around it: an index into [`FileProto::messages`].
    pub(crate) parent: Option<u32>,
    /// The index in the list of the parent (or of the file) that holds it.
    pub(crate) position: u32,
    /// `value`.
    pub(crate) values: Vec<EnumValueProto>,
    /// `reserved_range`, the end included.
    pub(crate) reserved_ranges: Vec<RangeProto>,
    /// `reserved_name`.
    pub(crate) reserved_names: Vec<String>,
    /// `visibility` (edition 2024): 0 unset, 1 local, 2 export.
    pub(crate) visibility: i32,
    /// `options`.
    pub(crate) options: OptionsProto,
    /// Its name in the symbol table (linker).
    pub(crate) symbol: SymbolId,
    /// Its features (linker).
    pub(crate) features: Features,
    /// Comments and span (lowering).
    pub(crate) place: Place,
}

/// An `EnumValueDescriptorProto`.
#[derive(Debug, Clone, Default)]
pub(crate) struct EnumValueProto {
    /// `name`.
    pub(crate) name: String,
    /// `number`.
    pub(crate) number: i32,
    /// `options`.
    pub(crate) options: OptionsProto,
    /// Comments and span (lowering).
    pub(crate) place: Place,
}

/// A `ServiceDescriptorProto`.
#[derive(Debug, Clone, Default)]
pub(crate) struct ServiceProto {
    /// `name`.
    pub(crate) name: String,
    /// `method`.
    pub(crate) methods: Vec<MethodProto>,
    /// `options`.
    pub(crate) options: OptionsProto,
    /// Its name in the symbol table (linker).
    pub(crate) symbol: SymbolId,
    /// Comments and span (lowering).
    pub(crate) place: Place,
}

/// A `MethodDescriptorProto`.
#[derive(Debug, Clone, Default)]
pub(crate) struct MethodProto {
    /// `name`.
    pub(crate) name: String,
    /// `input_type` as written.
    pub(crate) input_type: String,
    /// `output_type` as written.
    pub(crate) output_type: String,
    /// `client_streaming`.
    pub(crate) client_streaming: bool,
    /// `server_streaming`.
    pub(crate) server_streaming: bool,
    /// `options`.
    pub(crate) options: OptionsProto,
    /// What `input_type` stands for (linker).
    pub(crate) resolved_input: Option<MessageRef>,
    /// What `output_type` stands for (linker).
    pub(crate) resolved_output: Option<MessageRef>,
    /// Comments and span (lowering).
    pub(crate) place: Place,
}

/// The comments and the span of an element.
#[derive(Debug, Clone, Default)]
pub(crate) struct Place {
    /// The span of the declaration, or of the name of an element that has a body.
    pub(crate) span: Option<Span>,
    /// Comments.
    pub(crate) docs: Docs,
    /// Whether the location that carries the comments was met.
    pub(crate) located: bool,
}

/// The options of an element. Boxed, because most elements have none.
#[derive(Debug, Clone, Default)]
pub(crate) struct OptionsProto(Option<Box<OptionsBody>>);

#[derive(Debug, Clone, Default)]
struct OptionsBody {
    bytes: Vec<u8>,
    uninterpreted: Vec<UninterpretedOption>,
}

impl OptionsProto {
    /// Options as they were written, still to be interpreted.
    pub(crate) fn from_uninterpreted(uninterpreted: Vec<UninterpretedOption>) -> Self {
        Self(Some(Box::new(OptionsBody {
            bytes: Vec::new(),
            uninterpreted,
        })))
    }

    /// The interpreted options as wire bytes; empty if there are none.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.as_deref().map_or(&[], |body| &body.bytes)
    }

    /// Takes the options that are still to be interpreted.
    pub(crate) fn take_uninterpreted(&mut self) -> Vec<UninterpretedOption> {
        self.0
            .as_deref_mut()
            .map_or_else(Vec::new, |body| std::mem::take(&mut body.uninterpreted))
    }

    /// The bytes, to be added to.
    pub(crate) fn bytes_mut(&mut self) -> &mut Vec<u8> {
        &mut self.0.get_or_insert_default().bytes
    }

    /// Takes the bytes.
    pub(crate) fn take_bytes(&mut self) -> Vec<u8> {
        self.0
            .as_deref_mut()
            .map_or_else(Vec::new, |body| std::mem::take(&mut body.bytes))
    }
}
