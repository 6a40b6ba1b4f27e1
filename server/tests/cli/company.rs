//! The company's settings from the command line.

use crate::Folder;

#[test]
fn the_company_is_set_from_the_command_line_and_a_wrong_word_is_refused() {
    let folder = Folder::new("company");
    let said = folder.says(&["company", "--name", "Savanna", "--time-zone", "Europe/Berlin", "--radius", "80"], "");
    assert!(said.contains("Savanna") && said.contains("Europe/Berlin") && said.contains("within 80 m"), "{said}");
    assert_eq!(folder.says(&["company"], ""), said);
    for arguments in [["company", "--time-zone", "Berlin"], ["company", "--radius", "5"]] {
        let output = folder.run(&arguments, "");
        assert!(!output.status.success() && String::from_utf8_lossy(&output.stderr).contains("write "), "{output:?}");
    }
}
