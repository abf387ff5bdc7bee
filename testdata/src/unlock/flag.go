package unlock

import (
	"errors"
	"sync"
	"time"
)

// A deferred function unlocks unless a flag says that this was done before.
type events struct {
	mu   sync.Mutex
	next chan int
	seen []int
}

func (q *events) await(want int, deadline <-chan time.Time) (int, error) {
	var unlocked bool
	q.mu.Lock()
	defer func() {
		if !unlocked {
			q.mu.Unlock()
		}
	}()
	for _, e := range q.seen {
		if e == want {
			return e, nil
		}
	}
	if q.next != nil {
		return 0, errors.New("somebody waits already")
	}
	q.next = make(chan int, 16)
	q.mu.Unlock()
	unlocked = true
	for {
		select {
		case e := <-q.next:
			if e == want {
				return e, nil
			}
		case <-deadline:
			return 0, errors.New("too late")
		}
	}
}

func (q *events) latest(limit int) (int, error) {
	done := false
	q.mu.Lock()
	defer func() {
		if done {
			q.mu.Unlock()
		}
	}()
	if len(q.seen) == 0 {
		return 0, errors.New("none") // want "return without unlocking q.mu, locked at line 49"
	}
	done = true
	return q.seen[len(q.seen)-1] % limit, nil
}

// The deferred function locks what is not locked by then, and says that it did.
func (q *events) take(next func() (int, error)) (e int, err error) {
	var locked bool
	defer func() {
		if !locked {
			q.mu.Lock()
			locked = true
		}
		q.seen = append(q.seen, e)
		q.mu.Unlock()
	}()
	if e, err = next(); err != nil {
		return 0, err
	}
	q.mu.Lock()
	locked = true
	if len(q.seen) > 0 && q.seen[len(q.seen)-1] == e {
		return 0, errors.New("twice")
	}
	return e, nil
}

func (q *events) takeSilently(next func() (int, error)) (e int, err error) {
	var locked bool
	defer func() {
		if locked {
			locked = false
			q.mu.Unlock()
		}
	}()
	if e, err = next(); err != nil {
		return 0, err
	}
	q.mu.Lock()
	if len(q.seen) > 0 && q.seen[len(q.seen)-1] == e {
		return 0, errors.New("twice") // want "return without unlocking q.mu"
	}
	locked = true
	q.seen = append(q.seen, e)
	return e, nil
}
