//! `gen new` without another word: an article, by its title or by the path of its file.

use std::path::Path;

use gen_site::diagnostic::nearest;
use gen_site::edit::Plan;
use gen_site::error::Error;
use gen_site::model::page::Page;
use gen_site::store::author;
use gen_site::writing::article::{New, Wanted, article};
use gen_site::writing::guide::{add_step, folder_of, step_name};
use gen_site::writing::translation::translation;
use gen_site::writing::{Ground, slug_for};
use gen_site::{Survey, scan};

use super::{DayArgs, create, ground, look};
use crate::cli::place::{Place, is_path};
use crate::cli::{Outcome, ask, editor, say};

#[derive(clap::Args)]
#[group(skip)]
pub(super) struct Args {
    /// The title, or the path of the file in content/
    #[arg(value_name = "PATH|TITLE")]
    name: Option<String>,
    /// The title, where the name is that of the file [default: made of it]
    #[arg(long)]
    title: Option<String>,
    /// The folder in content/ that it belongs into
    #[arg(long, value_name = "FOLDER")]
    section: Option<String>,
    /// Make it the last step of this guide
    #[arg(long, value_name = "GUIDE")]
    guide: Option<String>,
    /// Publish it with the next build: without it, it starts as a draft
    #[arg(long)]
    publish: bool,
    /// Start it as a draft, as is usual
    #[arg(long, hide = true, conflicts_with = "publish")]
    draft: bool,
    /// Start a translation of this file of content/ into a language of the site
    #[arg(long, num_args = 2, value_names = ["FILE", "LANGUAGE"], conflicts_with_all = ["name", "title", "section", "guide", "publish"])]
    translate: Option<Vec<String>>,
    /// Open it in $VISUAL or $EDITOR
    #[arg(long)]
    edit: bool,
    #[command(flatten)]
    day: DayArgs,
}

pub(super) fn run(root: &Path, args: &Args) -> Result<Outcome, Error> {
    // Told before anything is written.
    let editor = match args.edit {
        true => Some(editor::find()?),
        false => None,
    };
    if let Some([original, language]) = args.translate.as_deref() {
        let new = translate(root, args, original, language)?;
        if let Some(editor) = editor {
            editor::open(&editor, &root.join("content").join(&new.source))?;
        }
        return Ok(Outcome::Clean);
    }
    let name = match &args.name {
        Some(name) => name.clone(),
        None => ask("Title")?.ok_or_else(|| {
            Error::refused(
                "the new article has no title",
                "gen new \"How to let go\" --section letting-go",
            )
        })?,
    };
    let survey = look(root, &args.day)?;
    let ground = ground(&survey);
    let hub = match &args.guide {
        Some(guide) => Some(ground.find(guide, "guide")?),
        None => None,
    };
    let place = Place::new(root)?;
    let source = source(&ground, &place, args, &name, hub)?;
    let title = match is_path(&name) {
        true => args.title.as_deref(),
        false => Some(args.title.as_deref().unwrap_or(&name)),
    };
    let archetype = archetype(root, &survey, &source)?;
    let new = article(
        &ground,
        &Wanted {
            source: &source,
            title,
            draft: !args.publish,
            archetype: archetype
                .as_ref()
                .map(|(path, text)| (path.as_str(), text.as_str())),
        },
    )?;
    let mut plan = Plan {
        created: vec![(format!("content/{}", new.source), new.text.clone())],
        ..Plan::default()
    };
    // In a guide that is a draft itself, steps may be.
    let step = match hub.filter(|hub| args.publish || hub.front.draft == Some(true)) {
        Some(hub) => {
            let text = scan::file(root, &hub.path())?;
            let text = String::from_utf8_lossy(&text);
            let (edit, number) = add_step(&ground, hub, &text, &new.source)?;
            plan.edits.push(edit);
            Some(number)
        }
        None => None,
    };
    author::carry_out(root, &plan)?;
    tell(&ground, &new, hub, step, !args.publish);
    if let Some((path, _)) = archetype {
        say(&format!("It was made from content/{path}."));
    }
    if let Some(editor) = editor {
        editor::open(&editor, &root.join("content").join(&new.source))?;
    }
    Ok(Outcome::Clean)
}

/// Starts a translation.
fn translate(root: &Path, args: &Args, original: &str, language: &str) -> Result<New, Error> {
    let survey = look(root, &args.day)?;
    let ground = ground(&survey);
    let name = original.strip_prefix("content/").unwrap_or(original);
    let by_path = ground.pages.iter().find(|page| page.source == name);
    let page = match by_path {
        Some(page) => page,
        None => ground.find(original, "article")?,
    };
    let text = scan::file(root, &page.path())?;
    let text = String::from_utf8_lossy(&text);
    let new = translation(&ground, page, &text, language)?;
    create(root, std::slice::from_ref(&new))?;
    say(&format!("new: content/{} ({})", new.source, new.address));
    say(&format!(
        "It holds the text of {}: write the translation over it. Without `draft: true` it is published.",
        page.path()
    ));
    Ok(new)
}

