//! What is marked deprecated now and was not. No payload tells, so it is no change that surfaces judge.

use crate::compat::delta::{Both, FieldAt};
use crate::compat::pair::Pairs;
use crate::contract::FileId;
use crate::source::Span;

/// An element that is marked.
pub(super) struct Marked {
    pub(super) name: String,
    pub(super) message: String,
    pub(super) file: FileId,
    pub(super) span: Option<Span>,
}

fn mark(sort: &str, name: String, file: FileId, span: Option<Span>) -> Marked {
    Marked {
        message: format!("{sort} `{name}` is deprecated now"),
        name,
        file,
        span,
    }
}

/// The elements in the order of the pairs.
pub(super) fn marked(pairs: &Pairs<'_>) -> Vec<Marked> {
    let Both { old, new } = pairs.contracts;
    let mut found = Vec::new();
    for (ids, _) in pairs.messages.iter() {
        let (was, is) = (old.message(ids.old), new.message(ids.new));
        if !was.deprecated && is.deprecated {
            found.push(mark("message", is.full_name.to_string(), is.file, is.span));
        }
        let fields = pairs.fields(ids).map_or(&[][..], |it| &it.both);
        for Both { old: was, new: at } in fields {
            let at: &FieldAt<'_> = at;
            if !was.field.deprecated && at.field.deprecated {
                let (sort, file) = match at.extension {
                    Some(extension) => ("extension", extension.file),
                    None => ("field", at.holder.file),
                };
                found.push(mark(sort, at.full_name(), file, at.field.span));
            }
        }
    }
    for (ids, _) in pairs.enums.iter() {
        let (was, is) = (old.enumeration(ids.old), new.enumeration(ids.new));
        if !was.deprecated && is.deprecated {
            found.push(mark("enum", is.full_name.to_string(), is.file, is.span));
        }
        for value in &is.values {
            let before = was.values.iter().find(|it| it.name == value.name);
            if value.deprecated && before.is_some_and(|it| !it.deprecated) {
                let name = format!("{}.{}", is.full_name, value.name);
                found.push(mark("enum value", name, is.file, value.span));
            }
        }
    }
    for (ids, _) in pairs.services.iter() {
        let (was, is) = (old.service(ids.old), new.service(ids.new));
        if !was.deprecated && is.deprecated {
            found.push(mark("service", is.full_name.to_string(), is.file, is.span));
        }
        for method in &is.methods {
            let before = was.methods.iter().find(|it| it.name == method.name);
            if method.deprecated && before.is_some_and(|it| !it.deprecated) {
                let name = format!("{}.{}", is.full_name, method.name);
                found.push(mark("method", name, is.file, method.span));
            }
        }
    }
    found
}
