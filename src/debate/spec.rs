//! The settings and presets of the debate lab: the source of its controls, links, flags and documentation.

use crate::lab::{Choice, Condition, Kind, LabSpec, Parts, Preset, Scenario, Setting, device::Gain};

const PLAYERS: &[Choice] = &[
    // First because it is the strongest for its time, and because its choices can be followed.
    Choice::new("endgame", "greedy, last two moves exact"),
    Choice::new("search", "tree search (PUCT)"),
    Choice::new("greedy", "greedy, one move ahead"),
    Choice::new("exact", "perfect play, where small enough"),
    Choice::new("random", "at random"),
];
const SIDES: &[Choice] = &[Choice::new("honest", "honest"), Choice::new("liar", "the liar")];
const ROLLOUTS: Kind =
    Kind::Int { min: 10, max: 10_000, default: 1000, stops: &[10, 30, 100, 300, 1000, 3000, 10_000] };

/// The lab.
pub static SPEC: LabSpec = LabSpec { name: "debate", title: "Debate", settings: SETTINGS, presets: PRESETS };

/// What a GPU is to a run: it can train a judge.
pub fn gain(scenario: &Scenario) -> Option<Gain> {
    match (scenario.choice("mode"), scenario.choice("network")) {
        ("training", "convolutional") => Some(Gain::Needed),
        ("training", _) => Some(Gain::Little),
        _ => None,
    }
}

/// Each picture of a tournament is played by itself. A judge that is trained for it is trained once.
pub fn parts(scenario: &Scenario) -> Parts {
    if scenario.choice("mode") != "tournament" {
        return Parts::WHOLE;
    }
    let games = scenario.int("games") as u64;
    let is_slow = ["honest", "liar"].iter().any(|side| scenario.choice(side) == "search");
    let each = match scenario.choice("judge") {
        "live" => games,
        _ if is_slow => 1,
        _ => 10,
    };
    Parts::of(games, each, "pictures")
}

const GAME: Condition = ("mode", &["game"]);
const TOURNAMENT: Condition = ("mode", &["tournament"]);
const TRAINING: Condition = ("mode", &["training"]);
/// Whatever has debaters.
const PLAYED: Condition = ("mode", &["game", "protocols", "tournament"]);
/// A tournament under one set of rules.
const ONE_CELL: &[Condition] = &[TOURNAMENT, ("scope", &["rules"])];

