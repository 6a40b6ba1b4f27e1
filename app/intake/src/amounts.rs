//! What may be the amount in a file nobody has described: taken where one column says it, asked where several may, or where it is not said whether
//! something is still to be taken off. Nothing is guessed about money.

use crate::Kind;
use crate::guess::{Bare, bare, known};
use crate::mapping::Mapping;
use crate::mapping::written::{FieldSpec, FieldTable};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What one unit costs, where a file has no amounts.
const UNIT_PRICE: &str = "unit price,price,price per unit,selling price";
/// Words of which at least one stands in the name of an amount.
const MONEY: &str = "amount,amounts,amt,total,totals,revenue,turnover,sales,sale,value,sum,net,gross,payable,proceeds";
/// Words that may stand beside them.
const BESIDE: &str = "grand,sub,line,item,invoice,invoiced,document,receipt,order,transaction,bill,billed,sold,paid,due,to,pay,price,extended,ext,including,incl,\
inc,excluding,excl,exc,ex,with,without,before,after,less,of,in,the,tax,taxes,vat,gst,discount,discounts,discounted,disc,rebate,kes,usd,eur,gbp";
/// Words of which one stands in the name of what is taken off an amount.
const OFF: &str = "discount,discounts,disc,rebate,rebates,markdown,reduction";
/// Words that may stand beside those.
const BESIDE_OFF: &str = "amount,amt,value,total,sum,percent,percentage,pct,perc,rate,line,item,price,given,in,off,sales,kes,usd,eur,gbp";
/// Those of them that say it is an amount; others are a part of the whole.
const OFF_AMOUNT: [&str; 8] = ["amount", "amt", "value", "total", "sum", "kes", "usd", "eur"];

/// Letters of a name that is taken apart.
const NAME_MAX: usize = 60;

/// One thing the amount may be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Way {
    /// For people: `total`, `quantity × price, less disc`.
    pub words: String,
    /// The fields of the mapping that then say it.
    pub fields: BTreeMap<String, FieldSpec>,
}

/// A column of amounts in a file that has quantities and prices as well.
#[derive(Debug)]
pub struct Rivals {
    /// The column.
    pub column: FieldSpec,
    /// What quantities and prices come to, as they stand and less each discount.
    pub products: Vec<FieldSpec>,
    ways: Vec<Way>,
}

/// What is the amount, by the names of the columns.
#[derive(Debug)]
pub enum Amounts {
    /// This.
    Clear(BTreeMap<String, FieldSpec>),
    /// One of these: a person says which.
    Open(Vec<Way>),
}

/// What the amount may be, where only a person can tell; nothing where it is clear, or no column looks like it.
pub fn open(kind: Kind, names: &csv::StringRecord, differ: bool) -> Vec<Way> {
    match of(kind, names) {
        Amounts::Clear(_) if differ => rivals(kind, names).map(|rivals| rivals.ways).unwrap_or_default(),
        Amounts::Open(ways) => ways,
        Amounts::Clear(_) => Vec::new(),
    }
}

/// What is the amount in a file of this kind.
pub fn of(kind: Kind, names: &csv::StringRecord) -> Amounts {
    let names = Bare::of(names);
    match kind {
        Kind::Sales => of_sales(&names),
        Kind::Budgets => match names.all(known(kind, "amount")).as_slice() {
            several @ [_, _, ..] => Amounts::Open(several.iter().map(|name| Way::one("amount", name)).collect()),
            one => Amounts::Clear(one.iter().flat_map(|name| Way::one("amount", name).fields).collect()),
        },
        _ => Amounts::Clear(BTreeMap::new()),
    }
}

/// The only column that may be the amount, where a file has what it can be held against.
pub fn rivals(kind: Kind, names: &csv::StringRecord) -> Option<Rivals> {
    let names = Bare::of(names);
    let of = |field| names.recognise(known(Kind::Sales, field));
    let (quantity, price) = of("quantity").zip(names.recognise(UNIT_PRICE)).filter(|_| kind == Kind::Sales)?;
    let mut all = names.all(known(Kind::Sales, "amount"));
    all.extend(names.like(is_amount));
    all.sort_unstable();
    all.dedup();
    let [one] = all.as_slice() else { return None };
    if of("grossRevenue").is_some() || of("returnsValue").is_some() {
        return None;
    }
    let offs = names.like(is_off);
    let ways: Vec<Way> = [Way::one("amount", one), Way::product(quantity, price)].into_iter().flat_map(|way| way.or_less(&offs)).collect();
    let products = ways.iter().flat_map(|way| way.fields.values()).filter(|spec| !spec.0.product.is_empty()).cloned().collect();
    Some(Rivals { column: FieldSpec::column(one), products, ways })
}

