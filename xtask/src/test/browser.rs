//! stub
pub(crate) fn run_module(_: Vec<std::ffi::OsString>) -> anyhow::Result<()> {
    Ok(())
}
