//! The store as its callers see it: over HTTP, with a real SQLite file.

#[cfg(test)]
mod addresses;
#[cfg(test)]
mod api;
#[cfg(test)]
mod apps;
#[cfg(test)]
mod clients;
#[cfg(test)]
mod consent;
#[cfg(test)]
mod durability;
#[cfg(test)]
mod embed;
#[cfg(test)]
mod graphql;
#[cfg(test)]
mod headless;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod passwordless;
#[cfg(test)]
mod passwords;
#[cfg(test)]
mod profile;
#[cfg(test)]
mod rest;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod sign_in;
#[cfg(test)]
mod support;
#[cfg(test)]
mod theme;
#[cfg(test)]
mod v2;
#[cfg(test)]
mod v3;
#[cfg(test)]
mod v3_access;
#[cfg(test)]
mod v3_lists;
#[cfg(test)]
mod webhooks;
