package crosspkg

import (
	"sync"

	"example.com/corpus/goroutineleak/crosspkg/task"
)

// All runs the jobs at the same time.
func All(jobs []func() error) {
	var wg sync.WaitGroup
	for _, j := range jobs {
		wg.Add(1)
		go task.Done(&wg, j)
	}
	wg.Wait() // want "wg.Wait blocks for ever"
}

// AllFixed runs the jobs at the same time.
func AllFixed(jobs []func() error) {
	var wg sync.WaitGroup
	for _, j := range jobs {
		wg.Add(1)
		go task.Always(&wg, j)
	}
	wg.Wait()
}

// Two runs two jobs at the same time.
func Two(a, b func() error) error {
	var wg sync.WaitGroup
	wg.Add(2)
	go task.Always(&wg, a)
	err := task.Only(b)
	wg.Wait() // want "wg.Wait blocks for ever"
	return err
}

// TwoFixed runs two jobs at the same time.
func TwoFixed(a, b func() error) error {
	var wg sync.WaitGroup
	wg.Add(1)
	go task.Always(&wg, a)
	err := task.Only(b)
	wg.Wait()
	return err
}

// Twice runs a job in the background.
func Twice(job func() error) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		task.Always(&wg, job)
		wg.Done() // want "negative WaitGroup counter"
	}()
	wg.Wait()
}

// TwiceFixed runs a job in the background.
func TwiceFixed(job func() error) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		task.Only(job)
		wg.Done()
	}()
	wg.Wait()
}
