//! The documents of the widget's queries, as a script sends them.

use crate::files::read_text;
use anyhow::Result;

#[path = "../../build/document.rs"]
mod document;

/// The document `src/api/{name}.graphql` as a script sends it.
pub(crate) fn query(name: &str) -> Result<String> {
    let document = read_text(&format!("src/api/{name}.graphql"))?;
    let fragments = read_text("src/api/fragments.graphql")?;
    Ok(document::to_send(&document, &fragments))
}

/// The name of a document's operation.
pub(crate) fn operation(document: &str) -> Option<&str> {
    let (_, name) = document.split_once("query ")?;
    let end = name.find(|c: char| !c.is_alphanumeric() && c != '_')?;
    name.get(..end)
}

#[cfg(test)]
mod tests {
    use super::document::to_send;
    use super::operation;

    #[test]
    fn a_document_is_sent_without_blanks_and_with_the_fragments_it_uses() {
        let document = "
            # who
            query Who($a: Int, $b: [Int!]) { # really
              customer(first: $a, last: $b) { entityId ...Page ... on X { id\tname } }
            }";
        let fragments = "
            # one
            fragment Address on A { city }
            fragment Pages on P { none }
            fragment Page on P { node { ...Address } }";
        let sent = to_send(document, fragments);
        assert_eq!(
            sent,
            "query Who($a:Int$b:[Int!]){customer(first:$a last:$b){entityId...Page...on X{id name}}}\
             fragment Page on P{node{...Address}}fragment Address on A{city}"
        );
        assert_eq!(operation(&sent), Some("Who"));
    }
}
