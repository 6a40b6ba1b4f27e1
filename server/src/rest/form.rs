//! What a body or query string may hold, field by field: everything unknown or ill-typed is named, with what to write instead.

use domain::{Day, Instant, Rejections};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use uuid::Uuid;

/// A JSON object on its way in.
pub type Object = Map<String, Value>;

/// What a field holds.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A string.
    Text,
    /// A list of strings.
    Texts,
    /// A list of UUIDs.
    Ids,
    /// A UUID.
    Id,
    /// A whole number from zero.
    Whole,
    /// A whole number from zero to 65,535.
    Small,
    /// A list of whole numbers from zero to 65,535.
    Smalls,
    /// A number.
    Number,
    /// True or false.
    Flag,
    /// `YYYY-MM-DD`.
    Day,
    /// RFC 3339.
    Instant,
    /// `{"lat", "lon"}`.
    Position,
    /// `{"position": {"lat", "lon"}, "accuracyM"}`.
    Fix,
    /// One of these words.
    Word(&'static [&'static str]),
    /// An object, read further by whoever takes it.
    Object,
    /// A list of objects, read further by whoever takes them.
    Objects,
}

/// One field.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    name: &'static str,
    kind: Kind,
    required: bool,
}

/// All fields of one body or query string.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// In groups, since forms share some.
    groups: &'static [&'static [Field]],
    /// Whether null clears a field; otherwise null is as good as absent.
    null_clears: bool,
}

/// A field that may be left out.
#[must_use]
pub const fn may(name: &'static str, kind: Kind) -> Field {
    Field { name, kind, required: false }
}

/// A field that must be there.
#[must_use]
pub const fn must(name: &'static str, kind: Kind) -> Field {
    Field { name, kind, required: true }
}

impl Form {
    /// A form in which null is as good as absent.
    #[must_use]
    pub const fn of(groups: &'static [&'static [Field]]) -> Self {
        Self { groups, null_clears: false }
    }

    /// A form of changes: null clears a field.
    #[must_use]
    pub const fn of_changes(groups: &'static [&'static [Field]]) -> Self {
        Self { groups, null_clears: true }
    }

    /// Checks every field and reads the whole as `T`.
    ///
    /// # Errors
    /// All that is unknown, missing or ill-typed, by field.
    pub fn read<T: DeserializeOwned>(&self, object: Object) -> Result<T, Rejections> {
        self.check(&object)?;
        self.take(object)
    }

    /// Reads what was checked.
    ///
    /// # Errors
    /// When `T` asks for more than this form says.
    pub fn take<T: DeserializeOwned>(&self, mut object: Object) -> Result<T, Rejections> {
        if !self.null_clears {
            object.retain(|_, value| !value.is_null());
        }
        serde_json::from_value(Value::Object(object))
            .map_err(|error| Rejections::one("", "invalid", format!("This cannot be read: {}.", plain(&error.to_string()))))
    }

    /// Checks every field without reading.
    ///
    /// # Errors
    /// As [`Form::read`].
    pub fn check(&self, object: &Object) -> Result<(), Rejections> {
        let mut bad = Rejections::default();
        for (name, value) in object {
            match self.field(name) {
                None => bad.add(
                    name,
                    "unknown_field",
                    match self.names() {
                        names if names.is_empty() => format!("There is no field {name:?} here: leave it out."),
                        names => format!("There is no field {name:?} here: leave it out, or use one of {names}."),
                    },
                ),
                Some(_) if value.is_null() => {}
                Some(_) if holds_nul(value) => bad.add(name, "invalid", "A text holds the character U+0000: leave it out."),
                Some(field) if !field.kind.fits(value) => bad.add(name, "invalid", field.kind.advice()),
                Some(_) => {}
            }
        }
        for field in self.fields().filter(|field| field.required && object.get(field.name).is_none_or(Value::is_null)) {
            bad.add(field.name, "required", format!("{} is missing. {}", field.name, field.kind.advice()));
        }
        bad.or(())
    }

    /// Reads a query string: the same fields, every value written as text; a list is a field given again for each of its texts, which are taken whole.
    ///
    /// # Errors
    /// As [`Form::read`]; a field given twice.
    pub fn query<T: DeserializeOwned>(&self, query: &str) -> Result<T, Rejections> {
        let mut object = Object::new();
        let mut bad = Rejections::default();
        for (name, text) in form_urlencoded::parse(query.as_bytes()) {
            let kind = self.field(&name).map_or(Kind::Text, |field| field.kind);
            if matches!(kind, Kind::Texts) {
                if let Some(list) = object.entry(name).or_insert_with(|| json!([])).as_array_mut().filter(|_| !text.is_empty()) {
                    list.push(json!(text));
                }
                continue;
            }
            let value = match kind {
                Kind::Whole | Kind::Small => text.parse::<u64>().map_or_else(|_| json!(text), |n| json!(n)),
                Kind::Flag => text.parse::<bool>().map_or_else(|_| json!(text), |b| json!(b)),
                _ => json!(text),
            };
            if object.insert(name.to_string(), value).is_some() {
                bad.add(&name, "twice", format!("{name} is given twice: give it once."));
            }
        }
        bad.or(())?;
        object.retain(|_, value| value.as_str() != Some("") && *value != json!([]));
        // in an address nothing stands in quotes
        self.read(object).map_err(|mut bad| {
            for one in &mut bad.0 {
                one.message = one.message.replace("Write text in quotes.", "Write a text.").replace(", without quotes.", ".");
            }
            bad
        })
    }

    fn fields(&self) -> impl Iterator<Item = &'static Field> {
        self.groups.iter().copied().flatten()
    }

    fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields().find(|field| field.name == name)
    }

    fn names(&self) -> String {
        self.fields().map(|field| field.name).collect::<Vec<_>>().join(", ")
    }
}

