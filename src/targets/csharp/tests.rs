//! What things are called, checked on a contract of a few lines. That the whole compiles is for `tests/csharp`.

use std::collections::BTreeMap;

use super::options::Options;
use super::symbols::Symbols;
use super::{field, file};
use crate::contract::{
    Contract, Docs, Edition, File, FileId, FileOptions, FullName, JsonFormat, Message, MessageId,
    Parts, Reserved,
};
use crate::source::Sources;

/// A contract of files, each with a path, a package and a message.
fn contract(files: &[(&str, &str, &str)]) -> Contract {
    let mut sources = Sources::default();
    let mut parts = Parts::default();
    for (index, &(path, package, name)) in files.iter().enumerate() {
        let (file, id) = (FileId::new(index), MessageId::new(index));
        parts.files.push(File {
            id: file,
            path: path.to_owned(),
            source: sources.add(path.to_owned(), None),
            package: package.to_owned(),
            edition: Edition::Proto3,
            requested: true,
            imports: Vec::new(),
            messages: vec![id],
            enums: Vec::new(),
            services: Vec::new(),
            extensions: Vec::new(),
            options: FileOptions::default(),
            raw_options: crate::contract::Options::default(),
            docs: Docs::default(),
            package_docs: Docs::default(),
        });
        parts.messages.push(Message {
            id,
            file,
            parent: None,
            full_name: FullName::within(package, name),
            name: name.to_owned(),
            fields: Vec::new(),
            oneofs: Vec::new(),
            messages: Vec::new(),
            enums: Vec::new(),
            extensions: Vec::new(),
            extension_ranges: Vec::new(),
            reserved: Reserved::default(),
            message_set: false,
            json_format: JsonFormat::Allow,
            well_known: None,
            deprecated: false,
            raw_options: crate::contract::Options::default(),
            docs: Docs::default(),
            span: None,
        });
    }
    Contract::new(parts)
}

fn names(files: &[(&str, &str, &str)], options: &Options) -> Vec<String> {
    let contract = contract(files);
    let symbols = Symbols::new(&contract, options);
    let messages = contract.messages().iter();
    messages
        .map(|message| {
            let path = symbols.message(message.id);
            format!("{}.{}", path.namespace, path.name())
        })
        .collect()
}

#[test]
fn packages_become_namespaces() {
    let files = [
        ("a.proto", "shop.v1_beta", "Order"),
        ("loose-end.proto", "", "Order"),
        ("google/protobuf/empty.proto", "google.protobuf", "Empty"),
    ];
    assert_eq!(
        names(&files, &Options::default()),
        [
            "Shop.V1Beta.Order",
            "LooseEnd.Order",
            "Xlc.WellKnownTypes.Empty"
        ]
    );
    let options = Options {
        namespaces: BTreeMap::from([("shop.v1_beta".to_owned(), "Acme".to_owned())]),
        ..Options::default()
    };
    assert_eq!(names(&files, &options)[0], "Acme.Order");
}

#[test]
fn types_give_way_to_keywords_to_the_runtime_and_to_namespaces() {
    let files = [
        ("a.proto", "p", "string"),
        ("b.proto", "p", "snake_case"),
        ("c.proto", "p", "WireReader"),
        ("d.proto", "p", "Parse"),
        ("e.proto", "p", "Inner"),
        ("f.proto", "p.inner", "HTTP_Server"),
    ];
    assert_eq!(
        names(&files, &Options::default()),
        [
            "P.String",
            "P.SnakeCase",
            "P.WireReader_",
            "P.Parse_",
            "P.Inner_",
            "P.Inner.HTTP_Server"
        ]
    );
}

#[test]
fn no_two_files_have_one_path_on_any_disk() {
    let contract = contract(&[
        ("x/kebab-case.proto", "p", "A"),
        ("x/kebab_case.proto", "p", "B"),
        ("X/KEBABCASE.proto", "p", "C"),
        ("3d.proto", "p", "D"),
    ]);
    let files: Vec<FileId> = contract.files().iter().map(|file| file.id).collect();
    assert_eq!(
        file::paths(&contract, &files),
        [
            "X/KebabCase_.g.cs",
            "X/KebabCase__.g.cs",
            "X/Kebabcase.g.cs",
            "3d.g.cs"
        ]
    );
}

#[test]
fn what_holds_a_property_is_another_name() {
    assert_eq!(field::storage("SopInstanceUid"), "_sopInstanceUid");
    assert_eq!(field::storage("_X"), "__X");
}
