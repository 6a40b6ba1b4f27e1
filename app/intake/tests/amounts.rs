//! Money nobody has described: one column that says it is taken, and wherever another may, or something may still be taken off, a person is asked.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use intake::{About, Input, Kind, Mapping, Opened, Preview, UNPACKED_MAX, preview};

fn look(kind: Kind, columns: &str) -> Preview {
    let row = vec!["1"; columns.split(',').count()].join(",");
    preview(kind, Input::bytes("f.csv", format!("{columns}\n{row}\n").into_bytes()), None, true, UNPACKED_MAX).unwrap()
}

fn amounts(seen: &Preview) -> Vec<String> {
    seen.questions.iter().filter(|q| q.about == About::Amount).flat_map(|q| &q.amounts).map(|way| way.words.clone()).collect()
}

fn taken(seen: &Preview) -> Vec<(&str, String)> {
    let fields = seen.mapping.fields.iter().filter(|(field, _)| ["amount", "grossRevenue", "returnsValue"].contains(&field.as_str()));
    fields.map(|(field, spec)| (field.as_str(), serde_json::to_string(spec).unwrap())).collect()
}

#[test]
fn of_columns_that_may_each_be_the_amount_none_is_taken() {
    for (columns, ways) in [
        ("date,document_no,quantity,price,total_amount", &["total_amount", "quantity × price"][..]),
        ("date,document_no,net_sales,gross_sales", &["gross_sales", "net_sales"]),
        ("date,document_no,amount,Invoice Total", &["amount", "Invoice Total"]),
        ("date,document_no,amount,AmountIncl.VAT", &["amount", "AmountIncl.VAT"]),
        ("date,document_no,GrandTotal", &["GrandTotal"]),
        ("date,document_no,total,discount", &["total, nothing let off for discount", "total, less discount"]),
        ("date,document_no,total,Rebate %", &["total, nothing let off for Rebate %", "total, less Rebate %"]),
        ("date,document_no,gross revenue,disc", &["gross revenue, nothing let off for disc", "gross revenue, less disc"]),
        ("date,document_no,qty,price,discount amount", &["qty × price, nothing let off for discount amount"]),
        ("date,document_no,amount,returns", &["amount", "amount, and returns"]),
    ] {
        let seen = look(Kind::Sales, columns);
        assert_eq!(amounts(&seen), ways, "{columns}");
        assert!(taken(&seen).is_empty(), "{columns}: {:?}", taken(&seen));
        assert_eq!(seen.problems.len(), 1, "{columns}: {:?}", seen.problems);
        let refused =
            Opened::open(Kind::Sales, Input::bytes("f.csv", format!("{columns}\n").into_bytes()), None, UNPACKED_MAX).err().unwrap();
        assert_eq!(refused.0[0].code, "several_columns", "{columns}");
    }
    assert_eq!(amounts(&look(Kind::Budgets, "rep,month,budget,target")), ["budget", "target"]);
}

#[test]
fn one_column_that_says_it_is_taken_with_what_is_plainly_taken_off() {
    for (columns, want) in [
        ("date,document_no,amount", &[("amount", "\"amount\"")][..]),
        ("date,document_no,quantity,price,total", &[("amount", "\"total\"")]),
        ("date,document_no,qty,price,disc", &[("amount", "{\"product\":[\"qty\",\"price\"],\"discount\":\"disc\"}")]),
        ("date,document_no,qty,price,Rebate", &[("amount", "{\"product\":[\"qty\",\"price\"],\"discount\":\"Rebate\"}")]),
        ("date,document_no,qty,price,disc %", &[("amount", "{\"product\":[\"qty\",\"price\"],\"discount\":\"disc %\",\"percent\":true}")]),
        ("date,document_no,net amount,discount", &[("amount", "\"net amount\"")]),
        (
            "date,document_no,gross_revenue,returns_value,total_cost,units_sold,units_returned",
            &[("grossRevenue", "\"gross_revenue\""), ("returnsValue", "\"returns_value\"")],
        ),
        (
            "date,document_no,amount,tax amount,VAT,unit price,net weight,total units,sales rep,sales order,value date,discount code",
            &[("amount", "\"amount\"")],
        ),
    ] {
        let seen = look(Kind::Sales, columns);
        let want: Vec<(&str, String)> = want.iter().map(|(field, json)| (*field, (*json).to_owned())).collect();
        assert_eq!((taken(&seen), seen.problems.len()), (want, 0), "{columns}: {:?}", seen.problems);
    }
}

