package callback

import "time"

// Within tells whether work was done in time.
func Within(limit time.Duration, work func() error) (bool, error) {
	late := make(chan struct{})
	time.AfterFunc(limit, func() {
		late <- struct{}{} // want "send on late blocks for ever"
	})
	done := make(chan error, 1)
	go func() { done <- work() }()
	select {
	case err := <-done:
		return true, err
	case <-late:
		return false, nil
	}
}

// WithinFixed tells whether work was done in time.
func WithinFixed(limit time.Duration, work func() error) (bool, error) {
	late := make(chan struct{}, 1)
	time.AfterFunc(limit, func() {
		late <- struct{}{}
	})
	done := make(chan error, 1)
	go func() { done <- work() }()
	select {
	case err := <-done:
		return true, err
	case <-late:
		return false, nil
	}
}
