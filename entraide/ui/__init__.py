"""The look: base page, components, form fields, tokens; no tables."""
