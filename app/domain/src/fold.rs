//! Folding text for search and order: lower case, accents off, punctuation to spaces. The same on phone and server, so both find the same rows.

/// `"Café Müller & Söhne"` → `"cafe muller sohne"`. Words are separated by one space; nothing but `a–z`, `0–9` and letters without a Latin base is kept.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        let c = match c {
            'A'..='Z' => c.to_ascii_lowercase(),
            'a'..='z' | '0'..='9' => c,
            '\'' | '’' | '`' => continue,
            _ if c.is_ascii() => {
                gap = true;
                continue;
            }
            _ => {
                let base = latin_base(c);
                if base.is_empty() {
                    if ('\u{300}'..'\u{370}').contains(&c) {
                        continue;
                    }
                    if !c.is_alphanumeric() {
                        gap = true;
                        continue;
                    }
                    space(&mut out, &mut gap);
                    out.extend(c.to_lowercase());
                    continue;
                }
                space(&mut out, &mut gap);
                out.push_str(base);
                continue;
            }
        };
        space(&mut out, &mut gap);
        out.push(c);
    }
    out
}

/// What a person or place is known again by, however its name is spelled: folded, but a name that begins with a sign keeps it, and one of signs alone stays
/// as it is written, so that `-Rep`, `@Rep` and `+` are three.
#[must_use]
pub fn known_by(name: &str) -> String {
    let (name, folded) = (name.trim(), fold(name));
    let sign = name.chars().next().filter(|first| ['=', '+', '-', '@'].contains(first));
    match sign {
        _ if folded.is_empty() => name.to_owned(),
        Some(sign) => format!("{sign}{folded}"),
        None => folded,
    }
}

fn space(out: &mut String, gap: &mut bool) {
    if std::mem::take(gap) && !out.is_empty() {
        out.push(' ');
    }
}

/// The Latin letters under an accented one (Latin-1, Latin Extended-A); empty when there are none.
fn latin_base(c: char) -> &'static str {
    match c {
        'À'..='Å' | 'à'..='å' | 'Ā'..='ą' => "a",
        'Æ' | 'æ' => "ae",
        'Ç' | 'ç' | 'Ć'..='č' => "c",
        'Ď'..='đ' | 'Ð' | 'ð' => "d",
        'È'..='Ë' | 'è'..='ë' | 'Ē'..='ě' => "e",
        'Ĝ'..='ģ' => "g",
        'Ĥ'..='ħ' => "h",
        'Ì'..='Ï' | 'ì'..='ï' | 'Ĩ'..='ı' => "i",
        'Ĳ' | 'ĳ' => "ij",
        'Ĵ' | 'ĵ' => "j",
        'Ķ'..='ĸ' => "k",
        'Ĺ'..='ł' => "l",
        'Ñ' | 'ñ' | 'Ń'..='ŋ' => "n",
        'Ò'..='Ö' | 'Ø' | 'ò'..='ö' | 'ø' | 'Ō'..='ő' => "o",
        'Œ' | 'œ' => "oe",
        'Ŕ'..='ř' => "r",
        'Ś'..='š' | 'ſ' => "s",
        'ß' => "ss",
        'Ţ'..='ŧ' => "t",
        'Þ' | 'þ' => "th",
        'Ù'..='Ü' | 'ù'..='ü' | 'Ũ'..='ų' => "u",
        'Ŵ' | 'ŵ' => "w",
        'Ý' | 'ý' | 'ÿ' | 'Ŷ'..='Ÿ' => "y",
        'Ź'..='ž' => "z",
        _ => "",
    }
}

/// A telephone number as people type it: all digits, the national number with and without its zero. Empty without digits.
///
/// The last nine digits are taken for the national number, which holds for Kenya and its neighbours and most of Europe; elsewhere all digits still match.
#[must_use]
pub fn phone_key(phone: &str) -> String {
    let digits = digits(phone);
    match digits.len().checked_sub(9) {
        Some(country) if country > 0 => format!("{digits} 0{0} {0}", &digits[country..]),
        _ => digits,
    }
}

fn digits(phone: &str) -> String {
    phone.chars().filter(char::is_ascii_digit).collect()
}

/// A query that can only be a telephone number, as its digits: signs and digits alone, and a `+`, a leading zero or at least seven digits.
fn as_phone(query: &str) -> Option<String> {
    let query = query.trim();
    let digits = digits(query);
    let signs = query.chars().all(|c| c.is_ascii_digit() || " +-/().".contains(c));
    (signs && !digits.is_empty() && (query.starts_with(['+', '0']) || digits.len() >= 7)).then_some(digits)
}

/// What a search runs over: every folded word of every part, each with a space before it.
#[must_use]
pub fn search_key(parts: &[&str]) -> String {
    let mut key = String::new();
    for part in parts {
        let folded = fold(part);
        if !folded.is_empty() {
            key.push(' ');
            key.push_str(&folded);
        }
    }
    key
}

/// The terms of a query, each with the space that makes it match at the start of a word only.
#[must_use]
pub fn terms(query: &str) -> Vec<String> {
    if let Some(digits) = as_phone(query) {
        return vec![format!(" {digits}")];
    }
    fold(query).split(' ').filter(|w| !w.is_empty()).map(|w| format!(" {w}")).collect()
}

/// Whether a key holds every term.
#[must_use]
pub fn matches(search_key: &str, terms: &[String]) -> bool {
    terms.iter().all(|t| search_key.contains(t.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_case_and_punctuation_fold_away() {
        for (text, want) in [
            ("Café Müller & Söhne", "cafe muller sohne"),
            ("GEORGE'S  COFFEE SHOP", "georges coffee shop"),
            ("  W. Mkt. ", "w mkt"),
            ("Łódź Straße", "lodz strasse"),
            ("Cafe\u{301}", "cafe"),
            ("東京 Store", "東京 store"),
            ("", ""),
        ] {
            assert_eq!(fold(text), want);
        }
    }

    #[test]
    fn a_name_is_known_again_however_it_is_spelled_but_for_the_sign_it_begins_with() {
        for (text, want) in [
            ("W. Kamau", "w kamau"),
            ("w kamau ", "w kamau"),
            ("-Rep", "-rep"),
            ("@Rep", "@rep"),
            ("'Rep", "rep"),
            ("+", "+"),
            ("???", "???"),
        ] {
            assert_eq!(known_by(text), want);
        }
    }

    #[test]
    fn terms_match_at_the_start_of_words_only() {
        let key = search_key(&["Mutua Hardware & Agrovet", "Athi River"]);
        assert!(matches(&key, &terms("hard mut")));
        assert!(matches(&key, &terms("ÁTHI")));
        assert!(!matches(&key, &terms("ware")));
        assert!(matches(&key, &terms("")));
    }

    #[test]
    fn a_phone_number_is_found_however_it_is_typed() {
        let key = search_key(&["Shop 12", &phone_key("+254 722 100 318")]);
        for typed in ["+254 722 100 318", "0722 100 318", "0722100", "722100318", "254722", "+254-722", "shop 12", "12"] {
            assert!(matches(&key, &terms(typed)), "{typed}");
        }
        for typed in ["0733", "100 318", "+255"] {
            assert!(!matches(&key, &terms(typed)), "{typed}");
        }
        assert_eq!(phone_key(""), "");
    }
}
