package underlock

import "sync"

// Crew runs jobs until it is dismissed.
type Crew struct {
	mu   sync.Mutex
	busy map[int]string
	wg   sync.WaitGroup
}

// Hire adds a worker that does the jobs.
func (c *Crew) Hire(id int, jobs []string, do func(string)) {
	c.wg.Add(1)
	go func() {
		defer c.wg.Done()
		for _, j := range jobs {
			c.note(id, j)
			do(j)
		}
		c.note(id, "")
	}()
}

func (c *Crew) note(id int, job string) {
	c.mu.Lock() // want "lock of c.mu blocks for ever"
	defer c.mu.Unlock()
	if c.busy == nil {
		c.busy = map[int]string{}
	}
	c.busy[id] = job
}

// Dismiss waits for the workers and forgets them.
func (c *Crew) Dismiss() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.wg.Wait() // also deadlock "c.wg.Wait under c.mu blocks for ever"
	n := len(c.busy)
	c.busy = nil
	return n
}

// Split divides the jobs among two workers.
func Split(jobs []string, do func(string)) int {
	var c Crew
	half := len(jobs) / 2
	c.Hire(1, jobs[:half], do)
	c.Hire(2, jobs[half:], do)
	return c.Dismiss()
}

// CrewFixed runs jobs until it is dismissed.
type CrewFixed struct {
	mu   sync.Mutex
	busy map[int]string
	wg   sync.WaitGroup
}

// Hire adds a worker that does the jobs.
func (c *CrewFixed) Hire(id int, jobs []string, do func(string)) {
	c.wg.Add(1)
	go func() {
		defer c.wg.Done()
		for _, j := range jobs {
			c.note(id, j)
			do(j)
		}
		c.note(id, "")
	}()
}

func (c *CrewFixed) note(id int, job string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.busy == nil {
		c.busy = map[int]string{}
	}
	c.busy[id] = job
}

// Dismiss waits for the workers and forgets them.
func (c *CrewFixed) Dismiss() int {
	c.wg.Wait()
	c.mu.Lock()
	defer c.mu.Unlock()
	n := len(c.busy)
	c.busy = nil
	return n
}

// SplitFixed divides the jobs among two workers.
func SplitFixed(jobs []string, do func(string)) int {
	var c CrewFixed
	half := len(jobs) / 2
	c.Hire(1, jobs[:half], do)
	c.Hire(2, jobs[half:], do)
	return c.Dismiss()
}
