//! The disk as Node has it, through the functions of `node.js`.

use std::io;
use std::path::{Path, PathBuf};

use js_sys::{Error, JsString, Uint8Array};
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};

#[wasm_bindgen(module = "/src/owner/disk/node.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = read)]
    fn node_read(path: &str) -> Result<Uint8Array, JsValue>;
    #[wasm_bindgen(catch, js_name = write)]
    fn node_write(path: &str, content: &[u8]) -> Result<(), JsValue>;
    #[wasm_bindgen(catch, js_name = makeDirectory)]
    fn node_make_directory(path: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(catch, js_name = canonical)]
    fn node_canonical(path: &str) -> Result<String, JsValue>;
    #[wasm_bindgen(catch, js_name = isFile)]
    fn node_is_file(path: &str) -> Result<bool, JsValue>;
    #[wasm_bindgen(catch, js_name = checkWritable)]
    fn node_check_writable(path: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(catch, js_name = copyPermissions)]
    fn node_copy_permissions(from: &str, to: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(catch, js_name = rename)]
    fn node_rename(from: &str, to: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(catch, js_name = remove)]
    fn node_remove(path: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(js_name = build)]
    fn node_build() -> String;
    /// The process that the program runs in.
    #[wasm_bindgen(js_name = processId)]
    pub(in super::super) fn process_id() -> u32;
}

pub(in super::super) fn read(path: &Path) -> io::Result<Vec<u8>> {
    let content = node_read(text(path)?);
    content.map(|content| content.to_vec()).map_err(failure)
}

pub(in super::super) fn write(path: &Path, content: &[u8]) -> io::Result<()> {
    node_write(text(path)?, content).map_err(failure)
}

pub(in super::super) fn create_dir_all(path: &Path) -> io::Result<()> {
    node_make_directory(text(path)?).map_err(failure)
}

pub(in super::super) fn canonicalize(path: &Path) -> io::Result<PathBuf> {
    node_canonical(text(path)?).map(PathBuf::from).map_err(failure)
}

/// Whether what is there is a file; an error where nothing is.
pub(in super::super) fn is_file(path: &Path) -> io::Result<bool> {
    node_is_file(text(path)?).map_err(failure)
}

/// An error where a file that is there may not be written.
pub(in super::super) fn check_writable(path: &Path) -> io::Result<()> {
    node_check_writable(text(path)?).map_err(failure)
}

/// Lets `to` be read and written by whoever may do that with `from`.
pub(in super::super) fn copy_permissions(from: &Path, to: &Path) -> io::Result<()> {
    node_copy_permissions(text(from)?, text(to)?).map_err(failure)
}

pub(in super::super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    node_rename(text(from)?, text(to)?).map_err(failure)
}

pub(in super::super) fn remove_file(path: &Path) -> io::Result<()> {
    node_remove(text(path)?).map_err(failure)
}

/// Where builds usually lie: in the package that the program came in.
pub(in super::super) fn usual_builds() -> Vec<PathBuf> {
    vec![node_build().into()]
}

/// Every path came in as a text of JavaScript's, so each is one.
fn text(path: &Path) -> io::Result<&str> {
    path.to_str().ok_or(io::ErrorKind::InvalidInput.into())
}

/// What `node.js` throws says what the operating system says.
fn failure(thrown: JsValue) -> io::Error {
    let message = thrown.dyn_into::<Error>().map(|error| error.message());
    io::Error::other(message.map_or_else(|_| String::new(), |message: JsString| message.into()))
}
