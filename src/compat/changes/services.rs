//! What differs between paired services and their methods.

use super::{is_moved, is_own_rename};
use crate::compat::delta::{Both, Delta, Ends, MethodChange, ServiceChange};
use crate::compat::pair::{Pairs, is_asked};
use crate::contract::{Method, Service};

pub(super) fn services<'a>(pairs: &Pairs<'a>, deltas: &mut Vec<Delta<'a>>) {
    let Both { old, new } = pairs.contracts;
    for (ids, how) in pairs.services.iter() {
        let services = Both {
            old: old.service(ids.old),
            new: new.service(ids.new),
        };
        if is_own_rename(how) {
            deltas.push(Delta::Service(ServiceChange::Renamed, Ends::Both(services)));
        }
        if is_moved(pairs, how, false, services.map(|it| it.file)) {
            deltas.push(Delta::Service(ServiceChange::Moved, Ends::Both(services)));
        }
        methods(pairs, services, deltas);
    }
    for service in old.services() {
        if pairs.services.new_of(service.id).is_none() && is_asked(old, service.file) {
            deltas.push(Delta::Service(ServiceChange::Removed, Ends::Old(service)));
        }
    }
    for service in new.services() {
        if pairs.services.old_of(service.id).is_none() && is_asked(new, service.file) {
            deltas.push(Delta::Service(ServiceChange::Added, Ends::New(service)));
        }
    }
}

fn methods<'a>(pairs: &Pairs<'a>, services: Both<&'a Service>, deltas: &mut Vec<Delta<'a>>) {
    let mut push =
        |change, ends: Ends<&'a Method>| deltas.push(Delta::Method(change, services, ends));
    for was in &services.old.methods {
        match services.new.methods.iter().find(|it| it.name == was.name) {
            Some(is) => {
                let both = Both { old: was, new: is };
                for change in differences(pairs, both) {
                    push(change, Ends::Both(both));
                }
            }
            None => push(MethodChange::Removed, Ends::Old(was)),
        }
    }
    for is in &services.new.methods {
        if !services.old.methods.iter().any(|it| it.name == is.name) {
            push(MethodChange::Added, Ends::New(is));
        }
    }
}

fn differences(pairs: &Pairs<'_>, methods: Both<&Method>) -> Vec<MethodChange> {
    let Both { old, new } = methods;
    let mut found = Vec::new();
    let mut when = |differs: bool, change: MethodChange| {
        if differs {
            found.push(change);
        }
    };
    let follows = |was, is| pairs.messages.new_of(was) == Some(is);
    when(!follows(old.input, new.input), MethodChange::Request);
    when(!follows(old.output, new.output), MethodChange::Response);
    when(
        old.client_streaming != new.client_streaming,
        MethodChange::ClientStreaming,
    );
    when(
        old.server_streaming != new.server_streaming,
        MethodChange::ServerStreaming,
    );
    when(
        old.idempotency != new.idempotency,
        MethodChange::Idempotency,
    );
    found
}
