//! Files with broken lines, brought in from the command line: each line is told, and nothing of it is guessed.

use crate::{Folder, mapping, shared};
use std::fs;

#[test]
fn files_with_broken_rows_are_refused_row_by_row() {
    let Some(file) = shared("northwind/as_found/customers.csv") else { return };
    let folder = Folder::new("broken");
    let said = folder.says(&["import", "clients", &file, "--mapping", &mapping("northwind_customers.toml"), "--dry-run"], "");
    assert!(said.contains("91 rows in the file") && said.contains("24 rejected"), "{said}");
    assert!(said.contains("look for an unclosed quote or a delimiter inside a cell"), "{said}");
    let Some(mended) = shared("northwind/customers.csv") else { return };
    let said = folder.says(&["import", "clients", &mended, "--mapping", &mapping("northwind_customers.toml")], "");
    assert!(said.contains("91 new") && said.contains(" 0 rejected"), "{said}");
}

#[test]
fn a_broken_file_beside_the_rows_is_refused_with_each_of_its_lines() {
    let Some(orders) = shared("northwind/as_found/orders.csv") else { return };
    let folder = Folder::new("beside");
    let northwind = std::path::Path::new(&orders).parent().unwrap().parent().unwrap();
    let laid = folder.0.join("laid");
    fs::create_dir_all(&laid).unwrap();
    for file in fs::read_dir(northwind).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file()) {
        fs::copy(&file, laid.join(file.file_name().unwrap())).unwrap();
    }
    fs::copy(&orders, laid.join("orders.csv")).unwrap();
    folder.says(&["company", "--currency", "USD"], "");
    let (file, rejects) = (laid.join("order-details.csv"), folder.0.join("rejects.csv"));
    let (file, rejects) = (file.to_str().unwrap(), rejects.to_str().unwrap());
    let output = folder.run(&["import", "sales", file, "--mapping", &mapping("northwind.toml"), "--rejects", rejects], "");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains("176 lines of orders.csv cannot be used, so nothing is brought in"), "{said}");
    assert!(
        said.contains("\nLine 4 of orders.csv, “10250 | HANAR") && said.contains("The row has 15 columns, the first line 14"),
        "{said}"
    );
    assert!(said.contains("… and 156 more of orders.csv."), "{said}");
    let listed = fs::read_to_string(rejects).unwrap();
    assert_eq!(listed.lines().count(), 177, "{listed}");
    assert!(listed.lines().nth(1).unwrap().starts_with("4,rejected,orders.csv,"), "{listed}");
}

#[test]
fn a_file_of_which_every_row_is_refused_is_no_success() {
    let folder = Folder::new("refused");
    let file = folder.0.join("budgets.csv");
    fs::write(&file, "rep,month,amount\nNobody,2026-03,1\nNobody,2026-04,2\n").unwrap();
    let output = folder.run(&["import", "budgets", file.to_str().unwrap()], "");
    let (said, wrong) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("2 rejected") && said.contains("Rejected: line 2"), "the report is told all the same: {said}");
    assert_eq!((output.status.code(), wrong.as_ref()), (Some(1), "fieldlight: Every row was refused: nothing was taken in.\n"));
    fs::write(&file, "id,name\n1,Mutua Hardware\n2,\n").unwrap();
    let said = folder.says(&["import", "clients", file.to_str().unwrap()], "");
    assert!(said.contains("1 new") && said.contains("1 rejected"), "{said}");
}
