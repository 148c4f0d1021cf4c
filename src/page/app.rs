//! The shell: header, tabs, presets, the stage and what stands beside it, transport bar and keys.

use super::{
    address::{self, Route},
    bring::Bring,
    device::{self, Device},
    offline::{Offline, Update},
    pieces::Pieces,
    run::{self, Progress, Run, Status},
};
use crate::{
    lab::{Kind, Notice, Sameness, Scenario, device::Pick},
    labs::{self, AnyState, LABS},
    seed,
    ui::{
        Action, Desk, Dialog, KeysHelp, Notices, ProgressBar, SettingsPanel, ThemeToggle, Transport, dom, listen,
        to_search,
    },
};
use leptos::prelude::*;

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    let start = address::hash();
    let route = RwSignal::new(Route::of(&start));
    // Behind another page waits the first debate.
    let (link, notices) = run::read(if route.get_untracked() == Route::Lab { &start } else { "" });
    let run = Run::new(link, notices);
    address::listen(move || {
        let now = address::hash();
        route.set(Route::of(&now));
        if Route::of(&now) == Route::Lab {
            let (link, notices) = run::read(&now);
            run.open(link, notices);
        }
    });
    // What runs is what the address says, also after a setting was changed.
    Effect::new(move |first: Option<()>| {
        let written = run.link.with(crate::lab::Link::write);
        if first.is_some() && route.get_untracked() == Route::Lab {
            address::replace(&written);
        }
    });
    Effect::new(move || {
        if let Some(body) = document().body() {
            let _ = body.class_list().toggle_with_force("embed", run.link.with(|link| link.embed));
        }
    });
    let offline = Offline::after(run);
    let pieces = Pieces::new();
    let sharing = RwSignal::new(false);
    let keys = RwSignal::new(false);
    listen(Callback::new(move |action| act(run, keys, action)));
    view! {
        <a class="skip" href="#stage" on:click=move |event| { event.prevent_default(); crate::ui::dom::focus("stage"); }>"Skip to the stage"</a>
        <Header run route sharing/>
        <Said list=run.notices/>
        <Update offline/>
        <Show when=move || route.get() == Route::Lab fallback=move || view! { <About pieces kept=offline.kept/> }>
            <Lab run pieces/>
            <Share run pieces open=sharing/>
        </Show>
        <KeysHelp open=keys/>
    }
}

fn act(run: Run, help: RwSignal<bool>, action: Action) {
    let at = run.at.get_untracked();
    match action {
        Action::PlayPause => run.toggle(),
        Action::Back => run.seek(at.saturating_sub(1)),
        Action::Step => run.seek(at + 1),
        Action::Start | Action::Reset => run.seek(0),
        Action::End => run.seek_end(),
        Action::NewSeed => run.reseed(fresh_seed(run)),
        Action::Search => to_search(),
        Action::Help => help.set(true),
    }
}

/// The next seed: small numbers make short links, and the same press gives the same run.
fn fresh_seed(run: Run) -> u64 {
    let now = run.link.with_untracked(|link| link.scenario.seed);
    seed::seed(now, "new seed", 0) % 1_000_000
}

#[component]
fn Header(run: Run, route: RwSignal<Route>, sharing: RwSignal<bool>) -> impl IntoView {
    let shown = move |part: &'static str| run.link.with(|link| !link.hide.contains(&part));
    let current = move |name: &'static str| {
        (route.get() == Route::Lab && run.link.with(|link| link.scenario.lab.name == name)).then_some("page")
    };
    view! {
        <header class="site-header">
            <a class="brand" href="#/">"Oversight Playground"</a>
            <Show when=move || shown("tabs")>
                <nav class="tabs" aria-label="Labs">
                    {LABS.iter().map(|lab| view! {
                        <a href=format!("#/{}", lab.name) aria-current=move || current(lab.name)>{lab.title}</a>
                    }).collect_view()}
                    <a href="#/about" aria-current=move || (route.get() == Route::About).then_some("page")>"About"</a>
                </nav>
            </Show>
            <Show when=move || shown("share") && route.get() == Route::Lab>
                <button type="button" class="share-button" on:click=move |_| sharing.set(true)>"Share"</button>
            </Show>
            <ThemeToggle/>
        </header>
    }
}

#[component]
fn About(pieces: Pieces, kept: RwSignal<bool>) -> impl IntoView {
    view! { <main id="stage" tabindex="-1">{pieces.about.show(move |about| about(kept))}</main> }
}

#[component]
fn Share(run: Run, pieces: Pieces, open: RwSignal<bool>) -> impl IntoView {
    let hide = RwSignal::new(Vec::new());
    view! { <Dialog open title="Share this">{pieces.share.show(move |share| share(run, hide))}</Dialog> }
}

/// The notices of the run, as the widget wants them.
#[component]
fn Said(list: RwSignal<Vec<Notice>>) -> impl IntoView {
    let texts = RwSignal::new(Vec::new());
    Effect::new(move || texts.set(list.get().into_iter().map(|notice| notice.0).collect()));
    view! { <Notices list=texts/> }
}

