//! Bootstrapping as a chain of models with the accuracy of each, beside the two controls that make it honest.

use super::{Desk, pair::sizes};
use crate::{
    stats::{Estimate, Tally, mean_tally},
    weak_to_strong::{event::Outcome, metrics::mean_pgr, words},
};
use leptos::prelude::*;

/// Shown once a repetition with a chain has ended.
#[component]
pub fn Chain(desk: Desk) -> impl IntoView {
    move || {
        let outcomes = desk.state.with(|state| state.outcomes.clone());
        let steps = outcomes.iter().filter_map(|outcome| Some(outcome.chain.as_ref()?.links.len())).max()?;
        let family = desk.scenario.with(|scenario| scenario.choice("family"));
        let [weak, strong] = sizes(desk);
        let student_of = move |size| desk.scenario.with(|scenario| words::student(scenario, size).to_owned());
        let mean = |pick: &dyn Fn(&Outcome) -> Option<Tally>| mean_tally(outcomes.iter().filter_map(|o| pick(o)));
        let gap = |pick: fn(&Outcome) -> Option<f64>| mean_pgr(outcomes.iter().map(|outcome| pick(outcome)));
        let teacher = (words::supervisor(family, weak).to_owned(), mean(&|o| Some(o.weak)));
        let link = |n: usize| {
            let size = strong + 1 + n - steps;
            (student_of(size), mean(&|o| o.chain.as_ref()?.links.get(n).copied()))
        };
        let equal = |n: usize| (student_of(strong), mean(&|o| o.chain.as_ref()?.selves.get(n).copied()));
        let student = student_of(strong);
        let rows = [
            ("The chain", (0..steps).map(link).collect::<Vec<_>>(), gap(Outcome::pgr)),
            ("In one step", vec![(student.clone(), mean(&|o| o.naive))], gap(Outcome::naive_pgr)),
            (
                "In one step, all the chain’s questions",
                vec![(student, mean(&|o| Some(o.chain.as_ref()?.same_data)))],
                gap(Outcome::same_data_pgr),
            ),
            ("As many steps, equal sizes", (0..steps).map(equal).collect(), gap(Outcome::selves_pgr)),
        ];
        let runs = outcomes.len();
        let rows = rows.map(|(name, models, gap)| row(name, &teacher, models, words::gap(gap, runs)));
        Some(view! {
            <section class="chain">
                <h2>"The chain and its controls"</h2>
                <p class="soft">"Each model labels fresh questions for the next. If growing step by step helps, the chain \
                    must beat all three ways below it."</p>
                {rows.into_iter().collect_view()}
            </section>
        })
    }
}

type Model = (String, Option<Estimate>);

fn row(name: &'static str, teacher: &Model, models: Vec<Model>, gap: String) -> impl IntoView + use<> {
    let model = |(name, right): Model| {
        let right = right.map_or_else(|| "…".to_owned(), |right| words::percent(right.mean));
        view! { <li><b>{name}</b><span class="num">{right}</span></li> }
    };
    let all: Vec<Model> = std::iter::once(teacher.clone()).chain(models).collect();
    view! {
        <div class="chain-row">
            <h3>{name}<span class="num">"PGR "{gap}</span></h3>
            <ol>{all.into_iter().map(model).collect_view()}</ol>
        </div>
    }
}
