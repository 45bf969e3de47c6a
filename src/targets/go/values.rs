//! What makes generated messages values: getters, merging, equality and the debug string.

use super::file::FileContext;
use super::slot::{Holding, Slot, block};
use super::types::Kind;
use super::view::Getter;

/// The getter of a field: it works on nil, and gives the default of an absent value.
pub(super) fn getter(ty: &str, slot: &Slot<'_>) -> Getter {
    let place = slot.place();
    let go = &slot.value.go;
    let default = slot.value.literal(slot.default.as_ref());
    let (result, inner, otherwise) = match &slot.holding {
        Holding::Plain => (
            go.clone(),
            block("if m != nil {".to_owned(), vec![format!("return {place}")]),
            slot.value.zero(),
        ),
        Holding::List { .. } | Holding::Map { .. } => (
            slot.go(),
            block("if m != nil {".to_owned(), vec![format!("return {place}")]),
            "nil".to_owned(),
        ),
        Holding::Pointer { .. } if slot.value.is_message() => (
            format!("*{go}"),
            block("if m != nil {".to_owned(), vec![format!("return {place}")]),
            "nil".to_owned(),
        ),
        Holding::Pointer { .. } => (
            go.clone(),
            block(
                format!("if m != nil && {place} != nil {{"),
                vec![format!("return {}", slot.value_expr())],
            ),
            default,
        ),
        Holding::Arm { .. } => {
            let message = slot.value.is_message();
            let reference = if message { "&" } else { "" };
            let found = block(
                slot.open(),
                vec![format!("return {reference}{}", slot.value_expr())],
            );
            (
                if message {
                    format!("*{go}")
                } else {
                    go.clone()
                },
                block("if m != nil {".to_owned(), found),
                if message { "nil".to_owned() } else { default },
            )
        }
    };
    let mut body = inner;
    body.push(format!("return {otherwise}"));
    let mut docs = vec![format!(
        "// {} is the field `{}`, or its default. It may be called on nil.",
        slot.getter, slot.field.name
    )];
    if slot.field.deprecated {
        docs.push("//".to_owned());
        docs.push("// Deprecated: the contract says so.".to_owned());
    }
    Getter {
        docs,
        ty: ty.to_owned(),
        name: slot.getter.clone(),
        result,
        body,
    }
}

/// Statements that merge the field of `o` into that of `m`; none for members of oneofs.
pub(super) fn merge(slot: &Slot<'_>) -> Vec<String> {
    let (into, from) = (slot.place(), format!("o.{}", slot.ident));
    let (message, bytes) = (slot.value.is_message(), slot.value.is_bytes());
    match &slot.holding {
        Holding::Arm { .. } => Vec::new(),
        Holding::Plain => {
            let copy = if bytes {
                format!("xlcrt.CopyBytes({from})")
            } else {
                from.clone()
            };
            let open = format!("if {} {{", slot.value.nonzero(&from));
            block(open, vec![format!("{into} = {copy}")])
        }
        Holding::Pointer { .. } if message => {
            vec![format!("{into} = xlcrt.MergeMessage({into}, {from})")]
        }
        Holding::Pointer { .. } => {
            let copy = if bytes { "CopyBytes" } else { "CopyOptional" };
            let open = format!("if {from} != nil {{");
            block(open, vec![format!("{into} = xlcrt.{copy}({from})")])
        }
        Holding::List { .. } if message => {
            vec![format!("{into} = xlcrt.AppendMessages({into}, {from})")]
        }
        Holding::List { .. } if bytes => {
            vec![format!("{into} = xlcrt.AppendBytesList({into}, {from})")]
        }
        Holding::List { .. } => vec![format!("{into} = append({into}, {from}...)")],
        Holding::Map { .. } => {
            let function = match (message, bytes) {
                (true, _) => "MergeMessageMap",
                (false, true) => "MergeBytesMap",
                (false, false) => "MergeMap",
            };
            vec![format!("{into} = xlcrt.{function}({into}, {from})")]
        }
    }
}

/// The condition under which a field is equal in `m` and `o`; none for members of oneofs.
pub(super) fn equal(file: &FileContext<'_>, slot: &Slot<'_>) -> Option<String> {
    let (a, b) = (slot.place(), format!("o.{}", slot.ident));
    let (message, bytes, float) = (
        slot.value.is_message(),
        slot.value.is_bytes(),
        slot.value.is_float(),
    );
    Some(match &slot.holding {
        Holding::Arm { .. } => return None,
        Holding::Plain if float => format!("xlcrt.SameFloat({a}, {b})"),
        Holding::Plain if bytes => format!("xlcrt.EqualBytes({a}, {b})"),
        Holding::Plain => format!("{a} == {b}"),
        Holding::Pointer { .. } if message => format!("{a}.Equal({b})"),
        Holding::Pointer { .. } if bytes => format!("xlcrt.EqualOptionalBytes({a}, {b})"),
        Holding::Pointer { .. } if float => format!("xlcrt.EqualOptionalFloat({a}, {b})"),
        Holding::Pointer { .. } => format!("xlcrt.EqualOptional({a}, {b})"),
        Holding::List { .. } if message => format!("xlcrt.EqualMessages({a}, {b})"),
        Holding::List { .. } if bytes => format!("xlcrt.EqualBytesList({a}, {b})"),
        Holding::List { .. } if float => format!("xlcrt.EqualFloats({a}, {b})"),
        Holding::List { .. } => {
            file.needs("slices");
            format!("slices.Equal({a}, {b})")
        }
        Holding::Map { .. } if message => format!("xlcrt.EqualMessageMap({a}, {b})"),
        Holding::Map { .. } if bytes => format!("xlcrt.EqualMap({a}, {b}, xlcrt.EqualBytes)"),
        Holding::Map { .. } if float => {
            format!(
                "xlcrt.EqualMap({a}, {b}, xlcrt.SameFloat[{}])",
                slot.value.go
            )
        }
        Holding::Map { .. } => {
            file.needs("maps");
            format!("maps.Equal({a}, {b})")
        }
    })
}

