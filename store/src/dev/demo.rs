//! A demo shop: forms with a field of every kind, and a few customers. Its made-up addresses fill
//! other books too, for measurements.

use crate::domain::customers::{self, NewCustomer, SaveError};
use crate::domain::form_fields::{self, Definitions, Owner};
use crate::domain::validation::{self, FieldError, Validator, country_of};
use crate::domain::{Store, addresses, settings};
use crate::infra::{db, password_hash};
use rusqlite::Connection;
use storefront_rules::{
    AddressFormat, BuiltIn, Choice, Date, Field, FieldId, FieldInput, FieldInputs, FieldType, Part,
    Secret, Value, Values,
};

/// The password of every demo customer.
const PASSWORD: &str = "Correct-horse-7";

/// What the demo shop sets otherwise than a new store.
pub(crate) fn settings() -> serde_json::Value {
    serde_json::json!({
        "sign_in": { "passwordless": true },
        "privacy": { "cookie_consent_enabled": true },
    })
}

/// The demo shop's forms.
pub(crate) fn definitions() -> Definitions {
    let mut customer = vec![
        Field {
            sort_order: 1,
            ..form_fields::built_in(
                BuiltIn::EmailAddress,
                "Email address",
                true,
                FieldType::Text {
                    default: None,
                    max_length: None,
                },
            )
        },
        Field {
            sort_order: 2,
            ..form_fields::built_in(
                BuiltIn::Password,
                "Password",
                true,
                FieldType::Password { max_length: None },
            )
        },
    ];
    customer.extend(account_fields());
    customer.push(Field {
        sort_order: 50,
        ..form_fields::receive_marketing_emails()
    });
    let mut address = form_fields::address_defaults();
    address.extend(address_fields());
    Definitions { customer, address }
}

fn account_fields() -> Vec<Field> {
    let mut fields = Numbering(26);
    vec![
        fields.next("What should we call you?", false, text(Some(40))),
        fields.next(
            "Tell us about your kitchen",
            false,
            FieldType::MultilineText {
                default: None,
                rows: 4,
            },
        ),
        fields.next(
            "Cups of tea a day",
            false,
            FieldType::Number {
                default: None,
                min: Some(0.0),
                max: Some(40.0),
                max_length: None,
            },
        ),
        fields.next(
            "Date of birth",
            true,
            FieldType::Date {
                default: None,
                min: Date::new(1900, 1, 1).ok(),
                max: Date::new(2010, 12, 31).ok(),
            },
        ),
        fields.next(
            "What do you like?",
            false,
            FieldType::Checkboxes {
                options: choices(&[
                    "Green tea",
                    "Black tea",
                    "Herbs & <b>bold</b> blends",
                    "Plants",
                ]),
            },
        ),
        fields.next(
            "Which language should we write in?",
            true,
            FieldType::RadioButtons {
                options: choices(&["English", "Deutsch", "日本語", "العربية"]),
            },
        ),
        fields.next(
            "How did you hear of us?",
            false,
            FieldType::Picklist {
                choose_prefix: "Choose one".to_owned(),
                options: choices(&["A friend", "A newspaper", "Search", "Your shop window"]),
            },
        ),
        fields.next(
            "Loyalty card PIN",
            false,
            FieldType::Password {
                max_length: Some(12),
            },
        ),
    ]
}

fn address_fields() -> Vec<Field> {
    let mut fields = Numbering(34);
    vec![
        fields.next("Name on the doorbell", false, text(Some(60))),
        fields.next(
            "Delivery notes",
            false,
            FieldType::MultilineText {
                default: None,
                rows: 3,
            },
        ),
        fields.next(
            "Floor",
            false,
            FieldType::Number {
                default: None,
                min: Some(-3.0),
                max: Some(200.0),
                max_length: None,
            },
        ),
        fields.next(
            "Deliver from",
            false,
            FieldType::Date {
                default: None,
                min: Date::new(2020, 1, 1).ok(),
                max: None,
            },
        ),
        fields.next(
            "Days that suit you",
            false,
            FieldType::Checkboxes {
                options: choices(&["Weekday mornings", "Weekday evenings", "Saturday"]),
            },
        ),
        fields.next(
            "If nobody is in",
            false,
            FieldType::RadioButtons {
                options: choices(&[
                    "Leave it with a neighbour",
                    "Leave it at the door",
                    "Come again",
                ]),
            },
        ),
        fields.next(
            "Kind of building",
            false,
            FieldType::Picklist {
                choose_prefix: "Choose one".to_owned(),
                options: choices(&["House", "Flat", "Office", "Farm"]),
            },
        ),
        fields.next(
            "Gate code",
            false,
            FieldType::Password {
                max_length: Some(20),
            },
        ),
    ]
}

