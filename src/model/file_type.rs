//! Types of files by their endings, as hosts tell them to browsers.

/// Endings and types (the IANA registry of media types); with whether it is text, which is worth compressing.
const TYPES: [(&str, &str, bool); 33] = [
    ("avif", "image/avif", false),
    ("css", "text/css; charset=utf-8", true),
    ("csv", "text/csv; charset=utf-8", true),
    ("epub", "application/epub+zip", false),
    ("gif", "image/gif", false),
    ("htm", "text/html; charset=utf-8", true),
    ("html", "text/html; charset=utf-8", true),
    ("ico", "image/vnd.microsoft.icon", false),
    ("ics", "text/calendar; charset=utf-8", true),
    ("jpeg", "image/jpeg", false),
    ("jpg", "image/jpeg", false),
    ("js", "text/javascript; charset=utf-8", true),
    ("json", "application/json", true),
    ("m4a", "audio/mp4", false),
    ("map", "application/json", true),
    ("md", "text/markdown; charset=utf-8", true),
    ("mjs", "text/javascript; charset=utf-8", true),
    ("mp3", "audio/mpeg", false),
    ("mp4", "video/mp4", false),
    ("ogg", "audio/ogg", false),
    ("otf", "font/otf", false),
    ("pdf", "application/pdf", false),
    ("png", "image/png", false),
    ("svg", "image/svg+xml", true),
    ("ttf", "font/ttf", false),
    ("txt", "text/plain; charset=utf-8", true),
    ("wasm", "application/wasm", true),
    ("webm", "video/webm", false),
    ("webmanifest", "application/manifest+json", true),
    ("webp", "image/webp", false),
    ("woff", "font/woff", false),
    ("woff2", "font/woff2", false),
    ("xml", "application/xml", true),
];

/// What browsers are told of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileType {
    /// Its media type, with the encoding of a text.
    pub name: &'static str,
    /// Whether it is text, which is worth compressing.
    pub is_text: bool,
}

/// The type of a file by its path.
pub fn of(path: &str) -> FileType {
    let name = path.rsplit('/').next().unwrap_or_default();
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let ending = ending.to_ascii_lowercase();
    match TYPES.binary_search_by(|(known, ..)| known.cmp(&ending.as_str())) {
        Ok(at) => FileType {
            name: TYPES[at].1,
            is_text: TYPES[at].2,
        },
        Err(_) => FileType {
            name: "application/octet-stream",
            is_text: false,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_sorted_and_found_by_their_ending() {
        assert!(TYPES.is_sorted());
        assert_eq!(of("a/b.HTML").name, "text/html; charset=utf-8");
        assert_eq!(of("a.b/c").name, "application/octet-stream");
        assert!(!of("x.webp").is_text);
    }
}
