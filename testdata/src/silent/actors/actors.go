// Package actors has goroutines that own state.
package actors

import "sync"

type get struct {
	key   string
	reply chan string
}

type set struct{ key, value string }

// Store is a map that belongs to a goroutine.
type Store struct {
	gets chan get
	sets chan set
	quit chan struct{}
	done chan struct{}
	once sync.Once
}

// Open starts a store.
func Open() *Store {
	s := &Store{
		gets: make(chan get),
		sets: make(chan set),
		quit: make(chan struct{}),
		done: make(chan struct{}),
	}
	go s.loop()
	return s
}

func (s *Store) loop() {
	defer close(s.done)
	m := map[string]string{}
	for {
		select {
		case g := <-s.gets:
			g.reply <- m[g.key]
		case v := <-s.sets:
			m[v.key] = v.value
		case <-s.quit:
			return
		}
	}
}

// Get returns a value. The reply is not buffered: the loop sends it at once,
// to a caller that waits.
func (s *Store) Get(key string) (string, bool) {
	g := get{key, make(chan string)}
	select {
	case s.gets <- g:
		return <-g.reply, true
	case <-s.done:
		return "", false
	}
}

// Set sets a value.
func (s *Store) Set(key, value string) bool {
	select {
	case s.sets <- set{key, value}:
		return true
	case <-s.done:
		return false
	}
}

// Close ends the store.
func (s *Store) Close() {
	s.once.Do(func() { close(s.quit) })
	<-s.done
}

// Copy copies a map by way of a store.
func Copy(m map[string]string) map[string]string {
	s := Open()
	defer s.Close()
	for k, v := range m {
		s.Set(k, v)
	}
	out := map[string]string{}
	for k := range m {
		out[k], _ = s.Get(k)
	}
	return out
}

// Guarded refuses what comes after Close by a flag under the lock that Close
// takes.
type Guarded struct {
	mu     sync.Mutex
	closed bool
	work   chan func()
	done   chan struct{}
}

// NewGuarded starts a goroutine.
func NewGuarded() *Guarded {
	g := &Guarded{work: make(chan func()), done: make(chan struct{})}
	go func() {
		defer close(g.done)
		for f := range g.work {
			f()
		}
	}()
	return g
}

// Do runs f in the goroutine, some time.
func (g *Guarded) Do(f func()) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return false
	}
	g.work <- f
	return true
}

// Close waits for what is under way.
func (g *Guarded) Close() {
	g.mu.Lock()
	if !g.closed {
		g.closed = true
		close(g.work)
	}
	g.mu.Unlock()
	<-g.done
}

// Machine changes its state by functions.
type Machine struct {
	ops  chan func(*int)
	quit chan chan int
}

// Run starts a machine, lets use operate it, and returns its last state.
func Run(use func(op func(func(*int)))) int {
	m := &Machine{ops: make(chan func(*int)), quit: make(chan chan int)}
	go func() {
		state := 0
		for {
			select {
			case op := <-m.ops:
				op(&state)
			case last := <-m.quit:
				last <- state
				return
			}
		}
	}()
	var wg sync.WaitGroup
	wg.Go(func() {
		use(func(op func(*int)) {
			done := make(chan struct{})
			m.ops <- func(s *int) {
				defer close(done)
				op(s)
			}
			<-done
		})
	})
	wg.Wait()
	last := make(chan int)
	m.quit <- last
	return <-last
}

// PingPong passes a ball n times.
func PingPong(n int) (hits int) {
	ping, pong := make(chan int), make(chan int)
	go func() {
		for b := range ping {
			pong <- b + 1
		}
		close(pong)
	}()
	ball := 0
	for range n {
		ping <- ball
		ball = <-pong
		hits++
	}
	close(ping)
	for range pong {
		hits++
	}
	return hits
}
