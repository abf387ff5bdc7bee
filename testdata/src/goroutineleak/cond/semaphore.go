package cond

import "sync"

// Semaphore bounds the weight of what happens at the same time. The zero value
// lets nothing pass until Resize is called.
type Semaphore struct {
	mu   sync.Mutex
	cond *sync.Cond
	size int
	used int
}

func (s *Semaphore) init() *sync.Cond {
	if s.cond == nil {
		s.cond = sync.NewCond(&s.mu)
	}
	return s.cond
}

// Acquire waits until there is room for n.
func (s *Semaphore) Acquire(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.used+n > s.size {
		s.init().Wait() // want "Wait blocks for ever"
	}
	s.used += n
}

// Release makes room for n.
func (s *Semaphore) Release(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.used -= n
	s.init().Broadcast()
}

// Resize changes the size.
func (s *Semaphore) Resize(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.size = n
}

// Warmup runs the functions one at a time, but only after prepare.
func Warmup(prepare func(), fns ...func()) {
	var s Semaphore
	var wg sync.WaitGroup
	for _, f := range fns {
		wg.Go(func() {
			s.Acquire(1)
			defer s.Release(1)
			f()
		})
	}
	prepare()
	s.Resize(1)
	wg.Wait()
}

// SemaphoreFixed bounds the weight of what happens at the same time. The zero value
// lets nothing pass until Resize is called.
type SemaphoreFixed struct {
	mu   sync.Mutex
	cond *sync.Cond
	size int
	used int
}

func (s *SemaphoreFixed) init() *sync.Cond {
	if s.cond == nil {
		s.cond = sync.NewCond(&s.mu)
	}
	return s.cond
}

// Acquire waits until there is room for n.
func (s *SemaphoreFixed) Acquire(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.used+n > s.size {
		s.init().Wait()
	}
	s.used += n
}

// Release makes room for n.
func (s *SemaphoreFixed) Release(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.used -= n
	s.init().Broadcast()
}

// Resize changes the size.
func (s *SemaphoreFixed) Resize(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.size = n
	s.init().Broadcast()
}

// WarmupFixed runs the functions one at a time, but only after prepare.
func WarmupFixed(prepare func(), fns ...func()) {
	var s SemaphoreFixed
	var wg sync.WaitGroup
	for _, f := range fns {
		wg.Go(func() {
			s.Acquire(1)
			defer s.Release(1)
			f()
		})
	}
	prepare()
	s.Resize(1)
	wg.Wait()
}
