//! A person's choices as they stand in a link: `moves=392-410` and `beliefs=50-71`.

use super::event::PIXELS;

/// Most choices a game can hold: one a pixel, and the judge's opening belief.
const MOST: usize = 13;

/// The canonical form of a list of pixels, each at most once.
///
/// # Errors
/// What is wrong with the text.
pub fn check_moves(text: &str) -> Result<String, String> {
    let list = parse(text, PIXELS as u32 - 1)?;
    let twice = list.iter().enumerate().any(|(i, pixel)| list[..i].contains(pixel));
    if twice { Err("a pixel can be shown only once.".to_owned()) } else { Ok(write(&list)) }
}

/// The canonical form of a list of percentages.
///
/// # Errors
/// What is wrong with the text.
pub fn check_beliefs(text: &str) -> Result<String, String> {
    parse(text, 100).map(|list| write(&list))
}

/// The list in a canonical text.
pub fn read(canonical: &str) -> Vec<u32> {
    canonical.split('-').filter_map(|part| part.parse().ok()).collect()
}

/// A list in canonical form.
pub fn write(list: &[u32]) -> String {
    list.iter().map(u32::to_string).collect::<Vec<_>>().join("-")
}

fn parse(text: &str, max: u32) -> Result<Vec<u32>, String> {
    let parts: Vec<&str> = text.split('-').filter(|part| !part.is_empty()).collect();
    if parts.len() > MOST {
        return Err(format!("it holds {} choices, and a game has at most {MOST}.", parts.len()));
    }
    let read = |part: &&str| part.parse().ok().filter(|n| *n <= max);
    parts
        .iter()
        .map(read)
        .collect::<Option<_>>()
        .ok_or_else(|| format!("it must be numbers up to {max}, joined by “-”."))
}
