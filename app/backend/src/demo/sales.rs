//! What the dealer sold: an invoice for most visits that ended with an order, some walk-in sales, a few returns; budgets a little above what was sold.

use super::dice::Dice;
use crate::targets::Budget;
use domain::Day;
use domain::Instant;
use domain::clients::Client;
use domain::ids::{ClientId, ProductId, RepId};
use domain::people::Rep;
use domain::sales::{Product, SaleLine};
use domain::targets::{Holiday, Workdays};
use domain::visits::{Visit, VisitStatus};
use std::collections::{BTreeMap, HashMap};

/// Months of sales and budgets.
const MONTHS: i32 = 26;
/// Number, name, group, line, price in shillings, most of them on one invoice.
const PRODUCTS: [(&str, &str, &str, &str, i64, i32); 24] = [
    ("CC-09", "Chaff cutter, electric", "Machines", "Fodder", 64_500, 1),
    ("CC-12", "Chaff cutter, petrol", "Machines", "Fodder", 82_000, 1),
    ("HM-15", "Hammer mill 15 HP", "Machines", "Milling", 148_000, 1),
    ("PM-20", "Posho mill, complete", "Machines", "Milling", 215_000, 1),
    ("DE-08", "Diesel engine 8 HP", "Engines", "Power", 46_500, 2),
    ("DE-20", "Diesel engine 20 HP", "Engines", "Power", 118_000, 1),
    ("GE-05", "Generator 5 kVA", "Engines", "Power", 87_000, 1),
    ("WP-02", "Water pump 2 in", "Pumps", "Water", 19_800, 3),
    ("WP-03", "Water pump 3 in", "Pumps", "Water", 31_500, 2),
    ("SB-10", "Submersible pump 1 HP", "Pumps", "Water", 42_000, 1),
    ("BC-52", "Brush cutter 52 cc", "Machines", "Field", 24_500, 2),
    ("SP-16", "Knapsack sprayer 16 l", "Tools", "Field", 3_650, 12),
    ("WB-06", "Wheelbarrow, heavy", "Tools", "Field", 5_400, 8),
    ("WL-20", "Welding machine 200 A", "Tools", "Workshop", 27_800, 1),
    ("AC-50", "Air compressor 50 l", "Tools", "Workshop", 33_500, 1),
    ("VB-54", "V-belt B54", "Spares", "Spares", 640, 30),
    ("VB-62", "V-belt B62", "Spares", "Spares", 720, 30),
    ("OF-01", "Oil filter", "Spares", "Spares", 850, 24),
    ("AF-01", "Air filter", "Spares", "Spares", 1_150, 18),
    ("BR-06", "Bearing 6206", "Spares", "Spares", 980, 20),
    ("HM-SC", "Mill sieve 1.5 mm", "Spares", "Milling", 2_400, 10),
    ("HM-BT", "Mill beaters, set", "Spares", "Milling", 3_100, 8),
    ("OI-05", "Engine oil 5 l", "Spares", "Power", 3_450, 24),
    ("BT-70", "Battery 70 Ah", "Spares", "Power", 11_800, 4),
];
/// Public holidays with a date of their own: month, day, name.
const HOLIDAYS: [(u32, u32, &str); 8] = [
    (1, 1, "New Year’s Day"),
    (5, 1, "Labour Day"),
    (6, 1, "Madaraka Day"),
    (10, 10, "Mazingira Day"),
    (10, 20, "Mashujaa Day"),
    (12, 12, "Jamhuri Day"),
    (12, 25, "Christmas Day"),
    (12, 26, "Boxing Day"),
];

/// What was sold and what was to be sold.
#[derive(Debug, Default)]
pub(super) struct Sold {
    pub(super) products: Vec<Product>,
    pub(super) lines: Vec<SaleLine>,
    pub(super) budgets: Vec<Budget>,
}

/// Half a day on Saturdays, closed on public holidays.
pub(super) fn workdays(today: Day) -> Workdays {
    let (year, ..) = today.civil();
    let of = |year: i32| HOLIDAYS.iter().filter_map(move |(month, day, name)| Some((Day::from_civil(year, *month, *day)?, *name)));
    let holidays = (year - 3..=year + 1).flat_map(of).map(|(day, name)| Holiday { day, name: name.to_owned() }).collect();
    Workdays { weights: [100, 100, 100, 100, 100, 50, 0], holidays }
}

