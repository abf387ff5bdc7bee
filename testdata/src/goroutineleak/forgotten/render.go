package forgotten

import "sync"

// loop runs a function on demand.
type loop struct {
	wake chan struct{}
	stop chan struct{}
}

// start begins to wait for demands.
func (l *loop) start(f func()) {
	l.wake = make(chan struct{}, 1)
	l.stop = make(chan struct{})
	go func() {
		for {
			select {
			case <-l.wake:
				f()
			case <-l.stop:
				return
			}
		}
	}()
}

// Stop ends the loop.
func (l *loop) Stop() { close(l.stop) }

type animation struct {
	loop
	mu     sync.Mutex
	frames int
}

func (a *animation) draw() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.frames++
}

// Render draws whenever next says so and returns the number of pictures.
func Render(next func() (more bool, err error)) (int, error) {
	a := new(animation)
	a.start(a.draw) // want "loop.start starts never ends.*: Stop would end it"
	for {
		more, err := next()
		if err != nil {
			return 0, err
		}
		if !more {
			break
		}
		select {
		case a.wake <- struct{}{}:
		default:
		}
	}
	a.Stop()
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.frames, nil
}

// loopFixed runs a function on demand.
type loopFixed struct {
	wake chan struct{}
	stop chan struct{}
}

// start begins to wait for demands.
func (l *loopFixed) start(f func()) {
	l.wake = make(chan struct{}, 1)
	l.stop = make(chan struct{})
	go func() {
		for {
			select {
			case <-l.wake:
				f()
			case <-l.stop:
				return
			}
		}
	}()
}

// Stop ends the loopFixed.
func (l *loopFixed) Stop() { close(l.stop) }

type animationFixed struct {
	loopFixed
	mu     sync.Mutex
	frames int
}

func (a *animationFixed) draw() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.frames++
}

// RenderFixed draws whenever next says so and returns the number of pictures.
func RenderFixed(next func() (more bool, err error)) (int, error) {
	a := new(animationFixed)
	a.start(a.draw)
	for {
		more, err := next()
		if err != nil {
			a.Stop()
			return 0, err
		}
		if !more {
			break
		}
		select {
		case a.wake <- struct{}{}:
		default:
		}
	}
	a.Stop()
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.frames, nil
}
