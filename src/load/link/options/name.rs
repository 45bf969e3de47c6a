//! From the name of an option to the field that it sets: built-in fields, custom options in parentheses, and fields
//! within them.

use prost_types::{UninterpretedOption, uninterpreted_option::NamePart};

use super::super::resolve::{Lookup, Want, lookup};
use super::super::{Linked, Symbol, SymbolId};
use super::aggregate::MAX_DEPTH;
use super::tree::Tree;
use super::{Interpreter, Outcome, Problem};
use crate::load::descriptor::{FieldProto, Label, MessageRef, TypeRef};
use crate::wire;

impl<'a> Interpreter<'a> {
    /// Interprets one option and adds it to its options message.
    pub(super) fn option(
        &mut self,
        options: MessageRef,
        option: &UninterpretedOption,
        tree: &mut Tree,
    ) -> Outcome<()> {
        let written = written_name(&option.name);
        let path = self.path(options, &option.name, &written)?;
        let Some(&last) = path.last() else {
            return Err(Problem::new(
                "an option has no name",
                "write its name before `=`",
            ));
        };
        if last.label != Label::Repeated && tree.has_path(&path) {
            return Err(Problem::new(
                format!("the option `{written}` is set twice"),
                "remove one of the two",
            ));
        }
        let node = self.value(last, option, &written)?;
        tree.push_at(&path, node);
        Ok(())
    }

    /// The fields that the parts of a name stand for.
    fn path(
        &mut self,
        options: MessageRef,
        name: &[NamePart],
        written: &str,
    ) -> Outcome<Vec<&'a FieldProto>> {
        if name.len() > MAX_DEPTH as usize {
            return Err(Problem::new(
                format!("the name of an option has {} parts", name.len()),
                format!("a name may have {MAX_DEPTH} parts"),
            ));
        }
        let mut path = Vec::with_capacity(name.len());
        let mut message = options;
        for (position, part) in name.iter().enumerate() {
            if position == 0 && !part.is_extension && part.name_part == "uninterpreted_option" {
                return Err(Problem::new(
                    "`uninterpreted_option` is reserved for compilers",
                    "remove it",
                ));
            }
            let field = if part.is_extension {
                self.extension(message, &part.name_part)?
            } else {
                self.field(message, &part.name_part, written)?
            };
            path.push(field);
            if position + 1 == name.len() {
                break;
            }
            match field.resolved {
                TypeRef::Message(inner) if field.label != Label::Repeated => message = inner,
                TypeRef::Message(_) => {
                    return Err(Problem::new(
                        format!("`{}` in the option `{written}` is repeated", field.name),
                        "set each of its messages as a whole: `option = { … }`",
                    ));
                }
                TypeRef::Enum(_) | TypeRef::None => {
                    return Err(Problem::new(
                        format!(
                            "`{}` in the option `{written}` is not a message",
                            field.name
                        ),
                        "remove what stands after it",
                    ));
                }
            }
        }
        Ok(path)
    }

    fn field(&self, message: MessageRef, name: &str, written: &str) -> Outcome<&'a FieldProto> {
        let proto = self.linked.message(message);
        if let Some(field) = proto.fields.iter().find(|field| field.name == name) {
            return Ok(field);
        }
        let full_name = self.linked.message_name(message);
        // The parser takes the first of these for itself and leaves a second one to us.
        if full_name == "google.protobuf.FieldOptions" && matches!(name, "default" | "json_name") {
            return Err(Problem::new(
                format!("the option `{name}` is set twice"),
                "remove one of the two",
            ));
        }
        let nearest = proto
            .fields
            .iter()
            .map(|field| (strsim::damerau_levenshtein(name, &field.name), &field.name))
            .filter(|(distance, _)| *distance <= 3)
            .min();
        let help = match nearest {
            Some((_, nearest)) => format!("did you mean `{nearest}`?"),
            None if full_name.starts_with("google.protobuf.") => {
                format!("write a custom option in parentheses: `({name})`")
            }
            None => format!("see the fields of `{full_name}`"),
        };
        Err(
            Problem::new(format!("there is no option `{written}`"), help)
                .note(format!("`{full_name}` has no field `{name}`")),
        )
    }

    /// The extension of `message` that a name in parentheses stands for.
    pub(super) fn extension(&mut self, message: MessageRef, name: &str) -> Outcome<&'a FieldProto> {
        let scope = std::mem::take(&mut self.scope);
        let found = self.look_up_extension(message, name, &scope);
        self.scope = scope;
        found
    }

    /// As [`Self::extension`], looked up from inside `scope`.
    pub(super) fn look_up_extension(
        &mut self,
        message: MessageRef,
        name: &str,
        scope: &str,
    ) -> Outcome<&'a FieldProto> {
        let linked = self.linked;
        let found = match lookup(
            linked,
            self.file,
            name,
            scope,
            Want::Anything,
            &mut self.scratch,
        ) {
            Lookup::Found(found) => found,
            Lookup::NotImported(found) => {
                let file = &linked.files[linked.symbols.file(found) as usize].proto.path;
                let mut problem = Problem::new(
                    format!("the option `({name})` is defined in `{file}`, which is not imported"),
                    format!("add `import \"{file}\";`"),
                );
                problem.other = Some((found, "defined here"));
                return Err(problem);
            }
            Lookup::Shadowed(tried) => {
                return Err(Problem::new(
                    format!("the option `({name})` is resolved to `{tried}`, which does not exist"),
                    format!("write `(.{name})` to start from the outermost scope"),
                )
                .note("the innermost scope that has the first part of a name decides, even if the rest is not in it"));
            }
            Lookup::Missing => {
                return Err(Problem::new(
                    format!("the option `({name})` is not defined"),
                    "import the file that defines it",
                ));
            }
        };
        extension_of(linked, message, found).ok_or_else(|| {
            let mut problem = Problem::new(
                format!(
                    "`{}` is {}, not an extension of `{}`",
                    linked.symbols.name(found),
                    linked.symbols.symbol(found).noun(),
                    linked.message_name(message)
                ),
                format!("name an extension of `{}`", linked.message_name(message)),
            );
            problem.other = Some((found, "defined here"));
            problem
        })
    }
}

