//! The tree on the stage, with the question in focus in full below it.

use super::{
    Desk,
    calls::{Calls, WITH_X, WITHOUT_X},
};
use crate::{
    amplification::{
        event::{Direct, Given, Snapshot},
        replay::NodeState,
        words,
    },
    lab::grouped,
    ui::{Tree, TreeHandle, dom},
};
use leptos::prelude::*;
use std::sync::Arc;

/// The tree, what it amounts to, and the question in focus.
#[component]
pub fn Panel(
    desk: Desk,
    /// The tree.
    #[prop(into)]
    calls: Signal<Calls>,
    /// What it is of.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let handle = TreeHandle::new();
    // Whether there is an X decides on a column, and so on the whole widget.
    let with_x = Memo::new(move |_| calls.with(|calls| calls.differences().1 > 0));
    // Question by question, the newest is kept in sight.
    let now = Memo::new(move |_| {
        let stepping = desk.scenario.with(|scenario| matches!(scenario.choice("mode"), "tree" | "you"));
        let nodes = calls.with(|calls| calls.tree.len());
        (stepping && nodes > 0).then(|| calls.with(newest))
    });
    Effect::new(move || {
        if let Some(now) = now.get() {
            handle.follow(now);
        }
    });
    let root = Memo::new(move |_| calls.with(|calls| calls.node(0).map(|root| root.node.question.clone())));
    Effect::new(move |before: Option<Option<String>>| {
        let root = root.get();
        if before.flatten().is_some_and(|before| root.as_ref().is_some_and(|root| *root != before)) {
            handle.reset();
        }
        root
    });
    let forest = Signal::derive(move || calls.with(|calls| calls.forest.clone()));
    let blame = Signal::derive(move || calls.with(|calls| calls.blame.clone()));
    view! {
        <section class="calls">
            {move || {
                let columns = if with_x.get() { WITH_X } else { WITHOUT_X };
                view! { <Tree label forest columns blame now handle/> }
            }}
            <Summary calls handle/>
            <InFocus desk calls handle/>
        </section>
    }
}

/// Where the run is: the node that was answered last, or else asked last.
fn newest(calls: &Calls) -> u32 {
    let last = calls.tree.len() as u32 - 1;
    // Answers come from the bottom up: above the last question the highest that is answered is the newest.
    let mut at = last;
    while let Some(above) = calls.node(at).and_then(|node| node.node.parent).filter(|above| *above < at) {
        if calls.node(above).is_none_or(|node| node.given.is_none()) {
            break;
        }
        at = above;
    }
    at
}

/// The tree in a sentence, and the way to where X alone says something else.
#[component]
fn Summary(calls: Signal<Calls>, handle: TreeHandle) -> impl IntoView {
    let said = move || calls.with(sentence);
    let differs = Memo::new(move |_| calls.with(|calls| calls.differences().0 > 0));
    let next = move |_| {
        if let Some(id) = calls.with_untracked(|calls| calls.next_difference(handle.active.get_untracked())) {
            handle.show(id);
        }
    };
    view! {
        <p class="soft calls-summary">
            <span>{said}</span>
            <Show when=move || differs.get()>
                <button type="button" class="quiet" on:click=next>"Next difference"</button>
            </Show>
        </p>
    }
}

fn sentence(calls: &Calls) -> String {
    let asked = calls.tree.len();
    let answered = calls.tree.iter().filter(|node| node.given.is_some()).count();
    let repeated = calls.tree.iter().filter(|node| node.node.same_as.is_some()).count();
    let number = |n: usize| grouped(n as u64);
    let questions = if asked == 1 { "question" } else { "questions" };
    let mut parts = vec![format!("{} {questions}", number(asked))];
    if answered < asked {
        parts.push(format!("{} answered", number(answered)));
    }
    if repeated > 0 {
        parts.push(format!("{} asked before", number(repeated)));
    }
    let (differs, of) = calls.differences();
    if of > 0 {
        parts.push(format!("X alone differs from the tree at {} of {}", number(differs), number(of)));
    }
    parts.join(" · ") + "."
}

/// What is said of the question in focus at the least.
const SAID: &str = "in-focus-said";

/// Scrolls to what is said of a row when another one is asked for: it may stand below the fold.
pub fn keep_in_sight(asked: RwSignal<u32>, id: &'static str) {
    Effect::new(move |before: Option<u32>| {
        let asked = asked.get();
        if before.is_some_and(|before| before != asked) {
            // Once the row is in sight and the card is written anew.
            request_animation_frame(move || request_animation_frame(move || dom::bring_into_sight(id)));
        }
        asked
    });
}

