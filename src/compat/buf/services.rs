//! What buf says of services of one full name, and of their methods.

use super::view::View;
use super::{Remarks, rules};
use crate::compat::delta::{Both, Delta, Ends, MethodChange};
use crate::contract::{Method, Service};

pub(super) fn services<'a>(views: &Both<View<'a>>, remarks: &mut Remarks<'a>) {
    for (name, old) in &views.old.services {
        let Some(new) = views.new.services.get(name) else {
            continue;
        };
        let services = Both { old: *old, new };
        let path = views.new.path(new.file);
        for was in &old.methods {
            let element = format!("{}.{}", new.name, was.name);
            match new.methods.iter().find(|it| it.name == was.name) {
                Some(is) => method(
                    views,
                    services,
                    Both { old: was, new: is },
                    (path, &element),
                    remarks,
                ),
                None => {
                    let delta = Delta::Method(MethodChange::Removed, services, Ends::Old(was));
                    remarks.say(&rules::RPC_NO_DELETE, delta, path, element);
                }
            }
        }
    }
}

fn method<'a>(
    views: &Both<View<'a>>,
    services: Both<&'a Service>,
    methods: Both<&'a Method>,
    (path, element): (&str, &str),
    remarks: &mut Remarks<'a>,
) {
    let Both { old, new } = methods;
    let mut when = |differs: bool, rule, change| {
        if differs {
            let delta = Delta::Method(change, services, Ends::Both(methods));
            remarks.say(rule, delta, path, element);
        }
    };
    let is_other = |was, is| {
        let was = &views.old.contract.message(was).full_name;
        was != &views.new.contract.message(is).full_name
    };
    when(
        is_other(old.input, new.input),
        &rules::RPC_SAME_REQUEST_TYPE,
        MethodChange::Request,
    );
    when(
        is_other(old.output, new.output),
        &rules::RPC_SAME_RESPONSE_TYPE,
        MethodChange::Response,
    );
    when(
        old.client_streaming != new.client_streaming,
        &rules::RPC_SAME_CLIENT_STREAMING,
        MethodChange::ClientStreaming,
    );
    when(
        old.server_streaming != new.server_streaming,
        &rules::RPC_SAME_SERVER_STREAMING,
        MethodChange::ServerStreaming,
    );
    when(
        old.idempotency != new.idempotency,
        &rules::RPC_SAME_IDEMPOTENCY_LEVEL,
        MethodChange::Idempotency,
    );
}
