package timers

import (
	"math"
	"sync"
	"time"
)

type alarm struct {
	t    *time.Timer
	read bool
	at   time.Time
}

func newAlarm() *alarm { return &alarm{t: time.NewTimer(time.Duration(math.MaxInt64))} }

// set drains the timer unless its value was read. It is never set to no time.
func (a *alarm) set(at time.Time) {
	if at.Equal(a.at) && !a.read {
		return
	}
	if !a.t.Stop() && !a.read {
		<-a.t.C
	}
	if !at.IsZero() {
		a.t.Reset(time.Until(at))
	}
	a.read = false
	a.at = at
}

// Slot holds a text until it is taken, or until a time, if there is one: whether
// there is is asked more than once, and always with the same answer.
type Slot struct {
	mu    sync.Mutex
	until time.Time
	text  string
	taken chan struct{}
}

// NewSlot returns an empty slot.
func NewSlot() *Slot { return &Slot{taken: make(chan struct{}, 1)} }

// Until sets the time. The zero time is none.
func (s *Slot) Until(at time.Time) {
	s.mu.Lock()
	s.until = at
	s.mu.Unlock()
	s.signal()
}

// Take takes the text.
func (s *Slot) Take() string {
	s.mu.Lock()
	text := s.text
	s.text = ""
	s.mu.Unlock()
	s.signal()
	return text
}

func (s *Slot) signal() {
	select {
	case s.taken <- struct{}{}:
	default:
	}
}

// Put waits until the text is taken, or the time has come.
func (s *Slot) Put(text string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.text = text
	var a *alarm
	for {
		until := s.until
		if !until.IsZero() {
			if !time.Now().Before(until) {
				s.text = ""
				return false
			}
			if a == nil {
				a = newAlarm()
				defer a.t.Stop()
			}
			a.set(until)
		}
		if s.text == "" {
			return true
		}
		s.mu.Unlock()
		if until.IsZero() {
			<-s.taken
		} else {
			select {
			case <-s.taken:
			case <-a.t.C:
				a.read = true
			}
		}
		s.mu.Lock()
	}
}

// AtTime waits for a value at a time, and in another place if there is none.
func AtTime(at time.Time, get func() int) int {
	c := make(chan int)
	go func() { c <- get() }()
	if at.IsZero() {
		return <-c
	}
	time.Sleep(time.Until(at))
	n := 0
	if !at.IsZero() {
		n = <-c
	}
	return n
}
