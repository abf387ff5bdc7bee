// Package served has a command that serves requests while it runs.
package served

import (
	"net"

	"github.com/spf13/cobra"
)

// Serve is the command that answers the connections of a listener.
func Serve(l net.Listener) *cobra.Command {
	return &cobra.Command{
		Use: "serve",
		RunE: func(*cobra.Command, []string) error {
			for {
				c, err := l.Accept()
				if err != nil {
					return err
				}
				hello(c)
			}
		},
	}
}

// Hello runs for each connection, and each time something may be left behind.
func hello(c net.Conn) {
	defer c.Close()
	heard := make(chan error)
	go func() {
		_, err := c.Read(make([]byte, 1))
		heard <- err // want "send on heard blocks for ever when hello returns"
	}()
	if _, err := c.Write([]byte("hello\n")); err != nil {
		return
	}
	<-heard
}

// ServeFixed is the command that answers the connections of a listener.
func ServeFixed(l net.Listener) *cobra.Command {
	return &cobra.Command{
		Use: "serve",
		RunE: func(*cobra.Command, []string) error {
			for {
				c, err := l.Accept()
				if err != nil {
					return err
				}
				helloFixed(c)
			}
		},
	}
}

func helloFixed(c net.Conn) {
	defer c.Close()
	heard := make(chan error, 1)
	go func() {
		_, err := c.Read(make([]byte, 1))
		heard <- err
	}()
	if _, err := c.Write([]byte("hello\n")); err != nil {
		return
	}
	<-heard
}
