//! The contract as JSON for people: ids become full names, absent facts are left out, spans are `line:column`.
//! The shape is for reading and for snapshots; it is no stable interface.

use serde_json::{Map, Value, json};

use super::{
    Contract, Default, Docs, Enum, Extension, Field, File, JsonFormat, MaybeSpan, Message, Method,
    Oneof, Options, Presence, Reserved, Service, Shape, Type,
};

/// A JSON object that leaves out what says nothing: null, false, and empty text, lists and objects.
#[derive(std::default::Default)]
struct Object(Map<String, Value>);

impl Object {
    fn put(&mut self, key: &str, value: impl Into<Value>) -> &mut Self {
        let value = value.into();
        let says_nothing = match &value {
            Value::Null => true,
            Value::Bool(value) => !value,
            Value::Number(_) => false,
            Value::String(text) => text.is_empty(),
            Value::Array(list) => list.is_empty(),
            Value::Object(object) => object.is_empty(),
        };
        if !says_nothing {
            self.0.insert(key.to_owned(), value);
        }
        self
    }

    /// Options as text or as bytes.
    fn options(&mut self, dump: &Dump<'_>, ty: &str, options: &Options) -> &mut Self {
        let ty = format!("google.protobuf.{ty}");
        match (dump.show)(&ty, options).filter(|_| !options.0.is_empty()) {
            Some(text) => self.put("options_text", text),
            None => self.put("raw_options", hex(&options.0)),
        }
    }

    fn end(&mut self) -> Value {
        Value::Object(std::mem::take(&mut self.0))
    }
}

/// How options are shown: given the full name of their type (`google.protobuf.FieldOptions`), a text; `None` for their bytes
/// as hexadecimal digits.
pub type ShowOptions<'s> = &'s dyn Fn(&str, &Options) -> Option<String>;

/// Everything the contract says, file by file, with options as bytes.
#[must_use]
pub fn dump(contract: &Contract) -> Value {
    dump_with(contract, &|_, _| None)
}

/// Everything the contract says, file by file, with options as `show` has them.
#[must_use]
pub fn dump_with(contract: &Contract, show: ShowOptions<'_>) -> Value {
    let dump = Dump { contract, show };
    json!({ "files": contract.files().iter().map(|file| dump.file(file)).collect::<Vec<_>>() })
}

/// One file of the contract.
#[must_use]
pub fn dump_file(contract: &Contract, file: &File) -> Value {
    let show: ShowOptions<'_> = &|_, _| None;
    Dump { contract, show }.file(file)
}

struct Dump<'a> {
    contract: &'a Contract,
    show: ShowOptions<'a>,
}

