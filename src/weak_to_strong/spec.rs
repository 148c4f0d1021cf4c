//! The settings and presets of the weak-to-strong lab: the source of its controls, links, flags and documentation.

use crate::{
    lab::{Choice, Condition, Kind, LabSpec, Parts, Preset, Scenario, Setting, device::Gain},
    tasks::world,
    weak_to_strong::words,
};

/// Sizes of supervisor and student, small to large.
pub const SIZES: [&str; 3] = ["s", "m", "l"];
const SIZE_CHOICES: &[Choice] = &[Choice::new("s", "small"), Choice::new("m", "medium"), Choice::new("l", "large")];

/// The lab.
pub static SPEC: LabSpec =
    LabSpec { name: "weak-to-strong", title: "Weak to strong", settings: SETTINGS, presets: PRESETS };

/// Every repetition is a part; of the grid every pair.
pub fn parts(scenario: &Scenario) -> Parts {
    if scenario.choice("mode") == "grid" {
        return Parts::of((SIZES.len() * SIZES.len()) as u64, 1, "pairs");
    }
    let trainings = trainings(scenario);
    Parts::of(scenario.int("repeats") as u64 * trainings, trainings, "trainings")
}

/// How many trainings a repetition takes.
fn trainings(scenario: &Scenario) -> u64 {
    let place = |key| SIZES.iter().position(|size| *size == scenario.choice(key)).unwrap_or(0);
    match scenario.choice("method") {
        // Beside the student the naive one; and in a chain one for each size, as many of equal size, and one more.
        "bootstrap" => 4 + 2 * (place("strong") - place("weak").min(place("strong")) + 1) as u64,
        "confidence" if scenario.int("alpha") > 0 => 4,
        _ => 3,
    }
}

/// What a GPU is to a run: it pretrains the large reader, and reads with it.
pub fn gain(scenario: &Scenario) -> Option<Gain> {
    words::reads_with_large(scenario).then_some(Gain::Needed)
}

const DIGITS: Condition = ("family", &["digits"]);
const OVERLAP: Condition = ("family", &["overlap"]);
const TEXT: Condition = ("family", &["text"]);
const BUILT_IN_TEXT: Condition = ("text", &["builtin"]);
const CHESS: Condition = ("family", &["chess"]);
const REWARD: Condition = ("family", &["reward"]);
const QUESTIONS: [Choice; world::NAMES.len()] = {
    let mut all = [Choice::new("", ""); world::NAMES.len()];
    let mut at = 0;
    while at < all.len() {
        all[at] = Choice::new(world::NAMES[at].0, world::NAMES[at].1);
        at += 1;
    }
    all
};
const PRETRAINED: Condition = ("family", &["digits", "chess"]);
const PAIR: Condition = ("mode", &["pair"]);
const CONFIDENT: Condition = ("method", &["confidence"]);

