package waitgroup

import (
	"errors"
	"net"
	"sync"
)

func before(jobs []int) {
	var wg sync.WaitGroup
	wg.Add(len(jobs))
	for _, job := range jobs {
		go func() {
			defer wg.Done()
			work(job)
		}()
	}
	wg.Wait()
}

// The goroutine waits for what it counts.

func forkAndJoin(jobs []int, done chan struct{}) {
	var wg sync.WaitGroup
	go func() {
		wg.Add(len(jobs))
		for _, job := range jobs {
			go func() {
				defer wg.Done()
				work(job)
			}()
		}
		wg.Wait()
		close(done)
	}()
}

// A count is outstanding: the goroutine is counted, and counts others.

type crawler struct {
	wg   sync.WaitGroup
	seen sync.Map
}

func (c *crawler) crawl(url string) {
	c.wg.Add(1)
	go c.visit(url)
	c.wg.Wait()
}

func (c *crawler) visit(url string) {
	defer c.wg.Done()
	if _, dup := c.seen.LoadOrStore(url, true); dup {
		return
	}
	c.wg.Add(1)
	go c.visit(url + "/next")
}

func nested(jobs []int) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for _, job := range jobs {
			wg.Add(1)
			go func() {
				defer wg.Done()
				work(job)
			}()
		}
	}()
	wg.Wait()
}

func heldByCaller(jobs []int) {
	var wg sync.WaitGroup
	wg.Add(1)
	for _, job := range jobs {
		go func() {
			work(job)
			wg.Add(1)
			defer wg.Done()
		}()
	}
	wg.Done()
	wg.Wait()
}

// The accept loop counts its connections before it starts them.

type acceptor struct {
	mu       sync.Mutex
	closed   bool
	listener net.Listener
	conns    sync.WaitGroup
}

func (a *acceptor) start() { go a.accept() }

func (a *acceptor) accept() {
	for {
		conn, err := a.listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		a.conns.Add(1)
		go a.serve(conn)
	}
}

func (a *acceptor) serve(conn net.Conn) {
	defer a.conns.Done()
	conn.Close()
}

// A flag under a lock keeps Add from Wait.

func (a *acceptor) request() {
	a.mu.Lock()
	if a.closed {
		a.mu.Unlock()
		return
	}
	a.conns.Add(1)
	a.mu.Unlock()
	defer a.conns.Done()
}

func (a *acceptor) async() { go a.request() }

func (a *acceptor) shutdown() {
	a.mu.Lock()
	a.closed = true
	a.mu.Unlock()
	a.conns.Wait()
}

// The goroutine's own WaitGroup.

func ownGroup(jobs []int) {
	go func() {
		var wg sync.WaitGroup
		wg.Add(1)
		go func() {
			defer wg.Done()
			work(1)
		}()
		wg.Wait()
	}()
	go localGroup(jobs)
}

func localGroup(jobs []int) {
	var wg sync.WaitGroup
	wg.Add(1)
	defer wg.Done()
	work(len(jobs))
}

// Wait comes only after the goroutine has said so.

func announced(jobs []int) {
	var wg sync.WaitGroup
	started := make(chan struct{})
	go func() {
		for _, job := range jobs {
			wg.Add(1)
			go func() {
				defer wg.Done()
				work(job)
			}()
		}
		close(started)
	}()
	<-started
	wg.Wait()
}

// Add waits for its turn.

func afterSignal(ready chan struct{}) {
	var wg sync.WaitGroup
	go func() {
		<-ready
		wg.Add(1)
		defer wg.Done()
		work(1)
	}()
	close(ready)
	wg.Wait()
}

// A count of requests at work, which nobody waits for.

type meter struct{ busy sync.WaitGroup }

func (m *meter) handle() {
	work(1)
	m.busy.Add(1)
	defer m.busy.Done()
}

func (m *meter) start() { go m.handle() }

// Called, not started.

func (m *meter) step(jobs []int) {
	for range jobs {
		m.handle()
	}
}

func countsDown() {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		wg.Add(-1)
	}()
	wg.Wait()
}

// A type of another package, or one's own, with the same methods.

type counter struct{ n int }

func (c *counter) Add(n int) { c.n += n }
func (c *counter) Done()     { c.n-- }
func (c *counter) Wait()     {}

func ownCounter() {
	var c counter
	go func() {
		c.Add(1)
		defer c.Done()
	}()
	c.Wait()
}

// The goroutine says when it has called Add, and the caller waits for that.

func announcedAdd(take func() int) (n int) {
	var wg sync.WaitGroup
	ready := make(chan struct{})
	go func() {
		wg.Add(1)
		defer wg.Done()
		close(ready)
		n = take()
	}()
	<-ready
	wg.Wait()
	return n
}

func announceTo(wg *sync.WaitGroup, ready chan<- bool) {
	work(0)
	wg.Add(1)
	defer wg.Done()
	ready <- true
	work(1)
}

func announcedByParameter() {
	var wg sync.WaitGroup
	ready := make(chan bool)
	for range 3 {
		go announceTo(&wg, ready)
		<-ready
	}
	wg.Wait()
}

// So it does by way of another WaitGroup.

func lineUp() {
	var wg, ready sync.WaitGroup
	start := make(chan struct{})
	run := func(n int) {
		wg.Add(1)
		defer wg.Done()
		ready.Done()
		<-start
		work(n)
	}
	ready.Add(2)
	go run(1)
	go run(2)
	ready.Wait()
	close(start)
	wg.Wait()
}
