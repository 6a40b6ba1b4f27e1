//! What the command line says, to whoever still listens: when the reader of a pipe has gone (`| head`), the rest is for nobody.

use std::fmt::Arguments;
use std::io::{self, Write};

/// Prints words as they are.
pub fn put(words: Arguments<'_>) {
    let mut out = io::stdout().lock();
    // the work itself goes on: that nobody reads of it is no failure of it
    let _ = out.write_fmt(words).and_then(|()| out.flush());
}

/// Prints a line.
macro_rules! say {
    ($($words:tt)*) => { $crate::say::put(format_args!("{}\n", format_args!($($words)*))) };
}
pub(crate) use say;
