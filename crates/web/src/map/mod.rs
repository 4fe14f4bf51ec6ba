//! A map drawn as SVG: outlines of countries, and a circle for each place as large as it is
//! uncertain. Plate carrée with the standard parallel in the middle of what is shown.
//!
//! Invariant: a place without coordinates is never drawn anywhere; a circle is never smaller than
//! what is known of its place.

mod outlines;

use outlines::{Outline, outlines};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Width of the drawing, in pixels.
const WIDTH: f64 = 736.0;
/// Its height at most, and at least.
const HEIGHT: (f64, f64) = (560.0, 310.0);
/// Kilometres of a degree of latitude.
const DEGREE: f64 = 111.2;
/// Least of degrees that are shown from west to east.
const LEAST: f64 = 9.0;
/// Smallest circle, in pixels: less cannot be seen or pressed.
const SMALLEST: f64 = 5.0;

/// Where a place is, and how exactly.
#[derive(Clone, Copy, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Position {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// Kilometres around it within which it may have been.
    pub radius: f64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Places {
    #[allow(dead_code)]
    source: String,
    places: BTreeMap<String, Position>,
}

/// Where the place or state with this key of a gazetteer is; `None` where nobody wrote it down.
#[must_use]
pub fn position(key: &str) -> Option<Position> {
    static PLACES: OnceLock<Places> = OnceLock::new();
    let places = PLACES.get_or_init(|| {
        let text = include_str!("../../../../data/maps/places.toml");
        toml::from_str(text).expect("the shipped places are read by a test")
    });
    match key.strip_prefix("state:") {
        Some(iso) => outlines::middle(iso),
        None => places.places.get(key).copied(),
    }
}

/// A place to be drawn.
#[derive(Clone, Debug)]
pub struct Spot {
    /// Where it is.
    pub at: Position,
    /// Its name.
    pub name: String,
    /// What there is of it, in words.
    pub words: String,
    /// Where it leads.
    pub address: String,
    /// How much there is of it: its number stands in the circle.
    pub number: u64,
}

/// A circle where it stands, in pixels.
#[derive(Clone, Debug)]
pub struct Circle {
    /// Middle, from the left.
    pub x: i64,
    /// Middle, from above.
    pub y: i64,
    /// Radius.
    pub r: i64,
    /// Where its name stands, from the left.
    pub label_x: i64,
    /// How the name stands there: `start` or `end`.
    pub anchor: &'static str,
    /// The place.
    pub spot: Spot,
}

/// A map, ready to be written down.
#[derive(Clone, Debug, Default)]
pub struct Map {
    /// Width, in pixels.
    pub width: i64,
    /// Height, in pixels.
    pub height: i64,
    /// The countries, as an SVG path.
    pub land: String,
    /// The circles, the largest first, so that none hides another.
    pub circles: Vec<Circle>,
    /// A bar of so many kilometres, and so many pixels.
    pub scale: (u64, i64),
}

/// What a map shows, and how many pixels a degree is.
struct Window {
    west: f64,
    east: f64,
    south: f64,
    north: f64,
    /// Pixels of a degree of latitude; of longitude it is `across`.
    down: f64,
    across: f64,
}

impl Map {
    /// Draws places; the whole world where that is asked for or there are none.
    #[must_use]
    pub fn of(spots: &[Spot], whole_world: bool) -> Self {
        let window = match whole_world || spots.is_empty() {
            true => Window::over(-170.0, 190.0, -56.0, 78.0),
            false => Window::around(spots),
        };
        let mut circles: Vec<Circle> = spots.iter().map(|spot| window.circle(spot)).collect();
        circles.sort_by(|a, b| (b.r, &a.spot.name).cmp(&(a.r, &b.spot.name)));
        Self {
            width: WIDTH as i64,
            height: window.height() as i64,
            land: window.land(),
            circles,
            scale: window.scale(),
        }
    }
}

impl Window {
    /// A window that holds all spots with their circles, and something around them.
    fn around(spots: &[Spot]) -> Self {
        let (mut west, mut east) = (f64::INFINITY, f64::NEG_INFINITY);
        let (mut south, mut north) = (f64::INFINITY, f64::NEG_INFINITY);
        for Spot { at, .. } in spots {
            let high = at.radius / DEGREE;
            let wide = high / at.latitude.to_radians().cos().max(0.2);
            (west, east) = (west.min(at.longitude - wide), east.max(at.longitude + wide));
            (south, north) = (south.min(at.latitude - high), north.max(at.latitude + high));
        }
        let pad = ((east - west).max(north - south) * 0.12).max(1.0);
        let short = ((LEAST - (east - west)) / 2.0).max(pad);
        Self::over(west - short, east + short, south - pad, north + pad)
    }

    /// A window over these degrees, made wider or higher until it has a fitting shape.
    fn over(west: f64, east: f64, south: f64, north: f64) -> Self {
        let (mut west, mut east) = (west.max(-180.0), east.min(200.0));
        let (mut south, mut north) = (south.max(-60.0), north.min(84.0));
        let narrow = ((south + north) / 2.0).to_radians().cos().max(0.3);
        let shape = |west: f64, east: f64, south: f64, north: f64| {
            (north - south) / ((east - west) * narrow) * WIDTH
        };
        let height = shape(west, east, south, north);
        if height > HEIGHT.0 {
            let more = (east - west) * (height / HEIGHT.0 - 1.0) / 2.0;
            (west, east) = (west - more, east + more);
        } else if height < HEIGHT.1 {
            let more = (north - south) * (HEIGHT.1 / height - 1.0) / 2.0;
            (south, north) = (south - more, north + more);
        }
        let across = WIDTH / (east - west);
        Self {
            west,
            east,
            south,
            north,
            down: across / narrow,
            across,
        }
    }

