//! Texts of `<account-consent>` alone.

crate::i18n::messages! {
    CONSENT_INTRO = "consent.intro": "You decide what this shop may use in your browser beyond what it needs to work. You can change your mind here at any time.",
    CONSENT_GPC = "consent.gpc": "Your browser sends the Global Privacy Control signal. We respect it: everything is off unless you switch it on.",
    CONSENT_ESSENTIAL = "consent.essential": "Essential",
    CONSENT_ALWAYS_ON = "consent.always_on": "(always on)",
    CONSENT_ESSENTIAL_ABOUT = "consent.essential.about": "Your cart, signing in and security. The shop does not work without them.",
    CONSENT_FUNCTIONAL = "consent.functional": "Functional",
    CONSENT_FUNCTIONAL_ABOUT = "consent.functional.about": "Remembers your choices and shows extras such as videos and chats.",
    CONSENT_ANALYTICS = "consent.analytics": "Analytics",
    CONSENT_ANALYTICS_ABOUT = "consent.analytics.about": "Counts visits and shows how the shop is used.",
    CONSENT_TARGETING = "consent.targeting": "Advertising",
    CONSENT_TARGETING_ABOUT = "consent.targeting.about": "Follows what you look at to show you matching ads, here and on other sites.",
    CONSENT_SERVICES = "consent.services": "On this page: {value}.",
    CONSENT_REJECT = "consent.reject": "Reject all",
    CONSENT_ACCEPT = "consent.accept": "Accept all",
    CONSENT_SAVE = "consent.save": "Save my choices",
}
