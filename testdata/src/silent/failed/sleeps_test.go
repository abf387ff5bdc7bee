package failed

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// flight lets one caller work for all who come meanwhile.
type flight struct {
	mu  sync.Mutex
	now *call
}

type call struct {
	wg  sync.WaitGroup
	val string
}

func (f *flight) do(work func() string) string {
	f.mu.Lock()
	if c := f.now; c != nil {
		f.mu.Unlock()
		c.wg.Wait()
		return c.val
	}
	c := new(call)
	c.wg.Add(1)
	f.now = c
	f.mu.Unlock()
	c.val = work()
	c.wg.Done()
	f.mu.Lock()
	f.now = nil
	f.mu.Unlock()
	return c.val
}

// Who came late would work a second time, and wait for a second word: the test
// sleeps until all have come.
func TestFlightOnce(t *testing.T) {
	var f flight
	var calls atomic.Int32
	words := make(chan string)
	work := func() string {
		calls.Add(1)
		return <-words
	}
	var wg sync.WaitGroup
	for range 3 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			f.do(work)
		}()
	}
	time.Sleep(50 * time.Millisecond)
	words <- "word"
	wg.Wait()
	if n := calls.Load(); n != 1 {
		t.Errorf("worked %d times", n)
	}
}

// Who has not answered when the timer fires never will: nothing was left for it.
func TestDrain(t *testing.T) {
	items := make(chan int, 2)
	items <- 1
	items <- 2
	var got []int
	for range 4 {
		answer := make(chan int, 1)
		go func() {
			if i, ok := <-items; ok {
				answer <- i
			}
		}()
		timer := time.NewTimer(20 * time.Millisecond)
		select {
		case <-timer.C:
			close(answer)
		case i := <-answer:
			got = append(got, i)
			close(answer)
		}
	}
	close(items)
	if len(got) != 2 {
		t.Errorf("got %v", got)
	}
}
