//! How many files a process may have open at once, connections among them.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Lets this process open as many files as the system lets it at most, and answers how many; none where there is no limit.
/// Most systems give a process 1,024 at first, which a hall of candidates uses up.
pub fn open_as_many_files_as_allowed() -> Option<u64> {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let raised = Rlimit { current: maximum, maximum };
    if setrlimit(Resource::Nofile, raised).is_ok() { maximum } else { current }
}
