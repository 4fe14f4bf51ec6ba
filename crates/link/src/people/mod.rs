//! Linking lists of persons after Fellegi and Sunter (1969).
