package forgotten

import (
	"fmt"
	"io"
)

// lineLog sends lines on from a goroutine of its own.
type lineLog struct {
	to    io.Writer
	lines chan string
	done  chan struct{}
}

// newLineLog starts one.
func newLineLog(to io.Writer) *lineLog {
	l := &lineLog{to, make(chan string, 8), make(chan struct{})}
	go l.run()
	return l
}

func (l *lineLog) run() {
	for {
		select {
		case s := <-l.lines:
			fmt.Fprintln(l.to, s)
		case <-l.done:
			return
		}
	}
}

// Write takes a line.
func (l *lineLog) Write(p []byte) (int, error) {
	l.lines <- string(p)
	return len(p), nil
}

// Close ends the log.
func (l *lineLog) Close() error {
	close(l.done)
	return nil
}

type remote struct{ to io.Writer }

// stream returns where the lines of a step go, for the caller to close.
func (r *remote) stream() io.WriteCloser { return newLineLog(r.to) }

// Steps writes the names of steps to a log.
func Steps(to io.Writer, names []string) {
	r := &remote{to}
	w := r.stream() // want "newLineLog starts never ends.*: Close would end it"
	for _, name := range names {
		io.WriteString(w, name)
	}
}

// StepsFixed closes the log.
func StepsFixed(to io.Writer, names []string) {
	r := &remote{to}
	w := r.stream()
	defer w.Close()
	for _, name := range names {
		io.WriteString(w, name)
	}
}