#[component]
fn Lab(run: Run, pieces: Pieces) -> impl IntoView {
    let hide = Signal::derive(move || run.link.with(|link| link.hide.clone()));
    let lab = Memo::new(move |_| run.link.with(|link| link.scenario.lab.name));
    // At once: the stage asks only when it has something to show.
    Effect::new(move || pieces.want(lab.get()));
    Effect::new(move || run.watched.set_value(pieces.has(lab.get())));
    let debates = desk(run, |state| &state.debate);
    let students = desk(run, |state| &state.weak_to_strong);
    let trees = desk(run, |state| &state.amplification);
    let shown = move |part: &'static str| hide.with(|hidden| !hidden.contains(&part));
    let waiting = move || run.total() == 0;
    let bringing = RwSignal::new(false);
    view! {
        <Show when=move || shown("presets")><Presets run/></Show>
        <main class="lab">
            <section id="stage" class="stage-side" tabindex="-1" aria-label="Stage">
                <Trouble run bringing/>
                <Work run/>
                <Show when=move || !waiting() fallback=move || view! { <Waiting run/> }>
                    {move || match lab.get() {
                        "debate" => pieces.debate.show(move |[stage, _]| stage(debates)).into_any(),
                        "amplification" => pieces.amplification.show(move |[stage, _]| stage(trees)).into_any(),
                        _ => pieces.weak_to_strong.show(move |[stage, _]| stage(students)).into_any(),
                    }}
                </Show>
            </section>
            <aside>
                {move || match lab.get() {
                    "debate" => pieces.debate.here().filter(|_| shown("text")).map(|[_, beside]| beside(debates)).into_any(),
                    // Facts and numbers are no explanations.
                    "amplification" => pieces.amplification.here().map(|[_, beside]| beside(trees)).into_any(),
                    _ => pieces.weak_to_strong.here().filter(|_| shown("text")).map(|[_, beside]| beside(students)).into_any(),
                }}
                <Show when=move || shown("settings")><Settings run/><Bring run open=bringing/></Show>
            </aside>
        </main>
        <Show when=move || shown("transport")><Bar run/></Show>
    }
}

/// What a lab's views are given: its own part of the state.
fn desk<S: Clone + PartialEq + Send + Sync>(run: Run, part: fn(&AnyState) -> &S) -> Desk<S> {
    let state = run.state;
    Desk {
        state: Signal::derive(move || state.with(|state| part(state).clone())),
        scenario: Signal::derive(move || run.scenario()),
        hide: Signal::derive(move || run.link.with(|link| link.hide.clone())),
        set: Callback::new(move |changes: Vec<_>| run.set(&changes)),
        ask: Callback::new(move |changes: Vec<_>| run.ask(&changes)),
        choose: Callback::new(move |changes: Vec<_>| run.choose(&changes)),
        seek: Callback::new(move |at| run.seek(at)),
        reseed: Callback::new(move |()| run.reseed(fresh_seed(run))),
    }
}

#[component]
fn Presets(run: Run) -> impl IntoView {
    // On a narrow window the list scrolls: the preset that is shown should be in it.
    Effect::new(move || {
        run.link.with(|link| link.scenario.preset.name);
        request_animation_frame(|| {
            dom::reveal(".presets [aria-current]");
            dom::reveal(".tabs [aria-current]");
        });
    });
    move || {
        let scenario = run.scenario();
        let links = scenario.lab.presets.iter().map(|preset| {
            let here = preset.name == scenario.preset.name;
            view! {
                <a href=format!("#/{}/{}", scenario.lab.name, preset.name) title=preset.about aria-current=here.then_some("true")>{preset.title}</a>
            }
        });
        view! { <nav class="presets" aria-label="Presets">{links.collect_view()}</nav> }
    }
}

#[component]
fn Settings(run: Run) -> impl IntoView {
    let hidden = Signal::derive(move || run.link.with(|link| link.hide.clone()));
    view! {
        <SettingsPanel scenario=Signal::derive(move || run.scenario()) hidden=hidden on_change=Callback::new(move |(key, text): (&'static str, String)| {
            run.set(&without_choices(run, key, text));
        })><Device run/></SettingsPanel>
        <p class="soft seed-line">{move || format!("Seed {}", run.scenario().seed)}</p>
    }
}

/// A changed rule makes a person's earlier choices meaningless: they go with it.
fn without_choices(run: Run, key: &'static str, text: String) -> Vec<(&'static str, String)> {
    let mut changes = vec![(key, text)];
    let lab = untrack(|| run.scenario()).lab;
    // A question is one of a task.
    if key == "task" && lab.setting("question").is_some() {
        changes.push(("question", String::new()));
    }
    for choice in run::CHOICES {
        if let Some(setting) = lab.setting(choice)
            && matches!(setting.kind, Kind::Text { .. })
        {
            changes.push((setting.key, String::new()));
        }
    }
    changes
}

