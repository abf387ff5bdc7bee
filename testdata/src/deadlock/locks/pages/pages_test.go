package pages_test

import (
	"testing"

	"example.com/corpus/deadlock/locks/pages"
)

// When a change cannot be made the test fails, whatever becomes of its end.
func TestChange(t *testing.T) {
	var p pages.Pages
	defer p.Close()
	c, err := p.Change()
	if err != nil {
		t.Skip(err)
	}
	if err := c.Add(); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- c.Write() }()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
}
