//! The configuration of Pages CMS: pagescms.org, "Configuration".

use gen_site::output::json::{Value, json};

use super::field::{Field, Holds};
use super::{Collection, Folder, Site};

pub(super) const HEAD: &str =
    "# For Pages CMS. Made by gen init --cms pages; change it as you like.\n";

pub(super) fn config(site: &Site) -> Value {
    json!({
        "media": { "input": "content", "output": "/" },
        // Keys that no field is for stay as they are.
        "settings": { "content": { "merge": true } },
        "content": site.collections().map(collection).collect::<Vec<_>>(),
    })
}

fn collection(one: Collection) -> Value {
    let mut fields: Vec<Value> = one.fields.iter().map(field).collect();
    fields.push(json!({ "name": "body", "label": "Text", "type": "rich-text" }));
    let mut value = json!({
        "name": one.name,
        "label": one.label,
        "type": "collection",
        "path": one.path(),
        "subfolders": false,
        "format": "yaml-frontmatter",
        "filename": "{primary}.md",
        "view": { "primary": one.names_itself_by, "fields": [one.names_itself_by] },
        "fields": fields,
    });
    if let Folder::Section(_) = one.folder {
        value["view"]["fields"] = json!(["title", "date", "draft"]);
    }
    value
}

fn field(one: &Field) -> Value {
    let mut field = json!({ "name": one.name, "label": one.label });
    if !one.about.is_empty() {
        field["description"] = json!(one.about);
    }
    let kind = match &one.holds {
        // Without a default: it would come into every article that is opened, and make a draft of what is published.
        Holds::Truth => "boolean",
        Holds::Day => "date",
        Holds::Texts => {
            field["list"] = json!(true);
            "string"
        }
        Holds::Picture => "image",
        Holds::Choice(choices) => {
            field["options"] = json!({ "values": choices });
            "select"
        }
        Holds::Related(related) => {
            let name = format!("{{fields.{}}}", related.name());
            field["options"] = json!({
                "collection": related.collection(),
                "search": related.name(),
                "label": name,
                "value": name,
                "multiple": true,
            });
            "reference"
        }
        Holds::Long => "text",
        Holds::Short => "string",
    };
    field["type"] = json!(kind);
    if one.is_needed {
        field["required"] = json!(true);
    }
    field
}
