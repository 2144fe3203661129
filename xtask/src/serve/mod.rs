//! Shows the demo under `www/` on this machine: the start page on `localhost`, each site on `<domain>.localhost`, a name
//! that reaches loopback by itself. What a site serves under `/kelisim/` is what `kelisim build` makes of its `site.json`
//! ([`sites`]), [`adapt`]ed to that name. Receipts of decisions are received on each ([`receipts`]). What is edited is built
//! anew ([`watch`]) and open pages load again ([`reload`]).
//!
//! It is a tool for people who work on Kelisim, and no model of a web server.

pub(crate) mod adapt;
pub(crate) mod answer;
pub(crate) mod content;
mod receipts;
mod reload;
pub(crate) mod sites;
mod watch;

use crate::{build, configurator, setup};
use answer::Demo;
use anyhow::{Context, Result};
use axum::Router;
use sites::Sites;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// How to serve the demo.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Port to listen on
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Address to listen on
    #[arg(long, default_value = "127.0.0.1")]
    host: IpAddr,
    /// Let the pages reach the vendors: visits of the demo are then sent to them
    #[arg(long)]
    real_vendors: bool,
}

/// Builds, then serves until it is interrupted.
pub(crate) fn run(options: &Options) -> Result<()> {
    // A script that is over its budget can still be looked at.
    if let Err(error) = build::run() {
        eprintln!("error: {error:#}");
    }
    if let Err(error) = setup::for_building().and_then(|toolchain| configurator::build(&toolchain)) {
        eprintln!("error: {error:#}");
    }
    // A site that cannot be built does not keep the others from being looked at.
    if let Err(error) = Sites::of_the_demo().build_all() {
        eprintln!("error: {error:#}");
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.context("could not start serving")?.block_on(serve(options))
}

async fn serve(options: &Options) -> Result<()> {
    let (versions, _) = tokio::sync::watch::channel(reload::first_version());
    let sites = Sites::of_the_demo();
    let _watcher = watch::start(sites.clone(), versions.clone())?;
    let demo = Arc::new(Demo {
        real_vendors: options.real_vendors,
        versions,
        receipts: receipts::Store::open(&receipts::database())?,
        sites: sites.clone(),
    });
    let pages = Router::new().fallback(answer::answer).with_state(demo);

    let address = SocketAddr::new(options.host, options.port);
    let listener = tokio::net::TcpListener::bind(address)
        .await
        .with_context(|| format!("could not listen on {address}. Take another port: cargo xtask serve --port 8081"))?;
    announce(options, &sites);
    axum::serve(listener, pages).await.context("stopped serving")
}

fn announce(options: &Options, sites: &Sites) {
    let port = options.port;
    println!("\nserve  http://localhost:{port}/");
    for site in sites.names() {
        println!("serve  http://{site}.localhost:{port}/");
        for change in sites.changes(&site) {
            println!("         adapted to this name: {change}");
        }
    }
    println!(
        "serve  receipts that come are shown on http://localhost:{port}{}",
        receipts::PATH
    );
    if options.real_vendors {
        println!("serve  --real-vendors: what a visitor grants here is really sent to the vendors");
    } else {
        println!("serve  requests to vendors are stopped at the last moment (--real-vendors lets them through)");
    }
}
