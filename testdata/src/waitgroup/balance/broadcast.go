package balance

import (
	"sync"
	"sync/atomic"
)

// Client receives messages.
type Client interface {
	Send(msg string) error
}

// Broadcast sends a message to all clients and returns how many received it.
func Broadcast(clients []Client, msg string) int {
	var received atomic.Int64
	var wg sync.WaitGroup
	wg.Add(1)
	for _, c := range clients {
		go func() {
			defer func() {
				wg.Done() // want "negative WaitGroup counter of wg"
			}()
			if c.Send(msg) == nil {
				received.Add(1)
			}
		}()
	}
	if len(clients) > 0 {
		wg.Wait()
	}
	return int(received.Load())
}

// BroadcastFixed sends a message to all clients and returns how many received it.
func BroadcastFixed(clients []Client, msg string) int {
	var received atomic.Int64
	var wg sync.WaitGroup
	wg.Add(len(clients))
	for _, c := range clients {
		go func() {
			defer func() {
				wg.Done()
			}()
			if c.Send(msg) == nil {
				received.Add(1)
			}
		}()
	}
	wg.Wait()
	return int(received.Load())
}
