package forgotten

import (
	"fmt"
	"net"
	"unicode/utf8"
)

// Batcher collects lines and writes several of them at once.
type Batcher struct {
	in    chan string
	done  chan struct{}
	idle  chan struct{}
	flush func([]string) error
}

// NewBatcher returns a batcher that writes size lines at a time.
func NewBatcher(size int, flush func([]string) error) *Batcher {
	b := &Batcher{
		in:    make(chan string),
		done:  make(chan struct{}),
		idle:  make(chan struct{}),
		flush: flush,
	}
	go b.loop(size)
	return b
}

func (b *Batcher) loop(size int) {
	defer close(b.idle)
	var batch []string
	for {
		select {
		case line := <-b.in:
			batch = append(batch, line)
			if len(batch) >= size {
				b.flush(batch)
				batch = nil
			}
		case <-b.done:
			b.flush(batch)
			return
		}
	}
}

// Add takes a line.
func (b *Batcher) Add(line string) error {
	select {
	case b.in <- line:
		return nil
	case <-b.done:
		return net.ErrClosed
	}
}

// Close writes what is left.
func (b *Batcher) Close() {
	close(b.done)
	<-b.idle
}

// Store writes the lines that are valid, and stops at the first that is not.
func Store(lines []string, flush func([]string) error) error {
	b := NewBatcher(100, flush) // want "NewBatcher starts never ends.*: Close would end it"
	for i, line := range lines {
		if !utf8.ValidString(line) {
			return fmt.Errorf("line %d is not valid", i+1)
		}
		if err := b.Add(line); err != nil {
			return err
		}
	}
	b.Close()
	return nil
}

// BatcherFixed collects lines and writes several of them at once.
type BatcherFixed struct {
	in    chan string
	done  chan struct{}
	idle  chan struct{}
	flush func([]string) error
}

// NewBatcherFixed returns a batcher that writes size lines at a time.
func NewBatcherFixed(size int, flush func([]string) error) *BatcherFixed {
	b := &BatcherFixed{
		in:    make(chan string),
		done:  make(chan struct{}),
		idle:  make(chan struct{}),
		flush: flush,
	}
	go b.loop(size)
	return b
}

func (b *BatcherFixed) loop(size int) {
	defer close(b.idle)
	var batch []string
	for {
		select {
		case line := <-b.in:
			batch = append(batch, line)
			if len(batch) >= size {
				b.flush(batch)
				batch = nil
			}
		case <-b.done:
			b.flush(batch)
			return
		}
	}
}

// Add takes a line.
func (b *BatcherFixed) Add(line string) error {
	select {
	case b.in <- line:
		return nil
	case <-b.done:
		return net.ErrClosed
	}
}

// Close writes what is left.
func (b *BatcherFixed) Close() {
	close(b.done)
	<-b.idle
}

// StoreFixed writes the lines that are valid, and stops at the first that is not.
func StoreFixed(lines []string, flush func([]string) error) error {
	b := NewBatcherFixed(100, flush)
	defer b.Close()
	for i, line := range lines {
		if !utf8.ValidString(line) {
			return fmt.Errorf("line %d is not valid", i+1)
		}
		if err := b.Add(line); err != nil {
			return err
		}
	}
	return nil
}