const SETTINGS: &[Setting] = &[
    Setting::new(
        "Show",
        "mode",
        "What to run",
        Kind::Choice {
            options: &[
                Choice::new("game", "one debate"),
                Choice::new("protocols", "every protocol on one picture"),
                Choice::new("tournament", "a tournament"),
                Choice::new("training", "the judge’s training"),
            ],
        },
        "One debate to step through; one picture under every protocol; hundreds of games with intervals; or the judge learning from nothing.",
    ),
    Setting::new(
        "Picture",
        "digits",
        "Pictures",
        Kind::Choice {
            options: &[
                Choice::new("builtin", "built in"),
                Choice::new("mnist", "MNIST (yours)"),
                Choice::new("drawn", "your drawing"),
            ],
        },
        "Built-in digits are written by this program. MNIST is not part of the page: drop its files in. Or draw a digit.",
    ),
    Setting::new(
        "Picture",
        "image",
        "Picture number",
        Kind::Int { min: 0, max: 10_000, default: 0, stops: &[] },
        "Which picture of the held-out set; 0 lets the seed choose.",
    )
    .only_if(&[&[("mode", &["game", "protocols"]), ("digits", &["builtin", "mnist"])]]),
    Setting::new(
        "",
        "truth",
        "What your drawing shows",
        Kind::Int { min: 0, max: 9, default: 0, stops: &[] },
        "The digit that the honest debater will defend.",
    )
    .only_if(&[&[("digits", &["drawn"])]]),
    Setting::new(
        "",
        "drawing",
        "Drawing",
        Kind::Text { check: super::drawing::check },
        "A drawn picture, 28 × 28 in sixteen shades.",
    ),
    Setting::new(
        "Rules",
        "px",
        "Pixels shown",
        Kind::Int { min: 1, max: 12, default: 6, stops: &[] },
        "How many pixels the two debaters show in all. With an odd number whoever moves first also has the last word.",
    )
    .in_unit("pixels")
    .only_if(&[&[("mode", &["game", "protocols", "training"])], ONE_CELL]),
    Setting::new(
        "Rules",
        "precommit",
        "Answers named first",
        Kind::Flag { default: true },
        "Both debaters name their digit before the first pixel (precommit), and the judge only weighs these two.",
    )
    .only_if(&[&[GAME], ONE_CELL]),
    Setting::new(
        "Rules",
        "first",
        "First to move",
        Kind::Choice { options: SIDES },
        "Moving last helps: nobody can answer the last pixel. Where you judge, the seed draws who is first, and does not tell.",
    )
    .only_if(&[&[GAME, ("seat", &["none", "honest", "liar"])]]),
    Setting::new(
        "Rules",
        "lie",
        "The lie",
        Kind::Choice {
            options: &[
                Choice::new("best", "the strongest of nine"),
                Choice::new("any", "drawn by the seed"),
                Choice::new("0", "0"),
                Choice::new("1", "1"),
                Choice::new("2", "2"),
                Choice::new("3", "3"),
                Choice::new("4", "4"),
                Choice::new("5", "5"),
                Choice::new("6", "6"),
                Choice::new("7", "7"),
                Choice::new("8", "8"),
                Choice::new("9", "9"),
            ],
        },
        "The wrong digit that the liar defends. The strongest is found by playing all nine, as the paper does.",
    )
    .only_if(&[&[GAME, ("precommit", &["1"])]]),
    Setting::new(
        "Debaters",
        "honest",
        "Honest plays",
        Kind::Choice { options: PLAYERS },
        "How the honest debater chooses its pixels.",
    )
    .only_if(&[&[PLAYED]]),
    Setting::new(
        "Debaters",
        "hr",
        "Honest search",
        ROLLOUTS,
        "Games that the honest debater tries in its head before each move (Monte Carlo tree search).",
    )
    .in_unit("rollouts")
    .only_if(&[&[PLAYED, ("honest", &["search"])]]),
    Setting::new(
        "Debaters",
        "liar",
        "The liar plays",
        Kind::Choice { options: PLAYERS },
        "How the liar chooses its pixels.",
    )
    .only_if(&[&[PLAYED]]),
    Setting::new(
        "Debaters",
        "lr",
        "Liar’s search",
        ROLLOUTS,
        "Games that the liar tries in its head before each move (Monte Carlo tree search).",
    )
    .in_unit("rollouts")
    .only_if(&[&[PLAYED, ("liar", &["search"])]]),
    Setting::new(
        "Debaters",
        "seat",
        "Your seat",
        Kind::Choice {
            options: &[
                Choice::new("none", "watching"),
                Choice::new("judge", "the judge"),
                Choice::new("honest", "the honest debater"),
                Choice::new("liar", "the liar"),
            ],
        },
        "Take part: judge from the pixels alone, or show pixels yourself against a machine.",
    )
    .only_if(&[&[GAME]]),
    Setting::new(
        "",
        "moves",
        "Your moves",
        Kind::Text { check: super::choices::check_moves },
        "The pixels you showed, by number.",
    ),
    Setting::new(
        "",
        "beliefs",
        "Your beliefs",
        Kind::Text { check: super::choices::check_beliefs },
        "What you believed as judge after each turn, in percent for the honest debater’s answer.",
    ),
    Setting::new(
        "Tournament",
        "games",
        "Pictures played",
        Kind::Int { min: 1, max: 10_000, default: 200, stops: &[20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000] },
        "How many held-out pictures. Each is played with either side first, and with precommit against all nine lies.",
    )
    .only_if(&[&[TOURNAMENT]]),
    Setting::new(
        "Tournament",
        "scope",
        "Rules played",
        Kind::Choice {
            options: &[Choice::new("rules", "the rules above"), Choice::new("table", "the paper’s whole table")],
        },
        "The rules set above, or 4 and 6 pixels with and without precommit, and consultancy beside them.",
    )
    .only_if(&[&[TOURNAMENT]]),
    Setting::new(
        "Judge",
        "judge",
        "Judge",
        Kind::Choice {
            options: &[Choice::new("shipped", "trained beforehand"), Choice::new("live", "trained here, from scratch")],
        },
        "The shipped judge was trained by the command shown on the About page; or train one now and let it judge.",
    )
    .only_if(&[&[PLAYED]]),
    Setting::new(
        "Judge",
        "steps",
        "Training steps",
        Kind::Int { min: 1, max: 100_000, default: 3000, stops: &[300, 1000, 3000, 10_000, 30_000, 100_000] },
        "Mini-batches of 256 pictures (of 128 for a convolutional judge), each with fresh random pixels, for a judge that is \
         trained here.",
    )
    .in_unit("steps")
    .only_if(&[&[TRAINING], &[("judge", &["live"])]]),
    Setting::new(
        "Judge",
        "network",
        "The judge is",
        Kind::Choice {
            options: &[
                Choice::new("layers", "three layers, as in all debates here"),
                Choice::new("convolutional", "convolutional, as the paper’s"),
            ],
        },
        "Debates here ask a network of three layers, which answers fast. The paper’s judge is a convolutional network: \
         it takes hundreds of times as long to train, so that a GPU helps.",
    )
    .only_if(&[&[TRAINING]]),
];

