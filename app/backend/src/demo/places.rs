//! Where demonstration data lies: five branches and the towns they serve.

/// A branch, and the towns it serves with their places in degrees.
pub(super) struct Region {
    /// The branch.
    pub(super) branch: &'static str,
    /// Town, latitude, longitude; the branch's own town first.
    pub(super) towns: &'static [(&'static str, f64, f64)],
}

/// Five branches. Places: GeoNames, CC BY 4.0.
pub(super) const REGIONS: [Region; 5] = [
    Region {
        branch: "Nairobi",
        towns: &[
            ("Nairobi", -1.2833, 36.8167),
            ("Thika", -1.0333, 37.0693),
            ("Ruiru", -1.1467, 36.9609),
            ("Kiambu", -1.1714, 36.8356),
            ("Athi River", -1.4563, 36.9783),
            ("Machakos", -1.5223, 37.2652),
            ("Kitengela", -1.4761, 36.9614),
            ("Limuru", -1.1136, 36.6421),
            ("Ngong", -1.3527, 36.6699),
            ("Kajiado", -1.8524, 36.7768),
        ],
    },
    Region {
        branch: "Mombasa",
        towns: &[
            ("Mombasa", -4.0547, 39.6636),
            ("Mtwapa", -3.9394, 39.7488),
            ("Kilifi", -3.6305, 39.8499),
            ("Malindi", -3.2180, 40.1169),
            ("Ukunda", -4.2929, 39.5640),
            ("Mariakani", -3.8626, 39.4746),
            ("Voi", -3.3961, 38.5561),
            ("Kwale", -4.1738, 39.4521),
        ],
    },
    Region {
        branch: "Kisumu",
        towns: &[
            ("Kisumu", -0.1022, 34.7617),
            ("Ahero", -0.1736, 34.9189),
            ("Kakamega", 0.2842, 34.7523),
            ("Busia", 0.4601, 34.1117),
            ("Siaya", 0.0607, 34.2881),
            ("Homa Bay", -0.5273, 34.4571),
            ("Kisii", -0.6817, 34.7667),
            ("Migori", -1.0634, 34.4731),
            ("Mumias", 0.3347, 34.4880),
        ],
    },
    Region {
        branch: "Eldoret",
        towns: &[
            ("Eldoret", 0.5204, 35.2699),
            ("Kitale", 1.0157, 35.0062),
            ("Kapsabet", 0.2039, 35.1050),
            ("Iten", 0.6703, 35.5081),
            ("Bungoma", 0.5635, 34.5606),
            ("Webuye", 0.6004, 34.7712),
            ("Turbo", 0.6337, 35.0482),
            ("Burnt Forest", 0.2168, 35.4325),
        ],
    },
    Region {
        branch: "Nakuru",
        towns: &[
            ("Nakuru", -0.3072, 36.0723),
            ("Naivasha", -0.7138, 36.4326),
            ("Gilgil", -0.5040, 36.3185),
            ("Njoro", -0.3302, 35.9445),
            ("Molo", -0.2485, 35.7319),
            ("Nyahururu", 0.0381, 36.3634),
            ("Kericho", -0.3677, 35.2831),
            ("Narok", -1.0808, 35.8711),
            ("Bomet", -0.7813, 35.3416),
        ],
    },
];
