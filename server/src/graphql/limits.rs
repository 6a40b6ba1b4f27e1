//! What a query may cost: its depth and its size are known before anything is read.
//!
//! A field costs 1. A field that asks the cube or a table costs [`ASKED`] besides, and what stands below it as many times as it may have rows, which is
//! its `limit`. An alias is a field of its own; a fragment counts wherever it is spread. The schema's description is a list of lists too, so its fields
//! cost what they bring on average (see [`rows_of`]).

use std::{collections::HashMap, sync::Arc};

use async_graphql::{
    ErrorExtensionValues, Positioned, ServerError, ValidationResult, async_trait,
    extensions::{Extension, ExtensionContext, ExtensionFactory, NextValidation},
    parser::{
        parse_query,
        types::{ExecutableDocument, OperationType, Selection, SelectionSet},
    },
};
use domain::Rejection;
use serde_json::{Value, json};

/// Deepest query, in fields below each other. A full description of the schema needs 15.
pub const DEPTH_MAX: usize = 16;
/// Most a query may cost.
pub const COST_MAX: u64 = 100_000;
/// Longest query, in bytes.
const QUERY_MAX: usize = 65_536;
/// Deepest nesting of braces, brackets and parentheses together: values are nested too.
const BRACKETS_MAX: usize = 40;
/// What a question to the cube or a table costs beside its rows.
pub const ASKED: usize = 1_000;
/// What a question that reads every sale day by day costs beside that.
pub const DEEP: usize = 10_000;

/// What a field with rows costs.
pub fn listed(limit: i32, each: usize) -> usize {
    ASKED.saturating_add(usize::try_from(limit).unwrap_or(1).max(1).saturating_mul(each))
}

/// What the description of the schema in a query costs more than its fields.
pub struct Described(u64);

/// What a part of a query comes to, fragments spread.
#[derive(Clone, Copy, Default)]
struct Size {
    depth: usize,
    fields: u64,
    described: u64,
}

/// Reads a query, unless it is too deep or too large to look at.
pub fn read(query: &str) -> Result<(ExecutableDocument, Described), ServerError> {
    if query.len() > QUERY_MAX {
        let words = format!("This query is {} bytes long, and {QUERY_MAX} is the limit: put values into variables.", query.len());
        return Err(refusal("too_large", words, &[]));
    }
    let (braces, brackets) = nesting(query);
    if braces > DEPTH_MAX || brackets > BRACKETS_MAX {
        return Err(too_deep(braces.max(brackets)));
    }
    let document = parse_query(query).map_err(ServerError::from)?;
    let mut sizes = Sizes { document: &document, known: HashMap::new() };
    let mut all = Size::default();
    for (_, operation) in document.operations.iter() {
        if operation.node.ty != OperationType::Query {
            let words = "GraphQL reads only: write over REST, under /api/v1, and follow changes with updatedSince.";
            return Err(refusal("read_only", words.to_owned(), &[]));
        }
        all = all.and(sizes.of(&operation.node.selection_set.node, false)?);
    }
    for name in document.fragments.keys() {
        all.depth = all.depth.max(sizes.fragment(name.as_str(), false)?.depth);
    }
    if all.depth > DEPTH_MAX {
        return Err(too_deep(all.depth));
    }
    let least = all.fields.saturating_add(all.described);
    if least > COST_MAX {
        return Err(too_costly(least));
    }
    Ok((document, Described(all.described)))
}

/// How deep braces are nested, and brackets of any kind, those in strings and comments aside: known before the parser descends.
fn nesting(query: &str) -> (usize, usize) {
    let (mut depths, mut deepest) = ([0_usize; 2], [0_usize; 2]);
    let mut rest = query;
    while let Some(letter) = rest.chars().next() {
        rest = match letter {
            '#' => rest.trim_start_matches(|c| !matches!(c, '\n' | '\r')),
            '"' => after_string(rest),
            _ => &rest[letter.len_utf8()..],
        };
        for (at, (open, close)) in [("{", "}"), ("{[(", "}])")].into_iter().enumerate() {
            if open.contains(letter) {
                depths[at] += 1;
            } else if close.contains(letter) {
                depths[at] = depths[at].saturating_sub(1);
            }
            deepest[at] = deepest[at].max(depths[at]);
        }
    }
    (deepest[0], deepest[1])
}

