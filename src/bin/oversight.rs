//! The terminal's door.

fn main() -> std::process::ExitCode {
    oversight_playground::terminal::main()
}
