//! The configuration of Sveltia CMS, which reads that of Netlify CMS: sveltiacms.app, "Configuration".

use gen_site::output::json::{Value, json};

use super::field::{Field, Holds};
use super::{Collection, Folder, SECTION, Site};

/// The page that the editor stands on.
pub(super) const PAGE: &str = include_str!("sveltia.html");
pub(super) const HEAD: &str = "# For Sveltia CMS, which stands at /admin/. Made by gen init --cms sveltia; change it as you like.\n";

pub(super) fn config(site: &Site) -> Value {
    // A collection is all files of one folder: the pages at the root would be all of content/.
    let collections = site.collections();
    let collections = collections.filter(|one| one.folder != Folder::Root);
    json!({
        "backend": { "name": "github", "repo": "OWNER/REPOSITORY", "branch": "main" },
        "site_url": site.address,
        "media_folder": "content",
        "public_folder": "/",
        // What an author left empty is not in the file.
        "output": { "omit_empty_optional_fields": true },
        "collections": collections.map(collection).collect::<Vec<_>>(),
    })
}

fn collection(one: Collection) -> Value {
    let fields = |fields: &[Field]| {
        let mut fields: Vec<Value> = fields.iter().map(field).collect();
        fields.push(
            json!({ "name": "body", "label": "Text", "widget": "markdown", "required": false }),
        );
        fields
    };
    let mut value = json!({
        "name": one.name,
        "label": one.label,
        "folder": one.path(),
        "extension": "md",
        "format": "yaml-frontmatter",
        "create": true,
        "slug": "{{slug}}",
        "identifier_field": one.names_itself_by,
        // Pictures lie beside the articles.
        "media_folder": "",
        "public_folder": "",
        "fields": fields(&one.fields),
    });
    if matches!(one.folder, Folder::Section(_)) {
        let own: Vec<Field> = SECTION.iter().map(|key| Field::new(key, &[])).collect();
        value["index_file"] =
            json!({ "name": "index", "label": one.label, "fields": fields(&own) });
    }
    value
}

fn field(one: &Field) -> Value {
    let mut field = json!({ "name": one.name, "label": one.label });
    if !one.about.is_empty() {
        field["hint"] = json!(one.about);
    }
    let widget = match &one.holds {
        Holds::Truth => {
            // A new article is a draft until somebody says that it is none.
            field["default"] = json!(one.name == "draft");
            "boolean"
        }
        Holds::Day => {
            field["format"] = json!("YYYY-MM-DD");
            field["time_format"] = json!(false);
            "datetime"
        }
        Holds::Texts => "list",
        Holds::Picture => "image",
        Holds::Choice(choices) => {
            field["options"] = json!(choices);
            "select"
        }
        Holds::Related(related) => {
            field["collection"] = json!(related.collection());
            field["search_fields"] = json!([related.name()]);
            field["display_fields"] = json!([related.name()]);
            field["value_field"] = json!(related.name());
            field["multiple"] = json!(true);
            "relation"
        }
        Holds::Long => "text",
        Holds::Short => "string",
    };
    field["widget"] = json!(widget);
    if !one.is_needed {
        field["required"] = json!(false);
    }
    field
}