/// What follows a string, which goes on to its end or to that of its line; a block goes on over lines.
fn after_string(text: &str) -> &str {
    let block = text.starts_with("\"\"\"");
    let end = if block { "\"\"\"" } else { "\"" };
    let mut rest = &text[end.len()..];
    while let Some(letter) = rest.chars().next() {
        let escaped = if block { rest.starts_with("\\\"\"\"") } else { letter == '\\' };
        if let Some(after) = rest.strip_prefix(end) {
            return after;
        } else if !block && matches!(letter, '\n' | '\r') {
            return rest;
        } else if escaped && block {
            rest = &rest[4..];
        } else if escaped {
            rest = rest[1..].strip_prefix(|_| true).unwrap_or_default();
        } else {
            rest = &rest[letter.len_utf8()..];
        }
    }
    rest
}

struct Sizes<'a> {
    document: &'a ExecutableDocument,
    /// Of fragments, inside a description or not; none while one is being measured.
    known: HashMap<(&'a str, bool), Option<Size>>,
}

impl<'a> Sizes<'a> {
    fn of(&mut self, set: &'a SelectionSet, described: bool) -> Result<Size, ServerError> {
        let mut all = Size::default();
        for selection in &set.items {
            let one = match &selection.node {
                Selection::Field(Positioned { node: field, .. }) => {
                    let name = field.name.node.as_str();
                    let inside = described || name.starts_with("__") && name != "__typename";
                    let below = self.of(&field.selection_set.node, inside)?;
                    let many = if inside { rows_of(name) } else { 1 };
                    let described = if inside { below.described.saturating_add(1).saturating_mul(many) } else { below.described };
                    Size { depth: below.depth + 1, fields: below.fields.saturating_add(1), described }
                }
                Selection::FragmentSpread(spread) => self.fragment(spread.node.fragment_name.node.as_str(), described)?,
                Selection::InlineFragment(inline) => self.of(&inline.node.selection_set.node, described)?,
            };
            all = all.and(one);
        }
        Ok(all)
    }

    fn fragment(&mut self, name: &str, described: bool) -> Result<Size, ServerError> {
        // a fragment nobody wrote is the library's to refuse
        let Some((name, fragment)) = self.document.fragments.get_key_value(name) else { return Ok(Size::default()) };
        match self.known.get(&(name.as_str(), described)) {
            Some(Some(size)) => return Ok(*size),
            Some(None) => return Err(refusal("invalid_query", format!("The fragment {name} spreads itself: leave that out."), &[])),
            None => {}
        }
        self.known.insert((name.as_str(), described), None);
        let size = self.of(&fragment.node.selection_set.node, described)?;
        self.known.insert((name.as_str(), described), Some(size));
        Ok(size)
    }
}

impl Size {
    fn and(self, other: Self) -> Self {
        Self {
            depth: self.depth.max(other.depth),
            fields: self.fields.saturating_add(other.fields),
            described: self.described.saturating_add(other.described),
        }
    }
}

/// How many a field of the schema's description brings, about.
fn rows_of(name: &str) -> u64 {
    match name {
        "types" => 40,
        "fields" => 8,
        "inputFields" | "enumValues" | "directives" => 4,
        "args" => 2,
        _ => 1,
    }
}

/// Refuses what costs too much, once the library has added it up.
pub struct Cost;

impl ExtensionFactory for Cost {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self)
    }
}

#[async_trait::async_trait]
impl Extension for Cost {
    async fn validation(&self, ctx: &ExtensionContext<'_>, next: NextValidation<'_>) -> Result<ValidationResult, Vec<ServerError>> {
        let result = next.run(ctx).await?;
        let described = ctx.data_opt::<Described>().map_or(0, |described| described.0);
        let cost = u64::try_from(result.complexity).unwrap_or(u64::MAX).saturating_add(described);
        if cost > COST_MAX { Err(vec![too_costly(cost)]) } else { Ok(result) }
    }
}

