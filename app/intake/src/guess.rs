//! The mapping a file gets when none is given: columns recognised by the names people usually give them.

use crate::amounts::{self, Amounts};
use crate::mapping::Replaces;
use crate::mapping::owner::OwnerTable;
use crate::mapping::written::{FieldSpec, FieldTable};
use crate::{Kind, Mapping};
use domain::fold::fold;
use domain::opportunities::{Outcome, Stage};

/// Field → names it is recognised by, the surest first.
type Names = &'static [(&'static str, &'static str)];

const CLIENT: Names = &[
    (
        "name",
        "name,client name,customer name,company name,business name,account name,client,customer,company,business,account,organisation,organization",
    ),
    ("status", "status"),
    ("segment", "segment,category,industry,sector,type"),
    ("tier", "tier"),
    ("tags", "tags,labels"),
    ("phone", "phone,phone number,telephone,tel,mobile,mobile number,cell,contact number"),
    ("email", "email,email address,mail"),
    ("address", "address,street,street address,physical address,address 1,address line 1"),
    ("town", "town,city,locality,place"),
    ("postalCode", "postal code,postcode,zip,zip code"),
    ("latitude", "latitude,lat,gps latitude"),
    ("longitude", "longitude,lon,lng,long,gps longitude"),
    ("notes", "notes,note,comments,comment,remarks"),
    ("cadenceDays", "cadence days,cadence,visit every days"),
    ("radiusM", "radius m"),
];
const CLIENT_KEY: &str =
    "external id,id,client id,customer id,account id,business id,client code,customer code,client number,customer number,code";
const OWNER: &str = "rep,sales rep,owner,salesperson,account manager,assigned to";

const VISIT: Names = &[
    ("client", "client external id,client id,customer id,account id,business id,client code,customer code,client number,customer number"),
    ("clientName", "client name,customer name,company name,business name,account name,client,customer,company,business,account"),
    ("clientTown", "town,city"),
    ("date", "date,visit date,visited on,visited at,call date,day"),
    ("time", "time,start time,visit time,started at"),
    ("minutes", "minutes,duration minutes"),
    ("type", "visit type,type,purpose"),
    ("outcome", "outcome,result"),
    ("notes", "notes,note,comments,comment,remarks"),
    ("nextStep", "next step,follow up,next action"),
    ("nextStepOn", "next step on,follow up on,follow up date"),
    ("rep", "rep,sales rep,visited by,salesperson,owner"),
];
const SALES: Names = &[
    ("date", "date,invoice date,document date,sale date,sales date,posting date,day,order date"),
    ("branch", "branch,branch name,store,outlet,shop"),
    ("salesperson", "salesperson,sales person,sales rep,rep,sold by,account manager,employee"),
    ("customer", "customer,customer id,client id,account id,customer code,client code,customer number,client"),
    ("customerName", "customer name,client name,account name"),
    ("product", "product,product id,product code,item code,sku,stock code,item number,item"),
    ("productName", "product name,item name,description,product description"),
    ("itemGroup", "item group,product group,category,group"),
    ("productLine", "product line,line of products,brand"),
    ("unitsSold", "units sold"),
    ("grossRevenue", "gross revenue,gross sales"),
    ("unitsReturned", "units returned"),
    ("returnsValue", "returns value,returns"),
    ("quantity", "quantity,qty,units"),
    ("amount", "amount,net amount,line total,line amount,total,net sales,value,revenue,sales"),
    ("totalCost", "total cost,cost,cogs,cost of goods"),
    ("documentNo", "document no,document number,invoice no,invoice number,invoice,document,receipt no,order id"),
    ("currency", "currency"),
];
const CONTACT: Names = &[
    (
        "client",
        "client external id,client id,customer id,account id,business id,company id,client code,customer code,client number,customer number",
    ),
    (
        "clientName",
        "client name,customer name,company name,business name,account name,client,customer,company,business,account,organisation,organization",
    ),
    ("clientTown", "client town,town,city"),
    ("name", "name,contact name,full name,contact,contact person,person"),
    ("position", "position,job title,title,contact title,role,function,designation"),
    ("phone", "phone,phone number,telephone,tel,mobile,mobile number,mobile phone,cell,work phone"),
    ("email", "email,email address,e mail,mail,work email"),
    ("notes", "notes,note,comments,comment,remarks"),
];
const CONTACT_KEY: &str = "external id,contact id,person id,id";
const PRODUCT: Names = &[
    (
        "code",
        "code,product code,product id,item code,item id,sku,product id,stock code,item number,product number,article number,id,product,item",
    ),
    ("name", "name,product name,item name,description,product description,title,product,item"),
    ("itemGroup", "item group,product group,category,product category,category name,group"),
    ("productLine", "product line,line of products,line,brand"),
    ("listPrice", "list price,price,unit price,sales price,selling price,retail price"),
    ("currency", "currency"),
];
const REP: Names = &[
    ("name", "name,rep,sales rep,sales agent,agent,salesperson,sales person,rep name,full name,employee,account manager,seller"),
    ("branch", "branch,branch name,office,regional office,region,territory,location,team"),
];
const BUDGET: Names = &[
    ("rep", "rep,sales rep,salesperson,sales person,sales agent,rep name,name,employee,account manager"),
    ("month", "month,period,budget month,date,month start,month of"),
    ("amount", "amount,budget,target,quota,budget amount,target amount,value,monthly budget,sales budget,sales target"),
    ("currency", "currency"),
];
const OPPORTUNITY: Names = &[
    ("name", "name,opportunity name,opportunity,deal name,deal,title,subject"),
    ("client", "client external id,client id,customer id,account id,company id,client code,customer code"),
    ("account", "account,account name,client name,customer name,company name,client,customer,company"),
    ("rep", "rep,sales rep,sales agent,agent,salesperson,sales person,owner,account manager,assigned to"),
    ("branch", "branch,branch name,office,regional office,region"),
    ("product", "product,product name,product code,item,sku"),
    ("source", "source,lead source,channel,campaign"),
    ("sector", "sector,industry,segment"),
    ("stage", "stage,deal stage,opportunity stage,stage name,status,converted"),
    ("engagedOn", "engaged on,engage date,created on,created at,created,created date,opened on,start date,date"),
    ("closedOn", "closed on,close date,closed at,closed,closing date"),
    ("value", "value,close value,deal value,amount,opportunity amount,revenue"),
    ("currency", "currency"),
    ("activities", "activities,number of activities,touches,interactions"),
];
const OPPORTUNITY_KEY: &str = "external id,opportunity id,deal id,lead id,opportunity number,deal number,lead number,id";
/// The stages a file is taken to have that nobody has described, and what they are usually called.
const STAGES: [(&str, Outcome, &str); 3] = [
    ("In progress", Outcome::Open, "in progress,in_progress,open,new,engaging,working,no,0,false"),
    ("Won", Outcome::Won, "won,closed won,closed-won,converted,yes,1,true"),
    ("Lost", Outcome::Lost, "lost,closed lost,closed-lost"),
];
const VISIT_KEY: &str = "external id,visit id,id";
/// Fields of which several columns may be one: [`amounts`] tells.
const AMOUNTS: [&str; 3] = ["amount", "grossRevenue", "returnsValue"];

