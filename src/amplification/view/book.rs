//! A text summarised from the bottom up: the summary of it all, the tree, and what is lost on the way.

use super::{
    Desk,
    calls::{Calls, SUMMARIES},
    panel::keep_in_sight,
};
use crate::{
    amplification::{
        State,
        event::{By, Given, Kept, Replaced},
        replay::NodeState,
        summaries,
    },
    lab::grouped,
    ui::{Axis, Bar, BarChart, Tone, Tree, TreeHandle, Unit},
};
use leptos::prelude::*;

/// The stage of a book.
#[component]
pub fn Book(desk: Desk) -> impl IntoView {
    let calls = Memo::new(move |_| Calls::of(desk.state.with(|state| state.tree.clone())));
    let handle = TreeHandle::new();
    let forest = Signal::derive(move || calls.with(|calls| calls.forest.clone()));
    let whole = move || {
        calls.with(|calls| calls.node(0).and_then(|node| node.given.as_ref()).map(|given| given.answer.clone()))
    };
    view! {
        <h1>"A summary of summaries"</h1>
        <Show when=move || desk.shows("text")>
            <p class="lede">
                "Nobody who checks the summary of a long book wants to read the book. So each page is summarised, then what was \
                 said of the pages, then what was said of the chapters: every step is short enough to be checked, and whoever \
                 checks can put in words of their own: choose a part in the tree, and write."
            </p>
        </Show>
        <p class="whole" dir="auto">{move || whole().unwrap_or_else(|| "The pages are being read …".to_owned())}</p>
        <section class="calls">
            <Tree label="The text, its chapters and its pages" forest columns=SUMMARIES handle/>
            <Part desk calls handle/>
        </section>
        <Show when=move || desk.shows("extras")><Lost desk/></Show>
    }
}

/// Where the reader writes.
const FIELD: &str = "own-summary";

/// The part in focus: its summary in full, what it was made of, and a field for another one.
#[component]
fn Part(desk: Desk, calls: Memo<Calls>, handle: TreeHandle) -> impl IntoView {
    let part = Memo::new_with_compare(
        move |_| calls.with(|calls| calls.node(handle.active.get()).cloned()),
        |old: Option<&Option<NodeState>>, new| old != new,
    );
    keep_in_sight(handle.active, FIELD);
    move || {
        let NodeState { node, given } = part.get()?;
        let (name, text) = node
            .question
            .split_once('\n')
            .map_or((node.question.clone(), None), |(name, text)| (name.to_owned(), Some(text.to_owned())));
        let given = given?;
        let id = handle.active.get_untracked();
        let fate = move || desk.state.with(|state| fate(state, id));
        Some(view! {
            <div class="in-focus">
                <h2>{name}</h2>
                // The summary of it all stands above the tree.
                {(id != 0).then(|| view! { <p class="passage" dir="auto" tabindex="0">{given.answer.clone()}</p> })}
                <p class="soft">{format!("{}.", given.how)}</p>
                <p role="status">{fate}</p>
                {text.map(|text| view! {
                    <details>
                        <summary>"The page itself"</summary>
                        <p class="passage" dir="auto" tabindex="0">{text}</p>
                    </details>
                })}
                <Own desk id given=(*given).clone()/>
            </div>
        })
    }
}

