//! Finds detail in a text that may point to a person: telephone numbers, e-mail addresses, long numbers,
//! dates, a title with a name. It only points; a person decides. Pure and small, so that the browser can
//! look while somebody writes and the server looks always.

mod words;

pub use words::{Finding, Kind, find};
