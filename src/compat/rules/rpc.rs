//! The rules of services and methods.

use super::{BACKWARD, BOTH, FORWARD, Rule, on};
use crate::compat::delta::{Kind, MethodChange, ServiceChange};
use crate::compat::surface::Harm::{Error, Hygiene};
use crate::diagnostics::Code;

pub(super) static RULES: &[Rule] = &[
    Rule {
        code: Code {
            name: "service-removed",
            summary: "A service is gone.",
        },
        kinds: &[Kind::Service(ServiceChange::Removed)],
        on: &[on("rpc", BACKWARD, Error)],
        why: "Old clients still call its methods, and a new server has none of them.",
        fix: "mark the service `deprecated` and serve it until nobody calls it",
    },
    Rule {
        code: Code {
            name: "service-renamed",
            summary: "A service has another full name.",
        },
        kinds: &[Kind::Service(ServiceChange::Renamed)],
        on: &[on("rpc", BOTH, Error)],
        why: "The path of a call is the full name of the service and the method. Methods are compared all the same.",
        fix: "serve both names until nobody calls the old one",
    },
    Rule {
        code: Code {
            name: "service-added",
            summary: "A service is new.",
        },
        kinds: &[Kind::Service(ServiceChange::Added)],
        on: &[on("rpc", FORWARD, Error)],
        why: "New clients call what an old server does not have.",
        fix: "deploy the servers first",
    },
    Rule {
        code: Code {
            name: "method-removed",
            summary: "A method is gone.",
        },
        kinds: &[Kind::Method(MethodChange::Removed)],
        on: &[on("rpc", BACKWARD, Error)],
        why: "Old clients still call it, and a new server does not have it. A method that was renamed is gone as well: its \
              name is in the path of the call.",
        fix: "mark the method `deprecated` and serve it until nobody calls it",
    },
    Rule {
        code: Code {
            name: "method-added",
            summary: "A method is new.",
        },
        kinds: &[Kind::Method(MethodChange::Added)],
        on: &[on("rpc", FORWARD, Error)],
        why: "New clients call what an old server does not have.",
        fix: "deploy the servers first",
    },
    Rule {
        code: Code {
            name: "method-client-streaming",
            summary: "The client of a method sends a stream now, or no longer.",
        },
        kinds: &[Kind::Method(MethodChange::ClientStreaming)],
        on: &[on("rpc", BOTH, Error)],
        why: "In gRPC one request is a stream of one, so a client without a stream is understood by a server with one. A \
              client with a stream is not understood by a server that takes one message.",
        fix: "add a method with a new name",
    },
    Rule {
        code: Code {
            name: "method-server-streaming",
            summary: "The server of a method sends a stream now, or no longer.",
        },
        kinds: &[Kind::Method(MethodChange::ServerStreaming)],
        on: &[on("rpc", BOTH, Error)],
        why: "In gRPC one response is a stream of one, so a client that takes a stream understands a server without one. A \
              client that takes one message fails at the second.",
        fix: "add a method with a new name",
    },
    Rule {
        code: Code {
            name: "method-idempotency",
            summary: "A method no longer promises to have no side effects.",
        },
        kinds: &[Kind::Method(MethodChange::Idempotency)],
        on: &[on("rpc", BACKWARD, Hygiene)],
        why: "Old clients repeat such calls, cache them, and with Connect send them by GET, which a new server may refuse.",
        fix: "keep `idempotency_level`, or add a method with a new name",
    },
];
