package endless

import (
	"fmt"
	"sync"
	"sync/atomic"
)

// hub adds up what is reported to it.
type hub struct {
	reports chan int
	total   atomic.Int64
	idle    sync.WaitGroup
}

func (h *hub) run() {
	for {
		n := <-h.reports // want "receive from h.reports succeeds at once for ever"
		if n > 0 {
			h.total.Add(int64(n))
			h.idle.Done()
		}
	}
}

// Total adds up the positive numbers that the sources yield.
func Total(sources []func() ([]int, error)) (int64, error) {
	h := &hub{reports: make(chan int, 8)}
	go h.run()
	defer close(h.reports)
	for i, src := range sources {
		numbers, err := src()
		if err != nil {
			return 0, fmt.Errorf("source %d: %w", i, err)
		}
		for _, n := range numbers {
			if n > 0 {
				h.idle.Add(1)
				h.reports <- n
			}
		}
	}
	h.idle.Wait()
	return h.total.Load(), nil
}

// hubFixed adds up what is reported to it.
type hubFixed struct {
	reports chan int
	total   atomic.Int64
	idle    sync.WaitGroup
}

func (h *hubFixed) run() {
	for {
		n, ok := <-h.reports
		if !ok {
			return
		}
		if n > 0 {
			h.total.Add(int64(n))
			h.idle.Done()
		}
	}
}

// TotalFixed adds up the positive numbers that the sources yield.
func TotalFixed(sources []func() ([]int, error)) (int64, error) {
	h := &hubFixed{reports: make(chan int, 8)}
	go h.run()
	defer close(h.reports)
	for i, src := range sources {
		numbers, err := src()
		if err != nil {
			return 0, fmt.Errorf("source %d: %w", i, err)
		}
		for _, n := range numbers {
			if n > 0 {
				h.idle.Add(1)
				h.reports <- n
			}
		}
	}
	h.idle.Wait()
	return h.total.Load(), nil
}
