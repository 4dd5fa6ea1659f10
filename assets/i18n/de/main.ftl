app-name = racket-book
