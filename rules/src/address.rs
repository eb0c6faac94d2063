//! How each country writes an address: which parts, in which order, what must be there, and what
//! a postal code looks like.
//!
//! The table is the country layer of libaddressinput (Google LLC, CC-BY 4.0); see
//! `data/address_formats.tsv`, made by `data/refresh.mjs`. Its 259 entries are 252 countries, the fallback
//! `ZZ`, and six language variants that add no format.

use crate::field::{BuiltIn, Field};
use crate::text::in_ascii;

/// The table, one country a line; comment lines start with `#`.
const TABLE: &str = include_str!("../data/address_formats.tsv");

/// The entry that stands for every country without one of its own.
const FALLBACK: &str = "ZZ";

/// A part of an address, in the platform's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// First and last name.
    Name,
    /// Company.
    Company,
    /// Address lines 1 and 2.
    AddressLines,
    /// A part of a city; the platform has no field for it.
    Sublocality,
    /// Town or city.
    City,
    /// State, province, prefecture, county…
    State,
    /// Postal code.
    PostalCode,
    /// Sorting code (CEDEX); the platform has no field for it.
    SortingCode,
}

impl Part {
    const fn from_letter(letter: char) -> Option<Self> {
        match letter {
            'N' => Some(Self::Name),
            'O' => Some(Self::Company),
            'A' => Some(Self::AddressLines),
            'D' => Some(Self::Sublocality),
            'C' => Some(Self::City),
            'S' => Some(Self::State),
            'Z' => Some(Self::PostalCode),
            'X' => Some(Self::SortingCode),
            _ => None,
        }
    }

    const fn letter(self) -> char {
        match self {
            Self::Name => 'N',
            Self::Company => 'O',
            Self::AddressLines => 'A',
            Self::Sublocality => 'D',
            Self::City => 'C',
            Self::State => 'S',
            Self::PostalCode => 'Z',
            Self::SortingCode => 'X',
        }
    }
}

/// What a country's address format is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// A part to be filled in.
    Part(Part),
    /// Text that stands there as it is: a comma, `〒`, `SINGAPORE `.
    Literal(&'a str),
    /// The end of a line.
    NewLine,
}

/// Reads a libaddressinput format: `%n` ends a line, `%` and a letter is a part, the rest is literal.
/// A `%` followed by anything else is dropped.
#[must_use]
pub fn parse_format(format: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut pieces = format.split('%');
    let literal = |tokens: &mut Vec<_>, text| {
        if !str::is_empty(text) {
            tokens.push(Token::Literal(text));
        }
    };
    if let Some(text) = pieces.next() {
        literal(&mut tokens, text);
    }
    for piece in pieces {
        let mut chars = piece.chars();
        match chars.next() {
            Some('n') => tokens.push(Token::NewLine),
            Some(letter) => tokens.extend(Part::from_letter(letter).map(Token::Part)),
            None => {}
        }
        literal(&mut tokens, chars.as_str());
    }
    tokens
}

macro_rules! kinds {
    ($(#[$doc:meta])* $name:ident, default $default:ident, $($variant:ident = $text:literal,)*) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "each variant is its own word")]
        pub enum $name { $($variant,)* }

        impl $name {
            fn read(text: &str) -> Self {
                match text { $($text => Self::$variant,)* _ => Self::$default }
            }
        }
    };
}

kinds! {
    /// What a country calls its first-level subdivisions.
    StateKind, default Province,
    Area = "area", County = "county", Department = "department", District = "district",
    DoSi = "do_si", Emirate = "emirate", Island = "island", Oblast = "oblast", Parish = "parish",
    Prefecture = "prefecture", Province = "province", State = "state",
}

kinds! {
    /// What a country calls its postal code.
    PostalCodeKind, default Postal,
    Eircode = "eircode", Pin = "pin", Postal = "postal", Zip = "zip",
}

kinds! {
    /// What a country calls the place an address is in.
    CityKind, default City,
    City = "city", District = "district", PostTown = "post_town", Suburb = "suburb",
}

/// The address format of one country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressFormat {
    /// ISO 3166-1 alpha-2 code, or `ZZ` for the fallback.
    pub country: &'static str,
    format: &'static str,
    latin_format: &'static str,
    language: &'static str,
    required: &'static str,
    /// A regular expression that the whole postal code must match, in the syntax that JavaScript's
    /// `RegExp` and Rust's `regex` share.
    pub postal_pattern: Option<&'static str>,
    /// A postal code that matches.
    pub postal_example: Option<&'static str>,
    /// What the state is called there.
    pub state_kind: StateKind,
    /// What the postal code is called there.
    pub postal_code_kind: PostalCodeKind,
    /// What the city is called there.
    pub city_kind: CityKind,
}

