//! Every filter of the lists answers from an index: shown by SQLite's own plan.

use crate::domain::customers::records as customers;
use crate::domain::form_fields::records as form_values;
use crate::domain::{addresses, attributes, subscribers};
use crate::infra::db::{Db, Location};
use crate::infra::select::{self, Bounds, Key, Order, PageRequest, Position};
use rusqlite::types::Null;
use rusqlite::{Connection, params_from_iter};

const PAGE: PageRequest = PageRequest {
    limit: 50,
    position: Position::Page(1),
};

const SPAN: Bounds = Bounds {
    from: Some(1),
    to: Some(2),
};

/// The first page, and those next to a row, with and without what it is ordered by.
fn positions() -> [Position; 5] {
    let at = |key: Option<Key>| select::Cursor { id: 7, key };
    let keyed = || at(Some(Key::Number(1)));
    [
        Position::Page(1),
        Position::After(at(None)),
        Position::Before(at(None)),
        Position::After(keyed()),
        Position::Before(keyed()),
    ]
}

/// The steps of the plan that read one of the large tables.
fn plan(connection: &Connection, sql: &str) -> Vec<String> {
    let mut statement = connection
        .prepare(&format!("EXPLAIN QUERY PLAN {sql}"))
        .unwrap();
    let nulls = vec![Null; statement.parameter_count()];
    let rows = statement.query_map(params_from_iter(nulls), |row| row.get::<_, String>(3));
    rows.unwrap().collect::<Result<_, _>>().unwrap()
}

