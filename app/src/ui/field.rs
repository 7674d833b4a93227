//! Fields of forms: label, hint, what is wrong, input, in that order; and what was typed stays.

use leptos::prelude::*;

use super::mark::{Mark, mark};
use crate::form::Sheet;

/// A field of one line.
#[derive(Debug, Clone, Copy, Default)]
pub struct Text {
    /// Its name in the form, and its id on the page.
    pub name: &'static str,
    /// What to type.
    pub label: &'static str,
    /// A hint under the label; none where empty.
    pub hint: &'static str,
    /// The kind of input: `text` where empty, or `email`, `password`, `date`, `time`, `number`.
    pub kind: &'static str,
    /// What a browser may fill in; `off` where empty.
    pub autocomplete: &'static str,
    /// `mid` or `short`; the whole width where empty.
    pub width: &'static str,
}

/// A field of several lines.
#[derive(Debug, Clone, Copy, Default)]
pub struct Texts {
    /// Its name in the form, and its id on the page.
    pub name: &'static str,
    /// What to write.
    pub label: &'static str,
    /// A hint under the label; none where empty.
    pub hint: &'static str,
}

/// A choice among several: the value that is sent and the words that are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Sent.
    pub value: String,
    /// Read.
    pub words: String,
}

impl Choice {
    /// A choice.
    pub fn new(value: impl Into<String>, words: impl Into<String>) -> Self {
        Self { value: value.into(), words: words.into() }
    }
}

/// One line.
pub fn field(sheet: &Sheet, text: Text) -> AnyView {
    let kind = if text.kind.is_empty() { "text" } else { text.kind };
    let autocomplete = if text.autocomplete.is_empty() { "off" } else { text.autocomplete };
    // A password never travels back to the page.
    let value = (kind != "password").then(|| sheet.form.get(text.name).to_owned());
    let about = About::of(sheet, text.name, text.hint);
    view! {
        <div class=format!("field {}", text.width)>
            <label for=text.name>{text.label}</label>
            {about.hint()}
            {about.error()}
            <input id=text.name name=text.name type=kind value=value autocomplete=autocomplete aria-invalid=about.invalid() aria-describedby=about.ids()/>
        </div>
    }
    .into_any()
}

/// Several lines. No limit is given to the browser: it would cut off what somebody pastes and say nothing. What is too
/// long comes back with its field.
pub fn textarea(sheet: &Sheet, text: Texts) -> AnyView {
    let about = About::of(sheet, text.name, text.hint);
    // leptos takes what stands in a textarea as it is: what somebody typed must not close it. A line break
    // at the start is dropped by browsers, so one is put there to be dropped.
    let typed = format!("\n{}", escaped(sheet.form.get(text.name)));
    view! {
        <div class="field">
            <label for=text.name>{text.label}</label>
            {about.hint()}
            {about.error()}
            <textarea id=text.name name=text.name rows="5" autocomplete="off" aria-invalid=about.invalid() aria-describedby=about.ids() inner_html=typed></textarea>
        </div>
    }
    .into_any()
}

/// A text as it stands in HTML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// One out of a list that folds down.
pub fn select(sheet: &Sheet, name: &'static str, label: &'static str, hint: &'static str, choices: Vec<Choice>) -> AnyView {
    let about = About::of(sheet, name, hint);
    let options = choices
        .into_iter()
        .map(|choice| {
            let selected = sheet.form.has(name, &choice.value);
            view! { <option value=choice.value selected=selected>{choice.words}</option> }
        })
        .collect_view();
    view! {
        <div class="field mid">
            <label for=name>{label}</label>
            {about.hint()}
            {about.error()}
            <select id=name name=name autocomplete="off" aria-invalid=about.invalid() aria-describedby=about.ids()>{options}</select>
        </div>
    }
    .into_any()
}