impl AddressFormat {
    /// The format of the country with this upper-case alpha-2 code; the general one for any other text.
    #[must_use]
    pub fn of(country: &str) -> Self {
        Self::known(country)
            .or_else(|| Self::known(FALLBACK))
            .unwrap_or(Self::read("ZZ\t%N%n%O%n%A%n%C"))
    }

    /// The format of the country with this upper-case alpha-2 code, if the table has one.
    #[must_use]
    pub fn known(country: &str) -> Option<Self> {
        lines()
            .find(|line| line.split('\t').next() == Some(country))
            .map(Self::read)
    }

    /// Every format of the table, the fallback `ZZ` among them.
    pub fn all() -> impl Iterator<Item = Self> {
        lines().map(Self::read)
    }

    fn read(line: &'static str) -> Self {
        let mut columns = line.split('\t');
        let mut next = || columns.next().unwrap_or("");
        let some = |text: &'static str| (!text.is_empty()).then_some(text);
        Self {
            country: next(),
            format: next(),
            latin_format: next(),
            language: next(),
            required: next(),
            postal_pattern: some(next()),
            postal_example: some(next()),
            state_kind: StateKind::read(next()),
            postal_code_kind: PostalCodeKind::read(next()),
            city_kind: CityKind::read(next()),
        }
    }

