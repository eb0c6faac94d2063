//! The sign-up page: the widget's element, and inside it the plain form that works without it.

use super::fields::{Control, FieldView, Filled, id_of};
use super::view::{Complaint, Page, Query};
use super::{Failure, Form as Sent, sign_in as session};
use crate::embed::Manifest;
use crate::form_fields::{self, Definitions, Form};
use crate::sign_up::{self, Error, Refusal, SignUp, Way};
use crate::{Store, captcha, db, http, sign_in};
use askama::Template;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use std::collections::BTreeMap;
use storefront_rules::{Answer, Answers, BuiltIn, FieldId};

#[derive(Template)]
#[template(path = "sign_up.html")]
struct SignUpPage {
    page: Page,
    /// The widget's files; none when they are not built or not wanted.
    widget: Option<Manifest>,
    token: String,
    country: String,
    /// What a shopper must know before they begin.
    notice: String,
    complaints: Vec<Complaint>,
    account: Vec<FieldView>,
    address: Vec<FieldView>,
}

/// What a shopper sent and what became of it.
#[derive(Default)]
struct Attempt {
    sent: Option<Answers>,
    refusals: Vec<Refusal>,
    /// Complaints about the whole, not about a field.
    general: Vec<String>,
    email_taken: bool,
}

pub(super) async fn show(
    store: &Store,
    headers: &HeaderMap,
    query: &Query,
    page: Page,
) -> Result<Response, Failure> {
    render(store, headers, query, page, &Attempt::default()).await
}

pub(super) async fn save(
    store: &Store,
    headers: &HeaderMap,
    query: &Query,
    form: &Sent,
) -> Result<Response, Failure> {
    let (account, address) = (answers(form, 1), answers(form, 2));
    let mut sent = account.clone();
    sent.extend(address.clone());
    let mut attempt = Attempt {
        sent: Some(sent),
        ..Attempt::default()
    };
    let token = super::value(form, "g-recaptcha-response");
    match sign_up::sign_up(store, read(account, address, token)).await {
        Ok(id) => {
            let started = sign_in::start(store, id).await?;
            return Ok(session::welcome_new(store, &started));
        }
        Err(Error::Refused(refusals)) => attempt.refusals = once_a_field(refusals),
        Err(Error::EmailTaken) => attempt.email_taken = true,
        Err(Error::Disabled) => attempt.general.push(sign_up::DISABLED.to_owned()),
        // Without JavaScript there is no box to tick.
        Err(Error::Captcha(captcha::Refusal::Absent | captcha::Refusal::Invalid)) => {
            let settings = Page::new(store, headers, query).await?.settings;
            attempt.general.push(needs_script(&settings.contact_email));
        }
        Err(error @ (Error::Db(_) | Error::Passwords(_))) => return Err(error.into()),
    }
    let page = Page::new(store, headers, query).await?;
    render(store, headers, query, page, &attempt).await
}

fn needs_script(contact: &str) -> String {
    format!(
        "This store checks that no robot opens an account, and the check needs JavaScript. \
         Turn JavaScript on and load the page again, or write to {contact} and we open the account for you."
    )
}

/// The answers of one group: `FormField[group][id]`, as the platform's forms name them.
fn answers(form: &Sent, group: u8) -> Answers {
    let prefix = format!("FormField[{group}][");
    let mut texts: BTreeMap<FieldId, Vec<String>> = BTreeMap::new();
    for (name, value) in form {
        let id = name
            .strip_prefix(&prefix)
            .and_then(|rest| rest.strip_suffix(']'))
            .and_then(|id| id.parse().ok());
        if let Some(id) = id {
            texts.entry(FieldId(id)).or_default().push(value.clone());
        }
    }
    let texts = texts.into_iter();
    texts
        .map(|(id, texts)| (id, Answer::Texts(texts)))
        .collect()
}

fn read(account: Answers, address: Answers, captcha: &str) -> SignUp {
    let own = [
        BuiltIn::FirstName,
        BuiltIn::LastName,
        BuiltIn::CompanyName,
        BuiltIn::Phone,
    ];
    let person = own.iter().filter_map(|field| {
        let answer = address.get(&field.id())?;
        Some((field.id(), answer.clone()))
    });
    SignUp {
        way: Way::Form,
        account,
        person: person.collect(),
        address: Some(address),
        unreadable: Vec::new(),
        accepts_marketing: None,
        captcha: Some(captcha.to_owned()),
    }
}

