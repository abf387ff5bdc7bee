package locks

import "sync"

// Who waits has counted down itself for all that were counted: the rest do so under
// the lock, one after the other.
type listeners struct {
	mu   sync.Mutex
	wg   sync.WaitGroup
	list []chan int
}

func (l *listeners) add(c chan int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.wg.Add(1)
	l.list = append(l.list, c)
}

func (l *listeners) remove() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if n := len(l.list); n > 0 {
		l.list = l.list[:n-1]
		l.wg.Add(-1)
	}
}

func (l *listeners) closeAll() {
	for _, c := range l.list {
		close(c)
		l.wg.Add(-1)
	}
	l.list = nil
}

func (l *listeners) stop() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closeAll()
	l.wg.Wait()
}

// It does not help who was counted to count down afterwards.
func (l *listeners) stopLate() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.wg.Wait() // want `l.wg.Wait under l.mu blocks for ever: its partner needs l.mu first`
	l.closeAll()
}

// The last thing that needs the lock comes after what is waited for.
type targets struct {
	mu    sync.Mutex
	named map[string]*target
}

type target struct {
	quit     chan struct{}
	finished chan struct{}
}

func (t *targets) watch(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	g := &target{make(chan struct{}), make(chan struct{})}
	t.named[name] = g
	go t.run(name, g)
}

func (t *targets) run(name string, g *target) {
	defer func() {
		close(g.finished)
		t.again(name)
	}()
	<-g.quit
}

func (t *targets) again(name string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.named[name] != nil
}

func (t *targets) forget(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	g := t.named[name]
	close(g.quit)
	<-g.finished
	delete(t.named, name)
}

// Nobody waits to write: who finds readers there gives up.
type checkpoints struct {
	mu sync.RWMutex
	at int
}

func (c *checkpoints) sync() int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.at
}

func (c *checkpoints) syncTwice() int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.sync()
}

func (c *checkpoints) advance() bool {
	if !c.mu.TryLock() {
		return false
	}
	defer c.mu.Unlock()
	c.at++
	return true
}
