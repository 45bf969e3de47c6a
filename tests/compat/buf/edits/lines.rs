//! Edits of single lines of .proto files that are laid out one element a line: fields, values, methods. Whether the result
//! is a contract is for the caller to find out.

use super::blocks::{
    inside, of_block, of_file, of_file_option, of_oneof, of_reserved, of_syntax, to_another_file,
};
use super::{Dice, Files};

const SCALARS: [&str; 15] = [
    "double", "float", "int32", "int64", "uint32", "uint64", "sint32", "sint64", "fixed32",
    "fixed64", "sfixed32", "sfixed64", "bool", "string", "bytes",
];

const LABELS: [&str; 4] = ["", "optional ", "required ", "repeated "];

const FIELD_OPTIONS: [&str; 17] = [
    "jstype = JS_NUMBER",
    "jstype = JS_STRING",
    "ctype = CORD",
    "ctype = STRING",
    "ctype = STRING_PIECE",
    "json_name = \"elsewhere\"",
    "default = 1",
    "default = -1.5",
    "default = \"y\"",
    "default = true",
    "packed = true",
    "deprecated = true",
    "features.field_presence = IMPLICIT",
    "features.utf8_validation = NONE",
    "features.(pb.cpp).string_type = VIEW",
    "features.(pb.java).utf8_validation = VERIFY",
    "features.message_encoding = DELIMITED",
];

/// The name of the package in a file's text.
pub(super) fn package(text: &str) -> Option<String> {
    let line = text.lines().find_map(|it| it.strip_prefix("package "))?;
    Some(line.trim_end_matches(';').to_owned())
}

/// The path in an import.
pub(super) fn import(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("import ")?;
    rest.split('"').nth(1)
}

/// A field, an extension or a value of an enum, in parts.
pub(super) struct Numbered<'t> {
    pub(super) indent: &'t str,
    /// Label and type; empty for a value.
    pub(super) before: &'t str,
    pub(super) name: &'t str,
    pub(super) number: &'t str,
    /// Options in brackets and the semicolon, or the brace of a group.
    pub(super) after: &'t str,
}

pub(super) fn numbered(line: &str) -> Option<Numbered<'_>> {
    let text = line.trim_start();
    let indent = &line[..line.len() - text.len()];
    let skip = [
        "option ",
        "reserved ",
        "extensions ",
        "//",
        "rpc ",
        "import ",
        "syntax",
        "edition",
    ];
    if skip.iter().any(|it| text.starts_with(it)) {
        return None;
    }
    let (left, right) = text.split_once(" = ")?;
    let (before, name) = left.rsplit_once(' ').unwrap_or(("", left));
    let end = right.find([' ', ';'])?;
    Some(Numbered {
        indent,
        before,
        name,
        number: &right[..end],
        after: &right[end..],
    })
}

impl Numbered<'_> {
    pub(super) fn is_field(&self) -> bool {
        !self.before.is_empty()
    }

    pub(super) fn with(&self, before: &str, name: &str, number: &str, after: &str) -> String {
        let space = if before.is_empty() { "" } else { " " };
        format!("{}{before}{space}{name} = {number}{after}", self.indent)
    }
}

/// Changes something at random; what, if it found something to change.
pub(super) fn edit(files: &mut Files, dice: &mut Dice) -> Option<String> {
    let names: Vec<String> = files.keys().cloned().collect();
    let path = dice.pick(&names)?.clone();
    let mut lines: Vec<String> = files[&path].lines().map(str::to_owned).collect();
    let what = match dice.below(24) {
        0..=10 => of_number(&mut lines, dice)?,
        11 | 12 => swapped(&mut lines, dice)?,
        13 => of_method(&mut lines, dice)?,
        14 | 15 => of_block(&mut lines, dice)?,
        16 => of_oneof(&mut lines, dice)?,
        17 | 18 => of_file_option(&mut lines, dice)?,
        19 => of_reserved(&mut lines, dice)?,
        20 => inside(&mut lines, dice)?,
        21 => of_syntax(&mut lines, dice)?,
        22 => return of_file(files, &path, dice),
        _ => return to_another_file(files, &path, dice),
    };
    files.insert(path.clone(), lines.join("\n") + "\n");
    Some(format!("{path}: {what}"))
}

/// The indices of lines for which something holds.
pub(super) fn which(lines: &[String], is: impl Fn(&str) -> bool) -> Vec<usize> {
    (0..lines.len())
        .filter(|&index| is(&lines[index]))
        .collect()
}