/// Ids custom fields on from the first, in the order of the form.
struct Numbering(i32);

impl Numbering {
    fn next(&mut self, label: &str, required: bool, kind: FieldType) -> Field {
        let id = self.0;
        self.0 += 1;
        Field {
            id: FieldId(id),
            label: label.to_owned(),
            sort_order: id,
            required,
            is_built_in: false,
            kind,
        }
    }
}

fn text(max_length: Option<u32>) -> FieldType {
    FieldType::Text {
        default: None,
        max_length,
    }
}

/// Options are numbered from 0, as the platform does.
fn choices(labels: &[&str]) -> Vec<Choice> {
    let labels = (0..).zip(labels);
    labels
        .map(|(id, label)| Choice {
            id,
            label: (*label).to_owned(),
        })
        .collect()
}

/// A demo customer and how many addresses they have.
struct Person {
    email: &'static str,
    first_name: &'static str,
    last_name: &'static str,
    addresses: usize,
    must_reset: bool,
}

const PEOPLE: &[Person] = &[
    Person {
        email: "maria@example.com",
        first_name: "María",
        last_name: "Fernández",
        addresses: 60,
        must_reset: false,
    },
    Person {
        email: "jun@example.com",
        first_name: "Jun",
        last_name: "Watanabe",
        addresses: 3,
        must_reset: false,
    },
    Person {
        email: "amina@example.com",
        first_name: "Amina",
        last_name: "Diallo",
        addresses: 0,
        must_reset: false,
    },
    Person {
        email: "reset@example.com",
        first_name: "Robin",
        last_name: "Reset",
        addresses: 0,
        must_reset: true,
    },
];

/// What a merchant's other systems noted of the first of them.
const NOTES: &str = "
    INSERT INTO customer_groups (name) VALUES ('Tasting club');
    UPDATE customers SET group_id = (SELECT id FROM customer_groups)
        WHERE email = 'maria@example.com';
    INSERT INTO attributes (id, name, type) VALUES
        (1, 'Loyalty tier', 'string'), (2, 'Member since', 'date');
    INSERT INTO attribute_values (customer_id, attribute_id, value)
        SELECT id, 1, 'Gold leaf' FROM customers WHERE email = 'maria@example.com'
        UNION SELECT id, 2, '2019-05-01' FROM customers WHERE email = 'maria@example.com';
";

