//! What differs between the fields of two paired messages.

use super::{is_moved, is_reserved};
use crate::compat::delta::{Both, Delta, Ends, FieldAt, FieldChange};
use crate::compat::options::{Style, is_textual};
use crate::compat::pair::{Fields, How, Pairs, is_asked};
use crate::contract::{Contract, Field, Message, Presence, Scalar, Shape, Type};

pub(super) fn fields<'a>(
    pairs: &Pairs<'a>,
    messages: Both<&'a Message>,
    fields: &Fields<'a>,
    deltas: &mut Vec<Delta<'a>>,
) {
    for pair in &fields.both {
        for change in differences(*pair, fields) {
            deltas.push(Delta::Field(change, messages, Ends::Both(*pair)));
        }
        for change in in_code(pairs, *pair) {
            deltas.push(Delta::Field(change, messages, Ends::Both(*pair)));
        }
    }
    // An import that is no longer there takes its extensions along: they are gone from sight, not from the world.
    let contracts = pairs.contracts;
    let is_asked_for = |contract: &Contract, at: FieldAt<'_>| {
        let file = at.extension.map(|it| it.file);
        file.is_none_or(|it| is_asked(contract, it))
    };
    for at in (fields.removed.iter()).filter(|it| is_asked_for(contracts.old, **it)) {
        let ends = Ends::Old(*at);
        deltas.push(Delta::Field(FieldChange::Removed, messages, ends));
        if at.field.presence() == Some(Presence::Required) {
            deltas.push(Delta::Field(FieldChange::Required, messages, ends));
        }
        if at.extension.is_none() && is_up_for_reuse(messages.new, at.field) {
            deltas.push(Delta::Field(FieldChange::Unreserved, messages, ends));
        }
    }
    for at in (fields.added.iter()).filter(|it| is_asked_for(contracts.new, **it)) {
        let ends = Ends::New(*at);
        deltas.push(Delta::Field(FieldChange::Added, messages, ends));
        if at.field.presence() == Some(Presence::Required) {
            deltas.push(Delta::Field(FieldChange::Required, messages, ends));
        }
        let reserved = &messages.old.reserved;
        let reused =
            is_reserved(reserved, at.field.number) || reserved.names.contains(&at.field.name);
        if at.extension.is_none() && reused {
            deltas.push(Delta::Field(FieldChange::NumberReused, messages, ends));
        }
    }
}

/// Whether nothing keeps somebody from using the number or the name of a field that is gone. A number that is in use
/// already is told of its user.
fn is_up_for_reuse(message: &Message, gone: &Field) -> bool {
    let used = message.fields.iter().any(|it| it.number == gone.number);
    let number = !used && !is_reserved(&message.reserved, gone.number);
    let name = !message.reserved.names.contains(&gone.name);
    number || name
}

/// In the order in which they matter: the first of several is the one that explains what happens to data.
pub(in crate::compat) fn differences(
    pair: Both<FieldAt<'_>>,
    fields: &Fields<'_>,
) -> Vec<FieldChange> {
    let Both { old, new } = pair.map(|at| at.field);
    let extensions = pair.map(|at| at.extension.map(|it| &it.full_name));
    let mut found = Vec::new();
    let mut when = |differs: bool, change: FieldChange| {
        if differs {
            found.push(change);
        }
    };
    let renamed = old.name != new.name || extensions.old != extensions.new;
    when(old.number != new.number, FieldChange::Renumbered);
    when(renamed, FieldChange::Renamed);
    when(
        !renamed && old.json_name != new.json_name,
        FieldChange::JsonName,
    );
    let forms = [Form::of(old), Form::of(new)];
    when(forms[0] != forms[1], FieldChange::Cardinality);
    // A list of entries and a map are one thing on the wire: their types are not compared one by one.
    let is_map = |form: &Form| matches!(form, Form::Map);
    let kinds = forms.iter().filter(|it| is_map(it)).count() != 1 && kinds(old) != kinds(new);
    when(kinds, FieldChange::Kind);
    let presence = [old.presence(), new.presence()];
    if let [Some(was), Some(is)] = presence {
        let required = [was, is].map(|it| it == Presence::Required);
        when(required[0] != required[1], FieldChange::Required);
        let implicit = [was, is].map(|it| it == Presence::Implicit);
        when(implicit[0] != implicit[1], FieldChange::Presence);
    }
    when(excludes(pair, fields), FieldChange::Oneof);
    when(
        !kinds && old.verify_utf8 != new.verify_utf8,
        FieldChange::Utf8,
    );
    when(!kinds && default_differs(old, new), FieldChange::Default);
    when(packing(old) != packing(new), FieldChange::Packing);
    found
}

