package pipes

import (
	"fmt"
	"io"
)

// Count returns the number of bytes that render writes.
func Count(render func(w io.Writer) error) (int64, error) {
	pr, pw := io.Pipe()
	counted := make(chan int64, 1)
	go func() {
		n, err := io.Copy(io.Discard, pr) // stuck: Count
		if err != nil {
			n = -1
		}
		counted <- n
	}()
	if err := render(pw); err != nil {
		return 0, fmt.Errorf("render: %w", err)
	}
	pw.Close()
	return <-counted, nil
}

// CountFixed returns the number of bytes that render writes.
func CountFixed(render func(w io.Writer) error) (int64, error) {
	pr, pw := io.Pipe()
	counted := make(chan int64, 1)
	go func() {
		n, err := io.Copy(io.Discard, pr)
		if err != nil {
			n = -1
		}
		counted <- n
	}()
	if err := render(pw); err != nil {
		pw.CloseWithError(err)
		return 0, fmt.Errorf("render: %w", err)
	}
	pw.Close()
	return <-counted, nil
}
