"""One room per capability; rooms stand side by side."""
