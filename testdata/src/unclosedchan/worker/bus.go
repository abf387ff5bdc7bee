package worker

import (
	"fmt"
	"sync"
)

// Event is something that happened.
type Event struct {
	Topic string
	Body  any
}

// Bus passes events on to its subscribers.
type Bus struct {
	mu   sync.Mutex
	subs map[string]chan Event
}

// NewBus returns a bus without subscribers.
func NewBus() *Bus { return &Bus{subs: map[string]chan Event{}} }

// Subscribe calls f for every event, until the name is unsubscribed.
func (b *Bus) Subscribe(name string, f func(Event)) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, ok := b.subs[name]; ok {
		return fmt.Errorf("%s is subscribed already", name)
	}
	events := make(chan Event, 8)
	b.subs[name] = events
	go func() {
		for e := range events { // want "range over events never ends"
			f(e)
		}
	}()
	return nil
}

// Unsubscribe ends a subscription.
func (b *Bus) Unsubscribe(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.subs, name)
}

// Publish hands an event to all who can take it at once.
func (b *Bus) Publish(e Event) (n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, events := range b.subs {
		select {
		case events <- e:
			n++
		default:
		}
	}
	return n
}

// Echo shows a bus at work: it publishes the bodies and returns how many of
// them arrived.
func Echo(bodies ...any) int {
	b := NewBus()
	var wg sync.WaitGroup
	if err := b.Subscribe("echo", func(Event) { wg.Done() }); err != nil {
		return 0
	}
	arrived := 0
	for _, body := range bodies {
		wg.Add(1)
		if b.Publish(Event{Topic: "echo", Body: body}) == 0 {
			wg.Done()
			continue
		}
		arrived++
	}
	wg.Wait()
	b.Unsubscribe("echo")
	return arrived
}

// BusFixed passes events on to its subscribers.
type BusFixed struct {
	mu   sync.Mutex
	subs map[string]chan Event
}

// NewBusFixed returns a bus without subscribers.
func NewBusFixed() *BusFixed { return &BusFixed{subs: map[string]chan Event{}} }

// Subscribe calls f for every event, until the name is unsubscribed.
func (b *BusFixed) Subscribe(name string, f func(Event)) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, ok := b.subs[name]; ok {
		return fmt.Errorf("%s is subscribed already", name)
	}
	events := make(chan Event, 8)
	b.subs[name] = events
	go func() {
		for e := range events {
			f(e)
		}
	}()
	return nil
}

// Unsubscribe ends a subscription.
func (b *BusFixed) Unsubscribe(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if events, ok := b.subs[name]; ok {
		close(events)
		delete(b.subs, name)
	}
}

// Publish hands an event to all who can take it at once.
func (b *BusFixed) Publish(e Event) (n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, events := range b.subs {
		select {
		case events <- e:
			n++
		default:
		}
	}
	return n
}

// EchoFixed shows a bus at work: it publishes the bodies and returns how many of
// them arrived.
func EchoFixed(bodies ...any) int {
	b := NewBusFixed()
	var wg sync.WaitGroup
	if err := b.Subscribe("echo", func(Event) { wg.Done() }); err != nil {
		return 0
	}
	arrived := 0
	for _, body := range bodies {
		wg.Add(1)
		if b.Publish(Event{Topic: "echo", Body: body}) == 0 {
			wg.Done()
			continue
		}
		arrived++
	}
	wg.Wait()
	b.Unsubscribe("echo")
	return arrived
}
