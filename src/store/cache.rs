//! Files that save work and nothing else, in `.gen/` beside `site.toml`. Each is sealed: what another `gen` wrote,
//! what is cut off or damaged, is told from what can be used.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use crate::fingerprint::{Fingerprint, Mix};
use crate::scan::Stamp;

/// The folder, in the site's own.
pub const FOLDER: &str = ".gen";

/// The folder in it that is shown by `gen serve`, and the only one in it that is built into.
pub const SERVED: &str = "serve";

/// The first bytes of every file.
const SEAL: &[u8] = b"gen cache 1\n";

/// The file that is dated when a build begins; it holds the output folder's path.
const NOW: &str = "now";

/// A fingerprint's bytes.
const FINGERPRINT: usize = 16;

/// What one output folder's builds keep.
pub struct Cache {
    folder: PathBuf,
    /// Of the output folder's path: two of them share nothing.
    name: String,
    /// Of the program: another one may make other things of the same files.
    program: Fingerprint,
    /// The file system's time when the build began, in nanoseconds since 1970.
    began: i64,
}

/// What was found of a file.
pub enum Found<T> {
    /// There is none, or it is another program's.
    Nothing,
    /// It is not what was written.
    Damaged,
    /// There is one.
    There(T),
}

/// A file that is hashed while it is read. What was read of it is good for nothing until [`Opened::finish`] says so.
pub struct Opened {
    file: File,
    mix: Mix,
    /// Bytes before the seal at the end that are not read yet.
    left: u64,
}

impl Opened {
    /// Reads so many bytes, in place of those that are in `bytes`. Whether there are so many.
    pub fn read(&mut self, length: u64, bytes: &mut Vec<u8>) -> bool {
        bytes.clear();
        let Some(left) = self.left.checked_sub(length) else {
            return false;
        };
        self.left = left;
        let read = (&self.file).take(length).read_to_end(bytes);
        let hashed = self.mix.write_all(bytes);
        read.is_ok_and(|read| read as u64 == length) && hashed.is_ok()
    }

    /// Reads all that is left.
    pub fn rest(&mut self, bytes: &mut Vec<u8>) -> bool {
        self.read(self.left, bytes)
    }

    /// The seal, if the file is what was written.
    pub fn finish(mut self) -> Found<Fingerprint> {
        let mut bytes = Vec::new();
        while self.left > 0 {
            if !self.read(self.left.min(1 << 18), &mut bytes) {
                return Found::Damaged;
            }
        }
        let seal = self.mix.finish();
        let mut end = Vec::new();
        match self.file.read_to_end(&mut end) {
            Ok(_) if of(&end) == Some(seal) => Found::There(seal),
            _ => Found::Damaged,
        }
    }
}

impl Cache {
    /// Makes the folder. None where that is not allowed: then nothing is kept, and nothing else is different.
    pub fn new(root: &Path, output: &Path) -> Option<Cache> {
        let output = output.canonicalize().ok()?;
        let mut mix = Mix::default();
        mix.add(&*output.to_string_lossy());
        let folder = make_folder(root).ok()?;
        let cache = Cache {
            name: mix.finish().short(),
            program: program()?,
            began: 0,
            folder,
        };
        // Files are compared with the clock that dates them, which may not be this machine's.
        let now = cache.path(NOW);
        let mut file = File::create(&now).ok()?;
        file.write_all(output.to_string_lossy().as_bytes()).ok()?;
        drop(file);
        let began = Stamp::of(&fs::metadata(&now).ok()?).modified;
        forget_gone(&cache.folder);
        Some(Cache { began, ..cache })
    }

    /// When the build began, in nanoseconds since 1970.
    pub fn began(&self) -> i64 {
        self.began
    }