    /// The format for readers of `language` (a BCP 47 tag): a few countries write the other way
    /// round in Latin script.
    #[must_use]
    pub fn format(&self, language: &str) -> Vec<Token<'static>> {
        let primary = |tag: &'static str| tag.split('-').next().unwrap_or(tag);
        let own = language.split('-').next() == Some(primary(self.language));
        parse_format(if self.latin_format.is_empty() || own {
            self.format
        } else {
            self.latin_format
        })
    }

    /// The parts in the order in which readers of `language` write them; each at most once.
    #[must_use]
    pub fn parts(&self, language: &str) -> Vec<Part> {
        let mut parts = Vec::new();
        for token in self.format(language) {
            if let Token::Part(part) = token
                && !parts.contains(&part)
            {
                parts.push(part);
            }
        }
        parts
    }

    /// Whether an address of this country has `part` at all.
    #[must_use]
    pub fn uses(&self, part: Part) -> bool {
        parse_format(self.format).contains(&Token::Part(part))
    }

    /// Whether an address of this country is incomplete without `part`.
    #[must_use]
    pub fn requires(&self, part: Part) -> bool {
        self.required.contains(part.letter())
    }

    /// Whether readers of `language` write what is larger first: the state before the street, the family
    /// name before the given name.
    #[must_use]
    pub fn is_large_first(&self, language: &str) -> bool {
        let parts = self.parts(language);
        let place = |part| parts.iter().position(|found| *found == part);
        place(Part::State).is_some_and(|state| Some(state) < place(Part::AddressLines))
    }

    /// An address as readers of `language` write it, its lines from first to last, without the
    /// country; `text` gives each part, which may be empty or of several lines. What stands between
    /// parts is left out with them. A part that the format has no place for follows the street; a city
    /// stands before it where what is larger comes first.
    #[must_use]
    pub fn lines(&self, language: &str, text: impl Fn(Part) -> String) -> Vec<String> {
        let mut lines = Lines::default();
        let format = self.format(language);
        let is_written = |text: &str| {
            format.iter().any(|token| match token {
                Token::Literal(literal) => literal.trim().eq_ignore_ascii_case(text),
                Token::Part(_) | Token::NewLine => false,
            })
        };
        let is_homeless = |part: &Part| !self.uses(*part) && !is_written(&text(*part));
        let (before, after) = match self.is_large_first(language) {
            true => (&[Part::City][..], &[Part::State, Part::PostalCode][..]),
            false => (&[][..], &[Part::City, Part::State, Part::PostalCode][..]),
        };
        for token in &format {
            match token {
                Token::NewLine => lines.end(),
                Token::Literal(literal) => lines.between = Some(literal),
                Token::Part(Part::AddressLines) => {
                    for part in before.iter().filter(|part| is_homeless(part)) {
                        lines.part(&text(*part));
                        lines.end();
                    }
                    lines.part(&text(Part::AddressLines));
                    for part in after.iter().filter(|part| is_homeless(part)) {
                        lines.end();
                        lines.part(&text(*part));
                    }
                }
                Token::Part(part) => lines.part(&text(*part)),
            }
        }
        lines.end();
        lines.done
    }

    /// Reads a postal code as shoppers type it, into the country's own form: see
    /// [`Self::tidy_postal_code`]. The letters of the country may stand before it, as in `L-4750`, or be
    /// left out where they are part of it, as in Latvia; `matches` tells whether a text as a whole matches
    /// a pattern. `None` when it is no postal code of the country.
    #[must_use]
    pub fn read_postal_code(
        &self,
        typed: &str,
        matches: &dyn Fn(&str, &str) -> bool,
    ) -> Option<String> {
        let code = self.tidy_postal_code(typed);
        let Some(pattern) = self.postal_pattern else {
            return Some(code);
        };
        let without_prefix = || {
            let mut prefixes = self.postal_prefixes();
            prefixes.find_map(|prefix| {
                let rest = code.strip_prefix(prefix)?;
                let rest = self.tidy_postal_code(rest.trim_start_matches(['-', ' ']));
                matches(pattern, &rest).then_some(rest)
            })
        };
        let with_country = || {
            let whole = self.tidy_postal_code(&format!("{}{code}", self.country));
            matches(pattern, &whole).then_some(whole)
        };
        if matches(pattern, &code) {
            return Some(code);
        }
        without_prefix().or_else(with_country)
    }

    /// Puts what a shopper typed as a postal code into the country's own form, as far as that can
    /// be done without guessing: what cannot be seen, white space around it, digits and full-width forms,
    /// letter case, and separators left out or put elsewhere.
    #[must_use]
    pub fn tidy_postal_code(&self, typed: &str) -> String {
        let mut text = in_ascii(typed);
        if self.postal_pattern.is_some() {
            text = text.to_ascii_uppercase();
        }
        let Some(example) = self.postal_example else {
            return text;
        };
        let essence: Vec<char> = text.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
        let shape = |c: char| c.is_ascii_digit();
        let alike = example
            .chars()
            .filter(|c| c.is_ascii_alphanumeric())
            .map(shape)
            .eq(essence.iter().copied().map(shape));
        if !alike || !text.is_ascii() {
            return text;
        }
        let mut essence = essence.into_iter();
        example
            .chars()
            .filter_map(|c| {
                if c.is_ascii_alphanumeric() {
                    essence.next()
                } else {
                    Some(c)
                }
            })
            .collect()
    }

    /// The letters that may stand before a postal code of the country: what its format has there, its
    /// code, and other letters in use, most of them its sign on vehicles.
    fn postal_prefixes(&self) -> impl Iterator<Item = &'static str> {
        let format = parse_format(self.format);
        let written = format.windows(2).find_map(|pair| match pair {
            [Token::Literal(literal), Token::Part(Part::PostalCode)] => Some(*literal),
            _ => None,
        });
        let written = written.map(|literal| literal.trim_matches([' ', '-']));
        let country = self.country;
        let signs = SIGNS
            .split(' ')
            .filter_map(move |sign| sign.strip_prefix(country));
        written.into_iter().chain([country]).chain(signs)
    }
}

/// The code of a country followed by letters that may stand before a postal code there.
const SIGNS: &str = "ADAND ATA AXFI AXFIN BABIH BEB DED EEEST ESE FIFIN FRF GBUK HUH IEIRL ITI LIFL LUL MEMNE MKNMK MTM NON PTP RSSRB RURUS SES SISLO SMRSM VAV";

/// Lines under construction.
#[derive(Default)]
struct Lines<'a> {
    done: Vec<String>,
    line: String,
    /// Whether the line has had a part yet, even an empty one.
    is_begun: bool,
    /// The literal before the next part; not written before an empty part, nor after only empty ones.
    between: Option<&'a str>,
}

