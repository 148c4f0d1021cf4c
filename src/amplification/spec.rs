//! The settings and presets of the amplification lab: the source of its controls, links, flags and documentation.

use crate::lab::{Choice, Condition, Kind, LabSpec, Preset, Scenario, Setting, device::Gain};

/// The lab.
pub static SPEC: LabSpec =
    LabSpec { name: "amplification", title: "Amplification", settings: SETTINGS, presets: PRESETS };

/// What a GPU is to a run: it trains the transformer.
pub fn gain(scenario: &Scenario) -> Option<Gain> {
    let trains = matches!(scenario.choice("mode"), "train" | "drift");
    (trains && scenario.choice("task") == "held-out" && !only_asks(scenario)).then_some(Gain::Much)
}

/// Whether X begins with shipped weights.
pub fn has_learned(scenario: &Scenario) -> bool {
    ["mode", "task", "start"].map(|key| scenario.choice(key)) == ["train", "held-out", "trained"]
}

/// Whether an X that has learned before is asked and takes no further step.
pub fn only_asks(scenario: &Scenario) -> bool {
    has_learned(scenario) && scenario.int("steps") == 0
}

const TRAIN: Condition = ("mode", &["train"]);
const DRIFT: Condition = ("mode", &["drift"]);
const YOU: Condition = ("mode", &["you"]);
const BOOK: Condition = ("mode", &["book"]);
/// Whatever is about a question of a task.
const ASKED: Condition = ("mode", &["train", "tree", "drift", "you"]);
const TRAINED: Condition = ("mode", &["train", "drift"]);
/// Longest question that is read.
const LONGEST: usize = 2000;

