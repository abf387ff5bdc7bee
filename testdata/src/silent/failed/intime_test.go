package failed

import (
	"context"
	"sync"
	"testing"
	"time"
)

// queue runs functions, one after the other, until its context is done.
type queue struct {
	mu     sync.Mutex
	closed bool
	funcs  chan func()
}

func newQueue(ctx context.Context) *queue {
	q := &queue{funcs: make(chan func(), 8)}
	go func() {
		for {
			select {
			case <-ctx.Done():
				q.mu.Lock()
				q.closed = true
				q.mu.Unlock()
				return
			case f := <-q.funcs:
				f()
			}
		}
	}()
	return q
}

func (q *queue) try(f func()) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return false
	}
	q.funcs <- f
	return true
}

// When the time has run out the queue takes nothing more, and who waits for all
// of it waits in vain: but then the test fails.
func TestQueueInTime(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	q := newQueue(ctx)
	var wg sync.WaitGroup
	wg.Add(5)
	for range 5 {
		go q.try(func() { wg.Done() })
	}
	done := make(chan struct{})
	go func() {
		wg.Wait()
		close(done)
	}()
	select {
	case <-ctx.Done():
		t.Fatal("not all functions have run in time")
	case <-done:
	}
}
