//! What stands above a tree: search, how much is open, and which branch is shown.

use super::{lines::Opening, parts::Parts};
use crate::ui::dom;
use leptos::prelude::*;
use web_sys::KeyboardEvent;

/// So many levels can be chosen; beyond them only all.
const MOST_LEVELS: u16 = 12;

/// Search, levels, and the ways to a mistake and to a branch.
#[component]
pub(super) fn Tools(
    parts: Parts,
    /// The id of the search field.
    search: String,
    /// The id of the tree, to go back to.
    tree: String,
) -> impl IntoView {
    let handle = parts.handle;
    let blamed = Memo::new(move |_| parts.blame.with(|blame| blame.last().copied()));
    let here = Memo::new(move |_| parts.lines.with(|lines| lines.get(parts.active_index()).copied()));
    let narrows = move || here.get().is_some_and(|line| line.children > 0 && line.level > 0);
    view! {
        <div class="tree-tools">
            <Search parts id=search tree/>
            <Levels parts/>
            <Show when=move || blamed.get().is_some()>
                <button type="button" on:click=move |_| if let Some(id) = blamed.get() { handle.present(&parts.shape.get(), id) }>
                    "To the first mistake"
                </button>
            </Show>
            <Show when=narrows>
                <button type="button" on:click=move |_| { handle.branch.set(here.get().map(|line| line.id)); handle.aim.update(|aim| *aim += 1); }>
                    "Only this branch"
                </button>
            </Show>
        </div>
        <Crumbs parts/>
    }
}

/// A field, what was found, and buttons to go from hit to hit. Enter and Shift with Enter do the same.
#[component]
fn Search(parts: Parts, id: String, tree: String) -> impl IntoView {
    let handle = parts.handle;
    let hunt = move |forward: bool| handle.hunt(&parts.shape.get_untracked(), &parts.hits.get_untracked(), forward);
    let key = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            event.prevent_default();
            hunt(!event.shift_key());
        }
        "Escape" => {
            event.prevent_default();
            handle.query.set(String::new());
            dom::focus(&tree);
        }
        _ => {}
    };
    let asked = move || handle.query.with(|query| !query.trim().is_empty());
    let said = move || {
        let active = handle.active.get();
        parts.hits.with(|hits| match hits.iter().position(|hit| *hit == active) {
            _ if !asked() => String::new(),
            _ if hits.is_empty() => "nothing found".to_owned(),
            Some(at) => format!("{} of {}", at + 1, hits.len()),
            None => format!("{} found", hits.len()),
        })
    };
    view! {
        <div class="tree-search" role="search">
            <input type="search" id=id aria-label="Search the tree" placeholder="Search (/)" autocomplete="off"
                prop:value=move || handle.query.get() on:input=move |event| handle.query.set(event_target_value(&event)) on:keydown=key/>
            <Show when=asked>
                <button type="button" class="icon-button" aria-label="Previous hit" on:click=move |_| hunt(false)><span aria-hidden="true">"↑"</span></button>
                <button type="button" class="icon-button" aria-label="Next hit" on:click=move |_| hunt(true)><span aria-hidden="true">"↓"</span></button>
            </Show>
            <span class="soft" role="status">{said}</span>
        </div>
    }
}

/// How many levels are open: some, as many as fit, or all.
#[component]
fn Levels(parts: Parts) -> impl IntoView {
    let opening = parts.handle.opening;
    let depth = Memo::new(move |_| parts.shape.with(|shape| shape.depth()));
    let value = move || match opening.with(Opening::open_levels) {
        None => "fit".to_owned(),
        Some(levels) if levels >= depth.get() => "all".to_owned(),
        Some(levels) => levels.to_string(),
    };
    let choose = move |event| {
        let levels = match event_target_value(&event).as_str() {
            "fit" => None,
            "all" => Some(u16::MAX),
            number => number.parse().ok(),
        };
        opening.set(Opening::levels(levels));
    };
    let option = move |level: u16| {
        let name = match level {
            0 => "closed".to_owned(),
            1 => "1 level".to_owned(),
            level => format!("{level} levels"),
        };
        view! { <option value=level.to_string() selected=move || value() == level.to_string()>{name}</option> }
    };
    view! {
        <label class="tree-levels">
            <span>"Open: "</span>
            <select on:change=choose prop:value=value>
                <option value="fit" selected=move || value() == "fit">"what fits"</option>
                <option value="all" selected=move || value() == "all">"all"</option>
                {move || (0..depth.get().min(MOST_LEVELS)).map(option).collect_view()}
            </select>
        </label>
    }
}

/// The way from the root to the branch on screen.
#[component]
fn Crumbs(parts: Parts) -> impl IntoView {
    let path = Memo::new(move |_| parts.branch().map(|branch| parts.shape.with(|shape| shape.path(branch))));
    let to = move |id: u32| {
        let root = parts.shape.with_untracked(|shape| shape.parent(id).is_none());
        parts.handle.branch.set((!root).then_some(id));
        parts.handle.active.set(id);
        parts.handle.aim.update(|aim| *aim += 1);
    };
    let crumb = move |(id, last): (u32, bool)| {
        let name = parts.forest.with_untracked(|forest| forest.0.row(id).label);
        let name = if name.chars().count() > 32 { name.chars().take(31).chain(['…']).collect() } else { name };
        view! {
            <li><button type="button" class="quiet" aria-current=last.then_some("true") on:click=move |_| to(id)>{name}</button></li>
        }
    };
    move || {
        let path = path.get()?;
        let last = path.len().saturating_sub(1);
        let crumbs = path.into_iter().enumerate().map(|(at, id)| crumb((id, at == last))).collect_view();
        Some(view! { <nav class="tree-crumbs" aria-label="The way to this branch"><ol>{crumbs}</ol></nav> })
    }
}
