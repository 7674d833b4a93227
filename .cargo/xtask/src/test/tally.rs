//! Who ran, how much passed and how much failed.

/// What one runner counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) passed: usize,
    pub(super) failed: usize,
    /// Left out on purpose; named in the sum, never counted as passed.
    pub(super) ignored: usize,
}

/// A check that is one thing: it passed or it did not.
pub(super) fn count(passed: bool) -> Count {
    Count { passed: usize::from(passed), failed: usize::from(!passed), ignored: 0 }
}

/// The runners in their order.
#[derive(Debug, Default)]
pub(super) struct Tally(Vec<(String, Count)>);

impl Tally {
    pub(super) fn add(&mut self, name: &str, count: Count) {
        match self.0.iter_mut().find(|(known, _)| known == name) {
            Some((_, known)) => {
                known.passed += count.passed;
                known.failed += count.failed;
                known.ignored += count.ignored;
            }
            None => self.0.push((name.to_owned(), count)),
        }
    }

    pub(super) fn extend(&mut self, other: Self) {
        for (name, count) in other.0 {
            self.add(&name, count);
        }
    }

    pub(super) fn has_failed(&self) -> bool {
        self.0.iter().any(|(_, count)| count.failed > 0)
    }

    /// Each name that is here with nothing run, and each that is missing.
    pub(super) fn idle(&self, expected: &[&str]) -> Vec<String> {
        let ran = |name: &str| self.0.iter().any(|(known, count)| known == name && count.passed + count.failed > 0);
        expected.iter().filter(|name| !ran(name)).map(|name| (*name).to_owned()).collect()
    }

    /// When only tests of one name are run, most runners run nothing, and rightly so.
    pub(super) fn forget_empty(&mut self) {
        self.0.retain(|(_, count)| count.passed + count.failed > 0);
    }

    /// A line a runner.
    pub(super) fn told(&self) -> Vec<String> {
        let line = |(name, count): &(String, Count)| {
            let ignored = if count.ignored > 0 { format!(", {} left out", count.ignored) } else { String::new() };
            format!("{name:<12} {} passed, {} failed{ignored}", count.passed, count.failed)
        };
        self.0.iter().map(line).collect()
    }

    pub(super) fn sum(&self) -> (usize, usize) {
        self.0.iter().fold((0, 0), |(passed, failed), (_, count)| (passed + count.passed, failed + count.failed))
    }
}

/// The one line on standard output, for programs to read.
#[expect(clippy::print_stdout, reason = "the sum is what this program answers")]
pub(super) fn last_line(passed: usize, failed: usize) {
    println!("{passed} passed, {failed} failed");
}

/// Reads `12 passed, 0 failed`.
pub(super) fn read_sum(line: &str) -> Option<Count> {
    let (passed, failed) = line.trim().split_once(", ")?;
    let number = |text: &str, word: &str| text.strip_suffix(word)?.trim().parse().ok();
    Some(Count { passed: number(passed, "passed")?, failed: number(failed, "failed")?, ignored: 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_read_and_said() {
        assert_eq!(read_sum("12 passed, 3 failed\n"), Some(Count { passed: 12, failed: 3, ignored: 0 }));
        assert_eq!(read_sum("all is well"), None);
    }

    #[test]
    fn a_runner_that_ran_nothing_is_named() {
        let mut tally = Tally::default();
        tally.add("domain", Count { passed: 4, failed: 0, ignored: 1 });
        tally.add("guard", Count::default());
        assert_eq!(tally.idle(&["domain", "guard", "site"]), ["guard", "site"]);
        assert_eq!(tally.sum(), (4, 0));
    }
}
