//! Takes out of a picture's file what a camera or a program wrote beside the pixels: the place, the time, the camera,
//! comments, small copies, and what hangs on behind the picture. Pixels, colour profile and orientation stay, byte for
//! byte. Files are told by their first bytes, never by their names; what is broken is followed as far as it goes.

use std::ops::Range;

use crate::find;

const JPEG: &[u8] = b"\xff\xd8\xff";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
const EXIF: &[u8] = b"Exif\0\0";
/// A colour profile in a JPEG file.
const ICC: &[u8] = b"ICC_PROFILE\0";

/// The ancillary chunks of PNG that say how the pixels look.
const PNG_KEPT: [&[u8]; 17] = [
    b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"mDCV", b"cLLI", b"mDCv",
    b"cLLi", b"bKGD", b"pHYs", b"sPLT", b"acTL", b"fcTL", b"fdAT",
];
/// The chunks of WebP that are the picture.
const WEBP_KEPT: [&[u8]; 7] = [
    b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP",
];
/// The extensions of GIF that a browser follows.
const GIF_KEPT: [&[u8]; 3] = [b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"];
/// The endings of pictures, cameras' own kinds among them. A HEIC file is often called `.jpg`.
const PICTURES: [&str; 20] = [
    "jpg", "jpeg", "jpe", "jfif", "png", "apng", "webp", "gif", "tif", "tiff", "heic", "heif",
    "hif", "avif", "jxl", "dng", "nef", "cr2", "cr3", "arw",
];
/// The tags of TIFF that hold what a camera or a program wrote: maker, model, date, artist, XMP, IPTC, Photoshop's, Exif,
/// place.
const TIFF_TOLD: [u32; 9] = [
    0x010f, 0x0110, 0x0132, 0x013b, 0x02bc, 0x83bb, 0x8649, 0x8769, 0x8825,
];

/// The file without what a camera wrote; none where there is nothing to take out.
pub fn without(bytes: &[u8]) -> Option<Vec<u8>> {
    let clean = match bytes {
        _ if bytes.starts_with(JPEG) => jpeg(bytes),
        _ if bytes.starts_with(PNG) => png(bytes, true),
        _ if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") => webp(bytes),
        _ if bytes.starts_with(b"GIF8") => gif(bytes)?,
        _ => return None,
    };
    (clean != bytes).then_some(clean)
}

/// A PNG file without its colour profile and its texts, which are compressed: a few bytes of theirs can be as large as
/// memory once they are read. None for other files.
pub(super) fn png_without_profile(bytes: &[u8]) -> Option<Vec<u8>> {
    bytes.starts_with(PNG).then(|| png(bytes, false))
}

/// Width and height that a PNG file claims, in pixels. None for other files.
pub(super) fn png_sides(bytes: &[u8]) -> Option<(u32, u32)> {
    let head = bytes.starts_with(PNG) && bytes.get(12..16) == Some(b"IHDR");
    head.then(|| Some((big_endian(bytes, 16..20)?, big_endian(bytes, 20..24)?)))?
}

/// Whether a PNG file moves.
pub(super) fn is_moving_png(bytes: &[u8]) -> bool {
    let mut chunks = bytes
        .starts_with(PNG)
        .then(|| png_chunks(bytes))
        .into_iter()
        .flatten();
    chunks.any(|chunk| bytes[chunk].get(4..8) == Some(b"acTL"))
}

/// Whether a file is a picture, by its name.
pub fn may_be_opaque(path: &str) -> bool {
    let ending = path.rsplit('.').next().unwrap_or_default();
    PICTURES
        .iter()
        .any(|known| ending.eq_ignore_ascii_case(known))
}

/// Whether a file is of a kind that is published with what a camera wrote, by its first 16 bytes.
pub fn is_opaque(head: &[u8]) -> bool {
    is_tiff(head) || head.get(4..8) == Some(b"ftyp") || head.get(4..8) == Some(b"JXL ")
}

/// Whether a camera or a program wrote something into a file of such a kind: TIFF and the cameras' own kinds that are
/// made like it, HEIC, AVIF, JPEG XL.
pub fn tells(bytes: &[u8]) -> bool {
    if is_tiff(bytes) {
        let tags = directory(bytes).into_iter().flatten();
        // The larger kind of TIFF has another form of directory.
        return bytes.get(2..4).is_some_and(|kind| kind.contains(&43))
            || tags.map(|(tag, _)| tag).any(|tag| TIFF_TOLD.contains(&tag));
    }
    let names: [&[u8]; 4] = [b"Exif", b"application/rdf+xml", b"xml ", b"brob"];
    is_opaque(bytes) && names.iter().any(|name| find::is_within(bytes, name))
}

fn is_tiff(head: &[u8]) -> bool {
    let kinds: [&[u8]; 6] = [b"II*\0", b"MM\0*", b"II+\0", b"MM\0+", b"IIU\0", b"IIRO"];
    kinds.iter().any(|kind| head.starts_with(kind))
}

/// Segments (ITU T.81, B.1): a marker, a length, and data; after the head of a scan its data, up to a marker.
fn jpeg(bytes: &[u8]) -> Vec<u8> {
    let mut clean = bytes[..2].to_vec();
    let mut at = 2;
    while let Some(marker) = next_marker(bytes, at) {
        let code = bytes[marker + 1];
        at = marker + 2;
        match code {
            // What comes after the picture's end are films, other pictures with places of their own, or anything.
            0xd9 => {
                clean.extend(&bytes[marker..at]);
                break;
            }
            0x01 | 0xd0..=0xd8 => clean.extend(&bytes[marker..at]),
            _ => {
                let Some(length) = big_endian(bytes, at..at + 2).filter(|length| *length >= 2)
                else {
                    break;
                };
                let data = at + 2..(at + length as usize).min(bytes.len());
                at = data.end;
                match code {
                    0xe1 => {
                        let exif = bytes[data].strip_prefix(EXIF);
                        if let Some(turned) = exif.and_then(orientation) {
                            let exif = [EXIF, &exif_of(turned)].concat();
                            clean.extend([0xff, 0xe1, 0, exif.len() as u8 + 2]);
                            clean.extend(exif);
                        }
                    }
                    // JFIF ends in a small copy of the picture as it once was; its two sizes are the last bytes.
                    0xe0 if bytes[data.clone()].starts_with(b"JFIF\0") && data.len() >= 14 => {
                        clean.extend([0xff, 0xe0, 0, 16]);
                        clean.extend(&bytes[data.start..data.start + 12]);
                        clean.extend([0, 0]);
                    }
                    0xe2 if bytes[data.clone()].starts_with(ICC) => {
                        clean.extend(&bytes[marker..at]);
                    }
                    0xe0..=0xed | 0xef | 0xfe => {}
                    0xda => {
                        at = next_marker_of_scan(bytes, at);
                        clean.extend(&bytes[marker..at]);
                    }
                    _ => clean.extend(&bytes[marker..at]),
                }
            }
        }
    }
    clean
}

/// The next marker: what stands before it, decoders pass over.
/// Whether a JPEG file ends before its picture does: its reader fills the rest with grey.
pub fn is_cut_jpeg(bytes: &[u8]) -> bool {
    const END: &[u8] = &[0xff, 0xd9];
    if !bytes.starts_with(&[0xff, 0xd8]) || bytes.ends_with(END) {
        return false;
    }
    let mut at = 2;
    while let Some(marker) = next_marker(bytes, at) {
        match bytes.get(marker + 1) {
            // The scans: in them no other two bytes are these.
            Some(0xda) => return !find::is_within(&bytes[marker..], END),
            Some(0xd9) => return false,
            Some(0xd0..=0xd8 | 0x01) => at = marker + 2,
            Some(_) => {
                let length = big_endian(bytes, marker + 2..marker + 4).unwrap_or(2);
                at = marker + 2 + length.max(2) as usize;
            }
            None => return true,
        }
    }
    true
}

fn next_marker(bytes: &[u8], from: usize) -> Option<usize> {
    let pairs = bytes.get(from..)?.windows(2);
    let found = pairs
        .enumerate()
        .find(|(_, pair)| pair[0] == 0xff && !matches!(pair[1], 0 | 0xff));
    found.map(|(at, _)| from + at)
}

/// The end of a scan's data: the next marker that does not belong to it, or the end of the file.
fn next_marker_of_scan(bytes: &[u8], mut from: usize) -> usize {
    while let Some(marker) = next_marker(bytes, from) {
        if !matches!(bytes[marker + 1], 0xd0..=0xd7) {
            return marker;
        }
        from = marker + 2;
    }
    bytes.len()
}

/// Chunks (PNG, third edition, 5.3): a length, a name, data, a checksum.
fn png(bytes: &[u8], profile: bool) -> Vec<u8> {
    let mut clean = PNG.to_vec();
    for chunk in png_chunks(bytes) {
        let name = &bytes[chunk.start + 4..chunk.start + 8];
        if name == b"eXIf" {
            let data = bytes.get(chunk.start + 8..chunk.end.saturating_sub(4));
            if let Some(turned) = data.and_then(orientation) {
                clean.extend(png_chunk(name, &exif_of(turned)));
            }
        } else if name == b"iCCP" && !profile {
        } else if name[0].is_ascii_uppercase() || PNG_KEPT.contains(&name) {
            clean.extend(&bytes[chunk]);
        }
    }
    clean
}

/// Where each chunk of a PNG file is, its name and its checksum included, up to that of the end: what comes behind is
/// no part of the picture. The last may end with the file.
fn png_chunks(bytes: &[u8]) -> Vec<Range<usize>> {
    let mut chunks = Vec::new();
    let mut at = PNG.len();
    while let Some(name) = bytes.get(at + 4..at + 8)
        && name.iter().all(u8::is_ascii_alphabetic)
    {
        let length = big_endian(bytes, at..at + 4).unwrap_or(0) as usize;
        let end = at
            .saturating_add(length)
            .saturating_add(12)
            .min(bytes.len());
        chunks.push(at..end);
        if name == b"IEND" {
            break;
        }
        at = end;
    }
    chunks
}

fn png_chunk(name: &[u8], data: &[u8]) -> Vec<u8> {
    let mut chunk = (data.len() as u32).to_be_bytes().to_vec();
    chunk.extend(name);
    chunk.extend(data);
    let sum = crc32(&chunk[4..]);
    chunk.extend(sum.to_be_bytes());
    chunk
}

/// The checksum of PNG (ISO 3309).
fn crc32(bytes: &[u8]) -> u32 {
    let step = |sum: u32, byte: &u8| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| match sum & 1 {
            1 => (sum >> 1) ^ 0xedb8_8320,
            _ => sum >> 1,
        })
    };
    !bytes.iter().fold(u32::MAX, step)
}

