//! How long the stages of a build took, for `--timings`: wall clock, processor, and how much there was to do.

use std::time::Instant;

use super::say_aside;

/// The stages so far.
pub(super) struct Timings {
    start: Instant,
    processor: Option<f64>,
    stages: Vec<(&'static str, usize, f64, Option<f64>)>,
}

impl Timings {
    #[expect(clippy::disallowed_methods, reason = "measures")]
    pub(super) fn new() -> Timings {
        Timings {
            start: Instant::now(),
            processor: processor_seconds(),
            stages: Vec::new(),
        }
    }

    /// A stage is over, and worked on so many things.
    #[expect(clippy::disallowed_methods, reason = "measures")]
    pub(super) fn end(&mut self, stage: &'static str, count: usize) {
        let (now, processor) = (Instant::now(), processor_seconds());
        let used = processor
            .zip(self.processor)
            .map(|(now, before)| now - before);
        self.stages.push((
            stage,
            count,
            now.duration_since(self.start).as_secs_f64(),
            used,
        ));
        (self.start, self.processor) = (now, processor);
    }

    /// Prints a table.
    pub(super) fn say(&self) {
        say_aside(&format!(
            "{:<8}{:>10}{:>10}{:>10}",
            "stage", "wall s", "cpu s", "items"
        ));
        for (stage, count, wall, processor) in &self.stages {
            let processor = processor.map_or("-".to_owned(), |seconds| format!("{seconds:.2}"));
            say_aside(&format!("{stage:<8}{wall:>10.3}{processor:>10}{count:>10}"));
        }
    }
}

/// Seconds that this process has used of the processors, where the system says so (Linux, in hundredths).
#[expect(clippy::disallowed_methods, reason = "asks the system, not the site")]
fn processor_seconds() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The second field is the program's name in brackets and may hold spaces.
    let mut fields = text.rsplit_once(')')?.1.split_whitespace().skip(11);
    let ticks: u64 = fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?;
    Some(ticks as f64 / 100.0)
}
