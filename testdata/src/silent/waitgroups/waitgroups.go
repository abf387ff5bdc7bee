// Package waitgroups counts goroutines in various ways.
package waitgroups

import "sync"

// Tree adds while the count of the parent is outstanding.
func Tree(depth int, visit func(depth int)) {
	var wg sync.WaitGroup
	var grow func(depth int)
	grow = func(depth int) {
		defer wg.Done()
		visit(depth)
		if depth <= 0 {
			return
		}
		wg.Add(2)
		go grow(depth - 1)
		go grow(depth - 1)
	}
	wg.Add(1)
	go grow(min(depth, 4))
	wg.Wait()
}

// worker is counted by its caller.
func worker(wg *sync.WaitGroup, jobs <-chan int, done func(int)) {
	defer wg.Done()
	for j := range jobs {
		done(j)
	}
}

// Param passes the group on.
func Param(n int, done func(int)) {
	jobs := make(chan int)
	var wg sync.WaitGroup
	for range 2 {
		wg.Add(1)
		go worker(&wg, jobs, done)
	}
	for i := range n {
		jobs <- i
	}
	close(jobs)
	wg.Wait()
}

// Spawn is counted by a group that belongs to the caller.
func Spawn(wg *sync.WaitGroup, f func()) {
	wg.Add(1)
	go func() {
		defer wg.Done()
		f()
	}()
}

// Paths is done on every path, though not by a deferred call.
func Paths(names []string, load func(string) error, fail func(error)) {
	var wg sync.WaitGroup
	for _, n := range names {
		wg.Add(1)
		go func() {
			if n == "" {
				wg.Done()
				return
			}
			if err := load(n); err != nil {
				fail(err)
				wg.Done()
				return
			}
			wg.Done()
		}()
	}
	wg.Wait()
}

// Again uses a group several times.
func Again(rounds int, f func(round int)) {
	var wg sync.WaitGroup
	for r := range rounds {
		for range 2 {
			wg.Add(1)
			go func() {
				defer wg.Done()
				f(r)
			}()
		}
		wg.Wait()
	}
}

// Filter adds only for what it starts.
func Filter(items []string, keep func(string) bool, f func(string)) {
	var wg sync.WaitGroup
	for _, it := range items {
		if !keep(it) {
			continue
		}
		wg.Add(1)
		go func() {
			defer wg.Done()
			f(it)
		}()
	}
	wg.Wait()
}

// Bulk adds the number that a later loop starts.
func Bulk(items []string, f func(string)) {
	var todo []string
	for _, it := range items {
		if it != "" {
			todo = append(todo, it)
		}
	}
	var wg sync.WaitGroup
	wg.Add(len(todo))
	for _, it := range todo {
		go func() {
			defer wg.Done()
			f(it)
		}()
	}
	wg.Wait()
}

// Group is a wait group that remembers the first error.
type Group struct {
	wg   sync.WaitGroup
	once sync.Once
	err  error
}

// Go runs f.
func (g *Group) Go(f func() error) {
	g.wg.Add(1)
	go g.run(f)
}

func (g *Group) run(f func() error) {
	defer g.wg.Done()
	if err := f(); err != nil {
		g.once.Do(func() { g.err = err })
	}
}

// Wait returns the error.
func (g *Group) Wait() error {
	g.wg.Wait()
	return g.err
}

// All runs all functions.
func All(fns ...func() error) error {
	var g Group
	for _, f := range fns {
		g.Go(f)
	}
	return g.Wait()
}
