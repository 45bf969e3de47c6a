//! protobuf's own files (`google/protobuf/*.proto`), built in as protoc 36.2 describes them, comments and all.
//! `scripts/well-known` writes the descriptor set anew; a test compares it with protoc's.

use super::decode;
use super::descriptor::FileProto;
use crate::wire::{Reader, Value};

/// A `FileDescriptorSet` with source information.
pub(crate) static DESCRIPTOR_SET: &[u8] = include_bytes!("well_known.binpb");

/// The path of the file that describes options.
pub(crate) const DESCRIPTOR_PROTO: &str = "google/protobuf/descriptor.proto";

/// The built-in file with this import path.
pub(crate) fn find(path: &str) -> Option<FileProto> {
    if !path.starts_with("google/protobuf/") {
        return None;
    }
    let mut set = Reader::new(DESCRIPTOR_SET);
    while let Ok(Some((_, value))) = set.next() {
        if let Value::Bytes(file) = value
            && name(file) == Some(path)
        {
            return decode::file(file).ok();
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
