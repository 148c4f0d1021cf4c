//! What the command line understands. The flags of a run are the labs' settings.

use super::assets;
use crate::{
    data_sets::{self, DataSet},
    lab::{Link, Scenario, device::Pick},
    labs::{self, LABS},
};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use std::path::Path;

/// The whole command line.
pub fn command() -> Command {
    Command::new("oversight")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Runs the playground's experiments in the terminal.")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(
            with_settings(Command::new("run"))
                .about("Runs the scenario of a link and prints its metrics with 95 % intervals.")
                .arg(link())
                .arg(number(
                    "seeds",
                    "1",
                    "Runs this many seeds, one after the other from the link's own, and prints means over them.",
                ))
                .arg(data())
                .arg(models())
                .arg(Arg::new("json").long("json").action(ArgAction::SetTrue).help("Prints one JSON object."))
                .arg(
                    Arg::new("device")
                        .long("device")
                        .value_parser(Pick::ALL.map(Pick::name))
                        .default_value(Pick::Cpu.name())
                        .help("What trains a judge; a GPU needs a build with `--features gpu`."),
                )
                .arg(
                    Arg::new("events").long("events").value_name("FILE").help("Writes every event as a line of JSON."),
                ),
        )
        .subcommand(
            with_settings(Command::new("sweep"))
                .about("Runs a link for every combination of values and seeds, and prints or writes a table.")
                .arg(link())
                .arg(
                    Arg::new("over")
                        .long("over")
                        .value_name("KEY=A,B")
                        .action(ArgAction::Append)
                        .required(true)
                        .help("A setting and its values; may be given several times."),
                )
                .arg(number("seeds", "10", "Seeds for every combination."))
                .arg(number("jobs", "1", "Runs at the same time."))
                .arg(data())
                .arg(models())
                .arg(Arg::new("csv").long("csv").value_name("FILE").help("Writes one line for every run and metric.")),
        )
        .subcommand(Command::new("presets").about("Lists every preset with its link."))
        .subcommand(
            Command::new("bench")
                .about("Measures what a training step of every network takes, and how fast judge and search are.")
                .arg(number("rounds", "10", "How often each is measured."))
                .arg(
                    Arg::new("gpu")
                        .long("gpu")
                        .action(ArgAction::SetTrue)
                        .help("Measures what a GPU brings instead; needs a build with `--features gpu`."),
                )
                .arg(models())
                .arg(Arg::new("json").long("json").action(ArgAction::SetTrue).help("Prints one JSON object.")),
        )
        .subcommand(
            Command::new("pretrain")
                .about("Trains shipped weights again, from scratch, and prints their held-out accuracy.")
                .arg(Arg::new("model").value_name("MODEL|all").required(true).help("Which model; “all” for every one."))
                .arg(data()),
        )
}

fn link() -> Arg {
    Arg::new("link")
        .value_name("LINK")
        .required(true)
        .help("Such as '#/debate/paper-6px', or a whole address copied from the page.")
}

fn number(name: &'static str, default: &'static str, help: &'static str) -> Arg {
    Arg::new(name)
        .long(name)
        .value_name("N")
        .default_value(default)
        .value_parser(value_parser!(u64).range(1..=10_000))
        .help(help)
}

fn data() -> Arg {
    Arg::new("data").long("data").value_name("SET=DIR").action(ArgAction::Append)
        .help("Data of your own, such as mnist=DIR with the four IDX files, text=DIR with files of label,text lines, lichess=DIR with puzzles as CSV, or book=DIR with a text; gzip or not. They are used unless the link says otherwise.")
}

fn models() -> Arg {
    Arg::new("models")
        .long("models")
        .value_name("DIR")
        .default_value("public/models")
        .help("The folder of the shipped weights.")
}

/// One flag for every setting of every lab.
fn with_settings(command: Command) -> Command {
    let mut keys = Vec::new();
    LABS.iter().fold(command, |command, lab| {
        lab.settings.iter().fold(command, |command, setting| {
            if keys.contains(&setting.key) {
                return command;
            }
            keys.push(setting.key);
            command.arg(
                Arg::new(format!("set-{}", setting.key))
                    .long(setting.key)
                    .value_name("VALUE")
                    .help_heading(format!("Settings: {}", lab.title))
                    .help(format!("{}: {} [{}]", setting.label, setting.help, setting.range())),
            )
        })
    })
}

/// The scenario of a link, flags and data. What could not be used as it stood is said on standard error.
pub fn scenario(given: &ArgMatches) -> Scenario {
    let address = given.get_one::<String>("link").map_or("", String::as_str);
    let (link, notices) = Link::read(address, LABS);
    let mut scenario = link.scenario;
    for notice in notices {
        eprintln!("note: {}", notice.0);
    }
    for (set, folder) in given.get_many::<String>("data").into_iter().flatten().filter_map(|text| text.split_once('='))
    {
        choose_data(&mut scenario, set, folder);
    }
    for setting in scenario.lab.settings {
        if let Some(text) = given.get_one::<String>(&format!("set-{}", setting.key))
            && let Err(why) = scenario.set(setting.key, text)
        {
            eprintln!("note: {why}");
        }
    }
    scenario
}

/// Bringing data means using it: the setting that offers the data set takes it, unless the link chose.
fn choose_data(scenario: &mut Scenario, set: &str, folder: &str) {
    // A folder that cannot be read is refused when it is.
    let files = assets::files_of(set, Path::new(folder)).unwrap_or_default();
    let Ok(DataSet { setting: key, .. }) = data_sets::find(set) else { return };
    let value = labs::value_of(set, &files);
    if scenario.differences().iter().all(|(chosen, _)| chosen != key) {
        // The other labs have no such setting.
        let _ = scenario.set(key, value);
    }
}
