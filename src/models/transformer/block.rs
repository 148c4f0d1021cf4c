//! One block: every row takes in what it looks at, then is worked on by itself. Rows are normalised before they are
//! read, without numbers of their own for that; what comes out is added to them.

use super::{
    WIDTH,
    attention::{Context, Slopes},
};
use crate::models::{
    linear::{back, through},
    mlp::Layer,
    product::Panel,
    rectifier::{rectify, rectify_back},
    rows::add_scaled,
};

/// Layers in a block: query, key, value, output, and two for each row by itself.
pub const IN_BLOCK: usize = 6;

/// Rows with mean 0 and variance 1.
pub struct Normalised {
    /// The rows.
    pub rows: Vec<f32>,
    /// What each was multiplied by.
    scales: Vec<f32>,
}

/// What a block has computed, for the way back.
pub struct Trace {
    seen: Normalised,
    queries: Vec<f32>,
    keys: Vec<f32>,
    values: Vec<f32>,
    shares: Vec<f32>,
    taken: Vec<f32>,
    again: Normalised,
    hidden: Vec<f32>,
}

impl Normalised {
    /// Normalises every row.
    pub fn of(states: &[f32]) -> Self {
        let n = WIDTH as f32;
        let (mut rows, mut scales) = (states.to_vec(), Vec::with_capacity(states.len() / WIDTH));
        for row in rows.chunks_exact_mut(WIDTH) {
            let mean = row.iter().sum::<f32>() / n;
            for value in &mut *row {
                *value -= mean;
            }
            let variance = row.iter().map(|value| value * value).sum::<f32>() / n;
            let scale = 1.0 / (variance + 1e-5).sqrt();
            for value in &mut *row {
                *value *= scale;
            }
            scales.push(scale);
        }
        Self { rows, scales }
    }

    /// The slopes by the states, from those by the rows.
    pub fn back(&self, slopes: &[f32]) -> Vec<f32> {
        let n = WIDTH as f32;
        let mut states = slopes.to_vec();
        let rows = self.rows.chunks_exact(WIDTH).zip(&self.scales);
        for (slopes, (row, scale)) in states.chunks_exact_mut(WIDTH).zip(rows) {
            let mean = slopes.iter().sum::<f32>() / n;
            let along = slopes.iter().zip(row).map(|(slope, value)| slope * value).sum::<f32>() / n;
            slopes.iter_mut().zip(row).for_each(|(slope, value)| *slope = scale * (*slope - mean - value * along));
        }
        states
    }
}

/// Changes `states` [contexts · each, width]. Each context's rows look at its `tokens` rows of `memory`; without a
/// memory, at each other.
pub fn forward(block: &[Layer], states: &mut [f32], memory: Option<&[f32]>, tokens: usize, panel: &mut Panel) -> Trace {
    let seen = Normalised::of(states);
    let memory = memory.unwrap_or(&seen.rows);
    let queries = through(&block[0], &seen.rows, panel);
    let [keys, values] = [1, 2].map(|i| through(&block[i], memory, panel));
    let (mut shares, mut taken) = (Vec::new(), Vec::with_capacity(states.len()));
    for context in contexts(&queries, &keys, &values, tokens) {
        let (mut of_context, mut from_context) = context.attend(panel);
        shares.append(&mut of_context);
        taken.append(&mut from_context);
    }
    add_scaled(states, &through(&block[3], &taken, panel), 1.0);
    let again = Normalised::of(states);
    let mut hidden = through(&block[4], &again.rows, panel);
    rectify(&mut hidden);
    add_scaled(states, &through(&block[5], &hidden, panel), 1.0);
    Trace { seen, queries, keys, values, shares, taken, again, hidden }
}

/// The way back: fills the block's gradient, changes the slopes by its outcome into those by the states before it, and
/// returns those by its memory, where it has one.
pub fn backward(
    block: &[Layer],
    trace: &Trace,
    memory: Option<&[f32]>,
    tokens: usize,
    slopes: &mut [f32],
    gradient: &mut [Layer],
    panel: &mut Panel,
) -> Option<Vec<f32>> {
    let mut hidden = back(&block[5], &trace.hidden, slopes, &mut gradient[5], panel);
    rectify_back(&mut hidden, &trace.hidden);
    let again = back(&block[4], &trace.again.rows, &hidden, &mut gradient[4], panel);
    add_scaled(slopes, &trace.again.back(&again), 1.0);
    let taken = back(&block[3], &trace.taken, slopes, &mut gradient[3], panel);
    let by = attention(trace, &taken, tokens, panel);
    let mut seen = back(&block[0], &trace.seen.rows, &by.queries, &mut gradient[0], panel);
    let read = memory.unwrap_or(&trace.seen.rows);
    let mut remembered = back(&block[1], read, &by.keys, &mut gradient[1], panel);
    add_scaled(&mut remembered, &back(&block[2], read, &by.values, &mut gradient[2], panel), 1.0);
    if memory.is_none() {
        add_scaled(&mut seen, &remembered, 1.0);
    }
    add_scaled(slopes, &trace.seen.back(&seen), 1.0);
    memory.map(|_| remembered)
}

/// The slopes by all queries, keys and values, from those by what was taken.
fn attention(trace: &Trace, taken: &[f32], tokens: usize, panel: &mut Panel) -> Slopes {
    let mut all = Slopes { queries: Vec::new(), keys: Vec::new(), values: Vec::new() };
    let count = trace.keys.len() / (tokens * WIDTH);
    let parts = trace.shares.chunks_exact(trace.shares.len() / count).zip(taken.chunks_exact(taken.len() / count));
    for (context, (shares, taken)) in contexts(&trace.queries, &trace.keys, &trace.values, tokens).zip(parts) {
        let mut own = context.back(shares, taken, panel);
        all.queries.append(&mut own.queries);
        all.keys.append(&mut own.keys);
        all.values.append(&mut own.values);
    }
    all
}

fn contexts<'a>(
    queries: &'a [f32],
    keys: &'a [f32],
    values: &'a [f32],
    tokens: usize,
) -> impl Iterator<Item = Context<'a>> {
    let own = tokens * WIDTH;
    let each = queries.len() / (keys.len() / own).max(1);
    let said = keys.chunks_exact(own).zip(values.chunks_exact(own));
    queries.chunks_exact(each).zip(said).map(|(queries, (keys, values))| Context { queries, keys, values })
}
