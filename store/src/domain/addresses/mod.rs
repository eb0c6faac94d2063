//! Addresses: the book of one customer, and the list over all customers.

mod book;
pub(crate) mod changes;
mod duplicates;
mod records;

pub(crate) use book::{Address, End, Page, Window, find_in_book, page};
pub(crate) use book::{count, delete, insert, touch};
pub(crate) use duplicates::find_same_address;
#[cfg(test)]
pub(crate) use records::sql;
pub(crate) use records::{Draft, Filter, Owned, find, list, of_customers};
