package ticker

import (
	"sync"
	"time"
)

// limiterFixed looks at intervals how much is in use.
type limiterFixed struct {
	mu     sync.Mutex
	users  int
	ticker *time.Ticker
	closed chan struct{}
	every  time.Duration
	check  func()
}

func (l *limiterFixed) start() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.users++; l.users > 1 {
		return
	}
	l.ticker, l.closed = time.NewTicker(l.every), make(chan struct{})
	go func(ticks <-chan time.Time, closed <-chan struct{}) {
		for {
			select {
			case <-ticks:
				l.check()
			case <-closed:
				return
			}
		}
	}(l.ticker.C, l.closed)
}

func (l *limiterFixed) stop() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.users--; l.users == 0 {
		l.ticker.Stop()
		close(l.closed)
	}
}

var (
	muFixed       sync.Mutex
	limitersFixed = map[string]*limiterFixed{}
)

// AcquireFixed has the limit of a name checked until it is released.
func AcquireFixed(name string, every time.Duration, check func()) {
	muFixed.Lock()
	defer muFixed.Unlock()
	l := limitersFixed[name]
	if l == nil {
		l = &limiterFixed{every: every, check: check}
		limitersFixed[name] = l
	}
	l.start()
}

// ReleaseFixed ends what AcquireFixed started.
func ReleaseFixed(name string) {
	muFixed.Lock()
	defer muFixed.Unlock()
	if l := limitersFixed[name]; l != nil {
		l.stop()
	}
}

// EveryFixed calls f at intervals until stop is called.
func EveryFixed(d time.Duration, f func()) (stop func()) {
	t, done := time.NewTicker(d), make(chan struct{})
	go func() {
		for {
			select {
			case <-t.C:
				f()
			case <-done:
				return
			}
		}
	}()
	return sync.OnceFunc(func() {
		t.Stop()
		close(done)
	})
}

// Until calls f at intervals until it has had enough, or stop is called, which
// ends the ticks and lets the last call be the last.
func Until(d time.Duration, f func() bool) (stop func()) {
	t := time.NewTicker(d)
	go func() {
		for range t.C {
			if !f() {
				return
			}
		}
	}()
	return t.Stop
}

// Pulse beats; its beats are paused and resumed, and go on as long as the process.
type Pulse struct {
	t    *time.Ticker
	d    time.Duration
	beat func()
}

// NewPulse starts a pulse.
func NewPulse(d time.Duration, beat func()) *Pulse {
	p := &Pulse{t: time.NewTicker(d), d: d, beat: beat}
	go p.run()
	return p
}

func (p *Pulse) run() {
	for range p.t.C {
		p.beat()
	}
}

// Pause holds the pulse until it is resumed.
func (p *Pulse) Pause() { p.t.Stop() }

// Resume lets it beat again.
func (p *Pulse) Resume() { p.t.Reset(p.d) }
