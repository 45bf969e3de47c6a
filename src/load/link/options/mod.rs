//! Interprets options: from `name = value` as written to the bytes of the options message.
//!
//! Built-in options of a file are done first, then its features, then custom options, because how a custom option is
//! encoded depends on features (`packed`) that may be declared in the same file. Source: the behaviour of protoc 36.

mod aggregate;
mod element;
mod name;
mod text;
mod tree;
mod value;

use prost_types::UninterpretedOption;

use super::{Linked, SymbolId};
use crate::diagnostics::{Diagnostic, codes};
use crate::load::descriptor::{MessageRef, tag};
use crate::load::features;
use crate::load::paths::{join, to_i32, to_u32};
use crate::source::Span;

use element::Element;
use tree::Tree;

/// An option as written, and its position among those of its element.
type Written = (usize, UninterpretedOption);

/// Interprets the options of all files and resolves the features of their elements.
pub(super) fn interpret(linked: &mut Linked, diagnostics: &mut Vec<Diagnostic>) {
    let schema = Schema::find(linked);
    // The file that describes options comes last if nobody imports it, but its features are needed first.
    for file in &mut linked.files {
        if !file.from_source {
            features::resolve(file);
        }
    }
    for index in 0..linked.files.len() {
        if !linked.files[index].from_source {
            continue;
        }
        let mut built_in = Vec::new();
        let mut custom = Vec::new();
        for (element, options) in element::take(&mut linked.files[index].proto) {
            let (extensions, names): (Vec<_>, Vec<_>) = options
                .into_iter()
                .enumerate()
                .partition(|(_, option)| option.name.first().is_some_and(|part| part.is_extension));
            built_in.extend((!names.is_empty()).then_some((element, names)));
            custom.extend((!extensions.is_empty()).then_some((element, extensions)));
        }
        run(linked, &schema, to_u32(index), built_in, diagnostics);
        features::resolve(&mut linked.files[index]);
        run(linked, &schema, to_u32(index), custom, diagnostics);
    }
}

/// Interprets options and adds them to their elements.
fn run(
    linked: &mut Linked,
    schema: &Schema,
    file: u32,
    pending: Vec<(Element, Vec<Written>)>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut interpreter = Interpreter {
        linked,
        diagnostics,
        file,
        scope: String::new(),
        scratch: String::new(),
    };
    let mut interpreted = Vec::with_capacity(pending.len());
    for (element, written) in pending {
        interpreted.push((element, interpreter.element(schema, element, &written)));
    }
    for (element, bytes) in interpreted {
        let options = element.options_mut(&mut linked.files[file as usize].proto);
        options.bytes_mut().extend_from_slice(&bytes);
    }
}

/// The messages that describe options. `None` for one that the contract's own `descriptor.proto` does not have.
struct Schema {
    messages: [Option<MessageRef>; element::OPTIONS.len()],
}

impl Schema {
    fn find(linked: &Linked) -> Self {
        Self {
            messages: element::OPTIONS.map(|name| {
                let id = linked.symbols.find(name)?;
                match linked.symbols.symbol(id) {
                    super::Symbol::Message(message) => Some(message),
                    super::Symbol::Package
                    | super::Symbol::Field { .. }
                    | super::Symbol::Oneof { .. }
                    | super::Symbol::Enum(_)
                    | super::Symbol::EnumValue { .. }
                    | super::Symbol::Extension(_)
                    | super::Symbol::Service(_)
                    | super::Symbol::Method { .. } => None,
                }
            }),
        }
    }
}

/// Interprets the options of one file.
struct Interpreter<'a> {
    linked: &'a Linked,
    diagnostics: &'a mut Vec<Diagnostic>,
    file: u32,
    /// The full name of the element whose options are read; custom options are looked up from there.
    scope: String,
    scratch: String,
}

/// Why an option cannot be interpreted.
struct Problem {
    message: String,
    note: Option<String>,
    help: String,
    /// Another place that matters, and what is to be said of it.
    other: Option<(SymbolId, &'static str)>,
}

impl Problem {
    fn new(message: impl Into<String>, help: impl Into<String>) -> Box<Self> {
        Box::new(Self {
            message: message.into(),
            note: None,
            help: help.into(),
            other: None,
        })
    }

    fn note(mut self: Box<Self>, note: impl Into<String>) -> Box<Self> {
        self.note = Some(note.into());
        self
    }
}

type Outcome<T> = Result<T, Box<Problem>>;

impl Interpreter<'_> {
    /// The bytes of an element's options.
    fn element(&mut self, schema: &Schema, element: Element, written: &[Written]) -> Vec<u8> {
        let proto = &self.linked.files[self.file as usize].proto;
        element.scope(proto, &self.linked.symbols, &mut self.scope);
        let Some(message) = schema.messages[element.schema()] else {
            return Vec::new();
        };
        let mut tree = Tree::default();
        for (position, option) in written {
            if let Err(problem) = self.option(message, option, &mut tree) {
                self.tell(element, *position, *problem);
            }
        }
        let mut bytes = Vec::new();
        tree.encode(&mut bytes);
        bytes
    }

    fn tell(&mut self, element: Element, position: usize, problem: Problem) {
        let file = &self.linked.files[self.file as usize];
        if !file.complete {
            return;
        }
        let mut diagnostic = Diagnostic::error(&codes::OPTION, problem.message)
            .at(self.span(element, position), "")
            .in_file(file.proto.path.clone())
            .help(problem.help);
        if let Some((symbol, text)) = problem.other {
            diagnostic = diagnostic.and(self.linked.declaration(symbol), text);
        }
        if let Some(note) = problem.note {
            diagnostic = diagnostic.note(note);
        }
        self.diagnostics.push(diagnostic);
    }

    fn span(&self, element: Element, position: usize) -> Option<Span> {
        let path = element.options_path(&self.linked.files[self.file as usize].proto);
        let option = [tag::UNINTERPRETED_OPTION, to_i32(position)];
        self.linked.span(self.file, &join(&path, &option))
    }
}
