mod dates;
mod receipt;
mod transitions;