impl Dump<'_> {
    fn file(&self, file: &File) -> Value {
        let contract = self.contract;
        let imports: Vec<Value> = file
            .imports
            .iter()
            .map(|import| {
                json!({
                    "path": contract.file(import.file).path,
                    "kind": serialized(import.kind),
                })
            })
            .collect();
        let messages = file
            .messages
            .iter()
            .map(|&id| self.message(contract.message(id)));
        let enums = file
            .enums
            .iter()
            .map(|&id| self.enumeration(contract.enumeration(id)));
        let services = file
            .services
            .iter()
            .map(|&id| self.service(contract.service(id)));
        let extensions = file
            .extensions
            .iter()
            .map(|&id| self.extension(contract.extension(id)));
        Object::default()
            .put("path", file.path.as_str())
            .put("package", file.package.as_str())
            .put("edition", serialized(file.edition))
            .put("requested", file.requested)
            .put("imports", imports)
            .put("options", serialized(&file.options))
            .options(self, "FileOptions", &file.raw_options)
            .put("docs", docs(&file.docs))
            .put("package_docs", docs(&file.package_docs))
            .put("messages", messages.collect::<Vec<_>>())
            .put("enums", enums.collect::<Vec<_>>())
            .put("services", services.collect::<Vec<_>>())
            .put("extensions", extensions.collect::<Vec<_>>())
            .end()
    }

    fn message(&self, message: &Message) -> Value {
        let contract = self.contract;
        let fields = message
            .fields
            .iter()
            .map(|field| self.field(field, Some(message)));
        let nested = message
            .messages
            .iter()
            .map(|&id| self.message(contract.message(id)));
        let enums = message
            .enums
            .iter()
            .map(|&id| self.enumeration(contract.enumeration(id)));
        let extensions = message
            .extensions
            .iter()
            .map(|&id| self.extension(contract.extension(id)));
        let ranges: Vec<Value> = message
            .extension_ranges
            .iter()
            .map(|range| {
                Object::default()
                    .put("first", range.range.first)
                    .put("last", range.range.last)
                    .options(self, "ExtensionRangeOptions", &range.raw_options)
                    .end()
            })
            .collect();
        Object::default()
            .put("name", message.full_name.as_str())
            .put(
                "well_known",
                message.well_known.map_or(Value::Null, serialized),
            )
            .put("message_set", message.message_set)
            .put("json_format", json_format(message.json_format))
            .put("fields", fields.collect::<Vec<_>>())
            .put(
                "oneofs",
                message
                    .oneofs
                    .iter()
                    .map(|oneof| self.oneof(oneof))
                    .collect::<Vec<_>>(),
            )
            .put("messages", nested.collect::<Vec<_>>())
            .put("enums", enums.collect::<Vec<_>>())
            .put("extensions", extensions.collect::<Vec<_>>())
            .put("extension_ranges", ranges)
            .put("reserved", reserved(&message.reserved))
            .put("deprecated", message.deprecated)
            .options(self, "MessageOptions", &message.raw_options)
            .put("docs", docs(&message.docs))
            .put("at", at(message.span))
            .end()
    }

    fn field(&self, field: &Field, message: Option<&Message>) -> Value {
        let oneof = field
            .oneof
            .and_then(|id| message?.oneofs.get(id.index()))
            .map_or("", |oneof| oneof.name.as_str());
        Object::default()
            .put("name", field.name.as_str())
            .put("number", field.number)
            .put("json_name", field.json_name.as_str())
            .put("json_name_explicit", field.json_name_explicit)
            .put("type", self.shape(field.shape))
            .put("presence", presence(field.shape))
            .put(
                "packed",
                matches!(field.shape, Shape::Repeated { packed: true, .. }),
            )
            .put("delimited", field.delimited)
            .put("verify_utf8", field.verify_utf8)
            .put("oneof", oneof)
            .put(
                "default",
                field.default.as_ref().map_or(Value::Null, default),
            )
            .put("deprecated", field.deprecated)
            .put("redact", field.redact)
            .options(self, "FieldOptions", &field.raw_options)
            .put("docs", docs(&field.docs))
            .put("at", at(field.span))
            .end()
    }

    fn extension(&self, extension: &Extension) -> Value {
        let mut value = Object::default();
        value
            .put("name", extension.full_name.as_str())
            .put(
                "extendee",
                self.contract.message(extension.extendee).full_name.as_str(),
            )
            .put("field", self.field(&extension.field, None));
        value.end()
    }

    fn enumeration(&self, enumeration: &Enum) -> Value {
        let values: Vec<Value> = enumeration
            .values
            .iter()
            .map(|value| {
                Object::default()
                    .put("name", value.name.as_str())
                    .put("number", value.number)
                    .put("deprecated", value.deprecated)
                    .options(self, "EnumValueOptions", &value.raw_options)
                    .put("docs", docs(&value.docs))
                    .put("at", at(value.span))
                    .end()
            })
            .collect();
        Object::default()
            .put("name", enumeration.full_name.as_str())
            .put("closed", enumeration.closed)
            .put("allow_alias", enumeration.allow_alias)
            .put("json_format", json_format(enumeration.json_format))
            .put("values", values)
            .put("reserved", reserved(&enumeration.reserved))
            .put("deprecated", enumeration.deprecated)
            .options(self, "EnumOptions", &enumeration.raw_options)
            .put("docs", docs(&enumeration.docs))
            .put("at", at(enumeration.span))
            .end()
    }

    fn oneof(&self, oneof: &Oneof) -> Value {
        Object::default()
            .put("name", oneof.name.as_str())
            .options(self, "OneofOptions", &oneof.raw_options)
            .put("docs", docs(&oneof.docs))
            .put("at", at(oneof.span))
            .end()
    }

    fn service(&self, service: &Service) -> Value {
        let methods = service.methods.iter().map(|method| self.method(method));
        Object::default()
            .put("name", service.full_name.as_str())
            .put("methods", methods.collect::<Vec<_>>())
            .put("deprecated", service.deprecated)
            .options(self, "ServiceOptions", &service.raw_options)
            .put("docs", docs(&service.docs))
            .put("at", at(service.span))
            .end()
    }

    fn method(&self, method: &Method) -> Value {
        Object::default()
            .put("name", method.name.as_str())
            .put(
                "input",
                self.contract.message(method.input).full_name.as_str(),
            )
            .put(
                "output",
                self.contract.message(method.output).full_name.as_str(),
            )
            .put("client_streaming", method.client_streaming)
            .put("server_streaming", method.server_streaming)
            .put("idempotency", serialized(method.idempotency))
            .put("deprecated", method.deprecated)
            .options(self, "MethodOptions", &method.raw_options)
            .put("docs", docs(&method.docs))
            .put("at", at(method.span))
            .end()
    }

    fn shape(&self, shape: Shape) -> String {
        match shape {
            Shape::Singular { ty, .. } => self.ty(ty).to_owned(),
            Shape::Repeated { ty, .. } => format!("repeated {}", self.ty(ty)),
            Shape::Map { key, value } => format!("map<{}, {}>", key.name(), self.ty(value)),
        }
    }

    fn ty(&self, ty: Type) -> &str {
        match ty {
            Type::Scalar(scalar) => scalar.name(),
            Type::Message(id) => self.contract.message(id).full_name.as_str(),
            Type::Enum(id) => self.contract.enumeration(id).full_name.as_str(),
        }
    }
}

