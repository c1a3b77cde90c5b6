//! Makes pictures: smaller files of photographs, and cards drawn from SVG. Bytes in, bytes out: which
//! pictures there are and where they go is for others to say.

pub mod draw;
pub mod fit;
pub mod font;
mod palette;
pub mod raster;
