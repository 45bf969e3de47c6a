//! Fixes of random edits: what was found is gone, nothing else differs, and there is nothing left to fix.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use proptest::prelude::*;
use xlc::compat::fix::{Plan, is_otherwise_same, is_pending};
use xlc::compat::{Policy, Requirement};
use xlc::load::{Input, Loaded, load};

use crate::compare;

/// What becomes of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Kept,
    Removed,
    Renamed,
}

#[derive(Debug, Clone)]
struct Member {
    number: i32,
    fate: Fate,
    /// 0 no comment, 1 above, 2 behind, 3 above and apart, 4 both.
    comment: u8,
    /// 0 no option, 1 an option, 2 over several lines, 3 a pinned JSON name.
    option: u8,
}

#[derive(Debug, Clone)]
struct Style {
    /// All on one line.
    inline: bool,
    /// A comment behind the opening brace.
    greeting: bool,
    tabs: bool,
    crlf: bool,
    /// Reservations come last.
    late: bool,
    /// A comment before the closing brace.
    farewell: bool,
}

#[derive(Debug, Clone)]
struct Case {
    members: Vec<Member>,
    values: Vec<Member>,
    /// Numbers and names that both versions reserve.
    reserved: Vec<i32>,
    /// Those that only the old one reserves.
    dropped: Vec<i32>,
    style: Style,
}

fn case() -> impl Strategy<Value = Case> {
    let fate = prop_oneof![
        2 => Just(Fate::Kept),
        2 => Just(Fate::Removed),
        1 => Just(Fate::Renamed),
    ];
    let member = (fate, 0..5u8, 0..4u8);
    let members = prop::collection::btree_map(1..40i32, member.clone(), 0..9);
    let values = prop::collection::btree_map(-9..20i32, member, 0..6);
    let rest = prop::collection::btree_set(40..60i32, 0..8);
    let style = prop::array::uniform6(prop::bool::weighted(0.3));
    (members, values, rest, any::<u8>(), style).prop_map(|(members, values, rest, split, style)| {
        let list = |map: std::collections::BTreeMap<i32, (Fate, u8, u8)>| {
            let member = |(number, (fate, comment, option))| Member {
                number,
                fate,
                comment,
                option,
            };
            map.into_iter().map(member).collect::<Vec<_>>()
        };
        let (reserved, dropped) = rest.iter().partition(|it| split >> (**it % 8) & 1 == 0);
        let [inline, greeting, tabs, crlf, late, farewell] = style;
        Case {
            members: list(members),
            values: list(values),
            reserved,
            dropped,
            style: Style {
                inline,
                greeting,
                tabs,
                crlf,
                late,
                farewell,
            },
        }
    })
}

/// One side of a case as the text of a file.
fn text(case: &Case, is_old: bool) -> String {
    let mut out = String::from("syntax = \"proto3\";\n\npackage p;\n\n// A message.\n");
    let mut reserved = case.reserved.clone();
    if is_old {
        reserved.extend(&case.dropped);
    }
    reserved.sort_unstable();
    let names: Vec<String> = reserved.iter().map(|it| format!("\"r{it}\"")).collect();
    let numbers: Vec<String> = reserved.iter().map(i32::to_string).collect();
    let lists = match reserved.is_empty() {
        true => Vec::new(),
        false => vec![
            format!("reserved {};", numbers.join(", ")),
            format!("reserved {}; // names", names.join(", ")),
        ],
    };
    let field = |it: &Member, name: &str| {
        let option = match (it.option, it.fate) {
            (1, _) => " [deprecated = true]".to_owned(),
            (2, _) => " [\n    deprecated = true // long ago\n  ]".to_owned(),
            // Only where nothing is renamed: a pinned name that changes is nobody's slip.
            (3, Fate::Kept) => format!(" [json_name = \"j{}\"]", it.number),
            _ => String::new(),
        };
        format!("string {name} = {}{option};", it.number)
    };
    let members = body(&case.members, is_old, "f", &field);
    block(&mut out, "message M", &lists, &members, &case.style);
    out.push_str("\nenum E {\n  ZERO = 100;\n");
    out = out.replace("ZERO = 100", "option allow_alias = false;\n  ZERO = 0");
    out = out.replace("  option allow_alias = false;\n", "");
    let value = |it: &Member, name: &str| format!("{name} = {};", it.number);
    let values: Vec<Member> = case
        .values
        .iter()
        .filter(|it| it.number != 0)
        .cloned()
        .collect();
    for line in body(&values, is_old, "V", &value) {
        let _ = writeln!(out, "  {line}");
    }
    out.push_str("}\n\nmessage Holder { M m = 1; E e = 2; }\n");
    match case.style.crlf {
        true => out.replace('\n', "\r\n"),
        false => out,
    }
}