impl Lines<'_> {
    fn part(&mut self, text: &str) {
        let between = self.between.filter(|_| !text.is_empty());
        if let Some(literal) = between
            && self.line.is_empty() != self.is_begun
        {
            self.line.push_str(literal);
        }
        if !text.is_empty() {
            self.between = None;
        }
        self.line.push_str(text);
        self.is_begun = true;
    }

    fn end(&mut self) {
        let line = std::mem::take(&mut self.line);
        let lines = line.split('\n').map(str::trim).filter(|l| !l.is_empty());
        self.done.extend(lines.map(str::to_owned));
        self.is_begun = false;
        self.between = None;
    }
}

fn lines() -> impl Iterator<Item = &'static str> {
    TABLE.lines().filter(|line| !line.starts_with('#'))
}

/// Which parts of the address a form asks for in one country, and how firmly.
///
/// The platform's API wants a street and a city everywhere (`AddCustomerAddressInput.address1!`,
/// `.city!`), whatever the country writes; the postal code and the state follow the country, so
/// that nobody in Monaco is asked for a state nor anybody in Hong Kong for a postal code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressRequirements {
    format: AddressFormat,
    has_states: bool,
}

impl AddressRequirements {
    /// The requirements of a form that asks for no address.
    pub const NO_ADDRESS: Self = Self {
        format: AddressFormat {
            country: "",
            format: "",
            latin_format: "",
            language: "",
            required: "",
            postal_pattern: None,
            postal_example: None,
            state_kind: StateKind::Province,
            postal_code_kind: PostalCodeKind::Postal,
            city_kind: CityKind::City,
        },
        has_states: false,
    };

    /// The requirements of the country of `format`; `has_states`: whether the store lists states for it.
    #[must_use]
    pub const fn new(format: AddressFormat, has_states: bool) -> Self {
        Self { format, has_states }
    }

    /// The address format behind them.
    #[must_use]
    pub const fn address_format(&self) -> &AddressFormat {
        &self.format
    }

    /// Whether the form asks for this field in this country; fields that are no part of the
    /// address proper are always asked.
    #[must_use]
    pub fn asks(&self, field: &Field) -> bool {
        match field.built_in() {
            Some(BuiltIn::State) => self.has_states || self.format.uses(Part::State),
            Some(BuiltIn::Zip) => self.format.uses(Part::PostalCode),
            Some(_) | None => true,
        }
    }

    /// Whether an answer to this field must be given in this country: the store requires it and
    /// the country does not waive it.
    #[must_use]
    pub fn requires(&self, field: &Field) -> bool {
        field.required
            && match field.built_in() {
                Some(BuiltIn::State) => self.format.requires(Part::State),
                Some(BuiltIn::Zip) => self.format.requires(Part::PostalCode),
                Some(_) | None => true,
            }
    }

    /// The address fields proper in the order in which this country asks for them. A city that the
    /// format leaves out comes before the street if the state does, otherwise after it; a state or a
    /// postal code comes last.
    #[must_use]
    pub fn order(&self, language: &str) -> Vec<BuiltIn> {
        let mut order = Vec::new();
        let fields = |part| match part {
            Part::AddressLines => &[BuiltIn::AddressLine1, BuiltIn::AddressLine2][..],
            Part::City => &[BuiltIn::City],
            Part::State => &[BuiltIn::State],
            Part::PostalCode => &[BuiltIn::Zip],
            Part::Name | Part::Company | Part::Sublocality | Part::SortingCode => &[],
        };
        let missing = [
            Part::AddressLines,
            Part::City,
            Part::State,
            Part::PostalCode,
        ];
        let mut parts = self.format.parts(language);
        if let Some(street) = parts.iter().position(|part| *part == Part::AddressLines)
            && !parts.contains(&Part::City)
        {
            let is_large_first = self.format.is_large_first(language);
            parts.insert(street + usize::from(!is_large_first), Part::City);
        }
        for part in parts.into_iter().chain(missing) {
            for field in fields(part) {
                if !order.contains(field) {
                    order.push(*field);
                }
            }
        }
        order
    }
}
