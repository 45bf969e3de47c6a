//! For targets that describe messages one by one: which messages are asked for, and the paths of their files.
//! Knows nothing of what is in the files.

use std::collections::BTreeSet;

use crate::contract::{Contract, Element, Message, MessageId};
use crate::diagnostics::{Diagnostic, codes};

/// The root messages that an option names; without it all top-level messages that were asked for. In the order of the
/// option or of the contract, each once.
///
/// # Errors
/// If the option names something that is no message.
pub(super) fn messages(
    contract: &Contract,
    option: Option<&[String]>,
    target: &str,
) -> Result<Vec<MessageId>, Vec<Diagnostic>> {
    let Some(names) = option else {
        return Ok(contract
            .requested_files()
            .flat_map(|file| &file.messages)
            .copied()
            .collect());
    };
    let mut roots = Vec::new();
    let mut errors = Vec::new();
    for name in names {
        match contract.find(name) {
            Some(Element::Message(id)) if roots.contains(&id) => {}
            Some(Element::Message(id)) => roots.push(id),
            Some(Element::Enum(_) | Element::Service(_) | Element::Extension(_)) | None => {
                errors.push(not_a_message(contract, name, target));
            }
        }
    }
    if errors.is_empty() {
        Ok(roots)
    } else {
        Err(errors)
    }
}

fn not_a_message(contract: &Contract, name: &str, target: &str) -> Diagnostic {
    let error = Diagnostic::error(
        &codes::CONFIG,
        format!(
            "`[target.{target}]` is not valid: `roots` names `{name}`, which is no message of the contract"
        ),
    );
    let nearest = contract
        .messages()
        .iter()
        .map(|message| message.full_name.as_str())
        .map(|candidate| {
            (
                strsim::normalized_damerau_levenshtein(candidate, name),
                candidate,
            )
        })
        .max_by(|one, other| one.0.total_cmp(&other.0));
    match nearest {
        Some((similarity, candidate)) if similarity > 0.8 => {
            error.help(format!("did you mean `{candidate}`?"))
        }
        Some(_) | None => error.help("give full names of messages, package included"),
    }
}

/// A path for each message of the contract, by its index: a directory per part of the package, then the rest of the full
/// name, then a dot and the extension. Unique even where file systems ignore case: of two that differ in case only, the
/// later one in the contract gets a number.
pub(super) fn paths(contract: &Contract, extension: &str) -> Vec<String> {
    let mut taken = BTreeSet::new();
    contract
        .messages()
        .iter()
        .map(|message| {
            let plain = stem(contract, message);
            let mut stem = plain.clone();
            for number in 2.. {
                if taken.insert(stem.to_ascii_lowercase()) {
                    break;
                }
                // No protobuf name holds a hyphen, so this is no other message's path.
                stem = format!("{plain}-{number}");
            }
            format!("{stem}.{extension}")
        })
        .collect()
}

fn stem(contract: &Contract, message: &Message) -> String {
    let package = &contract.file(message.file).package;
    let full_name = message.full_name.as_str();
    match full_name.strip_prefix(package.as_str()) {
        Some(name) if !package.is_empty() => {
            format!(
                "{}/{}",
                package.replace('.', "/"),
                name.trim_start_matches('.')
            )
        }
        Some(_) | None => full_name.to_owned(),
    }
}
