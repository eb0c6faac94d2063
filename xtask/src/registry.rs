//! The registry of elements as data: what the loader, the bundles and the docs know of elements.

/// An element of the widget.
#[derive(Debug)]
pub(crate) struct Element {
    /// The name behind `account-`.
    pub(crate) name: &'static str,
    /// The name of its class in Rust's and JavaScript's fashion.
    pub(crate) class: &'static str,
    /// What a shopper does with it.
    pub(crate) about: &'static str,
    /// The cargo feature that has it.
    pub(crate) bundle: &'static str,
    /// What is inside it, where that is WebAssembly.
    pub(crate) widget: Option<Widget>,
    own_attributes: &'static [Attribute],
    own_events: &'static [Event],
}

/// What widgets.js knows of an element.
#[derive(Debug)]
pub(crate) struct Widget {
    /// The document in `src/api/` that the element begins with.
    pub(crate) document: &'static str,
    /// The document's variables.
    pub(crate) variables: &'static [(&'static str, Variable)],
    /// Parameters of the page's address that the element takes, and their names in its configuration.
    pub(crate) url_parameters: &'static [(&'static str, &'static str)],
    /// Whether a theme has it on every page.
    pub(crate) is_site_wide: bool,
}

use Variable::{Config, PageSize};

// Only this file of the rules: compiling the whole crate would take long on every fresh machine.
#[allow(unreachable_pub, reason = "what the rules crate exports")]
#[path = "../../rules/src/paging.rs"]
mod paging;

pub(crate) use paging::PAGE_SIZE;

/// A variable of a first query.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Variable {
    /// How many addresses a page of the address book has.
    PageSize,
    /// What the element is configured with by this name.
    Config(&'static str),
}

/// An attribute of an element.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attribute {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    pub(crate) default: DefaultValue,
    holds: Holds,
    /// The values of [`Holds::OneOf`].
    pub(crate) values: &'static [&'static str],
}

/// What an attribute holds.
#[derive(Clone, Copy, Debug)]
enum Holds {
    Text,
    List,
    Number,
    Ids,
    Url,
    OwnUrl,
    Language,
    Country,
    OneOf,
}

impl Attribute {
    /// What it holds, in words.
    pub(crate) fn holds(&self) -> String {
        let words = match self.holds {
            Holds::Text => "text",
            Holds::List => "list",
            Holds::Number => "number",
            Holds::Ids => "list of ids",
            Holds::Url => "URL",
            Holds::OwnUrl => "URL on this origin",
            Holds::Language => "language (BCP 47)",
            Holds::Country => "country (ISO 3166-1 alpha-2)",
            Holds::OneOf => return self.values_as(|value| format!("`{value}`")).join(" or "),
        };
        words.to_owned()
    }

    /// Its type in TypeScript.
    pub(crate) fn typescript(&self) -> String {
        match self.holds {
            Holds::OneOf => self.values_as(|value| format!("{value:?}")).join(" | "),
            Holds::Number => "number | string".to_owned(),
            Holds::Text
            | Holds::List
            | Holds::Ids
            | Holds::Url
            | Holds::OwnUrl
            | Holds::Language
            | Holds::Country => "string".to_owned(),
        }
    }

    /// The property that is this attribute, `returnTo` for `return-to`; none where HTML has a property of that name for something
    /// else, as `attributes`.
    pub(crate) fn property(&self) -> Option<String> {
        if self.name == "attributes" {
            return None;
        }
        let mut words = self.name.split('-');
        let first = words.next()?.to_owned();
        Some(words.fold(first, |name, word| {
            let (initial, rest) = word.split_at(1);
            name + &initial.to_uppercase() + rest
        }))
    }

    /// That property, unless every element of HTML has it, as `lang`.
    pub(crate) fn own_property(&self) -> Option<String> {
        self.property().filter(|property| property != "lang")
    }

    fn values_as(&self, shown: fn(&str) -> String) -> Vec<String> {
        self.values.iter().map(|value| shown(value)).collect()
    }
}

/// What counts when an attribute is not given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DefaultValue {
    /// It must be given.
    Required,
    /// Nothing.
    None,
    /// This value.
    Value(&'static str),
}

/// An event that elements fire.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Event {
    /// The name behind `account:`.
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    /// The type of its `detail` in TypeScript.
    pub(crate) detail: &'static str,
    /// Whether a listener may prevent what follows.
    pub(crate) is_cancelable: bool,
}

impl Element {
    /// The tag's name.
    pub(crate) fn tag(&self) -> String {
        format!("account-{}", self.name)
    }

    /// Its attributes, those of every element first.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = &'static Attribute> {
        COMMON_ATTRIBUTES.iter().chain(self.own_attributes)
    }

    /// Its own attributes.
    pub(crate) const fn own_attributes(&self) -> &'static [Attribute] {
        self.own_attributes
    }

    /// Its events, those of every element first.
    pub(crate) fn events(&self) -> impl Iterator<Item = &'static Event> {
        COMMON_EVENTS.iter().chain(self.own_events)
    }

    /// Its own events.
    pub(crate) const fn own_events(&self) -> &'static [Event] {
        self.own_events
    }
}