    fn height(&self) -> f64 {
        (self.north - self.south) * self.down
    }

    fn x(&self, longitude: f64) -> f64 {
        (longitude - self.west) * self.across
    }

    fn y(&self, latitude: f64) -> f64 {
        (self.north - latitude) * self.down
    }

    fn circle(&self, spot: &Spot) -> Circle {
        let r = (spot.at.radius / DEGREE * self.down).max(SMALLEST).round() as i64;
        let x = self.x(spot.at.longitude).round() as i64;
        let on_the_right = x as f64 > WIDTH * 0.72;
        let beside = r.min(14) + 5;
        Circle {
            x,
            y: self.y(spot.at.latitude).round() as i64,
            r,
            label_x: if on_the_right { x - beside } else { x + beside },
            anchor: if on_the_right { "end" } else { "start" },
            spot: spot.clone(),
        }
    }

    /// The outlines within the window, without points that nobody could tell apart.
    fn land(&self) -> String {
        let mut path = String::new();
        for outline in outlines() {
            // What lies beyond the date line is drawn on the other side, too, where that is shown.
            for turn in [-360.0, 0.0, 360.0] {
                self.ring(outline, turn, &mut path);
            }
        }
        path
    }

    fn ring(&self, outline: &Outline, turn: f64, path: &mut String) {
        let (west, east, south, north) = outline.bounds;
        let apart = west + turn > self.east || east + turn < self.west;
        if apart || south > self.north || north < self.south {
            return;
        }
        let mut last: Option<(i64, i64)> = None;
        for (longitude, latitude) in &outline.points {
            // Far outside a point is as good as another: numbers stay short.
            let x = self.x(longitude + turn).clamp(-2_000.0, 3_000.0).round() as i64;
            let y = self.y(*latitude).clamp(-2_000.0, 3_000.0).round() as i64;
            match last {
                Some((a, b)) if (x - a).abs() + (y - b).abs() < 2 => continue,
                Some((a, b)) => path.push_str(&format!("l{} {}", x - a, y - b)),
                None => path.push_str(&format!("M{x} {y}")),
            }
            last = Some((x, y));
        }
        path.push('Z');
    }

    /// A round number of kilometres that is between a tenth and a third of the width.
    fn scale(&self) -> (u64, i64) {
        let pixel = DEGREE / self.down;
        let lengths = [10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000_u64];
        let fits = |length: &&u64| **length as f64 / pixel >= WIDTH / 10.0;
        let length = lengths.iter().find(fits).copied().unwrap_or(5_000);
        (length, (length as f64 / pixel).round() as i64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(key: &str) -> Spot {
        Spot {
            at: position(key).expect("it is in the table"),
            name: key.to_owned(),
            words: String::new(),
            address: String::new(),
            number: 1,
        }
    }

    #[test]
    fn places_have_positions_on_earth_and_a_radius() {
        let camp = position("place:kp-camp-15").expect("it is in the table");
        assert!(camp.radius > 0.0);
        let state = position("state:KP").expect("it has an outline");
        assert!((state.latitude - 40.0).abs() < 1.5 && (state.longitude - 127.0).abs() < 1.5);
        // Its ring crosses the date line.
        let russia = position("state:RU").expect("it has an outline");
        assert!(
            russia.longitude > 60.0 && russia.longitude < 130.0,
            "{russia:?}"
        );
        assert!(state.radius > 100.0 && state.radius < 400.0);
        assert_eq!(position("place:nowhere"), None);
        assert_eq!(position("state:XX"), None);
        assert_eq!(position("name:camp"), None);
    }

    #[test]
    fn a_map_holds_its_circles_and_stays_small() {
        for keys in [&["place:kp-camp-15"][..], &["state:KP", "state:US"], &[]] {
            let spots: Vec<Spot> = keys.iter().map(|key| spot(key)).collect();
            let map = Map::of(&spots, false);
            assert_eq!(map.circles.len(), keys.len());
            for circle in &map.circles {
                assert!(circle.x > 0 && circle.x < map.width, "{circle:?}");
                assert!(circle.y > 0 && circle.y < map.height, "{circle:?}");
            }
            assert!(map.land.starts_with('M'), "{keys:?}");
            assert!(map.land.len() < 90_000, "{}", map.land.len());
            assert!(map.height <= 640 && map.height >= 300, "{}", map.height);
            assert!(map.scale.1 > 70 && map.scale.1 < 400, "{:?}", map.scale);
        }
    }

    #[test]
    fn large_circles_lie_under_small_ones() {
        let map = Map::of(&[spot("place:kp-camp-15"), spot("state:KP")], false);
        assert!(map.circles[0].r > map.circles[1].r);
        assert_eq!(map.circles[0].spot.name, "state:KP");
    }
}
