package bubble

import (
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// In a bubble the goroutine sleeps until the test waits.
func TestSleep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		cond := sync.NewCond(&mu)
		go func() {
			time.Sleep(time.Millisecond)
			mu.Lock()
			cond.Signal()
			mu.Unlock()
		}()
		mu.Lock()
		cond.Wait()
		mu.Unlock()
	})
}