const SETTINGS: &[Setting] = &[
    Setting::new(
        "Show",
        "mode",
        "What to run",
        Kind::Choice {
            options: &[
                Choice::new("train", "train X on its own amplification"),
                Choice::new("tree", "one question, to the end"),
                Choice::new("drift", "what H’s mistakes do"),
                Choice::new("you", "you are H"),
                Choice::new("book", "a book’s summary"),
            ],
        },
        "Iterated amplification and distillation; one question asked to the end; a sweep over how often H errs; \
         decompose questions yourself; or a book summarised page by page, chapter by chapter.",
    ),
    Setting::new(
        "Question",
        "task",
        "Task",
        Kind::Choice {
            options: &[
                Choice::new("powering", "permutation powering"),
                Choice::new("fixed", "powering of one fixed permutation"),
                Choice::new("held-out", "powering of held-out permutations"),
                Choice::new("assignments", "sequential assignments"),
                Choice::new("wildcard", "wildcard search"),
                Choice::new("path", "shortest path"),
                Choice::new("union", "union find"),
                Choice::new("expression", "arithmetic (tree only)"),
            ],
        },
        "The five tasks of Christiano et al. 2018 (section 4); of the first also a smallest form, and one for a \
         transformer, which is asked about permutations that it was never trained on; and arithmetic, which is not \
         trained.",
    )
    .only_if(&[&[ASKED]]),
    Setting::new(
        "Question",
        "question",
        "The question",
        Kind::Text { check: check_question },
        "An expression such as (3+4)*(2-7)+1, or a question of the task in its link form; empty: the seed draws a deep \
         one.",
    )
    .only_if(&[&[("mode", &["tree", "train"])]]),
    Setting::new(
        "Question",
        "levels",
        "Levels that H decomposes",
        Kind::Int { min: 0, max: 8, default: 0, stops: &[] },
        "In the trees shown: below so many levels X answers directly. 1 is Amplify(X) as in the paper; 0: down to what \
         can be looked up.",
    )
    .only_if(&[&[("mode", &["tree", "train"])]]),
    Setting::new(
        "Question",
        "cache",
        "Ask nothing twice",
        Kind::Flag { default: true },
        "A question that was answered before in the same tree is not asked again.",
    )
    .only_if(&[&[("mode", &["tree", "train"])]]),
    Setting::new(
        "Overseer",
        "overseer",
        "Who decomposes",
        Kind::Choice {
            options: &[
                Choice::new("learned", "H′, which learned from H"),
                Choice::new("h", "H itself, always"),
                Choice::new("removed", "H′, and later no human"),
                Choice::new("self", "M itself: Amplify^M(M)"),
            ],
        },
        "The paper’s H′ imitates H’s decisions, and asks the human less and less; or H answers every call; or the human \
         is removed at some step; or one network M plays both parts.",
    )
    .only_if(&[&[TRAINED]]),
    Setting::new(
        "Overseer",
        "remove",
        "Human removed at step",
        Kind::Int { min: 0, max: 10_000, default: 200, stops: &[0, 50, 100, 150, 200, 300, 500, 1000] },
        "From this step on no human is asked.",
    )
    .only_if(&[&[TRAINED, ("overseer", &["removed", "self"])]]),
    Setting::new(
        "Overseer",
        "block",
        "Human queries up front",
        Kind::Int { min: 0, max: 2000, default: 0, stops: &[0, 10, 20, 40, 60, 80, 120, 240, 500] },
        "Questions that the human answers before the first step; 0: what suits the task. Then one a step, 0.1 and 0.01 \
         as the validation loss of H′ falls below 0.1 and 0.01.",
    )
    .or_automatic()
    .in_unit("queries")
    .only_if(&[&[TRAINED, ("overseer", &["learned", "removed", "self"])]]),
    Setting::new(
        "Mistakes",
        "error",
        "H errs in",
        Kind::Int { min: 0, max: 50, default: 0, stops: &[0, 1, 2, 5, 10, 20, 30, 50] },
        "How often an answer of the overseer is replaced by a wrong one.",
    )
    .in_unit("%")
    .only_if(&[&[("mode", &["tree", "train"])]]),
    Setting::new(
        "Mistakes",
        "kind",
        "Mistakes are",
        Kind::Choice {
            options: &[Choice::new("random", "random"), Choice::new("systematic", "a fixed function of what H sees")],
        },
        "Random mistakes are drawn anew each time; systematic ones come back with the same question and sub-answers.",
    )
    .only_if(&[&[("mode", &["tree", "train"])]]),
    Setting::new(
        "Mistakes",
        "vote",
        "Majority of",
        Kind::Int { min: 1, max: 5, default: 1, stops: &[1, 3, 5] },
        "H answers so many times, and the most frequent answer counts; of equals the one given first.",
    )
    .in_unit("answers")
    .only_if(&[&[("mode", &["tree", "train"])]]),
    Setting::new(
        "Mistakes",
        "kinds",
        "Kinds of mistakes",
        Kind::Choice {
            options: &[
                Choice::new("both", "random and systematic"),
                Choice::new("random", "random"),
                Choice::new("systematic", "systematic"),
            ],
        },
        "What the sweep runs, at each rate with one answer of H and with a majority of three.",
    )
    .only_if(&[&[DRIFT]]),
    Setting::new(
        "Learning",
        "start",
        "X starts",
        Kind::Choice {
            options: &[Choice::new("untrained", "untrained"), Choice::new("trained", "with what it has learned before")],
        },
        "From chance, or from weights that were trained in this way beforehand. These are only measured, unless you set \
         training steps.",
    )
    .only_if(&[&[TRAIN, ("task", &["held-out"])]]),
    Setting::new(
        "Learning",
        "steps",
        "Training steps",
        Kind::Int { min: 0, max: 20_000, default: 0, stops: &[0, 100, 200, 500, 700, 1000, 2000, 5000, 20_000] },
        "Mini-batches; 0: as many as the task needs.",
    )
    .or_automatic()
    .in_unit("steps")
    .only_if(&[&[TRAINED]]),
    Setting::new(
        "Learning",
        "batch",
        "Contexts a step",
        Kind::Int { min: 0, max: 256, default: 0, stops: &[0, 16, 32, 64, 128, 256] },
        "Every context is a fresh set of facts, about which every question is asked; 0: what suits the task.",
    )
    .or_automatic()
    .only_if(&[&[TRAINED]]),
    Setting::new(
        "Learning",
        "rate",
        "Learning rate",
        Kind::Int { min: 0, max: 300, default: 0, stops: &[0, 3, 10, 30, 100, 300] },
        "Adam’s step size; 0: what suits the task.",
    )
    .or_automatic()
    .in_unit("× 10⁻⁴")
    .only_if(&[&[TRAINED]]),
    Setting::new(
        "Learning",
        "horizon",
        "Average over",
        Kind::Int { min: 0, max: 1000, default: 0, stops: &[0, 1, 10, 30, 50, 100, 500, 1000] },
        "Sub-questions go to a Polyak average of X over about so many steps; 1: to X itself; 0: what suits the task.",
    )
    .or_automatic()
    .in_unit("steps")
    .only_if(&[&[TRAINED]]),
    Setting::new(
        "Learning",
        "sampled",
        "Sub-answers are sampled",
        Kind::Flag { default: false },
        "X’s answers to sub-questions are drawn from its beliefs, as in the paper, and not its likeliest.",
    )
    .only_if(&[&[TRAINED]]),
    Setting::new(
        "Learning",
        "supervised",
        "The ceiling beside it",
        Kind::Flag { default: true },
        "Trains the same network on true answers too, after X.",
    )
    .only_if(&[&[TRAIN]]),
    Setting::new(
        "Learning",
        "repeats",
        "Repeated",
        Kind::Int { min: 1, max: 20, default: 1, stops: &[1, 2, 3, 5, 10, 20] },
        "How often the training is repeated, each time with other facts and another start; intervals are over these.",
    )
    .in_unit("times")
    .only_if(&[&[TRAINED]]),
    Setting::new(
        "You",
        "mine",
        "Train H′ on your decisions",
        Kind::Flag { default: false },
        "H′ learns from what you did, and from nothing else; then X is trained with it.",
    )
    .only_if(&[&[YOU]]),
    Setting::new(
        "Text",
        "book",
        "Text",
        Kind::Choice {
            options: &[
                Choice::new("story", "the built-in story"),
                Choice::new("generated", "a story with known facts"),
                Choice::new("own", "your own text"),
            ],
        },
        "A story written for this page; one that the seed makes up, whose facts are known, so that what is lost can be \
         counted; or any text of yours, up to 5 MB.",
    )
    .only_if(&[&[BOOK]]),
    Setting::new(
        "Text",
        "page",
        "Words a page",
        Kind::Int { min: 20, max: 2000, default: 150, stops: &[50, 100, 150, 250, 400, 600, 1000, 2000] },
        "The text is cut into pages of about so many words, between sentences.",
    )
    .in_unit("words")
    .only_if(&[&[BOOK]]),
    Setting::new(
        "Text",
        "leaf",
        "Summary of a page",
        Kind::Int { min: 5, max: 500, default: 40, stops: &[10, 20, 30, 40, 60, 100, 200] },
        "The most words that the summary of a page may have.",
    )
    .in_unit("words")
    .only_if(&[&[BOOK]]),
    Setting::new(
        "Text",
        "middle",
        "Summary of a chapter",
        Kind::Int { min: 5, max: 1000, default: 60, stops: &[20, 40, 60, 100, 150, 250, 500] },
        "The most words of a summary that is made of summaries, below the last one.",
    )
    .in_unit("words")
    .only_if(&[&[BOOK]]),
    Setting::new(
        "Text",
        "top",
        "Summary of it all",
        Kind::Int { min: 5, max: 2000, default: 100, stops: &[20, 50, 100, 150, 250, 500, 1000] },
        "The most words of the last summary.",
    )
    .in_unit("words")
    .only_if(&[&[BOOK]]),
    Setting::new(
        "",
        "summaries",
        "Your summaries",
        Kind::Text { check: super::summaries::check },
        "Summaries of yours in place of the computed ones, by the number of their node.",
    ),
    Setting::new(
        "",
        "moves",
        "Your moves",
        Kind::Text { check: super::moves::check },
        "What you asked and answered as H, by code.",
    ),
];

