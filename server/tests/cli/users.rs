//! People added from the command line: what they may do, what they see, and what is refused.

use crate::Folder;
use std::fs;

#[test]
fn who_adds_a_manager_is_told_of_what_they_see() {
    let folder = Folder::new("branches");
    let file = folder.0.join("sales.csv");
    fs::write(&file, "date,branch,salesperson,gross_revenue\n2026-03-02,Kisumu,Ann,100\n2026-03-02,Nakuru,Ben,100\n").unwrap();
    folder.says(&["import", "sales", file.to_str().unwrap()], "");
    let add = |email: &str, more: &[&str]| {
        let asked = [&["user", "add", email, "--role", "manager", "--password-stdin"], more].concat();
        folder.says(&asked, "a long enough password")
    };
    let whole = "a@example.com may sign in as manager and sees the whole company; --branch NAME narrows them to one.\n";
    assert_eq!(add("a@example.com", &[]), whole);
    assert_eq!(add("b@example.com", &["--branch", "kisumu"]), "b@example.com may sign in as manager and sees the branch Kisumu.\n");
    let said = folder.complains(&["user", "add", "c@example.com", "--role", "viewer", "--branch", "Kisum"], "");
    assert!(said.contains("There is no branch “Kisum”. Known are Kisumu, Nakuru."), "{said}");
    let said = folder.complains(&["user", "add", "c@example.com", "--role", "admin", "--branch", "Kisumu"], "");
    assert!(said.contains("An administrator sees the whole company"), "{said}");
}

#[test]
fn people_are_added_disabled_and_given_links() {
    let folder = Folder::new("users");
    let rep = ["user", "add", "rep@example.com", "--role", "rep", "--rep", "Achieng Odhiambo", "--password-stdin"];
    assert_eq!(folder.says(&rep, "a long enough password\n"), "rep@example.com may sign in as sales rep.\n");
    assert!(folder.complains(&rep, "a long enough password").contains("is a user already"));
    assert!(folder.complains(&["user", "add", "b@example.com", "--role", "viewer", "--password-stdin"], "short").contains("characters"));
    let added = folder.says(&["user", "add", "ada@example.com", "--role", "admin"], "");
    assert!(added.contains("http://127.0.0.1:3000/set-password/"), "{added}");
    assert!(folder.says(&["user", "reset-link", "ada@example.com"], "").contains("/set-password/"));
    assert!(folder.says(&["user", "disable", "rep@example.com"], "").contains("signed out everywhere"));
    folder.complains(&["user", "disable", "nobody@example.com"], "");
    let said = folder.complains(&["user", "add", "m@example.com", "--role", "manager", "--branch", "Kisumu"], "");
    assert!(said.contains("There is no branch “Kisumu”. None is known yet"), "{said}");
    let output = folder.run(&["user", "add", "c@example.com", "--role", "boss"], "");
    assert!(String::from_utf8_lossy(&output.stderr).contains("admin, manager, rep or viewer"));
}
