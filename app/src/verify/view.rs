//! The page of what is told of a certificate. Nothing on it is green that was not checked.

use axum::response::Response;
use domain::credentials::Verdict;
use leptos::prelude::*;
use types::CertificateId;

use super::{
    checks::checks,
    told::{Asked, Told},
    words::Words,
};
use crate::{
    form::{Form, Sheet},
    request::Visit,
    routes::Route,
    shell::{Page, Section},
    ui::{self, Text},
};

/// Where it is told.
#[derive(Debug, Clone)]
pub(super) enum Place {
    /// On the certificate's own page.
    Own {
        /// Its number.
        id: CertificateId,
        /// The day that was asked about; empty for now.
        at: String,
    },
    /// Under the form where its text was pasted.
    Pasted {
        /// Its number, where it is one of ours: its page has something newer to say.
        page: Option<CertificateId>,
    },
}

/// Draws it.
pub(super) fn show(visit: &Visit, told: &Told, place: &Place) -> Response {
    let words = Words { told, zone: &visit.site.zone, organization: &visit.site.organization };
    let (title, mark, class) = words.heading();
    let sentence = words.sentence();
    let since = words.since().map(|since| view! { <p><strong>{since}</strong></p> });
    visit.page(
        Page::new(format!("{title}: certificate")).section(Section::Verify).never_kept(),
        view! {
            <div class=class>{ui::mark(mark)}<div class="flow"><h1>{title}</h1><p class="lede">{sentence}</p>{since}</div></div>
            {facts(words, place)}
            {that_day(words)}
            {checks(words)}
            {what_to_do(words, place)}
            {own(words, place)}
            {limits()}
            {to_keep(words, place)}
            <section class="sec noprint">
                <h2>"Another certificate"</h2>
                <div class="body"><p class="row"><a class="tap" href=Route::Verify.to_string()>"Check another one"</a></p></div>
            </section>
        },
    )
}

fn facts(words: Words<'_>, place: &Place) -> Option<AnyView> {
    let report = &words.told.report;
    let facts = report.certificate.as_ref()?;
    let until = facts.valid_until.map_or_else(|| " on".to_owned(), |until| format!(" to {}", words.day(until)));
    let mut rows = vec![
        ("Name", facts.holder.clone().into_any()),
        ("Certificate", facts.credential.clone().into_any()),
        ("Given by", facts.issuer.clone().into_any()),
        ("Awarded", words.day(facts.awarded_date).into_any()),
        ("Its dates", format!("{}{until}", words.day(facts.valid_from)).into_any()),
    ];
    match (report.verdict, facts.status_since.map(|since| words.day(since).into_any())) {
        (Verdict::Revoked, Some(day)) => rows.push(("Revoked on", day)),
        (Verdict::Suspended, Some(day)) => rows.push(("Suspended on", day)),
        _ => {}
    }
    if let Place::Own { id, .. } = place {
        rows.push(("Number", view! { <span class="num">{id.to_string()}</span> }.into_any()));
    }
    // On paper, too, it says where to look again.
    rows.push(("Address", facts.id.clone().into_any()));
    Some(view! { <section class="sec first"><h2>"The certificate"</h2><div class="body">{ui::facts(rows)}</div></section> }.into_any())
}

fn that_day(words: Words<'_>) -> Option<AnyView> {
    let lines = words.parts();
    if lines.is_empty() {
        return None;
    }
    let heading = if words.told.asked == Asked::Today { "That day so far" } else { "That day" };
    let lines = lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
    Some(ui::section(heading, view! { {lines} <p class="small soft">{words.clock()}</p> }))
}

fn what_to_do(words: Words<'_>, place: &Place) -> Option<AnyView> {
    let advice = words.advice().map(|advice| view! { <p>{advice}</p> });
    let page = match place {
        Place::Pasted { page: Some(certificate) } => Some(Route::Certificate { certificate: *certificate }.to_string()),
        Place::Own { .. } | Place::Pasted { page: None } => None,
    };
    if advice.is_none() && page.is_none() {
        return None;
    }
    let page = page.map(|page| view! { <p class="row"><a class="tap" href=page>"See its page"</a></p> });
    Some(ui::section("What to do", view! { {advice} {page} }))
}

fn own(words: Words<'_>, place: &Place) -> Option<AnyView> {
    let Place::Own { at, .. } = place else { return None };
    Some(which_day("On another day", &Sheet::fresh(Form::of([("at", at.as_str())])), Some(words.clock())))
}

/// The question about a day.
pub(super) fn which_day(heading: &'static str, sheet: &Sheet, clock: Option<String>) -> AnyView {
    let day = Text {
        name: "at",
        label: "Was it in force on",
        hint: "A day you paid or hired, for example",
        kind: "date",
        autocomplete: "off",
        width: "short",
    };
    let clock = clock.map(|clock| view! { <p class="small soft">{clock}</p> });
    view! {
        <section class="sec noprint">
            <h2>{heading}</h2>
            <div class="body flow">
                <form method="get">
                    {ui::field(sheet, day)}
                    <p class="row after"><button class="btn second">"Check that day"</button></p>
                </form>
                {clock}
            </div>
        </section>
    }
    .into_any()
}

fn limits() -> AnyView {
    ui::section(
        "What this does not say",
        view! {
            <p>"It does not say that a state, a payer or a site accepts this certificate for a given job. Ask them. A certificate of completion says that somebody finished a course; it is not a certification."</p>
        },
    )
}

/// The sheet to print, where it is in force now, and the signed file.
fn to_keep(words: Words<'_>, place: &Place) -> Option<AnyView> {
    let Place::Own { id: certificate, .. } = *place else { return None };
    let told = words.told;
    let sheet = (told.asked == Asked::Now && told.report.verdict == Verdict::Valid).then(|| {
        let sheet = Route::CertificateSheet { certificate }.to_string();
        view! { <p class="row"><a class="btn second" href=sheet>"See it as a sheet to print"</a></p> }
    });
    let file = Route::SignedCertificate { certificate }.to_string();
    let proof = view! { <p>"Keep your own proof: "<a href=file>"the signed file"</a>". It can be checked with our published keys, also by other programs."</p> };
    Some(ui::section("To keep", view! { {sheet} {proof} }))
}
