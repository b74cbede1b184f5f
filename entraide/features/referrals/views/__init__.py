"""Pages of referrals, by noun."""
