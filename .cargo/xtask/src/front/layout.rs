//! Lays the made files out where the server takes them, touching only what differs: cargo looks at the
//! times of the files that a program embeds, and builds it again when one is newer.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use anyhow::Result;

use crate::tidy::files;

/// Makes `site` hold what `made` holds, with the same times, and nothing else.
pub(super) fn lay_out(made: &Path, site: &Path) -> Result<()> {
    let wanted: BTreeSet<PathBuf> =
        files::under(made).iter().filter_map(|path| path.strip_prefix(made).ok().map(Path::to_path_buf)).collect();
    for old in files::under(site) {
        if !old.strip_prefix(site).is_ok_and(|name| wanted.contains(name)) {
            fs::remove_file(old)?;
        }
    }
    for name in wanted {
        let (from, to) = (made.join(&name), site.join(&name));
        let bytes = fs::read(&from)?;
        if fs::read(&to).is_ok_and(|there| there == bytes) {
            continue;
        }
        fs::create_dir_all(to.parent().unwrap_or(site))?;
        fs::write(&to, bytes)?;
        fs::File::options().write(true).open(&to)?.set_modified(fs::metadata(&from)?.modified()?)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_site_becomes_what_was_made_and_no_more() {
        let folder = tempfile::tempdir().unwrap();
        let (made, site) = (folder.path().join("made"), folder.path().join("site"));
        fs::create_dir_all(made.join("assets")).unwrap();
        fs::create_dir_all(&site).unwrap();
        fs::write(made.join("assets/new.css"), "new").unwrap();
        fs::write(site.join("old.css"), "old").unwrap();
        lay_out(&made, &site).unwrap();
        let times = |root: &Path| fs::metadata(root.join("assets/new.css")).unwrap().modified().unwrap();
        assert_eq!(files::under(&site), [site.join("assets/new.css")]);
        assert_eq!(times(&made), times(&site));
    }
}
