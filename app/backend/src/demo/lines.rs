//! A large company for measuring: as many lines of sales as wanted, made as they are written, the same ones for the same day and number.

use super::dice::Dice;
use super::places::REGIONS;
use super::sales::{Sold, workdays};
use super::words::{FAMILY, FIRST, GIVEN, TRADES};
use super::world::{World, company, maker};
use crate::Error;
use crate::company::Settings;
use domain::Day;
use domain::clients::{self, Client, ClientDraft, ClientPatch, Context, Stage};
use domain::ids::{BranchId, ClientId, ProductId, RepId};
use domain::people::{Branch, Rep};
use domain::sales::{Product, SaleLine};
use std::collections::HashSet;

/// Years of sales before today.
const DAYS: i32 = 1_095;
const SEED: u64 = 0x51_11e5;
const TOWNS: [&str; 12] =
    ["Nairobi", "Mombasa", "Kisumu", "Nakuru", "Eldoret", "Thika", "Nyeri", "Meru", "Machakos", "Kitale", "Kericho", "Malindi"];
const REPS_EACH: usize = 10;
const CLIENTS: usize = 20_000;
/// Lines of products, each with five groups of fifty products.
const PRODUCT_LINES: [&str; 8] = ["Fodder", "Milling", "Power", "Water", "Field", "Workshop", "Spares", "Transport"];
const GROUPS: [&str; 5] = ["Machines", "Engines", "Tools", "Parts", "Supplies"];
const PRODUCTS_EACH: usize = 50;

/// The company, and what makes its lines.
pub(super) struct Large {
    dice: Dice,
    reps: Vec<Rep>,
    /// Clients of each rep.
    clients: Vec<Vec<ClientId>>,
    products: Vec<(ProductId, i64)>,
    from: Day,
    day: i32,
    left: u64,
    document: u64,
}

/// Branches, reps, clients and products; lines come from what is returned beside.
pub(super) fn company_of(today: Day, lines: u64) -> Result<(World, Large), Error> {
    let mut dice = Dice::new(SEED);
    let settings = Settings { name: "Bonde Distributors".into(), demo: true, workdays: workdays(today), ..Settings::default() };
    let founded = settings.zone.at(today.plus(-2_000), 480);
    let branches: Vec<Branch> = TOWNS.iter().map(|town| Branch { id: BranchId(dice.id(founded)), name: (*town).to_owned() }).collect();
    let mut reps = Vec::new();
    let mut named = HashSet::new();
    for branch in &branches {
        while reps.len() % REPS_EACH != 0 || reps.last().is_none_or(|last: &Rep| last.branch != Some(branch.id)) {
            let name = format!("{} {}", dice.pick(&GIVEN), dice.pick(&FAMILY));
            let name = if named.contains(&name) { format!("{name} {}", reps.len() + 1) } else { name };
            named.insert(name.clone());
            reps.push(Rep { id: RepId(dice.id(founded)), name, branch: Some(branch.id) });
        }
    }
    let known = company(&settings, &branches, &reps, today);
    let mut clients = Vec::with_capacity(CLIENTS);
    let mut of_rep = vec![Vec::new(); reps.len()];
    for number in 0..CLIENTS {
        let place = number % reps.len();
        let made = client(
            &mut dice,
            number,
            &reps[place],
            Context { company: &known, caller: &maker(&reps[place]), at: founded, offset_ms: 0, recorded: false },
        )?;
        of_rep[place].push(made.id);
        clients.push(made);
    }
    let products = products(&mut dice, founded);
    let priced = products.iter().map(|p| (p.id, p.list_price.unwrap_or_default())).collect();
    let large = Large {
        dice,
        reps: reps.clone(),
        clients: of_rep,
        products: priced,
        from: today.plus(-DAYS),
        day: 0,
        left: lines,
        document: 100_000,
    };
    let sold = Sold { products, ..Sold::default() };
    Ok((World { settings, branches, reps, clients, contacts: Vec::new(), visits: Vec::new(), sold, sought: None }, large))
}

fn client(dice: &mut Dice, number: usize, rep: &Rep, ctx: Context<'_>) -> Result<Client, Error> {
    let (trade, segment) = *dice.pick(&TRADES);
    let name = format!("{} {trade} {}", dice.pick(&FIRST), number + 1);
    let town = REGIONS[number % REGIONS.len()].towns[0].0;
    let fields = ClientPatch { name: Some(name), segment: Some(segment.to_owned()), town: Some(town.to_owned()), ..ClientPatch::default() };
    let draft = ClientDraft { id: ClientId(dice.id(ctx.at)), stage: Stage::Client, source: None, external_id: None, fields };
    let made = clients::create(draft, ctx)?;
    Ok(Client { rep_id: Some(rep.id), branch_id: rep.branch, ..made })
}

