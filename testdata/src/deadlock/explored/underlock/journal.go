package underlock

import (
	"fmt"
	"sync"
)

// Journal numbers the entries and stores them in the background.
type Journal struct {
	mu      sync.Mutex
	next    int
	stored  int
	entries chan string
}

// NewJournal starts a journal.
func NewJournal(store func(string) error) *Journal {
	j := &Journal{entries: make(chan string)}
	go func() {
		for e := range j.entries {
			if store(e) != nil {
				continue
			}
			j.mu.Lock()
			j.stored++
			j.mu.Unlock()
		}
	}()
	return j
}

// Append adds an entry and returns its number.
func (j *Journal) Append(text string) int {
	j.mu.Lock()
	n := j.next
	j.next++
	j.entries <- fmt.Sprintf("%d %s", n, text) // want `send on j\.entries under j\.mu blocks for ever`
	j.mu.Unlock()
	return n
}

// Record appends the texts to a new journal and returns how many were stored.
func Record(texts []string, store func(string) error) int {
	j := NewJournal(store)
	for _, t := range texts {
		j.Append(t)
	}
	close(j.entries)
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.stored
}

// JournalFixed numbers the entries and stores them in the background.
type JournalFixed struct {
	mu      sync.Mutex
	next    int
	stored  int
	entries chan string
}

// NewJournalFixed starts a journal.
func NewJournalFixed(store func(string) error) *JournalFixed {
	j := &JournalFixed{entries: make(chan string)}
	go func() {
		for e := range j.entries {
			if store(e) != nil {
				continue
			}
			j.mu.Lock()
			j.stored++
			j.mu.Unlock()
		}
	}()
	return j
}

// Append adds an entry and returns its number.
func (j *JournalFixed) Append(text string) int {
	j.mu.Lock()
	n := j.next
	j.next++
	j.mu.Unlock()
	j.entries <- fmt.Sprintf("%d %s", n, text)
	return n
}

// RecordFixed appends the texts to a new journal and returns how many were stored.
func RecordFixed(texts []string, store func(string) error) int {
	j := NewJournalFixed(store)
	for _, t := range texts {
		j.Append(t)
	}
	close(j.entries)
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.stored
}
