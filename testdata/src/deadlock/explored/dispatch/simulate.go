package dispatch

import (
	"sync"
	"sync/atomic"
)

type crew struct {
	tasks chan func()
	done  sync.WaitGroup
	lost  atomic.Int32
}

func (c *crew) work() {
	defer c.done.Done()
	defer func() {
		if recover() != nil {
			c.lost.Add(1)
		}
	}()
	for t := range c.tasks {
		t()
	}
}

// Simulate runs the tasks with two goroutines and returns how many panicked.
func Simulate(tasks []func()) int {
	c := &crew{tasks: make(chan func())}
	for range 2 {
		c.done.Add(1)
		go c.work()
	}
	for _, t := range tasks {
		c.tasks <- t // missed "send on c.tasks blocks for ever"
	}
	close(c.tasks)
	c.done.Wait()
	return int(c.lost.Load())
}

type crewFixed struct {
	tasks chan func()
	done  sync.WaitGroup
	lost  atomic.Int32
}

func (c *crewFixed) work() {
	defer c.done.Done()
	for t := range c.tasks {
		c.try(t)
	}
}

func (c *crewFixed) try(task func()) {
	defer func() {
		if recover() != nil {
			c.lost.Add(1)
		}
	}()
	task()
}

// SimulateFixed runs the tasks with two goroutines and returns how many panicked.
func SimulateFixed(tasks []func()) int {
	c := &crewFixed{tasks: make(chan func())}
	for range 2 {
		c.done.Add(1)
		go c.work()
	}
	for _, t := range tasks {
		c.tasks <- t
	}
	close(c.tasks)
	c.done.Wait()
	return int(c.lost.Load())
}
