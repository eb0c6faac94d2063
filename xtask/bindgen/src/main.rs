//! Makes the glue of a widget's WebAssembly: `storefront-bindgen [--names] --out-dir DIR FILE`.
//!
//! It is wasm-bindgen's own library with the options that this project uses. The whole command line has a web server
//! and a TLS library besides, and takes five minutes to build where there is none yet.

use anyhow::{Context, Result};
use lexopt::prelude::*;
use std::path::PathBuf;
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<()> {
    let (mut names, mut out, mut input) = (false, None, None);
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("names") => names = true,
            Long("out-dir") => out = Some(PathBuf::from(arguments.value()?)),
            Value(file) => input = Some(PathBuf::from(file)),
            Short(_) | Long(_) => return Err(argument.unexpected().into()),
        }
    }
    let out = out.context("--out-dir is missing")?;
    Bindgen::new()
        .input_path(input.context("the WebAssembly is missing")?)
        .web(true)?
        .typescript(false)
        .out_name("account")
        // The loader hands the WebAssembly over; the glue need not know where it is.
        .omit_default_module_path(true)
        .remove_producers_section(true)
        .remove_name_section(!names)
        .generate(out)
}
