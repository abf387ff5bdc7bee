package intest

import (
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
