package locks

import (
	"errors"
	"sync"

	"golang.org/x/sync/errgroup"
)

// A worker that fails stops all workers, and waits for itself among them.
type farm struct {
	wg   sync.WaitGroup
	once sync.Once
	quit chan struct{}
	jobs chan int
}

func newFarm() *farm {
	f := &farm{quit: make(chan struct{}), jobs: make(chan int)}
	f.wg.Add(1)
	go f.work()
	return f
}

func (f *farm) work() {
	defer f.wg.Done()
	for {
		select {
		case <-f.quit:
			return
		case n := <-f.jobs:
			if n < 0 {
				f.shut() // want `f.wg.Wait by farm.shut blocks for ever: the goroutine waits for itself, its Done is deferred \(selfwait.go:\d+\)`
				return
			}
		}
	}
}

func (f *farm) add(n int) { f.jobs <- n }

func (f *farm) shut() {
	f.once.Do(func() { close(f.quit) })
	f.wg.Wait()
}

// The worker only gives the signal.
type calmFarm struct {
	wg   sync.WaitGroup
	once sync.Once
	quit chan struct{}
	jobs chan int
}

func newCalmFarm() *calmFarm {
	f := &calmFarm{quit: make(chan struct{}), jobs: make(chan int)}
	f.wg.Add(1)
	go f.work()
	return f
}

func (f *calmFarm) work() {
	defer f.wg.Done()
	for {
		select {
		case <-f.quit:
			return
		case n := <-f.jobs:
			if n < 0 {
				f.shut(false)
				go f.shut(true)
				return
			}
		}
	}
}

func (f *calmFarm) add(n int) { f.jobs <- n }

func (f *calmFarm) shut(wait bool) {
	f.once.Do(func() { close(f.quit) })
	if wait {
		f.wg.Wait()
	}
}

// A parent waits for its children, whom it counts and not itself.
type branch struct {
	wg       sync.WaitGroup
	children []*branch
}

func (b *branch) grow(parent *branch) {
	defer parent.wg.Done()
	for _, c := range b.children {
		b.wg.Add(1)
		go c.grow(b)
	}
	b.wg.Wait()
}

func (b *branch) growAll() {
	b.wg.Add(1)
	go (&branch{children: b.children}).grow(b)
	b.wg.Wait()
}

// The task of a group waits for the group.
type release struct {
	steps *errgroup.Group
	count int
}

func newRelease() *release { return &release{steps: &errgroup.Group{}} }

func (r *release) run() {
	r.steps.Go(func() error {
		r.count++
		if r.count > 1 {
			return r.finish() // want `r.steps.Wait by release.finish blocks for ever: the goroutine waits for itself, the group runs it \(selfwait.go:\d+\)`
		}
		return errors.New("once only")
	})
}

func (r *release) finish() error { return r.steps.Wait() }

// It starts one in another group, and waits for that.
func (r *release) runOther() {
	other := newRelease()
	r.steps.Go(func() error {
		other.run()
		return other.finish()
	})
}

// The loop waits until it has returned.
type poller struct {
	done chan struct{}
	in   chan int
}

func newPoller() *poller {
	p := &poller{done: make(chan struct{}), in: make(chan int)}
	return p
}

func (p *poller) start() { go p.loop() }

func (p *poller) loop() {
	defer close(p.done)
	for n := range p.in {
		if n == 0 {
			p.wait() // want `receive from p.done by poller.wait blocks for ever: the goroutine waits for itself, it closes it when it returns \(selfwait.go:\d+\)`
		}
	}
}

func (p *poller) add(n int) { p.in <- n }

func (p *poller) close() { close(p.in) }

func (p *poller) wait() { <-p.done }

// Somebody else may close it, too.
type openPoller struct {
	done chan struct{}
	in   chan int
	once sync.Once
}

func newOpenPoller() *openPoller {
	p := &openPoller{done: make(chan struct{}), in: make(chan int)}
	go p.loop()
	return p
}

func (p *openPoller) loop() {
	defer p.end()
	for n := range p.in {
		if n == 0 {
			p.wait()
		}
	}
}

func (p *openPoller) add(n int) { p.in <- n }

func (p *openPoller) close() {
	close(p.in)
	p.end()
}

