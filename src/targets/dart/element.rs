//! One value of a field: its Dart type, and the expressions and statements that read, write and compare it.

use super::symbols::Symbols;
use super::text;
use crate::contract::{Contract, Default, Encoding, Field, FileId, Primitive, Scalar, Type};

/// The type of a value as code needs it.
#[derive(Debug, Clone)]
pub(super) enum Kind {
    /// A scalar.
    Scalar(Scalar),
    /// A string whose UTF-8 is not verified.
    LooseString,
    /// An enum: whether it is closed, and whether it is `google.protobuf.NullValue`.
    Enum { closed: bool, null: bool },
    /// A message: whether it is a group, and whether `null` is a value of it in JSON.
    Message { group: bool, value: bool },
}

/// A value of a field, an element of a list, or a value of a map.
#[derive(Debug, Clone)]
pub(super) struct Element {
    pub(super) kind: Kind,
    /// The Dart type.
    pub(super) ty: String,
    /// The prefix of types of `dart:core`.
    pub(super) core: &'static str,
    /// The expression of the default.
    pub(super) zero: String,
    /// How it is encoded.
    pub(super) encoding: Encoding,
}

impl Element {
    /// The value type of a field, as a library spells it.
    pub(super) fn of(contract: &Contract, symbols: &Symbols, file: FileId, field: &Field) -> Self {
        let names = symbols.file(file);
        let core = names.core;
        let prefixed = |other: FileId, class: &str| match names.prefixes.get(&other) {
            Some(prefix) => format!("{prefix}.{class}"),
            None => class.to_owned(),
        };
        let encoding = field.encoding();
        match encoding.ty {
            Type::Scalar(scalar) => Self::scalar(scalar, core, encoding),
            Type::Enum(id) => {
                let enumeration = contract.enumeration(id);
                let names = symbols.enumeration(id);
                let class = prefixed(enumeration.file, &names.class);
                let default = match contract.default_of(field) {
                    Some(Default::Enum(number)) => number,
                    Some(_) | None => 0,
                };
                let values = enumeration.values.iter().zip(&names.values);
                let value = values
                    .clone()
                    .find(|(value, _)| value.number == default)
                    .map_or("", |(_, name)| name.as_str());
                Self {
                    kind: Kind::Enum {
                        closed: enumeration.closed,
                        null: contract.takes_null(encoding.ty),
                    },
                    zero: format!("{class}.{value}"),
                    ty: class,
                    core,
                    encoding,
                }
            }
            Type::Message(id) => {
                let message = contract.message(id);
                let class = prefixed(message.file, &symbols.message(id).class);
                Self {
                    kind: Kind::Message {
                        group: encoding.delimited,
                        value: contract.takes_null(encoding.ty),
                    },
                    zero: format!("{class}.$empty"),
                    ty: class,
                    core,
                    encoding,
                }
            }
        }
    }

    /// A scalar by itself.
    fn scalar(scalar: Scalar, core: &'static str, encoding: Encoding) -> Self {
        let (ty, zero) = match scalar {
            Scalar::Double | Scalar::Float => ("double".to_owned(), "0.0".to_owned()),
            Scalar::Int32
            | Scalar::Int64
            | Scalar::Uint32
            | Scalar::Sint32
            | Scalar::Sint64
            | Scalar::Fixed32
            | Scalar::Sfixed32
            | Scalar::Sfixed64 => ("int".to_owned(), "0".to_owned()),
            Scalar::Uint64 | Scalar::Fixed64 => {
                (format!("{core}BigInt"), format!("{core}BigInt.zero"))
            }
            Scalar::Bool => ("bool".to_owned(), "false".to_owned()),
            Scalar::String => (format!("{core}String"), "''".to_owned()),
            Scalar::Bytes => (format!("{core}Uint8List"), "xlc.noBytes".to_owned()),
        };
        let kind = if encoding.is_unverified_text() {
            Kind::LooseString
        } else {
            Kind::Scalar(scalar)
        };
        Self {
            kind,
            ty,
            core,
            zero,
            encoding,
        }
    }

    /// The key of a map.
    pub(super) fn key(encoding: Encoding, core: &'static str) -> Self {
        let scalar = match encoding.ty {
            Type::Scalar(scalar) => scalar,
            Type::Message(_) | Type::Enum(_) => Scalar::String,
        };
        Self::scalar(scalar, core, encoding)
    }

    /// Whether no constant expression is its default, so that a field keeps null for it.
    pub(super) fn is_boxed(&self) -> bool {
        matches!(
            self.kind,
            Kind::Scalar(Scalar::Bytes | Scalar::Uint64 | Scalar::Fixed64)
        )
    }

