//! Persons and groups to be found, freed or reunited: what is known of each, and since when.
