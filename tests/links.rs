//! Links: whatever is typed, a runnable scenario comes back; what was shared comes back as it was.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use oversight_playground::{
    lab::{Hasher, Kind, LabSpec, Link, Scenario, link::PARTS},
    labs::LABS,
};
use proptest::prelude::*;

/// A value in the setting's range, in link form, from any number.
fn some_value(kind: &Kind, n: u64) -> Option<String> {
    match kind {
        Kind::Int { min, max, .. } => Some((min + (n % (max - min + 1) as u64) as i64).to_string()),
        Kind::Flag { .. } => Some((n % 2).to_string()),
        Kind::Choice { options } => Some(options[n as usize % options.len()].key.to_owned()),
        Kind::Text { .. } => None,
    }
}

fn any_link() -> impl Strategy<Value = Link> {
    let numbers = prop::collection::vec(any::<u64>(), 40);
    (
        any::<prop::sample::Index>(),
        any::<prop::sample::Index>(),
        0..1_u64 << 53,
        numbers,
        any::<Option<u32>>(),
        any::<bool>(),
    )
        .prop_map(|(lab, preset, seed, numbers, at, embed)| {
            let lab: &'static LabSpec = LABS[lab.index(LABS.len())];
            let mut scenario = Scenario::of_preset(lab, &lab.presets[preset.index(lab.presets.len())]);
            scenario.seed = seed;
            for (setting, n) in lab.settings.iter().zip(&numbers) {
                if n % 3 == 0
                    && let Some(text) = some_value(&setting.kind, *n)
                {
                    scenario.set(setting.key, &text).unwrap();
                }
            }
            let mut link = Link::of(scenario);
            link.at = at;
            link.embed = embed;
            link.hide = PARTS.iter().copied().take(numbers[0] as usize % 4).collect();
            let mut hasher = Hasher::default();
            for n in 0..numbers[1] % 50 {
                hasher.push(&n);
            }
            link.fp = embed.then(|| hasher.finish());
            link
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn a_link_comes_back(link in any_link()) {
        let (back, notices) = Link::read(&link.write(), LABS);
        prop_assert_eq!(&notices, &[]);
        prop_assert_eq!(back, link);
    }
}

/// Pieces that hostile links are made of: real keys, real values, and junk.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => ".{0,12}",
        2 => "[-+.0-9e]{1,24}",
        3 => prop::sample::select(vec![
            "#/", "debate", "/", "?", "&", "=", "%", "%f0%9f", "%00", "seed", "v", "at", "fp", "hide", "embed", "px", "moves",
            "beliefs", "drawing", "games", "first", "liar", "paper-6px", "99999999999999999999", "-1", "NaN", "1", "784", "zzzz",
        ]).prop_map(str::to_owned),
    ]
}

proptest! {
    // Kept at a number that runs in seconds.
    #![proptest_config(ProptestConfig { cases: 100_000, max_shrink_iters: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn hostile_text_never_panics_and_always_leads_to_a_runnable_scenario(pieces in prop::collection::vec(piece(), 0..10)) {
        let (link, notices) = Link::read(&pieces.concat(), LABS);
        prop_assert!(notices.len() <= 8);
        // Runnable: every value is in its setting's range, so that it is accepted again without a word.
        let (again, quiet) = Link::read(&link.write(), LABS);
        prop_assert_eq!(quiet, vec![]);
        prop_assert_eq!(again, link);
    }
}

fn notices(address: &str) -> Vec<String> {
    Link::read(address, LABS).1.into_iter().map(|notice| notice.0).collect()
}

#[test]
fn every_kind_of_mistake_is_answered_in_words() {
    for (address, expected) in [
        ("#/chess/first", "no lab “chess”"),
        ("#/debate/nothing", "no preset “nothing”"),
        ("#/debate/first?px=99", "99 does not: 12 is used"),
        ("#/debate/first?px=six", "not “six”"),
        ("#/debate/first?honest=clever", "is one of endgame"),
        ("#/debate/first?precommit=maybe", "not “maybe”"),
        ("#/debate/first?colour=red", "no setting “colour”"),
        ("#/debate/first?v=2", "newer version"),
        ("#/debate/first?v=old", "not a link format"),
        ("#/debate/first?seed=-3", "The seed must be"),
        ("#/debate/first?at=soon", "not a step"),
        ("#/debate/first?fp=zz", "fingerprint cannot be read"),
        ("#/debate/first?hide=everything", "nothing called “everything”"),
        ("#/debate/first?moves=5-5", "only once"),
        ("#/debate/first?beliefs=120", "numbers up to 100"),
        ("#/debate/first?drawing=zz", "not a picture"),
        ("#/debate/first/extra", "“extra”"),
    ] {
        let said = notices(address);
        assert!(said.len() == 1 && said[0].contains(expected), "{address}: {said:?}");
    }
}

#[test]
fn what_is_out_of_range_is_clamped_and_the_rest_is_kept() {
    let (link, said) = Link::read("#/debate/paper-4px?seed=12&px=0&games=50", LABS);
    assert_eq!(said.len(), 1);
    assert_eq!((link.scenario.int("px"), link.scenario.int("games"), link.scenario.seed), (1, 50, 12));
}

#[test]
fn an_address_without_anything_is_the_landing_preset() {
    for address in ["", "#", "#/", "https://example.org/play/", "https://example.org/play/#/debate"] {
        let (link, said) = Link::read(address, LABS);
        assert_eq!(said.len(), 0, "{address}");
        assert_eq!(link.write(), "#/debate/first?v=1");
    }
}

#[test]
fn only_what_differs_from_the_preset_is_written() {
    let (link, _) = Link::read("#/debate/paper-4px?px=4&games=300", LABS);
    assert_eq!(link.write(), "#/debate/paper-4px?v=1&games=300");
}

#[test]
fn presets_and_settings_are_well_formed() {
    for lab in LABS {
        for (i, setting) in lab.settings.iter().enumerate() {
            assert!(lab.settings[..i].iter().all(|other| other.key != setting.key), "{} twice", setting.key);
            assert!(!["v", "seed", "at", "fp", "hide", "embed"].contains(&setting.key), "{} is taken", setting.key);
            assert!(!setting.label.is_empty() && setting.help.ends_with('.'), "{}", setting.key);
            assert_eq!(setting.parse(&setting.default().to_string()), Ok(setting.default()), "{}", setting.key);
            for (key, values) in setting.only_if.concat() {
                let other = lab.setting(key).expect("only_if names a setting");
                assert!(values.iter().all(|value| other.parse(value).is_ok()), "{}", setting.key);
            }
        }
        for preset in lab.presets {
            for (key, value) in preset.values {
                let setting = lab.setting(key).unwrap_or_else(|| panic!("{}: no setting {key}", preset.name));
                assert!(setting.parse(value).is_ok(), "{}: {key}={value}", preset.name);
            }
        }
    }
}
