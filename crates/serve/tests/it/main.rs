//! The server from its router down to the archive, without a network.
#![allow(clippy::unwrap_used)]

mod accounts;
mod api;
mod browser;
mod described;
mod door;
mod house;
mod laid_out;
mod linked;
mod masking;
mod pages;
mod reviewing;
mod screens;
mod seeking;
