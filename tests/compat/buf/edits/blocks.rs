//! Edits of what is larger than a line of a .proto file: blocks, files, and what holds for all in them.

use super::lines::{numbered, package, which};
use super::{Dice, Files};

const FILE_OPTIONS: [&str; 22] = [
    "cc_enable_arenas = false",
    "cc_generic_services = true",
    "csharp_namespace = \"Else\"",
    "go_package = \"example.com/else\"",
    "java_generic_services = true",
    "java_multiple_files = false",
    "java_outer_classname = \"Else\"",
    "java_package = \"com.example.other\"",
    "java_string_check_utf8 = true",
    "objc_class_prefix = \"ELS\"",
    "optimize_for = LITE_RUNTIME",
    "php_class_prefix = \"Els\"",
    "php_metadata_namespace = \"Else\"",
    "php_namespace = \"Else\"",
    "py_generic_services = true",
    "ruby_package = \"Else\"",
    "swift_prefix = \"ELS\"",
    "features.json_format = LEGACY_BEST_EFFORT",
    "features.enum_type = CLOSED",
    "features.utf8_validation = NONE",
    "features.field_presence = IMPLICIT",
    "features.(pb.java).utf8_validation = VERIFY",
];

const INSIDE: [&str; 6] = [
    "option no_standard_descriptor_accessor = true;",
    "option features.json_format = LEGACY_BEST_EFFORT;",
    "option features.enum_type = OPEN;",
    "option features.enum_type = CLOSED;",
    "reserved 7000 to 7010;",
    "extensions 8000 to 8010;",
];

/// The lines of a block, from the one that opens it to the one that closes it.
fn block(lines: &[String], at: usize) -> Option<usize> {
    let mut depth = 0i32;
    for (index, line) in lines.iter().enumerate().skip(at) {
        for c in line.chars() {
            depth += match c {
                '{' => 1,
                '}' => -1,
                _ => 0,
            };
        }
        if depth <= 0 {
            return Some(index);
        }
    }
    None
}

const BLOCKS: [&str; 4] = ["message ", "enum ", "service ", "extend "];

pub(super) fn of_block(lines: &mut Vec<String>, dice: &mut Dice) -> Option<String> {
    let opens = |it: &str| BLOCKS.iter().any(|word| it.trim_start().starts_with(word));
    let at = *dice.pick(&which(lines, opens))?;
    let line = lines[at].clone();
    let what = match dice.below(2) {
        0 => {
            let end = block(lines, at)?;
            lines.drain(at..=end);
            "is gone"
        }
        _ => {
            let (head, name) = line.trim_end_matches('{').trim_end().rsplit_once(' ')?;
            lines[at] = format!(
                "{head} {name}X {{{}",
                if line.ends_with('}') { "}" } else { "" }
            );
            "is renamed"
        }
    };
    Some(format!("`{}` {what}", line.trim()))
}

pub(super) fn of_oneof(lines: &mut Vec<String>, dice: &mut Dice) -> Option<String> {
    if dice.below(2) == 0 {
        let fields = which(lines, |it| numbered(it).is_some_and(|it| it.is_field()));
        let at = *dice.pick(&fields)?;
        let line = lines[at].clone();
        let it = numbered(&line)?;
        let ty = it.before.rsplit(' ').next()?;
        let member = it.with(ty, it.name, it.number, it.after);
        lines[at] = format!("{}oneof fresh {{ {} }}", it.indent, member.trim());
        return Some(format!("`{}` in a new oneof", it.name));
    }
    let at = *dice.pick(&which(lines, |it| it.trim_start().starts_with("oneof ")))?;
    let line = lines[at].clone();
    let end = block(lines, at)?;
    match dice.below(3) {
        0 => lines[at] = line.replacen(" {", "_x {", 1),
        1 => {
            lines.remove(end);
            lines.remove(at);
        }
        _ if end > at + 2 => {
            // The first member leaves it.
            lines.swap(at, at + 1);
        }
        _ => return None,
    }
    Some(format!("`{}` is otherwise", line.trim()))
}

pub(super) fn of_file_option(lines: &mut Vec<String>, dice: &mut Dice) -> Option<String> {
    let options = which(lines, |it| it.starts_with("option "));
    if dice.below(3) == 0
        && let Some(&at) = dice.pick(&options)
    {
        let line = lines.remove(at);
        return Some(format!("without `{line}`"));
    }
    let option = *dice.pick(&FILE_OPTIONS)?;
    let name = option.split(" = ").next()?;
    let is_same = |it: &str| it.starts_with(&format!("option {name} ="));
    let line = format!("option {option};");
    match which(lines, is_same).first() {
        Some(&at) => lines[at] = line,
        None => {
            let last = which(lines, |it| {
                it.starts_with("import ") || it.starts_with("package ")
            });
            lines.insert(last.last()? + 1, line);
        }
    }
    Some(format!("with `{option}`"))
}

