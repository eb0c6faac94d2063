//! Bounds of a GraphQL document. What it says is counted before anything walks it, fragments included, so that
//! it takes no work that a guest can choose. What a response may hold: `response.rs`.

use async_graphql::parser::types::{
    Directive, ExecutableDocument, FragmentDefinition, Selection, SelectionSet,
};
use async_graphql::{Name, Positioned};
use std::collections::HashMap;

/// Most brackets of any kind within each other.
const NESTING: usize = 64;

/// Most fragments of a document.
const FRAGMENTS: usize = 100;

/// Most fields and spreads of a document with every fragment put in where it is spread: no more than
/// the platform's limit of complexity lets through.
const SELECTIONS: usize = 10_000;

/// Most directives of a document.
const DIRECTIVES: usize = 100;

/// Most aliases of a document.
const ALIASES: usize = 250;

/// Why a document is not executed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum LimitError {
    /// Its brackets are too deep.
    #[error("The document is nested too deeply. Nest at most {NESTING} brackets.")]
    Nesting,
    /// It has too many fragments.
    #[error("The document has too many fragments. Define at most {FRAGMENTS}.")]
    Fragments,
    /// A fragment spreads itself.
    #[error("A fragment of the document spreads itself.")]
    Cycle,
    /// It selects too much.
    #[error(
        "The document selects too many fields. Select at most {SELECTIONS}, fragments included."
    )]
    Selections,
    /// It has too many directives.
    #[error("The document has too many directives. Use at most {DIRECTIVES}.")]
    Directives,
    /// It has too many aliases.
    #[error("The document has too many aliases. Use at most {ALIASES}.")]
    Aliases,
}

/// Counts how deeply a document is nested before it is parsed: the parser calls itself for every level.
///
/// # Errors
/// [`LimitError::Nesting`].
pub(super) fn check_nesting(document: &str) -> Result<(), LimitError> {
    let mut depth = 0_usize;
    let mut rest = document;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' => string_length(rest),
            '#' => rest.find(['\n', '\r']).unwrap_or(rest.len()),
            _ => first.len_utf8(),
        };
        match first {
            '{' | '[' | '(' => depth += 1,
            '}' | ']' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > NESTING {
            return Err(LimitError::Nesting);
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    Ok(())
}

/// The length of the string that `text` begins with, quotes included; of what is not closed, all of it.
fn string_length(text: &str) -> usize {
    let quote = if text.starts_with("\"\"\"") {
        "\"\"\""
    } else {
        "\""
    };
    let mut at = quote.len();
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with(quote) {
            return at + quote.len();
        }
        let mut next = rest.chars();
        at += next.next().map_or(1, char::len_utf8);
        if rest.starts_with('\\') {
            at += next.next().map_or(0, char::len_utf8);
        }
    }
    text.len()
}

/// Counts what a document says, each fragment once.
///
/// # Errors
/// [`LimitError`].
pub(super) fn check_document(document: &ExecutableDocument) -> Result<(), LimitError> {
    Count::new(document).check(document).map(|_| ())
}

type Fragments = HashMap<Name, Positioned<FragmentDefinition>>;

struct Count<'a> {
    fragments: &'a Fragments,
    /// What each fragment selects; none while it is being counted.
    known: HashMap<&'a Name, Option<usize>>,
    directives: usize,
    aliases: usize,
    /// How many selection sets were walked: a test's measure of the work.
    #[cfg(test)]
    walked: usize,
}

impl<'a> Count<'a> {
    fn new(document: &'a ExecutableDocument) -> Self {
        Self {
            fragments: &document.fragments,
            known: HashMap::new(),
            directives: 0,
            aliases: 0,
            #[cfg(test)]
            walked: 0,
        }
    }

    /// How many fields and spreads all operations select.
    fn check(&mut self, document: &'a ExecutableDocument) -> Result<usize, LimitError> {
        within(document.fragments.len(), FRAGMENTS, LimitError::Fragments)?;
        let mut selections = 0_usize;
        for (_, operation) in document.operations.iter() {
            self.add_directives(&operation.node.directives)?;
            let own = self.selections(&operation.node.selection_set.node)?;
            selections = selections.saturating_add(own);
        }
        // One that nothing spreads is walked by the validation all the same.
        for name in document.fragments.keys() {
            self.fragment(name)?;
        }
        within(selections, SELECTIONS, LimitError::Selections)?;
        Ok(selections)
    }

    /// How many fields and spreads there are, with every fragment put in.
    fn selections(&mut self, set: &'a SelectionSet) -> Result<usize, LimitError> {
        #[cfg(test)]
        {
            self.walked += 1;
        }
        let mut selections = 0_usize;
        for item in &set.items {
            let inside = match &item.node {
                Selection::Field(field) => {
                    self.add_directives(&field.node.directives)?;
                    self.aliases += usize::from(field.node.alias.is_some());
                    within(self.aliases, ALIASES, LimitError::Aliases)?;
                    self.selections(&field.node.selection_set.node)?
                }
                Selection::InlineFragment(fragment) => {
                    self.add_directives(&fragment.node.directives)?;
                    self.selections(&fragment.node.selection_set.node)?
                }
                Selection::FragmentSpread(spread) => {
                    self.add_directives(&spread.node.directives)?;
                    self.fragment(&spread.node.fragment_name.node)?
                }
            };
            selections = selections.saturating_add(inside).saturating_add(1);
            within(selections, SELECTIONS, LimitError::Selections)?;
        }
        Ok(selections)
    }

