mod email;
mod typed;
mod vocabulary;
