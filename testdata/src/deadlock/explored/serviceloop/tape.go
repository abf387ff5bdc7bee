package serviceloop

import "sync"

// Tape writes events in the background, with as much room as its maker wants.
type Tape struct {
	events chan string
	quit   chan struct{}
	once   sync.Once
}

// NewTape starts a tape.
func NewTape(room int, write func(string)) *Tape {
	t := &Tape{events: make(chan string, room), quit: make(chan struct{})}
	go func() {
		for {
			select {
			case e := <-t.events:
				write(e)
			case <-t.quit:
				return
			}
		}
	}()
	return t
}

// Record takes an event.
func (t *Tape) Record(event string) {
	t.events <- event // want "send on t.events blocks for ever when Record and Stop are called: the buffer is full and nobody receives from t.events"
}

// Stop ends the tape.
func (t *Tape) Stop() { t.once.Do(func() { close(t.quit) }) }

// TapeFixed writes events in the background, with as much room as its maker wants.
type TapeFixed struct {
	events chan string
	quit   chan struct{}
	once   sync.Once
}

// NewTapeFixed starts a tape.
func NewTapeFixed(room int, write func(string)) *TapeFixed {
	t := &TapeFixed{events: make(chan string, room), quit: make(chan struct{})}
	go func() {
		for {
			select {
			case e := <-t.events:
				write(e)
			case <-t.quit:
				return
			}
		}
	}()
	return t
}

// Record takes an event, unless the tape has ended.
func (t *TapeFixed) Record(event string) {
	select {
	case t.events <- event:
	case <-t.quit:
	}
}

// Stop ends the tape.
func (t *TapeFixed) Stop() { t.once.Do(func() { close(t.quit) }) }
