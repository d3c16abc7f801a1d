//! What a walk could not look into: folders that may not be opened, links to folders elsewhere. The manifest keeps them beside the files,
//! so that whoever asks later what was not read is told.

use super::Home;
use super::gone::Gone;
use super::manifest::{FileRow, Manifest, ManifestLog};
use crate::error::Result;
use crate::ingest::{self, Problem, ProblemKind};
use std::path::PathBuf;

impl FileRow {
    /// Whether this is no file, but what kept a walk out.
    pub(super) fn is_shut(&self) -> bool {
        !self.done && self.size == 0 && self.mtime == 0 && self.articles.is_empty() && !self.problems.is_empty()
    }
}

/// What is to be noted and forgotten of such places.
#[derive(Debug, Default)]
pub(super) struct Shut {
    now: Vec<FileRow>,
    before: Vec<String>,
}

impl Shut {
    /// Of the `problems` of a walk, what the manifest does not say yet; and what it says of places that are among the `gone`, which it gives
    /// up: they are no files that went.
    pub fn of(home: &Home, problems: &[Problem], manifest: &Manifest, gone: &mut Gone) -> Shut {
        let told = problems.iter().filter(|p| matches!(p.kind, ProblemKind::Failed | ProblemKind::Unread));
        let row = |problem: &Problem| {
            let file = PathBuf::from(&problem.path);
            let path = home.shown_link(&if file.symlink_metadata().is_ok() { file } else { ingest::unwritten(&problem.path) });
            FileRow { problems: vec![Problem { path: path.clone(), ..problem.clone() }], path, ..FileRow::default() }
        };
        let rows: Vec<FileRow> = told.map(row).collect();
        let is_shut = |path: &String| manifest.files.get(path).is_some_and(FileRow::is_shut);
        let (mut before, vanished) = std::mem::take(&mut gone.vanished).into_iter().partition::<Vec<_>, _>(is_shut);
        gone.vanished = vanished;
        before.retain(|path| !rows.iter().any(|row| row.path == *path));
        let now = rows.into_iter().filter(|row| manifest.files.get(&row.path) != Some(row)).collect();
        Shut { now, before }
    }

    /// Notes it.
    ///
    /// # Errors
    ///
    /// When the manifest cannot be written.
    pub fn note(&self, log: &mut ManifestLog) -> Result<()> {
        self.before.iter().try_for_each(|path| log.gone(path))?;
        self.now.iter().try_for_each(|row| log.file_row(row))
    }
}
