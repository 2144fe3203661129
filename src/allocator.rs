//! The module's memory: blocks of 2ⁿ bytes, and for each n a list of those that were given back.
//!
//! A block is taken from its list, or else from the end of the memory, which grows. Blocks are never joined: a page asks
//! for the same few sizes over and over, and a module of a few hundred kilobytes has no fragments worth the code.
//!
//! Measured in a module of three functions, after `wasm-opt -Oz`, in bytes raw and after brotli: this 1318 and 759,
//! `lol_alloc` 0.4.1's list of free blocks 1453 and 808 (and its calls grow with the list), `talc` 5.1.1 2473 and 1337,
//! the standard library's dlmalloc 6262 and 2668.

use core::alloc::{GlobalAlloc, Layout};
use core::arch::wasm32::{memory_grow, memory_size};
use core::cell::Cell;
use core::ptr::null_mut;

#[cfg(target_feature = "atomics")]
compile_error!("the allocator is for one thread, and a visitor's page has no other");

/// A page of WebAssembly's memory, in bytes.
const PAGE: usize = 65536;
/// The largest alignment; nothing here asks for more, and more fails.
const ALIGNMENT: usize = 16;
/// The smallest block holds the pointer of its list, and is as well aligned as anything of its size.
const SMALLEST: usize = 8;

/// Every block that was given back, and where what was never used begins.
struct Blocks {
    /// The first free block of each power of two; a free block holds the pointer to the next.
    free: [Cell<*mut u8>; usize::BITS as usize],
    /// The address of the first byte that was never used; 0 before the first block.
    unused: Cell<usize>,
}

// SAFETY: there is one thread: see the `compile_error!` above.
#[allow(unsafe_code)]
unsafe impl Sync for Blocks {}

#[global_allocator]
static BLOCKS: Blocks = Blocks {
    free: [const { Cell::new(null_mut()) }; usize::BITS as usize],
    unused: Cell::new(0),
};

#[allow(unsafe_code)]
unsafe extern "C" {
    /// Stands where the linker's own data and the stack end.
    static __heap_base: u8;
}

/// The power of two that holds a block of this layout.
fn power(layout: &Layout) -> u32 {
    (layout.size().max(layout.align()).max(SMALLEST) - 1).leading_zeros() ^ (usize::BITS - 1)
}

impl Blocks {
    /// A block from the end of the memory; null when the memory cannot grow.
    fn cut(&self, size: usize) -> *mut u8 {
        let align = size.min(ALIGNMENT) - 1;
        let unused = match self.unused.get() {
            0 => (&raw const __heap_base).addr(),
            unused => unused,
        };
        let start = (unused + align) & !align;
        let Some(end) = start.checked_add(size) else {
            return null_mut();
        };
        let missing = end.div_ceil(PAGE).saturating_sub(memory_size(0));
        if missing > 0 && memory_grow(0, missing) == usize::MAX {
            return null_mut();
        }
        self.unused.set(end);
        start as *mut u8
    }
}

// SAFETY: a block is handed out once until it is given back, is as large as its power of two, which covers the layout,
// and begins at a multiple of its size or of `ALIGNMENT`; a layout that needs more gets null.
#[allow(unsafe_code, clippy::cast_ptr_alignment)]
unsafe impl GlobalAlloc for Blocks {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let power = power(&layout);
        let Some(free) = self.free.get(power as usize).filter(|_| layout.align() <= ALIGNMENT) else {
            return null_mut();
        };
        let block = free.get();
        if block.is_null() {
            return self.cut(2 << power);
        }
        // SAFETY: a free block holds the pointer to the next one, written by `dealloc`.
        free.set(unsafe { block.cast::<*mut u8>().read() });
        block
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if let Some(free) = self.free.get(power(&layout) as usize) {
            // SAFETY: the block is no one's now, and large and aligned enough for a pointer.
            unsafe { block.cast::<*mut u8>().write(free.get()) };
            free.set(block);
        }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: the caller promises a size that is not 0 and does not overflow with this alignment.
        let wanted = unsafe { Layout::from_size_align_unchecked(size, layout.align()) };
        if power(&wanted) == power(&layout) {
            return block;
        }
        // SAFETY: the new block is another one, and both hold as many bytes as the smaller of the two.
        unsafe {
            let moved = self.alloc(wanted);
            if !moved.is_null() {
                moved.copy_from_nonoverlapping(block, layout.size().min(size));
                self.dealloc(block, layout);
            }
            moved
        }
    }
}
