package absent

import "fmt"

// Change is a step of a migration.
type Change struct {
	Name string
	Run  func() error
}

// Apply runs the changes. If asked to, it verifies them in the background.
func Apply(changes []Change, verify func() error, background bool) error {
	var verified chan error
	if background {
		verified = make(chan error, 1)
		go func() { verified <- verify() }()
	}
	for _, c := range changes {
		if err := c.Run(); err != nil {
			return fmt.Errorf("change %s: %w", c.Name, err)
		}
	}
	return <-verified // want "receive from verified blocks for ever"
}

// ApplyFixed runs the changes. If asked to, it verifies them in the background.
func ApplyFixed(changes []Change, verify func() error, background bool) error {
	verified := make(chan error, 1)
	if background {
		go func() { verified <- verify() }()
	} else {
		verified <- nil
	}
	for _, c := range changes {
		if err := c.Run(); err != nil {
			return fmt.Errorf("change %s: %w", c.Name, err)
		}
	}
	return <-verified
}
