// Package dropped has constructors that return an error together with the
// object. Whoever gets an error leaves the object alone.
package dropped

import (
	"errors"
	"fmt"
	"sync"
)

// Record is one entry of a journal.
type Record struct {
	Key   string
	Value []byte
}

// Journal keeps records and writes them in the background.
type Journal struct {
	mu      sync.Mutex
	records map[string][]byte
	size    int

	pending chan Record
	done    chan struct{}
}

func newJournal(size int, write func(Record) error) *Journal {
	j := &Journal{records: map[string][]byte{}, size: size, pending: make(chan Record, size), done: make(chan struct{})}
	go j.loop(write)
	return j
}

func (j *Journal) loop(write func(Record) error) {
	defer close(j.done)
	for r := range j.pending {
		if err := write(r); err != nil {
			return
		}
	}
}

func (j *Journal) load(read func() ([]Record, error)) error {
	list, err := read()
	if err != nil {
		return fmt.Errorf("journal: %w", err)
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, r := range list {
		j.records[r.Key] = r.Value
	}
	return nil
}

// Put changes a record.
func (j *Journal) Put(key string, value []byte) {
	j.mu.Lock()
	j.records[key] = value
	j.mu.Unlock()
	select {
	case j.pending <- Record{key, value}:
	case <-j.done:
	}
}

// Close ends the work in the background.
func (j *Journal) Close() {
	close(j.pending)
	<-j.done
}

// The smallest and the largest size of a journal's queue.
const (
	least = 64
	most  = 1 << 20
)

var errSize = errors.New("journal: the size must be a power of two")

// Open opens a journal. When the records cannot be read its goroutine stays.
func Open(size int, read func() ([]Record, error), write func(Record) error) (*Journal, error) {
	if size < least || size > most {
		return nil, fmt.Errorf("journal: size %d", size)
	}
	if size%least != 0 {
		return nil, errSize
	}
	j := newJournal(size, write) // want "newJournal starts never ends when Open returns.*: Close would end it"
	return j, j.load(read)
}

// OpenFixed opens a journal.
func OpenFixed(size int, read func() ([]Record, error), write func(Record) error) (*Journal, error) {
	if size < least || size > most {
		return nil, fmt.Errorf("journal: size %d", size)
	}
	if size%least != 0 {
		return nil, errSize
	}
	j := newJournal(size, write)
	if err := j.load(read); err != nil {
		j.Close()
		return nil, err
	}
	return j, nil
}

// OpenAnyway returns a journal without an error, whatever becomes of the reading.
func OpenAnyway(size int, read func() ([]Record, error), write func(Record) error, warn func(error)) *Journal {
	j := newJournal(max(size, least), write)
	if err := j.load(read); err != nil {
		warn(err)
	}
	return j
}