/// Chunks (RFC 9649): a name, a length, data filled up to an even number of bytes.
fn webp(bytes: &[u8]) -> Vec<u8> {
    let mut clean = bytes[..12].to_vec();
    let all = little_endian(bytes, 4..8).unwrap_or(0) as usize;
    let bytes = &bytes[..bytes.len().min(all.saturating_add(8))];
    let mut at = 12;
    let (mut flags, mut turned) = (None, None);
    // A file that ends early still says how long it was to be.
    let mut size = all;
    while let (Some(name), Some(length)) =
        (bytes.get(at..at + 4), little_endian(bytes, at + 4..at + 8))
    {
        let length = length as usize;
        let end = (at + 8)
            .saturating_add(length + length % 2)
            .min(bytes.len());
        if name == b"VP8X" {
            flags = Some(clean.len() + 8);
        }
        if name == b"EXIF" {
            let data = &bytes[at + 8..end];
            turned = turned.or(orientation(data.strip_prefix(EXIF).unwrap_or(data)));
        }
        match WEBP_KEPT.contains(&name) {
            true => clean.extend(&bytes[at..end]),
            false => size = size.saturating_sub(end - at),
        }
        at = end;
    }
    if let Some(turned) = turned {
        let exif = exif_of(turned);
        clean.extend(b"EXIF");
        clean.extend((exif.len() as u32).to_le_bytes());
        clean.extend(exif);
        size = size.saturating_add(8 + exif.len());
    }
    if let Some(flags) = flags.and_then(|at| clean.get_mut(at)) {
        // Exif and XMP.
        *flags = *flags & !0b1100 | if turned.is_some() { 0b1000 } else { 0 };
    }
    clean[4..8].copy_from_slice(&(size as u32).to_le_bytes());
    clean
}

