//! Calls: old clients with new servers (backward) and new clients with old servers (forward). A request is written by
//! the client, a response by the server; so a type that only requests hold is judged one way, and one that only
//! responses hold the other way.

use super::{Case, Judge, Role, Route, Surface, Unfit, Verdict};
use crate::compat::delta::{Both, Delta, Ends, Kind, MethodChange, PackageChange, ServiceChange};
use crate::compat::pair::{Cause, How};
use crate::compat::trial::{Direction, Effect, Evidence, Payload, Witness};
use crate::contract::{Idempotency, Method, Service};

/// gRPC calls.
pub(super) struct Rpc;

impl Surface for Rpc {
    fn name(&self) -> &'static str {
        "rpc"
    }

    fn about(&self) -> &'static str {
        "calls: old clients with new servers, and new clients with old servers"
    }

    fn minds(&self, kind: Kind) -> bool {
        match kind {
            // What is in payloads is judged as the wire is.
            Kind::Message(_) | Kind::Field(_) | Kind::Enum(_) | Kind::Value(_) => {
                super::data::is_tried_on_the_wire(kind)
            }
            Kind::File(_)
            | Kind::Package(PackageChange::Removed)
            | Kind::Oneof(_)
            | Kind::Service(ServiceChange::Moved) => false,
            Kind::Package(PackageChange::Renamed)
            | Kind::Service(
                ServiceChange::Added | ServiceChange::Removed | ServiceChange::Renamed,
            ) => true,
            Kind::Method(change) => match change {
                MethodChange::Added
                | MethodChange::Removed
                | MethodChange::ClientStreaming
                | MethodChange::ServerStreaming
                | MethodChange::Idempotency => true,
                MethodChange::Request | MethodChange::Response => false,
            },
        }
    }

    fn open<'c>(&'c self, case: &'c Case<'_>) -> Result<Box<dyn Judge + 'c>, Unfit> {
        Ok(Box::new(Calls { rpc: self, case }))
    }
}

/// Calls between two versions.
struct Calls<'c, 'a> {
    rpc: &'c Rpc,
    case: &'c Case<'a>,
}

impl Judge for Calls<'_, '_> {
    fn judge(&mut self, delta: &Delta<'_>, so_far: &[Verdict]) -> Vec<Verdict> {
        let Self { rpc, case } = *self;
        match delta {
            Delta::Field(_, holders, _) => {
                let role = case.reach.of_message(holders.map(|it| it.id));
                payload(rpc.name(), role, so_far)
            }
            Delta::Message(_, Ends::Both(messages)) => {
                let role = case.reach.of_message(messages.map(|it| it.id));
                payload(rpc.name(), role, so_far)
            }
            Delta::Enum(_, Ends::Both(enums)) | Delta::Value(_, enums, _) => {
                let role = case.reach.of_enum(enums.map(|it| it.id));
                payload(rpc.name(), role, so_far)
            }
            Delta::Message(_, Ends::Old(_) | Ends::New(_))
            | Delta::Enum(_, Ends::Old(_) | Ends::New(_))
            | Delta::File(..)
            | Delta::Package(PackageChange::Removed, _)
            | Delta::Oneof(..) => Vec::new(),
            Delta::Package(PackageChange::Renamed, ends) => match ends.was() {
                Some(old) => rpc.package(case, &old.package),
                None => Vec::new(),
            },
            Delta::Service(change, ends) => rpc.service(*change, *ends),
            Delta::Method(change, services, ends) => rpc.method(*change, *services, *ends),
        }
    }
}

/// What the wire said, for those who exchange the payload in calls.
fn payload(surface: &'static str, role: Option<&Role>, so_far: &[Verdict]) -> Vec<Verdict> {
    let Some(role) = role else {
        return Vec::new();
    };
    let wire = so_far
        .iter()
        .filter(|it| it.surface == "wire" && it.witness.is_some());
    let mut found: Vec<Verdict> = Vec::new();
    for verdict in wire {
        let opposite = match verdict.direction {
            Direction::Backward => Direction::Forward,
            Direction::Forward => Direction::Backward,
        };
        let request = role.request.clone().map(Route::Request);
        let response = role.response.clone().map(Route::Response);
        for (route, direction) in [(request, verdict.direction), (response, opposite)] {
            if route.is_none() {
                continue;
            }
            if found
                .iter()
                .any(|it| it.direction == direction && it.harm >= verdict.harm)
            {
                continue;
            }
            found.retain(|it| it.direction != direction);
            found.push(Verdict {
                surface,
                direction,
                route,
                ..verdict.clone()
            });
        }
    }
    found.sort_by_key(|it| it.direction);
    found
}

