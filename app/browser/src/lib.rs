//! The browser's half: wakes the islands of a page. Everything it wakes lives in `app`.

// Without this line nothing of `app` is linked, and every island vanishes without an error (leptos#2083).
extern crate app;

/// Prepares this page for its islands; the script then calls each island's own function.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
