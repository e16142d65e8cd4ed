"""One question each: read the state, build a spec, call the library, draw the result."""
