//! A text summarised from the bottom up: the summary of it all, the tree, and what is lost on the way.

use super::{
    Desk,
    calls::{Calls, SUMMARIES},
};
use crate::{
    amplification::{
        event::{By, Given, Kept},
        replay::NodeState,
        summaries,
    },
    stats,
    ui::{Axis, Bar, BarChart, Tone, Tree, TreeHandle, Unit, progress::grouped},
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
                 checks can put in words of their own."
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

/// The part in focus: its summary in full, what it was made of, and a field for another one.
#[component]
fn Part(desk: Desk, calls: Memo<Calls>, handle: TreeHandle) -> impl IntoView {
    let part = Memo::new_with_compare(
        move |_| calls.with(|calls| calls.node(handle.active.get()).cloned()),
        |old: Option<&Option<NodeState>>, new| old != new,
    );
    move || {
        let NodeState { node, given } = part.get()?;
        let (name, text) = node
            .question
            .split_once('\n')
            .map_or((node.question.clone(), None), |(name, text)| (name.to_owned(), Some(text.to_owned())));
        let given = given?;
        let id = handle.active.get_untracked();
        Some(view! {
            <div class="in-focus">
                <h2>{name}</h2>
                // The summary of it all stands above the tree.
                {(id != 0).then(|| view! { <p class="passage" dir="auto" tabindex="0">{given.answer.clone()}</p> })}
                <p class="soft">{format!("{}.", given.how)}</p>
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
            <label for="own-summary">{if own { "Your summary. Everything above is made with it." } else { "Say it better: everything above is made anew." }}</label>
            <textarea id="own-summary" dir="auto" maxlength="1000" prop:value=move || typed.get()
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
                    <figcaption>"Whiskers: 95 % intervals over the facts. Wu and others 2021 describe this loss; here it is counted."</figcaption>
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
    let estimate = stats::proportion(level.facts.right.into(), level.facts.of.into());
    let tone = if level.level.is_none() { Tone::Ceiling } else { Tone::Student };
    Bar { name: name(level), tone, value: estimate.mean, band: Some((estimate.lo, estimate.hi)), reference: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::amplification::event::Tally;

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
