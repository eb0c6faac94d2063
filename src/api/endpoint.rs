//! Where requests go.

/// Where a body goes.
#[derive(Clone, Copy)]
pub(super) enum Endpoint {
    /// To the GraphQL endpoint, for the operation of this name.
    GraphQl(&'static str),
    /// To one of the store's own pages, a path beside the GraphQL endpoint.
    Path(&'static str),
}

impl Endpoint {
    /// The name by which a script answers.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::GraphQl(name) | Self::Path(name) => name,
        }
    }
}
