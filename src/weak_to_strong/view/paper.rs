//! What the paper reports beside what has come out here, and in words where the two differ.

use super::Desk;
use crate::{
    stats::Estimate,
    weak_to_strong::{State, event::Outcome, metrics::mean_pgr, words},
};
use leptos::prelude::*;

/// What the paper reports of a method; digits and the toy are not in it, so that its language tasks stand beside them.
fn published(family: &str, method: &str) -> &'static str {
    match (family, method) {
        ("reward", "naive") => "about 0.1; 0.1 to 0.2 more after generative finetuning",
        ("reward", "confidence") => "no help",
        ("chess", "naive") => "about 0 for the weakest supervisor, above 0.4 for small gaps; falls as students grow",
        ("chess", "confidence") => "not reported",
        ("chess", _) => "helps, most at the largest gaps",
        (_, "naive") => "above 0.2; above 0.5 for the largest students",
        (_, "confidence") => "about 0.8 at the largest gap; a little worse than naive for small students",
        _ => "helps in chess, most at the largest gaps; hardly in language",
    }
}

/// A row for each method that has run.
#[component]
pub fn Paper(desk: Desk) -> impl IntoView {
    let (family, method) = (desk.choice("family"), desk.choice("method"));
    let means =
        Memo::new(move |_| desk.state.with(|state| (mean(state, Outcome::pgr), mean(state, Outcome::naive_pgr))));
    // One repetition has a mean, but no interval to judge it by.
    let sure = |mean: &Estimate| mean.n > 1;
    let runs = move || desk.state.with(|state| state.outcomes.len());
    let row = move |method: &'static str, here: Option<Estimate>| {
        let paper = published(family.get(), method);
        let here = words::gap(here, runs());
        view! { <tr><th scope="row">{words::method(method)}</th><td>{paper}</td><td class="num">{here}</td></tr> }
    };
    let rows = move || {
        let (own, naive) = means.get();
        match method.get() {
            "naive" => row("naive", own).into_any(),
            method => view! { {row("naive", naive)} {row(method, own)} }.into_any(),
        }
    };
    let remark = move || {
        let (own, naive) = means.get();
        let (own, naive) = (own.filter(sure), naive.filter(sure));
        Some(match method.get() {
            "naive" => remark(family.get(), "naive", None, own?),
            method => remark(family.get(), method, Some(own?), naive?),
        })
    };
    view! {
        <section class="beside-paper">
            <h2>"PGR in the paper and here"</h2>
            <div class="scroll-x">
                <table class="facts">
                    <thead><tr><th scope="col">"Method"</th><th scope="col">"Paper"</th><th scope="col" class="num">"Here"</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <p role="status">{remark}</p>
        </section>
    }
}

fn mean(state: &State, pick: fn(&Outcome) -> Option<f64>) -> Option<Estimate> {
    mean_pgr(state.outcomes.iter().map(|outcome| pick(outcome)))
}

/// What to say of a method, where one was used, and of the naive student.
fn remark(family: &str, method: &str, own: Option<Estimate>, naive: Estimate) -> String {
    let (paper, helped) = match (family, method) {
        ("reward", _) => ("in the paper’s reward models", false),
        (_, "bootstrap") => ("in the paper’s chess", true),
        _ => ("in the paper’s largest students", true),
    };
    let compared = |same: bool| if same { "As" } else { "Unlike" };
    let method = words::method(method);
    match own {
        Some(own) if own.lo > naive.hi => format!("{} {paper}, the {method} helps here.", compared(helped)),
        Some(own) if own.hi < naive.lo => format!("Unlike {paper}, the {method} does harm here."),
        Some(_) => format!("{} {paper}, the {method} makes no clear difference here.", compared(!helped)),
        None if naive.lo > 0.0 => "As in the paper, the student is better than its teacher.".to_owned(),
        None if naive.hi < 0.0 => "Unlike in the paper, the student is worse than its teacher here.".to_owned(),
        None => "Unlike in the paper, the student is not clearly better than its teacher here.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_from_the_paper_is_said() {
        let gap = |mean: f64| Estimate { mean, lo: mean - 0.1, hi: mean + 0.1, n: 6 };
        let says = |own: Option<f64>, naive: f64| remark("text", "confidence", own.map(gap), gap(naive));
        assert!(says(Some(0.8), 0.3).contains("helps"));
        assert!(says(Some(0.35), 0.3).contains("no clear difference"));
        assert!(says(Some(-0.5), 0.3).contains("does harm"));
        assert!(says(None, 0.3).starts_with("As in the paper"));
        assert!(says(None, 0.05).contains("not clearly better"));
        assert!(says(None, -0.4).contains("worse"));
        assert!(remark("reward", "confidence", Some(gap(0.8)), gap(0.0)).starts_with("Unlike in the paper’s reward"));
        assert!(remark("reward", "confidence", Some(gap(0.1)), gap(0.0)).starts_with("As in the paper’s reward"));
    }
}
