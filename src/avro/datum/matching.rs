//! Which schemas of a writer and a reader belong together: by name, by alias, by promotion.

use crate::avro::schema::{Body, Kind, Name, Named, Node, Primitive, Types};

/// How well two schemas belong together, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// The same type, by full name if it has one.
    Same,
    /// By an alias.
    Alias,
    /// By the last part of the name, or of an alias.
    ShortName,
    /// The reader's type holds all values of the writer's.
    Promotion,
}

/// How well a writer's schema and a reader's belong together, their content aside. `None` if they do not. Neither is a
/// union.
pub(super) fn fit(writer: (&Types, &Node), reader: (&Types, &Node)) -> Option<Fit> {
    match (&writer.1.kind, &reader.1.kind) {
        (Kind::Primitive(from), Kind::Primitive(to)) if from == to => Some(Fit::Same),
        (Kind::Primitive(from), Kind::Primitive(to)) => {
            promotes(*from, *to).then_some(Fit::Promotion)
        }
        (Kind::Array(_), Kind::Array(_)) | (Kind::Map(_), Kind::Map(_)) => Some(Fit::Same),
        (Kind::Named(from), Kind::Named(to)) => {
            let (from, to) = (writer.0.get(*from), reader.0.get(*to));
            same_kind(&from.body, &to.body).then(|| names(from, to))?
        }
        (
            Kind::Primitive(_) | Kind::Array(_) | Kind::Map(_) | Kind::Union(_) | Kind::Named(_),
            _,
        ) => None,
    }
}

/// Whether a value of one primitive can be read as another (Avro specification, "Schema Resolution").
pub(super) fn promotes(from: Primitive, to: Primitive) -> bool {
    matches!(
        (from, to),
        (
            Primitive::Int,
            Primitive::Long | Primitive::Float | Primitive::Double
        ) | (Primitive::Long, Primitive::Float | Primitive::Double)
            | (Primitive::Float, Primitive::Double)
            | (Primitive::String, Primitive::Bytes)
            | (Primitive::Bytes, Primitive::String)
    )
}

fn same_kind(from: &Body, to: &Body) -> bool {
    match (from, to) {
        (Body::Record(_), Body::Record(_)) | (Body::Enum { .. }, Body::Enum { .. }) => true,
        (Body::Fixed(from), Body::Fixed(to)) => from == to,
        (Body::Record(_) | Body::Enum { .. } | Body::Fixed(_), _) => false,
    }
}

fn names(from: &Named, to: &Named) -> Option<Fit> {
    let short = |name: &Name| name.name == from.name.name;
    if from.name == to.name {
        Some(Fit::Same)
    } else if to.aliases.contains(&from.name) {
        Some(Fit::Alias)
    } else if short(&to.name) || to.aliases.iter().any(short) {
        Some(Fit::ShortName)
    } else {
        None
    }
}
