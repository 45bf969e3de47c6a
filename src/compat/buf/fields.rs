//! What buf says of fields of one number in messages of one name, of extensions of one number, and of the keys and
//! values of maps.

use super::default;
use super::view::{Cardinality, Slot, Sort, View};
use super::{BufRule, Remarks, rules};
use crate::compat::delta::{Both, Delta, Ends, FieldChange};
use crate::compat::options::{CppString, Style, is_textual};
use crate::contract::{Contract, EnumId, Scalar, Type};

pub(super) fn fields<'a>(views: &Both<View<'a>>, remarks: &mut Remarks<'a>) {
    let contracts = Both {
        old: views.old.contract,
        new: views.new.contract,
    };
    for (name, old) in &views.old.messages {
        let Some(new) = views.new.messages.get(name) else {
            continue;
        };
        for (number, was) in &old.fields {
            if let Some(is) = new.fields.get(number) {
                let pair = Pair {
                    contracts,
                    old: was,
                    new: is,
                    path: views.new.path(new.message.file),
                    element: format!("{}#{number}", new.name),
                };
                pair.tell(remarks);
            }
        }
    }
    for (key, (_, was)) in &views.old.extensions {
        if let Some((extension, is)) = views.new.extensions.get(key) {
            let pair = Pair {
                contracts,
                old: was,
                new: is,
                path: views.new.path(extension.file),
                element: format!("{}#{}", key.0, key.1),
            };
            pair.tell(remarks);
        }
    }
}

/// A number in both versions.
struct Pair<'v, 'a> {
    contracts: Both<&'a Contract>,
    old: &'v Slot<'a>,
    new: &'v Slot<'a>,
    path: &'v str,
    element: String,
}

