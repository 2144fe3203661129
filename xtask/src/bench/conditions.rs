//! Under which conditions a page is visited: the network and the processor. It says what they are, and imposes nothing.

use serde_json::{Value, json};

/// A network and a processor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Conditions {
    /// 150 ms to every answer, 1.6 Mbit/s, and a processor at a quarter of its speed: a phone on a slow mobile network.
    Slow,
    /// This machine as it is.
    Plain,
    /// A processor at a quarter of its speed, and a network that plays no part.
    SlowProcessor,
}

impl Conditions {
    /// How a table names them.
    pub(super) fn name(self) -> &'static str {
        match self {
            Conditions::Slow => "slow 4G, CPU/4",
            Conditions::Plain => "unthrottled",
            Conditions::SlowProcessor => "CPU/4",
        }
    }

    /// The parameters of `Network.emulateNetworkConditions`: latency in milliseconds, throughput in bytes per second.
    pub(super) fn network(self) -> Value {
        match self {
            Conditions::Slow => {
                json!({ "offline": false, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750 })
            }
            Conditions::Plain | Conditions::SlowProcessor => {
                json!({ "offline": false, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 })
            }
        }
    }

    /// How many times slower than this machine the processor is.
    pub(super) fn processor(self) -> u8 {
        match self {
            Conditions::Slow | Conditions::SlowProcessor => 4,
            Conditions::Plain => 1,
        }
    }
}
