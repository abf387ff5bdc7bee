package lifecycle

import "sync"

// Feed sends messages to all who have joined.
type Feed struct {
	mu   sync.Mutex
	subs map[chan string]bool
}

// NewFeed returns a feed that nobody has joined.
func NewFeed() *Feed { return &Feed{subs: map[chan string]bool{}} }

// Join returns a channel for messages.
func (f *Feed) Join() chan string {
	c := make(chan string, 4)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.subs[c] = true
	return c
}

// Leave gives a channel back.
func (f *Feed) Leave(c chan string) {
	f.mu.Lock()
	joined := f.subs[c]
	delete(f.subs, c)
	f.mu.Unlock()
	if joined {
		close(c)
	}
}

// Send sends to those who have joined; one may leave meanwhile.
func (f *Feed) Send(text func() string) {
	var all []chan string
	f.mu.Lock()
	for c := range f.subs {
		all = append(all, c)
	}
	f.mu.Unlock()
	for _, c := range all {
		select {
		case c <- text(): // want "send on closed channel c panics when Leave and Send are called after Join"
		default:
		}
	}
}

// FeedFixed sends messages to all who have joined.
type FeedFixed struct {
	mu   sync.Mutex
	subs map[chan string]bool
}

// NewFeedFixed returns a feed that nobody has joined.
func NewFeedFixed() *FeedFixed { return &FeedFixed{subs: map[chan string]bool{}} }

// Join returns a channel for messages.
func (f *FeedFixed) Join() chan string {
	c := make(chan string, 4)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.subs[c] = true
	return c
}

// Leave gives a channel back.
func (f *FeedFixed) Leave(c chan string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.subs[c] {
		delete(f.subs, c)
		close(c)
	}
}

// Send sends to those who have joined.
func (f *FeedFixed) Send(text func() string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for c := range f.subs {
		select {
		case c <- text():
		default:
		}
	}
}

// Desk hands out lines, each of which ends with Close.
type Desk struct {
	mu    sync.Mutex
	lines map[*Line]bool
}

// Line is a line to a desk.
type Line struct {
	d    *Desk
	gone chan struct{}
}

// NewDesk returns a desk without lines.
func NewDesk() *Desk { return &Desk{lines: map[*Line]bool{}} }

// Call opens a line.
func (d *Desk) Call() *Line {
	l := &Line{d: d, gone: make(chan struct{})}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.lines[l] = true
	return l
}

// Close ends all lines, but does not forget them.
func (d *Desk) Close() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for l := range d.lines {
		close(l.gone)
	}
}

// Close ends the line.
func (l *Line) Close() {
	l.d.mu.Lock()
	delete(l.d.lines, l)
	l.d.mu.Unlock()
	close(l.gone) // want "close of closed channel l.gone panics when Close and Line.Close are called after Call"
}

// DeskFixed hands out lines, each of which ends with Close.
type DeskFixed struct {
	mu    sync.Mutex
	lines map[*LineFixed]bool
}

// LineFixed is a line to a desk.
type LineFixed struct {
	d    *DeskFixed
	gone chan struct{}
	once sync.Once
}

// NewDeskFixed returns a desk without lines.
func NewDeskFixed() *DeskFixed { return &DeskFixed{lines: map[*LineFixed]bool{}} }

// Call opens a line.
func (d *DeskFixed) Call() *LineFixed {
	l := &LineFixed{d: d, gone: make(chan struct{})}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.lines[l] = true
	return l
}

// Close ends all lines.
func (d *DeskFixed) Close() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for l := range d.lines {
		l.end()
	}
}

func (l *LineFixed) end() { l.once.Do(func() { close(l.gone) }) }

// Close ends the line.
func (l *LineFixed) Close() {
	l.d.mu.Lock()
	delete(l.d.lines, l)
	l.d.mu.Unlock()
	l.end()
}
