// Package processwide is the frame of a command: its Run is called by main
// functions, once, and what it starts lives as long as the process.
package processwide

import (
	"fmt"
	"os"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"
)

// Run runs the command and ends the process if it fails.
func Run(serve func() error) {
	if err := run(serve); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(serve func() error) error {
	setUp()
	report(time.Minute)
	return serve()
}

func setUp() {
	debug.SetGCPercent(40)
	go func() {
		for range time.Tick(30 * time.Second) {
			debug.FreeOSMemory()
		}
	}()
}

// report tells every now and then that the process is alive.
func report(every time.Duration) {
	go func() {
		for {
			time.Sleep(every)
			fmt.Fprintln(os.Stderr, "alive")
		}
	}()
}

var (
	nowOnce sync.Once // for keepNow
	now     atomic.Int64
)

// Now is the time in seconds, kept by a goroutine that the first caller starts.
func Now() int64 {
	nowOnce.Do(keepNow)
	return now.Load()
}

func keepNow() {
	now.Store(time.Now().Unix())
	go func() {
		for {
			time.Sleep(time.Second)
			now.Store(time.Now().Unix())
		}
	}()
}

var (
	ticking atomic.Bool
	ticks   atomic.Int64

	sweepMu  sync.Mutex
	sweeping bool
)

// Ticks are counted from the first call on.
func Ticks() int64 {
	first := ticking.CompareAndSwap(false, true)
	if first {
		go count()
	}
	return ticks.Load()
}

func count() {
	for range time.Tick(time.Second) {
		ticks.Add(1)
	}
}

// Sweep has the memory swept every now and then.
func Sweep() {
	sweepMu.Lock()
	defer sweepMu.Unlock()
	if sweeping {
		return
	}
	sweeping = true
	go func() {
		for {
			time.Sleep(time.Minute)
			debug.FreeOSMemory()
		}
	}()
}
