//! Where `_read` puts a value once it has it, and the statements that do so.

use super::layout::{call, indented, nested_call};

/// Where a value goes once it is read.
pub(super) enum Place {
    /// Into a variable.
    Assign(String),
    /// Into a variable, merged with what is there.
    Merge(String),
    /// Behind the elements of a list.
    Append(String),
    /// Into a oneof: the variable and the class.
    Arm(String, String),
}

/// The statements that keep the value of an expression.
pub(super) fn store(place: &Place, expression: &str, column: usize) -> Vec<String> {
    match place {
        Place::Assign(target) => vec![format!("{target} = {expression}")],
        Place::Merge(target) => vec![call(
            column,
            &format!("{target} = {expression} if {target} is None else _x.merged"),
            &[target, expression],
            "",
        )],
        Place::Append(list) => vec![call(column, &format!("{list}.append"), &[expression], "")],
        Place::Arm(target, arm) => {
            vec![call(
                column,
                &format!("{target} = {arm}"),
                &[expression],
                "",
            )]
        }
    }
}

/// As [`store`], of the value of a call.
pub(super) fn store_call(place: &Place, callee: &str, args: &[&str], column: usize) -> Vec<String> {
    let line = match place {
        Place::Assign(target) | Place::Merge(target) => {
            call(column, &format!("{target} = {callee}"), args, "")
        }
        Place::Append(list) => nested_call(column, &format!("{list}.append"), callee, args),
        Place::Arm(target, arm) => nested_call(column, &format!("{target} = {arm}"), callee, args),
    };
    vec![line]
}

/// The statements that keep a message that may occur again in a oneof.
pub(super) fn store_message(place: &Place, variable: &str, column: usize) -> Vec<String> {
    match place {
        Place::Arm(target, arm) => {
            let head = call(column, "if isinstance", &[target, arm], ":");
            let mut lines = vec![head, format!("    {target}.value._merge({variable})")];
            lines.push("else:".to_owned());
            let kept = store(place, variable, column + 4).remove(0);
            lines.push(indented(&kept));
            lines
        }
        Place::Assign(_) | Place::Merge(_) | Place::Append(_) => store(place, variable, column),
    }
}
