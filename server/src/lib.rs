//! The server: the router around the pages, the worker, and the command line of `alongside`.

pub mod cli;
pub mod config;
pub mod demo;
pub mod http;
pub mod mail;
pub mod worker;
