package dispatch

import "sync"

// Mirror keeps copies of what is elsewhere.
type Mirror struct {
	mu      sync.Mutex
	sources []string
}

// Follow adds a source.
func (m *Mirror) Follow(source string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.sources = append(m.sources, source)
}

// Refresh fetches all sources, four at a time. A worker gives up when the other side does
// not answer.
func (m *Mirror) Refresh(fetch func(string) error) {
	m.mu.Lock()
	sources := m.sources
	m.mu.Unlock()
	queue := make(chan string, 4)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for s := range queue {
				if fetch(s) != nil {
					return
				}
			}
		})
	}
	for _, s := range sources {
		queue <- s // want "send on queue blocks for ever: the buffer is full and nobody receives from queue"
	}
	close(queue)
	wg.Wait()
}

// MirrorFixed keeps copies of what is elsewhere.
type MirrorFixed struct {
	mu      sync.Mutex
	sources []string
}

// Follow adds a source.
func (m *MirrorFixed) Follow(source string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.sources = append(m.sources, source)
}

// Refresh fetches all sources, four at a time.
func (m *MirrorFixed) Refresh(fetch func(string) error) {
	m.mu.Lock()
	sources := m.sources
	m.mu.Unlock()
	queue := make(chan string, 4)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			dead := false
			for s := range queue {
				dead = dead || fetch(s) != nil
			}
		})
	}
	for _, s := range sources {
		queue <- s
	}
	close(queue)
	wg.Wait()
}
