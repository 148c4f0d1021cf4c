//! The engine: a scenario is plain data, an experiment turns it into events, the page replays events.
//!
//! | file | what it promises |
//! |---|---|
//! | `setting` | one description of a setting, from which controls, links, flags and documentation come |
//! | `scenario` | a lab, a preset, a seed and values: everything that decides a run |
//! | `link` | a scenario in the `#` part of an address, and back, whatever was typed |
//! | `event` | what a run consists of, and its fingerprint |
//! | `recording` | the events so far, and the state after the first *n* of them |
//! | `experiment` | what an experiment is given: an outlet for events, a breath, assets |
//! | `parts` | a run in independent parts, and their events in order |
//! | `memory` | what a frozen network made of questions, kept for other parts, runs and workers |
//! | `children` | who is whose child, in a list of nodes |
//! | `grouped` | whole numbers as people read them |
//! | `device` | which device computes |
//! | `messages` | everything that page and worker say to each other |

pub mod children;
pub mod device;
pub mod event;
pub mod experiment;
pub mod grouped;
pub mod link;
pub mod memory;
pub mod messages;
pub mod parts;
pub mod recording;
pub mod scenario;
pub mod setting;

pub use children::Children;
pub use event::{Event, Fingerprint, Hasher, Sameness};
pub use experiment::{Assets, Breath, Failure, Outlet, Signal, Task};
pub use grouped::grouped;
pub use link::{Link, Notice};
pub use memory::Memory;
pub use parts::Parts;
pub use recording::{Fold, Recording};
pub use scenario::{LabSpec, Metric, Preset, Scenario};
pub use setting::{Choice, Condition, Kind, Setting, Value};
