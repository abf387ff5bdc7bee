// Package crew runs jobs together.
package crew

import (
	"context"
	"sync"
)

// Crew is a number of jobs that run together.
type Crew struct {
	Name string
	mu   sync.Mutex
	jobs []func(context.Context)
}

// New returns a crew without jobs.
func New(name string) *Crew { return &Crew{Name: name} }

// Add adds a job.
func (c *Crew) Add(job func(context.Context)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.jobs = append(c.jobs, job)
}

// Serve runs the jobs until all of them have ended.
func (c *Crew) Serve(ctx context.Context) {
	var wg sync.WaitGroup
	c.mu.Lock()
	for _, job := range c.jobs {
		wg.Go(func() { job(ctx) })
	}
	c.mu.Unlock()
	wg.Wait()
}

// Badge is what a member of a crew wears.
type Badge struct{ text string }

// Text is what it says.
func (b *Badge) Text() string { return b.text }
