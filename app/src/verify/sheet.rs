//! The sheet: a certificate as a page to print, to save and to hang up. It shows only what is in force now, and says
//! only what was signed.

use axum::{extract::Path, response::Response};
use domain::credentials::{
    Report, Verdict,
    format::{AchievementKind, Facts},
};
use leptos::prelude::*;
use types::CertificateId;

use super::{qr, told::Told, words::Words};
use crate::{
    error::Refusal,
    request::Visit,
    routes::Route,
    shell::{Page, Section},
    ui,
};

/// GET /certificates/{id}/sheet
pub async fn sheet(visit: Visit, Path(name): Path<String>) -> Result<Response, Refusal> {
    let id: CertificateId = name.parse().map_err(|_| Refusal::NotFound)?;
    let told = Told::of_now(&visit, &id.to_string()).await?;
    match &told.report {
        Report { verdict: Verdict::Valid, certificate: Some(facts), .. } => Ok(draw(&visit, id, &told, facts)),
        // Its page says what there is to say instead.
        _ => Ok(visit.redirect(Route::Certificate { certificate: id }.to_string())),
    }
}

fn draw(visit: &Visit, certificate: CertificateId, told: &Told, facts: &Facts) -> Response {
    let words = Words { told, zone: &visit.site.zone, organization: &visit.site.organization };
    let is_completion = facts.kind == Some(AchievementKind::CourseCompletion);
    let what = if is_completion { "Certificate of completion" } else { "Certificate" };
    let limit = is_completion.then(|| {
        view! { <p class="sig">"It says that a course was finished. It is not a certification."</p> }
    });
    let until = facts.valid_until.map_or_else(
        || view! { <p>"In force, unless withdrawn"</p> }.into_any(),
        |until| view! { <p>"In force until "<strong>{words.day(until)}</strong>", unless withdrawn"</p> }.into_any(),
    );
    let description = facts.description.clone().map(|words| view! { <p class="what">{words}</p> });
    let page = Route::Certificate { certificate }.to_string();
    // Where the address must break, it breaks before the number.
    let (before, number) =
        facts.id.rsplit_once('/').map_or_else(Default::default, |(before, number)| (format!("{before}/"), number.to_owned()));
    let (holder, credential) = (facts.holder.clone(), facts.credential.clone());
    visit.page(
        Page::new(format!("{what}: {holder}")).section(Section::Verify).never_kept().body_class("cert-page"),
        view! {
            <article class="cert" aria-label=what>
                {strip()}
                <div><p class="org">{facts.issuer.clone()}</p><p class="sub">{what}</p></div>
                <div class="flow">
                    <p class="text">"confirms that"</p>
                    <h1 class="name">{holder}</h1>
                    <p class="text">"has met every requirement of "<strong>{credential}</strong>"."</p>
                    {description}
                </div>
                <div class="feet">
                    <div>{limit}</div>
                    <div>
                        <p>"Awarded "<strong>{words.day(facts.awarded_date)}</strong></p>
                        {until}
                        <p>"Check it any day: "<span class="where">{before}<wbr/>{number}</span></p>
                    </div>
                    {qr::code(&facts.id, "Square code that opens the page of this certificate")}
                </div>
            </article>
            <div class="noprint">
                {ui::section("To print it", view! {
                    <p>"Use the print command of your browser. You can save it as a PDF there, too. It fills one sheet, A4 or Letter."</p>
                    <p class="row"><a class="tap" href=page>"See what an employer sees"</a></p>
                })}
            </div>
        },
    )
}

/// The two paths of the house, along the edge of the sheet.
fn strip() -> AnyView {
    view! {
        <svg class="strip" viewBox="0 0 80 700" preserveAspectRatio="none" aria-hidden="true">
            <path class="mk-a" d="M22 700C22 560 4 500 12 350S34 160 34 0"></path>
            <path class="mk-b" d="M50 700C50 560 32 500 40 350S62 160 62 0"></path>
        </svg>
    }
    .into_any()
}
