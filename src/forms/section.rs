//! The platform's forms, which the names of controls tell apart.

use storefront_rules::{BuiltIn, FieldId};

/// Which of the platform's forms a field is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// The account form: sign-up, and the custom fields of the profile.
    Account,
    /// The address form.
    Address,
    /// The customer's own names, company and phone in the profile.
    Person,
    /// The newsletter.
    Newsletter,
    /// Signing in.
    SignIn,
    /// Choosing a new password by an emailed link, and asking for that link.
    Password,
}

impl Section {
    /// The `name` of a field's controls: the one that the platform's own themes post, so that the
    /// widget and the theme's fallback form can hand each other what was typed.
    #[must_use]
    pub fn control_name(self, id: FieldId) -> String {
        if let Some(name) = self.own_name(id) {
            return name.to_owned();
        }
        let group = match self {
            Self::Account | Self::Newsletter | Self::SignIn | Self::Password => 1,
            Self::Address | Self::Person => 2,
        };
        format!("FormField[{group}][{}]", id.0)
    }

    /// The name of a control in the forms that do not go by ids.
    fn own_name(self, id: FieldId) -> Option<&'static str> {
        let field = BuiltIn::from_id(id)?;
        let names: &[(BuiltIn, &str)] = match self {
            Self::Account | Self::Address => &[],
            Self::Person => &[
                (BuiltIn::FirstName, "account_firstname"),
                (BuiltIn::LastName, "account_lastname"),
                (BuiltIn::CompanyName, "account_companyname"),
                (BuiltIn::Phone, "account_phone"),
            ],
            Self::Newsletter => &[(BuiltIn::EmailAddress, "nl_email")],
            Self::SignIn => &[
                (BuiltIn::EmailAddress, "login_email"),
                (BuiltIn::CurrentPassword, "login_pass"),
            ],
            Self::Password => &[
                (BuiltIn::EmailAddress, "email"),
                (BuiltIn::Password, "password"),
            ],
        };
        let name = names.iter().find(|(of, _)| *of == field);
        name.map(|(_, name)| *name)
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn controls_have_the_names_that_the_platforms_themes_post() {
        let email = BuiltIn::EmailAddress.id();
        assert_eq!(Section::Account.control_name(email), "FormField[1][1]");
        assert_eq!(Section::SignIn.control_name(email), "login_email");
        assert_eq!(Section::Newsletter.control_name(email), "nl_email");
        let first = BuiltIn::FirstName.id();
        assert_eq!(Section::Address.control_name(first), "FormField[2][4]");
        assert_eq!(Section::Person.control_name(first), "account_firstname");
        assert_eq!(
            Section::Address.control_name(FieldId(34)),
            "FormField[2][34]"
        );
    }
}
