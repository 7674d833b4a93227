//! Rows about many, asked for at once and handed out one by one: a list of people costs as many questions as
//! one person.

use std::{collections::HashMap, hash::Hash};

/// Rows by whom they are about, each group in the order in which the rows came.
#[derive(Debug, Clone)]
pub struct Grouped<K, V>(HashMap<K, Vec<V>>);

impl<K: Eq + Hash, V> Grouped<K, V> {
    /// The rows about this one; none where there are none.
    pub fn of(&self, about: &K) -> &[V] {
        self.0.get(about).map_or(&[], Vec::as_slice)
    }

    /// Takes the rows about this one; none where there are none.
    pub fn take(&mut self, about: &K) -> Vec<V> {
        self.0.remove(about).unwrap_or_default()
    }
}

impl<K: Eq + Hash, V> FromIterator<(K, V)> for Grouped<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(rows: I) -> Self {
        let mut groups: HashMap<K, Vec<V>> = HashMap::new();
        for (about, row) in rows {
            groups.entry(about).or_default().push(row);
        }
        Self(groups)
    }
}
