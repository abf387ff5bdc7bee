package contract

import "sync"

// Anew can be used again after Wait, which makes it as new: so nobody is meant to
// call Go meanwhile.
type Anew struct {
	wg    sync.WaitGroup
	tasks chan func()
	begin sync.Once
}

// NewAnew returns one without tasks.
func NewAnew() *Anew { return &Anew{} }

func (a *Anew) init() {
	a.begin.Do(func() {
		a.tasks = make(chan func())
		a.wg.Go(func() {
			for f := range a.tasks {
				f()
			}
		})
	})
}

// Go has a task done.
func (a *Anew) Go(f func()) {
	a.init()
	a.tasks <- f
}

// Wait waits until all tasks are done.
func (a *Anew) Wait() {
	a.init()
	close(a.tasks)
	defer func() { a.begin = sync.Once{} }()
	a.wg.Wait()
}
