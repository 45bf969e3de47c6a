//! What belongs to a file and which files need one another: what every generator asks before it lays out its output.

use std::collections::BTreeSet;

use super::{Contract, Docs, Enum, Extension, File, FileId, ImportKind, Message, Type};

/// The file whose messages are the options of declarations.
const DESCRIPTOR: &str = "google/protobuf/descriptor.proto";

impl File {
    /// What the file says about itself: the comment at its `package` line, or else the one at its `syntax` line.
    #[must_use]
    pub fn own_docs(&self) -> &Docs {
        if self.package_docs.lines().is_empty() {
            &self.docs
        } else {
            &self.package_docs
        }
    }

    /// The files that who imports this one sees as well.
    pub fn public_imports(&self) -> impl Iterator<Item = FileId> {
        let public = self
            .imports
            .iter()
            .filter(|import| import.kind == ImportKind::Public);
        public.map(|import| import.file)
    }
}

impl Contract {
    /// The messages that a file declares at any depth, outer ones before those in them.
    pub fn messages_in(&self, file: FileId) -> &[Message] {
        of_file(self.messages(), file, |message| message.file)
    }

    /// The enums that a file declares at any depth.
    pub fn enums_in(&self, file: FileId) -> &[Enum] {
        of_file(self.enums(), file, |it| it.file)
    }

    /// The extensions that a file declares at any depth and that messages hold at run time.
    pub fn extensions_in(&self, file: FileId) -> impl Iterator<Item = &Extension> {
        of_file(self.extensions(), file, |it| it.file)
            .iter()
            .filter(|it| !self.is_option(it))
    }

    /// Whether an extension is an option for declarations: compilers read it, and no message holds it at run time.
    /// Those of a contract that asks for the descriptors themselves are extensions like others.
    #[must_use]
    pub fn is_option(&self, extension: &Extension) -> bool {
        let file = self.file(self.message(extension.extendee).file);
        file.path == DESCRIPTOR && !file.requested
    }

    /// The other files whose types the fields and extensions of a file mention.
    #[must_use]
    pub fn referenced_files(&self, file: FileId) -> BTreeSet<FileId> {
        let mut files = BTreeSet::new();
        let mut mention = |ty| {
            files.extend(match ty {
                Type::Message(id) => Some(self.message(id).file),
                Type::Enum(id) => Some(self.enumeration(id).file),
                Type::Scalar(_) => None,
            });
        };
        for message in self.messages_in(file) {
            for field in &message.fields {
                mention(field.shape.value_type());
            }
        }
        for extension in self.extensions_in(file) {
            mention(extension.field.shape.value_type());
            mention(Type::Message(extension.extendee));
        }
        files.remove(&file);
        files
    }

    /// The files that who imports a file sees by that: itself, and what it imports publicly at any distance.
    #[must_use]
    pub fn seen_through(&self, file: FileId) -> BTreeSet<FileId> {
        let mut seen = BTreeSet::from([file]);
        let mut open = vec![file];
        while let Some(id) = open.pop() {
            let public = self.file(id).public_imports();
            open.extend(public.filter(|&other| seen.insert(other)));
        }
        seen
    }

    /// The files that code is generated for: those that were asked for, and at any distance those whose types they
    /// mention or that they import publicly.
    #[must_use]
    pub fn generated_files(&self) -> BTreeSet<FileId> {
        let mut found: BTreeSet<FileId> = self.requested_files().map(|file| file.id).collect();
        let mut open: Vec<FileId> = found.iter().copied().collect();
        while let Some(id) = open.pop() {
            let mut more = self.referenced_files(id);
            more.extend(self.file(id).public_imports());
            open.extend(more.into_iter().filter(|&other| found.insert(other)));
        }
        found
    }
}

/// The elements of one file: arenas hold them file by file.
fn of_file<T>(arena: &[T], file: FileId, file_of: impl Fn(&T) -> FileId) -> &[T] {
    let begin = arena.partition_point(|it| file_of(it) < file);
    let end = arena.partition_point(|it| file_of(it) <= file);
    &arena[begin..end]
}
