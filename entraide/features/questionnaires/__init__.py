"""Questionnaires: questions bound to provisions, asked of States and organisations, answered by many hands, cleared and sent once."""
