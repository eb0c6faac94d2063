//! What this build has of the registry: names of elements with their components, attributes, events.

use crate::components::Element;
use crate::state::ElementContext;

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
            /// The element whose name is `account-{name}`, if this build has it.
            #[must_use]
            pub fn read(name: &str) -> Option<Self> {
                match name {
                    $(
                        #[cfg(feature = $bundle)]
                        $name => Some(Self::$element),
                    )+
                    _ => None,
                }
            }

            /// Its name behind `account-`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(
                        #[cfg(feature = $bundle)]
                        Self::$element => $name,
                    )+
                }
            }

            /// Its component.
            pub(crate) fn view(self, context: ElementContext) -> Element {
                match self {
                    $(
                        #[cfg(feature = $bundle)]
                        Self::$element => $component(context),
                    )+
                }
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

include!("registry.rs");
