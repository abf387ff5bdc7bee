package waitgroup

import "sync"

func doneInGo(jobs []int) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Go(func() {
			// want +1 `wg.Done in a function that wg.Go runs counts it down twice: remove the Done, Go does it`
			defer wg.Done()
			work(job)
		})
	}
	wg.Wait()
}

func doneAtTheEnd(jobs []int) {
	var wg sync.WaitGroup
	wg.Go(func() {
		for _, job := range jobs {
			work(job)
		}
		wg.Done() // want `wg.Done in a function that wg.Go runs`
	})
	wg.Wait()
}

func doneOnError(check func() error) {
	var wg sync.WaitGroup
	wg.Go(func() {
		if err := check(); err != nil {
			wg.Done() // want `wg.Done in a function that wg.Go runs`
			return
		}
	})
	wg.Wait()
}

type pool struct {
	tasks   chan int
	workers sync.WaitGroup
}

func newPool() *pool { return &pool{tasks: make(chan int)} }

func (p *pool) start(n int) {
	for range n {
		p.workers.Go(p.worker)
	}
}

func (p *pool) worker() {
	defer p.workers.Done() // want `p.workers.Done in a function that p.workers.Go runs`
	for task := range p.tasks {
		work(task)
	}
}

func (p *pool) stop() {
	close(p.tasks)
	p.workers.Wait()
}

// Done of another WaitGroup, or of what the function itself has counted.

func doneOfAnother(jobs []int) {
	var all, first sync.WaitGroup
	first.Add(1)
	all.Go(func() {
		defer first.Done()
		work(0)
	})
	first.Wait()
	all.Go(func() {
		for _, job := range jobs {
			all.Add(1)
			go func() {
				defer all.Done()
				work(job)
			}()
		}
	})
	all.Go(func() {
		all.Add(1)
		work(1)
		all.Done()
	})
	all.Wait()
}

// One Add too many and one Done too many.
func balanced() {
	var wg sync.WaitGroup
	wg.Add(1)
	wg.Go(func() {
		defer wg.Done()
		work(1)
	})
	wg.Wait()
}

func doneOfEarlier() {
	var wg sync.WaitGroup
	wg.Add(1)
	wg.Go(func() {
		go func() {
			defer wg.Done()
			work(1)
		}()
	})
	wg.Wait()
}