/// Why a run cannot go on, and what to do.
#[component]
fn Trouble(run: Run, bringing: RwSignal<bool>) -> impl IntoView {
    move || {
        match run.status.get() {
        Status::Failed(why) => Some(
            view! {
                <div class="trouble" role="alert">
                    <p>{why}</p>
                    {if run.link.with(|link| needs_data(&link.scenario)) {
                        view! {
                            <button type="button" on:click=move |_| bringing.set(true)>"Bring it …"</button>
                            {built_in(run)}
                        }
                        .into_any()
                    } else {
                        again(run, "Try again").into_any()
                    }}
                </div>
            }
            .into_any(),
        ),
        Status::Cancelled => Some(
            view! {
                <div class="trouble calm" role="status">
                    <p>{move || match (run.at.get(), run.total()) {
                        (_, 0) => "Stopped before anything came.",
                        (at, total) if at < total => "Stopped. More has come than is shown: step on, or run to the end.",
                        _ => "Stopped. What has come so far is shown.",
                    }}</p>
                    {again(run, "Run again")}
                </div>
            }
            .into_any(),
        ),
        _ => None,
    }
    }
}

/// A button that runs it again. It goes with its press, so that the focus is handed to the stage.
fn again(run: Run, label: &'static str) -> impl IntoView {
    let press = move |_| {
        run.begin(None);
        dom::hand_focus("stage");
    };
    view! { <button type="button" on:click=press>{label}</button> }
}

/// Whether a scenario needs data that the reader has to bring.
fn needs_data(scenario: &Scenario) -> bool {
    labs::data_set(scenario).is_some_and(|set| set.needed_by.contains(&scenario.choice(set.setting)))
}

/// A way back to what is built in.
fn built_in(run: Run) -> impl IntoView {
    let set = run.link.with_untracked(|link| labs::data_set(&link.scenario));
    set.map(|set| {
        let use_it = move |_| run.set(&[(set.setting, set.built_in.to_owned())]);
        view! { <button type="button" on:click=use_it>{format!("Use the built-in {}", set.instead)}</button> }
    })
}

/// How far along a long run is, with a way to stop it.
#[component]
fn Work(run: Run) -> impl IntoView {
    let get = move || run.progress.get().unwrap_or(Progress { done: 0, total: 0, what: String::new() });
    let what = move || match get() {
        // What is shown is behind it.
        Progress { total: 1.., .. } if run.at.get() < run.total() => "computed".to_owned(),
        Progress { what, .. } => what,
    };
    let long = Memo::new(move |_| run.progress.with(Option::is_some) && run.is_running());
    view! {
        <Show when=move || long.get()>
            <ProgressBar
                done=Signal::derive(move || get().done)
                total=Signal::derive(move || get().total)
                what=Signal::derive(what)
                on_cancel=Callback::new(move |()| {
                    run.cancel();
                    // The button goes with its press.
                    dom::hand_focus("stage");
                })
            />
        </Show>
    }
}

/// What stands on the stage before the first event.
#[component]
fn Waiting(run: Run) -> impl IntoView {
    let text = move || match run.status.get() {
        Status::Failed(_) | Status::Cancelled => "",
        _ if run.is_undecided() => match run.link.with(|link| link.device) {
            Pick::Auto => "Fetching the larger program, which can use a GPU, and trying which is faster …",
            Pick::Gpu => "Fetching the larger program, which can use a GPU, and trying it …",
            Pick::Cpu => "Fetching the larger program, which this training needs …",
        },
        _ if run.large.get() => "Training. The first steps take some seconds …",
        _ => "Fetching what the run needs, and starting it …",
    };
    view! { <p class="waiting soft" role="status">{text}</p> }
}

#[component]
fn Bar(run: Run) -> impl IntoView {
    let state = run.state;
    let label =
        Signal::derive(move || state.with(|state| labs::position(&run.scenario(), state, run.at.get(), run.total())));
    view! {
        <footer class="bar" data-fingerprint=move || run.fingerprint.get().map(|print| print.to_string())>
            <Transport
                position=run.at total=Signal::derive(move || run.total()) running=Signal::derive(move || run.is_running()) live=Signal::derive(move || run.is_live()) playing=run.playing speed=run.speed
                label=label status=Signal::derive(move || status(run))
                on_seek=Callback::new(move |at| run.seek(at))
                on_toggle=Callback::new(move |()| run.toggle())
                on_end=Callback::new(move |()| run.seek_end())
                on_new_seed=Callback::new(move |()| run.reseed(fresh_seed(run)))
            />
        </footer>
    }
}

/// What the bar says about the run: seed, device, and how it compares with the one that was shared.
fn status(run: Run) -> String {
    let seed = run.link.with(|link| link.scenario.seed);
    let print = run.fingerprint.get().map_or(String::new(), |print| format!(" · {}", print.short()));
    let same = match (run.status.get(), run.sameness()) {
        (Status::Cancelled, _) => "stopped",
        (Status::Failed(_), _) => "did not run",
        (_, Some(Sameness::Exact)) => "✓ replayed exactly",
        (_, Some(Sameness::Differs { .. })) => "differs from the shared run",
        _ if run.is_undecided() => return format!("seed {seed} · starting"),
        (_, None) if run.on_gpu() => "replays nearly",
        (_, None) => "replays exactly",
    };
    format!("seed {seed} · {} · {same}{print}", device::short(run))
}
