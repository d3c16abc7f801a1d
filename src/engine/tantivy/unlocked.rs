//! An index that several people search.
//!
//! Where one may not write, on a medium that is read-only or another's, it is searched without the lock that keeps a writer from clearing
//! files away while they are being opened: there is no writer, or it is another's, and opening again helps then. Whoever writes leaves
//! all files to be read by those who may read the folder: the library would keep its lists of files to itself.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{DirectoryLock, FileHandle, Lock, META_LOCK, MmapDirectory, WatchCallback, WatchHandle, WritePtr};

/// Files of an index whose locks are not taken, or which others may read.
#[derive(Clone, Debug)]
struct Shared {
    files: MmapDirectory,
    locks: bool,
    /// The folder whose readers may read what is written.
    folder: Option<PathBuf>,
}

/// `directory` as it is, or without locks where they cannot be written.
pub(super) fn for_reading(directory: MmapDirectory) -> Box<dyn Directory> {
    match directory.acquire_lock(&META_LOCK) {
        Err(LockError::IoError(e)) if is_read_only(e.kind()) => Box::new(Shared { files: directory, locks: false, folder: None }),
        _ => Box::new(directory),
    }
}

/// `directory`, which is `folder`, to be written to: whoever may read the folder may read the files.
pub(super) fn for_writing(directory: MmapDirectory, folder: &Path) -> Box<dyn Directory> {
    Box::new(Shared { files: directory, locks: true, folder: Some(folder.to_owned()) })
}

/// Lets those read `file` who may read `folder`.
#[cfg(unix)]
fn share(folder: &Path, file: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(folder)?.permissions().mode() & 0o644;
    std::fs::set_permissions(folder.join(file), std::fs::Permissions::from_mode(mode | 0o600))
}

#[cfg(not(unix))]
fn share(_: &Path, _: &Path) -> std::io::Result<()> {
    Ok(())
}

/// Whether a lock could not be taken because nothing may be written there.
pub(super) fn is_read_only(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied)
}

impl Directory for Shared {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.files.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.files.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.files.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.files.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.files.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> std::io::Result<()> {
        self.files.atomic_write(path, data)?;
        // What was written counts, also where its owner keeps it to themselves.
        self.folder.iter().try_for_each(|folder| share(folder, path)).or(Ok(()))
    }

    fn sync_directory(&self) -> std::io::Result<()> {
        self.files.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        if self.locks { self.files.acquire_lock(lock) } else { Ok(DirectoryLock::from(Box::new(()))) }
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.files.watch(callback)
    }
}
