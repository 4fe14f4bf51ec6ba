//! Outlines of countries from Natural Earth (public domain), and how large a state is.
//! How the file is made: `data/maps/convert.py`.

use super::{DEGREE, Position};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Half of the way around the world, in hundredths of a degree.
const HALF: i32 = 18_000;

/// A ring of a country.
pub(super) struct Outline {
    /// ISO code of the country; `-` where it has none that we use.
    pub(super) iso: &'static str,
    /// Longitude and latitude of its points, in degrees.
    pub(super) points: Vec<(f64, f64)>,
    /// West, east, south, north.
    pub(super) bounds: (f64, f64, f64, f64),
}

/// All of them.
pub(super) fn outlines() -> &'static [Outline] {
    static OUTLINES: OnceLock<Vec<Outline>> = OnceLock::new();
    OUTLINES.get_or_init(|| {
        let text = include_str!("../../../../data/maps/countries.txt");
        text.lines().filter_map(Outline::read).collect()
    })
}

impl Outline {
    fn read(line: &'static str) -> Option<Self> {
        let (iso, steps) = line.split_once('\t')?;
        let steps: Vec<i32> = steps
            .split(' ')
            .filter_map(|step| step.parse().ok())
            .collect();
        let (mut x, mut y) = (0_i32, 0_i32);
        let (mut west, mut east, mut south, mut north) =
            (540.0_f64, -540.0_f64, 90.0_f64, -90.0_f64);
        let mut points = Vec::with_capacity(steps.len() / 2);
        for step in steps.chunks_exact(2) {
            // A ring that crosses the date line goes on beyond it instead of around the world.
            let across = match step[0] {
                step if !points.is_empty() && step > HALF => step - 2 * HALF,
                step if !points.is_empty() && step < -HALF => step + 2 * HALF,
                step => step,
            };
            x = x.saturating_add(across);
            y = y.saturating_add(step[1]);
            let (longitude, latitude) = (f64::from(x) / 100.0, f64::from(y) / 100.0);
            (west, east) = (west.min(longitude), east.max(longitude));
            (south, north) = (south.min(latitude), north.max(latitude));
            points.push((longitude, latitude));
        }
        Some(Self {
            iso,
            points,
            bounds: (west, east, south, north),
        })
    }

    /// Area in square degrees and the middle of it, by the shoelace formula.
    fn area(&self) -> (f64, f64, f64) {
        let (mut area, mut x, mut y) = (0.0, 0.0, 0.0);
        let next = self.points.iter().skip(1).chain(self.points.first());
        for (a, b) in self.points.iter().zip(next) {
            let cross = a.0 * b.1 - b.0 * a.1;
            area += cross / 2.0;
            x += (a.0 + b.0) * cross / 6.0;
            y += (a.1 + b.1) * cross / 6.0;
        }
        match area == 0.0 {
            true => (0.0, 0.0, 0.0),
            false => (area.abs(), x / area, y / area),
        }
    }
}

/// The middle of a state's largest land, with the radius of a circle of the same area; `None`
/// where the outlines do not show it.
pub(super) fn middle(iso: &str) -> Option<Position> {
    static MIDDLES: OnceLock<BTreeMap<&'static str, (f64, Position)>> = OnceLock::new();
    let middles = MIDDLES.get_or_init(|| {
        let mut middles: BTreeMap<&'static str, (f64, Position)> = BTreeMap::new();
        for outline in outlines().iter().filter(|one| one.iso != "-") {
            let (area, longitude, latitude) = outline.area();
            if middles
                .get(outline.iso)
                .is_some_and(|(known, _)| *known >= area)
            {
                continue;
            }
            let flat = area * latitude.to_radians().cos() * DEGREE * DEGREE;
            let position = Position {
                latitude,
                longitude,
                radius: (flat / std::f64::consts::PI).sqrt(),
            };
            middles.insert(outline.iso, (area, position));
        }
        middles
    });
    middles.get(iso).map(|(_, position)| *position)
}
