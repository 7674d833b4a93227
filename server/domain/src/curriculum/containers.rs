//! Containers: pause cards, content notes, stories, activities, and the pairs of "write this, not this".

use super::markdown::{Writer, escape, unwrapped};

/// Every kind of container.
const KINDS: &[&str] = &["pause", "caution", "story", "activity", "write"];

/// Whether a container with this behind its colons is one of ours.
pub(super) fn is_known(head: &str) -> bool {
    KINDS.contains(&kind_of(head).0)
}

/// The kind of a container, and what stands behind it.
fn kind_of(head: &str) -> (&str, &str) {
    head.split_at(head.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(head.len()))
}

impl Writer<'_> {
    /// One container, from what stands behind its colons and inside it.
    pub(super) fn container(&mut self, head: &str, inner: &str, line: usize) -> String {
        let (kind, rest) = kind_of(head);
        let (attributes, title) = match rest.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
            Some((attributes, title)) => (attributes, title.trim()),
            None => ("", rest.trim()),
        };
        let title_html = escape(title);
        // Where its kind is the slip, what it may have beside it cannot be said.
        let known = |word: &&str| !KINDS.contains(&kind) || (kind == "activity" && word.starts_with("minutes="));
        for word in attributes.split_whitespace().filter(|word| !known(word)) {
            let name = word.split('=').next().unwrap_or(word);
            self.find_words(
                line,
                name,
                "attribute",
                format!("{kind} has no attribute called {name}"),
                "See the format in content/README.md.",
            );
        }
        match kind {
            "pause" => {
                let body = self.markdown(inner, line + 1);
                let label = if title.is_empty() { "Pause.".to_owned() } else { format!("Pause. {title_html}") };
                format!(r#"<div class="pause" role="note" aria-label="Pause"><span class="k">{label}</span>{body}</div>"#)
            }
            "caution" => {
                let body = self.markdown(inner, line + 1);
                let label = if title.is_empty() { "Content note.".to_owned() } else { format!("Content note. {title_html}.") };
                format!(r#"<div class="caution ui" role="note" aria-label="Content note"><span class="k">{label}</span>{body}</div>"#)
            }
            "story" => {
                let body = self.markdown(inner, line + 1);
                let title = if title.is_empty() { String::new() } else { format!("{title_html}. ") };
                format!(
                    r#"<div class="story" role="note" aria-label="Practice story, invented"><span class="k">{title}Practice story. Invented: no real person is in it.</span>{body}</div>"#
                )
            }
            "activity" => {
                let minutes = attributes.strip_prefix("minutes=").and_then(|minutes| minutes.trim_matches('"').parse::<u16>().ok());
                match minutes {
                    Some(minutes) => self.activity_minutes += i32::from(minutes),
                    None => self.find(
                        line,
                        "activity-minutes",
                        "this activity does not say how long it takes",
                        "Write :::activity{minutes=10} and its title.",
                    ),
                }
                let body = self.markdown(inner, line + 1);
                let title = if title.is_empty() { String::new() } else { format!(" {title_html}") };
                format!(
                    r#"<div class="activity" role="note" aria-label="Activity"><span class="k">Activity. {} minutes.{title}</span>{body}</div>"#,
                    minutes.unwrap_or(0)
                )
            }
            "write" => self.pair(&title_html, inner, line),
            _ => self.unknown(head, inner, line),
        }
    }

    /// A container that is none of ours. What stands in it is read all the same, so that the slip hides nothing.
    fn unknown(&mut self, head: &str, inner: &str, line: usize) -> String {
        let name = head.split(['{', ' ']).next().unwrap_or_default();
        let message = if name.is_empty() {
            "no kind of container stands right behind the colons".to_owned()
        } else {
            format!("there is no container called {name}")
        };
        let mend = "Use :::pause, :::caution, :::story, :::activity or :::write, in lower case and without a space.";
        self.find(line, "container-unknown", message, mend);
        self.markdown(inner, line + 1)
    }

    /// "Write this, not this": a list with `+`, a list with `-`, and the reason as a quotation.
    fn pair(&mut self, title: &str, inner: &str, line: usize) -> String {
        let (good, bad, why) = (items(inner, '+', line), items(inner, '-', line), items(inner, '>', line));
        if [&good, &bad].into_iter().any(|half| half.iter().all(|(text, _)| text.trim().is_empty())) {
            self.find(
                line,
                "write-pair",
                "this pair needs one item with + and one with -",
                "Write + before what to write and - before what not to write.",
            );
        }
        let [good, bad, why] = [good, bad, why].map(|half| half.iter().map(|(text, at)| self.markdown(text, *at)).collect::<String>());
        let why = unwrapped(&why);
        let caption = if title.is_empty() { "Written two ways" } else { title };
        let why = if why.is_empty() { String::new() } else { format!(r#"<p class="why">{why}</p>"#) };
        format!(
            r#"<figure class="write"><figcaption>{caption}</figcaption><div class="cols"><div><span class="st ok">{TICK}<span>Write this</span></span>{good}</div><div><span class="st bad">{CROSS}<span>Not this</span></span>{bad}</div></div>{why}</figure>"#
        )
    }
}

/// The items of a pair with this mark, each with the line that it begins on.
fn items(inner: &str, mark: char, head: usize) -> Vec<(String, usize)> {
    let mut items: Vec<(String, usize)> = Vec::new();
    let mut inside = false;
    for (n, row) in inner.lines().enumerate() {
        if let Some(rest) = row.strip_prefix(mark).and_then(|rest| rest.strip_prefix(' ')) {
            inside = true;
            items.push((rest.to_owned(), head + 1 + n));
        } else if let Some((text, _)) = items.last_mut().filter(|_| inside && (row.starts_with("  ") || row.trim().is_empty())) {
            text.push('\n');
            text.push_str(row.trim_start());
        } else {
            inside = false;
        }
    }
    items
}

const TICK: &str = r#"<svg class="mark" viewBox="0 0 20 20" aria-hidden="true"><circle class="fill" cx="10" cy="10" r="8"></circle><path class="cut" d="m6 10.3 2.8 2.8L14 7.4"></path></svg>"#;
const CROSS: &str = r#"<svg class="mark" viewBox="0 0 20 20" aria-hidden="true"><path class="fill" d="M2.5 2.5h15v15h-15z"></path><path class="cut" d="m6.5 6.5 7 7m0-7-7 7"></path></svg>"#;
