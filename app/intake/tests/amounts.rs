//! Money nobody has described: one column that says it is taken, and wherever another may, or something may still be taken off, a person is asked.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use intake::mapping::cells::Cells;
use intake::{About, Input, Kind, Mapping, Opened, Preview, Row, UNPACKED_MAX, preview};

fn look(kind: Kind, columns: &str) -> Preview {
    look_at(kind, columns, &vec!["1"; columns.split(',').count()].join(","))
}

fn look_at(kind: Kind, columns: &str, row: &str) -> Preview {
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
        (
            "date,document_no,qty,price,discount amount",
            &["qty × price, nothing let off for discount amount", "qty × price, less discount amount"],
        ),
        ("date,document_no,amount,returns", &["amount", "amount, and returns"]),
    ] {
        // no two of them come to the same
        let row: Vec<String> = (2..).take(columns.split(',').count()).map(|n| n.to_string()).collect();
        let seen = look_at(Kind::Sales, columns, &row.join(","));
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
        let row: Vec<String> = (2..).take(columns.split(',').count()).map(|n| n.to_string()).collect();
        let seen = look_at(Kind::Sales, columns, &row.join(","));
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

#[test]
fn an_amount_is_let_off_where_a_mapping_says_so_and_never_more_than_there_is() {
    let mapping = "[fields]\ndate = 'd'\ndocumentNo = 'n'\namount = { product = ['q', 'p'], less = 'off' }\n";
    let read = |row: &str| {
        let file = Input::bytes("f.csv", format!("d,n,q,p,off\n2015-05-04,1,{row}\n").into_bytes());
        let opened = Opened::open(Kind::Sales, file, Some(Mapping::parse(mapping).unwrap()), UNPACKED_MAX).unwrap();
        let (mut rows, mut row) = (opened.rows().unwrap(), Row::new());
        assert!(rows.next(&mut row).unwrap());
        let read = opened.bound.field("amount").unwrap().number(Cells { row: &row, blanks: &opened.bound.blanks });
        read.map(|amount| amount.map(|amount| amount.written(2)))
    };
    for (row, left) in
        [("2,100,15", "185.00"), ("2,100,", "200.00"), ("2,100,0", "200.00"), ("2,100,200", "0.00"), ("-2,100,-15", "-185.00")]
    {
        assert_eq!(read(row), Ok(Some(left.to_owned())), "{row}");
    }
    for row in ["2,100,-15", "2,100,200.01", "-2,100,15", "0,100,1"] {
        assert!(read(row).unwrap_err().starts_with("What is let off is an amount"), "{row}");
    }
    assert_eq!(read(",,"), Ok(None));
}

#[test]
fn another_value_of_a_column_tells_what_the_points_of_the_rest_mean() {
    let seen = |amounts: &[&str]| {
        let rows: String = amounts.iter().map(|amount| format!("2015-02-01;1;{amount}\n")).collect();
        let file = Input::bytes("f.csv", format!("date;document no;amount\n{rows}").into_bytes());
        preview(Kind::Sales, file, None, true, UNPACKED_MAX).unwrap()
    };
    for settled in [&["1.234", "1.234,56"][..], &["1.234", "1.234.567"], &["12,50", "1.234"], &["1.234", "-0,5"]] {
        let seen = seen(settled);
        assert_eq!((seen.questions.len(), seen.refused), (0, 0), "{settled:?}: {:?}", seen.rejects);
        let number = seen.mapping.fields["amount"].0.number.clone().unwrap();
        assert_eq!((number.decimal, number.group), (',', Some('.')), "{settled:?}");
    }
    for (contradicted, refused) in [(&["1.234", "1.234,56", "2.5"][..], 1), (&["1.234", "1.234.567", "0.001"], 1)] {
        let seen = seen(contradicted);
        assert!(seen.mapping.fields["amount"].0.number.is_none(), "{contradicted:?}");
        assert_eq!(seen.refused, refused, "{contradicted:?}");
    }
    assert_eq!(seen(&["1.234", "15.600"]).questions.len(), 1, "where nothing settles it somebody is asked");
}

#[test]
fn what_quantities_and_prices_come_to_is_not_asked_and_what_they_contradict_is_not_taken() {
    for (columns, rows, ways) in [
        ("date,document_no,quantity,price,total_amount", &["1,1,2,100,200", "1,2,3,33.333,100"][..], &[][..]),
        ("date,document_no,quantity,price,total_amount", &["1,1,2,100,200", "1,2,1,100,90"], &["total_amount", "quantity × price"]),
        ("date,document_no,quantity,unit_price,line_total", &["1,1,2,100,150"], &["line_total", "quantity × unit_price"]),
        ("date,document_no,quantity,unit_price,total", &["1,1,2,100,150"], &["total", "quantity × unit_price"]),
        ("date,document_no,quantity,unit_price,amount", &["1,1,2,100,200", "1,2,,,7"], &[]),
        ("date,document_no,quantity,unit_price,total,discount_amount", &["1,1,2,100,185,15"], &[]),
    ] {
        let seen = look_at(Kind::Sales, columns, &rows.join("\n"));
        assert_eq!(amounts(&seen), ways, "{columns}");
        assert_eq!(
            (taken(&seen).len(), seen.problems.len()),
            if ways.is_empty() { (1, 0) } else { (0, 1) },
            "{columns}: {:?}",
            seen.problems
        );
        let again = preview(
            Kind::Sales,
            Input::bytes("f.csv", format!("{columns}\n{}\n", rows.join("\n")).into_bytes()),
            Some(seen.mapping.clone()),
            true,
            UNPACKED_MAX,
        );
        assert_eq!(amounts(&again.unwrap()), ways, "a mapping that comes back without the amount is asked again");
    }
}
