//! The widget: a scrolling window over the rows, its keys, and what stands above and below it.

use super::{
    Columns, SharedForest, TreeHandle, lines,
    parts::Parts,
    rows::{Rows, Size},
    save::SaveTree,
    tools::Tools,
    walk::{self, Step},
};
use crate::ui::dom;
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast as _;
use web_sys::{Element, KeyboardEvent, MouseEvent};

/// A tree of any size, by mouse, touch and keys, after the ARIA tree pattern with the focus kept by the whole.
#[component]
pub fn Tree(
    /// What the tree is of: its accessible name and its files' name.
    #[prop(into)]
    label: Signal<String>,
    /// The nodes.
    #[prop(into)]
    forest: Signal<SharedForest>,
    /// What the columns are called.
    columns: Columns,
    /// From a root to the first mistake; empty where there is none.
    #[prop(optional, into)]
    blame: Signal<Vec<u32>>,
    /// The node where something happens now: it is kept in sight.
    #[prop(optional, into)]
    now: Signal<Option<u32>>,
    /// What the reader looks at.
    handle: TreeHandle,
) -> impl IntoView {
    let parts = Parts::of(forest, columns, blame, now, handle);
    let (node, area) = (NodeRef::<html::Div>::new(), NodeRef::<html::Div>::new());
    let id = dom::unique("tree");
    let width = dom::width_of(area);
    let size = Size { width, top: RwSignal::new(0.0), height: RwSignal::new(600.0) };
    watch(parts, node, size);
    let (search, own) = (format!("{id}-search"), id.clone());
    let row_of = id.clone();
    let active =
        move || parts.lines.with(|lines| lines.get(parts.active_index()).map(|line| format!("{row_of}-{}", line.id)));
    let key = move |event: KeyboardEvent| {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let page = (size.height.get_untracked() / untrack(|| size.row())) as usize;
        let step = untrack(|| {
            let at = parts.active_index();
            parts.lines.with(|lines| parts.shape.with(|shape| walk::step(&event.key(), lines, shape, at, page)))
        });
        if let Some(step) = step {
            event.prevent_default();
            take(parts, step);
        }
    };
    view! {
        <div class="tree" class:sentences=columns.prose class:alone=columns.aside.is_empty() class:narrow=move || size.is_narrow() node_ref=area>
            <Tools parts search tree=own.clone()/>
            <Heads columns/>
            <div class="tree-window" role="tree" id=own tabindex="0" data-own-keys="" aria-label=label node_ref=node
                aria-activedescendant=active style:--row=move || format!("{}px", size.row())
                on:keydown=key on:scroll=move |_| size.measure(node) on:click=move |event| press(parts, &event)>
                <Rows parts size tree=id/>
            </div>
            <SaveTree parts label/>
        </div>
    }
}

/// Follows what the reader, a lab or the run asks to see.
fn watch(parts: Parts, node: NodeRef<html::Div>, size: Size) {
    Effect::new(move || {
        parts.lines.track();
        size.width.track();
        dom::in_next_frame(move || size.measure(node));
    });
    Effect::new(move |before: Option<u32>| {
        let aim = parts.handle.aim.get();
        if before.is_some_and(|before| before != aim) {
            dom::in_next_frame(move || size.bring(node, untrack(|| parts.active_index())));
        }
        aim
    });
    Effect::new(move || {
        if let Some(wanted) = parts.handle.wanted.get() {
            let shape = parts.shape.get();
            if (wanted as usize) < shape.len() {
                parts.handle.wanted.set(None);
                parts.handle.present(&shape, wanted);
            }
        }
    });
    Effect::new(move || {
        if let Some(now) = parts.now.get() {
            let row = move || parts.lines.with(|lines| parts.shape.with(|shape| lines::index_of(lines, shape, now)));
            dom::in_next_frame(move || size.bring(node, untrack(row)));
        }
    });
}

fn take(parts: Parts, step: Step) {
    let (handle, shape) = (parts.handle, parts.shape.get_untracked());
    match step {
        Step::Go(id) => handle.go(id),
        Step::Open(id) | Step::Close(id) => {
            handle.open(&shape, id, matches!(step, Step::Open(_)));
            handle.go(id);
        }
        Step::OpenSiblings(id) => {
            let siblings = shape.parent(id).map_or(shape.roots(), |parent| shape.children(parent));
            for sibling in siblings {
                handle.open(&shape, *sibling, true);
            }
            handle.go(id);
        }
    }
}

/// A press on a row goes there; one on its sign, or on the row in focus, opens or closes it.
fn press(parts: Parts, event: &MouseEvent) {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
    let row = target.closest("[data-node]").ok().flatten();
    let Some(id) = row.and_then(|row| row.get_attribute("data-node")).and_then(|id| id.parse::<u32>().ok()) else {
        return;
    };
    let on_sign = target.closest(".tree-twist").ok().flatten().is_some();
    let shape = parts.shape.get_untracked();
    if on_sign || event.detail() == 2 {
        let open = parts.handle.opening.with_untracked(|opening| opening.is_open(&shape, id));
        parts.handle.open(&shape, id, !open);
    }
    parts.handle.active.set(id);
}

#[component]
fn Heads(columns: Columns) -> impl IntoView {
    view! {
        <div class="tree-heads" aria-hidden="true">
            <span>{columns.label}</span><span>{columns.answer}</span><span>"by"</span><span>{columns.aside}</span>
            <span class="num">{columns.cost}</span>
        </div>
    }
}
