//! The answer to an element's first query, which the page brings along: the element need not ask for it. A Stencil theme
//! does the same by its front matter.

use super::view::Page;
use crate::domain::Store;
use serde_json::Value;
use std::pin::Pin;
use std::sync::Arc;

type Answering = Pin<Box<dyn Future<Output = Value> + Send>>;

/// Answers a document with its variables as a guest is answered.
#[derive(Clone)]
pub(crate) struct FirstAnswers(Arc<dyn Fn(String, Value) -> Answering + Send + Sync>);

impl FirstAnswers {
    /// By what executes GraphQL here.
    pub(crate) fn new<F, A>(execute: F) -> Self
    where
        F: Fn(String, Value) -> A + Send + Sync + 'static,
        A: Future<Output = Value> + Send + 'static,
    {
        Self(Arc::new(move |document, variables| {
            Box::pin(execute(document, variables))
        }))
    }
}

/// The answer for one element.
pub(super) struct FirstAnswer {
    /// The element's name behind `account-`.
    pub(super) element: &'static str,
    /// What the query was asked with, as JSON.
    pub(super) variables: String,
    /// The answer, as JSON that can stand in a script.
    pub(super) json: String,
}

impl FirstAnswer {
    /// What the element called `account-{element}` asks first; none for a customer, whom the element asks about itself.
    pub(super) async fn new(
        store: &Store,
        answers: &FirstAnswers,
        page: &Page,
        element: &'static str,
        variables: Value,
    ) -> Option<Self> {
        if page.customer_id.is_some() {
            return None;
        }
        let document = store.assets.first_query(element)?;
        let answer = (answers.0)(document, variables.clone()).await;
        Some(Self {
            element,
            variables: variables.to_string(),
            json: in_script(&answer),
        })
    }
}

/// JSON that no script ends within (HTML, 4.12.1.3).
fn in_script(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::in_script;
    use serde_json::json;

    #[test]
    fn no_label_ends_the_script_that_it_stands_in() {
        let text = in_script(&json!({ "label": "</script><b>" }));
        assert!(!text.contains('<'), "{text}");
        assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok());
    }
}