fn of_number(lines: &mut Vec<String>, dice: &mut Dice) -> Option<String> {
    let at = *dice.pick(&which(lines, |it| numbered(it).is_some()))?;
    let line = lines[at].clone();
    let it = numbered(&line)?;
    let (before, name, number, after) = (it.before, it.name, it.number, it.after);
    let change = dice.below(if it.is_field() { 10 } else { 5 });
    let what = match change {
        0 => {
            if after.ends_with('{') {
                return None;
            }
            lines.remove(at);
            return Some(format!("without `{name}`"));
        }
        1 => {
            lines[at] = it.with(before, name, &(5000 + dice.below(50)).to_string(), after);
            "renumbered"
        }
        2 => {
            lines[at] = it.with(before, &format!("{name}_x"), number, after);
            "renamed"
        }
        3 => {
            if after.ends_with('{') {
                return None;
            }
            let name = if it.is_field() {
                format!("{name}_too")
            } else {
                format!("{name}_TOO")
            };
            let added = it.with(before, &name, &(6000 + dice.below(50)).to_string(), after);
            lines.insert(at + 1, added);
            "beside a new one"
        }
        4 => {
            lines.remove(at);
            // Before the brace that closes the block around it.
            lines.insert(
                at,
                format!("{}reserved {number}; reserved \"{name}\";", it.indent),
            );
            "reserved"
        }
        5 | 6 => {
            let ty = type_of(lines, dice)?;
            let label = LABELS
                .iter()
                .rev()
                .find(|it| before.starts_with(**it))
                .unwrap_or(&"");
            let after = if dice.below(2) == 0 { ";" } else { after };
            lines[at] = it.with(&format!("{label}{ty}"), name, number, after);
            "of another type"
        }
        7 => {
            let ty = before.rsplit(' ').next().unwrap_or(before);
            let label = dice.pick(&LABELS)?;
            lines[at] = it.with(&format!("{label}{ty}"), name, number, after);
            "with another label"
        }
        8 => {
            let option = dice.pick(&FIELD_OPTIONS)?;
            lines[at] = it.with(before, name, number, &format!(" [{option}];"));
            "with another option"
        }
        _ => {
            lines[at] = it.with(before, name, number, ";");
            "without options"
        }
    };
    Some(format!("`{name}` {what}"))
}

/// A scalar, a map, or a type that is declared in the file.
fn type_of(lines: &[String], dice: &mut Dice) -> Option<String> {
    let declared: Vec<&str> = lines
        .iter()
        .filter_map(|line| {
            let text = line.trim_start();
            let name = text
                .strip_prefix("message ")
                .or_else(|| text.strip_prefix("enum "))?;
            name.split(' ').next()
        })
        .collect();
    let scalar = || SCALARS.to_vec();
    Some(match dice.below(5) {
        0 | 1 => (*dice.pick(&declared)?).to_owned(),
        2 => {
            let key = *dice.pick(&["string", "int32", "bool", "fixed64"])?;
            let value = *dice.pick(&[scalar(), declared].concat())?;
            format!("map<{key}, {value}>")
        }
        _ => (*dice.pick(&SCALARS)?).to_owned(),
    })
}

/// Two neighbours exchange their numbers, or their names.
fn swapped(lines: &mut [String], dice: &mut Dice) -> Option<String> {
    let at = *dice.pick(&which(lines, |it| numbered(it).is_some()))?;
    let (one, other) = (lines[at].clone(), lines.get(at + 1)?.clone());
    let (first, second) = (numbered(&one)?, numbered(&other)?);
    let numbers = dice.below(2) == 0;
    let swap = |it: &Numbered<'_>, with: &Numbered<'_>| match numbers {
        true => it.with(it.before, it.name, with.number, it.after),
        false => it.with(it.before, with.name, it.number, it.after),
    };
    let (new_one, new_other) = (swap(&first, &second), swap(&second, &first));
    let what = format!("`{}` and `{}` swapped", first.name, second.name);
    lines[at] = new_one;
    lines[at + 1] = new_other;
    Some(what)
}

fn of_method(lines: &mut Vec<String>, dice: &mut Dice) -> Option<String> {
    let at = *dice.pick(&which(lines, |it| it.trim_start().starts_with("rpc ")))?;
    let line = lines[at].clone();
    let what = match dice.below(5) {
        0 if line.ends_with(';') || line.ends_with("{}") => {
            lines.remove(at);
            "is gone"
        }
        1 => {
            lines[at] = match line.contains("returns (stream ") {
                true => line.replace("returns (stream ", "returns ("),
                false => line.replace("returns (", "returns (stream "),
            };
            "streams otherwise"
        }
        2 => {
            let (name, rest) = line.split_once('(')?;
            lines[at] = match rest.strip_prefix("stream ") {
                Some(rest) => format!("{name}({rest}"),
                None => format!("{name}(stream {rest}"),
            };
            "takes otherwise"
        }
        3 if line.ends_with(';') => {
            let level = dice.pick(&["NO_SIDE_EFFECTS", "IDEMPOTENT"])?;
            let head = line.trim_end_matches(';');
            lines[at] = format!("{head} {{ option idempotency_level = {level}; }}");
            "promises otherwise"
        }
        _ => {
            let ty = type_of(lines, dice)?;
            let (head, rest) = line.split_once('(')?;
            let (request, tail) = rest.split_once(')')?;
            lines[at] = match dice.below(2) {
                0 => format!("{head}({ty}){tail}"),
                _ => format!("{head}({request}) returns ({ty});"),
            };
            "is of another type"
        }
    };
    Some(format!("`{}` {what}", line.trim()))
}
