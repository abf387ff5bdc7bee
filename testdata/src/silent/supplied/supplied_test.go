// Package supplied has tests whose goroutines pass on what they get from
// elsewhere, as often as the test causes it there.
package supplied

import (
	"bufio"
	"errors"
	"net"
	"testing"
	"testing/synctest"
	"time"
)

// TestAccept dials once.
func TestAccept(t *testing.T) {
	ln, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	conns := make(chan net.Conn, 1)
	go func() {
		for {
			c, err := ln.Accept()
			if err != nil {
				return
			}
			conns <- c
		}
	}()
	c, err := net.Dial("tcp", ln.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	server := <-conns
	server.Close()
}

// TestLines writes two lines.
func TestLines(t *testing.T) {
	a, b, err := pair()
	if err != nil {
		t.Fatal(err)
	}
	lines := make(chan string)
	go func() {
		s := bufio.NewScanner(b)
		for s.Scan() {
			lines <- s.Text()
		}
	}()
	a.Write([]byte("one\ntwo\n"))
	<-lines
	<-lines
}

func pair() (a, b net.Conn, err error) {
	ln, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		return nil, nil, err
	}
	defer ln.Close()
	if a, err = net.Dial("tcp", ln.Addr().String()); err != nil {
		return nil, nil, err
	}
	b, err = ln.Accept()
	return a, b, err
}

type reader struct {
	deadline time.Time
	more     chan struct{}
}

func (r *reader) read() error {
	if r.deadline.IsZero() {
		<-r.more
		return nil
	}
	select {
	case <-r.more:
		return nil
	case <-time.After(time.Until(r.deadline)):
		return errors.New("late")
	}
}

// TestDeadline gives the reader a deadline.
func TestDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := &reader{deadline: time.Now().Add(time.Second), more: make(chan struct{}, 1)}
		errs := make(chan error, 1)
		go func() { errs <- r.read() }()
		select {
		case <-errs:
			t.Fatal("too early")
		case <-time.After(time.Second / 2):
		}
		<-errs
	})
}

// TestDeadlineHere reads in its own goroutine, with a deadline, and waits for no
// answer longer than that.
func TestDeadlineHere(t *testing.T) {
	r := &reader{deadline: time.Now().Add(time.Second), more: make(chan struct{}, 1)}
	if r.read() == nil {
		t.Fatal("nothing to read")
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		r.read()
	}()
	select {
	case <-done:
	case <-time.After(2 * time.Second):
		t.Log("slow")
	}
}
