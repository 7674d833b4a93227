//! The verification pages. Nothing on them is green that was not checked.

use axum::{
    extract::{Path, RawQuery},
    response::{IntoResponse as _, Response},
};
use domain::{
    Look as _,
    credentials::{self, Presented, Report, UtcTime, Verdict},
};
use http::{StatusCode, header};
use jiff::civil::Date;
use leptos::prelude::*;
use types::{CertificateId, Moment};

use super::words;
use crate::{
    error::Refusal,
    form::{Form, Problems, Sheet},
    request::Visit,
    routes::Route,
    shell::{Page, Section},
    ui::{self, Text},
    when,
};

/// GET /verify?id=…: the form, or right to the certificate.
pub async fn verify(visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Refusal> {
    let form = Form::parse(query.as_deref().unwrap_or_default());
    let typed = form.get("id").trim().to_owned();
    if typed.is_empty() {
        return Ok(ask(&visit, &Sheet::default()));
    }
    look_up(&visit, Form::of([("credential", typed.as_str())])).await
}

/// POST /verify: a number, an address, or the signed text itself.
pub async fn present(visit: Visit, form: Form) -> Result<Response, Refusal> {
    let typed = form.get("credential").trim().to_owned();
    if typed.is_empty() {
        let mut problems = Problems::default();
        problems.add("credential", "Please type or paste a certificate’s number, its address, or its signed text.");
        return Ok(ask(&visit, &Sheet { form, problems }));
    }
    look_up(&visit, form).await
}

/// A number leads to its page, a signed text to its report. What is neither comes back with its field, since
/// a slip of the finger is not a forgery.
async fn look_up(visit: &Visit, form: Form) -> Result<Response, Refusal> {
    let typed = form.get("credential").trim().to_owned();
    let message = match Presented::read(&typed, visit.issuer.base()) {
        Presented::Number(number) => {
            if let Ok(certificate) = number.parse::<CertificateId>()
                && credentials::is_known(&visit.read(), certificate).await?
            {
                return Ok(visit.redirect(Route::Certificate { certificate }));
            }
            NO_SUCH_NUMBER
        }
        Presented::OtherLink => {
            "This address does not lead to a certificate of this organization. Open it, and check who gave the certificate."
        }
        // A signed text has dots in it, and nothing that people type by hand is as long.
        Presented::Token(token) if !token.contains('.') || token.len() < SHORTEST_TOKEN => {
            "This is not a certificate’s number, its address, or its whole signed text. Please check it for slips."
        }
        Presented::Token(_) | Presented::Document => {
            let report = check(visit, &typed).await?;
            return Ok(show(visit, Told::one(report), None));
        }
    };
    let mut problems = Problems::default();
    problems.add("credential", message);
    Ok(ask(visit, &Sheet { form, problems }))
}

const NO_SUCH_NUMBER: &str = "We have no certificate with this number. Please check it for slips, digit by digit.";
/// No certificate is signed in fewer letters.
const SHORTEST_TOKEN: usize = 100;

/// GET /certificates/{id}?at=DAY, and GET /certificates/{id}.jwt
pub async fn certificate(visit: Visit, Path(name): Path<String>, RawQuery(query): RawQuery) -> Result<Response, Refusal> {
    if let Some(id) = name.strip_suffix(".jwt") {
        return signed_file(&visit, id).await;
    }
    let id = name.parse::<CertificateId>().ok();
    let known = match id {
        Some(id) => credentials::is_known(&visit.read(), id).await?,
        None => false,
    };
    let (Some(id), true) = (id, known) else {
        let mut problems = Problems::default();
        problems.add("credential", NO_SUCH_NUMBER);
        let mut page = ask(&visit, &Sheet { form: Form::of([("credential", name.as_str())]), problems });
        *page.status_mut() = StatusCode::NOT_FOUND;
        return Ok(page);
    };
    let form = Form::parse(query.as_deref().unwrap_or_default());
    let mut problems = Problems::default();
    let asked = form.get("at").trim();
    let told = match asked.parse::<Date>() {
        _ if asked.is_empty() => None,
        // What holds today is what holds now.
        Ok(day) if day == when::in_zone(visit.read().now(), &visit.site.zone).date() => None,
        Ok(day) => {
            let told = on_day(&visit, id, day).await?;
            if told.is_none() {
                problems.add("at", NO_SUCH_DAY);
            }
            told
        }
        Err(_) => {
            problems.add("at", NO_SUCH_DAY);
            None
        }
    };
    let told = match told {
        Some(told) => told,
        None => Told::one(check(&visit, &id.to_string()).await?),
    };
    Ok(show(&visit, told, Some(Own { id, sheet: Sheet { form, problems } })))
}

const NO_SUCH_DAY: &str = "We could not read this day. Please write it like 2026-10-01.";

/// What there is to tell.
struct Told {
    /// The answer; of a day, the one at its end.
    report: Report,
    /// One answer after the other, where it was in force for a part of the day only; otherwise none.
    parts: Vec<Report>,
}

impl Told {
    fn one(report: Report) -> Self {
        Self { report, parts: Vec::new() }
    }

    /// Of a day on which it was not in force all the time, it is never said that it was.
    fn of_day(reports: Vec<Report>) -> Option<Self> {
        let report = reports.last()?.clone();
        let in_part = reports.len() > 1 && reports.iter().any(|report| report.verdict == Verdict::Valid);
        Some(Self { report, parts: if in_part { reports } else { Vec::new() } })
    }
}

async fn on_day(visit: &Visit, id: CertificateId, day: Date) -> Result<Option<Told>, Refusal> {
    let answer = credentials::check_day(&visit.read(), &visit.issuer, &visit.site.zone, id, day).await.map_err(|error| broken(&error))?;
    Ok(answer.and_then(|day| {
        super::log(&day.faults);
        Told::of_day(day.reports)
    }))
}

async fn check(visit: &Visit, text: &str) -> Result<Report, Refusal> {
    let checked = credentials::check(&visit.read(), &visit.issuer, &visit.site.zone, text, None).await.map_err(|error| broken(&error))?;
    super::log(&checked.faults);
    Ok(checked.report)
}

fn broken(error: &dyn std::error::Error) -> Refusal {
    tracing::error!(error = %error, "a certificate could not be checked");
    Refusal::Unavailable
}

async fn signed_file(visit: &Visit, id: &str) -> Result<Response, Refusal> {
    let id: CertificateId = id.parse().map_err(|_| Refusal::NotFound)?;
    let token = credentials::newest_document(&visit.read(), id).await?.ok_or(Refusal::NotFound)?;
    // The pages of other sites may read it, as they may read the keys and the lists that it is checked with.
    let public = (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    Ok(([(header::CONTENT_TYPE, "application/vc+jwt"), (header::CACHE_CONTROL, "no-cache"), public], token).into_response())
}

fn ask(visit: &Visit, sheet: &Sheet) -> Response {
    visit.page(
        Page::new("Check a certificate").section(Section::Verify).status(sheet.status()),
        view! {
            {ui::head(Vec::new(), "Check a certificate", "Is it genuine, and is it in force? You need no account.")}
            {ui::error_summary(sheet, "Nothing was checked yet.")}
            <form method="post" action=Route::Verify.to_string() novalidate=true>
                {ui::section("The certificate", view! {
                    {ui::textarea(sheet, ui::Texts {
                        name: "credential",
                        label: "Its number, its address, or its signed text",
                        hint: "The number and the address stand on the certificate. The signed text is in the file that ends in .jwt.",
                        limit: 0,
                    })}
                    {ui::button("Check it")}
                })}
            </form>
            {ui::section("What we keep of this", view! { <p>"Nothing. Nobody is told that you looked."</p> })}
        },
    )
}

/// What is known beside the report of a certificate that has its page here.
struct Own {
    id: CertificateId,
    /// The question about another day.
    sheet: Sheet,
}

fn show(visit: &Visit, told: Told, own: Option<Own>) -> Response {
    let Told { report, parts } = told;
    let (id, sheet) = own.map_or((None, None), |own| (Some(own.id), Some(own.sheet)));
    let zone = &visit.site.zone;
    let day = |time: UtcTime| when::day(Moment(time.0), zone);
    let today = report.at == report.checked_at;
    let in_part = !parts.is_empty();
    let (title, mark, class) = if in_part { words::IN_PART } else { words::verdict(&report, today) };
    let sentence = if in_part { words::sentence_in_part(&day(report.at)) } else { words::sentence(&report, &day(report.at)) };
    let certificate = report.certificate.as_ref().map(|facts| {
        let until = facts.valid_until.map_or_else(|| " on".to_owned(), |until| format!(" to {}", day(until)));
        let mut rows = vec![
            ("Name", facts.holder.clone().into_any()),
            ("Certificate", facts.credential.clone().into_any()),
            ("Given by", facts.issuer.clone().into_any()),
            ("Awarded", day(facts.awarded_date).into_any()),
            ("Its dates", format!("{}{until}", day(facts.valid_from)).into_any()),
        ];
        match (report.verdict, facts.status_since.map(|since| day(since).into_any())) {
            (Verdict::Revoked, Some(day)) => rows.push(("Revoked on", day)),
            (Verdict::Suspended, Some(day)) => rows.push(("Suspended on", day)),
            _ => {}
        }
        if let Some(id) = id {
            rows.push(("Number", view! { <span class="num">{id.to_string()}</span> }.into_any()));
        }
        view! { <section class="sec first"><h2>"The certificate"</h2><div class="body">{ui::facts(rows)}</div></section> }
    });
    let parts = parts.iter().enumerate().map(|(n, part)| {
        let from = if n == 0 { "the beginning of the day".to_owned() } else { when::time(Moment(part.at.0), zone) };
        view! { <p>{format!("From {from}: {}.", words::part(part.verdict))}</p> }
    });
    let parts = parts.collect_view();
    let parts = in_part.then(|| ui::section("That day", parts));
    let checks = report.checks.iter().map(|check| {
        let (mark, word) = words::outcome(check);
        let message = check.message.to_string();
        view! { <li><h3>{words::name(check.name)}</h3>{ui::status(mark, word)}<p>{message}</p></li> }
    });
    let checks = checks.collect_view();
    let checked = format!("Checked on {}. This page is made anew each time.", when::day_and_time(Moment(report.checked_at.0), zone));
    let advice = if in_part { Some(words::ADVICE_IN_PART) } else { words::advice(&report) };
    let advice = advice.map(|advice| {
        ui::section(
            "What to do",
            view! { <p>{advice}</p> <p class="row"><a class="tap" href=Route::Verify.to_string()>"Check another one"</a></p> },
        )
    });
    let summary = sheet.as_ref().map(|sheet| ui::error_summary(sheet, "This is the answer for today."));
    let another = sheet.map(|sheet| {
        ui::section("On another day", view! {
            <form method="get">
                {ui::field(&sheet, Text { name: "at", label: "Was it in force on", hint: "A day you paid or hired, for example", kind: "date", autocomplete: "off", width: "short" })}
                <p class="row after"><button class="btn second">"Check that day"</button></p>
            </form>
        })
    });
    let proof = id.map(|id| {
        let file = format!("{}.jwt", Route::Certificate { certificate: id });
        view! { <p>"Keep your own proof: "<a href=file>"the signed file"</a>". It can be checked with our published keys, also by other programs."</p> }
    });
    visit.page(
        Page::new(format!("{title}: certificate")).section(Section::Verify),
        view! {
            {summary}
            <div class=class>{ui::mark(mark)}<div class="flow"><h1>{title}</h1><p class="lede">{sentence}</p></div></div>
            {certificate}
            {parts}
            {ui::section(if in_part { "Six checks, after the last change of that day" } else { "Six checks" }, view! { <ul class="checks">{checks}</ul> <p class="small soft after">{checked}</p> })}
            {advice}
            {another}
            {ui::section("What this does not say", view! {
                <p>"It does not say that a state, a payer or a site accepts this certificate for a given job. Ask them. A certificate of completion says that somebody finished a course; it is not a certification."</p>
                {proof}
            })}
        },
    )
}
