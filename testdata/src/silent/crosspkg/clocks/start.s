// Start would stand here.
