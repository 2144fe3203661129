//! Whole visits in real browsers: what a page, its visitor and the wire see of Kelisim.
//!
//! [`internet`] plays every host there is and writes down what was asked of it, [`browsers`] starts the three engines
//! behind it, [`visit`] is one visitor's page, [`site`] describes what a site serves, [`runner`] runs each visit in each
//! engine. What a visit goes to is its [`subject`]: most go to what [`build`] makes of a configuration, some also or only
//! to a page that compiles its own; [`project`] is what somebody with Node alone makes of the package. Nothing else here knows how Kelisim is made: only its contract, and the bytes in
//! `dist/`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc
)]

pub mod browsers;
pub mod build;
pub mod configurator;
pub mod internet;
pub mod project;
pub mod runner;
pub mod site;
pub mod subject;
pub mod vendors;
pub mod visit;

/// Asserts what a requirement asks for, and names the requirement where it is not so.
#[macro_export]
macro_rules! shows {
    ($requirement:literal, $held:expr, $($message:tt)+) => {
        assert!($held, "{}: {}", $requirement, format_args!($($message)+))
    };
}

/// Asserts that two values are equal because a requirement asks for it.
#[macro_export]
macro_rules! shows_equal {
    ($requirement:literal, $left:expr, $right:expr, $($message:tt)+) => {
        assert_eq!($left, $right, "{}: {}", $requirement, format_args!($($message)+))
    };
}