/// What a reader says, with the words of JSON for the types of the program: `expected struct Money` is for nobody.
pub fn plain(words: &str) -> String {
    let Some((found, wanted)) = words.split_once(", expected ") else { return words.to_owned() };
    let wanted = match wanted.split(' ').next().unwrap_or_default() {
        "i8" | "i16" | "i32" | "i64" | "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number",
        "f32" | "f64" => "a number",
        "struct" => "an object",
        "tuple" => "a list",
        _ => wanted,
    };
    let found = found.trim_start_matches("invalid type: ").trim_start_matches("invalid value: ");
    format!("{found} stands where {wanted} belongs")
}

/// Whether a text anywhere in it holds the one character no database keeps.
fn holds_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(list) => list.iter().any(holds_nul),
        Value::Object(fields) => fields.iter().any(|(name, value)| name.contains('\0') || holds_nul(value)),
        _ => false,
    }
}

impl Kind {
    fn fits(self, value: &Value) -> bool {
        let text = value.as_str();
        match self {
            Self::Text => text.is_some(),
            Self::Texts => value.as_array().is_some_and(|list| list.iter().all(Value::is_string)),
            Self::Ids => value.as_array().is_some_and(|list| list.iter().all(|id| Self::Id.fits(id))),
            Self::Id => text.is_some_and(|text| Uuid::parse_str(text).is_ok()),
            Self::Whole => value.as_u64().is_some_and(|n| u32::try_from(n).is_ok()),
            Self::Small => value.as_u64().is_some_and(|n| u16::try_from(n).is_ok()),
            Self::Smalls => value.as_array().is_some_and(|list| list.iter().all(|number| Self::Small.fits(number))),
            Self::Number => value.is_number(),
            Self::Flag => value.is_boolean(),
            Self::Day => text.is_some_and(|text| Day::parse(text).is_some()),
            Self::Instant => text.is_some_and(|text| Instant::parse(text).is_some()),
            Self::Position => serde_json::from_value::<domain::geo::Position>(value.clone()).is_ok(),
            Self::Fix => serde_json::from_value::<domain::geo::Fix>(value.clone()).is_ok(),
            Self::Word(words) => text.is_some_and(|text| words.contains(&text)),
            Self::Object => value.is_object(),
            Self::Objects => value.as_array().is_some_and(|list| list.iter().all(Value::is_object)),
        }
    }

    fn advice(self) -> String {
        match self {
            Self::Text => "Write text in quotes.".into(),
            Self::Texts => "Write a list of texts, for example [\"irrigation\", \"key account\"].".into(),
            Self::Ids => "Write a list of UUIDs.".into(),
            Self::Id => "Write a UUID, for example 01890a5d-ac96-774b-bcce-b302099a8057.".into(),
            Self::Whole => format!("Write a whole number from 0 to {}, without quotes.", u32::MAX),
            Self::Small => format!("Write a whole number from 0 to {}, without quotes.", u16::MAX),
            Self::Smalls => "Write a list of whole numbers from 0.".into(),
            Self::Number => "Write a number, without quotes.".into(),
            Self::Flag => "Write true or false, without quotes.".into(),
            Self::Day => "Write a day as YYYY-MM-DD, for example 2026-11-20.".into(),
            Self::Instant => "Write a time as RFC 3339, for example 2026-11-20T09:30:00Z.".into(),
            Self::Position => "Write {\"lat\": -1.286389, \"lon\": 36.817223}: latitude -90 to 90, longitude -180 to 180, not 0/0.".into(),
            Self::Fix => "Write {\"position\": {\"lat\": -1.286389, \"lon\": 36.817223}, \"accuracyM\": 20}.".into(),
            Self::Word(words) => format!("Write one of {}.", words.join(", ")),
            Self::Object => "Write an object.".into(),
            Self::Objects => "Write a list of objects.".into(),
        }
    }
}

#[cfg(test)]
mod tests;
