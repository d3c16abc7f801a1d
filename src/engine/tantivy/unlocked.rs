//! An index where nothing may be written: on a medium that is read-only, or another's. It is searched without the lock that keeps a writer
//! from clearing files away while they are being opened: there is no writer, or it is another's, and opening again helps then.

use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;
use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{DirectoryLock, FileHandle, Lock, META_LOCK, MmapDirectory, WatchCallback, WatchHandle, WritePtr};

/// Files of an index whose locks are not taken.
#[derive(Clone, Debug)]
struct Unlocked(MmapDirectory);

/// `directory` as it is, or without locks where they cannot be written.
pub(super) fn for_reading(directory: MmapDirectory) -> Box<dyn Directory> {
    match directory.acquire_lock(&META_LOCK) {
        Err(LockError::IoError(e)) if is_read_only(e.kind()) => Box::new(Unlocked(directory)),
        _ => Box::new(directory),
    }
}

/// Whether a lock could not be taken because nothing may be written there.
pub(super) fn is_read_only(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied)
}

impl Directory for Unlocked {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.0.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.0.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.0.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.0.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.0.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> std::io::Result<()> {
        self.0.atomic_write(path, data)
    }

    fn sync_directory(&self) -> std::io::Result<()> {
        self.0.sync_directory()
    }

    fn acquire_lock(&self, _: &Lock) -> Result<DirectoryLock, LockError> {
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.0.watch(callback)
    }
}
