//! Files that are published as they are: those of `content/`, by their path, and the theme's, with a
//! fingerprint in their names.

use super::{Job, Output, Planner, Rendered, Subject, View, hosting, search};
use crate::diagnostic::Diagnostic;
use crate::model::url::Permalink;
use crate::picture::metadata;

pub(super) const CONTENT: Output = Output {
    name: "asset",
    plan: plan_content,
    render: render_content,
};
pub(super) const THEME: Output = Output {
    name: "theme asset",
    plan: plan_theme,
    render: render_theme,
};

fn plan_content(planner: &Planner<'_>, jobs: &mut Vec<Job>) {
    let (kept_back, withheld) = (&planner.pictures.kept_back, &planner.site.withheld);
    let assets = planner.site.assets.iter().enumerate();
    let published = |number: &usize| !kept_back.contains(number) && !withheld.contains(number);
    let assets = assets.filter(|(_, permalink)| !hosting::takes_up(planner.config, permalink));
    for (number, permalink) in assets.filter(|(number, _)| published(number)) {
        jobs.push(Job::new(
            permalink.clone(),
            format!("content{permalink}"),
            Subject::File(number),
        ));
    }
}

fn render_content(view: &View<'_>, job: &Job) -> Result<Rendered, Box<Diagnostic>> {
    match job.subject {
        Subject::File(number) => Ok(Rendered::Copy(view.site.file(number))),
        _ => Ok(Rendered::Bytes(Vec::new())),
    }
}

fn plan_theme(planner: &Planner<'_>, jobs: &mut Vec<Job>) {
    let assets = planner.theme.assets.iter().enumerate();
    for (number, asset) in
        assets.filter(|(_, asset)| planner.search.is_some() || asset.path != search::SCRIPT)
    {
        let owner = format!("the theme's assets/{}", asset.path);
        jobs.push(Job::new(
            Permalink::file(&asset.published),
            owner,
            Subject::File(number),
        ));
    }
}

fn render_theme(view: &View<'_>, job: &Job) -> Result<Rendered, Box<Diagnostic>> {
    let bytes = match job.subject {
        Subject::File(number) => &view.theme.assets[number].bytes[..],
        _ => &[],
    };
    let clean = metadata::without(bytes);
    Ok(Rendered::Bytes(clean.unwrap_or_else(|| bytes.to_vec())))
}
