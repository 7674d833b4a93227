//! The fixed lists of the field: roles, domains of practice, categories of practicum work.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A word that is not in the list it was looked up in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not one of the words we know here")]
pub struct UnknownWord(pub String);

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal, $title:literal;)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub enum $name { $($(#[$vdoc])* $variant,)* }

        impl $name {
            /// All of them, in their usual order.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The short word that is stored and stands in addresses and authored files.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// What people read.
            #[must_use]
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

        impl TryFrom<String> for $name {
            type Error = UnknownWord;

            fn try_from(text: String) -> Result<Self, UnknownWord> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.code().to_owned()
            }
        }
    };
}

words! {
    /// What a person may do here. Site supervisors and employers need no account and so no role.
    Role {
        /// Learns, practices, is given a certificate.
        Trainee = "trainee", "Trainee";
        /// Leads live sessions and grades.
        Trainer = "trainer", "Trainer";
        /// Answers for programs, people and certificates.
        Officer = "officer", "Certification officer";
    }
}

words! {
    /// The five domains of practice under which hours are counted, a house list.
    Domain {
        /// Advocacy.
        Advocacy = "ADV", "Advocacy";
        /// Ethical responsibility.
        Ethics = "ETH", "Ethical responsibility";
        /// Mentoring and education.
        Mentoring = "MEN", "Mentoring and education";
        /// Recovery and wellness support.
        Recovery = "REC", "Recovery and wellness support";
        /// Harm reduction.
        HarmReduction = "HAR", "Harm reduction";
    }
}

words! {
    /// What kind of work an hour of practicum was, a house list.
    Category {
        /// One-to-one support.
        OneToOne = "P1", "One-to-one support";
        /// Groups and community activity.
        Groups = "P2", "Groups and community activity";
        /// Finding and linking resources, going along.
        Linking = "P3", "Linking to resources, going along";
        /// Goals, planning and coaching of skills.
        Planning = "P4", "Goals, planning and skill coaching";
        /// Advocacy and rights.
        Advocacy = "P5", "Advocacy and rights";
        /// Outreach, engagement, harm reduction, support around a crisis with a lead on site.
        Outreach = "P6", "Outreach, engagement and harm reduction";
        /// Teamwork, documentation, preparing.
        Teamwork = "P7", "Teamwork, documentation and preparing";
        /// Shadowing and orientation.
        Shadowing = "P8", "Shadowing and orientation";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read_back_from_its_code() {
        for role in Role::ALL {
            assert_eq!(role.code().parse(), Ok(*role));
        }
        for category in Category::ALL {
            assert_eq!(category.code().parse(), Ok(*category));
        }
        assert!("P9".parse::<Category>().is_err());
    }
}
