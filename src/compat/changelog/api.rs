//! How the API that is generated differs: lines that are gone, changed and new, by what holds them.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Changelog, Sort};
use crate::compat::api::{Api, Difference, Differences, Item, What};
use crate::compat::delta::Both;
use crate::compat::pair::Pairs;

/// How one generated API differs.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ApiChanges {
    /// The surface, such as `source.python`.
    pub surface: String,
    /// The lines that differ, in the order of the old API, what is new after them.
    pub lines: Vec<ApiLine>,
}

/// One thing that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ApiLine {
    /// What sort of change it is: `added`, `changed` or `removed`.
    pub sort: Sort,
    /// What holds it, as a user writes it; empty for what stands alone.
    pub within: String,
    /// How a user writes it, in the new API where it is there.
    pub path: String,
    /// The old declaration; absent if it is new.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    /// The new declaration; absent if it is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<String>,
    /// What it does to code that is written against the old API: `error`, `lossy` or `hygiene`; absent if nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<String>,
}

impl Changelog {
    /// Adds how an API differs. What is inside of something new goes without saying.
    pub fn add_api(&mut self, surface: &str, apis: Both<&Api>, pairs: &Pairs<'_>) {
        let differences = Differences::new(apis, pairs).list;
        let fresh: Vec<usize> = differences
            .iter()
            .filter(|it| it.what == What::Added)
            .filter_map(|it| it.new)
            .collect();
        let told = differences.iter().filter(|it| {
            let within = it.new.and_then(|new| apis.new.items()[new].within);
            it.what != What::Added || within.is_none_or(|it| !fresh.contains(&it))
        });
        let mut lines: Vec<ApiLine> = Vec::new();
        for line in told.map(|it| line(it, apis)) {
            // One thing can differ in more than one respect.
            let same = |it: &&mut ApiLine| {
                (&it.path, &it.old, &it.new) == (&line.path, &line.old, &line.new)
            };
            match lines.iter_mut().find(same) {
                Some(_) => {}
                None => lines.push(line),
            }
        }
        // What one thing holds stands together, however old or new it is.
        let order: Vec<String> = lines.iter().map(|it| it.within.clone()).collect();
        lines.sort_by_key(|line| order.iter().position(|it| *it == line.within));
        self.apis.push(ApiChanges {
            surface: surface.to_owned(),
            lines,
        });
    }
}

fn line(difference: &Difference, apis: Both<&Api>) -> ApiLine {
    let old = difference.old.map(|it| &apis.old.items()[it]);
    // What takes a place was there before: the thing itself is what differs.
    let new = difference.new.map(|it| &apis.new.items()[it]);
    let within = match (new, old) {
        (Some(item), _) => holder(item, apis.new),
        (None, Some(item)) => holder(item, apis.old),
        (None, None) => String::new(),
    };
    let sort = match difference.what {
        What::Gone => Sort::Removed,
        What::Added => Sort::Added,
        What::Moved | What::Changed | What::Taken | What::Valued | What::Placed => Sort::Changed,
    };
    let declared = |item: &Item, api: &Api| match difference.what {
        What::Moved => api.place(item),
        What::Placed => format!(
            "{} (in place {})",
            item.name,
            item.position.unwrap_or(0) + 1
        ),
        What::Gone | What::Changed | What::Taken | What::Valued | What::Added => item.line(),
    };
    let any = new.or(old);
    ApiLine {
        sort,
        within,
        path: any.map_or_else(String::new, |it| it.path.clone()),
        old: old.map(|it| declared(it, apis.old)),
        new: new.map(|it| declared(it, apis.new)),
        severity: difference.harm(apis).map(|it| it.name().to_owned()),
    }
}

fn holder(item: &Item, api: &Api) -> String {
    let holder = item.within.map(|it| &api.items()[it]);
    holder.map_or_else(String::new, |it| it.path.clone())
}
