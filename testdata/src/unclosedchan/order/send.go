package order

import (
	"sync"
	"sync/atomic"
)

// Send sends the messages with a few connections.
func Send(msgs []string, conns []func(string) error) (failed int) {
	if len(conns) == 0 {
		return len(msgs)
	}
	queue := make(chan string)
	var lost atomic.Int64
	var wg sync.WaitGroup
	defer close(queue)
	defer wg.Wait()
	for _, conn := range conns {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for m := range queue { // want "range over queue never ends"
				if conn(m) != nil {
					lost.Add(1)
				}
			}
		}()
	}
	for _, m := range msgs {
		queue <- m
	}
	return int(lost.Load())
}

// SendFixed sends the messages with a few connections.
func SendFixed(msgs []string, conns []func(string) error) (failed int) {
	if len(conns) == 0 {
		return len(msgs)
	}
	queue := make(chan string)
	var lost atomic.Int64
	var wg sync.WaitGroup
	defer func() { failed = int(lost.Load()) }()
	defer wg.Wait()
	defer close(queue)
	for _, conn := range conns {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for m := range queue {
				if conn(m) != nil {
					lost.Add(1)
				}
			}
		}()
	}
	for _, m := range msgs {
		queue <- m
	}
	return int(lost.Load())
}
