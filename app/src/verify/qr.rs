//! The square code that leads a telephone to an address.

use fast_qr::{ECL, QRBuilder};
use leptos::prelude::*;

/// Free squares on each side, as the standard asks for (ISO/IEC 18004, 4 modules).
const FREE: usize = 4;

/// The code of an address as a picture; nothing where it is too long for one, which ours never is.
pub(super) fn code(address: &str, words: &'static str) -> Option<AnyView> {
    let rows = rows(address)?;
    let side = rows.len() + 2 * FREE;
    let view_box = format!("0 0 {side} {side}");
    Some(view! { <svg class="qr" role="img" aria-label=words viewBox=view_box shape-rendering="crispEdges"><path d=path(&rows)></path></svg> }.into_any())
}

/// Which squares are dark, row by row.
fn rows(address: &str) -> Option<Vec<Vec<bool>>> {
    // A fold or a stain may cost a sixth of it.
    let code = QRBuilder::new(address).ecl(ECL::M).build().ok()?;
    Some(code.data.chunks(code.size).take(code.size).map(|row| row.iter().map(|square| square.value()).collect()).collect())
}

/// One outline of all dark squares, a run of them at a time.
fn path(rows: &[Vec<bool>]) -> String {
    let mut path = String::new();
    for (y, row) in rows.iter().enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|one, other| one == other) {
            if run.first() == Some(&true) {
                path += &format!("M{} {}h{}v1h-{}z", x + FREE, y + FREE, run.len(), run.len());
            }
            x += run.len();
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_of_codes_reads_the_address() {
        const SQUARE: usize = 8;
        for address in ["http://127.0.0.1:3000/certificates/0193a5b0-0000-7000-8000-000000000000", "https://training.example.org/a"] {
            let rows = rows(address).unwrap();
            let side = (rows.len() + 2 * FREE) * SQUARE;
            let dark = |at: usize| (at / SQUARE).checked_sub(FREE);
            let is_dark = |x, y| dark(x).zip(dark(y)).and_then(|(x, y)| rows.get(y)?.get(x).copied()).unwrap_or(false);
            let mut picture = rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| if is_dark(x, y) { 0 } else { 255 });
            let (_, read) = picture.detect_grids().first().unwrap().decode().unwrap();
            assert_eq!(read, address);
        }
    }

    #[test]
    fn the_outline_holds_just_the_dark_squares() {
        assert_eq!(path(&[vec![true, true, false, true], vec![false; 4]]), "M4 4h2v1h-2zM7 4h1v1h-1z");
    }
}
