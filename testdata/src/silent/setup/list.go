package setup

import "sync"

// List lets callers wait until there is something in it. Init sets it up, which
// is what NewList does; an empty list that somebody waits for is not set up again.
type List struct {
	mu     sync.RWMutex
	filled *sync.WaitGroup
	first  string
}

// NewList returns an empty list.
func NewList() *List { return new(List).Init() }

// Init empties the list before it is used.
func (l *List) Init() *List {
	l.mu.Lock()
	l.filled = new(sync.WaitGroup)
	l.filled.Add(1)
	l.first = ""
	l.mu.Unlock()
	return l
}

// Wait waits for the first element.
func (l *List) Wait() string {
	for {
		l.mu.RLock()
		first, filled := l.first, l.filled
		l.mu.RUnlock()
		if first != "" {
			return first
		}
		filled.Wait()
	}
}

// Push adds an element.
func (l *List) Push(s string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.first == "" {
		l.filled.Done()
	}
	l.first = s
}