/// Statements that merge the arm `o` of a oneof into the arm `m` of the same type, and the condition of their equality.
pub(super) fn arm(slot: &Slot<'_>) -> (Vec<String>, String) {
    let ident = &slot.ident;
    let (a, b) = (format!("m.{ident}"), format!("o.{ident}"));
    if slot.value.is_message() {
        return (vec![format!("{a}.Merge(&{b})")], format!("{a}.Equal(&{b})"));
    }
    if slot.value.is_bytes() {
        return (
            vec![format!("{a} = xlcrt.CopyBytes({b})")],
            format!("xlcrt.EqualBytes({a}, {b})"),
        );
    }
    let equal = if slot.value.is_float() {
        format!("xlcrt.SameFloat({a}, {b})")
    } else {
        format!("{a} == {b}")
    };
    (vec![format!("{a} = {b}")], equal)
}

/// Statements that add a field to the hash `h`, such that equal fields add the same.
pub(super) fn hash(slot: &Slot<'_>) -> Vec<String> {
    // A message that is held as it is has its methods on the pointer to it.
    let is_held = slot.value.is_message()
        && matches!(slot.holding, Holding::Arm { .. } | Holding::List { .. });
    let reference = if is_held { "&" } else { "" };
    let add = |v: &str| slot.value.hash(&format!("{reference}{v}"));
    let number = format!("xlcrt.HashInt(h, {})", slot.number());
    let (place, value) = (slot.place(), slot.value_expr());
    let length = format!("xlcrt.HashInt(h, uint64(len({place})))");
    match &slot.holding {
        // Both zeros are equal, though one of them is written.
        Holding::Plain if slot.value.is_float() => {
            block(format!("if {place} != 0 {{"), vec![number, add(&value)])
        }
        Holding::Plain | Holding::Pointer { .. } | Holding::Arm { .. } => {
            block(slot.open(), vec![number, add(&value)])
        }
        Holding::List { .. } => {
            let mut lines = vec![number, length];
            lines.extend(block(slot.open(), vec![add(&value)]));
            block(format!("if len({place}) > 0 {{"), lines)
        }
        Holding::Map { key } => {
            let mut lines = vec![number, length, format!("var room {}", slot.room(key))];
            let pairs = Slot::pairs_function(key);
            lines.extend(block(
                format!("for _, pair := range xlcrt.{pairs}(&room, {place}) {{"),
                vec![key.hash("pair.Key"), add(&value)],
            ));
            block(slot.open(), lines)
        }
    }
}

/// Statements that write a field as text.
pub(super) fn text(slot: &Slot<'_>) -> Vec<String> {
    let name = format!("w.Name({})", slot.label);
    let place = slot.place();
    if slot.field.redact {
        let open = match slot.holding {
            Holding::List { .. } | Holding::Map { .. } => format!("if len({place}) > 0 {{"),
            Holding::Plain | Holding::Pointer { .. } | Holding::Arm { .. } => slot.open(),
        };
        return block(open, vec![name, "w.Redacted()".to_owned()]);
    }
    let value = slot.value_expr();
    let statement = match (&slot.value.kind, &slot.holding) {
        (Kind::Message { .. }, Holding::Arm { .. } | Holding::List { .. }) => {
            slot.value.write_text(&format!("&{value}"))
        }
        (Kind::Enum { .. }, Holding::Pointer { .. }) => slot.value.write_text(&place),
        _ => slot.value.write_text(&value),
    };
    if let Holding::Map { key } = &slot.holding {
        let pairs = Slot::pairs_function(key);
        let mut lines = vec![format!("var room {}", slot.room(key))];
        lines.extend(block(
            format!("for _, pair := range xlcrt.{pairs}(&room, {place}) {{"),
            vec![
                name,
                "w.Raw(\"{key:\")".to_owned(),
                key.write_text("pair.Key"),
                "w.Raw(\" value:\")".to_owned(),
                statement,
                "w.Raw(\"}\")".to_owned(),
            ],
        ));
        return block(slot.open(), lines);
    }
    block(slot.open(), vec![name, statement])
}