    /// What the fragment of this name selects; nothing where there is none, which the validation says.
    fn fragment(&mut self, name: &Name) -> Result<usize, LimitError> {
        let Some((name, fragment)) = self.fragments.get_key_value(name) else {
            return Ok(0);
        };
        match self.known.get(name) {
            Some(Some(selections)) => return Ok(*selections),
            Some(None) => return Err(LimitError::Cycle),
            None => {}
        }
        self.known.insert(name, None);
        self.add_directives(&fragment.node.directives)?;
        let selections = self.selections(&fragment.node.selection_set.node)?;
        self.known.insert(name, Some(selections));
        Ok(selections)
    }

    fn add_directives(&mut self, directives: &[Positioned<Directive>]) -> Result<(), LimitError> {
        self.directives += directives.len();
        within(self.directives, DIRECTIVES, LimitError::Directives)
    }
}

fn within(count: usize, most: usize, error: LimitError) -> Result<(), LimitError> {
    if count > most { Err(error) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::parser::parse_query;
    use proptest::prelude::*;

    /// A document of so many fragments: each selects fields, and spreads those of the later ones that it is given.
    fn document(fragments: &[(usize, Vec<usize>)]) -> String {
        let mut text = "query { ...F0 ".to_owned();
        for (index, (fields, spreads)) in fragments.iter().enumerate() {
            text += &format!("}} fragment F{index} on Query {{ __typename ");
            text += &"site { __typename } ".repeat(*fields);
            for step in spreads {
                let next = index + 1 + step;
                if next < fragments.len() {
                    text += &format!("...F{next} ");
                }
            }
        }
        text + "}"
    }

    /// The same count by walking every spread.
    fn walk(set: &SelectionSet, fragments: &Fragments) -> usize {
        let items = set.items.iter();
        items
            .map(|item| {
                1 + match &item.node {
                    Selection::Field(field) => walk(&field.node.selection_set.node, fragments),
                    Selection::InlineFragment(inline) => {
                        walk(&inline.node.selection_set.node, fragments)
                    }
                    Selection::FragmentSpread(spread) => {
                        let fragment = &fragments[&spread.node.fragment_name.node];
                        walk(&fragment.node.selection_set.node, fragments)
                    }
                }
            })
            .sum()
    }

    proptest! {
        #[test]
        fn a_count_is_that_of_walking_every_spread(
            fragments in prop::collection::vec((0..4_usize, prop::collection::vec(0..3_usize, 0..4)), 1..7),
        ) {
            let document = parse_query(document(&fragments)).unwrap();
            let (_, operation) = document.operations.iter().next().unwrap();
            let walked = walk(&operation.node.selection_set.node, &document.fragments);
            let counted = Count::new(&document).check(&document);
            prop_assert_eq!(counted, if walked > SELECTIONS { Err(LimitError::Selections) } else { Ok(walked) });
        }

        #[test]
        fn each_selection_set_is_walked_once_however_often_it_is_spread(
            fragments in prop::collection::vec((0..4_usize, prop::collection::vec(0..3_usize, 0..6)), 1..90),
        ) {
            let text = document(&fragments);
            let document = parse_query(&text).unwrap();
            let mut count = Count::new(&document);
            let _ = count.check(&document);
            // Of each field too, if it is empty.
            let sets = text.matches(['{', '_']).count();
            prop_assert!(count.walked <= sets);
        }

        #[test]
        fn no_text_takes_the_parser_deeper_than_the_limit(
            parts in prop::collection::vec(
                prop_oneof![
                    Just("{"), Just("}"), Just("["), Just("("), Just("a:"), Just("\""), Just("\"\"\""),
                    Just("\\"), Just("#"), Just("\n"), Just("$b"), Just("...F"), Just("query "), Just("é"),
                ],
                0..400,
            ),
        ) {
            let text = parts.concat();
            if check_nesting(&text).is_ok()
                && let Ok(document) = parse_query(&text)
            {
                let _ = check_document(&document);
            }
        }
    }

    #[test]
    fn a_bracket_in_a_string_opens_nothing() {
        let deep = "[".repeat(2 * NESTING);
        for text in [
            format!("\"{deep}\""),
            format!("\"\\\"{deep}\""),
            format!("\"\"\"{deep}\"{deep}\"\"\""),
            format!("# {deep}\n"),
        ] {
            assert_eq!(check_nesting(&text), Ok(()), "{text}");
        }
        assert_eq!(
            check_nesting(&format!("\"\"{deep}")),
            Err(LimitError::Nesting)
        );
        assert_eq!(
            check_nesting(&format!("# x\n{deep}")),
            Err(LimitError::Nesting)
        );
    }
}
