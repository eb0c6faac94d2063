//! One field: label, hint, error and control, tied together by ids (WCAG 1.3.1, 3.3.1, 4.1.2).

use super::element::{Element, element, styled};
use super::password_field::password_view;
use crate::i18n::Message;
use crate::state::{FieldValues, FormState, Section, Target};
use std::rc::Rc;
use storefront_rules::{BuiltIn, Choice, Date, Field, FieldType, PasswordRules};

/// A field as a view needs it.
#[derive(Clone)]
pub(super) struct Asked {
    /// The form it is in.
    pub(super) form: FormState,
    /// Its definition.
    pub(super) field: Field,
    /// Which of the platform's forms it is defined in.
    pub(super) section: Section,
    /// What it is called just now.
    pub(super) label: Rc<dyn Fn() -> String>,
    /// Whether an answer must be given just now.
    pub(super) required: Rc<dyn Fn() -> bool>,
    /// What its controls start with.
    pub(super) texts: FieldValues,
}

impl Asked {
    /// The id of its control.
    pub(super) fn id(&self) -> String {
        self.form.field_id(self.field.id)
    }

    /// The name of its control.
    pub(super) fn name(&self) -> String {
        self.section.control_name(self.field.id)
    }

    /// Whether its answer does not count.
    fn is_invalid(&self) -> impl Fn() -> bool + Copy + use<> {
        let (form, target) = (self.form, Target::Field(self.field.id));
        move || form.problem(target).is_some()
    }

    /// Ties a control, or a group of them, to the field: its hint (while it has one) and its error
    /// (while it has one), whether it is invalid and whether it must be answered.
    pub(super) fn describe(&self, control: Element, hint: Option<String>) -> Element {
        let (error_id, is_invalid) = (error_id(&self.id()), self.is_invalid());
        let required = self.required.clone();
        control
            .attr_with("aria-describedby", move || {
                match (hint.clone(), is_invalid()) {
                    (Some(hint), true) => Some(format!("{hint} {error_id}")),
                    (None, true) => Some(error_id.clone()),
                    (hint, false) => hint,
                }
            })
            .attr_with("aria-invalid", move || {
                is_invalid().then(|| "true".to_owned())
            })
            .attr_with("aria-required", move || {
                required().then(|| "true".to_owned())
            })
    }

    /// A control called `tag` with the field's id and name, tied to it.
    pub(super) fn control(&self, tag: &str, hint: Option<String>) -> Element {
        let control = styled(tag, "account-field__input")
            .attr("id", &self.id())
            .attr("name", &self.name())
            .maybe("autocomplete", self.autocomplete().as_deref());
        self.describe(control, hint)
    }

    /// The one text that its control starts with, if there is any.
    pub(super) fn text(&self) -> Option<&str> {
        self.texts.first().map(String::as_str)
    }

    /// Its token for autofill (HTML, 4.10.18.7), if it has one.
    pub(super) fn autocomplete(&self) -> Option<String> {
        let section = self.form.id("section");
        let token = match self.field.built_in()? {
            BuiltIn::EmailAddress if self.section == Section::SignIn => {
                return Some("username".to_owned());
            }
            BuiltIn::EmailAddress => return Some("email".to_owned()),
            BuiltIn::Password | BuiltIn::ConfirmPassword => return Some("new-password".to_owned()),
            BuiltIn::CurrentPassword => return Some("current-password".to_owned()),
            BuiltIn::ReceiveMarketingEmails => return None,
            BuiltIn::FirstName => "given-name",
            BuiltIn::LastName => "family-name",
            BuiltIn::CompanyName => "organization",
            BuiltIn::Phone => "tel",
            BuiltIn::AddressLine1 => "address-line1",
            BuiltIn::AddressLine2 => "address-line2",
            BuiltIn::City => "address-level2",
            BuiltIn::Country => "country",
            BuiltIn::State => "address-level1",
            BuiltIn::Zip => "postal-code",
        };
        Some(format!("section-{section} shipping {token}"))
    }
}

fn error_id(id: &str) -> String {
    format!("{id}-error")
}

/// `label` with the field's name, and "(optional)" where it is.
fn name_in(label: Element, asked: &Asked) -> Element {
    let (words, required) = (asked.label.clone(), asked.required.clone());
    let optional = asked.form.i18n.text(Message::OPTIONAL);
    label.text_with(move || words()).child(
        styled("span", "account-field__optional")
            .text(" ")
            .text(&optional)
            .flag_with("hidden", move || required()),
    )
}

/// The error of a field, while it has one.
fn error(asked: &Asked) -> Element {
    let (form, label) = (asked.form, asked.label.clone());
    let target = Target::Field(asked.field.id);
    let words = move || form.problem(target).map(|p| form.words(&p, &label()));
    error_view(form, &error_id(&asked.id()), words)
}

/// A paragraph for an error that is there only sometimes.
pub(super) fn error_view(
    form: FormState,
    id: &str,
    words: impl Fn() -> Option<String> + Clone + 'static,
) -> Element {
    let prefix = form.i18n.text(Message::ERROR_PREFIX);
    let is_there = words.clone();
    styled("p", "account-field__error")
        .attr("id", id)
        .flag_with("hidden", move || is_there().is_none())
        .child(styled("span", "account-hidden").text(&prefix).text(" "))
        .text_with(move || words().unwrap_or_default())
}

