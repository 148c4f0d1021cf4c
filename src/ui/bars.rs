//! Bars: a chart with error bars and reference marks, and a small list of probabilities.

use super::{
    Axis, ExportMenu, Tone, Unit,
    chart::{
        plot::{self, Plot},
        ticks,
    },
    dom, export,
};
use leptos::{html, prelude::*, svg};

/// Height of one bar with its name, in CSS pixels.
const ROW: f64 = 44.0;
/// Room above the first bar and below the last.
const TOP: f64 = 12.0;
const BOTTOM: f64 = 30.0;
/// Room for what the axis measures.
const LABEL: f64 = 18.0;

/// One measured value, and what somebody else reports for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// What was measured.
    pub name: String,
    /// Its colour.
    pub tone: Tone,
    /// The value.
    pub value: f64,
    /// The ends of its interval.
    pub band: Option<(f64, f64)>,
    /// Somebody else's value, such as a paper's.
    pub reference: Option<f64>,
}

/// The value, its interval and the reference in words.
fn words(bar: &Bar, unit: Unit) -> [String; 3] {
    let band = bar.band.map(|(low, high)| format!("{} to {}", unit.reading(low), unit.reading(high)));
    [unit.reading(bar.value), band.unwrap_or_default(), bar.reference.map(|r| unit.reading(r)).unwrap_or_default()]
}

fn csv(bars: &[Bar]) -> String {
    let head = ["name", "value", "low", "high", "reference"].map(str::to_owned).to_vec();
    let number = |value: Option<f64>| value.map(|v| v.to_string()).unwrap_or_default();
    let row = |bar: &Bar| {
        let (low, high) = (bar.band.map(|b| b.0), bar.band.map(|b| b.1));
        vec![bar.name.clone(), bar.value.to_string(), number(low), number(high), number(bar.reference)]
    };
    export::csv(std::iter::once(head).chain(bars.iter().map(row)))
}

/// The frame: from zero, or from the axis' own range.
fn frame(width: f64, axis: &Axis, bars: &[Bar]) -> Plot {
    let values =
        bars.iter().flat_map(|bar| [bar.value, bar.band.map_or(bar.value, |b| b.1), bar.reference.unwrap_or(0.0)]);
    let x = axis.range.unwrap_or_else(|| ticks::range_of(values.chain([0.0]), 5, axis.unit));
    let right = width - plot::text_width(&axis.unit.reading(x.1)) - 24.0;
    Plot { left: 14.0, right, top: TOP, bottom: TOP + ROW * bars.len() as f64, x, y: (0.0, 1.0) }
}

/// Horizontal bars with error bars; a small diamond marks the reference value.
#[component]
pub fn BarChart(
    /// What the chart shows, in one sentence.
    #[prop(into)]
    title: Signal<String>,
    /// The measured axis.
    #[prop(into)]
    axis: Signal<Axis>,
    /// The bars, from top to bottom.
    #[prop(into)]
    bars: Signal<Vec<Bar>>,
    /// Whose values the diamonds are, such as "the paper".
    #[prop(optional, into)]
    reference: String,
) -> impl IntoView {
    let (area, figure) = (NodeRef::<html::Div>::new(), NodeRef::<svg::Svg>::new());
    let width = dom::width_of(area);
    let below = move || if axis.with(|axis| axis.label.is_empty()) { BOTTOM } else { BOTTOM + LABEL };
    let height = move || TOP + below() + ROW * bars.with(Vec::len) as f64;
    let plot = move || frame(width.get(), &axis.get(), &bars.get());
    let named = !reference.is_empty();
    let with_reference = move || named && bars.with(|all| all.iter().any(|bar| bar.reference.is_some()));
    let key = reference.clone();
    view! {
        <div class="chart">
            <div class="chart-area" node_ref=area>
                <svg class="chart-svg" node_ref=figure role="img" aria-label=title width=width height=height
                    viewBox=move || format!("0 0 {} {}", width.get(), height())>
                    {move || scale(&plot(), &axis.get())}
                    {move || bars.get().iter().enumerate().map(|(row, bar)| one_bar(&plot(), bar, row, axis.get().unit)).collect_view()}
                </svg>
            </div>
            {move || with_reference().then(|| view! {
                <ul class="legend"><li>
                    <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
                        <path class="reference" d=Tone::Student.marker(7.0, 7.0, 4.2) />
                    </svg>
                    {key.clone()}
                </li></ul>
            })}
            <div class="sr-only"><table>
                <caption>{title}</caption>
                <thead><tr>
                    <th scope="col">"Name"</th><th scope="col">"Value"</th><th scope="col">"Interval"</th>
                    {named.then(|| view! { <th scope="col">{reference}</th> })}
                </tr></thead>
                <tbody>{move || bars.get().iter().map(|bar| view! {
                    <tr>
                        <th scope="row">{bar.name.clone()}</th>
                        {words(bar, axis.get().unit).into_iter().take(if named { 3 } else { 2 }).map(|cell| view! { <td>{cell}</td> }).collect_view()}
                    </tr>
                }).collect_view()}</tbody>
            </table></div>
            <ExportMenu name=title figure=figure csv=move |()| csv(&bars.get_untracked()) />
        </div>
    }
}

