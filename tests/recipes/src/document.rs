//! The documents of the project, read as somebody reads them who copies what stands there.

use visits::site::repository;

/// The blocks of code of one section of a document, in their order, each with its kind (`json`, `html`, …).
pub fn blocks(document: &str, heading: &str) -> Vec<(String, String)> {
    let section = section(document, heading);
    let mut blocks = Vec::new();
    let mut block: Option<(String, String)> = None;
    for line in section.lines() {
        match (line.trim().strip_prefix("```"), block.take()) {
            (Some(kind), None) => block = Some((kind.to_owned(), String::new())),
            (Some(_), Some(done)) => blocks.push(done),
            (None, Some((kind, mut code))) => {
                code.push_str(line);
                code.push('\n');
                block = Some((kind, code));
            }
            (None, None) => {}
        }
    }
    blocks
}

/// The first block of a kind that has these words in it.
pub fn block(document: &str, heading: &str, kind: &str, words: &str) -> String {
    let blocks = blocks(document, heading);
    let wanted = blocks.iter().find(|(is, code)| is == kind && code.contains(words));
    let (_, code) = wanted.unwrap_or_else(|| panic!("{document}, {heading}: no {kind} with {words}: {blocks:#?}"));
    code.clone()
}

/// The arguments of a command that stands in a block, behind the name of its program.
pub fn arguments(command: &str, program: &str) -> Vec<String> {
    let command = command.trim().trim_start_matches("$ ");
    let rest = command.strip_prefix(program);
    let rest = rest.unwrap_or_else(|| panic!("{command} is no call of {program}"));
    rest.split_whitespace().map(ToOwned::to_owned).collect()
}

/// What stands under a heading of a document, up to the next one of its kind; the whole document where no heading is named.
pub fn section(document: &str, heading: &str) -> String {
    let text = std::fs::read_to_string(repository().join(document)).unwrap();
    under(&text, heading).to_owned()
}

fn under<'a>(text: &'a str, heading: &str) -> &'a str {
    if heading.is_empty() {
        return text;
    }
    let start = text.find(&format!("\n{heading}\n"));
    let start = start.unwrap_or_else(|| panic!("no heading {heading}"));
    let rest = text.get(start + 1..).unwrap_or_default();
    let level = heading.split(' ').next().unwrap_or_default();
    let end = rest
        .get(heading.len()..)
        .and_then(|rest| rest.find(&format!("\n{level} ")));
    end.map_or(rest, |end| rest.get(..heading.len() + end).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::blocks;
    use visits::site::repository;

    #[test]
    fn every_recipe_stands_in_two_languages_with_the_same_code() {
        let folder = repository().join("docs/recipes");
        let names = std::fs::read_dir(folder).unwrap().filter_map(Result::ok);
        let names = names.map(|entry| entry.file_name().to_string_lossy().into_owned());
        let recipes = names.filter_map(|name| name.strip_suffix(".md").map(ToOwned::to_owned));
        let english: Vec<String> = recipes
            .filter(|name| !name.contains('.') && !["README", "tried"].contains(&name.as_str()))
            .collect();
        assert!(english.len() > 10, "{english:?}");
        for name in english {
            let code = |name: &str| blocks(&format!("docs/recipes/{name}.md"), "");
            assert_eq!(code(&name), code(&format!("{name}.ru")), "{name}");
        }
    }
}