const SETTINGS: &[Setting] = &[
    Setting::new(
        "Show",
        "mode",
        "What to run",
        Kind::Choice {
            options: &[Choice::new("pair", "one supervisor, one student"), Choice::new("grid", "every pair")],
        },
        "One pair with its curves, or a grid of all three supervisors with all three students.",
    ),
    Setting::new(
        "Task",
        "family",
        "Questions",
        Kind::Choice {
            options: &[
                Choice::new("digits", "is this digit odd?"),
                Choice::new("chess", "mate in one"),
                Choice::new("text", "questions about a text"),
                Choice::new("reward", "which reply is better?"),
                Choice::new("overlap", "a toy: easy and hard evidence"),
            ],
        },
        "Handwritten digits, with a student that has seen many of them without labels; chess positions, with a student \
         that has imitated good moves; texts, with a student that has read many; replies to be compared, as for a reward model; or points whose easy and hard evidence can be set \
         apart.",
    ),
    Setting::new(
        "Task",
        "text",
        "Texts",
        Kind::Choice {
            options: &[
                Choice::new("builtin", "built in"),
                Choice::new("subj", "subj (yours)"),
                Choice::new("sst2", "sst2 (yours)"),
                Choice::new("cr", "cr (yours)"),
                Choice::new("own", "any other file (yours)"),
            ],
        },
        "Built-in texts are written by this program. Others you bring: a file of label,text lines, or of JSON lines, \
         with two labels.",
    )
    .only_if(&[&[TEXT]]),
    Setting::new(
        "Task",
        "question",
        "Question",
        Kind::Choice { options: &QUESTIONS },
        "What is asked about the built-in texts: fifteen questions that some class of words answers, and seven whose \
         answer lies in how words stand to each other.",
    )
    .only_if(&[&[TEXT, BUILT_IN_TEXT]]),
    Setting::new(
        "Task",
        "reader",
        "Student reads with",
        Kind::Choice {
            options: &[
                Choice::new("vectors", "word vectors"),
                Choice::new("transformer", "a small transformer"),
                Choice::new("large", "a large transformer (for a GPU)"),
            ],
        },
        "Word vectors are added up and know no order. A transformer that has learned to guess hidden words in texts of \
         this world, without labels, reads words where they stand. The large one has eleven times the weights and \
         learns to read before your eyes: about a minute on a fast GPU, hours on a CPU in a browser.",
    )
    .only_if(&[&[TEXT, BUILT_IN_TEXT]]),
    Setting::new(
        "Task",
        "pretrain",
        "Reader’s pretraining",
        Kind::Int { min: 1, max: 10_000, default: 1500, stops: &[100, 300, 500, 1000, 1500, 3000, 10_000] },
        "Batches of 64 texts, in each of which a word in six is hidden from the large transformer.",
    )
    .in_unit("steps")
    .only_if(&[&[TEXT, BUILT_IN_TEXT, ("reader", &["large"])]]),
    Setting::new(
        "Task",
        "read",
        "Student has read",
        Kind::Choice {
            options: &[
                Choice::new("elsewhere", "other texts"),
                Choice::new("dialogues", "unlabelled replies (generative finetuning)"),
            ],
        },
        "Where the student’s word vectors come from: from texts about other things, or from replies like those that it \
         will compare, without any preference.",
    )
    .only_if(&[&[REWARD]]),
    Setting::new(
        "Task",
        "digits",
        "Pictures",
        Kind::Choice { options: &[Choice::new("builtin", "built in"), Choice::new("mnist", "MNIST (yours)")] },
        "Built-in digits are written by this program. MNIST is not part of the page: drop its files in.",
    )
    .only_if(&[&[DIGITS]]),
    Setting::new(
        "Task",
        "puzzles",
        "Puzzles",
        Kind::Choice { options: &[Choice::new("builtin", "built in"), Choice::new("lichess", "Lichess (yours)")] },
        "Built-in puzzles come from games that this program plays. Lichess’s are not part of the page: drop a file of \
         them in.",
    )
    .only_if(&[&[CHESS]]),
    Setting::new(
        "Task",
        "overlap",
        "Easy and hard together",
        Kind::Int { min: 0, max: 100, default: 50, stops: &[0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100] },
        "Share of points that carry both kinds of evidence. Of the others one half carries only easy, one half \
             only hard evidence.",
    )
    .in_unit("%")
    .only_if(&[&[OVERLAP]]),
    Setting::new(
        "Models",
        "weak",
        "Supervisor",
        Kind::Choice { options: SIZE_CHOICES },
        "Logistic regression on a thumbnail of 4 × 4, 7 × 7 or 14 × 14 pixels; in chess, a convolutional network of \
             1,186, 3,408 or 14,586 weights; of a text, on \
             whether its 20, 60 or 200 most frequent words are there; of replies, on 4, 7 or 10 signs of their \
             surface; in the toy, on 2, 4 or all 6 of the easy numbers.",
    )
    .only_if(&[&[PAIR]]),
    Setting::new(
        "Models",
        "strong",
        "Student",
        Kind::Choice { options: SIZE_CHOICES },
        "A linear head on a frozen encoder that was trained without labels (1,504, 13,152 or 92,672 weights); in chess, \
             the head of a frozen network of 3,408, 14,586 or 54,934 weights; a head on the \
             first 10, 30 or 60 dimensions of word vectors learned without labels, with 32 hidden units for texts from \
             30 on, or on the embeddings, the first or the second block of a transformer; in the toy, a network with 4, 32 or 128 hidden units that sees every number.",
    )
    .only_if(&[&[PAIR]]),
    Setting::new(
        "Models",
        "finetune",
        "What learns",
        Kind::Choice { options: &[Choice::new("head", "the heads"), Choice::new("all", "all weights")] },
        "Pretrained networks learn with a head alone on what they make of a question, which is computed once; or with \
         all their weights, as in the paper, which takes minutes for the larger ones.",
    )
    .only_if(&[&[PRETRAINED]]),
    Setting::new(
        "Method",
        "method",
        "Student learns from",
        Kind::Choice {
            options: &[
                Choice::new("naive", "the supervisor’s labels"),
                Choice::new("confidence", "the labels and its own confidence"),
                Choice::new("bootstrap", "a chain of growing models"),
            ],
        },
        "The labels as they are (naive); the auxiliary confidence loss: part of the target is the student’s own \
         answer, made certain; or bootstrapping: each size labels fresh questions for the next, from the supervisor’s \
         size up to the student’s.",
    ),
    Setting::new(
        "Method",
        "alpha",
        "Own answers, at most",
        Kind::Int { min: 0, max: 100, default: 75, stops: &[0, 25, 50, 75, 90, 100] },
        "The largest weight of the student’s own answers; it is reached after a fifth of the training. The paper \
             uses 75 for its largest students and 50 for others.",
    )
    .in_unit("%")
    .only_if(&[&[CONFIDENT]]),
    Setting::new(
        "Method",
        "labels",
        "Labels",
        Kind::Choice { options: &[Choice::new("soft", "soft"), Choice::new("hard", "hard")] },
        "The supervisor’s beliefs as they are (soft), or rounded to yes and no (hard).",
    ),
    Setting::new(
        "Method",
        "stop",
        "Student is taken",
        Kind::Choice {
            options: &[
                Choice::new("end", "at the end"),
                Choice::new("weak", "where it fits the supervisor best"),
                Choice::new("truth", "where it is best (a cheat)"),
            ],
        },
        "After the whole training; at the step with the lowest loss on the supervisor’s labels for held-out questions \
         (early stopping); or at the step with most right answers to them, which a real overseer could not know.",
    ),
    Setting::new(
        "Training",
        "labelled",
        "Labels for the student",
        Kind::Int { min: 100, max: 6000, default: 4000, stops: &[250, 500, 1000, 2000, 4000, 6000] },
        "How many questions the supervisor answers for the student.",
    )
    .in_unit("labels"),
    Setting::new(
        "Training",
        "epochs",
        "Epochs",
        Kind::Int { min: 1, max: 40, default: 3, stops: &[1, 2, 3, 5, 10, 20, 40] },
        "How often the student sees every label.",
    )
    .in_unit("epochs"),
    Setting::new(
        "Training",
        "repeats",
        "Repeated",
        Kind::Int { min: 1, max: 20, default: 6, stops: &[1, 2, 3, 6, 10, 20] },
        "How often everything is repeated, each time with other questions, other starts and another order; \
             intervals are over these.",
    )
    .in_unit("times"),
];

