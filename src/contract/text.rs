//! What protobuf's text format makes of messages: the names of their fields there. True in every language, so computed
//! here alone; must not know how a language reads or writes.

use super::{Contract, Extension, Field, Message, Shape, Type};

impl Contract {
    /// The name of a field of `holder` in the text format: that of its type if the field is one as a `group` declares it,
    /// and else its own (text format specification, "Field Names"). An extension stands there as its full name in brackets,
    /// which is its [`Field::json_name`], whatever its type. Readers take the field's own name as well.
    #[must_use]
    pub fn text_name<'a>(&'a self, holder: &Message, field: &'a Field) -> &'a str {
        match self.group_of(holder, field) {
            Some(group) => &group.name,
            None => &field.name,
        }
    }

    /// The other name that an extension has in the text format: that of its type, if it is an item of a MessageSet which
    /// its type declares itself. protoc writes this name; readers take both.
    #[must_use]
    pub fn message_set_name(&self, extension: &Extension) -> Option<&str> {
        let Shape::Singular { ty, .. } = extension.field.shape else {
            return None;
        };
        let Type::Message(id) = ty else {
            return None;
        };
        let is_item = self.message(extension.extendee).message_set;
        let ty = (is_item && extension.scope == Some(id)).then(|| self.message(id))?;
        Some(ty.full_name.as_str())
    }

    /// The message that a field declares together with itself, as a `group` does. In an edition, any field is such a
    /// one that is delimited, named as its type is but in small letters, and declared beside it.
    fn group_of(&self, holder: &Message, field: &Field) -> Option<&Message> {
        let (Shape::Singular { ty, .. } | Shape::Repeated { ty, .. }) = field.shape else {
            return None;
        };
        let Type::Message(id) = ty else {
            return None;
        };
        let ty = self.message(id);
        let beside = ty.file == holder.file && ty.parent == Some(holder.id);
        let named = field.name == ty.name.to_ascii_lowercase();
        (field.delimited && beside && named).then_some(ty)
    }
}
