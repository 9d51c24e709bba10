"""Speed as ratios: each figure beside a stated reference, measured in the same run."""
