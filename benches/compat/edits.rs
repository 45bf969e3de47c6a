//! The next version of a tree of contracts, about a year later: most files are as they were, some have other comments and
//! more elements, a few have edits that break somebody, and packages have come and gone. The same edits every time;
//! nothing here knows how they are judged.

use super::tree::{self, File, Numbers};

/// One package in this many is gone.
const GONE: usize = 80;

/// One package in this many is new, at the end of the tree.
const FRESH: usize = 10;

/// The files of the new version of a tree whose old version has `count` files.
pub fn files(count: usize) -> impl Iterator<Item = File> {
    let mut numbers = Numbers(2_026);
    let packages = count / tree::FILES_PER_PACKAGE;
    let fresh = packages / FRESH * tree::FILES_PER_PACKAGE;
    tree::files(count + fresh)
        .enumerate()
        .filter(|(_, file)| file.package.is_none_or(|it| it % GONE != GONE - 1))
        .map(move |(index, mut file)| {
            // A file in three has changed, and one in six of those in a way that hurts.
            if index < count && file.package.is_some() && numbers.below(3) == 0 {
                let breaks = numbers.below(6) == 0;
                file.text = edited(&file.text, breaks, &mut numbers);
            }
            file
        })
}

/// A text with reworded comments, a few more elements, and an edit in ten fields if some are to break.
fn edited(text: &str, breaks: bool, numbers: &mut Numbers) -> String {
    let (licence, body) = text.split_at(tree::LICENCE.len());
    let mut out = licence.to_owned();
    let mut open = "";
    for line in body.lines() {
        if !line.starts_with(' ') && line.ends_with('{') {
            open = line;
        }
        if line == "}" {
            out.push_str(&added(open, numbers));
        }
        match Field::of(line) {
            Some(field) if breaks && numbers.below(10) == 0 => {
                out.push_str(&field.broken(numbers));
            }
            Some(_) | None => out.push_str(line),
        }
        if line.trim_start().starts_with("//") && numbers.below(20) == 0 {
            out.push_str(" See the guide on migration.");
        }
        out.push('\n');
    }
    out
}

/// What is new at the end of a declaration that begins with this line.
fn added(open: &str, numbers: &mut Numbers) -> String {
    let mut words = open.split_whitespace();
    let (Some(kind), Some(name)) = (words.next(), words.next()) else {
        return String::new();
    };
    match (kind, numbers.below(4)) {
        ("message", 0) => "\n  // Output only. When it was moved to the archive.\n  \
             google.protobuf.Timestamp archive_time = 201 [(shared.behavior) = OUTPUT_ONLY];\n\n  \
             // The labels that it was given.\n  repeated string added_labels = 202;\n"
            .to_owned(),
        ("enum", 0 | 1) => {
            let prefix = name.trim_end_matches("Kind").to_uppercase();
            format!("  // It was withdrawn.\n  {prefix}_KIND_WITHDRAWN = 90;\n")
        }
        ("service", 0 | 1) => {
            let noun = name.trim_end_matches("Service");
            format!(
                "  // Removes it for good.\n  rpc Purge{noun}(Get{noun}Request) returns ({noun}) {{\n    \
                 option (shared.signature) = \"name\";\n  }}\n"
            )
        }
        _ => String::new(),
    }
}

/// A field of those that the tree gives their number as the end of their name.
struct Field<'t> {
    ty: &'t str,
    name: &'t str,
    number: &'t str,
    options: &'t str,
}

impl<'t> Field<'t> {
    fn of(line: &'t str) -> Option<Self> {
        let (declaration, rest) = line
            .strip_prefix("  ")?
            .strip_suffix(';')?
            .split_once(" = ")?;
        let (ty, name) = declaration.rsplit_once(' ')?;
        let (number, options) = match rest.split_once(' ') {
            Some((number, options)) => (number, options),
            None => (rest, ""),
        };
        let field = Self {
            ty,
            name,
            number,
            options,
        };
        (name.rsplit_once('_')?.1 == number).then_some(field)
    }

    /// The line after an edit that changes what it means.
    fn broken(&self, numbers: &mut Numbers) -> String {
        let Self {
            ty,
            name,
            number,
            options,
        } = self;
        let options = match options.is_empty() {
            true => String::new(),
            false => format!(" {options}"),
        };
        match numbers.below(5) {
            0 => String::new(),
            1 => format!("  {ty} renamed_{name} = {number}{options};"),
            2 => format!("  {ty} {name} = 3{number}{options};"),
            3 => format!("  {} {name} = {number}{options};", Self::other(ty)),
            _ => format!("  // Nobody needs it.\n  reserved {number};"),
        }
    }

    /// Another type, as people change them.
    fn other(ty: &str) -> &'static str {
        match ty {
            "int32" => "int64",
            "int64" => "int32",
            "uint32" => "uint64",
            "float" => "double",
            "string" => "bytes",
            "bytes" => "string",
            "bool" => "int32",
            _ if ty.starts_with("repeated") => "string",
            _ => "repeated string",
        }
    }
}
