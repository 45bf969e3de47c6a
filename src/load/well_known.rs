//! protobuf's own files (`google/protobuf/*.proto`), built in as protoc 36.2 describes them, comments and all.
//! `scripts/well-known` writes the descriptor set anew; a test compares it with protoc's.

use std::sync::LazyLock;

use super::decode;
use super::descriptor::FileProto;
use crate::wire::{Reader, Value};

/// A `FileDescriptorSet` with source information.
pub(crate) static DESCRIPTOR_SET: &[u8] = include_bytes!("well_known.binpb");

/// The path of the file that describes options.
pub(crate) const DESCRIPTOR_PROTO: &str = "google/protobuf/descriptor.proto";

/// The built-in file with this import path.
pub(crate) fn find(path: &str) -> Option<FileProto> {
    decode::file(bytes(path)?).ok()
}

/// The file that describes options, without comments and places: for contracts that do not ask for it, and never show it.
/// It is decoded once.
pub(crate) fn options() -> Option<FileProto> {
    static OPTIONS: LazyLock<Option<FileProto>> =
        LazyLock::new(|| decode::bare_file(bytes(DESCRIPTOR_PROTO)?).ok());
    OPTIONS.clone()
}

/// The built-in `FileDescriptorProto` with this import path.
fn bytes(path: &str) -> Option<Reader<'static>> {
    if !path.starts_with("google/protobuf/") {
        return None;
    }
    let mut set = Reader::new(DESCRIPTOR_SET);
    while let Ok(Some((_, value))) = set.next() {
        if let Value::Bytes(file) = value
            && name(file) == Some(path)
        {
            return Some(file);
        }
    }
    None
}

/// The import paths of all built-in files.
pub(crate) fn paths() -> Vec<&'static str> {
    let mut paths = Vec::new();
    let mut set = Reader::new(DESCRIPTOR_SET);
    while let Ok(Some((_, value))) = set.next() {
        if let Value::Bytes(file) = value {
            paths.extend(name(file));
        }
    }
    paths
}

/// The `name` of a `FileDescriptorProto`; protoc writes it first.
fn name(mut file: Reader<'static>) -> Option<&'static str> {
    match file.next() {
        Ok(Some((1, Value::Bytes(name)))) => std::str::from_utf8(name.rest()).ok(),
        Ok(_) | Err(_) => None,
    }
}