fn of_sales(names: &Bare<'_>) -> Amounts {
    let of = |field| names.recognise(known(Kind::Sales, field));
    let (gross, returns) = (of("grossRevenue"), of("returnsValue"));
    let sure = names.all(known(Kind::Sales, "amount"));
    let like = names.like(is_amount).into_iter().filter(|name| Some(*name) != gross && Some(*name) != returns && !sure.contains(name));
    let all: Vec<&str> = gross.into_iter().chain(sure.iter().copied()).chain(like.clone()).collect();
    let offs = names.like(is_off);
    let product = of("quantity").zip(names.recognise(UNIT_PRICE));
    let whole = |name: &str| Way::one(if Some(name) == gross { "grossRevenue" } else { "amount" }, name);
    let ways = match (all.as_slice(), product) {
        ([], Some((quantity, price))) => return Way::product(quantity, price).less_any(&offs),
        // what a system that knows both says of itself
        ([one], _) if Some(*one) == gross && offs.is_empty() => vec![whole(one).and_returns(returns)],
        ([one], _) if sure.contains(one) && (offs.is_empty() || bare(one).starts_with("net")) => match returns {
            Some(_) => vec![whole(one), whole(one).and_returns(returns)],
            None => vec![whole(one)],
        },
        ([_, ..], Some((quantity, price))) => {
            let columns = all.iter().flat_map(|one| whole(one).or_less(&offs));
            columns.chain(Way::product(quantity, price).or_less(&offs)).collect()
        }
        _ => all.iter().flat_map(|one| whole(one).or_less(&offs)).collect(),
    };
    let both = gross.is_some() && returns.is_some() && offs.is_empty() && all.len() > 1;
    match ways.as_slice() {
        _ if both => Amounts::Clear(gross.map(whole).map(|way| way.and_returns(returns).fields).unwrap_or_default()),
        [] => Amounts::Clear(returns.map(|name| Way::one("returnsValue", name).fields).unwrap_or_default()),
        [one] if like.count() == 0 => Amounts::Clear(one.fields.clone()),
        _ => Amounts::Open(ways),
    }
}

impl Mapping {
    /// Whether it says what the amount is, of a kind that has one.
    pub(crate) fn says_amount(&self, kind: Kind) -> bool {
        let any = |fields: &[&str]| fields.iter().any(|field| self.fields.contains_key(*field));
        match kind {
            Kind::Sales => any(&["amount", "grossRevenue", "returnsValue"]),
            Kind::Budgets => any(&["amount"]),
            _ => true,
        }
    }
}

impl Way {
    fn one(field: &str, name: &str) -> Self {
        Self { words: name.to_owned(), fields: [(field.to_owned(), FieldSpec::column(name))].into() }
    }

    fn product(quantity: &str, price: &str) -> Self {
        let table = FieldTable { product: vec![quantity.to_owned(), price.to_owned()], ..FieldTable::default() };
        Self { words: format!("{quantity} × {price}"), fields: [("amount".to_owned(), FieldSpec(table))].into() }
    }

    fn and_returns(mut self, returns: Option<&str>) -> Self {
        if let Some(name) = returns {
            self.words = format!("{}, and {name}", self.words);
            self.fields.insert("returnsValue".to_owned(), FieldSpec::column(name));
        }
        self
    }

    /// A discount let off that its column says: a part of the whole, or an amount.
    fn less(&self, off: &str) -> Option<Self> {
        let name = bare(off);
        let words = in_words(&name, &[OFF, BESIDE_OFF].join(","))?;
        let percent = off.contains('%') || words.iter().any(|word| ["percent", "percentage", "pct", "perc"].contains(word));
        let mut less = self.clone();
        let spec = less.fields.values_mut().next()?;
        if !percent && words.iter().any(|word| OFF_AMOUNT.contains(word)) {
            spec.0.less = Some(off.to_owned());
        } else {
            (spec.0.discount, spec.0.percent) = (Some(off.to_owned()), percent);
        }
        less.words = format!("{}, less {off}", self.words);
        Some(less)
    }