/// The extension of `message` that a symbol is (or the field, which protoc also takes in parentheses), or, as in MessageSets, the extension that lies in the message that it
/// is and has that message as its type.
fn extension_of(linked: &Linked, message: MessageRef, found: SymbolId) -> Option<&FieldProto> {
    let extensions = &linked.files[linked.symbols.file(found) as usize]
        .proto
        .extensions;
    match linked.symbols.symbol(found) {
        Symbol::Extension(index) => {
            let extension = &extensions[index as usize];
            (extension.resolved_extendee == Some(message)).then_some(&extension.field)
        }
        Symbol::Message(inner) if is_message_set(linked, message) => linked
            .message(inner)
            .extensions
            .iter()
            .map(|&index| &extensions[index as usize])
            .find(|extension| {
                extension.resolved_extendee == Some(message)
                    && extension.field.label == Label::Optional
                    && extension.field.resolved == TypeRef::Message(inner)
            })
            .map(|extension| &extension.field),
        Symbol::Field {
            message: owner,
            index,
        } if owner == message => linked.message(owner).fields.get(index as usize),
        Symbol::Field { .. }
        | Symbol::Message(_)
        | Symbol::Package
        | Symbol::Oneof { .. }
        | Symbol::Enum(_)
        | Symbol::EnumValue { .. }
        | Symbol::Service(_)
        | Symbol::Method { .. } => None,
    }
}

fn is_message_set(linked: &Linked, message: MessageRef) -> bool {
    wire::last_varint(
        linked.message(message).options.bytes(),
        crate::load::facts::option::MESSAGE_SET,
    ) == Some(1)
}

/// The name as it is written: `(a.b).c`.
fn written_name(name: &[NamePart]) -> String {
    let mut written = String::new();
    for part in name {
        if !written.is_empty() {
            written.push('.');
        }
        if part.is_extension {
            written.push('(');
            written.push_str(&part.name_part);
            written.push(')');
        } else {
            written.push_str(&part.name_part);
        }
    }
    written
}
