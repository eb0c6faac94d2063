//! Definitions of form fields, and the values customers gave to them.

use super::context::store;
use super::errors::internal;
use super::scalars::{DateTime, int};
use crate::domain::form_fields::{self, Form};
use crate::infra::db;
use async_graphql::{Context, Enum, InputObject, Interface, Object, Result, SimpleObject};
use storefront_rules::{Choice, Date, Field, FieldType, Value, field};

/// What a list of form fields counts as in a document's complexity, whatever the store has. With
/// [`OPTIONS_WEIGHT`] it lets a document ask for two whole forms, but not for many.
const FIELDS_WEIGHT: usize = 20;

/// What the options of a field count as.
const OPTIONS_WEIGHT: usize = 10;

/// What a customer's values of custom fields count as: few enough for those of a whole page of addresses.
pub(super) const VALUES_WEIGHT: usize = 10;

fn fields_weight(filters: Option<&FormFieldFiltersInput>) -> usize {
    let ids = filters.and_then(|filters| filters.entity_ids.as_ref());
    ids.map_or(FIELDS_WEIGHT, |ids| ids.len().min(FIELDS_WEIGHT))
}

/// The forms of the store.
pub(super) struct FormFields;

#[Object]
impl FormFields {
    /// Fields of the account.
    #[graphql(complexity = "1 + fields_weight(filters.as_ref()) * child_complexity")]
    async fn customer(
        &self,
        ctx: &Context<'_>,
        filters: Option<FormFieldFiltersInput>,
        #[graphql(default_with = "Some(FormFieldSortInput::FieldId)")] sort_by: Option<
            FormFieldSortInput,
        >,
    ) -> Result<Vec<FormField>> {
        fields_of(ctx, Form::Customer, filters, sort_by).await
    }

    /// Fields of a shipping address.
    #[graphql(complexity = "1 + fields_weight(filters.as_ref()) * child_complexity")]
    async fn shipping_address(
        &self,
        ctx: &Context<'_>,
        filters: Option<FormFieldFiltersInput>,
        #[graphql(default_with = "Some(FormFieldSortInput::FieldId)")] sort_by: Option<
            FormFieldSortInput,
        >,
    ) -> Result<Vec<FormField>> {
        fields_of(ctx, Form::Address, filters, sort_by).await
    }

    /// Fields of a billing address: the same as of any other.
    #[graphql(complexity = "1 + fields_weight(filters.as_ref()) * child_complexity")]
    async fn billing_address(
        &self,
        ctx: &Context<'_>,
        filters: Option<FormFieldFiltersInput>,
        #[graphql(default_with = "Some(FormFieldSortInput::FieldId)")] sort_by: Option<
            FormFieldSortInput,
        >,
    ) -> Result<Vec<FormField>> {
        fields_of(ctx, Form::Address, filters, sort_by).await
    }
}

/// Which fields; all of the conditions must hold.
#[derive(InputObject)]
struct FormFieldFiltersInput {
    /// Only these.
    entity_ids: Option<Vec<i32>>,
    /// Only those that must be answered, or only those that need not.
    is_required: Option<bool>,
    /// Only the platform's own, or only the merchant's.
    is_built_in: Option<bool>,
}

/// The order of fields.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
enum FormFieldSortInput {
    /// By number.
    FieldId,
    /// As the merchant wants them asked.
    SortOrder,
}

async fn fields_of(
    ctx: &Context<'_>,
    form: Form,
    filters: Option<FormFieldFiltersInput>,
    sort_by: Option<FormFieldSortInput>,
) -> Result<Vec<FormField>> {
    let definitions = store(ctx)?.db.read(form_fields::load).await;
    let definitions = definitions.map_err(|error: db::Error| internal(&error))?;
    let mut fields = match form {
        Form::Customer => definitions.customer,
        Form::Address => definitions.address,
    };
    if let Some(filters) = filters {
        fields.retain(|field| {
            let ids = filters.entity_ids.as_ref();
            ids.is_none_or(|ids| ids.contains(&field.id.0))
                && filters.is_required.is_none_or(|is| is == field.required)
                && filters.is_built_in.is_none_or(|is| is == field.is_built_in)
        });
    }
    match sort_by {
        Some(FormFieldSortInput::SortOrder) => field::sort(&mut fields),
        Some(FormFieldSortInput::FieldId) | None => fields.sort_by_key(|field| field.id),
    }
    Ok(fields.into_iter().map(FormField::from).collect())
}

/// One thing to choose.
#[derive(SimpleObject)]
struct FormFieldOption {
    /// Id of the option.
    entity_id: i32,
    /// What the merchant calls it.
    label: String,
}

