//! Reads one line of a lock. Decides what is written wrongly and where in the line; whether lines go together is
//! decided elsewhere.

use std::borrow::Cow;
use std::ops::Range;

use super::item::{
    FieldItem, FileItem, Item, Kept, Label, MAX, MAX_FIELD, MethodItem, Sort, TypeItem, TypeName,
    ValueItem,
};
use crate::contract::{Idempotency, NumberRange, Scalar};

/// What is wrong with a line, and where in it.
#[derive(Debug)]
pub(super) struct Wrong {
    pub(super) message: String,
    pub(super) at: Range<usize>,
}

/// What a line says.
#[derive(Debug)]
pub(super) enum Line<'a> {
    /// Nothing: it is blank or a comment.
    Nothing,
    /// The version of the format.
    Version(u64),
    /// An element, and whether it is gone.
    Element(Item<'a>, bool),
}

/// The word behind an element that is gone.
pub(super) const GONE: &str = "gone";
/// The word before the version of the format.
pub(super) const VERSION: &str = "version";

/// Reads a line.
pub(super) fn read(line: &str) -> Result<Line<'_>, Wrong> {
    let mut words = Words { line, at: 0 };
    words.space();
    if words.rest().is_empty() || words.rest().starts_with('#') {
        return Ok(Line::Nothing);
    }
    let (word, at) = words.word("a word")?;
    let item = match word {
        VERSION => {
            let version = words.number("a version")?;
            words.end()?;
            return Ok(Line::Version(version));
        }
        "file" => file(&mut words)?,
        "message" | "enum" | "service" => return a_type(&mut words, word),
        "field" | "extension" => return field(&mut words, word == "extension"),
        "value" => return value(&mut words),
        "rpc" => return method(&mut words),
        "reserved" => {
            let owner = words.name("a type")?;
            match words.rest().starts_with('"') {
                true => Item::Reserved(owner, Kept::Name(words.text("a name")?)),
                false => Item::Reserved(owner, Kept::Numbers(words.range()?)),
            }
        }
        "extensions" => Item::Extensions(words.name("a message")?, words.range()?),
        _ => {
            return Err(Wrong {
                message: format!("no line begins with `{word}`"),
                at,
            });
        }
    };
    let gone = words.take(GONE);
    words.end()?;
    Ok(Line::Element(item, gone))
}

fn file<'a>(words: &mut Words<'a>) -> Result<Item<'a>, Wrong> {
    let mut file = FileItem {
        path: words.text("a path")?,
        package: Cow::Borrowed(""),
        go_package: None,
        csharp_namespace: None,
        java_package: None,
        imported: false,
    };
    loop {
        if let Some(text) = words.pair("package")? {
            file.package = text;
        } else if let Some(text) = words.pair("go_package")? {
            file.go_package = Some(text);
        } else if let Some(text) = words.pair("csharp_namespace")? {
            file.csharp_namespace = Some(text);
        } else if let Some(text) = words.pair("java_package")? {
            file.java_package = Some(text);
        } else if words.take("imported") {
            file.imported = true;
        } else {
            return Ok(Item::File(file));
        }
    }
}

fn a_type<'a>(words: &mut Words<'a>, word: &str) -> Result<Line<'a>, Wrong> {
    let name = words.name("a full name")?;
    let file = words.file()?;
    let (mut message_set, mut legacy_json) = (false, false);
    let (mut closed, mut default) = (false, 0);
    let sort = |message_set, legacy_json, closed, default| match word {
        "message" => Sort::Message {
            message_set,
            legacy_json,
        },
        "enum" => Sort::Enum {
            closed,
            default,
            legacy_json,
        },
        _ => Sort::Service,
    };
    loop {
        if word == "message" && words.take("message_set") {
            message_set = true;
        } else if word != "service" && words.take("legacy_json") {
            legacy_json = true;
        } else if word == "enum" && words.take("closed") {
            closed = true;
        } else if word == "enum" && words.key("default") {
            default = words.number("a number")?;
        } else {
            break;
        }
    }
    let sort = sort(message_set, legacy_json, closed, default);
    words.finish(Item::Type(TypeItem { name, file, sort }))
}

