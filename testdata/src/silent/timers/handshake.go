package timers

import (
	"errors"
	"net"
	"time"
)

type tooLateError struct{}

func (tooLateError) Error() string { return "too late" }

// greet waits for the answer in time. What Read returns is never tooLateError: only
// the timer sends that, and then the second answer is still to come.
func greet(c *net.TCPConn, d time.Duration) error {
	errc := make(chan error, 2)
	timer := time.AfterFunc(d, func() { errc <- tooLateError{} })
	go func() {
		_, err := c.Read(make([]byte, 1))
		timer.Stop()
		errc <- err
	}()
	if err := <-errc; err != nil {
		c.Close()
		if err == (tooLateError{}) {
			<-errc
		}
		return err
	}
	return nil
}

var errLate = errors.New("late")

// farewell does the same with an error variable.
func farewell(c *net.TCPConn, d time.Duration) error {
	errc := make(chan error, 2)
	timer := time.AfterFunc(d, func() { errc <- errLate })
	go func() {
		_, err := c.Write(make([]byte, 1))
		timer.Stop()
		errc <- err
	}()
	err := <-errc
	if err == errLate {
		c.Close()
		<-errc
	}
	return err
}
