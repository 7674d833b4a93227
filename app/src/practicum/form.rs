//! The form of an entry: its fields, what was typed, and what is read from it.

use domain::practicum::{Band, Content, Entry, Format, Hours, Placement, When, WhenError, moments};
use jiff::tz::TimeZone;
use leptos::prelude::*;
use types::{Category, Domain, Moment, Note, PlacementId};

use super::{island::NoteGuard, sheet::Of, shown};
use crate::{
    form::{self, Form, Problems, Sheet, given},
    ui::{self, Choice, Text, Texts},
};

/// The labels of the fields of which something may be said that could be said of others.
pub(super) const LABELS: [(&str, &str); 5] = [
    ("direct", "Was it with the people you support?"),
    ("note", "What you did and practiced"),
    ("safe", "Why they are safe"),
    ("learned", "What you learned"),
    ("observed", "Did your supervisor watch you practice?"),
];

/// What is needed beside the typed values to draw the form.
pub(super) struct Around {
    pub(super) placements: Vec<Placement>,
    /// Programs of the person: id of the enrolment and title.
    pub(super) programs: Vec<Choice>,
    /// What it is the form of.
    pub(super) of: Of,
    /// The name of this sheet of paper.
    pub(super) once: String,
    /// Where it is sent.
    pub(super) action: String,
    /// Whether it is a draft of which nobody else knows.
    pub(super) never_sent: bool,
}

impl Around {
    /// What the form asks for to throw a draft away, where it is one.
    fn thrown_away_by(&self) -> Option<&'static str> {
        match (self.of.unfinished, self.of.entry, self.never_sent) {
            (_, Some(_), true) => Some("discard"),
            (Some(_), _, _) => Some("throw-away"),
            _ => None,
        }
    }
}

/// The fields. Marks words in the note that may point to a person, where the server sent it back for them.
pub(super) fn fields(sheet: &Sheet, around: Around) -> AnyView {
    let of = |code: &str, title: &str| Choice::new(code, title);
    // Nothing is chosen beforehand: a record says what somebody meant, not what stood first in a list.
    let choose = || std::iter::once(of("", "Choose one"));
    let places = around.placements.iter().map(|place| Choice::new(place.id.to_string(), place.organization.to_string()));
    let places = choose().filter(|_| around.placements.len() > 1).chain(places).collect();
    let categories = choose().chain(Category::ALL.iter().map(|category| of(category.code(), category.title()))).collect();
    let domains = choose().chain(Domain::ALL.iter().map(|domain| of(domain.code(), domain.title()))).collect();
    let formats = choose().chain(Format::ALL.iter().map(|format| of(format.code(), format.title()))).collect();
    let hours = choose().chain(Hours::ALL.iter().map(|hours| of(hours.code(), hours.title()))).collect();
    let bands = Band::ALL.iter().map(|band| of(band.code(), band.title())).collect();
    let program = (around.programs.len() > 1).then(|| {
        ui::select(
            sheet,
            "enrolment",
            "For which program",
            "Hours count in one program only",
            choose().chain(around.programs.clone()).collect(),
        )
    });
    let only = (around.programs.len() == 1).then(|| around.programs.first().map(|program| ui::hidden("enrolment", program.value.clone())));
    let throw_away = around.thrown_away_by().map(|how| {
        let words = if how == "throw-away" && around.of.entry.is_some() { "Throw these changes away" } else { "Throw this draft away" };
        view! { <p class="row"><button class="btn back" name="do" value=how>{words}</button></p> }
    });
    view! {
        <form method="post" action=around.action novalidate=true>
            {ui::once_field(around.once)}
            {around.of.entry.map(|(_, version)| ui::hidden("version", version.to_string()))}
            {around.of.unfinished.map(|(id, version)| view! { {ui::hidden("kept", id.to_string())} {ui::hidden("kept-version", version.to_string())} })}
            {only}
            {ui::section("When and where", view! {
                {program}
                {ui::select(sheet, "placement", "Place", "Where you did it", places)}
                {ui::field(sheet, Text { name: "day", label: "Day", kind: "date", hint: "Log a break as two entries", autocomplete: "off", width: "short" })}
                <div class="pair">
                    {ui::field(sheet, Text { name: "start", label: "Start", kind: "time", hint: "When you began", autocomplete: "off", width: "" })}
                    {ui::field(sheet, Text { name: "end", label: "End", kind: "time", hint: "When you ended", autocomplete: "off", width: "" })}
                </div>
            })}
            {ui::section("What kind of work", view! {
                {ui::select(sheet, "category", "Kind of work", "Pick the one that took most of the time", categories)}
                {ui::select(sheet, "domain", "Domain", "One only, so that no minute counts twice", domains)}
                {ui::radios(sheet, "direct", "Was it with the people you support?", "Preparing, teamwork and writing up are not", vec![of("yes", "Yes"), of("no", "No")])}
                {ui::select(sheet, "format", "How", "", formats)}
                {ui::select(sheet, "hours", "On what terms", "", hours)}
                {ui::radios(sheet, "people", "How many people", "Not counting you and other staff", bands)}
            })}
            {your_note(sheet)}
            {ui::section("Send", view! {
                <p>"Trainers and certification officers can read it once you send it. Until a trainer approves it, you may take it back."</p>
                <div class="row"><button class="btn" name="do" value="send">"Send for approval"</button><button class="btn second" name="do" value="draft">"Keep as draft"</button></div>
                <p class="small soft">"A draft need not be filled in. Only you see it."</p>
                {throw_away}
            })}
        </form>
    }
    .into_any()
}

