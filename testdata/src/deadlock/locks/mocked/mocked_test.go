package mocked

import (
	"sync"
	"testing"
)

type fakeSession struct{ calls int }

func (f *fakeSession) shut() { f.calls++ }

func TestStop(t *testing.T) {
	s := newServer()
	f := &fakeSession{}
	s.one = f
	s.stop()
	if f.calls != 1 {
		t.Errorf("%d calls", f.calls)
	}
}

// The parts of this pool are not ready: none is lost meanwhile.
func TestUpdate(t *testing.T) {
	p := newPool()
	p.mu.Lock()
	for a := range p.parts {
		a.update([]string{"a"})
	}
	p.mu.Unlock()
}

// What tests do among themselves is another matter.
type recorder struct {
	mu  sync.Mutex
	out *output
}

type output struct {
	mu sync.Mutex
	to *recorder
}

func (o *output) has() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.to.mu.Lock() // want "o.to.mu is locked while o.mu is held, elsewhere .mocked_test.go:52. the other way round"
	defer o.to.mu.Unlock()
	return 1
}

func (r *recorder) set(o *output) {
	r.mu.Lock()
	defer r.mu.Unlock()
	o.mu.Lock()
	o.to = r
	o.mu.Unlock()
}
