//! Labelled texts that the user brings: `label,text` as CSV, or JSON lines with `label` and `text`; plain or gzip.

use super::unpack::{decoded, unpack};
use std::collections::{BTreeMap, BTreeSet};

/// The sets of the paper's kind that a user may bring, by name; any other file is `own`.
pub const KNOWN: [&str; 3] = ["subj", "sst2", "cr"];
/// Fewer texts than this are too few to train, to stop and to test by.
pub const LEAST: usize = 300;
/// Texts beyond these are not used.
const MOST: usize = 100_000;

/// Larger files are not read.
const MOST_BYTES: usize = 256 << 20;

/// A text with the place of its class, 0 or 1.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Sentence {
    /// The text.
    pub text: String,
    /// Whether it is of the second class.
    pub yes: bool,
}

/// One file's texts, in an order that depends on their words alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentences {
    /// The two classes by name, in the order of the alphabet.
    pub classes: [String; 2],
    /// Without duplicates.
    pub list: Vec<Sentence>,
    /// Tells these texts from others of the same name, such as the same file before it was changed.
    pub identity: u64,
    /// What was left out, in words; empty where nothing was.
    skipped: String,
}

/// Every file that the user brought, by its name without its endings, such as `subj`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts(BTreeMap<String, Sentences>);

impl Texts {
    /// Reads files. A file that cannot be used is an error only if no other can.
    ///
    /// # Errors
    /// A sentence for each file that says what is wrong with it.
    pub fn from_files(files: Vec<(String, Vec<u8>)>) -> Result<Self, String> {
        let (mut sets, mut wrong) = (BTreeMap::new(), Vec::new());
        for (name, bytes) in files {
            match read(&name, bytes) {
                Ok(set) => {
                    sets.insert(stem(&name), set);
                }
                Err(why) => wrong.push(why),
            }
        }
        match (sets.is_empty(), wrong.is_empty()) {
            (true, true) => Err("There was no file with texts in that.".to_owned()),
            (true, false) => Err(wrong.join(" ")),
            _ => Ok(Self(sets)),
        }
    }

    /// The set of this name; `own` is whichever is none of [`KNOWN`], or else the first.
    pub fn set(&self, name: &str) -> Option<&Sentences> {
        let other = || self.0.iter().find(|(stem, _)| !KNOWN.contains(&stem.as_str()));
        match name {
            "own" => other().or_else(|| self.0.first_key_value()).map(|(_, set)| set),
            _ => self.0.get(name),
        }
    }

    /// What it holds, in a sentence for each file.
    pub fn summary(&self) -> String {
        let of = |(name, set): (&String, &Sentences)| {
            let yes = set.list.iter().filter(|sentence| sentence.yes).count();
            let [first, second] = &set.classes;
            let no = set.list.len() - yes;
            format!("{name}: {} texts, {no} labelled “{first}” and {yes} “{second}”.{}", set.list.len(), set.skipped)
        };
        self.0.iter().map(of).collect::<Vec<_>>().join(" ")
    }
}

/// Which set, as the setting `text` names it, a user who brings these files will want to see.
pub fn wanted(files: &[String]) -> &'static str {
    let has = |known: &&&str| files.iter().any(|file| stem(file) == **known);
    KNOWN.iter().find(has).copied().unwrap_or("own")
}

/// A file's name without its folder and endings.
fn stem(file: &str) -> String {
    file.rsplit('/').next().unwrap_or_default().split('.').next().unwrap_or_default().to_lowercase()
}

fn read(name: &str, bytes: Vec<u8>) -> Result<Sentences, String> {
    let text = decoded(name, unpack(name, &bytes, MOST_BYTES, "256 MB")?.into_owned())?;
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let rows = if first.trim_start().starts_with('{') { from_json(&text) } else { from_csv(&text) };
    assemble(name, rows)
}

/// A row by its line, or what is wrong with it.
type Row = (usize, Result<(String, String), &'static str>);

fn from_json(text: &str) -> Vec<Row> {
    let row = |line: &str| {
        let value: serde_json::Value = serde_json::from_str(line).map_err(|_| "is not JSON")?;
        let label = match value.get("label") {
            Some(serde_json::Value::String(label)) => label.clone(),
            Some(other) if other.is_number() || other.is_boolean() => other.to_string(),
            _ => return Err("has no “label”"),
        };
        let text = value.get("text").and_then(serde_json::Value::as_str).ok_or("has no “text”")?;
        Ok((label, text.to_owned()))
    };
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(at, line)| (at + 1, row(line))).collect()
}

fn from_csv(text: &str) -> Vec<Row> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let row = |record: Result<csv::StringRecord, csv::Error>, at: usize| match record {
        Err(_) => (at, Err("cannot be read")),
        Ok(record) => {
            let line = record.position().map_or(at, |position| position.line() as usize);
            match (record.get(0), record.get(1), record.len()) {
                (Some(label), Some(text), 2) => (line, Ok((label.trim().to_owned(), text.trim().to_owned()))),
                (_, _, 0 | 1) => (line, Err("has no second column (label,text)")),
                _ => (line, Err("has more than two columns (put texts with commas in quotes)")),
            }
        }
    };
    let mut rows: Vec<Row> = reader.records().enumerate().map(|(at, record)| row(record, at + 1)).collect();
    if rows.first().is_some_and(|(_, row)| matches!(row, Ok((a, b)) if a == "label" && b == "text")) {
        rows.drain(..1);
    }
    rows
}

