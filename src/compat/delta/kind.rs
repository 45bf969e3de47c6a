//! The kinds of change there are, by sort of element, with the names by which tables and the published report call them.
//! Knows nothing of elements and of who is hurt.

/// Declares the changes of one sort of element.
macro_rules! changes {
    ($(#[$doc:meta])* $name:ident($level:literal) { $($(#[$vdoc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$vdoc])* $variant,)* }

        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The stable name, such as `field-renumbered`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => concat!($level, "-", $text)),* }
            }
        }
    };
}

changes! {
    /// What happens to a file. Of its options, those that say how code is generated.
    FileChange("file") {
        /// Its path is new.
        Added = "added",
        /// Its path is gone.
        Removed = "removed",
        /// Its package statement is another one.
        Package = "package",
        /// Its syntax or edition is another one.
        Edition = "edition",
        /// `cc_enable_arenas` changed.
        CcEnableArenas = "cc-enable-arenas",
        /// `cc_generic_services` changed.
        CcGenericServices = "cc-generic-services",
        /// `csharp_namespace` changed.
        CsharpNamespace = "csharp-namespace",
        /// `go_package` changed.
        GoPackage = "go-package",
        /// `java_generic_services` changed.
        JavaGenericServices = "java-generic-services",
        /// `java_multiple_files` changed.
        JavaMultipleFiles = "java-multiple-files",
        /// `java_outer_classname` changed.
        JavaOuterClassname = "java-outer-classname",
        /// `java_package` changed.
        JavaPackage = "java-package",
        /// `objc_class_prefix` changed.
        ObjcClassPrefix = "objc-class-prefix",
        /// `optimize_for` changed.
        OptimizeFor = "optimize-for",
        /// `php_class_prefix` changed.
        PhpClassPrefix = "php-class-prefix",
        /// `php_metadata_namespace` changed.
        PhpMetadataNamespace = "php-metadata-namespace",
        /// `php_namespace` changed.
        PhpNamespace = "php-namespace",
        /// `py_generic_services` changed.
        PyGenericServices = "py-generic-services",
        /// `ruby_package` changed.
        RubyPackage = "ruby-package",
        /// `swift_prefix` changed.
        SwiftPrefix = "swift-prefix",
    }
}

changes! {
    /// What happens to a package.
    PackageChange("package") {
        /// No file has it any more.
        Removed = "removed",
        /// All its types are in another package.
        Renamed = "renamed",
    }
}

changes! {
    /// What happens to a message.
    MessageChange("message") {
        /// It is new.
        Added = "added",
        /// It is gone.
        Removed = "removed",
        /// It has another full name.
        Renamed = "renamed",
        /// It is in another file.
        Moved = "moved",
        /// A number or a name is no longer reserved.
        ReservedDropped = "reserved-dropped",
        /// Numbers are no longer left to extensions.
        ExtensionRange = "extension-range",
        /// The MessageSet wire format came or went.
        MessageSet = "message-set",
        /// Its JSON form is no longer guaranteed, or is now.
        JsonFormat = "json-format",
        /// Generated code no longer has the standard accessor of its descriptor, or has it now.
        DescriptorAccessor = "descriptor-accessor",
    }
}

changes! {
    /// What happens to a field or an extension.
    FieldChange("field") {
        /// It is new.
        Added = "added",
        /// It is gone.
        Removed = "removed",
        /// It is gone, and its number or name is not reserved.
        Unreserved = "unreserved",
        /// It is new and has a number that was reserved.
        NumberReused = "number-reused",
        /// It kept its name and has another number.
        Renumbered = "renumbered",
        /// It kept its number and has another name.
        Renamed = "renamed",
        /// It kept its name and has another one in JSON.
        JsonName = "json-name",
        /// It is an extension, and in another file.
        Moved = "moved",
        /// Its values are of another kind.
        Kind = "kind",
        /// Its values are of another message or enum of the same kind.
        Type = "type",
        /// It holds one value instead of many, many instead of one, or a map.
        Cardinality = "cardinality",
        /// It is required now, or no longer.
        Required = "required",
        /// Its absence can be told from its default now, or no longer.
        Presence = "presence",
        /// Other fields exclude it.
        Oneof = "oneof",
        /// Its UTF-8 is verified now, or no longer.
        Utf8 = "utf8",
        /// It reads differently where it is not set.
        Default = "default",
        /// It is written packed now, or no longer.
        Packing = "packing",
        /// JavaScript holds its 64 bits in another type.
        Jstype = "jstype",
        /// C++ holds its text in another type.
        CppString = "cpp-string",
        /// Java verifies its UTF-8 now, or no longer.
        JavaUtf8 = "java-utf8",
    }
}