func (p *openPoller) end() { p.once.Do(func() { close(p.done) }) }

func (p *openPoller) wait() { <-p.done }

// Only the loop receives, and it sends to itself.
type dispatcher struct {
	reqs    chan string
	refused chan string
	quit    chan struct{}
}

func newDispatcher() *dispatcher {
	d := &dispatcher{reqs: make(chan string), refused: make(chan string), quit: make(chan struct{})}
	return d
}

func (d *dispatcher) start() { go d.loop() }

func (d *dispatcher) loop() {
	for {
		select {
		case <-d.quit:
			return
		case r := <-d.reqs:
			d.handle(r)
		case r := <-d.refused:
			println(r)
		}
	}
}

func (d *dispatcher) ask(r string) { d.reqs <- r }

func (d *dispatcher) close() { close(d.quit) }

func (d *dispatcher) handle(r string) {
	if r == "" {
		d.refused <- r // want `send on d.refused blocks for ever: the goroutine waits for itself, only it receives \(selfwait.go:\d+\)`
	}
}

// The loop of one sends to the next.
type stage struct {
	in   chan string
	next *stage
}

func newStages() *stage {
	a := &stage{in: make(chan string)}
	b := &stage{in: make(chan string), next: a}
	go a.loop()
	go b.loop()
	return b
}

func (s *stage) loop() {
	for v := range s.in {
		if s.next != nil {
			s.next.in <- v
		}
	}
}

// A goroutine of its own sends.
type asyncDispatcher struct {
	reqs    chan string
	refused chan string
}

func newAsyncDispatcher() *asyncDispatcher {
	d := &asyncDispatcher{reqs: make(chan string), refused: make(chan string)}
	go d.loop()
	return d
}

func (d *asyncDispatcher) loop() {
	for {
		select {
		case r := <-d.reqs:
			go d.handle(r)
		case r := <-d.refused:
			println(r)
		}
	}
}

func (d *asyncDispatcher) ask(r string) { d.reqs <- r }

func (d *asyncDispatcher) handle(r string) {
	if r == "" {
		d.refused <- r
	}
}

// There is room for one value, and a second may come before it is taken.
type watcher struct {
	tick  chan int
	found chan int
}

func newWatcher() *watcher {
	w := &watcher{tick: make(chan int), found: make(chan int, 1)}
	return w
}

func (w *watcher) start() { go w.loop() }

func (w *watcher) loop() {
	for {
		select {
		case n := <-w.tick:
			w.look(n)
		case n := <-w.found:
			println(n)
		}
	}
}

func (w *watcher) turn(n int) { w.tick <- n }

func (w *watcher) look(n int) {
	w.found <- n // want `send on w.found blocks for ever: the goroutine waits for itself, only it receives, and it may send a second time before \(selfwait.go:\d+\)`
}

// The value is taken before the next.
type tidyWatcher struct {
	tick  chan int
	found chan int
}

func newTidyWatcher() *tidyWatcher {
	w := &tidyWatcher{tick: make(chan int), found: make(chan int, 1)}
	go w.loop()
	return w
}

func (w *tidyWatcher) loop() {
	for n := range w.tick {
		w.look(n)
		println(<-w.found)
	}
}

func (w *tidyWatcher) turn(n int) { w.tick <- n }

func (w *tidyWatcher) close() { close(w.tick) }

func (w *tidyWatcher) look(n int) { w.found <- n }

// The channel goes along with the request: who takes that answers on it.
type question struct {
	text   string
	answer chan error
}

type answerer struct {
	questions chan *question
	quit      chan struct{}
}

func newAnswerer() *answerer {
	a := &answerer{questions: make(chan *question), quit: make(chan struct{})}
	go a.loop()
	return a
}

func (a *answerer) loop() {
	for {
		select {
		case q := <-a.questions:
			q.answer <- tell(q.text)
		case <-a.quit:
			return
		}
	}
}

func (a *answerer) ask(text string) error {
	answer := make(chan error)
	defer close(answer)
	select {
	case a.questions <- &question{text, answer}:
	case <-a.quit:
		return nil
	}
	return <-answer
}

func tell(text string) error {
	println(text)
	return nil
}
