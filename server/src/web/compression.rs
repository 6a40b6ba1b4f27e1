//! Compression of what is made per request; the built site comes compressed already.

use tower_http::{
    CompressionLevel,
    compression::{
        CompressionLayer,
        predicate::{And, DefaultPredicate, Predicate, SizeAbove},
    },
};

/// Smaller answers fit in one packet anyway, in bytes.
const WORTH_IT: u16 = 1_024;
/// Brotli's middle: a list of 50 rows shrinks to a seventh in well under a millisecond.
const QUALITY: i32 = 4;

/// Brotli or gzip, by what the caller reads.
#[must_use]
pub fn layer() -> CompressionLayer<And<DefaultPredicate, SizeAbove>> {
    let predicate = DefaultPredicate::new().and(SizeAbove::new(WORTH_IT));
    CompressionLayer::new().br(true).gzip(true).quality(CompressionLevel::Precise(QUALITY)).compress_when(predicate)
}