/// The file that is asked for, relative to `content/`.
fn source(
    ground: &Ground<'_>,
    place: &Place,
    args: &Args,
    name: &str,
    hub: Option<&Page>,
) -> Result<String, Error> {
    if is_path(name) {
        if args.section.is_some() {
            return Err(Error::refused(
                "a path names the folder already",
                "leave --section away, or give a title in place of the path",
            ));
        }
        return place.source(name);
    }
    let instead = format!(
        "name the file yourself, and give the title beside it: gen new letting-go/my-article.md --title \"{name}\""
    );
    let slug = slug_for(ground.config.slugs(), name, &instead)?;
    let folder = match (&args.section, hub) {
        (Some(section), _) => section_named(ground, section)?,
        (None, Some(hub)) => folder_of(hub)?.to_owned(),
        (None, None) => usual_section(ground, place, &slug)?,
    };
    if let Some(hub) = hub {
        folder_of(hub)?;
    }
    Ok(match folder.as_str() {
        "" => format!("{slug}.md"),
        folder => format!("{folder}/{slug}.md"),
    })
}

fn section_named(ground: &Ground<'_>, written: &str) -> Result<String, Error> {
    let wanted = written.strip_prefix("content/").unwrap_or(written);
    let wanted = wanted.trim_matches('/');
    let sections = ground.sections();
    if sections.contains(&wanted) {
        return Ok(wanted.to_owned());
    }
    let help = match nearest(wanted, sections.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("{}.", listed(&sections)),
    };
    Err(Error::refused(
        format!("there is no section `{written}`"),
        format!(
            "{help} A path makes a new one: gen new {}/my-article.md",
            if wanted.is_empty() {
                "letting-go"
            } else {
                wanted
            }
        ),
    ))
}

fn listed(sections: &[&str]) -> String {
    match sections {
        [] => "the site has no sections yet".to_owned(),
        some => format!("there are {}", some.join(", ")),
    }
}

/// Where nothing is said: the folder that the author stands in, or the site's only section.
fn usual_section(ground: &Ground<'_>, place: &Place, slug: &str) -> Result<String, Error> {
    let sections = ground.sections();
    match (place.folder(), sections.as_slice()) {
        (Some(folder), _) if !folder.is_empty() => Ok(folder.to_owned()),
        (_, [only]) => Ok((*only).to_owned()),
        // An article at the root has a date, and the new one has.
        (_, []) => Ok(String::new()),
        (_, several) => Err(Error::refused(
            "in which section is it?",
            format!(
                "say it with --section ({}), or by a path: gen new {}/{slug}.md",
                several.join(", "),
                several[0]
            ),
        )),
    }
}

/// The nearest `archetype.md`, upwards from the new file: its path in `content/`, and its text.
fn archetype(
    root: &Path,
    survey: &Survey,
    source: &str,
) -> Result<Option<(String, String)>, Error> {
    let mut folder = source;
    while let Some((above, _)) = folder
        .rsplit_once('/')
        .or((!folder.is_empty()).then_some(("", "")))
    {
        let path = match above {
            "" => "archetype.md".to_owned(),
            above => format!("{above}/archetype.md"),
        };
        if survey.left_out.contains(&path) {
            let bytes = scan::file(root, &format!("content/{path}"))?;
            return match String::from_utf8(bytes) {
                Ok(text) => Ok(Some((path, text))),
                Err(_) => Err(Error::refused(
                    format!("content/{path} is not UTF-8"),
                    "save it again as UTF-8; new articles in that folder are made from it",
                )),
            };
        }
        folder = above;
    }
    Ok(None)
}

fn tell(ground: &Ground<'_>, new: &New, hub: Option<&Page>, step: Option<usize>, draft: bool) {
    say(&format!("new: content/{} ({})", new.source, new.address));
    match (hub, step) {
        (Some(hub), Some(number)) => say(&format!(
            "It is step {number} of {} ({}).",
            hub.title,
            hub.path()
        )),
        (Some(hub), None) => say(&format!(
            "A draft cannot be a step. When it goes out, add `{}` to steps in {}.",
            step_name(ground, hub, &new.source),
            hub.path()
        )),
        _ => {}
    }
    if let Some(other) = ground.namesake(&new.source) {
        say(&format!(
            "note: content/{other} has the same name: where either could be meant, references need a path."
        ));
    }
    if draft {
        say(
            "It is a draft: gen build --drafts shows it, and without `draft: true` it is published.",
        );
    }
}