impl Mapping {
    /// Recognises what can be recognised; [`Mapping::bind`] says what is missing.
    #[must_use]
    pub fn guess(kind: Kind, names: &csv::StringRecord) -> Self {
        let (fields, key) = usual(kind);
        let amounts = amounts::of(kind, names);
        let names = Bare::of(names);
        let mut mapping = Self::default();
        for (field, known) in fields {
            if AMOUNTS.contains(field) && matches!(kind, Kind::Sales | Kind::Budgets) {
                continue;
            }
            if let Some(column) = names.recognise(known) {
                let split = (*field == "tags").then(|| ",".to_owned());
                let table = FieldTable { column: Some(column.to_owned()), split, ..FieldTable::default() };
                mapping.fields.insert((*field).to_owned(), FieldSpec(table));
            }
        }
        if let Amounts::Clear(fields) = amounts {
            mapping.fields.extend(fields);
        }
        mapping.key = names.recognise(key).map(str::to_owned).into_iter().collect();
        if mapping.fields.contains_key("client") {
            mapping.fields.remove("clientName");
            mapping.fields.remove("clientTown");
        }
        if kind == Kind::Sales {
            mapping.guess_sales();
        }
        if kind == Kind::Opportunities {
            mapping.guess_stages();
        }
        if matches!(kind, Kind::Clients | Kind::Prospects) {
            let column = names.recognise(OWNER).map(FieldSpec::column);
            mapping.owner = column.map(|column| OwnerTable { column: Some(column), ..OwnerTable::default() });
        }
        mapping
    }

    /// Three stages by their usual names; any other name is refused until a mapping says where it belongs.
    fn guess_stages(&mut self) {
        self.stages = STAGES.map(|(name, outcome, _)| Stage { name: name.to_owned(), outcome }).into();
        let spellings = STAGES.iter().flat_map(|(name, _, known)| known.split(',').map(|known| (known.to_owned(), (*name).to_owned())));
        if let Some(spec) = self.fields.get_mut("stage") {
            spec.0.values = spellings.collect();
        }
    }

