"""Measurements that print ratios inside one run. Times of one machine prove nothing; ratios travel."""
