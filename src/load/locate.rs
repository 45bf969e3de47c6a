//! Gives each element of a file its comments and its span, in one pass over the file's locations.
//! Source: `SourceCodeInfo` in descriptor.proto. If a path has several locations, the first one counts.

use super::descriptor::{EnumProto, FieldProto, FileProto, Place, tag};
use super::link;
use super::locations::Comments;
use crate::contract::Docs;
use crate::source::{SourceId, Span};

/// Which part of an element a location is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// The whole declaration, which carries the comments and gives the span.
    Declaration,
    /// The whole declaration of an element whose span is that of its name.
    Body,
    /// The name.
    Name,
}

/// Moves comments and spans from `locations` to the elements.
pub(crate) fn locate(proto: &mut FileProto, source: SourceId) {
    proto
        .import_places
        .resize_with(proto.dependency.len(), Place::default);
    let mut locations = std::mem::take(&mut proto.locations);
    let mut comments = locations.take_comments().into_iter().peekable();
    for position in 0..locations.len() {
        let own = comments.next_if(|(of, _)| *of == position);
        if let Some((place, part)) = find(proto, locations.path(position)) {
            if part != Part::Body && place.span.is_none() {
                place.span = link::span(source, locations.span(position));
            }
            if part != Part::Name && !place.located {
                place.located = true;
                place.docs = own.map_or_else(Docs::default, |(_, own)| docs(own));
            }
        }
    }
}

fn docs(comments: Comments) -> Docs {
    Docs {
        leading: comments.leading.map(clean),
        trailing: comments.trailing.map(clean),
        detached: comments.detached.into_iter().map(clean).collect(),
    }
}

/// A comment without the carriage returns of a file with Windows line ends.
fn clean(comment: String) -> String {
    if comment.contains('\r') {
        comment.replace("\r\n", "\n").replace('\r', "")
    } else {
        comment
    }
}

/// The element that a path leads to, and which part of it. `None` for parts that nobody asks for.
fn find<'a>(proto: &'a mut FileProto, path: &[i32]) -> Option<(&'a mut Place, Part)> {
    let (&first, rest) = path.split_first()?;
    match (first, rest) {
        (tag::file::SYNTAX | tag::file::EDITION, []) => Some((&mut proto.place, Part::Declaration)),
        (tag::file::PACKAGE, []) => Some((&mut proto.package_place, Part::Declaration)),
        (tag::file::DEPENDENCY, [index]) => {
            Some((proto.import_places.get_mut(at(*index)?)?, Part::Declaration))
        }
        (tag::file::MESSAGE_TYPE, [index, rest @ ..]) => {
            let message = *proto.top_messages.get(at(*index)?)?;
            find_in_message(proto, message, rest)
        }
        (tag::file::ENUM_TYPE, [index, rest @ ..]) => {
            let enumeration = *proto.top_enums.get(at(*index)?)?;
            find_in_enum(&mut proto.enums[enumeration as usize], rest)
        }
        (tag::file::EXTENSION, [index, rest @ ..]) => {
            let extension = *proto.top_extensions.get(at(*index)?)?;
            find_in_field(&mut proto.extensions[extension as usize].field, rest)
        }
        (tag::file::SERVICE, [index, rest @ ..]) => {
            let service = proto.services.get_mut(at(*index)?)?;
            match rest {
                [tag::service::METHOD, index, rest @ ..] => {
                    let method = service.methods.get_mut(at(*index)?)?;
                    named(&mut method.place, tag::method::NAME, rest)
                }
                rest => named(&mut service.place, tag::service::NAME, rest),
            }
        }
        _ => None,
    }
}

fn find_in_message<'a>(
    proto: &'a mut FileProto,
    mut message: u32,
    mut path: &[i32],
) -> Option<(&'a mut Place, Part)> {
    while let [tag::message::NESTED_TYPE, index, rest @ ..] = path {
        message = *proto.messages[message as usize].messages.get(at(*index)?)?;
        path = rest;
    }
    let body = &mut proto.messages[message as usize];
    match path {
        [tag::message::FIELD, index, rest @ ..] => {
            find_in_field(body.fields.get_mut(at(*index)?)?, rest)
        }
        [tag::message::ENUM_TYPE, index, rest @ ..] => {
            let enumeration = *body.enums.get(at(*index)?)?;
            find_in_enum(&mut proto.enums[enumeration as usize], rest)
        }
        [tag::message::EXTENSION, index, rest @ ..] => {
            let extension = *body.extensions.get(at(*index)?)?;
            find_in_field(&mut proto.extensions[extension as usize].field, rest)
        }
        [tag::message::ONEOF_DECL, index, rest @ ..] => {
            let oneof = body.oneofs.get_mut(at(*index)?)?;
            named(&mut oneof.place, tag::oneof::NAME, rest)
        }
        rest => named(&mut body.place, tag::message::NAME, rest),
    }
}

fn find_in_enum<'a>(enumeration: &'a mut EnumProto, path: &[i32]) -> Option<(&'a mut Place, Part)> {
    match path {
        [tag::enumeration::VALUE, index] => {
            let value = enumeration.values.get_mut(at(*index)?)?;
            Some((&mut value.place, Part::Declaration))
        }
        rest => named(&mut enumeration.place, tag::enumeration::NAME, rest),
    }
}

fn find_in_field<'a>(field: &'a mut FieldProto, path: &[i32]) -> Option<(&'a mut Place, Part)> {
    path.is_empty()
        .then_some((&mut field.place, Part::Declaration))
}

/// The place of an element whose span is that of its name.
fn named<'a>(place: &'a mut Place, name: i32, rest: &[i32]) -> Option<(&'a mut Place, Part)> {
    match rest {
        [] => Some((place, Part::Body)),
        [number] if *number == name => Some((place, Part::Name)),
        _ => None,
    }
}

fn at(index: i32) -> Option<usize> {
    usize::try_from(index).ok()
}

/// The span of an element of a file at this path; for the few that are asked for before [`locate`].
pub(crate) fn span_of(proto: &FileProto, source: SourceId, path: &[i32]) -> Option<Span> {
    let locations = &proto.locations;
    (0..locations.len())
        .find(|position| locations.path(*position) == path)
        .and_then(|position| link::span(source, locations.span(position)))
}
