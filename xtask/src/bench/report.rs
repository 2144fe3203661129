//! Prints and writes.
use super::readings::*; use super::subjects::*; use super::rounds::*; use anyhow::Result;
pub(super) struct Circumstances;
impl Circumstances { pub(super) fn now(_v: String, _r: usize, _o: &[String]) -> Result<Circumstances> { Ok(Circumstances) } }
pub(super) fn write(r: &Readings, _s: &[&Subject], _t: Tables, _c: &Circumstances) -> Result<()> {
    for (s, c, m, v) in r.all() { println!("{s:22} {:16} {m:?} {:.1} {v:.0?}", c.name(), median(v).unwrap_or_default()); }
    Ok(())
}