/// A control with a label of its own above it.
pub(super) fn labelled(asked: &Asked, control: Element) -> Element {
    let label = styled("label", "account-field__label").attr("for", &asked.id());
    styled("div", "account-field")
        .class_with("account-field--invalid", asked.is_invalid())
        .child(name_in(label, asked))
        .child(error(asked))
        .child(control)
}

/// The view of one field of any kind but the country and the state, which hang together.
pub(super) fn field_view(asked: &Asked, passwords: &PasswordRules) -> Element {
    let control = match &asked.field.kind {
        FieldType::Text { .. } => {
            let kind = match asked.field.built_in() {
                Some(BuiltIn::EmailAddress) => "email",
                Some(BuiltIn::Phone) => "tel",
                Some(_) | None => "text",
            };
            input(asked, kind)
        }
        FieldType::PicklistOrText { .. } => input(asked, "text"),
        FieldType::Number { .. } => input(asked, "text").attr("inputmode", "decimal"),
        FieldType::Date { min, max, .. } => {
            let day = |date: &Option<Date>| date.map(|date| date.to_string());
            input(asked, "date")
                .maybe("min", day(min).as_deref())
                .maybe("max", day(max).as_deref())
        }
        FieldType::MultilineText { rows, .. } => asked
            .control("textarea", None)
            .attr("rows", &rows.clamp(&2, &20).to_string())
            .text(asked.text().unwrap_or_default()),
        FieldType::Picklist {
            choose_prefix,
            options,
        } => {
            let options = options.iter().map(|o| (o.id.to_string(), &*o.label));
            let selected = asked.text().unwrap_or_default();
            select(asked, choose_prefix, options, selected)
        }
        FieldType::Checkboxes { options } => return choices(asked, "checkbox", options),
        FieldType::RadioButtons { options } => return choices(asked, "radio", options),
        FieldType::Password { .. } => return password_view(asked, passwords),
    };
    labelled(asked, control)
}

/// One line of text, and whatever else `<input>` takes as text.
pub(super) fn input(asked: &Asked, kind: &str) -> Element {
    let built_in = asked.field.built_in();
    // Names are no words (GOV.UK, names); neither is anything typed as a code or an address.
    let spellcheck = built_in.map(|_| "false");
    let capitals = (built_in == Some(BuiltIn::EmailAddress)).then_some("none");
    let is_short = built_in == Some(BuiltIn::Zip) || kind == "date";
    asked
        .control("input", None)
        .attr("type", kind)
        .maybe("value", asked.text())
        .maybe("spellcheck", spellcheck)
        .maybe("autocapitalize", capitals)
        .class_with("account-field__input--short", move || is_short)
}

/// A pick list of (value, label), `prefix` standing for no choice.
pub(super) fn select<'a>(
    asked: &Asked,
    prefix: &str,
    options: impl Iterator<Item = (String, &'a str)>,
    selected: &str,
) -> Element {
    let option = |value: &str, label: &str| {
        element("option")
            .attr("value", value)
            .flag("selected", !value.is_empty() && value == selected)
            .text(label)
    };
    asked
        .control("select", None)
        .child(option("", prefix))
        .children(options.map(|(value, label)| option(&value, label)))
}

/// Checkboxes or radio buttons in a group of their own. An optional group of radio buttons offers
/// no answer too, since a radio button cannot be taken back.
fn choices(asked: &Asked, kind: &'static str, options: &[Choice]) -> Element {
    let none = (kind == "radio" && !asked.field.required)
        .then(|| (String::new(), asked.form.i18n.text(Message::NO_ANSWER)));
    let options = options.iter().map(|o| (o.id.to_string(), o.label.clone()));
    let group_id = asked.id();
    let choices = none.into_iter().chain(options).enumerate();
    let choices = choices.map(|(index, (value, label))| {
        // The first control carries the field's own id, so that the summary's link finds it.
        let id = match index {
            0 => group_id.clone(),
            index => format!("{group_id}-{index}"),
        };
        let is_none = value.is_empty() && asked.texts.is_empty();
        let is_checked = is_none || asked.texts.contains(&value);
        choice(kind, &id, &asked.name(), &value, &label, is_checked)
    });
    let group = styled("fieldset", "account-group")
        .child(name_in(styled("legend", "account-field__label"), asked))
        .child(error(asked))
        .children(choices);
    let group = if kind == "radio" {
        asked.describe(group.attr("role", "radiogroup"), None)
    } else {
        // A group of checkboxes knows neither required nor invalid; its error says both.
        group.attr("aria-describedby", &error_id(&asked.id()))
    };
    styled("div", "account-field")
        .class_with("account-field--invalid", asked.is_invalid())
        .child(group)
}

/// One checkbox or radio button with its label.
pub(super) fn choice(
    kind: &str,
    id: &str,
    name: &str,
    value: &str,
    label: &str,
    is_checked: bool,
) -> Element {
    styled("label", "account-choice")
        .attr("for", id)
        .child(
            styled("input", "account-choice__input")
                .attr("type", kind)
                .attr("id", id)
                .attr("name", name)
                .attr("value", value)
                .flag("checked", is_checked),
        )
        .child(styled("span", "account-choice__label").text(label))
}