const PRESETS: &[Preset] = &[
    Preset {
        name: "digits",
        title: "Odd or even",
        about: "A supervisor that sees 7 × 7 pixels teaches a student that knows what digits look like.",
        values: &[("weak", "m"), ("strong", "l")],
    },
    Preset {
        name: "digits-confidence",
        title: "With the confidence loss",
        about: "The same, and the student may trust itself where it is sure.",
        values: &[("weak", "m"), ("strong", "l"), ("method", "confidence")],
    },
    Preset {
        name: "digits-grid",
        title: "Every pair",
        about: "All three supervisors with all three students.",
        values: &[("mode", "grid"), ("repeats", "3")],
    },
    Preset {
        name: "chess",
        title: "Chess",
        about: "Mate in one: a network of a thousand weights teaches one of fifty-five thousand.",
        values: &[("family", "chess"), ("weak", "s"), ("strong", "l"), ("labels", "hard"), ("repeats", "3")],
    },
    Preset {
        name: "chess-bootstrap",
        title: "A chain of players",
        about: "Bootstrapping: each network labels fresh puzzles for the next, larger one.",
        values: &[
            ("family", "chess"),
            ("weak", "s"),
            ("strong", "l"),
            ("labels", "hard"),
            ("method", "bootstrap"),
            ("repeats", "3"),
        ],
    },
    Preset {
        name: "text",
        title: "Texts",
        about: "A supervisor that knows twenty words teaches a student that has read ten thousand texts.",
        values: &[("family", "text"), ("weak", "s"), ("strong", "l"), ("epochs", "5")],
    },
    Preset {
        name: "text-confidence",
        title: "Texts, confidence loss",
        about: "The same, and the student may trust itself where it is sure.",
        values: &[("family", "text"), ("weak", "s"), ("strong", "l"), ("epochs", "5"), ("method", "confidence")],
    },
    Preset {
        name: "text-chain",
        title: "A chain of readers",
        about: "Bootstrapping: each reader labels fresh texts for the next, larger one.",
        values: &[("family", "text"), ("weak", "s"), ("strong", "l"), ("epochs", "5"), ("method", "bootstrap")],
    },
    Preset {
        name: "text-transformer",
        title: "Texts, a transformer",
        about: "A question of who did what: the student reads words where they stand.",
        values: &[
            ("family", "text"),
            ("question", "roles"),
            ("reader", "transformer"),
            ("weak", "s"),
            ("strong", "l"),
            ("epochs", "5"),
        ],
    },
    Preset {
        name: "text-large",
        title: "Texts, a large transformer",
        about: "The same with a reader of eleven times the weights, pretrained here first. For a GPU: a CPU takes hours.",
        values: &[
            ("family", "text"),
            ("question", "roles"),
            ("reader", "large"),
            ("weak", "s"),
            ("strong", "l"),
            ("epochs", "5"),
        ],
    },
    Preset {
        name: "reward",
        title: "Reward model",
        about: "Which of two replies is better? The labels are as noisy as people are.",
        values: &[("family", "reward"), ("weak", "l"), ("strong", "l"), ("epochs", "1")],
    },
    Preset {
        name: "reward-generative",
        title: "… that has read replies",
        about: "The same, after reading unlabelled replies: the paper’s generative finetuning.",
        values: &[("family", "reward"), ("weak", "l"), ("strong", "l"), ("epochs", "1"), ("read", "dialogues")],
    },
    Preset {
        name: "overlap",
        title: "Why it happens: a toy",
        about: "Points with easy and hard evidence, and a slider for how often they come together.",
        values: &[("family", "overlap"), ("weak", "l"), ("strong", "m"), ("labels", "hard"), ("epochs", "2")],
    },
];
