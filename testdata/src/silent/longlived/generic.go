package longlived

import (
	"sync"
	"time"
)

// Queue takes items until it is shut down.
type Queue[T comparable] interface {
	Add(T)
	ShutDown()
}

// typed is a queue with a goroutine of its own.
type typed[T comparable] struct {
	mu     sync.Mutex
	items  []T
	stopCh chan struct{}
	once   sync.Once
}

// NewQueue starts one: who has it may shut it down.
func NewQueue[T comparable]() Queue[T] {
	t := &typed[T]{stopCh: make(chan struct{})}
	go t.loop()
	return t
}

func (q *typed[T]) Add(t T) {
	q.mu.Lock()
	q.items = append(q.items, t)
	q.mu.Unlock()
}

func (q *typed[T]) ShutDown() { q.once.Do(func() { close(q.stopCh) }) }

func (q *typed[T]) loop() {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			q.mu.Lock()
			q.mu.Unlock()
		case <-q.stopCh:
			return
		}
	}
}

// Wrapped is a queue with a name: its methods are promoted.
type Wrapped[T comparable] struct {
	Queue[T]
	name string
}

// NewWrapped makes one.
func NewWrapped[T comparable]() *Wrapped[T] { return &Wrapped[T]{NewQueue[T](), "a"} }

// Hidden closes its queue itself.
type Hidden[T comparable] struct {
	q    Queue[T]
	name string
}

// NewHidden makes one.
func NewHidden[T comparable]() *Hidden[T] { return &Hidden[T]{NewQueue[T](), "a"} }

// Close shuts the queue down.
func (h *Hidden[T]) Close() { h.q.ShutDown() }

// Both is behind an interface, as what it wraps.
type Both[T comparable] struct {
	in Queue[T]
	n  int
}

// Close shuts the queue down.
func (b *Both[T]) Close() { b.in.ShutDown() }

type closer interface{ Close() }

// NewBoth makes one.
func NewBoth[T comparable]() closer {
	return &Both[T]{&Wrapped[T]{NewQueue[T](), "a"}, 1}
}
