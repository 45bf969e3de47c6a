//! Where a change stands, what it is about by name, and to which package it belongs: for reports and policies.

use super::{Both, Delta, Ends, FieldAt};
use crate::contract::{Contract, FileId, FullName};
use crate::source::Span;

impl<'a> Delta<'a> {
    /// Where it stands in the old version: the element itself, or what it would be in.
    #[must_use]
    pub fn old_span(&self) -> Option<Span> {
        match self {
            Self::File(..) | Self::Package(..) => None,
            Self::Message(_, ends) => ends.was()?.span,
            Self::Field(_, holders, ends) => {
                ends.was().map_or(holders.old.span, |at| at.field.span)
            }
            Self::Oneof(_, holders, ends) => ends.was().map_or(holders.old.span, |it| it.span),
            Self::Enum(_, ends) => ends.was()?.span,
            Self::Value(_, enums, ends) => ends.was().map_or(enums.old.span, |it| it.span),
            Self::Service(_, ends) => ends.was()?.span,
            Self::Method(_, services, ends) => ends.was().map_or(services.old.span, |it| it.span),
        }
    }

    /// Where it stands in the new version: the element itself, or what it would be in.
    #[must_use]
    pub fn new_span(&self) -> Option<Span> {
        match self {
            Self::File(..) | Self::Package(..) => None,
            Self::Message(_, ends) => ends.is()?.span,
            Self::Field(_, holders, ends) => ends.is().map_or(holders.new.span, |at| at.field.span),
            Self::Oneof(_, holders, ends) => ends.is().map_or(holders.new.span, |it| it.span),
            Self::Enum(_, ends) => ends.is()?.span,
            Self::Value(_, enums, ends) => ends.is().map_or(enums.new.span, |it| it.span),
            Self::Service(_, ends) => ends.is()?.span,
            Self::Method(_, services, ends) => ends.is().map_or(services.new.span, |it| it.span),
        }
    }

    /// The full names of what it is about, where there is something.
    #[must_use]
    pub fn names(&self) -> (Option<String>, Option<String>) {
        fn both<T: Copy>(
            ends: Ends<T>,
            name: impl Fn(T) -> String,
        ) -> (Option<String>, Option<String>) {
            (ends.was().map(&name), ends.is().map(&name))
        }
        let within = |scope: &FullName, name: &str| format!("{scope}.{name}");
        match self {
            Self::File(_, ends) => both(*ends, |it| it.path.clone()),
            Self::Package(_, ends) => both(*ends, |it| it.package.clone()),
            Self::Message(_, ends) => both(*ends, |it| it.full_name.to_string()),
            Self::Field(_, _, ends) => both(*ends, FieldAt::full_name),
            Self::Oneof(_, holders, ends) => (
                ends.was()
                    .map(|it| within(&holders.old.full_name, &it.name)),
                ends.is().map(|it| within(&holders.new.full_name, &it.name)),
            ),
            Self::Enum(_, ends) => both(*ends, |it| it.full_name.to_string()),
            Self::Value(_, enums, ends) => (
                ends.was().map(|it| within(&enums.old.full_name, &it.name)),
                ends.is().map(|it| within(&enums.new.full_name, &it.name)),
            ),
            Self::Service(_, ends) => both(*ends, |it| it.full_name.to_string()),
            Self::Method(_, services, ends) => (
                ends.was()
                    .map(|it| within(&services.old.full_name, &it.name)),
                ends.is()
                    .map(|it| within(&services.new.full_name, &it.name)),
            ),
        }
    }

    /// The package that it belongs to, in the new version where it is there.
    #[must_use]
    pub fn package<'c>(&self, old: &'c Contract, new: &'c Contract) -> &'c str
    where
        'a: 'c,
    {
        let file = |ends: Ends<FileId>| match ends {
            Ends::New(id) | Ends::Both(Both { new: id, .. }) => new.file(id).package.as_str(),
            Ends::Old(id) => old.file(id).package.as_str(),
        };
        match self {
            Self::File(_, ends) | Self::Package(_, ends) => ends.any().package.as_str(),
            Self::Message(_, ends) => file(ends.map(|it| it.file)),
            Self::Field(_, holders, _) | Self::Oneof(_, holders, _) => {
                file(Ends::New(holders.new.file))
            }
            Self::Enum(_, ends) => file(ends.map(|it| it.file)),
            Self::Value(_, enums, _) => file(Ends::New(enums.new.file)),
            Self::Service(_, ends) => file(ends.map(|it| it.file)),
            Self::Method(_, services, _) => file(Ends::New(services.new.file)),
        }
    }
}
