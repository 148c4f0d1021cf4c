//! Hundreds of games, in the layout of the paper's table, with the paper's number beside each of ours.

use super::Desk;
use crate::{
    debate::{
        event::{Protocol, Side},
        paper,
        replay::Table,
        words,
    },
    lab::{Link, grouped},
    stats::Tally,
    ui::{Axis, Bar, BarChart, ExportMenu, Term, Tone, Unit},
};
use leptos::prelude::*;
use std::fmt::Write as _;

/// Of fewer games a percentage would say too much.
const FEW: u32 = 20;
const WILSON: &str = "The 95 % interval after Wilson: where the true share may well lie, given this many games.";

/// Table, chart and the grid of lies.
#[component]
pub fn Tournament(desk: Desk) -> impl IntoView {
    let table = Memo::new(move |_| desk.state.with(|state| state.table.clone()));
    let games = move || grouped(desk.scenario.with(|scenario| scenario.int("games")) as u64);
    let bars = Signal::derive(move || table.with(bars));
    let link = move || Link::of(desk.scenario.get_untracked()).write();
    view! {
        <h1>"How often does honesty win?"</h1>
        <Show when=move || desk.shows("text")>
            <p class="lede">{move || format!(
                "{} of {} held-out pictures played. With claims the liar may try all nine lies on each, and wins if any of them wins.",
                grouped(table.with(Table::pictures).into()), games(),
            )}</p>
        </Show>
        <PaperTable table/>
        <figure>
            <BarChart title="How often the judge is right" bars reference="the paper"
                axis=Axis { label: "judge right".to_owned(), unit: Unit::Percent, range: Some((0.0, 1.0)) }/>
            <figcaption>"Whiskers: 95 % intervals. The mark is the paper’s number, on MNIST and with 10,000 rollouts a move."</figcaption>
        </figure>
        <Show when=move || desk.shows("extras")>
            <Lies table/>
        </Show>
        <div class="exports">
            <ExportMenu name="debate-tournament"
                csv=Callback::new(move |()| table.with_untracked(|table| csv(table, &link()))) json=Callback::new(move |()| table.with_untracked(|table| json(table, &link())))/>
        </div>
    }
}

/// The paper's table: a row for each number of pixels and rule, honest first, liar first, mean.
#[component]
fn PaperTable(table: Memo<Table>) -> impl IntoView {
    let groups = move || {
        table.with(|table| {
            let group = |px: u8| {
                let rows = rows(table, px).into_iter().map(Row::view).collect_view();
                view! {
                    <tbody>
                        <tr class="group"><th colspan="4" scope="rowgroup">{words::pixels(px)}</th></tr>
                        {rows}
                    </tbody>
                }
            };
            pixels(table).into_iter().map(group).collect_view()
        })
    };
    view! {
        <div class="scroll-x" tabindex="0" role="region" aria-label="The paper’s table">
        <table class="facts paper-table">
            <thead><tr>
                <th scope="col">"Protocol"</th>
                <th scope="col" class="num">"Honest first"</th><th scope="col" class="num">"Liar first"</th>
                <th scope="col" class="num"><Term about=WILSON source="Wilson 1927">"Mean"</Term></th>
            </tr></thead>
            {groups}
        </table>
        </div>
    }
}

/// The rows for one number of pixels.
fn rows(table: &Table, px: u8) -> Vec<Row> {
    let mut rows = vec![single(table, px, "Judge alone, random pixels", Protocol::RandomPixels)];
    for (name, precommit) in [("Debate, no claims", false), ("Debate, claims first (precommit)", true)] {
        rows.extend(debate(table, px, name, precommit));
    }
    let advisers = [
        ("Honest adviser", Protocol::HonestAdviser),
        ("Dishonest adviser", Protocol::DishonestAdviser),
        ("Open consultancy", Protocol::OpenConsultancy),
    ];
    let played = advisers.into_iter().filter(|(_, protocol)| table.cells.contains_key(&(px, *protocol)));
    rows.extend(played.map(|(name, protocol)| single(table, px, name, protocol)));
    rows
}

/// One row; a cell is a tally and the paper's share.
struct Row {
    name: &'static str,
    cells: [Option<(Tally, Option<f64>)>; 3],
}

impl Row {
    fn view(self) -> impl IntoView {
        let cells = self.cells.map(|cell| view! {
            <td class="num">{cell.filter(|(tally, _)| tally.of > 0).map(|(tally, paper)| {
                let share = tally.estimate();
                view! {
                    <strong>{format!("{:.1} %", share.mean * 100.0)}</strong>
                    " " <small>{format!("[{:.1}, {:.1}]", share.lo * 100.0, share.hi * 100.0)}</small>
                    {paper.map(|paper| view! { <small class="paper">{format!("paper {:.1} %", paper * 100.0)}</small> })}
                }
            })}</td>
        });
        view! { <tr><th scope="row">{self.name}</th>{cells.into_iter().collect_view()}</tr> }
    }
}

fn tally(table: &Table, px: u8, protocol: Protocol) -> Tally {
    table.cells.get(&(px, protocol)).copied().unwrap_or_default()
}

