//! `customer.changePassword`, `customer.requestResetPassword`, `customer.resetPassword`.

use super::context::{Carrier, RequestContext, store};
use super::errors::{
    CustomerDoesNotExistError, CustomerNotLoggedInError, CustomerPasswordError, ValidationError,
    internal,
};
use super::inputs::ReCaptchaV2Input;
use super::session::SET_COOKIE;
use crate::domain::browser;
use crate::domain::passwords::change_password;
use crate::domain::passwords::reset_password::{self, RequestError};
use crate::domain::sessions::email_token;
use crate::domain::validation::FieldError;
use async_graphql::{Context, InputObject, Result, SimpleObject, Union};
use storefront_rules::{BuiltIn, FieldInputs, Secret, Value};

/// What to say to a guest.
pub(super) const NOT_SIGNED_IN: &str = "You are not signed in any more. Sign in and try again.";

/// The present password and the one to come.
#[derive(InputObject)]
pub(super) struct ChangePasswordInput {
    /// The present one.
    current_password: String,
    /// The one to come.
    new_password: String,
}

/// What came of it.
#[derive(SimpleObject)]
pub(super) struct ChangePasswordResult {
    /// Why the password was not changed; empty when it was.
    errors: Vec<ChangePasswordError>,
}

/// Why a password was not changed.
#[derive(Union)]
enum ChangePasswordError {
    Validation(ValidationError),
    CustomerDoesNotExist(CustomerDoesNotExistError),
    CustomerPassword(CustomerPasswordError),
    CustomerNotLoggedIn(CustomerNotLoggedInError),
}

pub(super) async fn change(
    ctx: &Context<'_>,
    input: ChangePasswordInput,
) -> Result<ChangePasswordResult> {
    use change_password::Error;
    let store = store(ctx)?;
    let context = ctx.data::<RequestContext>()?;
    let Some(id) = context.customer_id else {
        let message = NOT_SIGNED_IN.to_owned();
        let error = CustomerNotLoggedInError { message };
        return Ok(ChangePasswordResult {
            errors: vec![ChangePasswordError::CustomerNotLoggedIn(error)],
        });
    };
    let answers = FieldInputs::from([
        (
            BuiltIn::CurrentPassword.id(),
            secret(input.current_password),
        ),
        (BuiltIn::Password.id(), secret(input.new_password)),
    ]);
    let errors = match change_password::change(store, id, answers).await {
        Ok(started) => {
            if matches!(context.carrier, Carrier::Cookie(_)) {
                ctx.append_http_header(SET_COOKIE, browser::session_cookie(store, &started));
            }
            Vec::new()
        }
        Err(Error::Refused(field_errors)) => validation_errors(field_errors)
            .map(ChangePasswordError::Validation)
            .collect(),
        Err(error @ Error::NoCustomer) => {
            let message = error.to_string();
            let error = CustomerDoesNotExistError { message };
            vec![ChangePasswordError::CustomerDoesNotExist(error)]
        }
        Err(error @ (Error::WrongPassword | Error::LockedOut(_))) => {
            let message = error.to_string();
            let error = CustomerPasswordError { message };
            vec![ChangePasswordError::CustomerPassword(error)]
        }
        Err(error @ (Error::Db(_) | Error::Passwords(_))) => return Err(internal(&error)),
    };
    Ok(ChangePasswordResult { errors })
}

fn secret(text: String) -> storefront_rules::FieldInput {
    Value::Password(Secret::new(text)).into()
}

/// The refused answers at the properties of the inputs here.
fn validation_errors(field_errors: Vec<FieldError>) -> impl Iterator<Item = ValidationError> {
    field_errors.into_iter().map(|refusal| {
        let property = if refusal.field == BuiltIn::CurrentPassword.id() {
            "currentPassword"
        } else {
            "newPassword"
        };
        ValidationError {
            path: vec!["input".to_owned(), property.to_owned()],
            message: refusal.message,
        }
    })
}

/// The customer who has lost the password, and the page that the link leads to.
#[derive(InputObject)]
pub(super) struct RequestResetPasswordInput {
    /// The address the customer signs in with.
    email: String,
    /// The page of this store that the link leads to; the customer's id and the token are added
    /// to its query as `c` and `t`.
    path: Option<String>,
}

/// What came of it.
#[derive(SimpleObject)]
pub(super) struct RequestResetPasswordResult {
    /// What is wrong with the request; empty otherwise, whether or not there is such a customer.
    errors: Vec<RequestResetPasswordError>,
}

/// Why no link was asked for.
#[derive(Union)]
enum RequestResetPasswordError {
    Validation(ValidationError),
}

pub(super) async fn request_reset(
    ctx: &Context<'_>,
    captcha: Option<ReCaptchaV2Input>,
    input: RequestResetPasswordInput,
) -> Result<RequestResetPasswordResult> {
    let store = store(ctx)?;
    let token = captcha.map(|captcha| captcha.token);
    let asked = reset_password::request(store, input.email, input.path, token.as_deref()).await;
    let errors = match asked {
        Ok(()) => Vec::new(),
        Err(error) => {
            let path: &[&str] = match error {
                RequestError::NotAnEmail => &["input", "email"],
                RequestError::NotLocal => &["input", "path"],
                RequestError::Captcha(_) => &["reCaptchaV2"],
                RequestError::Db(_) => return Err(internal(&error)),
            };
            vec![RequestResetPasswordError::Validation(ValidationError {
                path: path.iter().map(|&part| part.to_owned()).collect(),
                message: error.to_string(),
            })]
        }
    };
    Ok(RequestResetPasswordResult { errors })
}

/// A new password, and what the mailed link carries.
#[derive(InputObject)]
pub(super) struct ResetPasswordInput {
    /// Id of the customer.
    customer_entity_id: i32,
    /// The token.
    token: String,
    /// The new password.
    new_password: String,
}

/// What came of it.
#[derive(SimpleObject)]
pub(super) struct ResetPasswordResult {
    /// Why the password was not changed; empty when it was.
    errors: Vec<ResetPasswordError>,
}

/// Why no new password was kept.
#[derive(Union)]
enum ResetPasswordError {
    Validation(ValidationError),
    CustomerPassword(CustomerPasswordError),
}

pub(super) async fn reset(
    ctx: &Context<'_>,
    input: ResetPasswordInput,
) -> Result<ResetPasswordResult> {
    use reset_password::Error;
    let store = store(ctx)?;
    let answers = FieldInputs::from([(BuiltIn::Password.id(), secret(input.new_password))]);
    let id = input.customer_entity_id.into();
    let errors = match reset_password::reset(store, id, input.token, answers).await {
        Ok(()) => Vec::new(),
        Err(Error::Refused(field_errors)) => validation_errors(field_errors)
            .map(ResetPasswordError::Validation)
            .collect(),
        Err(Error::Link(email_token::Error::Db(error)) | Error::Db(error)) => {
            return Err(internal(&error));
        }
        Err(Error::Passwords(error)) => return Err(internal(&error)),
        Err(Error::Link(
            error @ (email_token::Error::NotValid
            | email_token::Error::Expired
            | email_token::Error::Used),
        )) => {
            let message = error.to_string();
            let error = CustomerPasswordError { message };
            vec![ResetPasswordError::CustomerPassword(error)]
        }
    };
    Ok(ResetPasswordResult { errors })
}
