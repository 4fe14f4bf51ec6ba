//! The archive that is measured: made once in a folder, and served from there.

use onrecord_benches::reports;
use std::error::Error;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Lists of persons, and the rows of each.
const LISTS: (usize, usize) = (5, 400);

/// Files with pages.
const PAGED: usize = 120;
/// A file of three pages, which a program for documents made.
const REPORT: &[u8] = include_bytes!("../../../../crates/read/tests/paged_data/report.pdf");

/// A made-up archive.
pub struct Made {
    binary: PathBuf,
    folder: PathBuf,
}

impl Made {
    /// Makes an archive of so many reports, unless the folder holds one already.
    pub fn new(binary: &Path, folder: &Path, sources: usize) -> Result<Self, Box<dyn Error>> {
        let made = Self {
            binary: binary.to_owned(),
            folder: folder.to_owned(),
        };
        let done = folder.join(format!("made-{sources}"));
        if !done.exists() {
            made.make(sources)?;
            std::fs::write(done, "")?;
        }
        let done = folder.join(format!("made-{PAGED}-paged"));
        if !done.exists() {
            made.add_paged()?;
            std::fs::write(done, "")?;
        }
        Ok(made)
    }

    /// Files with pages: one that a program for documents made, each time with another last line.
    fn add_paged(&self) -> Result<(), Box<dyn Error>> {
        let paged = self.folder.join("paged");
        std::fs::create_dir_all(&paged)?;
        for number in 0..PAGED {
            let mut bytes = REPORT.to_vec();
            bytes.extend_from_slice(format!("%{number}\n").as_bytes());
            std::fs::write(paged.join(format!("paged-{number:03}.pdf")), bytes)?;
        }
        self.run(&["--archive", "archive", "add", "paged"])?;
        Ok(())
    }

    /// The reports and the lists.
    fn make(&self, sources: usize) -> Result<(), Box<dyn Error>> {
        let begun = Instant::now();
        let reports = self.folder.join("reports");
        let mut words = 0;
        for number in 0..sources {
            let within = reports.join(format!("{:03}", number / 1000));
            std::fs::create_dir_all(&within)?;
            let file = reports::report(number, sources);
            words += file.text.split_whitespace().count();
            std::fs::write(within.join(file.name), file.text)?;
        }
        self.run(&["init", "--no-passphrase", "archive"])?;
        self.run(&["--archive", "archive", "add", "reports"])?;
        for number in 0..LISTS.0 {
            let file = reports::list(number, LISTS.1);
            std::fs::write(self.folder.join(&file.name), file.text)?;
            self.run(&[
                "--archive",
                "archive",
                "import",
                &file.name,
                "--category",
                "detainee",
            ])?;
        }
        println!(
            "made {sources} sources of {words} words and {} lists of {} persons in {:.0} s",
            LISTS.0,
            LISTS.1,
            begun.elapsed().as_secs_f64()
        );
        Ok(())
    }

    /// Runs the program in the folder.
    pub fn run(&self, arguments: &[&str]) -> Result<String, Box<dyn Error>> {
        let out = self.command().arg("--quiet").args(arguments).output()?;
        let said = String::from_utf8_lossy(&out.stdout).into_owned();
        match out.status.success() {
            true => Ok(said),
            false => {
                let why = String::from_utf8_lossy(&out.stderr);
                Err(format!(
                    "onrecord {}: {}: {said}{why}",
                    arguments.join(" "),
                    out.status
                )
                .into())
            }
        }
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.binary);
        command
            .current_dir(&self.folder)
            .env("ONRECORD_HOME", self.folder.join("home"))
            .env("ONRECORD_OPERATOR", "A person who measures");
        command
    }

    /// Serves the archive on a free port of loopback.
    pub fn serve(&self) -> Result<Served, Box<dyn Error>> {
        let mut process = self
            .command()
            .args([
                "--json",
                "--archive",
                "archive",
                "serve",
                "--listen",
                "127.0.0.1:0",
            ])
            .stdout(Stdio::piped())
            .spawn()?;
        let said = process.stdout.take().ok_or("the server has no output")?;
        let mut line = String::new();
        BufReader::new(said).read_line(&mut line)?;
        // Ends the server, should what it said not be understood.
        let mut served = Served {
            process,
            address: String::new(),
            link: String::new(),
        };
        let said: serde_json::Value = serde_json::from_str(&line)?;
        let text = |key: &str| said[key].as_str().unwrap_or_default().to_owned();
        (served.address, served.link) = (text("address"), text("link"));
        let path = served.link.split_once(&served.address);
        served.link = path.ok_or("the server named no link")?.1.to_owned();
        Ok(served)
    }
}

/// A server that ends with this value.
pub struct Served {
    process: Child,
    pub address: String,
    pub link: String,
}

impl Served {
    /// Processor time of all its threads so far, by the scheduler's account (Linux); zero where there
    /// is none. On a machine with other work it says what wall time cannot.
    pub fn processor(&self) -> Duration {
        let tasks = format!("/proc/{}/task", self.process.id());
        let tasks = std::fs::read_dir(tasks).into_iter().flatten().flatten();
        let spent = tasks.filter_map(|task| {
            let account = std::fs::read_to_string(task.path().join("schedstat")).ok()?;
            account.split(' ').next()?.parse::<u64>().ok()
        });
        Duration::from_nanos(spent.sum())
    }
}

impl Served {
    /// Processor time of the whole program so far, threads that ended included, in hundredths of a
    /// second (Linux); zero where there is no account of it.
    pub fn processor_of_all(&self) -> Duration {
        let account = std::fs::read_to_string(format!("/proc/{}/stat", self.process.id()));
        let account = account.unwrap_or_default();
        let fields = account.rsplit_once(')').map_or("", |(_, fields)| fields);
        let ticks = fields.split_whitespace().skip(11).take(2);
        let ticks: u64 = ticks.filter_map(|ticks| ticks.parse::<u64>().ok()).sum();
        Duration::from_millis(ticks * 10)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
