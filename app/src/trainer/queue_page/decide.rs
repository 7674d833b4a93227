//! The form by which a trainer decides an entry.

use domain::{
    curriculum::{Rubric, RubricLine},
    practicum::{Entry, Reason},
};
use leptos::prelude::*;

use super::FIELDS;
use crate::{
    form::Sheet,
    routes::Route,
    ui::{self, Choice, Texts},
};

/// The labels of the fields of which something may be said that could be said of others.
pub(super) const LABELS: [(&str, &str); 2] = [("feedback", "A word to them"), ("mend", "What would mend it")];

pub(super) fn form(sheet: &Sheet, entry: &Entry, rubric: Option<&Rubric>) -> impl IntoView + use<> {
    let action = Route::QueueEntry { entry: entry.id }.to_string();
    // The Enter key presses the first button of a form. Here it decides nothing, and the page says so.
    let enter = view! { <button class="vh" name="do" value="look" tabindex="-1" aria-hidden="true">"Look at it again"</button> };
    let reasons = std::iter::once(Choice::new("", "Choose a reason"))
        .chain(Reason::ALL.iter().map(|reason| Choice::new(reason.code(), reason.title())))
        .collect();
    let approve = format!("Approve {}", entry.minutes);
    view! {
        <form method="post" action=action novalidate=true id="version">
            {ui::hidden("version", entry.version.to_string())}
            {enter}
            {rubric.map(|rubric| lines(sheet, rubric))}
            <div class="decide" id="decide">
                <div class="flow">
                    <h3>"Approve"</h3>
                    {ui::textarea(sheet, Texts { name: "feedback", label: "A word to them (optional)", hint: "They see this. So do other trainers and the certification officers." })}
                    <p class="hint" id="for-good">"An approval cannot be undone."</p>
                    <p class="row"><button class="btn" name="do" value="approve" aria-describedby="for-good">{approve}</button></p>
                </div>
                <div class="flow">
                    <h3>"Or return it"</h3>
                    {ui::select(sheet, "reason", "Reason", "Needed when you return an entry", reasons)}
                    {ui::textarea(sheet, Texts { name: "mend", label: "What would mend it", hint: "One thing is enough. They see this. So do other trainers and the certification officers." })}
                    <p class="row"><button class="btn back" name="do" value="return">"Return with this reason"</button></p>
                </div>
            </div>
        </form>
    }
}

fn lines(sheet: &Sheet, rubric: &Rubric) -> impl IntoView + use<> {
    let lines = rubric.lines.iter().zip(FIELDS).map(|(line, field)| levels(sheet, line, field)).collect_view();
    view! {
        <div class="rubric">
            <h3>"How you read it"</h3>
            <p class="hint">"Each line is written to the trainee, who sees the level that you choose. To approve, choose one on every line."</p>
            {lines}
        </div>
    }
}

fn levels(sheet: &Sheet, line: &RubricLine, field: &'static str) -> impl IntoView + use<> {
    let levels = line
        .levels
        .iter()
        .rev()
        .enumerate()
        .map(|(n, level)| {
            let (points, label, anchor) = (level.points.to_string(), level.label.clone(), level.anchor.clone());
            let checked = sheet.form.has(field, &points);
            // The first one has the plain id, so that the summary of problems can lead to it.
            let id = if n == 0 { field.to_owned() } else { format!("{field}-{n}") };
            view! { <label class="opt"><input id=id type="radio" name=field value=points checked=checked/>" "<span><b>{label}</b>" "<span class="small soft">{anchor}</span></span></label> }
        })
        .collect_view();
    let (title, hint) = (line.title.clone(), line.hint.clone());
    let described = sheet.problems.of(field).map_or_else(|| format!("{field}-h"), |_| format!("{field}-h {field}-e"));
    view! { <fieldset aria-describedby=described><legend>{title}</legend><p class="hint" id=format!("{field}-h")>{hint}</p>{ui::problem(sheet, field)}<div class="inline-opts">{levels}</div></fieldset> }
}
