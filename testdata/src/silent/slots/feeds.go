package slots

import (
	"sync"
	"time"
)

// Gate lets eight in at a time, and counts them now and then.
type Gate struct {
	inside chan struct{}
	quit   chan struct{}
	once   sync.Once
}

// NewGate starts the counting.
func NewGate(count func(int)) *Gate {
	g := &Gate{inside: make(chan struct{}, 8), quit: make(chan struct{})}
	go func() {
		t := time.NewTicker(time.Second)
		defer t.Stop()
		for {
			select {
			case <-t.C:
				count(len(g.inside))
			case <-g.quit:
				return
			}
		}
	}()
	return g
}

// Enter waits for its turn.
func (g *Gate) Enter() { g.inside <- struct{}{} }

// Leave makes room.
func (g *Gate) Leave() { <-g.inside }

// Close ends the counting.
func (g *Gate) Close() { g.once.Do(func() { close(g.quit) }) }

// Journal writes what it gets until it is closed.
type Journal struct {
	mu     sync.RWMutex
	closed bool
	lines  chan string
	quit   chan struct{}
	done   chan struct{}
	write  func(string) error
}

// NewJournal starts the writer.
func NewJournal(room int, write func(string) error) *Journal {
	j := &Journal{lines: make(chan string, room), quit: make(chan struct{}), done: make(chan struct{}), write: write}
	go j.loop()
	return j
}

func (j *Journal) loop() {
	defer close(j.done)
	broken := false
	for {
		select {
		case l := <-j.lines:
			broken = broken || j.write(l) != nil
		case <-j.quit:
			return
		}
	}
}

// Add takes a line, unless the journal is closed. That it waits with the lock held
// does no harm, for the writer needs none.
func (j *Journal) Add(line string) {
	j.mu.RLock()
	defer j.mu.RUnlock()
	if !j.closed {
		j.lines <- line
	}
}

// Close ends the writer when nobody adds anything any more.
func (j *Journal) Close() {
	j.mu.Lock()
	defer j.mu.Unlock()
	if !j.closed {
		j.closed = true
		close(j.quit)
		<-j.done
	}
}

// Shop has four helpers, each of which is replaced when it gives up.
type Shop struct {
	orders chan string
	serve  func(string) error
}

// NewShop hires the helpers.
func NewShop(serve func(string) error) *Shop {
	s := &Shop{orders: make(chan string, 4), serve: serve}
	for range 4 {
		go s.help()
	}
	return s
}

func (s *Shop) help() {
	for o := range s.orders {
		if s.serve(o) != nil {
			go s.help()
			return
		}
	}
}

// Order waits for room on the counter.
func (s *Shop) Order(o string) { s.orders <- o }

// Close sends the helpers home. Nobody orders anything then.
func (s *Shop) Close() { close(s.orders) }

// Tally collects as many samples as its maker has said.
type Tally struct{ samples chan int }

// NewTally has room for n samples.
func NewTally(n int) *Tally { return &Tally{samples: make(chan int, n)} }

// Add takes one of them.
func (t *Tally) Add(n int) { t.samples <- n }

// Sum adds them up. There are no more then.
func (t *Tally) Sum() (sum int) {
	close(t.samples)
	for n := range t.samples {
		sum += n
	}
	return sum
}
