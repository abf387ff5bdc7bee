package serviceloop

import "errors"

// ErrStopped is returned when there is nobody left to do the work.
var ErrStopped = errors.New("stopped")

// Spooler prints documents in the background. It gives up when the printer
// fails.
type Spooler struct {
	queue chan string
	print func(doc string) error
}

// NewSpooler returns a spooler for a printer.
func NewSpooler(print func(doc string) error) *Spooler {
	s := &Spooler{queue: make(chan string), print: print}
	go s.run()
	return s
}

func (s *Spooler) run() {
	for doc := range s.queue {
		if err := s.print(doc); err != nil {
			return
		}
	}
}

// Submit hands a document over.
func (s *Spooler) Submit(doc string) error {
	if doc == "" {
		return errors.New("empty document")
	}
	s.queue <- doc // want "send on s.queue blocks for ever"
	return nil
}

// SpoolerFixed prints documents in the background. It gives up when the printer
// fails.
type SpoolerFixed struct {
	queue chan string
	print func(doc string) error
	dead  chan struct{}
}

// NewSpoolerFixed returns a spooler for a printer.
func NewSpoolerFixed(print func(doc string) error) *SpoolerFixed {
	s := &SpoolerFixed{queue: make(chan string), print: print}
	s.dead = make(chan struct{})
	go s.run()
	return s
}

func (s *SpoolerFixed) run() {
	defer close(s.dead)
	for doc := range s.queue {
		if err := s.print(doc); err != nil {
			return
		}
	}
}

// Submit hands a document over.
func (s *SpoolerFixed) Submit(doc string) error {
	if doc == "" {
		return errors.New("empty document")
	}
	select {
	case s.queue <- doc:
		return nil
	case <-s.dead:
		return ErrStopped
	}
}
