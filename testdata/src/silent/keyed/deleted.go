package keyed

import (
	"context"
	"sync"
)

// Broadcaster hands items on to those who subscribe. A channel is closed by whoever
// deletes it: those who come later do not find it.
type Broadcaster struct {
	sync.Mutex
	running bool
	subs    map[chan int]struct{}
}

// ConnectFunc gives what is to be handed on.
type ConnectFunc func() (chan int, error)

// Subscribe gives a channel that is closed in the end.
func (b *Broadcaster) Subscribe(ctx context.Context, connect ConnectFunc) (<-chan int, error) {
	b.Lock()
	defer b.Unlock()

	if !b.running {
		if err := b.start(connect); err != nil {
			return nil, err
		}
	}
	sub := make(chan int, 100)
	if b.subs == nil {
		b.subs = map[chan int]struct{}{}
	}
	b.subs[sub] = struct{}{}
	go func() {
		<-ctx.Done()
		b.unsub(sub, true)
	}()
	return sub, nil
}

func (b *Broadcaster) unsub(sub chan int, lock bool) {
	if lock {
		b.Lock()
	}
	if _, ok := b.subs[sub]; ok {
		close(sub)
		delete(b.subs, sub)
	}
	if lock {
		b.Unlock()
	}
}

func (b *Broadcaster) start(connect ConnectFunc) error {
	c, err := connect()
	if err != nil {
		return err
	}
	go b.stream(c)
	b.running = true
	return nil
}

func (b *Broadcaster) stream(input chan int) {
	for item := range input {
		b.Lock()
		for sub := range b.subs {
			select {
			case sub <- item:
			default:
				go b.unsub(sub, true)
			}
		}
		b.Unlock()
	}
	b.Lock()
	for sub := range b.subs {
		b.unsub(sub, false)
	}
	b.running = false
	b.Unlock()
}

// Close closes what is left.
func (b *Broadcaster) Close() {
	b.Lock()
	defer b.Unlock()
	for sub := range b.subs {
		close(sub)
		delete(b.subs, sub)
	}
}