/// Why there are no demo customers.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// The database failed.
    #[error(transparent)]
    Db(#[from] db::Error),
    /// The password could not be hashed.
    #[error(transparent)]
    Passwords(#[from] password_hash::Error),
}

/// Opens the demo customers' accounts.
pub(crate) async fn add_customers(store: &Store) -> Result<(), Error> {
    let hash = store.passwords.hash(Secret::new(PASSWORD)).await?;
    let writer = store.clone();
    store
        .db
        .write(move |connection| {
            let mut fields = form_fields::load(connection)?;
            // What a settings file put in the place of our fields is not answered.
            let demo = definitions();
            fields
                .customer
                .retain(|field| demo.customer.contains(field));
            fields.address.retain(|field| demo.address.contains(field));
            for person in PEOPLE {
                add(&writer, connection, &fields, person, &hash)?;
            }
            connection.execute_batch(NOTES).map_err(db::Error::from)?;
            Ok(())
        })
        .await
}

fn add(
    store: &Store,
    connection: &Connection,
    fields: &Definitions,
    person: &Person,
    hash: &str,
) -> Result<(), db::Error> {
    let added = customers::insert(
        connection,
        &NewCustomer {
            email: person.email,
            first_name: person.first_name,
            last_name: person.last_name,
            company: "",
            phone: "",
            password_hash: hash,
            ..NewCustomer::default()
        },
    );
    let id = match added {
        Ok(id) => id,
        // The demo fills an empty database, so nobody has the address yet.
        Err(SaveError::EmailTaken) => return Ok(()),
        Err(SaveError::Db(error)) => return Err(error),
    };
    customers::set_must_reset(connection, id, person.must_reset)?;
    let owner = Owner::Customer(id);
    form_fields::insert_values(connection, owner, &fields.customer, &account_answers())?;
    for number in 0..person.addresses {
        let values = address(store, person.first_name, person.last_name, number);
        addresses::insert(connection, id, &fields.address, &values, false)?;
    }
    Ok(())
}

fn account_answers() -> Values {
    let mut values = Values::new();
    if let Ok(birth) = Date::new(1988, 4, 17) {
        values.insert(FieldId(29), Value::Date(birth));
    }
    values.insert(FieldId(30), Value::Checkboxes(vec![0, 2]));
    values.insert(FieldId(31), Value::MultipleChoice(0));
    values
}

/// Towns that sound right somewhere; an address needs one, the parcel never comes.
const TOWNS: &[&str] = &[
    "Riverside",
    "Northbridge",
    "Sankt Anna",
    "Villanueva",
    "Oakham",
    "Porto Velho",
    "Lindholm",
];

const STREETS: &[&str] = &[
    "Harbour Street",
    "Mill Lane",
    "Station Road",
    "Garden Row",
    "Hill Path",
];

/// Why an address book was not filled.
#[derive(Debug, thiserror::Error)]
pub enum FillError {
    /// Nobody has an account with the email address.
    #[error("no customer has the email address {0}")]
    NoCustomer(String),
    /// The store's address form asks for what the made-up addresses do not say.
    #[error("the store refuses the addresses: {0}")]
    Refused(String),
    /// The store failed.
    #[error(transparent)]
    Db(#[from] db::Error),
}

/// Adds `count` made-up addresses over many countries to the book of the customer with this email
/// address, for measurements: all of them, or none.
///
/// # Errors
/// [`FillError`].
pub async fn fill_address_book(store: &Store, email: &str, count: usize) -> Result<(), FillError> {
    let (writer, email) = (store.clone(), email.to_owned());
    store
        .db
        .write(move |connection| {
            let Some(customer) = customers::find_by_email(connection, &email)? else {
                return Err(FillError::NoCustomer(email));
            };
            let settings = settings::load(connection)?;
            let definitions = form_fields::load(connection)?;
            let demo = address_fields();
            let known = addresses::count(connection, customer.id)?;
            let known = usize::try_from(known).unwrap_or(usize::MAX);
            for number in (known..).take(count) {
                let made_up = address(&writer, &customer.first_name, &customer.last_name, number);
                let answers: FieldInputs = made_up
                    .into_iter()
                    // What a settings file put in the place of our fields is not answered.
                    .filter(|(id, _)| {
                        let is_it = |field: &&Field| field.id == *id;
                        BuiltIn::from_id(*id).is_some()
                            || demo.iter().find(is_it) == definitions.address.iter().find(is_it)
                    })
                    .map(|(id, value)| (id, FieldInput::Typed(value)))
                    .collect();
                let country = country_of(&writer, &answers);
                let mut validator = Validator::new(&writer, &settings, &definitions, country);
                let values =
                    validator.validate(validation::Part::Address, &definitions.address, &answers);
                validator.finish().map_err(refused)?;
                let fields = &definitions.address;
                addresses::insert(connection, customer.id, fields, &values, false)?;
            }
            Ok(())
        })
        .await
}

fn refused(field_errors: Vec<FieldError>) -> FillError {
    let messages: Vec<String> = field_errors.into_iter().map(|r| r.message).collect();
    FillError::Refused(messages.join(" "))
}

/// The item number `number` of a list that begins again at its end.
fn turn<T>(list: &[T], number: usize) -> Option<&T> {
    list.get(number.checked_rem(list.len())?)
}

/// The address number `number` of a person: another country each time, with what its layout asks for.
fn address(store: &Store, first_name: &str, last_name: &str, number: usize) -> Values {
    // 37 shares no factor with the number of countries, so the walk meets each before it repeats.
    let country = turn(
        store.geography.countries(),
        number.wrapping_mul(37).wrapping_add(13),
    );
    let mut values = Values::new();
    let mut put = |field: BuiltIn, text: &str| {
        if !text.is_empty() {
            values.insert(field.id(), Value::Text(text.to_owned()));
        }
    };
    let pick = |list: &'static [&'static str]| turn(list, number).copied();
    put(BuiltIn::FirstName, first_name);
    put(BuiltIn::LastName, last_name);
    if number % 5 == 2 {
        put(BuiltIn::CompanyName, "Fernández & Hijas");
    }
    let street = pick(STREETS).unwrap_or_default();
    put(BuiltIn::AddressLine1, &format!("{} {street}", number + 1));
    put(BuiltIn::City, pick(TOWNS).unwrap_or_default());
    if let Some(country) = country {
        let layout = AddressFormat::of(&country.code);
        put(BuiltIn::Country, &country.code);
        if let Some(state) = turn(&country.states, number) {
            put(BuiltIn::State, &state.name);
        } else if layout.requires(Part::State) {
            put(BuiltIn::State, "Central Province");
        }
        if layout.uses(Part::PostalCode) {
            put(BuiltIn::Zip, layout.postal_example.unwrap_or_default());
        }
    }
    if number % 4 == 1 {
        let notes = "Ring twice.\nThe dog is friendly.";
        values.insert(FieldId(35), Value::MultilineText(notes.to_owned()));
    }
    values
}
