package absent

import (
	"errors"
	"net"
	"time"
)

var errLate = errors.New("late")

// GreetBack takes every failure for the timer's: then nothing more comes.
func GreetBack(c *net.TCPConn, d time.Duration) error {
	errc := make(chan error, 2)
	timer := time.AfterFunc(d, func() { errc <- errLate })
	go func() {
		_, err := c.Read(make([]byte, 1))
		timer.Stop()
		errc <- err
	}()
	err := <-errc
	if err != nil {
		c.Close()
		<-errc // want "receive from errc blocks for ever"
	}
	return err
}

// GreetBackFixed knows the timer's failure.
func GreetBackFixed(c *net.TCPConn, d time.Duration) error {
	errc := make(chan error, 2)
	timer := time.AfterFunc(d, func() { errc <- errLate })
	go func() {
		_, err := c.Read(make([]byte, 1))
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
