//! Practicum hours: the three sums, and the lines by category or by domain.

use domain::programs::{Measure, Share, Totals};
use leptos::prelude::*;
use types::Minutes;

use super::to_go;
use crate::{practicum::shown, ui};

/// The sums, and the parts that have a rule; where none has, the categories in which there are hours.
pub(super) fn sections(totals: &Totals) -> AnyView {
    let domains: Vec<_> =
        totals.by_domain.iter().filter(|share| share.measure.needed > Minutes::ZERO).map(|share| part(share.of.title(), share)).collect();
    let categories: Vec<_> = totals.by_category.iter().map(|share| part(share.of.title(), share)).collect();
    view! {
        {ui::section("Practicum hours", sums(totals))}
        {(!domains.is_empty()).then(|| ui::section("Hours by domain", view! { <div class="domains">{domains}</div> }))}
        {(!categories.is_empty()).then(|| ui::section("Hours by category", view! { <div class="domains">{categories}</div> }))}
    }
    .into_any()
}

fn sums(totals: &Totals) -> AnyView {
    let waiting =
        if totals.waiting > Minutes::ZERO { format!(" Broken line: {} waiting for approval.", totals.waiting) } else { String::new() };
    let direct = (totals.direct.needed > Minutes::ZERO).then(|| {
        let Measure { needed, counted, .. } = totals.direct;
        view! { <p>{format!("Of it with people: {counted} of {needed} needed.")}</p> }
    });
    let back = shown::came_back(totals.sent_back);
    view! {
        <dl class="sums">
            <div><dt>"sent by you"</dt><dd>{totals.submitted.to_string()}</dd></div>
            <div><dt>"approved"</dt><dd>{totals.approved.to_string()}</dd></div>
            <div><dt>{format!("counted, of {}", totals.needed)}</dt><dd>{totals.counted.to_string()}</dd></div>
        </dl>
        <div>
            {ui::bar(totals.needed.0, totals.counted.0, totals.waiting.0)}
            <p class="small soft">{format!("Thin line: {} needed. Thick line: {} counted.{waiting}", totals.needed, totals.counted)}</p>
        </div>
        {direct}
        {back}
    }
    .into_any()
}

fn part<K>(title: &'static str, share: &Share<K>) -> AnyView {
    let Measure { needed, counted, waiting } = share.measure;
    let full = share.most.is_some_and(|most| counted >= most);
    let (sum, words) = if needed > Minutes::ZERO {
        (format!("{counted} of {needed}"), to_go(needed, counted, waiting))
    } else {
        let waits = if waiting > Minutes::ZERO { format!("{waiting} are waiting.") } else { "Any amount counts.".to_owned() };
        (counted.to_string(), waits)
    };
    let limit =
        share.most.map(|most| if full { format!(" The limit of {most} is reached.") } else { format!(" No more than {most} count.") });
    // Without a least, the line is as long as what is there.
    let whole = if needed > Minutes::ZERO { needed } else { counted + waiting };
    view! {
        <div>
            <p><strong>{title}</strong>" "<span class="num">{sum}</span></p>
            {ui::bar(whole.0, counted.0, waiting.0)}
            <p class="small soft">{words}{limit}</p>
        </div>
    }
    .into_any()
}