/// Blocks (GIF89a, 12 to 27). None where a table of colours is not whole.
fn gif(bytes: &[u8]) -> Option<Vec<u8>> {
    let table = |flags: u8| match flags & 0x80 {
        0 => 0,
        _ => 3usize << ((flags & 7) + 1),
    };
    let mut at = 13 + table(*bytes.get(10)?);
    let mut clean = bytes.get(..at)?.to_vec();
    while let Some(introducer) = bytes.get(at) {
        let start = at;
        let kept = match introducer {
            0x2c => {
                at += 11 + table(*bytes.get(at + 9)?);
                true
            }
            0x21 => {
                let label = *bytes.get(at + 1)?;
                at += 2;
                let name = bytes.get(at + 1..at + 12).unwrap_or_default();
                label != 0xfe && (label != 0xff || GIF_KEPT.contains(&name))
            }
            0x3b => {
                clean.push(0x3b);
                break;
            }
            _ => break,
        };
        while let Some(length) = bytes.get(at).filter(|length| **length > 0) {
            at += 1 + usize::from(*length);
        }
        at = (at + 1).min(bytes.len());
        if kept {
            clean.extend(&bytes[start..at]);
        }
    }
    Some(clean)
}

/// How the picture is to be turned, by the data of Exif: 2 to 8; none where it stands upright.
fn orientation(exif: &[u8]) -> Option<u8> {
    let mut tags = directory(exif)?;
    let (_, turned) = tags.find(|(tag, _)| *tag == 0x0112)?;
    (2..=8).contains(&turned).then_some(turned as u8)
}

