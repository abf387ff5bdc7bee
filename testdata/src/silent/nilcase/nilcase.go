// Package nilcase switches cases of a select off by nil channels.
package nilcase

import (
	"context"
	"time"
)

// Batch passes on what it receives, in batches that are sent as soon as there
// is a receiver.
func Batch(in <-chan string, out chan<- []string) {
	defer close(out)
	var batch []string
	for in != nil || len(batch) > 0 {
		var send chan<- []string
		if len(batch) > 0 {
			send = out
		}
		select {
		case s, ok := <-in:
			if !ok {
				in = nil
				continue
			}
			batch = append(batch, s)
		case send <- batch:
			batch = nil
		}
	}
}

// Collect uses Batch on the words.
func Collect(words []string) (n int) {
	in, out := make(chan string), make(chan []string)
	go Batch(in, out)
	go func() {
		defer close(in)
		for _, w := range words {
			in <- w
		}
	}()
	for b := range out {
		n += len(b)
	}
	return n
}

// Timeout waits for ever if there is no limit.
func Timeout(run func(), limit time.Duration) bool {
	done := make(chan struct{})
	go func() {
		defer close(done)
		run()
	}()
	var expired <-chan time.Time
	if limit > 0 {
		t := time.NewTimer(limit)
		defer t.Stop()
		expired = t.C
	}
	select {
	case <-done:
		return true
	case <-expired:
		return false
	}
}

// Optional listens to a channel that may be absent.
func Optional(events <-chan string, quit chan struct{}, handle func(string)) {
	for {
		select {
		case e, ok := <-events:
			if !ok {
				events = nil
				continue
			}
			handle(e)
		case <-quit:
			return
		}
	}
}

// Listen runs Optional for a while.
func Listen(d time.Duration, handle func(string)) {
	quit := make(chan struct{})
	done := make(chan struct{})
	go func() {
		defer close(done)
		Optional(nil, quit, handle)
	}()
	time.Sleep(d)
	close(quit)
	<-done
}

// Done is nil for a context that never ends.
func Done(ctx context.Context, work func() int) (int, error) {
	out := make(chan int, 1)
	go func() { out <- work() }()
	select {
	case n := <-out:
		return n, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// Plain calls Done with the background context.
func Plain(work func() int) int {
	n, _ := Done(context.Background(), work)
	return n
}
