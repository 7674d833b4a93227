//! One style sheet out of the files in `style/`.

use std::fmt::Write as _;

use anyhow::{Result, anyhow, ensure};
use lightningcss::{
    bundler::{Bundler, FileProvider},
    printer::PrinterOptions,
    stylesheet::{MinifyOptions, ParserOptions},
    targets::{Browsers, Features, Targets},
};

use super::hashed::Site;
use crate::house::{Mode, root};

/// Browsers that have what the style is written in: layers, container queries, nesting.
const BROWSERS: Browsers = Browsers {
    android: None,
    chrome: Some(111 << 16),
    edge: Some(111 << 16),
    firefox: Some(113 << 16),
    ie: None,
    ios_saf: Some((16 << 16) | (4 << 8)),
    opera: None,
    safari: Some((16 << 16) | (4 << 8)),
    samsung: None,
};

/// Puts the files together, in the order of `main.css`, and points at the fonts by their names in the site.
pub(super) fn bundle(site: &Site, mode: Mode) -> Result<String> {
    // The two schemes are written out in tokens.css, so nothing has to stand in for `light-dark()`.
    let targets = Targets { browsers: Some(BROWSERS), exclude: Features::LightDark, ..Targets::default() };
    let files = FileProvider::new();
    let main = root().join("style/main.css");
    let mut sheet = Bundler::new(&files, None, ParserOptions::default()).bundle(&main).map_err(|error| anyhow!("{}", told(&error)))?;
    sheet.minify(MinifyOptions { targets, ..MinifyOptions::default() })?;
    let minify = mode == Mode::Release;
    let code = sheet.to_css(PrinterOptions { minify, targets, ..PrinterOptions::default() })?.code;
    point_at_files(&code, site)
}

/// Where the style is wrong: the file, the line, the column and why.
fn told(error: &lightningcss::error::Error<impl std::fmt::Display>) -> String {
    match &error.loc {
        Some(place) => format!("{}:{}:{}: {}", place.filename, place.line + 1, place.column, error.kind),
        None => error.kind.to_string(),
    }
}

/// Writes the hashed name into each `url(…)`. A file that the site does not hold is an error.
fn point_at_files(code: &str, site: &Site) -> Result<String> {
    let mut pointed = String::with_capacity(code.len());
    let mut rest = code;
    while let Some((before, after)) = rest.split_once("url(") {
        let (inside, behind) = after.split_once(')').ok_or_else(|| anyhow!("a url( in the style has no end"))?;
        let name = inside.trim_matches(['"', '\'', ' ']);
        pointed.push_str(before);
        if name.starts_with("data:") || name.starts_with('#') {
            write!(pointed, "url({inside})")?;
        } else {
            ensure!(!name.contains("://"), "the style points at {name}: nothing is loaded from elsewhere");
            write!(pointed, "url({})", site.url(name)?)?;
        }
        rest = behind;
    }
    pointed.push_str(rest);
    Ok(pointed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_the_style_carry_their_digest() {
        let mut site = Site::default();
        site.add("fonts/a.woff2", b"a".to_vec());
        let code = "@font-face{src:url(fonts/a.woff2)format(\"woff2\")}a{background:url(\"data:,x\")}";
        let pointed = point_at_files(code, &site).unwrap();
        assert_eq!(pointed, "@font-face{src:url(/assets/fonts/a.ca978112ca1bbdca.woff2)format(\"woff2\")}a{background:url(\"data:,x\")}");
        assert!(point_at_files("url(fonts/b.woff2)", &site).is_err());
        assert!(point_at_files("url(https://fonts.example/a.woff2)", &site).is_err());
    }

    #[test]
    fn the_style_of_the_house_is_sound() {
        let mut site = Site::default();
        for name in crate::front::fonts::names() {
            site.add(&name, Vec::new());
        }
        let code = bundle(&site, Mode::Release).unwrap();
        assert!(code.contains("@layer tokens"), "the layers keep their order");
    }
}
