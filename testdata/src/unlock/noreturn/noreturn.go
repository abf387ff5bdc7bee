// Package noreturn has releases before calls that never return.
package noreturn

import (
	"log"
	"os"
	"sync"
	"testing"
)

type table struct {
	mu   sync.Mutex
	rows []int
}

// Same ends the test after the release.
func Same(t *testing.T, a *table) {
	a.mu.Lock()
	if len(a.rows) != 3 {
		a.mu.Unlock()
		t.Fatalf("%d rows", 3)
	}
	a.mu.Unlock()
}

// SameFor is given a test or a benchmark.
func SameFor(t testing.TB, a *table) {
	a.mu.Lock()
	if len(a.rows) != 3 {
		a.mu.Unlock()
		t.Fatal("three rows")
	}
	a.mu.Unlock()
}

// Load gives up with the lock held: the process is gone.
func Load(a *table, path string) []byte {
	a.mu.Lock()
	data, err := os.ReadFile(path)
	if err != nil {
		log.Fatal(err)
	}
	if len(data) == 0 {
		usage()
	}
	a.mu.Unlock()
	return data
}

func usage() {
	println("usage: load file")
	os.Exit(2)
}

// Check goes on after an error of the test.
func Check(t *testing.T, a *table) {
	a.mu.Lock()
	if len(a.rows) != 3 {
		a.mu.Unlock()
		t.Errorf("%d rows", 3)
	}
	a.mu.Unlock() // want `a.mu is already unlocked`
}
