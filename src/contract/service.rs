//! Services and their methods.

use serde::Serialize;

use super::{Docs, FileId, FullName, MaybeSpan, MessageId, Options, id};

id!(
    /// A service of one contract.
    ServiceId
);

id!(
    /// A method of one service: an index into [`Service::methods`].
    MethodId
);

/// A service.
#[derive(Debug, Clone)]
pub struct Service {
    /// Its id.
    pub id: ServiceId,
    /// The file that declares it.
    pub file: FileId,
    /// The full name.
    pub full_name: FullName,
    /// The last part of the full name.
    pub name: String,
    /// The methods in declaration order.
    pub methods: Vec<Method>,
    /// Whether it is marked deprecated.
    pub deprecated: bool,
    /// All options, undecoded.
    pub raw_options: Options,
    /// Comments.
    pub docs: Docs,
    /// The name in the declaration.
    pub span: MaybeSpan,
}

/// A method of a service. Its gRPC path is `/full.service.Name/Method`.
#[derive(Debug, Clone)]
pub struct Method {
    /// The name in the contract.
    pub name: String,
    /// The request type.
    pub input: MessageId,
    /// The response type.
    pub output: MessageId,
    /// Whether the client sends a stream.
    pub client_streaming: bool,
    /// Whether the server sends a stream.
    pub server_streaming: bool,
    /// What a repeated call does.
    pub idempotency: Idempotency,
    /// Whether it is marked deprecated.
    pub deprecated: bool,
    /// All options, undecoded.
    pub raw_options: Options,
    /// Comments.
    pub docs: Docs,
    /// The name in the declaration.
    pub span: MaybeSpan,
}

/// `idempotency_level` of a method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Idempotency {
    /// Nothing is known.
    #[default]
    Unknown,
    /// It is safe: a call changes nothing.
    NoSideEffects,
    /// Calling it twice is the same as calling it once.
    Idempotent,
}
