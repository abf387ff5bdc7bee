package noreturn

import (
	"errors"
	"os"
)

// Functions of other packages that variables are declared to be.
var (
	exit   = os.Exit
	failed = errors.New
)

// AllOrExit runs all, and ends the process where one fails.
func AllOrExit(parts []func() error) {
	done := make(chan bool)
	go func() {
		for _, p := range parts {
			if p() != nil {
				exit(1)
				return
			}
		}
		done <- true
	}()
	<-done
}

// OneByOne has slots for all of them, and refuses to have none.
func OneByOne(parts []func()) error {
	if err := some(parts); err != nil {
		return err
	}
	slots := make(chan struct{}, len(parts))
	slots <- struct{}{}
	for _, p := range parts {
		p()
	}
	<-slots
	return nil
}

func some(parts []func()) error {
	if len(parts) == 0 {
		return failed("no parts")
	}
	return nil
}
