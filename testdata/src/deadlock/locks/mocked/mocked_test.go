package mocked

import "testing"

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
