//! `[publish]`: where `gen publish` sends the site, each place by a name of its own. Credentials have no place here: they
//! are `publish/place/`'s, which reads them from the environment and the usual files.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, de};

use super::{FILE, find_key};
use crate::diagnostic::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::model::url::BaseUrl;

/// Who is told of changed pages where nobody in particular is named: what one search engine hears there, all hear.
const INDEX_NOW: &str = "https://api.indexnow.org/indexnow";

/// Why an address is refused that others could use: the line that it stands in is not shown.
const SECRET: &str = "it holds credentials, which have no place in a file that others read: take them out, and change them";

/// `[publish]`.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(default)]
pub struct Publish {
    /// The address that is told which pages changed, if one is.
    #[serde(deserialize_with = "index_now")]
    #[schemars(schema_with = "index_now_schema")]
    pub index_now: Option<String>,
    /// The places, by their names.
    #[serde(flatten)]
    pub targets: BTreeMap<String, Target>,
}

/// `[publish.NAME]`.
#[derive(Clone, Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// A folder, or an address: `s3://bucket/folder`, `gs://…`, `azure://account/container`, `sftp://user@host/folder`.
    #[schemars(extend("examples" = ["s3://bucket/folder", "../www"]))]
    pub to: String,
    /// The store's own address, where it is none of Amazon's.
    #[schemars(regex(pattern = "^https?://[^/@?#]+(/[^?#]*)?$"))]
    pub endpoint: Option<String>,
    /// The region of a bucket.
    pub region: Option<String>,
    /// Where the site stands on the web when it is sent there; base_url where nothing is said.
    #[schemars(regex(pattern = "^https?://[^/]"))]
    pub base_url: Option<String>,
    /// Texts are stored compressed, for stores that do not compress.
    #[serde(default)]
    pub gzip: bool,
    /// Files that are sent at once.
    #[serde(default = "usually_at_once")]
    #[schemars(range(min = 1, max = 64))]
    pub at_once: usize,
}

fn usually_at_once() -> usize {
    16
}

/// Where a target is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// A folder of this machine, from the site's root.
    Folder(String),
    /// A bucket of S3, or of a store that speaks it.
    Bucket(Bucket),
    /// A container of Azure's blobs.
    Azure(Container),
    /// A folder of another machine, by SFTP.
    Ssh(Remote),
}

/// A bucket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bucket {
    /// Its name.
    pub name: String,
    /// Before the path of each file, with a slash at its end where there is one.
    pub prefix: String,
    /// It is Google's.
    pub is_google: bool,
}

/// A container of Azure's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Container {
    /// The account's name.
    pub account: String,
    /// The container's, such as `$web`.
    pub name: String,
    /// As a bucket's.
    pub prefix: String,
}

/// A folder of another machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remote {
    /// The host, with a user before it where one is named.
    pub host: String,
    /// Where it is not what ssh is told elsewhere.
    pub port: Option<u16>,
    /// From the machine's root, or from the user's own folder where it begins with no slash.
    pub folder: String,
}

impl Target {
    /// Where it is.
    ///
    /// # Errors
    /// In words: what it says is no place.
    pub fn location(&self) -> Result<Location, String> {
        let to = self.to.trim();
        let Some((scheme, rest)) = to.split_once("://") else {
            return match to.is_empty() {
                true => Err("it is empty".into()),
                false => Ok(Location::Folder(to.to_owned())),
            };
        };
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        if host.is_empty() {
            return Err(format!("nothing stands between `{scheme}://` and the path"));
        }
        let user = host.rsplit_once('@').map(|(user, _)| user);
        if user.is_some_and(|user| user.contains(':') || scheme != "sftp") {
            return Err(SECRET.into());
        }
        match scheme {
            "s3" | "gs" => Ok(Location::Bucket(Bucket {
                name: host.to_owned(),
                prefix: prefix(path),
                is_google: scheme == "gs",
            })),
            "azure" => match path.split_once('/').unwrap_or((path, "")) {
                ("", _) => Err("the container is missing".into()),
                (container, path) => Ok(Location::Azure(Container {
                    account: host.to_owned(),
                    name: container.to_owned(),
                    prefix: prefix(path),
                })),
            },
            "sftp" => ssh(host, path),
            "http" | "https" => Err("it is an address for readers".into()),
            scheme => Err(format!("gen knows no `{scheme}://`")),
        }
    }

    /// Whether it is told the type and the lifetime of each file.
    pub fn takes_headers(&self) -> bool {
        matches!(
            self.location(),
            Ok(Location::Bucket(_) | Location::Azure(_))
        )
    }
}

fn ssh(host: &str, path: &str) -> Result<Location, String> {
    // A host that begins so would be an option of the program that is called.
    if host.starts_with('-') || host.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err(format!("`{host}` is no host"));
    }
    let (host, port) = match host.rsplit_once(':') {
        Some((host, port)) => match port.parse() {
            Ok(port) => (host, Some(port)),
            Err(_) => return Err(format!("`{port}` is no port")),
        },
        None => (host, None),
    };
    if path.chars().any(char::is_control) {
        return Err("the folder's name holds what no name can".into());
    }
    let path = path.trim_end_matches('/');
    let folder = match path.strip_prefix("~/") {
        Some(folder) => folder.to_owned(),
        None => format!("/{path}"),
    };
    match folder.trim_matches('/').is_empty() {
        true => Err("the folder is missing".into()),
        false => Ok(Location::Ssh(Remote {
            host: host.to_owned(),
            port,
            folder,
        })),
    }
}

