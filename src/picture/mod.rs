//! Makes pictures: smaller files of photographs, cards drawn from SVG, and originals without what a camera wrote.
//! Bytes in, bytes out: which pictures there are and where they go is for others to say.

pub mod draw;
pub mod fit;
pub mod font;
pub mod ico;
pub mod metadata;
mod palette;
pub mod raster;
