//! A JSON name written into the options of a field.

use super::Edit;
use super::text::{self, Token};
use crate::contract::Field;
use crate::source::Sources;

/// The edit that pins the JSON name of a field; `None` if its text is not where it should
/// be.
pub(super) fn edit(field: &Field, name: &str, sources: &Sources) -> Option<Edit> {
    let span = field.span?;
    let range = sources.byte_range(span)?;
    let source = sources.get(span.source).text()?;
    let tokens: Vec<Token<'_>> = text::tokens(source, range.start)
        .take_while(|token| token.at.end <= range.end)
        .collect();
    // What ends otherwise has a body.
    tokens.last().filter(|it| it.text == ";")?;
    let option = format!("json_name = {}", text::quoted(name));
    let before = tokens.get(tokens.len().checked_sub(2)?)?;
    Some(match before.text {
        "]" => {
            let last = tokens.get(tokens.len().checked_sub(3)?)?;
            Edit {
                at: last.at.end..last.at.end,
                text: match last.text {
                    "[" => option,
                    _ => format!(", {option}"),
                },
            }
        }
        _ => Edit {
            at: before.at.end..before.at.end,
            text: format!(" [{option}]"),
        },
    })
}
