//! The table of diagnostic codes: one const per kind of problem. A code is stable: people search for it.

/// The kind of a diagnostic.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code {
    /// The stable kebab-case name, shown in brackets: `error[unused-import]`.
    pub name: &'static str,
    /// One sentence on what the code means, for lists and documentation.
    pub summary: &'static str,
}

/// Declares the codes and the list of them all.
macro_rules! codes {
    ($($(#[$doc:meta])* $ident:ident = $name:literal, $summary:literal;)*) => {
        $(
            #[doc = $summary]
            $(#[$doc])*
            pub static $ident: Code = Code { name: $name, summary: $summary };
        )*

        /// Every code, in the order of the table.
        pub static ALL: &[&Code] = &[$(&$ident),*];
    };
}

codes! {
    // Input and configuration.
    IO = "io", "A file or directory could not be read or written.";
    CONFIG = "config", "The configuration file is not valid.";
    NOT_FOUND = "not-found", "An input that was named does not exist.";
    DESCRIPTOR_SET = "descriptor-set", "A descriptor set could not be decoded or is not complete.";
    // Templates and output.
    TEMPLATE = "template", "A template is not valid, or asks for what its view does not have.";
    OUTPUT_PATH = "output-path", "A planned file has a path that cannot be written safely.";
    HAND_EDITED = "hand-edited", "A generated file was changed by hand.";
    IN_THE_WAY = "in-the-way", "Something that xlc did not write stands where a file is to be written.";
    MANIFEST = "manifest", "The record of what was generated earlier cannot be read.";
    // Targets.
    GO_PACKAGE = "go-package", "The files of a contract do not fit into Go packages.";
    // Source text.
    SYNTAX = "syntax", "The source does not follow the grammar of .proto files.";
    EDITION_SOURCE = "edition-source", "The source is written in an edition, which is read as a descriptor set only.";
    NOT_UTF8 = "not-utf8", "A source file is not UTF-8.";
    OUTSIDE_ROOTS = "outside-roots", "A source file lies under no include root, so it has no import path.";
    SHADOWED_INPUT = "shadowed-input", "A source file is hidden by one of the same import path in an earlier include root.";
    IMPORT_NOT_FOUND = "import-not-found", "An imported file is in no include root and not built in.";
    IMPORT_CYCLE = "import-cycle", "Files import one another in a circle.";
    UNSUPPORTED_EDITION = "unsupported-edition", "A descriptor is of an edition that is not known.";
    // Names and types.
    DUPLICATE_NAME = "duplicate-name", "A full name is defined twice.";
    UNKNOWN_NAME = "unknown-name", "A name is not defined anywhere in reach.";
    NOT_IMPORTED = "not-imported", "A name is defined in a file that is not imported.";
    WRONG_KIND = "wrong-kind", "A name stands for another kind of thing than is needed.";
    DEFAULT_VALUE = "default-value", "A default is no value of its field's type.";
    OPTION = "option", "An option does not exist or has a value that it cannot have.";
    TOO_DEEP = "too-deep", "The source nests deeper than any compiler accepts.";
}

#[cfg(test)]
mod tests {
    use super::ALL;

    #[test]
    fn codes_are_unique_and_kebab_case() {
        let mut names: Vec<_> = ALL.iter().map(|code| code.name).collect();
        assert!(names.iter().all(|name| {
            name.bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        }));
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), ALL.len());
    }

    #[test]
    fn summaries_are_sentences() {
        assert!(ALL.iter().all(|code| code.summary.ends_with('.')));
    }
}
