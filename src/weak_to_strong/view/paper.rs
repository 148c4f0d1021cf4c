//! What the paper reports beside what has come out here, and in words where the two differ.

use super::Desk;
use crate::{
    stats::Estimate,
    weak_to_strong::{State, event::Outcome, metrics::mean_pgr, words},
};
use leptos::prelude::*;

/// The paper's numbers are for its language tasks; it has no digits.
const PAPER_NAIVE: &str = "above 0.2; above 0.5 for the largest students";
const PAPER_CONFIDENT: &str = "about 0.8 at the largest gap; a little worse than naive for small students";

/// A row for each method that has run.
#[component]
pub fn Paper(desk: Desk) -> impl IntoView {
    let method = desk.choice("method");
    let means =
        Memo::new(move |_| desk.state.with(|state| (mean(state, Outcome::pgr), mean(state, Outcome::naive_pgr))));
    let runs = move || desk.state.with(|state| state.outcomes.len());
    let row = |name: &'static str, paper: &'static str, here: String| {
        view! { <tr><th scope="row">{name}</th><td>{paper}</td><td class="num">{here}</td></tr> }
    };
    let rows = move || {
        let ((own, naive), runs) = (means.get(), runs());
        if method.get() == "confidence" {
            view! {
                {row("naive", PAPER_NAIVE, words::gap(naive, runs))}
                {row("confidence loss", PAPER_CONFIDENT, words::gap(own, runs))}
            }
            .into_any()
        } else {
            row("naive", PAPER_NAIVE, words::gap(own, runs)).into_any()
        }
    };
    let remark = move || {
        let (own, naive) = means.get();
        let (own, naive) = if method.get() == "confidence" { (Some(own?), naive?) } else { (None, own?) };
        Some(remark(own, naive))
    };
    view! {
        <section class="beside-paper">
            <h2>"PGR in the paper and here"</h2>
            <div class="scroll-x">
                <table class="facts">
                    <thead><tr><th scope="col">"Method"</th><th scope="col">"Paper, language tasks"</th><th scope="col" class="num">"Here"</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <p role="status">{remark}</p>
        </section>
    }
}

fn mean(state: &State, pick: fn(&Outcome) -> Option<f64>) -> Option<Estimate> {
    mean_pgr(state.outcomes.iter().map(|outcome| pick(outcome))).filter(|mean| mean.n > 1)
}

/// What to say of the confidence loss, where it was used, and of the naive student.
fn remark(own: Option<Estimate>, naive: Estimate) -> &'static str {
    match own {
        Some(own) if own.lo > naive.hi => "As in the paper, the confidence loss helps here.",
        Some(own) if own.hi < naive.lo => "Unlike in the paper’s largest students, the confidence loss does harm here.",
        Some(_) => "Unlike in the paper’s largest students, the confidence loss makes no clear difference here.",
        None if naive.lo > 0.0 => "As in the paper, the student is better than its teacher.",
        None if naive.hi < 0.0 => "Unlike in the paper, the student is worse than its teacher here.",
        None => "Unlike in the paper, the student is not clearly better than its teacher here.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_from_the_paper_is_said() {
        let gap = |mean: f64| Estimate { mean, lo: mean - 0.1, hi: mean + 0.1, n: 6 };
        let says = |own: Option<f64>, naive: f64| remark(own.map(gap), gap(naive));
        assert!(says(Some(0.8), 0.3).contains("helps"));
        assert!(says(Some(0.35), 0.3).contains("no clear difference"));
        assert!(says(Some(-0.5), 0.3).contains("does harm"));
        assert!(says(None, 0.3).starts_with("As in the paper"));
        assert!(says(None, 0.05).contains("not clearly better"));
        assert!(says(None, -0.4).contains("worse"));
    }
}
