package contract

import "sync"

// Tasks runs functions, until it is waited for. Whoever calls Go after that
// panics where it offers the task to a worker, whoever calls it just then may
// have started one and panics a little later.
type Tasks struct {
	tasks   chan func()
	workers sync.WaitGroup
	once    sync.Once
}

func (t *Tasks) init() { t.once.Do(func() { t.tasks = make(chan func()) }) }

// Go runs a function, by a new worker if all others are busy.
func (t *Tasks) Go(f func()) {
	t.init()
	select {
	case t.tasks <- f:
	default:
		t.workers.Add(1)
		go t.work()
		t.tasks <- f
	}
}

// Wait waits until all functions have returned.
func (t *Tasks) Wait() {
	t.init()
	close(t.tasks)
	t.workers.Wait()
}

func (t *Tasks) work() {
	defer t.workers.Done()
	for f := range t.tasks {
		f()
	}
}
