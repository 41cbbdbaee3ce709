"""The demo world: made-up factories, owners and buyers, and the truth behind what their workers answer."""
