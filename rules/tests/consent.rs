//! The categories of cookies.

use storefront_rules::Category;

#[test]
fn every_category_but_the_essential_is_asked_about_by_the_platforms_name() {
    for (category, name) in [
        (Category::Functional, "functional"),
        (Category::Analytics, "analytics"),
        (Category::Targeting, "targeting"),
    ] {
        assert_eq!(category.name(), name);
        assert_eq!(Category::asked(name), Some(category));
        assert_eq!(serde_json::to_value(category).unwrap(), name);
    }
    assert_eq!(Category::Essential.name(), "essential");
    for name in ["essential", "Functional", "functional ", ""] {
        assert_eq!(Category::asked(name), None, "{name}");
    }
}
