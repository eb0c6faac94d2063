//! What the sign-up form is made of.

use super::json::Json;
use super::{Api, ApiError, Document, states};
use storefront_rules::validate::State;
use storefront_rules::{Choice, Date, Field, FieldId, Kind, PasswordRules};

const SIGN_UP_FORM: Document = Document {
    operation: "SignUpForm",
    text: include_str!("sign_up_form.graphql"),
};

/// The definitions a store has configured for opening an account.
#[derive(Clone, Debug, Default)]
pub struct SignUpForm {
    /// Fields of the account form, in order.
    pub account: Vec<Field>,
    /// Fields of the address form, in order.
    pub address: Vec<Field>,
    /// The store's rules for passwords.
    pub passwords: PasswordRules,
    /// The captcha to solve, when the store asks for one.
    pub captcha: Option<Captcha>,
    /// Address of the store's privacy policy.
    pub privacy_policy: Option<String>,
    /// Whether a newsletter is offered, and then whether the store has it ticked.
    pub newsletter: Option<bool>,
    /// The countries the store knows, in its order.
    pub countries: Vec<Country>,
    /// The states of the country asked about; `None` when the store does not know that country.
    pub states: Option<Vec<State>>,
    /// Whether somebody is signed in already.
    pub is_signed_in: bool,
}

/// reCAPTCHA v2 as the store has set it up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Captcha {
    /// The site's public key.
    pub site_key: String,
}

/// A country of the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166-1 alpha-2 code.
    pub code: String,
    /// The store's name for it.
    pub name: String,
}

impl Api {
    /// Everything the sign-up form needs, in one request; with the states of `country`.
    ///
    /// # Errors
    /// Any [`ApiError`]; [`ApiError::Unreadable`] when the store tells no settings.
    pub async fn sign_up_form(&self, country: &str) -> Result<SignUpForm, ApiError> {
        let variables = Json::object(&[("country", Some(country.into()))]);
        let data = self.run(&SIGN_UP_FORM, variables).await?;
        let settings = data.at(&["site", "settings"]);
        if settings.is_null() {
            return Err(ApiError::Unreadable);
        }
        let form_fields = settings.get("formFields");
        let captcha = settings.get("reCaptcha");
        let newsletter = settings.get("newsletter");
        let geography = data.get("geography");
        Ok(SignUpForm {
            account: fields(&form_fields.get("customer")),
            address: fields(&form_fields.get("shippingAddress")),
            passwords: passwords(&settings.at(&["customers", "passwordComplexitySettings"])),
            captcha: captcha
                .get("siteKey")
                .text()
                .filter(|_| captcha.get("isEnabledOnStorefront").is_true())
                .map(|site_key| Captcha { site_key }),
            privacy_policy: settings.at(&["privacy", "privacyPolicyUrl"]).text(),
            newsletter: newsletter
                .get("showNewsletterSignup")
                .is_true()
                .then(|| newsletter.get("newsletterCheckedByDefault").is_true()),
            countries: geography
                .get("countries")
                .list()
                .filter_map(|c| country_of(&c))
                .collect(),
            states: geography.get("selected").list().next().map(|c| states(&c)),
            is_signed_in: !data.get("customer").is_null(),
        })
    }
}

fn country_of(json: &Json) -> Option<Country> {
    Some(Country {
        code: json.get("code").text()?,
        name: json.get("name").text()?,
    })
}

/// The store's rules; none where it tells none.
fn passwords(json: &Json) -> PasswordRules {
    let count = |key| json.get(key).natural().unwrap_or(0);
    let is = |key| json.get(key).is_true();
    PasswordRules {
        minimum_password_length: count("minimumPasswordLength"),
        require_lower_case: is("requireLowerCase"),
        require_upper_case: is("requireUpperCase"),
        require_numbers: is("requireNumbers"),
        minimum_numbers: count("minimumNumbers"),
        require_special_characters: is("requireSpecialCharacters"),
        minimum_special_characters: count("minimumSpecialCharacters"),
    }
}

/// The fields of one form, in the store's order; those of a kind that came after this version
/// are left out.
fn fields(json: &Json) -> Vec<Field> {
    json.list().filter_map(|json| field(&json)).collect()
}

fn field(json: &Json) -> Option<Field> {
    let text = |key| json.get(key).text();
    let natural = |key| json.get(key).natural();
    let number = |key| json.get(key).number();
    let date = |key| text(key).and_then(|timestamp| Date::from_utc(&timestamp).ok());
    let choice = |json: Json| {
        Some(Choice {
            id: json.get("entityId").int()?,
            label: json.get("label").text()?,
        })
    };
    let options = || json.get("options").list().filter_map(choice).collect();
    let max_length = || natural("maxLength");
    let kind = match text("__typename")?.as_str() {
        "TextFormField" => Kind::Text {
            default: text("defaultText"),
            max_length: max_length(),
        },
        "MultilineTextFormField" => Kind::MultilineText {
            default: text("defaultText"),
            rows: natural("rows").unwrap_or(0),
        },
        "NumberFormField" => Kind::Number {
            default: number("defaultNumber"),
            min: number("minNumber"),
            max: number("maxNumber"),
            max_length: max_length(),
        },
        "DateFormField" => Kind::Date {
            default: date("defaultDate"),
            min: date("minDate"),
            max: date("maxDate"),
        },
        "CheckboxesFormField" => Kind::Checkboxes { options: options() },
        "RadioButtonsFormField" => Kind::RadioButtons { options: options() },
        "PicklistFormField" => Kind::Picklist {
            choose_prefix: text("choosePrefix")?,
            options: options(),
        },
        "PicklistOrTextFormField" => Kind::PicklistOrText {
            picklist_prefix: text("picklistPrefix")?,
            max_length: max_length(),
        },
        "PasswordFormField" => Kind::Password {
            max_length: max_length(),
        },
        _ => return None,
    };
    Some(Field {
        id: FieldId(json.get("entityId").int()?),
        label: text("label")?,
        sort_order: json.get("sortOrder").int().unwrap_or(i32::MAX),
        required: json.get("isRequired").is_true(),
        is_built_in: json.get("isBuiltIn").is_true(),
        kind,
    })
}
