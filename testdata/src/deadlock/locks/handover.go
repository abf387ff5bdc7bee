package locks

import "sync"

// Locked twice by one goroutine, and unlocked by the other in between.
func turns(blocked func()) {
	var mu sync.Mutex
	go func() {
		mu.Lock()
		mu.Lock()
	}()
	blocked()
	mu.Unlock()
}

// Read-locked twice where no writer can get hold of the lock.
func readsOwn() {
	var own struct {
		sync.RWMutex
		n int
	}
	own.RLock()
	own.RLock()
	println(own.n)
	own.RUnlock()
	own.RUnlock()
	own.Lock()
	own.n++
	own.Unlock()
}

// What RLocker returns locks for reading: twice is no deadlock by itself.
type readable struct {
	mu sync.RWMutex
	n  int
}

func (r *readable) twice() int {
	l := r.mu.RLocker()
	l.Lock()
	l.Lock()
	defer l.Unlock()
	defer l.Unlock()
	return r.n
}

// A Once whose function panics: an assertion that it is done.
var (
	loadOnce sync.Once
	loadMu   sync.RWMutex
	loaded   map[string]bool
)

func load() map[string]bool {
	loadOnce.Do(func() {
		loadMu.Lock()
		loaded = map[string]bool{}
		loadMu.Unlock()
	})
	loadMu.RLock()
	defer loadMu.RUnlock()
	return loaded
}

func overrideLoaded(m map[string]bool) {
	loadMu.Lock()
	defer loadMu.Unlock()
	if loaded == nil {
		loaded = m
		return
	}
	loadOnce.Do(func() { panic("not loaded") })
	loaded = m
}

// Both lock and channel are made anew in each round.
func rounds() {
	for range 1000 {
		var mu sync.Mutex
		cond := sync.NewCond(&mu)
		ch := make(chan struct{})
		go func() {
			mu.Lock()
			ch <- struct{}{}
			cond.Wait()
			mu.Unlock()
		}()
		<-ch
		mu.Lock()
		cond.Broadcast()
		mu.Unlock()
	}
}

// The same with a lock that lives longer than a round.
func roundsShared(mu *sync.Mutex) {
	ch := make(chan struct{})
	var held sync.Mutex
	go func() {
		for range 1000 {
			held.Lock()
			ch <- struct{}{} // also goroutineleak "blocks for ever" // want `send on ch under held blocks for ever`
			held.Unlock()
		}
	}()
	for range 1000 {
		<-ch
		held.Lock()
		mu.Lock()
		mu.Unlock()
		held.Unlock()
	}
}
