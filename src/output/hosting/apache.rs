//! `.htaccess`, for Apache where the host lets folders have their own (`AllowOverride FileInfo`).

use super::{headers, pattern, redirects};
use crate::escape;
use crate::model::url::Permalink;
use crate::output::InLanguage;
use crate::output::View;
use crate::parse::redirects::Redirect;

/// The file.
pub(super) fn text(view: &View<'_>, all: &[InLanguage<'_>]) -> String {
    let missing = view.config.base_url.href(&Permalink::file("404.html"));
    let mut out = format!(
        "ErrorDocument 404 {missing}\n\
         AddCharset utf-8 .css .html .js .json .md .svg .txt .webmanifest .xml\n\
         AddType application/manifest+json .webmanifest\n\
         AddType text/markdown .md\n"
    );
    for language in view.config.not_found_elsewhere() {
        let base = &view.config.base_url;
        let below = pattern::literal(&escape::url_decode(&base.href(&language.page(""))));
        let missing = base.href(&language.file("404.html"));
        out.push_str(&format!(
            "<If \"%{{REQUEST_URI}} =~ m#^{below}#\">\n    ErrorDocument 404 {missing}\n</If>\n"
        ));
    }
    let rules = redirects::all(all, view.config);
    if !rules.is_empty() {
        out.push_str("<IfModule mod_rewrite.c>\nRewriteEngine On\n");
        rules.iter().for_each(|rule| redirect(rule, &mut out));
        out.push_str("</IfModule>\n");
    }
    let blocks = headers::all(view, all);
    if !blocks.is_empty() {
        out.push_str("<IfModule mod_headers.c>\n");
        for block in blocks {
            let path = pattern::of_block(&escape::url_decode(&block.path));
            out.push_str(&format!("<If \"%{{REQUEST_URI}} =~ m#{path}#\">\n"));
            for header in block.headers {
                let value = quoted(&header.value.replace('%', "%%"));
                out.push_str(&format!("    Header always set {} {value}\n", header.name));
            }
            out.push_str("</If>\n");
        }
        out.push_str("</IfModule>\n");
    }
    out
}

/// A rule. What a part of a path stands for is taken from the request as it came: decoded, it could end the line.
fn redirect(rule: &Redirect, out: &mut String) {
    let condition = match rule.is_exact() {
        true => {
            let from = pattern::of_rule(&escape::url_decode(&rule.from), "");
            format!("%{{REQUEST_URI}} \"^{from}$\"")
        }
        false => {
            let from = pattern::of_rule(&rule.from, "?\\x20");
            format!("%{{THE_REQUEST}} \"^[A-Z]+\\x20{from}[?\\x20]\"")
        }
    };
    let plain = |text: &str| {
        text.replace('\\', "\\\\")
            .replace('%', "\\%")
            .replace('$', "\\$")
            .replace('"', "%22")
    };
    let to = pattern::target(&rule.from, &rule.to, &plain, &|n| format!("%{n}"));
    let (to, status) = match rule.leads_on() {
        true => (to, rule.status),
        false => ("-".to_owned(), rule.status),
    };
    out.push_str(&format!(
        "RewriteCond {condition}\nRewriteRule ^ \"{to}\" [R={status},L,NE]\n"
    ));
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
