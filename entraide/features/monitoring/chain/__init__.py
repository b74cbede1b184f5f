"""The chain: obligation → question → answer and evidence → finding → recommendation → decision → measure → progress → next question."""
