//! Mappings as people write them, right and wrong.
#![expect(clippy::unwrap_used, reason = "a test may panic")]
use super::cells::Cells;
use super::*;

fn record(cells: &[&str]) -> csv::StringRecord {
    cells.iter().collect()
}

fn bound(toml: &str, names: &[&str]) -> Result<Bound, Rejections> {
    Mapping::parse(toml)?.bind(Kind::Clients, &record(names), "file")
}

#[test]
fn fields_are_made_of_columns_joins_templates_and_spellings() {
    let toml = r#"
        source = "elsewhere"
        key = ["no"]
        [fields]
        name = { first = ["name", "street"], default = "No name ({no})" }
        address = { join = ["street", "floor"] }
        town = { column = "City", values = { "Frisco" = "San Francisco", "S.F." = "San Francisco" } }
        segment = { column = "type", values = { a = "Alpha" }, otherwise = "Other" }
        notes = { template = "{type}[, floor {floor}]" }
        tags = { column = "labels", split = ";" }
        postalCode = { column = "zip", digits = 5 }
        status = { constant = "active" }
    "#;
    let b = bound(toml, &["no", "name", "street", "floor", "city", "type", "labels", "zip", "left"]).unwrap();
    let row = crate::Row::from(record(&["7", "", " ", "2", "s f", "x", "b; a;", "CA 94523", ""]));
    let cells = Cells { row: &row, blanks: &b.blanks };
    for (field, want) in [
        ("name", "No name (7)"),
        ("address", "2"),
        ("town", "San Francisco"),
        ("segment", "Other"),
        ("notes", "x, floor 2"),
        ("postalCode", "94523"),
        ("status", "active"),
    ] {
        assert_eq!(b.text(field, cells), want, "{field}");
    }
    assert_eq!(b.field("tags").unwrap().values(cells), ["b", "a"]);
    assert!(b.field("name").unwrap().read(cells).1);
    assert_eq!(b.key(cells, &[]), Some("7".into()));
    assert_eq!(b.unused, ["left"]);
    let row = crate::Row::from(record(&["", "Mutua", "", "-", "Thika", "A", "", "", ""]));
    let cells = Cells { row: &row, blanks: &b.blanks };
    assert_eq!((b.text("notes", cells), b.text("town", cells), b.text("segment", cells)), ("A".into(), "Thika".into(), "Alpha".into()));
    assert_eq!(b.key(cells, &[]), None);
}

#[test]
fn a_wrong_mapping_says_everything_that_is_wrong_and_what_to_write() {
    let says = |toml: &str, names: &[&str]| bound(toml, names).unwrap_err().to_string();
    let words = says("key = [\"id\"]\n[fields]\nname = \"Nmae\"\ncolour = \"c\"\nphone = {}", &["name", "c", "tel", "tel"]);
    for part in [
        "no column Nmae",
        "no column id",
        "no field colour: use name",
        "Field phone needs exactly one of column",
        "Its columns are: name, c",
    ] {
        assert!(words.contains(part), "{part} in: {words}");
    }
    assert!(says("[fields]\nphone = \"tel\"", &["tel"]).contains("No column was recognised as the name"));
    assert!(says("[fields]\nname = \"tel\"", &["tel", "tel"]).contains("several columns tel"));
    assert!(says("surce = \"x\"", &["a"]).contains("surce"));
    assert!(says("kind = \"visits\"", &["a"]).contains("import the file as visits"));
    assert!(says("[fields]\nname = 3", &["a"]).contains("the name of a column, or a table"));
}