impl From<Choice> for FormFieldOption {
    fn from(choice: Choice) -> Self {
        Self {
            entity_id: choice.id,
            label: choice.label,
        }
    }
}

macro_rules! form_fields {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty $(=> $weight:ident)?,)* })*) => {
        $(
            $(#[$doc])*
            #[derive(SimpleObject)]
            struct $name {
                $(
                    $(#[$field_doc])*
                    $(#[graphql(complexity = 1 + $weight * child_complexity)])?
                    $field: $type,
                )*
                /// Id of the field.
                entity_id: i32,
                /// What the merchant calls it.
                label: String,
                /// Its place in the form.
                sort_order: i32,
                /// Whether it is one of the platform's own.
                is_built_in: bool,
                /// Whether it must be answered.
                is_required: bool,
            }
        )*

        /// A field of a form.
        #[derive(Interface)]
        #[graphql(
            field(name = "entity_id", ty = "&i32", desc = "Id of the field."),
            field(name = "label", ty = "&String", desc = "What the merchant calls it."),
            field(name = "sort_order", ty = "&i32", desc = "Its place in the form."),
            field(name = "is_built_in", ty = "&bool", desc = "Whether it is one of the platform's own."),
            field(name = "is_required", ty = "&bool", desc = "Whether it must be answered."),
        )]
        #[allow(clippy::enum_variant_names, reason = "the schema's own names")]
        enum FormField {
            $($name($name),)*
        }
    };
}

form_fields! {
    /// Answered by one line of text.
    TextFormField {
        /// What stands there before the shopper types.
        default_text: Option<String>,
        /// Most characters.
        max_length: Option<i32>,
    }
    /// Answered by several lines of text.
    MultilineTextFormField {
        /// What stands there before the shopper types.
        default_text: Option<String>,
        /// How many lines to show.
        rows: i32,
    }
    /// Answered by a number.
    NumberFormField {
        /// What stands there before the shopper types.
        default_number: Option<f64>,
        /// Most characters.
        max_length: Option<i32>,
        /// Smallest number.
        min_number: Option<i32>,
        /// Largest number.
        max_number: Option<i32>,
    }
    /// Answered by a day.
    DateFormField {
        /// What stands there before the shopper types.
        default_date: Option<DateTime>,
        /// First day.
        min_date: Option<DateTime>,
        /// Last day.
        max_date: Option<DateTime>,
    }
    /// Answered by any number of options.
    CheckboxesFormField {
        /// What there is to tick.
        options: Vec<FormFieldOption> => OPTIONS_WEIGHT,
    }
    /// Answered by one option, all of them in view.
    RadioButtonsFormField {
        /// What there is to choose from.
        options: Vec<FormFieldOption> => OPTIONS_WEIGHT,
    }
    /// Answered by one option of a list.
    PicklistFormField {
        /// The text that stands for no choice.
        choose_prefix: String,
        /// What there is to choose from; empty for the country.
        options: Vec<FormFieldOption> => OPTIONS_WEIGHT,
    }
    /// Answered by one of the country's states, or by text where it has none.
    PicklistOrTextFormField {
        /// Most characters.
        max_length: Option<i32>,
        /// The text that stands for no choice.
        picklist_prefix: String,
    }
    /// Answered by text that is not shown.
    PasswordFormField {
        /// Always null: a password has no default.
        default_text: Option<String>,
        /// Most characters.
        max_length: Option<i32>,
    }
}

/// A bound as the schema's `Int` has it: the nearest whole number within the bound.
#[allow(
    clippy::cast_possible_truncation,
    reason = "a float too large for an i32 becomes the nearest one, which is what is wanted"
)]
fn whole(bound: f64) -> i32 {
    bound as i32
}

fn options(choices: Vec<Choice>) -> Vec<FormFieldOption> {
    choices.into_iter().map(FormFieldOption::from).collect()
}

