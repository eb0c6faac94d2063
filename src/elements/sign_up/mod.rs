//! `<account-sign-up>`: the form that opens an account.

pub mod messages;
mod state;

use super::shared::{ContinueLink, ElementContext, PrivacyPolicy, Resource, resource};
use crate::api::{Api, Country, SignUpForm};
use crate::forms::{AddressFields, CountryChoice, Form, FormFields, FormView, Section, Steps};
use crate::i18n::Message;
use crate::session::Audience;
use crate::ui::{
    Choice, ChoiceType, Group, Link, LinkVariant, Part, Text, Title, dom, later, remade,
};
use leptos::html;
use leptos::prelude::*;
use state::{Outcome, newsletter_name};
use std::rc::Rc;
use storefront_rules::{BuiltIn, Field, FieldId};
use wasm_bindgen::JsCast;

/// The whole element.
#[component]
pub fn SignUp() -> impl IntoView {
    let context = ElementContext::current();
    let ask = move |api: Api| {
        let country = context.config().country.clone().unwrap_or_default();
        async move { api.sign_up_form(&country).await.map(Rc::new) }
    };
    // Held here: a sign-up that ends with a session is taken down by its beginning.
    let outcome = RwSignal::new(None::<Outcome>);
    let view = move |customer: Option<i32>, form: Rc<SignUpForm>| match (
        customer,
        outcome.get_untracked(),
    ) {
        (Some(_), Some(outcome)) => view! { <Done outcome=outcome /> }.into_any(),
        (Some(_), None) => view! { <AlreadySignedIn /> }.into_any(),
        (None, _) => {
            outcome.set(None);
            view! { <FormOrOutcome definitions=form outcome=outcome /> }.into_any()
        }
    };
    let loader = resource(context, ask, |form| form.customer, view);
    view! { <Resource part=Part::SIGN_UP audience=Audience::Everybody loader=loader /> }
}

/// What a customer is told, who has an account.
#[component]
fn AlreadySignedIn() -> impl IntoView {
    let i18n = ElementContext::current().i18n;
    view! {
        <div>
            <Text text=i18n.text(Message::ALREADY_SIGNED_IN) />
            <ContinueLink />
        </div>
    }
}

#[component]
fn FormOrOutcome(definitions: Rc<SignUpForm>, outcome: RwSignal<Option<Outcome>>) -> impl IntoView {
    let definitions = StoredValue::new_local(definitions);
    let content = remade(move || match outcome.get() {
        Some(outcome) => Some(view! { <Done outcome=outcome /> }.into_any()),
        None => {
            let definitions = definitions.try_get_value()?;
            Some(view! { <SignUpFields definitions=definitions outcome=outcome /> }.into_any())
        }
    });
    view! { <div>{content}</div> }
}

/// The end: how far the shopper has come, and the way on. The form is gone, which tells password
/// managers that the password was taken.
#[component]
fn Done(outcome: Outcome) -> impl IntoView {
    let context = ElementContext::current();
    let i18n = context.i18n;
    let (text, link) = match outcome {
        Outcome::SignedIn => (
            Message::SIGN_UP_DONE_SIGNED_IN,
            view! { <ContinueLink /> }.into_any(),
        ),
        Outcome::SignInLeft => {
            let href = context.config().sign_in_url.clone();
            let link = view! {
                <Link href=href text=i18n.text(Message::SIGN_IN) variant=LinkVariant::Button />
            };
            (Message::SIGN_UP_DONE_SIGN_IN, link.into_any())
        }
    };
    view! {
        <div>
            <Title text=i18n.text(Message::SIGN_UP_DONE) focus=true />
            <Text text=i18n.text(text) />
            {link}
        </div>
    }
}

#[component]
fn SignUpFields(definitions: Rc<SignUpForm>, outcome: RwSignal<Option<Outcome>>) -> impl IntoView {
    let context = ElementContext::current();
    let i18n = context.i18n;
    let (form, country) = state::form(context, &definitions, outcome);
    let newsletter = definitions.newsletter.map(|checked| {
        let label = newsletter_label(&definitions);
        let label = label.unwrap_or_else(|| i18n.text(Message::NEWSLETTER));
        view! {
            <div class=Part::FIELD.class()>
                <Choice
                    kind=ChoiceType::Checkbox
                    id=form.id("newsletter")
                    name=newsletter_name()
                    value="1".to_owned()
                    label=label
                    checked=checked
                />
            </div>
        }
    });
    let policy = definitions.privacy_policy.clone();
    let privacy = view! { <PrivacyPolicy i18n=i18n href=policy /> };
    let countries = definitions.countries.clone();
    if context.config().has_steps {
        return view! { <FormInSteps form=form country=country countries=countries newsletter=newsletter.into_any() privacy=privacy.into_any() /> }.into_any();
    }
    view! {
        <FormView
            form=form
            submit=Message::SIGN_UP_SUBMIT
            sending=Message::SIGN_UP_SENDING
            before_submit=privacy.into_any()
            slots=true
        >
            <Group id=form.id("account") title=i18n.text(Message::SECTION_ACCOUNT)>
                <FormFields form=form section=Section::Account />
            </Group>
            <Group id=form.id("address") title=i18n.text(Message::SECTION_ADDRESS)>
                {later(move || {
                    view! { <AddressFields form=form country=country countries=countries /> }
                        .into_any()
                })}
            </Group>
            {newsletter}
        </FormView>
    }
    .into_any()
}

