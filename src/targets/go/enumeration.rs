//! An enum of the contract becomes its view: a type with constants, and the names of its numbers.

use super::docs::{lines, quote, with_fallback};
use super::file::FileContext;
use super::view;
use crate::contract;

/// The view of an enum.
pub(super) fn enumeration(file: &FileContext<'_>, of: &contract::Enum) -> view::Enum {
    let symbols = &file.plan.symbols;
    let ty = &symbols.enums[of.id.index()];
    let idents = &symbols.values[of.id.index()];
    let fallback = format!("{ty} is the enum `{}`.", of.full_name);
    let number = |at: usize| view::Number {
        ident: idents[at].clone(),
        number: of.values[at].number,
        name: quote(&of.values[at].name),
    };
    let firsts = of.canonical_values();
    let known: Vec<String> = firsts.iter().map(|&at| idents[at].clone()).collect();
    view::Enum {
        docs: with_fallback(&of.docs, of.deprecated, &fallback),
        ty: ty.clone(),
        parse: symbols.parsers[of.id.index()].clone(),
        constants: constants(of, ty, idents),
        numbers: firsts.into_iter().map(number).collect(),
        names: (0..of.values.len()).map(number).collect(),
        known: known.join(", "),
    }
}

/// The constants, with names in columns where no comment is between them.
fn constants(of: &contract::Enum, ty: &str, idents: &[String]) -> Vec<view::Constant> {
    let docs: Vec<Vec<String>> = of
        .values
        .iter()
        .map(|value| lines(&value.docs, value.deprecated))
        .collect();
    let mut constants = Vec::new();
    let mut from = 0;
    while from < docs.len() {
        let end = (from + 1..docs.len())
            .find(|&next| !docs[next].is_empty())
            .unwrap_or(docs.len());
        let width = idents[from..end]
            .iter()
            .map(|ident| ident.chars().count())
            .max()
            .unwrap_or(0);
        for at in from..end {
            constants.push(view::Constant {
                docs: docs[at].clone(),
                declaration: format!("{:width$} {ty} = {}", idents[at], of.values[at].number),
            });
        }
        from = end;
    }
    constants
}
