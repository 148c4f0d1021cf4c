//! A setting is described once. The page's controls, the link codec, the terminal's flags and the
//! documentation are all made from this description.

use std::fmt;

/// One thing a user can set.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// Stable, short name in links and flags, such as `px`.
    pub key: &'static str,
    /// What the control is called, such as `Pixels`.
    pub label: &'static str,
    /// One or two sentences for somebody who meets the term for the first time.
    pub help: &'static str,
    /// Unit written behind a number, or empty.
    pub unit: &'static str,
    /// What 0 means, where it is no number, such as “automatic”; or empty.
    pub zero: &'static str,
    /// Heading in the settings panel; the empty group is not shown there.
    pub group: &'static str,
    /// Type, range and default.
    pub kind: Kind,
    /// Shown only while all conditions of one of these lists hold; empty: always.
    pub only_if: &'static [&'static [Condition]],
}

/// Another setting's key, and the values of it (in link form) for which a setting means something.
pub type Condition = (&'static str, &'static [&'static str]);

/// Type, range and default of a setting.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// A whole number in `min..=max`; `stops` are the values a slider offers (empty: every one).
    Int { min: i64, max: i64, default: i64, stops: &'static [i64] },
    /// Yes or no, written `1` or `0`.
    Flag { default: bool },
    /// One of a list; the default is its first entry.
    Choice { options: &'static [Choice] },
    /// Free text, empty by default; `check` returns its canonical form or what is wrong with it.
    Text { check: fn(&str) -> Result<String, String> },
}

/// One entry of a [`Kind::Choice`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// Name in links and flags.
    pub key: &'static str,
    /// Name on the page.
    pub label: &'static str,
}

/// A setting's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Of a [`Kind::Int`].
    Int(i64),
    /// Of a [`Kind::Flag`].
    Flag(bool),
    /// Of a [`Kind::Choice`]: the entry's key.
    Choice(&'static str),
    /// Of a [`Kind::Text`], in canonical form.
    Text(String),
}

impl Choice {
    /// A name in links and flags, and one on the page.
    pub const fn new(key: &'static str, label: &'static str) -> Self {
        Self { key, label }
    }
}

impl fmt::Display for Value {
    /// The form used in links and flags.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Int(n) => write!(f, "{n}"),
            Value::Flag(on) => f.write_str(if *on { "1" } else { "0" }),
            Value::Choice(key) => f.write_str(key),
            Value::Text(text) => f.write_str(text),
        }
    }
}

impl Setting {
    /// A setting without a unit that is always shown.
    pub const fn new(
        group: &'static str,
        key: &'static str,
        label: &'static str,
        kind: Kind,
        help: &'static str,
    ) -> Self {
        Self { key, label, help, unit: "", zero: "", group, kind, only_if: &[] }
    }

    /// The same with a unit.
    #[must_use]
    pub const fn in_unit(self, unit: &'static str) -> Self {
        Self { unit, ..self }
    }

    /// The same, where 0 leaves the number to the run.
    #[must_use]
    pub const fn or_automatic(self) -> Self {
        Self { zero: "automatic", ..self }
    }

    /// The same, shown only while all conditions of one of these lists hold.
    #[must_use]
    pub const fn only_if(self, any: &'static [&'static [Condition]]) -> Self {
        Self { only_if: any, ..self }
    }

    /// The value used where a link or flag says nothing.
    pub fn default(&self) -> Value {
        match self.kind {
            Kind::Int { default, .. } => Value::Int(default),
            Kind::Flag { default } => Value::Flag(default),
            Kind::Choice { options } => Value::Choice(options.first().map_or("", |first| first.key)),
            Kind::Text { .. } => Value::Text(String::new()),
        }
    }

    /// Reads a value.
    ///
    /// # Errors
    /// The value to use instead (`None`: keep what was there), and a sentence that says what was wrong.
    pub fn parse(&self, text: &str) -> Result<Value, (Option<Value>, String)> {
        let text = text.trim();
        let shown = clip(text);
        match self.kind {
            Kind::Int { min, max, .. } => match text.parse::<i64>() {
                Ok(n) if (min..=max).contains(&n) => Ok(Value::Int(n)),
                Ok(n) => {
                    let used = n.clamp(min, max);
                    Err((
                        Some(Value::Int(used)),
                        format!("“{}” must lie between {min} and {max}, and {n} does not: {used} is used.", self.label),
                    ))
                }
                Err(_) => {
                    Err((None, format!("“{}” needs a whole number from {min} to {max}, not “{shown}”.", self.label)))
                }
            },
            Kind::Flag { .. } => match text {
                "1" | "yes" | "true" | "on" => Ok(Value::Flag(true)),
                "0" | "no" | "false" | "off" => Ok(Value::Flag(false)),
                _ => Err((None, format!("“{}” is 1 (yes) or 0 (no), not “{shown}”.", self.label))),
            },
            Kind::Choice { options } => options.iter().find(|option| option.key == text).map_or_else(
                || {
                    let known: Vec<_> = options.iter().map(|option| option.key).collect();
                    Err((None, format!("“{}” is one of {}, not “{shown}”.", self.label, known.join(", "))))
                },
                |option| Ok(Value::Choice(option.key)),
            ),
            Kind::Text { check } => {
                check(text).map(Value::Text).map_err(|why| (None, format!("“{}” was left out: {why}", self.label)))
            }
        }
    }

    /// The value in words, for the page: a choice by its label, a number with its unit.
    pub fn words(&self, value: &Value) -> String {
        match (value, self.kind) {
            (Value::Choice(key), Kind::Choice { options }) => options
                .iter()
                .find(|option| option.key == *key)
                .map_or_else(|| (*key).to_owned(), |option| option.label.to_owned()),
            (Value::Flag(on), _) => if *on { "yes" } else { "no" }.to_owned(),
            (Value::Int(0), _) if !self.zero.is_empty() => self.zero.to_owned(),
            (Value::Int(n), _) if !self.unit.is_empty() => format!("{n} {}", self.unit),
            _ => value.to_string(),
        }
    }

    /// The allowed values in words, for `--help` and the documentation.
    pub fn range(&self) -> String {
        match self.kind {
            Kind::Int { min, max, default, .. } => format!("{min} to {max}, default {default}"),
            Kind::Flag { default } => format!("0 or 1, default {}", u8::from(default)),
            Kind::Choice { options } => {
                let keys: Vec<_> = options.iter().map(|option| option.key).collect();
                format!("{}; default {}", keys.join(", "), self.default())
            }
            Kind::Text { .. } => "text, default empty".to_owned(),
        }
    }
}

/// At most 40 characters of what a user typed, control characters left out, to quote back.
pub fn clip(text: &str) -> String {
    let mut shown: String = text.chars().filter(|c| !c.is_control()).take(40).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}
