package bubble

import (
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
)

// Every goroutine waits before Signal and Broadcast, for Wait saw it there.
func TestOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ts := New()
		for i := range 2 {
			go func() {
				ts.mu.Lock()
				defer ts.mu.Unlock()
				ts.moved.Wait()
				ts.in = append(ts.in, i)
			}()
			synctest.Wait()
		}
		ts.moved.Signal()
		synctest.Wait()
		if len(ts.in) != 1 || ts.in[0] != 0 {
			t.Errorf("in: %v", ts.in)
		}
		ts.moved.Broadcast()
	})
}

// The goroutine has the lock when TryLock fails, and so it will be sent to.
func TestTryLock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		c := make(chan int)
		go func() {
			mu.Lock()
			defer mu.Unlock()
			<-c
		}()
		synctest.Wait()
		if !mu.TryLock() {
			c <- 1
		}
	})
}

// What a bubble sees while a goroutine waits, it ends afterwards.
func TestBlocks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { testBlocks(t, make(chan int)) })
}

func testBlocks(t *testing.T, c chan int) {
	done := make(chan struct{})
	if !blocks(func() {
		defer close(done)
		<-c
	}) {
		t.Error("it goes on")
	}
	close(c)
	<-done
}

func blocks(f func()) bool {
	var ended atomic.Bool
	go func() {
		f()
		ended.Store(true)
	}()
	synctest.Wait()
	return !ended.Load()
}
