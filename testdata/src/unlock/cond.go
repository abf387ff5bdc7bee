package unlock

import "sync"

// Wait gives the lock of the condition back: it has to be held.
type bell struct {
	mu    sync.Mutex
	rung  *sync.Cond
	quiet sync.Cond
	n     int
}

func newBell() *bell {
	b := &bell{}
	b.rung = sync.NewCond(&b.mu)
	b.quiet.L = &b.mu
	return b
}

func (b *bell) ring() {
	b.mu.Lock()
	b.n++
	b.mu.Unlock()
	b.rung.Broadcast()
	b.quiet.Broadcast()
}

func (b *bell) await(n int) {
	b.mu.Lock()
	early := b.n < n
	b.mu.Unlock()
	if early {
		b.rung.Wait() // want `b.rung.Wait without b.mu, which is unlocked since line 31: wait first, or lock it again`
	}
}

func (b *bell) awaitQuiet(n int) {
	b.mu.Lock()
	b.n--
	b.mu.Unlock()
	b.quiet.Wait() // want `b.quiet.Wait without b.mu, which is unlocked since line 40`
}

func (b *bell) awaitLocked(n int) {
	b.mu.Lock()
	for b.n < n {
		b.rung.Wait()
	}
	b.mu.Unlock()
}

// The caller holds it.
func (b *bell) awaitMore(n int) {
	for b.n < n {
		b.quiet.Wait()
	}
}

func (b *bell) awaitAgain(n int) {
	b.mu.Lock()
	b.n = 0
	b.mu.Unlock()
	b.mu.Lock()
	defer b.mu.Unlock()
	b.awaitMore(n)
	for b.n < 2*n {
		b.rung.Wait()
	}
}
