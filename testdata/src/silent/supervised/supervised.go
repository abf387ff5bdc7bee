// Package supervised has objects whose work is done by what they embed.
package supervised

import (
	"context"

	"example.com/corpus/silent/supervised/crew"
)

// Beacon is served by a crew, whose Serve is the beacon's.
type Beacon interface {
	Serve(ctx context.Context)
	Send(text string) string
}

type beacon struct {
	*crew.Crew
	in   chan string
	out  chan string
	over chan struct{}
}

// New returns a beacon.
func New(shine func(string) string) Beacon {
	b := &beacon{Crew: crew.New("beacon"), in: make(chan string), out: make(chan string), over: make(chan struct{})}
	b.Add(func(ctx context.Context) {
		defer close(b.over)
		for {
			select {
			case text := <-b.in:
				b.out <- shine(text)
			case <-ctx.Done():
				return
			}
		}
	})
	return b
}

// Send has the crew send a text.
func (b *beacon) Send(text string) string {
	select {
	case b.in <- text:
		return <-b.out
	case <-b.over:
		return ""
	}
}
