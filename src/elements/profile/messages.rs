//! Texts of `<account-profile>` alone.

crate::i18n::messages! {
    PROFILE_OF_GUEST = "profile.guest": "Sign in to see and change your details.",
    PROFILE_EDIT = "profile.edit": "Edit",
    PROFILE_SUBMIT = "profile.submit": "Save changes",
    SAVED = "profile.saved": "Your changes are saved.",
    PROFILE_INCOMPLETE = "profile.incomplete": "The store needs more from you",
    PROFILE_INCOMPLETE_WORDS = "profile.incomplete.words": "It has added questions since you opened your account. Answer them before you save changes:",
    ASKED_ANEW = "profile.asked_anew": "The store has changed its questions. Check your answers, then save again.",
    GROUP = "profile.group": "Customer group",
    CONFLICTS_WORDS = "profile.conflicts.words": "These answers were also changed on another device or in another tab. Choose which to keep.",
    KEEP_MINE = "profile.conflicts.mine": "Keep mine: {value}",
    TAKE_THEIRS = "profile.conflicts.theirs": "Use the other: {value}",
}
