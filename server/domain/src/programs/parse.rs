//! From the text of a program's file to a [`Program`]. The format is described in `content/README.md`.

use std::str::FromStr;

use toml::de::DeTable;
use types::{Domain, UnknownWord};

use super::{
    Certificate, CertificateKind, Fee, Issue, Module, Place, Program, ProgramError, Renewal, Requirement, Source, laws, parse_rule,
    read::{Reader, Section},
};

/// Reads a program. Everything that is wrong with it is found at once.
pub fn parse(text: &str) -> Result<Program, Vec<ProgramError>> {
    let reader = Reader::new(text);
    let document = match DeTable::parse(text) {
        Ok(document) => document,
        Err(error) => {
            let place = reader.place(error.span().map_or(0, |span| span.start));
            return Err(vec![ProgramError { place, message: error.message().to_owned() }]);
        }
    };
    let program = program(reader.section(document.get_ref(), 0..0));
    laws::hold(&program, &reader);
    let errors = reader.errors();
    if errors.is_empty() { Ok(program) } else { Err(errors) }
}

fn program(top: Section<'_, '_>) -> Program {
    let source = Source { words: top.text("source"), url: top.text_if_any("source_url"), checked_on: top.day("checked_on") };
    let modules: Vec<Module> = top.sections("module").into_iter().map(module).collect();
    let requirements = top.sections("requirement").into_iter().filter_map(|section| requirement(section, &source)).collect();
    let program = Program {
        id: name(&top, "id"),
        version: top.text("version"),
        title: top.text("title"),
        summary: top.text("summary"),
        issue: top.word("issue", "\"automatic\" or \"officer\"").unwrap_or(Issue::Automatic),
        certificate: top.section("certificate").map_or_else(
            || {
                top.wrong("certificate", "the table [certificate] is missing");
                certificate_of_nothing()
            },
            certificate,
        ),
        effective_from: top.day("effective_from"),
        confirm: top.text("confirm"),
        not_asked: top.texts("not_asked"),
        fees: top.sections("fee").into_iter().map(fee).collect(),
        renewal: top.section("renewal").map(|section| renewal(section, &source)),
        source,
        modules,
        requirements,
    };
    top.done();
    program
}

/// A name that stands in addresses: small letters, digits and hyphens.
pub(super) fn name(section: &Section<'_, '_>, key: &'static str) -> String {
    let name = section.text(key);
    if !name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
        section.wrong(key, format!("`{key}` may hold small letters, digits and hyphens, and nothing else"));
    }
    name
}

fn certificate(section: Section<'_, '_>) -> Certificate {
    let certificate = Certificate {
        kind: section.word("kind", "\"completion\" or \"certification\"").unwrap_or(CertificateKind::Completion),
        title: section.text("title"),
        description: section.text("description"),
        valid_months: section.number_if_any("valid_months", 1..=600),
        valid_note: section.text_if_any("valid_note").unwrap_or_default(),
    };
    section.done();
    certificate
}

const fn certificate_of_nothing() -> Certificate {
    Certificate {
        kind: CertificateKind::Completion,
        title: String::new(),
        description: String::new(),
        valid_months: None,
        valid_note: String::new(),
    }
}

fn fee(section: Section<'_, '_>) -> Fee {
    let fee = Fee {
        title: section.text("title"),
        cents: section.number("cents", 0..=100_000_000),
        note: section.text_if_any("note").unwrap_or_default(),
    };
    section.done();
    fee
}

fn renewal(section: Section<'_, '_>, program: &Source) -> Renewal {
    let renewal = Renewal {
        months: section.number("months", 1..=600),
        minutes: section.minutes("minutes"),
        ethics: section.minutes("ethics"),
        offered: section.flag("offered", true),
        source: source(&section, program),
    };
    section.done();
    renewal
}

fn module(section: Section<'_, '_>) -> Module {
    let module = Module {
        drill: false,
        id: name(&section, "id"),
        title: section.text("title"),
        live: section.minutes("live"),
        guides: Vec::new(),
        alone: section.minutes("alone"),
        by_domain: section.minutes_by::<Domain>("by_domain", "one of the domains ADV, ETH, MEN, REC, HAR"),
        // How many lessons it has, its live sessions one by one, and whether it is there at all, the content knows that it is published
        // with: see `Program::with`.
        lessons: 0,
        offered: section.flag("offered", true),
        place: section.place,
    };
    let sum = module.by_domain.iter().map(|(_, minutes)| *minutes).sum();
    if module.live + module.alone != sum {
        section.wrong(
            "by_domain",
            format!("the domains add up to {} minutes, and live and alone to {}", sum.0, (module.live + module.alone).0),
        );
    }
    section.done();
    module
}

fn requirement(section: Section<'_, '_>, program: &Source) -> Option<Requirement> {
    let rule = parse_rule::rule(&section);
    let requirement = Requirement {
        id: name(&section, "id"),
        title: section.text("title"),
        note: section.text_if_any("note").unwrap_or_default(),
        source: source(&section, program),
        declared_missing: !section.flag("offered", true),
        place: section.place,
        rule: rule?,
    };
    section.done();
    Some(requirement)
}

/// Where a rule comes from; what it does not say is as for the whole program.
fn source(section: &Section<'_, '_>, program: &Source) -> Source {
    let words = section.text_if_any("source");
    let url = section.text_if_any("source_url");
    let checked_on = section.day_if_any("checked_on").unwrap_or(program.checked_on);
    match words {
        Some(words) => Source { words, url, checked_on },
        None => Source { words: program.words.clone(), url: url.or_else(|| program.url.clone()), checked_on },
    }
}

impl FromStr for Issue {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        match text {
            "automatic" => Ok(Self::Automatic),
            "officer" => Ok(Self::Officer),
            _ => Err(UnknownWord(text.to_owned())),
        }
    }
}

impl FromStr for CertificateKind {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        match text {
            "completion" => Ok(Self::Completion),
            "certification" => Ok(Self::Certification),
            _ => Err(UnknownWord(text.to_owned())),
        }
    }
}

/// The very first place of a file.
impl Default for Place {
    fn default() -> Self {
        Self { line: 1, column: 1 }
    }
}
