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
    /// The lines that go with them, and what they came to.
    pub(super) gone: Sum,
    /// Parts that are known otherwise and have a refused row, with where the first begins: what is known stays.
    pub(super) held: HashMap<Part, u64>,
    /// Lines that are unchanged, and what they come to.
    pub(super) same: Sum,
    /// Documents, and their lines, whose number is known from another source with other lines.
    pub(super) alike: (u64, u64),
}

impl Plan {
    fn keep(&mut self, part: &Part, sum: &Sum) {
        self.same.lines += sum.lines;
        self.same.net += sum.net;
        self.unchanged.insert(part.clone());
    }

    fn replace(&mut self, part: &Part, before: &Sum) {
        self.gone.lines += before.lines;
        self.gone.net += before.net;
        self.replaced.push(part.clone());
    }
}

/// Holds what a file says, and where parts of it have `refused` rows, against what is known of its source, and `elsewhere`. The very same lines under another source are the same sales: an export
/// that is brought in again. Another document of that number is another till's.
pub(super) fn plan(file: &Parts, refused: &HashMap<Part, u64>, known: &Parts, elsewhere: &[(Part, Sum)]) -> Plan {
    let mut plan = Plan::default();
    let mut others: HashMap<&Part, Vec<&Sum>> = HashMap::new();
    elsewhere.iter().for_each(|(part, sum)| others.entry(part).or_default().push(sum));
    for (part, sum) in file {
        match (known.get(part), others.get(part)) {
            (Some(before), _) if before == sum => plan.keep(part, sum),
            (Some(before), _) => match refused.get(part) {
                Some(first) => drop(plan.held.insert(part.clone(), *first)),
                None => plan.replace(part, before),
            },
            (None, Some(others)) if others.contains(&sum) => plan.keep(part, sum),
            (None, Some(_)) if matches!(part, Part::Document(_)) => {
                plan.alike = (plan.alike.0 + 1, plan.alike.1 + u64::try_from(sum.lines).unwrap_or_default());
            }
            (None, _) => {}
        }
    }
    plan.replaced.sort();
    plan
}
