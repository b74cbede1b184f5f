"""The demo world: public facts are real, persons and cases are invented."""