impl Rpc {
    fn refused(
        &self,
        direction: Direction,
        path: String,
        meant: impl Into<String>,
        seen: impl Into<String>,
    ) -> Verdict {
        let evidence = Evidence {
            effect: Effect::Refused,
            witness: Witness {
                of: path.clone(),
                payload: Payload::Call(path),
                meant: meant.into(),
                seen: seen.into(),
            },
        };
        Verdict::proved(self.name(), direction, evidence)
    }

    /// A call for which the other side has no method.
    fn unimplemented(&self, direction: Direction, service: &Service, method: &Method) -> Verdict {
        let path = format!("/{}/{}", service.full_name, method.name);
        let (caller, callee) = match direction {
            Direction::Backward => ("an old client calls it", "a new server"),
            Direction::Forward => ("a new client calls it", "an old server"),
        };
        self.refused(
            direction,
            path,
            caller,
            format!("{callee} answers `UNIMPLEMENTED` (12)"),
        )
    }

    /// The calls of a service that has another full name; of one method, as they all fail alike.
    fn renamed(&self, services: Both<&Service>) -> Vec<Verdict> {
        let calls = Direction::ALL.into_iter().filter_map(|direction| {
            let service = direction.writer(services);
            Some(self.unimplemented(direction, service, service.methods.first()?))
        });
        calls.collect()
    }

    fn package(&self, case: &Case<'_>, was: &str) -> Vec<Verdict> {
        let contracts = case.pairs.contracts;
        let moved = case.pairs.services.iter().find(|(ids, how)| {
            let file = contracts.old.service(ids.old).file;
            *how == How::Renamed(Cause::Package) && contracts.old.file(file).package == was
        });
        moved.map_or_else(Vec::new, |(ids, _)| {
            self.renamed(Both {
                old: contracts.old.service(ids.old),
                new: contracts.new.service(ids.new),
            })
        })
    }

    fn service(&self, change: ServiceChange, ends: Ends<&Service>) -> Vec<Verdict> {
        let first = |direction, service: &Service| {
            let method = service.methods.first();
            let verdict = method.map(|it| self.unimplemented(direction, service, it));
            verdict.into_iter().collect()
        };
        match (change, ends) {
            (ServiceChange::Renamed, Ends::Both(services)) => self.renamed(services),
            (ServiceChange::Removed, Ends::Old(gone)) => first(Direction::Backward, gone),
            (ServiceChange::Added, Ends::New(fresh)) => first(Direction::Forward, fresh),
            (
                ServiceChange::Renamed
                | ServiceChange::Moved
                | ServiceChange::Removed
                | ServiceChange::Added,
                _,
            ) => Vec::new(),
        }
    }

    fn method(
        &self,
        change: MethodChange,
        services: Both<&Service>,
        ends: Ends<&Method>,
    ) -> Vec<Verdict> {
        match (change, ends) {
            (MethodChange::Removed, Ends::Old(gone)) => {
                vec![self.unimplemented(Direction::Backward, services.old, gone)]
            }
            (MethodChange::Added, Ends::New(fresh)) => {
                vec![self.unimplemented(Direction::Forward, services.new, fresh)]
            }
            (MethodChange::ClientStreaming, Ends::Both(methods)) => {
                // One request is a stream of one; many requests are no unary call.
                let many = methods.map(|it| it.client_streaming);
                let direction = Direction::ALL.into_iter().find(|it| it.writer(many));
                let verdict = direction.map(|direction| {
                    let path = path(direction.writer(services), direction.writer(methods));
                    let seen = "the server takes one message and answers `INTERNAL` (13)";
                    self.refused(direction, path, "the client sends two messages", seen)
                });
                verdict.into_iter().collect()
            }
            (MethodChange::ServerStreaming, Ends::Both(methods)) => {
                // The server writes here: the side that streams breaks the clients of the other one.
                let many = methods.map(|it| it.server_streaming);
                let direction = Direction::ALL.into_iter().find(|it| it.reader(many));
                let verdict = direction.map(|direction| {
                    let path = path(direction.writer(services), direction.writer(methods));
                    let seen = "the client takes one message and fails with `INTERNAL` (13)";
                    self.refused(direction, path, "the server sends two messages", seen)
                });
                verdict.into_iter().collect()
            }
            (MethodChange::Idempotency, Ends::Both(methods)) => {
                let loses = methods.old.idempotency == Idempotency::NoSideEffects;
                let verdict = loses.then(|| Verdict::hygiene(self.name(), Direction::Backward));
                verdict.into_iter().collect()
            }
            (
                MethodChange::Added
                | MethodChange::Removed
                | MethodChange::Request
                | MethodChange::Response
                | MethodChange::ClientStreaming
                | MethodChange::ServerStreaming
                | MethodChange::Idempotency,
                _,
            ) => Vec::new(),
        }
    }
}

fn path(service: &Service, method: &Method) -> String {
    format!("/{}/{}", service.full_name, method.name)
}
