//! The fields of every body and query string REST takes. What a field may hold further is the domain's to say.

use super::form::{Field, Form, Kind, may, must};

const ID: &[Field] = &[may("id", Kind::Id)];
const EXTERNAL: &[Field] = &[may("source", Kind::Text), may("externalId", Kind::Text)];
const WINDOW: &[Field] = &[may("cursor", Kind::Text), may("limit", Kind::Whole)];
const PAGE: &[Field] = &[may("cursor", Kind::Text), may("limit", Kind::Whole), may("updatedSince", Kind::Instant)];

const CLIENT: &[Field] = &[
    may("name", Kind::Text),
    may("status", Kind::Word(&["active", "inactive"])),
    may("segment", Kind::Text),
    may("tier", Kind::Text),
    may("tags", Kind::Texts),
    may("phone", Kind::Text),
    may("email", Kind::Text),
    may("address", Kind::Text),
    may("town", Kind::Text),
    may("postalCode", Kind::Text),
    may("position", Kind::Position),
    may("notes", Kind::Text),
    may("cadenceDays", Kind::Small),
    may("radiusM", Kind::Whole),
];
const CLIENT_FILTERS: &[Field] = &[
    may("text", Kind::Text),
    may("light", Kind::Word(&["red", "amber", "green", "grey"])),
    may("segment", Kind::Text),
    may("tag", Kind::Text),
    may("status", Kind::Word(&["active", "inactive"])),
    may("town", Kind::Text),
    may("rep", Kind::Id),
    may("branch", Kind::Id),
    may("archived", Kind::Flag),
    may("sort", Kind::Word(&["due", "name"])),
];
const CONTACT: &[Field] =
    &[may("name", Kind::Text), may("position", Kind::Text), may("phone", Kind::Text), may("email", Kind::Text), may("notes", Kind::Text)];
const REPORT: &[Field] = &[
    may("type", Kind::Text),
    may("outcome", Kind::Text),
    may("notes", Kind::Text),
    may("nextStep", Kind::Text),
    may("nextStepOn", Kind::Day),
];

/// `POST auth/token`, `POST auth/session`.
pub const CREDENTIALS: Form = Form::of(&[&[must("email", Kind::Text), must("password", Kind::Text), may("device", Kind::Id)]]);
/// `POST auth/refresh`.
pub const REFRESH: Form = Form::of(&[&[must("refreshToken", Kind::Text)]]);

/// `GET clients`, `GET prospects`.
pub const CLIENT_LIST: Form = Form::of(&[CLIENT_FILTERS, PAGE]);
/// `POST clients`.
pub const NEW_CLIENT: Form = Form::of(&[ID, EXTERNAL, &[may("stage", Kind::Word(&["client"]))], CLIENT]);
/// `POST prospects`.
pub const NEW_PROSPECT: Form = Form::of(&[ID, EXTERNAL, &[may("stage", Kind::Word(&["prospect"]))], CLIENT]);
/// `PATCH clients/{id}`, `PUT clients/by-external/…`.
pub const CLIENT_CHANGES: Form = Form::of_changes(&[CLIENT]);
/// `GET clients/duplicates`.
pub const DUPLICATES: Form = Form::of(&[&[must("name", Kind::Text), may("town", Kind::Text)]]);
/// `POST clients/reassignment`.
pub const REASSIGNMENT: Form = Form::of(&[&[must("ids", Kind::Ids), must("repId", Kind::Id)]]);

/// `GET contacts`.
pub const CONTACT_LIST: Form = Form::of(&[&[may("clientId", Kind::Id)], PAGE]);
/// `POST contacts`.
pub const NEW_CONTACT: Form = Form::of(&[ID, EXTERNAL, &[must("clientId", Kind::Id)], CONTACT]);
/// `PATCH contacts/{id}`.
pub const CONTACT_CHANGES: Form = Form::of_changes(&[CONTACT]);
/// `PUT contacts/by-external/…`.
pub const CONTACT_UPSERT: Form = Form::of_changes(&[&[must("clientId", Kind::Id)], CONTACT]);

