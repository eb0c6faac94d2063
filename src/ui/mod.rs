//! The kit: the parts that every element is composed of, each with one `view!`. Nothing of a shop.
//!
//! A part takes its words ready made and tells what happened through callbacks. `forms`, `session` and `elements`
//! compose these parts. Every control, button and link is one of them. Besides, those folders write tags for text and
//! lists, and for what groups the parts.

mod actions;
mod appearance;
mod button;
mod checkbox;
mod choice;
mod combobox;
mod dialog;
pub mod dom;
mod facts;
mod field;
mod form;
mod group;
pub mod id;
mod later;
mod link;
mod load_failed;
mod navigation;
mod notice;
mod password_input;
mod remade;
mod select;
mod slot;
mod status;
mod switch;
mod text;
mod text_area;
mod text_input;
pub mod timer;
mod title;
mod tools;
mod undo_bar;

pub use actions::Actions;
pub use appearance::{Appearance, Part, Preset, classes};
pub use button::{Button, ButtonVariant};
pub use checkbox::Checkbox;
pub use choice::{Choice, ChoiceType};
pub use combobox::{Combobox, ComboboxEvent, Suggestions};
pub use dialog::{Dialog, DialogRef};
pub use facts::Facts;
pub use field::{
    Control, ErrorMessage, Field, FieldGroup, FieldLabel, FieldLink, FieldWidth, error_id,
};
pub use form::{ErrorSummary, SubmitRow};
pub use group::Group;
pub use later::{Building, later};
pub use link::{Link, LinkVariant};
pub use load_failed::LoadFailed;
pub use navigation::{Navigation, NavigationLink};
pub use notice::Notice;
pub use password_input::{Checklist, HiddenUsername, PasswordInput};
pub use remade::remade;
pub use select::{Options, Select};
pub use slot::{INVALID_IN_SLOT, Slot, SlotName};
pub use status::Status;
pub use switch::Switch;
pub use text::Text;
pub use text_area::TextArea;
pub use text_input::TextInput;
pub use title::{Title, TitleTag};
pub use tools::{SearchInput, ToolSelect};
pub use undo_bar::UndoBar;
