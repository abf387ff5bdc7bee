// Package stores runs what it is made of together.
package stores

import (
	"context"
	"sync"

	"example.com/corpus/silent/crosspkg/stores/squad"
)

// Source is where alerts come from.
type Source interface {
	Load() ([]int, Feed)
}

// Feed gives alerts as they come.
type Feed interface {
	Next() <-chan int
}

type shelf struct {
	mu  sync.Mutex
	sum int
}

func (s *shelf) put(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sum += n
}

func (s *shelf) tidy(ctx context.Context) { <-ctx.Done() }

// Store keeps what a source gives it, once it runs.
type Store struct {
	source  Source
	shelves []*shelf
	mu      sync.Mutex
	loaded  sync.WaitGroup
	cancel  context.CancelFunc
}

// NewStore returns a store with so many shelves.
func NewStore(s Source, names []string) *Store {
	st := &Store{source: s}
	st.loaded.Add(1)
	for range names {
		st.shelves = append(st.shelves, &shelf{})
	}
	return st
}

// Await waits until what there was at first is in the store.
func (s *Store) Await() { s.loaded.Wait() }

func (s *Store) put(n int) {
	for _, sh := range s.shelves {
		sh.put(n)
	}
}

func (s *Store) run(ctx context.Context) {
	first, feed := s.source.Load()
	for _, n := range first {
		s.put(n)
	}
	s.loaded.Done()
	for {
		select {
		case <-ctx.Done():
			return
		case n := <-feed.Next():
			s.put(n)
		}
	}
}

// Run runs until Stop is called.
func (s *Store) Run() error {
	s.mu.Lock()
	outer, cancel := context.WithCancel(context.Background())
	s.cancel = cancel
	s.mu.Unlock()
	ctx, stop := context.WithCancel(outer)
	for _, sh := range s.shelves {
		go sh.tidy(ctx)
	}
	var sq squad.Squad
	sq.Add(func() error { s.run(ctx); return nil }, func(error) { stop() })
	return sq.Run()
}

// Stop ends what Run does.
func (s *Store) Stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cancel != nil {
		s.cancel()
	}
}
