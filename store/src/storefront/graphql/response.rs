//! What becomes of a response while it is made: it is given up where it grows too large, and an error makes the
//! nearest nullable parent null (GraphQL, 6.4.4). The library by itself leaves the key out.

use super::selections::{keep_objects, without_kept};
use async_graphql::async_trait::async_trait;
use async_graphql::extensions::{
    Extension, ExtensionContext, ExtensionFactory, NextExecute, NextParseQuery, NextResolve,
    ResolveInfo,
};
use async_graphql::parser::types::ExecutableDocument;
use async_graphql::{Response, ServerError, ServerResult, Value, Variables};
use std::sync::{Arc, Mutex, PoisonError};

/// Largest response, in bytes of its names and values.
const LIMIT: usize = 2 * 1024 * 1024;

/// Watches over every response of a schema.
pub(super) struct ResponseExtension;

impl ExtensionFactory for ResponseExtension {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(PendingResponse::default())
    }
}

/// One response that is being made.
#[derive(Default)]
struct PendingResponse(Mutex<State>);

#[derive(Default)]
struct State {
    bytes: usize,
    errors: Vec<ServerError>,
    /// Paths of what must be null because a field of it is null and may not be.
    nulls: Vec<Vec<String>>,
}

impl State {
    const fn is_too_large(&self) -> bool {
        self.bytes > LIMIT
    }

    /// What stands for the value at `path`, which may be null where its type says so, or else makes what it
    /// is in null.
    fn settle(&mut self, path: &[String], value_type: &str, resolved: Resolved) -> Value {
        let before = self.nulls.len();
        self.nulls.retain(|null| null != path);
        let may_be_null = !value_type.ends_with('!');
        let value = match resolved {
            _ if self.nulls.len() < before => Value::Null,
            Ok(value) => without_kept(value),
            Err(error) => {
                self.errors.push(error);
                Value::Null
            }
        };
        if value == Value::Null && !may_be_null {
            let parent = path.split_last().map_or(&[][..], |(_, parent)| parent);
            self.nulls.push(parent.to_vec());
        }
        value
    }
}

/// A field or an item of a list as the library resolves it.
type Resolved = ServerResult<Value>;

impl PendingResponse {
    fn with<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[async_trait]
impl Extension for PendingResponse {
    async fn resolve(
        &self,
        ctx: &ExtensionContext<'_>,
        info: ResolveInfo<'_>,
        next: NextResolve<'_>,
    ) -> ServerResult<Option<Value>> {
        if self.with(|state| state.is_too_large()) {
            // Nothing at all would be a panic of the library in a list.
            return Ok(Some(Value::Null));
        }
        let path = info.path_node.to_string_vec();
        let value_type = info.return_type.to_owned();
        let name = info.alias.unwrap_or(info.name).len();
        let resolved = next.run(ctx, info).await;
        let resolved = resolved.map(Option::unwrap_or_default);
        Ok(self.with(|state| {
            state.bytes += name + resolved.as_ref().map_or(0, scalar_bytes);
            Some(state.settle(&path, &value_type, resolved))
        }))
    }

    async fn parse_query(
        &self,
        ctx: &ExtensionContext<'_>,
        query: &str,
        variables: &Variables,
        next: NextParseQuery<'_>,
    ) -> ServerResult<ExecutableDocument> {
        let mut document = next.run(ctx, query, variables).await?;
        keep_objects(&mut document);
        Ok(document)
    }

    async fn execute(
        &self,
        ctx: &ExtensionContext<'_>,
        operation_name: Option<&str>,
        next: NextExecute<'_>,
    ) -> Response {
        let mut response = next.run(ctx, operation_name).await;
        self.with(|state| {
            if state.is_too_large() {
                let message =
                    format!("The answer is larger than {LIMIT} bytes. Ask for less at a time.");
                return Response::from_errors(vec![ServerError::new(message, None)]);
            }
            response.errors.append(&mut state.errors);
            response.data = if state.nulls.is_empty() {
                without_kept(std::mem::take(&mut response.data))
            } else {
                Value::Null
            };
            response
        })
    }
}

/// The bytes of a value itself: the fields of an object and the items of a list are counted on their own.
fn scalar_bytes(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len(),
        Value::Null | Value::Number(_) | Value::Boolean(_) | Value::Enum(_) | Value::Binary(_) => 8,
        Value::Object(_) | Value::List(_) => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::value;

    fn path(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn an_error_goes_up_to_where_a_null_may_be() {
        let mut state = State::default();
        let failed = || Err(ServerError::new("no", None));
        for (names, value_type) in [
            (
                &["customer", "addresses", "edges", "0", "node"][..],
                "CustomerAddress!",
            ),
            (&["customer", "addresses", "edges", "0"], "AddressEdge!"),
        ] {
            let value = state.settle(&path(names), value_type, failed());
            assert_eq!(value, Value::Null);
        }
        let edges = value!([null, { "cursor": "b" }]);
        let names = ["customer", "addresses", "edges"];
        assert_eq!(
            state.settle(&path(&names), "[AddressEdge!]", Ok(edges)),
            Value::Null
        );
        let rest = value!({ "edges": null, "pageInfo": { "hasNextPage": true } });
        let kept = state.settle(&path(&names[..2]), "AddressConnection!", Ok(rest.clone()));
        assert_eq!(kept, rest);
        assert!(state.nulls.is_empty());
    }

    #[test]
    fn an_error_of_what_is_never_null_leaves_no_data() {
        let mut state = State::default();
        let failed = Err(ServerError::new("no", None));
        assert_eq!(state.settle(&path(&["site"]), "Site!", failed), Value::Null);
        assert_eq!(state.nulls, [path(&[])]);
    }
}