const PRESETS: &[Preset] = &[
    Preset {
        name: "powering",
        title: "Powering",
        about: "X learns high powers of a permutation from H, who can only put three answers together.",
        values: &[],
    },
    Preset {
        name: "fixed",
        title: "One permutation",
        about: "The smallest form: one permutation of sixteen items, trained in a moment.",
        values: &[("task", "fixed")],
    },
    Preset {
        name: "held-out",
        title: "Held-out permutations",
        about: "A transformer learns powers of permutations it has never seen. A long run: allow ten minutes, or two with a GPU.",
        values: &[("task", "held-out"), ("supervised", "0")],
    },
    Preset {
        name: "held-out-trained",
        title: "Held out, trained",
        about: "The same transformer after its training, at once: how deep does it see?",
        values: &[("task", "held-out"), ("start", "trained"), ("supervised", "0")],
    },
    Preset {
        name: "assignments",
        title: "Assignments",
        about: "Variables made of variables: how deep can X follow them?",
        values: &[("task", "assignments")],
    },
    Preset {
        name: "wildcard",
        title: "Wildcards",
        about: "Sums over patterns such as 0**: H fills one star at a time.",
        values: &[("task", "wildcard")],
    },
    Preset {
        name: "shortest-path",
        title: "Shortest path",
        about: "X guesses a step, H tries a neighbour beside it: search and distillation at once.",
        values: &[("task", "path")],
    },
    Preset {
        name: "union-find",
        title: "Union find",
        about: "Which label belongs to a vertex, through a chain of joined ones?",
        values: &[("task", "union")],
    },
    Preset {
        name: "expression",
        title: "Arithmetic",
        about: "Type an expression and see it taken apart.",
        values: &[("mode", "tree"), ("task", "expression")],
    },
    Preset {
        name: "you-are-h",
        title: "You are H",
        about: "Take questions apart yourself; what you decide can train H′.",
        values: &[("mode", "you"), ("task", "wildcard")],
    },
    Preset {
        name: "drift-random",
        title: "Drift: random",
        about: "H errs by chance, more and more often: distillation averages it away.",
        values: &[("mode", "drift"), ("kinds", "random"), ("overseer", "h")],
    },
    Preset {
        name: "drift-systematic",
        title: "Drift: systematic",
        about: "H errs always in the same way: distillation copies it, and no vote helps.",
        values: &[("mode", "drift"), ("kinds", "systematic"), ("overseer", "h")],
    },
    Preset {
        name: "no-human",
        title: "No human",
        about: "One network in both parts, and from step 200 on no human: Amplify^M(M).",
        values: &[("overseer", "self")],
    },
    Preset {
        name: "book",
        title: "A book",
        about: "A story summarised page by page and chapter by chapter; or a text of yours.",
        values: &[("mode", "book")],
    },
];

/// The canonical form of a question; what it means is known to its task only.
fn check_question(text: &str) -> Result<String, String> {
    let text = text.trim();
    match text.chars().count() {
        0..=LONGEST if !text.chars().any(char::is_control) => Ok(text.to_owned()),
        0..=LONGEST => Err("it holds a character that is no text.".to_owned()),
        n => Err(format!("it is {n} characters long, and at most {LONGEST} are read.")),
    }
}