fn presence(shape: Shape) -> Value {
    match shape {
        Shape::Singular { presence, .. } => match presence {
            Presence::Implicit | Presence::Explicit | Presence::Required => serialized(presence),
        },
        Shape::Repeated { .. } | Shape::Map { .. } => Value::Null,
    }
}

/// The usual `allow` is left out.
fn json_format(format: JsonFormat) -> Value {
    match format {
        JsonFormat::Allow => Value::Null,
        JsonFormat::LegacyBestEffort => serialized(format),
    }
}

/// Values that JSON has no number for (`inf`, `nan`) are shown as text, bytes as hexadecimal digits.
fn default(default: &Default) -> Value {
    match default {
        Default::Bool(value) => json!({ "bool": value }),
        Default::Int(value) => json!({ "int": value }),
        Default::Uint(value) => json!({ "uint": value }),
        Default::Float(value) => json!({ "float": value.to_string() }),
        Default::Double(value) => json!({ "double": value.to_string() }),
        Default::String(value) => json!({ "string": value }),
        Default::Bytes(value) => json!({ "bytes": hex(value) }),
        Default::Enum(number) => json!({ "enum": number }),
    }
}

fn reserved(reserved: &Reserved) -> Value {
    Object::default()
        .put("ranges", serialized(&reserved.ranges))
        .put("names", serialized(&reserved.names))
        .end()
}

fn docs(docs: &Docs) -> Value {
    serialized(docs)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Line and column as editors count, the column in bytes.
fn at(span: MaybeSpan) -> String {
    span.map_or_else(String::new, |span| {
        format!(
            "{}:{}",
            span.start_line.saturating_add(1),
            span.start_column.saturating_add(1)
        )
    })
}

/// The value of a type that always serialises: plain structs and enums without maps.
fn serialized(value: impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap_or(Value::Null)
}
