//! Letter cases: how a contract's name is split into words and joined again. Knows no language.

/// The case of an identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Case {
    /// As it stands in the contract.
    Verbatim,
    /// `accession_number`.
    Snake,
    /// `accessionNumber`.
    Camel,
    /// `AccessionNumber`.
    Pascal,
    /// `ACCESSION_NUMBER`.
    Screaming,
    /// `AccessionNumber`, with acronyms in capitals as Go has them: `StudyID`, `HTTPServer`; a leading underscore goes.
    PascalAcronyms,
}

/// The acronyms that Go's style guide writes in capitals (golint's list).
const ACRONYMS: &[&str] = &[
    "ACL", "API", "ASCII", "CPU", "CSS", "DNS", "EOF", "GUID", "HTML", "HTTP", "HTTPS", "ID", "IP",
    "JSON", "QPS", "RAM", "RPC", "SLA", "SMTP", "SQL", "SSH", "TCP", "TLS", "TTL", "UDP", "UI",
    "UID", "URI", "URL", "UTF8", "UUID", "VM", "XML", "XMPP", "XSRF", "XSS",
];

impl Case {
    /// `name` in this case. A leading underscore is kept; digits belong to the word before them.
    #[must_use]
    pub fn apply(self, name: &str) -> String {
        if self == Self::Verbatim {
            return name.to_owned();
        }
        let words = words(name);
        let joined = match self {
            Self::Verbatim => name.to_owned(),
            Self::Snake => words.join("_").to_ascii_lowercase(),
            Self::Screaming => words.join("_").to_ascii_uppercase(),
            Self::Pascal => words.iter().map(|word| capitalised(word)).collect(),
            Self::PascalAcronyms => {
                // A word in capitals is an acronym, unless the whole name is written so.
                let keep = name.bytes().any(|b| b.is_ascii_lowercase());
                return words.iter().map(|word| go_word(word, keep)).collect();
            }
            Self::Camel => words
                .iter()
                .enumerate()
                .map(|(index, word)| {
                    if index == 0 {
                        word.to_ascii_lowercase()
                    } else {
                        capitalised(word)
                    }
                })
                .collect(),
        };
        if name.starts_with('_') {
            format!("_{joined}")
        } else {
            joined
        }
    }
}

/// The words of a name: split at underscores (and other separators), before an upper-case letter that follows a
/// lower-case one or a digit, and before the last letter of a run of capitals that a lower-case letter ends
/// (`HTTPServer` is `HTTP`, `Server`).
#[must_use]
pub fn words(name: &str) -> Vec<&str> {
    let bytes = name.as_bytes();
    let is_part = |b: u8| b.is_ascii_alphanumeric() || !b.is_ascii();
    let mut words = Vec::new();
    let mut start = 0;
    for index in 0..=bytes.len() {
        let current = bytes.get(index).copied().filter(|&b| is_part(b));
        let previous = index.checked_sub(1).and_then(|i| bytes.get(i)).copied();
        let next = bytes.get(index + 1).copied();
        let boundary = match (previous, current) {
            (_, None) => true,
            (Some(before), Some(now)) if now.is_ascii_uppercase() => {
                before.is_ascii_lowercase()
                    || before.is_ascii_digit()
                    || (before.is_ascii_uppercase() && next.is_some_and(|b| b.is_ascii_lowercase()))
            }
            _ => false,
        };
        if boundary {
            words.extend(name.get(start..index).filter(|word| !word.is_empty()));
            start = if current.is_none() { index + 1 } else { index };
        }
    }
    words
}

fn go_word(word: &str, keep: bool) -> String {
    let upper = word.to_ascii_uppercase();
    if ACRONYMS.contains(&upper.as_str()) || keep && upper == word {
        upper
    } else {
        capitalised(word)
    }
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    match chars.next() {
        Some(first) => {
            first.to_ascii_uppercase().to_string() + &chars.as_str().to_ascii_lowercase()
        }
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Case, words};

    #[test]
    fn names_split_into_words() {
        for (name, expected) in [
            ("accession_number", &["accession", "number"][..]),
            ("accessionNumber", &["accession", "Number"]),
            ("HTTPServer", &["HTTP", "Server"]),
            ("SOPInstanceUID", &["SOP", "Instance", "UID"]),
            ("field_name8", &["field", "name8"]),
            ("Fieldname8Name", &["Fieldname8", "Name"]),
            ("__x_", &["x"]),
            ("A", &["A"]),
            ("", &[]),
        ] {
            assert_eq!(words(name), expected, "{name}");
        }
    }

    #[test]
    fn cases_join_words() {
        assert_eq!(Case::Snake.apply("SOPInstanceUID"), "sop_instance_uid");
        assert_eq!(Case::Pascal.apply("sop_instance_uid"), "SopInstanceUid");
        assert_eq!(Case::Camel.apply("_private_name"), "_privateName");
        assert_eq!(Case::Screaming.apply("fooBar2"), "FOO_BAR2");
        assert_eq!(Case::PascalAcronyms.apply("study_id"), "StudyID");
        assert_eq!(
            Case::PascalAcronyms.apply("SOPInstanceUIDs"),
            "SOPInstanceUIDs"
        );
        assert_eq!(Case::PascalAcronyms.apply("NO_URL_HERE"), "NoURLHere");
        assert_eq!(Case::PascalAcronyms.apply("_x"), "X");
        assert_eq!(Case::Verbatim.apply("foo__Bar"), "foo__Bar");
    }
}
