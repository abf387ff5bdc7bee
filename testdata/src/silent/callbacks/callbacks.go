// Package callbacks gives functions to code out of sight, which can do with what
// they caught what the functions do, and no more.
package callbacks

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"sync"
	"time"
)

// Serve has a handler that waits for the end of the test run, which only the
// deferred close tells: the workers take their other case before.
func Serve() []bool {
	stop := make(chan struct{})
	defer close(stop)

	replies, asked := make(chan string), make(chan bool)
	ts := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked <- true
		select {
		case <-stop:
		case msg := <-replies:
			w.Write([]byte(msg))
		}
	}))
	defer ts.Close()

	done := make(chan bool)
	get := func() {
		defer func() {
			select {
			case <-stop:
			case done <- true:
			}
		}()
		if resp, err := ts.Client().Get(ts.URL); err == nil {
			resp.Body.Close()
		}
	}
	go get()
	<-asked
	go get()
	<-asked
	var out []bool
	for range 2 {
		replies <- "ok"
		out = append(out, <-done)
	}
	return out
}

// Dial has a client that dials by way of a function: whoever sends to inDial is
// heard there.
func Dial() error {
	unblock, inDial := make(chan bool), make(chan bool)
	cl := &http.Client{Transport: &http.Transport{
		Dial: func(network, addr string) (net.Conn, error) {
			<-inDial
			<-unblock
			return nil, errors.New("no")
		},
	}}
	req, _ := http.NewRequest("GET", "http://something.invalid/", nil)
	got := make(chan error)
	go func() {
		_, err := cl.Do(req)
		got <- err
	}()
	inDial <- true
	close(unblock)
	return <-got
}

// registry tells those who have registered what happens.
var registry = struct {
	sync.Mutex
	m map[chan<- int]bool
}{m: map[chan<- int]bool{}}

// Register puts a channel into the registry's map, as a key.
func Register(c chan<- int) {
	registry.Lock()
	defer registry.Unlock()
	if !registry.m[c] {
		registry.m[c] = true
	}
}

// Happens tells all.
func Happens(n int) {
	registry.Lock()
	defer registry.Unlock()
	for c := range registry.m {
		select {
		case c <- n:
		default:
		}
	}
}

// Next waits for what happens next, in a goroutine of its own.
func Next() int {
	c := make(chan int, 1)
	Register(c)
	out := make(chan int, 1)
	go func() { out <- <-c }()
	return <-out
}

// All runs what a large map holds: as many goroutines as it has entries.
func All(n int) int {
	m := map[int]func(){}
	for i := range 100 {
		m[i+n] = func() {}
	}
	var wg sync.WaitGroup
	wg.Add(len(m))
	for _, f := range m {
		go func() {
			defer wg.Done()
			f()
		}()
	}
	wg.Wait()
	return len(m)
}

// Conn keeps the function that lets go of its lock.
type Conn struct {
	mu      sync.RWMutex
	once    sync.Once
	release func(error)
	closed  bool
}

func (c *Conn) grab() func(error) {
	c.once.Do(func() { c.release = c.letGo })
	c.mu.RLock()
	return c.release
}

func (c *Conn) letGo(err error) {
	c.mu.RUnlock()
	if err != nil {
		c.Close()
	}
}

// Close waits until nobody uses the connection.
func (c *Conn) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closed = true
}

// Raw uses the connection, and ends it then.
func (c *Conn) Raw(f func() error) {
	func() {
		release := c.grab()
		var err error
		defer func() { release(err) }()
		err = f()
	}()
	c.mu.Lock()
	c.closed = true
	c.mu.Unlock()
}

// UseAny uses a connection that others have used before.
func UseAny(pool *sync.Pool) {
	c := pool.Get().(*Conn)
	out := make(chan bool, 1)
	go func() {
		c.Raw(func() error { return nil })
		out <- true
	}()
	<-out
}

// workers is how many load at a time.
var workers = runtime.GOMAXPROCS(0)

// Load loads names; it starts a goroutine only when there is room for one.
func Load(names []string, load func(string)) {
	cancel, room := make(chan struct{}), make(chan struct{}, workers)
	for _, name := range names {
		select {
		case <-cancel:
			return
		case room <- struct{}{}:
			go func() {
				load(name)
				<-room
			}()
		}
	}
}

// told is a context that tells by calling functions when it is done; its channel
// is made when somebody asks for it, and nobody closes it.
type told struct {
	context.Context
	mu    sync.Mutex
	funcs []func()
}

func (c *told) Done() <-chan struct{} { return make(chan struct{}) }

func (c *told) Err() error { return context.Canceled }

// AfterFunc is what package context looks for.
func (c *told) AfterFunc(f func()) func() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.funcs = append(c.funcs, f)
	return func() bool { return true }
}

func (c *told) end() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, f := range c.funcs {
		go f()
	}
}

// Told derives from such a context and calls a function after it.
func Told() {
	parent := &told{Context: context.Background()}
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	after := make(chan struct{})
	stop := context.AfterFunc(parent, func() { close(after) })
	defer stop()
	parent.end()
	<-ctx.Done()
	<-after
}

// Poll looks after things as long as the process lives, and so does who waits for it.
func Poll(look func()) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for {
			time.Sleep(time.Second)
			look()
		}
	}()
	wg.Wait()
}

// Store keeps what is dirty; others write to it in transactions.
type Store struct {
	mu    sync.RWMutex
	tx    Transactions
	dirty map[string]bool
}

// Transactions run functions.
type Transactions interface{ Update(func() error) error }

// Collect cleans up, in a transaction, under the store's lock.
func (s *Store) Collect(name string) error {
	s.mu.Lock()
	if err := s.tx.Update(func() error {
		s.dirty[name] = true
		return nil
	}); err != nil {
		s.mu.Unlock()
		return err
	}
	var wg sync.WaitGroup
	for range s.dirty {
		wg.Go(func() { time.Sleep(time.Millisecond) })
	}
	s.mu.Unlock()
	wg.Wait()
	return nil
}

// CollectAll collects one after the other.
func CollectAll(s *Store, names []string) {
	for _, name := range names {
		if err := s.Collect(name); err != nil {
			return
		}
	}
}
