//! A dealer's lines: branches, reps, products in groups and lines, customers who buy more or less.

use domain::Day;
use domain::cube::{Entries, Entry, Fact, ProductEntry};
use fastrand::Rng;
use uuid::Uuid;

const BRANCHES: u64 = 12;
const REPS: u64 = 120;
const PRODUCTS: u64 = 2_000;
const GROUPS: u64 = 40;
const LINES: u64 = 8;
const CUSTOMERS: u64 = 20_000;
/// Days the lines are spread over.
pub const DAYS: u64 = 1_095;

/// Below `n`, small ones more often: the first tenth comes up in about a third of the draws.
fn skewed(random: &mut Rng, n: u64) -> u64 {
    (n * random.u64(..1 << 20) * random.u64(..1 << 20)) >> 40
}

fn chance(random: &mut Rng, percent: u64) -> bool {
    random.u64(..100) < percent
}

fn id(kind: u64, n: u64) -> Uuid {
    Uuid::from_u64_pair(0x0190_0000_0000_7000 | n, Rng::with_seed(kind << 32 | n).u64(..) | 1 << 63)
}

/// Everybody and everything there is.
pub fn entries() -> Entries {
    let label = |what: &str, n: u64| format!("{what} {n:05}");
    Entries {
        branches: (0..BRANCHES).map(|n| Entry { id: id(1, n).into(), label: label("Branch", n) }).collect(),
        reps: (0..REPS).map(|n| Entry { id: id(2, n).into(), label: label("Rep", n) }).collect(),
        products: (0..PRODUCTS)
            .map(|n| ProductEntry {
                id: id(3, n).into(),
                label: label("Product", n),
                item_group: Some(label("Group", n % GROUPS)),
                product_line: Some(label("Line", n % GROUPS % LINES)),
            })
            .collect(),
        customers: (0..CUSTOMERS).map(|n| Entry { id: id(4, n).into(), label: label("Customer", n) }).collect(),
    }
}

/// A line as a dealer's invoices have them: a customer of one rep, a rep of one branch, now and then not.
pub fn fact(random: &mut Rng, n: u64, lines: u64) -> Fact {
    let customer = skewed(random, CUSTOMERS);
    let rep = if chance(random, 95) { skewed(&mut Rng::with_seed(customer), REPS) } else { random.u64(..REPS) };
    let branch = if chance(random, 96) { skewed(&mut Rng::with_seed(rep ^ 0xb7), BRANCHES) } else { random.u64(..BRANCHES) };
    let product = skewed(random, PRODUCTS);
    let units = 1 + skewed(random, 30) as i64;
    let price = 500 + skewed(&mut Rng::with_seed(product ^ 0x517), 200_000) as i64;
    let gross = price * units * (90 + random.i64(0..11));
    let cost = (!chance(random, 3)).then(|| price * units * (68 + random.i64(0..15)));
    let back = chance(random, 2);
    Fact {
        day: Day(19_700 + (n * DAYS / lines) as i32),
        branch: (!chance(random, 1)).then(|| id(1, branch).into()),
        rep: Some(id(2, rep).into()),
        product: Some(id(3, product).into()),
        customer: (!chance(random, 3)).then(|| id(4, customer).into()),
        lines: 1,
        transactions: i64::from(chance(random, 40)),
        units: if back { -units * 1_000 } else { units * 1_000 },
        gross: if back { 0 } else { gross },
        returns: if back { -gross } else { 0 },
        cost: if back { cost.map(|cost| -cost) } else { cost },
    }
}
