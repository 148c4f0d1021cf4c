//! What stands beside the stage: who is who, what can be looked up, and where the run is.

use super::Desk;
use crate::{amplification::event::Learner, lab::grouped, ui::Term};
use leptos::prelude::*;

const WHO: [(&str, &str, &str); 4] = [
    (
        "H",
        "The overseer: it looks facts up, asks a few sub-questions and combines the answers. It cannot do more.",
        "section 2",
    ),
    ("X", "The model that is trained. It answers at once, without asking anything.", "section 2"),
    (
        "Amplify(X)",
        "H with copies of X as its helpers. It is slower than X and knows more: its answers are what X learns.",
        "section 2.1",
    ),
    ("H′", "A network that has learned to decide as H does, so that H itself need hardly be asked.", "section 2.2"),
];

/// So many facts are listed: tens of thousands would take the browser longer to lay out than the whole run.
const LISTED: usize = 64;

/// Who takes part.
#[component]
pub fn Who() -> impl IntoView {
    let one = |(name, about, source): (&'static str, &'static str, &'static str)| {
        view! { <li><Term about source=format!("Christiano, Shlegeris and Amodei 2018, {source}")>{name}</Term></li> }
    };
    view! {
        <section class="who">
            <h2>"Who is who"</h2>
            <ul class="who-list">{WHO.into_iter().map(one).collect_view()}</ul>
        </section>
    }
}

/// The facts that can be looked up. Whoever is H sees them on demand only: with all of them in sight no question would
/// need to be taken apart.
#[component]
pub fn Facts(desk: Desk) -> impl IntoView {
    // The first of them, and how many more there are.
    let facts = Memo::new(move |_| {
        desk.state.with(|state| {
            let facts = state.begun.as_ref().map_or(&[][..], |begun| &begun.facts);
            let some: Vec<String> = facts.iter().take(LISTED).cloned().collect();
            (facts.len() as u64 - some.len() as u64, some)
        })
    });
    let mode = desk.choice("mode");
    let list = |left: u64, some: &[String]| {
        view! {
            <ul class="known">{some.iter().map(|fact| view! { <li>{fact.clone()}</li> }).collect_view()}</ul>
            {(left > 0).then(|| view! { <p class="soft">{format!("And {} more.", grouped(left))}</p> })}
        }
    };
    move || {
        facts.with(|(left, some)| {
            let title = if mode.get() == "book" { "The text" } else { "What H can look up" };
            let body = match mode.get() {
                "you" => view! {
                    <p class="soft">"H looks a fact up by asking for it, and that counts as one of its sub-questions."</p>
                    <details class="all-facts">
                        <summary>"Show them all"</summary>
                        <p class="soft">"H does not see this list. To check what came back; with it, no question is hard."</p>
                        {list(*left, some)}
                    </details>
                }
                .into_any(),
                _ => list(*left, some).into_any(),
            };
            (!some.is_empty()).then(|| view! { <section><h2>{title}</h2>{body}</section> })
        })
    }
}

/// The newest measure in numbers.
#[component]
pub fn Numbers(desk: Desk) -> impl IntoView {
    let rows = move || {
        desk.state.with(|state| {
            let mut rows: Vec<(&str, String)> = Vec::new();
            let parameters = state.begun.as_ref().map_or((0, 0), |begun| begun.parameters);
            if parameters.0 > 0 {
                rows.push(("Weights of X", grouped(parameters.0.into())));
            }
            if parameters.1 > 0 {
                rows.push(("Weights of H′", grouped(parameters.1.into())));
            }
            if let Some(x) = state.newest(Learner::X) {
                // An X that learned beforehand takes no step.
                if x.steps > 0 {
                    rows.push(("Step", format!("{} of {}", grouped(x.step.into()), grouped(x.steps.into()))));
                    rows.push(("The human has answered", grouped(x.queries.into())));
                    rows.push(("The human can be asked", if x.human { "yes" } else { "no" }.to_owned()));
                    rows.push(("Targets of X", grouped(x.labels)));
                }
                if let (Some(own), Some(teacher)) = (x.right.last(), x.amplify.last()) {
                    rows.push(("X at the deepest level", format!("{:.1} %", 100.0 * own.share())));
                    rows.push(("H with X, deepest level", format!("{:.1} %", 100.0 * teacher.share())));
                }
            }
            rows
        })
    };
    let row = |(name, value): (&'static str, String)| view! { <tr><th scope="row">{name}</th><td class="num">{value}</td></tr> };
    move || {
        let rows = rows();
        (!rows.is_empty()).then(|| {
            view! {
                <section class="results">
                    <h2>"Where it stands"</h2>
                    <table class="facts"><tbody>{rows.into_iter().map(row).collect_view()}</tbody></table>
                </section>
            }
        })
    }
}
