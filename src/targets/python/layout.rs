//! Line breaking as `ruff format` does it, for the few statements whose length depends on the contract.
//! Every function takes the column at which its first line begins; later lines are relative to that column.

/// The line length of `ruff format`.
const WIDTH: usize = 88;

/// Whether a line that begins at `column` is short enough.
pub(super) fn fits(column: usize, line: &str) -> bool {
    column + line.chars().count() <= WIDTH
}

/// `head(args)tail`: on one line, with the arguments on a line of their own, or with one line for each.
/// If the head is an assignment that is too long itself, the call gets parentheses.
pub(super) fn call(column: usize, head: &str, args: &[&str], tail: &str) -> String {
    if let Some((target, callee)) = head.rsplit_once(" = ")
        && !fits(column, &format!("{head}({}){tail}", args.join(", ")))
        && !fits(column, &format!("{head}("))
        && fits(column + 4, &format!("{callee}("))
    {
        let inner = indented(&call(column + 4, callee, args, tail));
        return format!("{target} = (\n{inner}\n)");
    }
    bracketed(column, &format!("{head}("), args, &format!("){tail}"))
}

/// `head(callee(args))`, with the inner call on lines of its own if need be.
pub(super) fn nested_call(column: usize, head: &str, callee: &str, args: &[&str]) -> String {
    let line = format!("{head}({callee}({}))", args.join(", "));
    if fits(column, &line) {
        return line;
    }
    let inner = indented(&call(column + 4, callee, args, ""));
    format!("{head}(\n{inner}\n)")
}

/// A text four columns to the right.
pub(super) fn indented(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| format!("    {line}")).collect();
    lines.join("\n")
}

/// As [`call`] with other brackets, which `open` and `close` end and begin with.
pub(super) fn bracketed(column: usize, open: &str, items: &[&str], close: &str) -> String {
    let joined = items.join(", ");
    let line = format!("{open}{joined}{close}");
    if fits(column, &line) || items.is_empty() {
        line
    } else if fits(column + 4, &joined) || items.len() == 1 {
        format!("{open}\n    {joined}\n{close}")
    } else {
        let lines: String = items.iter().map(|item| format!("    {item},\n")).collect();
        format!("{open}\n{lines}{close}")
    }
}

/// `target = value` where the value has no brackets to break in.
pub(super) fn assign(column: usize, target: &str, value: &str) -> String {
    let line = format!("{target} = {value}");
    if fits(column, &line) || !fits(column + 4, value) {
        line
    } else {
        format!("{target} = (\n    {value}\n)")
    }
}

/// A type as an annotation spells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Annotation {
    /// What stands before the brackets, `list` or `dict`, and what is in them.
    pub(super) generic: Option<(String, Vec<String>)>,
    /// The members of the union; the generic type, if any, comes before them.
    pub(super) union: Vec<String>,
}

impl Annotation {
    /// A type with a name, or a union of such.
    pub(super) fn union<const N: usize>(members: [&str; N]) -> Self {
        Self {
            generic: None,
            union: members.iter().map(|&member| member.to_owned()).collect(),
        }
    }

    /// `list[..]` or `dict[.., ..]`.
    pub(super) fn generic(name: &str, arguments: Vec<String>) -> Self {
        Self {
            generic: Some((name.to_owned(), arguments)),
            union: Vec::new(),
        }
    }

    /// This type or `None`.
    pub(super) fn or_none(mut self) -> Self {
        self.union.push("None".to_owned());
        self
    }

    /// The type on one line.
    pub(super) fn line(&self) -> String {
        let mut members = Vec::new();
        if let Some((name, arguments)) = &self.generic {
            members.push(format!("{name}[{}]", arguments.join(", ")));
        }
        members.extend(self.union.iter().cloned());
        members.join(" | ")
    }

    /// `name: type`, with ` = value` if there is one, as a statement.
    pub(super) fn statement(&self, column: usize, name: &str, value: Option<&str>) -> String {
        let tail = value.map_or(String::new(), |value| format!(" = {value}"));
        let line = format!("{name}: {}{tail}", self.line());
        if fits(column, &line) {
            return line;
        }
        if let (Some((generic, arguments)), true) = (&self.generic, self.union.is_empty()) {
            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            return bracketed(
                column,
                &format!("{name}: {generic}["),
                &arguments,
                &format!("]{tail}"),
            );
        }
        let head = format!("{name}: {} = (", self.line());
        if let Some(path) =
            value.filter(|value| value.contains(char::is_alphabetic) && value.contains('.'))
            && fits(column, &head)
        {
            return format!("{head}\n    {path}\n)");
        }
        if fits(column + 4, &self.line()) {
            return format!("{name}: (\n    {}\n){tail}", self.line());
        }
        if self.union.len() > 1 {
            let members = self.union.join("\n    | ");
            return format!("{name}: (\n    {members}\n){tail}");
        }
        line
    }

    /// `name: type = value,` as a parameter on a line of its own.
    pub(super) fn parameter(&self, column: usize, name: &str, value: &str) -> String {
        let line = format!("{name}: {} = {value},", self.line());
        if fits(column, &line) {
            return line;
        }
        let mut first = format!("{name}: ");
        let mut rest: Vec<&str> = self.union.iter().map(String::as_str).collect();
        if let Some((generic, arguments)) = &self.generic {
            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            let open = format!("{first}{generic}[");
            first = bracketed(column, &open, &arguments, "]");
        } else if !rest.is_empty() {
            first.push_str(rest.remove(0));
        }
        if rest.is_empty() {
            return format!("{first} = {value},");
        }
        format!("{first}\n| {} = {value},", rest.join("\n| "))
    }
}

#[cfg(test)]
mod tests {
    use super::{Annotation, assign, call};

    fn name(length: usize) -> String {
        "N".repeat(length)
    }

    #[test]
    fn calls_break_in_their_brackets() {
        assert_eq!(call(8, "f", &["a", "b"], ""), "f(a, b)");
        let long = name(75);
        assert_eq!(
            call(8, &long, &["a", "b"], " + 1"),
            format!("{long}(\n    a, b\n) + 1")
        );
        let argument = name(45);
        assert_eq!(
            call(8, "f", &[&argument, &argument], ""),
            format!("f(\n    {argument},\n    {argument},\n)")
        );
    }

    #[test]
    fn a_value_without_brackets_gets_parentheses_if_they_help() {
        let (long, huge) = (name(66), name(100));
        assert_eq!(
            assign(16, "target", &long),
            format!("target = (\n    {long}\n)").replace("(\n    ", "(\n    ")
        );
        assert_eq!(assign(8, "t", &huge), format!("t = {huge}"));
    }

    #[test]
    fn annotations_break_where_ruff_does() {
        let ty = name(72);
        let list = Annotation::generic("list", vec![ty.clone()]);
        assert_eq!(
            list.statement(8, "field", Some("[]")),
            format!("field: list[\n    {ty}\n] = []")
        );
        assert_eq!(
            list.or_none().parameter(8, "field", "None"),
            format!("field: list[\n    {ty}\n]\n| None = None,")
        );
        let union = Annotation::union([&ty, "None"]);
        assert_eq!(
            union.statement(4, "field", None),
            format!("field: (\n    {ty} | None\n)")
        );
        assert_eq!(
            union.parameter(8, "field", "None"),
            format!("field: {ty}\n| None = None,")
        );
    }
}