changes! {
    /// What happens to a oneof as such; what becomes of its members is told of them.
    OneofChange("oneof") {
        /// It is new.
        Added = "added",
        /// It is gone.
        Removed = "removed",
        /// It has another name.
        Renamed = "renamed",
    }
}

changes! {
    /// What happens to an enum.
    EnumChange("enum") {
        /// It is new.
        Added = "added",
        /// It is gone.
        Removed = "removed",
        /// It has another full name.
        Renamed = "renamed",
        /// It is in another file.
        Moved = "moved",
        /// It is closed now, or open.
        Openness = "openness",
        /// Its first value, which unset fields read as, is another one.
        Default = "default",
        /// A number or a name is no longer reserved.
        ReservedDropped = "reserved-dropped",
        /// Its JSON form is no longer guaranteed, or is now.
        JsonFormat = "json-format",
    }
}

changes! {
    /// What happens to a value of an enum.
    ValueChange("value") {
        /// Its number is new.
        Added = "added",
        /// Its number is gone.
        Removed = "removed",
        /// It is gone, and its number or name is not reserved.
        Unreserved = "unreserved",
        /// It is new and has a number that was reserved.
        NumberReused = "number-reused",
        /// It kept its name and has another number.
        Renumbered = "renumbered",
        /// Its number has another name.
        Renamed = "renamed",
        /// Its number has one more name.
        AliasAdded = "alias-added",
        /// Its number has one name less.
        AliasRemoved = "alias-removed",
    }
}

changes! {
    /// What happens to a service.
    ServiceChange("service") {
        /// It is new.
        Added = "added",
        /// It is gone.
        Removed = "removed",
        /// It has another full name.
        Renamed = "renamed",
        /// It is in another file.
        Moved = "moved",
    }
}

changes! {
    /// What happens to a method.
    MethodChange("method") {
        /// It is new.
        Added = "added",
        /// It is gone.
        Removed = "removed",
        /// Its request is another message.
        Request = "request",
        /// Its response is another message.
        Response = "response",
        /// The client sends a stream now, or no longer.
        ClientStreaming = "client-streaming",
        /// The server sends a stream now, or no longer.
        ServerStreaming = "server-streaming",
        /// What a repeated call does is another promise.
        Idempotency = "idempotency",
    }
}

/// The kind of a delta, of all sorts of elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Of a file.
    File(FileChange),
    /// Of a package.
    Package(PackageChange),
    /// Of a message.
    Message(MessageChange),
    /// Of a field or an extension.
    Field(FieldChange),
    /// Of a oneof.
    Oneof(OneofChange),
    /// Of an enum.
    Enum(EnumChange),
    /// Of a value of an enum.
    Value(ValueChange),
    /// Of a service.
    Service(ServiceChange),
    /// Of a method.
    Method(MethodChange),
}

impl Kind {
    /// Every kind there is.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let mut all = Vec::new();
        all.extend(FileChange::ALL.iter().copied().map(Self::File));
        all.extend(PackageChange::ALL.iter().copied().map(Self::Package));
        all.extend(MessageChange::ALL.iter().copied().map(Self::Message));
        all.extend(FieldChange::ALL.iter().copied().map(Self::Field));
        all.extend(OneofChange::ALL.iter().copied().map(Self::Oneof));
        all.extend(EnumChange::ALL.iter().copied().map(Self::Enum));
        all.extend(ValueChange::ALL.iter().copied().map(Self::Value));
        all.extend(ServiceChange::ALL.iter().copied().map(Self::Service));
        all.extend(MethodChange::ALL.iter().copied().map(Self::Method));
        all
    }

    /// The stable name, such as `field-renumbered`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::File(change) => change.name(),
            Self::Package(change) => change.name(),
            Self::Message(change) => change.name(),
            Self::Field(change) => change.name(),
            Self::Oneof(change) => change.name(),
            Self::Enum(change) => change.name(),
            Self::Value(change) => change.name(),
            Self::Service(change) => change.name(),
            Self::Method(change) => change.name(),
        }
    }
}
