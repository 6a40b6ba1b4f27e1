//! What a mapping makes of each column of a file: what a preview shows above it, and which columns a report calls unused.

use super::Mapping;
use super::cells::Columns;
use super::field::Field;
use crate::Kind;
use domain::Rejections;

impl Mapping {
    /// For each column, the fields it becomes part of, and `key`, `owner`, or the file it finds rows of. Empty for a column that is not used.
    #[must_use]
    pub fn uses(&self, kind: Kind, names: &csv::StringRecord) -> Vec<Vec<String>> {
        let mut uses = vec![Vec::new(); names.len()];
        let mut note = |what: &str, find: &dyn Fn(&mut Columns<'_>)| {
            let mut columns = Columns::new(names);
            find(&mut columns);
            for index in columns.used {
                if let Some(of) = uses.get_mut(index) {
                    of.push(what.to_owned());
                }
            }
        };
        let fields = self.fields.iter().filter(|(name, _)| kind.fields().contains(&name.as_str()));
        for (name, spec) in fields.chain(&self.attributes) {
            note(name, &|columns| drop(Field::bind(&spec.0, columns)));
        }
        note("key", &|columns| all(columns, &self.key));
        if let Some(owner) = &self.owner {
            note("owner", &|columns| drop(owner.bind(columns, &mut Rejections::default())));
        }
        for table in &self.join {
            let there = [table.stem(), ".", &table.key].concat();
            note(&table.file, &|columns| all(columns, &[table.on.clone(), there.clone()]));
        }
        uses
    }
}

fn all(columns: &mut Columns<'_>, names: &[String]) {
    for name in names {
        columns.index(name);
    }
}
