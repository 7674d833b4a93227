//! The parts of a facilitator's guide, named once when it is compiled.

/// A part of a guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuidePart {
    /// The id of its heading.
    pub id: String,
    /// The heading's words, as HTML without tags.
    pub words: String,
}

/// The text of a guide with an id on each heading of a part, and each table called as its part is; and the parts. The
/// text is the compiler's own, which writes these tags in just this form.
pub(super) fn in_parts(html: &str) -> (String, Vec<GuidePart>) {
    let mut texts = html.split("<h2>");
    let mut out = texts.next().unwrap_or_default().to_owned();
    let mut parts: Vec<GuidePart> = Vec::new();
    for text in texts {
        let heading = text.split_once("</h2>").map_or("", |(heading, _)| heading);
        let part = GuidePart { id: format!("part-{}", parts.len() + 1), words: plain(heading) };
        out.push_str(&format!(r#"<h2 id="{}">"#, part.id));
        out.push_str(&tables(text, &part.words));
        parts.push(part);
    }
    (out, parts)
}

/// The words of a heading without its tags.
fn plain(html: &str) -> String {
    let mut pieces = html.split('<');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |words, piece| words + piece.split_once('>').map_or("", |(_, text)| text))
}

/// A part with its tables called by its name, and by their number where they are several. Their roles are written out,
/// since a table that is laid out in another way on a phone would lose them.
fn tables(text: &str, name: &str) -> String {
    const LABEL: &str = r#"aria-label="Table "#;
    let name = name.replace('"', "&quot;");
    let mut pieces = text.split(LABEL);
    let mut out = pieces.next().unwrap_or_default().to_owned();
    let rest: Vec<&str> = pieces.collect();
    for (n, piece) in rest.iter().enumerate() {
        let number = if rest.len() > 1 { format!(", table {}", n + 1) } else { String::new() };
        // The table of an agenda is read in the order of its minutes, so a phone may stack it. Others are compared by row.
        let agenda = if n == 0 && name.starts_with("Agenda") { r#" data-agenda="""# } else { "" };
        out.push_str(&format!(r#"aria-label="{name}{number}"{agenda}"#));
        out.push_str(piece.split_once('"').map_or("", |(_, after)| after));
    }
    if rest.is_empty() {
        return out;
    }
    for (bare, role) in [("<table>", "table"), ("<thead>", "rowgroup"), ("<tbody>", "rowgroup"), ("<tr>", "row"), ("<td>", "cell")] {
        out = out.replace(bare, &bare.replace('>', &format!(r#" role="{role}">"#)));
    }
    out.replace(r#"<th scope="col">"#, r#"<th role="columnheader" scope="col">"#)
        .replace(r#"<th scope="row">"#, r#"<th role="rowheader" scope="row">"#)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guide_is_taken_apart_at_its_headings() {
        let table = r#"<div class="scroll" role="region" aria-label="Table 1" tabindex="0"><table><thead><tr><th scope="col">What</th></tr></thead><tbody><tr><td>x</td></tr></tbody></table></div>"#;
        let html = format!("<p>First</p><h2>Who <em>decides</em> &amp; \"why\"</h2><p>Text</p>{table}<h2>Agenda</h2>{table}{table}");
        let (html, parts) = in_parts(&html);
        let found: Vec<(&str, &str)> = parts.iter().map(|part| (part.id.as_str(), part.words.as_str())).collect();
        assert_eq!(found, [("part-1", "Who decides &amp; \"why\""), ("part-2", "Agenda")]);
        assert!(html.starts_with(r#"<p>First</p><h2 id="part-1">Who <em>decides</em>"#), "{html}");
        for words in [
            r#"aria-label="Who decides &amp; &quot;why&quot;" tabindex="0"><table role="table"><thead role="rowgroup"><tr role="row">"#,
            r#"<th role="columnheader" scope="col">What</th>"#,
            r#"<td role="cell">x</td>"#,
            r#"aria-label="Agenda, table 1""#,
            r#"aria-label="Agenda, table 2""#,
        ] {
            assert!(html.contains(words), "{words} in {html}");
        }
        assert_eq!(in_parts("<p>No heading</p>"), ("<p>No heading</p>".to_owned(), Vec::new()));
    }
}
