//! What crosses the wire when something went wrong: words a person can act on, or an opaque reference. Never internals.

use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use leptos::server_fn::{Bytes, ContentType, Decodes, Encodes, Format, FormatType};

/// Why a question was not answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// What was entered breaks a rule.
    Rejected(String),
    /// There is no such thing, or it is not the caller's to see.
    Missing,
    /// Nobody is signed in any more.
    SignIn,
    /// The caller may not do this.
    Forbidden,
    /// Somebody else changed it meanwhile.
    Changed,
    /// The server did not answer: no network, or it is down.
    Away,
    /// The server cannot work just now.
    Busy,
    /// It failed inside; the reference finds it in the log.
    Failed(String),
}

impl Problem {
    /// The title of a page that could not be shown.
    #[must_use]
    pub fn title(&self) -> &'static str {
        match self {
            Self::Missing => "Not found",
            Self::SignIn => "Signed out",
            Self::Forbidden => "Not allowed",
            _ => "Not loaded",
        }
    }

    /// For people: what happened and what to do.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Rejected(words) => words.clone(),
            Self::Missing => "There is nothing here, or it is no longer yours to see.".into(),
            Self::SignIn => "You are signed out. Sign in to go on.".into(),
            Self::Forbidden => "Your role does not allow this. Ask an administrator.".into(),
            Self::Changed => "Somebody changed this meanwhile. Load it again and repeat your change.".into(),
            Self::Away => "The server cannot be reached. Check the network, then try again.".into(),
            Self::Busy => "The server is busy. Try again in a moment.".into(),
            Self::Failed(reference) if reference.is_empty() => "This could not be loaded. Try again.".into(),
            Self::Failed(reference) => {
                ["This could not be loaded. Try again; if it happens again, pass on the reference ", reference, "."].concat()
            }
        }
    }
}

impl FromServerFnError for Problem {
    type Encoder = Plain;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) => Self::Away,
            _ => Self::Failed(String::new()),
        }
    }
}

/// Plain text: what first screens are answered in. It needs a tenth of the code of a JSON reader.
pub struct Plain;

impl ContentType for Plain {
    const CONTENT_TYPE: &'static str = "text/plain; charset=utf-8";
}

impl FormatType for Plain {
    const FORMAT_TYPE: Format = Format::Text;
}

impl Encodes<Problem> for Plain {
    type Error = std::fmt::Error;

    fn encode(problem: &Problem) -> Result<Bytes, std::fmt::Error> {
        let (code, words) = match problem {
            Problem::Rejected(words) => ("rejected", words.as_str()),
            Problem::Missing => ("missing", ""),
            Problem::SignIn => ("signIn", ""),
            Problem::Forbidden => ("forbidden", ""),
            Problem::Changed => ("changed", ""),
            Problem::Away => ("away", ""),
            Problem::Busy => ("busy", ""),
            Problem::Failed(reference) => ("failed", reference.as_str()),
        };
        Ok(Bytes::from([code, "\n", words].concat()))
    }
}

impl Decodes<Problem> for Plain {
    type Error = std::fmt::Error;

    fn decode(bytes: Bytes) -> Result<Problem, std::fmt::Error> {
        let text = String::from_utf8_lossy(&bytes);
        let (code, words) = text.split_once('\n').unwrap_or((&text, ""));
        Ok(match code {
            "rejected" => Problem::Rejected(words.to_owned()),
            "missing" => Problem::Missing,
            "signIn" => Problem::SignIn,
            "forbidden" => Problem::Forbidden,
            "changed" => Problem::Changed,
            "busy" => Problem::Busy,
            "away" => Problem::Away,
            _ => Problem::Failed(words.to_owned()),
        })
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn a_problem_survives_the_wire() {
        let all = [
            Problem::Rejected("Enter a name.\nTwo lines.".into()),
            Problem::Missing,
            Problem::SignIn,
            Problem::Busy,
            Problem::Failed("abc".into()),
        ];
        for problem in all {
            let wire = <Plain as Encodes<Problem>>::encode(&problem).unwrap();
            assert_eq!(<Plain as Decodes<Problem>>::decode(wire).unwrap(), problem);
        }
    }
}
