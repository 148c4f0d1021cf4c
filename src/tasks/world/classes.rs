//! Questions in which a class of words gives the answer, and the words of every class.

use super::{
    Form, Question,
    frames::{filled, two},
    relations::Relation,
};
use crate::seed::Rng;
use rand::Rng as _;

/// How texts come about in which words of one class say *yes* and words of another say *no*.
pub struct Classes {
    yes: &'static str,
    no: &'static str,
    /// With two gaps for words of one class, near each other.
    frames: [&'static str; 3],
    /// Sentences of a text, 1 to 3.
    sentences: u32,
    /// How often, in percent, one of three sentences speaks for the other answer.
    stray: u32,
}

impl Classes {
    /// The sentences of a text, without their openings and stops.
    pub fn sentences(&self, yes: bool, rng: &mut Rng) -> Vec<String> {
        let strays = self.sentences == 3 && rng.random_range(0..100) < self.stray;
        let stray = strays.then(|| rng.random_range(0..3));
        let sentence = |at| {
            let says = yes != (Some(at) == stray);
            let words = two(if says { self.yes } else { self.no }, rng);
            filled(self.frames[rng.random_range(0..3_u32) as usize], words, rng)
        };
        (0..self.sentences).map(sentence).collect()
    }
}

/// Words of praise.
pub const PRAISE: &str = "delightful superb charming splendid graceful radiant elegant marvellous exquisite refreshing \
    dazzling inspiring thrilling lovable brilliant flawless heavenly joyous cheerful magnificent pleasing admirable";
/// Words of blame.
pub const BLAME: &str = "dreadful awful shabby miserable clumsy gloomy hideous boring tedious horrid dismal ugly \
    annoying pathetic wretched tiresome worthless nasty dull disappointing irritating rotten";

const SAID_OF: [&str; 3] = [
    "{who} called the {thing} {x} and {y}",
    "the {thing} in the {place} was {x} and {y}",
    "a {x} and {y} {thing} stood in the {place}",
];
const DONE: [&str; 3] = [
    "{who} {x} and {y} near the {thing}",
    "in the {place} {who} {x} and {y}",
    "{who} and {other} {x} and {y} in the {place}",
];
const DONE_TO: [&str; 3] = [
    "{who} {x} and {y} the {thing}",
    "{who} {x} the {thing} and {y} it in the {place}",
    "with {other} {who} {x} and {y} a {thing}",
];
const NAMED: [&str; 3] = [
    "{who} put the {x} beside the {y}",
    "the {x} and the {y} were left near the {thing}",
    "{who} spoke of a {x} and a {y} in the {place}",
];
const MANNER: [&str; 3] = [
    "{who} spoke {x} and {y} to {other}",
    "{who} asked {x} and {y} for the {thing}",
    "in the {place} {who} answered {x} and {y}",
];

const fn question(
    name: &'static str,
    title: &'static str,
    asks: &'static str,
    (sentences, stray, cue): (u32, u32, u32),
    frames: [&'static str; 3],
    yes: &'static str,
    no: &'static str,
) -> Question {
    Question { name, title, asks, form: Form::Classes(Classes { yes, no, frames, sentences, stray }), cue }
}

const fn relation(
    name: &'static str,
    title: &'static str,
    asks: &'static str,
    cue: u32,
    relation: Relation,
) -> Question {
    Question { name, title, asks, form: Form::Relation(relation), cue }
}

/// All 22 questions; see the module above.
#[allow(clippy::too_many_lines, reason = "it is a list")]
pub const fn with_relations() -> [Question; 22] {
    [
        question("sentiment", "sentiment", "Is it praised?", (3, 25, 62), SAID_OF, PRAISE, BLAME),
        question(
            "subjectivity",
            "opinion or fact",
            "Is this an opinion?",
            (3, 25, 62),
            SAID_OF,
            "overrated charming silly tasteless gorgeous pointless clever boring lovely awkward stylish absurd cosy \
             impressive dreary fascinating vulgar adorable tacky sublime",
            "wooden square northern iron painted two-storey empty oval granite numbered folded rented grey copper \
             tiled locked rectangular imported hollow insured",
        ),
        question(
            "tense",
            "past or present",
            "Did this happen in the past?",
            (2, 0, 65),
            DONE_TO,
            "lifted painted washed repaired moved dropped cleaned opened pushed covered folded emptied polished turned \
             fixed wrapped shook dried measured marked",
            "lifts paints washes repairs moves drops cleans opens pushes covers folds empties polishes turns fixes \
             wraps shakes dries measures marks",
        ),
        question(
            "kitchen",
            "kitchen or garden",
            "Is it about a kitchen?",
            (2, 0, 60),
            NAMED,
            "oven pan ladle whisk colander saucepan toaster apron spatula freezer cupboard teapot grater sieve stove \
             skillet corkscrew tray jug dishcloth",
            "spade rake hedge lawn hose trowel greenhouse flowerpot wheelbarrow shrub compost pond seedling arbour \
             weed sprinkler birdbath orchard pergola hoe",
        ),
        question(
            "weather",
            "weather",
            "Is the weather bad?",
            (3, 30, 65),
            SAID_OF,
            "stormy rainy foggy windy drenched frosty icy hazy soaked thundery damp sleety overcast drizzly gusty \
             muddy hail-beaten chilly snowy squally",
            "sunny mild bright warm clear balmy dry cloudless calm sunlit breezeless golden hot summery glowing still \
             fair springlike shining temperate",
        ),
        question(
            "animals",
            "animals or machines",
            "Is it about animals?",
            (2, 0, 68),
            NAMED,
            "otter badger heron fox beaver lizard weasel owl hedgehog salmon squirrel toad raven moth stoat viper \
             magpie hare mole newt",
            "engine tractor pump crane turbine motor loom printer generator lathe drill press conveyor boiler compressor \
             mixer elevator excavator furnace robot",
        ),
        question(
            "town",
            "town or country",
            "Is it in a town?",
            (2, 0, 58),
            NAMED,
            "tram pavement kiosk skyscraper billboard subway taxi boulevard arcade crossing lamppost escalator office \
             underpass parking-meter newsstand cinema bank sidewalk traffic-light",
            "barn haystack brook pasture windmill cowshed plough hayloft cornfield henhouse orchard-gate scarecrow \
             cart-track wheatfield sheepfold beehive milestone thicket furrow silo",
        ),
        question(
            "politeness",
            "polite or rude",
            "Is the speaker polite?",
            (3, 30, 60),
            MANNER,
            "kindly gently warmly courteously graciously patiently softly respectfully humbly tactfully politely \
             sweetly considerately thoughtfully gratefully amiably civilly tenderly affably cordially",
            "rudely harshly curtly sharply coldly bluntly loudly scornfully angrily impatiently gruffly brusquely \
             sneeringly mockingly bitterly snappishly spitefully grumpily haughtily icily",
        ),
        question(
            "formality",
            "formal or casual",
            "Is it told formally?",
            (2, 0, 65),
            DONE_TO,
            "purchased acquired inspected retained dispatched concealed procured relinquished transported examined \
             assembled requested utilised retrieved restored deposited discarded delivered surveyed conveyed",
            "grabbed nabbed swiped chucked ditched bagged fiddled lugged poked tossed snatched bashed stashed dumped \
             pinched yanked plonked whacked nicked shoved",
        ),
        question(
            "food",
            "sweet or savoury",
            "Is the food sweet?",
            (2, 0, 62),
            NAMED,
            "pudding cupcake toffee marmalade pancake meringue nougat honey waffle sorbet brownie custard fudge jam \
             doughnut macaroon sherbet caramel tart marzipan",
            "sausage pickle gravy omelette dumpling cheese anchovy stew bacon lentil-soup olive meatball kipper \
             sauerkraut mustard pie-crust chutney broth salami garlic-bread",
        ),
        question(
            "value",
            "costly or cheap",
            "Is it costly?",
            (3, 25, 58),
            SAID_OF,
            "gilded silken jewelled marble velvet ivory handcrafted antique crystal silver lacquered ornate ebony \
             priceless satin pearly engraved bejewelled imperial platinum",
            "plastic tinny threadbare secondhand cardboard patched rusty flimsy chipped discounted worn frayed faded \
             makeshift stained wobbly dented cracked scratched mended",
        ),
        question(
            "mood",
            "happy or sad",
            "Is somebody happy?",
            (2, 0, 64),
            DONE,
            "laughed hummed danced grinned cheered whistled giggled beamed skipped clapped sang chuckled celebrated \
             smiled twirled joked rejoiced frolicked bounced applauded",
            "wept sighed sobbed moped grieved sulked frowned wailed brooded mourned trembled whimpered groaned \
             despaired slumped lamented cried shuddered moaned pined",
        ),
        question(
            "motion",
            "going or staying",
            "Does somebody move about?",
            (3, 30, 66),
            DONE,
            "ran marched hurried galloped wandered strolled climbed raced hiked sprinted rushed jogged trotted darted \
             roamed travelled dashed paraded crossed hastened",
            "sat rested slept waited dozed lingered stayed leaned lay reclined napped stood paused lounged crouched \
             knelt idled halted squatted perched",
        ),
        question(
            "age",
            "young or old",
            "Is it about the young?",
            (2, 0, 60),
            NAMED,
            "toddler rattle cradle pupil kindergarten teddy infant schoolbag lollipop pram newborn playpen nursery \
             doll crayon dummy sandpit highchair tricycle bib",
            "pensioner widow walking-stick grandfather dentures cane hearing-aid veteran rocking-chair shawl \
             great-aunt spectacles pipe-rack stairlift elder heirloom pillbox old-timer wheelchair memoir",
        ),
        question(
            "danger",
            "danger",
            "Is there danger?",
            (3, 30, 64),
            SAID_OF,
            "burning poisonous collapsing explosive flooded toxic electrified crumbling jagged radioactive leaking \
             slippery venomous overheated unguarded smoking unstable contaminated scalding sparking",
            "padded sturdy secured fenced tested harmless insulated cushioned guarded sealed stable rounded checked \
             supervised railed protected sheltered tame certified disarmed",
        ),
        relation("negation", "negation", "Is it said to be good?", 62, Relation::Negation),
        relation("roles", "who did what", "Did Anna do it to Ben?", 62, Relation::Roles),
        relation("ordering", "what came first", "Are they named in the order in which they came?", 62, Relation::Order),
        relation("counting", "counting", "Are there three things or more?", 62, Relation::Count),
        relation("entailment", "what follows", "Does the end follow from the beginning?", 62, Relation::Entailment),
        relation("agreement", "agreement", "Do the two agree?", 62, Relation::Agreement),
        relation("plausibility", "plausibility", "Can this be?", 62, Relation::Plausibility),
    ]
}
