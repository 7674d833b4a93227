//! A text as words, each with what stands between it and the next.

/// A word without the punctuation around it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word<'t> {
    /// Where it begins.
    pub(crate) at: usize,
    /// Its letters, digits and the marks between them.
    pub(crate) text: &'t str,
    /// What stands between it and the next word, or the end.
    pub(crate) gap: &'t str,
    /// How many bytes of `(`, `+` or `#` stand right before it.
    pub(crate) bracket: usize,
    /// The last mark before it, as far as it touches it.
    pub(crate) mark: Option<char>,
}

impl<'t> Word<'t> {
    /// Whether it begins with a capital.
    pub(crate) fn is_capital(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }

    /// Whether it is this word, whatever its letters' size.
    pub(crate) fn is(&self, word: &str) -> bool {
        self.text.eq_ignore_ascii_case(word)
    }

    /// Whether it is one of these words, which stand with blanks between them, whatever its letters' size.
    pub(crate) fn is_any(&self, words: &str) -> bool {
        words.split_ascii_whitespace().any(|word| self.is(word))
    }

    /// Whether a full stop stands right behind it.
    pub(crate) fn stopped(&self) -> bool {
        self.gap.starts_with('.')
    }

    /// Whether nothing but blanks of one line stands between it and the next word.
    pub(crate) fn flows_on(&self) -> bool {
        is_blank(self.gap)
    }

    /// Whether blanks of one line stand between it and the next word, behind one full stop perhaps.
    pub(crate) fn runs_on(&self) -> bool {
        is_blank(self.gap.strip_prefix('.').unwrap_or(self.gap))
    }

    /// Letters only, with the marks that names have.
    pub(crate) fn is_letters(&self) -> bool {
        self.text.chars().all(|c| c.is_alphabetic() || is_apostrophe(c) || matches!(c, '-' | '.'))
    }

    /// Without an `’s` at its end.
    pub(crate) fn without_possessive(&self) -> &'t str {
        let bare = self.text.strip_suffix(['s', 'S']).and_then(|text| text.strip_suffix(is_apostrophe));
        bare.filter(|bare| !bare.is_empty()).unwrap_or(self.text)
    }
}

pub(crate) const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

/// Blanks of one line, and at least one.
pub(crate) fn is_blank(gap: &str) -> bool {
    !gap.is_empty() && gap.chars().all(|c| c.is_whitespace() && c != '\n')
}

/// Splits at blanks and at marks that stand in no number, name or address; takes the marks off the ends.
pub(crate) fn split(text: &str) -> Vec<Word<'_>> {
    let apart = |c: char| c.is_whitespace() || ",;()[]{}\"“”—–!<>|*".contains(c);
    let mut bare: Vec<(usize, &str)> = Vec::new();
    let mut at = 0;
    for piece in text.split_inclusive(apart) {
        let start = at;
        at += piece.len();
        let front = piece.trim_start_matches(|c: char| !c.is_alphanumeric());
        let word = front.trim_end_matches(|c: char| !c.is_alphanumeric());
        if !word.is_empty() {
            bare.push((start + (piece.len() - front.len()), word));
        }
    }
    let next = bare.iter().skip(1).map(|(at, _)| *at).chain([text.len()]);
    let mut end = 0;
    bare.iter()
        .zip(next)
        .map(|(&(at, word), next)| {
            let mark = text.get(end..at).and_then(|gap| gap.chars().next_back()).filter(|c| !c.is_whitespace());
            end = at + word.len();
            let bracket = usize::from(matches!(mark, Some('(' | '+')));
            Word { at, text: word, gap: text.get(end..next).unwrap_or_default(), bracket, mark }
        })
        .collect()
}
