//! Unpacks an archive (ZIP) into a folder of its own, which goes when it is no longer wanted. Bounded: an archive that
//! unpacks to more than a site, and names that lead out of the folder, are refused.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use flate2::read::DeflateDecoder;

use crate::error::Error;

/// Files in an archive, at most.
const MOST_FILES: usize = 100_000;
/// Bytes of one file, and of all of them together, at most.
const LONGEST: u64 = 1 << 30;
const MOST: u64 = 8 << 30;
/// So many times its size in the archive a file may be, beyond the first megabyte.
const MOST_PACKED: u64 = 100;

/// A folder that vanishes.
#[derive(Debug)]
pub struct Unpacked {
    folder: PathBuf,
}

impl Unpacked {
    /// Where the files are.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

impl Drop for Unpacked {
    fn drop(&mut self) {
        // What cannot be removed stays in the system's folder for such things.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Whether a file is an archive, by its first bytes.
pub fn is_archive(path: &Path) -> bool {
    let mut head = [0; 4];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut head));
    read.is_ok() && head == *b"PK\x03\x04"
}

/// Unpacks an archive.
///
/// # Errors
/// It is none, is too large, holds a name that leads out, or the system refuses something.
pub fn unpack(path: &Path) -> Result<Unpacked, Error> {
    static NUMBER: AtomicUsize = AtomicUsize::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let name = format!("gen-import-{}-{number}", std::process::id());
    let folder = std::env::temp_dir().join(name);
    fs::create_dir(&folder).map_err(Error::io("could not write", &folder))?;
    let unpacked = Unpacked { folder };
    let refused = |why: String| {
        Error::refused(
            format!("{} {why}", path.display()),
            "unpack it yourself, and name the folder",
        )
    };
    let mut file = File::open(path).map_err(Error::io("could not read", path))?;
    let entries = entries(&mut file)
        .map_err(Error::io("could not read", path))?
        .ok_or_else(|| refused("is no archive that can be read".to_owned()))?;
    let mut all = 0;
    for entry in entries {
        let Some(to) = inside(unpacked.folder(), &entry.name) else {
            return Err(refused(format!(
                "holds a name that leads out of it, `{}`",
                printable(&entry.name)
            )));
        };
        if entry.name.ends_with('/') {
            continue;
        }
        let size = entry
            .unpack(&mut file, &to)
            .map_err(Error::io("could not unpack", path))?;
        all += size.unwrap_or(MOST);
        if all >= MOST {
            return Err(refused(format!(
                "unpacks to more than a site has, at `{}`",
                printable(&entry.name)
            )));
        }
    }
    Ok(unpacked)
}

fn printable(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(100).collect()
}

/// The path of a file in the folder; none where its name leads out.
fn inside(folder: &Path, name: &str) -> Option<PathBuf> {
    let bare = name.trim_end_matches('/');
    let path = Path::new(bare);
    let is_plain = |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
    let is_inside =
        !bare.is_empty() && !bare.contains(['\\', '\0', ':']) && path.components().all(is_plain);
    is_inside.then(|| folder.join(path))
}

/// A file in an archive.
struct Entry {
    name: String,
    method: u16,
    packed: u64,
    /// Where its own head begins.
    at: u64,
}

impl Entry {
    /// Writes its bytes, and says how many; none where there are too many.
    fn unpack(&self, archive: &mut File, to: &Path) -> io::Result<Option<u64>> {
        let mut head = [0; 30];
        archive.seek(SeekFrom::Start(self.at))?;
        archive.read_exact(&mut head)?;
        let skip = u64::from(number16(&head, 26)) + u64::from(number16(&head, 28));
        archive.seek(SeekFrom::Start(self.at + 30 + skip))?;
        let packed = Read::by_ref(archive).take(self.packed);
        let most = LONGEST.min((1 << 20) + self.packed.saturating_mul(MOST_PACKED));
        if let Some(above) = to.parent() {
            fs::create_dir_all(above)?;
        }
        let mut out = File::create(to)?;
        let size = match self.method {
            0 => io::copy(&mut packed.take(most + 1), &mut out)?,
            8 => io::copy(&mut DeflateDecoder::new(packed).take(most + 1), &mut out)?,
            other => {
                return Err(io::Error::other(format!(
                    "it is packed in a way that is not known ({other})"
                )));
            }
        };
        out.flush()?;
        Ok((size <= most).then_some(size))
    }
}

fn number16(bytes: &[u8], at: usize) -> u16 {
    bytes
        .get(at..at + 2)
        .map_or(0, |two| u16::from_le_bytes([two[0], two[1]]))
}

fn number32(bytes: &[u8], at: usize) -> u32 {
    u32::from(number16(bytes, at)) | u32::from(number16(bytes, at + 2)) << 16
}

/// The files that the archive's directory names, sorted; none where it has no such directory.
fn entries(file: &mut File) -> io::Result<Option<Vec<Entry>>> {
    let length = file.seek(SeekFrom::End(0))?;
    // The end of the directory, with a comment of 64 KiB at most behind it.
    let tail = length.min((64 << 10) + 22);
    file.seek(SeekFrom::Start(length - tail))?;
    let mut end = Vec::new();
    Read::by_ref(file).take(tail).read_to_end(&mut end)?;
    // Behind its mark are 18 bytes more.
    let mut windows = end.windows(22);
    let Some(at) = windows.rposition(|end| end.starts_with(b"PK\x05\x06")) else {
        return Ok(None);
    };
    let (count, size) = (
        usize::from(number16(&end, at + 10)),
        u64::from(number32(&end, at + 12)),
    );
    let start = u64::from(number32(&end, at + 16));
    if count > MOST_FILES || start.saturating_add(size) > length {
        return Ok(None);
    }
    file.seek(SeekFrom::Start(start))?;
    let mut directory = Vec::new();
    Read::by_ref(file).take(size).read_to_end(&mut directory)?;
    let mut entries = Vec::new();
    let mut at = 0;
    while directory.get(at..at + 4) == Some(b"PK\x01\x02") {
        let lengths = [28, 30, 32].map(|place| usize::from(number16(&directory, at + place)));
        let name = directory
            .get(at + 46..at + 46 + lengths[0])
            .unwrap_or_default();
        entries.push(Entry {
            name: String::from_utf8_lossy(name).into_owned(),
            method: number16(&directory, at + 10),
            packed: u64::from(number32(&directory, at + 20)),
            at: u64::from(number32(&directory, at + 42)),
        });
        at += 46 + lengths.iter().sum::<usize>();
    }
    if entries.len() != count {
        return Ok(None);
    }
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(Some(entries))
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "looks at what was written")]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::DeflateEncoder;

    /// An archive of files, packed.
    fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
        let (mut out, mut directory) = (Vec::new(), Vec::new());
        for (name, bytes) in files {
            let mut packer = DeflateEncoder::new(Vec::new(), Compression::fast());
            packer.write_all(bytes).unwrap();
            let packed = packer.finish().unwrap();
            let mut common = Vec::new();
            common.extend([20, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
            common.extend((packed.len() as u32).to_le_bytes());
            common.extend((bytes.len() as u32).to_le_bytes());
            common.extend((name.len() as u16).to_le_bytes());
            common.extend([0, 0]);
            directory.extend(b"PK\x01\x02\x14\x00");
            directory.extend(&common);
            directory.extend([0; 10]);
            directory.extend((out.len() as u32).to_le_bytes());
            directory.extend(name.as_bytes());
            out.extend(b"PK\x03\x04");
            out.extend(&common);
            out.extend(name.as_bytes());
            out.extend(packed);
        }
        let start = out.len() as u32;
        out.extend(&directory);
        out.extend(b"PK\x05\x06\0\0\0\0");
        out.extend((files.len() as u16).to_le_bytes());
        out.extend((files.len() as u16).to_le_bytes());
        out.extend((directory.len() as u32).to_le_bytes());
        out.extend(start.to_le_bytes());
        out.extend([0, 0]);
        out
    }

    fn unpacked(bytes: &[u8]) -> Result<Unpacked, Error> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("x.zip");
        fs::write(&file, bytes).unwrap();
        unpack(&file)
    }

    #[test]
    fn files_are_unpacked_and_go_again() {
        let bytes = archive(&[
            ("posts/a.html", b"<p>A</p>"),
            ("posts.csv", b"a,b\n"),
            ("empty/", b""),
        ]);
        let unpacked = unpacked(&bytes).unwrap();
        let folder = unpacked.folder().to_path_buf();
        assert_eq!(fs::read(folder.join("posts/a.html")).unwrap(), b"<p>A</p>");
        assert!(folder.join("posts.csv").is_file());
        drop(unpacked);
        assert!(!folder.exists());
    }

    #[test]
    fn bombs_and_names_that_lead_out_are_refused() {
        let bomb = vec![0; 64 << 20];
        for files in [
            &[("../evil", b"x".as_slice())][..],
            &[("/etc/evil", b"x")],
            &[("a/../../evil", b"x")],
            &[("a\\..\\evil", b"x")],
            &[("bomb", bomb.as_slice())],
        ] {
            assert!(unpacked(&archive(files)).is_err(), "{}", files[0].0);
        }
    }

    #[test]
    fn broken_archives_are_refused() {
        let whole = archive(&[("a.txt", b"A long enough text, a long enough text")]);
        for end in 0..whole.len() {
            // A part of it is no archive, and never a panic.
            assert!(unpacked(&whole[..end]).is_err());
        }
    }
}
