// Package cobra stands in for the library of that name: what a command is told
// when it runs, no more.
package cobra

// Command is a command of a program.
type Command struct {
	Use  string
	RunE func(cmd *Command, args []string) error
}

// Execute runs the command.
func (c *Command) Execute(args ...string) error { return c.RunE(c, args) }
