//! What buf says of elements that left their file, or their package.

use std::collections::BTreeSet;

use super::view::{Holder, View};
use super::{BufRule, Remarks, rules};
use crate::compat::delta::{
    Both, Delta, Ends, EnumChange, FieldAt, FieldChange, MessageChange, ServiceChange,
};
use crate::contract::{Element, Enum, Extension, FileId, Service, Shape};

/// A sort of element; names are unique within one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sort {
    Message,
    Enum,
    Service,
    Extension,
}

/// An element that can be missed.
struct Thing<'v, 'a> {
    sort: Sort,
    file: FileId,
    full_name: &'v str,
    what: What<'v, 'a>,
}

enum What<'v, 'a> {
    Message(&'v Holder<'a>),
    Enum(&'a Enum),
    Service(&'a Service),
    Extension(&'a Extension),
}

/// Elements are missed in the file of their path, and in their package wherever it is.
pub(super) fn gone<'a>(views: &Both<View<'a>>, remarks: &mut Remarks<'a>) {
    let fresh = things(&views.new);
    let key = |view: &View<'a>, thing: &Thing<'_, 'a>, scope: &str| {
        let nested = view.nested(thing.file, thing.full_name);
        (scope.to_owned(), thing.sort, nested.to_owned())
    };
    let package = |view: &View<'a>, file: FileId| view.contract.file(file).package.clone();
    let in_files: BTreeSet<_> = fresh
        .iter()
        .map(|it| key(&views.new, it, views.new.path(it.file)))
        .collect();
    let in_packages: BTreeSet<_> = fresh
        .iter()
        .map(|it| key(&views.new, it, &package(&views.new, it.file)))
        .collect();
    // A package without services is a package; one without messages is none to the rule of messages, and so on: the last
    // element that goes is not missed.
    let scopes: BTreeSet<(String, Sort)> = fresh
        .iter()
        .map(|it| (package(&views.new, it.file), it.sort))
        .collect();
    for thing in things(&views.old) {
        let path = views.old.path(thing.file);
        let has_file = views.new.files.contains_key(path);
        if has_file && !in_files.contains(&key(&views.old, &thing, path)) {
            let rule = match thing.sort {
                Sort::Message => &rules::MESSAGE_NO_DELETE,
                Sort::Enum => &rules::ENUM_NO_DELETE,
                Sort::Service => &rules::SERVICE_NO_DELETE,
                Sort::Extension => &rules::EXTENSION_NO_DELETE,
            };
            say(rule, &thing, views, Some(path), remarks);
        }
        let package = package(&views.old, thing.file);
        let has_package = match thing.sort {
            Sort::Service => views.new.packages.contains_key(package.as_str()),
            Sort::Message | Sort::Enum | Sort::Extension => {
                scopes.contains(&(package.clone(), thing.sort))
            }
        };
        if has_package && !in_packages.contains(&key(&views.old, &thing, &package)) {
            let rule = match thing.sort {
                Sort::Message => &rules::PACKAGE_MESSAGE_NO_DELETE,
                Sort::Enum => &rules::PACKAGE_ENUM_NO_DELETE,
                Sort::Service => &rules::PACKAGE_SERVICE_NO_DELETE,
                Sort::Extension => &rules::PACKAGE_EXTENSION_NO_DELETE,
            };
            let file = has_file.then(|| place(&thing, path, views));
            say(rule, &thing, views, file, remarks);
        }
    }
}

/// Where a thing is missed in its package: a message where the one around it is now, all else in the file that it was in.
fn place<'v, 'a>(thing: &Thing<'v, 'a>, path: &'v str, views: &'v Both<View<'a>>) -> &'v str {
    let mut outer = thing.full_name;
    while let (Sort::Message, Some((around, _))) = (thing.sort, outer.rsplit_once('.')) {
        if let Some(holder) = views.new.messages.get(around) {
            return views.new.path(holder.message.file);
        }
        outer = around;
    }
    path
}

fn things<'v, 'a>(view: &'v View<'a>) -> Vec<Thing<'v, 'a>> {
    let messages = view.messages.iter().map(|(name, holder)| Thing {
        sort: Sort::Message,
        file: holder.message.file,
        full_name: name,
        what: What::Message(holder),
    });
    let enums = view.enums.values().map(|it| Thing {
        sort: Sort::Enum,
        file: it.file,
        full_name: it.full_name.as_str(),
        what: What::Enum(it),
    });
    let services = view.services.values().map(|it| Thing {
        sort: Sort::Service,
        file: it.file,
        full_name: it.full_name.as_str(),
        what: What::Service(it),
    });
    let extensions = view.extensions.values().map(|(it, _)| Thing {
        sort: Sort::Extension,
        file: it.file,
        full_name: it.full_name.as_str(),
        what: What::Extension(it),
    });
    let all = messages.chain(enums).chain(services).chain(extensions);
    all.collect()
}

fn say<'a>(
    rule: &'static BufRule,
    thing: &Thing<'_, 'a>,
    views: &Both<View<'a>>,
    file: Option<&str>,
    remarks: &mut Remarks<'a>,
) {
    let delta = match thing.what {
        What::Message(holder) => message(holder, views),
        What::Enum(old) => match views.new.enums.get(old.full_name.as_str()) {
            Some(new) => Delta::Enum(EnumChange::Moved, Ends::Both(Both { old, new })),
            None => Delta::Enum(EnumChange::Removed, Ends::Old(old)),
        },
        What::Service(old) => match views.new.services.get(old.full_name.as_str()) {
            Some(new) => Delta::Service(ServiceChange::Moved, Ends::Both(Both { old, new })),
            None => Delta::Service(ServiceChange::Removed, Ends::Old(old)),
        },
        What::Extension(old) => extension(old, views),
    };
    let element = views.old.nested(thing.file, thing.full_name);
    remarks.say_at(rule, delta, file, element);
}

/// A message that is elsewhere, or gone. The entry of a map is where its message is, and goes with its map.
fn message<'a>(gone: &Holder<'a>, views: &Both<View<'a>>) -> Delta<'a> {
    let old = gone.message;
    let Some(new) = views.new.messages.get(old.full_name.as_str()) else {
        return Delta::Message(MessageChange::Removed, Ends::Old(old));
    };
    let messages = Both {
        old,
        new: new.message,
    };
    let Some(map) = gone.map else {
        return Delta::Message(MessageChange::Moved, Ends::Both(messages));
    };
    let Some(is) = new.fields.get(&map.field.number) else {
        return Delta::Field(FieldChange::Removed, messages, Ends::Old(map));
    };
    let both = Both {
        old: map,
        new: is.at,
    };
    match is.at.field.shape {
        Shape::Map { .. } if is.at.field.name == map.field.name => {
            Delta::Message(MessageChange::Moved, Ends::Both(messages))
        }
        Shape::Map { .. } => Delta::Field(FieldChange::Renamed, messages, Ends::Both(both)),
        Shape::Singular { .. } | Shape::Repeated { .. } => {
            Delta::Field(FieldChange::Cardinality, messages, Ends::Both(both))
        }
    }
}

/// An extension that is elsewhere, has another name, or is gone, with what it extended or without.
fn extension<'a>(old: &'a Extension, views: &Both<View<'a>>) -> Delta<'a> {
    let holder = views.old.contract.message(old.extendee);
    let was = FieldAt {
        holder,
        field: &old.field,
        extension: Some(old),
    };
    let named = match views.new.contract.find(old.full_name.as_str()) {
        Some(Element::Extension(id)) => Some(views.new.contract.extension(id)),
        Some(Element::Message(_) | Element::Enum(_) | Element::Service(_)) | None => None,
    };
    let key = (holder.full_name.as_str(), old.field.number);
    let numbered = || views.new.extensions.get(&key).map(|(it, _)| *it);
    if let Some(new) = named.or_else(numbered) {
        let is = FieldAt {
            holder: views.new.contract.message(new.extendee),
            field: &new.field,
            extension: Some(new),
        };
        let change = match old.full_name == new.full_name {
            true => FieldChange::Moved,
            false => FieldChange::Renamed,
        };
        let holders = Both {
            old: holder,
            new: is.holder,
        };
        return Delta::Field(change, holders, Ends::Both(Both { old: was, new: is }));
    }
    match views.new.messages.get(holder.full_name.as_str()) {
        Some(new) => {
            let holders = Both {
                old: holder,
                new: new.message,
            };
            Delta::Field(FieldChange::Removed, holders, Ends::Old(was))
        }
        None => Delta::Message(MessageChange::Removed, Ends::Old(holder)),
    }
}