/// What differs for generated code alone: no payload shows it.
fn in_code(pairs: &Pairs<'_>, pair: Both<FieldAt<'_>>) -> Vec<FieldChange> {
    let contracts = pairs.contracts;
    let mut found = Vec::new();
    let mut when = |differs: bool, change: FieldChange| {
        if differs {
            found.push(change);
        }
    };
    let extensions = (pair.old.extension, pair.new.extension);
    if let (Some(old), Some(new)) = extensions {
        let files = Both {
            old: old.file,
            new: new.file,
        };
        let nested = old.scope.is_some();
        when(
            is_moved(pairs, How::Name, nested, files),
            FieldChange::Moved,
        );
    }
    let types = pair.map(|at| at.field.shape.value_type());
    when(is_other_type(pairs, types), FieldChange::Type);
    let styles = Both {
        old: Style::of(contracts.old, pair.old),
        new: Style::of(contracts.new, pair.new),
    };
    let both = |is: fn(Type) -> bool| is(types.old) && is(types.new);
    let is_long = |ty: Type| matches!(ty, Type::Scalar(scalar) if Style::is_of_long(scalar));
    let is_string = |ty: Type| matches!(ty, Type::Scalar(Scalar::String));
    when(
        both(is_long) && styles.old.jstype != styles.new.jstype,
        FieldChange::Jstype,
    );
    when(
        both(is_textual) && styles.old.cpp_string != styles.new.cpp_string,
        FieldChange::CppString,
    );
    when(
        both(is_string) && styles.old.java_utf8 != styles.new.java_utf8,
        FieldChange::JavaUtf8,
    );
    found
}

/// Whether values are of another message or enum, and not of the same one under another name.
fn is_other_type(pairs: &Pairs<'_>, types: Both<Type>) -> bool {
    match (types.old, types.new) {
        (Type::Message(old), Type::Message(new)) => {
            pairs.messages.how(Both { old, new }) == Some(How::Use)
        }
        (Type::Enum(old), Type::Enum(new)) => pairs.enums.how(Both { old, new }) == Some(How::Use),
        (Type::Scalar(_) | Type::Message(_) | Type::Enum(_), _) => false,
    }
}

/// How many values a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Singular,
    Repeated,
    Map,
}

impl Form {
    fn of(field: &Field) -> Self {
        match field.shape {
            Shape::Singular { .. } => Self::Singular,
            Shape::Repeated { .. } => Self::Repeated,
            Shape::Map { .. } => Self::Map,
        }
    }
}

/// What a value is on the wire and in JSON. Which message or enum it is does not matter: their insides are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ValueKind {
    Scalar(Scalar),
    Enum,
    Message,
    Group,
}

fn kinds(field: &Field) -> (Option<Scalar>, ValueKind) {
    let value = match field.shape.value_type() {
        Type::Scalar(scalar) => ValueKind::Scalar(scalar),
        Type::Enum(_) => ValueKind::Enum,
        Type::Message(_) if field.delimited => ValueKind::Group,
        Type::Message(_) => ValueKind::Message,
    };
    match field.shape {
        Shape::Map { key, .. } => (Some(key), value),
        Shape::Singular { .. } | Shape::Repeated { .. } => (None, value),
    }
}

/// Whether a field excludes another one that is in both versions in one of them only.
fn excludes(pair: Both<FieldAt<'_>>, fields: &Fields<'_>) -> bool {
    let excludes = |one: &Field, other: &Field| one.oneof.is_some() && one.oneof == other.oneof;
    let own = pair.map(|at| at.field);
    let others = fields.both.iter();
    let mut others = others.filter(|other| other.old.field.number != own.old.number);
    others.any(|other| excludes(own.old, other.old.field) != excludes(own.new, other.new.field))
}

/// Whether an unset field reads differently. Where neither side says, its type does, and that is told of the type.
fn default_differs(old: &Field, new: &Field) -> bool {
    let both_singular = old.presence().is_some() && new.presence().is_some();
    both_singular && old.default != new.default
}

fn packing(field: &Field) -> Option<bool> {
    match field.shape {
        Shape::Repeated { ty, packed } => match ty {
            Type::Scalar(scalar) => scalar.is_packable().then_some(packed),
            Type::Enum(_) => Some(packed),
            Type::Message(_) => None,
        },
        Shape::Singular { .. } | Shape::Map { .. } => None,
    }
}
