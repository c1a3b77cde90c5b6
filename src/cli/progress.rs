//! A line that says what a build or a check is at, once it takes longer than a second. On a terminal only, on standard error,
//! and gone when that is done.

use std::io::{IsTerminal, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// What takes no longer needs no line.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the line is written anew.
const STEP: Duration = Duration::from_millis(200);

/// The stages as they end, and what a build is at until then.
const STAGES: [(&str, &str); 8] = [
    ("scan", "looking for files"),
    ("parse", "reading articles"),
    ("link", "linking articles"),
    ("search", "gathering words for search"),
    ("pictures", "looking at pictures"),
    ("plan", "planning pages"),
    ("render", "making pages"),
    ("store", "publishing"),
];

/// Shows how far a build is.
#[derive(Default)]
pub(super) struct Progress {
    /// Of the build that is at work.
    line: Option<Arc<Mutex<Line>>>,
}

struct Line {
    words: String,
    is_shown: bool,
    is_done: bool,
}

impl Progress {
    /// A build begins.
    pub(super) fn begin(&mut self) {
        self.done();
        if !std::io::stderr().is_terminal() {
            return;
        }
        let line = Arc::new(Mutex::new(Line {
            words: STAGES[0].1.to_owned(),
            is_shown: false,
            is_done: false,
        }));
        self.line = Some(Arc::clone(&line));
        thread::spawn(move || {
            let mut wait = PATIENCE;
            loop {
                thread::sleep(wait);
                wait = STEP;
                let mut line = held(&line);
                if line.is_done {
                    return;
                }
                line.is_shown = true;
                write(&format!("\r\x1b[K{} …", line.words));
            }
        });
    }

    /// A stage is over.
    pub(super) fn end(&self, stage: &str) {
        let next = STAGES.iter().skip_while(|(name, _)| *name != stage).nth(1);
        if let Some((_, words)) = next {
            self.say(words);
        }
    }

    /// What is done now, where that is no stage of its own, or how far it is.
    pub(super) fn say(&self, words: &str) {
        if let Some(line) = &self.line {
            words.clone_into(&mut held(line).words);
        }
    }

    /// The build is done: the line goes.
    pub(super) fn done(&mut self) {
        let Some(line) = self.line.take() else {
            return;
        };
        let mut line = held(&line);
        line.is_done = true;
        if line.is_shown {
            write("\r\x1b[K");
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.done();
    }
}

fn held(line: &Mutex<Line>) -> MutexGuard<'_, Line> {
    line.lock().unwrap_or_else(PoisonError::into_inner)
}

fn write(text: &str) {
    let mut terminal = std::io::stderr();
    // A terminal that has gone away needs no line.
    let _ = terminal
        .write_all(text.as_bytes())
        .and_then(|()| terminal.flush());
}
