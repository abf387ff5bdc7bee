package fields

import (
	"context"
	"testing"
	"time"
)

func TestFields(t *testing.T) {
	Run(func(done chan struct{}) { close(done) })
	stop := make(chan struct{})
	close(stop)
	Follow(stop)
	s := NewShown()
	go close(s.Ended())
	s.Wait()
	(&Optional{}).Pass()
	if Both() != 1 || Swap(3) != 3 {
		t.Error("wrong")
	}
}

func TestKept(t *testing.T) {
	var k Kept
	done := make(chan struct{})
	go func() {
		defer close(done)
		k.Idle()
	}()
	for {
		k.Rest()
		select {
		case <-done:
			return
		case <-time.After(time.Millisecond):
		}
	}
}

func TestTimed(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	(&Timed{}).Loop(ctx, func() {})
}