fn too_deep(depth: usize) -> ServerError {
    let words = format!("This query is {depth} fields deep, and {DEPTH_MAX} is the limit: ask for less below each other.");
    refusal("too_deep", words, &[("depth", json!(depth)), ("limit", json!(DEPTH_MAX))])
}

fn too_costly(cost: u64) -> ServerError {
    let words = format!("This query costs {cost}, and {COST_MAX} is the limit: ask for fewer rows (limit) or fewer fields.");
    refusal("too_costly", words, &[("cost", json!(cost)), ("limit", json!(COST_MAX))])
}

fn refusal(code: &str, message: String, figures: &[(&str, Value)]) -> ServerError {
    let detail = Rejection { field: "query".into(), code: code.into(), message: message.clone() };
    let mut told = ErrorExtensionValues::default();
    let as_value = |value: Value| async_graphql::Value::from_json(value).unwrap_or_default();
    told.set("code", code);
    told.set("details", as_value(json!([detail])));
    figures.iter().for_each(|(name, value)| told.set(*name, as_value(value.clone())));
    ServerError { extensions: Some(told), ..ServerError::new(message, None) }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    fn code(query: &str) -> String {
        let Err(refused) = read(query) else { return String::new() };
        let told = serde_json::to_value(refused).unwrap();
        told["extensions"]["code"].as_str().unwrap_or("unreadable").to_owned()
    }

    #[test]
    fn depth_is_counted_through_fragments_and_not_in_texts() {
        let deep = |n: usize| format!("{}a{}", "{a".repeat(n), "}".repeat(n));
        assert_eq!((code(&deep(DEPTH_MAX)), code(&deep(DEPTH_MAX + 1))), (String::new(), "too_deep".into()));
        assert_eq!(code(&deep(10_000)), "too_deep");
        let values = |n: usize| format!("{{ a(b: {}{}) }}", "[".repeat(n), "]".repeat(n));
        assert_eq!((code(&values(30)), code(&values(30_000))), (String::new(), "too_deep".into()));
        let hidden = format!("query @a(b: \"\"\" \" \\\"\"\" {{ \"\"\") {}", deep(10_000));
        assert_eq!(code(&hidden), "too_deep", "a quote in a block ends nothing");
        assert_eq!(code(&format!("{{ {} }}", "a ".repeat(40_000))), "too_large");
        let chain: String = (0..DEPTH_MAX).map(|n| format!("fragment f{n} on A {{ a {{ ...f{} }} }} ", n + 1)).collect();
        assert_eq!(code(&format!("{{ ...f0 }} {chain} fragment f{DEPTH_MAX} on A {{ a }}")), "too_deep");
        let text = "{".repeat(50);
        assert_eq!(code(&format!("{{ a(b: \"{text}\\\"{text}\") }} # {text}")), "");
    }

    #[test]
    fn a_fragment_counts_wherever_it_is_spread_and_never_in_itself() {
        let double: String = (0..40).map(|n| format!("fragment f{n} on A {{ ...f{m} ...f{m} }} ", m = n + 1)).collect();
        assert_eq!(code(&format!("{{ ...f0 }} {double} fragment f40 on A {{ a }}")), "too_costly");
        assert_eq!(code("{ ...f } fragment f on A { ...g } fragment g on A { ...f }"), "invalid_query");
        assert_eq!(code("{ a } fragment f on A { b { ...f } }"), "invalid_query");
        let aliases: String = (0..1_001).map(|n| format!("a{n}: b {{ ...f }} ")).collect();
        let hundred = "a ".repeat(100);
        assert_eq!(code(&format!("{{ {aliases} }} fragment f on A {{ {hundred} }}")), "too_costly");
    }

    #[test]
    fn a_description_of_descriptions_costs_what_it_brings() {
        assert_eq!(code("{ __schema { types { name fields { name args { name } } } } }"), "");
        assert_eq!(
            code("{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }"),
            "too_costly"
        );
        assert_eq!(
            code(
                "{ __schema { ...f } } fragment f on __Schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } }"
            ),
            "too_costly"
        );
    }

    #[test]
    fn only_reads_are_read() {
        assert_eq!(code("mutation { a }"), "read_only");
        assert_eq!(code("subscription { a }"), "read_only");
        assert_eq!(code("{ a "), "unreadable");
    }
}