impl From<Field> for FormField {
    fn from(field: Field) -> Self {
        /// Builds the type of one kind: its own properties, and those that all share.
        macro_rules! built {
            ($name:ident { $($property:ident: $value:expr),* $(,)? }) => {
                Self::$name($name {
                    $($property: $value,)*
                    entity_id: field.id.0,
                    label: field.label,
                    sort_order: field.sort_order,
                    is_built_in: field.is_built_in,
                    is_required: field.required,
                })
            };
        }
        match field.kind {
            FieldType::Text {
                default,
                max_length,
            } => built!(TextFormField {
                default_text: default,
                max_length: max_length.map(int),
            }),
            FieldType::MultilineText { default, rows } => built!(MultilineTextFormField {
                default_text: default,
                rows: int(rows),
            }),
            FieldType::Number {
                default,
                min,
                max,
                max_length,
            } => built!(NumberFormField {
                default_number: default,
                max_length: max_length.map(int),
                min_number: min.map(|min| whole(min.ceil())),
                max_number: max.map(|max| whole(max.floor())),
            }),
            FieldType::Date { default, min, max } => built!(DateFormField {
                default_date: default.map(DateTime::from),
                min_date: min.map(DateTime::from),
                max_date: max.map(DateTime::from),
            }),
            FieldType::Checkboxes { options: choices } => built!(CheckboxesFormField {
                options: options(choices),
            }),
            FieldType::RadioButtons { options: choices } => built!(RadioButtonsFormField {
                options: options(choices),
            }),
            FieldType::Picklist {
                choose_prefix,
                options: choices,
            } => built!(PicklistFormField {
                choose_prefix: choose_prefix,
                options: options(choices),
            }),
            FieldType::PicklistOrText {
                picklist_prefix,
                max_length,
            } => built!(PicklistOrTextFormField {
                max_length: max_length.map(int),
                picklist_prefix: picklist_prefix,
            }),
            FieldType::Password { max_length } => built!(PasswordFormField {
                default_text: None,
                max_length: max_length.map(int),
            }),
        }
    }
}

macro_rules! form_field_values {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* })*) => {
        $(
            $(#[$doc])*
            #[derive(SimpleObject)]
            pub(super) struct $name {
                $($(#[$field_doc])* $field: $type,)*
                /// Id of the field.
                entity_id: i32,
                /// What the merchant calls the field.
                name: String,
            }
        )*

        /// What was answered to a custom field.
        #[derive(Interface)]
        #[graphql(
            field(name = "entity_id", ty = "&i32", desc = "Id of the field."),
            field(name = "name", ty = "&String", desc = "What the merchant calls the field."),
        )]
        #[allow(clippy::enum_variant_names, reason = "the schema's own names")]
        pub(super) enum CustomerFormFieldValue {
            $($name($name),)*
        }
    };
}

form_field_values! {
    /// Ticked options.
    CheckboxesFormFieldValue {
        /// Their ids.
        value_entity_ids: Vec<i32>,
        /// Their labels.
        values: Vec<String>,
    }
    /// A day.
    DateFormFieldValue {
        /// The day.
        date: DateTimeExtended,
    }
    /// Several lines of text.
    MultilineTextFormFieldValue {
        /// The text.
        multiline_text: String,
    }
    /// The option chosen.
    MultipleChoiceFormFieldValue {
        /// Its id.
        value_entity_id: i32,
        /// Its label.
        value: String,
    }
    /// A number.
    NumberFormFieldValue {
        /// The number.
        number: f64,
    }
    /// Text that is not shown. The customer gets it back, for every change to the account must
    /// send the required fields again.
    PasswordFormFieldValue {
        /// The text.
        password: String,
    }
    /// One line of text.
    TextFormFieldValue {
        /// The text.
        text: String,
    }
}

/// A point in time.
#[derive(SimpleObject)]
pub(super) struct DateTimeExtended {
    /// In UTC.
    utc: DateTime,
}

impl From<Date> for DateTimeExtended {
    fn from(date: Date) -> Self {
        Self { utc: date.into() }
    }
}

impl From<(Field, Value)> for CustomerFormFieldValue {
    fn from((field, value): (Field, Value)) -> Self {
        let label = |id| form_fields::option_label(&field, id).to_owned();
        let (entity_id, name) = (field.id.0, field.label.clone());
        match value {
            Value::Text(text) => Self::TextFormFieldValue(TextFormFieldValue {
                text,
                entity_id,
                name,
            }),
            Value::MultilineText(multiline_text) => {
                Self::MultilineTextFormFieldValue(MultilineTextFormFieldValue {
                    multiline_text,
                    entity_id,
                    name,
                })
            }
            Value::Number(number) => Self::NumberFormFieldValue(NumberFormFieldValue {
                number,
                entity_id,
                name,
            }),
            Value::Date(date) => Self::DateFormFieldValue(DateFormFieldValue {
                date: date.into(),
                entity_id,
                name,
            }),
            Value::Checkboxes(ids) => Self::CheckboxesFormFieldValue(CheckboxesFormFieldValue {
                values: ids.iter().map(|id| label(*id)).collect(),
                value_entity_ids: ids,
                entity_id,
                name,
            }),
            Value::MultipleChoice(id) => {
                Self::MultipleChoiceFormFieldValue(MultipleChoiceFormFieldValue {
                    value_entity_id: id,
                    value: label(id),
                    entity_id,
                    name,
                })
            }
            Value::Password(secret) => Self::PasswordFormFieldValue(PasswordFormFieldValue {
                password: secret.expose().to_owned(),
                entity_id,
                name,
            }),
        }
    }
}