fn single(table: &Table, px: u8, name: &'static str, protocol: Protocol) -> Row {
    Row { name, cells: [None, None, Some((tally(table, px, protocol), paper::share(px, protocol)))] }
}

fn debate(table: &Table, px: u8, name: &'static str, precommit: bool) -> Option<Row> {
    let of = |first| if precommit { Protocol::Precommit { first } } else { Protocol::Debate { first } };
    let sides = [of(Side::Honest), of(Side::Liar)];
    let [a, b] = sides.map(|protocol| tally(table, px, protocol));
    let [paper_a, paper_b] = sides.map(|protocol| paper::share(px, protocol));
    let both = a + b;
    let paper = paper_a.zip(paper_b).map(|(a, b)| f64::midpoint(a, b));
    (both.of > 0).then_some(Row { name, cells: [Some((a, paper_a)), Some((b, paper_b)), Some((both, paper))] })
}

fn pixels(table: &Table) -> Vec<u8> {
    let mut all: Vec<_> = table.cells.keys().map(|(px, _)| *px).collect();
    all.dedup();
    all
}

fn bars(table: &Table) -> Vec<Bar> {
    table
        .cells
        .iter()
        .filter(|(_, tally)| tally.of > 0)
        .map(|((px, protocol), tally)| {
            let share = tally.estimate();
            Bar {
                name: format!("{px} px: {}", words::protocol(*protocol).0.to_lowercase()),
                tone: match protocol {
                    Protocol::RandomPixels => Tone::Ink,
                    Protocol::DishonestAdviser | Protocol::OpenConsultancy => Tone::Weak,
                    _ => Tone::Honest,
                },
                value: share.mean,
                band: Some((share.lo, share.hi)),
                reference: paper::share(*px, *protocol),
            }
        })
        .collect()
}

/// Which lies succeed: a row for each digit, a column for each lie, as the share of games in which that lie won.
#[component]
fn Lies(table: Memo<Table>) -> impl IntoView {
    let any = move || table.with(|table| table.games.iter().any(|games| *games > 0));
    let rows = move || {
        table.with(|table| (0..10).map(|truth| {
        let cells = (0..10).map(|lie| {
            if truth == lie {
                return view! { <td class="self">"·"</td> }.into_any();
            }
            let (won, of) = (table.lies_won[truth][lie], table.games[truth]);
            let share = f64::from(won) / f64::from(of.max(1));
            view! { <td class="num" style:--share=format!("{share:.3}") title=format!("{won} of {of}")>{if of < FEW { format!("{won}/{of}") } else { format!("{:.0}", share * 100.0) }}</td> }.into_any()
        }).collect_view();
        view! { <tr><th scope="row">{truth}</th>{cells}</tr> }
    }).collect_view())
    };
    let most = move || {
        table.with(|table| {
            let mut lies: Vec<_> =
                (0..10).map(|lie| (table.lies_won.iter().map(|row| row[lie]).sum::<u32>(), lie)).collect();
            lies.sort_by(|a, b| b.cmp(a));
            format!(
                "Most successful lies here: {} ({} wins) and {} ({}). The paper found 8 and 9.",
                lies[0].1, lies[0].0, lies[1].1, lies[1].0,
            )
        })
    };
    view! {
        <Show when=any>
            <section class="lies-grid">
                <h2>"Which lies succeed"</h2>
                <div class="scroll-x" tabindex="0" role="region" aria-label="Which lies succeed">
                <table class="facts grid">
                    <caption>"Rows: what the picture shows. Columns: the lie. Cells: games won by that lie, in percent, or of how many where they are few."</caption>
                    <thead><tr><td></td>{(0..10).map(|lie| view! { <th scope="col">{lie}</th> }).collect_view()}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
                </div>
                <p class="soft">{most}</p>
            </section>
        </Show>
    }
}

fn csv(table: &Table, link: &str) -> String {
    let mut text = String::from("pixels,protocol,right,of,mean,lo,hi,paper,link\n");
    for ((px, protocol), tally) in &table.cells {
        let share = tally.estimate();
        let paper = paper::share(*px, *protocol).map_or(String::new(), |share| format!("{share:.3}"));
        let name = words::protocol(*protocol).0.replace(',', "");
        let _ = writeln!(
            text,
            "{px},{name},{},{},{:.4},{:.4},{:.4},{paper},\"{link}\"",
            tally.right, tally.of, share.mean, share.lo, share.hi
        );
    }
    text
}

fn json(table: &Table, link: &str) -> String {
    let cells: Vec<_> = table.cells.iter().map(|((px, protocol), tally)| {
        let share = tally.estimate();
        let paper = paper::share(*px, *protocol).map_or("null".to_owned(), |share| format!("{share:.3}"));
        format!(
            "{{\"pixels\":{px},\"protocol\":\"{}\",\"right\":{},\"of\":{},\"mean\":{:.4},\"lo\":{:.4},\"hi\":{:.4},\"paper\":{paper}}}",
            words::protocol(*protocol).0, tally.right, tally.of, share.mean, share.lo, share.hi,
        )
    }).collect();
    format!(
        "{{\"link\":\"{link}\",\"cells\":[{}],\"lies_won\":{:?},\"games\":{:?}}}",
        cells.join(","),
        table.lies_won,
        table.games
    )
}
