//! A folder of another machine, by the system's own `sftp`: hosts, keys and known machines are those of ssh, and no
//! password is ever asked for. A file comes under another name and is then given its own, which OpenSSH does at once.
//!
//! What gen keeps there has a number in its name, and the highest holds: a server gives a file a name only once, so that of
//! two publishers one is refused.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;

use super::credentials::variable;
use super::{Follow, Found, Kept, OWN, Place, Shipment, bytes_of, parallel, read};
use crate::config::publish::Remote;
use crate::error::Error;
use crate::fingerprint::{Fingerprint, Mix};

/// The program, with arguments that come before all others; `sftp` where nothing is said.
const PROGRAM: &str = "GEN_SFTP";
/// A file on its way has this after its name.
const PART: &str = ".gen-part";
/// Files that one connection sends.
const AT_ONCE: usize = 500;
/// Connections: servers refuse many of one machine that come together.
const CONNECTIONS: usize = 4;

/// A folder of another machine.
pub(super) struct Sftp {
    name: String,
    remote: Remote,
    connections: usize,
}

/// What a run of the program came to.
struct Ran {
    is_done: bool,
    output: String,
    errors: String,
}

impl Sftp {
    pub(super) fn open(remote: &Remote, at_once: usize) -> Sftp {
        let folder = match remote.folder.starts_with('/') {
            true => remote.folder.clone(),
            false => format!("/~/{}", remote.folder),
        };
        Sftp {
            name: format!("sftp://{}{folder}", remote.host),
            remote: remote.clone(),
            connections: at_once.min(CONNECTIONS),
        }
    }

    fn path(&self, path: &str) -> String {
        quoted(&format!("{}/{path}", self.remote.folder))
    }