/// The same form, asking for one thing after the other: the account, the address, and what else the store has
/// configured. A step without a field is left out.
#[component]
fn FormInSteps(
    form: Form,
    country: CountryChoice,
    countries: Vec<Country>,
    newsletter: AnyView,
    privacy: AnyView,
) -> impl IntoView {
    let fields_of = |section: Section, which: fn(&Field) -> bool| {
        form.with_definition(|definition| {
            let fields = definition.fields.iter();
            let fields = fields.filter(|(of, field)| *of == section && which(field));
            fields.map(|(_, field)| field.id).collect::<Vec<FieldId>>()
        })
    };
    let account = view! { <FormFields form=form section=Section::Account which=is_built_in /> };
    let address = view! { <AddressFields form=form country=country countries=countries /> };
    let more = view! { <FormFields form=form section=Section::Account which=is_custom /> };
    let asked = [
        (
            ("account", Message::SECTION_ACCOUNT, account.into_any()),
            fields_of(Section::Account, is_built_in),
        ),
        (
            ("address", Message::SECTION_ADDRESS, address.into_any()),
            fields_of(Section::Address, |_| true),
        ),
        (
            ("more", Message::SECTION_MORE, more.into_any()),
            fields_of(Section::Account, is_custom),
        ),
    ];
    let asked = asked.into_iter().filter(|(_, fields)| !fields.is_empty());
    let (views, fields): (Vec<_>, Vec<_>) = asked.unzip();
    let steps = form.in_steps(fields);
    let last = steps.count().saturating_sub(1);
    let mut newsletter = Some(newsletter);
    let views = views.into_iter().enumerate();
    let views = views.map(|(place, (id, title, fields))| {
        let newsletter = newsletter.take_if(|_| place == last);
        view! {
            <Step steps=steps place=place id=form.id(id) title=title>
                {fields}
                {newsletter}
            </Step>
        }
    });
    let views = views.collect::<Vec<_>>();
    view! {
        <FormView
            form=form
            submit=Message::SIGN_UP_SUBMIT
            sending=Message::SIGN_UP_SENDING
            before_submit=privacy
            slots=true
            steps=steps
        >
            {views}
        </FormView>
    }
}

fn is_built_in(field: &Field) -> bool {
    field.is_built_in
}

fn is_custom(field: &Field) -> bool {
    !field.is_built_in
}

/// A step of the form. Its title takes the focus when the shopper comes to it.
#[component]
fn Step(
    steps: Steps,
    /// Its place among the steps, counted from 0.
    place: usize,
    /// The title's id.
    id: String,
    title: Message,
    children: Children,
) -> impl IntoView {
    let i18n = ElementContext::current().i18n;
    let (number, count) = ((place + 1).to_string(), steps.count().to_string());
    let progress = i18n.format(Message::STEP, &[("value", &number), ("total", &count)]);
    let is_current = Memo::new(move |_| steps.current() == place);
    let (node_ref, title_id) = (NodeRef::<html::H2>::new(), id.clone());
    Effect::new(move |_| {
        if is_current.get()
            && steps.has_moved()
            && let Some(title) = node_ref.get_untracked()
        {
            dom::focus_later(title.unchecked_into());
        }
    });
    view! {
        <section
            class=Part::SECTION.class()
            aria-labelledby=id
            hidden=move || !is_current.get()
        >
            <Title id=title_id text=i18n.text(title) node_ref=node_ref />
            <Text text=progress />
            {children()}
        </section>
    }
}

/// What the store's own field for the newsletter says, if it has one.
fn newsletter_label(definitions: &SignUpForm) -> Option<String> {
    let own = BuiltIn::ReceiveMarketingEmails;
    let mut fields = definitions.account.iter();
    let field = fields.find(|field| field.built_in() == Some(own))?;
    let option = field.kind.options().first();
    option.map(|option| option.label.clone())
}