/// What the trainee did, in their own words.
fn your_note(sheet: &Sheet) -> AnyView {
    let yes_no = vec![Choice::new("no", "No"), Choice::new("yes", "Yes")];
    // Pointed to wherever the form came back, for whichever reason: the marks of typing are gone by then.
    let guarded = |name: &'static str| {
        let text = sheet.form.get(name).to_owned();
        (!sheet.problems.is_empty() && !guard::find(&text).is_empty()).then(|| {
            view! { <div class="notice warn flow after"><p><strong>"Please look at these words"</strong></p>{shown::marked(&text)}</div> }
        })
    };
    let (guarded_note, guarded_learned) = (guarded("note"), guarded("learned"));
    let pointed =
        guarded_note.is_some() || guarded_learned.is_some() || !sheet.form.get("safe").is_empty() || sheet.problems.of("safe").is_some();
    let safe = ui::field(
        sheet,
        Text {
            name: "safe",
            label: "Say why they are safe (optional)",
            kind: "",
            hint: "Then we stop asking. Your trainer sees your reason.",
            autocomplete: "off",
            width: "",
        },
    );
    let note = ui::textarea(
        sheet,
        Texts {
            name: "note",
            label: "What you did and practiced",
            hint: "Up to 500 letters. No names, places, dates of events or health facts about a person.",
        },
    );
    let learned = ui::textarea(
        sheet,
        Texts { name: "learned", label: "What you learned (optional)", hint: "About your own practice. Up to 500 letters." },
    );
    ui::section(
        "Your note",
        view! {
            <NoteGuard>{note}</NoteGuard>
            {guarded_note}
            <details class="fold" open=pointed>
                <summary>"If words that we point to are safe"</summary>
                {safe}
            </details>
            <NoteGuard>{learned}</NoteGuard>
            {guarded_learned}
            {ui::radios(sheet, "observed", "Did your supervisor watch you practice?", "Watched hours are marked; others count too", yes_no)}
        },
    )
}

/// What is wrong with the time, as far as it can be read, and with the words: said at once, with all the rest that is
/// missing, and not one after the other.
pub(super) fn look_over(form: &Form, zone: &TimeZone, now: Moment, problems: &mut Problems) {
    let read = (form::day(form.get("day")), form::time_of_day(form.get("start")), form::time_of_day(form.get("end")));
    if let (Some(day), Some(start), Some(end)) = read
        && let Err(error) = moments(When { day, start, end }, zone, now)
    {
        wrong_time(error, problems);
    }
    if form.get("safe").trim().is_empty() {
        for field in ["note", "learned"].into_iter().filter(|field| !guard::find(form.get(field)).is_empty()) {
            problems.add(field, IDENTIFYING);
        }
    }
}

