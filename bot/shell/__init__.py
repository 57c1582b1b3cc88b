"""What operators type: a file for each noun; `main` finds it, `council` opens the database."""
