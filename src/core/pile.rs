//! A list in the making. What is in it stays: a pile that is done is a slice that lives as long as the program.
//!
//! The standard library's `Vec` is compiled anew for every kind of item, with a way to free each; all piles share the
//! code that makes room, and nothing frees itself. In the visitor's script that weighs a kilobyte less.
#![allow(unsafe_code)]

use std::alloc::{Layout, alloc, dealloc, handle_alloc_error, realloc};
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use std::ptr::without_provenance_mut;

/// Items that were put one after the other. What is handed about is one address.
pub struct Pile<T> {
    room: &'static mut Room,
    items: PhantomData<T>,
}

/// Where the items of an empty pile would be: at a multiple of every alignment.
const NOWHERE: *mut u8 = without_provenance_mut(16);

/// The memory of a pile: where it is, how many items are in it, and how many could be.
struct Room {
    start: *mut u8,
    length: usize,
    space: usize,
}

// SAFETY: a room belongs to one pile, and what is in it is plain data.
unsafe impl Send for Room {}
// SAFETY: as above; a shared pile is only read.
unsafe impl Sync for Room {}

impl Room {
    #[inline(never)]
    fn empty() -> &'static mut Room {
        Box::leak(Box::new(Room {
            start: NOWHERE,
            length: 0,
            space: 0,
        }))
    }

    /// The place for one more item of this layout, which has a size.
    #[inline(never)]
    fn next(&mut self, size: usize, align: usize) -> *mut u8 {
        if self.length == self.space {
            self.grow(size, align);
        }
        self.length += 1;
        // SAFETY: there is space for one more item behind the last.
        unsafe { self.start.add((self.length - 1) * size) }
    }

    /// Doubles the space.
    fn grow(&mut self, size: usize, align: usize) {
        let space = if self.space == 0 { 4 } else { self.space * 2 };
        // SAFETY: the size is not 0, and the old layout is the one that was asked for before. A size that overflows
        // cannot be reached: the memory would have ended before.
        unsafe {
            let layout = Layout::from_size_align_unchecked(size * space, align);
            self.start = if self.space == 0 {
                alloc(layout)
            } else {
                let before = Layout::from_size_align_unchecked(size * self.space, align);
                realloc(self.start, before, layout.size())
            };
            if self.start.is_null() {
                handle_alloc_error(layout);
            }
        }
        self.space = space;
    }
}

impl<T: Copy + 'static> Pile<T> {
    /// Nothing yet.
    #[inline]
    pub fn new() -> Pile<T> {
        Pile {
            room: Room::empty(),
            items: PhantomData,
        }
    }

    /// A copy of some items, to put more on it.
    #[inline(never)]
    pub fn of(items: &[T]) -> Pile<T> {
        let mut pile = Pile::new();
        for item in items {
            pile.push(*item);
        }
        pile
    }

    /// Puts an item on the pile.
    #[inline(never)]
    pub fn push(&mut self, item: T) {
        // SAFETY: the place is for an item of this kind.
        unsafe { self.room.next(size_of::<T>(), align_of::<T>()).cast::<T>().write(item) };
    }

    /// Takes off what lies above the first `length` items.
    pub fn cut(&mut self, length: usize) {
        self.room.length = self.room.length.min(length);
    }

    /// Lets the items go. Their memory is used again if nothing else has taken any since.
    pub fn give_back(self) {
        let Room { start, space, .. } = *self.room;
        // SAFETY: the memory of the items and that of the room, which was a box, were asked for with these layouts, and
        // nothing has them any more.
        unsafe {
            if space > 0 {
                let layout = Layout::from_size_align_unchecked(size_of::<T>() * space, align_of::<T>());
                dealloc(start, layout);
            }
            drop(Box::from_raw(self.room));
        }
    }

    /// The items, to stay.
    #[inline]
    pub fn done(self) -> &'static [T] {
        // SAFETY: nothing else has the memory of this pile, and it is never given back.
        unsafe { &*core::ptr::from_ref::<[T]>(&self) }
    }
}

/// Some items and one more, to stay.
#[inline(never)]
pub fn appended<T: Copy + 'static>(items: &[T], item: T) -> &'static [T] {
    let mut pile = Pile::of(items);
    pile.push(item);
    pile.done()
}

impl<T> Deref for Pile<T> {
    type Target = [T];

    #[inline]
    fn deref(&self) -> &[T] {
        // SAFETY: that many items were written, one after the other.
        unsafe { core::slice::from_raw_parts(self.room.start.cast(), self.room.length) }
    }
}

impl<T> DerefMut for Pile<T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut [T] {
        // SAFETY: as above, and the pile is borrowed for as long.
        unsafe { core::slice::from_raw_parts_mut(self.room.start.cast(), self.room.length) }
    }
}

impl<'a, T> IntoIterator for &'a Pile<T> {
    type Item = &'a T;
    type IntoIter = core::slice::Iter<'a, T>;

    #[inline]
    fn into_iter(self) -> core::slice::Iter<'a, T> {
        self.iter()
    }
}

impl<T: PartialEq<U>, U, const N: usize> PartialEq<[U; N]> for Pile<T> {
    fn eq(&self, other: &[U; N]) -> bool {
        **self == *other
    }
}

impl<T: Copy + 'static> FromIterator<T> for Pile<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Pile<T> {
        let mut pile = Pile::new();
        for item in items {
            pile.push(item);
        }
        pile
    }
}

impl<T: Copy + 'static> Default for Pile<T> {
    fn default() -> Pile<T> {
        Pile::new()
    }
}

impl<T: core::fmt::Debug> core::fmt::Debug for Pile<T> {
    fn fmt(&self, formatter: &mut core::fmt::Formatter) -> core::fmt::Result {
        core::fmt::Debug::fmt(&**self, formatter)
    }
}

impl<T: PartialEq> PartialEq for Pile<T> {
    fn eq(&self, other: &Pile<T>) -> bool {
        **self == **other
    }
}

#[cfg(test)]
mod tests {
    use super::{Pile, appended};

    #[test]
    fn what_is_put_on_a_pile_stays_in_its_order() {
        let mut pile = Pile::new();
        assert!(pile.is_empty());
        for number in 0..1000_u64 {
            pile.push(number);
        }
        assert!(pile.iter().copied().eq(0..1000));
        pile.cut(3);
        pile.push(7);
        assert_eq!(*pile, [0, 1, 2, 7]);
        let more = appended(&pile, 8);
        assert_eq!((pile.done(), more), (&[0, 1, 2, 7][..], &[0, 1, 2, 7, 8][..]));
        assert!(Pile::<u8>::new().done().is_empty());
    }

    /// Piles that were given back take nothing from those that stay.
    #[test]
    fn what_is_given_back_leaves_the_others() {
        let kept = Pile::of(&[1_u64, 2, 3]);
        for number in 0..100 {
            let mut pile = Pile::of(&kept);
            pile.push(number);
            assert_eq!(*pile, [1, 2, 3, number]);
            pile.give_back();
            Pile::<u64>::new().give_back();
        }
        let cut = {
            let mut pile = Pile::of(&[4_u8; 100]);
            pile.cut(0);
            pile
        };
        cut.give_back();
        assert_eq!(kept.done(), [1, 2, 3]);
    }
}