pub(super) fn of_reserved(lines: &mut Vec<String>, dice: &mut Dice) -> Option<String> {
    let is = |it: &str| {
        let text = it.trim_start();
        text.starts_with("reserved ") || text.starts_with("extensions ")
    };
    let at = *dice.pick(&which(lines, is))?;
    let line = lines[at].clone();
    match (dice.below(3), line.rsplit_once(", ")) {
        (0, Some((head, _))) => lines[at] = format!("{head};"),
        (1, _) if line.contains(" to ") => lines[at] = line.replacen(" to ", ", ", 1),
        _ => drop(lines.remove(at)),
    }
    Some(format!("less than `{}`", line.trim()))
}

pub(super) fn inside(lines: &mut Vec<String>, dice: &mut Dice) -> Option<String> {
    let opens = |it: &str| {
        BLOCKS[..2]
            .iter()
            .any(|word| it.trim_start().starts_with(word))
    };
    let at = *dice.pick(&which(lines, opens))?;
    let line = *dice.pick(&INSIDE)?;
    let what = format!("`{}` with `{line}`", lines[at].trim());
    // Options that it has already would be there twice.
    let name = line.split(" = ").next()?;
    let end = block(lines, at)?;
    match (at + 1..end)
        .find(|&index| lines[index].trim_start().starts_with(name) && line.contains('='))
    {
        Some(index) => lines[index] = line.to_owned(),
        None => lines.insert(at + 1, line.to_owned()),
    }
    Some(what)
}

pub(super) fn of_syntax(lines: &mut [String], dice: &mut Dice) -> Option<String> {
    let is = |it: &str| it.starts_with("syntax = ") || it.starts_with("edition = ");
    let at = *which(lines, is).first()?;
    let all = [
        "syntax = \"proto2\";",
        "syntax = \"proto3\";",
        "edition = \"2023\";",
    ];
    lines[at] = (*dice.pick(&all)?).to_owned();
    let what = lines[at].clone();
    if what.starts_with("edition") {
        for line in lines
            .iter_mut()
            .filter(|it| numbered(it).is_some_and(|it| it.is_field()))
        {
            *line = line.replacen("optional ", "", 1);
        }
    }
    Some(what)
}

pub(super) fn of_file(files: &mut Files, path: &str, dice: &mut Dice) -> Option<String> {
    let text = files.get(path)?.clone();
    match dice.below(4) {
        0 => {
            let package = package(&text)?;
            let new = text.replacen(
                &format!("package {package};"),
                &format!("package {package}.more;"),
                1,
            );
            files.insert(path.to_owned(), new);
            Some(format!("{path} in another package"))
        }
        1 if files.len() > 1 => {
            files.remove(path);
            Some(format!("without {path}"))
        }
        2 => {
            files.remove(path);
            files.insert(format!("renamed/{path}"), text);
            Some(format!("{path} renamed"))
        }
        _ => {
            // The same package everywhere is another one now.
            let package = package(&text)?;
            for text in files.values_mut() {
                *text = text.replace(
                    &format!("package {package};"),
                    &format!("package {package}.moved;"),
                );
            }
            Some(format!("package `{package}` renamed"))
        }
    }
}

/// A block at the top of a file goes to a new file: one that imports the old one, or that the old one imports.
pub(super) fn to_another_file(files: &mut Files, path: &str, dice: &mut Dice) -> Option<String> {
    let mut lines: Vec<String> = files.get(path)?.lines().map(str::to_owned).collect();
    let opens = |it: &str| BLOCKS.iter().any(|word| it.starts_with(word));
    let at = *dice.pick(&which(&lines, opens))?;
    let end = block(&lines, at)?;
    let moved: Vec<String> = lines.drain(at..=end).collect();
    let is_head = |it: &&String| {
        ["syntax", "edition", "package", "import"]
            .iter()
            .any(|word| it.starts_with(word))
    };
    let mut head: Vec<String> = lines.iter().filter(is_head).cloned().collect();
    let target = format!("beside_{}", path.replace('/', "_"));
    match dice.below(2) {
        0 => head.push(format!("import \"{path}\";")),
        _ => {
            let last = *which(&lines, |it| it.starts_with("package ")).last()?;
            lines.insert(last + 1, format!("import \"{target}\";"));
        }
    }
    let what = format!("`{}` in another file", moved.first()?);
    head.extend(moved);
    files.insert(path.to_owned(), lines.join("\n") + "\n");
    files.insert(target, head.join("\n") + "\n");
    Some(what)
}
