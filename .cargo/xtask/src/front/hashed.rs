//! The files of the site under names that carry a digest of their contents, so that a browser may keep
//! them for ever.

use std::{collections::BTreeMap, fs, io::Write as _, path::Path};

use anyhow::{Context as _, Result};
use sha2::{Digest as _, Sha256};

use crate::{house::Mode, tidy::files::is};

/// Files by their plain names.
#[derive(Debug, Default)]
pub(super) struct Site(BTreeMap<String, File>);

#[derive(Debug)]
struct File {
    /// Below the folder of the site: `assets/main.0123456789abcdef.css`.
    path: String,
    bytes: Vec<u8>,
}

impl Site {
    /// Adds a file, such as `fonts/source.woff2`.
    pub(super) fn add(&mut self, name: &str, bytes: Vec<u8>) {
        let digest = Sha256::digest(&bytes).iter().take(8).fold(0_u64, |digest, byte| (digest << 8) | u64::from(*byte));
        let path = match name.rsplit_once('.') {
            Some((stem, end)) => format!("assets/{stem}.{digest:016x}.{end}"),
            None => format!("assets/{name}.{digest:016x}"),
        };
        self.0.insert(name.to_owned(), File { path, bytes });
    }

    /// The address of a file from the root of the site.
    pub(super) fn url(&self, name: &str) -> Result<String> {
        let file = self.0.get(name).with_context(|| format!("the site has no {name}"))?;
        Ok(format!("/{}", file.path))
    }

    /// Writes the files and `manifest.json`, which tells each plain name its path. Shipped files get twins
    /// that are compressed as far as it goes.
    pub(super) fn write(&self, folder: &Path, mode: Mode) -> Result<()> {
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
        for file in self.0.values() {
            let path = folder.join(&file.path);
            fs::create_dir_all(path.parent().unwrap_or(folder))?;
            fs::write(&path, &file.bytes)?;
            if mode == Mode::Release && !is(&file.path, "woff2") && !is(&file.path, "png") {
                compress(&path, &file.bytes)?;
            }
        }
        let manifest: BTreeMap<&String, &String> = self.0.iter().map(|(name, file)| (name, &file.path)).collect();
        fs::write(folder.join("manifest.json"), serde_json::to_string_pretty(&manifest)?)?;
        Ok(())
    }
}

fn compress(path: &Path, bytes: &[u8]) -> Result<()> {
    let params = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: bytes.len(), ..Default::default() };
    let mut br = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut br, &params)?;
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gz.write_all(bytes)?;
    for (end, twin) in [("br", br), ("gz", gz.finish()?)] {
        if twin.len() < bytes.len() {
            fs::write(format!("{}.{end}", path.display()), twin)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_carry_the_digest_of_the_contents() {
        let mut site = Site::default();
        site.add("main.css", b"a{}".to_vec());
        let one = site.url("main.css").unwrap();
        site.add("main.css", b"b{}".to_vec());
        let other = site.url("main.css").unwrap();
        assert_ne!(one, other);
        assert!(one.starts_with("/assets/main.") && is(&one, "css"));
    }

    #[test]
    fn shipped_files_have_smaller_twins_and_a_manifest() {
        let folder = tempfile::tempdir().unwrap();
        let mut site = Site::default();
        site.add("main.css", b"a{color:red}".repeat(100));
        site.write(folder.path(), Mode::Release).unwrap();
        let path = site.url("main.css").unwrap();
        let path = folder.path().join(path.trim_start_matches('/'));
        for end in ["br", "gz"] {
            assert!(fs::metadata(format!("{}.{end}", path.display())).unwrap().len() < 200);
        }
        let manifest = fs::read_to_string(folder.path().join("manifest.json")).unwrap();
        assert!(crate::front::embeds(path.file_name().unwrap().as_encoded_bytes(), &manifest));
    }
}
