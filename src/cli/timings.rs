//! Measures what the stages of a build take, for `--timings`: wall clock, processor, memory, and how much there was to do.

use std::time::Instant;

use super::say_aside;

/// The stages so far.
pub(super) struct Timings {
    start: Instant,
    processor: Option<f64>,
    stages: Vec<Stage>,
}

struct Stage {
    name: &'static str,
    items: usize,
    wall: f64,
    processor: Option<f64>,
    memory: Option<u64>,
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
        self.stages.push(Stage {
            name: stage,
            items: count,
            wall: now.duration_since(self.start).as_secs_f64(),
            processor: used,
            memory: memory_mib(),
        });
        (self.start, self.processor) = (now, processor);
    }

    /// Prints a table.
    pub(super) fn say(&self) {
        say_aside(&format!(
            "{:<8}{:>10}{:>10}{:>10}{:>10}",
            "stage", "wall s", "cpu s", "MiB", "items"
        ));
        for stage in &self.stages {
            let seconds = |seconds: f64| format!("{seconds:.2}");
            let processor = stage.processor.map_or("-".to_owned(), seconds);
            let memory = stage.memory.map_or("-".to_owned(), |mib| mib.to_string());
            say_aside(&format!(
                "{:<8}{:>10.3}{processor:>10}{memory:>10}{:>10}",
                stage.name, stage.wall, stage.items
            ));
        }
    }
}

/// Memory that this process holds, where the system says so (Linux).
#[expect(clippy::disallowed_methods, reason = "asks the system, not the site")]
fn memory_mib() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.split_whitespace().next()?.parse::<u64>().ok()? / 1024)
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
