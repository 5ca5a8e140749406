"""Documents out: accessible PDF/A-2a and PDF/UA-1, set by Typst in a child process."""
