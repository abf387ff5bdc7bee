package locks

import "sync"

// Released once, on the way or at the end.
func unlockOnce(l sync.Locker) func() {
	var once sync.Once
	return func() { once.Do(l.Unlock) }
}

type launcher struct {
	mu      sync.Mutex
	started bool
	jobs    chan string
}

func (s *launcher) run(tcp bool) int {
	unlock := unlockOnce(&s.mu)
	s.mu.Lock()
	defer unlock()
	if s.started {
		return 0
	}
	s.started = true
	if tcp {
		unlock()
		return s.serve()
	}
	s.jobs = make(chan string, 1)
	unlock()
	return s.serve()
}

func (s *launcher) serve() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.jobs)
}

func (s *launcher) isStarted() bool {
	s.mu.Lock()
	started := s.started
	s.mu.Unlock()
	return started
}

// The closure is called before the function returns: nothing is handed on.
func with(l sync.Locker, do func()) {
	l.Lock()
	func() {
		defer l.Unlock()
		do()
	}()
}

type shelf struct {
	mu    sync.Mutex
	books []string
}

func (s *shelf) add(b string) {
	with(&s.mu, func() { s.books = append(s.books, b) })
	s.mu.Lock()
	s.books = append(s.books, b)
	s.mu.Unlock()
}

func (s *shelf) take() string {
	with(&s.mu, func() {})
	s.mu.Lock()
	b := s.first() // want `s\.mu is locked again by shelf\.first, held since once\.go:\d+`
	s.mu.Unlock()
	return b
}

func (s *shelf) first() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.books[0]
}
