package setup

import "sync"

// Limiter has functions called, so many at a time.
type Limiter struct {
	mu   sync.Mutex
	most int
	free chan struct{}
}

// NewLimiter returns a limiter for so many at a time, 0 for any number.
func NewLimiter(most int) *Limiter {
	l := new(Limiter)
	l.SetMost(most)
	return l
}

// SetMost sets how many are called at a time. It must not be called while Call is.
func (l *Limiter) SetMost(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.most = n
	if n <= 0 {
		l.free = nil
		return
	}
	l.free = make(chan struct{}, n)
	for range n {
		l.free <- struct{}{}
	}
}

// Call calls a function once there is room.
func (l *Limiter) Call(f func() error) error {
	l.mu.Lock()
	limited := l.most > 0
	l.mu.Unlock()
	if limited {
		<-l.free
		defer func() { l.free <- struct{}{} }()
	}
	return f()
}
