//! `gen check --baseline`: writes down what is wrong today; later checks take out what is mended.

use std::path::Path;

use gen_site::baseline::{self, FILE};
use gen_site::check::Checked;
use gen_site::error::Error;

use crate::cli::{count, say_aside};

/// Writes what was found into the file, and leaves in `checked` what cannot wait.
pub(super) fn write(root: &Path, checked: &mut Checked) -> Result<(), Error> {
    let mut found = std::mem::take(&mut checked.known);
    found.append(&mut checked.diagnostics);
    let known = baseline::write(root, &found)?;
    checked.diagnostics = found;
    checked.known = baseline::take(root, &mut checked.diagnostics)?;
    say_aside(&format!(
        "wrote {FILE}: {} that {} no build. Keep it with the site; what is mended leaves it with the next gen check.\n",
        count(known, "mistake", "mistakes"),
        if known == 1 { "stops" } else { "stop" },
    ));
    Ok(())
}

/// Says how much is left, after a check that looked for everything, and takes out of the file what is mended.
pub(super) fn shrink(root: &Path, checked: &Checked) {
    if checked.mended > 0 {
        let mended = count(checked.mended, "mistake", "mistakes");
        let left = match baseline::write(root, &checked.known) {
            Ok(_) if checked.mended == 1 => "is mended, and left it",
            Ok(_) => "are mended, and left it",
            // A check in a folder that nobody may write to says the same.
            Err(_) => "can leave it, which cannot be written",
        };
        say_aside(&format!("{FILE}: {mended} {left}"));
    }
    told(checked.known.len());
}

/// Says how much is left.
pub(in crate::cli) fn told(known: usize) {
    if known > 0 {
        say_aside(&left(known));
    }
}

/// How much is left, as a line.
pub(in crate::cli) fn left(known: usize) -> String {
    let are = if known == 1 { "is" } else { "are" };
    format!(
        "{FILE}: {} {are} left",
        count(known, "known mistake", "known mistakes")
    )
}
