//! Tables as `CommonMark` writes them, mended for those who hear them.

use super::markdown::escape;

/// How a table begins: a region that can be scrolled, called by its number and the heading that it stands under.
pub(super) fn open(number: usize, heading: &str) -> String {
    let about = if heading.is_empty() { String::new() } else { format!(": {}", escape(heading)) };
    format!(r#"<div class="scroll" role="region" aria-label="Table {number}{about}" tabindex="0">"#)
}

/// A corner without words heads nothing; where a table has one, the first cell of each row heads its row.
pub(super) fn with_row_headers(html: &str) -> String {
    let tables = html.split_inclusive("</table>").map(|piece| match piece.split_once("<tbody>") {
        Some((head, body)) if head.contains("<thead><tr><th></th>") => {
            let mut rows = body.split("<tr><td");
            let first = format!("{head}<tbody>{}", rows.next().unwrap_or_default());
            rows.fold(first, |table, row| {
                let is_empty = row.split_once('>').is_some_and(|(_, cell)| cell.starts_with("</td>"));
                let headed = format!(r#"<tr><th scope="row"{}"#, row.replacen("</td>", "</th>", 1));
                table + &if is_empty { format!("<tr><td{row}") } else { headed }
            })
        }
        _ => piece.to_owned(),
    });
    tables.collect::<String>().replace("<th></th>", "<td></td>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_have_headers_where_the_corner_is_empty() {
        let table = |corner: &str| {
            format!(
                "<table><thead><tr><th>{corner}</th><th>B</th></tr></thead><tbody>\n<tr><td>1</td><td>2</td></tr>\n<tr><td>3</td><td>4</td></tr></tbody></table>"
            )
        };
        let with = "<table><thead><tr><td></td><th>B</th></tr></thead><tbody>\n<tr><th scope=\"row\">1</th><td>2</td></tr>\n<tr><th scope=\"row\">3</th><td>4</td></tr></tbody></table>";
        assert_eq!(with_row_headers(&format!("{}<p>x</p>{}", table(""), table("A"))), format!("{with}<p>x</p>{}", table("A")));
        let aligned = table("").replace("<td>", r#"<td style="text-align: right">"#).replace(">3</td>", "></td>");
        let aligned = with_row_headers(&aligned);
        assert!(aligned.contains(r#"<tr><th scope="row" style="text-align: right">1</th>"#), "{aligned}");
        assert!(aligned.contains(r#"<tr><td style="text-align: right"></td>"#), "nothing heads nothing: {aligned}");
    }
}