fn field<'a>(words: &mut Words<'a>, is_extension: bool) -> Result<Line<'a>, Wrong> {
    let holder = words.name("a message")?;
    let number = words.number("a number")?;
    let mut label = Label::Plain;
    let mut more = true;
    if words.take("optional") {
        label = Label::Optional;
    } else if words.take("required") {
        label = Label::Required;
    } else if words.take("repeated") {
        label = Label::Repeated;
    } else if words.rest().starts_with("map<") {
        more = false;
        words.at += "map<".len();
        label = Label::Map(words.key_type()?);
    }
    let ty = words.ty(!more)?;
    let mut field = FieldItem {
        holder,
        number,
        name: words.name("a name")?,
        label,
        ty,
        oneof: None,
        json: None,
        default: None,
        expanded: false,
        unverified: false,
        file: match is_extension {
            true => Some(words.file()?),
            false => None,
        },
    };
    loop {
        if words.key("oneof") {
            field.oneof = Some(words.name("a oneof")?);
        } else if let Some(text) = words.pair("json")? {
            field.json = Some(text);
        } else if words.key("default") {
            field.default = Some(Cow::Borrowed(words.raw("a default")?.0));
        } else if words.take("expanded") {
            field.expanded = true;
        } else if words.take("unverified") {
            field.unverified = true;
        } else {
            return words.finish(Item::Field(field));
        }
    }
}

fn value<'a>(words: &mut Words<'a>) -> Result<Line<'a>, Wrong> {
    let item = ValueItem {
        holder: words.name("an enum")?,
        number: words.number("a number")?,
        name: words.name("a name")?,
        alias: words.take("alias"),
    };
    words.finish(Item::Value(item))
}

fn method<'a>(words: &mut Words<'a>) -> Result<Line<'a>, Wrong> {
    let holder = words.name("a service")?;
    let name = words.name("a name")?;
    let (client_streaming, input) = words.message()?;
    words.expect("returns")?;
    let (server_streaming, output) = words.message()?;
    let idempotency = if words.take("no_side_effects") {
        Idempotency::NoSideEffects
    } else if words.take("idempotent") {
        Idempotency::Idempotent
    } else {
        Idempotency::Unknown
    };
    words.finish(Item::Method(MethodItem {
        holder,
        name,
        input,
        output,
        client_streaming,
        server_streaming,
        idempotency,
    }))
}

/// The words of a line, with single or more spaces between them. Text in quotes is one word.
struct Words<'a> {
    line: &'a str,
    at: usize,
}

