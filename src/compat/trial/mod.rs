//! A trial: one side writes a payload, the other reads it, and both say what it means. Decides by doing; no table of
//! compatible types stands here or elsewhere.

mod field;
mod meaning;
mod open;
mod probe;
mod show;
mod special;

use std::cell::OnceCell;

pub use field::Outcomes;
pub use open::{number_in, shown, unnamed_number};

use super::delta::Both;
use crate::contract::{Contract, MessageId};
use crate::dynamic::{Codec, Message, Settings};

/// A form in which data crosses between versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// Bytes on the wire.
    Wire,
    /// ProtoJSON, read strictly.
    Json,
}

/// Who reads whose data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Direction {
    /// The new version reads what the old one wrote.
    Backward,
    /// The old version reads what the new one wrote.
    Forward,
}

impl Direction {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Backward, Self::Forward];

    /// The stable name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Backward => "backward",
            Self::Forward => "forward",
        }
    }

    /// The side that writes.
    pub fn writer<T>(self, sides: Both<T>) -> T {
        match self {
            Self::Backward => sides.old,
            Self::Forward => sides.new,
        }
    }

    /// The side that reads.
    pub fn reader<T>(self, sides: Both<T>) -> T {
        match self {
            Self::Backward => sides.new,
            Self::Forward => sides.old,
        }
    }
}

/// How the readers of data behave.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Readers {
    /// As the specification says and the official runtimes do.
    #[default]
    Official,
    /// The same, but in JSON what a reader does not know is ignored.
    LenientJson,
    /// The wire format is read as prost does for Rust: a field of another wire type makes the whole message unreadable,
    /// closed enums are open, every string must be UTF-8, and required fields may be missing. JSON is as the
    /// specification says.
    Prost,
}

impl Readers {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Official, Self::LenientJson, Self::Prost];

    /// The word for them in `xlc.toml` and on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::LenientJson => "lenient-json",
            Self::Prost => "prost",
        }
    }

    /// The readers of this name.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// What becomes of a value on its way, the worst last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Effect {
    /// Whether it was set can no longer be told; what it reads as is the same.
    Presence,
    /// The reader does not see it, or not all of it.
    Lost,
    /// The reader sees another one, without an error.
    Changed,
    /// The reader refuses the whole payload.
    Refused,
}

impl Effect {
    /// How bad it is. A value that is lost and one that is another are equally bad: neither is told.
    pub(super) fn rank(self) -> u8 {
        match self {
            Self::Presence => 0,
            Self::Lost | Self::Changed => 1,
            Self::Refused => 2,
        }
    }
}

/// The payload of a witness.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Payload {
    /// Bytes of a message.
    Wire(Vec<u8>),
    /// A ProtoJSON document.
    Json(String),
    /// The path of a call.
    Call(String),
    /// Data in the format of a surface from elsewhere.
    Other {
        /// The stable name of the format, such as `avro-hex`.
        format: &'static str,
        /// The data as text.
        text: String,
    },
    /// Source code that people write: what they call the thing. What it was and what it is are lines of API.
    Source(String),
}

/// A payload on which the two versions disagree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    /// The full name of the message, as the writer calls it, or of the method, or of another element.
    pub of: String,
    /// What is sent.
    pub payload: Payload,
    /// What the writer means by it.
    pub meant: String,
    /// What the reader makes of it.
    pub seen: String,
}

/// What a trial brought to light.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// What becomes of the value.
    pub effect: Effect,
    /// The payload that shows it.
    pub witness: Witness,
}

/// The readers and writers of one version.
#[derive(Debug)]
pub(super) struct Codecs<'c> {
    contract: &'c Contract,
    readers: Readers,
    /// Asks for no required field, so that a trial of one field is about that field.
    partial: OnceCell<Codec<'c>>,
    strict: OnceCell<Codec<'c>>,
}

impl<'c> Codecs<'c> {
    fn new(contract: &'c Contract, readers: Readers) -> Self {
        Self {
            contract,
            readers,
            partial: OnceCell::new(),
            strict: OnceCell::new(),
        }
    }

    fn partial(&self) -> &Codec<'c> {
        self.partial.get_or_init(|| {
            let settings = Settings {
                partial: true,
                ..self.settings()
            };
            Codec::with(self.contract, settings)
        })
    }

    fn strict(&self) -> &Codec<'c> {
        self.strict
            .get_or_init(|| Codec::with(self.contract, self.settings()))
    }

    fn settings(&self) -> Settings {
        Settings {
            ignore_unknown: self.readers == Readers::LenientJson,
            as_prost: self.readers == Readers::Prost,
            ..Settings::default()
        }
    }
}

/// Readers and writers of both versions. Made when they are first needed: most comparisons find nothing to try.
#[derive(Debug)]
pub struct Laboratory<'c> {
    codecs: Both<Codecs<'c>>,
}

impl<'c> Laboratory<'c> {
    /// A laboratory for two versions.
    #[must_use]
    pub fn new(contracts: Both<&'c Contract>, readers: Readers) -> Self {
        Self {
            codecs: contracts.map(|contract| Codecs::new(contract, readers)),
        }
    }

    fn sides(&self, direction: Direction) -> (&Codecs<'c>, &Codecs<'c>) {
        let sides = Both {
            old: &self.codecs.old,
            new: &self.codecs.new,
        };
        (direction.writer(sides), direction.reader(sides))
    }
}

impl Format {
    /// The payload of a message; `None` where the format has none, such as an invalid string in JSON.
    fn write(self, codec: &Codec<'_>, message: &Message<'_>) -> Option<Payload> {
        match self {
            Self::Wire => codec.write(message).ok().map(Payload::Wire),
            Self::Json => codec.to_json(message).ok().map(Payload::Json),
        }
    }
}

impl Payload {
    /// Reads it; the error in words.
    fn read<'p>(&'p self, codec: &Codec<'_>, ty: MessageId) -> Result<Message<'p>, String> {
        match self {
            Self::Wire(bytes) => codec.read(ty, bytes).map_err(|error| error.to_string()),
            Self::Json(text) => codec.from_json(ty, text).map_err(|error| error.to_string()),
            Self::Call(_) | Self::Other { .. } | Self::Source(_) => {
                Err("it is no message".to_owned())
            }
        }
    }
}
