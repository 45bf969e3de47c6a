//! The linker: from the parsed files of a load to files whose names, options and features are resolved.
//!
//! protox-parse gives the syntax of a file; everything that needs more than one file is decided here, by the rules
//! of protoc. protox's own linker is not used: it refuses what protoc accepts (`foo_bar` beside `foobar`, big
//! MessageSet numbers), takes time quadratic in options, computes `packed` before options are known, drops custom
//! options and stops at the first bad file.
//!
//! # For rules over the result
//! A rule walks [`Linked::files`] (dependency order) and their [`FileProto`]: messages, enums and extensions are flat
//! lists. Types are resolved in `FieldProto::resolved`, features in `features`, names in [`Linked::full_name`]. To
//! say something of an element, build its path and ask for its span:
//!
//! ```text
//! let path = join(&file.proto.message_path(index), &[tag::message::FIELD, to_i32(position), tag::field::NUMBER]);
//! diagnostics.push(Diagnostic::error(&codes::X, "…").at(linked.span(file_index, &path), "what is here"));
//! ```
//! [`Linked::span`] falls back to the nearest enclosing element that has a location, so a path may be as exact as the
//! rule can tell.

mod declare;
mod default_values;
mod options;
mod resolve;
mod symbols;
mod types;
mod visible;

use std::cell::OnceCell;

pub(crate) use symbols::{Symbol, SymbolId, Symbols};

use super::descriptor::{EnumProto, EnumRef, FileProto, MessageProto, MessageRef};
use crate::contract::Edition;
use crate::diagnostics::Diagnostic;
use crate::source::{SourceId, Span};

/// The files of a load with everything resolved.
#[derive(Debug, Default)]
pub(crate) struct Linked {
    /// The files in dependency order, ties by path.
    pub(crate) files: Vec<LinkedFile>,
    /// All names.
    pub(crate) symbols: Symbols,
}

/// A file and its place among the others.
#[derive(Debug)]
pub(crate) struct LinkedFile {
    /// What it says.
    pub(crate) proto: FileProto,
    /// Where it was read from.
    pub(crate) source: SourceId,
    /// Its language version.
    pub(crate) edition: Edition,
    /// Whether it was asked for, as against imported.
    pub(crate) requested: bool,
    /// Whether it was parsed from source text, as against decoded from a descriptor set.
    pub(crate) from_source: bool,
    /// Whether it is here only because it describes options: no file imports it and the contract leaves it out.
    pub(crate) hidden: bool,
    /// The index of each import in [`Linked::files`], parallel to `proto.dependency`. `None`: it is missing, which
    /// was told.
    pub(crate) imports: Vec<Option<u32>>,
    /// The same for `proto.option_dependency`.
    pub(crate) option_imports: Vec<Option<u32>>,
    /// The files whose names it may use, itself included, by index, sorted.
    pub(crate) visible: Vec<u32>,
    /// Whether all files whose names it may use are there. If not, an unknown name may be in a file that is broken or
    /// missing, which was told already, so nothing is said of the name.
    pub(crate) complete: bool,
    /// The positions of the locations, sorted by path; made when the first span is asked for.
    pub(crate) index: OnceCell<Vec<u32>>,
}

/// Links files that are in dependency order.
pub(crate) fn link(files: Vec<LinkedFile>, diagnostics: &mut Vec<Diagnostic>) -> Linked {
    let mut linked = Linked {
        files,
        symbols: Symbols::default(),
    };
    visible::compute(&mut linked, diagnostics);
    declare::declare(&mut linked, diagnostics);
    types::resolve(&mut linked, diagnostics);
    default_values::check(&linked, diagnostics);
    options::interpret(&mut linked, diagnostics);
    linked
}

impl Linked {
    /// The message that a reference stands for.
    pub(crate) fn message(&self, message: MessageRef) -> &MessageProto {
        &self.files[message.file as usize].proto.messages[message.index as usize]
    }

    /// The enum that a reference stands for.
    pub(crate) fn enumeration(&self, enumeration: EnumRef) -> &EnumProto {
        &self.files[enumeration.file as usize].proto.enums[enumeration.index as usize]
    }

    /// The full name of a message.
    pub(crate) fn message_name(&self, message: MessageRef) -> &str {
        self.symbols.name(self.message(message).symbol)
    }

    /// The full name of an enum.
    pub(crate) fn enum_name(&self, enumeration: EnumRef) -> &str {
        self.symbols.name(self.enumeration(enumeration).symbol)
    }

    /// The span of the element with this path, or of the nearest one around it that has a location. The empty path
    /// stands for no place. `None` where the file has no source information.
    pub(crate) fn span(&self, file: u32, path: &[i32]) -> Option<Span> {
        (1..=path.len())
            .rev()
            .find_map(|length| self.exact_span(file, &path[..length]))
    }

    /// The span of the element with this path and of no other.
    pub(crate) fn exact_span(&self, file: u32, path: &[i32]) -> Option<Span> {
        let file = &self.files[file as usize];
        let locations = &file.proto.locations;
        let path_of = |position: &u32| locations.path(*position as usize);
        let index = file.index.get_or_init(|| {
            // The parser gives them in this order already, and then sorting is one pass.
            let mut index: Vec<u32> = (0..super::paths::to_u32(locations.len())).collect();
            index.sort_by(|a, b| path_of(a).cmp(path_of(b)));
            index
        });
        let first = index.partition_point(|position| path_of(position) < path);
        index
            .get(first)
            .filter(|position| path_of(position) == path)
            .and_then(|&found| span(file.source, locations.span(found as usize)))
    }

    /// The span of a symbol's name.
    pub(crate) fn declaration(&self, id: SymbolId) -> Option<Span> {
        let file = self.symbols.file(id);
        let path = declare::name_path(&self.files[file as usize].proto, self.symbols.symbol(id));
        self.span(file, &path)
    }
}

/// The span of a location, from its numbers; `None` if it is not well formed.
pub(crate) fn span(source: SourceId, numbers: &[i32]) -> Option<Span> {
    let number = |index: usize| numbers.get(index).and_then(|&n| u32::try_from(n).ok());
    let (end_line, end_column) = match numbers.len() {
        3 => (number(0)?, number(2)?),
        4 => (number(2)?, number(3)?),
        _ => return None,
    };
    Some(Span {
        source,
        start_line: number(0)?,
        start_column: number(1)?,
        end_line,
        end_column,
    })
}
