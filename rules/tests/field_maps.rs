//! The map from fields to anything, which keeps the order in which it was filled.

use storefront_rules::{Choice, Field, FieldId, FieldMap, FieldType, field};

const ONE: FieldId = FieldId(1);
const TWO: FieldId = FieldId(2);
const THREE: FieldId = FieldId(3);

#[test]
fn a_map_gives_back_what_was_put_in_for_a_field_and_for_no_other() {
    let mut map = FieldMap::new();
    assert!(map.is_empty());
    assert_eq!(map.len(), 0);
    assert_eq!(map.insert(TWO, "two"), None);
    assert_eq!(map.insert(ONE, "one"), None);
    assert_eq!(map.insert(TWO, "2"), Some("two"), "what was there before");
    assert_eq!(map.len(), 2);
    assert!(!map.is_empty());
    assert_eq!(map.get(&ONE), Some(&"one"));
    assert_eq!(map.get(&TWO), Some(&"2"));
    assert_eq!(map.get(&THREE), None);
    assert!(map.contains_key(&ONE));
    assert!(!map.contains_key(&THREE));
    assert_eq!(map.remove(&THREE), None);
    assert_eq!(map.remove(&TWO), Some("2"));
    assert_eq!(map.remove(&TWO), None);
    assert_eq!(map, [(ONE, "one")].into());
}

#[test]
fn a_map_is_walked_in_the_order_in_which_it_was_filled() {
    let mut map = FieldMap::from([(THREE, 'c'), (ONE, 'a')]);
    map.extend([(TWO, 'b'), (THREE, 'd')]);
    let filled = [(THREE, 'd'), (ONE, 'a'), (TWO, 'b')];
    let walked: Vec<_> = map.iter().map(|(id, thing)| (*id, *thing)).collect();
    assert_eq!(walked, filled);
    let borrowed: Vec<_> = (&map).into_iter().map(|(id, c)| (*id, *c)).collect();
    assert_eq!(borrowed, filled);
    assert_eq!(map.keys().copied().collect::<Vec<_>>(), [THREE, ONE, TWO]);
    assert_eq!(map.into_iter().collect::<Vec<_>>(), filled);
}

#[test]
fn two_maps_are_equal_when_they_have_the_same_in_any_order() {
    let map = FieldMap::from([(ONE, 'a'), (TWO, 'b')]);
    assert_eq!(map, [(TWO, 'b'), (ONE, 'a')].into_iter().collect());
    for other in [
        FieldMap::from([(ONE, 'a'), (TWO, 'c')]),
        [(ONE, 'a'), (THREE, 'b')].into(),
        [(ONE, 'a')].into_iter().collect(),
        [(ONE, 'a'), (TWO, 'b'), (THREE, 'c')].into_iter().collect(),
        FieldMap::default(),
    ] {
        assert_ne!(map, other);
        assert_ne!(other, map);
    }
}

#[test]
fn fields_are_asked_in_their_order_and_of_two_alike_the_older_first() {
    let of = |id, sort_order| Field {
        id: FieldId(id),
        label: String::new(),
        sort_order,
        required: false,
        is_built_in: false,
        kind: FieldType::Password { max_length: None },
    };
    let mut fields = [of(9, 2), of(8, 1), of(7, 2), of(6, -1)];
    field::sort(&mut fields);
    assert_eq!(fields, [of(6, -1), of(8, 1), of(7, 2), of(9, 2)]);
}

#[test]
fn the_options_of_a_field_are_those_of_its_kind() {
    let options = vec![Choice {
        id: 4,
        label: "Tea".to_owned(),
    }];
    let with_options = |options| {
        [
            FieldType::Checkboxes { options },
            FieldType::Password { max_length: None },
        ]
    };
    let [checkboxes, password] = with_options(options.clone());
    assert_eq!(checkboxes.options(), options);
    assert_eq!(password.options(), []);
}
