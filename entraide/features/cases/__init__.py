"""A person, a situation, what she agreed to, who helps, and what was done."""
