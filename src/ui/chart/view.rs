//! The drawing of a line chart, and the cross-hair over it.

use super::{Axis, Mark, Series, layout, layout::Layout, plot, table};
use crate::ui::{ExportMenu, dom};
use leptos::{html, prelude::*, svg};
use web_sys::{KeyboardEvent, PointerEvent};

/// In windows lower than this, charts are lower too, so that all that matters stays in sight.
const LOW_WINDOW: f64 = 800.0;
/// Lines with more points than this are drawn without a marker at each.
const MOST_MARKERS: usize = 26;

/// A line chart with direct labels, intervals, a cross-hair for pointer and keys, a table for screen readers, and
/// export as SVG, PNG and CSV.
#[component]
pub fn LineChart(
    /// What the chart shows, in one sentence: its accessible name and its files' name.
    #[prop(into)]
    title: Signal<String>,
    /// The horizontal axis.
    #[prop(into)]
    x: Signal<Axis>,
    /// The vertical axis.
    #[prop(into)]
    y: Signal<Axis>,
    /// The lines.
    #[prop(into)]
    series: Signal<Vec<Series>>,
    /// Vertical lines.
    #[prop(optional, into)]
    marks: Signal<Vec<Mark>>,
    /// Height in CSS pixels; a quarter less where the window is low.
    #[prop(default = 230.0)]
    height: f64,
) -> impl IntoView {
    let (area, figure) = (NodeRef::<html::Div>::new(), NodeRef::<svg::Svg>::new());
    let width = dom::width_of(area);
    let height = Memo::new(move |_| {
        width.track();
        if dom::window_size().1 < LOW_WINDOW { height * 0.78 } else { height }
    });
    let layout = Memo::new(move |_| layout::layout((width.get(), height.get()), &x.get(), &y.get(), &series.get()));
    let stops = Memo::new(move |_| plot::stops(&series.get()));
    // Which stop the cross-hair is at.
    let cursor = RwSignal::new(None::<usize>);
    let at = move || cursor.get().and_then(|index| stops.get().get(index).copied());

    let point_at = move |event: PointerEvent| {
        if let Some(area) = area.get() {
            let px = f64::from(event.client_x()) - area.get_bounding_client_rect().left();
            cursor.set(plot::nearest(&stops.get(), layout.get().plot.x_at(px)));
        }
    };
    let key = move |event: KeyboardEvent| {
        let Some(last) = stops.get().len().checked_sub(1) else { return };
        let now = cursor.get();
        let next = match event.key().as_str() {
            "ArrowLeft" => now.map_or(last, |i| i.saturating_sub(1)),
            "ArrowRight" => now.map_or(0, |i| (i + 1).min(last)),
            "Home" => 0,
            "End" => last,
            "Escape" if now.is_some() => return cursor.set(None),
            _ => return,
        };
        event.prevent_default();
        cursor.set(Some(next));
    };
    let csv = move || table::csv(&x.get_untracked(), &y.get_untracked(), &series.get_untracked());
    view! {
        <div class="chart">
            <div class="chart-area" node_ref=area tabindex="0" data-own-keys="" role="group"
                aria-label=move || format!("{} Left and right arrow keys read the values.", title.get())
                on:pointermove=point_at on:pointerdown=point_at
                on:pointerleave=move |event| if event.pointer_type() == "mouse" { cursor.set(None) }
                on:blur=move |_| cursor.set(None) on:keydown=key>
                <svg class="chart-svg" node_ref=figure role="img" aria-label=title
                    width=width height=height viewBox=move || format!("0 0 {} {}", width.get(), height.get())>
                    {move || axes(&layout.get(), &x.get(), &y.get())}
                    {move || vertical_marks(&layout.get(), &marks.get())}
                    {move || lines(&layout.get(), &series.get())}
                    <g data-export="no">{move || at().map(|at| cross_hair(&layout.get(), &series.get(), at))}</g>
                </svg>
                {move || at().map(|at| readout(&layout.get(), (&x.get(), &y.get()), &series.get(), at, width.get()))}
            </div>
            {move || layout.get().legend.then(|| legend(&series.get()))}
            <div class="sr-only"><table>
                <caption>{title}</caption>
                <thead><tr>
                    <th scope="col">{move || x.get().label}</th>
                    {move || series.get().into_iter().map(|s| view! { <th scope="col">{s.name}</th> }).collect_view()}
                </tr></thead>
                <tbody>{move || table::rows(&x.get(), &y.get(), &series.get()).into_iter().map(|row| view! {
                    <tr>{row.into_iter().map(|cell| view! { <td>{cell}</td> }).collect_view()}</tr>
                }).collect_view()}</tbody>
            </table></div>
            <ExportMenu name=title figure=figure csv=move |()| csv() />
        </div>
    }
}

