//! Documents, and days without documents, by what their lines come to: whether a file says of one what is known of it already.

use super::judge::Part;
use std::collections::HashMap;

/// The lines of a part, in a form in which the same lines in another order are the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sum {
    pub(crate) lines: i64,
    /// Σ of the fingerprints' lower 31 bits.
    pub(crate) low: i64,
    /// Σ of their upper 31 bits.
    pub(crate) high: i64,
    /// Net sales.
    pub(crate) net: i64,
}

impl Sum {
    /// Takes a line in. `None` when the amounts come to more than can be counted.
    pub(crate) fn add(&mut self, print: i64, net: i64) -> Option<()> {
        self.net = self.net.checked_add(net)?;
        self.lines += 1;
        self.low += print & 0x7fff_ffff;
        self.high += print >> 31;
        Some(())
    }
}

/// Parts by their sums.
pub(crate) type Parts = HashMap<Part, Sum>;

/// What becomes of the parts of a file.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// Parts that are known as the file says them: nothing is written.
    pub(super) unchanged: std::collections::HashSet<Part>,
    /// Parts that are known otherwise: what is known is replaced.
    pub(super) replaced: Vec<Part>,
    /// Lines that are unchanged, and what they come to.
    pub(super) same: Sum,
}

/// Holds what a file says against what is known.
pub(super) fn plan(file: &Parts, known: &Parts) -> Plan {
    let mut plan = Plan::default();
    for (part, sum) in file {
        match known.get(part) {
            Some(before) if before == sum => {
                plan.same.lines += sum.lines;
                plan.same.net += sum.net;
                plan.unchanged.insert(part.clone());
            }
            Some(_) => plan.replaced.push(part.clone()),
            None => {}
        }
    }
    plan.replaced.sort();
    plan
}
