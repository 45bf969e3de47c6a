//! What a lock holds: elements of a contract with the facts that a payload, a call or generated code could tell apart.
//! Decides how each is written; two elements are one if their lines are. Knows nothing of how lines are read.

use std::borrow::Cow;
use std::fmt::{self, Display, Formatter};

use crate::contract::{Idempotency, NumberRange, Scalar};

/// One element.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Item<'a> {
    File(FileItem<'a>),
    Type(TypeItem<'a>),
    Reserved(&'a str, Kept<'a>),
    /// Numbers of a message that are left to extensions.
    Extensions(&'a str, NumberRange),
    Field(FieldItem<'a>),
    Value(ValueItem<'a>),
    Method(MethodItem<'a>),
}

/// A file: what its types have in common.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct FileItem<'a> {
    pub(super) path: Cow<'a, str>,
    pub(super) package: Cow<'a, str>,
    pub(super) go_package: Option<Cow<'a, str>>,
    pub(super) csharp_namespace: Option<Cow<'a, str>>,
    pub(super) java_package: Option<Cow<'a, str>>,
    /// Whether it is no file of the contract, but imported by one.
    pub(super) imported: bool,
}

/// A message, an enum or a service.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct TypeItem<'a> {
    pub(super) name: &'a str,
    pub(super) file: Cow<'a, str>,
    pub(super) sort: Sort,
}

/// What a type is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Sort {
    Message {
        message_set: bool,
        legacy_json: bool,
    },
    Enum {
        closed: bool,
        /// The number of the first value.
        default: i32,
        legacy_json: bool,
    },
    Service,
}

impl Sort {
    /// The word that its line begins with.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Message { .. } => "message",
            Self::Enum { .. } => "enum",
            Self::Service => "service",
        }
    }
}

/// What is reserved of a message or an enum.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Kept<'a> {
    Numbers(NumberRange),
    Name(Cow<'a, str>),
}

/// A field, or an extension of a message.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct FieldItem<'a> {
    /// The message that holds it.
    pub(super) holder: &'a str,
    pub(super) number: i32,
    /// Its name; of an extension the full name.
    pub(super) name: &'a str,
    pub(super) label: Label,
    pub(super) ty: TypeName<'a>,
    pub(super) oneof: Option<&'a str>,
    /// Its name in JSON, where that does not follow from its name.
    pub(super) json: Option<Cow<'a, str>>,
    /// Its default as it is written here.
    pub(super) default: Option<Cow<'a, str>>,
    /// Whether it is written unpacked though it could be packed.
    pub(super) expanded: bool,
    /// Whether its text is not verified to be UTF-8.
    pub(super) unverified: bool,
    /// The file of an extension.
    pub(super) file: Option<Cow<'a, str>>,
}

/// How many values a field holds, and whether it can be told that there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Label {
    /// One; its type or its oneof says whether absence can be told.
    Plain,
    Optional,
    Required,
    Repeated,
    /// A map with keys of this type.
    Map(Scalar),
}

/// The type of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum TypeName<'a> {
    Scalar(Scalar),
    Message(&'a str),
    /// A message between group tags.
    Group(&'a str),
    Enum(&'a str),
}

impl<'a> TypeName<'a> {
    /// The full name, if it is no scalar.
    pub(super) fn name(self) -> Option<&'a str> {
        match self {
            Self::Scalar(_) => None,
            Self::Message(name) | Self::Group(name) | Self::Enum(name) => Some(name),
        }
    }
}

/// A value of an enum.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct ValueItem<'a> {
    pub(super) holder: &'a str,
    pub(super) number: i32,
    pub(super) name: &'a str,
    /// Whether it is a second name for its number.
    pub(super) alias: bool,
}

/// A method of a service.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct MethodItem<'a> {
    pub(super) holder: &'a str,
    pub(super) name: &'a str,
    pub(super) input: &'a str,
    pub(super) output: &'a str,
    pub(super) client_streaming: bool,
    pub(super) server_streaming: bool,
    pub(super) idempotency: Idempotency,
}

/// Where a line stands among the others: files first, then type by type; in a type by number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place<'i> {
    /// The block: a blank line stands between two.
    pub(super) block: (bool, &'i str),
    rank: u8,
    number: i32,
}

impl<'a> Item<'a> {
    /// The message, enum or service that it is of; nothing for a file.
    pub(super) fn owner(&self) -> Option<&'a str> {
        match self {
            Self::File(_) => None,
            Self::Type(it) => Some(it.name),
            Self::Reserved(owner, _) | Self::Extensions(owner, _) => Some(owner),
            Self::Field(it) => Some(it.holder),
            Self::Value(it) => Some(it.holder),
            Self::Method(it) => Some(it.holder),
        }
    }

    /// The types that it mentions.
    pub(super) fn mentions(&self) -> [Option<&'a str>; 2] {
        match self {
            Self::Field(it) => [it.ty.name(), None],
            Self::Method(it) => [Some(it.input), Some(it.output)],
            Self::File(_)
            | Self::Type(_)
            | Self::Reserved(..)
            | Self::Extensions(..)
            | Self::Value(_) => [None, None],
        }
    }

    /// Where its line stands.
    pub(super) fn place(&self) -> Place<'_> {
        let (rank, number) = match self {
            Self::File(_) | Self::Type(_) => (0, 0),
            Self::Reserved(_, Kept::Numbers(range)) => (1, range.first),
            Self::Reserved(_, Kept::Name(_)) => (2, 0),
            Self::Extensions(_, range) => (3, range.first),
            Self::Field(it) => (if it.file.is_none() { 4 } else { 5 }, it.number),
            Self::Value(it) => (6, it.number),
            Self::Method(_) => (7, 0),
        };
        let block = self.owner().map_or((false, ""), |owner| (true, owner));
        Place {
            block,
            rank,
            number,
        }
    }
}

