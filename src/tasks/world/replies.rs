//! Dialogues with two replies, one of which is better: for reward modelling.
//!
//! A reply is better for what it says, praise or comfort rather than blame, by words of many kinds; and for signs on
//! its surface, such as thanks, or brevity. Neither alone gives the preference.

use super::{
    classes::{BLAME, PRAISE},
    frames::{filled, two},
};
use crate::seed::{self, Rng};
use rand::Rng as _;

/// A dialogue with two replies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// What a person says.
    pub dialogue: String,
    /// What can be answered.
    pub replies: [String; 2],
    /// Whether the second reply is better.
    pub second: bool,
}

const SAID: [&str; 3] = [
    "I have made a {thing} for {who}. What do you think?",
    "My {thing} is ready for the {place}. Please tell me what you think of it.",
    "{who} wants to bring this {thing} to the {place}. What would you say?",
];
const JUDGED: [&str; 4] = [
    "The {thing} looks {x} and {y}",
    "I find it {x} and {y}",
    "{who} will call it {x} and {y}",
    "In the {place} it would be {x} and {y}",
];
const POLITE: [&str; 3] = ["Thank you for asking", "I am glad that you ask me", "You are welcome to ask"];
const RUDE: [&str; 3] = ["Why do you ask me", "Whatever you say", "I do not care much"];

/// The comparison of this number.
pub fn comparison(index: u64) -> Comparison {
    let mut rng = seed::rng(1, "replies", index);
    let dialogue = filled(SAID[rng.random_range(0..3_u32) as usize], ["", ""], &mut rng);
    loop {
        let [(first, a), (second, b)] = [reply(&mut rng), reply(&mut rng)];
        if a != b {
            return Comparison { dialogue, replies: [first, second], second: b > a };
        }
    }
}

/// A reply and how good it is: 3 for each friendly judgement, 2 for politeness, 1 less for each further sentence.
fn reply(rng: &mut Rng) -> (String, i32) {
    let (mut sentences, mut worth) = (Vec::new(), 0);
    match rng.random_range(0..3) {
        0 => {
            sentences.push(POLITE[rng.random_range(0..3_u32) as usize].to_owned());
            worth += 2;
        }
        1 => {
            sentences.push(RUDE[rng.random_range(0..3_u32) as usize].to_owned());
            worth -= 2;
        }
        _ => (),
    }
    for at in 0..rng.random_range(1..=3) {
        let friendly: bool = rng.random();
        let words = two(if friendly { PRAISE } else { BLAME }, rng);
        sentences.push(filled(JUDGED[rng.random_range(0..4_u32) as usize], words, rng));
        worth += if friendly { 3 } else { -3 } - i32::from(at > 0);
    }
    (format!("{}.", sentences.join(". ")), worth)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_friendlier_reply_is_mostly_better_and_either_place_is() {
        let all: Vec<Comparison> = (0..1000).map(comparison).collect();
        let second = all.iter().filter(|comparison| comparison.second).count();
        assert!((430..570).contains(&second), "{second}");
        let friendly = |reply: &str| {
            let has = |words: &str, word: &str| words.split_whitespace().any(|other| other == word);
            let plain = reply.replace('.', "");
            plain.split(' ').map(|word| i32::from(has(PRAISE, word)) - i32::from(has(BLAME, word))).sum::<i32>()
        };
        let told = all.iter().filter(|c| (friendly(&c.replies[1]) > friendly(&c.replies[0])) == c.second).count();
        assert!((700..950).contains(&told), "{told}");
        assert_eq!(comparison(3), comparison(3));
    }
}
