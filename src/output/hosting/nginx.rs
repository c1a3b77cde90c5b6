//! Two files for nginx: maps, which stand in `http`, and what stands in `server`. Maps look for an address in one step,
//! however many there are.

use std::collections::BTreeMap;

use super::{headers, pattern, redirects};
use crate::escape;
use crate::model::url::Permalink;
use crate::output::InLanguage;
use crate::output::View;
use crate::parse::redirects::Redirect;

/// Longer keys do not fit into what nginx takes for a key by itself.
const SHORT: usize = 40;

/// The maps: from an address to where it leads, by status; from an address to the value of each header.
pub(super) fn http(view: &View<'_>, all: &[InLanguage<'_>]) -> String {
    let mut out =
        String::from("# Include this file in http { … }, and server.conf in server { … }.\n");
    let rules = redirects::all(all, view.config);
    let longest = rules.iter().map(|rule| rule.from.len()).max().unwrap_or(0);
    if longest > SHORT {
        out.push_str("map_hash_bucket_size 1024;\n");
    }
    let by_name = by_name(view, all);
    let values = by_name.values().flatten().map(|(_, value)| value.as_str());
    if values
        .chain(rules.iter().map(|rule| rule.to.as_str()))
        .any(|value| value.contains('$'))
    {
        out.push_str("geo $gen_dollar {\n    default \"$\";\n}\n");
    }
    for (status, rules) in by_status(&rules) {
        out.push_str(&format!(
            "map $request_uri $gen_pattern_{status} {{\n    default \"\";\n"
        ));
        for rule in rules.iter().filter(|rule| !rule.is_exact()) {
            let mut from = pattern::of_rule(&rule.from, "?");
            let groups = crate::parse::redirects::names(&rule.from).len();
            for number in 1..=groups {
                from = from.replacen("/([", &format!("/(?<gen_{number}>["), 1);
            }
            out.push_str(&format!(
                "    \"~^{from}(?:[?]|$)\" \"{}\";\n",
                target(rule)
            ));
        }
        out.push_str(&format!(
            "}}\nmap $uri $gen_redirect_{status} {{\n    default $gen_pattern_{status};\n"
        ));
        let mut known = BTreeMap::new();
        for rule in rules.iter().filter(|rule| rule.is_exact()) {
            let from = escape::url_decode(&rule.from);
            let bare = from.trim_end_matches('/');
            for from in [bare, &format!("{bare}/")] {
                // Case does not count in a map, and one address may stand there once.
                if !from.is_empty() && known.insert(from.to_lowercase(), ()).is_none() {
                    out.push_str(&format!("    {} \"{}\";\n", quoted(from), target(rule)));
                }
            }
        }
        out.push_str("}\n");
    }
    for (number, (_, values)) in by_name.iter().enumerate() {
        out.push_str(&format!(
            "map $uri $gen_header_{number} {{\n    default \"\";\n"
        ));
        // The first that fits holds here, and the last among headers.
        for (path, value) in values.iter().rev() {
            let path = pattern::of_block(&escape::url_decode(path));
            out.push_str(&format!("    \"~{path}\" {};\n", value_of(value)));
        }
        out.push_str("}\n");
    }
    out
}

/// What answers: redirects, headers, the page for what is not there.
pub(super) fn server(view: &View<'_>, all: &[InLanguage<'_>]) -> String {
    let base = &view.config.base_url;
    let missing = base.href(&Permalink::file("404.html"));
    let hidden = base.href(&Permalink::page("_nginx"));
    let mut out = format!(
        "# Include this file in server {{ … }}, and http.conf in http {{ … }}.\n\
         index index.html;\ncharset utf-8;\nabsolute_redirect off;\nerror_page 404 {missing};\n"
    );
    for language in view.config.not_found_elsewhere() {
        let folder = quoted(&base.href(&language.page("")));
        let missing = quoted(&base.href(&language.file("404.html")));
        out.push_str(&format!(
            "location {folder} {{\n    error_page 404 {missing};\n}}\n"
        ));
    }
    let rules = redirects::all(all, view.config);
    for status in by_status(&rules).into_keys() {
        let answer = match status {
            300..400 => format!("{status} $gen_redirect_{status}"),
            status => status.to_string(),
        };
        out.push_str(&format!(
            "if ($gen_redirect_{status} != \"\") {{\n    return {answer};\n}}\n"
        ));
    }
    for (number, name) in by_name(view, all).keys().enumerate() {
        out.push_str(&format!("add_header {name} $gen_header_{number} always;\n"));
    }
    out.push_str(&format!(
        "location ^~ {hidden} {{\n    return 404;\n}}\n\
         location ~ [.]webmanifest$ {{\n    default_type application/manifest+json;\n}}\n\
         location ~ [.]md$ {{\n    default_type \"text/markdown; charset=utf-8\";\n}}\n"
    ));
    out
}

/// The rules of each status, in their order.
fn by_status(rules: &[Redirect]) -> BTreeMap<u16, Vec<&Redirect>> {
    let mut by_status: BTreeMap<u16, Vec<&Redirect>> = BTreeMap::new();
    for rule in rules {
        by_status.entry(rule.status).or_default().push(rule);
    }
    by_status
}

/// By the name of a header, in small letters: paths and values, in their order.
fn by_name(view: &View<'_>, all: &[InLanguage<'_>]) -> BTreeMap<String, Vec<(String, String)>> {
    let mut by_name: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for block in headers::all(view, all) {
        for header in block.headers {
            let values = by_name.entry(header.name.to_lowercase()).or_default();
            values.push((block.path.clone(), header.value));
        }
    }
    by_name
}

/// Where a rule leads, with the reader's query where it has none of its own.
fn target(rule: &Redirect) -> String {
    let plain = |text: &str| without_dollar(&text.replace('\\', "\\\\").replace('"', "\\\""));
    let to = pattern::target(&rule.from, &rule.to, &plain, &|n| format!("${{gen_{n}}}"));
    match rule.to.contains(['?', '#']) {
        true => to,
        false => to + "$is_args$args",
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn value_of(text: &str) -> String {
    without_dollar(&quoted(text))
}

/// A dollar begins a variable, and nothing stands for the sign but one.
fn without_dollar(text: &str) -> String {
    text.replace('$', "${gen_dollar}")
}
