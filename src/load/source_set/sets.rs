//! Descriptor sets as input: which files are in one, and which of them were asked for.

use std::collections::BTreeMap;

use super::{Collector, Known};
use crate::diagnostics::{Diagnostic, codes};
use crate::load::decode;
use crate::load::descriptor::FileProto;
use crate::wire::{self, Reader, Value, WireError};

impl Collector<'_> {
    /// Adds the files of a set. `origins` remembers for each file which set it came from, and its bytes.
    pub(super) fn descriptor_set<'b>(
        &mut self,
        name: &'b str,
        bytes: &'b [u8],
        generate: Option<&[String]>,
        origins: &mut BTreeMap<String, (&'b str, &'b [u8])>,
    ) {
        let files = match split(bytes) {
            Ok(files) => files,
            Err(error) => {
                self.diagnostics.push(
                    Diagnostic::error(
                        &codes::DESCRIPTOR_SET,
                        format!("`{name}` is not a descriptor set: {}", error.problem),
                    )
                    .in_file(name)
                    .note(format!("at byte {}", error.offset))
                    .help("make one with `protoc --include_imports --descriptor_set_out=FILE` or `buf build -o FILE`"),
                );
                return;
            }
        };
        for (proto, raw, is_import) in files {
            let requested = match generate {
                Some(generate) => generate.contains(&proto.path),
                // By the package and not by the path: protobuf's conformance tests are below `google/protobuf/` too.
                None => {
                    let of_google = proto.package == "google.protobuf"
                        || proto.package.starts_with("google.protobuf.");
                    !is_import && !of_google
                }
            };
            let path = proto.path.clone();
            if let Some((first, known)) = origins.get(&path) {
                if *known != raw {
                    self.diagnostics.push(
                        Diagnostic::error(
                            &codes::DESCRIPTOR_SET,
                            format!("`{path}` is in `{first}` and in `{name}`, and differs"),
                        )
                        .in_file(path.clone())
                        .help("make both descriptor sets from the same sources"),
                    );
                } else if let Some(file) = self.known.get_mut(&path).and_then(Known::file_mut) {
                    file.requested |= requested;
                }
                continue;
            }
            origins.insert(path.clone(), (name, raw));
            let source = self.sources.add(path.clone(), None);
            self.add(&path, proto, source, requested, false);
        }
    }
}

/// A file of a descriptor set: what it says, its bytes, and whether buf marks it as an import
/// (`ImageFileExtension.is_import`).
type SetFile<'b> = (FileProto, &'b [u8], bool);

/// The files of a set.
fn split(bytes: &[u8]) -> Result<Vec<SetFile<'_>>, WireError> {
    let mut files = Vec::new();
    let mut set = Reader::new(bytes);
    while let Some((number, value)) = set.next()? {
        if let (1, Value::Bytes(file)) = (number, value) {
            let proto = decode::file(file)?;
            let is_import = wire::last_bytes(file.rest(), BUF_EXTENSION)
                .and_then(|extension| wire::last_varint(extension, BUF_IS_IMPORT))
                == Some(1);
            files.push((proto, file.rest(), is_import));
        }
    }
    Ok(files)
}

/// The numbers of `buf_extension` in buf's `ImageFile`, and of `is_import` in that.
const BUF_EXTENSION: u32 = 8042;
const BUF_IS_IMPORT: u32 = 1;
