// Package unwrapped tries again until an error says that it is of no use.
package unwrapped

import "errors"

// Permanent is an error after which nobody should try again.
type Permanent struct{ Err error }

func (p *Permanent) Error() string { return "permanent: " + p.Err.Error() }

var errGaveUp = errors.New("gave up")

// Retry calls a function until it succeeds, some times. It returns what a permanent
// error wraps, which is an error, too.
func Retry(times int, call func() error) error {
	for range times {
		err := call()
		if err == nil {
			return nil
		}
		if p, ok := err.(*Permanent); ok {
			return p.Err
		}
	}
	return errGaveUp
}

// Dial waits until there is a connection, or no hope of one.
func Dial(dial func() error) error {
	result := make(chan error)
	go func() {
		connected := false
		err := Retry(3, func() error {
			if err := dial(); err != nil {
				return err
			}
			result <- nil
			connected = true
			return nil
		})
		if err != nil && !connected {
			result <- err
		}
	}()
	return <-result
}

// DialNamed does the same, with a result that has a name and is looked at later.
func DialNamed(dial func() error, note func(error)) error {
	result := make(chan error)
	go func() {
		connected := false
		err := retryNoted(note, func() error {
			if err := dial(); err != nil {
				return err
			}
			result <- nil
			connected = true
			return nil
		})
		if err != nil && !connected {
			result <- err
		}
	}()
	return <-result
}

func retryNoted(note func(error), call func() error) (err error) {
	defer func() { note(err) }()
	for range 3 {
		if err = call(); err == nil {
			return nil
		}
		var p *Permanent
		if errors.As(err, &p) {
			return p.Err
		}
	}
	return errGaveUp
}
