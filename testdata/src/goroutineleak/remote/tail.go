package remote

import (
	"errors"
	"fmt"
	"io"
)

// Message is what a server sends.
type Message struct {
	ID   uint64
	Text string
}

// Receiver receives messages until an error.
type Receiver interface {
	Recv() (Message, error)
}

// stream reads messages ahead.
type stream struct {
	r    Receiver
	msgs chan Message
	err  chan error
}

func (s *stream) receive() {
	for {
		m, err := s.r.Recv()
		if err != nil {
			s.err <- err
			return
		}
		s.msgs <- m // want "send on s.msgs blocks for ever"
	}
}

// Tail prints messages until one is out of order.
func Tail(w io.Writer, r Receiver) error {
	s := &stream{r: r, msgs: make(chan Message), err: make(chan error, 1)}
	go s.receive()
	var last uint64
	for {
		select {
		case m := <-s.msgs:
			if m.ID <= last {
				return fmt.Errorf("message %d after %d", m.ID, last)
			}
			last = m.ID
			fmt.Fprintln(w, m.Text)
		case err := <-s.err:
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
	}
}

// streamFixed reads messages ahead.
type streamFixed struct {
	r    Receiver
	msgs chan Message
	err  chan error
	quit chan struct{}
}

func (s *streamFixed) receive() {
	for {
		m, err := s.r.Recv()
		if err != nil {
			s.err <- err
			return
		}
		select {
		case s.msgs <- m:
		case <-s.quit:
			return
		}
	}
}

// TailFixed prints messages until one is out of order.
func TailFixed(w io.Writer, r Receiver) error {
	s := &streamFixed{r: r, msgs: make(chan Message), err: make(chan error, 1)}
	s.quit = make(chan struct{})
	defer close(s.quit)
	go s.receive()
	var last uint64
	for {
		select {
		case m := <-s.msgs:
			if m.ID <= last {
				return fmt.Errorf("message %d after %d", m.ID, last)
			}
			last = m.ID
			fmt.Fprintln(w, m.Text)
		case err := <-s.err:
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
	}
}
