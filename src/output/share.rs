//! The share row of an article: plain links to the networks that `site.toml` names.

use super::View;
use super::template::{Value, object};
use crate::escape;
use crate::model::network::Network;
use crate::model::page::Page;

/// Name, words and link of each, in the order of `site.toml`. `picture` is the full URL of one to pin; a
/// network that takes one is left out without.
pub(super) fn row(view: &View<'_>, page: &Page, picture: Option<&str>) -> Vec<Value> {
    let names = &view.config.share.networks;
    if names.is_empty() || page.front.share == Some(false) {
        return Vec::new();
    }
    let url = escape::url_value(&view.config.base_url.absolute(&page.permalink));
    let title = escape::url_value(&page.title);
    let picture = picture.map(escape::url_value);
    names
        .iter()
        .filter_map(|name| Network::named(name))
        .filter(|network| picture.is_some() || !network.takes_picture())
        .map(|network| {
            let words = match network.label {
                "" => view.theme.string("share_mail"),
                label => label,
            };
            let link = network.link(&url, &title, picture.as_deref().unwrap_or_default());
            object! { "network" => network.name, "name" => words, "url" => link }
        })
        .collect()
}