/// `GET sales`.
pub const SALES_LIST: Form = Form::of(&[
    &[
        may("from", Kind::Day),
        may("to", Kind::Day),
        may("rep", Kind::Id),
        may("branch", Kind::Id),
        may("client", Kind::Id),
        may("product", Kind::Id),
        may("productLine", Kind::Texts),
        may("itemGroup", Kind::Texts),
        may("segment", Kind::Texts),
    ],
    WINDOW,
]);
/// `GET products`.
pub const PRODUCT_LIST: Form = Form::of(&[&[may("q", Kind::Text)], WINDOW]);
/// `GET imports`.
pub const IMPORT_LIST: Form = Form::of(&[WINDOW]);
/// `GET budgets`.
pub const BUDGET_LIST: Form = Form::of(&[&[may("from", Kind::Day), may("to", Kind::Day)]]);
/// `PUT budgets`.
pub const BUDGETS: Form = Form::of(&[&[must("budgets", Kind::Objects)]]);

/// One of them.
pub const BUDGET: Form = Form::of(&[&[must("repId", Kind::Id), must("month", Kind::Text), may("amount", Kind::Object)]]);

/// `POST budgets/copies`, `POST budgets/copies-preview`.
pub const COPIES: Form = Form::of(&[&[must("fromFiscalYear", Kind::Small), must("percent", Kind::Number)]]);
/// `GET calendar`.
pub const CALENDAR_SHOWN: Form = Form::of(&[&[may("from", Kind::Day), may("to", Kind::Day)]]);
/// `PUT calendar`.
pub const CALENDAR: Form = Form::of(&[&[may("weights", Kind::Smalls), may("holidays", Kind::Objects), may("leave", Kind::Objects)]]);
/// `PUT settings`.
pub const SETTINGS: Form = Form::of(&[&[
    must("name", Kind::Text),
    must("timeZone", Kind::Text),
    must("currency", Kind::Text),
    must("fiscalStartMonth", Kind::Small),
    must("radiusM", Kind::Whole),
    may("policy", Kind::Object),
]]);
/// `POST settings/policy-preview`.
pub const POLICY: Form = Form::of(&[&[
    must("cadenceDays", Kind::Small),
    must("tiers", Kind::Objects),
    must("visitTypes", Kind::Objects),
    must("outcomes", Kind::Objects),
]]);

/// `GET visits`.
pub const VISIT_LIST: Form = Form::of(&[
    &[
        may("from", Kind::Day),
        may("to", Kind::Day),
        may("rep", Kind::Id),
        may("branch", Kind::Id),
        may("client", Kind::Id),
        may("status", Kind::Word(&["planned", "inProgress", "completed", "cancelled"])),
        may("ascending", Kind::Flag),
    ],
    PAGE,
]);
/// `POST visits` with `plannedAt`.
pub const PLAN: Form =
    Form::of(&[ID, &[must("clientId", Kind::Id), must("plannedAt", Kind::Instant), may("type", Kind::Text), may("notes", Kind::Text)]]);
/// `POST visits` with `startedAt`.
pub const RECORD: Form =
    Form::of(&[ID, &[must("clientId", Kind::Id), must("startedAt", Kind::Instant), may("endedAt", Kind::Instant)], REPORT]);
/// `PATCH visits/{id}` with `plannedAt`.
pub const RESCHEDULE: Form = Form::of(&[&[must("plannedAt", Kind::Instant)]]);
/// `PATCH visits/{id}` of a report.
pub const REPORT_CHANGES: Form = Form::of_changes(&[REPORT]);
/// `POST visits/{id}/checkin`.
pub const CHECK_IN: Form = Form::of(&[&[
    must("clientId", Kind::Id),
    may("type", Kind::Text),
    may("at", Kind::Instant),
    may("fix", Kind::Fix),
    may("reason", Kind::Text),
]]);
/// `POST visits/{id}/checkout`.
pub const CHECK_OUT: Form = Form::of(&[&[may("at", Kind::Instant), may("fix", Kind::Fix)], REPORT]);
/// `POST visits/{id}/cancellation`.
pub const CANCELLATION: Form = Form::of(&[&[may("reason", Kind::Text)]]);
/// `POST visits/{id}/promise`.
pub const PROMISE: Form = Form::of(&[&[must("kept", Kind::Flag)]]);

/// `POST imports/files`.
pub const IMPORT_FILE: Form = Form::of(&[&[must("name", Kind::Text)]]);
/// `POST imports`, `POST imports/preview`.
pub const IMPORT: Form = Form::of(&[&[
    must("kind", Kind::Text),
    must("file", Kind::Object),
    may("beside", Kind::Objects),
    may("mapping", Kind::Object),
    may("mappingText", Kind::Text),
    may("dryRun", Kind::Flag),
]]);