fn body(
    members: &[Member],
    is_old: bool,
    prefix: &str,
    declare: &dyn Fn(&Member, &str) -> String,
) -> Vec<String> {
    let mut lines = Vec::new();
    for it in members {
        if !is_old && it.fate == Fate::Removed {
            continue;
        }
        // Enums have no JSON name to pin: a renamed value has no fix.
        let renamed = !is_old && it.fate == Fate::Renamed && prefix == "f";
        let sign = if it.number < 0 { "m" } else { "" };
        let name = format!(
            "{prefix}{sign}{}{}",
            it.number.abs(),
            if renamed { "_new" } else { "" }
        );
        let declared = declare(it, &name);
        match it.comment {
            1 => lines.push(format!("// About {prefix}{}.", it.number)),
            3 => lines.extend([
                format!("// Apart from {prefix}{}.", it.number),
                String::new(),
            ]),
            4 => lines.push(format!("/* Above {prefix}{}. */", it.number)),
            _ => {}
        }
        lines.push(match it.comment {
            2 | 4 => format!("{declared} // behind {}", it.number),
            _ => declared,
        });
    }
    lines
}

fn block(out: &mut String, head: &str, reserved: &[String], members: &[String], style: &Style) {
    let lines: Vec<&String> = match style.late {
        true => members.iter().chain(reserved).collect(),
        false => reserved.iter().chain(members).collect(),
    };
    let commented = lines.iter().any(|it| it.contains("//"));
    if style.inline && !commented {
        let words: Vec<&str> = lines.iter().map(|it| it.as_str()).collect();
        let _ = writeln!(out, "{head} {{ {} }}", words.join(" "));
        return;
    }
    let greeting = if style.greeting { " // Hello." } else { "" };
    let _ = writeln!(out, "{head} {{{greeting}");
    let indent = if style.tabs { "\t" } else { "  " };
    for line in lines {
        let _ = match line.is_empty() {
            true => writeln!(out),
            false => writeln!(out, "{indent}{line}"),
        };
    }
    if style.farewell {
        let _ = writeln!(out, "{indent}// Good bye.");
    }
    out.push_str("}\n");
}

fn parse(text: &str) -> Loaded {
    let input = Input::Memory {
        import: "p.proto".to_owned(),
        name: "p.proto".to_owned(),
        bytes: text.as_bytes().to_vec(),
        requested: true,
    };
    load(&[input], &[]).unwrap_or_else(|failure| panic!("{:#?}\n{text}", failure.diagnostics))
}

/// What is required: everything.
fn policy() -> Policy {
    let require = ["wire", "json"].map(|it| (it.to_owned(), Requirement::Full));
    Policy {
        require: require.into(),
        packages: Vec::new(),
    }
}

/// The new text with all fixes.
fn fixed(old: &Loaded, new: &Loaded) -> Option<String> {
    let findings = compare(old, new);
    let plan = Plan::new(&findings, &policy(), &new.contract, &new.sources, &|_| true);
    let mut texts = plan.texts(&new.sources);
    assert!(texts.len() <= 1);
    assert_eq!(texts.is_empty(), plan.fixes.is_empty());
    texts.pop().map(|(_, _, text)| text)
}

