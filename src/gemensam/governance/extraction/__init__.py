"""Documents in: the lines of a PDF, a DOCX or a text, read in a child process with limits."""
