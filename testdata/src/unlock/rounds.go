package unlock

import "sync"

// inbox holds messages. Who takes them out of it locks once for the first.
type inbox struct {
	mu       sync.Mutex
	messages []string
	ready    bool
}

func (b *inbox) len() int { return len(b.messages) }

func (b *inbox) handle(f func(string) error) error {
	b.mu.Lock()
	n := b.len()
	if n == 0 {
		b.mu.Unlock()
		return nil
	}
	for i := 0; i < n; i++ {
		if i > 0 {
			b.mu.Lock()
		}
		m := b.messages[0]
		b.messages = b.messages[1:]
		b.mu.Unlock()
		if err := f(m); err != nil {
			return err
		}
		if !b.ready {
			break
		}
	}
	return nil
}

func (b *inbox) first() string {
	b.mu.Lock()
	list := b.messages
	if len(list) == 0 {
		b.mu.Unlock()
		return ""
	}
	for _, m := range list {
		b.mu.Unlock()
		return m
	}
	return ""
}

func (b *inbox) some() int {
	b.mu.Lock()
	n := len(b.messages)
	if n > 0 {
		b.mu.Unlock()
	}
	if 0 == n {
		b.mu.Unlock()
		return 0
	}
	return n
}

// handleAny does not ask first whether there are messages.
func (b *inbox) handleAny(f func(string)) bool {
	b.mu.Lock()
	n := b.len()
	for i := 0; i < n; i++ {
		if i > 0 {
			b.mu.Lock()
		}
		m := b.messages[0]
		b.messages = b.messages[1:]
		b.mu.Unlock()
		if f(m); !b.ready {
			return false
		}
	}
	return true // want "return without unlocking b.mu"
}
