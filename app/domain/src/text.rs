//! Reading text fields: trimmed, inner line ends kept, limits and control characters checked in one place.

use crate::rejection::Rejections;

/// Longest name of a client or person, in characters.
pub const NAME_MAX: usize = 120;
/// Longest one-line field, in characters.
pub const LINE_MAX: usize = 200;
/// Longest note, in characters.
pub const NOTE_MAX: usize = 4_000;
/// Longest segment, tag, town, in characters.
pub const WORD_MAX: usize = 60;
/// Most tags of one client.
pub const TAGS_MAX: usize = 20;

/// Trimmed text; `None` when nothing is left. Rejects what is longer than `max` characters.
pub fn optional(field: &str, label: &str, text: &str, max: usize, bad: &mut Rejections) -> Option<String> {
    let kept: String = text.trim().chars().filter(|c| !c.is_control() || *c == '\n').collect();
    if kept.is_empty() {
        return None;
    }
    let n = kept.chars().count();
    if n > max {
        bad.add(field, "too_long", format!("{label} has {n} characters: shorten it to {max}."));
    }
    Some(kept)
}

/// A record's identity in another system: which system, and its id there; both or neither.
pub fn elsewhere(source: Option<String>, id: Option<String>, bad: &mut Rejections) -> (Option<String>, Option<String>) {
    let source = optional("source", "Source", &source.unwrap_or_default(), LINE_MAX, bad);
    let id = optional("externalId", "Id in the source", &id.unwrap_or_default(), LINE_MAX, bad);
    if source.is_some() != id.is_some() {
        let missing = if source.is_none() { "source" } else { "externalId" };
        bad.add(missing, "required", "source and externalId go together: write both, or leave both out.");
    }
    (source, id)
}

/// As [`optional`], rejecting nothing entered.
pub fn required(field: &str, label: &str, text: &str, max: usize, bad: &mut Rejections) -> String {
    optional(field, label, text, max, bad).unwrap_or_else(|| {
        bad.add(field, "required", format!("Enter {}.", in_sentence(label)));
        String::new()
    })
}

fn in_sentence(label: &str) -> String {
    let article = if label.starts_with(['A', 'E', 'I', 'O', 'U']) { "an" } else { "a" };
    format!("{article} {}", label.to_lowercase())
}

/// An address with one `@`, something before it and a dot after it; lower-cased domain is not needed to reach anybody, so the text is kept as it is.
pub fn email(field: &str, text: &str, bad: &mut Rejections) -> Option<String> {
    let mail = optional(field, "Email", text, LINE_MAX, bad)?;
    let sound = mail.split_once('@').is_some_and(|(name, domain)| {
        !name.is_empty() && domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.') && !domain.contains('@')
    });
    if !sound || mail.contains(char::is_whitespace) {
        bad.add(field, "not_an_email", "Enter an email address like name@company.com.");
    }
    Some(mail)
}

/// A telephone number: 4 to 20 digits with the usual signs between them.
pub fn phone(field: &str, text: &str, bad: &mut Rejections) -> Option<String> {
    let phone = optional(field, "Phone number", text, WORD_MAX, bad)?;
    let digits = phone.chars().filter(char::is_ascii_digit).count();
    let signs = phone.chars().all(|c| c.is_ascii_digit() || " +-/().#x".contains(c));
    if !(4..=20).contains(&digits) || !signs {
        bad.add(field, "not_a_phone", "Enter a phone number with 4 to 20 digits, like +254 722 100 318.");
    }
    Some(phone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_trimmed_bounded_and_named_in_the_message() {
        let mut bad = Rejections::default();
        assert_eq!(required("name", "Name", "  Mutua  ", NAME_MAX, &mut bad), "Mutua");
        assert!(bad.0.is_empty());
        required("name", "Name", "   ", NAME_MAX, &mut bad);
        assert_eq!(bad.for_field("name"), Some("Enter a name."));
        optional("notes", "Notes", &"x".repeat(4_001), NOTE_MAX, &mut bad);
        assert_eq!(bad.for_field("notes"), Some("Notes has 4001 characters: shorten it to 4000."));
    }

    #[test]
    fn emails_and_phones_are_recognised() {
        for (text, good) in
            [("joyce@mutua.co.ke", true), ("joyce", false), ("a@b", false), ("a b@c.de", false), ("a@b@c.de", false), ("", true)]
        {
            let mut bad = Rejections::default();
            email("email", text, &mut bad);
            assert_eq!(bad.0.is_empty(), good, "{text}");
        }
        for (text, good) in [("+254 722 100 318", true), ("12", false), ("call me", false), ("(020) 123-456", true)] {
            let mut bad = Rejections::default();
            phone("phone", text, &mut bad);
            assert_eq!(bad.0.is_empty(), good, "{text}");
        }
    }
}
