//! The data that a user may bring, each described once: page, worker and terminal go by this.

/// A data set that is not part of the playground.
#[derive(Debug, PartialEq, Eq)]
pub struct DataSet {
    /// In messages and flags, such as `mnist`.
    pub name: &'static str,
    /// The setting that says whether it is used.
    pub setting: &'static str,
    /// The values of that setting which need it.
    pub needed_by: &'static [&'static str],
    /// A value that needs nothing.
    pub built_in: &'static str,
    /// What is built in instead, such as “digits”.
    pub instead: &'static str,
    /// Its files have one of these in their names.
    pub files: &'static [&'static str],
}

/// All of them.
pub static DATA_SETS: [DataSet; 4] = [
    DataSet {
        name: "mnist",
        setting: "digits",
        needed_by: &["mnist"],
        built_in: "builtin",
        instead: "digits",
        files: &["idx", "ubyte"],
    },
    DataSet {
        name: "text",
        setting: "text",
        needed_by: &["subj", "sst2", "cr", "own"],
        built_in: "builtin",
        instead: "texts",
        files: &[".csv", ".jsonl"],
    },
    DataSet {
        name: "lichess",
        setting: "puzzles",
        needed_by: &["lichess"],
        built_in: "builtin",
        instead: "puzzles",
        files: &[".csv"],
    },
    DataSet {
        name: "book",
        setting: "book",
        needed_by: &["own"],
        built_in: "story",
        instead: "story",
        files: &[".txt"],
    },
];

/// The data set of this name.
///
/// # Errors
/// A sentence that lists the names there are.
pub fn find(name: &str) -> Result<&'static DataSet, String> {
    let names = || DATA_SETS.iter().map(|set| set.name).collect::<Vec<_>>().join(", ");
    let found = DATA_SETS.iter().find(|set| set.name == name);
    found.ok_or_else(|| format!("There is no data set “{}”; known: {}.", crate::lab::setting::clip(name), names()))
}
