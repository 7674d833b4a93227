//! What somebody follows out of a page, as islands see it that hold something unsaved.

use leptos::ev;
use web_sys::wasm_bindgen::JsCast as _;

/// The address of the link that a click is on; nothing where it stays on the page.
pub(crate) fn followed(event: &ev::MouseEvent) -> Option<String> {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let link = target.and_then(|target| target.closest("a[href]").ok().flatten());
    link.and_then(|link| link.get_attribute("href")).filter(|address| !address.starts_with('#'))
}

/// Whether it leads to help, which is never held, nor asked about.
pub(crate) fn is_help(address: &str) -> bool {
    address == "/help" || ["tel:", "sms:"].iter().any(|way| address.starts_with(way))
}
