//! A configuration made by a program (flags, a plugin's parameter, a build script) in the words of `xlc.toml`, so that it is
//! read and checked by the same code as a file.

use std::collections::BTreeMap;
use std::path::Path;

use toml::{Table, Value};

/// What an `xlc.toml` would say.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// The entries of `contract`.
    pub contract: Vec<String>,
    /// The entries of `include`; the default of the file if there are none.
    pub include: Vec<String>,
    /// The tables of the targets, `out` included.
    pub targets: BTreeMap<String, Table>,
}

impl Draft {
    /// A contract that is named by paths. Imports are looked up in `include`, and then in each directory among the paths:
    /// it is its own import root. Where there is neither, the default of the file holds.
    #[must_use]
    pub fn of_contract(contract: &[String], include: &[String]) -> Self {
        let own = contract.iter().filter(|path| Path::new(path).is_dir());
        Self {
            contract: contract.to_vec(),
            include: include.iter().chain(own).cloned().collect(),
            ..Self::default()
        }
    }

    /// The text of the file.
    #[must_use]
    pub fn text(&self) -> String {
        let list =
            |items: &[String]| Value::Array(items.iter().cloned().map(Value::String).collect());
        let mut file = Table::new();
        file.insert("version".into(), Value::Integer(1));
        file.insert("contract".into(), list(&self.contract));
        if !self.include.is_empty() {
            file.insert("include".into(), list(&self.include));
        }
        let targets = self.targets.iter();
        let targets = targets.map(|(name, table)| (name.clone(), Value::Table(table.clone())));
        file.insert("target".into(), Value::Table(targets.collect()));
        file.to_string()
    }

    /// Adds a target, or says anew where its files go.
    pub fn set_out(&mut self, target: &str, out: &str) {
        let table = self.targets.entry(target.to_owned()).or_default();
        table.insert("out".to_owned(), Value::String(out.to_owned()));
    }

    /// Adds options to a target from `key=value` words. A value that is no TOML by itself is a string.
    ///
    /// # Errors
    /// If a word is not of that form; the text says which.
    pub fn add_options<'a>(
        &mut self,
        target: &str,
        words: impl IntoIterator<Item = &'a str>,
    ) -> Result<(), String> {
        let table = self.targets.entry(target.to_owned()).or_default();
        for word in words {
            let (key, value) = word
                .split_once('=')
                .ok_or_else(|| format!("`{word}` is not of the form `key=value`"))?;
            if key.trim() == "out" {
                return Err(
                    "`out` is not an option of its own: the directory is given otherwise".into(),
                );
            }
            let value = match format!("value = {value}").parse::<Table>() {
                Ok(mut parsed) if parsed.len() == 1 => parsed.remove("value"),
                Ok(_) | Err(_) => None,
            }
            .unwrap_or_else(|| Value::String(value.to_owned()));
            table.insert(key.trim().to_owned(), value);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Draft;

    #[test]
    fn values_are_toml_or_else_strings() {
        let mut draft = Draft {
            contract: vec!["a \"b\"".into()],
            ..Draft::default()
        };
        let words = [
            "package=a.b",
            "flag=true",
            "list=[\"x\"]",
            "text=\"1\"",
            "odd=1\nx = 2",
        ];
        draft.add_options("python", words).unwrap();
        let table = draft.text().parse::<toml::Table>().unwrap();
        let options = &table["target"]["python"];
        assert_eq!(options["package"].as_str(), Some("a.b"));
        assert_eq!(options["flag"].as_bool(), Some(true));
        assert_eq!(options["list"][0].as_str(), Some("x"));
        assert_eq!(options["text"].as_str(), Some("1"));
        assert_eq!(options["odd"].as_str(), Some("1\nx = 2"));
        assert_eq!(table["contract"][0].as_str(), Some("a \"b\""));
        assert!(draft.add_options("python", ["flag"]).is_err());
    }
}