/// What the reader's summaries did: this one, where it is theirs, or theirs to this one.
fn fate(state: &State, id: u32) -> Option<String> {
    let name = |id: &u32| {
        let node = state.tree.get(*id as usize).map(|node| node.node.question.lines().next().unwrap_or_default());
        format!("“{}”", node.unwrap_or_default())
    };
    let listed = |ids: &[u32]| ids.iter().map(name).collect::<Vec<_>>().join(", ");
    if let Some(Replaced { changed, dropped, under, .. }) = state.replaced.iter().find(|one| one.node == id) {
        if id == 0 {
            return Some("This is your summary of it all: what stands below changes nothing in it.".to_owned());
        }
        let changed = match changed.as_slice() {
            [] if under.is_none() => "Your summary changed none of those above it.".to_owned(),
            [] => String::new(),
            some => format!("Your summary changed {}.", listed(some)),
        };
        let left = match (dropped, under) {
            (Some(at), _) => format!("In {} no sentence of yours is left.", name(at)),
            (None, None) => "Words of yours stand in the summary of it all.".to_owned(),
            (None, Some(_)) => String::new(),
        };
        let under = under.map(|at| format!("It goes no further up: {} is your own summary too.", name(&at)));
        let said = [changed, left, under.unwrap_or_default()];
        return Some(said.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "));
    }
    let by: Vec<u32> = state.replaced.iter().filter(|one| one.changed.contains(&id)).map(|one| one.node).collect();
    (!by.is_empty()).then(|| format!("Changed by your summary of {}.", listed(&by)))
}

/// The reader's own summary in place of this one.
#[component]
fn Own(desk: Desk, id: u32, given: Given) -> impl IntoView {
    let own = given.by == By::You;
    let typed = RwSignal::new(given.answer);
    let set = move |text: &str| {
        let before = desk.scenario.with_untracked(|scenario| scenario.text("summaries"));
        desk.choose.run(vec![("summaries", summaries::with(&before, id, text))]);
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        set(&typed.get_untracked());
    };
    view! {
        <form class="summary-form" on:submit=submit>
            <label for=FIELD>{if own { "Your summary, in place of the computed one." } else { "Say it better: everything above is made anew." }}</label>
            <textarea id=FIELD dir="auto" maxlength="1000" prop:value=move || typed.get()
                on:input=move |event| typed.set(event_target_value(&event))></textarea>
            <div>
                <button type="submit" class="primary">"Use this summary"</button>
                {own.then(|| view! { <button type="button" on:click=move |_| set("")>"Back to the computed one"</button> })}
            </div>
        </form>
    }
}

/// What is left on each level: words, and facts where they are known.
#[component]
fn Lost(desk: Desk) -> impl IntoView {
    let kept = Memo::new(move |_| desk.state.with(|state| state.kept.clone()));
    let known = Memo::new(move |_| kept.with(|kept| kept.iter().any(|level| level.facts.of > 0)));
    let bars = Signal::derive(move || kept.with(|kept| kept.iter().map(bar).collect::<Vec<_>>()));
    let row = move |level: &Kept| {
        let facts = (level.facts.of > 0).then(|| format!("{} of {}", level.facts.right, level.facts.of));
        view! {
            <tr>
                <th scope="row">{name(level)}</th>
                <td class="num">{grouped(level.words.into())}</td>
                <td class="num">{kept.with(|kept| share(level, kept))}</td>
                {known.get().then(|| view! { <td class="num">{facts}</td> })}
            </tr>
        }
    };
    view! {
        <section class="beside-paper">
            <h2>"What is lost on the way up"</h2>
            <table class="facts">
                <thead><tr>
                    <th scope="col">"Level"</th><th scope="col" class="num">"Words"</th><th scope="col" class="num">"Of the text"</th>
                    {move || known.get().then(|| view! { <th scope="col" class="num">"Facts still told"</th> })}
                </tr></thead>
                <tbody>{move || kept.with(|kept| kept.iter().map(row).collect_view())}</tbody>
            </table>
            <Show when=move || known.get()>
                <figure>
                    <BarChart title="Facts of the story that are still told, by level" bars
                        axis=Axis { label: "of all facts".to_owned(), unit: Unit::Percent, range: Some((0.0, 1.0)) }/>
                    <figcaption>"Whiskers: 95 % intervals over the facts. Wu and others 2021 describe this loss; here it is \
                        counted: a fact is still told where one sentence holds all its words, such as who, what and where."</figcaption>
                </figure>
            </Show>
            <Show when=move || !known.get()>
                <p class="soft">
                    "Nobody has listed the facts of this text. "
                    <button type="button" class="quiet" on:click=move |_| desk.set.run(vec![("book", "generated".to_owned()), ("summaries", String::new())])>
                        "Take a story whose facts are known"
                    </button>
                </p>
            </Show>
        </section>
    }
}

fn name(level: &Kept) -> String {
    match (level.level, level.parts) {
        (None, _) => "The text itself".to_owned(),
        (Some(0), _) => "The summary of it all".to_owned(),
        (Some(_), parts) => format!("{} summaries", grouped(parts.into())),
    }
}

fn share(level: &Kept, all: &[Kept]) -> String {
    let text = all.first().map_or(0, |text| text.words);
    format!("{:.1} %", 100.0 * f64::from(level.words) / f64::from(text.max(1)))
}

fn bar(level: &Kept) -> Bar {
    let estimate = level.facts.estimate();
    // The text tells all of its own facts: that is no estimate.
    let band = level.level.map(|_| (estimate.lo, estimate.hi));
    let tone = if level.level.is_none() { Tone::Ceiling } else { Tone::Student };
    Bar { name: name(level), tone, value: estimate.mean, band, reference: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        amplification::event::{Event, Node},
        lab::Fold as _,
        stats::Tally,
    };

    #[test]
    fn what_a_summary_of_ones_own_did_is_said_of_it_and_of_those_above() {
        let node = |name: &str| Node { parent: None, question: name.to_owned(), level: 0, truth: None, same_as: None };
        let mut state = State::default();
        state.apply(&Event::Asked(["The whole text", "Chapter 1", "Page 1\nIt began."].map(node).to_vec()));
        assert_eq!(fate(&state, 2), None);
        let replaced =
            |changed: &[u32], dropped| vec![Replaced { node: 2, changed: changed.to_vec(), dropped, under: None }];
        state.replaced = replaced(&[1], Some(0));
        assert_eq!(
            fate(&state, 2).as_deref(),
            Some("Your summary changed “Chapter 1”. In “The whole text” no sentence of yours is left.")
        );
        assert_eq!(fate(&state, 1).as_deref(), Some("Changed by your summary of “Page 1”."));
        assert_eq!(fate(&state, 0), None);
        state.replaced = replaced(&[1, 0], None);
        assert!(fate(&state, 2).is_some_and(|said| said.contains("“Chapter 1”, “The whole text”. Words of yours")));
        state.replaced = replaced(&[], Some(1));
        assert!(fate(&state, 2).is_some_and(|said| said.starts_with("Your summary changed none")));
        state.replaced = vec![Replaced { node: 2, changed: vec![], dropped: None, under: Some(1) }];
        assert_eq!(fate(&state, 2).as_deref(), Some("It goes no further up: “Chapter 1” is your own summary too."));
        state.replaced = vec![Replaced { node: 0, changed: vec![], dropped: None, under: None }];
        assert!(fate(&state, 0).is_some_and(|said| said.starts_with("This is your summary of it all")));
    }

    #[test]
    fn levels_are_named_and_measured() {
        let level = |level, words| Kept { level, parts: 1200, words, facts: Tally { right: 3, of: 4 } };
        let all = [level(None, 2000), level(Some(1), 500), level(Some(0), 50)];
        assert_eq!(
            all.clone().map(|level| name(&level)),
            ["The text itself", "1,200 summaries", "The summary of it all"]
        );
        assert_eq!(share(&all[1], &all), "25.0 %");
        assert!((bar(&all[2]).value - 0.75).abs() < 1e-12);
    }
}