    /// Runs commands, of which one that fails ends the run, unless it begins with a hyphen. `heard` gets each command as
    /// it is carried out.
    fn run(&self, commands: &str, heard: &dyn Fn(&str)) -> Result<Ran, Error> {
        let program = variable(PROGRAM).unwrap_or_else(|| "sftp".into());
        let mut words = program.split_whitespace();
        let program = words.next().unwrap_or("sftp");
        let mut command = Command::new(program);
        command.args(words).args(["-b", "-"]);
        if let Some(port) = self.remote.port {
            command.arg("-P").arg(port.to_string());
        }
        command.args(["-o", "ConnectTimeout=15", "-o", "ServerAliveInterval=15"]);
        command.arg("--").arg(&self.remote.host);
        command.env("LC_ALL", "C");
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|error| {
            Error::refused(
                format!("{program} cannot be run: {error}"),
                "install OpenSSH's client (Debian: openssh-client)",
            )
        })?;
        let (input, output, errors) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let mut ran = Ran {
            is_done: false,
            output: String::new(),
            errors: String::new(),
        };
        std::thread::scope(|scope| {
            scope.spawn(move || {
                // A program that ended does not read on.
                let _ = input.map(|mut input| input.write_all(commands.as_bytes()));
            });
            let errors = scope.spawn(move || {
                let mut bytes = Vec::new();
                let _ = errors.map(|mut errors| errors.read_to_end(&mut bytes));
                String::from_utf8_lossy(&bytes).into_owned()
            });
            for line in output
                .into_iter()
                .flat_map(|output| BufReader::new(output).split(b'\n'))
            {
                let Ok(line) = line else { break };
                let line = String::from_utf8_lossy(&line);
                match line.strip_prefix("sftp> ") {
                    Some(command) => heard(command),
                    None => {
                        ran.output.push_str(&line);
                        ran.output.push('\n');
                    }
                }
            }
            ran.errors = errors.join().unwrap_or_default();
        });
        let status = child
            .wait()
            .map_err(Error::io("could not run", Path::new(program)))?;
        ran.is_done = status.success();
        match self.refusal(&ran) {
            Some(error) => Err(error),
            None => Ok(ran),
        }
    }

    /// Why there was no connection, if that is what failed.
    fn refusal(&self, ran: &Ran) -> Option<Error> {
        let host = &self.remote.host;
        let has = |words: &str| !ran.is_done && ran.errors.contains(words);
        let (why, help) = if has("Permission denied (") || has("Too many authentication failures") {
            (
                format!("{host} does not accept this machine's keys"),
                format!(
                    "put a public key into ~/.ssh/authorized_keys there, and see that this works without a password: sftp {host}"
                ),
            )
        } else if has("Host key verification failed")
            || has("REMOTE HOST IDENTIFICATION HAS CHANGED")
        {
            (
                format!("{host} is not known to this machine, or is another one than it was"),
                format!(
                    "see whether its key is right: ssh-keyscan {host}; then add it to ~/.ssh/known_hosts"
                ),
            )
        } else if has("Could not resolve hostname") {
            (
                format!("there is no {host}"),
                "mend `to` in site.toml".to_owned(),
            )
        } else if has("Connection refused")
            || has("timed out")
            || has("No route to host")
            || has("Network is unreachable")
            || has("Connection closed")
            || has("Connection reset")
            || has("Broken pipe")
        {
            (
                format!("{host} cannot be reached, or hangs up: {}", last(&ran.errors)),
                "is this machine online? What was sent stays, and the next gen publish goes on from there".to_owned(),
            )
        } else {
            return None;
        };
        Some(Error::refused(why, help))
    }

    fn failed(&self, ran: &Ran, what: &str) -> Error {
        Error::refused(
            format!("{} would not {what}: {}", self.name, last(&ran.errors)),
            "is the folder there, and may this user write in it?",
        )
    }

    /// The highest number of a file of gen's own.
    fn number(&self, name: &str, listed: &str) -> Option<u64> {
        let name = name.rsplit('/').next().unwrap_or(name);
        let numbers = listed.lines().filter_map(|line| {
            let file = line.trim().rsplit('/').next()?;
            file.strip_prefix(name)?.strip_prefix('.')?.parse().ok()
        });
        numbers.max()
    }

    /// Sends some files over one connection.
    fn send_some(&self, files: &[Shipment], follow: &Follow<'_>) -> Result<Vec<String>, Error> {
        (follow.may)()?;
        let mut commands = String::new();
        let mut folders = std::collections::BTreeSet::new();
        for shipment in files {
            let ends = shipment.path.match_indices('/');
            folders.extend(ends.map(|(end, _)| &shipment.path[..end]));
        }
        for folder in folders {
            commands.push_str(&format!("-mkdir {}\n", self.path(folder)));
        }
        for shipment in files {
            // It still is what was planned.
            bytes_of(shipment)?;
            // A line of the program's input would end there.
            if shipment.path.contains(char::is_control) {
                return Err(Error::refused(
                    format!(
                        "{:?} cannot be sent: its name holds a control character",
                        shipment.path
                    ),
                    "give the file another name",
                ));
            }
            let to = self.path(&shipment.path);
            let part = self.path(&format!("{}{PART}", shipment.path));
            // Without this, a file that has the name keeps it.
            let way = if shipment.is_new {
                "-rename -l"
            } else {
                "rename"
            };
            let file = quoted(&shipment.file.to_string_lossy());
            commands.push_str(&format!("put {file} {part}\n{way} {part} {to}\n"));
        }
        let next = Mutex::new(files.iter());
        let ran = self.run(&commands, &|command| {
            if command.starts_with("rename") || command.starts_with("-rename") {
                let mut next = next
                    .lock()
                    .unwrap_or_else(std::sync::PoisonError::into_inner);
                if let Some(shipment) = next.next().filter(|shipment| !shipment.is_new) {
                    (follow.done)(&shipment.path);
                }
            }
        })?;
        if !ran.is_done {
            return Err(self.failed(&ran, "take files"));
        }
        // Those that kept the name that they came under.
        let mut foreign = Vec::new();
        for shipment in files.iter().filter(|shipment| shipment.is_new) {
            let part = format!("{}/{}{PART}", self.remote.folder, shipment.path);
            let is_refused = ran
                .errors
                .lines()
                .any(|line| line.contains("rename") && line.contains(&part));
            match is_refused {
                true => foreign.push(shipment.path.clone()),
                false => (follow.done)(&shipment.path),
            }
        }
        Ok(foreign)
    }
}

impl Place for Sftp {
    fn name(&self) -> &str {
        &self.name
    }

    fn read(&self, name: &str) -> Result<Option<Kept>, Error> {
        // A second look, where the file was written anew between the two.
        for _ in 0..3 {
            let listed = self.run(
                &format!("-mkdir {}\nls -1 {}\n", self.path(OWN), self.path(OWN)),
                &|_| (),
            )?;
            if !listed.is_done {
                return Err(self.failed(&listed, "show what is there"));
            }
            let Some(number) = self.number(name, &listed.output) else {
                return Ok(None);
            };
            let here = Temporary::new();
            let commands = format!(
                "get {} {}\n",
                self.path(&format!("{name}.{number}")),
                quoted(&here.path("0").to_string_lossy())
            );
            if self.run(&commands, &|_| ())?.is_done {
                return Ok(Some(Kept {
                    bytes: read(&here.path("0"))?,
                    version: number.to_string(),
                }));
            }
        }
        Err(Error::refused(
            format!("{} does not hand out what gen keeps there", self.name),
            "see that this user may read it, and publish again",
        ))
    }

