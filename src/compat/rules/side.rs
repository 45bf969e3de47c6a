//! The rule of what belongs to no rule: what a surface from elsewhere shows of elements that did not change themselves, or
//! changed in a way that hurts nobody but there.

use super::Rule;
use crate::diagnostics::Code;

/// The rule.
pub static SIDE_EFFECT: Rule = Rule {
    code: Code {
        name: "side-effect",
        summary: "An element that did not change itself shows another face in what is generated from it.",
    },
    kinds: &[],
    on: &[],
    why: "What is generated for an element can depend on its neighbours: a new name may take the name that another one was \
          given, a schema may draw in another type. Payloads do not change by that; who uses what is generated is hurt.",
    fix: "find the neighbour that changed, and give that one another name or place",
};
