package cond

import (
	"fmt"
	"sync"
)

// Launch prepares in the background and starts when that is done.
func Launch(prepare func() error, status func(string), start func()) error {
	var (
		mu    sync.Mutex
		ready bool
		err   error
	)
	changed := sync.NewCond(&mu)
	go func() {
		e := prepare()
		mu.Lock()
		defer mu.Unlock()
		ready, err = true, e
		changed.Broadcast()
	}()
	status("preparing")
	mu.Lock()
	defer mu.Unlock()
	changed.Wait() // want "changed.Wait blocks for ever"
	if !ready || err != nil {
		return fmt.Errorf("prepare: %w", err)
	}
	start()
	return nil
}

// LaunchFixed prepares in the background and starts when that is done.
func LaunchFixed(prepare func() error, status func(string), start func()) error {
	var (
		mu    sync.Mutex
		ready bool
		err   error
	)
	changed := sync.NewCond(&mu)
	go func() {
		e := prepare()
		mu.Lock()
		defer mu.Unlock()
		ready, err = true, e
		changed.Broadcast()
	}()
	status("preparing")
	mu.Lock()
	defer mu.Unlock()
	for !ready {
		changed.Wait()
	}
	if err != nil {
		return fmt.Errorf("prepare: %w", err)
	}
	start()
	return nil
}
