//! The mappings that are shipped, on excerpts of the files they are for: Northwind (Microsoft's sample company, MIT in its SQL Server samples; the rows
//! as neo4j-contrib/northwind-neo4j has them) and the pipeline set of Maven Analytics (public domain).

use crate::common::{self, both_engines};
use crate::fixtures::{all, counts};
use backend::import::{self, Beside, Input, Kind, Mapping, Options, Report};
use backend::{Backend, company, contacts};
use domain::money::Currency;
use std::sync::Arc;

const ACCOUNTS: &str = "account,revenue,employees\nSunnamplex,4592.96,13938.0\nSilis,5339.57,18053.0\nGroovestreet,,\n";
const TEAMS: &str = "sales_agent,manager,regional_office\nDonn Cantrell,Rocco Neubert,Central\nJames Ascencio,Summer Sewald,West\nVicki Laflamme,Celia Rouche,West\n";
const PRICES: &str = "product,sales_price\nGTXAdvanced,649.0\nGTXBasic,641.0\nMGRPFU,3959.0\n";
/// As found: a comma in an address is not quoted.
const CUSTOMERS: &str = "customerID,companyName,contactName,contactTitle,address,city,region,postalCode,country,phone,fax\n\
    ALFKI,Alfreds Futterkiste,Maria Anders,Sales Representative,Obere Str. 57,Berlin,NULL,12209,Germany,030-0074321,030-0076545\n\
    BLONP,Blondesddsl père et fils,Frédérique Citeaux,Marketing Manager,24, place Kléber,Strasbourg,NULL,67000,France,88.60.15.31,88.60.15.32\n\
    ANTON,Antonio Moreno Taquería,Antonio Moreno,Owner,Mataderos  2312,México D.F.,NULL,05023,Mexico,(5) 555-3932,NULL\n";
const EMPLOYEES: &str = "employeeID,lastName,firstName\n1,Davolio,Nancy\n3,Leverling,Janet\n9,Dodsworth,Anne\n";
const BESIDE: [(&str, &str); 7] = [
    ("employee-territories.csv", "employeeID,territoryID\n1,06897\n1,19713\n3,30346\n"),
    ("territories.csv", "territoryID,territoryDescription,regionID\n06897,Wilton,1\n19713,Neward,1\n30346,Atlanta,4\n"),
    ("regions.csv", "regionID,regionDescription\n1,Eastern\n4,Southern\n"),
    ("categories.csv", "categoryID,categoryName,description\n1,Beverages,\"Soft drinks, coffees\"\n2,Condiments,Sauces\n"),
    (
        "orders.csv",
        "orderID,customerID,employeeID,orderDate\n10248,ALFKI,1,1996-07-04 00:00:00.000\n10249,ANTON,3,1996-07-05 00:00:00.000\n",
    ),
    ("employees.csv", EMPLOYEES),
    ("customers.csv", "customerID,companyName\nALFKI,Alfreds Futterkiste\nANTON,Antonio Moreno Taquería\n"),
];
const PRODUCTS: &str = "productID,productName,supplierID,categoryID,quantityPerUnit,unitPrice\n1,Chai,1,1,10 boxes x 20 bags,18.00\n3,Aniseed Syrup,1,2,12 - 550 ml bottles,10.00\n";
const LINES: &str = "orderID,productID,unitPrice,quantity,discount\n10248,1,14.00,12,0\n10249,3,9.80,10,0.15\n";

async fn shipped(backend: &Backend, kind: Kind, name: &str, text: &str) -> Report {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../server/mappings");
    let mapping = Mapping::parse(&std::fs::read_to_string(folder.join(name)).unwrap()).unwrap();
    let products = [("products.csv", PRODUCTS)];
    let beside = BESIDE.iter().chain(&products).map(|(name, text)| Input::bytes(*name, text.as_bytes())).collect();
    let input = Input::bytes("file.csv", text.as_bytes()).with(Beside::Files(Arc::new(beside)));
    import::run(backend, kind, input, Some(mapping), Options::default()).await.unwrap()
}

async fn in_dollars(backend: &Backend) {
    let settings = company::settings(backend).await.unwrap();
    company::configure(backend, company::Settings { currency: Currency::parse("USD").unwrap(), ..settings }).await.unwrap();
}

