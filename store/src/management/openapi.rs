//! The document of what the V2 and V3 APIs serve, made from their handlers, and a page to read it.

use crate::domain::Store;
use crate::infra::http;
use axum::Router;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use utoipa::openapi::path::{Operation as Described, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Type};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    Components, Content, InfoBuilder, OpenApi, OpenApiBuilder, PathItem, Paths, Ref, RefOr,
    Required, Response, ResponseBuilder, Schema,
};

/// Name of the token in the document.
const TOKEN: &str = "X-Auth-Token";

/// One document of both APIs.
pub(crate) fn document(v2: OpenApi, v3: OpenApi) -> OpenApi {
    let info = InfoBuilder::new()
        .title("storefront-store: the V2 and V3 Customers APIs")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some("What this local store serves to back offices."));
    let base = OpenApiBuilder::new()
        .info(info.build())
        .paths(Paths::new())
        .components(Some(Components::new()))
        .build();
    let mut document = base
        .nest("/stores/{store_hash}/v3", v3)
        .nest("/stores/{store_hash}/v2", v2);
    for (path, item) in &mut document.paths.paths {
        describe_access(path, item);
    }
    let components = document.components.get_or_insert_with(Components::new);
    let token = SecurityScheme::ApiKey(ApiKey::Header(ApiKeyValue::new(TOKEN)));
    components.add_security_scheme(TOKEN, token);
    let nothing: [&str; 0] = [];
    document.security = Some(vec![SecurityRequirement::new(TOKEN, nothing)]);
    document
}

/// Adds what holds for every operation, and what no handler says for that reason: whose store it is,
/// and how somebody is turned away.
fn describe_access(path: &str, item: &mut PathItem) {
    let problem = RefOr::Ref(Ref::from_schema_name("ProblemDetails"));
    let problem: RefOr<Schema> = if path.starts_with("/stores/{store_hash}/v2") {
        RefOr::T(ArrayBuilder::new().items(problem).build().into())
    } else {
        problem
    };
    let refusal = |description: &str| -> RefOr<Response> {
        let content = Content::new(Some(problem.clone()));
        let response = ResponseBuilder::new()
            .description(description)
            .content("application/json", content);
        RefOr::T(response.build())
    };
    let describe = |operation: &mut Described, changes: bool| {
        let responses = &mut operation.responses.responses;
        for (status, description, holds) in [
            ("401", "The token is missing or not valid.", true),
            ("403", "The account is read-only.", changes),
            ("404", "There is no store with this hash.", true),
            ("429", "Too many requests. Wait, then try again.", true),
        ] {
            if holds {
                let said = responses.entry(status.to_owned());
                said.or_insert_with(|| refusal(description));
            }
        }
        // OpenAPI 3.1 wants a description; most statuses say it all.
        for (status, response) in responses {
            if let RefOr::T(response) = response
                && response.description.is_empty()
            {
                let status = status.parse::<StatusCode>().ok();
                let reason = status.and_then(|status| status.canonical_reason());
                reason
                    .unwrap_or("Answer")
                    .clone_into(&mut response.description);
            }
        }
    };
    for operation in item.get.iter_mut() {
        describe(operation, false);
    }
    let changes = [&mut item.post, &mut item.put, &mut item.delete];
    for operation in changes.into_iter().flatten() {
        describe(operation, true);
    }
    let text = ObjectBuilder::new().schema_type(Type::String).build();
    let store_hash = ParameterBuilder::new()
        .name("store_hash")
        .parameter_in(ParameterIn::Path)
        .required(Required::True)
        .description(Some("Hash of the store."))
        .schema(Some(text));
    let parameters = item.parameters.get_or_insert_with(Vec::new);
    parameters.push(RefOr::<Parameter>::T(store_hash.build()));
}

/// `/openapi.json`, and `/openapi`, which lists the same for people.
pub(crate) fn routes(document: &OpenApi) -> Router<Store> {
    let json = document.to_json().unwrap_or_default();
    let page = page(document);
    let serve = |content_type: &'static str, body: String| {
        get(move || async move {
            let headers = [
                (header::CONTENT_TYPE, content_type),
                (header::CACHE_CONTROL, "no-cache"),
                http::NO_SNIFF,
                (
                    HeaderName::from_static("content-security-policy"),
                    "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'",
                ),
            ];
            (StatusCode::OK, headers, body.clone()).into_response()
        })
    };
    Router::new()
        .route(
            "/openapi.json",
            serve("application/json; charset=utf-8", json),
        )
        .route("/openapi", serve("text/html; charset=utf-8", page))
}

/// A plain page: no script, nothing from elsewhere.
fn page(document: &OpenApi) -> String {
    let value = serde_json::to_value(document).unwrap_or_default();
    let mut operations = Vec::new();
    let paths = value["paths"].as_object().into_iter().flatten();
    for (path, item) in paths {
        let described = item.as_object().into_iter().flatten();
        for (method, operation) in described.filter(|(name, _)| *name != "parameters") {
            let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
            let parameters = operation["parameters"].as_array().into_iter().flatten();
            let answers = operation["responses"].as_object().into_iter().flatten();
            let body = &operation["requestBody"]["content"]["application/json"]["schema"];
            operations.push(Operation {
                tag: text(&operation["tags"][0]),
                method: method.to_uppercase(),
                path: path.clone(),
                summary: text(&operation["summary"]),
                parameters: parameters
                    .map(|parameter| (text(&parameter["name"]), text(&parameter["description"])))
                    .collect(),
                body: schema_name(body),
                answers: answers.map(|(status, _)| status.clone()).collect(),
            });
        }
    }
    operations.sort_by(|a, b| a.tag.cmp(&b.tag));
    let schemas = value["components"]["schemas"]
        .as_object()
        .into_iter()
        .flatten();
    let schemas = schemas
        .map(|(name, schema)| {
            let properties = schema["properties"].as_object().into_iter().flatten();
            let properties = properties
                .map(|(name, property)| {
                    let about = property["description"].as_str().unwrap_or_default();
                    (name.clone(), about.to_owned())
                })
                .collect();
            (name.clone(), properties)
        })
        .collect();
    askama::Template::render(&Page {
        operations,
        schemas,
    })
    .unwrap_or_default()
}

/// The last name in a schema's reference, also within a list.
fn schema_name(schema: &serde_json::Value) -> String {
    let item = &schema["items"]["$ref"];
    let (reference, is_list) = match schema["$ref"].as_str() {
        Some(reference) => (reference, false),
        None => (item.as_str().unwrap_or_default(), true),
    };
    let name = reference.rsplit('/').next().unwrap_or_default();
    match (name, is_list) {
        ("", _) => String::new(),
        (name, true) => format!("[{name}]"),
        (name, false) => name.to_owned(),
    }
}

/// What can be asked, as the page shows it.
struct Operation {
    tag: String,
    method: String,
    path: String,
    summary: String,
    parameters: Vec<(String, String)>,
    body: String,
    answers: Vec<String>,
}

/// Properties of a schema, each with what it is.
type Properties = Vec<(String, String)>;

#[derive(askama::Template)]
#[template(path = "openapi.html")]
struct Page {
    operations: Vec<Operation>,
    schemas: Vec<(String, Properties)>,
}
