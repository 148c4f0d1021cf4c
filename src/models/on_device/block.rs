//! A transformer's block (Vaswani and others 2017) as Burn computes it: every row takes in what it looks at, then is
//! worked on by itself. Rows are normalised before they are read, without numbers of their own for that.

use crate::models::judge::Linear;
use burn::tensor::{
    Tensor,
    activation::{relu, softmax},
};

/// The states after a block of six layers (query, key, value, output, and two for each row by itself). `states` are
/// those of `groups` groups, one after the other, all of the same length; a group's rows look at each other, or at as
/// many groups of `memory` (which is normalised). `hidden` [groups, 1, 1, looked at] is added to how near they are.
pub fn attended(
    block: &[Linear],
    states: Tensor<2>,
    memory: Option<&Tensor<2>>,
    groups: usize,
    heads: usize,
    hidden: Option<&Tensor<4>>,
) -> Tensor<2> {
    let [rows, width] = states.dims();
    let size = width / heads;
    let by_head = |values: Tensor<2>| {
        let each = values.dims()[0] / groups;
        values.reshape([groups, each, heads, size]).swap_dims(1, 2)
    };
    let seen = normalised(states.clone());
    let read = memory.unwrap_or(&seen);
    let [keys, values] = [1, 2].map(|i| by_head(block[i].through(read.clone())));
    let queries = by_head(block[0].through(seen.clone()));
    let near = queries.matmul(keys.swap_dims(2, 3)) / (size as f32).sqrt();
    let near = match hidden {
        Some(hidden) => near + hidden.clone(),
        None => near,
    };
    let taken = softmax(near, 3).matmul(values).swap_dims(1, 2).reshape([rows, width]);
    let states = states + block[3].through(taken);
    let inner = relu(block[4].through(normalised(states.clone())));
    states + block[5].through(inner)
}

/// Rows with mean 0 and variance 1.
pub fn normalised(rows: Tensor<2>) -> Tensor<2> {
    let centred = rows.clone() - rows.mean_dim(1);
    let variance = (centred.clone() * centred.clone()).mean_dim(1);
    centred / (variance + 1e-5).sqrt()
}