fn products(dice: &mut Dice, founded: domain::Instant) -> Vec<Product> {
    let mut all = Vec::new();
    for line in PRODUCT_LINES {
        for group in GROUPS {
            for number in 1..=PRODUCTS_EACH {
                let price = i64::from(dice.between(2, 400)) * i64::from(dice.between(5, 250));
                all.push(Product {
                    id: ProductId(dice.id(founded)),
                    code: format!("{}{}-{number:02}", &line[..2].to_uppercase(), &group[..1]),
                    name: format!("{line} {} {number}", group.to_lowercase()),
                    item_group: Some(format!("{line} {}", group.to_lowercase())),
                    product_line: Some(line.to_owned()),
                    list_price: Some(price * 100),
                });
            }
        }
    }
    all
}

impl Large {
    /// The next lines in the order of their days; none when all are made.
    pub(super) fn next(&mut self, most: usize) -> Vec<SaleLine> {
        let mut lines = Vec::with_capacity(most);
        while lines.len() < most && self.left > 0 {
            let days_left = u64::try_from(DAYS - self.day).unwrap_or(1).max(1);
            let of_day = self.left.div_ceil(days_left).min(self.left);
            let day = self.from.plus(self.day);
            // a day's lines are written whole, so that they stand in the order of days
            let mut of_day = usize::try_from(of_day).unwrap_or(usize::MAX);
            self.day += 1;
            while of_day > 0 {
                of_day -= self.invoice(day, of_day, &mut lines);
            }
        }
        lines
    }

    /// One to five lines of one rep to one client; how many.
    fn invoice(&mut self, day: Day, most: usize, lines: &mut Vec<SaleLine>) -> usize {
        let dice = &mut self.dice;
        let place = usize::try_from(dice.between(0, self.reps.len() as i32 - 1)).unwrap_or(0);
        let rep = self.reps[place].clone();
        // few clients buy often, many now and then; some walk in
        let client = (!dice.chance(6)).then(|| {
            let of = &self.clients[place];
            let skewed = i64::from(dice.between(0, 999)) * i64::from(dice.between(0, 999));
            of[usize::try_from(skewed * (of.len() as i64 - 1) / 998_001).unwrap_or(0)]
        });
        self.document += 1;
        let (back, count) = (dice.chance(2), usize::try_from(dice.between(1, 5)).unwrap_or(1).min(most));
        let document = format!("{}-{}", if back { "CN" } else { "INV" }, self.document);
        for _ in 0..count {
            let skewed = i64::from(dice.between(0, 999)) * i64::from(dice.between(0, 999));
            let (product, price) = self.products[usize::try_from(skewed * (self.products.len() as i64 - 1) / 998_001).unwrap_or(0)];
            let units = i64::from(dice.between(1, 12));
            let amount = price * units * i64::from(dice.between(88, 100)) / 100;
            let cost = price * units * i64::from(dice.between(66, 84)) / 100;
            let known = !dice.chance(3);
            let sold = if back { (0, 0, units * 1_000, -amount, -cost) } else { (units * 1_000, amount, 0, 0, cost) };
            lines.push(SaleLine {
                day,
                branch: rep.branch,
                rep: Some(rep.id),
                client,
                product: Some(product),
                units_sold: sold.0,
                gross: sold.1,
                units_returned: sold.2,
                returns: sold.3,
                cost: known.then_some(sold.4),
                document: Some(document.clone()),
            });
        }
        self.left -= count as u64;
        count
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn as_many_lines_as_wanted_come_in_the_order_of_days_and_always_the_same() {
        let today = Day::parse("2026-11-20").unwrap();
        let all = |n| {
            let (world, mut large) = company_of(today, n).unwrap();
            let mut lines = Vec::new();
            loop {
                let next = large.next(1_000);
                if next.is_empty() {
                    return (world, lines);
                }
                lines.extend(next);
            }
        };
        let (world, lines) = all(12_345);
        assert_eq!((world.branches.len(), world.reps.len(), world.clients.len(), world.sold.products.len()), (12, 120, 20_000, 2_000));
        assert_eq!(lines.len(), 12_345);
        assert!(lines.windows(2).all(|two| two[0].day <= two[1].day) && lines.iter().all(|line| line.day < today));
        assert!(lines.iter().all(|line| line.gross >= 0 && line.returns <= 0) && lines.iter().any(|line| line.returns < 0));
        assert_eq!(lines, all(12_345).1);
    }
}
