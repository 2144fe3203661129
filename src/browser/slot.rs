//! A place for the one thing of its kind that a document has.

use std::cell::Cell;

#[cfg(target_feature = "atomics")]
compile_error!("a slot is for one thread, and a visitor's page has no other");

/// Holds something plain for as long as the document lives.
pub struct Slot<T>(Cell<T>);

// SAFETY: there is one thread: see the `compile_error!` above.
#[allow(unsafe_code)]
unsafe impl<T> Sync for Slot<T> {}

impl<T: Copy> Slot<T> {
    /// A slot that holds this at first.
    pub const fn new(first: T) -> Slot<T> {
        Slot(Cell::new(first))
    }

    /// What it holds.
    #[inline]
    pub fn get(&self) -> T {
        self.0.get()
    }

    /// Holds something else from now on.
    #[inline]
    pub fn set(&self, next: T) {
        self.0.set(next);
    }
}
