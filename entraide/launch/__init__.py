"""Starting Entraide on a machine that has nothing but Python: a private PostgreSQL, its roles, the web and the worker."""