/// The first directory of a TIFF file (TIFF 6.0, section 2): its tags, each with its value where that is one short
/// number.
fn directory(bytes: &[u8]) -> Option<impl Iterator<Item = (u32, u32)>> {
    let number = match bytes.get(..2)? {
        b"II" => little_endian,
        b"MM" => big_endian,
        _ => return None,
    };
    let start = number(bytes, 4..8)? as usize;
    let count = number(bytes, start..start.checked_add(2)?)? as usize;
    let entry = move |entry: usize| {
        let at = start + 2 + 12 * entry;
        Some((number(bytes, at..at + 2)?, number(bytes, at + 8..at + 10)?))
    };
    Some((0..count).map_while(entry))
}

/// Exif that tells only how the picture is to be turned.
fn exif_of(orientation: u8) -> [u8; 26] {
    let mut exif = *b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";
    exif[19] = orientation;
    exif
}

fn big_endian(bytes: &[u8], at: Range<usize>) -> Option<u32> {
    let add = |sum: u32, byte: &u8| sum << 8 | u32::from(*byte);
    Some(bytes.get(at)?.iter().fold(0, add))
}

fn little_endian(bytes: &[u8], at: Range<usize>) -> Option<u32> {
    let add = |sum: u32, byte: &u8| sum << 8 | u32::from(*byte);
    Some(bytes.get(at)?.iter().rev().fold(0, add))
}
