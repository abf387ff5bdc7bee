package main

import (
	"fmt"
	"os"
	"time"
)

// progress is a line on the terminal that says how far a long run has come.
// It stays silent for the first second, and where there is no terminal.
type progress struct {
	out   *os.File
	start time.Time
	last  time.Time
	shown bool
}

func newProgress(out *os.File) *progress {
	p := &progress{start: time.Now()}
	if isTerminal(out) && os.Getenv("TERM") != "dumb" {
		p.out = out
	}
	return p
}

// step tells that n units have been analysed.
func (p *progress) step(n int) {
	now := time.Now()
	if p.out == nil || now.Sub(p.start) < time.Second || now.Sub(p.last) < 100*time.Millisecond {
		return
	}
	p.last, p.shown = now, true
	fmt.Fprintf(p.out, "\r\x1b[Kconcheck: %d packages in %v", n, now.Sub(p.start).Round(time.Second))
}

// clear removes the line.
func (p *progress) clear() {
	if p.shown {
		fmt.Fprint(p.out, "\r\x1b[K")
		p.shown = false
	}
}
