//! A new theme: a child of the default one, with a stylesheet of its own and the one template that loads it.

use crate::error::Error;
use crate::model::slug::slugify;

/// The files of a new theme, relative to the site's root.
///
/// # Errors
/// The name is no name for a theme's folder.
pub fn theme(name: &str) -> Result<Vec<(String, String)>, Error> {
    if name.is_empty() || slugify(name) != name || name == "default" {
        let made = Some(slugify(name)).filter(|made| !made.is_empty() && made != "default");
        return Err(Error::Refused(format!(
            "`{name}` is no name for a new theme\nhelp: use small letters, digits and hyphens: gen new theme {}",
            made.as_deref().unwrap_or("mine")
        )));
    }
    let file = |path: &str, text: String| (format!("themes/{name}/{path}"), text);
    Ok(vec![
        file(
            "theme.toml",
            format!(
                "name = \"{name}\"\ndescription = \"The default theme with colours of its own\"\n# What is not in this folder comes from there.\nextends = \"default\"\n"
            ),
        ),
        file("assets/own.css", STYLE.to_owned()),
        file("templates/base.html", BASE.to_owned()),
    ])
}

const BASE: &str = r#"{# A template of the same name takes the place of the default theme's; this one only fills its block `head`. #}
{% extends "default/base.html" %}
{% block head %}
<link rel="stylesheet" href="{{ asset(path="own.css") }}">
{% endblock %}
"#;

const STYLE: &str = "/* Comes after the default theme's style.css and wins over it. Its colours, sizes and fonts are custom properties:\n   docs/themes.md of gen says more. The first colour is for light pages, the second for dark ones. */\n:root {\n  --accent: light-dark(#2b5f45, #9bd3b3);\n  --fill: light-dark(#2b5f45, #2f6b4d);\n}\n";
