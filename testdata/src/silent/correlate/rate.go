package correlate

import (
	"sync"
	"time"
)

// Siege asks for something again and again.
type Siege struct {
	PerSecond float64 // 0 for no limit
	Rounds    int
}

// worker asks with the rate of the siege: whether there is one is asked twice.
func (l *Siege) worker(ask func()) {
	var throttle <-chan time.Time
	if l.PerSecond > 0 {
		throttle = time.Tick(time.Duration(1e9 / l.PerSecond))
	}
	for range l.Rounds {
		if 0 < l.PerSecond {
			<-throttle
		}
		ask()
	}
}

// Run has workers ask.
func (l *Siege) Run(workers int, ask func()) {
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() { l.worker(ask) })
	}
	wg.Wait()
}

// Paced waits in between unless there is no time to wait.
func Paced(seconds float64, rounds int, ask func()) {
	var pause chan struct{}
	if seconds != 0 {
		pause = make(chan struct{})
		defer close(pause)
		go func() {
			for range rounds {
				time.Sleep(time.Duration(seconds * 1e9))
				pause <- struct{}{}
			}
		}()
	}
	for range rounds {
		ask()
		if seconds == 0 {
			continue
		}
		<-pause
	}
}
