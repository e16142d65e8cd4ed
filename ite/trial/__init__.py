"""Reading a trial, giving its columns their roles, checking and describing it."""