#[test]
fn every_answer_can_be_written_into_a_mapping_as_it_is_told() {
    for columns in [
        "date,document_no,quantity,price,total_amount,disc",
        "date,document_no,total,\"Disc \"\"%\"\"\"",
        "date,document_no,amount,returns",
    ] {
        let seen = look(Kind::Sales, columns);
        let question = seen.questions.iter().find(|q| q.about == About::Amount).unwrap();
        let toml = seen.problems[0].split("in a mapping file: ").nth(1).unwrap().split(" under [fields]").next().unwrap();
        let written: Vec<Mapping> =
            toml.split(" or ").map(|way| Mapping::parse(&format!("[fields]\n{}", way.replace(" and ", "\n"))).unwrap()).collect();
        assert_eq!(
            written.iter().map(|mapping| &mapping.fields).collect::<Vec<_>>(),
            question.amounts.iter().map(|way| &way.fields).collect::<Vec<_>>()
        );
        for way in &question.amounts {
            let mut answered = seen.mapping.clone();
            answered.fields.extend(way.fields.clone());
            let file = Input::bytes("f.csv", format!("{columns}\n").into_bytes());
            let again = preview(Kind::Sales, file, Some(answered), true, UNPACKED_MAX).unwrap();
            assert_eq!((again.problems.len(), amounts(&again).len()), (0, 0), "{columns} {}: {:?}", way.words, again.problems);
        }
    }
}

#[test]
fn a_file_of_another_kind_is_recognised_by_its_columns() {
    for (columns, want) in [
        ("rep,month,amount", &[Kind::Budgets][..]),
        ("name,town,phone,notes,tier", &[Kind::Clients, Kind::Prospects]),
        ("code,name,list price", &[Kind::Products]),
        ("name,branch", &[Kind::Reps]),
        ("client,contact person,job title,email", &[Kind::Contacts]),
        ("date,document_no,amount,customer", &[]),
        ("date,customer,quantity", &[]),
        ("colour,size", &[]),
    ] {
        assert_eq!(look(Kind::Sales, columns).looks_like, want, "{columns}");
    }
    let mapping = Mapping { kind: Some(Kind::Budgets), ..Mapping::default() };
    let seen = preview(Kind::Sales, Input::bytes("f.csv", b"a,b\n1,2\n".as_slice()), Some(mapping), true, UNPACKED_MAX).unwrap();
    assert_eq!(seen.looks_like, [Kind::Budgets]);
}

#[test]
fn a_file_that_can_be_read_as_its_kind_is_still_told_to_be_another_where_more_of_its_columns_are_known() {
    let sales = "date,branch,salesperson,customer,customer_name,product,product_name,item_group,product_line,quantity,amount,document_no";
    for (kind, columns, want) in [
        (Kind::Clients, "name,branch", &[Kind::Reps][..]),
        (Kind::Clients, sales, &[Kind::Sales]),
        (Kind::Clients, "date,document_no,customer_name,quantity,price,total_amount", &[Kind::Sales]),
        (Kind::Clients, "code,name,item_group,product_line,list_price", &[Kind::Products]),
        (Kind::Clients, "client,contact person,job title,email", &[Kind::Contacts]),
        (Kind::Products, "customer_id,name,town,phone,tier", &[Kind::Clients, Kind::Prospects]),
        (Kind::Reps, "name,town,phone,tier", &[Kind::Clients, Kind::Prospects]),
        (Kind::Reps, "rep,month,amount", &[Kind::Budgets]),
        (Kind::Prospects, "customer_id,name,town,phone,tier", &[]),
        (Kind::Clients, "id,name,town,phone,email,segment,latitude,longitude,rep", &[]),
        (Kind::Clients, "name,colour,size,weight,height", &[]),
        (Kind::Sales, sales, &[]),
        (Kind::Sales, "date,rep,amount,currency", &[]),
        (Kind::Budgets, "rep,month,amount,currency", &[]),
        (Kind::Contacts, "client,name,position,phone,email", &[]),
        (Kind::Products, "code,name,item_group,list_price", &[]),
        (Kind::Reps, "name,branch", &[]),
    ] {
        assert_eq!(look(kind, columns).looks_like, want, "{columns} as {}", kind.code());
    }
    let said = Mapping::parse("[fields]\nname = 'name'\n").unwrap();
    let seen = preview(Kind::Clients, Input::bytes("f.csv", b"name,branch\nA,B\n".as_slice()), Some(said), true, UNPACKED_MAX).unwrap();
    assert_eq!(seen.looks_like, [], "who says which column is what knows what the file is");
}
