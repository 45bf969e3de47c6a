//! protobuf's text format: what messages look like to people and in configuration files. Source: the text format language
//! specification, the conformance suite, and protoc where both are silent.
//!
//! Written are all fields that are set, none redacted, in the order of their numbers:
//!
//! ```text
//! uid: "1.2.840"
//! spacing: 0.5
//! tags: "a"
//! tags: "b"
//! series {
//!   state: DONE
//! }
//! labels {
//!   key: "x"
//!   value: "1"
//! }
//! [pkg.extension]: 7
//! detail {
//!   [type.googleapis.com/pkg.Type] {
//!   }
//! }
//! ```
//!
//! Text keeps its UTF-8; quotes and backslashes are escaped, tabs and line ends as letters, other control characters and
//! all bytes that are no text as three octal digits. Messages nest as deep as on the wire, so an Any is written as its
//! two fields where its content would nest too deep, and where its type is not in the contract.

mod lexer;
mod literal;
mod read;
mod skip;
mod strings;
mod unknown;
mod write;

pub(super) use read::read;
pub(super) use write::write;