/// The elements of a bundle; the last bundle has all whose inside is WebAssembly.
pub(crate) fn elements_of(bundle: &str) -> impl Iterator<Item = &'static Element> {
    let has_all = BUNDLES.last() == Some(&bundle);
    widgets().filter(move |element| has_all || element.bundle == bundle)
}

/// The elements whose inside is WebAssembly.
pub(crate) fn widgets() -> impl Iterator<Item = &'static Element> {
    ELEMENTS.iter().filter(|element| element.widget.is_some())
}

/// The one element that the loader does itself.
pub(crate) fn consent() -> Option<&'static Element> {
    ELEMENTS.iter().find(|element| element.widget.is_none())
}

macro_rules! elements {
    (
        bundles { $($bundle_name:literal),+ }
        attributes { $($attributes:tt)+ }
        loader_attributes { $($loader_attributes:tt)+ }
        events {
            $(
                #[doc = $event_doc:literal]
                $event:ident = $event_name:literal: $detail:literal $(, $cancelable:ident)?;
            )+
        }
        common {
            attributes: [$($common_attribute:ident),+],
            events: [$($common_event:ident),+],
        }
        elements {
            $(
                #[doc = $doc:literal]
                $element:ident = $name:literal {
                    bundle: $bundle:literal,
                    component: $component:path,
                    first_query: $document:literal $variables:tt,
                    attributes: [$($attribute:ident),* $(,)?],
                    events: [$($own_event:ident),* $(,)?],
                    $(url_parameters: $parameters:tt,)?
                    $(site_wide: $site_wide:literal,)?
                }
            )+
        }
        loader_elements {
            $(
                #[doc = $loader_doc:literal]
                $loader_element:ident = $loader_name:literal {
                    bundle: $loader_bundle:literal,
                    attributes: [$($loader_attribute:ident),* $(,)?],
                    events: [$($loader_event:ident),* $(,)?],
                }
            )+
        }
    ) => {
        /// The bundles of elements, the lightest first; the last has every element.
        pub(crate) const BUNDLES: &[&str] = &[$($bundle_name),+];

        attributes! { $($attributes)+ $($loader_attributes)+ }

        mod event {
            use super::Event;
            $(
                pub(super) const $event: Event = Event {
                    name: $event_name,
                    about: $event_doc.trim_ascii_start(),
                    detail: $detail,
                    is_cancelable: flag!($($cancelable)?),
                };
            )+
        }

        /// Every event.
        pub(crate) const EVENTS: &[Event] = &[$(event::$event),+];

        /// What every element has.
        pub(crate) const COMMON_ATTRIBUTES: &[Attribute] = &[$(attribute::$common_attribute),+];

        /// What every element fires.
        pub(crate) const COMMON_EVENTS: &[Event] = &[$(event::$common_event),+];

        /// Every element.
        pub(crate) const ELEMENTS: &[Element] = &[
            $(
                Element {
                    name: $name,
                    class: concat!("Account", stringify!($element)),
                    about: $doc.trim_ascii_start(),
                    bundle: $bundle,
                    widget: Some(Widget {
                        document: $document,
                        variables: &$variables,
                        url_parameters: list!($($parameters)?),
                        is_site_wide: flag!($($site_wide)?),
                    }),
                    own_attributes: &[$(attribute::$attribute),*],
                    own_events: &[$(event::$own_event),*],
                },
            )+
            $(
                Element {
                    name: $loader_name,
                    class: concat!("Account", stringify!($loader_element)),
                    about: $loader_doc.trim_ascii_start(),
                    bundle: $loader_bundle,
                    widget: None,
                    own_attributes: &[$(attribute::$loader_attribute),*],
                    own_events: &[$(event::$loader_event),*],
                },
            )+
        ];
    };
}

macro_rules! attributes {
    (
        $(
            #[doc = $doc:literal]
            $attribute:ident = $name:literal: $holds:ident $(($($value:literal),+))?, $default:tt;
        )+
    ) => {
        mod attribute {
            use super::{Attribute, DefaultValue, Holds};
            $(
                pub(super) const $attribute: Attribute = Attribute {
                    name: $name,
                    about: $doc.trim_ascii_start(),
                    default: default!($default),
                    holds: Holds::$holds,
                    values: &[$($($value),+)?],
                };
            )+
        }
    };
}

macro_rules! default {
    (none) => {
        DefaultValue::None
    };
    (required) => {
        DefaultValue::Required
    };
    ($value:literal) => {
        DefaultValue::Value($value)
    };
}

macro_rules! flag {
    () => {
        false
    };
    ($is_set:tt) => {
        true
    };
}

macro_rules! list {
    () => {
        &[]
    };
    ($list:tt) => {
        &$list
    };
}

include!("../../src/embed/registry.rs");
