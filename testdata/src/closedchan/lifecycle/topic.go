package lifecycle

import (
	"maps"
	"sync"
)

// Topic passes messages on to its readers.
type Topic struct {
	mu      sync.Mutex
	readers map[string]chan string
}

// NewTopic returns a topic without readers.
func NewTopic() *Topic { return &Topic{readers: map[string]chan string{}} }

// Join adds a reader.
func (t *Topic) Join(name string) <-chan string {
	t.mu.Lock()
	defer t.mu.Unlock()
	c := make(chan string, 16)
	if old, ok := t.readers[name]; ok {
		close(old)
	}
	t.readers[name] = c
	return c
}

// Leave removes a reader, whose channel is closed.
func (t *Topic) Leave(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if c, ok := t.readers[name]; ok {
		close(c)
		delete(t.readers, name)
	}
}

// Send passes a message on to the readers that accept it and have room for it.
func (t *Topic) Send(msg string, accept func(name string) bool) {
	t.mu.Lock()
	readers := maps.Clone(t.readers)
	t.mu.Unlock()
	for name, c := range readers {
		if !accept(name) {
			continue
		}
		select {
		case c <- msg: // want "send on closed channel c"
		default:
		}
	}
}

// TopicFixed passes messages on to its readers.
type TopicFixed struct {
	mu      sync.Mutex
	readers map[string]chan string
}

// NewTopicFixed returns a topic without readers.
func NewTopicFixed() *TopicFixed { return &TopicFixed{readers: map[string]chan string{}} }

// Join adds a reader.
func (t *TopicFixed) Join(name string) <-chan string {
	t.mu.Lock()
	defer t.mu.Unlock()
	c := make(chan string, 16)
	if old, ok := t.readers[name]; ok {
		close(old)
	}
	t.readers[name] = c
	return c
}

// Leave removes a reader, whose channel is closed.
func (t *TopicFixed) Leave(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if c, ok := t.readers[name]; ok {
		close(c)
		delete(t.readers, name)
	}
}

// Send passes a message on to the readers that accept it and have room for it.
func (t *TopicFixed) Send(msg string, accept func(name string) bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for name, c := range t.readers {
		if !accept(name) {
			continue
		}
		select {
		case c <- msg:
		default:
		}
	}
}
