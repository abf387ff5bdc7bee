// Package setup has functions that seem to be only of the constructor, and are not.
package setup

import "sync"

// Relay has two words to say and a loop that takes one. Restart takes one more.
type Relay struct {
	words chan string
	to    func(string)
	again sync.Once
}

// NewRelay starts a relay.
func NewRelay(to func(string)) *Relay {
	r := &Relay{words: make(chan string), to: to}
	go r.loop()
	go r.say()
	return r
}

func (r *Relay) say() {
	r.words <- "first"
	r.words <- "last"
}

func (r *Relay) loop() { r.to(<-r.words) }

// Restart takes up what is left, once.
func (r *Relay) Restart() { r.again.Do(func() { go r.loop() }) }

// Board hands out a function that takes what its loop puts up.
type Board struct{ slots chan int }

// NewBoard starts a board, and tells by ready how to take from it.
func NewBoard(ready func(take func() int)) *Board {
	b := &Board{slots: make(chan int)}
	go b.fill()
	ready(func() int { return <-b.slots })
	return b
}

func (b *Board) fill() {
	for n := range 2 {
		b.slots <- n
	}
}

type drainer interface{ drain() }

// Basin is drained by whoever drains all.
type Basin struct{ water chan int }

var (
	mu  sync.Mutex
	all []drainer
)

// NewBasin fills a basin.
func NewBasin() *Basin {
	b := &Basin{water: make(chan int)}
	go b.fill()
	b.drain()
	mu.Lock()
	all = append(all, b)
	mu.Unlock()
	return b
}

func (b *Basin) fill() {
	b.water <- 1
	b.water <- 2
}

func (b *Basin) drain() { <-b.water }

// DrainAll drains every basin, and forgets it.
func DrainAll() {
	mu.Lock()
	defer mu.Unlock()
	for _, d := range all {
		d.drain()
	}
	all = nil
}

// Sink gets its channel from the function that sets it up, which changes it too.
type Sink struct{ c chan int }

// NewSink makes a sink.
func NewSink() *Sink {
	s := &Sink{}
	s.init()
	go func() { s.c <- 1 }()
	return s
}

func (s *Sink) init() { s.c = make(chan int) }

// Each takes from every sink.
func Each(sinks []*Sink) {
	for _, s := range sinks {
		take(s)
	}
}

func take(s *Sink) { <-s.c }

// Peek makes a sink and takes from it at once.
func Peek() {
	s := NewSink()
	take(s)
}

// Crew starts a worker when there is work. A worker ends when it gets no task, which
// only the end of the crew hands out.
type Crew struct {
	tasks   chan func()
	workers chan func()
	done    chan struct{}
	closing sync.Once
}

// NewCrew starts a crew.
func NewCrew(most int) *Crew {
	c := &Crew{tasks: make(chan func()), workers: make(chan func()), done: make(chan struct{})}
	go c.dispatch(most)
	return c
}

func (c *Crew) dispatch(most int) {
	defer close(c.done)
	n := 0
	for task := range c.tasks {
		select {
		case c.workers <- task:
			continue
		default:
		}
		if n < most {
			n++
			go work(task, c.workers)
		} else {
			task()
		}
	}
	for ; n > 0; n-- {
		c.workers <- nil
	}
}

func work(task func(), more <-chan func()) {
	for task != nil {
		task()
		task = <-more
	}
}

// Do has somebody do a task.
func (c *Crew) Do(task func()) {
	if task != nil {
		c.tasks <- task
	}
}

// Close ends the crew.
func (c *Crew) Close() {
	c.closing.Do(func() { close(c.tasks) })
	<-c.done
}
