//! `gen serve` as a browser and an author meet it: the real program on a free port, asked over plain sockets.
//! Nothing here sleeps; what takes time is waited for.

mod changes;
mod desk;
mod files;
mod run;
mod server;
