//! Takes out of the page's program what a visit may not need, as pieces that the page fetches itself
//! (see `src/page/pieces.rs`), and puts what is left in the place of the whole one, which Trunk has put into the site.

use crate::{
    shell::{Outcome, command, read_bytes, run, target_dir, write},
    site,
    tools::WASM,
};
use std::{convert::Infallible, fs, path::Path};
use wasm_encoder::{
    Module,
    reencode::{self, Reencode},
};
use wasmparser::{CustomSectionReader, Parser};

/// Splits the page of the site in `dist/`.
pub fn split(dist: &Path) -> Outcome {
    let page = site::page(dist)?;
    let whole = read_bytes(&target_dir().join(WASM).join("page/page.wasm"))?;
    let work = target_dir().join("pieces");
    let _ = fs::remove_dir_all(&work);
    fs::create_dir_all(work.join(&page)).map_err(|error| format!("{}: {error}", work.display()))?;

    let (rest, link, main) =
        (work.join(format!("{page}.wasm")), format!("./{page}/pieces.js"), format!("../{page}.js"));
    let mut options = wasm_split_cli_support::Options::new(&whole);
    (options.output_dir, options.main_out_path) = (&work, &rest);
    (options.link_name, options.main_module) = (&link, &main);
    let pieces = wasm_split_cli_support::transform(options)
        .map_err(|error| format!("the page's program cannot be split: {error:#}"))?
        .split_modules;

    // Without the names of functions.
    let mut bind = command("wasm-bindgen");
    bind.args(["--target", "web", "--no-typescript", "--remove-name-section", "--keep-lld-exports", "--out-dir"])
        .arg(dist)
        .arg(&rest);
    run(&mut bind)?;
    let folder = dist.join(&page);
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for piece in pieces {
        let name = piece.file_name().unwrap_or_default();
        write(&folder.join(name), small(&read_bytes(&piece)?)?)?;
    }
    let link = read_bytes(&work.join(link))?;
    write(&folder.join("pieces.js"), link)
}

/// The same module without names, and with short numbers: what is to be split has room for the longest in each place.
fn small(module: &[u8]) -> Outcome<Vec<u8>> {
    let mut smaller = Module::new();
    let written = Nameless.parse_core_module(&mut smaller, Parser::new(0), module);
    written.map_err(|error| format!("a piece of the page cannot be read: {error}"))?;
    Ok(smaller.finish())
}

/// Writes a module as it is, without what only people read.
struct Nameless;

impl Reencode for Nameless {
    type Error = Infallible;

    fn parse_custom_section(&mut self, _: &mut Module, _: CustomSectionReader) -> Result<(), reencode::Error> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn names_go_and_numbers_get_short() {
        // A function that answers 1, of which the linker wrote five bytes.
        let start = *b"\0asm\x01\0\0\0\x01\x05\x01\x60\0\x01\x7f\x03\x02\x01\0";
        let long = b"\x0a\x0a\x01\x08\0\x41\x81\x80\x80\x80\0\x0b".as_slice();
        let short = b"\x0a\x06\x01\x04\0\x41\x01\x0b".as_slice();
        let names = b"\0\x05\x04name".as_slice();
        assert_eq!(small(&[&start, long, names].concat()).unwrap(), [&start, short].concat());
    }

    #[test]
    fn what_is_no_program_is_refused() {
        assert!(small(b"<!doctype html>").is_err());
    }
}
