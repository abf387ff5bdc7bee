package onesignal

import "fmt"

// Supervise runs a command together with helpers that live as long as it does.
func Supervise(run func() error, helpers ...func()) error {
	exited := make(chan error, 1)
	for _, h := range helpers {
		go func() {
			<-exited // want "receive from exited blocks for ever"
			h()
		}()
	}
	err := run()
	if err != nil {
		err = fmt.Errorf("supervise: %w", err)
	}
	exited <- err
	return err
}

// SuperviseFixed runs a command together with helpers that live as long as it does.
func SuperviseFixed(run func() error, helpers ...func()) error {
	exited := make(chan error, 1)
	for _, h := range helpers {
		go func() {
			<-exited
			h()
		}()
	}
	err := run()
	if err != nil {
		err = fmt.Errorf("supervise: %w", err)
	}
	close(exited)
	return err
}