    /// What the runtime calls it in `readX`, `writeX` and `packedX`.
    pub(super) fn suffix(&self) -> &'static str {
        match self.kind {
            Kind::LooseString => "String",
            Kind::Enum { .. } => "Int32",
            Kind::Message { .. } => "",
            Kind::Scalar(scalar) => match scalar {
                Scalar::Double => "Double",
                Scalar::Float => "Float",
                Scalar::Int32 => "Int32",
                Scalar::Int64 => "Int64",
                Scalar::Uint32 => "Uint32",
                Scalar::Uint64 => "Uint64",
                Scalar::Sint32 => "Sint32",
                Scalar::Sint64 => "Sint64",
                Scalar::Fixed32 => "Fixed32",
                Scalar::Fixed64 => "Fixed64",
                Scalar::Sfixed32 => "Sfixed32",
                Scalar::Sfixed64 => "Sfixed64",
                Scalar::Bool => "Bool",
                Scalar::String => "String",
                Scalar::Bytes => "Bytes",
            },
        }
    }

    /// The same for ProtoJSON, which does not know how a number is encoded.
    fn json_suffix(&self) -> &'static str {
        match self.kind {
            Kind::LooseString => "String",
            Kind::Enum { .. } => "Int32",
            Kind::Message { .. } => "",
            Kind::Scalar(scalar) => match scalar.primitive() {
                Primitive::Double => "Double",
                Primitive::Float => "Float",
                Primitive::Int32 => "Int32",
                Primitive::Int64 => "Int64",
                Primitive::Uint32 => "Uint32",
                Primitive::Uint64 => "Uint64",
                Primitive::Bool => "Bool",
                Primitive::String => "String",
                Primitive::Bytes => "Bytes",
            },
        }
    }

    /// Whether `null` is a value of it in JSON.
    pub(super) fn takes_null(&self) -> bool {
        matches!(
            self.kind,
            Kind::Enum { null: true, .. } | Kind::Message { value: true, .. }
        )
    }

    pub(super) fn is_closed(&self) -> bool {
        matches!(self.kind, Kind::Enum { closed: true, .. })
    }

    pub(super) fn is_message(&self) -> bool {
        matches!(self.kind, Kind::Message { .. })
    }

    /// The condition under which a value without presence is written.
    pub(super) fn is_set(&self, value: &str) -> String {
        match self.kind {
            Kind::Scalar(Scalar::Double | Scalar::Float) => format!("!xlc.isZero({value})"),
            Kind::Scalar(Scalar::Bytes) => format!("{value}.isNotEmpty"),
            Kind::Scalar(Scalar::Bool) => value.to_owned(),
            Kind::Enum { .. } => format!("{value}.number != 0"),
            Kind::Message { .. } => format!("{value} != null"),
            Kind::Scalar(_) | Kind::LooseString => format!("{value} != {}", self.zero),
        }
    }

    /// The function of the runtime that compares two values where `==` will not do.
    fn comparison(&self) -> Option<&'static str> {
        match self.kind {
            Kind::Scalar(Scalar::Double | Scalar::Float) => Some("xlc.sameDouble"),
            Kind::Scalar(Scalar::Bytes) => Some("xlc.sameBytes"),
            Kind::Scalar(_) | Kind::LooseString | Kind::Enum { .. } | Kind::Message { .. } => None,
        }
    }

    /// The hash of a value, or of null.
    pub(super) fn hash(&self, value: &str) -> String {
        match self.kind {
            Kind::Scalar(Scalar::Double | Scalar::Float) => format!("xlc.hashDouble({value})"),
            Kind::Scalar(Scalar::Bytes) => format!("xlc.hashBytes({value})"),
            Kind::Scalar(_) | Kind::LooseString | Kind::Enum { .. } | Kind::Message { .. } => {
                format!("{value}.hashCode")
            }
        }
    }

    /// The condition under which two values are the same.
    pub(super) fn same(&self, a: &str, b: &str) -> String {
        match self.comparison() {
            Some(function) => format!("{function}({a}, {b})"),
            None => format!("{a} == {b}"),
        }
    }

    /// The condition under which two values differ.
    pub(super) fn differs(&self, a: &str, b: &str) -> String {
        match self.comparison() {
            Some(function) => format!("!{function}({a}, {b})"),
            None => format!("{a} != {b}"),
        }
    }

    /// Statements that write a value from the end of the buffer, the tag of `number` included. `at` is the index of the
    /// value in a list.
    pub(super) fn write(&self, number: i32, value: &str, at: Option<&str>) -> Vec<String> {
        let tag = self.encoding.tag(number);
        let at = at.map(|at| format!(", {at}")).unwrap_or_default();
        match self.kind {
            Kind::Message { group: false, .. } => vec![
                format!("final $mark = $w.open({tag}{at});"),
                format!("{value}.$encode($w);"),
                format!("$w.close({tag}, $mark);"),
            ],
            Kind::Message { group: true, .. } => vec![
                format!("$w.openGroup({}{at});", tag.end_of_group()),
                format!("{value}.$encode($w);"),
                format!("$w.closeGroup({tag});"),
            ],
            Kind::Enum { .. } => vec![format!("$w.writeInt32({tag}, {value}.number);")],
            Kind::Scalar(_) | Kind::LooseString => {
                vec![format!("$w.write{}({tag}, {value});", self.suffix())]
            }
        }
    }

    /// The expression that reads a scalar or enum; null for a number that a closed enum does not have.
    pub(super) fn read(&self) -> String {
        match self.kind {
            Kind::Enum { .. } => format!("{}.fromNumber($r.readInt32())", self.ty),
            Kind::LooseString => "$r.readLooseString()".to_owned(),
            Kind::Scalar(_) => format!("$r.read{}()", self.suffix()),
            Kind::Message { .. } => String::new(),
        }
    }

    /// Statements that read a message behind its tag over `before`; `store` makes one of the expression.
    pub(super) fn read_message(
        &self,
        number: i32,
        before: &str,
        store: impl Fn(&str) -> String,
    ) -> Vec<String> {
        let group = matches!(self.kind, Kind::Message { group: true, .. });
        let (enter, leave) = if group {
            (
                "$r.enterGroup();".to_owned(),
                format!("$r.leaveGroup({number});"),
            )
        } else {
            (
                "final $end = $r.enter();".to_owned(),
                "$r.leave($end);".to_owned(),
            )
        };
        let read = format!("{}.$decode($r, {before})", self.ty);
        vec![enter, store(&read), leave]
    }

    /// The statement that writes a value as JSON.
    pub(super) fn write_json(&self, value: &str) -> String {
        match self.kind {
            Kind::Message { .. } => format!("{value}.$writeJson($w);"),
            Kind::Enum { null: true, .. } => format!("$w.writeNullValue({value});"),
            Kind::Enum { .. } => format!("$w.writeEnum({value}.protoName, {value}.number);"),
            Kind::Scalar(_) | Kind::LooseString => match self.json_suffix() {
                "Uint32" => format!("$w.writeInt32({value});"),
                suffix => format!("$w.write{suffix}({value});"),
            },
        }
    }

    /// Whether reading it from JSON may give null: a value to be passed over.
    pub(super) fn json_may_skip(&self) -> bool {
        matches!(self.kind, Kind::Enum { .. })
    }

    /// The expression that reads a value from JSON.
    pub(super) fn read_json(&self) -> String {
        match self.kind {
            Kind::Message { .. } => format!("$r.message({}.$readJson)", self.ty),
            Kind::Enum { null, .. } => {
                let read = if null { "readNullValue" } else { "readEnum" };
                format!("$r.{read}({0}.fromProtoName, {0}.fromNumber)", self.ty)
            }
            Kind::Scalar(_) | Kind::LooseString => format!("$r.read{}()", self.json_suffix()),
        }
    }

    /// The expression of the kind that an extension of this type has in the runtime.
    pub(super) fn extension_kind(&self) -> String {
        match self.kind {
            Kind::LooseString => "xlc.looseStringKind".to_owned(),
            Kind::Scalar(scalar) => format!("xlc.{}Kind", scalar.name()),
            Kind::Enum { null, .. } => {
                let null = if null { ", isNull: true" } else { "" };
                format!(
                    "xlc.EnumKind<{0}>({0}.fromNumber, {0}.fromProtoName{null})",
                    self.ty
                )
            }
            Kind::Message { group, value } => {
                let group = if group { ", group: true" } else { "" };
                let value = if value { ", takesNull: true" } else { "" };
                format!("xlc.MessageKind<{0}>({0}.$type{group}{value})", self.ty)
            }
        }
    }

    /// The expression of an explicit default.
    pub(super) fn default(&self, default: &Default) -> String {
        match default {
            Default::Enum(_) => self.zero.clone(),
            Default::Uint(value) if self.is_boxed() => {
                if *value < 1 << 53 {
                    format!("{}BigInt.from({value})", self.core)
                } else {
                    format!("{}BigInt.parse('{value}')", self.core)
                }
            }
            Default::Bool(_)
            | Default::Int(_)
            | Default::Uint(_)
            | Default::Float(_)
            | Default::Double(_)
            | Default::String(_)
            | Default::Bytes(_) => text::default(default, self.core),
        }
    }
}
