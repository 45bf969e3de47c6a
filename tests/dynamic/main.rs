//! Messages without generated code: what the value model, the wire format and ProtoJSON do with the rules that runtimes
//! differ on.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set up its contract has failed"
)]

mod contracts;
mod damage;
mod google;
mod json;
mod protoc;
mod random;
#[path = "../support/mod.rs"]
mod support;
mod text;
mod wire;

use xlc::contract::{Contract, MessageId};
use xlc::dynamic::Codec;
use xlc::load::{self, Input};

/// The contract of one file, `t.proto`.
fn contract(text: &str) -> Contract {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("t.proto");
    std::fs::write(&file, text).unwrap();
    match load::load(&[Input::File(file)], &[directory.path().to_owned()]) {
        Ok(loaded) => loaded.contract,
        Err(failure) => panic!("{:#?}", failure.diagnostics),
    }
}

/// The message `M` of a contract without a package.
fn m(codec: &Codec<'_>) -> MessageId {
    codec.find("M").unwrap()
}

/// Bytes from hexadecimal digits; blanks are for the reader.
fn hex(digits: &str) -> Vec<u8> {
    let digits = digits.replace(' ', "");
    data_encoding::HEXLOWER.decode(digits.as_bytes()).unwrap()
}
