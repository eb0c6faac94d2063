// The parts of the elements. Their names are a public contract: the class of a part is `sfa-` and its name, and the
// map `classes` of the configuration has these names as keys.
//
// Two programs read this file, each with a `parts!` of its own: the widget (`appearance.rs`), and xtask, which
// writes the table in `docs/theming.md`.

parts! {
    /// A button.
    BUTTON = "button";
    /// The button that a view is for; a view has one.
    BUTTON_PRIMARY = "button-primary";
    /// A button that looks like a link.
    BUTTON_PLAIN = "button-plain";
    /// A link.
    LINK = "link";
    /// A link that looks like the primary button.
    LINK_BUTTON = "link-button";
    /// The title of a view, a notice or a dialog.
    TITLE = "title";
    /// A paragraph.
    TEXT = "text";
    /// A list of short texts.
    LIST = "list";
    /// One of a list.
    LIST_ITEM = "list-item";
    /// Buttons and links that belong together.
    ACTIONS = "actions";
    /// What is said when something was saved.
    STATUS = "status";
    /// A notice in a box.
    NOTICE = "notice";
    /// Words that are only for screen readers. Its style stays in every appearance.
    HIDDEN = "hidden";
    /// Words for which `account.css` draws something: an eye, a cross, a skeleton. They can be seen where it draws nothing.
    ALT_TEXT = "alt-text";
    /// What stands in for an element that is on its way.
    SKELETON = "skeleton";

    /// A form.
    FORM = "form";
    /// A part of a form under a title of its own.
    SECTION = "section";
    /// That title.
    SECTION_TITLE = "section-title";
    /// The fields of a form or of a part of it.
    FIELDS = "fields";
    /// A label, a control, and what is said of them.
    FIELD = "field";
    /// A field that shares its row with another one where there is room; beside `field`.
    FIELD_HALF = "field-half";
    /// What shares a row with two others where there is room: city, state and postal code.
    FIELD_THIRD = "field-third";
    /// A field whose answer does not count; beside `field`.
    FIELD_INVALID = "field-invalid";
    /// A label, or the legend of a group.
    LABEL = "label";
    /// A label and the link at the other end of its line.
    LABEL_ROW = "label-row";
    /// What is said beside the label of a field that may be left out.
    OPTIONAL = "optional";
    /// What is wrong with a field.
    ERROR = "error";
    /// What is said below a control.
    HINT = "hint";
    /// A control for text, a number or a date.
    INPUT = "input";
    /// A control for text, and what is suggested below it.
    COMBOBOX = "combobox";
    /// The list of what is suggested.
    SUGGESTIONS = "suggestions";
    /// One of these.
    SUGGESTION = "suggestion";
    /// A control for a short answer; beside `input`.
    INPUT_SHORT = "input-short";
    /// A control for several lines of text.
    TEXTAREA = "textarea";
    /// A pick list.
    SELECT = "select";
    /// The fieldset around check boxes or radio buttons.
    GROUP = "group";
    /// A check box or radio button with its label.
    CHOICE = "choice";
    /// A check box.
    CHECKBOX = "checkbox";
    /// A radio button.
    RADIO = "radio";
    /// The label of a check box or radio button.
    CHOICE_LABEL = "choice-label";
    /// The control for a password, and the button in it.
    PASSWORD = "password";
    /// The control for a password; beside `input`.
    PASSWORD_INPUT = "password-input";
    /// The button that shows a password.
    PASSWORD_TOGGLE = "password-toggle";
    /// The rules that a password must meet.
    CHECKLIST = "checklist";
    /// The list of these rules.
    CHECKLIST_LIST = "checklist-list";
    /// One of these rules.
    CHECKLIST_ITEM = "checklist-item";
    /// A rule that is met; beside `checklist-item`.
    CHECKLIST_ITEM_MET = "checklist-item-met";
    /// Fields of which the country decides.
    ADDRESS_FIELDS = "address-fields";
    /// A field that is folded away, and the button that unfolds it.
    FOLD = "fold";
    /// The place of a captcha.
    CAPTCHA = "captcha";
    /// A place for what the theme puts into a form.
    SLOT = "slot";
    /// The button that sends a form, and what stands beside it.
    SUBMIT = "submit";
    /// The summary of what is wrong with a form.
    SUMMARY = "summary";
    /// Its title.
    SUMMARY_TITLE = "summary-title";
    /// Its list.
    SUMMARY_LIST = "summary-list";

    /// `<account-sign-up>`.
    SIGN_UP = "sign-up";
    /// `<account-sign-in>`.
    SIGN_IN = "sign-in";
    /// `<account-password>`.
    PASSWORD_ELEMENT = "password-element";
    /// `<account-profile>`.
    PROFILE = "profile";
    /// `<account-newsletter>`.
    NEWSLETTER = "newsletter";
    /// The button that signs out.
    SIGN_OUT = "sign-out";
    /// Answers that were changed in two places.
    CONFLICTS = "conflicts";
    /// Names and values.
    FACTS = "facts";
    /// A name among them.
    FACTS_NAME = "facts-name";
    /// A value among them.
    FACTS_VALUE = "facts-value";

    /// `<account-center>`.
    CENTER = "center";
    /// Its navigation and its views.
    CENTER_BODY = "center-body";
    /// Who is signed in.
    CENTER_HEAD = "center-head";
    /// The initials of who is signed in.
    CENTER_INITIALS = "center-initials";
    /// The name and the email address of who is signed in.
    CENTER_NAME = "center-name";
    /// The name.
    CENTER_FULL_NAME = "center-full-name";
    /// The email address.
    CENTER_EMAIL = "center-email";
    /// All its views, of which one is shown.
    CENTER_VIEWS = "center-views";
    /// One of its views.
    CENTER_VIEW = "center-view";
    /// The navigation of `<account-center>`.
    NAVIGATION = "navigation";
    /// Its list.
    NAVIGATION_LIST = "navigation-list";
    /// An item of the list.
    NAVIGATION_ITEM = "navigation-item";
    /// The item of the view that is shown; beside `navigation-item`.
    NAVIGATION_CURRENT = "navigation-current";
    /// A link in it.
    NAVIGATION_LINK = "navigation-link";
    /// What stands at the end of the navigation.
    NAVIGATION_END = "navigation-end";

    /// `<account-addresses>`.
    ADDRESSES = "addresses";
    /// The search, the filters and the order of addresses.
    TOOLBAR = "toolbar";
    /// One of them.
    TOOL = "tool";
    /// One of them that is as wide as there is room; beside `tool`.
    TOOL_WIDE = "tool-wide";
    /// The count of addresses, and the button that adds one.
    ADDRESSES_COUNT = "addresses-count";
    /// What can be done with the selected addresses.
    ADDRESSES_SELECTION = "addresses-selection";
    /// The addresses, and the buttons around them.
    ADDRESSES_LIST = "addresses-list";
    /// The addresses alone.
    ADDRESSES_FEED = "addresses-feed";
    /// The addresses where they are few enough to stand beside each other; beside `addresses-feed`.
    ADDRESSES_GRID = "addresses-grid";
    /// A button for the keyboard that leads past the list.
    ADDRESSES_BEYOND = "addresses-beyond";
    /// What is said while more addresses are on their way.
    ADDRESSES_MORE = "addresses-more";
    /// The list of addresses in the question whether to delete them.
    ADDRESSES_NAMES = "addresses-names";
    /// An address.
    ADDRESS = "address";
    /// An address with a change that the store does not have; beside `address`.
    ADDRESS_UNSAVED = "address-unsaved";
    /// What an address shows.
    ADDRESS_BODY = "address-body";
    /// The lines of an address.
    ADDRESS_LINES = "address-lines";
    /// One of these lines.
    ADDRESS_LINE = "address-line";
    /// A word that tells what kind of thing it is.
    CHIP = "chip";
    /// The box that selects an address.
    ADDRESS_SELECT = "address-select";
    /// Two versions of an address side by side.
    ADDRESS_VERSIONS = "address-versions";
    /// What can be done with an address.
    ADDRESS_ACTIONS = "address-actions";
    /// A line that tells what just happened.
    TOAST = "toast";
    /// Its words.
    TOAST_TEXT = "toast-text";
    /// The line while what happened can be undone; beside `toast`.
    TOAST_UNDO = "toast-undo";

    /// A dialog.
    DIALOG = "dialog";
    /// The button at its corner that closes it.
    DIALOG_CLOSE = "dialog-close";
    /// A switch with what it is for.
    SWITCH = "switch";
    /// The label of a switch.
    SWITCH_LABEL = "switch-label";
    /// The name of what a switch is for.
    SWITCH_NAME = "switch-name";
    /// Whether a switch is on, in a word, and the switch itself.
    SWITCH_STATE = "switch-state";
    /// The switch itself, without the word.
    SWITCH_CONTROL = "switch-control";
    /// The question about cookies.
    CONSENT = "consent";
    /// What is in the question, no wider than can be read.
    CONSENT_BAR = "consent-bar";
    /// The words of the question.
    CONSENT_TEXT = "consent-text";
    /// The buttons below the question, or below the settings.
    CONSENT_BUTTONS = "consent-buttons";
}
