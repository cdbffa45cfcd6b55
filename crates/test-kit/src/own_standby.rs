//! A standby of a test's own PostgreSQL, which nothing is acknowledged without, and which may take over.

use std::{fs::OpenOptions, io::Write as _};

use crate::OwnPostgres;

/// How often we look whether the standby is waited for; each look takes some milliseconds.
const LOOKS_MAX: usize = 20_000;

impl OwnPostgres {
    /// Makes a standby of this server and has every commit wait for it.
    ///
    /// # Panics
    /// When the copy can't be made, or the two never agree.
    pub fn synchronous_standby(&self) -> Self {
        let standby = Self::not_yet(self.bin.clone(), Vec::new());
        let from = format!("host=127.0.0.1 port={} user=postgres application_name=standby", self.port);
        let data = standby.data();
        let copied = standby
            .command("pg_basebackup", &["-d", &from, "-D", &data, "-R", "-X", "stream", "-c", "fast"])
            .output()
            .expect("pg_basebackup starts");
        assert!(copied.status.success(), "pg_basebackup: {}", String::from_utf8_lossy(&copied.stderr));
        // Once it has taken over it has no standby of its own to wait for; the last line counts.
        let mut settings = OpenOptions::new()
            .append(true)
            .open(format!("{data}/postgresql.auto.conf"))
            .expect("the standby's settings");
        writeln!(settings, "synchronous_standby_names = ''").expect("a line");
        standby.start_again();
        self.tell("ALTER SYSTEM SET synchronous_standby_names = 'standby'");
        self.tell("SELECT pg_reload_conf()");
        let waited_for = "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'";
        for _ in 0..LOOKS_MAX {
            if self.tell(waited_for) == "1" {
                return standby;
            }
        }
        panic!("nobody waits for the standby");
    }

    /// Makes a standby the server that takes writes, and waits until it is.
    ///
    /// # Panics
    /// When it can't.
    pub fn promote(&self) {
        let data = self.data();
        let promoted = self.command("pg_ctl", &["promote", "-w", "-D", &data]).output().expect("it starts");
        assert!(promoted.status.success(), "promote: {}", String::from_utf8_lossy(&promoted.stderr));
    }

    /// Runs one statement as the owner, and answers what it printed.
    ///
    /// # Panics
    /// When it fails.
    pub fn tell(&self, sql: &str) -> String {
        let mut command = self.command("psql", &["-X", "-A", "-t", "-q", "-d", &self.url(), "-c", sql]);
        let told = command.stdout(std::process::Stdio::piped()).output().expect("psql starts");
        assert!(told.status.success(), "{sql}: {}", String::from_utf8_lossy(&told.stderr));
        String::from_utf8_lossy(&told.stdout).trim().to_owned()
    }
}