impl<'a> Words<'a> {
    fn rest(&self) -> &'a str {
        &self.line[self.at..]
    }

    fn space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches(' ').len();
    }

    fn wrong<T>(&self, message: String) -> Result<T, Wrong> {
        let rest = self.rest();
        let length = rest.find(' ').unwrap_or(rest.len());
        Err(Wrong {
            message,
            at: self.at..self.at + length,
        })
    }

    /// The next word as it is written, quotes included, and where it is.
    fn raw(&mut self, what: &str) -> Result<(&'a str, Range<usize>), Wrong> {
        let rest = self.rest();
        let length = match rest.as_bytes().first() {
            Some(b'"') => match end_of_text(rest) {
                Some(length) => length,
                None => return self.wrong("the text has no closing quote".to_owned()),
            },
            Some(_) | None => rest.find(' ').unwrap_or(rest.len()),
        };
        if length == 0 {
            return self.wrong(format!("{what} is missing"));
        }
        let at = self.at..self.at + length;
        self.at = at.end;
        self.space();
        Ok((&rest[..length], at))
    }

    fn word(&mut self, what: &str) -> Result<(&'a str, Range<usize>), Wrong> {
        self.raw(what)
    }

    /// A name of letters, digits, `_` and `.`.
    fn name(&mut self, what: &str) -> Result<&'a str, Wrong> {
        let (name, at) = self.word(what)?;
        match is_name(name) {
            true => Ok(name),
            false => Err(Wrong {
                message: format!("`{name}` is not {what}"),
                at,
            }),
        }
    }

    /// A word, or text in quotes.
    fn text(&mut self, what: &str) -> Result<Cow<'a, str>, Wrong> {
        let (word, at) = self.raw(what)?;
        if !word.starts_with('"') {
            return Ok(Cow::Borrowed(word));
        }
        match serde_json::from_str(word) {
            Ok(text) => Ok(Cow::Owned(text)),
            Err(_) => Err(Wrong {
                message: format!("{word} is not text as JSON writes it"),
                at,
            }),
        }
    }

    fn number<T: std::str::FromStr>(&mut self, what: &str) -> Result<T, Wrong> {
        let (word, at) = self.word(what)?;
        word.parse().map_err(|_| Wrong {
            message: format!("`{word}` is not {what}"),
            at,
        })
    }

    /// `7`, `7 to 9`, `7 to max`.
    fn range(&mut self) -> Result<NumberRange, Wrong> {
        let start = self.at;
        let first = self.number("a number")?;
        let mut last = first;
        if self.take("to") {
            last = match self.take(MAX) {
                true => MAX_FIELD,
                false => self.number("a number")?,
            };
        }
        match first <= last {
            true => Ok(NumberRange { first, last }),
            false => Err(Wrong {
                message: format!("the range {first} to {last} ends before it begins"),
                at: start..self.at,
            }),
        }
    }

    /// The file of a type: `in` and its path.
    fn file(&mut self) -> Result<Cow<'a, str>, Wrong> {
        self.expect("in")?;
        self.text("a path")
    }

    /// `(stream a.B)`.
    fn message(&mut self) -> Result<(bool, &'a str), Wrong> {
        if !self.rest().starts_with('(') {
            return self.wrong("a message in parentheses is missing".to_owned());
        }
        self.at += 1;
        let stream = self.take("stream");
        let (word, at) = self.word("a message")?;
        match word.strip_suffix(')').filter(|name| is_name(name)) {
            Some(name) => Ok((stream, name)),
            None => Err(Wrong {
                message: format!("`{word}` is not a message and `)`"),
                at,
            }),
        }
    }

    /// The key of a map, with the comma.
    fn key_type(&mut self) -> Result<Scalar, Wrong> {
        let (word, at) = self.word("a type")?;
        word.strip_suffix(',').and_then(scalar).ok_or(Wrong {
            message: format!("`{word}` is not the type of a map's keys and `,`"),
            at,
        })
    }

    /// A type; `closes` if it is the last one of a map.
    fn ty(&mut self, closes: bool) -> Result<TypeName<'a>, Wrong> {
        let kind = ["enum", "group"].into_iter().find(|word| self.take(word));
        let (word, at) = self.word("a type")?;
        let wrong = || Wrong {
            message: format!("`{word}` is not a type"),
            at: at.clone(),
        };
        let name = match closes {
            true => word.strip_suffix('>').ok_or_else(wrong)?,
            false => word,
        };
        if let (None, Some(scalar)) = (kind, scalar(name)) {
            return Ok(TypeName::Scalar(scalar));
        }
        let full = match kind {
            None => name.strip_prefix('.').unwrap_or(name),
            Some(_) => name,
        };
        match (kind, is_name(full)) {
            (None, true) => Ok(TypeName::Message(full)),
            (Some("enum"), true) => Ok(TypeName::Enum(full)),
            (Some(_), true) => Ok(TypeName::Group(full)),
            (_, false) => Err(wrong()),
        }
    }

    /// Takes a word if it is the next one.
    fn take(&mut self, word: &str) -> bool {
        let found = (self.rest().strip_prefix(word))
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
        if found {
            self.at += word.len();
            self.space();
        }
        found
    }

    fn expect(&mut self, word: &str) -> Result<(), Wrong> {
        match self.take(word) {
            true => Ok(()),
            false => self.wrong(format!("`{word}` is missing")),
        }
    }

    /// Takes `KEY=`.
    fn key(&mut self, key: &str) -> bool {
        let found = (self.rest().strip_prefix(key)).is_some_and(|rest| rest.starts_with('='));
        if found {
            self.at += key.len() + 1;
        }
        found
    }

    /// Takes `KEY=TEXT`.
    fn pair(&mut self, key: &str) -> Result<Option<Cow<'a, str>>, Wrong> {
        match self.key(key) {
            true => self.text("a text").map(Some),
            false => Ok(None),
        }
    }

    fn end(&self) -> Result<(), Wrong> {
        match self.rest() {
            "" => Ok(()),
            rest => {
                let word = rest.split(' ').next().unwrap_or(rest);
                self.wrong(format!("`{word}` is not expected here"))
            }
        }
    }

    fn finish(&mut self, item: Item<'a>) -> Result<Line<'a>, Wrong> {
        let gone = self.take(GONE);
        self.end()?;
        Ok(Line::Element(item, gone))
    }
}

/// The length of the text in quotes that a line goes on with.
fn end_of_text(rest: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, byte) in rest.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return Some(at + 1),
            _ => {}
        }
    }
    None
}

fn is_name(name: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'.';
    !name.is_empty() && name.bytes().all(is_part)
}

fn scalar(name: &str) -> Option<Scalar> {
    Scalar::ALL.into_iter().find(|it| it.name() == name)
}
