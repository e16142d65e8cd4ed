"""The next trial from a fitted one: whom to enrol, and how likely it is to succeed."""
