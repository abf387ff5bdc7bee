package sized

import (
	"context"
	"runtime"
	"sync"
)

var (
	widthMu sync.RWMutex
	width   = runtime.GOMAXPROCS(0)
)

// Width is how many jobs run side by side.
func Width() int {
	widthMu.RLock()
	n := width
	widthMu.RUnlock()
	return n
}

// SetWidth sets how many jobs run side by side.
func SetWidth(n int) {
	if n < 1 {
		n = 1
	}
	widthMu.Lock()
	width = n
	widthMu.Unlock()
}

// SideBySide runs the jobs, some times the width side by side.
func SideBySide(ctx context.Context, jobs []func(), times int) error {
	times = max(times, 1)
	slots := make(chan struct{}, Width()*times)
	var wg sync.WaitGroup
	defer wg.Wait()
	for _, job := range jobs {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case slots <- struct{}{}:
			wg.Go(func() {
				job()
				<-slots // there is what was put
			})
		}
	}
	return nil
}