/// The fields from the top of the page down.
pub(super) const ORDER: [&str; 15] = [
    "enrolment",
    "placement",
    "day",
    "start",
    "end",
    "category",
    "domain",
    "direct",
    "format",
    "hours",
    "people",
    "note",
    "safe",
    "learned",
    "observed",
];

/// Beside which field it is said that a time cannot be.
pub(super) fn wrong_time(error: WhenError, problems: &mut Problems) {
    problems.add(if error == WhenError::Ahead { "day" } else { "end" }, error);
}

/// Beside words that may point to a person.
pub(super) const IDENTIFYING: &str = "Some words could point to a person. Change them, or say why they are safe.";

/// Reads the form; what is wrong goes into `problems`.
pub(super) fn read(form: &Form, problems: &mut Problems) -> Option<Content> {
    let placement: Option<PlacementId> = form.get("placement").parse().ok();
    if placement.is_none() {
        problems.add("placement", "Please choose a place.");
    }
    let day = given(form::day(form.get("day")), "day", "Please choose a day.", problems);
    let start = given(form::time_of_day(form.get("start")), "start", "Please say when you began.", problems);
    let end = given(form::time_of_day(form.get("end")), "end", "Please say when you ended.", problems);
    let category: Option<Category> = chosen(form, "category", "Please choose the kind of work.", problems);
    let domain: Option<Domain> = chosen(form, "domain", "Please choose a domain.", problems);
    let direct = choice(form, "direct", problems);
    let format: Option<Format> = chosen(form, "format", "Please choose how you did it.", problems);
    let hours: Option<Hours> = chosen(form, "hours", "Please choose whether the work was paid.", problems);
    let people: Option<Band> =
        form.get("people").parse().map_err(|_| problems.add("people", "Please choose how many people took part.")).ok();
    let observed = choice(form, "observed", problems);
    let note: Option<Note> = form.take("note", problems);
    let learned: Option<Note> = form.take_if_any("learned", problems);
    let safe_because: Option<Note> = form.take_if_any("safe", problems);
    if !problems.is_empty() {
        return None;
    }
    Some(Content {
        placement: placement?,
        when: When { day: day?, start: start?, end: end? },
        category: category?,
        domain: domain?,
        direct: direct?,
        format: format?,
        hours: hours?,
        people: people?,
        note: note?,
        learned,
        observed: observed?,
        safe_because,
    })
}

fn chosen<T: std::str::FromStr>(form: &Form, name: &'static str, message: &'static str, problems: &mut Problems) -> Option<T> {
    form.get(name).parse().map_err(|_| problems.add(name, message)).ok()
}

fn choice(form: &Form, name: &'static str, problems: &mut Problems) -> Option<bool> {
    match form.get(name) {
        "yes" => Some(true),
        "no" => Some(false),
        _ => {
            problems.add(name, "Please choose yes or no.");
            None
        }
    }
}

/// The form filled with what an entry says.
pub(super) fn of(entry: &Entry) -> Form {
    let content = &entry.content;
    let yes = |value: bool| if value { "yes" } else { "no" }.to_owned();
    Form::of([
        ("enrolment", entry.enrolment.to_string()),
        ("placement", content.placement.to_string()),
        ("day", content.when.day.to_string()),
        ("start", content.when.start.strftime("%H:%M").to_string()),
        ("end", content.when.end.strftime("%H:%M").to_string()),
        ("category", content.category.code().to_owned()),
        ("domain", content.domain.code().to_owned()),
        ("format", content.format.code().to_owned()),
        ("hours", content.hours.code().to_owned()),
        ("people", content.people.code().to_owned()),
        ("direct", yes(content.direct)),
        ("observed", yes(content.observed)),
        ("note", content.note.to_string()),
        ("learned", content.learned.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("safe", content.safe_because.as_ref().map(ToString::to_string).unwrap_or_default()),
    ])
}
