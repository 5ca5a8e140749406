"""The network's costs: shares of a budget by population and key (G9)."""
