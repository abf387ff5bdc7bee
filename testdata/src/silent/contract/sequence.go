package contract

import "sync"

// Sequence lets numbered events begin in the order of their numbers. Numbers
// are names that callers choose: two that choose the same one ask for trouble.
type Sequence struct {
	mu   sync.Mutex
	next int
	wait map[int]chan struct{}
}

// Start waits until the event before has ended.
func (s *Sequence) Start(id int) {
	s.mu.Lock()
	if s.next == id {
		s.mu.Unlock()
		return
	}
	c := make(chan struct{})
	if s.wait == nil {
		s.wait = make(map[int]chan struct{})
	}
	s.wait[id] = c
	s.mu.Unlock()
	<-c
}

// End lets the next event begin.
func (s *Sequence) End(id int) {
	s.mu.Lock()
	if s.next != id {
		s.mu.Unlock()
		panic("out of sequence")
	}
	id++
	s.next = id
	c, ok := s.wait[id]
	delete(s.wait, id)
	s.mu.Unlock()
	if ok {
		close(c)
	}
}
