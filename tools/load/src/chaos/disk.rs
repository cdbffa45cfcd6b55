//! A disk that can be full.

use std::{
    fs::{self, File},
    io::Write as _,
    path::PathBuf,
    process::Command,
};

use anyhow::{Result, bail};

/// What is left of a disk that is full: less than a page.
const LEFT_BYTES: u64 = 2_048;

/// A disk so small that it can be filled: a file system in memory.
#[derive(Debug)]
pub struct SmallDisk(PathBuf);

impl SmallDisk {
    /// Mounts one of `mebibytes` at `place`.
    ///
    /// # Errors
    /// When this process may not mount.
    pub fn mount(place: PathBuf, mebibytes: u32) -> Result<Self> {
        fs::create_dir_all(&place)?;
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={mebibytes}m"), "exam-load"])
            .arg(&place)
            .status()?;
        if !mounted.success() {
            bail!("can't mount a small disk at {}", place.display());
        }
        Ok(Self(place))
    }

    /// Where it is mounted.
    pub const fn place(&self) -> &PathBuf {
        &self.0
    }

    fn filler(&self) -> PathBuf {
        self.0.join("filler")
    }

    /// Fills it.
    ///
    /// # Errors
    /// When nothing can be written to it at all.
    pub fn fill(&self) -> Result<()> {
        let mut file = File::create(self.filler())?;
        let block = vec![0_u8; 64 * 1024];
        // Larger pieces first, then what is left of the last one.
        for size in [block.len(), 4_096, usize::try_from(LEFT_BYTES)?] {
            while file.write_all(&block[..size]).is_ok() {}
        }
        Ok(())
    }

    /// Ends [`SmallDisk::fill`].
    ///
    /// # Errors
    /// When it wasn't filled.
    pub fn free(&self) -> Result<()> {
        Ok(fs::remove_file(self.filler())?)
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}
