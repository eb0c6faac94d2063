//! What this build has of the registry: names of elements with their components, attributes, events.

use leptos::prelude::*;

/// An attribute that the widget reads.
#[derive(Clone, Copy, Debug)]
pub(super) struct Attribute {
    /// Its name.
    pub(super) name: &'static str,
    /// The values it takes; empty for values of another type.
    pub(super) values: &'static [&'static str],
    /// What counts when it is not given.
    pub(super) default: Option<&'static str>,
}

/// Reads the registry. An attribute that nobody reads is dead code, and one that is not in the registry has no
/// constant to be read by.
macro_rules! elements {
    (
        bundles $bundles:tt
        attributes {
            $(
                #[doc = $attribute_doc:literal]
                $attribute:ident = $attribute_name:literal:
                    $type:ident $(($($value:literal),+))?, $default:tt;
            )+
        }
        loader_attributes $loader_attributes:tt
        events {
            $(
                #[doc = $event_doc:literal]
                $event:ident = $event_name:literal: $detail:literal $(, $cancelable:ident)?;
            )+
        }
        common $common:tt
        elements {
            $(
                #[doc = $doc:literal]
                $element:ident = $name:literal {
                    bundle: $bundle:literal,
                    component: $component:path,
                    $($rest:tt)*
                }
            )+
        }
        loader_elements $loader_elements:tt
    ) => {
        /// The elements of this build.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum ElementName {
            $(
                #[doc = $doc]
                #[cfg(feature = $bundle)]
                $element,
            )+
        }

        impl ElementName {
            /// Each with its name behind `account-` and its component.
            const ALL: &[(Self, &str, fn() -> AnyView)] = &[
                $(
                    #[cfg(feature = $bundle)]
                    (Self::$element, $name, || $component().into_any()),
                )+
            ];

            /// The element whose name is `account-{name}`, if this build has it.
            #[must_use]
            pub fn read(name: &str) -> Option<Self> {
                let mut all = Self::ALL.iter();
                all.find(|(_, of, _)| *of == name).map(|(element, ..)| *element)
            }

            fn entry(self) -> Option<&'static (Self, &'static str, fn() -> AnyView)> {
                Self::ALL.iter().find(|(element, ..)| *element == self)
            }

            /// Its name behind `account-`.
            #[must_use]
            pub fn name(self) -> &'static str {
                self.entry().map_or("", |(_, name, _)| name)
            }

            /// Its component.
            pub(crate) fn view(self) -> AnyView {
                self.entry().map_or_else(|| ().into_any(), |(.., component)| component())
            }
        }

        /// The attributes of the elements.
        pub(crate) mod attribute {
            use super::Attribute;
            $(
                #[doc = $attribute_doc]
                pub(crate) const $attribute: Attribute = Attribute {
                    name: $attribute_name,
                    values: &[$($($value),+)?],
                    default: default!($default),
                };
            )+
        }

        /// The events of the elements, by their names behind `account:`.
        #[allow(dead_code, reason = "the loader fires some of them itself")]
        pub(crate) mod event {
            $(
                #[doc = $event_doc]
                pub(crate) const $event: &str = $event_name;
            )+
        }
    };
}

macro_rules! default {
    (none) => {
        None
    };
    (required) => {
        None
    };
    ($value:literal) => {
        Some($value)
    };
}

include!("../registry.rs");
