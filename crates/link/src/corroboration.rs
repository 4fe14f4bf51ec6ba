//! How well an allegation or incident is supported, by independent origins.
