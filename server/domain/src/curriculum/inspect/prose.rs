//! The sentences of an authored text, as a reader meets them, each with its place in the file.
//!
//! Headings, tables, code and pictures are not read as sentences; an item of a list is one of its own, and
//! so is each half of a pair. A citation is not read at all. A link is read by its words.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// A sentence as it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sentence {
    /// The words that are read, with single spaces.
    pub(super) text: String,
    /// Where it stands in the file, in bytes.
    pub(super) place: Range<usize>,
}

/// The sentences of a Markdown file. Front matter is passed over.
pub(super) fn sentences(file: &str) -> Vec<Sentence> {
    let text = blanked(file);
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut reader = Reader::default();
    for (event, place) in Parser::new_ext(&text, options).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { .. } | Tag::Table(_) | Tag::CodeBlock(_) | Tag::Image { .. }) => reader.unread += 1,
            Event::End(TagEnd::Heading(_) | TagEnd::Table | TagEnd::CodeBlock | TagEnd::Image) => reader.unread -= 1,
            Event::Start(Tag::Paragraph | Tag::Item) | Event::End(TagEnd::Paragraph | TagEnd::Item) => reader.ends(),
            Event::Text(words) | Event::Code(words) => reader.reads(&words, place),
            Event::SoftBreak | Event::HardBreak => reader.reads(" ", place),
            _ => {}
        }
    }
    reader.ends();
    reader.done
}

/// The file with everything that is no sentence made blank, byte for byte: front matter, the lines of
/// containers, citations, and the ids behind questions and options.
fn blanked(file: &str) -> String {
    let mut out = String::with_capacity(file.len());
    let mut front = file.starts_with("+++\n");
    for (n, line) in file.split_inclusive('\n').enumerate() {
        let bare = line.trim_end_matches('\n');
        let ends = front && n > 0 && bare == "+++";
        if front || bare.starts_with(":::") {
            out.extend(std::iter::repeat_n(' ', bare.len()));
        } else {
            out.push_str(&without_marks(bare));
        }
        if line.ends_with('\n') {
            out.push('\n');
        }
        if ends {
            front = false;
        }
    }
    out
}

/// A line without its citations, its `{#…}` and the boxes of its options.
fn without_marks(line: &str) -> String {
    let mut out = line.to_owned();
    for (open, close) in [("[@", ']'), ("{#", '}')] {
        let mut from = 0;
        while let Some(start) = out.get(from..).and_then(|rest| rest.find(open)).map(|at| at + from) {
            let Some(end) = out.get(start..).and_then(|rest| rest.find(close)).map(|at| at + start + 1) else { break };
            out.replace_range(start..end, &" ".repeat(end - start));
            from = end;
        }
    }
    for option in ["- [ ] ", "- [x] "] {
        if out.starts_with(option) {
            // Dots end a sentence without words, which nobody reads.
            out.replace_range(2..option.len() - 1, "...");
        }
    }
    out
}

#[derive(Default)]
struct Reader {
    /// How many things we are inside of that are not read.
    unread: usize,
    /// The paragraph so far: each character with the byte that it stands at.
    open: Vec<(char, usize)>,
    done: Vec<Sentence>,
}

impl Reader {
    fn reads(&mut self, words: &str, place: Range<usize>) {
        if self.unread > 0 {
            return;
        }
        // An entity such as &amp; is shorter as it is read; then its characters share a place.
        let same = words.len() == place.len();
        self.open.extend(words.char_indices().map(|(at, c)| (c, if same { place.start + at } else { place.start })));
    }

    /// The paragraph is over: cut it into sentences.
    fn ends(&mut self) {
        let open = std::mem::take(&mut self.open);
        let mut from = 0;
        for at in 0..open.len() {
            if let Some(end) = sentence_end(&open, at) {
                self.keep(open.get(from..end).unwrap_or_default());
                from = end;
            }
        }
        self.keep(open.get(from..).unwrap_or_default());
    }

    fn keep(&mut self, chars: &[(char, usize)]) {
        let is_word = |(c, _): &&(char, usize)| c.is_alphanumeric();
        let (Some(first), Some(last)) = (chars.iter().find(is_word), chars.iter().rev().find(|(c, _)| !c.is_whitespace())) else { return };
        let text: String = chars.iter().map(|(c, _)| *c).collect();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.done.push(Sentence { text, place: first.1..last.1 + last.0.len_utf8() });
    }
}

/// Words before a full stop that does not end a sentence.
const SHORT: &[&str] = &["mr", "mrs", "ms", "dr", "st", "e.g", "i.e", "vs", "no", "a.m", "p.m", "u.s", "inc"];

/// Where the sentence is over that this character ends: behind the mark and its closing quotation marks. A
/// mark that ends a sentence is followed by nothing, or by a space and something that begins one.
fn sentence_end(chars: &[(char, usize)], at: usize) -> Option<usize> {
    let letter = |n: usize| chars.get(n).map(|(c, _)| *c);
    let Some(mark @ ('.' | '!' | '?' | ':')) = letter(at) else { return None };
    let mut next = at + 1;
    while matches!(letter(next), Some('"' | '\'' | '”' | '’' | ')' | '*' | '_')) {
        next += 1;
    }
    let end = next;
    if letter(next).is_some_and(|c| !c.is_whitespace()) {
        return None;
    }
    while letter(next).is_some_and(char::is_whitespace) {
        next += 1;
    }
    let begins = letter(next).is_none_or(|c| c.is_uppercase() || c.is_numeric() || matches!(c, '"' | '\'' | '“' | '‘' | '('));
    let before: String = (0..at).rev().map_while(letter).take_while(|c| !c.is_whitespace()).collect();
    let before: String = before.chars().rev().filter(|c| c.is_alphanumeric() || *c == '.').collect::<String>().to_lowercase();
    (begins && (mark != '.' || letter(next).is_none() || !SHORT.contains(&before.as_str()))).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(file: &str) -> Vec<String> {
        sentences(file).into_iter().map(|sentence| sentence.text).collect()
    }

    #[test]
    fn sentences_are_those_that_a_reader_hears() {
        let file = "+++\nid = \"x\"\n+++\nOne *plain* sentence [@segal2010]. Is it 4.5? \"Yes.\" She said so.\n\n## A heading. Not read.\n\n| a | b |\n|---|---|\n| not | read |\n\n- An item\n- Another one. It goes on\n";
        assert_eq!(
            texts(file),
            ["One plain sentence .", "Is it 4.5?", "\"Yes.\"", "She said so.", "An item", "Another one.", "It goes on"]
        );
    }

    #[test]
    fn places_lead_back_to_the_file() {
        let file = "Some words — with a dash. [A term](term:x) is read.\n";
        let found: Vec<&str> = sentences(file).iter().filter_map(|sentence| file.get(sentence.place.clone())).collect();
        assert_eq!(found, ["Some words — with a dash.", "A term](term:x) is read."]);
    }

    #[test]
    fn titles_and_short_words_end_nothing() {
        assert_eq!(texts("Dr. Hale came at 5 p.m. on time. All went well, e.g. Tom.\n").len(), 2);
        assert_eq!(texts(":::story A title. Two\nInside.\n:::\n"), ["Inside."]);
        assert_eq!(texts("- [x] An option {#a}\n  > Its reason.\n"), ["An option", "Its reason."]);
    }
}
