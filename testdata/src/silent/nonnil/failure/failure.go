// Package failure makes errors of its own.
package failure

import (
	"errors"
	"fmt"
)

type failure struct {
	text  string
	cause error
}

func (f *failure) Error() string { return f.text }

func (f *failure) Unwrap() error { return f.cause }

// Maker makes errors of one kind.
type Maker struct{ Kind string }

// New returns an error with a text.
func New(text string) error { return &failure{text: text} }

// Newf returns an error with a formatted text.
func Newf(format string, args ...any) error {
	err := New(fmt.Sprintf(format, args...))
	return mark(err)
}

// mark returns an error that is found to be a failure.
func mark(err error) error {
	if err == nil {
		return nil
	}
	var f *failure
	if errors.As(err, &f) {
		return err
	}
	return &failure{err.Error(), err}
}

// Wrap adds a text to an error, if it is one.
func Wrap(err error, text string) error {
	if err == nil {
		return nil
	}
	err = &failure{text + ": " + err.Error(), err}
	return mark(err)
}

// Wrap adds a kind to an error, if it is one.
func (m *Maker) Wrap(text string, err error) error {
	if err != nil {
		return Wrap(err, m.Kind+" "+text)
	}
	return nil
}

// Plain makes an error of a text alone.
var Plain = errors.New

// Because makes an error with a cause.
var Because = Wrap
