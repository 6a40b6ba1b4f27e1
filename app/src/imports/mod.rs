//! Bringing data in, on screen: a file is looked at in the browser, checked and brought in by the server, and can be taken back.

mod api;
mod chooser;
mod columns;
mod days;
#[cfg(feature = "ssr")]
mod draw_ssr;
mod file;
pub mod list;
mod look;
pub mod new;
mod numbers;
mod picker;
mod question;
#[cfg(feature = "ssr")]
mod replaced_ssr;
pub mod report;
#[cfg(feature = "ssr")]
mod withdrawn_ssr;

/// Where they stand.
pub const PATH: &str = "/office/imports";

/// A message as a page shows it, whose fields stand beside it: without what one would write in a mapping file.
fn on_page(words: &str) -> String {
    let (mut out, mut rest) = (String::new(), words);
    while let Some((before, after)) = rest.split_once(" (in a mapping file") {
        out.push_str(before);
        rest = after.find(").").map_or("", |end| &after[end + 1..]);
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::on_page;

    #[test]
    fn a_page_says_what_can_be_done_on_it() {
        let words = "Say how days are written (in a mapping file: format = \"DD/MM/YYYY\" or \"MM/DD/YYYY\").";
        assert_eq!(on_page(words), "Say how days are written.");
        let two = "Line 2 (x): choose one (in a mapping file: a = \"b\"). The columns are: c (d), e. Correct it (in a mapping file, create = true makes one).";
        assert_eq!(on_page(two), "Line 2 (x): choose one. The columns are: c (d), e. Correct it.");
        assert_eq!(on_page("Fill it in."), "Fill it in.");
    }
}
