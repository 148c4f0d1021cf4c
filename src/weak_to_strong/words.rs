//! What the lab's things are called. Pure functions, so that page, screen reader and test read the same.

use super::{State, event::Who};
use crate::{lab::Scenario, stats::Estimate};

/// What a training is called in a chart.
pub fn who(who: Who) -> &'static str {
    match who {
        Who::Weak => "supervisor",
        Who::Naive => "naive student",
        Who::Link(_) => "link of the chain",
        Who::Student => "student",
        Who::SameData => "same questions in one step",
        Who::SelfLink(_) => "chain of equals",
        Who::Ceiling => "ceiling",
    }
}

/// A size's supervisor.
pub fn supervisor(family: &str, size: usize) -> &'static str {
    let names = match family {
        "digits" => ["4 × 4 pixels", "7 × 7 pixels", "14 × 14 pixels"],
        "chess" => ["1 k weights", "3 k weights", "15 k weights"],
        "text" => ["20 words", "60 words", "200 words"],
        "reward" => ["4 outward signs", "7 outward signs", "10 outward signs"],
        _ => ["2 easy numbers", "4 easy numbers", "6 easy numbers"],
    };
    names[size.min(2)]
}

/// Whether pretrained networks learn with all their weights, and not with their heads alone.
pub fn finetunes_all(scenario: &Scenario) -> bool {
    scenario.choice("finetune") == "all" && ["digits", "chess"].contains(&scenario.choice("family"))
}

/// Whether students see texts through a transformer; it knows the built-in texts alone.
pub fn reads_with_transformer(scenario: &Scenario) -> bool {
    let is = |key, value| scenario.choice(key) == value;
    is("family", "text") && is("text", "builtin") && !is("reader", "vectors")
}

/// Whether that is the large one, which is pretrained first.
pub fn reads_with_large(scenario: &Scenario) -> bool {
    reads_with_transformer(scenario) && scenario.choice("reader") == "large"
}

/// A size's student in a scenario.
pub fn student(scenario: &Scenario, size: usize) -> &'static str {
    let names = match scenario.choice("family") {
        "text" if reads_with_large(scenario) => ["word embeddings", "2 blocks", "4 blocks"],
        "text" if reads_with_transformer(scenario) => ["word embeddings", "1 block", "2 blocks"],
        "digits" => ["small encoder", "medium encoder", "large encoder"],
        "chess" => ["3 k weights", "15 k weights", "55 k weights"],
        "text" | "reward" => ["10 dimensions", "30 dimensions", "60 dimensions"],
        _ => ["4 hidden units", "32 hidden units", "128 hidden units"],
    };
    names[size.min(2)]
}

/// How a student learns.
pub fn method(method: &str) -> &'static str {
    match method {
        "confidence" => "confidence loss",
        "bootstrap" => "chain",
        _ => "naive",
    }
}

/// Where a recording stands.
pub fn position(state: &State) -> String {
    match (&state.current, state.cells.len()) {
        (Some(now), _) => {
            let done = 100 * now.step / now.steps.max(1);
            format!("repetition {}, {} {done} %", now.run + 1, who(now.who))
        }
        (None, 0) => state.read.map_or_else(
            || "before the start".to_owned(),
            |(_, read)| format!("the reader, step {} of {}", read.step, read.steps),
        ),
        (None, pairs) => format!("{pairs} of 9 pairs"),
    }
}

/// A share in percent with one decimal.
pub fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}

/// A recovered gap with its interval, or why there is none.
pub fn gap(estimate: Option<Estimate>, runs: usize) -> String {
    match estimate {
        Some(gap) if gap.lo.is_finite() => format!("{:.2} [{:.2}, {:.2}]", gap.mean, gap.lo, gap.hi).replace('-', "−"),
        Some(gap) => format!("{:.2}", gap.mean).replace('-', "−"),
        None if runs == 0 => "…".to_owned(),
        None => "undefined".to_owned(),
    }
}
