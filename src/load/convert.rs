//! From the parser's descriptors (`prost_types`, with options not yet interpreted) to ours. Strings are moved, never
//! copied. Decides nothing: what the source says is what the descriptor says.

use hashbrown::HashSet;
use prost_types::{
    DescriptorProto, EnumDescriptorProto, FieldDescriptorProto, FileDescriptorProto,
    MethodDescriptorProto, ServiceDescriptorProto, UninterpretedOption,
    field_descriptor_proto as field,
};

use super::descriptor::{
    EnumProto, EnumValueProto, ExtensionProto, ExtensionRangeProto, FieldProto, FileProto, Kind,
    Label, MessageProto, MethodProto, OneofProto, OptionsProto, RangeProto, ServiceProto,
};
use super::paths::to_u32;
use crate::contract::Scalar;

/// Takes over a file that was parsed from source text.
pub(crate) fn file(parsed: FileDescriptorProto) -> FileProto {
    let mut file = FileProto {
        path: parsed.name.unwrap_or_default(),
        package: parsed.package.unwrap_or_default(),
        dependency: parsed.dependency,
        public_dependency: parsed.public_dependency,
        weak_dependency: parsed.weak_dependency,
        syntax: parsed.syntax.unwrap_or_default(),
        options: options(parsed.options, |options| options.uninterpreted_option),
        locations: parsed
            .source_code_info
            .map(|info| info.location.into())
            .unwrap_or_default(),
        services: parsed.service.into_iter().map(service).collect(),
        ..FileProto::default()
    };
    for (position, parsed) in parsed.message_type.into_iter().enumerate() {
        let index = message(&mut file, parsed, None, position);
        file.top_messages.push(index);
    }
    for (position, parsed) in parsed.enum_type.into_iter().enumerate() {
        let index = enumeration(&mut file, parsed, None, position);
        file.top_enums.push(index);
    }
    for (position, parsed) in parsed.extension.into_iter().enumerate() {
        let index = extension(&mut file, parsed, None, position);
        file.top_extensions.push(index);
    }
    file
}

/// Adds a message and all within it. The parser limits how deep messages nest.
fn message(
    file: &mut FileProto,
    parsed: DescriptorProto,
    parent: Option<u32>,
    position: usize,
) -> u32 {
    let index = to_u32(file.messages.len());
    file.messages.push(MessageProto {
        name: parsed.name.unwrap_or_default(),
        parent,
        position: to_u32(position),
        fields: parsed.field.into_iter().map(field_proto).collect(),
        extension_ranges: parsed
            .extension_range
            .into_iter()
            .map(|range| ExtensionRangeProto {
                range: RangeProto {
                    start: range.start.unwrap_or_default(),
                    end: range.end.unwrap_or_default(),
                },
                options: options(range.options, |options| options.uninterpreted_option),
            })
            .collect(),
        oneofs: parsed
            .oneof_decl
            .into_iter()
            .map(|oneof| OneofProto {
                name: oneof.name.unwrap_or_default(),
                options: options(oneof.options, |options| options.uninterpreted_option),
                ..OneofProto::default()
            })
            .collect(),
        reserved_ranges: parsed
            .reserved_range
            .into_iter()
            .map(|range| RangeProto {
                start: range.start.unwrap_or_default(),
                end: range.end.unwrap_or_default(),
            })
            .collect(),
        reserved_names: parsed.reserved_name,
        options: message_options(parsed.options),
        ..MessageProto::default()
    });
    let messages = collect(parsed.nested_type, |position, nested| {
        message(file, nested, Some(index), position)
    });
    let enums = collect(parsed.enum_type, |position, nested| {
        enumeration(file, nested, Some(index), position)
    });
    let extensions = collect(parsed.extension, |position, nested| {
        extension(file, nested, Some(index), position)
    });
    let message = &mut file.messages[index as usize];
    name_synthetic_oneofs(message);
    message.messages = messages;
    message.enums = enums;
    message.extensions = extensions;
    index
}

/// Names the oneofs that stand for proto3 `optional` fields as protoc does: apart from all fields and oneofs.
fn name_synthetic_oneofs(message: &mut MessageProto) {
    let synthetic: Vec<(usize, usize)> = message
        .fields
        .iter()
        .enumerate()
        .filter(|(_, field)| field.proto3_optional)
        .filter_map(|(at, field)| Some((at, usize::try_from(field.oneof_index?).ok()?)))
        .collect();
    if synthetic.is_empty() {
        return;
    }
    let first = synthetic.iter().map(|&(_, oneof)| oneof).min().unwrap_or(0);
    let mut taken: HashSet<String> = message
        .fields
        .iter()
        .map(|field| field.name.clone())
        .collect();
    // Synthetic oneofs come after the real ones.
    taken.extend(
        message
            .oneofs
            .iter()
            .take(first)
            .map(|oneof| oneof.name.clone()),
    );
    for (field, oneof) in synthetic {
        let field = &message.fields[field].name;
        let mut name = if field.starts_with('_') {
            field.clone()
        } else {
            format!("_{field}")
        };
        while taken.contains(&name) {
            name.insert(0, 'X');
        }
        taken.insert(name.clone());
        if let Some(oneof) = message.oneofs.get_mut(oneof) {
            oneof.name = name;
        }
    }
}

