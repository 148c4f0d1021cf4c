//! One supervisor and one student: curves, the recovered gap, agreement, and questions to look at.

use super::{
    Desk,
    agreement::Agreement,
    chain::Chain,
    curves::{Curves, Loss},
    earlier::Earlier,
    examples::Examples,
    gauge::Gauge,
    paper::Paper,
};
use crate::{
    stats::{Estimate, Tally, mean_tally},
    ui::Term,
    weak_to_strong::{
        event::{Outcome, Who},
        metrics::mean_pgr,
        spec::SIZES,
        words,
    },
};
use leptos::prelude::*;

/// The stage of one pair.
#[component]
pub fn Pair(desk: Desk) -> impl IntoView {
    view! {
        <h1>"Can the weak teach the strong?"</h1>
        <Show when=move || desk.shows("text")>
            <p class="lede">
                {move || lede(desk)}
                {move || desk.scenario.with(words::finetunes_all).then_some(ALL_WEIGHTS)}
                {move || (desk.choice("method").get() == "bootstrap").then_some(CHAIN)}
            </p>
        </Show>
        <Reading desk/>
        <Curves desk/>
        <Gauge desk/>
        <Earlier desk/>
        <Chain desk/>
        <Show when=move || desk.shows("extras")>
            <Agreement desk/>
            <Loss desk/>
            <Paper desk/>
            <Examples desk/>
        </Show>
    }
}

/// How a reader that is pretrained first is getting on.
#[component]
fn Reading(desk: Desk) -> impl IntoView {
    let read = Memo::new(move |_| desk.state.with(|state| state.read));
    let said = move || {
        read.get().map(|(first, last)| {
            format!(
                "Without labels: the reader has guessed hidden words for {} of {} steps. A word costs it {:.2} nats, \
                 and in the first steps cost {:.2}.",
                last.step, last.steps, last.loss, first.loss
            )
        })
    };
    view! { <Show when=move || read.get().is_some()><p class="soft" role="status">{said}</p></Show> }
}

/// The sizes that a desk's scenario asks for.
pub fn sizes(desk: Desk) -> [usize; 2] {
    ["weak", "strong"].map(|key| {
        let chosen = desk.scenario.with(|scenario| scenario.choice(key));
        SIZES.iter().position(|size| *size == chosen).unwrap_or(0)
    })
}

fn lede(desk: Desk) -> String {
    let choice = |key| desk.scenario.with(|scenario| scenario.choice(key));
    let family = choice("family");
    let [weak, strong] = sizes(desk);
    let weak = words::supervisor(family, weak);
    let strong = desk.scenario.with(|scenario| words::student(scenario, strong));
    match family {
        "digits" => format!(
            "Is a digit odd or even? The supervisor sees {weak}. The student’s {strong} has seen thousands of digits \
             but never a label: it learns what to answer from the supervisor’s labels alone, mistakes and all.",
        ),
        "chess" => format!(
            "Mate in one. Supervisor and student have both learned to imitate good moves; the supervisor is a network \
             of {weak}, the student one of {strong}. Its body has seen mates beforehand, so it knows more than it \
             says: how to use it, it learns from the supervisor’s moves alone.",
        ),
        "text" if desk.scenario.with(words::reads_with_transformer) => format!(
            "A question about a text. The supervisor knows the {weak} that are most frequent, and goes by which of \
             them are there. The student reads with a transformer that learned to guess hidden words, without labels; of \
             it, it sees {strong}, and what to answer it learns from the supervisor alone."
        ),
        "text" => format!(
            "A question about a text. The supervisor knows the {weak} that are most frequent, and goes by which of \
             them are there. The student has learned {strong} of every word’s meaning from texts without labels; what \
             to answer it learns from the supervisor alone."
        ),
        "reward" => format!(
            "Which reply is better? A reward model learns it from people, who are wrong about one time in four. The \
             supervisor sees {weak} of a reply, such as its length; the student sees them too, and {strong} of what \
             its words mean, but learns from the supervisor’s labels alone."
        ),
        _ => format!(
            "Each point carries easy evidence, hard evidence or both. The supervisor sees {weak} and nothing of the \
             hard ones. The student, with {strong}, sees everything, but learns from the supervisor’s labels alone.",
        ),
    }
}

