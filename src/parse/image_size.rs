//! Width and height of a picture from its first bytes, so that a page keeps its place while pictures load.

/// Whether a file's name is that of a picture whose size can be told.
pub fn is_picture(path: &str) -> bool {
    let ending = path
        .rsplit('.')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    matches!(
        ending.as_str(),
        "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif" | "svg"
    )
}

/// Width and height in pixels, from the first bytes of the file at `path`.
pub fn size(path: &str, head: &[u8]) -> Option<(u32, u32)> {
    if path.to_ascii_lowercase().ends_with(".svg") {
        return svg_size(
            std::str::from_utf8(head)
                .ok()
                .or_else(|| valid_part(head))?,
        );
    }
    let size = imagesize::blob_size(head).ok()?;
    Some((
        u32::try_from(size.width).ok()?,
        u32::try_from(size.height).ok()?,
    ))
}

/// The head of a file may end within a character.
fn valid_part(head: &[u8]) -> Option<&str> {
    let end = std::str::from_utf8(head).err()?.valid_up_to();
    std::str::from_utf8(&head[..end]).ok()
}

/// `width` and `height` in pixels, or the shape of the `viewBox`.
fn svg_size(text: &str) -> Option<(u32, u32)> {
    let start = text.find("<svg")?;
    let tag = &text[start..start + text[start..].find('>')?];
    let attribute = |name: &str| {
        let at = tag.find(&format!(" {name}="))? + name.len() + 2;
        let quote = tag[at..]
            .chars()
            .next()
            .filter(|c| matches!(c, '"' | '\''))?;
        tag[at + 1..].split(quote).next()
    };
    let pixels = |text: &str| text.trim().trim_end_matches("px").parse::<f64>().ok();
    let whole = |n: f64| {
        if (1.0..1e6).contains(&n) {
            Some(n.round() as u32)
        } else {
            None
        }
    };
    if let (Some(width), Some(height)) = (
        attribute("width").and_then(pixels),
        attribute("height").and_then(pixels),
    ) {
        return Some((whole(width)?, whole(height)?));
    }
    let numbers: Vec<f64> = attribute("viewBox")?
        .split([' ', ',', '\n', '\t'])
        .filter(|part| !part.is_empty())
        .map_while(|part| part.parse().ok())
        .collect();
    match numbers[..] {
        [_, _, width, height] => Some((whole(width)?, whole(height)?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read() {
        assert_eq!(
            size("a.svg", b"<?xml?><svg xmlns='x' viewBox='0 0 1200 630'>"),
            Some((1200, 630))
        );
        assert_eq!(
            size("a.svg", b"<svg width=\"40px\" height=\"20\">"),
            Some((40, 20))
        );
        assert_eq!(
            size("a.gif", b"GIF89a\x03\x00\x02\x00\x00\x00\x00\x00\x00\x00"),
            Some((3, 2))
        );
        assert_eq!(size("a.png", b"no picture"), None);
        assert_eq!(size("a.svg", b"<svg viewBox='0 0 NaN inf'>"), None);
    }
}
