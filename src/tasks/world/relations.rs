//! Questions whose answer lies in how words stand to each other.

use super::{
    classes::{BLAME, PRAISE},
    frames::{filled, one, two},
};
use crate::seed::Rng;
use rand::Rng as _;

/// See the module's text.
#[derive(Debug, Clone, Copy)]
pub enum Relation {
    /// Praise, or blame with *not*.
    Negation,
    /// Who does it to whom, in the active or the passive voice.
    Roles,
    /// What comes first, told in either order.
    Order,
    /// Three things or more.
    Count,
    /// A kind that a thing belongs to, or another.
    Entailment,
    /// Two people praise or blame alike.
    Agreement,
    /// What can be done with a thing.
    Plausibility,
}

/// Kinds with things of that kind, and what one does with them.
const KINDS: [(&str, &str, &str); 6] = [
    ("flower", "watered", "rose tulip lily daisy orchid poppy violet iris dahlia crocus"),
    ("tool", "sharpened", "saw chisel axe plane scythe drill knife razor hatchet shears"),
    ("fruit", "peeled", "pear orange banana mango peach kiwi lemon plum apricot melon"),
    ("garment", "wore", "scarf jacket shirt sweater hat glove dress vest sock skirt"),
    ("animal", "fed", "horse goat hen rabbit donkey sheep duck pony calf parrot"),
    ("instrument", "tuned", "violin cello harp guitar banjo piano lute zither viola mandolin"),
];
const TASKS: &str = "cooking cleaning singing painting sewing fishing baking digging reading rowing";
const DEEDS: &str = "helped thanked called followed taught paid praised visited warned carried";

impl Relation {
    /// The sentences of a text, without their openings and stops.
    pub fn sentences(self, yes: bool, rng: &mut Rng) -> Vec<String> {
        let sentence = match self {
            Relation::Negation => {
                let negated: bool = rng.random();
                let word = one(if yes == negated { BLAME } else { PRAISE }, rng);
                let frame =
                    if negated { "{who} said the {thing} was not {x}" } else { "{who} said the {thing} was {x}" };
                filled(frame, [word, ""], rng)
            }
            Relation::Roles => {
                let passive: bool = rng.random();
                let names = if yes == passive { ["Ben", "Anna"] } else { ["Anna", "Ben"] };
                let deed = one(DEEDS, rng);
                let [first, second] = names;
                let told = if passive {
                    format!("{first} was {deed} by {second}")
                } else {
                    format!("{first} {deed} {second}")
                };
                filled(&format!("{told} in the {{place}} near the {{thing}}"), ["", ""], rng)
            }
            Relation::Order => {
                let [early, late] = two(TASKS, rng);
                let told_backwards: bool = rng.random();
                let (first, second) = if yes { (early, late) } else { (late, early) };
                let (named, other) = (early, late);
                let told = if told_backwards {
                    format!("the {second} came after the {first}")
                } else {
                    format!("the {first} came before the {second}")
                };
                filled(&format!("{told}, and of {named} and {other} {{who}} spoke in the {{place}}"), ["", ""], rng)
            }
            Relation::Count => {
                let things = if yes { rng.random_range(3..6) } else { rng.random_range(1..3_u32) };
                let list: Vec<String> = (0..things).map(|_| filled("a {thing}", ["", ""], rng)).collect();
                filled(&format!("{{who}} saw {} in the {{place}}", list.join(" and ")), ["", ""], rng)
            }
            Relation::Entailment => {
                let (kind, other) = kinds(rng);
                let said = if yes { kind.0 } else { other.0 };
                filled(&format!("{{who}} has a {} so {{who}} has a {said}", one(kind.2, rng)), ["", ""], rng)
            }
            Relation::Agreement => {
                let first: bool = rng.random();
                let word = |praise: bool, rng: &mut Rng| one(if praise { PRAISE } else { BLAME }, rng);
                let words = [word(first, rng), word(first == yes, rng)];
                filled("{who} found the {thing} {x} while {other} found it {y}", words, rng)
            }
            Relation::Plausibility => {
                let (kind, other) = kinds(rng);
                let deed = if yes { kind.1 } else { other.1 };
                filled(&format!("{{who}} {deed} the {} in the {{place}}", one(kind.2, rng)), ["", ""], rng)
            }
        };
        vec![sentence]
    }
}

/// Two kinds that differ.
fn kinds(
    rng: &mut Rng,
) -> (&'static (&'static str, &'static str, &'static str), &'static (&'static str, &'static str, &'static str)) {
    let count = KINDS.len() as u32;
    let first = rng.random_range(0..count);
    let second = (first + rng.random_range(1..count)) % count;
    (&KINDS[first as usize], &KINDS[second as usize])
}

#[cfg(test)]
mod tests {
    use crate::tasks::world::{find, text};

    /// Checks a question's answers against another way to read its texts.
    fn read(name: &str, reader: impl Fn(&[&str]) -> bool) {
        for index in 0..300 {
            let (text, yes) = text(find(name), index);
            let plain = text.replace(['.', ','], "");
            let words: Vec<&str> = plain.split(' ').collect();
            assert_eq!(reader(&words), yes, "{name}: {text}");
        }
    }

    #[test]
    fn the_answers_can_be_read_off_the_texts() {
        let at = |words: &[&str], word: &str| words.iter().position(|other| *other == word);
        read("roles", |words| (at(words, "Anna") < at(words, "Ben")) != words.contains(&"by"));
        read("counting", |words| words.iter().filter(|word| **word == "a").count() >= 3);
        let praises = |word: &str| super::PRAISE.split_whitespace().any(|praise| praise == word);
        read("negation", |words| words.iter().any(|word| praises(word)) != words.contains(&"not"));
        read("agreement", |words| words.iter().filter(|word| praises(word)).count() != 1);
        let kind_of = |thing: &str| super::KINDS.iter().find(|kind| kind.2.split_whitespace().any(|t| t == thing));
        read("entailment", |words| kind_of(words[4]).is_some_and(|kind| kind.0 == words[words.len() - 1]));
        read("plausibility", |words| kind_of(words[4]).is_some_and(|kind| kind.1 == words[2]));
        read("ordering", |words| {
            let (first, second) = if words.contains(&"after") { (words[6], words[2]) } else { (words[2], words[6]) };
            let named = [words[9], words[11]];
            named == [first, second]
        });
    }
}
