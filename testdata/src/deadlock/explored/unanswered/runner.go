package unanswered

import (
	"context"
	"sync"
)

type job struct {
	name string
	done chan struct{}
	err  error
}

// Runner runs jobs by name.
type Runner struct {
	mu   sync.Mutex
	jobs map[string]*job
	wg   sync.WaitGroup
}

// Start starts a job.
func (r *Runner) Start(ctx context.Context, name string, f func(context.Context) error) {
	j := &job{name: name, done: make(chan struct{})}
	r.mu.Lock()
	if r.jobs == nil {
		r.jobs = map[string]*job{}
	}
	r.jobs[name] = j
	r.mu.Unlock()
	r.wg.Add(1)
	go func() {
		defer r.wg.Done()
		j.err = f(ctx)
	}()
}

// Wait waits until a job is done.
func (r *Runner) Wait(name string) error {
	r.mu.Lock()
	j := r.jobs[name]
	r.mu.Unlock()
	if j == nil {
		return nil
	}
	<-j.done // want `receive from j.done blocks for ever`
	return j.err
}

type jobFixed struct {
	name string
	done chan struct{}
	err  error
}

// RunnerFixed runs jobs by name.
type RunnerFixed struct {
	mu   sync.Mutex
	jobs map[string]*jobFixed
	wg   sync.WaitGroup
}

// Start starts a job.
func (r *RunnerFixed) Start(ctx context.Context, name string, f func(context.Context) error) {
	j := &jobFixed{name: name, done: make(chan struct{})}
	r.mu.Lock()
	if r.jobs == nil {
		r.jobs = map[string]*jobFixed{}
	}
	r.jobs[name] = j
	r.mu.Unlock()
	r.wg.Add(1)
	go func() {
		defer r.wg.Done()
		defer close(j.done)
		j.err = f(ctx)
	}()
}

// Wait waits until a job is done.
func (r *RunnerFixed) Wait(name string) error {
	r.mu.Lock()
	j := r.jobs[name]
	r.mu.Unlock()
	if j == nil {
		return nil
	}
	<-j.done
	return j.err
}
