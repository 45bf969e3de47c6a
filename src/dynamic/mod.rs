//! Messages of a contract without generated code: a value model, and readers and writers of the wire format, of
//! ProtoJSON and of the text format that do what the official runtimes do, presence, closed enums, required fields and
//! UTF-8 included.
//!
//! Decides what a payload means under a contract. It must not know where a contract or a payload comes from, nor any
//! other format: it works on bytes and text in memory.
//!
//! ```
//! # fn read(contract: &xlc::contract::Contract, payload: &[u8]) -> Result<String, xlc::dynamic::Error> {
//! use xlc::dynamic::{Codec, Value};
//!
//! let codec = Codec::new(contract); // once; it keeps a table per message
//! let study = codec.find("radiology.study.v1.Study").expect("the contract has it");
//! let mut message = codec.read(study, payload)?;
//! codec.set(&mut message, 1, Value::from("1.2.840"))?;
//! assert_eq!(message.get(1), Some(&Value::from("1.2.840")));
//! let payload: Vec<u8> = codec.write(&message)?;
//! codec.to_json(&message)
//! # }
//! ```

mod codec;
mod error;
mod json;
mod message;
mod read;
mod required;
mod seen;
mod slot;
mod table;
mod text;
mod value;
mod write;

pub use codec::{Codec, Settings};
pub use error::Error;
pub(crate) use error::{Step, Within};
pub use message::Message;
pub use value::{Key, Map, Value};

/// How deep messages may be nested in one another, in every format (the default of the official runtimes).
pub const DEPTH: usize = 100;
