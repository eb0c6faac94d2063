//! Texts of `<account-newsletter>` alone.

crate::i18n::messages! {
    SUBSCRIBE = "newsletter.subscribe": "Subscribe to the newsletter",
    UNSUBSCRIBE = "newsletter.unsubscribe": "Unsubscribe",
    NEWSLETTER_VIEW = "newsletter.title": "Newsletter",
    NEWSLETTER_WORDS = "newsletter.words": "News and offers by email to {value}.",
    SUBSCRIBED = "newsletter.subscribed": "You will now get the newsletter at {value}.",
    UNSUBSCRIBED = "newsletter.unsubscribed": "You will no longer get the newsletter at {value}.",
    CART_REMINDERS = "cart_reminders": "Cart reminders",
    CART_REMINDERS_WORDS = "cart_reminders.words": "If you leave items in your cart, we remind you once. This is not the newsletter: you can have one without the other.",
    CART_REMINDERS_ON = "cart_reminders.on": "Remind me of my cart",
    CART_REMINDERS_OFF = "cart_reminders.off": "No reminders",
    CART_REMINDERS_ARE_ON = "cart_reminders.are_on": "You may now get cart reminders at {value}.",
    CART_REMINDERS_ARE_OFF = "cart_reminders.are_off": "You will no longer get cart reminders at {value}.",
}
