//! `mutation { customer { … } }`.

use super::addresses::{
    self, AddCustomerAddressResult, DeleteCustomerAddressInput, DeleteCustomerAddressResult,
    UpdateCustomerAddressInput, UpdateCustomerAddressResult,
};
use super::inputs::{AddCustomerAddressInput, ReCaptchaV2Input};
use super::passwords::{
    self, ChangePasswordInput, ChangePasswordResult, RequestResetPasswordInput,
    RequestResetPasswordResult, ResetPasswordInput, ResetPasswordResult,
};
use super::profile::{self, UpdateCustomerInput, UpdateCustomerResult};
use super::register::{self, RegisterCustomerInput, RegisterCustomerResult};
use async_graphql::{Context, Object, Result};

/// Changes to customers.
pub(super) struct CustomerMutations;

#[Object]
impl CustomerMutations {
    /// Creates an account. It does not sign the customer in: `login` does.
    async fn register_customer(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "reCaptchaV2")] re_captcha_v2: Option<ReCaptchaV2Input>,
        input: RegisterCustomerInput,
    ) -> Result<RegisterCustomerResult> {
        register::register(ctx, re_captcha_v2, input).await
    }

    /// Changes the account of the customer who is signed in. What is absent stays as it is; with
    /// `formFields`, a custom field without an answer in it is cleared. Every required custom field
    /// must have an answer, in the input or kept.
    async fn update_customer(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "reCaptchaV2")] re_captcha_v2: Option<ReCaptchaV2Input>,
        input: UpdateCustomerInput,
    ) -> Result<UpdateCustomerResult> {
        profile::update(ctx, re_captcha_v2, input).await
    }

    /// Adds an address to the book of the customer who is signed in. One that equals another of the
    /// book in every answer is not added again: the address of the result is the one there was.
    async fn add_customer_address(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "reCaptchaV2")] re_captcha_v2: Option<ReCaptchaV2Input>,
        input: AddCustomerAddressInput,
    ) -> Result<AddCustomerAddressResult> {
        addresses::add(ctx, re_captcha_v2, input).await
    }

    /// Changes an address of the customer who is signed in. What is absent stays as it is; with
    /// `formFields`, a custom field without an answer in it is cleared. The address is validated as a
    /// whole. A change that would make it equal to another of the book in every answer is not made.
    async fn update_customer_address(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "reCaptchaV2")] re_captcha_v2: Option<ReCaptchaV2Input>,
        input: UpdateCustomerAddressInput,
    ) -> Result<UpdateCustomerAddressResult> {
        addresses::update(ctx, re_captcha_v2, input).await
    }

    /// Deletes an address of the customer who is signed in.
    async fn delete_customer_address(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "reCaptchaV2")] re_captcha_v2: Option<ReCaptchaV2Input>,
        input: DeleteCustomerAddressInput,
    ) -> Result<DeleteCustomerAddressResult> {
        addresses::delete(ctx, re_captcha_v2, input).await
    }

    /// Changes the password of the customer who is signed in. Their other sessions end; the answer
    /// sets the cookie of a new one.
    async fn change_password(
        &self,
        ctx: &Context<'_>,
        input: ChangePasswordInput,
    ) -> Result<ChangePasswordResult> {
        passwords::change(ctx, input).await
    }

    /// Has a link to choose a new password mailed to the customer with this email address, if there
    /// is one. The answer does not tell.
    async fn request_reset_password(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "reCaptchaV2")] re_captcha_v2: Option<ReCaptchaV2Input>,
        input: RequestResetPasswordInput,
    ) -> Result<RequestResetPasswordResult> {
        passwords::request_reset(ctx, re_captcha_v2, input).await
    }

    /// Sets the password of a customer to whom the token was mailed. Every session of theirs ends.
    async fn reset_password(
        &self,
        ctx: &Context<'_>,
        input: ResetPasswordInput,
    ) -> Result<ResetPasswordResult> {
        passwords::reset(ctx, input).await
    }
}
