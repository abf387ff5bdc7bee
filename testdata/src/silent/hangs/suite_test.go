package hangs

import (
	"reflect"
	"sync"
	"testing"
)

// bell wakes those who wait, or they are called off.
type bell struct {
	mu   sync.Mutex
	rung chan struct{}
}

func (b *bell) wait(off <-chan struct{}) bool {
	b.mu.Lock()
	rung := b.rung
	b.mu.Unlock()
	select {
	case <-rung:
		return true
	case <-off:
		return false
	}
}

// bells has what its tests share.
type bells struct{ b *bell }

func (s *bells) setUp() { s.b = &bell{rung: make(chan struct{})} }

// TestOff calls off the one who waits: nobody rings the bell in this test.
func (s *bells) TestOff() {
	var waiting sync.WaitGroup
	waiting.Add(1)
	off := make(chan struct{})
	go func() {
		defer waiting.Done()
		s.b.wait(off)
	}()
	off <- struct{}{}
	waiting.Wait()
}

// TestBells runs the methods that are named as tests, as suites do.
func TestBells(t *testing.T) {
	s := reflect.ValueOf(new(bells))
	for i := range s.NumMethod() {
		s.Interface().(*bells).setUp()
		s.Method(i).Call(nil)
	}
}
