"""The demonstration: logins, this week's standing space, and a snowstorm that is played while one watches.

Everything is written by the ordinary commands in the functions' own rights; nothing here may do what they may not.
"""
