package locks

import (
	"sync"

	"golang.org/x/sync/errgroup"
)

// The goroutine that stop waits for starts another of the group, and then needs
// the lock that stop holds.
type consumer struct {
	mu     sync.Mutex
	wg     sync.WaitGroup
	quit   chan struct{}
	topics []string
	seen   int
}

func (c *consumer) start() {
	c.wg.Add(1)
	go func() {
		defer c.wg.Done()
		c.watchErrors()
		for {
			select {
			case <-c.quit:
				return
			default:
			}
			c.mu.Lock()
			c.seen = len(c.topics)
			c.mu.Unlock()
		}
	}()
}

func (c *consumer) watchErrors() {
	c.wg.Add(1)
	go func() {
		defer c.wg.Done()
		<-c.quit
	}()
}

func (c *consumer) stop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	close(c.quit)
	c.wg.Wait() // want `c.wg.Wait under c.mu blocks for ever: its partner needs c.mu first \(crews.go:\d+\), move it out of the lock`
}

func (c *consumer) stopOutside() {
	c.mu.Lock()
	close(c.quit)
	c.mu.Unlock()
	c.wg.Wait()
}

// What it locks, it locks before it adds, and gives back what it added itself.
type starter struct {
	mu   sync.Mutex
	wg   sync.WaitGroup
	busy bool
}

func (s *starter) start(fail bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.busy = true
	s.wg.Add(1)
	if fail {
		s.wg.Done()
		return
	}
	go s.wg.Done()
}

func (s *starter) wait() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.wg.Wait()
}

// The group runs the functions that spawn is given: one needs the lock.
type frontdesk struct {
	mu    sync.Mutex
	crew  sync.WaitGroup
	conns int
}

func (s *frontdesk) spawn(f func()) {
	s.crew.Add(1)
	go func() {
		defer s.crew.Done()
		f()
	}()
}

func (s *frontdesk) accept() {
	s.spawn(s.serve)
	s.spawn(func() { println("idle") })
}

func (s *frontdesk) serve() {
	s.mu.Lock()
	s.conns++
	s.mu.Unlock()
}

func (s *frontdesk) shutdown() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.conns = 0
	s.crew.Wait() // want `s.crew.Wait under s.mu blocks for ever: its partner needs s.mu first \(crews.go:\d+\), move it out of the lock`
}

func (s *frontdesk) shutdownOutside() {
	s.mu.Lock()
	s.conns = 0
	s.mu.Unlock()
	s.crew.Wait()
}

// Nothing that spawn is given needs the lock, and what does comes after Done.
type quietDesk struct {
	mu    sync.Mutex
	crew  sync.WaitGroup
	conns int
}

func (s *quietDesk) spawn(f, after func()) {
	s.crew.Add(1)
	go func() {
		f()
		s.crew.Done()
		after()
	}()
}

func (s *quietDesk) accept() {
	s.spawn(func() { println("idle") }, s.count)
}

func (s *quietDesk) count() {
	s.mu.Lock()
	s.conns++
	s.mu.Unlock()
}

func (s *quietDesk) shutdown() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.crew.Wait()
}

// The group is one of another package.
type pipeline struct {
	mu    sync.Mutex
	tasks *errgroup.Group
	done  int
}

func newPipeline() *pipeline { return &pipeline{tasks: new(errgroup.Group)} }

func (p *pipeline) add() {
	p.tasks.Go(func() error {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.done++
		return nil
	})
}

func (p *pipeline) flush() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.tasks.Wait() // want `p.tasks.Wait under p.mu blocks for ever: its partner needs p.mu first \(crews.go:\d+\), move it out of the lock`
}

func (p *pipeline) flushOutside() error {
	err := p.tasks.Wait()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done = 0
	return err
}

// The function goes through an adapter.
type vault struct {
	mu      sync.Mutex
	renewal *errgroup.Group
	token   string
}

func withoutError(f func()) func() error {
	return func() error {
		f()
		return nil
	}
}

func (v *vault) start() {
	v.renewal = &errgroup.Group{}
	v.renewal.Go(withoutError(v.renew))
}

func (v *vault) renew() {
	v.mu.Lock()
	v.token += "."
	v.mu.Unlock()
}

func (v *vault) configure(token string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.renewal.Wait() // want `v.renewal.Wait under v.mu blocks for ever: its partner needs v.mu first \(crews.go:\d+\), move it out of the lock`
	v.token = token
}

func (v *vault) configureOutside(token string) {
	v.renewal.Wait()
	v.mu.Lock()
	defer v.mu.Unlock()
	v.token = token
}

// A field of a type without a name is the same one for whoever is given the variable.
func race(n int, run func()) {
	type lane = struct {
		ready sync.WaitGroup
		mu    sync.Mutex
		left  int
	}
	runner := func(l *lane) {
		l.ready.Done()
		l.mu.Lock()
		l.left--
		l.mu.Unlock()
		run()
	}
	var l lane
	l.ready.Add(n)
	l.mu.Lock()
	l.left = n
	for range n {
		go runner(&l)
	}
	l.ready.Wait()
	l.mu.Unlock()
}

// Nobody is given this one.
func falseStart(run func()) {
	var l struct {
		ready sync.WaitGroup
		mu    sync.Mutex
	}
	l.ready.Add(1)
	l.mu.Lock()
	run()
	l.ready.Wait() // also waitgroup "a Done is missing" // want `l.ready.Wait under l.mu blocks for ever`
	l.mu.Unlock()
}
