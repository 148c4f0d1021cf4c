//! Attention as plain matrix products: the heads stand side by side, each with its own stretch of the numbers.
//!
//! What one context's tokens say is spread out to [heads · tokens, width], where a row holds one token's numbers of one
//! head and zeros elsewhere. So all heads are one product; the zeros cost less than many small products would.

use super::{HEADS, WIDTH};
use crate::models::{
    exponential::shares,
    product::{
        Factor::{Plain, Turned},
        Panel, add_product,
    },
    rectifier::larger,
};

/// The numbers of one head.
const SIZE: usize = WIDTH / HEADS;

/// Queries [queries, width] about some tokens' keys and values [tokens, width].
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// Who asks.
    pub queries: &'a [f32],
    /// What each token is found by.
    pub keys: &'a [f32],
    /// What each token says.
    pub values: &'a [f32],
}

/// The slopes of a loss by queries, keys and values.
pub struct Slopes {
    /// By the queries.
    pub queries: Vec<f32>,
    /// By the keys.
    pub keys: Vec<f32>,
    /// By the values.
    pub values: Vec<f32>,
}

impl Context<'_> {
    fn tokens(&self) -> usize {
        self.keys.len() / WIDTH
    }

    /// How much each query looks at each token, head by head [queries, heads · tokens], and what it takes from them
    /// [queries, width].
    pub fn attend(&self, panel: &mut Panel) -> (Vec<f32>, Vec<f32>) {
        let (tokens, wide) = (self.tokens(), self.tokens() * HEADS);
        let queries = self.queries.len() / WIDTH;
        let mut shares = vec![0.0; queries * wide];
        add_product(&mut shares, Plain(self.queries), Turned(&spread(self.keys)), WIDTH, wide, panel);
        shares.chunks_exact_mut(tokens).for_each(share);
        let mut taken = vec![0.0; self.queries.len()];
        add_product(&mut taken, Plain(&shares), Plain(&spread(self.values)), wide, WIDTH, panel);
        (shares, taken)
    }

    /// The way back, from those shares and the slopes by what was taken.
    pub fn back(&self, shares: &[f32], slopes: &[f32], panel: &mut Panel) -> Slopes {
        let (tokens, wide) = (self.tokens(), self.tokens() * HEADS);
        let rows = self.queries.len() / WIDTH;
        let mut values = vec![0.0; wide * WIDTH];
        add_product(&mut values, Turned(shares), Plain(slopes), rows, WIDTH, panel);
        let mut near = vec![0.0; shares.len()];
        add_product(&mut near, Plain(slopes), Turned(&spread(self.values)), WIDTH, wide, panel);
        near.chunks_exact_mut(tokens).zip(shares.chunks_exact(tokens)).for_each(|(near, own)| back_share(near, own));
        let mut queries = vec![0.0; self.queries.len()];
        add_product(&mut queries, Plain(&near), Plain(&spread(self.keys)), wide, WIDTH, panel);
        let mut keys = vec![0.0; wide * WIDTH];
        add_product(&mut keys, Turned(&near), Plain(self.queries), rows, WIDTH, panel);
        Slopes { queries, keys: gathered(&keys), values: gathered(&values) }
    }
}

/// Turns one query's products with the keys into shares that add up to 1: softmax of the products over √size.
fn share(near: &mut [f32]) {
    let most = near.iter().copied().fold(f32::NEG_INFINITY, larger);
    for near in &mut *near {
        *near = (*near - most) * scale();
    }
    shares(near);
}

/// Turns slopes by shares into slopes by the products.
fn back_share(slopes: &mut [f32], shares: &[f32]) {
    let mean: f32 = slopes.iter().zip(shares).map(|(slope, share)| slope * share).sum();
    slopes.iter_mut().zip(shares).for_each(|(slope, share)| *slope = share * (*slope - mean) * scale());
}

fn scale() -> f32 {
    1.0 / (SIZE as f32).sqrt()
}

/// [tokens, width] spread out to [heads · tokens, width].
fn spread(tokens: &[f32]) -> Vec<f32> {
    let mut wide = vec![0.0; tokens.len() * HEADS];
    for (at, token) in tokens.chunks_exact(WIDTH).enumerate() {
        for head in 0..HEADS {
            let row = head * tokens.len() / WIDTH + at;
            wide[row * WIDTH + head * SIZE..][..SIZE].copy_from_slice(&token[head * SIZE..][..SIZE]);
        }
    }
    wide
}

/// The other way round; what stands where zeros were is left out.
fn gathered(wide: &[f32]) -> Vec<f32> {
    let n = wide.len() / HEADS;
    let mut tokens = vec![0.0; n];
    for (at, token) in tokens.chunks_exact_mut(WIDTH).enumerate() {
        for head in 0..HEADS {
            let row = head * n / WIDTH + at;
            token[head * SIZE..][..SIZE].copy_from_slice(&wide[row * WIDTH + head * SIZE..][..SIZE]);
        }
    }
    tokens
}
