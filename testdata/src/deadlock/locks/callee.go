package locks

import "sync"

// What waits is a callee, what holds the lock is its caller.
type relay struct {
	mu   sync.Mutex
	out  chan int
	quit chan bool
	wg   sync.WaitGroup
	last int
}

func newRelay() *relay {
	r := &relay{out: make(chan int), quit: make(chan bool)}
	r.wg.Add(1)
	go r.loop()
	return r
}

func (r *relay) loop() {
	defer r.wg.Done()
	for {
		select {
		case n := <-r.out:
			r.mu.Lock()
			r.last = n
			r.mu.Unlock()
		case <-r.quit:
			return
		}
	}
}

func (r *relay) emit(n int) { r.out <- n }

func (r *relay) set(n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if n != r.last {
		r.emit(n) // want "send on r.out by relay.emit under r.mu blocks for ever: its partner needs r.mu first"
	}
}

func (r *relay) setOutside(n int) {
	r.mu.Lock()
	changed := n != r.last
	r.mu.Unlock()
	if changed {
		r.emit(n)
	}
}

func (r *relay) await() { r.wg.Wait() }

func (r *relay) stop() {
	r.mu.Lock()
	defer r.mu.Unlock()
	close(r.quit)
	r.await() // want "r.wg.Wait by relay.await under r.mu blocks for ever: its partner needs r.mu first"
}

func (r *relay) stopOutside() {
	r.mu.Lock()
	close(r.quit)
	r.mu.Unlock()
	r.await()
}

// The callee gives the lock back meanwhile.
func (r *relay) emitUnlocked(n int) {
	r.mu.Unlock()
	r.out <- n
	r.mu.Lock()
}

func (r *relay) setUnlocked(n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.emitUnlocked(n)
}

// The callee only waits if it is told to.
func (r *relay) emitIf(n int, wait bool) {
	if !wait {
		return
	}
	r.out <- n
}

func (r *relay) setLater(n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.last = n
	r.emitIf(n, false)
}

func (r *relay) setNow(n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.last = n
	r.emitIf(n, true) // want "send on r.out by relay.emitIf under r.mu blocks for ever: its partner needs r.mu first"
}

// The callee gives up if nobody takes the value.
func (r *relay) offer(n int) bool {
	select {
	case r.out <- n:
		return true
	default:
		return false
	}
}

func (r *relay) try(n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.offer(n)
}

// Another lock than the partner's.
type meter struct {
	mu  sync.Mutex
	val sync.Mutex
	out chan int
	n   int
}

func newMeter() *meter {
	m := &meter{out: make(chan int)}
	go func() {
		for n := range m.out {
			m.val.Lock()
			m.n += n
			m.val.Unlock()
		}
	}()
	return m
}

func (m *meter) emit(n int) { m.out <- n }

func (m *meter) add(n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.emit(n)
}

func (m *meter) reset() {
	m.val.Lock()
	defer m.val.Unlock()
	m.emit(-m.n) // want "send on m.out by meter.emit under m.val blocks for ever: its partner needs m.val first"
}

// Through two calls, one of them of a function literal.
func (m *meter) clear() {
	flush := func() { m.emit(0) }
	m.val.Lock()
	flush() // want "send on m.out by meter.emit under m.val blocks for ever: its partner needs m.val first"
	m.val.Unlock()
	flush()
}

// The callee is started, not called.
func (m *meter) later(n int) {
	m.val.Lock()
	defer m.val.Unlock()
	go m.emit(n)
}

// A channel with room.
type queue struct {
	mu  sync.Mutex
	out chan int
	n   int
}

func newQueue() *queue {
	q := &queue{out: make(chan int, 8)}
	go func() {
		for n := range q.out {
			q.mu.Lock()
			q.n += n
			q.mu.Unlock()
		}
	}()
	return q
}

func (q *queue) emit(n int) { q.out <- n }

func (q *queue) add(n int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.emit(n)
}

// Others can only read what is handed out, and nobody else closes it.
type shards struct {
	mu   sync.RWMutex
	done chan struct{}
	n    int
}

func (s *shards) flush(done <-chan struct{}) {
	select {
	case <-done:
	default:
	}
}

func (s *shards) start() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.done = make(chan struct{})
	go s.run()
}

func (s *shards) run() {
	defer close(s.done)
	for range 3 {
		s.mu.Lock()
		s.n++
		s.mu.Unlock()
	}
}

func (s *shards) stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	go s.flush(s.done)
	<-s.done // want "receive from s.done under s.mu blocks for ever: its partner needs s.mu first"
}

// Whoever is given the channel to send may send.
type feed struct {
	mu sync.Mutex
	ch chan int
	n  int
}

func (f *feed) start(source func(chan<- int)) {
	f.ch = make(chan int)
	go source(f.ch)
	go func() {
		f.mu.Lock()
		f.n = 0
		f.mu.Unlock()
		f.ch <- 1
	}()
}

func (f *feed) take() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.n = <-f.ch
}

// The partner needs the lock only while the server is there, and stop sees to it
// that it is not.
type mux struct {
	mu   sync.Mutex
	srv  *server
	done chan struct{}
}

type server struct {
	mu  sync.Mutex
	mux *mux
	err error
}

func newServer() *server {
	s := &server{mux: &mux{done: make(chan struct{})}}
	s.mux.srv = s
	return s
}

func (s *server) fail(err error) {
	s.mu.Lock()
	s.err = err
	s.mu.Unlock()
}

func (m *mux) close(err error) {
	if m.srv != nil {
		m.srv.fail(err)
	}
}

func (m *mux) listen(read func() error) {
	defer close(m.done)
	for {
		if err := read(); err != nil {
			m.close(err)
			return
		}
	}
}

func (m *mux) destroy() { <-m.done }

func (m *mux) drop() {
	m.mu.Lock()
	m.srv = nil
	m.mu.Unlock()
}

func (s *server) stop() {
	s.mux.drop()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mux.destroy()
}