/// A name is the customer's and the address's at once, but the form has one field for it.
fn once_a_field(refusals: Vec<Refusal>) -> Vec<Refusal> {
    let mut once: Vec<Refusal> = Vec::new();
    for refusal in refusals {
        if !once.iter().any(|known| known.field == refusal.field) {
            once.push(refusal);
        }
    }
    once
}

async fn render(
    store: &Store,
    headers: &HeaderMap,
    query: &Query,
    page: Page,
    attempt: &Attempt,
) -> Result<Response, Failure> {
    let definitions = store.db.read(form_fields::load).await;
    let definitions = definitions.map_err(|error: db::Error| error)?;
    let country = query
        .get("country")
        .and_then(|code| store.geography.find(code))
        .map_or(page.settings.default_country.as_str(), |c| c.code.as_str())
        .to_owned();
    let filled = Filled {
        sent: attempt.sent.as_ref(),
        country: &country,
        wants_marketing: page.settings.newsletter.checked_by_default,
        refusals: &attempt.refusals,
        geography: &store.geography,
    };
    let mut account = views(&filled, &definitions, Form::Customer);
    let address = views(&filled, &definitions, Form::Address);
    let mut complaints = Vec::new();
    for message in &attempt.general {
        complaints.push(complaint(String::new(), message));
    }
    if attempt.email_taken {
        complain_of_email(&mut account, &mut complaints);
    }
    complaints.extend(listed(&account, &address, &attempt.refusals));
    let template = SignUpPage {
        notice: notice(&page, attempt),
        widget: if query.get("script") == Some("off") {
            None
        } else {
            store.embed.manifest()
        },
        token: store.tokens.issue(&http::own_origin(store, headers))?,
        country,
        complaints,
        account,
        address,
        page,
    };
    let status = if attempt.sent.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let nonce = template.page.nonce.clone();
    Page::show(&nonce, status, &template)
}

fn views(filled: &Filled<'_>, definitions: &Definitions, form: Form) -> Vec<FieldView> {
    let asked = definitions.of(form).iter();
    asked
        // Asked for when the password is changed.
        .filter(|field| field.built_in() != Some(BuiltIn::CurrentPassword))
        .map(|field| filled.view(form, field))
        .collect()
}

fn complaint(target: String, message: &str) -> Complaint {
    Complaint {
        target,
        message: message.to_owned(),
    }
}

fn complain_of_email(account: &mut [FieldView], complaints: &mut Vec<Complaint>) {
    let id = id_of(BuiltIn::EmailAddress.id());
    if let Some(view) = account.iter_mut().find(|view| view.id == id) {
        sign_up::EMAIL_TAKEN.clone_into(&mut view.error);
        view.offers_sign_in = true;
    }
    complaints.push(complaint(id, sign_up::EMAIL_TAKEN));
}

/// The refusals in the order of the page; those of fields that the page does not have, last.
fn listed(account: &[FieldView], address: &[FieldView], refusals: &[Refusal]) -> Vec<Complaint> {
    let views: Vec<&str> = account
        .iter()
        .chain(address)
        .map(|view| view.id.as_str())
        .collect();
    let mut listed: Vec<(usize, Complaint)> = refusals
        .iter()
        .map(|refusal| {
            let id = id_of(refusal.field);
            match views.iter().position(|view| *view == id) {
                Some(place) => (place, complaint(id, &refusal.message)),
                None => (views.len(), complaint(String::new(), &refusal.message)),
            }
        })
        .collect();
    listed.sort_by_key(|(place, _)| *place);
    listed.into_iter().map(|(_, complaint)| complaint).collect()
}

/// Said before the shopper fills in a form that cannot be taken.
fn notice(page: &Page, attempt: &Attempt) -> String {
    if !attempt.general.is_empty() {
        String::new()
    } else if !page.settings.account_creation_enabled {
        sign_up::DISABLED.to_owned()
    } else if page.settings.recaptcha.enabled {
        needs_script(&page.settings.contact_email)
    } else {
        String::new()
    }
}
