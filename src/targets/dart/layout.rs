//! Lays rendered Dart out as `dart format` does (tall style, language version 3.7): indentation, blank lines, and lists
//! of arguments that do not fit a line. Knows no contract and decides no name.
//!
//! Templates write one statement per line. What does not fit is broken at its list of arguments, behind `=` or `??`, or
//! before `case`. A statement for which that is not enough gets the file a wider page, which the file says in the comment
//! that `dart format` obeys.

use super::scan::{is_literal, items, operator, single_group};

/// Page widths that are tried in order; the last one is used whatever does not fit.
const WIDTHS: &[usize] = &[80, 100, 120, 140, 160, 200, 240, 320, 480, 960, 4000];

/// The line after which the width is said.
const VERSION: &str = "// @dart = 3.7";

/// The text as `dart format` leaves it.
pub(super) fn layout(text: &str) -> String {
    for &width in WIDTHS {
        if let Some(lines) = at_width(text, width) {
            return print(&lines, width);
        }
    }
    let lines = Layout::new(usize::MAX).run(text).lines;
    print(&lines, WIDTHS[WIDTHS.len() - 1])
}

fn at_width(text: &str, width: usize) -> Option<Vec<String>> {
    let done = Layout::new(width).run(text);
    (!done.overflows).then_some(done.lines)
}

fn print(lines: &[String], width: usize) -> String {
    let mut text = String::new();
    for line in lines {
        text.push_str(line);
        text.push('\n');
        if line == VERSION && width != 80 {
            text.push_str(&format!("// dart format width={width}\n"));
        }
    }
    text
}

/// What a line is inside of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    Block,
    Switch,
}

struct Layout {
    width: usize,
    stack: Vec<Around>,
    lines: Vec<String>,
    blank: bool,
    overflows: bool,
}

impl Layout {
    fn new(width: usize) -> Self {
        Self {
            width,
            stack: Vec::new(),
            lines: Vec::new(),
            blank: false,
            overflows: false,
        }
    }

    fn run(mut self, text: &str) -> Self {
        for line in text.lines() {
            self.line(line.trim());
        }
        self
    }

    fn line(&mut self, line: &str) {
        if line.is_empty() {
            self.blank = true;
            return;
        }
        let closes = line.starts_with('}');
        if closes {
            self.stack.pop();
        }
        if std::mem::take(&mut self.blank) && !closes && !self.after_opening() {
            self.lines.push(String::new());
        }
        let indent = self.indent(line);
        if closes && self.after_opening() {
            if let Some(opening) = self.lines.last_mut() {
                opening.push_str(line);
            }
        } else if line.starts_with("//") {
            self.lines.push(pad(indent, line));
        } else {
            self.code(line, indent);
        }
        if line.ends_with('{') && !line.starts_with("//") {
            let switch = line.starts_with("switch (");
            self.stack.push(if switch {
                Around::Switch
            } else {
                Around::Block
            });
        }
    }

    fn after_opening(&self) -> bool {
        self.lines
            .last()
            .is_none_or(|last| last.ends_with('{') && !last.trim_start().starts_with("//"))
    }

    fn indent(&self, line: &str) -> usize {
        let mut indent = 0;
        for around in &self.stack {
            indent += match around {
                Around::Block => 2,
                Around::Switch => 4,
            };
        }
        let label = line.starts_with("case ") || line == "default:";
        if label && self.stack.last() == Some(&Around::Switch) {
            indent - 2
        } else {
            indent
        }
    }

    fn code(&mut self, line: &str, indent: usize) {
        if line.starts_with("import ") || line.starts_with("export ") || self.fits(line, indent) {
            self.lines.push(pad(indent, line));
        } else if !self.constructor(line, indent) && !self.class(line, indent) {
            self.split(line, indent);
        }
    }