/// `POST kpis/slice`.
pub const SLICE: Form = Form::of(&[&[
    must("from", Kind::Text),
    must("to", Kind::Text),
    may("filters", Kind::Object),
    may("groupBy", Kind::Texts),
    must("metrics", Kind::Texts),
    may("orderBy", Kind::Text),
    may("limit", Kind::Whole),
]]);
/// `POST kpis/movement`.
pub const MOVEMENT: Form = Form::of(&[&[
    must("measure", Kind::Text),
    must("from", Kind::Text),
    must("to", Kind::Text),
    must("beforeFrom", Kind::Text),
    must("beforeTo", Kind::Text),
    may("filters", Kind::Object),
    may("names", Kind::Whole),
]]);
/// `GET kpis/…`: a name is given again for each that is kept.
pub const KPIS: Form = Form::of(&[&[
    may("from", Kind::Day),
    may("to", Kind::Day),
    may("branch", Kind::Texts),
    may("rep", Kind::Texts),
    may("productLine", Kind::Texts),
    may("itemGroup", Kind::Texts),
    may("product", Kind::Texts),
    may("customer", Kind::Texts),
    may("segment", Kind::Texts),
    may("limit", Kind::Whole),
]]);

/// `GET kpis/cube`.
pub const CUBE: Form = Form::of(&[&[may("since", Kind::Whole), may("of", Kind::Text), may("atLeast", Kind::Whole)]]);
const OPPORTUNITIES: &[Field] = &[
    may("from", Kind::Day),
    may("to", Kind::Day),
    may("rep", Kind::Text),
    may("branch", Kind::Text),
    may("product", Kind::Text),
    may("productLine", Kind::Text),
    may("itemGroup", Kind::Text),
    may("customer", Kind::Text),
    may("source", Kind::Text),
    may("sector", Kind::Text),
    may("segment", Kind::Text),
    may("pipeline", Kind::Text),
    may("reached", Kind::Text),
    may("outcome", Kind::Word(&["open", "won", "lost"])),
    may("activitiesFrom", Kind::Whole),
    may("activitiesTo", Kind::Whole),
    may("without", Kind::Word(&domain::opportunities::Query::WITHOUT)),
];
/// `GET opportunities`.
pub const OPPORTUNITY_LIST: Form = Form::of(&[OPPORTUNITIES, WINDOW]);
/// `GET kpis/funnel`, `GET kpis/sales-cycle`.
pub const PIPELINE: Form = Form::of(&[OPPORTUNITIES]);
/// `GET kpis/win-loss`.
pub const WIN_LOSS: Form = Form::of(&[OPPORTUNITIES, &[may("by", Kind::Word(&["rep", "branch", "product", "source", "sector"]))]]);
const VIEW: &[Field] = &[may("room", Kind::Text), may("filters", Kind::Text), may("by", Kind::Text)];
const DOCUMENT: &[Field] = &[may("format", Kind::Text), may("panel", Kind::Text)];
/// `POST reports`.
pub const REPORT_NEW: Form = Form::of(&[&[must("name", Kind::Text), may("shared", Kind::Flag)], VIEW]);
/// `PATCH reports/{id}`.
pub const VIEW_CHANGES: Form = Form::of_changes(&[&[may("name", Kind::Text), may("shared", Kind::Flag)], VIEW]);
/// `PUT reports/{id}/schedule`.
pub const SCHEDULE: Form = Form::of(&[&[
    must("every", Kind::Text),
    may("on", Kind::Small),
    must("hour", Kind::Small),
    must("formats", Kind::Texts),
    may("recipients", Kind::Ids),
    may("keep", Kind::Small),
]]);
/// `GET reports/{id}/document`.
pub const REPORT_DOCUMENT: Form = Form::of(&[DOCUMENT]);
/// `GET reports/document`.
pub const VIEW_DOCUMENT: Form = Form::of(&[DOCUMENT, VIEW, &[may("marks", Kind::Text)]]);
/// `GET inbox/{id}/document`.
pub const INBOX_DOCUMENT: Form = Form::of(&[&[must("format", Kind::Text)]]);

/// `POST sync/push`.
pub const PUSH: Form =
    Form::of(&[&[must("device", Kind::Id), must("user", Kind::Id), must("sentAt", Kind::Instant), must("entries", Kind::Objects)]]);
/// `GET sync/pull`.
pub const PULL: Form = Form::of(&[&[must("device", Kind::Id), may("cursor", Kind::Text), may("limit", Kind::Whole)]]);
/// `GET sync/receipts`.
pub const RECEIPTS: Form = Form::of(&[&[must("day", Kind::Day), must("device", Kind::Id)]]);
