//! Figures beside their limits.

/// What was measured, in order.
#[derive(Debug, Default)]
pub(crate) struct Figures(Vec<(String, bool)>);

impl Figures {
    /// At most so much.
    pub(crate) fn at_most(&mut self, what: &str, figure: f64, limit: f64, unit: &str) {
        let share = figure / limit;
        self.0.push((
            format!("{what}: {} {unit}, {share:.2} of the {} {unit} that are the most", short(figure), short(limit)),
            figure <= limit,
        ));
    }

    /// At least so much, against something measured in the same run.
    pub(crate) fn at_least(&mut self, what: &str, ratio: f64, limit: f64) {
        self.0.push((format!("{what}: {ratio:.3}, and {limit:.3} is the least ({:.2} times the limit)", ratio / limit), ratio >= limit));
    }

    /// Holds or does not.
    pub(crate) fn holds(&mut self, what: &str, holds: bool) {
        self.0.push((what.to_owned(), holds));
    }

    /// A figure without a limit.
    pub(crate) fn note(&mut self, words: String) {
        self.0.push((words, true));
    }

    pub(crate) fn told(&self) -> Vec<String> {
        self.0.iter().map(|(words, kept)| format!("{} {words}", if *kept { "  " } else { "✗ " })).collect()
    }

    pub(crate) fn all_kept(&self) -> bool {
        self.0.iter().all(|(_, kept)| *kept)
    }
}

fn short(figure: f64) -> String {
    if figure.fract() == 0.0 { format!("{figure:.0}") } else { format!("{figure:.1}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_limit_shows() {
        let mut figures = Figures::default();
        figures.at_most("style", 19.5, 20.0, "KB");
        assert!(figures.all_kept());
        figures.at_least("a lesson against the floor", 0.19, 0.2);
        assert!(!figures.all_kept());
        assert_eq!(
            figures.told().last().map(String::as_str),
            Some("✗  a lesson against the floor: 0.190, and 0.200 is the least (0.95 times the limit)")
        );
    }
}