    /// The head of a class, broken before its supertype.
    fn class(&mut self, line: &str, indent: usize) -> bool {
        if !line.contains("class ") && !line.starts_with("enum ") {
            return false;
        }
        let Some(at) = line.find(" extends ").or_else(|| line.find(" implements ")) else {
            return false;
        };
        let (name, supertype) = (&line[..at], &line[at + 1..]);
        self.overflows |= !self.fits(name, indent) || !self.fits(supertype, indent + 4);
        self.lines.push(pad(indent, name));
        self.lines.push(pad(indent + 4, supertype));
        true
    }

    fn fits(&self, line: &str, indent: usize) -> bool {
        indent + line.chars().count() <= self.width
    }

    /// A constructor with initialisers behind its parameters.
    fn constructor(&mut self, line: &str, indent: usize) -> bool {
        let Some((head, initialisers)) = line
            .strip_suffix(';')
            .and_then(|line| line.split_once(") : "))
        else {
            return false;
        };
        let items = items(initialisers);
        let head = format!("{head})");
        let (first, rest) = if self.fits(&head, indent) {
            self.lines.push(pad(indent, &head));
            (pad(indent + 2, ": "), indent + 4)
        } else {
            self.split(&head, indent);
            let last = self.lines.pop().unwrap_or_default();
            (format!("{last} : "), indent + 5)
        };
        for (index, item) in items.iter().enumerate() {
            let end = if index + 1 == items.len() { ";" } else { "," };
            let item = if index == 0 {
                format!("{first}{item}{end}")
            } else {
                pad(rest, &format!("{item}{end}"))
            };
            self.overflows |= item.chars().count() > self.width;
            self.lines.push(item);
        }
        true
    }

    /// Breaks a line behind an operator at its outermost level, or before the pattern of a condition; false if it has
    /// none.
    fn broken(&mut self, line: &str, indent: usize) -> bool {
        let pattern = line.strip_prefix("if (").and(line.find(" case "));
        let Some(at) = pattern
            .or_else(|| operator(line, " = ").map(|at| at + 2))
            .or_else(|| {
                let value = line.strip_prefix("return ").and(operator(line, " ?? "));
                value.map(|at| at + 3)
            })
        else {
            return false;
        };
        let (head, tail) = (&line[..at], &line[at + 1..]);
        self.overflows |= !self.fits(head, indent);
        self.lines.push(pad(indent, head));
        self.item(tail, indent + 4);
        true
    }

    /// Puts each item of the outermost list of a line on a line of its own.
    fn split(&mut self, line: &str, indent: usize) {
        let list = List::of(line).filter(|list| self.fits(list.head, indent));
        let Some(list) = list else {
            if !self.broken(line, indent) {
                self.overflows |= !is_literal(line);
                self.lines.push(pad(indent, line));
            }
            return;
        };
        self.overflows |= !self.fits(list.tail, indent);
        self.lines.push(pad(indent, list.head));
        let mut items = items(list.inside);
        let mut closing = "";
        // Named parameters behind positional ones open their braces on the line of the last of these.
        let named = items
            .last()
            .copied()
            .and_then(|last| last.strip_prefix('{')?.strip_suffix('}'));
        if let (Some(named), 2..) = (named, items.len()) {
            items.pop();
            let positional = items.len();
            items.extend(self::items(named));
            for (index, item) in items.iter().enumerate() {
                let open = if index + 1 == positional { " {" } else { "" };
                self.item(&format!("{item},{open}"), indent + 2);
            }
            items.clear();
            closing = "}";
        }
        for item in items {
            self.item(&format!("{item},"), indent + 2);
        }
        self.lines
            .push(pad(indent, &format!("{closing}{}", list.tail)));
    }

    fn item(&mut self, item: &str, indent: usize) {
        if self.fits(item, indent) {
            self.lines.push(pad(indent, item));
        } else {
            self.split(item, indent);
        }
    }
}

fn pad(indent: usize, line: &str) -> String {
    format!("{:indent$}{line}", "")
}

/// A line around one list: `head`, the text inside of the brackets, and `tail` from the closing bracket on.
struct List<'a> {
    head: &'a str,
    inside: &'a str,
    tail: &'a str,
}

