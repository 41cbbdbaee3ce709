"""The vault: answers, and what is known about them until they are closed into cells. Never read by a page."""
