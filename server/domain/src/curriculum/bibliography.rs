//! The reference list: BibTeX in, one line of HTML a work out.

use std::collections::BTreeMap;

use biblatex::{Bibliography, ChunksExt as _, Entry};

use super::{Finding, markdown::escape};

/// Every work by its key, as HTML.
pub(super) fn read(path: &str, text: &str) -> Result<BTreeMap<String, String>, Finding> {
    let works = Bibliography::parse(text).map_err(|error| {
        let line = text.get(..error.span.start).unwrap_or_default().matches('\n').count() + 1;
        Finding::new(path, line, "bibtex", format!("this is not BibTeX: {}", error.kind), "Mend the entry.")
    })?;
    Ok(works.iter().map(|work| (work.key.clone(), line(work))).collect())
}

fn line(work: &Entry) -> String {
    let field = |name: &str| work.get(name).map(|chunks| escape(chunks.format_verbatim().trim())).filter(|text| !text.is_empty());
    let mut parts = Vec::new();
    parts.extend(people(work).map(|people| format!("{people}{}.", field("year").map(|year| format!(" ({year})")).unwrap_or_default())));
    parts.extend(field("title").map(|title| match address(work) {
        Some(address) => format!(r#"<a href="{}">{title}</a>."#, escape(&address)),
        None => format!("{title}."),
    }));
    let container = field("journal").or_else(|| field("journaltitle")).or_else(|| field("booktitle"));
    parts.extend(container.map(|container| {
        let volume = field("volume").map(|volume| format!(", {volume}")).unwrap_or_default();
        let number = field("number").map(|number| format!("({number})")).unwrap_or_default();
        let pages = field("pages").map(|pages| format!(", {}", pages.replace("--", "–"))).unwrap_or_default();
        format!("<em>{container}</em>{volume}{number}{pages}.")
    }));
    parts.extend(field("publisher").or_else(|| field("institution")).map(|publisher| format!("{publisher}.")));
    parts.extend(field("howpublished").map(|how| format!("{how}.")));
    parts.extend(field("note").map(|note| format!("{}.", note.trim_end_matches('.'))));
    parts.join(" ")
}

/// Where a work can be read or found; its number of the registry of documents outlives any other address.
fn address(work: &Entry) -> Option<String> {
    let said = |name: &str| work.get(name).map(|chunks| chunks.format_verbatim().trim().to_owned()).filter(|text| !text.is_empty());
    let doi = said("doi").map(|doi| format!("https://doi.org/{}", doi.trim_start_matches("https://doi.org/")));
    doi.or_else(|| said("url")).filter(|address| address.starts_with("https://") || address.starts_with("http://"))
}

fn people(work: &Entry) -> Option<String> {
    let names: Vec<String> = match work.author() {
        Ok(people) => people
            .iter()
            .map(|person| {
                let name = escape(&person.name);
                if person.given_name.is_empty() { name } else { format!("{name}, {}", escape(&person.given_name)) }
            })
            .collect(),
        Err(_) => Vec::new(),
    };
    match names.as_slice() {
        [] => None,
        [one] => Some(one.clone()),
        [many @ .., last] => Some(format!("{} and {last}", many.join(", "))),
    }
}
