//! The link codec: a scenario in the `#` part of an address, and back.
//!
//! `#/<lab>/<preset>?v=1&seed=7&…`. Only what differs from the preset is written. Whatever is typed there, a
//! runnable scenario comes back, with a notice for everything that could not be used as it stood.

use super::{
    device::Pick,
    event::Fingerprint,
    scenario::{DEFAULT_SEED, LabSpec, MAX_SEED, Scenario},
    setting::clip,
};
use form_urlencoded::Serializer;

/// The version of the link format that this build writes.
pub const VERSION: u32 = 1;

/// Longer addresses are cut: no browser promises to carry them.
const MAX_LENGTH: usize = 16_000;

/// At most this many notices are shown for one link.
const MAX_NOTICES: usize = 8;

/// Parts of the page that `hide=` can name besides settings.
pub const PARTS: &[&str] = &["tabs", "settings", "transport", "share", "presets", "text", "extras"];

/// Something that a link asked for and did not get, in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice(pub String);

/// What an address says: a scenario, and how to show it.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// What to run.
    pub scenario: Scenario,
    /// The step to show first.
    pub at: Option<u32>,
    /// The fingerprint of the run that was shared.
    pub fp: Option<Fingerprint>,
    /// Controls that a teacher took away: setting keys and [`PARTS`].
    pub hide: Vec<&'static str>,
    /// Only the figure, for a slide.
    pub embed: bool,
    /// What computes, where there is a choice.
    pub device: Pick,
}

impl Link {
    /// The plain link of a scenario.
    pub fn of(scenario: Scenario) -> Self {
        Self { scenario, at: None, fp: None, hide: Vec::new(), embed: false, device: Pick::Auto }
    }

    /// Writes the link, from the `#` on.
    pub fn write(&self) -> String {
        let scenario = &self.scenario;
        let mut query = Serializer::new(String::new());
        query.append_pair("v", &VERSION.to_string());
        if scenario.seed != DEFAULT_SEED {
            query.append_pair("seed", &scenario.seed.to_string());
        }
        for (key, value) in scenario.differences() {
            query.append_pair(key, &value);
        }
        if let Some(at) = self.at {
            query.append_pair("at", &at.to_string());
        }
        if let Some(fp) = &self.fp {
            query.append_pair("fp", &fp.to_string());
        }
        if !self.hide.is_empty() {
            query.append_pair("hide", &self.hide.join("."));
        }
        if self.device != Pick::Auto {
            query.append_pair("device", self.device.name());
        }
        if self.embed {
            query.append_pair("embed", "1");
        }
        format!("#/{}/{}?{}", scenario.lab.name, scenario.preset.name, query.finish())
    }

    /// Reads an address (with or without what stands before the `#`). Never fails: see the module's text.
    /// `labs` must not be empty; its first entry's first preset is where an unreadable address leads.
    pub fn read(address: &str, labs: &'static [&'static LabSpec]) -> (Self, Vec<Notice>) {
        let mut notices = Notices::default();
        let mut address = match address.split_once('#') {
            Some((_, hash)) => hash,
            None if address.contains("://") => "",
            None => address,
        };
        if address.len() > MAX_LENGTH {
            notices
                .add(format!("The link is {} characters long; only the first {MAX_LENGTH} were read.", address.len()));
            let mut end = MAX_LENGTH;
            while !address.is_char_boundary(end) {
                end -= 1;
            }
            address = &address[..end];
        }
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let mut link = Self::of(read_path(path, labs, &mut notices));
        for (key, value) in form_urlencoded::parse(query.as_bytes()) {
            link.read_pair(&key, &value, &mut notices);
        }
        (link, notices.0)
    }

    fn read_pair(&mut self, key: &str, value: &str, notices: &mut Notices) {
        match key {
            "" => {}
            "v" => match value.parse::<u32>() {
                Ok(VERSION) => {}
                Ok(newer) if newer > VERSION => notices.add(format!(
                    "This link was made by a newer version of the playground (format {newer}; this one reads {VERSION}). \
                     What it could read is used."
                )),
                _ => notices.add(format!("“{}” is not a link format; {VERSION} is used.", clip(value))),
            },
            "seed" => match value.parse::<u64>() {
                Ok(seed) if seed <= MAX_SEED => self.scenario.seed = seed,
                _ => notices.add(format!(
                    "The seed must be a whole number up to {MAX_SEED}, not “{}”: {} is used.", clip(value), self.scenario.seed
                )),
            },
            "at" => match value.parse() {
                Ok(step) => self.at = Some(step),
                Err(_) => notices.add(format!("“{}” is not a step: the run starts at its beginning.", clip(value))),
            },
            "fp" => match Fingerprint::parse(value) {
                Some(fp) => self.fp = Some(fp),
                None => notices.add("The link’s fingerprint cannot be read, so the replay cannot be compared.".to_owned()),
            },
            "hide" => {
                for part in value.split('.').filter(|part| !part.is_empty()) {
                    let keys = self.scenario.lab.settings.iter().map(|setting| setting.key);
                    match keys.chain(PARTS.iter().copied()).find(|known| *known == part) {
                        Some(known) if !self.hide.contains(&known) => self.hide.push(known),
                        Some(_) => {}
                        None => notices.add(format!("There is nothing called “{}” to hide.", clip(part))),
                    }
                }
            }
            "device" => match Pick::parse(value) {
                Some(pick) => self.device = pick,
                None => notices.add(format!("There is no device “{}” (auto, cpu or gpu): the faster one is used.", clip(value))),
            },
            "embed" => self.embed = matches!(value, "1" | "true" | "yes"),
            _ => {
                if let Err(why) = self.scenario.set(key, value) {
                    notices.add(why);
                }
            }
        }
    }
}

fn read_path(path: &str, labs: &'static [&'static LabSpec], notices: &mut Notices) -> Scenario {
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    let name = parts.next().unwrap_or("");
    let lab = labs.iter().find(|lab| lab.name == name).unwrap_or_else(|| {
        if !name.is_empty() {
            let known: Vec<_> = labs.iter().map(|lab| lab.name).collect();
            notices.add(format!(
                "There is no lab “{}” here (there is {}); this is {}.",
                clip(name),
                known.join(", "),
                labs[0].title
            ));
        }
        &labs[0]
    });
    let preset = parts.next().map_or(&lab.presets[0], |name| {
        lab.preset(name).unwrap_or_else(|| {
            notices.add(format!("{} has no preset “{}”; “{}” is shown.", lab.title, clip(name), lab.presets[0].title));
            &lab.presets[0]
        })
    });
    if let Some(rest) = parts.next() {
        notices.add(format!("“{}” in the link was not understood and is left out.", clip(rest)));
    }
    Scenario::of_preset(lab, preset)
}

#[derive(Default)]
struct Notices(Vec<Notice>);

impl Notices {
    fn add(&mut self, text: String) {
        if self.0.len() < MAX_NOTICES && !self.0.iter().any(|notice| notice.0 == text) {
            self.0.push(Notice(text));
        }
    }
}
