//! Teaches sqlx to store a newtype as the type inside it, on every database at once.

use std::ffi::c_void;

/// SQLite is built to take its memory here (`.cargo/config.toml`), so whatever links it links this too: each column of a row
/// is a piece of memory of its own, taken on one thread and given back on another, which the C library is slow at.
#[used]
static MEMORY: unsafe extern "C" fn(usize) -> *mut c_void = libmimalloc_sys::mi_malloc;

/// Stores `$outer` in the column type of `$inner`; `$from` and `$to` convert, and must lose nothing.
macro_rules! stored_as {
    ([$($generics:tt)*] $outer:ty, $inner:ty, $to:expr, $from:expr) => {
        impl<DB: sqlx::Database, $($generics)*> sqlx::Type<DB> for $outer
        where
            $inner: sqlx::Type<DB>,
        {
            fn type_info() -> DB::TypeInfo {
                <$inner as sqlx::Type<DB>>::type_info()
            }
            fn compatible(ty: &DB::TypeInfo) -> bool {
                <$inner as sqlx::Type<DB>>::compatible(ty)
            }
        }
        impl<'q, DB: sqlx::Database, $($generics)*> sqlx::Encode<'q, DB> for $outer
        where
            $inner: sqlx::Encode<'q, DB>,
        {
            fn encode_by_ref(
                &self,
                buffer: &mut <DB as sqlx::Database>::ArgumentBuffer,
            ) -> Result<sqlx::encode::IsNull, sqlx::error::BoxDynError> {
                let to: fn(&Self) -> $inner = $to;
                <$inner as sqlx::Encode<'q, DB>>::encode(to(self), buffer)
            }
        }
        impl<'r, DB: sqlx::Database, $($generics)*> sqlx::Decode<'r, DB> for $outer
        where
            $inner: sqlx::Decode<'r, DB>,
        {
            fn decode(value: <DB as sqlx::Database>::ValueRef<'r>) -> Result<Self, sqlx::error::BoxDynError> {
                let from: fn($inner) -> Self = $from;
                Ok(from(<$inner as sqlx::Decode<'r, DB>>::decode(value)?))
            }
        }
    };
}
pub(crate) use stored_as;
