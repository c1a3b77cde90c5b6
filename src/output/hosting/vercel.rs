//! `vercel.json`. Its `routes` are those of a build's own output, too (`.vercel/output/config.json`, whose version is 3), so
//! that one file serves a folder that is sent and a site that is built there.

use super::{headers, pattern, redirects};
use crate::model::url::Permalink;
use crate::output::InLanguage;
use crate::output::View;
use crate::output::json::{self, Value, json};

/// The file.
pub(super) fn text(view: &View<'_>, all: &[InLanguage<'_>]) -> String {
    let mut routes: Vec<Value> = Vec::new();
    for block in headers::all(view, all) {
        let headers = block
            .headers
            .iter()
            .map(|header| (header.name.clone(), Value::from(header.value.as_str())));
        routes.push(json!({
            "src": pattern::of_block(&block.path),
            "headers": Value::Object(headers.collect()),
            "continue": true,
        }));
    }
    for rule in redirects::all(all, view.config) {
        let src = format!("^{}$", pattern::of_rule(&rule.from, ""));
        let to = pattern::target(&rule.from, &rule.to, &str::to_owned, &|n| format!("${n}"));
        routes.push(match rule.leads_on() {
            true => json!({ "src": src, "status": rule.status, "headers": { "Location": to } }),
            false if rule.status == 200 => json!({ "src": src, "dest": to }),
            false => json!({ "src": src, "status": rule.status, "dest": to }),
        });
    }
    let base = &view.config.base_url;
    let missing = base.href(&Permalink::file("404.html"));
    routes.push(json!({ "handle": "filesystem" }));
    routes.push(json!({ "handle": "error" }));
    for language in view.config.not_found_elsewhere() {
        let below = pattern::literal(&base.href(&language.page("")));
        let missing = base.href(&language.file("404.html"));
        routes.push(json!({ "src": format!("^{below}.*$"), "status": 404, "dest": missing }));
    }
    routes.push(json!({ "src": "^.*$", "status": 404, "dest": missing }));
    json::pretty(&json!({ "version": 2, "routes": routes }))
}
