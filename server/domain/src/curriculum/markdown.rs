//! From our Markdown to HTML: `CommonMark` with tables and footnotes, and the extensions of the format.
//! Raw HTML never gets through.

use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html};

use super::{Finding, Term, containers::is_known, place, tables};

/// What a text may refer to.
pub(super) struct Shelf<'a> {
    pub(super) works: &'a BTreeMap<String, String>,
    pub(super) terms: &'a BTreeMap<String, Term>,
    pub(super) lessons: &'a BTreeSet<String>,
    pub(super) checks: &'a BTreeSet<String>,
}

/// One text on its way to HTML: what it cites and explains is gathered in order.
pub(super) struct Writer<'a> {
    pub(super) path: &'a str,
    /// The whole file, so that a finding can point at its words.
    file: &'a str,
    pub(super) shelf: &'a Shelf<'a>,
    pub(super) cited: Vec<String>,
    pub(super) explained: Vec<String>,
    pub(super) activity_minutes: i32,
    pub(super) tables: usize,
    /// The words of the newest heading, by which a table is called.
    heading: String,
    pub(super) findings: Vec<Finding>,
}

/// Text for HTML.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Words as a reader counts them.
pub(super) fn word_count(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

/// HTML without the paragraph around it, where there is only one.
pub(super) fn unwrapped(html: &str) -> String {
    let html = html.trim();
    html.strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>")).filter(|rest| !rest.contains("<p>")).unwrap_or(html).to_owned()
}

impl<'a> Writer<'a> {
    pub(super) fn new(path: &'a str, file: &'a str, shelf: &'a Shelf<'a>) -> Self {
        Self {
            path,
            file,
            shelf,
            cited: Vec::new(),
            explained: Vec::new(),
            activity_minutes: 0,
            tables: 0,
            heading: String::new(),
            findings: Vec::new(),
        }
    }

    /// A whole text with its containers. `first_line` is where it begins in its file.
    pub(super) fn blocks(&mut self, text: &str, first_line: usize) -> String {
        let mut out = String::new();
        let mut plain = String::new();
        let mut plain_line = first_line;
        let mut lines = text.lines().enumerate().peekable();
        while let Some((n, line)) = lines.next() {
            let Some(head) = line.strip_prefix(":::").filter(|head| !head.is_empty()) else {
                plain.push_str(line);
                plain.push('\n');
                continue;
            };
            out.push_str(&self.markdown(&plain, plain_line));
            plain.clear();
            let mut inner = String::new();
            while let Some((_, line)) = lines.next_if(|(_, line)| !line.starts_with(":::")) {
                inner.push_str(line);
                inner.push('\n');
            }
            // Another one that opens cannot stand inside: this one was forgotten, and that one is read for itself.
            match lines.next_if(|(_, line)| line.trim_end() == ":::") {
                Some((m, _)) => plain_line = first_line + m + 1,
                // Where its name is the slip, nobody knows yet whether it was to have an end.
                None if !is_known(head) => {}
                None => self.find(first_line + n, "container-open", "this container is not closed", "Write ::: alone on a line after it."),
            }
            out.push_str(&self.container(head, &inner, first_line + n));
        }
        out.push_str(&self.markdown(&plain, plain_line));
        out
    }

    /// One line of text without a paragraph around it.
    pub(super) fn inline(&mut self, text: &str, line: usize) -> String {
        unwrapped(&self.markdown(text, line))
    }

    /// Plain `CommonMark` with our links and citations.
    pub(super) fn markdown(&mut self, text: &str, line: usize) -> String {
        if text.trim().is_empty() {
            return String::new();
        }
        let marked = self.mark_citations(text, line);
        let options =
            Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_SMART_PUNCTUATION | Options::ENABLE_HEADING_ATTRIBUTES;
        let mut events = Vec::new();
        let mut in_term = false;
        let mut heading: Option<String> = None;
        for (event, range) in Parser::new_ext(&marked, options).into_offset_iter() {
            if let (Some(heading), Event::Text(text) | Event::Code(text)) = (&mut heading, &event) {
                heading.push_str(text.split(OPEN).next().unwrap_or_default());
            }
            let line = line + marked.get(..range.start).unwrap_or_default().matches('\n').count();
            match event {
                Event::Html(html) | Event::InlineHtml(html) => {
                    if !html.trim().is_empty() {
                        let tag = html.trim();
                        self.find_words(line, tag, "raw-html", format!("raw HTML is not allowed: {tag}"), "Write it as Markdown.");
                    }
                    events.push(Event::Text(html));
                }
                Event::Text(text) if text.contains(OPEN) => self.cite(&text, &mut events),
                Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                    if let Some(term) = dest_url.strip_prefix("term:") {
                        in_term = true;
                        events.push(self.term(term, line));
                    } else {
                        let dest_url = self.address(&dest_url, line);
                        events.push(Event::Start(Tag::Link { link_type: normal(link_type), dest_url, title, id }));
                    }
                }
                Event::End(TagEnd::Link) if in_term => {
                    in_term = false;
                    events.push(Event::Html(CowStr::Borrowed("</a></dfn>")));
                }
                Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) => {
                    self.find(line, "heading", "the page draws the title, so headings begin at ##", "Write ## instead of #.");
                    events.push(Event::Start(Tag::Paragraph));
                }
                Event::End(TagEnd::Heading(HeadingLevel::H1)) => events.push(Event::End(TagEnd::Paragraph)),
                Event::Start(Tag::Heading { level, id, classes, attrs }) => {
                    if id.is_some() || !classes.is_empty() || !attrs.is_empty() {
                        self.find(line, "heading", "a heading takes no words in braces: they would be attributes", "Leave out the braces.");
                    }
                    heading = Some(String::new());
                    events.push(Event::Start(Tag::Heading { level, id: None, classes: Vec::new(), attrs: Vec::new() }));
                }
                Event::End(TagEnd::Heading(level)) => {
                    self.heading = heading.take().unwrap_or_default();
                    events.push(Event::End(TagEnd::Heading(level)));
                }
                Event::Start(Tag::Image { dest_url, .. }) => {
                    self.find_words(line, &dest_url, "picture", format!("pictures are not offered yet: {dest_url}"), "Say it in words.");
                }
                Event::Start(Tag::Table(columns)) => {
                    self.tables += 1;
                    events.push(Event::Html(CowStr::from(tables::open(self.tables, &self.heading))));
                    events.push(Event::Start(Tag::Table(columns)));
                }
                Event::End(TagEnd::Table) => {
                    events.push(Event::End(TagEnd::Table));
                    events.push(Event::Html(CowStr::Borrowed("</div>")));
                }
                other => events.push(other),
            }
        }
        let mut out = String::with_capacity(text.len() * 3 / 2);
        html::push_html(&mut out, events.into_iter());
        tables::with_row_headers(&out).replace("<th>", r#"<th scope="col">"#)
    }

    /// Puts citations between private marks, so that `CommonMark` does not read them as links.
    fn mark_citations(&mut self, text: &str, line: usize) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find("[@") {
            let (before, from) = rest.split_at(start);
            out.push_str(before);
            let Some(end) = from.find(']') else {
                out.push_str(from);
                return out;
            };
            let (inside, after) = from.split_at(end);
            let keys: Vec<&str> = inside.trim_start_matches('[').split(';').map(|key| key.trim().trim_start_matches('@')).collect();
            let at = line + text.get(..text.len() - from.len()).unwrap_or_default().matches('\n').count();
            for key in &keys {
                if !self.shelf.works.contains_key(*key) {
                    let message = format!("references.bib has no work called {key}");
                    self.find_words(at, &format!("@{key}"), "citation", message, "Add the work, or mend the key.");
                }
            }
            out.push(OPEN);
            out.push_str(&keys.join(";"));
            out.push(CLOSE);
            rest = after.strip_prefix(']').unwrap_or(after);
        }
        out.push_str(rest);
        out
    }

    fn cite(&mut self, text: &str, events: &mut Vec<Event<'_>>) {
        let mut rest = text;
        while let Some((before, from)) = rest.split_once(OPEN) {
            // The mark stays with the words that it stands behind.
            let before = before.strip_suffix(' ').map_or_else(|| before.to_owned(), |words| format!("{words}\u{a0}"));
            events.push(Event::Text(CowStr::from(before)));
            let (keys, after) = from.split_once(CLOSE).unwrap_or((from, ""));
            for key in keys.split(';') {
                let number = if let Some(at) = self.cited.iter().position(|cited| cited == key) {
                    at + 1
                } else {
                    self.cited.push(key.to_owned());
                    self.cited.len()
                };
                events.push(Event::Html(CowStr::from(format!(
                    r##"<a class="cite ui" href="#r{number}" aria-label="Source {number}">[{number}]</a>"##
                ))));
            }
            rest = after;
        }
        events.push(Event::Text(CowStr::from(rest.to_owned())));
    }

    fn term<'e>(&mut self, id: &str, line: usize) -> Event<'e> {
        if !self.shelf.terms.contains_key(id) {
            let message = format!("the glossary has no word called {id}");
            self.find_words(line, &format!("term:{id}"), "term", message, "Add it to glossary.md, or mend the link.");
        } else if !self.explained.iter().any(|known| known == id) {
            self.explained.push(id.to_owned());
        }
        Event::Html(CowStr::from(format!(r##"<dfn><a href="#w-{}">"##, escape(id))))
    }

    fn address<'e>(&mut self, address: &str, line: usize) -> CowStr<'e> {
        let ours = |path: String| CowStr::from(path);
        if let Some(page) = address.strip_prefix("page:") {
            return match page {
                "practicum" | "help" | "programs" | "verify" | "account" | "privacy" | "access" => ours(format!("/{page}")),
                _ => {
                    self.find_words(
                        line,
                        address,
                        "link",
                        format!("there is no page called {page}"),
                        "Use practicum, help, programs, verify, account, privacy or access.",
                    );
                    ours("/".to_owned())
                }
            };
        }
        if let Some(lesson) = address.strip_prefix("lesson:") {
            if !self.shelf.lessons.contains(lesson) {
                let message = format!("there is no lesson {lesson}");
                self.find_words(line, address, "link", message, "Write lesson:MODULE/NAME as in the address.");
            }
            let (module, slug) = lesson.split_once('/').unwrap_or((lesson, ""));
            return ours(format!("/~/modules/{module}/{slug}"));
        }
        if let Some(module) = address.strip_prefix("check:") {
            if !self.shelf.checks.contains(module) {
                self.find_words(line, address, "link", format!("the module {module} has no check"), "Write check:MODULE.");
            }
            return ours(format!("/~/modules/{module}/check"));
        }
        if !["https://", "http://", "mailto:", "tel:", "sms:", "#"].iter().any(|scheme| address.starts_with(scheme)) {
            self.find_words(
                line,
                address,
                "link",
                format!("this link leads nowhere: {address}"),
                "Use https://, mailto:, tel:, or one of our own kinds of link.",
            );
            return ours("#".to_owned());
        }
        ours(address.to_owned())
    }

    /// A finding about a whole line.
    pub(super) fn find(&mut self, line: usize, code: &'static str, message: impl Into<String>, mend: impl Into<String>) {
        self.find_words(line, "", code, message, mend);
    }

    /// A finding about words of the paragraph that begins on this line.
    pub(super) fn find_words(&mut self, line: usize, words: &str, code: &'static str, message: impl Into<String>, mend: impl Into<String>) {
        let place = place::in_line(self.file, line, words);
        self.findings.push(Finding::at(self.path, self.file, place, code, message, mend));
    }
}

/// A citation between two marks that no keyboard writes.
const OPEN: char = '\u{e000}';
const CLOSE: char = '\u{e001}';

/// An e-mail link in angle brackets is written out as any other.
fn normal(kind: LinkType) -> LinkType {
    if kind == LinkType::Email { LinkType::Inline } else { kind }
}
