"""Who is reached: call lists, duty contacts, shifts and covers of the members (R6–R8), in the space `rosters`."""
