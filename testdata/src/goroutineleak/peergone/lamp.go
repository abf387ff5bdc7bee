package peergone

import "time"

// Watch looks at something at intervals, and shows by a lamp whether it is well.
type Watch struct {
	well func() bool
	quit chan struct{}
	lamp lamp
}

type lamp struct {
	on   chan bool
	show func(bool)
}

// NewWatch starts a watch.
func NewWatch(every time.Duration, well func() bool, show func(bool)) *Watch {
	w := &Watch{well: well, quit: make(chan struct{})}
	w.lamp.init(show)
	go w.lamp.loop(w.quit)
	go func() { w.loop(every) }()
	return w
}

func (l *lamp) init(show func(bool)) {
	*l = lamp{on: make(chan bool), show: show}
}

func (l *lamp) loop(quit <-chan struct{}) {
	for {
		select {
		case on := <-l.on:
			l.show(on)
		case <-quit:
			return
		}
	}
}

func (w *Watch) loop(every time.Duration) {
	t := time.NewTicker(every)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			w.lamp.on <- w.well() // want "send on w.lamp.on blocks for ever when NewWatch returns at line 23: nobody receives from w.lamp.on"
		case <-w.quit:
			return
		}
	}
}

// Close ends the watch.
func (w *Watch) Close() { close(w.quit) }

// WatchFixed looks at something at intervals, and shows by a lamp whether it is well.
type WatchFixed struct {
	well func() bool
	quit chan struct{}
	lamp lamp
}

// NewWatchFixed starts a watch.
func NewWatchFixed(every time.Duration, well func() bool, show func(bool)) *WatchFixed {
	w := &WatchFixed{well: well, quit: make(chan struct{})}
	w.lamp.init(show)
	go w.lamp.loop(w.quit)
	go func() { w.loop(every) }()
	return w
}

func (w *WatchFixed) loop(every time.Duration) {
	t := time.NewTicker(every)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			select {
			case w.lamp.on <- w.well():
			case <-w.quit:
				return
			}
		case <-w.quit:
			return
		}
	}
}

// Close ends the watch.
func (w *WatchFixed) Close() { close(w.quit) }