impl<'a> Pair<'_, 'a> {
    fn tell(&self, remarks: &mut Remarks<'a>) {
        let pair = Both {
            old: self.old.at,
            new: self.new.at,
        };
        let holders = pair.map(|at| at.holder);
        let mut say = |rule: &'static BufRule, change: FieldChange| {
            let delta = Delta::Field(change, holders, Ends::Both(pair));
            remarks.say(rule, delta, self.path, self.element.as_str());
        };
        self.names(&mut say);
        self.cardinality(&mut say);
        self.types(&mut say);
        self.texts(&mut say);
        if default::differs(self.contracts, self.old, self.new) {
            say(&rules::FIELD_SAME_DEFAULT, FieldChange::Default);
        }
        let is_extension = pair.old.extension.is_some();
        if !is_extension && self.old.oneof != self.new.oneof {
            say(&rules::FIELD_SAME_ONEOF, FieldChange::Oneof);
        }
    }

    fn names(&self, say: &mut impl FnMut(&'static BufRule, FieldChange)) {
        let (old, new) = (self.old, self.new);
        let renamed = match (old.at.extension, new.at.extension) {
            (Some(was), Some(is)) => was.full_name != is.full_name,
            (Some(_) | None, _) => old.name != new.name,
        };
        if renamed {
            say(&rules::FIELD_SAME_NAME, FieldChange::Renamed);
        }
        if old.at.extension.is_none() && old.json_name != new.json_name {
            say(&rules::FIELD_SAME_JSON_NAME, FieldChange::JsonName);
        }
    }

    fn cardinality(&self, say: &mut impl FnMut(&'static BufRule, FieldChange)) {
        let (was, is) = (self.old.cardinality, self.new.cardinality);
        if was == is || (self.old.of_entry && self.new.of_entry) {
            return;
        }
        let many = [was, is].map(|it| matches!(it, Cardinality::Repeated | Cardinality::Map));
        let change = if many != [false, false] {
            FieldChange::Cardinality
        } else if was == Cardinality::Required || is == Cardinality::Required {
            FieldChange::Required
        } else {
            FieldChange::Presence
        };
        say(&rules::FIELD_SAME_CARDINALITY, change);
        if group(was, true) != group(is, true) {
            say(&rules::FIELD_WIRE_JSON_COMPATIBLE_CARDINALITY, change);
        }
        if group(was, false) != group(is, false) {
            say(&rules::FIELD_WIRE_COMPATIBLE_CARDINALITY, change);
        }
    }

    fn types(&self, say: &mut impl FnMut(&'static BufRule, FieldChange)) {
        let (old, new) = (self.old, self.new);
        let renamed = old.type_name != new.type_name;
        let (was, is) = (old.sort, new.sort);
        if was != is {
            say(&rules::FIELD_SAME_TYPE, FieldChange::Kind);
            if json_group(was) != json_group(is) {
                say(&rules::FIELD_WIRE_JSON_COMPATIBLE_TYPE, FieldChange::Kind);
            }
            let widened = (was, is) == (Sort::Scalar(Scalar::String), Sort::Scalar(Scalar::Bytes));
            if wire_group(was) != wire_group(is) && !widened {
                say(&rules::FIELD_WIRE_COMPATIBLE_TYPE, FieldChange::Kind);
            }
        } else if renamed {
            say(&rules::FIELD_SAME_TYPE, FieldChange::Type);
            if !self.is_same_enum() {
                say(&rules::FIELD_WIRE_JSON_COMPATIBLE_TYPE, FieldChange::Type);
                say(&rules::FIELD_WIRE_COMPATIBLE_TYPE, FieldChange::Type);
            }
        }
    }

    /// Whether an enum moved: one of the same short name that has all the values of the old one.
    fn is_same_enum(&self) -> bool {
        let (Type::Enum(old), Type::Enum(new)) = (self.old.ty, self.new.ty) else {
            return false;
        };
        if self.old.sort != Sort::Enum {
            return false;
        }
        let get = |contract: &'a Contract, id: EnumId| contract.enumeration(id);
        let (old, new) = (get(self.contracts.old, old), get(self.contracts.new, new));
        let kept = |was: &crate::contract::EnumValue| {
            let same = new.values.iter().find(|it| it.name == was.name);
            same.is_some_and(|it| it.number == was.number)
        };
        old.name == new.name && old.values.iter().all(kept)
    }

    /// What depends on the language that reads it.
    fn texts(&self, say: &mut impl FnMut(&'static BufRule, FieldChange)) {
        let (old, new) = (self.old, self.new);
        let both = |is: fn(Sort) -> bool| is(old.sort) && is(new.sort);
        let is_string = |it: Sort| it == Sort::Scalar(Scalar::String);
        let is_long = |it: Sort| matches!(it, Sort::Scalar(scalar) if Style::is_of_long(scalar));
        let is_text =
            |it: Sort| matches!(it, Sort::Scalar(scalar) if is_textual(Type::Scalar(scalar)));
        let was = Style::of(self.contracts.old, old.at);
        let is = Style::of(self.contracts.new, new.at);
        let in_entries = old.of_entry && new.of_entry;
        if both(is_string) {
            if old.at.field.verify_utf8 != new.at.field.verify_utf8 {
                say(&rules::FIELD_SAME_UTF8_VALIDATION, FieldChange::Utf8);
            }
            if was.java_utf8 != is.java_utf8 {
                say(
                    &rules::FIELD_SAME_JAVA_UTF8_VALIDATION,
                    FieldChange::JavaUtf8,
                );
            }
        }
        if both(is_long) && !in_entries && was.jstype != is.jstype {
            say(&rules::FIELD_SAME_JSTYPE, FieldChange::Jstype);
        }
        // From a piece to a whole string is no loss.
        let kept = was.cpp_string == CppString::Piece && is.cpp_string == CppString::Text;
        if both(is_text) && !in_entries && was.cpp_string != is.cpp_string && !kept {
            say(&rules::FIELD_SAME_CPP_STRING_TYPE, FieldChange::CppString);
        }
    }
}

/// Cardinalities that go together: on the wire a map is a list; JSON tells them apart.
fn group(cardinality: Cardinality, json: bool) -> u8 {
    match cardinality {
        Cardinality::Explicit | Cardinality::Implicit => 0,
        Cardinality::Required => 1,
        Cardinality::Repeated => 2,
        Cardinality::Map if json => 3,
        Cardinality::Map => 2,
    }
}

/// The kinds that go together on the wire, by the first of them.
fn wire_group(sort: Sort) -> Sort {
    let Sort::Scalar(scalar) = sort else {
        return sort;
    };
    Sort::Scalar(match scalar {
        Scalar::Int32 | Scalar::Int64 | Scalar::Uint32 | Scalar::Uint64 | Scalar::Bool => {
            Scalar::Int32
        }
        Scalar::Sint32 | Scalar::Sint64 => Scalar::Sint32,
        Scalar::Fixed32 | Scalar::Sfixed32 => Scalar::Fixed32,
        Scalar::Fixed64 | Scalar::Sfixed64 => Scalar::Fixed64,
        Scalar::Double | Scalar::Float | Scalar::String | Scalar::Bytes => scalar,
    })
}

/// The kinds that go together on the wire and in JSON, by the first of them.
fn json_group(sort: Sort) -> Sort {
    let Sort::Scalar(scalar) = sort else {
        return sort;
    };
    Sort::Scalar(match scalar {
        Scalar::Int32 | Scalar::Uint32 => Scalar::Int32,
        Scalar::Int64 | Scalar::Uint64 => Scalar::Int64,
        Scalar::Fixed32 | Scalar::Sfixed32 => Scalar::Fixed32,
        Scalar::Fixed64 | Scalar::Sfixed64 => Scalar::Fixed64,
        Scalar::Sint32
        | Scalar::Sint64
        | Scalar::Bool
        | Scalar::Double
        | Scalar::Float
        | Scalar::String
        | Scalar::Bytes => scalar,
    })
}
