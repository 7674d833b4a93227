//! The verification pages: the form that takes what people have in hand, and the page of each certificate.

use axum::{
    extract::{Path, RawQuery},
    response::{IntoResponse as _, Response},
};
use domain::credentials;
use http::{StatusCode, header};
use leptos::prelude::*;
use types::CertificateId;

use super::{
    pasted::{self, Pasted},
    told::Told,
    view::{self, Place},
};
use crate::{
    error::Refusal,
    form::{self, Form, Problems, Sheet},
    request::Visit,
    routes::Route,
    shell::{Page, Section},
    ui,
};

/// GET /verify?id=…: the form, or right to the certificate.
pub async fn verify(visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Refusal> {
    let form = Form::parse(query.as_deref().unwrap_or_default());
    let typed = form.get("id").trim().to_owned();
    if typed.is_empty() {
        return Ok(ask(&visit, &Sheet::default(), NOTHING_CHECKED));
    }
    look_up(&visit, Form::of([("credential", typed)])).await
}

/// POST /verify: a number, an address, or the signed text itself.
pub async fn present(visit: Visit, form: Form) -> Result<Response, Refusal> {
    if form.get("credential").trim().is_empty() {
        let message = "Please type or paste a certificate’s number, its address, or its signed text.".to_owned();
        return Ok(back(&visit, form, NOTHING_CHECKED, message));
    }
    look_up(&visit, form).await
}

/// A number leads to its page, and so does a signed text of ours. What cannot be read comes back with its field.
async fn look_up(visit: &Visit, form: Form) -> Result<Response, Refusal> {
    let message = match pasted::read(form.get("credential"), visit.issuer.base()) {
        Pasted::Number { id, at } => {
            if credentials::is_known(&visit.read(), id).await? {
                let page = Route::Certificate { certificate: id };
                return Ok(visit.redirect(at.map_or_else(|| page.to_string(), |at| format!("{page}?at={}", form::encode(&at)))));
            }
            return Ok(back(visit, form, NOTHING_FOUND, no_such_number(visit)));
        }
        Pasted::Text(text) => return judge(visit, &text).await,
        Pasted::BrokenText => BROKEN.to_owned(),
        Pasted::TooMuch => TOO_MUCH.to_owned(),
        Pasted::OtherAddress => format!(
            "This is not the address of a certificate of ours: those begin with {}/certificates/. We know nothing about it. Ask the person, or the organization, by a telephone number or an address that you know from elsewhere.",
            visit.site.public_url
        ),
        Pasted::Nothing => NOT_READ.to_owned(),
    };
    Ok(back(visit, form, NOTHING_CHECKED, message))
}

const BROKEN: &str = "This is not one whole signed text, or it was changed on its way. Open the file that ends in .jwt, and copy all that is in it, and nothing else.";
const TOO_MUCH: &str = "This address has something behind the number that we cannot check. Copy it only as far as the number.";
const NOT_READ: &str = "This is not a certificate’s number, its address, or its whole signed text. A number has 32 digits and letters, in five groups. Please check it for slips.";
const NO_SUCH_FORM: &str =
    "We do not have this certificate in that form. “Check it” leads to its page, and there is its signed file, which ends in .jwt.";
const NOTHING_CHECKED: &str = "Nothing was checked yet.";
const NOTHING_FOUND: &str = "We looked, and found nothing.";

fn no_such_number(visit: &Visit) -> String {
    let organization = &visit.site.organization;
    format!(
        "{organization} did not issue a certificate with this number. Please check it for slips, digit by digit. If each digit is right, do not rely on it."
    )
}

/// What reads as a certificate is checked. The newest that we have under a number is shown on its own page.
async fn judge(visit: &Visit, text: &str) -> Result<Response, Refusal> {
    let told = Told::of_now(visit, text).await?;
    // Its facts are there only where the signature, the issuer and the contents passed.
    let id = told.report.certificate.as_ref().and_then(|facts| visit.issuer.base().certificate_number(&facts.id));
    let id = id.and_then(|number| number.parse::<CertificateId>().ok());
    if let Some(certificate) = id
        && credentials::newest_document(&visit.read(), certificate).await?.as_deref() == Some(text)
    {
        return Ok(visit.redirect(Route::Certificate { certificate }));
    }
    Ok(view::show(visit, &told, &Place::Pasted { page: id }))
}

/// GET /certificates/{id}?at=DAY, and GET /certificates/{id}.jwt
pub async fn certificate(visit: Visit, Path(name): Path<String>, RawQuery(query): RawQuery) -> Result<Response, Refusal> {
    let (number, kind) = name.split_once('.').unwrap_or((name.as_str(), ""));
    let id = number.parse::<CertificateId>().ok();
    if kind.eq_ignore_ascii_case("jwt") {
        return signed_file(&visit, id.ok_or(Refusal::NotFound)?).await;
    }
    let Some(id) = id else { return Ok(missing(&visit, &name, NOTHING_CHECKED, NOT_READ.to_owned())) };
    if !credentials::is_known(&visit.read(), id).await? {
        return Ok(missing(&visit, number, NOTHING_FOUND, no_such_number(&visit)));
    }
    if !kind.is_empty() {
        return Ok(missing(&visit, number, NOTHING_CHECKED, NO_SUCH_FORM.to_owned()));
    }
    let form = Form::parse(query.as_deref().unwrap_or_default());
    let at = form.get("at").trim();
    if at.is_empty() {
        let told = Told::of_now(&visit, &id.to_string()).await?;
        return Ok(view::show(&visit, &told, &Place::Own { id, at: String::new() }));
    }
    let Some(day) = form::day(at) else {
        return Ok(which_day(&visit, id, "", &format!("We read “{}”, and that is not a day. Please choose one.", shortened(at))));
    };
    match Told::of_day(&visit, id, day).await? {
        Some(told) => Ok(view::show(&visit, &told, &Place::Own { id, at: at.to_owned() })),
        None => Ok(which_day(&visit, id, at, "This day is too far away. Please choose a nearer one.")),
    }
}

/// GET /certificates/{id}/: letters and forms like to put a slash behind an address.
pub async fn with_slash(visit: Visit, Path(name): Path<String>, RawQuery(query): RawQuery) -> Result<Response, Refusal> {
    let certificate = name.parse::<CertificateId>().map_err(|_| Refusal::NotFound)?;
    let page = Route::Certificate { certificate };
    Ok(visit.redirect(query.map_or_else(|| page.to_string(), |query| format!("{page}?{query}"))))
}

/// As much of what was typed as fits into a sentence.
fn shortened(text: &str) -> String {
    const FITS: usize = 40;
    let more = if text.chars().count() > FITS { "…" } else { "" };
    text.chars().take(FITS).chain(more.chars()).collect()
}

async fn signed_file(visit: &Visit, id: CertificateId) -> Result<Response, Refusal> {
    let token = credentials::newest_document(&visit.read(), id).await?.ok_or(Refusal::NotFound)?;
    // The pages of other sites may read it, as they may read the keys and the lists that it is checked with.
    let public = (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    Ok(([(header::CONTENT_TYPE, "application/vc+jwt"), (header::CACHE_CONTROL, "no-cache"), public], token).into_response())
}

/// The form again, with what was typed and what is wrong with it.
fn back(visit: &Visit, form: Form, kept: &'static str, message: String) -> Response {
    let mut problems = Problems::default();
    problems.add("credential", message);
    ask(visit, &Sheet { form, problems }, kept)
}

/// The form on the page of a certificate that is not there.
fn missing(visit: &Visit, number: &str, kept: &'static str, message: String) -> Response {
    let mut problems = Problems::default();
    problems.add("credential", message);
    let page = Page::new("No such certificate").status(StatusCode::NOT_FOUND);
    draw(visit, page, &Sheet { form: Form::of([("credential", number)]), problems }, kept)
}

fn ask(visit: &Visit, sheet: &Sheet, kept: &'static str) -> Response {
    draw(visit, Page::new("Check a certificate").status(sheet.status()), sheet, kept)
}

fn draw(visit: &Visit, page: Page, sheet: &Sheet, kept: &'static str) -> Response {
    let page = page.section(Section::Verify);
    // What was not found today may be there tomorrow.
    let page = if sheet.problems.is_empty() { page } else { page.never_kept() };
    visit.page(
        page,
        view! {
            {ui::head(Vec::new(), "Check a certificate", "Is it genuine, and is it in force? You need no account.")}
            {ui::error_summary(sheet, kept)}
            <form method="post" action=Route::Verify.to_string() novalidate=true>
                {ui::section("The certificate", view! {
                    {ui::textarea(sheet, ui::Texts {
                        name: "credential",
                        label: "Its number, its address, or its signed text",
                        hint: "The number and the address stand on the certificate. The signed text is in the file that ends in .jwt.",
                    })}
                    {ui::button("Check it")}
                })}
            </form>
            {ui::section("What we keep of this", view! { <p>"Nothing. Nobody is told that you looked."</p> })}
        },
    )
}

/// Asks again for a day that could not be read, and says nothing of the certificate: no answer for another day may be
/// taken for the one that was asked for.
fn which_day(visit: &Visit, id: CertificateId, at: &str, message: &str) -> Response {
    let mut problems = Problems::default();
    problems.add("at", message);
    let sheet = Sheet { form: Form::of([("at", at)]), problems };
    let page = Route::Certificate { certificate: id }.to_string();
    visit.page(
        Page::new("Which day do you mean?").section(Section::Verify).status(sheet.status()).never_kept(),
        view! {
            {ui::head(Vec::new(), "Which day do you mean?", format!("This is about the certificate with the number {id}."))}
            {ui::error_summary(&sheet, "Nothing was checked for that day.")}
            {view::which_day("The day", &sheet, None)}
            {ui::section("Without a day", view! { <p class="row"><a class="tap" href=page>"See whether it is in force now"</a></p> })}
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_shortened() {
        assert_eq!(shortened("31/12/2026"), "31/12/2026");
        assert_eq!(shortened(&"é".repeat(50)), format!("{}…", "é".repeat(40)));
    }
}