    /// This as it stands, and with each of the discounts let off.
    fn or_less(mut self, offs: &[&str]) -> Vec<Self> {
        let less: Vec<Self> = offs.iter().filter_map(|off| self.less(off)).collect();
        if !offs.is_empty() {
            self.words = format!("{}, nothing let off for {}", self.words, offs.join(", "));
        }
        std::iter::once(self).chain(less).collect()
    }

    /// The column it is.
    pub(crate) fn column(&self) -> Option<&str> {
        self.fields.values().next().and_then(|spec| spec.0.column.as_deref())
    }

    /// With the only discount let off that there is; with several, or one that is an amount, that is to be said.
    fn less_any(self, offs: &[&str]) -> Amounts {
        match offs {
            [] => Amounts::Clear(self.fields),
            [one] if self.less(one).is_some_and(|less| less.is_part()) => {
                Amounts::Clear(self.less(one).map(|less| less.fields).unwrap_or_default())
            }
            several => Amounts::Open(self.or_less(several)),
        }
    }

    /// Whether a discount is let off that is a part of the whole.
    fn is_part(&self) -> bool {
        self.fields.values().any(|spec| spec.0.discount.is_some())
    }

    /// As it stands under `[fields]` of a mapping: `amount = "total"`.
    pub(crate) fn written(&self) -> String {
        let quoted = |name: &str| toml::Value::from(name).to_string();
        let fields = self.fields.iter().map(|(field, FieldSpec(table))| {
            let product: Vec<String> = table.product.iter().map(|name| quoted(name)).collect();
            let from = table
                .column
                .as_deref()
                .map_or_else(|| format!("product = [{}]", product.join(", ")), |name| format!("column = {}", quoted(name)));
            let off = table.discount.as_deref().map(|name| format!(", discount = {}", quoted(name))).unwrap_or_default();
            let percent = if table.percent { ", percent = true" } else { "" };
            let less = table.less.as_deref().map(|name| format!(", less = {}", quoted(name))).unwrap_or_default();
            match &table.column {
                Some(name) if off.is_empty() && less.is_empty() => format!("{field} = {}", quoted(name)),
                _ => format!("{field} = {{ {from}{off}{percent}{less} }}"),
            }
        });
        fields.collect::<Vec<_>>().join(" and ")
    }
}

/// What asks which of them it is.
pub fn words(ways: &[Way]) -> String {
    let list = |of: &dyn Fn(&Way) -> String| ways.iter().map(of).collect::<Vec<_>>().join(" or ");
    let (what, written) = (list(&|way| way.words.clone()), list(&Way::written));
    format!("The amount may be {what}: choose one (in a mapping file: {written} under [fields]).")
}

/// Whether a bare name is one of an amount.
fn is_amount(name: &str) -> bool {
    let Some(words) = in_words(name, &[MONEY, BESIDE].join(",")) else { return false };
    let has = |list: &str| words.iter().any(|word| list.split(',').any(|one| one == *word));
    let beyond = "including,incl,inc,excluding,excl,exc,ex,with,without,before,after,less,of,net,gross,discounted";
    let number = has("order,invoice,document,receipt,transaction,bill,item,line")
        && !has("amount,amounts,amt,total,totals,revenue,turnover,value,sum,net,gross");
    let of_a_unit = has("price") && !has("total,totals,extended,ext,line,amount,value,sum");
    let taken_off = has(&[OFF, "tax,taxes,vat,gst"].join(",")) && !has(beyond);
    has(MONEY) && !number && !of_a_unit && !taken_off
}

/// Whether a bare name is one of what is taken off an amount.
fn is_off(name: &str) -> bool {
    let words = in_words(name, &[OFF, BESIDE_OFF].join(","));
    words.is_some_and(|words| words.iter().any(|word| OFF.split(',').any(|off| off == *word)))
}

/// A bare name taken apart into words of a list, the longest first; `None` where something else is in it.
fn in_words<'a>(name: &'a str, list: &str) -> Option<Vec<&'a str>> {
    if name.is_empty() || name.len() > NAME_MAX {
        return name.is_empty().then(Vec::new);
    }
    let mut starts: Vec<usize> = list.split(',').filter(|word| !word.is_empty() && name.starts_with(word)).map(str::len).collect();
    starts.sort_unstable_by(|a, b| b.cmp(a));
    starts.into_iter().find_map(|end| {
        let (word, rest) = name.split_at(end);
        in_words(rest, list).map(|words| std::iter::once(word).chain(words).collect())
    })
}
