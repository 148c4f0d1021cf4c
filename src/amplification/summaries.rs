//! The reader's own summaries as they stand in a link: `summaries=3:text|17:text`, by the number of the node.

use std::collections::BTreeMap;

/// Most characters of one summary, and of all together: more is no link any longer.
const LONGEST: usize = 1_000;
const MOST: usize = 6_000;

/// The canonical form: by number, each once, the last counts; without “|”, which stands between them.
///
/// # Errors
/// What is wrong with the text.
pub fn check(text: &str) -> Result<String, String> {
    let mut list = BTreeMap::new();
    for part in text.split('|').map(str::trim).filter(|part| !part.is_empty()) {
        let (number, summary) = parse(part).ok_or_else(|| "it must be “number:text”, joined by “|”.".to_owned())?;
        if summary.chars().count() > LONGEST {
            return Err(format!("a summary may have {LONGEST} characters, and that of {number} has more."));
        }
        list.insert(number, summary.to_owned());
    }
    let text = write(&list);
    if text.chars().count() > MOST { Err(format!("together they may have {MOST} characters.")) } else { Ok(text) }
}

/// The summaries of a canonical text.
pub fn read(canonical: &str) -> BTreeMap<u32, String> {
    canonical.split('|').filter_map(parse).map(|(number, text)| (number, text.to_owned())).collect()
}

/// The text with another summary of one node; an empty one takes it out.
pub fn with(canonical: &str, node: u32, summary: &str) -> String {
    let mut list = read(canonical);
    let clean: String = summary.chars().map(|c| if c.is_control() || c == '|' { ' ' } else { c }).collect();
    if clean.trim().is_empty() {
        list.remove(&node);
    } else {
        list.insert(node, clean.trim().chars().take(LONGEST).collect());
    }
    write(&list)
}

fn parse(part: &str) -> Option<(u32, &str)> {
    let (number, text) = part.split_once(':')?;
    let text = text.trim();
    (!text.is_empty() && !text.chars().any(char::is_control)).then_some((number.trim().parse().ok()?, text))
}

fn write(list: &BTreeMap<u32, String>) -> String {
    list.iter().map(|(number, text)| format!("{number}:{text}")).collect::<Vec<_>>().join("|")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summaries_come_back_and_junk_is_refused() {
        assert_eq!(check(" 17: It ends.|3:It began: so.|3:Again.|"), Ok("3:Again.|17:It ends.".to_owned()));
        assert_eq!(check(""), Ok(String::new()));
        for junk in ["text", "x:text", "-1:text", "3:", "99999999999:text"] {
            assert!(check(junk).is_err(), "{junk}");
        }
        assert!(check(&format!("1:{}", "a".repeat(LONGEST + 1))).is_err_and(|why| why.contains("characters")));
    }

    #[test]
    fn one_is_written_replaced_and_taken_out() {
        let one = with("", 4, " It | ends.\n");
        assert_eq!(one, "4:It   ends.");
        assert_eq!(check(&one), Ok(one.clone()));
        assert_eq!(with(&one, 2, "First."), "2:First.|4:It   ends.");
        assert_eq!(with(&one, 4, "  "), "");
    }
}