fn assemble(name: &str, rows: Vec<Row>) -> Result<Sentences, String> {
    let (mut labels, mut good, mut wrong, mut seen) = (BTreeSet::new(), Vec::new(), Vec::new(), BTreeSet::new());
    let (mut doubles, mut beyond) = (0, 0);
    for (line, row) in rows {
        match row {
            Err(why) => wrong.push((line, why)),
            Ok((_, text)) if text.is_empty() => wrong.push((line, "has no text")),
            Ok((label, _)) if label.is_empty() => wrong.push((line, "has no label")),
            Ok(_) if good.len() >= MOST => beyond += 1,
            Ok((_, text)) if !seen.insert(text.clone()) => doubles += 1,
            Ok((label, text)) => {
                labels.insert(label.clone());
                if labels.len() > 2 {
                    return Err(format!("“{name}”, line {line}: “{label}” is a third label; there may be two."));
                }
                good.push((label, text));
            }
        }
    }
    let skipped = skipped(&wrong, doubles, beyond);
    let classes: Vec<String> = labels.into_iter().collect();
    let Ok(classes) = <[String; 2]>::try_from(classes) else {
        return Err(format!("“{name}” needs texts of two labels (label,text).{skipped}"));
    };
    if good.len() < LEAST {
        return Err(format!("“{name}” has {} usable texts; at least {LEAST} are needed.{skipped}", good.len()));
    }
    let mut list: Vec<Sentence> =
        good.into_iter().map(|(label, text)| Sentence { yes: label == classes[1], text }).collect();
    list.sort_by_cached_key(|sentence| (crate::seed::seed(1, &sentence.text, 0), sentence.text.clone()));
    Ok(Sentences { classes, identity: super::identity(&list), list, skipped })
}

/// What was left out, in words.
fn skipped(wrong: &[(usize, &str)], doubles: usize, beyond: usize) -> String {
    let first =
        wrong.first().map(|(line, why)| format!(" {} lines were skipped; the first, line {line}, {why}.", wrong.len()));
    let doubles = (doubles > 0).then(|| format!(" {doubles} texts that came twice were skipped."));
    let beyond = (beyond > 0).then(|| format!(" Only the first {MOST} are used."));
    [first, doubles, beyond].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn file(rows: impl Fn(usize) -> String, n: usize) -> Vec<u8> {
        (0..n).map(rows).collect::<String>().into_bytes()
    }

    fn one(bytes: Vec<u8>) -> Result<Texts, String> {
        Texts::from_files(vec![("mine.csv".to_owned(), bytes)])
    }

    #[test]
    fn csv_and_json_lines_give_the_same() {
        let csv = file(|i| format!("{},\"text, number {i}\"\n", ["bad", "good"][i % 2]), 300);
        let with_header = [b"label,text\n".to_vec(), csv.clone()].concat();
        let json =
            file(|i| format!("{{\"label\":\"{}\",\"text\":\"text, number {i}\"}}\n", ["bad", "good"][i % 2]), 300);
        let sets = [csv, with_header, json].map(|bytes| one(bytes).unwrap());
        assert_eq!((&sets[0], &sets[0]), (&sets[1], &sets[2]));
        let set = sets[0].set("own").unwrap();
        assert_eq!((set.list.len(), &set.classes), (300, &["bad".to_owned(), "good".to_owned()]));
        assert!(set.list.iter().all(|sentence| sentence.text.ends_with(['1', '3', '5', '7', '9']) == sentence.yes));
        assert!(sets[0].summary().contains("150 labelled “bad” and 150 “good”"));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line_and_the_rest_is_used() {
        let good = |i: usize| format!("{},text {i}\n", i % 2);
        let mixed =
            [file(good, 10), b"no second column\n1,\n1,text 1\n".to_vec(), file(|i| good(i + 10), 300)].concat();
        let summary = one(mixed).unwrap().summary();
        assert!(summary.contains("2 lines were skipped; the first, line 11, has no second column"), "{summary}");
        assert!(summary.contains("1 texts that came twice"), "{summary}");
        let refused = |bytes: Vec<u8>| one(bytes).unwrap_err();
        assert!(refused(file(good, 3)).contains("has 3 usable texts; at least 300"));
        assert!(refused(file(|i| format!("1,text {i}\n"), 400)).contains("two labels"));
        assert!(refused(file(|i| format!("{},text {i}\n", i % 3), 400)).contains("line 3: “2” is a third label"));
        assert!(refused([b"0,fine\n1,caf\xe9\n".to_vec(), file(good, 400)].concat()).contains("not UTF-8 (line 2)"));
        assert!(refused(Vec::new()).contains("two labels"));
        assert!(refused(file(|i| format!("{},a,b,{i}\n", i % 2), 400)).contains("more than two columns"));
        assert!(Texts::from_files(Vec::new()).unwrap_err().contains("no file"));
    }

    #[test]
    fn utf_16_is_read() {
        let text = (0..300).map(|i| format!("{},text é {i}", i % 2)).collect::<Vec<_>>().join("\r\n");
        let bytes = [vec![0xff, 0xfe], text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat();
        assert_eq!(one(bytes).unwrap().set("own").unwrap().list.len(), 300);
    }
}