const ALL_WEIGHTS: &str = " Here all weights of a pretrained network learn, not its head alone.";

const CHAIN: &str =
    " Here it learns at the end of a chain: each model labels fresh questions for the next, larger one.";

const PGR: &str = "Performance gap recovered: how much of the way from the supervisor to the ceiling the student went. \
                   1 is all of it; 0 means no better than its teacher; below 0 worse.";

const ZERO_SHOT: &str = "What the student answers before it has learned from anybody (zero-shot): it was pretrained to \
                         imitate good moves, and is asked for the move that it would imitate.";

/// What every training came to, in numbers.
#[component]
pub fn Results(desk: Desk) -> impl IntoView {
    let of = move |who: Who, pick: fn(&Outcome) -> Option<Tally>| {
        desk.state.with(|state| {
            let ended = mean_tally(state.outcomes.iter().filter_map(|outcome| pick(outcome)));
            ended.map_or_else(
                || state.newest(who).map_or_else(|| "…".to_owned(), |now| words::percent(now.right.share())),
                |estimate| with_interval(&estimate),
            )
        })
    };
    let row = move |who: Who, pick: fn(&Outcome) -> Option<Tally>| {
        view! {
            <tr data-who=words::who(who)><th scope="row">{words::who(who)}</th><td class="num">{move || of(who, pick)}</td></tr>
        }
    };
    let confident = desk.choice("method");
    let gap = move || {
        desk.state.with(|state| words::gap(mean_pgr(state.outcomes.iter().map(|o| o.pgr())), state.outcomes.len()))
    };
    let naive = move || {
        desk.state
            .with(|state| words::gap(mean_pgr(state.outcomes.iter().map(|o| o.naive_pgr())), state.outcomes.len()))
    };
    let zero_shot = move || {
        let before =
            desk.state.with(|state| mean_tally(state.outcomes.iter().filter_map(|outcome| outcome.zero_shot)))?;
        Some(view! {
            <tr>
                <th scope="row"><Term about=ZERO_SHOT source="Burns and others 2023">"student before"</Term></th>
                <td class="num">{with_interval(&before)}</td>
            </tr>
        })
    };
    view! {
        <section class="results">
            <h2>"Right answers to test questions"</h2>
            <table class="facts">
                <tbody>
                    {row(Who::Weak, |outcome| Some(outcome.weak))}
                    {move || (confident.get() == "confidence").then(|| row(Who::Naive, |outcome| outcome.naive))}
                    {row(Who::Student, |outcome| Some(outcome.student))}
                    {row(Who::Ceiling, |outcome| Some(outcome.ceiling))}
                    {zero_shot}
                    <tr class="sum">
                        <th scope="row"><Term about=PGR formula="(student − weak) / (ceiling − weak)" source="Burns and others 2023, section 3">"PGR"</Term></th>
                        <td class="num">{gap}</td>
                    </tr>
                    {move || (confident.get() == "confidence").then(|| view! {
                        <tr><th scope="row">"PGR, naive"</th><td class="num">{naive}</td></tr>
                    })}
                </tbody>
            </table>
            <p class="soft">{move || desk.state.with(|state| repeated(state.outcomes.len()))}</p>
        </section>
    }
}

fn repeated(n: usize) -> String {
    match n {
        0 => "No repetition has ended yet.".to_owned(),
        1 => "After one repetition. The interval is over the test questions only.".to_owned(),
        n => format!("Means over {n} repetitions with 95 % intervals."),
    }
}

fn with_interval(estimate: &Estimate) -> String {
    format!("{} [{:.1}, {:.1}]", words::percent(estimate.mean), 100.0 * estimate.lo, 100.0 * estimate.hi)
}