impl<'a> List<'a> {
    /// The list of a line that has exactly one at its outermost level, which only `;`, `,` or ` {` follow.
    fn of(line: &'a str) -> Option<Self> {
        let statement = ["if (", "for (", "while (", "switch (", "case ", "} else"];
        if statement.iter().any(|keyword| line.starts_with(keyword)) {
            return None;
        }
        if line.contains(" => ") {
            return None;
        }
        let (open, close) = single_group(line)?;
        // Operators are broken at themselves.
        if line[..open].contains(" ?? ") || line[..open].contains(" && ") {
            return None;
        }
        let after = &line[close + 1..];
        if !matches!(after, "" | ";" | "," | " {") {
            return None;
        }
        let (mut start, mut end) = (open + 1, close);
        // Named parameters, and a collection that is the only argument, share the lines of the brackets.
        let inner = &line[start..end];
        let constant = if inner.starts_with("const ") { 6 } else { 0 };
        if let Some((first, last)) = single_group(inner)
            && first == constant
            && last + 1 == inner.len()
            && !inner.starts_with('(')
        {
            start += constant + 1;
            end -= 1;
        }
        (start < end).then(|| Self {
            head: &line[..start],
            inside: &line[start..end],
            tail: &line[end..],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::layout;

    fn lines(text: &str) -> String {
        layout(&format!("// @dart = 3.7\n\n{text}"))
            .trim_start_matches("// @dart = 3.7\n\n")
            .to_owned()
    }

    #[test]
    fn blocks_and_cases_are_indented() {
        assert_eq!(
            lines(
                "void f(int a) {\nswitch (a) {\ncase 1:\ng();\ndefault:\n}\n\n\nwhile (h()) {\n}\n\n}"
            ),
            "void f(int a) {\n  switch (a) {\n    case 1:\n      g();\n    default:\n  }\n\n  while (h()) {}\n}\n"
        );
    }

    #[test]
    fn lists_that_do_not_fit_have_a_line_per_item() {
        let name = "a".repeat(40);
        assert_eq!(
            lines(&format!(
                "const Study({{this.{name} = '(,', this.{name}b}});"
            )),
            format!("const Study({{\n  this.{name} = '(,',\n  this.{name}b,\n}});\n")
        );
        assert_eq!(
            lines(&format!("f(List<int> {name}, {{int {name} = 0}}) {{")),
            format!("f(\n  List<int> {name}, {{\n  int {name} = 0,\n}}) {{\n")
        );
    }

    #[test]
    fn long_assignments_and_patterns_are_broken() {
        let name = "a".repeat(50);
        assert_eq!(
            lines(&format!("final {name} = {name};")),
            format!("final {name} =\n    {name};\n")
        );
        assert_eq!(
            lines(&format!("return {name} ?? Bytes.of(const [{name}, 2]);")),
            format!("return {name} ??\n    Bytes.of(const [{name}, 2]);\n")
        );
        let longer = "a".repeat(60);
        assert_eq!(
            lines(&format!(
                "return {longer} ?? Bytes.of(const [{longer}, 2]);"
            )),
            format!(
                "return {longer} ??\n    Bytes.of(const [\n      {longer},\n      2,\n    ]);\n"
            )
        );
        assert_eq!(
            lines(&format!("if ({name} case final {name} $m) {{\n}}")),
            format!("if ({name}\n    case final {name} $m) {{}}\n")
        );
        assert_eq!(
            lines(&format!("return '{name}{name}';")),
            format!("return '{name}{name}';\n")
        );
    }

    #[test]
    fn what_cannot_be_broken_makes_the_page_wider() {
        let long = format!("if (a == '{}') {{", "x".repeat(80));
        let text = layout(&format!("// @dart = 3.7\n\n{long}\n}}"));
        assert_eq!(
            text,
            format!("// @dart = 3.7\n// dart format width=100\n\n{}}}\n", long)
        );
    }
}
