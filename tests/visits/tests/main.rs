//! Every visit, in every engine.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod access;
mod aliases;
mod api;
mod audit;
mod auto_reject;
mod before_the_module;
mod bundlers;
mod choices;
mod configuration;
mod configurator;
mod deploys;
mod development;
mod embeds;
mod first_layer;
mod first_paint;
mod gate;
mod hardship;
mod harness;
mod languages;
mod libraries;
mod life;
mod looks;
mod media;
mod notice;
mod owner;
mod package;
mod pages;
mod record;
mod sites;

use std::process::ExitCode;

use visits::runner::Case;

fn main() -> ExitCode {
    let groups = [
        harness::cases(),
        sites::cases(),
        gate::cases(),
        aliases::cases(),
        embeds::cases(),
        pages::cases(),
        libraries::cases(),
        first_layer::cases(),
        first_paint::cases(),
        before_the_module::cases(),
        choices::cases(),
        notice::cases(),
        owner::cases(),
        record::cases(),
        languages::cases(),
        access::cases(),
        looks::cases(),
        media::cases(),
        api::cases(),
        configuration::cases(),
        hardship::cases(),
        deploys::cases(),
        life::cases(),
        audit::cases(),
        auto_reject::cases(),
        bundlers::cases(),
        package::cases(),
        configurator::cases(),
    ];
    let cases: Vec<Case> = groups.into_iter().flatten().collect();
    visits::runner::run(&development::too(cases))
}
