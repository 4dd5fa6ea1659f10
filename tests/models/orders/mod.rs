mod clocks;
mod dates;
mod receipt;
mod transitions;
mod words;
