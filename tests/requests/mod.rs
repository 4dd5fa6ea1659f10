mod bad_input;
mod first_run;
mod identity;
mod isolation;
mod orders;
mod rackets;
mod refusals;
mod sessions;
