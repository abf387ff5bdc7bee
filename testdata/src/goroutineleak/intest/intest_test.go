package intest

import (
	"context"
	"os"
	"sync"
	"testing"
	"time"
)

// log has lines.
type log struct {
	mu    sync.Mutex
	lines []string
}

func (l *log) add(line string) {
	l.mu.Lock()
	l.lines = append(l.lines, line)
	l.mu.Unlock()
}

// What the variable is set to does not matter to who is left behind.
func TestFeed(t *testing.T) {
	var l log
	var ended bool
	out := make(chan int)
	if os.Getenv("VERBOSE") != "" {
		l.add("begin")
	}
	go func() {
		for i := range 3 {
			out <- i // want "send on out blocks for ever"
		}
		l.mu.Lock()
		ended = true
		l.mu.Unlock()
	}()
	if got := <-out; got != 0 {
		t.Errorf("got %d", got)
	}
	time.Sleep(10 * time.Millisecond)
	l.mu.Lock()
	defer l.mu.Unlock()
	if ended {
		t.Error("nobody took all numbers, and yet the goroutine has ended")
	}
}

// How many there are is unknown here, and the test knows.
func TestCounted(t *testing.T) {
	var l log
	out := make(chan int)
	go func() {
		for range count() {
			out <- 1
		}
		close(out)
	}()
	for range out {
		l.add("one")
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		Feed(make(chan int, 2), count())
	}()
	<-done
}

func count() int { return len(os.Args[:1]) }

// Bell wakes who waits.
type bell chan struct{}

func (b bell) ring() {
	select {
	case b <- struct{}{}:
	default:
	}
}

// After the sleep the goroutine waits, and hears the bell.
func TestRing(t *testing.T) {
	var wg sync.WaitGroup
	b := make(bell)
	wg.Add(2)
	go func() {
		defer wg.Done()
		<-b
	}()
	time.Sleep(50 * time.Millisecond)
	go func() {
		defer wg.Done()
		b.ring()
	}()
	wg.Wait()
}

// Whoever looks whether somebody sends finds him, too.
func TestLook(t *testing.T) {
	b := make(bell)
	go func() { b <- struct{}{} }()
	time.Sleep(50 * time.Millisecond)
	select {
	case <-b:
	default:
		t.Error("nobody there")
	}
}

// Nobody knows whether it waits already.
func TestRingAtOnce(t *testing.T) {
	b := make(bell)
	go func() {
		<-b // want "receive from b blocks for ever"
	}()
	b.ring()
}

// Wire blocks until its deadline has passed.
type wire struct {
	once    sync.Once
	started chan struct{}
	ended   chan struct{}
}

func (w *wire) SetDeadline(at time.Time) error {
	if !at.IsZero() && !at.After(time.Now()) {
		w.once.Do(func() { close(w.ended) })
	}
	return nil
}

func (w *wire) Write() error {
	close(w.started)
	<-w.ended
	return os.ErrDeadlineExceeded
}

func send(ctx context.Context, w interface {
	SetDeadline(time.Time) error
	Write() error
}) error {
	if err := w.SetDeadline(time.Now().Add(time.Second)); err != nil {
		return err
	}
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		select {
		case <-ctx.Done():
			_ = w.SetDeadline(time.Now())
		case <-stop:
		}
	}()
	err := ctx.Err()
	if err == nil {
		err = w.Write()
	}
	close(stop)
	<-stopped
	return err
}

// Each of two reasons not to end the write would do, and there is neither.
func TestDeadline(t *testing.T) {
	w := &wire{started: make(chan struct{}), ended: make(chan struct{})}
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		<-w.started
		cancel()
	}()
	if err := send(ctx, w); err == nil {
		t.Error("no error")
	}
}
