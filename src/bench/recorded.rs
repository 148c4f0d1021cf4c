//! What it takes to record many events: no run has as many as are recorded here.

use super::{Clock, rates};
use crate::{
    lab::{Assets, Breath, Failure, Recording},
    labs::{AnyEvent, AnyState},
};
use std::cell::RefCell;

thread_local! {
    /// The last recording, so that whoever looks finds the room that it takes.
    static LAST: RefCell<Recording<AnyEvent, AnyState>> = RefCell::default();
}

/// Records so many events, those of a tournament again and again, and keeps them; how many seconds that took.
///
/// # Errors
/// Where the judge's weights are missing.
pub async fn seconds(events: usize, assets: &dyn Assets, clock: Clock, breath: &Breath) -> Result<f64, Failure> {
    let (known, _) = rates::timed(rates::DEBATED, assets, clock, breath).await?;
    let began = clock();
    let mut recording = Recording::default();
    for event in known.iter().cycle().take(events) {
        recording.push(event.clone());
    }
    let seconds = (clock() - began) / 1000.0;
    LAST.set(recording);
    Ok(seconds)
}
