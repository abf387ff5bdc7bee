package owner

import (
	"sync"
	"sync/atomic"
)

// Await runs the checks and tells done how many of them passed. It returns as
// soon as they are complete, or one of them failed.
func Await(checks []func() error, progress func(passed int)) bool {
	var passed atomic.Int32
	failed := make(chan struct{})
	complete := make(chan struct{})
	var wg sync.WaitGroup
	for _, check := range checks {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := check(); err != nil {
				close(failed) // want "close of closed channel failed"
				return
			}
			progress(int(passed.Add(1)))
		}()
	}
	go func() {
		wg.Wait()
		close(complete)
	}()
	select {
	case <-failed:
		return false
	case <-complete:
		return int(passed.Load()) == len(checks)
	}
}

// AwaitFixed runs the checks and tells done how many of them passed. It returns as
// soon as they are complete, or one of them failed.
func AwaitFixed(checks []func() error, progress func(passed int)) bool {
	var passed atomic.Int32
	failed := make(chan struct{})
	complete := make(chan struct{})
	var once sync.Once
	var wg sync.WaitGroup
	for _, check := range checks {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := check(); err != nil {
				once.Do(func() { close(failed) })
				return
			}
			progress(int(passed.Add(1)))
		}()
	}
	go func() {
		wg.Wait()
		close(complete)
	}()
	select {
	case <-failed:
		return false
	case <-complete:
		return int(passed.Load()) == len(checks)
	}
}