/// One out of a few that all show.
pub fn radios(sheet: &Sheet, name: &'static str, legend: &'static str, hint: &'static str, choices: Vec<Choice>) -> AnyView {
    let about = About::of(sheet, name, hint);
    let choices = choices
        .into_iter()
        .enumerate()
        .map(|(n, choice)| {
            let checked = sheet.form.has(name, &choice.value);
            // The first one has the plain id, so that the summary of problems can lead to it.
            let id = if n == 0 { name.to_owned() } else { format!("{name}-{n}") };
            view! {
                <label class="opt">
                    <input id=id type="radio" name=name value=choice.value checked=checked/>
                    " "
                    <span>{choice.words}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field" aria-describedby=about.ids()>
            <legend>{legend}</legend>
            {about.hint()}
            {about.error()}
            <div class="inline-opts">{choices}</div>
        </fieldset>
    }
    .into_any()
}

/// A value that travels along unseen.
pub fn hidden(name: impl Into<String>, value: impl Into<String>) -> AnyView {
    view! { <input type="hidden" name=name.into() value=value.into()/> }.into_any()
}

/// Whose password is typed below: for password managers, which keep it under this name. Nobody else reads it.
pub fn username(email: impl ToString) -> AnyView {
    view! { <input class="vh" type="text" name="username" autocomplete="username" value=email.to_string() readonly tabindex="-1" aria-hidden="true"/> }
        .into_any()
}

/// The mark of this one sheet of paper: a form that is sent twice acts once.
pub fn once_field(key: impl ToString) -> AnyView {
    hidden("once", key.to_string())
}

/// The one main button of a form.
pub fn button(words: &'static str) -> AnyView {
    view! { <p class="row after"><button class="btn">{words}</button></p> }.into_any()
}

/// What is wrong with a field, for fields that a page draws itself. Its id is the field's with `-e`.
pub fn problem(sheet: &Sheet, name: &'static str) -> AnyView {
    About::of(sheet, name, "").error().into_any()
}

/// First on a page that came back: what to look at, each leading to its field. `kept` says what happened
/// to what was typed.
pub fn error_summary(sheet: &Sheet, kept: &'static str) -> AnyView {
    error_summary_of(sheet, kept, &[])
}

/// The same, where what is wrong may be said of any field ("Please fill this in."): each field with its label, since
/// links are read on their own too.
pub fn error_summary_of(sheet: &Sheet, kept: &'static str, labels: &[(&str, &str)]) -> AnyView {
    if sheet.problems.is_empty() {
        return ().into_any();
    }
    let list = sheet
        .problems
        .iter()
        .map(|(field, message)| {
            let label = labels.iter().find(|(name, _)| *name == field).map(|(_, label)| *label);
            (
                format!("#{field}"),
                label.map_or_else(
                    || message.to_owned(),
                    |label| {
                        let mark = if label.ends_with('?') { "" } else { ":" };
                        format!("{label}{mark} {message}")
                    },
                ),
            )
        })
        .collect();
    things_to_look_at(kept, list)
}

/// What to look at: where each link leads, and its words.
pub fn things_to_look_at(kept: &'static str, things: Vec<(String, String)>) -> AnyView {
    let title = match things.len() {
        1 => "One thing to look at".to_owned(),
        count @ 2..=9 => format!("{} things to look at", NUMBERS.get(count - 2).copied().unwrap_or_default()),
        many => format!("{many} things to look at"),
    };
    let list = things.into_iter().map(|(href, words)| view! { <li><a href=href>{words}</a></li> }).collect_view();
    view! {
        <section class="sec first" aria-labelledby="fix">
            <h2 id="fix">{title}</h2>
            <div class="body">
                <div class="notice warn flow">
                    <p>{kept}</p>
                    <ul>{list}</ul>
                </div>
            </div>
        </section>
    }
    .into_any()
}

/// From two on.
const NUMBERS: [&str; 8] = ["Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"];

/// What is said about a field besides its label.
struct About {
    name: &'static str,
    hint: &'static str,
    error: Option<String>,
}

impl About {
    fn of(sheet: &Sheet, name: &'static str, hint: &'static str) -> Self {
        Self { name, hint, error: sheet.problems.of(name).map(ToOwned::to_owned) }
    }

    fn hint(&self) -> impl IntoView + use<> {
        let (name, hint) = (self.name, self.hint);
        (!hint.is_empty()).then(|| view! { <p class="hint" id=format!("{name}-h")>{hint}</p> })
    }

    fn error(&self) -> impl IntoView + use<> {
        let name = self.name;
        self.error.clone().map(|error| {
            view! { <p class="err" id=format!("{name}-e")>{mark(Mark::Look)}<span>{error}</span></p> }
        })
    }

    fn invalid(&self) -> Option<&'static str> {
        self.error.is_some().then_some("true")
    }

    fn ids(&self) -> Option<String> {
        let hint = (!self.hint.is_empty()).then(|| format!("{}-h", self.name));
        let error = self.error.is_some().then(|| format!("{}-e", self.name));
        let ids: Vec<String> = hint.into_iter().chain(error).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::{Form, Problems};

    #[test]
    fn what_was_typed_cannot_leave_its_field() {
        let typed = "</textarea><b>& more";
        let sheet = Sheet { form: Form::of([("note", typed)]), problems: Problems::default() };
        let html = crate::shell::render(|| textarea(&sheet, Texts { name: "note", label: "Note", hint: "" }));
        assert!(html.contains(">\n&lt;/textarea&gt;&lt;b&gt;&amp; more</textarea>"), "{html}");
        let html = crate::shell::render(|| field(&sheet, Text { name: "note", label: "Note", ..Text::default() }));
        assert!(!html.contains("<b>"), "{html}");
    }
}
