package p

import "sync"

type pool struct {
	sync.Mutex
	jobs chan func()
	wg   sync.WaitGroup
	n    int
}

type runner interface{ run(id int) }

func (p *pool) run(id int) {
	defer p.wg.Done()
	for job := range p.jobs {
		job()
		p.Lock()
		p.n++
		p.Unlock()
	}
}

// New starts the workers.
func New(workers int, names []string) *pool {
	p := &pool{jobs: make(chan func(), len(names))}
	var r runner = p
	for i := 0; i < workers; i++ {
		p.wg.Add(1)
		go r.run(i)
	}
	for _, name := range names {
		p.jobs <- func() { println(name) }
	}
	return p
}

func (p *pool) Close() {
	close(p.jobs)
	p.wg.Wait()
}
