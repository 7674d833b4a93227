//! The fixed lists of a practicum entry.

use std::{fmt, str::FromStr};

use types::UnknownWord;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $code:literal, $title:literal;)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[expect(missing_docs, reason = "the words that people read stand beside each")]
        pub enum $name { $($variant,)* }

        impl $name {
            /// All of them, in their usual order.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The short word that is stored.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// What people read.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)* }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.code())
            }
        }

        impl FromStr for $name {
            type Err = UnknownWord;

            fn from_str(text: &str) -> Result<Self, UnknownWord> {
                match text { $($code => Ok(Self::$variant),)* _ => Err(UnknownWord(text.to_owned())) }
            }
        }
    };
}

words! {
    /// How the work was done.
    Format {
        OneToOne = "one-to-one", "One to one";
        Group = "group", "In a group";
        Community = "community", "Out in the community";
        Remote = "remote", "By telephone or video";
        Office = "office", "In the office";
    }
}

words! {
    /// What kind of place it was.
    Setting {
        PeerCenter = "peer-center", "Peer-run center";
        Clinic = "clinic", "Clinic or treatment program";
        Hospital = "hospital", "Hospital or emergency service";
        Housing = "housing", "Housing or shelter";
        Justice = "justice", "Court, jail or reentry";
        Line = "line", "Warm line or crisis line";
        Community = "community", "Community organization";
        Other = "other", "Another kind of place";
    }
}

words! {
    /// On what terms the work was done.
    Hours {
        Paid = "paid", "Paid";
        Volunteer = "volunteer", "Volunteer";
        Internship = "internship", "Internship";
    }
}

words! {
    /// How many people took part, besides the trainee and staff.
    Band {
        None = "none", "None";
        One = "1", "1";
        Few = "2-5", "2 to 5";
        Some = "6-12", "6 to 12";
        Many = "13+", "13 or more";
    }
}

words! {
    /// Why an entry is returned.
    Reason {
        WrongHours = "wrong-hours", "The hours do not fit";
        WrongCategory = "wrong-category", "Another kind of work fits better";
        Identifying = "identifying", "It may point to a person";
        NotObserved = "not-observed", "It was not observed as it says";
        NotInPlacement = "not-in-placement", "It is outside the placement";
        Other = "other", "Something else";
    }
}

words! {
    /// What kind of supervisor a place has.
    SupervisorKind {
        Peer = "peer", "Certified peer supervisor";
        Clinician = "clinician", "Licensed clinician";
        Other = "other", "Somebody else who supervises";
    }
}
