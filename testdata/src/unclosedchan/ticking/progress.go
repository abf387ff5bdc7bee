package ticking

import (
	"fmt"
	"io"
	"sync/atomic"
	"time"
)

// Progress runs work and reports at intervals how far it is.
func Progress(w io.Writer, every time.Duration, work func(advance func(int)) error) error {
	var done atomic.Int64
	tick := time.NewTicker(every)
	defer tick.Stop()
	go func() {
		for range tick.C { // want "range over tick.C never ends"
			fmt.Fprintf(w, "%d\n", done.Load())
		}
	}()
	return work(func(n int) { done.Add(int64(n)) })
}

// ProgressFixed runs work and reports at intervals how far it is.
func ProgressFixed(w io.Writer, every time.Duration, work func(advance func(int)) error) error {
	var done atomic.Int64
	tick := time.NewTicker(every)
	defer tick.Stop()
	finished := make(chan struct{})
	defer close(finished)
	go func() {
		for {
			select {
			case <-tick.C:
				fmt.Fprintf(w, "%d\n", done.Load())
			case <-finished:
				return
			}
		}
	}()
	return work(func(n int) { done.Add(int64(n)) })
}