    fn write(
        &self,
        name: &str,
        bytes: &[u8],
        version: Option<&str>,
    ) -> Result<Option<String>, Error> {
        let before: u64 = version
            .and_then(|version| version.parse().ok())
            .unwrap_or(0);
        let number = before + 1;
        let here = Temporary::new();
        std::fs::File::create(here.path("0"))
            .and_then(|mut file| file.write_all(bytes))
            .map_err(Error::io("could not write", &here.path("0")))?;
        let part = self.path(&format!("{name}{PART}-{}", here.name));
        let to = self.path(&format!("{name}.{number}"));
        let ran = self.run(
            &format!(
                "-mkdir {own}\nput {} {part}\nrename -l {part} {to}\nls -1 {own}\n",
                quoted(&here.path("0").to_string_lossy()),
                own = self.path(OWN)
            ),
            &|_| (),
        )?;
        if !ran.is_done {
            self.run(&format!("-rm {part}\n"), &|_| ())?;
            return match ran.errors.contains("rename") {
                true => Ok(None),
                false => Err(self.failed(&ran, "take files")),
            };
        }
        // One who comes late gets a number that was given before, and removed.
        if self.number(name, &ran.output) != Some(number) {
            self.run(&format!("-rm {to}\n"), &|_| ())?;
            return Ok(None);
        }
        if before > 0 {
            self.run(
                &format!("-rm {}\n", self.path(&format!("{name}.{before}"))),
                &|_| (),
            )?;
        }
        Ok(Some(number.to_string()))
    }

    fn send(&self, files: &[Shipment], follow: &Follow<'_>) -> Result<Vec<String>, Error> {
        // Each connection has its share, and none too many.
        let share = files
            .len()
            .div_ceil(self.connections.max(1))
            .clamp(1, AT_ONCE);
        let shares: Vec<&[Shipment]> = files.chunks(share).collect();
        let foreign = parallel(&shares, self.connections, &|share| {
            self.send_some(share, follow)
        })?;
        Ok(foreign.concat())
    }

    fn find(&self, files: &[(String, Fingerprint)]) -> Result<Vec<Found>, Error> {
        let here = Temporary::new();
        let mut commands = String::new();
        for (number, (path, _)) in files.iter().enumerate() {
            let to = quoted(&here.path(&number.to_string()).to_string_lossy());
            commands.push_str(&format!(
                "-get {} {to}\n-rm {}\n",
                self.path(path),
                self.path(&format!("{path}{PART}"))
            ));
        }
        self.run(&commands, &|_| ())?;
        let found = files.iter().enumerate().map(|(number, (_, hash))| {
            match read(&here.path(&number.to_string())) {
                Ok(bytes) if Fingerprint::of(&bytes) == *hash => Found::Ours,
                Ok(_) => Found::Foreign,
                Err(_) => Found::Nothing,
            }
        });
        Ok(found.collect())
    }

    fn remove(&self, paths: &[String], follow: &Follow<'_>) -> Result<(), Error> {
        for paths in paths.chunks(AT_ONCE) {
            (follow.may)()?;
            let mut commands = String::new();
            let mut folders = std::collections::BTreeSet::new();
            for path in paths {
                let part = self.path(&format!("{path}{PART}"));
                commands.push_str(&format!("-rm {}\n-rm {part}\n", self.path(path)));
                folders.extend(path.match_indices('/').map(|(end, _)| &path[..end]));
            }
            // Folders that are empty without them go, too; a server removes no others.
            for folder in folders.iter().rev() {
                commands.push_str(&format!("-rmdir {}\n", self.path(folder)));
            }
            let ran = self.run(&commands, &|_| ())?;
            if !ran.is_done {
                return Err(self.failed(&ran, "remove files"));
            }
            paths.iter().for_each(|path| (follow.done)(path));
        }
        Ok(())
    }
}

/// What the program said last.
fn last(errors: &str) -> &str {
    let mut lines = errors
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty());
    lines.next_back().unwrap_or("it does not say why")
}

/// A path as the program reads it in a command.
fn quoted(path: &str) -> String {
    let mut quoted = String::from("\"");
    for c in path.chars() {
        if matches!(c, '"' | '\\') {
            quoted.push('\\');
        }
        quoted.push(c);
    }
    quoted.push('"');
    quoted
}

/// A folder of this machine that goes when it is no longer needed.
struct Temporary {
    folder: PathBuf,
    name: String,
}

impl Temporary {
    fn new() -> Temporary {
        use std::hash::{BuildHasher, RandomState};
        let mut mix = Mix::default();
        mix.add(&RandomState::new().hash_one(0));
        let name = mix.finish().to_string();
        let folder = std::env::temp_dir().join(format!("gen-{name}"));
        // Where it cannot be made, what is put there says so.
        let _ = std::fs::create_dir_all(&folder);
        Temporary { folder, name }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
