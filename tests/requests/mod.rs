mod bad_input;
mod first_run;
mod isolation;
mod orders;
mod refusals;
mod sessions;
