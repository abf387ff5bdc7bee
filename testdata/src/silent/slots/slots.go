// Package slots takes slots of a channel and leaves it to others to give them back.
package slots

// Pool lends connections, two at a time.
type Pool struct {
	slots chan struct{}
	dial  func() error
}

// NewPool makes a pool.
func NewPool(dial func() error) *Pool {
	return &Pool{slots: make(chan struct{}, 2), dial: dial}
}

// Conn is a connection on loan.
type Conn struct{ pool *Pool }

// Get lends a connection.
func (p *Pool) Get() (*Conn, error) {
	p.slots <- struct{}{}
	if err := p.dial(); err != nil {
		<-p.slots
		return nil, err
	}
	return &Conn{p}, nil
}

// Close gives the connection back.
func (c *Conn) Close() { <-c.pool.slots }

// Lot lends places by a function that gives them back.
type Lot struct{ places chan struct{} }

// NewLot makes a lot.
func NewLot() *Lot { return &Lot{make(chan struct{}, 2)} }

// Place is a place on loan.
type Place struct{ leave func() }

// Leave gives the place back.
func (p *Place) Leave() { p.leave() }

// Park takes a place unless the ticket is not valid.
func (l *Lot) Park(valid func() bool) *Place {
	l.places <- struct{}{}
	if !valid() {
		<-l.places
		return nil
	}
	return &Place{func() { <-l.places }}
}

// Executor runs functions elsewhere, two at a time.
type Executor struct {
	slots chan struct{}
	run   func(func())
}

// NewExecutor makes an executor on top of run.
func NewExecutor(run func(func())) *Executor {
	return &Executor{make(chan struct{}, 2), run}
}

// Go runs f.
func (e *Executor) Go(f func()) {
	e.slots <- struct{}{}
	e.run(func() {
		defer func() { <-e.slots }()
		f()
	})
}

// Semaphore counts who may go on.
type Semaphore struct{ held chan struct{} }

// NewSemaphore makes a semaphore for n at a time.
func NewSemaphore(n int) *Semaphore { return &Semaphore{make(chan struct{}, n)} }

// Acquire waits for its turn, and reports whether it still wants it then.
func (s *Semaphore) Acquire(wanted func() bool) bool {
	s.held <- struct{}{}
	if !wanted() {
		<-s.held
		return false
	}
	return true
}

// Release ends a turn.
func (s *Semaphore) Release() { <-s.held }

// Latest keeps the newest value for one reader.
type Latest struct{ c chan int }

// NewLatest makes one without a value.
func NewLatest() *Latest { return &Latest{make(chan int, 1)} }

// Put replaces the value, by one goroutine.
func (l *Latest) Put(v int) {
	if len(l.c) == cap(l.c) {
		<-l.c
	}
	l.c <- v
}

// Lease is what tenants hold.
type Lease interface{ End() }

type lease struct{ house *House }

func (l lease) End() { <-l.house.rooms }

// House lends rooms.
type House struct{ rooms chan struct{} }

// NewHouse makes a house of two rooms.
func NewHouse() *House { return &House{make(chan struct{}, 2)} }

// Rent lends a room, unless it is for nobody.
func (h *House) Rent(name string) Lease {
	h.rooms <- struct{}{}
	if name == "" {
		<-h.rooms
		return nil
	}
	return lease{h}
}