fn prefix(path: &str) -> String {
    match path.trim_matches('/') {
        "" => String::new(),
        path => format!("{path}/"),
    }
}

impl Publish {
    /// Whether some place is told the type and the lifetime of each file.
    pub fn takes_headers(&self) -> bool {
        self.targets.values().any(Target::takes_headers)
    }

    /// What is wrong with it, in `text`.
    pub(super) fn mistakes(&self, text: &str) -> Vec<Diagnostic> {
        let mut errors = Vec::new();
        if let Some(Err(why)) = self.index_now.as_deref().map(endpoint) {
            let at = find_key(text, "publish.index_now", None);
            let error = Diagnostic::error("config", FILE, format!("`publish.index_now`: {why}"));
            let help = "write true, or the address that a search engine names";
            errors.push(error.at(at.unwrap_or(0..0)).help(help));
        }
        for (name, target) in &self.targets {
            let table = format!("publish.{name}");
            let mut wrong = |key: &str, why: String, help: &str| {
                let at = find_key(text, &format!("{table}.{key}"), None)
                    .filter(|_| why != SECRET)
                    .or_else(|| find_key(text, &table, None));
                let message = format!("`{table}.{key}`: {why}");
                let error = Diagnostic::error("config", FILE, message);
                errors.push(error.at(at.unwrap_or(0..0)).help(help));
            };
            if name.is_empty()
                || !name
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
            {
                let why = "a target's name is letters, digits and hyphens".to_owned();
                wrong("to", why, "give it a name such as live or staging");
                continue;
            }
            if let Err(why) = target.location() {
                wrong(
                    "to",
                    why,
                    "write a folder, or s3://BUCKET, gs://BUCKET, azure://ACCOUNT/CONTAINER, sftp://USER@HOST/FOLDER",
                );
            }
            if let Some(Err(why)) = target.endpoint.as_deref().map(endpoint) {
                wrong(
                    "endpoint",
                    why,
                    "write the store's address, such as https://ACCOUNT.r2.cloudflarestorage.com",
                );
            }
            if let Some(Err(why)) = target.base_url.as_deref().map(BaseUrl::parse) {
                wrong("base_url", why, "links, feeds and the sitemap need it");
            }
            if !(1..=64).contains(&target.at_once) {
                let why = "it is a number from 1 to 64".to_owned();
                wrong("at_once", why, "16 is the default");
            }
        }
        errors
    }
}

/// An address that can be asked: it has a scheme, a host and no credentials.
fn endpoint(text: &str) -> Result<(), String> {
    let rest = ["https://", "http://"]
        .iter()
        .find_map(|scheme| text.strip_prefix(scheme));
    let host = rest.and_then(|rest| rest.split('/').next());
    match host {
        Some(host) if host.contains('@') => Err(SECRET.into()),
        Some(host) if !host.is_empty() && !text.contains(['?', '#']) => Ok(()),
        _ => Err("it is no address".into()),
    }
}

/// The key by which search engines know that who tells them owns the site: a file of this name stands at its root.
pub fn key(base: &BaseUrl) -> String {
    Fingerprint::of(format!("indexnow {base}").as_bytes()).to_string()
}

fn index_now_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({
        "anyOf": [
            { "type": "boolean" },
            { "type": "string", "pattern": "^https?://[^/@?#]+(/[^?#]*)?$" }
        ]
    })
}

/// `true`, or the address of one search engine.
fn index_now<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    struct Visitor;
    impl de::Visitor<'_> for Visitor {
        type Value = Option<String>;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("a boolean")
        }

        fn visit_bool<E: de::Error>(self, is_on: bool) -> Result<Option<String>, E> {
            Ok(is_on.then(|| INDEX_NOW.to_owned()))
        }

        fn visit_str<E: de::Error>(self, address: &str) -> Result<Option<String>, E> {
            Ok(Some(address.to_owned()))
        }
    }
    deserializer.deserialize_any(Visitor)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn location(to: &str) -> Result<Location, String> {
        let target = format!("to = {to:?}");
        super::super::value::<Target>(FILE, &target)
            .unwrap()
            .location()
    }

    #[test]
    fn places_are_read() {
        let bucket = |name: &str, prefix: &str, is_google| {
            Ok(Location::Bucket(Bucket {
                name: name.into(),
                prefix: prefix.into(),
                is_google,
            }))
        };
        assert_eq!(location("s3://b"), bucket("b", "", false));
        assert_eq!(location("s3://b/x/y/"), bucket("b", "x/y/", false));
        assert_eq!(location("gs://b/"), bucket("b", "", true));
        let ssh = |host: &str, port, folder: &str| {
            Ok(Location::Ssh(Remote {
                host: host.into(),
                port,
                folder: folder.into(),
            }))
        };
        assert_eq!(location("sftp://me@h/srv/w/"), ssh("me@h", None, "/srv/w"));
        assert_eq!(location("sftp://h:22/~/w"), ssh("h", Some(22), "w"));
        assert_eq!(location("../www"), Ok(Location::Folder("../www".into())));
        for none in [
            "",
            "s3://",
            "s3:///x",
            "s3://key:secret@b",
            "sftp://me:word@h/w",
            "sftp://h",
            "sftp://-oProxyCommand=x/w",
            "sftp://h:x/w",
            "azure://a",
            "https://x.org",
            "ftp://x.org",
        ] {
            assert!(location(none).is_err(), "{none}");
        }
    }
}
