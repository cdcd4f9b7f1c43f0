"""System matters that the kommuner raise: what the leader team does with them."""