/// Sales up to yesterday, and budgets up to the end of next month.
pub(super) fn sold(dice: &mut Dice, reps: &[Rep], clients: &[Client], visits: &[Visit], today: Day, founded: Instant) -> Sold {
    let mut sold = Sold { products: products(dice, founded), ..Sold::default() };
    let from = today.month_start().plus(-MONTHS * 30).month_start();
    let branch_of: HashMap<RepId, _> = reps.iter().map(|r| (r.id, r.branch)).collect();
    let known: HashMap<ClientId, Option<RepId>> = clients.iter().map(|c| (c.id, c.rep_id)).collect();
    let mut ordered: Vec<(Day, ClientId, RepId)> = visits
        .iter()
        .filter(|v| v.status == VisitStatus::Completed && v.outcome.as_deref() == Some("order") && v.day >= from)
        .filter_map(|v| Some((v.day, v.client_id, v.rep_id.or(*known.get(&v.client_id)?)?)))
        .collect();
    ordered.sort();
    let mut number = 10_000;
    for (visited, client, rep) in ordered {
        let day = visited.plus(dice.between(0, 3));
        if day < today {
            number += 1;
            let branch = branch_of.get(&rep).copied().flatten();
            let line = SaleLine { day, branch, rep: Some(rep), client: Some(client), ..nothing(day, format!("INV-{number}")) };
            sold.invoice(dice, &line);
        }
    }
    for rep in reps {
        let mut day = from;
        while day < today {
            day = day.plus(dice.between(2, 6));
            if day < today && day.weekday() < 6 {
                number += 1;
                let line = SaleLine { day, branch: rep.branch, rep: Some(rep.id), ..nothing(day, format!("CS-{number}")) };
                sold.invoice(dice, &line);
            }
        }
    }
    sold.budgets = budgets(dice, reps, &sold.lines, from, today);
    sold
}

impl Sold {
    /// One to four lines, now and then a credit note for one of them.
    fn invoice(&mut self, dice: &mut Dice, head: &SaleLine) {
        for _ in 0..dice.between(1, 4) {
            let place = usize::try_from(dice.between(0, PRODUCTS.len() as i32 - 1)).unwrap_or(0);
            let (.., price, most) = PRODUCTS[place];
            let units = i64::from(dice.between(1, most));
            // a discount of up to a tenth, bought for seven to eight tenths
            let gross = price * 100 * units * i64::from(dice.between(90, 100)) / 100;
            let cost = price * 100 * units * i64::from(dice.between(68, 82)) / 100;
            let product = self.products.get(place).map(|p| p.id);
            let line = SaleLine { product, units_sold: units * 1_000, gross, cost: Some(cost).filter(|_| !dice.chance(3)), ..head.clone() };
            if dice.chance(2) {
                let document = head.document.as_ref().map(|number| number.replace("INV", "CN").replace("CS", "CN"));
                let back = SaleLine {
                    units_sold: 0,
                    gross: 0,
                    units_returned: line.units_sold,
                    returns: -line.gross,
                    cost: line.cost.map(|cost| -cost),
                    document,
                    ..line.clone()
                };
                self.lines.push(back);
            }
            self.lines.push(line);
        }
    }
}

fn nothing(day: Day, document: String) -> SaleLine {
    SaleLine {
        day,
        branch: None,
        rep: None,
        client: None,
        product: None,
        units_sold: 0,
        gross: 0,
        units_returned: 0,
        returns: 0,
        cost: None,
        document: Some(document),
    }
}

fn products(dice: &mut Dice, founded: Instant) -> Vec<Product> {
    let one = |(code, name, group, line, price, _): &(&str, &str, &str, &str, i64, i32)| Product {
        id: ProductId(dice.id(founded)),
        code: (*code).to_owned(),
        name: (*name).to_owned(),
        item_group: Some((*group).to_owned()),
        product_line: Some((*line).to_owned()),
        list_price: Some(price * 100),
    };
    PRODUCTS.iter().map(one).collect()
}

/// A month's budget is what the rep sold in it, two to fourteen percent more or less, in whole ten thousands; coming months are like the last ones.
fn budgets(dice: &mut Dice, reps: &[Rep], lines: &[SaleLine], from: Day, today: Day) -> Vec<Budget> {
    let mut by_month: BTreeMap<(RepId, Day), i64> = BTreeMap::new();
    for line in lines {
        if let Some(rep) = line.rep {
            *by_month.entry((rep, line.day.month_start())).or_default() += line.net();
        }
    }
    let round = |minor: i64| (minor / 1_000_000).max(10) * 1_000_000;
    let mut budgets = Vec::new();
    for rep in reps {
        let months: Vec<i64> = by_month.range((rep.id, from)..=(rep.id, today)).map(|(_, net)| *net).collect();
        let usual = months.iter().sum::<i64>() / i64::try_from(months.len().max(1)).unwrap_or(1);
        let last = today.month_end().plus(45).month_start();
        let mut month = from;
        while month <= last {
            let sold = by_month.get(&(rep.id, month)).copied().filter(|_| month < today.month_start()).unwrap_or(usual);
            budgets.push(Budget { rep: rep.id, month, minor: Some(round(sold * i64::from(dice.between(92, 114)) / 100)) });
            month = month.month_end().plus(1);
        }
    }
    budgets
}
