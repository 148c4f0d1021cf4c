//! A scenario is everything that decides a run: a lab, a preset, a seed and the values of its settings.

use super::setting::{Condition, Setting, Value};
use std::collections::BTreeMap;

/// A lab as the engine knows it: its settings and presets, no code.
#[derive(Debug)]
pub struct LabSpec {
    /// Name in links, such as `debate`.
    pub name: &'static str,
    /// Name on the page.
    pub title: &'static str,
    /// Every setting, in the order of the panel.
    pub settings: &'static [Setting],
    /// Every preset; the first is the landing preset.
    pub presets: &'static [Preset],
}

/// A named starting point of a lab.
#[derive(Debug)]
pub struct Preset {
    /// Name in links.
    pub name: &'static str,
    /// Name on the page.
    pub title: &'static str,
    /// One line that says what it shows.
    pub about: &'static str,
    /// What differs from the settings' defaults, in link form.
    pub values: &'static [(&'static str, &'static str)],
}

/// The seed of a link that names none.
pub const DEFAULT_SEED: u64 = 7;

/// Seeds above this do not survive a trip through a JavaScript number.
pub const MAX_SEED: u64 = (1 << 53) - 1;

/// Everything that decides a run.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// The lab.
    pub lab: &'static LabSpec,
    /// The preset it started from.
    pub preset: &'static Preset,
    /// The run's seed, at most [`MAX_SEED`].
    pub seed: u64,
    values: BTreeMap<&'static str, Value>,
}

impl PartialEq for Scenario {
    fn eq(&self, other: &Self) -> bool {
        self.lab.name == other.lab.name
            && self.preset.name == other.preset.name
            && self.seed == other.seed
            && self.values == other.values
    }
}

impl LabSpec {
    /// The setting with this key.
    pub fn setting(&self, key: &str) -> Option<&'static Setting> {
        self.settings.iter().find(|setting| setting.key == key)
    }

    /// The preset of this name.
    pub fn preset(&self, name: &str) -> Option<&'static Preset> {
        self.presets.iter().find(|preset| preset.name == name)
    }
}

impl Scenario {
    /// The preset as it stands, with the default seed.
    pub fn of_preset(lab: &'static LabSpec, preset: &'static Preset) -> Self {
        let mut values: BTreeMap<_, _> = lab.settings.iter().map(|s| (s.key, s.default())).collect();
        for (key, text) in preset.values {
            // A test in `labs` holds every preset to values that parse.
            if let Some(setting) = lab.setting(key)
                && let Ok(value) = setting.parse(text)
            {
                values.insert(setting.key, value);
            }
        }
        Self { lab, preset, seed: DEFAULT_SEED, values }
    }

    /// The same scenario with another seed.
    #[must_use]
    pub fn with_seed(&self, seed: u64) -> Self {
        Self { seed, ..self.clone() }
    }

    /// A setting's value. Unknown keys are a mistake in the code that asks: they read as an empty text.
    pub fn get(&self, key: &str) -> Value {
        debug_assert!(self.values.contains_key(key), "no setting {key}");
        self.values.get(key).cloned().unwrap_or(Value::Text(String::new()))
    }

    /// A whole number (0 where the setting is of another kind).
    pub fn int(&self, key: &str) -> i64 {
        if let Value::Int(n) = self.get(key) { n } else { 0 }
    }

    /// A yes or no.
    pub fn flag(&self, key: &str) -> bool {
        self.get(key) == Value::Flag(true)
    }

    /// The key of the chosen entry.
    pub fn choice(&self, key: &str) -> &'static str {
        if let Value::Choice(option) = self.get(key) { option } else { "" }
    }

    /// A text in canonical form.
    pub fn text(&self, key: &str) -> String {
        if let Value::Text(text) = self.get(key) { text } else { String::new() }
    }

    /// Sets a value from its link form. What can be used is set.
    ///
    /// # Errors
    /// A sentence that says what was wrong, and what is used instead.
    pub fn set(&mut self, key: &str, text: &str) -> Result<(), String> {
        let Some(setting) = self.lab.setting(key) else {
            return Err(format!(
                "There is no setting “{}” in {}: left out.",
                super::setting::clip(key),
                self.lab.title
            ));
        };
        match setting.parse(text) {
            Ok(value) => {
                self.values.insert(setting.key, value);
                Ok(())
            }
            Err((used, why)) => {
                let kept = used.is_none();
                if let Some(value) = used {
                    self.values.insert(setting.key, value);
                }
                let now = setting.words(&self.get(setting.key));
                Err(if kept && !now.is_empty() { format!("{why} “{now}” is used.") } else { why })
            }
        }
    }

    /// What differs from the preset, in link form and the settings' order.
    pub fn differences(&self) -> Vec<(&'static str, String)> {
        let preset = Self::of_preset(self.lab, self.preset);
        let changed = |s: &&Setting| self.get(s.key) != preset.get(s.key);
        self.lab.settings.iter().filter(changed).map(|s| (s.key, self.get(s.key).to_string())).collect()
    }

    /// Whether a setting's control makes sense beside the other values.
    pub fn applies(&self, setting: &Setting) -> bool {
        let holds = |(key, values): &Condition| values.contains(&self.get(key).to_string().as_str());
        setting.only_if.is_empty() || setting.only_if.iter().any(|all| all.iter().all(holds))
    }
}

/// A run's result: a mean with its 95 % interval over `n` observations.
#[derive(Debug, Clone, PartialEq)]
pub struct Metric {
    /// Name in `snake_case`.
    pub name: String,
    /// Point estimate.
    pub mean: f64,
    /// Lower end of the 95 % interval.
    pub lo: f64,
    /// Upper end of the 95 % interval.
    pub hi: f64,
    /// How many observations.
    pub n: u64,
    /// Whether it is a share of the observations, from 0 to 1, so that runs can be pooled.
    pub share: bool,
}
