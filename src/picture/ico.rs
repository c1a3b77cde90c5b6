//! ICO files, which hold one picture here: pixels as they are (a BMP without its head), or a PNG file.

/// Pixels: what browsers show beside a page's title.
pub const SIDE: u32 = 32;

/// Of a square of [`SIDE`], red, green, blue and opacity each.
pub fn of_pixels(pixels: &[[u8; 4]]) -> Vec<u8> {
    let mut picture = Vec::new();
    for number in [40, SIDE, 2 * SIDE] {
        // The height counts the mask that follows the pixels, too.
        picture.extend(number.to_le_bytes());
    }
    picture.extend([1, 0, 32, 0]);
    picture.extend([0; 24]);
    // From the lowest row up, blue first.
    for row in pixels.chunks(SIDE as usize).rev() {
        picture.extend(
            row.iter()
                .flat_map(|[red, green, blue, opacity]| [*blue, *green, *red, *opacity]),
        );
    }
    // One bit a pixel, all shown: the opacity says the rest.
    picture.extend(vec![0; (SIDE * SIDE / 8) as usize]);
    with_head(&picture, SIDE, SIDE)
}

/// Of a PNG file.
pub fn of_png(png: &[u8]) -> Vec<u8> {
    let number = |at: usize| {
        let bytes: Option<[u8; 4]> = png.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
        bytes.map_or(0, u32::from_be_bytes)
    };
    with_head(png, number(16), number(20))
}

/// A side of 256 pixels and more is written as 0.
fn with_head(picture: &[u8], width: u32, height: u32) -> Vec<u8> {
    let side = |pixels: u32| u8::try_from(pixels).unwrap_or(0);
    let length = u32::try_from(picture.len()).unwrap_or(u32::MAX);
    let mut file = vec![
        0,
        0,
        1,
        0,
        1,
        0,
        side(width),
        side(height),
        0,
        0,
        1,
        0,
        32,
        0,
    ];
    file.extend(length.to_le_bytes());
    file.extend(22u32.to_le_bytes());
    file.extend(picture);
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_says_where_the_picture_is() {
        let pixels = vec![[1, 2, 3, 4]; (SIDE * SIDE) as usize];
        let file = of_pixels(&pixels);
        assert_eq!(file.len(), 22 + 40 + 4 * 32 * 32 + 32 * 32 / 8);
        assert_eq!(file[..8], [0, 0, 1, 0, 1, 0, 32, 32]);
        assert_eq!(file[22 + 40..][..4], [3, 2, 1, 4]);
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        png.extend([0, 0, 1, 0, 0, 0, 0, 48]);
        assert_eq!(of_png(&png)[6..8], [0, 48]);
        assert_eq!(of_png(b"")[6..8], [0, 0]);
    }
}
