//! Files that are published as they are: those of `content/`, by their path, and the theme's, with a
//! fingerprint in their names.

use super::{Job, Planner, Rendered, Subject, View, hosting, search};
use crate::model::url::Permalink;
use crate::picture::metadata;

pub(super) fn plan_content(planner: &Planner<'_>, jobs: &mut Vec<Job>) {
    let (kept_back, withheld) = (&planner.pictures.kept_back, &planner.site.withheld);
    let assets = planner.site.assets.iter().enumerate();
    let published = |number: &usize| !kept_back.contains(number) && !withheld.contains(number);
    let assets = assets.filter(|(_, permalink)| !hosting::takes_up(planner.config, permalink));
    for (number, permalink) in assets.filter(|(number, _)| published(number)) {
        jobs.push(Job::new(
            permalink.clone(),
            format!("content{permalink}"),
            Subject::Asset(number),
        ));
    }
}

pub(super) fn plan_theme(planner: &Planner<'_>, jobs: &mut Vec<Job>) {
    let assets = planner.theme.assets.iter().enumerate();
    for (number, asset) in
        assets.filter(|(_, asset)| planner.search.is_some() || asset.path != search::SCRIPT)
    {
        let owner = format!("the theme's assets/{}", asset.path);
        jobs.push(Job::new(
            Permalink::file(&asset.published),
            owner,
            Subject::ThemeAsset(number),
        ));
    }
}

/// A file of the theme, without what cameras write into pictures.
pub(super) fn of_theme(view: &View<'_>, number: usize) -> Rendered {
    let bytes = &view.theme.assets[number].bytes[..];
    let clean = metadata::without(bytes);
    Rendered::Bytes(clean.unwrap_or_else(|| bytes.to_vec()))
}
