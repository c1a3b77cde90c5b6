//! Messages as hosts of code and editors take them: their files are named from the repository's root, errors come first.

use std::path::Path;

use gen_site::check::Checked;
use gen_site::diagnostic::Diagnostic;
use gen_site::error::Error;

/// The messages, errors first, as a host shows only so many. Their paths are those from the repository's root: the
/// nearest folder upwards with `.git`, else the working folder.
pub(super) fn named(root: &Path, checked: &Checked) -> Result<Vec<Diagnostic>, Error> {
    let before = before(root)?;
    let mut named = checked.diagnostics.clone();
    for diagnostic in &mut named {
        diagnostic.path.insert_str(0, &before);
    }
    named.sort_by_key(|diagnostic| diagnostic.severity);
    Ok(named)
}

/// The path of the site's folder in the repository, with a slash at its end; empty where they are one, or where the
/// site lies in no repository and not below the working folder.
fn before(root: &Path) -> Result<String, Error> {
    let here = Path::new(".");
    let real = |folder: &Path| {
        folder
            .canonicalize()
            .map_err(Error::io("could not read", folder))
    };
    let root = real(root)?;
    let repository = root.ancestors().find(|folder| folder.join(".git").exists());
    let repository = match repository {
        Some(repository) => repository.to_path_buf(),
        None => real(here)?,
    };
    let within = root.strip_prefix(repository).unwrap_or(Path::new(""));
    let folders = within.iter().map(|folder| folder.to_string_lossy() + "/");
    Ok(folders.collect())
}
