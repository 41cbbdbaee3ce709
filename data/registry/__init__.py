"""Lists of factories: names, countries and places read as people write them, and one list linked to another."""
