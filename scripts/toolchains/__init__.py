"""The tests' toolchains: where they live (store), how they are fetched (fetch, debian), what they are (steps)."""
