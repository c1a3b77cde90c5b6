//! A new theme: a child of another, with a stylesheet of its own and the one template that loads it.

use crate::error::Error;
use crate::model::slug::slugify;

/// The files of a new theme that is made of `parent`, relative to the site's root.
///
/// # Errors
/// The name is no name for a theme's folder.
pub fn theme(name: &str, parent: &str) -> Result<Vec<(String, String)>, Error> {
    if name.is_empty() || slugify(name) != name || name == "default" {
        let made = Some(slugify(name)).filter(|made| !made.is_empty() && made != "default");
        return Err(Error::refused(
            format!("`{name}` is no name for a new theme"),
            format!(
                "use small letters, digits and hyphens: gen new theme {}",
                made.as_deref().unwrap_or("mine")
            ),
        ));
    }
    let file = |path: &str, text: String| (format!("themes/{name}/{path}"), text);
    Ok(vec![
        file(
            "theme.toml",
            format!(
                "name = \"{name}\"\ndescription = \"The theme {parent} with colours of its own\"\n# What is not in this folder comes from there.\nextends = \"{parent}\"\n"
            ),
        ),
        file("assets/own.css", STYLE.to_owned()),
        file("templates/base.html", BASE.replace("{parent}", parent)),
    ])
}

const BASE: &str = r#"{# A template of the same name takes the place of the other theme's; this one only adds to its block `head`. #}
{% extends "{parent}/base.html" %}
{% block head %}
{{- super() }}
<link rel="stylesheet" href="{{ asset(path="own.css") }}">
{% endblock %}
"#;

const STYLE: &str = "/* Comes after the other theme's stylesheets and wins over them. Its colours, sizes and fonts are custom properties:\n   docs/themes.md of gen says more. The first colour is for light pages, the second for dark ones. */\n:root {\n  --accent: light-dark(#2b5f45, #9bd3b3);\n  --fill: light-dark(#2b5f45, #2f6b4d);\n}\n";
