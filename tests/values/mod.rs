mod email;
mod vocabulary;
