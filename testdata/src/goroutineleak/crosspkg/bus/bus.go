// Package bus carries events.
package bus

// Bus carries events to a handler.
type Bus interface {
	Send(event string)
	Close()
}

type bus struct {
	events chan string
}

// New starts a bus, which must be closed.
func New(handle func(string)) Bus {
	b := &bus{events: make(chan string)}
	go func() {
		for e := range b.events {
			handle(e)
		}
	}()
	return b
}

func (b *bus) Send(event string) { b.events <- event }
func (b *bus) Close()            { close(b.events) }
