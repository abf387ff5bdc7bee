package balance

import (
	"strings"
	"sync"
	"sync/atomic"
)

// Lint checks the files that are Go code and returns the number of problems.
func Lint(files []string, check func(string) int) int {
	var problems atomic.Int64
	var wg sync.WaitGroup
	wg.Add(len(files))
	for _, f := range files {
		if !strings.HasSuffix(f, ".go") {
			continue
		}
		go func() {
			defer wg.Done()
			problems.Add(int64(check(f)))
		}()
	}
	wg.Wait() // want "wg.Wait blocks for ever"
	return int(problems.Load())
}

// LintFixed checks the files that are Go code and returns the number of problems.
func LintFixed(files []string, check func(string) int) int {
	var problems atomic.Int64
	var wg sync.WaitGroup
	for _, f := range files {
		if !strings.HasSuffix(f, ".go") {
			continue
		}
		wg.Add(1)
		go func() {
			defer wg.Done()
			problems.Add(int64(check(f)))
		}()
	}
	wg.Wait()
	return int(problems.Load())
}
