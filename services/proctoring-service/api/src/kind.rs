//! What a device can notice, and what a human can make of it.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A name that no variant has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownName;

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unknown name")
    }
}
impl std::error::Error for UnknownName {}

macro_rules! named {
    ($(#[$doc:meta])* $type:ident { $($(#[$about:meta])* $variant:ident = $name:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $type {
            $($(#[$about])* $variant,)*
        }
        impl $type {
            /// Every one, in the order in which people list them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name on the wire, in the database and in metrics.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }
        impl FromStr for $type {
            type Err = UnknownName;
            fn from_str(name: &str) -> Result<Self, UnknownName> {
                match name { $($name => Ok(Self::$variant),)* _ => Err(UnknownName) }
            }
        }
    };
}

named! {
    /// What a candidate's device noticed. None of these proves anything: a notification, a reader, a second monitor that
    /// was always there look the same.
    ViolationKind {
        /// The exam's tab wasn't visible.
        TabHidden = "tab_hidden",
        /// Another window had the keyboard.
        WindowBlur = "window_blur",
        /// Full screen was left.
        FullscreenLeft = "fullscreen_left",
        /// Something was copied.
        Copy = "copy",
        /// Something was cut.
        Cut = "cut",
        /// Something was pasted.
        Paste = "paste",
        /// The page was printed.
        Print = "print",
        /// More than one display is connected.
        MultipleDisplays = "multiple_displays",
        /// The device moved to another network.
        NetworkChange = "network_change",
    }
}

named! {
    /// What a human made of a violation.
    Judgement {
        /// It was one.
        Confirmed = "confirmed",
        /// It was none.
        Dismissed = "dismissed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_same_on_the_wire_and_in_the_database() {
        for kind in ViolationKind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(*kind));
        }
        assert_eq!("telepathy".parse::<ViolationKind>(), Err(UnknownName));
        assert_eq!("confirmed".parse(), Ok(Judgement::Confirmed));
    }
}