/// Lines that no fix has a reason to touch.
fn untouched(text: &str) -> Vec<&str> {
    let lines = text.lines().filter(|it| !it.trim().is_empty());
    lines
        .filter(|it| !it.contains("reserved") && !it.contains("_new") && !it.contains("deprecated"))
        .collect()
}

/// Codes of what a fix is for.
const HYGIENE: [&str; 6] = [
    "field-unreserved",
    "message-reserved",
    "enum-value-unreserved",
    "enum-reserved",
    "field-renamed",
    "field-json-name",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_can_be_fixed_is_gone_and_all_else_is_as_it_was(case in case()) {
        let [old, new] = [true, false].map(|is_old| text(&case, is_old));
        let (old, before) = (parse(&old), parse(&new));
        let slips = |new: &Loaded| {
            let findings = compare(&old, new);
            let pending = findings.iter().filter(|it| is_pending(it));
            let pending = pending.filter(|it| HYGIENE.contains(&it.rule.code.name));
            pending.map(|it| it.message.clone()).collect::<Vec<_>>()
        };
        let prints = |new: &Loaded| {
            compare(&old, new).iter().map(xlc::compat::Finding::fingerprint).collect::<BTreeSet<_>>()
        };
        let Some(text) = fixed(&old, &before) else {
            prop_assert_eq!(slips(&before), Vec::<String>::new());
            return Ok(());
        };
        prop_assert!(!slips(&before).is_empty());
        let after = parse(&text);
        prop_assert_eq!(slips(&after), Vec::<String>::new(), "{}", text);
        prop_assert!(is_otherwise_same(&before.contract, &after.contract), "{}\n{}", new, text);
        prop_assert!(prints(&after).is_subset(&prints(&before)), "{}", text);
        prop_assert_eq!(fixed(&old, &after), None, "{}", text);
        prop_assert_eq!(text.contains("\r\n"), case.style.crlf);
        prop_assert_eq!(text.replace("\r\n", "").contains('\r'), false);
        if !case.style.inline {
            prop_assert_eq!(untouched(&new), untouched(&text));
        }
    }
}