/// The question in focus: its answers side by side, how they came about, and what X said in other rounds.
#[component]
fn InFocus(desk: Desk, calls: Signal<Calls>, handle: TreeHandle) -> impl IntoView {
    keep_in_sight(handle.asked, SAID);
    let node =
        Memo::new_with_compare(move |_| calls.with(|calls| calls.node(handle.active.get()).cloned()), |_, _| true);
    move || {
        let NodeState { node, given } = node.get()?;
        let same = node.same_as.map(|id| {
            view! { <button type="button" class="quiet" on:click=move |_| handle.show(id)>"Where it was asked first"</button> }
        });
        // Whoever is H must not read the answer before giving one.
        let truth = node
            .truth
            .clone()
            .filter(|_| given.is_some())
            .map(|truth| view! { <div><dt>"The truth"</dt><dd>{truth}</dd></div> });
        let root = calls.with_untracked(|calls| calls.node(0).map_or(String::new(), |root| root.node.question.clone()));
        let rounds = desk.state.with(|state| history(&state.snapshots, &root, &node.question));
        Some(view! {
            <div class="in-focus">
                <div id=SAID>
                <h2>{node.question.clone()}</h2>
                <dl class="answers">{given.as_deref().map(answers)}{truth}</dl>
                {given.as_ref().filter(|given| !given.how.is_empty()).map(|given| view! { <p class="soft">{format!("{}: {}.", words::by(given.by), given.how.trim_start_matches("H "))}</p> })}
                </div>
                {same}
                {(rounds.len() > 1).then(|| over_rounds(rounds))}
            </div>
        })
    }
}

fn answers(given: &Given) -> impl IntoView + use<> {
    let answer = |name: String, answer: &str, right: Option<bool>| {
        let (sign, said) = match right {
            Some(true) => (" ✓", " right"),
            Some(false) => (" ✗", " wrong"),
            None => ("", ""),
        };
        let judged = right.map(|right| if right { "yes" } else { "no" });
        view! {
            <div>
                <dt>{name}</dt>
                <dd data-right=judged>{answer.to_owned()}<span aria-hidden="true">{sign}</span><span class="sr-only">{said}</span></dd>
            </div>
        }
    };
    let beside = |name: &str, direct: &Option<Direct>| {
        direct.as_ref().map(|direct| answer(name.to_owned(), &direct.answer, Some(direct.right)))
    };
    view! {
        {answer(format!("The tree’s answer, by {}", words::by(given.by)), &given.answer, given.right)}
        {beside("X alone", &given.direct)}
        {beside("H with X’s help", &given.amplified)}
    }
}

/// What X alone said, from a step to a step, as long as it said the same.
struct Spell {
    from: u32,
    to: u32,
    said: Direct,
}

/// What X alone said to a question of the tree with this root, in each recorded round of the first repetition.
fn history(snapshots: &[Arc<Snapshot>], root: &str, question: &str) -> Vec<Spell> {
    let mut spells: Vec<Spell> = Vec::new();
    // The tree is hardly ever another one: a question is looked for first where it stood before.
    let (mut node, mut given) = (0, 0);
    for snapshot in snapshots.iter().filter(|snapshot| snapshot.run == 0) {
        let Some(tree) =
            snapshot.trees.iter().find(|tree| tree.nodes.first().is_some_and(|first| first.question == root))
        else {
            continue;
        };
        let asks = |at: &usize| tree.nodes.get(*at).is_some_and(|node| node.question == question);
        let Some(at) = Some(node).filter(asks).or_else(|| (0..tree.nodes.len()).find(asks)) else { continue };
        let answers = |place: &usize| tree.given.get(*place).is_some_and(|given| given.node as usize == at);
        let found = Some(given).filter(answers).or_else(|| (0..tree.given.len()).find(answers));
        (node, given) = (at, found.unwrap_or(given));
        let Some(said) = found.and_then(|place| tree.given[place].direct.clone()) else { continue };
        match spells.last_mut() {
            Some(last) if last.said == said => last.to = snapshot.step,
            _ => spells.push(Spell { from: snapshot.step, to: snapshot.step, said }),
        }
    }
    spells
}

fn over_rounds(spells: Vec<Spell>) -> impl IntoView {
    let one = |spell: Spell| {
        let steps = if spell.from == spell.to {
            format!("step {}", spell.from)
        } else {
            format!("steps {} to {}", spell.from, spell.to)
        };
        let (sign, judged) = if spell.said.right { ("✓", "yes") } else { ("✗", "no") };
        view! { <li data-right=judged><b>{spell.said.answer}" "{sign}</b>" "{steps}</li> }
    };
    view! {
        <div class="spells">
            <h3>"X alone, round by round"</h3>
            <ol>{spells.into_iter().map(one).collect_view()}</ol>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::amplification::event::{By, Grown, Node};

    fn snapshot(step: u32, answer: &str) -> Arc<Snapshot> {
        let direct = Some(Direct { answer: answer.to_owned(), right: answer == "d" });
        let node = Node { parent: None, question: "σ²(a)?".to_owned(), level: 0, truth: None, same_as: None };
        let given = Given {
            node: 0,
            answer: "d".to_owned(),
            by: By::Human,
            right: None,
            direct,
            amplified: None,
            how: String::new(),
        };
        Arc::new(Snapshot { run: 0, step, trees: vec![Grown { nodes: vec![node], given: vec![given] }] })
    }

    #[test]
    fn rounds_in_which_x_says_the_same_are_one_spell() {
        let list = [snapshot(0, "a"), snapshot(10, "b"), snapshot(20, "b"), snapshot(30, "d")];
        let spells = history(&list, "σ²(a)?", "σ²(a)?");
        let seen: Vec<_> = spells.iter().map(|spell| (spell.from, spell.to, spell.said.answer.as_str())).collect();
        assert_eq!(seen, [(0, 0, "a"), (10, 20, "b"), (30, 30, "d")]);
        assert!(history(&list, "σ²(a)?", "another").is_empty());
    }
}
