//! How many files a process may have open at once, connections among them.

/// Lets this process open as many files as the system lets it at most, and answers how many; none where nobody says. Most
/// systems give a process 1,024 at first, which a hall of candidates uses up.
#[cfg(unix)]
pub fn open_as_many_files_as_allowed() -> Option<u64> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let raised = Rlimit { current: maximum, maximum };
    if setrlimit(Resource::Nofile, raised).is_ok() { maximum } else { current }
}

/// There is no such limit here.
#[cfg(not(unix))]
pub const fn open_as_many_files_as_allowed() -> Option<u64> {
    None
}