/// The bound that stands for the largest number.
pub(super) const MAX: &str = "max";
/// The largest number of a field. That of an enum is written out.
pub(super) const MAX_FIELD: i32 = 0x1fff_ffff;

impl Display for Item<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(it) => it.fmt(f),
            Self::Type(it) => it.fmt(f),
            Self::Reserved(owner, Kept::Numbers(range)) => {
                write!(f, "reserved {owner} {}", Range(*range))
            }
            Self::Reserved(owner, Kept::Name(name)) => {
                write!(f, "reserved {owner} {}", quoted(name))
            }
            Self::Extensions(owner, range) => write!(f, "extensions {owner} {}", Range(*range)),
            Self::Field(it) => it.fmt(f),
            Self::Value(it) => {
                write!(f, "value {} {} {}", it.holder, it.number, it.name)?;
                flag(f, it.alias, "alias")
            }
            Self::Method(it) => it.fmt(f),
        }
    }
}

impl Display for FileItem<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "file {}", plain(&self.path))?;
        if !self.package.is_empty() {
            pair(f, "package", Some(&self.package))?;
        }
        pair(f, "go_package", self.go_package.as_ref())?;
        pair(f, "csharp_namespace", self.csharp_namespace.as_ref())?;
        pair(f, "java_package", self.java_package.as_ref())?;
        flag(f, self.imported, "imported")
    }
}

impl Display for TypeItem<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let word = self.sort.word();
        write!(f, "{word} {} in {}", self.name, plain(&self.file))?;
        match self.sort {
            Sort::Message {
                message_set,
                legacy_json,
            } => {
                flag(f, message_set, "message_set")?;
                flag(f, legacy_json, "legacy_json")
            }
            Sort::Enum {
                closed,
                default,
                legacy_json,
            } => {
                flag(f, closed, "closed")?;
                if default != 0 {
                    write!(f, " default={default}")?;
                }
                flag(f, legacy_json, "legacy_json")
            }
            Sort::Service => Ok(()),
        }
    }
}

impl Display for FieldItem<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let word = match self.file {
            None => "field",
            Some(_) => "extension",
        };
        write!(f, "{word} {} {} ", self.holder, self.number)?;
        match self.label {
            Label::Plain => write!(f, "{}", self.ty)?,
            Label::Optional => write!(f, "optional {}", self.ty)?,
            Label::Required => write!(f, "required {}", self.ty)?,
            Label::Repeated => write!(f, "repeated {}", self.ty)?,
            Label::Map(key) => write!(f, "map<{}, {}>", key.name(), self.ty)?,
        }
        write!(f, " {}", self.name)?;
        if let Some(file) = &self.file {
            write!(f, " in {}", plain(file))?;
        }
        if let Some(oneof) = self.oneof {
            write!(f, " oneof={oneof}")?;
        }
        pair(f, "json", self.json.as_ref())?;
        if let Some(default) = &self.default {
            write!(f, " default={default}")?;
        }
        flag(f, self.expanded, "expanded")?;
        flag(f, self.unverified, "unverified")
    }
}

impl Display for TypeName<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scalar(scalar) => f.write_str(scalar.name()),
            Self::Message(name) if name.contains('.') => f.write_str(name),
            // A message may be called `string`, where there is no package.
            Self::Message(name) => write!(f, ".{name}"),
            Self::Group(name) => write!(f, "group {name}"),
            Self::Enum(name) => write!(f, "enum {name}"),
        }
    }
}

impl Display for MethodItem<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let stream = |on: bool| if on { "stream " } else { "" };
        write!(
            f,
            "rpc {} {} ({}{}) returns ({}{})",
            self.holder,
            self.name,
            stream(self.client_streaming),
            self.input,
            stream(self.server_streaming),
            self.output
        )?;
        match self.idempotency {
            Idempotency::Unknown => Ok(()),
            Idempotency::NoSideEffects => f.write_str(" no_side_effects"),
            Idempotency::Idempotent => f.write_str(" idempotent"),
        }
    }
}

struct Range(NumberRange);

impl Display for Range {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let NumberRange { first, last } = self.0;
        match last {
            _ if first == last => write!(f, "{first}"),
            MAX_FIELD => write!(f, "{first} to {MAX}"),
            _ => write!(f, "{first} to {last}"),
        }
    }
}

fn flag(f: &mut Formatter<'_>, on: bool, word: &str) -> fmt::Result {
    match on {
        true => write!(f, " {word}"),
        false => Ok(()),
    }
}

fn pair(f: &mut Formatter<'_>, key: &str, value: Option<&Cow<'_, str>>) -> fmt::Result {
    match value {
        Some(value) => write!(f, " {key}={}", plain(value)),
        None => Ok(()),
    }
}

/// Text as it is, or in quotes where it could be taken for something else.
fn plain(text: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-./@+$:~".contains(&byte);
    match !text.is_empty() && text.bytes().all(is_plain) {
        true => Cow::Borrowed(text),
        false => Cow::Owned(quoted(text)),
    }
}

/// Text in quotes, escaped as in JSON.
pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
