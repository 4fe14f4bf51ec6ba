//! Runs a program and says what it cost, by the system's own account (`/usr/bin/time`-like, read
//! from `/proc`, so Linux only).

use std::error::Error;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What one run of a program cost.
pub struct Run {
    /// Wall time.
    pub seconds: f64,
    /// Processor time of it and of the processes it waited for.
    pub cpu_seconds: f64,
    /// Most memory it held at once, of the program itself, in KiB.
    pub peak_kib: u64,
}

/// Runs a program in a folder; its output is thrown away.
pub fn run(program: &Path, arguments: &[&str], folder: &Path) -> Result<Run, Box<dyn Error>> {
    let cpu_before = children_cpu()?;
    let begun = Instant::now();
    let mut child = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .env("ONRECORD_HOME", folder.join("home"))
        .stdout(Stdio::null())
        .spawn()?;
    let status_file = format!("/proc/{}/status", child.id());
    let mut peak_kib = 0;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        peak_kib = peak_kib.max(field(&status_file, "VmHWM:").unwrap_or(0));
        std::thread::sleep(Duration::from_micros(500));
    };
    let seconds = begun.elapsed().as_secs_f64();
    if !status.success() {
        return Err(format!("{} {}: {status}", program.display(), arguments.join(" ")).into());
    }
    Ok(Run {
        seconds,
        cpu_seconds: children_cpu()? - cpu_before,
        peak_kib,
    })
}

fn field(file: &str, name: &str) -> Option<u64> {
    let text = std::fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// Processor time of all children that ended, in seconds (`/proc/self/stat`, fields 16 and 17).
fn children_cpu() -> Result<f64, Box<dyn Error>> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let after_name = stat.rsplit_once(')').ok_or("no name in /proc/self/stat")?.1;
    let fields: Vec<&str> = after_name.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|ticks| ticks.parse::<f64>().ok());
    // Linux counts in hundredths of a second for user space, whatever the kernel's own clock.
    Ok((ticks(13).unwrap_or(0.0) + ticks(14).unwrap_or(0.0)) / 100.0)
}

/// The middle of some figures.
pub fn median(figures: &mut [f64]) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Bytes of all files below a folder.
pub fn walk_bytes(folder: &Path) -> Result<u64, Box<dyn Error>> {
    let mut bytes = 0;
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let kind = entry.file_type()?;
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() {
                bytes += entry.metadata()?.len();
            }
        }
    }
    Ok(bytes)
}
