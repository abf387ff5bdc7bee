package owner

import "sync"

type source struct {
	mu   sync.Mutex
	subs map[chan string]bool
}

func (s *source) emit(v string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.subs {
		select {
		case c <- v:
		default:
		}
	}
}

func subscribe(s *source) (<-chan string, func()) {
	c := make(chan string, 4)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.subs[c] = true
	return c, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.subs, c)
		close(c) // want "close of closed channel c"
	}
}

// Wait emits what generate yields until it has emitted the value.
func Wait(value string, generate func() string) int {
	s := &source{subs: map[chan string]bool{}}
	values, cancel := subscribe(s)
	defer cancel()
	for n := 1; ; n++ {
		s.emit(generate())
		if v := <-values; v == value {
			cancel()
			return n
		}
	}
}

type sourceFixed struct {
	mu   sync.Mutex
	subs map[chan string]bool
}

func (s *sourceFixed) emit(v string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.subs {
		select {
		case c <- v:
		default:
		}
	}
}

func subscribeFixed(s *sourceFixed) (<-chan string, func()) {
	c := make(chan string, 4)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.subs[c] = true
	return c, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.subs[c] {
			delete(s.subs, c)
			close(c)
		}
	}
}

// WaitFixed emits what generate yields until it has emitted the value.
func WaitFixed(value string, generate func() string) int {
	s := &sourceFixed{subs: map[chan string]bool{}}
	values, cancel := subscribeFixed(s)
	defer cancel()
	for n := 1; ; n++ {
		s.emit(generate())
		if v := <-values; v == value {
			cancel()
			return n
		}
	}
}
