//! ProtoJSON: what messages look like in JSON. Source: the specification of ProtoJSON and the conformance suite.

mod lexer;
pub(super) mod number;
mod print;
mod read;
mod scalar;
mod text;
mod time;
mod well_known;
mod write;

pub(super) use read::read;
pub(super) use write::write;
