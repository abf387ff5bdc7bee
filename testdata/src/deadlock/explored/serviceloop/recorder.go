package serviceloop

import "sync"

// Recorder writes events in the background. There is room for many.
type Recorder struct {
	events chan string
	quit   chan struct{}
	once   sync.Once
	write  func(string)
}

// NewRecorder starts a recorder.
func NewRecorder(write func(string)) *Recorder {
	r := &Recorder{events: make(chan string, 32), quit: make(chan struct{}), write: write}
	go r.loop()
	return r
}

func (r *Recorder) loop() {
	for {
		select {
		case e := <-r.events:
			r.write(e)
		case <-r.quit:
			return
		}
	}
}

// Record takes an event.
func (r *Recorder) Record(event string) {
	r.events <- event // want "send on r.events blocks for ever when Record and Stop are called: the buffer is full and nobody receives from r.events"
}

// Stop ends the recorder.
func (r *Recorder) Stop() { r.once.Do(func() { close(r.quit) }) }

// RecorderFixed writes events in the background. There is room for many.
type RecorderFixed struct {
	events chan string
	quit   chan struct{}
	once   sync.Once
	write  func(string)
}

// NewRecorderFixed starts a recorder.
func NewRecorderFixed(write func(string)) *RecorderFixed {
	r := &RecorderFixed{events: make(chan string, 32), quit: make(chan struct{}), write: write}
	go r.loop()
	return r
}

func (r *RecorderFixed) loop() {
	for {
		select {
		case e := <-r.events:
			r.write(e)
		case <-r.quit:
			return
		}
	}
}

// Record takes an event, unless the recorder has ended.
func (r *RecorderFixed) Record(event string) {
	select {
	case r.events <- event:
	case <-r.quit:
	}
}

// Stop ends the recorder.
func (r *RecorderFixed) Stop() { r.once.Do(func() { close(r.quit) }) }