/// Reps with their branches.
async fn teams(backend: &Backend) -> Vec<(String, Option<String>)> {
    let company = backend.company().await.unwrap();
    company.reps.iter().map(|rep| (rep.name.clone(), rep.branch.and_then(|id| company.branch_name(id)).map(str::to_owned))).collect()
}

fn team(name: &str, branch: Option<&str>) -> (String, Option<String>) {
    (name.to_owned(), branch.map(str::to_owned))
}

both_engines!(the_pipeline_s_accounts_teams_and_prices_come_in, |backend, admin| {
    assert_eq!(shipped(&backend, Kind::Products, "crm_products.toml", PRICES).await.tally.rejected, 3, "in shillings they are refused");
    in_dollars(&backend).await;
    assert_eq!(counts(&shipped(&backend, Kind::Clients, "crm_accounts.toml", ACCOUNTS).await), (3, 3, 0, 0, 0, 0));
    let first = all(&backend, &admin).await.into_iter().find(|c| c.name == "Sunnamplex").unwrap().id;
    let notes = backend::clients::find(&backend, &admin, first).await.unwrap().notes;
    assert_eq!(notes.as_deref(), Some("Employees 13938.0, revenue 4592.96"));
    assert_eq!(counts(&shipped(&backend, Kind::Reps, "crm_sales_teams.toml", TEAMS).await), (3, 3, 0, 0, 0, 0));
    let want = [team("Donn Cantrell", Some("Central")), team("James Ascencio", Some("West")), team("Vicki Laflamme", Some("West"))];
    assert_eq!(teams(&backend).await, want);
    assert_eq!(counts(&shipped(&backend, Kind::Products, "crm_products.toml", PRICES).await), (3, 3, 0, 0, 0, 0));
    let prices = common::rows(&backend, "select list_price from products order by list_price").await;
    assert_eq!(prices, [64_100, 64_900, 395_900]);
    for (kind, name, text) in [
        (Kind::Clients, "crm_accounts.toml", ACCOUNTS),
        (Kind::Reps, "crm_sales_teams.toml", TEAMS),
        (Kind::Products, "crm_products.toml", PRICES),
    ] {
        assert_eq!(shipped(&backend, kind, name, text).await.tally.unchanged, 3, "the same file again changes nothing");
    }
});

both_engines!(northwind_comes_in_whole_with_the_region_of_a_rep_s_first_territory, |backend, admin| {
    in_dollars(&backend).await;
    let broken = shipped(&backend, Kind::Clients, "northwind_customers.toml", CUSTOMERS).await;
    assert_eq!(counts(&broken), (3, 2, 0, 0, 1, 0));
    let reject = &broken.tally.rejects[0];
    assert_eq!((reject.line, reject.reason.contains("has 12 columns, the first line 11")), (3, true), "{}", reject.reason);
    let people = shipped(&backend, Kind::Contacts, "northwind_contacts.toml", CUSTOMERS).await;
    assert_eq!(counts(&people), (3, 2, 0, 0, 1, 0));
    let alfreds = all(&backend, &admin).await.into_iter().find(|c| c.name.starts_with("Alfreds")).unwrap().id;
    let maria = contacts::of_client(&backend, &admin, alfreds).await.unwrap().remove(0);
    assert_eq!((maria.name.as_str(), maria.position.as_deref()), ("Maria Anders", Some("Sales Representative")));
    assert_eq!(counts(&shipped(&backend, Kind::Reps, "northwind_reps.toml", EMPLOYEES).await), (3, 3, 0, 0, 0, 0));
    let want = [team("Anne Dodsworth", None), team("Janet Leverling", Some("Southern")), team("Nancy Davolio", Some("Eastern"))];
    assert_eq!(teams(&backend).await, want);
    assert_eq!(counts(&shipped(&backend, Kind::Products, "northwind_products.toml", PRODUCTS).await), (2, 2, 0, 0, 0, 0));
    let sold = shipped(&backend, Kind::Sales, "northwind.toml", LINES).await;
    assert_eq!((counts(&sold), sold.clients_added, sold.products_added, &sold.reps_added[..]), ((2, 2, 0, 0, 0, 0), 0, 0, &[][..]));
    assert_eq!(sold.money.unwrap().brought_in, "251.30");
    let by_region =
        "select count(*) from sales_lines l join branches b on b.id = l.branch_id join reps r on r.branch_id = b.id and r.id = l.rep_id";
    assert_eq!(common::rows(&backend, by_region).await, [2]);
});