    /// Opens a file that this program wrote.
    pub fn open(&self, name: &str) -> Found<Opened> {
        let Ok(file) = File::open(self.path(name)) else {
            return Found::Nothing;
        };
        let Some(metadata) = file.metadata().ok().filter(fs::Metadata::is_file) else {
            return Found::Nothing;
        };
        let Some(left) = metadata.len().checked_sub(FINGERPRINT as u64) else {
            return Found::Damaged;
        };
        let mix = Mix::default();
        let mut opened = Opened { file, mix, left };
        let mut head = Vec::new();
        if !opened.read((SEAL.len() + FINGERPRINT) as u64, &mut head) || !head.starts_with(SEAL) {
            return Found::Damaged;
        }
        match of(&head[SEAL.len()..]) == Some(self.owner(name)) {
            true => Found::There(opened),
            false => match opened.finish() {
                Found::Damaged => Found::Damaged,
                _ => Found::Nothing,
            },
        }
    }

    /// Writes a file, whole or not at all: `write` gives its bytes.
    ///
    /// # Errors
    /// The system's refusal.
    pub fn write(
        &self,
        name: &str,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        let (new, path) = (self.path(&format!("{name}.new")), self.path(name));
        let mut sealed = Sealed {
            file: BufWriter::with_capacity(1 << 18, File::create(&new)?),
            mix: Mix::default(),
        };
        sealed.write_all(SEAL)?;
        sealed.write_all(&self.owner(name).0.to_le_bytes())?;
        write(&mut sealed)?;
        let end = sealed.mix.finish().0.to_le_bytes();
        sealed.file.write_all(&end)?;
        sealed.file.flush()?;
        drop(sealed);
        fs::rename(new, path)
    }

    /// Removes a file, if it is there.
    pub fn remove(&self, name: &str) {
        // What stays is found to be of no use when it is read.
        let _ = fs::remove_file(self.path(name));
    }

    /// What a file's beginning says: which program wrote it, and as what, so that one copied over another is told.
    fn owner(&self, name: &str) -> Fingerprint {
        let mut mix = Mix::default();
        mix.add(&(self.program, &self.name, name));
        mix.finish()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{}-{name}", self.name))
    }
}

/// Removes what is kept for output folders that are gone.
fn forget_gone(folder: &Path) {
    let names = |folder: &Path| -> Vec<String> {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries
            .filter_map(|entry| entry.file_name().into_string().ok())
            .collect()
    };
    let all = names(folder);
    let is_gone = |name: &str| {
        let output = File::open(folder.join(name)).and_then(super::read_all);
        let output = output.unwrap_or_default();
        let output = String::from_utf8_lossy(&output);
        !output.is_empty() && !Path::new(&*output).exists()
    };
    for now in all
        .iter()
        .filter(|name| name.ends_with(&format!("-{NOW}")) && is_gone(name))
    {
        let own = now.trim_end_matches(NOW);
        for name in all.iter().filter(|name| name.starts_with(own)) {
            // What stays takes room, and does no harm.
            let _ = fs::remove_file(folder.join(name));
        }
    }
}

/// Makes the folder, and keeps it out of version control.
pub(super) fn make_folder(root: &Path) -> io::Result<PathBuf> {
    let folder = root.join(FOLDER);
    fs::create_dir_all(&folder)?;
    let ignore = folder.join(".gitignore");
    if !ignore.exists() {
        File::create(&ignore)?.write_all(b"*\n")?;
    }
    Ok(folder)
}

/// A file that is hashed while it is written.
struct Sealed {
    file: BufWriter<File>,
    mix: Mix,
}

impl Write for Sealed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.mix.write_all(&bytes[..written])?;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// The program that runs, by its file.
fn program() -> Option<Fingerprint> {
    let path = std::env::current_exe().ok()?;
    let mut mix = Mix::default();
    mix.add(env!("CARGO_PKG_VERSION"));
    mix.add(&*path.to_string_lossy());
    mix.add(&Stamp::of(&fs::metadata(&path).ok()?));
    Some(mix.finish())
}

fn of(bytes: &[u8]) -> Option<Fingerprint> {
    let bytes = bytes.try_into().ok()?;
    Some(Fingerprint(u128::from_le_bytes(bytes)))
}
