//! Whole visits in real browsers.
