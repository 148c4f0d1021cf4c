//! The settings panel, made from the settings' descriptions.

use super::{Segmented, Term, dom};
use crate::lab::{Choice, Kind, Scenario, Setting, Value};
use leptos::{html, prelude::*};

/// A whole number with at most so many values is a slider; with more it is a field.
const SLIDER: i64 = 40;
/// Up to so many choices stand side by side, if their labels are no longer than [`SHORT`] in all.
const SIDE_BY_SIDE: usize = 3;
const SHORT: usize = 30;

/// Which control a setting gets.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Control {
    /// A slider over these values.
    Stops(&'static [i64]),
    /// A slider over every value between the two.
    Slider(i64, i64),
    /// A number field with these limits.
    Field(i64, i64),
    /// A switch.
    Switch,
    /// Radio buttons side by side.
    Bar(&'static [Choice]),
    /// A list to open.
    List(&'static [Choice]),
    /// Not for the panel: something else on the page sets it.
    Nothing,
}

fn control(kind: &Kind) -> Control {
    match *kind {
        Kind::Int { stops, .. } if !stops.is_empty() => Control::Stops(stops),
        Kind::Int { min, max, .. } if max - min <= SLIDER => Control::Slider(min, max),
        Kind::Int { min, max, .. } => Control::Field(min, max),
        Kind::Flag { .. } => Control::Switch,
        Kind::Choice { options } => {
            let letters: usize = options.iter().map(|option| option.label.chars().count()).sum();
            let short = options.len() <= SIDE_BY_SIDE && letters <= SHORT;
            if short { Control::Bar(options) } else { Control::List(options) }
        }
        Kind::Text { .. } => Control::Nothing,
    }
}

/// The settings to show now, by group, in their order.
fn groups(scenario: &Scenario, hidden: &[&str]) -> Vec<(&'static str, Vec<&'static str>)> {
    let shown = |s: &&Setting| {
        !s.group.is_empty() && !hidden.contains(&s.key) && scenario.applies(s) && control(&s.kind) != Control::Nothing
    };
    let mut groups: Vec<(&'static str, Vec<&'static str>)> = Vec::new();
    for setting in scenario.lab.settings.iter().filter(shown) {
        match groups.iter_mut().find(|(name, _)| *name == setting.group) {
            Some((_, keys)) => keys.push(setting.key),
            None => groups.push((setting.group, vec![setting.key])),
        }
    }
    groups
}

/// The index of the stop nearest to a value.
fn nearest_stop(stops: &[i64], value: i64) -> usize {
    (0..stops.len()).min_by_key(|index| stops[*index].abs_diff(value)).unwrap_or(0)
}

/// A control for every setting that applies and is not hidden, under its group's heading. On a phone a button opens
/// the panel as a sheet.
#[component]
pub fn SettingsPanel(
    /// What holds now.
    #[prop(into)]
    scenario: Signal<Scenario>,
    /// Keys of settings that are not shown.
    #[prop(optional, into)]
    hidden: Signal<Vec<&'static str>>,
    /// Called with a setting's key and its new value in link form.
    #[prop(into)]
    on_change: Callback<(&'static str, String)>,
    /// What stands below them.
    children: Children,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let opener = NodeRef::<html::Button>::new();
    let id = dom::unique("settings");
    let (controls, heading) = (id.clone(), format!("{id}-title"));
    let focus_here = heading.clone();
    let show = move |_| {
        open.set(true);
        let heading = focus_here.clone();
        request_animation_frame(move || dom::focus(&heading));
    };
    let close = move || {
        if open.get_untracked() {
            open.set(false);
            if let Some(opener) = opener.get_untracked() {
                // A browser that refuses the focus leaves it where it was.
                let _ = opener.focus();
            }
        }
    };
    // A control is built once and follows its value; only a change of what applies builds the panel anew.
    let groups = Memo::new(move |_| groups(&scenario.get(), &hidden.get()));
    let group = move |(name, keys): (&'static str, Vec<&'static str>)| {
        view! {
            <section class="settings-group">
                <h2>{name}</h2>
                {keys.into_iter().map(|key| view! { <OneSetting key=key scenario=scenario on_change=on_change /> }).collect_view()}
            </section>
        }
    };
    view! {
        <div class="settings">
            <button type="button" class="sheet-button" node_ref=opener aria-expanded=move || open.get().to_string()
                aria-controls=controls aria-label="Settings" title="Settings" on:click=show>
                <svg class="icon" viewBox="0 0 16 16" width="20" height="20" aria-hidden="true">
                    <path d="M2 4.5h6m4 0h2M2 11.5h2m4 0h6M8 4.5a2 2 0 1 0 4 0a2 2 0 1 0-4 0M4 11.5a2 2 0 1 0 4 0a2 2 0 1 0-4 0" />
                </svg>
            </button>
            <div class="settings-sheet" id=id class:open=move || open.get()
                on:keydown=move |event| if event.key() == "Escape" { close() }>
                <div class="sheet-head">
                    <h2 id=heading tabindex="-1">"Settings"</h2>
                    <button type="button" class="icon-button" aria-label="Close the settings" on:click=move |_| close()>
                        <span aria-hidden="true">"×"</span>
                    </button>
                </div>
                {move || groups.get().into_iter().map(group).collect_view()}
                {children()}
            </div>
        </div>
    }
}

/// One setting: its name, what it is, and its control.
#[component]
fn OneSetting(
    key: &'static str,
    scenario: Signal<Scenario>,
    on_change: Callback<(&'static str, String)>,
) -> impl IntoView {
    let setting = scenario.with_untracked(|scenario| scenario.lab.setting(key))?;
    let value = Memo::new(move |_| scenario.with(|scenario| scenario.get(key).to_string()));
    let set = Callback::new(move |text: String| {
        if text != value.get_untracked() {
            on_change.run((key, text));
        }
    });
    let id = dom::unique("setting");
    let input = match control(&setting.kind) {
        Control::Stops(stops) => view! { <Slider id=id.clone() setting=setting stops=stops.to_vec() value=value set=set /> }.into_any(),
        Control::Slider(min, max) => {
            view! { <Slider id=id.clone() setting=setting stops=(min..=max).collect() value=value set=set /> }.into_any()
        }
        Control::Field(min, max) => view! {
            <input type="number" id=id.clone() min=min max=max prop:value=value on:change=move |event| set.run(event_target_value(&event)) />
        }
        .into_any(),
        Control::Switch => view! {
            <input type="checkbox" role="switch" id=id.clone() prop:checked=move || value.get() == "1"
                on:change=move |event| set.run(u8::from(event_target_checked(&event)).to_string()) />
        }
        .into_any(),
        Control::Bar(options) => {
            let options = options.iter().map(|option| (option.key.to_owned(), option.label.to_owned())).collect();
            view! { <Segmented legend=setting.label options=options value=value on_change=set /> }.into_any()
        }
        Control::List(options) => view! {
            <select id=id.clone() prop:value=value on:change=move |event| set.run(event_target_value(&event))>
                {options.iter().map(|option| view! {
                    <option value=option.key selected=move || value.get() == option.key>{option.label}</option>
                }).collect_view()}
            </select>
        }
        .into_any(),
        Control::Nothing => ().into_any(),
    };
    let name = if matches!(control(&setting.kind), Control::Bar(_)) {
        view! { <span>{setting.label}</span> }.into_any()
    } else {
        view! { <label for=id>{setting.label}</label> }.into_any()
    };
    Some(view! {
        <div class="setting">
            <div class="setting-line">
                <span class="setting-name">
                    {name}
                    <Term about=setting.help source=format!("In a link: {key}= ({})", setting.range())>
                        <span aria-hidden="true">"?"</span><b class="sr-only">{format!("What is “{}”?", setting.label)}</b>
                    </Term>
                </span>
                {input}
            </div>
        </div>
    })
}

/// A slider over a list of values, with the number beside it; it reports when it is let go.
#[component]
fn Slider(
    id: String,
    setting: &'static Setting,
    stops: Vec<i64>,
    value: Memo<String>,
    set: Callback<String>,
) -> impl IntoView {
    let last = stops.len().saturating_sub(1);
    let stops = StoredValue::new(stops);
    // While the thumb moves, the number follows it and nothing is run.
    let dragged = RwSignal::new(None::<usize>);
    let now = move || stops.with_value(|stops| nearest_stop(stops, value.get().parse().unwrap_or_default()));
    let index = move || dragged.get().unwrap_or_else(now);
    let number = move || match dragged.get() {
        Some(index) => stops.with_value(|stops| stops.get(index).copied().unwrap_or_default()),
        None => value.get().parse().unwrap_or_default(),
    };
    let shown = move || match (number(), setting.zero, setting.unit) {
        (0, zero, _) if !zero.is_empty() => zero.to_owned(),
        (n, _, "%") => format!("{n} %"),
        (n, ..) => crate::lab::grouped(n.unsigned_abs()),
    };
    let words = move || setting.words(&Value::Int(number()));
    let release = move |_| {
        if let Some(index) = dragged.get_untracked() {
            let chosen = stops.with_value(|stops| stops.get(index).copied());
            dragged.set(None);
            if let Some(chosen) = chosen {
                set.run(chosen.to_string());
            }
        }
    };
    view! {
        <div class="setting-range">
            <input type="range" id=id.clone() min="0" max=last step="1" prop:value=move || index().to_string()
                aria-valuetext=words style:--filled=move || format!("{:.1}%", 100.0 * index() as f64 / last.max(1) as f64)
                on:input=move |event| dragged.set(event_target_value(&event).parse().ok()) on:change=release />
            <output for=id>{shown}</output>
        </div>
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use crate::lab::{LabSpec, Preset};

    const TWO: &[Choice] = &[Choice { key: "a", label: "one" }, Choice { key: "b", label: "two" }];
    const fn setting(group: &'static str, key: &'static str, kind: Kind) -> Setting {
        Setting { key, label: "A name", help: "What it is.", unit: "", zero: "", group, kind, only_if: &[] }
    }
    static LAB: LabSpec = LabSpec {
        name: "test",
        title: "Test",
        settings: &[
            setting("Rules", "on", Kind::Flag { default: false }),
            setting("Players", "who", Kind::Choice { options: TWO }),
            Setting {
                only_if: &[&[("on", &["1"])]],
                ..setting("Rules", "n", Kind::Int { min: 1, max: 12, default: 6, stops: &[] })
            },
            setting("", "secret", Kind::Flag { default: false }),
        ],
        presets: &[Preset { name: "first", title: "First", about: "", values: &[] }],
    };

    #[test]
    fn only_what_applies_is_shown_under_its_heading() {
        let mut scenario = Scenario::of_preset(&LAB, &LAB.presets[0]);
        assert_eq!(groups(&scenario, &[]), [("Rules", vec!["on"]), ("Players", vec!["who"])]);
        scenario.set("on", "1").unwrap();
        assert_eq!(groups(&scenario, &["who"]), [("Rules", vec!["on", "n"])]);
    }

    #[test]
    fn every_kind_gets_the_control_that_suits_its_range() {
        let int = |max, stops| Kind::Int { min: 0, max, default: 0, stops };
        assert_eq!(control(&int(12, &[])), Control::Slider(0, 12));
        assert_eq!(control(&int(10_000, &[])), Control::Field(0, 10_000));
        assert_eq!(control(&int(10_000, &[10, 100])), Control::Stops(&[10, 100]));
        assert_eq!(control(&Kind::Choice { options: TWO }), Control::Bar(TWO));
        const LONG: &[Choice] = &[Choice { key: "a", label: "a label that takes a whole line of the panel" }];
        assert_eq!(control(&Kind::Choice { options: LONG }), Control::List(LONG));
    }

    #[test]
    fn a_value_between_stops_sits_at_the_nearest() {
        assert_eq!(nearest_stop(&[10, 100, 1000], 120), 1);
        assert_eq!(nearest_stop(&[], 5), 0);
    }
}
