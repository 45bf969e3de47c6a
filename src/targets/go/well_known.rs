//! The JSON of the well-known types, which is not made of their fields, and the files with their natural conversions.

use super::json_view;
use super::slot::Slot;
use crate::contract::WellKnown;

/// The JSON code of a well-known type; `None` for the three that `struct_json.go` has by hand
/// and for the empty one, whose JSON is that of any message.
pub(super) fn json(kind: WellKnown, ty: &str, slots: &[Slot<'_>]) -> Option<json_view::WellKnown> {
    let places: Vec<String> = slots.iter().map(Slot::place).collect();
    let list = places.join(", ");
    let method = |name: &str| {
        (
            vec![format!("w.{name}({list})")],
            vec![format!("{list} = r.{name}()")],
        )
    };
    let (write, read) = match kind {
        WellKnown::Any => method("Any"),
        WellKnown::Timestamp => method("Timestamp"),
        WellKnown::Duration => method("Duration"),
        WellKnown::FieldMask => method("FieldMask"),
        WellKnown::Struct | WellKnown::Value | WellKnown::ListValue | WellKnown::Empty => {
            return None;
        }
        WellKnown::Wrapper(_) => {
            let value = slots.first()?;
            let place = value.place();
            (
                vec![value.value.write_json(&place)],
                vec![format!("{place} = {}", value.value.read_json())],
            )
        }
    };
    Some(json_view::WellKnown {
        ty: ty.to_owned(),
        write,
        read,
    })
}

/// The file of conversions that goes beside the code of a file of protobuf's own: its path and its text.
pub(super) fn conversions(path: &str) -> Option<(&'static str, &'static str)> {
    macro_rules! file {
        ($name:literal) => {
            Some((
                concat!("google/protobuf/", $name),
                include_str!(concat!("../../../templates/go/runtime/protobuf/", $name)),
            ))
        };
    }
    match path {
        "google/protobuf/any.proto" => file!("any.go"),
        "google/protobuf/duration.proto" => file!("duration.go"),
        "google/protobuf/struct.proto" => file!("struct.go"),
        "google/protobuf/timestamp.proto" => file!("timestamp.go"),
        _ => None,
    }
}
