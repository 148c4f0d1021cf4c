//! The rows in sight, and how large they are.

use super::{
    Aside, Row,
    lines::{self, Line},
    parts::Parts,
    words,
};
use crate::lab::grouped;
use leptos::{attr::custom::custom_attribute, html, prelude::*};

/// Height of a row, in CSS pixels: of one line, and of two where the widget is narrow.
const ROW: f64 = 32.0;
const NARROW_ROW: f64 = 64.0;
/// Below this width a row has two lines.
const NARROW: f64 = 560.0;

/// Where the window over the rows stands.
#[derive(Clone, Copy)]
pub(super) struct Size {
    pub width: Signal<f64>,
    pub top: RwSignal<f64>,
    pub height: RwSignal<f64>,
}

impl Size {
    pub fn is_narrow(self) -> bool {
        self.width.get() < NARROW
    }

    /// The height of a row.
    pub fn row(self) -> f64 {
        if self.is_narrow() { NARROW_ROW } else { ROW }
    }

    /// Reads where the window stands now.
    pub fn measure(self, node: NodeRef<html::Div>) {
        // A frame may come after the widget has gone.
        if let Some(Some(window)) = node.try_get_untracked() {
            let (top, height) = (f64::from(window.scroll_top()), f64::from(window.client_height()));
            if self.top.try_get_untracked() != Some(top) {
                let _ = self.top.try_set(top);
            }
            if self.height.try_get_untracked() != Some(height) {
                let _ = self.height.try_set(height);
            }
        }
    }

    /// Scrolls no further than needed to have a row in sight.
    pub fn bring(self, node: NodeRef<html::Div>, index: usize) {
        let Some(Some(window)) = node.try_get_untracked() else { return };
        let (top, height) = (f64::from(window.scroll_top()), f64::from(window.client_height()));
        let row = untrack(|| self.row());
        let at = index as f64 * row;
        let to = if at < top { at } else { top.max(at + row - height) };
        window.set_scroll_top(to as i32);
        self.measure(node);
    }
}

/// Everything that a row's look depends on: it is drawn anew only where this changes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Shown {
    index: usize,
    line: Line,
    row: Row,
    active: bool,
    blamed: bool,
    class: String,
}

/// The rows in sight and the one in focus, in a space as high as all of them.
#[component]
pub(super) fn Rows(parts: Parts, size: Size, tree: String) -> impl IntoView {
    let window = Memo::new(move |_| {
        let count = parts.lines.with(|lines| lines.len());
        lines::window(count, size.row(), size.top.get(), size.height.get())
    });
    let shown = Memo::new(move |_| {
        let (window, active) = (window.get(), parts.active_index());
        let outside = (!window.contains(&active)).then_some(active);
        window.chain(outside).filter_map(|index| show(parts, index, index == active)).collect::<Vec<_>>()
    });
    let space = move || format!("{}px", parts.lines.with(|lines| lines.len()) as f64 * size.row());
    view! {
        <div class="tree-space" role="presentation" style:height=space>
            <For each=move || shown.get() key=Shown::clone children=move |shown| one(parts, &tree, shown)/>
        </div>
    }
}

fn show(parts: Parts, index: usize, active: bool) -> Option<Shown> {
    let line = parts.lines.with(|lines| lines.get(index).copied())?;
    let rank = |id: &u32| parts.shape.with(|shape| shape.rank(*id));
    let hit = parts.hits.with(|hits| hits.binary_search_by_key(&rank(&line.id), rank).is_ok());
    let blamed = parts.blame.with(|blame| blame.contains(&line.id));
    let now = parts.now.get() == Some(line.id);
    let marks = [(active, " active"), (hit, " hit"), (blamed, " blamed"), (now, " now")];
    let marks = marks.into_iter().filter_map(|(holds, name)| holds.then_some(name));
    Some(Shown {
        index,
        line,
        row: parts.forest.with(|forest| forest.0.row(line.id)),
        active,
        blamed,
        class: std::iter::once("tree-row").chain(marks).collect(),
    })
}

fn one(parts: Parts, tree: &str, shown: Shown) -> impl IntoView + use<> {
    let Shown { index, line, row, .. } = shown;
    let said = words::sentence(&row, &parts.columns, shown.blamed);
    let sign = match (line.children, line.open) {
        (0, _) => "",
        (_, true) => "▾",
        (_, false) => "▸",
    };
    let hidden = (line.children > 0 && !line.open).then(|| format!("{} below", line.children));
    view! {
        <div {..custom_attribute("aria-level", (line.level + 1).to_string())} role="treeitem" class=shown.class id=format!("{tree}-{}", line.id) data-node=line.id aria-label=said.clone() title=said
             aria-posinset=line.place aria-setsize=line.of aria-selected=shown.active.to_string()
            aria-expanded=(line.children > 0).then(|| line.open.to_string())
            style:--level=line.level.min(16).to_string() style:top=format!("calc(var(--row) * {index})")>
            <span class="tree-label">
                <span class="tree-twist" class:leaf=line.children == 0>{sign}</span>
                <span class="tree-text" dir="auto">{row.label}</span>
                {hidden.map(|hidden| view! { <small class="tree-more">{hidden}</small> })}
                {row.same_as.map(|_| view! { <small class="tree-same">"↺ seen"</small> })}
            </span>
            <span class="tree-answer" data-right=judged(row.right)>{valued(&row.answer, row.right)}</span>
            <span class=format!("tree-by {}", row.tone.class())>{(!row.by.is_empty()).then(|| view! { <i>{row.tone.glyph()}</i> {row.by.clone()} })}</span>
            <span class="tree-aside">{row.aside.map(aside)}</span>
            <span class="tree-cost num">{(row.cost > 0 && !parts.columns.cost.is_empty()).then(|| grouped(row.cost.into()))}</span>
        </div>
    }
}

fn judged(right: Option<bool>) -> Option<&'static str> {
    right.map(|right| if right { "yes" } else { "no" })
}

fn valued(answer: &str, right: Option<bool>) -> impl IntoView + use<> {
    let unanswered = answer.is_empty();
    let text = if unanswered { "…".to_owned() } else { answer.to_owned() };
    view! { <span class="tree-value" dir="auto">{text}</span><b>{words::sign(right)}</b> }
}

fn aside(aside: Aside) -> impl IntoView {
    view! {
        <span class="tree-second" class:differs=aside.differs data-right=judged(aside.right)>{valued(&aside.answer, aside.right)}</span>
    }
}