fn axes(layout: &Layout, x: &Axis, y: &Axis) -> impl IntoView + use<> {
    let plot = layout.plot;
    let across = |value: &f64| {
        let at = plot.py(*value);
        view! {
            <line class="grid" x1=plot.left x2=plot.right y1=at y2=at />
            <text class="tick" x=plot.left - 8.0 y=at dy="0.35em" text-anchor="end">{y.unit.tick(*value, layout.y_ticks.step)}</text>
        }
    };
    let along = |value: &f64| {
        view! {
            <text class="tick" x=plot.px(*value) y=plot.bottom + 19.0 text-anchor="middle">
                {x.unit.tick(*value, layout.x_ticks.step)}
            </text>
        }
    };
    view! {
        {layout.y_ticks.at.iter().map(across).collect_view()}
        <line class="axis" x1=plot.left x2=plot.right y1=plot.bottom y2=plot.bottom />
        {layout.x_ticks.at.iter().map(along).collect_view()}
        <text class="tick" x=plot.left y="16">{y.label.clone()}</text>
        <text class="tick" x=f64::midpoint(plot.left, plot.right) y=plot.bottom + 38.0 text-anchor="middle">{x.label.clone()}</text>
    }
}

fn vertical_marks(layout: &Layout, marks: &[Mark]) -> impl IntoView + use<> {
    let plot = layout.plot;
    let mark = |(place, mark): (usize, &Mark)| {
        // Each name on a line of its own: marks may stand close to each other.
        let y = plot.bottom - 7.0 - 14.0 * place as f64;
        let at = plot.px(mark.x);
        let fits = at + plot::text_width(&mark.label) + 8.0 < plot.right;
        let (shift, anchor) = if fits { (6.0, "start") } else { (-6.0, "end") };
        let class = if mark.label.is_empty() { "mark now" } else { "mark" };
        view! {
            <line class=class x1=at x2=at y1=plot.top y2=plot.bottom />
            <text class="mark-label" x=at + shift y=y text-anchor=anchor>{mark.label.clone()}</text>
        }
    };
    marks.iter().enumerate().map(mark).collect_view()
}

fn lines(layout: &Layout, series: &[Series]) -> impl IntoView + use<> {
    let plot = layout.plot;
    let line = |s: &Series| {
        let markers = if s.points.len() <= MOST_MARKERS {
            &s.points[..]
        } else {
            s.points.last_chunk::<1>().map_or(&[][..], |p| p)
        };
        let marker: String = markers
            .iter()
            .filter(|p| p.x.is_finite() && p.y.is_finite())
            .map(|p| s.tone.marker(plot.px(p.x), plot.py(p.y), 3.6))
            .collect();
        view! {
            <g class=s.tone.class()>
                <path class="band" d=plot.band(&s.points) />
                <path class="line" d=plot.line(&s.points) stroke-dasharray=s.tone.dash() />
                <path class="marker" d=marker />
            </g>
        }
    };
    let label = |label: &layout::EndLabel| {
        view! { <text class=format!("end-label {}", label.tone.class()) x=label.x y=label.y dy="0.35em">{label.text.clone()}</text> }
    };
    view! {
        {series.iter().map(line).collect_view()}
        {layout.labels.iter().map(label).collect_view()}
    }
}

fn cross_hair(layout: &Layout, series: &[Series], at: f64) -> impl IntoView + use<> {
    let plot = layout.plot;
    let px = plot.px(at);
    let rings = series.iter().filter_map(|s| {
        let point = s.points.iter().find(|p| (p.x - at).abs() < f64::EPSILON)?;
        Some(view! { <path class=format!("ring {}", s.tone.class()) d=s.tone.marker(px, plot.py(point.y), 5.4) /> })
    });
    view! {
        <line class="cross" x1=px x2=px y1=plot.top y2=plot.bottom />
        {rings.collect_view()}
    }
}

/// The values at the cross-hair, in a box on the side where there is room; announced as they change.
fn readout(layout: &Layout, (x, y): (&Axis, &Axis), series: &[Series], at: f64, width: f64) -> impl IntoView + use<> {
    let px = layout.plot.px(at);
    let row = |s: &Series| {
        let value = table::reading(s, at, y.unit)?;
        Some(view! {
            <div class=s.tone.class()>
                <span class="glyph" aria-hidden="true">{s.tone.glyph()}</span>{s.name.clone()} " " <b>{value}</b>
            </div>
        })
    };
    let rows = series.iter().map(row).collect_view();
    let left = px < width / 2.0;
    view! {
        <div class="readout" aria-live="polite"
            style:left=if left { format!("{:.0}px", px + 14.0) } else { "auto".to_owned() }
            style:right=if left { "auto".to_owned() } else { format!("{:.0}px", width - px + 14.0) }>
            <div class="readout-at">{format!("{} {}", x.label, x.unit.reading(at))}</div>
            {rows}
        </div>
    }
}

fn legend(series: &[Series]) -> impl IntoView + use<> {
    let entry = |s: &Series| {
        view! {
            <li class=s.tone.class()>
                <svg width="30" height="12" viewBox="0 0 30 12" aria-hidden="true">
                    <path class="line" d="M1 6H29" stroke-dasharray=s.tone.dash() />
                    <path class="marker" d=s.tone.marker(15.0, 6.0, 3.6) />
                </svg>
                {s.name.clone()}
            </li>
        }
    };
    view! { <ul class="legend">{series.iter().map(entry).collect_view()}</ul> }
}
