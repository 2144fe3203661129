//! Vendors as data: one JSON manifest each, and the closed set of steps that start and stop them.