    /// Beside columns split into gross and returns a signed quantity says nothing more, and a name alone is a key too.
    fn guess_sales(&mut self) {
        if self.fields.contains_key("grossRevenue") {
            self.fields.remove("quantity");
        }
        for (key, name) in [("customer", "customerName"), ("product", "productName")] {
            let same = self.fields.get(key).zip(self.fields.get(name)).is_some_and(|(a, b)| a.0.column == b.0.column);
            if same {
                self.fields.remove(name);
            }
        }
        if !self.fields.contains_key("documentNo") {
            self.replaces = Some(Replaces::Nothing);
        }
    }
}

/// The names that the fields of a kind are recognised by, and those of its key.
fn usual(kind: Kind) -> (Names, &'static str) {
    match kind {
        Kind::Clients | Kind::Prospects => (CLIENT, CLIENT_KEY),
        Kind::Visits => (VISIT, VISIT_KEY),
        Kind::Sales => (SALES, ""),
        Kind::Contacts => (CONTACT, CONTACT_KEY),
        Kind::Products => (PRODUCT, ""),
        Kind::Reps => (REP, ""),
        Kind::Budgets => (BUDGET, ""),
        Kind::Opportunities => (OPPORTUNITY, OPPORTUNITY_KEY),
    }
}

/// The names a field is recognised by.
pub fn known(kind: Kind, field: &str) -> &'static str {
    usual(kind).0.iter().find(|(name, _)| *name == field).map_or("", |(_, known)| known)
}

/// The columns of a file by their bare names.
pub struct Bare<'a>(Vec<(String, &'a str)>);

impl<'a> Bare<'a> {
    /// Those of these names.
    pub fn of(names: &'a csv::StringRecord) -> Self {
        Self(names.iter().map(|name| (bare(name), name)).collect())
    }

    /// Every column with one of the known names.
    pub fn all(&self, known: &str) -> Vec<&'a str> {
        let known: Vec<String> = known.split(',').map(bare).collect();
        self.0.iter().filter(|(name, _)| known.contains(name)).map(|(_, name)| *name).collect()
    }

    /// Every column whose bare name is such a one.
    pub fn like(&self, such: fn(&str) -> bool) -> Vec<&'a str> {
        self.0.iter().filter(|(name, _)| such(name)).map(|(_, name)| *name).collect()
    }

    /// The column with the surest of the known names; `ClientName`, `client_name` and `CLIENT NAME` are one.
    pub fn recognise(&self, known: &str) -> Option<&'a str> {
        known
            .split(',')
            .map(bare)
            .filter(|known| !known.is_empty())
            .find_map(|known| self.0.iter().find(|(name, _)| *name == known))
            .map(|(_, name)| *name)
    }
}

/// A name without blanks, signs and capitals.
pub fn bare(text: &str) -> String {
    fold(text).replace(' ', "")
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn usual_names_are_recognised_in_any_spelling() {
        let names =
            csv::StringRecord::from(vec!["Customer ID", "CustomerName", "E-Mail", "TEL", "city", "Lat", "Lng", "Sales_Rep", "Colour"]);
        let mapping = Mapping::guess(Kind::Clients, &names);
        let column = |f: &str| mapping.fields.get(f).and_then(|s| s.0.column.clone());
        assert_eq!(column("name").as_deref(), Some("CustomerName"));
        assert_eq!(column("phone").as_deref(), Some("TEL"));
        assert_eq!(column("longitude").as_deref(), Some("Lng"));
        assert_eq!(mapping.key, ["Customer ID"]);
        let bound = mapping.bind(Kind::Clients, &names, "customers").unwrap();
        assert_eq!((bound.source.as_str(), bound.unused), ("customers", vec!["Colour".to_owned()]));
    }

    #[test]
    fn what_is_not_recognised_is_named_with_the_columns_there_are() {
        let names = csv::StringRecord::from(vec!["a", "b"]);
        let says = |kind| Mapping::guess(kind, &names).bind(kind, &names, "f").unwrap_err().to_string();
        assert!(says(Kind::Clients).contains("recognised as the name: choose one, or name it name in the file"), "{}", says(Kind::Clients));
        assert!(says(Kind::Visits).contains("day of the visit") && says(Kind::Visits).contains("client or clientName"));
        assert!(says(Kind::Visits).contains("The columns are: a, b."));
    }
}
