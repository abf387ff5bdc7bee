package donepath

import (
	"sync"
	"sync/atomic"
)

// Order is a purchase.
type Order struct {
	ID    int
	Items []string
}

// Orders ships the orders with a few workers.
func Orders(orders []Order, workers int, ship func(Order) error) (shipped int) {
	var n atomic.Int64
	var pending sync.WaitGroup
	queue := make(chan Order, len(orders))
	for range max(1, workers) {
		go func() {
			for o := range queue {
				if len(o.Items) == 0 {
					continue
				}
				if ship(o) == nil {
					n.Add(1)
				}
				pending.Done()
			}
		}()
	}
	for _, o := range orders {
		pending.Add(1)
		queue <- o
	}
	close(queue)
	pending.Wait() // want "pending.Wait blocks for ever"
	return int(n.Load())
}

// OrdersFixed ships the orders with a few workers.
func OrdersFixed(orders []Order, workers int, ship func(Order) error) (shipped int) {
	var n atomic.Int64
	var pending sync.WaitGroup
	queue := make(chan Order, len(orders))
	for range max(1, workers) {
		go func() {
			for o := range queue {
				if len(o.Items) == 0 {
					pending.Done()
					continue
				}
				if ship(o) == nil {
					n.Add(1)
				}
				pending.Done()
			}
		}()
	}
	for _, o := range orders {
		pending.Add(1)
		queue <- o
	}
	close(queue)
	pending.Wait()
	return int(n.Load())
}
