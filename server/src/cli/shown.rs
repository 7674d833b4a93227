//! Findings and tables as people read them in a terminal.

use std::fmt::Write as _;

use domain::curriculum::{self, Coverage, Finding, Source};
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteDiagnostic, NamedSource, Report, Severity};
use types::{Domain, Minutes};

use super::tell;

/// Something said beside the answer.
pub(super) fn aside(words: &str) {
    tell(words);
}

/// A finding with its place and the words underlined.
pub(super) fn finding(finding: &Finding, source: &Source, color: bool) -> String {
    let severity = if curriculum::is_warning(finding) { Severity::Warning } else { Severity::Error };
    let mut diagnostic =
        MietteDiagnostic::new(finding.message.clone()).with_code(finding.code).with_severity(severity).with_help(finding.mend.clone());
    let Some(text) = source.text(&finding.path) else { return finding.to_string() };
    diagnostic = diagnostic.with_label(LabeledSpan::underline(place(text, finding)));
    let report = Report::new(diagnostic).with_source_code(NamedSource::new(&finding.path, text.to_owned()));
    let theme = if color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let mut out = String::new();
    match GraphicalReportHandler::new_themed(theme).with_width(100).with_context_lines(1).render_report(&mut out, report.as_ref()) {
        Ok(()) => out,
        Err(_) => finding.to_string(),
    }
}

/// The bytes that a finding is about: what it names, or the rest of its line.
fn place(text: &str, finding: &Finding) -> std::ops::Range<usize> {
    let start: usize = text.split_inclusive('\n').take(finding.line.saturating_sub(1)).map(str::len).sum();
    let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let byte = |chars: usize| line.char_indices().nth(chars).map_or(line.len(), |(at, _)| at);
    let from = byte(finding.column.saturating_sub(1));
    let to = if finding.length == 0 { line.len() } else { byte(finding.column.saturating_sub(1) + finding.length) };
    start + from..start + to
}

/// Where each competency is taught, checked and practiced, and the hours by module and domain.
pub(super) fn coverage(coverage: &Coverage) -> String {
    let mut out = String::from("competency  taught in           checked  examined  practiced\n");
    for row in &coverage.competencies {
        let taught = if row.taught.is_empty() { "-".to_owned() } else { row.taught.join(" ") };
        let _ = writeln!(out, "{:<11} {taught:<20} {:>6}  {:>8}  {:>9}", row.id, row.checked, row.examined, row.practiced);
    }
    let _ = write!(out, "\nhours       live   self  (measured)");
    for domain in Domain::ALL {
        let _ = write!(out, "   {}", domain.code());
    }
    out.push('\n');
    let mut sums = vec![Minutes::ZERO; 3 + Domain::ALL.len()];
    for row in &coverage.modules {
        let mut figures = vec![row.live, row.alone, row.measured];
        figures.extend(Domain::ALL.iter().map(|domain| row.domains.get(domain).copied().unwrap_or(Minutes::ZERO)));
        line(&mut out, &row.id, &figures);
        for (sum, figure) in sums.iter_mut().zip(figures) {
            *sum += figure;
        }
    }
    line(&mut out, "all", &sums);
    if !coverage.blueprint.is_empty() {
        let _ = write!(out, "{:<30}    ", "blueprint");
        for domain in Domain::ALL {
            let _ = write!(out, " {:>5}", hours(coverage.blueprint.get(domain).copied().unwrap_or(Minutes::ZERO)));
        }
        out.push('\n');
    }
    out
}

fn line(out: &mut String, name: &str, figures: &[Minutes]) {
    let _ = write!(out, "{name:<10}");
    for (n, figure) in figures.iter().enumerate() {
        let width = if n == 2 { 10 } else { 5 };
        let _ = write!(out, " {:>width$}", hours(*figure));
    }
    out.push('\n');
}

/// `2.5`
fn hours(minutes: Minutes) -> String {
    let text = format!("{:.2}", f64::from(minutes.0) / 60.0);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
