//! A store that answers by a script, for tests and the specimen page.

use super::ApiError;
use std::cell::RefCell;
use std::rc::Rc;

/// What a script answers.
#[derive(Clone, Debug)]
pub enum Scripted {
    /// A body with status 200.
    Body(String),
    /// A failure of the transport or a status.
    Error(ApiError),
    /// Nothing, ever.
    Never,
}

/// Responses by operation name, each in the order given; the last one of an operation repeats.
/// An operation without an answer is offline.
#[derive(Clone, Default)]
pub struct Script(Rc<Inner>);

#[derive(Default)]
struct Inner {
    answers: RefCell<Vec<(String, Scripted)>>,
    sent: RefCell<Vec<(String, String)>>,
}

impl Script {
    /// A script of these answers by operation name.
    #[must_use]
    pub fn new<'a>(answers: impl IntoIterator<Item = (&'a str, Scripted)>) -> Self {
        let script = Self::default();
        for (operation, answer) in answers {
            script.push(operation, answer);
        }
        script
    }

    /// Adds an answer behind those the operation has.
    pub fn push(&self, operation: &str, answer: Scripted) {
        self.0
            .answers
            .borrow_mut()
            .push((operation.to_owned(), answer));
    }

    /// The name and the JSON body of every request so far.
    #[must_use]
    pub fn sent(&self) -> Vec<(String, String)> {
        self.0.sent.borrow().clone()
    }

    pub(super) async fn send(&self, operation: &str, body: String) -> Result<String, ApiError> {
        self.0.sent.borrow_mut().push((operation.to_owned(), body));
        match self.next(operation) {
            Some(Scripted::Body(body)) => Ok(body),
            Some(Scripted::Error(error)) => Err(error),
            Some(Scripted::Never) => std::future::pending().await,
            None => Err(ApiError::Offline),
        }
    }

    fn next(&self, operation: &str) -> Option<Scripted> {
        let mut answers = self.0.answers.borrow_mut();
        let mut of_operation = answers.iter().enumerate().filter(|(_, a)| a.0 == operation);
        let first = of_operation.next().map(|(index, _)| index)?;
        let is_last = of_operation.next().is_none();
        if is_last {
            answers.get(first).map(|(_, answer)| answer.clone())
        } else {
            Some(answers.remove(first).1)
        }
    }
}
