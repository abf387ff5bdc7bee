package worker

import (
	"fmt"
	"io"
	"os"
	"sync"
)

// Logger writes lines without making its callers wait for the disk.
type Logger struct {
	out   io.Writer
	lines chan string
	wg    sync.WaitGroup

	mu     sync.Mutex
	closed bool
}

// NewLogger returns a logger that writes to w until it is closed.
func NewLogger(w io.Writer) *Logger {
	l := &Logger{out: w, lines: make(chan string, 64)}
	go l.loop()
	return l
}

func (l *Logger) loop() {
	for line := range l.lines { // want "range over l.lines never ends"
		io.WriteString(l.out, line+"\n")
		l.wg.Done()
	}
}

// Printf writes one line.
func (l *Logger) Printf(format string, args ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return
	}
	l.wg.Add(1)
	l.lines <- fmt.Sprintf(format, args...)
}

// Close waits until all lines are written. The logger cannot be used any more.
func (l *Logger) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return os.ErrClosed
	}
	l.closed = true
	l.wg.Wait()
	if c, ok := l.out.(io.Closer); ok {
		return c.Close()
	}
	return nil
}

// LoggerFixed writes lines without making its callers wait for the disk.
type LoggerFixed struct {
	out   io.Writer
	lines chan string
	wg    sync.WaitGroup

	mu     sync.Mutex
	closed bool
}

// NewLoggerFixed returns a logger that writes to w until it is closed.
func NewLoggerFixed(w io.Writer) *LoggerFixed {
	l := &LoggerFixed{out: w, lines: make(chan string, 64)}
	go l.loop()
	return l
}

func (l *LoggerFixed) loop() {
	for line := range l.lines {
		io.WriteString(l.out, line+"\n")
		l.wg.Done()
	}
}

// Printf writes one line.
func (l *LoggerFixed) Printf(format string, args ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return
	}
	l.wg.Add(1)
	l.lines <- fmt.Sprintf(format, args...)
}

// Close waits until all lines are written. The logger cannot be used any more.
func (l *LoggerFixed) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return os.ErrClosed
	}
	l.closed = true
	l.wg.Wait()
	close(l.lines)
	if c, ok := l.out.(io.Closer); ok {
		return c.Close()
	}
	return nil
}
