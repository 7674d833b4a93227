//! Every route of the site. The authorization table in `tests/it` names each of them.

use app::{account, assess, home, learn, office, practicum, site::App, trainer, verify};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{HeaderValue, Method, StatusCode, header},
    middleware,
    routing::{get, post},
};
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::CompressionLayer,
    cors::{self, CorsLayer},
    set_header::SetResponseHeaderLayer,
    timeout::TimeoutLayer,
};

use super::{assets, limits, limits::Limits, origin, refusals, server_fns};

/// The most that a form may hold: far above any form of ours, far below what hurts.
pub(super) const BODY_LIMIT: usize = 64 * 1024;

/// The whole site.
pub fn router(app: App, limits: Limits) -> Router {
    let in_time = TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, limits.request_time());
    // Where passwords are tried or chosen, or letters are sent to whom one likes.
    let guarded = Router::new()
        .route("/login", get(account::page::sign_in).post(account::actions::sign_in))
        .route("/signup", get(account::page::sign_up).post(account::actions::sign_up))
        .route("/forgot", get(account::page::forgot).post(account::actions::forgot))
        .route("/confirm", get(account::page::confirm).post(account::actions::confirm))
        .route("/reset", get(account::page::reset).post(account::actions::reset))
        .route("/invitation", get(account::invitation::invitation).post(account::actions::accept))
        .route("/account", get(account::yours::account).post(account::actions::account))
        .layer(middleware::from_fn_with_state(limits.clone(), limits::few_posts));
    let pages = Router::new()
        .route("/", get(home::page::home))
        .route("/help", get(home::help::help))
        .route("/privacy", get(home::page::privacy))
        .route("/access", get(home::page::access))
        .route("/outbox", get(home::outbox::outbox))
        .route("/signup/sent", get(account::page::sign_up_sent))
        .route("/forgot/sent", get(account::page::forgot_sent))
        .route("/logout", post(account::actions::sign_out))
        .route("/office", get(office::page::office).post(office::actions::office))
        .merge(guarded)
        .merge(learn::routes())
        .merge(assess::routes())
        .merge(verify::routes())
        .merge(practicum::routes())
        .merge(trainer::module_routes())
        .merge(trainer::queue_routes())
        .merge(trainer::routes())
        .route("/api/fn/{*name}", post(server_fns::answer))
        .fallback(refusals::not_found)
        .layer(middleware::from_fn_with_state(app.clone(), origin::own_forms_only))
        // Within what draws refusals, so that it is a page too.
        .layer(in_time)
        .layer(middleware::from_fn_with_state((app.clone(), limits.clone()), refusals::draw))
        .layer(CatchPanicLayer::custom(refusals::panicked))
        .layer(CompressionLayer::new().gzip(true).quality(tower_http::CompressionLevel::Fastest))
        .layer(DefaultBodyLimit::max(BODY_LIMIT));
    let machines = verify::machine_routes()
        .merge(
            verify::api_routes()
                .layer(DefaultBodyLimit::max(verify::api::MOST_BYTES))
                .layer(middleware::from_fn_with_state(limits, limits::few_questions)),
        )
        .layer(in_time)
        .layer(middleware::map_response(refusals::in_time_for_a_program))
        .layer(CatchPanicLayer::custom(refusals::panicked_for_a_program))
        .layer(for_every_site());
    Router::new()
        .route("/healthz", get(|| async { "ok" }))
        .route("/assets/{*name}", get(assets::asset))
        .merge(machines)
        .merge(pages)
        .layer(header("x-content-type-options", "nosniff"))
        .layer(header("referrer-policy", "same-origin"))
        .layer(header("cross-origin-opener-policy", "same-origin"))
        .layer(header("permissions-policy", "camera=(), geolocation=(), microphone=()"))
        .with_state(app)
}

/// What machines read is for the pages of every site. No cookie is looked at there.
fn for_every_site() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(cors::Any)
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([header::CONTENT_TYPE])
        .expose_headers([header::RETRY_AFTER])
}

fn header(name: &'static str, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(header::HeaderName::from_static(name), HeaderValue::from_static(value))
}
