package locks

import "sync"

// The receiver needs the lock between two receives.
type status struct {
	mu sync.Mutex
	ch chan bool
	n  int
}

func newStatus() *status {
	s := &status{ch: make(chan bool)}
	go s.loop()
	return s
}

func (s *status) loop() {
	for range 2 {
		<-s.ch
		s.count()
	}
}

func (s *status) count() {
	s.mu.Lock()
	s.n++
	s.mu.Unlock()
}

func (s *status) set() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ch <- true // want `send on s.ch under s.mu blocks for ever: its partner needs s.mu first \(blocking.go:\d+\), move it out of the lock`
}

// The receiver needs no lock.
type free struct {
	mu sync.Mutex
	ch chan bool
	n  int
}

func newFree() *free {
	f := &free{ch: make(chan bool)}
	go func() {
		for range f.ch {
			println("got one")
		}
	}()
	return f
}

func (f *free) set() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.ch <- true
}

// The buffer takes it.
type buffered struct {
	mu sync.Mutex
	ch chan bool
	n  int
}

func newBuffered() *buffered {
	b := &buffered{ch: make(chan bool, 1)}
	go func() {
		for range b.ch {
			b.mu.Lock()
			b.n++
			b.mu.Unlock()
		}
	}()
	return b
}

func (b *buffered) set() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.ch <- true
}

// There is another way on.
type optional struct {
	mu   sync.Mutex
	ch   chan bool
	done chan struct{}
	n    int
}

func newOptional() *optional {
	o := &optional{ch: make(chan bool), done: make(chan struct{})}
	go func() {
		for range o.ch {
			o.mu.Lock()
			o.n++
			o.mu.Unlock()
		}
	}()
	return o
}

func (o *optional) set() {
	o.mu.Lock()
	defer o.mu.Unlock()
	select {
	case o.ch <- true:
	default:
	}
}

// Stop waits for a worker that needs the lock to finish.
type worker struct {
	mu   sync.Mutex
	in   chan int
	done chan struct{}
	sum  int
}

func newWorker() *worker {
	w := &worker{in: make(chan int), done: make(chan struct{})}
	go func() {
		defer close(w.done)
		for n := range w.in {
			w.add(n)
		}
	}()
	return w
}

func (w *worker) add(n int) {
	w.mu.Lock()
	w.sum += n
	w.mu.Unlock()
}

func (w *worker) stop() {
	w.mu.Lock()
	defer w.mu.Unlock()
	close(w.in)
	<-w.done // want `receive from w.done under w.mu blocks for ever: its partner needs w.mu first`
}

func (w *worker) stopRight() {
	w.mu.Lock()
	close(w.in)
	w.mu.Unlock()
	<-w.done
}

// Wait under the lock that the workers need.
type group struct {
	mu sync.Mutex
	wg sync.WaitGroup
	n  int
}

func (g *group) start() {
	for range 3 {
		g.wg.Add(1)
		go func() {
			defer g.wg.Done()
			g.mu.Lock()
			g.n++
			g.mu.Unlock()
		}()
	}
}

func (g *group) stop() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.wg.Wait() // want `g.wg.Wait under g.mu blocks for ever: its partner needs g.mu first`
}

func (g *group) stopRight() {
	g.wg.Wait()
	g.mu.Lock()
	defer g.mu.Unlock()
	g.n = 0
}

// The workers have another lock.
type separate struct {
	mu, own sync.Mutex
	wg      sync.WaitGroup
	n       int
}

func (s *separate) start() {
	s.wg.Add(1)
	go func() {
		defer s.wg.Done()
		s.own.Lock()
		s.n++
		s.own.Unlock()
	}()
}

func (s *separate) stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.wg.Wait()
}

// A condition that nobody ever signals.
type quiet struct {
	mu    sync.Mutex
	cond  *sync.Cond
	ready bool
}

func newQuiet() *quiet {
	q := &quiet{}
	q.cond = sync.NewCond(&q.mu)
	return q
}

func (q *quiet) wait() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for !q.ready {
		q.cond.Wait() // want `q.cond.Wait under q.mu blocks for ever: nothing in the package ends the wait`
	}
}

type loud struct {
	mu    sync.Mutex
	cond  *sync.Cond
	ready bool
}

func newLoud() *loud {
	l := &loud{}
	l.cond = sync.NewCond(&l.mu)
	return l
}

func (l *loud) wait() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for !l.ready {
		l.cond.Wait()
	}
}

func (l *loud) set() {
	l.mu.Lock()
	l.ready = true
	l.mu.Unlock()
	l.cond.Broadcast()
}

// cond.L is the lock itself.
func (l *loud) locked() bool {
	l.cond.L.Lock()
	defer l.cond.L.Unlock()
	return l.ready
}

func (l *loud) again() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.locked() // want `l.mu is locked again by loud.locked`
}

// The channel is handed out: others may receive, but not send.
type public struct {
	mu sync.Mutex
	ch chan bool
	n  int
}

func (p *public) C() <-chan bool { return p.ch }

func (p *public) set() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ch <- true
}

func (p *public) take() {
	p.mu.Lock()
	defer p.mu.Unlock()
	<-p.ch // want "receive from p.ch under p.mu blocks for ever: its partner needs p.mu first"
}

// The channel is kept in a map and given to a reader, too.
type publisher struct {
	mu   sync.Mutex
	subs map[int]subscriber
}

type subscriber struct {
	out chan int
}

func (p *publisher) subscribe(id int) <-chan int {
	ch := make(chan int)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.subs[id] = subscriber{out: ch}
	return ch
}

func (p *publisher) publish(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, s := range p.subs {
		s.out <- n
	}
	p.subs[0].out <- n
}

// Whoever starts a worker locks, adds, and takes the count back if the start
// fails: never while it is counted itself.
type monitor struct {
	mu sync.Mutex
	wg sync.WaitGroup
}

func (m *monitor) register() {
	m.mu.Lock()
	m.wg.Add(1)
	m.mu.Unlock()
}

func (m *monitor) start(run func(func()) bool) {
	m.register()
	if !run(m.loop) {
		m.wg.Done()
	}
}

func (m *monitor) loop() { m.wg.Done() }

func (m *monitor) stop() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.wg.Wait()
}

// Channels in a map may be anybody's.
type refresh struct {
	mu    sync.Mutex
	chans map[string]chan error
}

func (r *refresh) finish(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, c := range r.chans {
		c <- err
	}
	r.chans["all"] <- err
}
