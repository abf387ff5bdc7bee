package handover

import "sync"

// Stream is what events come from.
type Stream interface {
	Stop()
	Events() <-chan string
}

// List is a stream of events that are known.
type List struct{ events chan string }

// NewList ends after the last event.
func NewList(events ...string) *List {
	l := &List{make(chan string, len(events))}
	for _, e := range events {
		l.events <- e
	}
	close(l.events)
	return l
}

// Stop does nothing.
func (l *List) Stop() {}

// Events returns what is left of them.
func (l *List) Events() <-chan string { return l.events }

type filtered struct {
	Stream
	events chan string
	keep   func(string) bool
}

func filter(s Stream, keep func(string) bool) Stream {
	f := &filtered{s, make(chan string), keep}
	go f.loop()
	return f
}

// Events returns what is left of the events.
func (f *filtered) Events() <-chan string { return f.events }

func (f *filtered) loop() {
	defer close(f.events)
	for e := range f.Stream.Events() {
		if f.keep(e) {
			f.events <- e
		}
	}
}

// Recorder is a stream, by way of an interface that it embeds, and remembers its events.
type Recorder struct {
	Stream
	mu   sync.Mutex
	seen []string
}

// NewRecorder records what others receive.
func NewRecorder(s Stream) *Recorder {
	r := &Recorder{}
	r.Stream = filter(s, r.record)
	return r
}

func (r *Recorder) record(e string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.seen = append(r.seen, e)
	return true
}

// Seen returns the events so far.
func (r *Recorder) Seen() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]string(nil), r.seen...)
}

// Diary is a recorder with a title, and by way of that a stream, too.
type Diary struct {
	*Recorder
	title string
}

// NewDiary records what others receive.
func NewDiary(s Stream) *Diary {
	return &Diary{Recorder: NewRecorder(s)}
}

// SetTitle changes the title.
func (d *Diary) SetTitle(title string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.title = title
}
