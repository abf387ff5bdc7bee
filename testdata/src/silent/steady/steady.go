// Package steady has objects that code out of sight comes by, and unexported
// fields in them that only their constructors set: they hold what they held.
package steady

import (
	"context"
	"io"
	"time"
)

// Display is drawn anew when time comes or when it has changed.
type Display struct {
	changes chan func(*screen)
	cancel  context.CancelFunc
	done    chan struct{}
}

type screen struct {
	ctx   context.Context
	draws chan time.Time
	every time.Duration
	out   io.Writer
	lines []string
}

// Option changes how a display is drawn.
type Option func(*screen)

// Open starts a display, which ends with Close.
func Open(ctx context.Context, out io.Writer, opts ...Option) *Display {
	ctx, cancel := context.WithCancel(ctx)
	s := &screen{ctx: ctx, draws: make(chan time.Time), every: time.Millisecond, out: out}
	for _, opt := range opts {
		opt(s)
	}
	d := &Display{changes: make(chan func(*screen)), cancel: cancel, done: make(chan struct{})}
	go s.tick(d.done)
	go d.serve(s)
	return d
}

// Close ends the display.
func (d *Display) Close() {
	d.cancel()
	<-d.done
}

// Change has a function change what is shown.
func (d *Display) Change(f func(*screen)) {
	select {
	case d.changes <- f:
	case <-d.done:
	}
}

func (s *screen) tick(done chan struct{}) {
	t := time.NewTicker(s.every)
	defer t.Stop()
	for {
		select {
		case now := <-t.C:
			s.draws <- now
		case <-s.ctx.Done():
			close(done)
			return
		}
	}
}

// serve takes what comes on draws until the ticker has ended: when it can no longer
// draw, a goroutine does that.
func (d *Display) serve(s *screen) {
	draws, changes := s.draws, d.changes
	for {
		select {
		case f := <-changes:
			f(s)
		case <-draws:
			if err := s.draw(); err != nil {
				go func() {
					for {
						select {
						case <-s.draws:
						case <-d.done:
							return
						}
					}
				}()
				d.cancel()
				draws, changes = nil, nil
			}
		case <-d.done:
			return
		}
	}
}

func (s *screen) draw() error {
	for _, l := range s.lines {
		if _, err := io.WriteString(s.out, l); err != nil {
			return err
		}
	}
	return nil
}
