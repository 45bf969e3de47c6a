//! Any contract: small ones made of bytes, so that proptest can shrink what it found.

use proptest::prelude::*;
use xlc::load::Loaded;

use super::{against, lock_of, said, versions};
use crate::{compare, parse};

const NAMES: [&str; 6] = ["a", "b_c", "d", "eF", "g", "gone"];
const TYPES: [&str; 10] = [
    "int32", "sint64", "string", "bytes", "bool", "fixed32", "double", "A", "B", "Size",
];
const LABELS: [&str; 3] = ["", "optional ", "repeated "];

/// Bytes that decide; zeros when there are no more.
struct Source<'b>(&'b [u8]);

impl Source<'_> {
    fn below(&mut self, bound: usize) -> usize {
        let Some((&first, rest)) = self.0.split_first() else {
            return 0;
        };
        self.0 = rest;
        usize::from(first) % bound
    }

    /// In the order of their numbers, as a lock has them: which payload is tried first depends on it.
    fn fields(&mut self) -> String {
        let mut plain = Vec::new();
        let mut exclusive = Vec::new();
        let mut numbers: Vec<usize> = (1..=8).collect();
        for name in NAMES {
            let number = numbers.remove(self.below(numbers.len()));
            let ty = TYPES[self.below(TYPES.len())];
            let is_pinned = self.below(20) == 1 && name == "d";
            let json = ["", " [json_name = \"other\"]"][usize::from(is_pinned)];
            match self.below(8) {
                0 => numbers.push(number),
                1 => plain.push((
                    number,
                    format!("map<string, {ty}> {name} = {number}{json};"),
                )),
                2 => exclusive.push((number, format!("{ty} {name} = {}{json};", number + 10))),
                _ => {
                    let label = LABELS[self.below(3)];
                    plain.push((number, format!("{label}{ty} {name} = {number}{json};")));
                }
            }
        }
        let lines = |mut fields: Vec<(usize, String)>| {
            fields.sort();
            let fields = fields.into_iter().map(|(_, text)| text + "\n");
            fields.collect::<String>()
        };
        let mut text = lines(plain);
        if !exclusive.is_empty() {
            text += &format!("oneof one {{\n{}}}\n", lines(exclusive));
        }
        if self.below(2) == 1 {
            text += &format!("reserved {};\n", numbers[0]);
        }
        text
    }

    fn contract(&mut self) -> Loaded {
        let mut text = "syntax = \"proto3\"; package p;\n".to_owned();
        for name in ["A", "B", "C"] {
            if name != "C" || self.below(2) == 1 {
                text += &format!("message {name} {{\n{}}}\n", self.fields());
            }
        }
        text += "enum Size { NONE = 0;\n";
        for (number, name) in [(1, "S"), (2, "M"), (3, "L")] {
            match self.below(3) {
                0 => {}
                1 => text += &format!("{name} = {number};\n"),
                _ => text += &format!("{name}{name} = {number};\n"),
            }
        }
        text += "}\n";
        if self.below(2) == 1 {
            let stream = ["", "stream "][self.below(2)];
            let ty = ["A", "B"][self.below(2)];
            text += &format!("service Shop {{ rpc Get({stream}{ty}) returns (A); }}\n");
        }
        parse(&text)
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_locked_is_what_there_was(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let mut source = Source(&bytes);
        let [a, b, c] = [(); 3].map(|()| source.contract());
        let own = lock_of(&[&a]);
        let locked = versions(&own, &a.contract);
        prop_assert_eq!(said(&against(&locked, &a)), Vec::<String>::new());
        let locked = versions(&own, &b.contract);
        prop_assert_eq!(said(&against(&locked, &b)), said(&compare(&a, &b)));

        // What is live is what was locked last, whatever came before it; all that was there is still there.
        let both = lock_of(&[&a, &b]);
        for line in own.lines() {
            let is_there = both.lines().any(|it| it == line || it.strip_suffix(" gone") == Some(line));
            prop_assert!(is_there, "{} is not in\n{}", line, both);
        }
        let found = versions(&both, &c.contract);
        let all = said(&against(&found, &c));
        let last = lock_of(&[&b]);
        // The old reservations come on top, which can only tell more.
        let without = |text: &[String]| -> Vec<String> {
            let of_reservation = |it: &&String| !it.contains("reserve");
            text.iter().filter(of_reservation).cloned().collect()
        };
        for finding in without(&said(&against(&versions(&last, &c.contract), &c))) {
            prop_assert!(all.contains(&finding), "{} is not in {:#?}", finding, all);
        }
    }
}
