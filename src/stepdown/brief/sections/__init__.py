"""One file per section of the brief: findings in, the words and figures of that section out."""