const PRESETS: &[Preset] = &[
    Preset {
        name: "first",
        title: "A first debate",
        about: "Two debaters, six pixels, one judge who cannot see the picture.",
        values: &[],
    },
    Preset {
        name: "you-judge",
        title: "You are the judge",
        about: "See only the pixels, say what you believe, and be scored.",
        values: &[("seat", "judge")],
    },
    Preset {
        name: "consultancy",
        title: "Debate or adviser?",
        about: "The same picture under every protocol, side by side.",
        values: &[("mode", "protocols")],
    },
    Preset {
        name: "paper-6px",
        title: "Paper: 6 px",
        about: "The paper’s main cell: both name a digit first, nine lies, either side first.",
        values: &[("mode", "tournament")],
    },
    Preset {
        name: "paper-4px",
        title: "Paper: 4 px",
        about: "The same with four pixels.",
        values: &[("mode", "tournament"), ("px", "4")],
    },
    Preset {
        name: "paper-6px-no-precommit",
        title: "6 px, no claims",
        about: "No answers named first, ten thousand rollouts a move.",
        values: &[
            ("mode", "tournament"),
            ("precommit", "0"),
            ("honest", "search"),
            ("liar", "search"),
            ("hr", "10000"),
            ("lr", "10000"),
        ],
    },
    Preset {
        name: "paper-4px-no-precommit",
        title: "4 px, no claims",
        about: "The same with four pixels.",
        values: &[
            ("mode", "tournament"),
            ("px", "4"),
            ("precommit", "0"),
            ("honest", "search"),
            ("liar", "search"),
            ("hr", "10000"),
            ("lr", "10000"),
        ],
    },
    Preset {
        name: "paper-table",
        title: "The paper’s table",
        about: "Every cell of the paper’s table, and consultancy beside it.",
        values: &[("mode", "tournament"), ("scope", "table")],
    },
    Preset {
        name: "odd-pixels",
        title: "An odd number",
        about: "With three pixels whoever starts has the last word, and it shows.",
        values: &[("px", "3"), ("first", "liar")],
    },
    Preset {
        name: "train-judge",
        title: "Train the judge",
        about: "A judge learns from random pixels, from nothing, in about a minute.",
        values: &[("mode", "training")],
    },
    Preset {
        name: "train-paper-judge",
        title: "The paper’s judge",
        about: "The paper’s kind of judge, a convolutional network: quick on a GPU, a quarter of an hour on a CPU.",
        values: &[("mode", "training"), ("network", "convolutional"), ("steps", "1000")],
    },
];