/// How it looks, in the ways that people write messages.
#[test]
fn what_is_written_looks_as_if_a_person_had_written_it() {
    let head = "syntax = \"proto3\";\n";
    for (old, new, wanted) in [
        // First in the body, where it is seen.
        (
            "message M {\n  string a = 1;\n  string b = 2;\n}\n",
            "message M {\n  string a = 1;\n}\n",
            "message M {\n  reserved 2;\n  reserved \"b\";\n  string a = 1;\n}\n",
        ),
        // A comment stays with its field, and ranges are joined.
        (
            "message M {\n  string a = 1;\n  string b = 2; string c = 3; string d = 5;\n}\n",
            "message M {\n  // The id.\n  string a = 1;\n}\n",
            "message M {\n  reserved 2 to 3, 5;\n  reserved \"b\", \"c\", \"d\";\n\n  // The id.\n  string a = 1;\n}\n",
        ),
        // A comment of the message stays the message's.
        (
            "message M {\n  string a = 1;\n  string b = 2;\n}\n",
            "message M { // Of M.\n  string a = 1;\n  // After a.\n}\n",
            "message M { // Of M.\n  string a = 1;\n  // After a.\n\n  reserved 2;\n  reserved \"b\";\n}\n",
        ),
        // Statements that are there take it in.
        (
            "message M {\n  string b = 3;\n  string c = 8;\n  string a = 1;\n  reserved 2, 6 to 7;\n  reserved \"x\";\n}\n",
            "message M {\n  reserved 2, 6 to 7; // gone\n  reserved \"x\" /* too */;\n\n  string a = 1;\n}\n",
            "message M {\n  reserved 2 to 3, 6 to 8; // gone\n  reserved \"x\", \"b\", \"c\" /* too */;\n\n  string a = 1;\n}\n",
        ),
        (
            "message M {\n  string b = 4;\n  string a = 1;\n  reserved 2, 6, 9;\n}\n",
            "message M {\n  reserved 2, 6, 9; // gone\n\n  string a = 1;\n}\n",
            "message M {\n  reserved 2, 4, 6, 9; // gone\n  reserved \"b\";\n\n  string a = 1;\n}\n",
        ),
        // One line stays one line; nothing is made to hold something.
        (
            "message M { string a = 1; string b = 2; }\n",
            "message M { string a = 1; }\n",
            "message M { reserved 2; reserved \"b\"; string a = 1; }\n",
        ),
        (
            "message M { message N { string b = 2; } }\n",
            "message M {\n  message N {}\n}\n",
            "message M {\n  message N {\n    reserved 2;\n    reserved \"b\";\n  }\n}\n",
        ),
        // Reservations that were dropped come back; what is in use cannot.
        (
            "message M {\n  reserved 4 to max;\n  reserved \"y\", \"z\";\n}\n",
            "message M {\n  string z = 9;\n  reserved 5;\n}\n",
            "message M {\n  string z = 9;\n  reserved 4 to 8, 10 to max;\n  reserved \"y\";\n}\n",
        ),
        // Enums.
        (
            "enum E {\n  A = 0;\n  B = 1;\n  C = -1;\n}\n",
            "enum E {\n  A = 0;\n}\n",
            "enum E {\n  reserved -1, 1;\n  reserved \"B\", \"C\";\n  A = 0;\n}\n",
        ),
        // JSON names.
        (
            "message M {\n  string a_b = 1;\n  string c = 2 [deprecated = true];\n  map<string, string> d = 3;\n}\n",
            "message M {\n  string x = 1; // first\n  string y = 2 [deprecated = true];\n  map<string, string> z = 3;\n}\n",
            "message M {\n  string x = 1 [json_name = \"aB\"]; // first\n  string y = 2 [deprecated = true, json_name = \"c\"];\n  \
             map<string, string> z = 3 [json_name = \"d\"];\n}\n",
        ),
    ] {
        let [old, new] = [old, new].map(|text| parse(&format!("{head}{text}")));
        let text = fixed(&old, &new).expect("something to fix");
        assert_eq!(text.strip_prefix(head), Some(wanted));
        let after = parse(&text);
        assert_eq!(fixed(&old, &after), None, "{text}");
        assert!(is_otherwise_same(&new.contract, &after.contract), "{text}");
    }
}

/// What a machine cannot decide.
#[test]
fn what_is_a_decision_is_left_alone() {
    let head = "syntax = \"proto3\";\n";
    for (old, new) in [
        // The old name is another field's now.
        (
            "message M { string a = 1; string b = 2; }",
            "message M { string b = 1; string a = 2; }",
        ),
        // Somebody chose the new name.
        (
            "message M { string a = 1; }",
            "message M { string a = 1 [json_name = \"x\"]; }",
        ),
        // Nothing is wrong.
        (
            "message M { string a = 1; }",
            "message M { string a = 1; string b = 2; }",
        ),
    ] {
        let [old, new] = [old, new].map(|text| parse(&format!("{head}{text}")));
        assert_eq!(fixed(&old, &new), None);
    }
    // A file that is not one's own.
    let old = parse("syntax = \"proto3\"; message M { string a = 1; string b = 2; }");
    let new = parse("syntax = \"proto3\"; message M { string a = 1; }");
    let findings = compare(&old, &new);
    let plan = Plan::new(&findings, &policy(), &new.contract, &new.sources, &|_| {
        false
    });
    assert!(plan.fixes.is_empty());
}
