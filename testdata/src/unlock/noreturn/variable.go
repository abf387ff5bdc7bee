package noreturn

import (
	"os"
	"sync"
)

// exit is another function in tests alone.
var exit = os.Exit

// note says something, and may be another function.
var note = func(code int) { println(code) }

type journal struct {
	mu    sync.Mutex
	lines int
}

func (j *journal) write(fatal bool) {
	j.mu.Lock()
	j.lines++
	if fatal {
		j.mu.Unlock()
		exit(1)
	}
	j.mu.Unlock()
}

func (j *journal) writeOn(fatal bool) {
	j.mu.Lock()
	j.lines++
	if fatal {
		j.mu.Unlock()
		note(1)
	}
	j.mu.Unlock() // want "j.mu is already unlocked"
}
