//! How many bytes a cell takes on the wire, where half a million of them may take four megabytes: what a manager's browser downloads once.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use domain::Day;
use domain::cube::{Builder, Cube, Entries, Entry, Fact, ProductEntry};
use domain::ids::BranchId;
use domain::people::Scope;
use fastrand::Rng;
use uuid::Uuid;

const CELLS: usize = 100_000;
const CELL_BYTES: usize = 8;
const DAYS: i32 = 365;

/// Below `n`, small ones more often: the first tenth comes up in about a third of the draws.
fn skewed(random: &mut Rng, n: u64) -> u64 {
    (n * random.u64(..1 << 20) * random.u64(..1 << 20)) >> 40
}

fn id(kind: u64, n: u64) -> Uuid {
    Uuid::from_u64_pair(0x0190_0000_0000_7000 | n << 16, Rng::with_seed(kind << 32 | n).u64(..) | 1 << 63)
}

fn entries() -> Entries {
    let label = |what: &str, n: u64| format!("{what} {n:05}");
    let products = (0..2_000).map(|n| ProductEntry {
        id: id(3, n).into(),
        label: label("Product", n),
        item_group: Some(label("Group", n % 40)),
        product_line: Some(label("Line", n % 8)),
    });
    Entries {
        branches: (0..12).map(|n| Entry { id: id(1, n).into(), label: label("Branch", n) }).collect(),
        reps: (0..120).map(|n| Entry { id: id(2, n).into(), label: label("Rep", n) }).collect(),
        products: products.collect(),
        customers: (0..20_000).map(|n| Entry { id: id(4, n).into(), label: label("Customer", n) }).collect(),
    }
}

/// A line in the manager's branch; prices, discounts and costs as a dealer has them.
fn fact(random: &mut Rng, branch: BranchId) -> Fact {
    let customer = skewed(random, 2_000) * 10;
    let rep = if random.u64(..100) < 95 { skewed(&mut Rng::with_seed(customer), 12) } else { random.u64(..120) };
    let product = skewed(random, 2_000);
    let units = 1 + skewed(random, 30) as i64;
    let price = 500 + skewed(&mut Rng::with_seed(product ^ 0x517), 200_000) as i64;
    let gross = price * units * (90 + random.i64(0..11));
    let cost = price * units * (68 + random.i64(0..15));
    let back = random.u64(..100) < 2;
    let cost = (random.u64(..100) > 2).then_some(if back { -cost } else { cost });
    Fact {
        day: Day(19_700 + random.i32(0..DAYS)),
        branch: Some(branch),
        rep: Some(id(2, rep).into()),
        product: Some(id(3, product).into()),
        customer: (random.u64(..100) > 2).then(|| id(4, customer).into()),
        lines: 1,
        transactions: i64::from(random.u64(..100) < 40),
        units: if back { -units * 1_000 } else { units * 1_000 },
        gross: if back { 0 } else { gross },
        returns: if back { -gross } else { 0 },
        cost,
    }
}

fn brotli(bytes: &[u8]) -> usize {
    let mut out = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality: 4, ..Default::default() };
    brotli::BrotliCompress(&mut &*bytes, &mut out, &params).unwrap();
    out.len()
}

#[test]
fn a_cell_of_a_branch_takes_less_than_eight_bytes() {
    let mut random = Rng::with_seed(20_261_125);
    let mut builder = Builder::new(&entries());
    let (ours, theirs) = (id(1, 3).into(), id(1, 4).into());
    for n in 0..CELLS {
        builder.push(&fact(&mut random, ours)).unwrap();
        if n % 10 == 0 {
            builder.push(&fact(&mut random, theirs)).unwrap();
        }
    }
    let branch = builder.finish(1).unwrap().scoped(Scope::Branch(ours));
    assert!(branch.cells() > CELLS * 99 / 100, "{}", branch.cells());
    let bytes = branch.to_bytes();
    let wire = brotli(&bytes);
    println!("a cube of {} cells: {} bytes packed, {wire} on the wire", branch.cells(), bytes.len());
    assert!(wire <= CELLS * CELL_BYTES, "{wire}");
    assert_eq!(Cube::from_bytes(&bytes).unwrap().lines(), CELLS as i64);
}