fn scale(plot: &Plot, axis: &Axis) -> impl IntoView + use<> {
    let longest = axis.unit.tick(plot.x.1, 1.0).chars().count();
    let wanted = plot::room_for(plot.right - plot.left, longest).min(6);
    let ticks = ticks::ticks(plot.x.0, plot.x.1, wanted, axis.unit);
    let line = |value: &f64| {
        let x = plot.px(*value);
        view! {
            <line class="grid" x1=x x2=x y1=plot.top y2=plot.bottom />
            <text class="tick" x=x y=plot.bottom + 20.0 text-anchor="middle">{axis.unit.tick(*value, ticks.step)}</text>
        }
    };
    view! {
        {ticks.at.iter().map(line).collect_view()}
        <text class="tick" x=f64::midpoint(plot.left, plot.right) y=plot.bottom + 38.0 text-anchor="middle">{axis.label.clone()}</text>
    }
}

fn one_bar(plot: &Plot, bar: &Bar, row: usize, unit: Unit) -> impl IntoView + use<> {
    let top = plot.top + ROW * row as f64 + 21.0;
    let middle = top + 7.0;
    let (zero, end) = (plot.px(plot.x.0.max(0.0)), plot.px(bar.value));
    let whisker = bar.band.map(|(low, high)| {
        let (low, high) = (plot.px(low), plot.px(high));
        let d = format!("M{low:.1} {:.1}v8M{low:.1} {middle}H{high:.1}M{high:.1} {:.1}v8", middle - 4.0, middle - 4.0);
        (high, view! { <path class="whisker" d=d /> })
    });
    let diamond = bar.reference.map(|value| {
        let x = plot.px(value);
        (x, view! { <path class="reference" d=Tone::Student.marker(x, middle, 4.2) /> })
    });
    // The number stands behind everything that is drawn.
    let behind = [Some(end), whisker.as_ref().map(|w| w.0), diamond.as_ref().map(|d| d.0 + 6.0)];
    let behind = behind.into_iter().flatten().fold(zero, f64::max) + 8.0;
    view! {
        <g class=bar.tone.class()>
            <text class="bar-name" x=plot.left y=top - 7.0>{bar.name.clone()}</text>
            <rect class="bar-fill" x=zero.min(end) y=top width=(end - zero).abs() height="14" />
            <line class="bar-edge" x1=end x2=end y1=top - 1.0 y2=top + 15.0 />
            {whisker.map(|w| w.1)}
            {diamond.map(|d| d.1)}
            <text class="bar-value" x=behind y=middle dy="0.35em">{unit.reading(bar.value)}</text>
        </g>
    }
}

/// One answer and its probability.
#[derive(Debug, Clone, PartialEq)]
pub struct Chance {
    /// The answer.
    pub label: String,
    /// Its probability in `0..=1`.
    pub p: f64,
    /// Whose answer it is.
    pub tone: Tone,
}

/// A small list of probabilities as bars.
#[component]
pub fn ChanceBars(
    /// What the probabilities are of.
    #[prop(into)]
    label: Signal<String>,
    /// The answers in their order.
    #[prop(into)]
    chances: Signal<Vec<Chance>>,
) -> impl IntoView {
    let row = |chance: Chance| {
        let width = format!("{:.1}%", chance.p.clamp(0.0, 1.0) * 100.0);
        let sign = if chance.tone == Tone::Ink { "" } else { chance.tone.glyph() };
        view! {
            <li class=chance.tone.class()>
                <span class="chance-label">{chance.label}</span>
                <span class="track" aria-hidden="true"><span class="fill" style:width=width></span></span>
                <span class="num">{Unit::Percent.reading(chance.p)}" "<span class="glyph" aria-hidden="true">{sign}</span></span>
            </li>
        }
    };
    view! { <ul class="chances" aria-label=label>{move || chances.get().into_iter().map(row).collect_view()}</ul> }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(value: f64) -> Bar {
        Bar {
            name: "debate, 6 pixels".to_owned(),
            tone: Tone::Honest,
            value,
            band: Some((0.8, 0.9)),
            reference: Some(0.88),
        }
    }

    #[test]
    fn a_bar_is_said_in_words_and_written_in_full() {
        assert_eq!(words(&bar(0.852), Unit::Percent), ["85\u{a0}%", "80\u{a0}% to 90\u{a0}%", "88\u{a0}%"]);
        assert_eq!(csv(&[bar(0.852)]), "name,value,low,high,reference\n\"debate, 6 pixels\",0.852,0.8,0.9,0.88\n");
    }

    #[test]
    fn the_frame_starts_at_zero_and_holds_everything() {
        let axis = Axis { label: String::new(), unit: Unit::Percent, range: None };
        let frame = frame(400.0, &axis, &[bar(0.5)]);
        assert_eq!(frame.x, (0.0, 1.0));
        assert!(frame.px(0.9) < frame.right && frame.right < 400.0);
    }
}
