//! The ways to get help.

/// A way to get help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HelpLine {
    /// Who.
    pub name: String,
    /// How, in a few sentences.
    pub how: String,
    /// The number to call.
    pub call: Option<String>,
    /// The number to write to.
    pub text: Option<String>,
    /// The address to chat at.
    pub chat: Option<String>,
    /// What else to know, in English.
    pub note: Option<String>,
    /// The language of all but the note, such as `es`; `None` is English.
    pub lang: Option<String>,
    /// The words to call by, where they are others than `Call` and the number.
    pub to_call: Option<String>,
    /// The words to write by, where they are others than `Text` and the number.
    pub to_text: Option<String>,
    /// What the message says, where it is one word to send.
    pub body: Option<String>,
}
