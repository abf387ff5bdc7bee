package owner

import (
	"sync"
	"sync/atomic"
)

// Mail is a message with the number of times it was tried.
type Mail struct {
	To    string
	Tries int
}

// Deliver sends the mails with a few workers. A mail that fails is tried again.
func Deliver(mails []Mail, workers int, send func(Mail) error) (failed int) {
	queue := make(chan Mail, len(mails))
	var lost atomic.Int64
	var wg sync.WaitGroup
	for range max(1, workers) {
		wg.Go(func() {
			for m := range queue {
				err := send(m)
				if err != nil && m.Tries < 3 {
					m.Tries++
					queue <- m // want "send on closed channel queue"
					continue
				}
				if err != nil {
					lost.Add(1)
				}
			}
		})
	}
	for _, m := range mails {
		queue <- m
	}
	close(queue)
	wg.Wait()
	return int(lost.Load())
}

// DeliverFixed sends the mails with a few workers. A mail that fails is tried again.
func DeliverFixed(mails []Mail, workers int, send func(Mail) error) (failed int) {
	queue := make(chan Mail, len(mails))
	var lost atomic.Int64
	var wg sync.WaitGroup
	for range max(1, workers) {
		wg.Go(func() {
			for m := range queue {
				err := send(m)
				for err != nil && m.Tries < 3 {
					m.Tries++
					err = send(m)
				}
				if err != nil {
					lost.Add(1)
				}
			}
		})
	}
	for _, m := range mails {
		queue <- m
	}
	close(queue)
	wg.Wait()
	return int(lost.Load())
}
