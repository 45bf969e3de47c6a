//! What generated code allocates together when it reads: the optional scalars of a message, and the parts of several
//! elements of a list.

use super::file::FileContext;
use super::message::align;
use super::slot::{Holding, Slot, block};
use super::wire_view::{Shared, Spare};
use crate::contract::{Contract, Field, Presence, Scalar, Shape, Type};

/// By message: whether it is the element of lists and has parts that are allocated for several elements at once.
pub(super) fn elements(contract: &Contract) -> Vec<bool> {
    let mut elements = vec![false; contract.messages().len()];
    let fields = contract
        .messages()
        .iter()
        .flat_map(|message| &message.fields);
    let extensions = contract
        .extensions()
        .iter()
        .map(|extension| &extension.field);
    for field in fields.chain(extensions) {
        // Groups have no length, so they are read one by one.
        if let (Shape::Repeated { .. }, Type::Message(id), false) =
            (&field.shape, field.shape.value_type(), field.delimited)
        {
            elements[id.index()] = true;
        }
    }
    for (message, element) in contract.messages().iter().zip(&mut elements) {
        let share = shares(&message.fields, true);
        *element &= message.fields.iter().any(|field| is_part(field, share));
    }
    elements
}

/// Marks the fields of a message whose values are allocated together.
pub(super) fn mark(slots: &mut [Slot<'_>], fields: &[Field], is_element: bool) {
    let share = shares(fields, is_element);
    for slot in slots {
        slot.shared = share && is_optional_scalar(slot.field);
        slot.spare = is_element && is_part(slot.field, share);
    }
}

/// Whether the optional scalars share an allocation: not if they are many, for the absent ones take room, too.
fn shares(fields: &[Field], is_element: bool) -> bool {
    let optional = fields.iter().filter(|field| is_optional_scalar(field));
    let least = if is_element { 1 } else { 2 };
    (least..=6).contains(&optional.count())
}

/// Whether the field is held as a pointer to a scalar.
fn is_optional_scalar(field: &Field) -> bool {
    let Shape::Singular { presence, ty } = &field.shape else {
        return false;
    };
    let scalar = match ty {
        Type::Scalar(scalar) => *scalar != Scalar::Bytes,
        Type::Enum(_) => true,
        Type::Message(_) => false,
    };
    scalar && *presence != Presence::Implicit && field.oneof.is_none()
}

/// Whether reading the field allocates a value: a message, the arm of a oneof or the shared optional scalars.
fn is_part(field: &Field, share: bool) -> bool {
    let Shape::Singular { ty, .. } = &field.shape else {
        return false;
    };
    field.oneof.is_some() || matches!(ty, Type::Message(_)) || share && is_optional_scalar(field)
}

/// The struct of the optional scalars that share an allocation.
pub(super) fn shared(ty: &str, slots: &[Slot<'_>]) -> Option<Shared> {
    let rows: Vec<_> = slots
        .iter()
        .filter(|slot| slot.shared)
        .map(|slot| (Vec::new(), slot.ident.as_str(), slot.value.go.clone()))
        .collect();
    (!rows.is_empty()).then(|| Shared {
        ty: format!("xlc{ty}Optional"),
        fields: align(rows),
    })
}

/// The struct that the elements of a list get their parts from.
pub(super) fn spare(ty: &str, slots: &[Slot<'_>]) -> Option<Spare> {
    let spares: Vec<String> = slots.iter().map(spare_name).collect();
    let mut rows = vec![(Vec::new(), "size", "int".to_owned())];
    if slots.iter().any(|slot| slot.shared && slot.spare) {
        rows.push((
            Vec::new(),
            "optional",
            format!("xlcrt.Spare[xlc{ty}Optional]"),
        ));
    }
    for (index, slot) in slots.iter().enumerate() {
        if !slot.spare || slot.shared {
            continue;
        }
        let part = match &slot.holding {
            Holding::Arm { ty, .. } => ty,
            Holding::Plain
            | Holding::Pointer { .. }
            | Holding::List { .. }
            | Holding::Map { .. } => &slot.value.go,
        };
        rows.push((
            Vec::new(),
            spares[index].as_str(),
            format!("xlcrt.Spare[{part}]"),
        ));
    }
    if rows.len() == 1 {
        return None;
    }
    Some(Spare {
        ty: format!("xlc{ty}Spare"),
        message: ty.to_owned(),
        fields: align(rows),
    })
}

/// The field for a slot in the struct of spares. What is in an arm has its name in that arm alone.
fn spare_name(slot: &Slot<'_>) -> String {
    match &slot.holding {
        Holding::Arm { .. } => format!("arm{}", slot.field.number),
        Holding::Plain | Holding::Pointer { .. } | Holding::List { .. } | Holding::Map { .. } => {
            slot.ident.clone()
        }
    }
}

/// The expression of a new value of a field's type, or of the type of its arm.
pub(super) fn make(slot: &Slot<'_>, ty: &str) -> String {
    if slot.spare {
        format!("spare.{}.New(spare.size)", spare_name(slot))
    } else {
        format!("new({ty})")
    }
}

/// Statements that give a scalar field what was read from the wire.
pub(super) fn assign(ty: &str, slot: &Slot<'_>, from: &str) -> Vec<String> {
    let ident = &slot.ident;
    match &slot.holding {
        Holding::Pointer { .. } if slot.shared => {
            let own = if slot.spare {
                "own = spare.optional.New(spare.size)".to_owned()
            } else {
                format!("own = new(xlc{ty}Optional)")
            };
            let mut lines = block("if own == nil {".to_owned(), vec![own]);
            lines.push(format!("own.{ident} = {from}"));
            lines.push(format!("m.{ident} = &own.{ident}"));
            lines
        }
        Holding::Arm { ty, oneof, .. } if slot.spare => vec![
            format!("o := {}", make(slot, ty)),
            format!("o.{ident} = {from}"),
            format!("m.{oneof} = o"),
        ],
        Holding::Plain
        | Holding::Pointer { .. }
        | Holding::Arm { .. }
        | Holding::List { .. }
        | Holding::Map { .. } => super::decode::assign(slot, from),
    }
}

/// The expression that reads all elements of a list that follow one another; `None` if they are read one by one.
pub(super) fn read_elements(file: &FileContext<'_>, slot: &Slot<'_>) -> Option<String> {
    let (Holding::List { .. }, Type::Message(id)) = (&slot.holding, slot.field.shape.value_type())
    else {
        return None;
    };
    (file.plan.elements[id.index()] && !slot.is_group()).then(|| {
        format!(
            "(*{})(nil).XLCDecodeList({}, {}, s, start, p, depth-1)",
            slot.value.go,
            slot.place(),
            slot.label
        )
    })
}