async fn assert_indexed(queries: Vec<(&'static str, String)>) {
    let db = Db::open(&Location::Memory).unwrap();
    db.read(move |connection| {
        for (name, sql) in queries {
            let steps = plan(connection, &sql);
            let is_scan = |step: &&String| step.starts_with("SCAN") && !step.contains("VIRTUAL");
            let scans: Vec<_> = steps.iter().filter(is_scan).collect();
            assert!(scans.is_empty(), "{name} reads every row: {steps:?}");
        }
        Ok::<_, crate::infra::db::Error>(())
    })
    .await
    .unwrap();
}

fn texts() -> Option<Vec<String>> {
    Some(vec!["abc".to_owned(), "def".to_owned()])
}

fn text() -> Option<String> {
    Some("abc".to_owned())
}

fn numbers() -> Option<Vec<i64>> {
    Some(vec![1, 2])
}

#[tokio::test]
async fn every_filter_of_customers_answers_from_an_index() {
    use customers::Filter;
    let none = Filter::default;
    let filters = [
        (
            "id:in",
            Filter {
                ids: numbers(),
                ..none()
            },
        ),
        (
            "min_id",
            Filter {
                id_from: Some(1),
                ..none()
            },
        ),
        (
            "max_id",
            Filter {
                id_to: Some(1),
                ..none()
            },
        ),
        (
            "email:in",
            Filter {
                emails: texts(),
                ..none()
            },
        ),
        (
            "company:in",
            Filter {
                companies: texts(),
                ..none()
            },
        ),
        (
            "phone:in",
            Filter {
                phones: texts(),
                ..none()
            },
        ),
        (
            "registration_ip_address:in",
            Filter {
                registration_ips: texts(),
                ..none()
            },
        ),
        (
            "customer_group_id:in",
            Filter {
                groups: numbers(),
                ..none()
            },
        ),
        (
            "customer_group_id:in, none among them",
            Filter {
                groups: Some(vec![0, 1]),
                ..none()
            },
        ),
        (
            "name:in",
            Filter {
                names: texts(),
                ..none()
            },
        ),
        (
            "name:like",
            Filter {
                name_parts: texts(),
                ..none()
            },
        ),
        (
            "name:like, short",
            Filter {
                name_parts: Some(vec!["a".to_owned(), "de".to_owned()]),
                ..none()
            },
        ),
        (
            "name:like, short and long",
            Filter {
                name_parts: Some(vec!["ab".to_owned(), "def".to_owned()]),
                ..none()
            },
        ),
        (
            "first_name",
            Filter {
                first_name: text(),
                ..none()
            },
        ),
        (
            "last_name",
            Filter {
                last_name: text(),
                ..none()
            },
        ),
        (
            "store_credit",
            Filter {
                store_credit: Some(1),
                ..none()
            },
        ),
        (
            "tax_exempt_category",
            Filter {
                tax_exempt_category: text(),
                ..none()
            },
        ),
        (
            "date_created",
            Filter {
                created: SPAN,
                ..none()
            },
        ),
        (
            "date_modified",
            Filter {
                modified: SPAN,
                ..none()
            },
        ),
    ];
    let queries = filters
        .map(|(name, filter)| (name, customers::sql(filter, Order::default(), &PAGE)))
        .to_vec();
    assert_indexed(queries).await;
}

#[tokio::test]
async fn every_order_of_customers_walks_an_index_and_sorts_nothing() {
    use customers::Sort;
    let db = Db::open(&Location::Memory).unwrap();
    db.read(|connection| {
        for sort in [Sort::Id, Sort::Created, Sort::LastName, Sort::Modified] {
            for is_descending in [false, true] {
                for position in positions() {
                    let paging = PageRequest {
                        limit: 50,
                        position,
                    };
                    let order = sort.order(is_descending);
                    let sql = customers::sql(customers::Filter::default(), order, &paging);
                    let steps = plan(connection, &sql);
                    let sorts = steps.iter().any(|step| step.contains("TEMP B-TREE"));
                    assert!(!sorts, "{sort:?} {paging:?}: {steps:?}");
                    let is_keyed = match &paging.position {
                        Position::After(place) | Position::Before(place) => place.key.is_some(),
                        Position::Page(_) => false,
                    };
                    let scans = steps.iter().any(|step| step.starts_with("SCAN"));
                    assert!(!(is_keyed && scans), "{sort:?} {paging:?}: {steps:?}");
                }
            }
        }
        Ok::<_, crate::infra::db::Error>(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn parts_of_names_are_walked_in_the_order_of_numbers_and_not_read_to_the_end() {
    let db = Db::open(&Location::Memory).unwrap();
    db.read(|connection| {
        let short = Some(vec!["a".to_owned(), "de".to_owned()]);
        for name_parts in [texts(), short] {
            for position in positions() {
                let paging = PageRequest {
                    limit: 50,
                    position,
                };
                let filter = customers::Filter {
                    name_parts: name_parts.clone(),
                    ..customers::Filter::default()
                };
                let sql = customers::sql(filter, Order::default(), &paging);
                let steps = plan(connection, &sql);
                let sorts = steps.iter().any(|step| step.contains("TEMP B-TREE"));
                let lists = steps.iter().any(|step| step.contains("LIST SUBQUERY"));
                assert!(!sorts && !lists, "{name_parts:?} {paging:?}: {steps:?}");
            }
        }
        Ok::<_, crate::infra::db::Error>(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn every_filter_of_addresses_values_and_subscribers_answers_from_an_index() {
    let mut queries = Vec::new();
    let none = addresses::Filter::default;
    for (name, filter) in [
        (
            "address id:in",
            addresses::Filter {
                ids: numbers(),
                ..none()
            },
        ),
        (
            "address customer_id:in",
            addresses::Filter {
                customer_ids: numbers(),
                ..none()
            },
        ),
        (
            "address company:in",
            addresses::Filter {
                companies: texts(),
                ..none()
            },
        ),
        (
            "address name:in",
            addresses::Filter {
                names: texts(),
                ..none()
            },
        ),
    ] {
        queries.push((name, addresses::sql(filter, &PAGE)));
    }
    let none = attributes::ValueFilter::default;
    for (name, filter) in [
        (
            "value customer_id:in",
            attributes::ValueFilter {
                customer_ids: numbers(),
                ..none()
            },
        ),
        (
            "value attribute_id:in",
            attributes::ValueFilter {
                attribute_ids: numbers(),
                ..none()
            },
        ),
        (
            "value name",
            attributes::ValueFilter {
                name: text(),
                ..none()
            },
        ),
        (
            "value date_created",
            attributes::ValueFilter {
                created: SPAN,
                ..none()
            },
        ),
        (
            "value date_modified",
            attributes::ValueFilter {
                modified: SPAN,
                ..none()
            },
        ),
    ] {
        queries.push((name, attributes::values_sql(filter, &PAGE)));
    }
    let none = subscribers::Filter::default;
    for (name, filter) in [
        (
            "subscriber id",
            subscribers::Filter {
                id: Some(1),
                ..none()
            },
        ),
        (
            "subscriber id:in",
            subscribers::Filter {
                ids: numbers(),
                ..none()
            },
        ),
        (
            "subscriber email",
            subscribers::Filter {
                email: text(),
                ..none()
            },
        ),
        (
            "subscriber first_name",
            subscribers::Filter {
                first_name: text(),
                ..none()
            },
        ),
        (
            "subscriber last_name",
            subscribers::Filter {
                last_name: text(),
                ..none()
            },
        ),
        (
            "subscriber source",
            subscribers::Filter {
                source: text(),
                ..none()
            },
        ),
        (
            "subscriber order_id",
            subscribers::Filter {
                order_id: Some(1),
                ..none()
            },
        ),
        (
            "subscriber date_created",
            subscribers::Filter {
                created: SPAN,
                ..none()
            },
        ),
        (
            "subscriber date_modified",
            subscribers::Filter {
                modified: SPAN,
                ..none()
            },
        ),
    ] {
        queries.push((name, subscribers::sql(filter, &PAGE)));
    }
    let none = form_values::Filter::default;
    for (name, filter) in [
        (
            "answer customer_id",
            form_values::Filter {
                customer_id: Some(1),
                ..none()
            },
        ),
        (
            "answer address_id",
            form_values::Filter {
                address_id: Some(1),
                ..none()
            },
        ),
        (
            "answer field",
            form_values::Filter {
                fields: numbers(),
                ..none()
            },
        ),
    ] {
        for table in form_values::TABLES {
            let query = filter.sql(table, None, 50, 0);
            queries.extend(query.map(|(sql, _)| (name, sql)));
        }
    }
    assert_indexed(queries).await;
}