fn collect<T>(items: Vec<T>, mut add: impl FnMut(usize, T) -> u32) -> Vec<u32> {
    items
        .into_iter()
        .enumerate()
        .map(|(position, item)| add(position, item))
        .collect()
}

/// The number of `map_entry` in `MessageOptions`.
pub(crate) const MAP_ENTRY: u32 = 7;

/// The parser sets `map_entry` itself for the entry messages of map fields.
fn message_options(parsed: Option<prost_types::MessageOptions>) -> OptionsProto {
    let map_entry = parsed.as_ref().and_then(|options| options.map_entry);
    let mut converted = options(parsed, |options| options.uninterpreted_option);
    if map_entry == Some(true) {
        crate::wire::put_tag(converted.bytes_mut(), MAP_ENTRY, 0);
        crate::wire::put_varint(converted.bytes_mut(), 1);
    }
    converted
}

fn options<T>(
    parsed: Option<T>,
    uninterpreted: impl FnOnce(T) -> Vec<UninterpretedOption>,
) -> OptionsProto {
    parsed.map_or_else(OptionsProto::default, |parsed| {
        OptionsProto::from_uninterpreted(uninterpreted(parsed))
    })
}

fn extension(
    file: &mut FileProto,
    parsed: FieldDescriptorProto,
    scope: Option<u32>,
    position: usize,
) -> u32 {
    let index = to_u32(file.extensions.len());
    file.extensions.push(ExtensionProto {
        field: field_proto(parsed),
        scope,
        position: to_u32(position),
        ..ExtensionProto::default()
    });
    index
}

fn field_proto(parsed: FieldDescriptorProto) -> FieldProto {
    FieldProto {
        label: match parsed.label() {
            field::Label::Optional => Label::Optional,
            field::Label::Required => Label::Required,
            field::Label::Repeated => Label::Repeated,
        },
        kind: parsed.r#type.and_then(kind_of_number),
        name: parsed.name.unwrap_or_default(),
        number: parsed.number.unwrap_or_default(),
        type_name: parsed.type_name.unwrap_or_default(),
        extendee: parsed.extendee.unwrap_or_default(),
        default_value: parsed.default_value,
        oneof_index: parsed.oneof_index,
        json_name: parsed.json_name,
        proto3_optional: parsed.proto3_optional.unwrap_or_default(),
        options: options(parsed.options, |options| options.uninterpreted_option),
        ..FieldProto::default()
    }
}

/// The kind with this number in `FieldDescriptorProto.Type`.
pub(crate) fn kind_of_number(number: i32) -> Option<Kind> {
    Some(match number {
        1 => Kind::Scalar(Scalar::Double),
        2 => Kind::Scalar(Scalar::Float),
        3 => Kind::Scalar(Scalar::Int64),
        4 => Kind::Scalar(Scalar::Uint64),
        5 => Kind::Scalar(Scalar::Int32),
        6 => Kind::Scalar(Scalar::Fixed64),
        7 => Kind::Scalar(Scalar::Fixed32),
        8 => Kind::Scalar(Scalar::Bool),
        9 => Kind::Scalar(Scalar::String),
        10 => Kind::Group,
        11 => Kind::Message,
        12 => Kind::Scalar(Scalar::Bytes),
        13 => Kind::Scalar(Scalar::Uint32),
        14 => Kind::Enum,
        15 => Kind::Scalar(Scalar::Sfixed32),
        16 => Kind::Scalar(Scalar::Sfixed64),
        17 => Kind::Scalar(Scalar::Sint32),
        18 => Kind::Scalar(Scalar::Sint64),
        _ => return None,
    })
}

fn enumeration(
    file: &mut FileProto,
    parsed: EnumDescriptorProto,
    parent: Option<u32>,
    position: usize,
) -> u32 {
    let index = to_u32(file.enums.len());
    file.enums.push(EnumProto {
        name: parsed.name.unwrap_or_default(),
        parent,
        position: to_u32(position),
        values: parsed
            .value
            .into_iter()
            .map(|value| EnumValueProto {
                name: value.name.unwrap_or_default(),
                number: value.number.unwrap_or_default(),
                options: options(value.options, |options| options.uninterpreted_option),
                ..EnumValueProto::default()
            })
            .collect(),
        reserved_ranges: parsed
            .reserved_range
            .into_iter()
            .map(|range| RangeProto {
                start: range.start.unwrap_or_default(),
                end: range.end.unwrap_or_default(),
            })
            .collect(),
        reserved_names: parsed.reserved_name,
        options: options(parsed.options, |options| options.uninterpreted_option),
        ..EnumProto::default()
    });
    index
}

fn service(parsed: ServiceDescriptorProto) -> ServiceProto {
    ServiceProto {
        name: parsed.name.unwrap_or_default(),
        methods: parsed.method.into_iter().map(method).collect(),
        options: options(parsed.options, |options| options.uninterpreted_option),
        ..ServiceProto::default()
    }
}

fn method(parsed: MethodDescriptorProto) -> MethodProto {
    MethodProto {
        name: parsed.name.unwrap_or_default(),
        input_type: parsed.input_type.unwrap_or_default(),
        output_type: parsed.output_type.unwrap_or_default(),
        client_streaming: parsed.client_streaming.unwrap_or_default(),
        server_streaming: parsed.server_streaming.unwrap_or_default(),
        options: options(parsed.options, |options| options.uninterpreted_option),
        ..MethodProto::default()
    }
}
