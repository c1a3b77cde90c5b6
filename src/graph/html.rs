//! The link graph as one file for a browser: the page beside this file, with the library and the site's data
//! put in. The drawing is force-graph's (MIT; its licence stands beside it).

use crate::link::reach::{Place, Reach};
use crate::model::site::Site;
use crate::output::{InLanguage, json};

const PAGE: &str = include_str!("page.html");
const LIBRARY: &str = include_str!("force-graph/force-graph.min.js");

/// An article that so large a share of the others is nearest through is a bottleneck.
const BOTTLENECK: f64 = 0.1;

/// The page, with some HTML of the caller's above its heading.
pub fn page(languages: &[InLanguage<'_>], above: &str) -> String {
    let data = json::for_script(&data(languages));
    let (start, rest) = PAGE.split_once("<!--above-->").unwrap_or((PAGE, ""));
    let (head, rest) = rest.split_once("/*force-graph*/").unwrap_or((rest, ""));
    let (middle, tail) = rest.split_once("/*data*/").unwrap_or((rest, ""));
    [start, above, head, LIBRARY, middle, &data, tail].concat()
}

/// What `gen graph --format json` says, and for each article its section, the lists that show it, its distance
/// from the home page and how many articles are nearest through it.
fn data(languages: &[InLanguage<'_>]) -> json::Value {
    let mut data = super::data(languages);
    let mut articles = data["articles"].as_array_mut().into_iter().flatten();
    for InLanguage { site, config, .. } in languages {
        let reach = Reach::new(site, config);
        let behind = behind(site, &reach);
        let mut listed = vec![0usize; site.pages.len()];
        for entry in site.up_next.iter().flatten() {
            listed[entry.page.index()] += 1;
        }
        let many = (site.articles.len() as f64 * BOTTLENECK).max(3.0);
        for (id, article) in site.articles_by_file().into_iter().zip(&mut articles) {
            let section = site.places[id.index()]
                .section
                .map_or("", |section| site.sections[section].title.as_str());
            article["section"] = section.into();
            article["places"] = listed[id.index()].into();
            article["clicks"] = reach.clicks(id).into();
            article["behind"] = behind[id.index()].into();
            article["bottleneck"] =
                (behind[id.index()] as f64 > many && !site.page(id).is_hub()).into();
        }
    }
    data
}

/// By page: the articles whose shortest way from the home page leads through it.
fn behind(site: &Site, reach: &Reach) -> Vec<usize> {
    let mut behind = vec![0; site.pages.len()];
    for id in &site.articles {
        for place in reach.way(*id) {
            if let Place::Page(page) = place
                && page != *id
            {
                behind[page.index()] += 1;
            }
        }
    }
    behind
}
