//! What may be entered about a client, and the one rule it passes under the rep's thumb and again on the server.

use super::{Client, Context, Stage, Status};
use crate::geo::Position;
use crate::ids::ClientId;
use crate::rejection::Rejections;
use crate::text::{self, LINE_MAX, NAME_MAX, NOTE_MAX, TAGS_MAX, WORD_MAX};
use serde::{Deserialize, Deserializer, Serialize};

/// Fewest and most days of an own cadence.
pub const CADENCE_DAYS: std::ops::RangeInclusive<u16> = 1..=730;
/// Smallest and largest check-in radius in metres.
pub const RADIUS_M: std::ops::RangeInclusive<u32> = 10..=50_000;

/// A new client or prospect as entered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClientDraft {
    /// Made by whoever makes the client.
    pub id: ClientId,
    /// Client or prospect.
    pub stage: Stage,
    /// System it comes from, for partners.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Its id there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// Everything else.
    #[serde(flatten)]
    pub fields: ClientPatch,
}

/// Changed fields: absent = stays, empty or null = cleared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ClientPatch {
    /// Name, required.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "cleared")]
    pub name: Option<String>,
    /// Active or inactive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// Segment.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "cleared")]
    pub segment: Option<String>,
    /// Tier code.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "cleared")]
    pub tier: Option<String>,
    /// All tags.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "cleared")]
    pub tags: Option<Vec<String>>,
    /// Phone.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "cleared")]
    pub phone: Option<String>,
    /// Email.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "cleared")]
    pub email: Option<String>,
    /// Street address.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "cleared")]
    pub address: Option<String>,
    /// Town.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "cleared")]
    pub town: Option<String>,
    /// Postal code.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "cleared")]
    pub postal_code: Option<String>,
    /// Where it is.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub position: Option<Option<Position>>,
    /// Notes.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "cleared")]
    pub notes: Option<String>,
    /// Own cadence in days.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub cadence_days: Option<Option<u16>>,
    /// Own radius in metres.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub radius_m: Option<Option<u32>>,
}

/// A JSON null clears a text field or a list.
pub(crate) fn cleared<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(d: D) -> Result<Option<T>, D::Error> {
    Option::<T>::deserialize(d).map(|v| Some(v.unwrap_or_default()))
}

/// A JSON null is a value of its own: “none”.
fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(d: D) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(d).map(Some)
}

impl ClientPatch {
    /// Whether nothing would change.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The rule: reads every named field into `client`, then stamps the light's window.
    ///
    /// # Errors
    /// All that is wrong, by field; `client` is then half-written and must be dropped.
    pub fn apply(self, client: &mut Client, ctx: Context<'_>) -> Result<(), Rejections> {
        let mut bad = Rejections::default();
        let bad_ref = &mut bad;
        if let Some(name) = self.name {
            client.name = text::required("name", "Name", &name, NAME_MAX, bad_ref);
        }
        if let Some(status) = self.status {
            client.status = status;
        }
        if let Some(tier) = self.tier {
            client.tier = known_tier(&tier, client.tier.as_deref(), ctx, bad_ref);
        }
        if let Some(tags) = self.tags {
            client.tags = clean_tags(&tags, bad_ref);
        }
        if let Some(phone) = self.phone {
            client.phone = text::phone("phone", &phone, bad_ref);
        }
        if let Some(email) = self.email {
            client.email = text::email("email", &email, bad_ref);
        }
        let lines = [
            (self.segment, &mut client.segment, "segment", "Segment", WORD_MAX),
            (self.address, &mut client.address, "address", "Address", LINE_MAX),
            (self.town, &mut client.town, "town", "Town", WORD_MAX),
            (self.postal_code, &mut client.postal_code, "postalCode", "Postal code", WORD_MAX),
            (self.notes, &mut client.notes, "notes", "Notes", NOTE_MAX),
        ];
        for (entered, target, field, label, max) in lines {
            if let Some(entered) = entered {
                *target = text::optional(field, label, &entered, max, bad_ref);
            }
        }
        if let Some(position) = self.position {
            client.position = position;
        }
        if let Some(days) = self.cadence_days {
            if days.is_some_and(|d| !CADENCE_DAYS.contains(&d)) {
                bad_ref.add("cadenceDays", "out_of_range", "Days between visits: enter 1 to 730, or leave it empty.");
            }
            client.cadence_days = days;
        }
        if let Some(radius) = self.radius_m {
            if radius.is_some_and(|r| !RADIUS_M.contains(&r)) {
                bad_ref.add("radiusM", "out_of_range", "Check-in radius: enter 10 to 50000 metres, or leave it empty.");
            }
            client.radius_m = radius;
        }
        client.stamp(ctx.company);
        bad.or(())
    }

    /// The patch that turns `before` into what this full form says: only fields that differ are kept, so that two devices editing different
    /// fields both keep theirs.
    #[must_use]
    pub fn against(mut self, before: &Client) -> Self {
        fn same(entered: &mut Option<String>, was: Option<&str>) {
            if entered.as_deref().is_some_and(|e| e.trim() == was.unwrap_or("")) {
                *entered = None;
            }
        }
        same(&mut self.name, Some(&before.name));
        same(&mut self.segment, before.segment.as_deref());
        same(&mut self.tier, before.tier.as_deref());
        same(&mut self.phone, before.phone.as_deref());
        same(&mut self.email, before.email.as_deref());
        same(&mut self.address, before.address.as_deref());
        same(&mut self.town, before.town.as_deref());
        same(&mut self.postal_code, before.postal_code.as_deref());
        same(&mut self.notes, before.notes.as_deref());
        self.status = self.status.filter(|s| *s != before.status);
        self.tags = self.tags.filter(|t| *t != before.tags);
        self.position = self.position.filter(|p| *p != before.position);
        self.cadence_days = self.cadence_days.filter(|c| *c != before.cadence_days);
        self.radius_m = self.radius_m.filter(|r| *r != before.radius_m);
        self
    }
}

/// A tier the policy knows, or the one it had: history stays readable when the policy changes.
fn known_tier(entered: &str, before: Option<&str>, ctx: Context<'_>, bad: &mut Rejections) -> Option<String> {
    let tier = text::optional("tier", "Tier", entered, WORD_MAX, bad)?;
    let tiers = &ctx.company.policy.tiers;
    if before != Some(&tier) && tiers.iter().all(|t| t.code != tier) {
        let codes: Vec<&str> = tiers.iter().map(|t| t.code.as_str()).collect();
        bad.add("tier", "unknown", format!("Choose a tier from {}, or leave it empty.", codes.join(", ")));
    }
    Some(tier)
}

fn clean_tags(entered: &[String], bad: &mut Rejections) -> Vec<String> {
    let mut tags = Vec::new();
    for tag in entered {
        if let Some(tag) = text::optional("tags", "A tag", tag, WORD_MAX, bad)
            && !tags.contains(&tag)
        {
            tags.push(tag);
        }
    }
    if tags.len() > TAGS_MAX {
        bad.add("tags", "too_many", format!("Keep at most {TAGS_MAX} tags."));
    }
    tags.sort();
    tags
}
